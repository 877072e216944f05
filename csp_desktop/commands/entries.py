"""Commands on the rows of the registers that the partnership keeps: add, edit, withdraw, whatever register it is."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.commands.entry_columns import Columns
from csp_desktop.commands.entry_settling import settle
from csp_desktop.commands.meeting_settling import require_row_not_agreed
from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.commands.withdrawing import withdraw
from csp_desktop.errors import CspError, RowChangedError
from csp_desktop.recording import tables_by_name
from csp_desktop.registers.forms import Register, form_of
from csp_desktop.registers.kept import kept_of, register_of, through_of
from csp_desktop.registers.reading import Entry, read_entries
from csp_desktop.registers.remembering import RememberedNames
from csp_desktop.rules.entry_refusals import OF_REGISTER, TYPED, entry_refusals
from csp_desktop.rules.validation import FieldError, insist
from csp_desktop.store import Store
from models.base import Base, Row
from models.people import Person

Values = Mapping[str, Any]


def add_entry(store: Store, register: Register, values: Values) -> int:
    """Add a row to a kept register; return its id.

    ``values`` are by field of the register's form, as ``Entry`` gives them; a name may also be the id of its row, a
    word its stored text. Raises FieldError for a refused value, or for a row that is there already.
    """
    with store.write(f"Add {with_article(register.noun)}") as session:
        row_id = add_in(session, register, values)
        require_row_not_agreed(session, get_row(session, kept_of(register).model, row_id))
        _insist_typed(session, register, row_id, values)
        return row_id


def edit_entry(store: Store, register: Register, row_id: int, version: int, values: Values) -> None:
    """Change the given fields of a row. Raises FieldError for a refused value, RowChangedError after a change."""
    with store.write(f"Edit {with_article(register.noun)}") as session:
        change_in(session, register, row_id, values, version)
        _insist_typed(session, register, row_id, values)


def withdraw_entry(store: Store, register: Register, row_id: int, version: int) -> None:
    """Take a row out, with the several values that are its own. Raises CspError while other rows name it."""
    with store.write(f"Withdraw {with_article(register.noun)}") as session:
        kept = kept_of(register)
        row = get_row(session, kept.model, row_id)
        require_row_not_agreed(session, row)
        own = {through_of(register, field).table.name for field in form_of(register).fields if field.kind.is_several}
        _require_unnamed(session, register, row_id, own)
        for field in form_of(register).fields:
            if field.kind.is_several:
                Columns(session, register).set_several(field, row_id, ())
        session.flush()
        withdraw(session, row, version)


def add_in(session: Session, register: Register, values: Values) -> int:
    """Add a row in the caller's transaction, as ``add_entry`` does."""
    kept, columns = kept_of(register), Columns(session, register)
    whole = {field.name: values.get(field.name) for field in form_of(register).fields}
    settle(session, register, whole)
    _insist(register, whole)
    own = columns.of(whole)
    if kept.ref and not own.get("ref"):
        own |= columns.next_ref()
    row = kept.model(**{name: value for name, value in own.items() if value is not None})
    _require_new(session, register, row)
    session.add(row)
    session.flush()
    for field in form_of(register).fields:
        several = whole[field.name] if field.kind.is_several else None
        if several:
            columns.set_several(field, row.id, several)
    session.flush()
    return row.id


def change_in(session: Session, register: Register, row_id: int, values: Values, version: int | None = None) -> None:
    """Change a row in the caller's transaction, as ``edit_entry`` does; without ``version`` it is not checked."""
    row = get_row(session, kept_of(register).model, row_id)
    if isinstance(row, Person) and row.erased_certificate is not None:
        raise CspError("This person's data was erased and stays so; add a new person instead.")
    now = _as_it_stands(session, register, row_id)
    given = dict(values)
    whole = {**now.values, **given}
    settle(session, register, whole, now)
    given = {name: value for name, value in whole.items() if name in given or value != now.values.get(name)}
    _insist(register, whole)
    columns = Columns(session, register)
    if version is not None and version != row.version:
        _require_same_several(register, now, given)
    changed = columns.of(given)
    if not changed.get("ref"):
        changed.pop("ref", None)  # a ref is kept for good
    key = _key_columns(register)
    before = [getattr(row, name) for name in key]
    change_row(row, version, changed)
    # two that were there already stay as they are, so that what else they say can be put right
    if "ref" in changed or before != [getattr(row, name) for name in key]:
        _require_new(session, register, row)
    session.flush()
    for field in form_of(register).fields:
        if field.kind.is_several and field.name in given:
            columns.set_several(field, row_id, given[field.name] or ())
    session.flush()


