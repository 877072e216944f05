"""The rows of a kept register as people know them: names in the place of ids, several values together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, UnaryExpression, select

from csp_desktop.registers.forms import FieldKind, Register, RegisterField, form_of
from csp_desktop.registers.kept import kept_of, through_of
from csp_desktop.registers.naming import Names, read_names

THOUSAND = 1_000
Held = TypeVar("Held")
Count = tuple[str, int]
NamesOf = Callable[[str], Names]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a kept register. ``values`` are by field: None where absent, text never None but empty.

    A name is what its row is called; several are a tuple, counts a tuple of (what is counted, how many), a decimal a
    Decimal. ``ids`` are the rows that names stand for: an id, a tuple of them, or for a party (table, id).
    """

    id: int
    version: int
    values: Mapping[str, Any]
    ids: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a text, or the name of a row, empty for none."""
        return self._of(name, str) or ""

    def day(self, name: str) -> date | None:
        """Return a date."""
        return self._of(name, date)

    def number(self, name: str) -> int | None:
        """Return a whole number."""
        return self._of(name, int)

    def word(self, name: str, kind: type[Held]) -> Held | None:
        """Return a word of the kind given."""
        return self._of(name, kind)

    def row_id(self, name: str) -> int | None:
        """Return the id of the row that a name stands for."""
        found = self.ids.get(name)
        return found if isinstance(found, int) else None

    def names(self, name: str) -> tuple[str, ...]:
        """Return several names or texts."""
        return self.values[name] or ()

    def counts(self, name: str) -> tuple[Count, ...]:
        """Return several counts."""
        return self.values[name] or ()

    def _of(self, name: str, kind: type[Held]) -> Held | None:
        found = self.values[name]
        if found is not None and not isinstance(found, kind):
            raise TypeError(f"field {name} holds a {type(found).__name__}, not a {kind.__name__}")
        return found


def read_entries(
    connection: Connection, register: Register, ids: Iterable[int] | None = None, names: NamesOf | None = None
) -> list[Entry]:
    """Return the rows of a kept register in their order; ``ids`` narrows to those.

    ``names`` gives what the rows of a table are called, for a caller that knows it already.
    """
    reading = _Reading(connection, register, names or cache(partial(read_names, connection)))
    return reading.entries(None if ids is None else list(ids))


class _Reading:
    """One reading under way; each table's names are read once."""

    def __init__(self, connection: Connection, register: Register, names: NamesOf) -> None:
        self._connection = connection
        self._register = register
        self._kept = kept_of(register)
        self._fields = form_of(register).fields
        self._names = names

    def entries(self, ids: list[int] | None) -> list[Entry]:
        table = self._kept.table
        query = select(table).order_by(*map(self._ordered, self._kept.order), table.c.id)
        if ids is not None:
            query = query.where(table.c.id.in_(ids))
        rows = self._connection.execute(query).mappings().all()
        several = {field.name: self._several(field, ids) for field in self._fields if field.kind.is_several}
        return [self._entry(row, several) for row in rows]

    def _ordered(self, name: str) -> ColumnElement[Any] | UnaryExpression[Any]:
        column = self._kept.table.c[name.removeprefix("-")]
        return column.desc() if name.startswith("-") else column.asc().nulls_last()

    def _label(self, table: str, row_id: int) -> str:
        return self._names(table).labels[row_id]

    def _entry(self, row: Mapping[Any, Any], several: Mapping[str, Mapping[int, list[tuple[Any, Any]]]]) -> Entry:
        values: dict[str, Any] = {}
        ids: dict[str, Any] = {}
        for field in self._fields:
            if field.kind.is_several:
                found = several[field.name].get(row["id"], [])
                values[field.name] = tuple(value for value, _ in found)
                if field.kind is FieldKind.NAMES:
                    ids[field.name] = tuple(row_id for _, row_id in found)
            elif field.kind is FieldKind.NAME:
                row_id = row[field.stored_in[0]]
                ids[field.name] = row_id
                values[field.name] = None if row_id is None else self._label(field.of, row_id)
            elif field.kind is FieldKind.PARTY:
                values[field.name], ids[field.name] = self._party(row, field)
            else:
                values[field.name] = _plain(field, row[field.stored_in[0]])
        return Entry(row["id"], row["version"], values, ids)

    def _party(self, row: Mapping[Any, Any], field: RegisterField) -> tuple[str | None, tuple[str, int] | None]:
        for column, table in zip(field.stored_in, ("person", "organisation"), strict=True):
            if row[column] is not None:
                return self._label(table, row[column]), (table, row[column])
        return None, None

    def _several(self, field: RegisterField, ids: list[int] | None) -> dict[int, list[tuple[Any, Any]]]:
        """Return by row what a field holds of it: each value, and for a name the id of its row."""
        through = through_of(self._register, field)
        table = through.table
        query = select(table).where(table.c[through.item].is_not(None)).order_by(table.c.id)
        if ids is not None:
            query = query.where(table.c[through.owner].in_(ids))
        found: dict[int, list[tuple[Any, Any]]] = {}
        for row in self._connection.execute(query).mappings():
            item = row[through.item]
            is_name = field.kind is FieldKind.NAMES
            value = (item, row["count"]) if field.kind is FieldKind.COUNTS else item
            held = (self._label(field.of, item), item) if is_name else (value, None)
            found.setdefault(row[through.owner], []).append(held)
        return found


def _plain(field: RegisterField, value: Any) -> Any:
    return Decimal(value) / THOUSAND if field.kind is FieldKind.DECIMAL and value is not None else value
