"""The dry run: a file compared with the store, row by row. What it says is the very object that gets applied."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from csp_desktop.collector import collector_at_rest
from csp_desktop.imports.comparing import Belonging, Comparer, RowChange
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.grid import WorkbookGrid, address
from csp_desktop.imports.known import KnownPlan, choose_plan, known_layout, known_people, known_plan, same_file
from csp_desktop.imports.mapping import fingerprint
from csp_desktop.imports.matching import Matcher
from csp_desktop.imports.problems import Problem, quote
from csp_desktop.imports.records import ActionRecord, Choices, ReadTable, ReadTables, RowPlace, TablePlace
from csp_desktop.imports.rows import read_actions, tables_of
from csp_desktop.imports.themes import Themes
from csp_desktop.imports.wanted import Asking
from csp_desktop.imports.wordings import wordings_of
from csp_desktop.queries.plans import PlanRow
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.vocabulary import PlanKind, ProblemLevel, RowOutcome

REGISTER = "actions"
Place: TypeAlias = RowPlace


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the user has settled in the review, or said on the command line. Everything may be left out.

    ``new_themes``: folded headings to add to the plan as themes. ``answers``: (sheet, row) of a question to the action
    it is, None for a new one. ``left_out``: rows not to bring in. ``sheets``, ``header_rows``, ``mappings``,
    ``unread_tables`` and ``unhidden_only`` are those of ``Choices``. ``layout_names``: layout fingerprint to the name
    by which it is to be remembered.
    """

    plan: str | None = None
    date_order: DateOrder | None = None
    sheets: tuple[str, ...] | None = None
    header_rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    mappings: Mapping[TablePlace, Mapping[str, str]] = field(default_factory=dict)
    unread_tables: frozenset[TablePlace] = frozenset()
    unhidden_only: frozenset[str] = frozenset()
    layout_names: Mapping[str, str] = field(default_factory=dict)
    new_themes: frozenset[str] = frozenset()
    answers: Mapping[Place, int | None] = field(default_factory=dict)
    left_out: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that has been read: its name, the hash of its bytes, and its cells."""

    name: str
    hash: str
    grid: WorkbookGrid


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row of the file and what will come of it. ``ref`` is our ref of the action it is, "" for a new one.

    ``question`` is the ref of an action that the user is asked about. ``is_left_out``: the user keeps it out.
    """

    record: ActionRecord
    outcome: RowOutcome
    ref: str
    change: RowChange
    question: str = ""
    is_left_out: bool = False

    @property
    def place(self) -> Place:
        """Where the row stands: sheet and number."""
        return self.record.place


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A whole import, ready to be looked at and to be applied. ``already`` says that this very file is in the store.

    ``proposed_themes``: headings that the plan has no theme for, with the number of their rows.
    """

    file: SourceFile
    plan: PlanRow
    decisions: Decisions
    read: ReadTables
    rows: tuple[RowPlan, ...]
    problems: tuple[Problem, ...]
    proposed_themes: Mapping[str, int]
    already: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows, each once, by the first that holds of error, conflict, new, changed, unchanged."""
        found = Counter(row.outcome for row in self.rows if not row.is_left_out)
        return {
            "new": found[RowOutcome.NEW],
            "changed": found[RowOutcome.CHANGED],
            "unchanged": found[RowOutcome.UNCHANGED],
            "conflicts": found[RowOutcome.CONFLICT],
            "errors": found[RowOutcome.ERROR] + len(self.read.refused),
            "ignored": len(self.read.ignored),
        }

    @property
    def sentence(self) -> str:
        """Say in one sentence what accepting will do, for the foot of a review."""
        if not self.changes_anything:
            return "Nothing in this file is new: bringing it in changes nothing."
        coming = [row for row in self.rows if row.change.writes and not row.is_left_out]
        fresh = sum(row.change.is_new for row in coming)
        counted = ((fresh, "new", "action"), (len(coming) - fresh, "changed", "action"))
        parts = [f"{count} {word} {noun}{'' if count == 1 else 's'}" for count, word, noun in counted if count]
        return f"This brings {' and '.join(parts)} into {self.plan.title}; nothing is deleted."

    @property
    def changes_anything(self) -> bool:
        """Say whether applying it would write anything."""
        return any(row.change.writes and not row.is_left_out for row in self.rows)

    @property
    def date_order(self) -> str:
        """The answer about day and month that this reading rests on, "" where none was needed."""
        return self.decisions.date_order.value if self.decisions.date_order else ""


