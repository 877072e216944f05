"""The problems of a file as a workbook to send back to its owner: where each lies, what the cell says, what to do."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csp_desktop.imports.grid import SheetGrid, WorkbookGrid, text_of
from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.sheet_marks import cell_place
from csp_desktop.queries.plans import profile
from csp_desktop.store import Store
from models.vocabulary import ProblemLevel

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LEVELS = {ProblemLevel.ERROR: "Left out", ProblemLevel.WARNING: "Worth a look"}
LIST_NAME = "To check"
"""What the sheet of a list is called."""

HEADINGS = ("Sheet", "Cell", "What came of it", "What the cell says", "What was found and what to do")
_WIDTHS = (20.0, 9.0, 15.0, 34.0, 62.0)
_SIZE, _TITLE_SIZE = 11, 14
_LONGEST_NAME = 200
_TALLEST = 400.0  # points; a row cannot be higher than 409


def problems_workbook(grid: WorkbookGrid, problems: Sequence[Problem], marking: str = "") -> bytes:
    """Return the problems, in their order, as the bytes of an .xlsx file. ``marking`` is the handling mark or "".

    Every cell is text whatever it looks like, without control characters and within what a cell can hold.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = LIST_NAME
    listed = ListSheet(sheet, _WIDTHS)
    listed.say(list_title(grid), is_title=True)
    listed.say(f"{len(problems):,} {'problem' if len(problems) == 1 else 'problems'} of this file")
    listed.head(HEADINGS)
    sheets = {each.name: each for each in grid.sheets}
    for problem in problems:
        listed.add(problem_texts(sheets, problem))
    listed.close()
    set_up_page(sheet, marking, listed.headed)
    describe(book, LIST_NAME)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def write_problems(store: Store, plan: ImportPlan, path: Path) -> None:
    """Write every problem of a comparison to ``path`` as .xlsx. Raises CspError where the file cannot be written."""
    from csp_desktop.reports.files import replace_file

    marking = profile(store).default_marking.value
    replace_file(path, problems_workbook(plan.file.grid, plan.problems, marking))


def list_title(grid: WorkbookGrid) -> str:
    """Return what the first cell of a file's list says."""
    return f"{LIST_NAME} in {grid.file_name[:_LONGEST_NAME]}"


def problem_texts(sheets: Mapping[str, SheetGrid], problem: Problem) -> tuple[str, ...]:
    """Return what a list says of a problem, below ``HEADINGS``."""
    place = cell_place(problem.cell)
    said = text_of(sheets[problem.sheet].value(*place)) if place and problem.sheet in sheets else ""
    return problem.sheet, problem.cell, LEVELS[problem.level], said, problem.message


@dataclass(slots=True)
class Looks:
    """How cells look, by a name, each made once: openpyxl takes most of a long sheet's time to look each up anew."""

    _known: dict[Hashable, Any] = field(default_factory=dict)

    def give(self, cell: Any, name: Hashable, make: Callable[[Any], None]) -> None:
        """Make a cell look as ``make`` makes the first that is to look so; what it looked like before, it goes by."""
        known = self._known.get(name)
        if known is None:
            cell._style = copy(cell._style)  # noqa: SLF001 - openpyxl has no public way that looks nothing up
            make(cell)
            self._known[name] = cell._style  # noqa: SLF001 - as above
        else:
            cell._style = known  # noqa: SLF001 - as above; nothing changes a look once it is made


@dataclass(slots=True)
class ListSheet:
    """A sheet of lists, written downwards: lines of words, then tables that share the widths of the columns.

    ``row`` is the next free one, ``headed`` that of the first table's headings, 0 while there is none.
    """

    sheet: "Worksheet"
    widths: Sequence[float]
    row: int = 1
    headed: int = 0
    _filtered: str = ""
    _looks: Looks = field(default_factory=Looks)

    def __post_init__(self) -> None:
        set_widths(self.sheet, self.widths)

    def say(self, text: str, *, is_title: bool = False, bold: bool = False) -> None:
        """Write a line that runs on over the empty cells beside it."""
        from openpyxl.styles import Font

        from csp_desktop.reports.sheet import write_text

        size = _TITLE_SIZE if is_title else _SIZE
        write_text(self.sheet, (self.row, 1), text).font = Font(name="Arial", size=size, bold=bold or is_title)
        self.row += 1

    def head(self, headings: Sequence[str]) -> None:
        """Begin a table; the first stays in view, and can be filtered once it is closed."""
        for cell in self._write(headings):
            self._looks.give(cell, "heading", _style_heading)
        if not self.headed:
            self.headed = self.row
            self.sheet.freeze_panes = f"A{self.row + 1}"
        self.row += 1

    def add(self, texts: Sequence[str]) -> list[Any]:
        """Write a row of the table and return its cells."""
        from csp_desktop.reports.sheet_fit import row_height

        cells = self._write(texts)
        for cell in cells:
            self._looks.give(cell, "body", _style_body)
        height = min(row_height(texts, self.widths[: len(texts)], size=_SIZE), _TALLEST)
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1
        return cells

    def close(self) -> None:
        """End a table: the first one can be filtered, for a sheet has one filter alone."""
        from openpyxl.utils import get_column_letter

        if not self._filtered:
            last = max(self.row - 1, self.headed + 1)
            self._filtered = f"A{self.headed}:{get_column_letter(len(self.widths))}{last}"
            self.sheet.auto_filter.ref = self._filtered

    def _write(self, texts: Sequence[str]) -> list[Any]:
        from csp_desktop.reports.sheet import write_text

        return [write_text(self.sheet, (self.row, column), text) for column, text in enumerate(texts, start=1)]


def _style_heading(cell: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.font = Font(name="Arial", size=_SIZE, bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.fill = PatternFill("solid", fgColor="E3E9F0")


def _style_body(cell: Any) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    cell.font = Font(name="Arial", size=_SIZE)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    cell.border = Border(bottom=Side("thin", color="C9D1DA"))


def set_up_page(sheet: "Worksheet", marking: str, headings: int) -> None:
    """Make a sheet print on A4 across, as wide as the page, its row of ``headings`` (0: none) on every page."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if headings:
        sheet.print_title_rows = f"{headings}:{headings}"
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    if marking:
        head.center.text = foot.center.text = marking.upper().replace("&", "&&")
    foot.right.text = "Page &P of &N"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = head, foot


def set_widths(sheet: "Worksheet", widths: Sequence[float]) -> None:
    """Give columns their widths, from the first on."""
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def describe(book: "Workbook", title: str) -> None:
    """Write what a document says of itself."""
    book.properties.title = title
    book.properties.creator = "CSP Desktop"
    book.properties.language = "en-GB"
