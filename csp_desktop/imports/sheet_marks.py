"""What an import makes of each sheet, cell by cell: its tables, what becomes of each row, where the problems lie."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from csp_desktop.imports.date_forms import Digits, read_form
from csp_desktop.imports.fields import DATE_FIELDS
from csp_desktop.imports.grid import SheetGrid, text_of
from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.mapping import ColumnMapping, ProposedMapping
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.records import ReadTable, SkippedTable, TablePlace
from csp_desktop.imports.reviewing import ReviewRow

_ADDRESS = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")
_LETTERS = 26
_SAMPLED_ROWS = 2_000


class CellPlace(NamedTuple):
    """A cell of a sheet, both numbers from 1."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class TableMark:
    """A table as it lies on its sheet, all numbers from 1 and inside.

    ``columns`` are those with a heading, by number. ``why`` says why it is not read, "" if it is.
    """

    place: TablePlace
    mapping: ProposedMapping
    top: int
    last_row: int
    columns: Mapping[int, ColumnMapping]
    why: str = ""

    @property
    def is_read(self) -> bool:
        """Say whether its rows are read."""
        return not self.why

    @property
    def first_column(self) -> int:
        """Return the number of its first column with a heading."""
        return min(self.columns, default=self.place.column)

    @property
    def last_column(self) -> int:
        """Return the number of its last column with a heading."""
        return max(self.columns, default=self.place.column)

    @property
    def heading_rows(self) -> range:
        """Return the rows of its headings."""
        return range(self.top, self.place.header_row + 1)

    def covers(self, row: int, column: int) -> bool:
        """Say whether a cell lies in the table, its headings included."""
        return self.top <= row <= self.last_row and self.first_column <= column <= self.last_column


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """One sheet as it is read now. ``rows`` are those below headings by number, from the left; ``problems`` by cell."""

    tables: tuple[TableMark, ...] = ()
    rows: Mapping[int, tuple[ReviewRow, ...]] = field(default_factory=dict)
    problems: Mapping[CellPlace, tuple[Problem, ...]] = field(default_factory=dict)

    def table_at(self, row: int, column: int) -> TableMark | None:
        """Return the table that a cell lies in; else the nearest above it in that column, else the first there."""
        inside = next((table for table in self.tables if table.covers(row, column)), None)
        if inside is not None:
            return inside
        same = [table for table in self.tables if table.first_column <= column <= table.last_column]
        above = [table for table in same if table.top <= row]
        return above[-1] if above else next(iter(same), None)

    def row_at(self, row: int, column: int) -> ReviewRow | None:
        """Return what becomes of a row, in the part of the sheet that a column lies in."""
        found = self.rows.get(row, ())
        return next((each for each in reversed(found) if each.part <= column), next(iter(found), None))

    @property
    def heading_rows(self) -> frozenset[int]:
        """Return every row that holds headings of a table."""
        return frozenset(row for table in self.tables for row in table.heading_rows)


def cell_place(cell: str) -> CellPlace | None:
    """Return the place that an address names ("E15"), None where it names none."""
    found = _ADDRESS.match(cell)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return CellPlace(int(found[2]), column)


def marks_of(plan: ImportPlan, rows: Iterable[ReviewRow]) -> dict[str, SheetMarks]:
    """Return the marks of every sheet by its name; ``rows`` are those of the review."""
    by_sheet: dict[str, dict[int, tuple[ReviewRow, ...]]] = {}
    for row in rows:
        found_rows = by_sheet.setdefault(row.sheet, {})
        found_rows[row.row] = tuple(sorted((*found_rows.get(row.row, ()), row), key=lambda each: each.part))
    problems: dict[str, dict[CellPlace, tuple[Problem, ...]]] = {}
    for problem in plan.problems:
        place = cell_place(problem.cell)
        if place is not None:
            found = problems.setdefault(problem.sheet, {})
            found[place] = (*found.get(place, ()), problem)
    return {
        sheet.name: SheetMarks(_tables(plan, sheet), by_sheet.get(sheet.name, {}), problems.get(sheet.name, {}))
        for sheet in plan.file.grid.sheets
    }


def _tables(plan: ImportPlan, sheet: SheetGrid) -> tuple[TableMark, ...]:
    read = [_mark(sheet, table, table.mapping) for table in plan.read.tables if table.sheet == sheet.name]
    others = [
        _mark(sheet, table, table.mapping, table.why)
        for table in plan.read.skipped
        if table.sheet == sheet.name and table.mapping is not None
    ]
    return tuple(sorted((*read, *others), key=lambda mark: (mark.place.header_row, mark.place.column)))


def _mark(sheet: SheetGrid, table: ReadTable | SkippedTable, mapping: ProposedMapping, why: str = "") -> TableMark:
    return TableMark(
        place=table.place,
        mapping=mapping,
        top=table.top or table.header_row,
        last_row=table.last_row or sheet.last_row,
        columns={each.column: each for each in mapping.columns},
        why=why,
    )


@dataclass(frozen=True, slots=True)
class OrderSample:
    """A date of the file that reads both ways, and the two days that it may be."""

    text: str
    day_first: date
    month_first: date


def order_sample(plan: ImportPlan) -> OrderSample | None:
    """Return the first date typed as text that day first and month first read differently, None where there is none."""
    grids = {sheet.name: sheet for sheet in plan.file.grid.sheets}
    for table in plan.read.tables:
        columns = [each.column for each in table.mapping.columns if each.field in DATE_FIELDS]
        sheet = grids[table.sheet]
        below = (row for row in sheet.rows if table.header_row < row <= (table.last_row or sheet.last_row))
        for row in islice(below, _SAMPLED_ROWS):
            for column in columns:
                value = sheet.value(row, column)
                form = read_form(text_of(value)) if isinstance(value, str) else None
                days = (form.day_first, form.month_first) if isinstance(form, Digits) else (None, None)
                if days[0] and days[1] and days[0] != days[1]:
                    return OrderSample(text_of(value), days[0], days[1])
    return None


def filled_hidden_rows(sheet: SheetGrid) -> int:
    """Count the hidden rows of a sheet that hold anything."""
    return sum(row in sheet.rows for row in sheet.hidden_rows)
