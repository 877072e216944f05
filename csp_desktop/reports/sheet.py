"""Writes a report as a workbook: a cover sheet with the text, then one sheet a table.

Text is always a text cell, so that nothing a user typed is ever taken for a formula; dates and numbers are real.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from csp_desktop.reports.blocks import (
    BulletList,
    Cell,
    Column,
    ColumnKind,
    DueCell,
    Figure,
    Heading,
    Key,
    PageBlock,
    PageBreak,
    Paragraph,
    RagCell,
    Report,
    Role,
    Table,
    Verdict,
    cell_text,
    day,
    flatten,
)
from csp_desktop.reports.files import replace_file
from csp_desktop.reports.sheet_fit import column_widths, row_height
from csp_desktop.reports.sheet_styles import FONT, Look, Styles, fill

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

MOST_CHARACTERS = 32_767
"""What one cell of a workbook can hold; counted as the file counts, in UTF-16 units."""

_CUT = " (shortened; the whole text is in the program)"
_HEADER_FILL = "E3E9F0"
_DATE_FORMAT = "d mmm yyyy"
_COVER_WIDTH = 76.0
_MOST_NAME = 31
_HEAD_ROW = 3
_A4 = 9
_UTF16_PAIR_FROM = 0x10000


def write_workbook(report: Report, path: Path) -> None:
    """Write the report to ``path`` as .xlsx, replacing what is there only when the new file is whole.

    Raises CspError with a sentence when the file cannot be written.
    """
    replace_file(path, workbook_bytes(report))


def workbook_bytes(report: Report) -> bytes:
    """Return the report as the bytes of an .xlsx file."""
    from openpyxl import Workbook

    book = Workbook()
    cover = book.worksheets[0]
    cover.title = "Report"
    writer = _BookWriter(book, report)
    writer.write_cover(cover)
    book.properties.title = printable(report.title)
    book.properties.creator = printable(report.author)
    book.properties.subject = printable(report.subject)
    book.properties.language = "en-GB"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def printable(text: str) -> str:
    """Return text as a cell may hold it: control characters blanked but for line breaks, shortened at the limit."""
    if len(text) <= MOST_CHARACTERS and text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(character if _allowed(character) else " " for character in lines)
    if _units(clean) <= MOST_CHARACTERS:
        return clean
    room = MOST_CHARACTERS - len(_CUT)
    while _units(clean) > room:
        clean = clean[: len(clean) - max((_units(clean) - room) // 2, 1)]
    return clean + _CUT


def _allowed(character: str) -> bool:
    return character == "\n" or (
        unicodedata.category(character) not in {"Cc", "Cs"} and character not in {"\ufffe", "\uffff"}
    )


def _units(text: str) -> int:
    """Return the length in UTF-16 units, as the format counts."""
    return len(text) + sum(ord(character) >= _UTF16_PAIR_FROM for character in text)


@dataclass(slots=True)
class _BookWriter:
    """Fills one workbook. ``row`` is the next free row of the cover, ``under`` the headings above what comes next.

    A sheet is named after the heading it stands under, for a caption of counts would not say which theme it is of.
    """

    book: "Workbook"
    report: Report
    row: int = 1
    tables: int = 0
    under: tuple[str, ...] = ()

    def write_cover(self, cover: "Worksheet") -> None:
        """Write the report's text, and every table on a sheet of its own with a line here that says where."""
        cover.column_dimensions["A"].width = _COVER_WIDTH
        self._line(cover, self.report.title, size=18, bold=True)
        self._line(cover, self.report.subtitle, size=13)
        dated = f"data as at {day(self.report.data_date)}"
        parts = (self.report.organisation, self.report.period, dated, *self.report.prepared_by)
        self._line(cover, " \u00b7 ".join(part for part in parts if part))
        for block in flatten(self.report.blocks):
            if not isinstance(block, PageBreak):
                self._block(cover, block)
        set_up_page(cover, self.report, landscape=False)

    def _block(self, cover: "Worksheet", block: PageBlock) -> None:
        match block:
            case Figure():
                self._line(cover, block.title, bold=True)
                self._line(cover, block.alt)
                if block.data is not None:
                    self._table(cover, block.data)
            case Table():
                self._table(cover, block)
            case _:
                self._text(cover, block)

    def _text(self, cover: "Worksheet", block: Heading | Paragraph | BulletList | Verdict | Key) -> None:
        """Write a block that is text alone."""
        match block:
            case Heading():
                self.under = (*self.under[: block.level - 2], block.text)
                self.row += 1
                self._line(cover, block.text, size={1: 16, 2: 14}.get(block.level, 12), bold=True)
            case Paragraph():
                self._line(cover, block.text, size=13 if block.role is Role.LEAD else 12)
            case BulletList():
                for item in block.items:
                    self._line(cover, f"\u2022 {item}")
            case Verdict():
                cell = self._line(cover, block.sentence, bold=True)
                fill(cell, block.mark)
            case Key():
                for entry in block.entries:
                    fill(self._line(cover, f"{entry.mark.letter} {entry.mark.word}: {entry.meaning}"), entry.mark)

    def _line(self, cover: "Worksheet", text: str, *, size: int = 12, bold: bool = False) -> "SheetCell":
        """Write one line of the cover and return its cell."""
        from openpyxl.styles import Alignment, Font

        cell = write_text(cover, (self.row, 1), text)
        cell.font = Font(name=FONT, size=size, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cover.row_dimensions[self.row].height = row_height([str(cell.value)], [_COVER_WIDTH], size)
        self.row += 1
        return cell

    def _table(self, cover: "Worksheet", table: Table) -> None:
        if not table.rows:
            self._line(cover, table.empty)
            return
        self.tables += 1
        sheet = self.book.create_sheet(_sheet_name(self.tables, self.under[-1] if self.under else table.caption))
        self._line(cover, f"Table {self.tables}: {table.caption} (sheet \u201c{sheet.title}\u201d)")
        write_table(sheet, with_dates_apart(table), f"Table {self.tables}: {table.caption}")
        write_text(sheet, (2, 1), " \u00b7 ".join(self.under)).font = _font(12)
        set_up_page(sheet, self.report, landscape=True)
        sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"


def _sheet_name(number: int, heading: str) -> str:
    """Return a name that a sheet may have, cut between words; the number keeps names apart, a theme's own goes."""
    plain = "".join(character for character in printable(heading) if character not in "[]:*?/\\'\n")
    name = f"{number} {re.sub(r'^[0-9.]+[A-Z]? ', '', plain)}".strip()
    if len(name) <= _MOST_NAME:
        return name
    cut = name[:_MOST_NAME]
    return cut.rpartition(" ")[0] if cut.count(" ") > 1 else cut.strip()


def _font(size: int) -> "Font":
    from openpyxl.styles import Font

    return Font(name=FONT, size=size)


def write_text(sheet: "Worksheet", place: tuple[int, int], text: str) -> "SheetCell":
    """Write text at (row, column), from 1, as text whatever it looks like."""
    cell = _cell_at(sheet, place)
    cell.value = printable(text)
    cell.data_type = "s"
    return cell


def _cell_at(sheet: "Worksheet", place: tuple[int, int]) -> "SheetCell":
    """Return the cell at (row, column), from 1; our sheets have no merged cells."""
    return cast("SheetCell", sheet.cell(*place))


def with_dates_apart(table: Table) -> Table:
    """Return the table with a column for the baseline and one for the forecast in the place of each due column."""
    columns: list[Column] = []
    for column in table.columns:
        if column.kind is ColumnKind.DUE:
            columns += [Column(f"Baseline {column.title.lower()}", ColumnKind.DATE)]
            columns += [Column(f"Forecast {column.title.lower()}", ColumnKind.DATE)]
        else:
            columns.append(column)
    rows = []
    for row in table.rows:
        cells: list[Cell] = []
        for cell in row:
            if isinstance(cell, DueCell):
                cells += [cell.baseline or cell.otherwise, cell.forecast or cell.otherwise]
            else:
                cells.append(cell)
        rows.append(tuple(cells))
    return replace(table, columns=tuple(columns), rows=tuple(rows))


def write_table(sheet: "Worksheet", table: Table, title: str) -> None:
    """Write a table with its title above it: headings in row 3, frozen, with a filter."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    widths = column_widths(table)
    heading = write_text(sheet, (1, 1), title)
    heading.font = Font(name=FONT, size=13, bold=True)
    for index, column in enumerate(table.columns, start=1):
        cell = write_text(sheet, (_HEAD_ROW, index), column.title)
        cell.font = Font(name=FONT, size=12, bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEADER_FILL)
        side = "right" if column.kind is ColumnKind.NUMBER else "left"
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side, indent=int(side == "right"))
        cell.border = Border(bottom=Side("thin"))
        sheet.column_dimensions[get_column_letter(index)].width = widths[index - 1]
    last = len(table.rows) - 1
    styles = Styles()
    for down, row in enumerate(table.rows):
        for index, value in enumerate(row, start=1):
            cell = _write_value(sheet, (_HEAD_ROW + 1 + down, index), value)
            is_number = table.columns[index - 1].kind is ColumnKind.NUMBER
            mark = value.mark if isinstance(value, RagCell) else None
            styles.give(cell, Look(is_number, table.total and down == last, mark, cell.number_format))
        texts = [cell_text(value) for value in row]
        sheet.row_dimensions[_HEAD_ROW + 1 + down].height = row_height(texts, widths)
    sheet.row_dimensions[_HEAD_ROW].height = row_height([column.title for column in table.columns], widths)
    sheet.freeze_panes = f"B{_HEAD_ROW + 1}"
    filtered = len(table.rows) - (1 if table.total else 0)
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(table.columns))}{_HEAD_ROW + filtered}"


def _write_value(sheet: "Worksheet", place: tuple[int, int], value: Cell) -> "SheetCell":
    """Write a number or date as what it is, anything else as text."""
    if isinstance(value, date):
        cell = _cell_at(sheet, place)
        cell.value = value
        cell.number_format = _DATE_FORMAT
        return cell
    if isinstance(value, (int, Decimal)):
        cell = _cell_at(sheet, place)
        cell.value = value
        cell.number_format = "#,##0" if isinstance(value, int) else "General"
        return cell
    return write_text(sheet, place, cell_text(value))


def set_up_page(sheet: "Worksheet", report: Report, *, landscape: bool) -> None:
    """Make the sheet print on A4, as wide as the page, with the handling mark and the page number."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    marking = _footer_text(report.marking.upper())
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.center.text = foot.center.text = marking
    foot.left.text = _footer_text(report.title)  # more would run into the marking in the middle
    foot.right.text = "Page &P of &N"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = head, foot


def _footer_text(text: str) -> str:
    """Return text that a header takes as it stands; an ampersand there begins a code."""
    return printable(text).replace("\n", " ").replace("&", "&&")
