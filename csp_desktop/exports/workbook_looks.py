"""How an update workbook looks on screen and on paper: what is for writing stands out from what is for reading."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from csp_desktop.exports.layout import Kind, UpdateColumn
from csp_desktop.queries.plans import RagValueRow
from csp_desktop.reports.sheet import printable, write_text
from csp_desktop.reports.sheet_fit import row_height
from csp_desktop.reports.sheet_styles import FONT

if TYPE_CHECKING:
    from openpyxl.styles import Border, Font, PatternFill
    from openpyxl.worksheet.dimensions import RowDimension
    from openpyxl.worksheet.worksheet import Worksheet

SIZE = 10
SPARE_ROWS = 200
"""Rows below a table that take its dropdowns, checks and colours: an owner adds actions there."""

ZOOM = 90
"""Per cent: at it a small screen shows an action, its last update and the box for the new one beside each other."""

_TITLE_SIZE = 14
_TITLE_HEIGHT, _LINE_HEIGHT, _HEADER_HEIGHT = 23.0, 14.5, 29.0  # points: low, for all of it stays in view
_INK = "1B2733"
_WRITE_HEAD, _WRITE_TINT = "1D5FA8", "EDF4FC"
_READ_HEAD, _READ_TINT = "D5DAE0", "EBEDF0"
_OPEN_HEAD = "FFFFFF"
_RULE, _HEAD_RULE = "C9D1DA", "6B7785"
_TALLEST = 160.0  # points; a row higher than half a small screen is hard to scroll past
_FORMATS = {Kind.DATE: "d mmm yyyy", Kind.PERCENT: "0%", Kind.NUMBER: "General"}
_TEXT = "@"
_ROOM, _BREAK = 0.92, 3.0  # of a column's width words fill this share, less what a line loses where they break
_LONGEST_MARGIN = 60  # more would run into the marking in the middle
_LAST_ROW = 1_048_576
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_string(sheet: "Worksheet", place: tuple[int, int], text: str) -> Any:
    """Write text that is printable at (row, column); it reads back as it is, even like a formula or an escape."""
    cell = sheet.cell(*place, _ESCAPE.sub("_x005F_", text) if "_x" in text else text)
    cell.data_type = "s"
    return cell


@dataclass(frozen=True, slots=True)
class Line:
    """A line above a table."""

    text: str
    is_title: bool = False
    bold: bool = False


def write_lines(sheet: "Worksheet", lines: Sequence[Line], width: int) -> None:
    """Write lines above a table of ``width`` columns; each runs on over the empty cells beside it."""
    from openpyxl.styles import Alignment

    white, middle = _fill("FFFFFF"), Alignment(vertical="center")
    for row, line in enumerate(lines, start=1):
        cell = write_text(sheet, (row, 1), line.text)
        cell.font = _font(_TITLE_SIZE if line.is_title else SIZE, bold=line.bold or line.is_title)
        cell.alignment = middle
        sheet.row_dimensions[row].height = _TITLE_HEIGHT if line.is_title else _LINE_HEIGHT
        for column in range(1, width + 1):
            sheet.cell(row, column).fill = white  # no grid behind the words


def lay_columns(sheet: "Worksheet", columns: Sequence[UpdateColumn]) -> None:
    """Give columns their widths, and to the rows that an owner adds below the table, the formats of its cells."""
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        dimension.hidden = column.kind is Kind.ROW_ID
        _as_cell(dimension, column)


def write_headings(sheet: "Worksheet", row: int, columns: Sequence[UpdateColumn]) -> None:
    """Write the row of headings."""
    for number, column in enumerate(columns, start=1):
        _style_heading(write_string(sheet, (row, number), column.heading), column)
    sheet.row_dimensions[row].height = _HEADER_HEIGHT


def _style_heading(cell: Any, column: UpdateColumn) -> None:
    """Make a cell the heading of a column: dark over what is asked for, grey over what is for reading."""
    from openpyxl.styles import Alignment, Border, Side

    shade = _WRITE_HEAD if column.posts else _READ_HEAD if column.is_read_only else _OPEN_HEAD
    cell.font = _font(SIZE, bold=True, colour="FFFFFF" if column.posts else _INK)
    cell.fill = _fill(shade)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    rule = Side("thin", color=_HEAD_RULE)
    cell.border = Border(top=rule, bottom=Side("medium", color=_HEAD_RULE), left=rule, right=rule)


@dataclass(frozen=True, slots=True)
class RowLooks:
    """The styles of a table's cells by column number, each made once: a long table takes most of its time in them."""

    styles: Mapping[int, Any]

    @classmethod
    def of(cls, sheet: "Worksheet", columns: Sequence[UpdateColumn]) -> "RowLooks":
        """Make the styles of a table's columns."""
        from openpyxl.cell.cell import Cell

        styles = {}
        for number, column in enumerate(columns, start=1):
            like: Any = Cell(sheet, row=1, column=1)
            _as_cell(like, column)
            like.border = _cell_border(column)
            if column.is_read_only:
                like.fill = _fill(_READ_TINT)
            elif column.posts:
                like.fill = _fill(_WRITE_TINT)
            styles[number] = like._style  # noqa: SLF001 - openpyxl has no public way that looks nothing up
        return cls(styles)

    def give(self, cell: Any, number: int) -> None:
        """Make a cell of column ``number`` look like that column."""
        cell._style = self.styles[number]  # noqa: SLF001 - as above; nothing changes a style once it is made


