"""An owner's own workbook with what was found in it marked on its cells, and a list of it all on the first sheet.

It goes back to the owner, who mends the cells in colour and sends it in again. A returned update workbook is then known
again as the same one, so that what was settled is not asked anew.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from csp_desktop.collector import collector_at_rest
from csp_desktop.exports.workbook_choices import LISTS_SHEET, write_choices
from csp_desktop.imports.annotated.cells import CellLooks
from csp_desktop.imports.annotated.notes import commented, notes_of
from csp_desktop.imports.annotated.returned_sheets import OwnLayout
from csp_desktop.imports.annotated.sheets import (
    Layout,
    PlainLayout,
    mark_cells,
    merge_cells,
    sound_merges,
    write_as_it_is,
    write_sheet,
)
from csp_desktop.imports.annotated.to_check import ToCheck
from csp_desktop.imports.grid import SheetGrid, WorkbookGrid, text_of
from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.problem_book import LIST_NAME, describe, list_title
from csp_desktop.imports.returns.sheets import ReturnedGrid, find_returned, hidden_sheet
from csp_desktop.queries.plans import RagValueRow, list_rag_values, profile
from csp_desktop.reports.blocks import day
from csp_desktop.reports.sheet import printable
from csp_desktop.store import Store

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LIST = re.compile(rf"{LIST_NAME}(?: \(\d+\))?\Z")
_NAMELESS = "Sheet1"
_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = "history"  # Excel keeps the name to itself
_SHAPES = re.compile(r"xl/drawings/commentsDrawing\d+\.vml")
_BLOCK = 1_024


@collector_at_rest()
def annotated_workbook(plan: ImportPlan, marking: str, rag_values: Sequence[RagValueRow] = ()) -> bytes:
    """Return the file of a comparison with everything marked that was found in it, as the bytes of an .xlsx file.

    ``rag_values`` are those of the plan's scheme, for the dropdowns of an update workbook; without them it has none.
    """
    from openpyxl import Workbook

    book = Workbook()
    _Annotating(book, plan, marking, rag_values).write()
    describe(book, list_title(plan.file.grid))
    _carry_properties(book, plan.file.grid)
    return _saved(book)


def write_annotated(store: Store, plan: ImportPlan, path: Path) -> None:
    """Write the annotated workbook of a comparison to ``path``. Raises CspError where the file cannot be written."""
    from csp_desktop.reports.files import replace_file

    rag_values = list_rag_values(store, plan.plan.rag_scheme_id)
    replace_file(path, annotated_workbook(plan, profile(store).default_marking.value, rag_values))


class _Annotating:
    """Writes one annotated workbook."""

    def __init__(self, book: "Workbook", plan: ImportPlan, marking: str, rag_values: Sequence[RagValueRow]) -> None:
        self._book = book
        self._plan = plan
        self._marking = marking
        self._rag_values = rag_values
        self._looks = CellLooks()
        grid = plan.file.grid
        self._found: ReturnedGrid | None = find_returned(grid) if plan.returned is not None else None
        self._sheets = [sheet for sheet in grid.sheets if not self._is_made_anew(sheet)]
        self._notes = notes_of(plan)
        self._commented = commented(self._notes)

    def write(self) -> None:
        """Write the list and every sheet."""
        first = self._book.worksheets[0]
        titles = sheet_titles(self._sheets, is_text=self._plan.file.grid.format == "csv")
        first.title = free_title(LIST_NAME, titles.values())
        marked = sum(len(notes) for notes in self._notes.values())
        ToCheck(first, self._plan, titles, self._looks).write(self._marking, self._found, marked)
        base = hidden_sheet(self._plan.file.grid) if self._found is not None else None
        written: dict[str, tuple[Worksheet, OwnLayout]] = {}
        for grid in self._sheets:
            sheet = self._book.create_sheet(titles[grid.name])
            is_base = base is not None and grid.name == base.name
            if grid.hidden or is_base:
                sheet.sheet_state = "hidden"
            if is_base:
                write_as_it_is(sheet, grid)
                continue
            layout = self._layout(grid)
            self._write_sheet(sheet, grid, layout)
            if isinstance(layout, OwnLayout):
                written[grid.name] = sheet, layout
        if self._rag_values and written:
            self._rule(list(written.values()))

    def _write_sheet(self, sheet: "Worksheet", grid: SheetGrid, layout: Layout) -> None:
        merges, covered = sound_merges(grid)
        write_sheet(sheet, grid, layout)
        merge_cells(sheet, merges)
        spoken = {place for name, place in self._commented if name == grid.name}
        mark_cells(sheet, self._notes[grid.name], spoken, covered, self._looks)
        layout.finish(sheet, merges, self._marking)

    def _layout(self, grid: SheetGrid) -> Layout:
        tables = self._found.tables if self._found is not None else ()
        own = next((table for table in tables if table.sheet.name == grid.name), None)
        if own is None:
            return PlainLayout(
                grid, [table for table in self._plan.read.tables if table.sheet == grid.name], self._looks
            )
        wanted = self._plan.returned.wanted_back if self._plan.returned is not None else None
        return OwnLayout(own, self._looks, f"Back by {day(wanted)}" if wanted is not None else "")

    def _rule(self, written: Sequence[tuple["Worksheet", OwnLayout]]) -> None:
        """Give an update workbook its dropdowns, checks and colours back."""
        choices = write_choices(self._book, self._rag_values)
        refs = next((layout.refs(sheet.title) for sheet, layout in written if not layout.table.is_of_milestones), "")
        for sheet, layout in written:
            layout.rule(sheet, choices, refs)

    def _is_made_anew(self, sheet: SheetGrid) -> bool:
        """Say whether a sheet is one that this workbook has of its own: the list of an earlier one, or the choices."""
        if self._found is not None and self._rag_values and sheet.name == LISTS_SHEET:
            return True
        is_list = _LIST.match(sheet.name) is not None and text_of(sheet.value(1, 1)).startswith(f"{LIST_NAME} in ")
        return is_list and not any(table.sheet == sheet.name for table in self._plan.read.tables)


def sheet_titles(sheets: Iterable[SheetGrid], *, is_text: bool = False) -> dict[str, str]:
    """Return by each sheet's name a title that a workbook takes, no two the same: as a rule the name itself.

    The sheet of a text file is called after the file, which is no theme: it gets a name that says nothing.
    """
    titles: dict[str, str] = {}
    for sheet in sheets:
        titles[sheet.name] = free_title(_NAMELESS if is_text else _allowed(sheet.name), titles.values())
    return titles


def free_title(wanted: str, taken: Iterable[str]) -> str:
    """Return a title that is not taken, with a number behind it if it must have one; case does not tell two apart."""
    known = {title.casefold() for title in taken}
    if wanted.casefold() not in known:
        return wanted
    numbered = (_shortened(wanted, f" ({number})") for number in count(2))
    return next(title for title in numbered if title.casefold() not in known)


def _allowed(name: str) -> str:
    plain = _NOT_IN_TITLES.sub(" ", printable(name)).strip(" '")
    title = _shortened(plain, "").strip(" '") or _NAMELESS
    return f"{title} (1)" if title.casefold() == _RESERVED else title


def _shortened(title: str, ending: str) -> str:
    """Return a title with an ending, together no longer than a workbook counts, in UTF-16 units."""
    while len((title + ending).encode("utf-16-le")) > _LONGEST_TITLE * 2:
        title = title[:-1]
    return title + ending


def _carry_properties(book: "Workbook", grid: WorkbookGrid) -> None:
    """Write the document's own properties again: by one of them an update workbook is known."""
    from openpyxl.packaging.custom import StringProperty

    properties: Any = book  # the types of openpyxl do not know of its custom properties
    for name, value in grid.properties.items():
        properties.custom_doc_props.append(StringProperty(name=name, value=value))


