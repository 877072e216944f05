"""The rows of a returned workbook's milestones: merged three ways as actions are, each part of its action."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from csp_desktop.exports.positions import MilestoneFacts
from csp_desktop.imports.changes import PlannedMilestone, RowChange, Settling
from csp_desktop.imports.grid import text_of
from csp_desktop.imports.import_plan import Decisions, RowPlan
from csp_desktop.imports.merged import MergedCell, Verdict
from csp_desktop.imports.problems import Problem, Read
from csp_desktop.imports.records import ActionRecord, Choices
from csp_desktop.imports.returns import words
from csp_desktop.imports.returns.action_rows import NOTHING, planned, wanted_columns
from csp_desktop.imports.returns.known_export import KnownExport
from csp_desktop.imports.returns.office import Office
from csp_desktop.imports.returns.placing import Belongs, PlacedRow
from csp_desktop.imports.returns.row_merging import RowMerger, RowSides
from csp_desktop.imports.returns.sheets import ReturnedTable
from csp_desktop.imports.returns.table_reads import TableReads
from csp_desktop.imports.returns.three_way import Comparison, joined
from csp_desktop.recording import encode
from csp_desktop.rules.folding import fold
from models.vocabulary import CellChoice, LifecycleStatus, ProblemLevel

_COLUMNS = {
    "milestone.title": "title",
    "milestone.due": "forecast_due",
    "milestone.status": "status",
    "milestone.actual_end": "actual_end",
}
"""The columns that an owner fills in, by the columns of a milestone in the store."""

_SHOWN = {
    "title": "milestone",
    "forecast_due": "milestone_due",
    "status": "milestone_status",
    "actual_end": "milestone_reached",
}
"""The names by which a milestone's changes are listed, beside those of its action."""


