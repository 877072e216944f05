"""Making one row of two: whatever names the one comes to name the other, in every table that there is."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import UniqueConstraint, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from csp_desktop.recording import tables_by_name
from csp_desktop.registers.forms import form_of
from csp_desktop.registers.kept import kept_of, register_of
from models.base import Base, Row
from models.meetings import Attendance
from models.people import Deputy, Membership, OrganisationAlias, PersonAlias
from models.reoffending import Loaded
from models.terms import AttendanceKind

Naming = InstrumentedAttribute[int | None]
_ONCE_EACH = {"action_support": ("action_id", "person_id", "organisation_id")}
"""Tables that list the same thing once, though nothing in the store says so."""
_OWN = frozenset({"id", "version"})


def columns_naming(table: str) -> tuple[Naming, ...]:
    """Return every column that names a row of a table, read from the foreign keys; other names of it stay apart.

    Loaded tables are left out: a load is put in and taken out whole.
    """
    return tuple(
        getattr(model, mapper.get_property_by_column(key.parent).key)
        for mapper in sorted(Base.registry.mappers, key=lambda each: each.class_.__name__)
        if issubclass(model := mapper.class_, Row) and not issubclass(model, Loaded | PersonAlias | OrganisationAlias)
        for key in tables_by_name()[model.__tablename__].foreign_keys
        if key.column.table.name == table
    )


def move_everything(session: Session, keep: Row, merged: Row) -> None:
    """Let every row that names ``merged`` name ``keep``; what would then stand there twice becomes one row.

    A row that would tie ``keep`` to itself, as a deputy of their own, goes.
    """
    columns = columns_naming(keep.__tablename__)
    for column in columns:
        beside = [other.key for other in columns if other.class_ is column.class_ and other is not column]
        for row in session.scalars(select(column.class_).where(column == merged.id)).all():
            if not _lets_go_of_itself(session, row, column, beside, keep.id):
                _move(session, row, column, keep.id)
            session.flush()


def fill_blanks(keep: Row, merged: Row, without: frozenset[str] = frozenset()) -> None:
    """Take from ``merged`` what ``keep`` does not say."""
    for attribute in inspect(type(keep)).column_attrs:
        name = attribute.key
        if name not in _OWN | without and getattr(keep, name) in {None, ""} and getattr(merged, name):
            setattr(keep, name, getattr(merged, name))


def _lets_go_of_itself(session: Session, row: Row, column: Naming, beside: list[str], keep_id: int) -> bool:
    """Settle a row that names the kept one in another column already; True where nothing is left to move."""
    twice = [name for name in beside if getattr(row, name) == keep_id]
    if not twice:
        return False
    if column.expression.nullable:
        setattr(row, column.key, None)
    else:
        session.delete(row)
    return True


def _move(session: Session, row: Row, column: Naming, keep_id: int) -> None:
    same = next((found for key in _keys(column) if (found := _same(session, row, key, {column.key: keep_id}))), None)
    if same is None:
        setattr(row, column.key, keep_id)
        return
    _join(same, row)
    session.delete(row)


def _keys(column: Naming) -> Iterator[tuple[str, ...]]:
    """Yield the columns, this one among them, that no two rows of its table have alike."""
    table = tables_by_name()[column.class_.__tablename__]
    keys = [tuple(each.columns.keys()) for each in table.constraints if isinstance(each, UniqueConstraint)]
    register = register_of(table.name)
    if register is not None:
        fields = form_of(register).by_name
        keys.append(tuple(name for field in kept_of(register).key for name in fields[field].stored_in))
    keys.append(_ONCE_EACH.get(table.name, ()))
    return (key for key in keys if column.key in key)


def _same(session: Session, row: Row, key: tuple[str, ...], moved: dict[str, int]) -> Row | None:
    model = type(row)
    wanted = {name: moved.get(name, getattr(row, name)) for name in key}
    query = select(model).where(model.id != row.id, *(getattr(model, name) == value for name, value in wanted.items()))
    return session.scalars(query).first()


def _join(same: Row, row: Row) -> None:
    """Let one row say what two said: present before absent, from the first day to the last."""
    if isinstance(same, Attendance) and isinstance(row, Attendance):
        same.kind = min(same.kind, row.kind, key=list(AttendanceKind).index)
    spans = [(each.starts, each.ends) for each in (same, row) if isinstance(each, Membership | Deputy)]
    fill_blanks(same, row, frozenset({"starts", "ends"}))
    if isinstance(same, Membership | Deputy):
        same.starts = min(filter(None, (first for first, _ in spans)), default=None)
        same.ends = max((last for _, last in spans), key=lambda last: last or date.max)