class _Archive(zipfile.ZipFile):
    """Takes a workbook's parts, and numbers the boxes of its notes as the format wants them.

    openpyxl numbers those of every sheet from the same number on, in one block of 1,024 however many there are; each
    sheet is to have blocks of its own (ISO/IEC 29500-1, 14.2.2.14), and Excel repairs files where they clash.
    """

    _block = 1

    @override
    def writestr(self, zinfo_or_arcname: Any, data: Any, *more: Any, **named: Any) -> None:
        if isinstance(zinfo_or_arcname, str) and _SHAPES.fullmatch(zinfo_or_arcname):
            data = self._numbered(data.decode() if isinstance(data, bytes) else data)
        super().writestr(zinfo_or_arcname, data, *more, **named)

    def _numbered(self, shapes: str) -> str:
        numbers = count(self._block * _BLOCK + 1)
        numbered, found = re.subn(r'"_x0000_s\d+"', lambda _: f'"_x0000_s{next(numbers)}"', shapes)
        blocks = range(self._block, self._block + found // _BLOCK + 1)
        self._block = blocks.stop
        return numbered.replace('data="1"', f'data="{",".join(map(str, blocks))}"', 1)


def _saved(book: "Workbook") -> bytes:
    from openpyxl.writer.excel import ExcelWriter

    target = BytesIO()
    ExcelWriter(book, _Archive(target, "w", zipfile.ZIP_DEFLATED)).save()
    return target.getvalue()
