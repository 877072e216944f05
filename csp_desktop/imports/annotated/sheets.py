"""An owner's sheets written anew, every row at its own address, with what was found marked on the cells.

The owner's file itself is never opened here: all that is written comes from what the guarded reader made of it.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from csp_desktop.exports.workbook_looks import set_row_height
from csp_desktop.imports.annotated.cells import CellLooks, note_of, plain, write_value
from csp_desktop.imports.annotated.notes import Note, SheetNotes
from csp_desktop.imports.grid import CellValue, Merge, SheetGrid, column_letters, text_of
from csp_desktop.imports.problem_book import set_up_page, set_widths
from csp_desktop.imports.records import ReadTable
from csp_desktop.imports.sheet_marks import CellPlace

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MEASURED_ROWS = 300
_NARROWEST, _WIDEST, _SPARE, _MARGIN = 9.0, 45.0, 1.15, 2.0
_MOST_COVERED = 500_000  # cells looked at under merged ranges; what is beyond is written unmerged
_LOWEST_FROZEN = 25  # headings further down would leave no room below them on a small screen


class Layout(Protocol):
    """How one sheet is laid out around its cells."""

    def prepare(self, sheet: "Worksheet") -> None:
        """Do what comes before the cells."""

    def reach(self, row: int) -> int:
        """Return how many cells of a row are there even where they are blank; -1 for a row that is written already."""

    def dress(self, cell: Any, value: CellValue) -> None:
        """Make a cell look as its place and value want."""

    def room(self, row: int, column: int) -> float:
        """Return how many characters a line of a cell holds, 0 where its text makes its row no higher."""

    def finish(self, sheet: "Worksheet", merges: Sequence[Merge], marking: str) -> None:
        """Do what comes after the cells: what stays in view, and how the sheet prints."""


class PlainLayout:
    """The layout of a sheet that is no update workbook's: headings stand out, columns are as wide as they need."""

    def __init__(self, grid: SheetGrid, tables: Sequence[ReadTable], looks: CellLooks) -> None:
        self._looks = looks
        tops = [table.top or table.header_row for table in tables]
        self._top = min(tops, default=1)
        self._header_row = min((table.header_row for table in tables), default=0)
        spans = zip(tops, tables, strict=True)
        self._headings = {row for top, table in spans for row in range(top, table.header_row + 1)}
        self._widths = _widths(grid, self._top)

    def prepare(self, sheet: "Worksheet") -> None:
        """Give the columns their widths."""
        set_widths(sheet, self._widths)

    def reach(self, row: int) -> int:  # noqa: ARG002 - of no row
        """Return 0: a blank cell is none."""
        return 0

    def dress(self, cell: Any, value: CellValue) -> None:
        """Make a cell a heading, one of a table, or of the lines above it."""
        if cell.row in self._headings:
            self._looks.heading(cell, value)
        else:
            self._looks.body(cell, value, wraps=cell.row >= self._top)

    def room(self, row: int, column: int) -> float:
        """Return how much a line of a cell holds; a line above the table runs on."""
        return self._widths[column - 1] - _MARGIN if row >= self._top else 0.0

    def finish(self, sheet: "Worksheet", merges: Sequence[Merge], marking: str) -> None:  # noqa: ARG002 - no table
        """Keep the headings in view, and on every page."""
        if 0 < self._header_row <= _LOWEST_FROZEN:
            sheet.freeze_panes = f"A{self._header_row + 1}"
        set_up_page(sheet, marking, self._header_row)


def _widths(grid: SheetGrid, top: int) -> list[float]:
    """Return how wide each column is to be for what stands in it from its headings on."""
    longest = [0] * grid.width
    for values in islice((values for row, values in grid.rows.items() if row >= top), _MEASURED_ROWS):
        for at, value in enumerate(values):
            if value is not None:
                longest[at] = max(longest[at], *map(len, text_of(value).split("\n")))
    return [min(max(letters * _SPARE + _MARGIN, _NARROWEST), _WIDEST) for letters in longest]


def write_as_it_is(sheet: "Worksheet", grid: SheetGrid) -> None:
    """Write the values of a sheet that nobody is to read, and nothing else."""
    for row, values in grid.rows.items():
        for column, value in enumerate(values, start=1):
            if value is not None:
                write_value(sheet, (row, column), plain(value))


def write_sheet(sheet: "Worksheet", grid: SheetGrid, layout: Layout) -> None:
    """Write a sheet's cells at their addresses, and hide what is hidden of it, as far as anything stands there."""
    layout.prepare(sheet)
    for row, values in grid.rows.items():
        reach = layout.reach(row)
        if reach >= 0:
            _write_row(sheet, row, [*values, *[None] * (reach - len(values))], layout)
        if row in grid.hidden_rows:
            sheet.row_dimensions[row].hidden = True
    for column in range(1, grid.width + 1):
        if column in grid.hidden_columns:
            sheet.column_dimensions[column_letters(column)].hidden = True


def _write_row(sheet: "Worksheet", row: int, values: Sequence[CellValue], layout: Layout) -> None:
    texts: list[str] = []
    rooms: list[float] = []
    reach = layout.reach(row)
    for column, each in enumerate(values, start=1):
        if each is None and column > reach:
            continue
        value = plain(each)
        layout.dress(write_value(sheet, (row, column), value), value)
        room = layout.room(row, column) if isinstance(value, str) else 0.0
        if room:
            texts.append(str(value))
            rooms.append(room)
    if texts:
        set_row_height(sheet, row, texts, rooms)


def mark_cells(
    sheet: "Worksheet",
    notes: SheetNotes,
    commented: Collection[CellPlace],
    covered: Mapping[CellPlace, CellPlace],
    looks: CellLooks,
) -> None:
    """Mark cells and say on them what is said of them; what concerns a cell under a merged one is said on that."""
    said: dict[CellPlace, Note] = {}
    spoken: set[CellPlace] = set()
    for place, note in notes.items():
        anchor = covered.get(place, place)
        said[anchor] = said[anchor].joined(note) if anchor in said else note
        if place in commented:
            spoken.add(anchor)
    for place, note in said.items():
        cell: Any = sheet.cell(*place)
        looks.mark(cell, note.mark)
        if place in spoken:
            cell.comment = note_of(note)


def merge_cells(sheet: "Worksheet", merges: Sequence[Merge]) -> None:
    """Merge cells; what stands under them stays, as it does in the owner's file."""
    from openpyxl.worksheet.cell_range import CellRange

    for each in merges:
        reach = CellRange(
            min_col=each.first_column, min_row=each.first_row, max_col=each.last_column, max_row=each.last_row
        )
        sheet.merged_cells.ranges.add(reach)


def sound_merges(grid: SheetGrid) -> tuple[list[Merge], dict[CellPlace, CellPlace]]:
    """Return the merges that no other one overlaps, and by each cell under one the first cell of it.

    A spreadsheet refuses a file with others; of those beyond any use in size, the cells are written unmerged.
    """
    kept: list[Merge] = []
    covered: dict[CellPlace, CellPlace] = {}
    left = _MOST_COVERED
    for merge in grid.merges:
        area = merge.width * merge.height
        if not 1 < area <= left:
            continue
        left -= area
        anchor = CellPlace(merge.first_row, merge.first_column)
        places = [
            CellPlace(row, column)
            for row in range(merge.first_row, merge.last_row + 1)
            for column in range(merge.first_column, merge.last_column + 1)
        ]
        if not any(place in covered for place in places):
            kept.append(merge)
            covered.update(dict.fromkeys(places, anchor))
    return kept, covered
