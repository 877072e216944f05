"""The cells of an owner's sheet written anew: each value as what it is, text always as text, and how cells look."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from csp_desktop.exports.layout import Kind, UpdateColumn
from csp_desktop.exports.workbook_looks import SIZE, write_string
from csp_desktop.imports.annotated.notes import Mark, Note
from csp_desktop.imports.grid import CellError, CellValue, MonthDate, PercentNumber, text_of
from csp_desktop.imports.problem_book import Looks
from csp_desktop.reports.sheet import printable
from csp_desktop.reports.sheet_styles import FONT

if TYPE_CHECKING:
    from openpyxl.comments import Comment
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "CSP Desktop"
_GENERAL, _TEXT = "General", "@"
_FORMATS: tuple[tuple[type, str], ...] = (
    (str, _TEXT),
    (MonthDate, "mmm-yy"),
    (datetime, "dd/mm/yyyy hh:mm"),
    (date, "dd/mm/yyyy"),
    (time, "hh:mm"),
)
_WHOLE, _BROKEN = "0%", "0.0###%"
_HUNDRED = 100
_FIRST_YEAR = 1900  # a spreadsheet knows no earlier day; such a one is written as text
_NOT_AVAILABLE, _NOT_A_NUMBER = "#N/A", "#NUM!"
_FILLS = {Mark.LEFT_OUT: "FBDCD9", Mark.CONFLICT: "E3DDF8", Mark.EMPTIED: "E3DDF8", Mark.LOOK: "FFEFC2"}
_EDGES = {
    Mark.LEFT_OUT: ("thick", "A3211B"),
    Mark.CONFLICT: ("double", "4A2FA0"),
    Mark.EMPTIED: ("double", "4A2FA0"),
    Mark.LOOK: ("mediumDashed", "8A5A00"),
}
_NOTE_WIDTH, _NOTE_LINE, _NOTE_LETTERS = 360, 18, 50  # pixels, pixels, characters of a line


def plain(value: CellValue) -> CellValue:
    """Return a value as a workbook can hold it: printable text, no day before its calendar, no number without end."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        return text_of(value)
    if isinstance(value, float) and not math.isfinite(value):
        return CellError(_NOT_A_NUMBER)
    return value


def write_value(sheet: "Worksheet", place: tuple[int, int], value: CellValue) -> Any:
    """Write a value that is plain as what it is, and return its cell.

    An error stays one, or it would come back as text; one that the format has no code for reads #N/A.
    """
    if isinstance(value, str):
        return write_string(sheet, place, value)
    if isinstance(value, CellError):
        from openpyxl.cell.cell import ERROR_CODES

        cell: Any = sheet.cell(*place, value.code if value.code in ERROR_CODES else _NOT_AVAILABLE)
        cell.data_type = "e"
        return cell
    return sheet.cell(*place, float(value) if isinstance(value, PercentNumber) else value)


def format_of(value: CellValue) -> str:
    """Return the number format in which a value reads back as what it is."""
    if isinstance(value, PercentNumber):
        return _WHOLE if (value * _HUNDRED).is_integer() else _BROKEN
    return next((form for kind, form in _FORMATS if isinstance(value, kind)), _GENERAL)


@dataclass(slots=True)
class CellLooks:
    """How the cells of a workbook look, but for the columns of an update workbook, which have looks of their own."""

    _looks: Looks = field(default_factory=Looks)

    def body(self, cell: Any, value: CellValue, *, wraps: bool) -> None:
        """Make a cell one of a table, or of the lines above it, which run on over empty cells."""
        wanted = format_of(value)
        self._looks.give(cell, (wanted, wraps), partial(_style_body, wanted=wanted, wraps=wraps))

    def heading(self, cell: Any, value: CellValue) -> None:
        """Make a cell a heading."""
        wanted = format_of(value)
        self._looks.give(cell, ("heading", wanted), partial(_style_heading, wanted=wanted))

    def format(self, cell: Any, value: CellValue, column: UpdateColumn | None = None) -> None:
        """Give a cell the number format of its value; in a column of an update workbook that of the column, if it can.

        There what is not filled in yet, or is to be mended, keeps the column's: a day typed over it is a day.
        """
        wanted = format_of(value)
        if column is None or not _suits(column, value, wanted):
            self._give(cell, ("format", wanted), partial(_set_format, wanted=wanted))

    def mark(self, cell: Any, mark: Mark) -> None:
        """Mark a cell: by its border too, never by colour alone."""
        self._give(cell, mark, partial(_style_mark, mark=mark))

    def link(self, cell: Any) -> None:
        """Make a cell of the list look like the link that it is."""
        self._give(cell, "link", _style_link)

    def _give(self, cell: Any, name: object, make: Callable[[Any], None]) -> None:
        self._looks.give(cell, (name, cell.style_id), make)


def _suits(column: UpdateColumn, value: CellValue, wanted: str) -> bool:
    if value is None or isinstance(value, str | bool | CellError):
        return True
    if column.kind is Kind.DATE:
        return wanted == "dd/mm/yyyy"
    return column.kind is Kind.PERCENT and wanted == _WHOLE


def note_of(note: Note) -> "Comment":
    """Return a note as a spreadsheet shows it, large enough to be read without scrolling."""
    from openpyxl.comments import Comment

    text = printable(note.shown)
    lines = sum(len(line) // _NOTE_LETTERS + 1 for line in text.split("\n")) + 1
    return Comment(text, AUTHOR, height=lines * _NOTE_LINE, width=_NOTE_WIDTH)


def _set_format(cell: Any, *, wanted: str) -> None:
    cell.number_format = wanted


def _style_body(cell: Any, *, wanted: str, wraps: bool) -> None:
    from openpyxl.styles import Alignment, Font

    cell.number_format = wanted
    cell.font = Font(name=FONT, size=SIZE)
    is_number = wanted in {_GENERAL, _WHOLE, _BROKEN}  # at its column's right edge it must not run into the next one
    side = "right" if is_number else "left"
    cell.alignment = Alignment(wrap_text=wraps, vertical="top", horizontal=side, indent=int(is_number))


def _style_heading(cell: Any, *, wanted: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.number_format = wanted
    cell.font = Font(name=FONT, size=SIZE, bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.fill = PatternFill("solid", fgColor="E3E9F0")
    cell.border = Border(bottom=Side("medium", color="6B7785"))


def _style_link(cell: Any) -> None:
    from openpyxl.styles import Font

    cell.font = Font(name=FONT, size=11, underline="single", color="0B57A4")


def _style_mark(cell: Any, *, mark: Mark) -> None:
    from openpyxl.styles import Border, PatternFill, Side

    style: Any
    style, colour = _EDGES[mark]
    edge = Side(style, color=colour)
    cell.border = Border(top=edge, bottom=edge, left=edge, right=edge)
    cell.fill = PatternFill("solid", fgColor=_FILLS[mark], bgColor=_FILLS[mark])
