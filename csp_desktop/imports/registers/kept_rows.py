"""The rows of kept registers between a file and the store: what a sheet's row gives, decoded, compared and shown.

While they are staged, values are as JSON holds them: a day is ISO text, a name the id of its row or, for one that is to
be added, the name itself, a party a table with an id.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from csp_desktop.imports.grid import CellValue, is_blank, text_of
from csp_desktop.imports.registers.headings import SheetRead
from csp_desktop.imports.registers.known_names import KnownTable
from csp_desktop.imports.registers.number_columns import keep_numbers
from csp_desktop.imports.synonyms import normalise
from csp_desktop.recording import encode
from csp_desktop.registers.forms import FieldKind, Form, RegisterField
from csp_desktop.registers.reading import Entry as StoredEntry
from csp_desktop.registers.shown import shown_value
from csp_desktop.rules.folding import fold

Values = dict[str, Any]
_NO_OUTPUT = frozenset({
    "no", "number", "ref", "reference", "id", "total", "totals", "year", "month", "week", "cost", "costs", "budget",
    "hours", "row", "priority", "score",
})  # fmt: skip
"""Headings of numbers that count nothing an operation yielded."""


class WideCounts:
    """Columns of a sheet that each count one kind of thing: a heading such as "Arrests" over whole numbers.

    Look at all rows first; what any cell speaks against is no such column.
    """

    def __init__(self, form: Form, read: SheetRead) -> None:
        counts = next((field.name for field in form.fields if field.kind is FieldKind.COUNTS), "")
        self.field = counts
        self._columns = {
            column.column - 1: column.heading.partition(" (column ")[0]
            for column in read.columns
            if counts and not column.field and normalise(column.heading) not in _NO_OUTPUT
        }
        self._filled: set[int] = set()

    def look(self, rows: Iterable[Sequence[CellValue]]) -> None:
        """Look at some rows, the headings not among them."""
        keep_numbers(self._columns, self._filled, rows, lambda value: whole_count(value) is not None)

    @property
    def headings(self) -> list[str]:
        """Return the headings of these columns."""
        return [heading for at, heading in self._columns.items() if at in self._filled]

    def of(self, cells: Sequence[CellValue]) -> list[list[Any]]:
        """Return what a row counts, each as what and how many; a nought is left out."""
        found = []
        for at, heading in self._columns.items():
            count = whole_count(cells[at]) if at in self._filled and at < len(cells) else None
            if count:
                found.append([heading, count])
        return found


def whole_count(value: CellValue) -> int | None:
    """Return the count of a cell, None for anything but a whole number from 0 up."""
    if isinstance(value, bool) or is_blank(value):
        return None
    if isinstance(value, int | float):
        return int(value) if 0 <= value < 1e9 and value == int(value) else None  # noqa: PLR2004 - beyond any count
    text = text_of(value).replace(",", "")
    return int(text) if text.isascii() and text.isdigit() else None


def take_periods(form: Form, values: Values) -> None:
    """Put the words of a row's period in the place of words and days, in place; days of their own go first."""
    for field in form.fields:
        found = values.get(field.name)
        if field.kind is FieldKind.PERIOD and found is not None:
            values[field.name], first, last = found
            if first and last and "first_day" in form.by_name:
                values.setdefault("first_day", first)
                values.setdefault("last_day", last)


def decoded(form: Form, values: Mapping[str, Any]) -> Values:
    """Return staged values as commands take them."""
    return {name: _decoded(form.by_name[name], value) for name, value in values.items()}


def _decoded(field: RegisterField, value: Any) -> Any:
    if field.kind.is_date:
        return date.fromisoformat(value)
    if field.kind is FieldKind.DECIMAL:
        return Decimal(value)
    if field.kind is FieldKind.COUNTS:
        return tuple((kind, count) for kind, count in value)
    return tuple(value) if isinstance(value, list) else value


def is_same(field: RegisterField, value: Any, stored: StoredEntry) -> bool:
    """Say whether a staged value is what a row holds; the order of several does not count."""
    same = _SAME.get(field.kind)
    if same is not None:
        return same(value, stored.ids[field.name] if field.kind.is_name else stored.values[field.name])
    return bool(encode(stored.values[field.name]) == value)


def added_up(counts: Iterable[Sequence[Any]]) -> dict[str, int]:
    """Return counts by what is counted, folded; what stands twice is added up, as the store keeps it."""
    found: dict[str, int] = {}
    for kind, count in counts:
        found[fold(" ".join(str(kind).split()))] = found.get(fold(kind), 0) + count
    return found


_SAME: Mapping[FieldKind, Callable[[Any, Any], bool]] = {
    FieldKind.NAME: lambda value, held: bool(value == held),
    FieldKind.PARTY: lambda value, held: bool(tuple(value) == held),
    FieldKind.NAMES: lambda value, held: set(value) == set(held),
    FieldKind.TEXTS: lambda value, held: {fold(each) for each in value} == {fold(each) for each in held},
    FieldKind.COUNTS: lambda value, held: added_up(value) == added_up(held),
    FieldKind.DECIMAL: lambda value, held: held is not None and Decimal(value) == held,
}


def shown(field: RegisterField, value: Any, tables: Mapping[str, KnownTable]) -> Any:
    """Return a staged value as people read it, for the list of what changes: names, and words as they are stored."""
    if field.kind is FieldKind.NAME:
        return _name(value, tables.get(field.of))
    if field.kind is FieldKind.PARTY:
        return _name(value[1], tables.get(value[0])) if isinstance(value, list) else value
    if field.kind is FieldKind.NAMES:
        return shown_value(tuple(_name(each, tables.get(field.of)) for each in value))
    if field.kind is FieldKind.COUNTS:
        return shown_value(tuple((kind, count) for kind, count in value))
    return shown_value(tuple(value)) if isinstance(value, list) else value


def shown_held(value: Any) -> Any:
    """Return what a row holds in the same way."""
    return shown_value(value) if isinstance(value, tuple | Decimal) else encode(value)


def _name(value: Any, known: KnownTable | None) -> Any:
    return known.names.labels.get(value, value) if known is not None and isinstance(value, int) else value
