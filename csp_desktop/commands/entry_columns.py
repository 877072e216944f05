"""From the values of a register's form to the columns of its table: names become ids, and unknown ones are added."""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Enum, select
from sqlalchemy.orm import Session

from csp_desktop.commands.refs import next_refs
from csp_desktop.registers.forms import FieldKind, Register, RegisterField, form_of
from csp_desktop.registers.kept import Through, kept_of, through_of
from csp_desktop.registers.reading import THOUSAND
from csp_desktop.registers.remembering import RememberedNames
from csp_desktop.rules.bodies import looks_like_organisation
from csp_desktop.rules.folding import fold
from csp_desktop.rules.validation import FieldError
from models.base import Base, Row
from models.evidence import Assessment
from models.people import Group, Organisation, Person
from models.town_centre import Place
from models.vocabulary import GroupKind

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Columns:
    """Turns values into columns, in one transaction."""

    def __init__(self, session: Session, register: Register) -> None:
        self._session = session
        self._register = register
        self._form = form_of(register)
        self._kept = kept_of(register)
        self._names = RememberedNames.of(session)

    def of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the columns of these values by name.

        Raises FieldError for a name that is not known and cannot be added, and for one that may mean several rows.
        """
        found: dict[str, Any] = {}
        for name, value in values.items():
            field = self._form.by_name[name]
            if field.kind is FieldKind.NAME:
                found[field.stored_in[0]] = self._row_id(field, value)
            elif field.kind is FieldKind.PARTY:
                found |= dict(zip(field.stored_in, self._party(field, value), strict=True))
            elif not field.kind.is_several:
                found |= self._plain(field, value)
        return found

    def next_ref(self) -> dict[str, str]:
        """Return the next ref of the register that no row has, brought in with its own, by its column."""
        column = self._kept.table.c.ref
        while True:
            (ref,) = next_refs(self._session, 1, self._kept.ref)
            if self._session.scalar(select(column).where(column == ref)) is None:
                return {"ref": ref}

    def set_several(self, field: RegisterField, row_id: int, values: Sequence[Any]) -> None:
        """Let a row have these several values and no others; those that stay keep their rows."""
        through = through_of(self._register, field)
        wanted = self._wanted(field, through, values)
        model = _model_of(through.table.name)
        owner, item = getattr(model, through.owner), getattr(model, through.item)
        for row in self._session.scalars(select(model).where(owner == row_id, item.is_not(None))):
            held = getattr(row, through.item)
            columns = wanted.pop(fold(held) if isinstance(held, str) else held, None)
            if columns is None:
                self._session.delete(row)
                continue
            for name, value in columns.items():
                if getattr(row, name) != value:
                    setattr(row, name, value)
        self._session.add_all(model(**{through.owner: row_id, **columns}) for columns in wanted.values())

    def _wanted(self, field: RegisterField, through: Through, values: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        wanted: dict[Any, dict[str, Any]] = {}
        for value in values:
            if field.kind is FieldKind.NAMES:
                row_id = self._row_id(field, value)
                if row_id is not None:
                    wanted[row_id] = {through.item: row_id}
            elif field.kind is FieldKind.COUNTS:
                kind, count = value
                text = " ".join(str(kind).split())
                before = wanted.get(fold(text), {}).get("count", 0)
                wanted[fold(text)] = {"kind": text, "kind_folded": fold(text), "count": before + count}
            elif text := " ".join(str(value).split()):
                wanted[fold(text)] = {through.item: text, f"{through.item}_folded": fold(text)}
        return wanted

    def _plain(self, field: RegisterField, value: Any) -> dict[str, Any]:
        (column,) = field.stored_in
        held = self._kept.table.c[column]
        if isinstance(value, str):
            value = value.strip() if field.lines > 1 else " ".join(value.split())
            kind = held.type
            if isinstance(kind, Enum) and kind.enum_class is not None:
                value = kind.enum_class(value) if value else None
        if field.kind is FieldKind.DECIMAL and value is not None:
            value = int((Decimal(value) * THOUSAND).quantize(Decimal(1), ROUND_HALF_UP))
        self._bound(field, value)
        if value in {None, ""} and not held.nullable:
            value = _default(held.default, "" if value is None else value)
        found = {column: value}
        if f"{column}_folded" in self._kept.table.c:
            found[f"{column}_folded"] = fold(value)
        return found

    def _bound(self, field: RegisterField, value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            return
        low, high = field.least, field.most
        if (low is None or value >= low) and (high is None or value <= high):
            return
        if low is not None and high is not None:
            raise FieldError(field.name, f"{field.label} lies between {low} and {high}: {value} does not.")
        bound = f"at most {high}" if low is None else f"{low} or more"
        raise FieldError(field.name, f"{field.label} is {bound}: {value} is not.")

    def _party(self, field: RegisterField, value: Any) -> tuple[int | None, int | None]:
        if value in {None, ""}:
            return None, None
        if isinstance(value, tuple):
            table, row_id = value
            self._require_there(field, table, row_id)
            return (row_id, None) if table == "person" else (None, row_id)
        for at, table in enumerate(("person", "organisation")):
            ids = self._names.read(table).find(str(value))
            if len(ids) == 1:
                return (ids[0], None) if at == 0 else (None, ids[0])
            if ids:
                raise FieldError(field.name, _several(str(value), table))
        table = "organisation" if looks_like_organisation(str(value)) else "person"
        row_id = self._add(field, table, str(value))
        return (row_id, None) if table == "person" else (None, row_id)

    def _row_id(self, field: RegisterField, value: Any) -> int | None:
        if value in {None, ""}:
            return None
        if isinstance(value, int):
            self._require_there(field, field.of, value)
            return value
        ids = self._names.read(field.of).find(str(value))
        if len(ids) == 1:
            return ids[0]
        if ids:
            raise FieldError(field.name, _several(str(value), field.of))
        if not field.adds:
            what = field.of.replace("_", " ")
            raise FieldError(field.name, f"“{value}” is no {what} in the store: choose one that is, or add it first.")
        return self._add(field, field.of, str(value))

    def _add(self, field: RegisterField, table: str, name: str) -> int:
        text = " ".join(name.split())
        row = _new(field, table, text)
        self._names.add(row, text)
        return row.id

    def _require_there(self, field: RegisterField, table: str, row_id: int) -> None:
        """Refuse a row that was chosen and went meanwhile: withdrawn in another window, or taken out by an undo."""
        if row_id not in self._names.read(table).labels:
            raise FieldError(
                field.name,
                f"The {table.replace('_', ' ')} that was chosen is no longer in the store: choose another one.",
            )


def _new(field: RegisterField, table: str, name: str) -> Row:
    """Return a row of which nothing but its name is known. Raises FieldError for an assessment without its year."""
    if table == "group":
        return Group(name=name, kind=GroupKind.THEME_GROUP)
    if table == "assessment":
        year = _YEAR.search(name)
        if year is None:
            raise FieldError(
                field.name,
                f"“{name}” is no assessment in the store: write it with its year, such as “Assessment 2026”.",
            )
        return Assessment(title=name, year=int(year[0]))
    if table == "organisation":
        return Organisation(name=name, name_folded=fold(name))
    return (Person if table == "person" else Place)(name=name, name_folded=fold(name))


def _several(name: str, table: str) -> str:
    return f"“{name}” may be one of several: write the {table.replace('_', ' ')} as the list offers it."


def _default(default: Any, otherwise: Any) -> Any:
    return default.arg if default is not None and default.is_scalar else otherwise


def _model_of(table: str) -> type[Row]:
    found: type[Row] = next(each.class_ for each in Base.registry.mappers if each.class_.__tablename__ == table)
    return found
