"""What an annotated workbook says on each cell of its owner's: what was left out, what is in question, what to do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from csp_desktop.imports.import_plan import ImportPlan, RowPlan
from csp_desktop.imports.merged import MergedCell, Verdict
from csp_desktop.imports.problem_book import LEVELS
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.returns import words
from csp_desktop.imports.sheet_marks import CellPlace, cell_place
from models.vocabulary import ProblemLevel, Word

MOST_NOTES = 5_000
"""Cells that get a note: more makes a workbook slow to open. The others are in the list, and keep their colour."""

CONFLICT_ADVICE = (
    "What the office says stays until it is settled. If that is right, write it in the cell; if yours is right, leave "
    "the cell as it is and tell the office so."
)
EMPTIED_ADVICE = (
    "It stays as the office has it until you say that it is to go. If you emptied it by mistake, write it again; if it "
    "is to go, leave the cell empty and tell the office so."
)
_LONGEST_SAID, _LONGEST_NOTE = 400, 2_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class Mark(Word):
    """What is marked on a cell, what weighs most first."""

    LEFT_OUT = "left_out"
    CONFLICT = "conflict"
    EMPTIED = "emptied"
    LOOK = "look"


LABELS = {
    Mark.LEFT_OUT: LEVELS[ProblemLevel.ERROR],
    Mark.CONFLICT: "Changed on both sides",
    Mark.EMPTIED: "Emptied",
    Mark.LOOK: LEVELS[ProblemLevel.WARNING],
}
OF_LEVEL = {ProblemLevel.ERROR: Mark.LEFT_OUT, ProblemLevel.WARNING: Mark.LOOK}
_WEIGHT = {mark: at for at, mark in enumerate(Mark)}


@dataclass(frozen=True, slots=True)
class Note:
    """What is said on one cell."""

    mark: Mark
    text: str

    def joined(self, other: "Note") -> "Note":
        """Return the note of a cell of which both are said."""
        first, second = sorted((self, other), key=lambda note: _WEIGHT[note.mark])
        return self if self == other else Note(first.mark, f"{first.text}\n\n{second.text}")

    @property
    def shown(self) -> str:
        """What the note says, no longer than one that every program opens."""
        return self.text if len(self.text) <= _LONGEST_NOTE else self.text[: _LONGEST_NOTE - 1] + "…"


SheetNotes = Mapping[CellPlace, Note]


class OpenCell(NamedTuple):
    """A cell of a returned workbook that waits for somebody's word, and its row."""

    row: RowPlan
    cell: MergedCell

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.row.record.sheet

    @property
    def name(self) -> str:
        """What the cell is: the Ref of its action and its column's heading."""
        return f"{self.row.ref}: {self.cell.heading}" if self.row.ref else self.cell.heading


def open_cells(plan: ImportPlan, verdict: Verdict) -> list[OpenCell]:
    """Return the cells of one verdict, without those of rows that the office leaves out."""
    rows = [row for row in plan.rows if not row.is_left_out]
    return [OpenCell(row, cell) for row in rows for cell in row.cells if cell.verdict is verdict]


def other_problems(plan: ImportPlan) -> list[Problem]:
    """Return the problems that no list of their own tells of."""
    told = {
        (each.sheet, each.cell.cell, each.cell.why)
        for verdict in (Verdict.CONFLICT, Verdict.CLEAR)
        for each in open_cells(plan, verdict)
    }
    missing = words.missing([row.ref for row in plan.returned.missing]) if plan.returned is not None else ""
    return [
        problem
        for problem in plan.problems
        if (problem.sheet, problem.cell, problem.message) not in told and problem.message != missing
    ]


def notes_of(plan: ImportPlan) -> dict[str, dict[CellPlace, Note]]:
    """Return what is said on the cells of each sheet, by the sheet's name."""
    notes: dict[str, dict[CellPlace, Note]] = {sheet.name: {} for sheet in plan.file.grid.sheets}
    for sheet, cell, note in _all_notes(plan):
        place = cell_place(cell)
        if place is None or sheet not in notes or not (place.row <= _LAST_ROW and place.column <= _LAST_COLUMN):
            continue
        before = notes[sheet].get(place)
        notes[sheet][place] = note if before is None else before.joined(note)
    return notes


def _all_notes(plan: ImportPlan) -> Iterator[tuple[str, str, Note]]:
    for problem in other_problems(plan):
        mark = OF_LEVEL[problem.level]
        yield problem.sheet, problem.cell, Note(mark, f"{LABELS[mark]}. {problem.message}")
    for each in open_cells(plan, Verdict.CONFLICT):
        base, theirs, mine = (_said(text) for text in (each.cell.base, each.cell.theirs, each.cell.mine))
        sides = f"It went out as: {base}\nYou say: {theirs}\nThe office says: {mine}"
        text = f"{LABELS[Mark.CONFLICT]}.\n{sides}\n{CONFLICT_ADVICE}"
        yield each.sheet, each.cell.cell, Note(Mark.CONFLICT, text)
    for each in open_cells(plan, Verdict.CLEAR):
        text = f"{LABELS[Mark.EMPTIED]}. The office has: {_said(each.cell.mine)}\n{EMPTIED_ADVICE}"
        yield each.sheet, each.cell.cell, Note(Mark.EMPTIED, text)


def _said(text: str) -> str:
    if not text:
        return "nothing"
    return f"“{text if len(text) <= _LONGEST_SAID else text[: _LONGEST_SAID - 1] + '…'}”"


def commented(notes: Mapping[str, SheetNotes]) -> frozenset[tuple[str, CellPlace]]:
    """Return the cells that get a note, what weighs most first where there are more than all of them."""
    every: Iterable[tuple[str, CellPlace]] = ((sheet, place) for sheet, found in notes.items() for place in found)
    weighed = sorted(every, key=lambda each: _WEIGHT[notes[each[0]][each[1]].mark])
    return frozenset(weighed[:MOST_NOTES])
