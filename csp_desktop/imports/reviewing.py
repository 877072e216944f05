"""An import as somebody looks through it: its rows by what will come of them, and decisions made one at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from csp_desktop.errors import CspError, UnreadableFileError
from csp_desktop.imports.cell_choices import NO_ASKS, Asks, CellKey
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import column_number
from csp_desktop.imports.grid_words import candidates, is_prose, row_words
from csp_desktop.imports.import_plan import Decisions, ImportPlan, Place, RowPlan, SourceFile
from csp_desktop.imports.merged import Verdict
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.reading.limits import EXCEL_ROWS
from csp_desktop.imports.records import Ignored, TablePlace, row_place
from csp_desktop.queries.plans import list_plans
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.plan import Action
from models.vocabulary import PlanKind, ProblemLevel, RowOutcome, Word

WHY_MISSING = "Went out and is not in the file; nothing is done."
WHY_IGNORED = {
    Ignored.FILLER: "Nothing but filler, such as “Select”",
    Ignored.REPEATED_HEADING: "The headings once more",
    Ignored.SECTION: "A heading for the rows below it",
    Ignored.HINT: "A hint on how to fill in the sheet",
    Ignored.EXAMPLE: "An example",
    Ignored.TOTAL: "A total",
    Ignored.NOTE: "A note under the table",
    Ignored.CONTINUATION: "Goes on from the row above and is read with it",
    Ignored.HIDDEN: "Hidden in the workbook",
    Ignored.OUTSIDE: "Nothing in the columns that are read",
    Ignored.COPY: "The same row once more, or nothing in it",
}


class Standing(Word):
    """What will come of a row of the file once it is brought in; ``OPEN``: nothing until somebody decides."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OPEN = "open"
    LEFT_OUT = "left_out"
    REFUSED = "refused"
    MISSING = "missing"
    IGNORED = "ignored"


class Sieve(Word):
    """The ways to look at the rows of a review; a row may show in several."""

    ALL = "all"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICTS = "conflicts"
    EMPTIED = "emptied"
    QUESTIONS = "questions"
    PROBLEMS = "problems"
    WARNINGS = "warnings"
    LEFT_OUT = "left_out"
    MISSING = "missing"
    IGNORED = "ignored"


OF_RETURNS = frozenset({Sieve.CONFLICTS, Sieve.EMPTIED, Sieve.MISSING})
"""The ways to look at the rows of an update workbook that no other file has anything in."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row of the file. ``id`` is the same over every comparison of the file; ``plan`` is None for no action.

    ``words`` are its title, or for what is no action whatever its cells say; ``why`` says why it is not brought in.
    ``answered`` is False where nobody has said yet which action the row is. ``part`` is the first column of its part
    of the sheet, 1 but for tables that stand to the right of another. ``conflicts`` and ``emptied`` are the columns
    whose cells ask, or asked until they were decided. ``ref`` names the action of a row that is not in the file,
    ``candidates`` those that a row may be which asks.
    """

    id: int
    sheet: str
    row: int
    standing: Standing
    words: str
    why: str = ""
    plan: RowPlan | None = None
    problems: tuple[Problem, ...] = ()
    answered: bool = True
    part: int = 1
    conflicts: frozenset[str] = frozenset()
    emptied: frozenset[str] = frozenset()
    ref: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands."""
        return row_place(self.sheet, self.row, self.part)

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Return its problems but for what its cells that ask say themselves."""
        asking = {Verdict.CONFLICT, Verdict.CLEAR}
        told = {(cell.cell, cell.why) for cell in (self.plan.cells if self.plan else ()) if cell.verdict in asking}
        return tuple(problem for problem in self.problems if (problem.cell, problem.message) not in told)

    @property
    def has_errors(self) -> bool:
        """Say whether something of it was left out."""
        return any(problem.level is ProblemLevel.ERROR for problem in self.problems)

    def shows_in(self, sieve: Sieve) -> bool:
        """Say whether the row shows under a way to look; a conflict that is decided shows where it was found."""
        is_out = self.standing is Standing.LEFT_OUT
        match sieve:
            case Sieve.ALL:
                return self.standing not in {Standing.IGNORED, Standing.MISSING}
            case Sieve.CONFLICTS | Sieve.EMPTIED:
                return bool(self.conflicts if sieve is Sieve.CONFLICTS else self.emptied) and not is_out
            case Sieve.QUESTIONS:
                return bool(self.candidates)
            case Sieve.PROBLEMS:
                return self.has_errors
            case Sieve.WARNINGS:
                return bool(self.notices) and not self.has_errors
            case _:
                return self.standing.value == sieve.value


