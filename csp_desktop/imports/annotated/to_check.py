"""The first sheet of an annotated workbook: what its owner is to do, and everything that was found, cell by cell."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from csp_desktop.imports.annotated.cells import CellLooks
from csp_desktop.imports.annotated.notes import (
    CONFLICT_ADVICE,
    EMPTIED_ADVICE,
    LABELS,
    MOST_NOTES,
    OF_LEVEL,
    Mark,
    OpenCell,
    open_cells,
    other_problems,
)
from csp_desktop.imports.annotated.returned_sheets import quoted
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.merged import Verdict
from csp_desktop.imports.problem_book import ListSheet, list_title, problem_texts, set_up_page
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.records import Ignored
from csp_desktop.imports.returns.sheets import ReturnedGrid
from models.vocabulary import ProblemLevel

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (6.0, 18.0, 9.0, 17.0, 34.0, 48.0, 34.0)
_PROBLEMS = ("No.", "Sheet", "Cell", "Status", "What the cell says", "Comment")
"""Headings that the importer knows, and none of them an action's: or it might take a row of the list for headings."""

_SIDES = ("No.", "Sheet", "Cell", "What it is", "It went out as", "You say", "The office says")
_STOOD = ("No.", "Sheet", "Cell", "What it is", "What stood there")
_COPY = ("No.", "Sheet", "Cell", "What it is", "What the row says")
_WENT_OUT = ("No.", "Ref", "", "", "What went out")
_MOST_LISTED = 15_000
"""Rows of all lists. A sheet holds 65,530 links; nobody mends as many cells by hand."""

_SPARE_ROWS, _SPARE_CELLS = 200, 2_000  # for the lines, the headings, the words that may be chosen

_BORDERS = {
    Mark.LEFT_OUT: "left out, a thick red border",
    Mark.LOOK: "worth a look, a dashed amber border",
    Mark.CONFLICT: "changed on both sides, a double violet border",
    Mark.EMPTIED: "emptied, a double violet border",
}
_MEND = "Mend the cells marked in colour and send this file back."
_LOOK = "Nothing has to be mended. Look at the cells marked in colour; if you change any, send this file back."


