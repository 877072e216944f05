"""The columns of an import under review: each row of the file, what will come of it, old struck out above new."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from csp_desktop.charts.rag import RagMark
from csp_desktop.imports.dates import DateValue
from csp_desktop.imports.grid import CellValue, text_of
from csp_desktop.imports.grid_words import said_in_fields
from csp_desktop.imports.problem_book import LEVELS
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.reviewing import ReviewRow, Standing
from csp_desktop.imports.two_way_cells import FIELDS
from models.vocabulary import ProblemLevel
from ui.forms.words import shown_date
from ui.review.cell_words import CellTeller, ToldCell, aside_of
from ui.review.words import Told, outcome_words, told
from ui.tables.columns import Column, Kind
from ui.tables.rag import RagCell, mark_of

MUTED = {Standing.UNCHANGED, Standing.LEFT_OUT, Standing.MISSING, Standing.IGNORED}
ROW_CHARACTERS, NAMED_ROW_CHARACTERS = 6, 11  # the latter with the name of the sheet below the number
RETURNED_ROW_CHARACTERS = 10  # "Milestones"
DUE_CHARACTERS, ASIDE_DUE_CHARACTERS = 10, 12  # the latter with "or" before the owner's day
TITLE = ("title", "milestone")
DUE = ("forecast_due", "due_kind", "due_text", "baseline_due", "milestone_due")
STATUS = ("status", "milestone_status")


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A row of the review with its changes in words, by field, and its cells that differ.

    ``several``: the file has several sheets read. ``file`` is what the row's cells say by field, where the row holds
    what comes in of it alone.
    """

    row: ReviewRow
    changes: Mapping[str, Told] = field(default_factory=dict)
    cells: tuple[ToldCell, ...] = ()
    several: bool = False
    file: Mapping[str, CellValue] = field(default_factory=dict)

    def change(self, keys: tuple[str, ...]) -> Told | None:
        """Return the first of these fields that changes."""
        return next((self.changes[key] for key in keys if key in self.changes), None)

    def cell(self, key: str) -> ToldCell | None:
        """Return the cell of a column that differs, of an action's row or of a milestone's."""
        return next((cell for cell in self.cells if cell.cell.key in {key, f"milestone.{key}"}), None)

    @property
    def other_changes(self) -> tuple[Told, ...]:
        """Return the changes that none of its cells tells of."""
        keys = {cell.cell.key for cell in self.cells}
        return tuple(told for told in self.changes.values() if not keys.intersection(_columns_behind(told.key)))

    def in_file(self, name: str) -> str:
        """Return what the file says in a field, on one line; dates with the month in letters."""
        read = getattr(self.row.plan.record, name) if self.row.plan else None
        if read is None:
            value = self.file.get(name)
            return shown_date(value) if isinstance(value, date) else " ".join(text_of(value).split())
        if isinstance(read.value, DateValue) and read.value.last is not None:
            return shown_date(read.value.last)
        return " ".join(read.text.split())

    def latest(self, name: str) -> str:
        """Return what the newest of the file's dated columns says: "text" or "rag"."""
        updates = self.row.plan.record.updates if self.row.plan else ()
        return next((getattr(update, name) for update in reversed(updates) if getattr(update, name)), "")


@dataclass(frozen=True, slots=True)
class LineMaker:
    """Makes the lines of a comparison, away from the window's thread."""

    cells: CellTeller
    several: bool

    def line(self, row: ReviewRow) -> ReviewLine:
        """Return the line of a row."""
        if row.plan is None:
            return ReviewLine(row, several=self.several)
        changes = {each.key: each for each in told(row.plan, self.cells.marks)}
        file = said_in_fields(self.cells.plan, row.plan) if self.cells.is_returned else {}
        return ReviewLine(row, changes, self.cells.told(row.plan), self.several, file)


def _columns_behind(name: str) -> tuple[str, ...]:
    """Return the columns whose cells a changed field may come from."""
    return FIELDS.get(name, ()) or _OF_MILESTONES.get(name, ())


_OF_MILESTONES = {
    "milestone": ("milestone.title",),
    "milestone_due": ("milestone.due",),
    "milestone_status": ("milestone.status",),
    "milestone_reached": ("milestone.actual_end",),
}


def review_columns(
    marks: tuple[RagMark, ...], lines: Sequence[ReviewLine], *, returned: bool = False
) -> tuple[Column[ReviewLine], ...]:
    """Return the columns, with the marks of the plan that the rows go to.

    One that none of these ``lines`` says anything in is no wider than its heading: the room is the action's. Of an
    update workbook (``returned``) the lead goes where there is little room: it is the owner's.
    """
    columns = _every_column(marks)
    fitted = {} if any(line.several for line in lines) else {"row": ROW_CHARACTERS}
    if returned:
        fitted |= {"due": ASIDE_DUE_CHARACTERS, "row": RETURNED_ROW_CHARACTERS}
    for column in columns:
        if not any(column.text(line) or (column.rag and column.rag(line).owner) for line in lines):
            fitted[column.key] = len(column.heading) + 2
    spare = {"lead": 1, "status": 2} if returned else {"status": 1}
    return tuple(
        replace(column, width=fitted.get(column.key, column.width), spare=spare.get(column.key, 0))
        for column in columns
    )


