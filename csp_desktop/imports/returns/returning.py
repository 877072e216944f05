"""The dry run of a returned update workbook: every row placed, every cell merged three ways, nothing written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from csp_desktop.exports.layout import COLUMNS, Kind
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.fillers import is_total
from csp_desktop.imports.grid import address, text_of
from csp_desktop.imports.import_plan import Decisions, ImportPlan, RowPlan, SourceFile
from csp_desktop.imports.known import choose_plan
from csp_desktop.imports.merged import MissingRow, ReturnedWorkbook
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.records import (
    Choices,
    Ignored,
    IgnoredRow,
    ReadTable,
    ReadTables,
    RefusedRow,
    SkippedTable,
    TablePlace,
)
from csp_desktop.imports.returns import words
from csp_desktop.imports.returns.action_rows import ActionRows
from csp_desktop.imports.returns.known_export import KnownExport, known_export
from csp_desktop.imports.returns.milestone_rows import MilestoneRows
from csp_desktop.imports.returns.office import Office, office_of
from csp_desktop.imports.returns.placing import Belongs, PlacedRow, Placing
from csp_desktop.imports.returns.sheets import ReturnedGrid, ReturnedTable
from csp_desktop.imports.returns.table_reads import KEYS, date_order, mapping_of
from csp_desktop.imports.returns.three_way import Comparison
from csp_desktop.queries.plans import PlanRow, find_plan, list_plans
from csp_desktop.store import Store
from models.vocabulary import PlanKind, ProblemLevel


def plan_return(store: Store, file: SourceFile, decisions: Decisions, today: date, found: ReturnedGrid) -> ImportPlan:
    """Compare a returned workbook with the store and return what would come of it; the store is not touched.

    Raises CspError where nothing says which plan it belongs to.
    """
    export = known_export(store, file.grid, found.key) if found.key else None
    plan, is_own = _plan(store, export, decisions)
    export = export if export is not None and is_own else KnownExport(found.key)
    office = office_of(store, plan, today)
    return Returning(file, decisions, export, office, found).plan(is_other_plan=not is_own)


def _plan(store: Store, export: KnownExport | None, decisions: Decisions) -> tuple[PlanRow, bool]:
    """Return the plan that a workbook is brought into, and whether it is the one it was sent out of.

    A workbook of a plan that another has taken the place of goes to that one, where its actions were carried over.
    """
    if export is None or export.plan_id is None:
        return choose_plan(store, decisions.plan, None, PlanKind.PARTNERSHIP), True
    plans = {plan.id: plan for plan in list_plans(store)}
    own = plans[export.plan_id]
    following = next((plan for plan in plans.values() if plan.title == own.superseded_by), None)
    present = own if own.is_open or following is None else following
    if decisions.plan is None:
        return present, True
    wanted = find_plan(store, decisions.plan)
    return wanted, wanted.id in {own.id, present.id}


@dataclass(slots=True)
class _Gathered:
    """What the tables gave so far."""

    rows: list[RowPlan] = field(default_factory=list)
    tables: list[ReadTable] = field(default_factory=list)
    skipped: list[SkippedTable] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    ignored: list[IgnoredRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Returning:
    """Plans one returned workbook."""

    def __init__(
        self, file: SourceFile, decisions: Decisions, export: KnownExport, office: Office, found: ReturnedGrid
    ) -> None:
        self._file = file
        self._decisions = decisions
        self._office = office
        self._tables = [self._as_mapped(table) for table in found.tables if self._is_wanted(table)]
        self._unread = [table for table in found.tables if not self._is_wanted(table)]
        self._told = _Gathered()
        self._export = self._of_this_copy(export)
        self._choices = Choices(
            order=decisions.date_order,
            organisations=office.people.organisations,
            known_themes=tuple(theme.title for theme in office.known.themes),
        )

    def plan(self, *, is_other_plan: bool = False) -> ImportPlan:
        """Return the dry run."""
        actions = ActionRows(self._export, self._office, self._decisions)
        milestones = MilestoneRows(self._export, self._office, self._decisions)
        own = [table for table in self._tables if not table.is_of_milestones]
        steps = [table for table in self._tables if table.is_of_milestones]
        placed = Placing(self._export, "A").place(own)
        actions.take_known(placed)
        if self._choices.order is None:
            sent = [(row.said, self._export.base.get(row.row_key, {})) for row in placed]
            self._choices = replace(self._choices, order=date_order(sent))
        for table in own:
            self._gather(table, placed, actions)
        placed_steps = Placing(self._export, "M").place(steps)
        milestones.take_known(placed_steps)
        for table in steps:
            self._gather(table, placed_steps, milestones)
        for table in self._unread:
            self._told.skipped.append(
                SkippedTable(_place(table), "You chose not to read this table.", mapping_of(table), table.header_row)
            )
        missing = tuple(self._missing(placed))
        self._say(missing, is_other_plan=is_other_plan)
        return self._import_plan(missing, [*self._told.problems, *actions.problems], dict(actions.proposed))

    def _import_plan(
        self, missing: tuple[MissingRow, ...], problems: Sequence[Problem], proposed: Mapping[str, int]
    ) -> ImportPlan:
        told = self._told
        rows = tuple(
            replace(row, is_left_out=row.place in self._decisions.left_out)
            for row in sorted(told.rows, key=lambda row: (self._at(row.record.sheet), row.record.row))
        )
        every = [*problems, *(problem for row in rows for problem in row.record.problems)]
        every += [refused.problem for refused in told.refused]
        read = ReadTables(
            tables=tuple(told.tables),
            skipped=tuple(told.skipped),
            records=tuple(row.record for row in rows),
            refused=tuple(told.refused),
            ignored=tuple(told.ignored),
            problems=tuple(every),
        )
        return ImportPlan(
            file=self._file,
            plan=self._office.plan,
            decisions=self._decisions,
            read=read,
            rows=rows,
            problems=tuple(sorted(dict.fromkeys(every), key=self._order)),
            proposed_themes=proposed,
            returned=self._returned(missing),
        )

    def _returned(self, missing: tuple[MissingRow, ...]) -> ReturnedWorkbook:
        export = self._export
        return ReturnedWorkbook(
            key=export.key,
            export_id=export.id,
            plan_id=export.plan_id or self._office.plan.id,
            owner=export.owner.name if export.owner else "",
            period=export.period,
            period_end=export.period_end,
            exported_on=export.exported_on,
            wanted_back=export.wanted_back,
            is_three_way=bool(export.base),
            from_workbook=export.from_workbook,
            newer_on=export.newer_on,
            times_before=export.times_before,
            missing=missing,
            base=export.base,
        )

    def _is_wanted(self, table: ReturnedTable) -> bool:
        decisions = self._decisions
        is_read = decisions.sheets is None or table.sheet.name in decisions.sheets
        return is_read and _place(table) not in decisions.unread_tables

    def _as_mapped(self, table: ReturnedTable) -> ReturnedTable:
        """Return a table with its columns as the user says they are."""
        chosen = self._decisions.mappings.get(_place(table), {})
        if not chosen or table.is_of_milestones:
            return table
        columns = dict(table.columns)
        for number, heading in table.headings.items():
            if heading in chosen:
                columns.pop(number, None)
                key = KEYS.get(ActionField(chosen[heading])) if chosen[heading] else None
                if key is not None:
                    columns = {other: known for other, known in columns.items() if known != key}
                    columns[number] = key
        return table.with_columns(columns)

    def _of_this_copy(self, export: KnownExport) -> KnownExport:
        """Return the export as this file is to be compared with it.

        A corrected return holds what the earlier one said. Another copy of the workbook does not: its untouched cells
        are no word against the earlier return, so it is compared with what went out.
        """
        if self._file.hash in export.hashes:
            return replace(export, is_again=True)
        taken = {place: said for place, said in export.taken.items() if place[0] in export.base}
        if not taken:
            return export
        placed = [
            row
            for letter in "AM"
            for row in Placing(export, letter).place([t for t in self._tables if t.is_of_milestones == (letter == "M")])
        ]
        rows = {row.row_key: row.said for row in placed if row.belongs is Belongs.KNOWN}
        here = [place for place in taken if place[0] in rows]
        comparison = Comparison(self._office.people.organisations)

        def says(place: tuple[str, str], words: str) -> bool:
            row, column = place
            return comparison.same(COLUMNS[column].kind, rows[row].get(column, ""), words)

        same = sum(says(place, taken[place]) for place in here)
        as_sent = sum(says(place, export.base[place[0]].get(place[1]) or "") for place in here)
        if same >= as_sent:
            return export
        if as_sent:
            self._warn("", words.another_copy(as_sent))
        kept = {place: said for place, said in export.taken.items() if place[0] not in export.base}
        return replace(export, taken=kept)

    def _gather(self, table: ReturnedTable, placed: Iterable[PlacedRow], rows: ActionRows | MilestoneRows) -> None:
        """Plan the rows of one table."""
        sheet = table.sheet.name
        own = [row for row in placed if row.row.sheet == sheet]
        coming = []
        for row in own:
            if row.belongs is Belongs.NOTHING:
                self._told.ignored.append(IgnoredRow(sheet, row.row.row, Ignored.COPY))
            elif row.belongs in {Belongs.NEW, Belongs.NO_TITLE} and _is_total(row):
                self._told.ignored.append(IgnoredRow(sheet, row.row.row, Ignored.TOTAL))
            elif row.belongs is Belongs.NO_TITLE:
                self._told.refused.append(_refused(table, row))
            else:
                coming.append(row)
        self._told.rows.extend(rows.plan(table, coming, self._choices))
        adrift = frozenset[str]().union(*(row.adrift for row in own))
        if adrift:
            headings = [COLUMNS[key].heading for key in table.columns.values() if key in adrift]
            cell = address(table.header_row, min(number for number, key in table.columns.items() if key in adrift))
            self._told.problems.append(Problem(sheet, cell, ProblemLevel.ERROR, words.adrift_columns(headings)))
        for number in table.others:
            if any(number in row.row.extra for row in own):
                heading = table.headings[number]
                problem = Problem(
                    sheet, address(table.header_row, number), ProblemLevel.WARNING, words.not_ours(heading)
                )
                self._told.problems.append(problem)
        last = max((row.row.row for row in own), default=table.header_row)
        self._told.tables.append(
            ReadTable(_place(table), mapping_of(table), len(coming), top=table.header_row, last_row=last)
        )

    def _missing(self, placed: Iterable[PlacedRow]) -> Iterator[MissingRow]:
        """Yield the actions that went out and that no row of the file is."""
        here = {key for row in placed for key in (row.row_key, row.other)}
        for key, said in self._export.base.items():
            if key.startswith("A") and key not in here:
                yield MissingRow(said.get("ref") or "", said.get("title") or "")

    def _say(self, missing: Sequence[MissingRow], *, is_other_plan: bool) -> None:
        """Say what is to be known of the workbook as a whole."""
        export = self._export
        sheet = self._tables[0].sheet.name if self._tables else ""
        if is_other_plan:
            self._warn(sheet, words.other_plan(self._office.plan.title))
        elif not export.base:
            self._warn(sheet, words.unknown_workbook())
        if export.newer_on is not None and export.exported_on is not None:
            self._warn(sheet, words.stale(export.exported_on, export.newer_on))
        if missing and any(row.change.action_id for row in self._told.rows):
            self._warn(sheet, words.missing([row.ref for row in missing]))

    def _warn(self, sheet: str, message: str) -> None:
        name = sheet or (self._tables[0].sheet.name if self._tables else "")
        self._told.problems.append(Problem(name, "", ProblemLevel.WARNING, message))

    def _at(self, sheet: str) -> int:
        return next((at for at, each in enumerate(self._file.grid.sheets) if each.name == sheet), 0)

    def _order(self, problem: Problem) -> tuple[int, int]:
        digits = "".join(letter for letter in problem.cell if letter.isdigit())
        return self._at(problem.sheet), int(digits or 0)


def _place(table: ReturnedTable) -> TablePlace:
    return TablePlace(table.sheet.name, table.header_row, min(table.columns, default=1))


def _is_total(row: PlacedRow) -> bool:
    """Say whether a row below the actions is a total of theirs: so worded, and nobody is to do anything about it."""
    words = next((text for key, text in row.said.items() if COLUMNS[key].kind in {Kind.REF, Kind.TEXT}), "")
    return is_total(words) and not any(row.said.get(key) for key in ("lead", "update", "rag", "due", "start"))


def _refused(table: ReturnedTable, row: PlacedRow) -> RefusedRow:
    """Return a row that does not say what the action is."""
    sheet, number = row.row.sheet, row.row.row
    numbers = table.numbers
    column = numbers.get("title") or numbers.get("milestone.title") or 1
    text = " | ".join(text_of(value) for key, value in row.row.values.items() if COLUMNS[key].kind is not Kind.ROW_ID)
    problem = Problem(sheet, address(number, column), ProblemLevel.ERROR, words.no_title())
    return RefusedRow(sheet, number, problem, text)