class MilestoneRows:
    """Plans the rows of one returned workbook's milestones."""

    def __init__(self, export: KnownExport, office: Office, decisions: Decisions) -> None:
        self._export = export
        self._office = office
        self._decisions = decisions
        self._merger = RowMerger(
            export,
            Comparison(office.people.organisations),
            office.words.rag_words,
            resolve=decisions.resolve,
            confirms_clears=decisions.confirms_clears,
        )
        self._by_title = {
            (fact.action_id, fold(fact.title)): fact for fact in reversed(list(office.milestones.values()))
        }
        self._created = {
            (key, fold(said)): int(key[1:])
            for (key, column), said in export.taken.items()
            if column == "milestone.title" and key not in export.base
        }
        self._taken: set[int] = set()
        self._fresh: set[tuple[int, str]] = set()

    def take_known(self, placed: Iterable[PlacedRow]) -> None:
        """Let no added row be a milestone that a row with an id is."""
        self._taken.update(int(row.row_key[1:]) for row in placed if row.belongs is Belongs.KNOWN)

    def plan(self, table: ReturnedTable, placed: Iterable[PlacedRow], choices: Choices) -> Iterator[RowPlan]:
        """Yield what comes of each row of a table that is a milestone or may become one."""
        rows = list(placed)
        wanted = [(row.row, wanted_columns(table, row, self._export)) for row in rows]
        reads = TableReads(table, wanted, choices, self._office.words)
        for row, (_, keys) in zip(rows, wanted, strict=True):
            yield self._row(row, keys, reads)

    def _row(self, row: PlacedRow, keys: frozenset[str], reads: TableReads) -> RowPlan:
        if row.belongs is Belongs.KNOWN:
            fact = self._office.milestones.get(int(row.row_key[1:])) or self._carried(row.row_key)
            if fact is None:
                return self._left(row, reads, words.milestone_gone(row.said.get("milestone.title", "")))
            return self._known(row, row.row_key, fact, keys, reads)
        if row.belongs is Belongs.UNCLEAR:
            return self._left(row, reads, words.unlike_milestone())
        if row.belongs is not Belongs.NEW:
            return self._left(row, reads, words.milestone_copied())
        return self._added(row, keys, reads)

    def _known(
        self, row: PlacedRow, row_key: str, fact: MilestoneFacts, keys: Iterable[str], reads: TableReads
    ) -> RowPlan:
        """Return what comes of a row that is a milestone of the plan."""
        base = self._export.base.get(row_key)
        is_added = base is None
        if is_added:
            base = {column: said for (key, column), said in self._export.taken.items() if key == row_key} or None
        record = self._record(row, reads)
        cells = [reads.cell(row.row, key, record) for key in sorted(keys)]
        sides = RowSides(row_key, base, self._office.milestones_said[fact.id], is_added=is_added)
        merged = self._merger.merge(
            row.row.sheet, cells, sides, lambda key: self._decisions.cells.get((row.place, key))
        )
        values = dict(self._values(record, merged.cells))
        shown = {_SHOWN[name]: (encode(getattr(fact, name)), encode(value)) for name, value in values.items()}
        change = RowChange(
            fact.action_id,
            0,
            shown={name: pair for name, pair in shown.items() if pair[0] != pair[1]},
            milestone=PlannedMilestone(fact.action_id, fact.id, fact.version, values),
            settles=merged.settles,
            agrees=merged.agrees,
        )
        said = [*record.problems, *merged.problems]
        ref = row.said.get("milestone.ref", "")
        sent = self._export.base.get(row_key, {}).get("milestone.ref") or ""
        if sent and ref.upper() != sent.upper():
            cell = reads.address(row.row, "milestone.ref")
            said.append(Problem(row.row.sheet, cell, ProblemLevel.WARNING, words.edited_ref(fact.action_ref, ref)))
        return planned(_with(record, said), change, merged.cells, fact.action_ref)

    def _values(self, record: ActionRecord, cells: Iterable[MergedCell]) -> Iterator[tuple[str, Any]]:
        """Yield the columns of a milestone that come in."""
        for cell in cells:
            if not cell.is_applied or cell.key not in _COLUMNS:
                continue
            if cell.key == "milestone.title":
                is_both = cell.verdict is Verdict.JOINED
                yield "title", joined(cell.mine, cell.said, on_one_line=True) if is_both else cell.said
            elif cell.key == "milestone.status":
                yield "status", record.status.value if record.status else None
            else:
                yield _COLUMNS[cell.key], _day(cell.said)

    def _added(self, row: PlacedRow, keys: frozenset[str], reads: TableReads) -> RowPlan:
        """Return what comes of a row without an id: a milestone of that title that is there, or a new one."""
        ref = row.said.get("milestone.ref", "")
        action_id = self._action(ref)
        if action_id is None or not self._is_told(action_id, row):
            return self._left(row, reads, words.milestone_of_nothing(ref))
        title = row.said["milestone.title"]
        if (action_id, fold(title)) in self._fresh:
            return self._left(row, reads, words.milestone_copied())
        fact = self._by_title.get((action_id, fold(title)))
        fact = self._former(title, action_id) or fact
        if fact is not None and fact.id not in self._taken:
            self._taken.add(fact.id)
            return self._known(row, f"M{fact.id}", fact, keys, reads)
        if fact is not None:
            return self._left(row, reads, words.milestone_copied())
        self._fresh.add((action_id, fold(title)))
        record = self._record(row, reads)
        due = record.due.value.last if record.due and record.due.value else None
        first = record.baseline_due.value.last if record.baseline_due and record.baseline_due.value else None
        end = record.actual_end.value.last if record.actual_end and record.actual_end.value else None
        status = record.status.value if record.status and record.status.value else None
        values = {
            "title": " ".join(title.split()),
            "baseline_due": first or due,
            "forecast_due": due or first,
            "status": status or (LifecycleStatus.COMPLETE if end else LifecycleStatus.NOT_STARTED),
            "actual_end": end,
        }
        shown = {_SHOWN[name]: (None, encode(value)) for name, value in values.items() if name in _SHOWN and value}
        settles = tuple(
            Settling("", key, said, CellChoice.THEIRS) for key, said in row.said.items() if key in _COLUMNS and said
        )
        change = RowChange(
            action_id,
            0,
            shown=shown,
            milestone=PlannedMilestone(action_id, None, 0, values),
            settles=settles if self._export.base else (),
        )
        return planned(record, change, (), str(self._office.known.actions[action_id].values["ref"]))

    def _carried(self, row_key: str) -> MilestoneFacts | None:
        """Return the milestone that one of a former plan was carried over as: its action's, of the same title."""
        sent = self._export.base.get(row_key, {})
        action_id = self._action(sent.get("milestone.ref") or "")
        return self._by_title.get((action_id or 0, fold(sent.get("milestone.title") or "")))

    def _former(self, title: str, action_id: int) -> MilestoneFacts | None:
        """Return the milestone that an earlier return of this workbook added under the title."""
        ids = [milestone for (_, folded), milestone in self._created.items() if folded == fold(title)]
        facts = (self._office.milestones.get(milestone) for milestone in ids)
        return next((fact for fact in facts if fact is not None and fact.action_id == action_id), None)

    def _is_told(self, action_id: int, row: PlacedRow) -> bool:
        """Say whether a row is of an action: in a workbook that nothing is known of, the action's words bear it out."""
        named = row.said.get("milestone.action", "")
        return bool(self._export.base) or fold(named) == self._office.known.actions[action_id].values["title_folded"]

    def _action(self, ref: str) -> int | None:
        action_id = self._office.known.refs.get(ref.strip().upper())
        if action_id is None:
            return None
        action_id = self._office.follows.get(action_id, action_id)
        return action_id if action_id in self._office.known.actions else None

    def _record(self, row: PlacedRow, reads: TableReads) -> ActionRecord:
        title = text_of(row.row.values.get("milestone.title"))
        base: Mapping[str, str | None] = self._export.base.get(row.row_key, {})
        text = title or base.get("milestone.title") or ""
        return reads.record(row.row, Read(text, text, reads.address(row.row, "milestone.title")))

    def _left(self, row: PlacedRow, reads: TableReads, why: str) -> RowPlan:
        """Return a row that goes nowhere, and why; one that says what went out says nothing."""
        record = self._record(row, reads)
        base = self._export.base.get(row.row_key, {})
        is_told = all(said == (base.get(key) or "") for key, said in row.said.items() if key in _COLUMNS)
        level = ProblemLevel.WARNING if base and is_told else ProblemLevel.ERROR
        problem = Problem(row.row.sheet, record.title.cell, level, why)
        return planned(_with(record, (problem,)), NOTHING, (), "")


def _with(record: ActionRecord, problems: Iterable[Problem]) -> ActionRecord:
    return ActionRecord(sheet=record.sheet, row=record.row, title=record.title, problems=tuple(dict.fromkeys(problems)))


def _day(said: str) -> date | None:
    """Return a day as it is kept; words that are none ("Ongoing") leave a milestone without one."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