class ToCheck:
    """Writes the list. ``titles`` gives what each sheet of the file is called in the workbook."""

    def __init__(self, sheet: "Worksheet", plan: ImportPlan, titles: Mapping[str, str], looks: CellLooks) -> None:
        self._plan = plan
        self._titles = titles
        self._looks = looks
        self._listed = ListSheet(sheet, _WIDTHS)
        self._hidden = {each.name for each in plan.file.grid.sheets if each.hidden}
        self._number = 0
        self._room = _room(plan.file.grid)
        self._problems = other_problems(plan)
        self._conflicts = open_cells(plan, Verdict.CONFLICT)
        self._emptied = open_cells(plan, Verdict.CLEAR)

    def write(self, marking: str, found: ReturnedGrid | None, marked: int) -> None:
        """Write all of it. ``marked`` is how many cells of the sheets are marked."""
        self._write_lines(marking, marked)
        self._write_problems()
        self._write_open(self._conflicts, Mark.CONFLICT, _SIDES, CONFLICT_ADVICE)
        self._write_open(self._emptied, Mark.EMPTIED, _STOOD, EMPTIED_ADVICE)
        self._write_copies(found)
        self._write_missing()
        set_up_page(self._listed.sheet, marking, self._listed.headed)

    def _write_lines(self, marking: str, marked: int) -> None:
        """Say what was found and what is to be done."""
        listed = self._listed
        listed.say(list_title(self._plan.file.grid), is_title=True)
        if marking:
            listed.say(marking, bold=True)
        counted = self._counts()
        if not counted:
            listed.say("Nothing was found in this file that needs mending.")
            return
        listed.say(" · ".join(f"{LABELS[mark]}: {number:,}" for mark, number in counted.items()))
        listed.say(_LOOK if counted.keys() == {Mark.LOOK} else _MEND, bold=True)
        listed.say("Choose an address in this list to go to its cell. The note there says what is said here.")
        listed.say("Status says what came of a cell, the comment beside it what was found and what to do.")
        listed.say(f"On the sheets: {'; '.join(_BORDERS[mark] for mark in counted)}.")
        if marked > MOST_NOTES:
            listed.say(f"{marked:,} cells are marked; {MOST_NOTES:,} of them have a note.")

    def _counts(self) -> dict[Mark, int]:
        errors = sum(problem.level is ProblemLevel.ERROR for problem in self._problems)
        counts = {
            Mark.LEFT_OUT: errors,
            Mark.LOOK: len(self._problems) - errors,
            Mark.CONFLICT: len(self._conflicts),
            Mark.EMPTIED: len(self._emptied),
        }
        return {mark: number for mark, number in counts.items() if number}

    def _write_problems(self) -> None:
        if not self._problems:
            return
        self._begin("", _PROBLEMS)
        sheets = {each.name: each for each in self._plan.file.grid.sheets}
        # where not all can be listed, those come first without which something is left out
        cut = len(self._problems) > _MOST_LISTED
        problems = (
            sorted(self._problems, key=lambda each: each.level is not ProblemLevel.ERROR) if cut else self._problems
        )
        for problem in problems[: self._room]:
            _, *texts = problem_texts(sheets, problem)
            self._add(problem.sheet, problem.cell, texts[1:], OF_LEVEL[problem.level])
        self._end(len(problems))

    def _write_open(self, cells: Sequence[OpenCell], mark: Mark, headings: Sequence[str], advice: str) -> None:
        """List cells that wait for somebody's word."""
        if not cells:
            return
        self._begin(f"{LABELS[mark]}. {advice}", headings)
        for each in cells[: self._room]:
            cell = each.cell
            sides = [cell.base, cell.theirs, cell.mine] if mark is Mark.CONFLICT else [cell.mine]
            self._add(each.sheet, cell.cell, [each.name, *sides], mark)
        self._end(len(cells))

    def _write_copies(self, found: ReturnedGrid | None) -> None:
        """List the rows that are another row once more, as they stand on a copied sheet."""
        if found is None:
            return
        titles = {
            (row.sheet, row.row): row.text("milestone.title" if table.is_of_milestones else "title")
            for table in found.tables
            for row in table.rows
        }
        copies = [
            (row, title)
            for row in self._plan.read.ignored
            if row.why is Ignored.COPY and (title := titles.get((row.sheet, row.row)))
        ]
        if not copies:
            return
        self._begin(
            "Copied rows. Each stands in another row too, so this one was passed over. You can delete it.", _COPY
        )
        for row, title in copies[: self._room]:
            self._add(row.sheet, f"A{row.row}", ["A copy", title])
        self._end(len(copies))

    def _write_missing(self) -> None:
        missing = self._plan.returned.missing if self._plan.returned is not None else ()
        if not missing:
            return
        advice = "Rows that went out and are not in this file. Nothing is deleted because of that; no need to add them."
        self._begin(advice, _WENT_OUT)
        for row in missing[: self._room]:
            self._write((row.ref, "", "", row.title))
        self._end(len(missing))

    def _begin(self, words: str, headings: Sequence[str]) -> None:
        self._listed.row += 1
        if words:
            self._listed.say(words, bold=True)
        self._listed.head(headings)
        self._number = 0

    def _end(self, number: int) -> None:
        self._listed.close()
        if number > self._number:
            self._listed.say(f"{number - self._number:,} more are not listed here.")
        self._room -= self._number

    def _add(self, sheet: str, cell: str, texts: Sequence[str], mark: Mark | None = None) -> None:
        """Write a row, its address a link to the cell, and what came of it marked as the cell is."""
        title = self._titles.get(sheet, sheet)
        cells = self._write((title, cell, *texts))
        if cell and sheet in self._titles and sheet not in self._hidden:
            self._link(cells[2], f"{quoted(title)}!{cell}")
        if mark is not None:
            self._looks.mark(cells[3], mark)

    def _write(self, texts: Sequence[str]) -> list[Any]:
        """Write a row behind its number."""
        self._number += 1
        cells = self._listed.add(("", *texts))
        cells[0].value = self._number
        return cells

    def _link(self, cell: Any, place: str) -> None:
        from openpyxl.worksheet.hyperlink import Hyperlink

        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
        self._looks.link(cell)


def _room(grid: WorkbookGrid) -> int:
    """Return how many rows the lists may have, so that the workbook is one that is read again when it comes back."""
    limits = Limits()
    rows = sum(len(sheet.rows) for sheet in grid.sheets)
    cells = sum(value is not None for sheet in grid.sheets for values in sheet.rows.values() for value in values)
    left = min(limits.rows - rows - _SPARE_ROWS, (limits.cells - cells - _SPARE_CELLS) // len(_WIDTHS))
    return max(min(left, _MOST_LISTED), 0)
