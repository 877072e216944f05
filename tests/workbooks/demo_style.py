"""How the demo workbooks look: the fills, widths and page set-up that an officer would choose."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

WRITTEN = datetime(2026, 10, 9, 14, 5)  # noqa: DTZ001 a workbook's own properties carry no zone
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
LINE = Side(style="thin", color="B7B7B7")
GRID = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAP = Alignment(wrap_text=True, vertical="top")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
RAG_FILLS = {"R": "E06666", "A": "FFD966", "G": "93C47D", "B": "6FA8DC"}

LINE_POINTS = 13
SLACK = 1.15  # words that wrap leave part of each line empty

Cell = str | int | float | date | None


def new_book(title: str) -> tuple[Workbook, Worksheet]:
    """Return a workbook with one empty sheet called ``title``."""
    book = Workbook()
    del book["Sheet"]
    return book, book.create_sheet(title)


def style_heading(sheet: Worksheet, reach: str, fill: str, ink: str = "FFFFFF", font: str = "Arial") -> None:
    """Give the cells of ``reach`` (such as ``A5:M6``) a heading's look."""
    for cells in sheet[reach]:
        for cell in cells:
            cell.font = Font(name=font, bold=True, color=ink, size=10)
            cell.fill = PatternFill("solid", fgColor=fill)
            cell.alignment = CENTRE
            cell.border = GRID


def style_title(sheet: Worksheet, address: str, size: int, font: str = "Arial", *, bold: bool = True) -> None:
    """Make one cell a title of ``size`` points."""
    sheet[address].font = Font(name=font, bold=bold, size=size)
    sheet[address].alignment = Alignment(vertical="center")


def write_row(sheet: Worksheet, row: int, values: Sequence[Cell], font: str = "Arial") -> None:
    """Write one row of the table, wrapped and ruled; dates as dd/mm/yyyy."""
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, value)
        cell.font = Font(name=font, size=10)
        cell.alignment = WRAP
        cell.border = GRID
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
            cell.alignment = Alignment(horizontal="center", vertical="top")


def colour_rag(sheet: Worksheet, columns: str, rows: range) -> None:
    """Fill the RAG cells by their first letter, as owners do by hand."""
    for row in rows:
        for column in columns:
            cell = sheet[f"{column}{row}"]
            fill = RAG_FILLS.get(str(cell.value or " ")[0])
            cell.alignment = CENTRE
            if fill is not None:
                cell.fill = PatternFill("solid", fgColor=fill)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of the first columns, in characters."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def fit_heights(sheet: Worksheet, rows: range, least: float = 15) -> None:
    """Give each row the height its longest wrapped cell needs, in points; set the widths first."""
    for row in rows:
        lines = 1
        for cell in sheet[row]:
            width = sheet.column_dimensions[get_column_letter(cell.column)].width
            if (
                cell.value is not None
                and not isinstance(cell.value, date)
                and cell.coordinate not in sheet.merged_cells
            ):
                lines = max(lines, ceil(len(str(cell.value)) * SLACK / width))
        sheet.row_dimensions[row].height = max(least, LINE_POINTS * lines + 3)


def set_up_page(sheet: Worksheet, heading_rows: str, freeze: str) -> None:
    """A4 landscape, one page wide, heading rows (such as ``5:6``) repeated, panes frozen at ``freeze``."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.8)
    sheet.print_title_rows = heading_rows
    sheet.freeze_panes = freeze
    sheet.HeaderFooter.oddFooter.center.text = "Page &P of &N"


def save_signed(book: Workbook, path: Path, title: str, creator: str) -> None:
    """Save with fixed properties and times, so that building it again gives the same file."""
    book.properties.title = title
    book.properties.creator = creator
    book.properties.lastModifiedBy = creator
    book.properties.created = WRITTEN
    saved = BytesIO()
    book.save(saved)
    with ZipFile(saved) as parts, ZipFile(path, "w", ZIP_DEFLATED) as file:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>2026-10-09T14:05:00Z", content)
            file.writestr(ZipInfo(part.filename, WRITTEN.timetuple()[:6]), content, ZIP_DEFLATED)