def _every_column(marks: tuple[RagMark, ...]) -> tuple[Column[ReviewLine], ...]:
    return (
        Column(
            key="row",
            heading="Row",
            width=NAMED_ROW_CHARACTERS,
            text=lambda line: str(line.row.row or ""),
            note=lambda line: line.row.sheet if line.several else "",
            tone=lambda _line: "muted",
            sort_key=lambda line: line.row.id,
        ),
        Column(
            key="outcome",
            heading="Outcome",
            width=13,
            text=_outcome,
            note=_which,
            tone=_outcome_tone,
            note_tone=lambda line: "" if line.row.answered else "warning",
        ),
        _told_column("title", "Action", TITLE, 0, lambda line: line.row.words),
        _told_column("lead", "Lead", ("lead_officer", "lead_partner"), 13, lambda line: line.in_file("lead")),
        _told_column(
            "due", "Due", DUE, DUE_CHARACTERS, lambda line: line.in_file("due") or line.in_file("baseline_due")
        ),
        Column(
            key="rag",
            heading="RAG",
            kind=Kind.RAG,
            width=9,
            text=lambda line: _new(line, ("rag",)),
            rag=partial(_rag, marks=marks),
            before=lambda line: _old(line, ("rag",)),
        ),
        _told_column(
            "update",
            "Update",
            ("latest_update", "update"),
            0,
            lambda line: line.in_file("update") or line.latest("text"),
        ),
        _told_column("status", "Status", STATUS, 11, lambda line: line.in_file("status")),
    )


def _told_column(
    key: str, heading: str, fields: tuple[str, ...], width: int, otherwise: Callable[[ReviewLine], str]
) -> Column[ReviewLine]:
    """Return a column that says what will be there: what comes in, else what stays with the owner's word below it."""

    def text(line: ReviewLine) -> str:
        cell = line.cell(key)
        if cell is not None and aside_of(cell)[0]:
            return cell.mine
        return _new(line, fields) or otherwise(line)

    return Column(
        key=key,
        heading=heading,
        width=width,
        text=text,
        before=partial(_old, keys=fields),
        tone=partial(_tone, keys=fields),
        note=lambda line: _aside(line, key)[0],
        note_tone=lambda line: _aside(line, key)[1],
    )


def _aside(line: ReviewLine, key: str) -> tuple[str, str]:
    cell = line.cell(key)
    return aside_of(cell) if cell is not None else ("", "")


def _new(line: ReviewLine, keys: tuple[str, ...]) -> str:
    change = line.change(keys)
    return change.new if change else ""


def _old(line: ReviewLine, keys: tuple[str, ...]) -> str:
    change = line.change(keys)
    return change.old if change else ""


def _tone(line: ReviewLine, keys: tuple[str, ...]) -> str:
    change = line.change(keys)
    if change is not None and change.key == "due_text":
        return "warning"  # a date that could not be read: its words are kept, the date stays as it was
    is_plain = change is not None or keys == TITLE
    return "" if is_plain and line.row.standing not in MUTED else "muted"


def _rag(line: ReviewLine, marks: tuple[RagMark, ...]) -> RagCell:
    cell, change = line.cell("rag"), line.change(("rag",))
    word = change.new if change else line.in_file("rag") if line.file else ""
    if cell is not None and aside_of(cell)[0]:
        word = cell.mine
    elif change is None and line.row.plan and not line.file:
        own = line.row.plan.record.rag
        return RagCell(mark_of(own.value if own else line.latest("rag"), marks))
    return RagCell(next((mark for mark in marks if mark.word == word), None))


def _outcome(line: ReviewLine) -> str:
    return outcome_words(line.row)


def _which(line: ReviewLine) -> str:
    """Return which action a row is."""
    plan = line.row.plan
    if plan is None:
        return line.row.ref
    return plan.ref if line.row.answered else plan.question


def _outcome_tone(line: ReviewLine) -> str:
    if line.row.standing is Standing.REFUSED or line.row.has_errors:
        return "error"
    if not line.row.answered or _is_open(line):
        return "warning"
    return "muted" if line.row.standing in MUTED else ""


def _is_open(line: ReviewLine) -> bool:
    plan = line.row.plan
    return plan is not None and line.row.standing is not Standing.LEFT_OUT and bool(plan.conflicts or plan.clears)


@dataclass(frozen=True, slots=True)
class NumberedProblem:
    """A problem of the file with its place in the list."""

    number: int
    problem: Problem


PROBLEM_COLUMNS: tuple[Column[NumberedProblem], ...] = (
    Column(key="sheet", heading="Sheet", width=18, text=lambda row: row.problem.sheet),
    Column(
        key="cell",
        heading="Cell",
        kind=Kind.REF,
        width=7,
        text=lambda row: row.problem.cell,
        sort_key=lambda row: row.number,
    ),
    Column(
        key="level",
        heading="What came of it",
        width=15,
        text=lambda row: LEVELS[row.problem.level],
        tone=lambda row: "error" if row.problem.level is ProblemLevel.ERROR else "muted",
    ),
    Column(key="message", heading="What was found and what to do", width=0, text=lambda row: row.problem.message),
)
