"""The problems of a file as a workbook to send back to its owner: where each lies, what the cell says, what to do."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from csp_desktop.imports.grid import WorkbookGrid, text_of
from csp_desktop.imports.planning import ImportPlan
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.sheet_marks import cell_place
from csp_desktop.queries.plans import profile
from csp_desktop.store import Store
from models.vocabulary import ProblemLevel

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LEVELS = {ProblemLevel.ERROR: "Left out", ProblemLevel.WARNING: "Worth a look"}
_HEADINGS = ("Sheet", "Cell", "What came of it", "What the cell says", "What was found and what to do")
_WIDTHS = (20.0, 9.0, 15.0, 34.0, 62.0)
_TITLE_ROWS = 3
_LONGEST_NAME = 200
_TALLEST = 400.0  # points; a row cannot be higher than 409


def problems_workbook(grid: WorkbookGrid, problems: Sequence[Problem], marking: str = "") -> bytes:
    """Return the problems, in their order, as the bytes of an .xlsx file. ``marking`` is the handling mark or "".

    Every cell is text whatever it looks like, without control characters and within what a cell can hold.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "To check"
    count = f"{len(problems):,} {'problem' if len(problems) == 1 else 'problems'} of this file"
    _write_rows(sheet, grid, problems, (f"To check in {grid.file_name[:_LONGEST_NAME]}", count))
    _set_up(sheet, marking)
    book.properties.title = "To check"
    book.properties.creator = "CSP Desktop"
    book.properties.language = "en-GB"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def write_problems(store: Store, plan: ImportPlan, path: Path) -> None:
    """Write every problem of a comparison to ``path`` as .xlsx. Raises CspError where the file cannot be written."""
    from csp_desktop.reports.files import replace_file

    marking = profile(store).default_marking.value
    replace_file(path, problems_workbook(plan.file.grid, plan.problems, marking))


def _write_rows(sheet: "Worksheet", grid: WorkbookGrid, problems: Sequence[Problem], title: tuple[str, str]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    from csp_desktop.reports.sheet import write_text
    from csp_desktop.reports.sheet_fit import row_height

    font, bold = Font(name="Arial", size=11), Font(name="Arial", size=11, bold=True)
    write_text(sheet, (1, 1), title[0]).font = Font(name="Arial", size=14, bold=True)
    write_text(sheet, (2, 1), title[1]).font = font
    aligned, ruled = Alignment(wrap_text=True, vertical="top"), Border(bottom=Side("thin", color="C9D1DA"))
    shade = PatternFill("solid", fgColor="E3E9F0")
    for column, words in enumerate(_HEADINGS, start=1):
        cell = write_text(sheet, (_TITLE_ROWS, column), words)
        cell.font, cell.alignment, cell.fill = bold, aligned, shade
    sheets = {each.name: each for each in grid.sheets}
    for row, problem in enumerate(problems, start=_TITLE_ROWS + 1):
        place = cell_place(problem.cell)
        said = text_of(sheets[problem.sheet].value(*place)) if place and problem.sheet in sheets else ""
        texts = (problem.sheet, problem.cell, LEVELS[problem.level], said, problem.message)
        for column, text in enumerate(texts, start=1):
            cell = write_text(sheet, (row, column), text)
            cell.font, cell.alignment, cell.border = font, aligned, ruled
        sheet.row_dimensions[row].height = min(row_height(texts, _WIDTHS, size=11), _TALLEST)
    last = _TITLE_ROWS + max(len(problems), 1)
    sheet.auto_filter.ref = f"A{_TITLE_ROWS}:E{last}"
    sheet.freeze_panes = f"A{_TITLE_ROWS + 1}"


def _set_up(sheet: "Worksheet", marking: str) -> None:
    """Make the sheet print on A4 across, as wide as the page, its headings on every page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_TITLE_ROWS}:{_TITLE_ROWS}"
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.center.text = foot.center.text = marking.upper().replace("&", "&&")
    foot.right.text = "Page &P of &N"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = head, foot