def with_article(noun: str) -> str:
    """Return a noun with its article: "an operation"."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def _insist(register: Register, values: Values) -> None:
    for field in form_of(register).fields:
        value = values.get(field.name)
        if field.filled and (value is None or (isinstance(value, str) and not value.strip())):
            raise FieldError(field.name, f"{field.label} is needed for {with_article(register.noun)}.")
    insist(entry_refusals(values))
    of_register = OF_REGISTER.get(register.value)
    if of_register is not None:
        insist(of_register(values))


def _insist_typed(session: Session, register: Register, row_id: int, typed: Values) -> None:
    refusals = TYPED.get(register.value)
    if refusals is not None:
        insist(refusals(_as_it_stands(session, register, row_id).values, typed))


def _as_it_stands(session: Session, register: Register, row_id: int) -> Entry:
    (row,) = read_entries(session.connection(), register, [row_id], RememberedNames.of(session).read)
    return row


def _require_same_several(register: Register, now: Entry, given: Values) -> None:
    """Raise RowChangedError where several values were changed and the row is no longer as the caller read it."""
    names = [field.name for field in form_of(register).fields if field.kind.is_several and field.name in given]
    differing = sorted(name for name in names if tuple(given[name] or ()) != now.values[name])
    if differing:
        raise RowChangedError(
            "Someone changed this while you were editing. Nothing was saved yet: choose which to keep.",
            {name: given[name] for name in differing},
            {name: now.values[name] for name in differing},
        )


def _key_columns(register: Register) -> list[str]:
    """Return the columns that tell a register's rows apart, texts folded where the store holds them so."""
    kept, fields = kept_of(register), form_of(register).by_name
    columns = kept.table.c
    names = [name for part in kept.key for name in fields[part].stored_in]
    return [f"{name}_folded" if f"{name}_folded" in columns else name for name in names]


def _require_new(session: Session, register: Register, row: Row) -> None:
    """Refuse a second row of the same key: nobody could say which of the two holds. A ref is one row's alone."""
    kept = kept_of(register)
    keys = {kept.key[0]: _key_columns(register)} | ({"ref": ["ref"]} if kept.ref else {})
    for field, key in keys.items():
        wanted = {kept.table.c[name]: getattr(row, name) for name in key}
        query = select(kept.table.c.id).where(*(column.is_not_distinct_from(wanted[column]) for column in wanted))
        if any(found != row.id for found in session.scalars(query)):
            raise FieldError(field, f"There is such {with_article(register.noun)} already: edit that one instead.")


def _require_unnamed(session: Session, register: Register, row_id: int, own: set[str]) -> None:
    table = kept_of(register).table
    for other in tables_by_name().values():
        if other.name in own or "id" not in other.c:
            continue
        columns = [key.parent for key in other.foreign_keys if key.column.table is table]
        count = sum(
            session.scalar(select(func.count()).select_from(other).where(column == row_id)) or 0 for column in columns
        )
        if count:
            rows = "1 row" if count == 1 else f"{count:,} rows"
            where = _kept_name(other.name)
            raise CspError(
                f"{rows} of the {where} name{'s' if count == 1 else ''} this {register.noun}, so it stays. Change or "
                "withdraw that first."
            )


def _kept_name(table: str) -> str:
    register = register_of(table)
    return register.label.lower() if register else Base.metadata.tables[table].name.replace("_", " ") + " table"