def first_look(store: Store, file: SourceFile, today: date) -> ImportPlan:
    """Compare a file with the plan it most likely belongs to: where its layout went before, else the newest open one.

    Raises CspError where no plan is open, UnreadableFileError for a letter or the like. A file without a table of
    actions gives a comparison without rows.
    """
    plan = _first_plan(store, file, today)
    if not plan.read.tables and is_prose(file.grid):
        raise UnreadableFileError(
            f"“{file.name}” reads like a letter, not like a table: its lines have no columns in common. Nothing was "
            "brought in; choose the workbook that the letter speaks of."
        )
    return plan


def _first_plan(store: Store, file: SourceFile, today: date) -> ImportPlan:
    try:
        return plan_import(store, file, Decisions(), today)
    except UnreadableFileError:
        raise
    except CspError:  # nothing says which of several plans: the newest is shown first, and can be changed
        open_plans = [plan for plan in list_plans(store) if plan.is_open]
        if not open_plans:
            raise CspError("This store has no open plan to bring actions into; nothing was brought in.") from None
        wanted = next((plan for plan in open_plans if plan.kind is PlanKind.PARTNERSHIP), open_plans[0])
        return plan_import(store, file, Decisions(plan=wanted.key), today)


def settled(plan: ImportPlan) -> Decisions:
    """Return the decisions that a comparison rests on, the choice of the plan among them."""
    return replace(plan.decisions, plan=plan.plan.key)


def with_field(decisions: Decisions, table: TablePlace, heading: str, meant: ActionField | None) -> Decisions:
    """Let a column of a table hold a field, None for a column not to read; a field chosen before leaves its column."""
    chosen = dict(decisions.mappings.get(table, {}))
    if meant is not None and meant is not ActionField.UPDATE:
        chosen = {other: "" if value == meant.value else value for other, value in chosen.items()}
    chosen[heading] = meant.value if meant else ""
    return replace(decisions, mappings={**decisions.mappings, table: chosen})


def with_heading_rows(decisions: Decisions, sheet: str, rows: Iterable[int]) -> Decisions:
    """Say in which rows the headings of a sheet's tables stand; none to have them sought again.

    What was said of the columns below other headings stays, for the row may have been a slip and be put back.
    """
    kept = tuple(sorted(set(rows)))
    header_rows = {name: known for name, known in decisions.header_rows.items() if name != sheet}
    return replace(decisions, header_rows={**header_rows, sheet: kept} if kept else header_rows)


def with_table(decisions: Decisions, table: TablePlace, *, wanted: bool) -> Decisions:
    """Read a table of a sheet, or leave it unread."""
    others = decisions.unread_tables - {table}
    return replace(decisions, unread_tables=others if wanted else others | {table})


def with_hidden_rows(decisions: Decisions, sheet: str, *, wanted: bool) -> Decisions:
    """Read the hidden rows of a sheet, or leave them out."""
    others = decisions.unhidden_only - {sheet}
    return replace(decisions, unhidden_only=others if wanted else others | {sheet})


def with_layout_forgotten(decisions: Decisions, tables: Iterable[TablePlace], fingerprint: str) -> Decisions:
    """Read the tables of a layout as if for the first time: without what was said of them, of its name or its dates."""
    gone = set(tables)
    return replace(
        decisions,
        date_order=None,
        mappings={place: chosen for place, chosen in decisions.mappings.items() if place not in gone},
        layout_names={mark: name for mark, name in decisions.layout_names.items() if mark != fingerprint},
    )


def with_layout_name(decisions: Decisions, fingerprint: str, name: str) -> Decisions:
    """Remember what the columns of a layout hold under a name of its own."""
    return replace(decisions, layout_names={**decisions.layout_names, fingerprint: name.strip()})


def with_sheet(decisions: Decisions, read: tuple[str, ...], sheet: str, *, wanted: bool) -> Decisions:
    """Read a sheet or leave it unread; ``read`` are the sheets that are read now."""
    names = [name for name in read if name != sheet]
    return replace(decisions, sheets=(*names, sheet) if wanted else tuple(names))


def with_theme(decisions: Decisions, heading: str, *, wanted: bool) -> Decisions:
    """Add a heading to the plan as a theme, or not."""
    others = decisions.new_themes - {fold(heading)}
    return replace(decisions, new_themes=others | {fold(heading)} if wanted else others)


def with_plan(decisions: Decisions, key: str) -> Decisions:
    """Bring the rows into another plan; what was said of the actions of the former one goes."""
    return replace(decisions, plan=key, answers={}, cells={})


def with_answer(decisions: Decisions, place: Place, action_id: int | None) -> Decisions:
    """Say which action the row is, None for a new one; the row is brought in, its cells as if nothing were said."""
    return replace(
        decisions,
        answers={**decisions.answers, place: action_id},
        left_out=decisions.left_out - {place},
        cells={key: choice for key, choice in decisions.cells.items() if key[0] != place},
    )


def with_row(decisions: Decisions, place: Place, *, wanted: bool) -> Decisions:
    """Bring a row in, or leave it out."""
    others = decisions.left_out - {place}
    return replace(decisions, left_out=others if wanted else others | {place})


