"""The tables of an annotated update workbook: laid out, ruled and marked as when it went out, to be known again.

What it is known by (the hidden row and column, the hidden sheet, the document's property) is carried over as it came.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from csp_desktop.exports.layout import ACTIONS_SHEET, COLUMNS, MILESTONES_SHEET, Kind, UpdateColumn, read_mark
from csp_desktop.exports.workbook_choices import Choices, ref_rule
from csp_desktop.exports.workbook_looks import (
    SPARE_ROWS,
    ZOOM,
    Line,
    Page,
    RowLooks,
    colour_rag,
    lay_columns,
    set_up_page,
    text_widths,
    write_headings,
    write_lines,
)
from csp_desktop.imports.annotated.cells import CellLooks
from csp_desktop.imports.grid import CellValue, Merge, column_letters, text_of
from csp_desktop.imports.returns.sheets import ReturnedTable
from csp_desktop.reports.sheet import printable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_OTHERS_WIDTH = 20.0  # characters, of a column that the owner added
_LONGEST_HEADING = 255
_MOST_LINES = 30
_LAST_ROW = 1_048_576


class OwnLayout:
    """The layout of a sheet of an update workbook, whatever its owner moved or added.

    ``wanted_back`` is what its margin says of the day it is wanted back.
    """

    def __init__(self, table: ReturnedTable, looks: CellLooks, wanted_back: str) -> None:
        self.table = table
        self._looks = looks
        self._wanted_back = wanted_back
        self._row_looks: RowLooks | None = None

    @cached_property
    def columns(self) -> tuple[UpdateColumn, ...]:
        """Return the columns from the first of the sheet to the last of the table, those that are not ours as text."""
        headings, keys = self.table.headings, self.table.columns
        found = []
        for number in range(1, max((*headings, *keys), default=1) + 1):
            other = UpdateColumn("", "", Kind.TEXT, _OTHERS_WIDTH)
            column = COLUMNS[keys[number]] if number in keys else other
            found.append(replace(column, heading=printable(headings.get(number, ""))))
        return tuple(found)

    @cached_property
    def _rooms(self) -> list[float]:
        return text_widths(self.columns)

    @cached_property
    def last_row(self) -> int:
        """Return the number of the table's last row: it has at least one, if an empty one."""
        return max((row.row for row in self.table.rows), default=self.table.header_row + 1)

    def cells_of(self, number: int) -> str:
        """Return the range of a column's cells, with those below the table that its owner may fill in."""
        letters, last = column_letters(number), min(self.last_row + SPARE_ROWS, _LAST_ROW)
        return f"{letters}{self.table.header_row + 1}:{letters}{last}"

    def prepare(self, sheet: "Worksheet") -> None:
        """Lay the columns out, and write what stands above the table and its headings."""
        lay_columns(sheet, self.columns)
        above = min((*self._mark_rows, self.table.header_row, _MOST_LINES))
        lines = [Line(self._line(row), is_title=row == 1) for row in range(1, above)]
        write_lines(sheet, lines, len(self.columns) - 1)
        write_headings(sheet, self.table.header_row, self.columns)
        for row in self._mark_rows:
            sheet.row_dimensions[row].hidden = True
        self._row_looks = RowLooks.of(sheet, self.columns)

    def reach(self, row: int) -> int:
        """Return how many cells a row of the table has; the headings are written already."""
        if row == self.table.header_row:
            return -1
        return len(self.columns) if row > self.table.header_row else 0

    def dress(self, cell: Any, value: CellValue) -> None:
        """Make a cell of the table look like its column; the lines above it look as they are to already."""
        is_ours = cell.row > self.table.header_row and cell.column <= len(self.columns)
        if is_ours and self._row_looks is not None:
            self._row_looks.give(cell, cell.column)
            self._looks.format(cell, value, self.columns[cell.column - 1])
        elif not isinstance(value, str):
            self._looks.format(cell, value)

    def room(self, row: int, column: int) -> float:
        """Return how much a line of a cell holds; neither the lines above nor the row ids make their row higher."""
        if row < self.table.header_row or column > len(self.columns):
            return 0.0
        return 0.0 if self.columns[column - 1].kind is Kind.ROW_ID else self._rooms[column - 1]

    def finish(self, sheet: "Worksheet", merges: Sequence[Merge], marking: str) -> None:
        """Make the rows a table to the spreadsheet, where it can be one, and set up how the sheet prints."""
        from openpyxl.worksheet.filters import AutoFilter

        reach = f"A{self.table.header_row}:{column_letters(len(self.columns))}{self.last_row}"
        if self._can_be_table and not any(merge.last_row >= self.table.header_row for merge in merges):
            named = MILESTONES_SHEET if self.table.is_of_milestones else ACTIONS_SHEET
            _add_table(sheet, named, reach, [column.heading for column in self.columns])
        else:
            sheet.auto_filter = AutoFilter(ref=reach)
        numbers = self.table.numbers
        frozen = numbers.get("milestone.ref") if self.table.is_of_milestones else numbers.get("title")
        sheet.sheet_view.zoomScale = ZOOM
        sheet.freeze_panes = f"{column_letters((frozen or 0) + 1)}{self.table.header_row + 1}"
        shown = [number for number, column in enumerate(self.columns, start=1) if column.kind is not Kind.ROW_ID]
        page = Page(
            last_column=column_letters(max(shown, default=1)),
            header_row=self.table.header_row,
            pages_wide=1 if self.table.is_of_milestones else 2,
            title=self._line(1),
            scope=self._line(2),
            wanted_back=self._wanted_back,
            marking=marking,
        )
        set_up_page(sheet, page)

    def rule(self, sheet: "Worksheet", choices: Choices, refs: str) -> None:
        """Give the cells their dropdowns, checks and colours; ``refs`` is where the Refs of the actions stand."""
        for number, column in enumerate(self.columns, start=1):
            if column.kind is Kind.RAG:
                colour_rag(sheet, self.cells_of(number), choices.rag_values)
            rule = ref_rule(refs) if refs and column.key == "milestone.ref" else choices.rule(column)
            if rule is not None and column.key:
                rule.add(self.cells_of(number))
                sheet.add_data_validation(rule)

    def refs(self, title: str) -> str:
        """Return where the Refs of its actions stand, on the sheet of that title; "" where it has none."""
        number = self.table.numbers.get("ref")
        if number is None:
            return ""
        letters = column_letters(number)
        return f"{quoted(title)}!${letters}${self.table.header_row + 1}:${letters}${self.last_row}"

    @cached_property
    def _mark_rows(self) -> list[int]:
        """Return the rows above the headings that name the columns: one, unless its owner copied it."""
        header = self.table.header_row
        return [row for row, values in self.table.sheet.rows.items() if row < header and any(map(_is_mark, values))]

    @property
    def _can_be_table(self) -> bool:
        """Say whether its headings are such as a spreadsheet wants of a table: each of its own, on one line."""
        headings = [column.heading for column in self.columns]
        apart = {heading.casefold() for heading in headings}
        return len(apart) == len(headings) and all(
            heading.isprintable() and heading.strip() and len(heading) <= _LONGEST_HEADING for heading in headings
        )

    def _line(self, row: int) -> str:
        return text_of(self.table.sheet.value(row, 1))


def _is_mark(value: object) -> bool:
    return isinstance(value, str) and read_mark(value) is not None


def quoted(title: str) -> str:
    """Return a sheet's title as a reference names it."""
    return "'" + title.replace("'", "''") + "'"


def _add_table(sheet: "Worksheet", named: str, reach: str, headings: Sequence[str]) -> None:
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    taken = {name for each in sheet.parent.worksheets for name in each.tables} if sheet.parent else set()
    name = named if named not in taken else f"{named}_{len(taken) + 1}"
    columns = [TableColumn(id=number, name=heading) for number, heading in enumerate(headings, start=1)]
    made = Table(displayName=name, name=name, ref=reach, tableColumns=columns, autoFilter=AutoFilter(reach))
    made.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False, showColumnStripes=False)
    sheet.add_table(made)