@collector_at_rest()
def plan_import(store: Store, file: SourceFile, decisions: Decisions, today: date) -> ImportPlan:
    """Compare a file with the store and return what would come of it; the store is not touched.

    Raises CspError where no plan fits, UnreadableFileError where the file holds no table of actions.
    """
    settled = Choices(
        sheets=decisions.sheets,
        header_rows=decisions.header_rows,
        mappings=decisions.mappings,
        unread_tables=decisions.unread_tables,
        unhidden_only=decisions.unhidden_only,
        wordings=wordings_of(store),
    )
    found = tables_of(file.grid, settled)
    marks = dict.fromkeys(fingerprint(table.labels) for tables in found.values() for table in tables)
    layouts = {mark: known_layout(store, REGISTER, mark) for mark in marks}
    remembered = next((layout for layout in layouts.values() if layout is not None), None)
    plan = choose_plan(store, decisions.plan, remembered.plan_id if remembered else None, PlanKind.PARTNERSHIP)
    if decisions.date_order is None and remembered is not None and remembered.date_order:
        decisions = replace(decisions, date_order=DateOrder(remembered.date_order))
    known, people = known_plan(store, plan), known_people(store)
    choices = replace(
        settled,
        remembered={mark: layout.mapping for mark, layout in layouts.items() if layout is not None},
        order=decisions.date_order,
        organisations=people.organisations,
        known_themes=tuple(theme.title for theme in known.themes),
        plan_years=(plan.starts.year, plan.ends.year) if plan.starts and plan.ends else None,
    )
    read = read_actions(file.grid, choices, found)
    before = [
        {tuple(place) for place in reading["left_out"]}
        for reading in same_file(store, file.hash, plan.id)
        if reading["order"] == (decisions.date_order or "")
        and reading["memory"] == _memories(read)
        and reading["tables"] == _tables_of(read)
        and reading.get("unhidden_only", []) == sorted(decisions.unhidden_only)
    ]
    rows = _Rows(read, known, Comparer(known, Asking(people, today), today), decisions)
    compared = tuple(rows.compare(set.intersection(*before) if before else None))
    return ImportPlan(
        file=file,
        plan=plan,
        decisions=decisions,
        read=read,
        rows=compared,
        problems=tuple(_in_order(read, [*read.problems, *rows.problems])),
        proposed_themes=dict(rows.proposed),
        already=bool(before),
    )


def _memories(read: ReadTables) -> list[dict[str, str]]:
    return [table.mapping.memory for table in read.tables]