def action_named(store: Store, ref: str) -> tuple[int, str]:
    """Return the id and title of the action with this ref. Raises CspError where it is gone."""
    with store.read() as connection:
        found = connection.execute(select(Action.id, Action.title).where(Action.ref == ref)).first()
    if found is None:
        raise CspError(f"{ref} is no longer in this store; compare the file again.")
    return found.id, found.title


def review_rows(plan: ImportPlan, asks: Asks = NO_ASKS) -> list[ReviewRow]:
    """Return every row of the file below the headings, in the file's order, then those that are not in it.

    ``asks`` are the cells that ask, or asked until they were decided.
    """
    rows = [*_actions(plan, asks), *_others(plan)]
    sheets = {sheet.name: at for at, sheet in enumerate(plan.file.grid.sheets)}
    parts = {part: at for at, part in enumerate(sorted({1, *(row.part for row in rows)}))}
    beside: dict[tuple[str, int], list[int]] = {}
    for row in rows:
        beside.setdefault((row.sheet, row.row), []).append(row.part)
    by_place: dict[Place, list[Problem]] = {}
    for problem in plan.problems:
        number = row_of(problem)
        part = _part_of(problem, beside.get((problem.sheet, number), [1]))
        by_place.setdefault(row_place(problem.sheet, number, part), []).append(problem)
    numbered = [
        replace(
            row,
            id=(sheets[row.sheet] + len(sheets) * parts[row.part]) * (EXCEL_ROWS + 1) + row.row,
            problems=tuple(by_place.get(row.place, ())),
        )
        for row in rows
    ]
    return [*sorted(numbered, key=lambda row: (sheets[row.sheet], row.row, row.part)), *_missing(plan)]


def _part_of(problem: Problem, parts: list[int]) -> int:
    """Return in which of the tables side by side in a row a problem lies: the last that begins before its cell."""
    if len(parts) == 1:
        return parts[0]
    letters = problem.cell.rstrip("0123456789")
    return max((part for part in parts if column_number(letters) >= part), default=min(parts))


def _missing(plan: ImportPlan) -> Iterator[ReviewRow]:
    """Yield the rows that went out and are not in the file; their ids are below 0."""
    refs = {row.get("ref"): -at for at, row in enumerate(plan.returned.base.values(), start=1)} if plan.returned else {}
    for gone in plan.returned.missing if plan.returned else ():
        yield ReviewRow(refs[gone.ref], "", 0, Standing.MISSING, gone.title, WHY_MISSING, ref=gone.ref)


def _actions(plan: ImportPlan, asks: Asks) -> Iterator[ReviewRow]:
    conflicts, emptied = _by_row(asks.conflicts), _by_row(asks.emptied)
    for row in plan.rows:
        yield ReviewRow(
            id=0,
            sheet=row.record.sheet,
            row=row.record.row,
            part=row.record.part,
            standing=_standing(row, is_returned=plan.returned is not None),
            words=row.record.title.value or "",
            plan=row,
            answered=not row.question or row.place in plan.decisions.answers,
            conflicts=conflicts.get(row.place, frozenset()),
            emptied=emptied.get(row.place, frozenset()),
            candidates=asks.questions.get(row.place, ()) or candidates(plan, row),
        )


def _by_row(cells: Iterable[CellKey]) -> dict[Place, frozenset[str]]:
    found: dict[Place, set[str]] = {}
    for place, key in cells:
        found.setdefault(place, set()).add(key)
    return {place: frozenset(keys) for place, keys in found.items()}


def _standing(row: RowPlan, *, is_returned: bool) -> Standing:
    if row.is_left_out:
        return Standing.LEFT_OUT
    step = row.change.milestone
    if row.change.is_new or (step is not None and step.id is None):
        return Standing.NEW
    if row.change.changes:
        return Standing.CHANGED
    if is_returned and row.outcome is RowOutcome.ERROR and row.change.action_id is None:
        return Standing.REFUSED
    return Standing.OPEN if row.conflicts or row.clears else Standing.UNCHANGED


def _others(plan: ImportPlan) -> Iterator[ReviewRow]:
    for refused in plan.read.refused:
        why = refused.problem.message
        yield ReviewRow(0, refused.sheet, refused.row, Standing.REFUSED, refused.text, why, part=refused.part)
    for ignored in plan.read.ignored:
        words, why = row_words(plan.file.grid, ignored.sheet, ignored.row), WHY_IGNORED[ignored.why]
        yield ReviewRow(0, ignored.sheet, ignored.row, Standing.IGNORED, words, why, part=ignored.part)


def row_of(problem: Problem) -> int:
    """Return the row that a problem's address names, 0 where it concerns a whole sheet."""
    return int("".join(letter for letter in problem.cell if letter.isdigit()) or 0)