@cache
def _growing_row() -> "type[RowDimension]":
    """Return a row that has a height and still grows as its owner writes.

    openpyxl marks every height it is given as set by hand, and such a row does not grow in Excel.
    """
    from openpyxl.worksheet.dimensions import RowDimension

    class GrowingRow(RowDimension):
        customHeight = False  # noqa: N815 - openpyxl's name  # type: ignore[assignment]

    return GrowingRow


def text_widths(columns: Sequence[UpdateColumn]) -> list[float]:
    """Return how much text a line of each column holds, in characters."""
    return [column.width * _ROOM - _BREAK for column in columns]


def set_row_height(sheet: "Worksheet", row: int, texts: Sequence[str], widths: Sequence[float]) -> None:
    """Make a row high enough for its texts, and leave it free to grow."""
    height = min(row_height(texts, widths, SIZE), _TALLEST)
    sheet.row_dimensions[row] = _growing_row()(sheet, index=row, ht=height)


def colour_rag(sheet: "Worksheet", where: str, values: Sequence[RagValueRow]) -> None:
    """Colour the cells of a range by the word that stands in them."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font
    from openpyxl.styles.differential import DifferentialStyle

    for value in values:
        word = value.word.replace('"', '""')
        look = DifferentialStyle(font=Font(bold=True, color=value.ink.lstrip("#")), fill=_fill(value.fill.lstrip("#")))
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{word}"'], dxf=look)
        sheet.conditional_formatting.add(where, rule)


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet prints: from its headings to a column, on so many pages across; and what its margins say.

    The lines above the headings are not printed: on a page beside the first they would be cut off.
    """

    last_column: str
    header_row: int
    pages_wide: int
    title: str
    scope: str
    wanted_back: str
    marking: str


def set_up_page(sheet: "Worksheet", page: Page) -> None:
    """Make a sheet print on A4 landscape with its headings, the handling mark and the page number on each page."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = page.pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_title_rows = f"{page.header_row}:{page.header_row}"
    sheet.print_title_cols = "A:A"
    sheet.print_area = (
        f"A{page.header_row}:{page.last_column}{_LAST_ROW}"  # the rows that an owner adds are printed too
    )
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.center.text = foot.center.text = _margin_text(page.marking.upper()) or None
    head.left.text, head.right.text = _margin_text(page.title), _margin_text(page.wanted_back)
    foot.left.text = _margin_text(page.scope)
    foot.right.text = "Page &P of &N"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = head, foot


def _margin_text(text: str) -> str:
    """Return text that a header or footer takes as it stands; an ampersand there begins a code."""
    line = " ".join(printable(text).split())
    if len(line) > _LONGEST_MARGIN:
        line = line[: _LONGEST_MARGIN - 1] + "…"
    return line.replace("&", "&&")


def _as_cell(cell: Any, column: UpdateColumn) -> None:
    """Give a cell, or all of a column that is not written, the format of the column's cells.

    Text is text to Excel too: what begins with a dash is no formula, and "3/4" no date.
    """
    from openpyxl.styles import Alignment

    cell.font = _font(SIZE)
    is_number = column.kind in {Kind.PERCENT, Kind.NUMBER}
    side = "right" if is_number else "left"
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side, indent=int(is_number))
    cell.number_format = _FORMATS.get(column.kind, _TEXT)


def _cell_border(column: UpdateColumn) -> "Border":
    from openpyxl.styles import Border, Side

    rule = Side("thin", color="9DBBDD" if column.posts else _RULE)
    return Border(top=rule, bottom=rule, left=rule, right=rule)


def _font(size: int, *, bold: bool = False, colour: str = _INK) -> "Font":
    from openpyxl.styles import Font

    return Font(name=FONT, size=size, bold=bold, color=colour)


def _fill(colour: str) -> "PatternFill":
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor=colour, bgColor=colour)
