"""The dry run: a file compared with the store, row by row. What it says is the very object that gets applied."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date

from csp_desktop.collector import collector_at_rest
from csp_desktop.imports.changes import Belonging, RowChange
from csp_desktop.imports.comparing import Comparer
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.grid import address
from csp_desktop.imports.import_plan import (
    REGISTER,
    Decisions,
    ImportPlan,
    Place,
    RowPlan,
    SourceFile,
    memories,
    tables_read,
)
from csp_desktop.imports.known import KnownPlan, choose_plan, known_layout, known_people, known_plan, same_file
from csp_desktop.imports.mapping import fingerprint
from csp_desktop.imports.matching import Home, Matcher
from csp_desktop.imports.merged import MergedCell, Verdict
from csp_desktop.imports.problems import Problem, quote
from csp_desktop.imports.records import ActionRecord, Choices, ReadTable, ReadTables
from csp_desktop.imports.returns.returning import plan_return
from csp_desktop.imports.returns.sheets import find_returned
from csp_desktop.imports.rows import read_actions, tables_of
from csp_desktop.imports.themes import Themes
from csp_desktop.imports.two_way_cells import cells_of, without
from csp_desktop.imports.wanted import Asking
from csp_desktop.imports.wordings import wordings_of
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.vocabulary import CellChoice, PlanKind, ProblemLevel, RowOutcome


@collector_at_rest()
def plan_import(store: Store, file: SourceFile, decisions: Decisions, today: date) -> ImportPlan:
    """Compare a file with the store and return what would come of it; the store is not touched.

    An update workbook that came back is merged three ways, any other file is compared with what the office holds.
    Raises CspError where no plan fits, UnreadableFileError where the file holds no table of actions.
    """
    returned = find_returned(file.grid)
    if returned is not None:
        return plan_return(store, file, decisions, today, returned)
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
        and reading["memory"] == memories(read)
        and reading["tables"] == tables_read(read)
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


class _Rows:
    """Compares the rows of one file, gathering problems and proposed themes on the way."""

    def __init__(self, read: ReadTables, known: KnownPlan, comparer: Comparer, decisions: Decisions) -> None:
        self._read = read
        self._known = known
        self._comparer = comparer
        self._decisions = decisions
        self._themes = Themes(known.themes, known.objectives)
        self._matcher = Matcher(known, dict(decisions.answers))
        self._choices: dict[Place, dict[str, CellChoice]] = {}
        for (place, key), choice in decisions.cells.items():
            self._choices.setdefault(place, {})[key] = choice
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
        cells: tuple[MergedCell, ...] = ()
        if match.action_id is not None and change.shown:
            cells = tuple(cells_of(record, change, self._choices.get(record.place, {})))
            kept_out = frozenset(cell.key for cell in cells if cell.verdict is Verdict.KEPT)
            if kept_out:
                present = str(self._known.actions[match.action_id].values["title"])
                belonging = _staying(belonging, kept_out)
                change, _ = self._comparer.compare(without(record, kept_out, present), match.action_id, belonging)
        return RowPlan(
            record=record,
            outcome=_outcome(record, change),
            ref=self._ref(match.action_id),
            change=change,
            question=self._ref(match.question),
            is_left_out=record.place in self._decisions.left_out,
            cells=cells,
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


def _staying(belonging: Belonging, kept_out: Collection[str]) -> Belonging:
    """Return where a row belongs when its theme or its objective is kept out."""
    if "theme" in kept_out:
        belonging = replace(belonging, home=Home(None, ""), new_theme="")
    return replace(belonging, objective_id=None) if "objective" in kept_out else belonging


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