class _Rows:
    """Compares the rows of one file, gathering problems and proposed themes on the way."""

    def __init__(self, read: ReadTables, known: KnownPlan, comparer: Comparer, decisions: Decisions) -> None:
        self._read = read
        self._known = known
        self._comparer = comparer
        self._decisions = decisions
        self._themes = Themes(known.themes, known.objectives)
        self._matcher = Matcher(known, dict(decisions.answers))
        self.problems: list[Problem] = []
        self.proposed: Counter[str] = Counter()

    def compare(self, never: Collection[Place] | None) -> Iterator[RowPlan]:
        """Yield each row's plan; of a file that is in the store already, only the rows ``never`` taken are new."""
        for record in self._read.records:
            row = self._row(record)
            if never is not None and row.place not in never:
                kept = RowOutcome.ERROR if row.outcome is RowOutcome.ERROR else RowOutcome.UNCHANGED
                row = replace(row, outcome=kept, change=row.change.nothing())
            yield row

    def _row(self, record: ActionRecord) -> RowPlan:
        home, new_theme = self._themes.home(record.theme_text), ""
        objective_id = self._themes.objective(record.objective.text) if record.objective else None
        if home.theme_id is None and objective_id is None:
            # a column of objectives is easily taken for one of themes: "Reduce reoffending" lies in its own theme
            objective_id = self._themes.objective(record.theme_text)
        if home.theme_id is None and objective_id is not None:
            home = replace(home, theme_id=self._themes.home_of(objective_id), text="")
        if home.theme_id is None and home.text:
            new_theme = self._propose(record, home.text)
        source = source_of(self._read.tables, record)
        match = self._matcher.match(record, home, source)
        if match.warning:
            self.problems.append(Problem(record.sheet, _ref_cell(record), ProblemLevel.WARNING, match.warning))
        belonging = Belonging(home, objective_id, new_theme, source, match.ref)
        change, problems = self._comparer.compare(record, match.action_id, belonging)
        self.problems.extend(problems)
        return RowPlan(
            record=record,
            outcome=_outcome(record, change),
            ref=self._ref(match.action_id),
            change=change,
            question=self._ref(match.question),
            is_left_out=record.place in self._decisions.left_out,
        )

    def _propose(self, record: ActionRecord, heading: str) -> str:
        """Return the heading as a theme to add where the user wants it; else warn once that it has no theme."""
        self.proposed[heading] += 1
        if fold(heading) in self._decisions.new_themes:
            return heading
        if self.proposed[heading] == 1:
            message = (
                f"{self._known.plan.title} has no theme called {quote(heading)}; its actions go to “No theme” "
                "and keep the heading as text."
            )
            self.problems.append(Problem(record.sheet, record.theme_cell, ProblemLevel.WARNING, message))
        return ""

    def _ref(self, action_id: int | None) -> str:
        return "" if action_id is None else str(self._known.actions[action_id].values["ref"])


def source_of(tables: Iterable[ReadTable], record: ActionRecord) -> str:
    """Return the source of a record's own refs: the layout of the table it stands in."""
    part = [table for table in tables if (table.sheet, table.part) == (record.sheet, record.part)]
    own = [table for table in part if table.header_row < record.row]
    return f"layout:{max(own, key=lambda table: table.header_row).mapping.fingerprint}"


def _outcome(record: ActionRecord, change: RowChange) -> RowOutcome:
    if any(problem.level is ProblemLevel.ERROR for problem in record.problems):
        return RowOutcome.ERROR
    if change.is_new:
        return RowOutcome.NEW
    return RowOutcome.CHANGED if change.writes else RowOutcome.UNCHANGED


def _ref_cell(record: ActionRecord) -> str:
    return record.source_ref.cell if record.source_ref is not None else address(record.row, 1)


def _in_order(read: ReadTables, problems: list[Problem]) -> list[Problem]:
    """Return problems in the order of the file: by sheet, those of a whole sheet first, then by row."""
    sheets = {table.sheet: position for position, table in enumerate(read.tables)}

    def place(problem: Problem) -> tuple[int, int]:
        digits = "".join(letter for letter in problem.cell if letter.isdigit())
        return sheets.get(problem.sheet, len(sheets)), int(digits or 0)

    return sorted(dict.fromkeys(problems), key=place)


def choices_made(plan: ImportPlan) -> dict[str, Any]:
    """Return how the file was read, as the import log keeps it to know the same reading again."""
    return {
        "order": plan.date_order,
        "memory": _memories(plan.read),
        "left_out": sorted(list(place) for place in plan.decisions.left_out),
        "tables": tables_read(plan),
        "unhidden_only": sorted(plan.decisions.unhidden_only),
    }


def tables_read(plan: ImportPlan) -> list[dict[str, Any]]:
    """Return the tables of a plan as the command line's JSON gives them."""
    return _tables_of(plan.read)


def _tables_of(read: ReadTables) -> list[dict[str, Any]]:
    return [
        {
            "sheet": table.sheet,
            "header_row": table.header_row,
            "mapping": table.mapping.mapped,
            "unmapped": list(table.mapping.unmapped),
        }
        for table in read.tables
    ]
