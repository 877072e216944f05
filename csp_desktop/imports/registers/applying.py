"""Applying the dry run of a register: one transaction and one Step, after a verified backup.

New rows go in past the mapped rows, thousands at a time, under one ``Load`` that stands for them in the Step; rows
that change are recorded one by one.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from csp_desktop.backup import Reason
from csp_desktop.collector import collector_at_rest
from csp_desktop.commands.window_ends import keep_window_ends
from csp_desktop.errors import CspError
from csp_desktop.imports.applying import ImportCancelledError, problem_object
from csp_desktop.imports.registers.entries import OFFENCE, Values
from csp_desktop.imports.registers.kept_trial import rested_on, write_row
from csp_desktop.imports.registers.known import known_codes, offender_ids
from csp_desktop.imports.registers.planning import drop_register, unheard
from csp_desktop.imports.registers.register_plan import RegisterPlan, tables_object
from csp_desktop.imports.registers.staging import Cancelled, Progress, staged_parts
from csp_desktop.imports.registers.targets import Target, target_of
from csp_desktop.loads import large_cache
from csp_desktop.queries.layouts import is_forgotten
from csp_desktop.recording import Recorder, encode
from csp_desktop.registers.forms import form_of
from csp_desktop.reoffending.definition import definition_of
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from csp_desktop.stored import StoredTable
from csp_desktop.workspace import back_up_store
from models.records import AuditChange, ImportBatch, ImportLayout
from models.reoffending import Cohort, Load, OffenceCode, Offender
from models.staging import StagedRow
from models.vocabulary import RowOutcome, Stage, StepKind

LOGGED_PROBLEMS = 1_000
_CHANGED_AT_ONCE = 1_000
_CHANGED = "What “{}” was compared with was changed since. Nothing was imported; look through the file once more."


@dataclass(frozen=True, slots=True)
class AppliedRegister:
    """What was written: the import's number in the log, None where nothing changed."""

    import_id: int | None


def apply_register(
    store: Store, plan: RegisterPlan, watch: tuple[Progress, Cancelled | None] = (unheard, None)
) -> AppliedRegister:
    """Write exactly what a dry run found, and drop what was staged. Where it changes nothing, nothing is logged.

    ``watch`` is as for ``plan_register``. Raises CspError where what it was compared with was changed since,
    ImportCancelledError after a cancel, and what ``progress`` raises; then nothing is written, what was staged stays
    (``drop_register``), and so does the backup.
    """
    if not plan.changes_anything:
        drop_register(store, plan)
        return AppliedRegister(None)
    _require_unchanged(store, plan)
    back_up_store(store, Reason.BEFORE_IMPORT)
    batches: list[ImportBatch] = []

    def record(session: Session, step_id: int) -> None:
        batches.append(_batch(plan, step_id))
        session.add(batches[0])

    with (
        collector_at_rest(),
        store.write(f"Import {plan.staged.name}", kind=StepKind.IMPORT, recorded=record) as session,
    ):
        _Application(store, plan, session, watch).run()
    drop_register(store, plan)
    return AppliedRegister(batches[0].id if batches else None)


def _require_unchanged(store: Store, plan: RegisterPlan) -> None:
    """Raise CspError where a table that the comparison rests on was written to since."""
    register = plan.request.register
    loaded = {"load", "cohort", "offender", "offence_code"}
    tables = rested_on(register) if register.is_kept else {target_of(register).table.name, *loaded}
    query = (
        select(func.count())
        .select_from(AuditChange)
        .where(AuditChange.entry_id > plan.seen, AuditChange.table_name.in_(tables))
    )
    with store.read() as connection:
        if connection.scalar(query):
            raise CspError(_CHANGED.format(plan.staged.name))


def _batch(plan: RegisterPlan, step_id: int) -> ImportBatch:
    order = plan.request.date_order.value if plan.request.date_order else ""
    return ImportBatch(
        entry_id=step_id,
        register=plan.request.register.value,
        file_name=plan.staged.name,
        file_hash=plan.staged.hash,
        tables=[{"order": order, "tables": tables_object(plan), "cohort": plan.cohort.name if plan.cohort else None}],
        counts=dict(plan.counts),
        problems=[problem_object(problem) for problem in plan.problems[:LOGGED_PROBLEMS]],
    )


class _Application:
    """One application under way, in the caller's transaction."""

    def __init__(
        self, store: Store, plan: RegisterPlan, session: Session, watch: tuple[Progress, Cancelled | None]
    ) -> None:
        self._store = store
        self._plan = plan
        self._session = session
        self._progress, self._cancelled = watch
        self._total = plan.counts["new"] + plan.counts["changed"]
        self._done = 0

    def run(self) -> None:
        """Write everything."""
        self._heed(0)
        if self._plan.request.register.is_kept:
            self._write_kept()
        else:
            self._write_loaded()
        self._remember_layouts()

    def _write_kept(self) -> None:
        form = form_of(self._plan.request.register)
        for rows in staged_parts(self._store, self._plan.staged.id, Stage.NEW, 0):
            for target_id, given in rows:
                try:
                    write_row(self._session, form, target_id, given)
                except FieldError as refusal:
                    raise CspError(f"{refusal} {_CHANGED.format(self._plan.staged.name)}") from refusal
                self._heed(1)

    def _write_loaded(self) -> None:
        self._target = target_of(self._plan.request.register)
        cohort_id = self._cohort_id()
        load_id = self._add_load()
        connection = self._session.connection()
        with large_cache(connection):
            self._write(connection, cohort_id, load_id)

    def _write(self, connection: Connection, cohort_id: int | None, load_id: int | None) -> None:
        codes = self._add_codes(connection, load_id)
        if load_id is not None:
            adder = _Adder(connection, self._target, load_id, cohort_id, codes)
            for part in range(self._plan.parts):
                for rows in staged_parts(self._store, self._plan.staged.id, Stage.NEW, part):
                    adder.add(rows)
                    self._heed(len(rows))
        self._change(connection, codes)
        if cohort_id is not None:
            keep_window_ends(connection, cohort_id)

    def _heed(self, rows: int) -> None:
        name = self._plan.staged.name
        if self._cancelled is not None and self._cancelled():
            raise ImportCancelledError(f"Bringing in “{name}” was cancelled. Nothing was imported.")
        self._done += rows
        self._progress(self._done, self._total, f"Bringing in {name}")

    def _cohort_id(self) -> int | None:
        chosen = self._plan.cohort
        if chosen is None or chosen.id is not None:
            return None if chosen is None else chosen.id
        rules = definition_of(chosen.definition)
        cohort = Cohort(
            name=chosen.name,
            definition=rules.kind,
            follow_up_months=rules.follow_up_months,
            waiting_months=rules.waiting_months,
            index_rule=rules.index_rule,
            counts_index_day=rules.counts_index_day,
            breach_codes=list(rules.breach_codes),
            proofs=[proof.value for proof in rules.proofs],
        )
        self._session.add(cohort)
        self._session.flush()
        return cohort.id

    def _add_load(self) -> int | None:
        if not (self._plan.counts["new"] or self._plan.offences):
            return None
        load = Load(register=self._plan.request.register.value, rows=self._plan.counts["new"], digest=self._plan.digest)
        self._session.add(load)
        self._session.flush()
        return load.id

    def _add_codes(self, connection: Connection, load_id: int | None) -> Mapping[str, int]:
        """Add the offence codes that the rows need, and return every code's id by what tells it apart."""
        rows = [{**asdict(offence), "load_id": load_id} for offence in self._plan.offences]
        _insert(connection, _table_of(OffenceCode), rows)
        return known_codes(connection).ids if self._target.has_offence else {}

    def _change(self, connection: Connection, codes: Mapping[str, int]) -> None:
        """Write what rows change, each recorded with what stood there before."""
        changer = _Changer(connection, self._target, Recorder.of(self._session), codes)
        for rows in _changed_rows(connection, self._plan.staged.id):
            if not changer.change(rows):
                raise CspError(_CHANGED.format(self._plan.staged.name))
            self._heed(len(rows))

    def _remember_layouts(self) -> None:
        """Remember for each layout what its columns mean; what a person settled is among it."""
        register, order = self._plan.request.register.value, self._plan.request.date_order
        for sheet in self._plan.sheets:
            query = select(ImportLayout).where(
                ImportLayout.register == register, ImportLayout.fingerprint == sheet.fingerprint
            )
            layout = self._session.scalar(query)
            if layout is None:
                layout = ImportLayout(register=register, fingerprint=sheet.fingerprint, mapping={})
                self._session.add(layout)
            elif self._session.scalar(query.where(is_forgotten())) is not None:
                layout.name = ""
            layout.mapping = sheet.memory
            layout.date_order = order.value if order else ""
            layout.last_used = self._store.clock()
            self._session.flush()


@dataclass(frozen=True, slots=True)
class _Adder:
    """Adds new rows of one load; persons that are not known yet come with them."""

    connection: Connection
    target: Target
    load_id: int
    cohort_id: int | None
    codes: Mapping[str, int]

    def add(self, rows: Sequence[Values]) -> None:
        """Add these rows; each is given the ids that it names."""
        people = self._people(rows) if self.target.has_person else {}
        for values in rows:
            values["load_id"] = self.load_id
            if people:
                values["offender_id"] = people[values["person"]]
            if self.target.has_offence and OFFENCE in values:
                values["offence_code_id"] = self.codes[values[OFFENCE]]
            if self.target.has_cohort:
                values["cohort_id"] = self.cohort_id
        _insert(self.connection, self.target.table, rows)

    def _people(self, rows: Sequence[Values]) -> dict[str, int]:
        wanted = dict.fromkeys(values["person"] for values in rows)
        known = offender_ids(self.connection, wanted)
        fresh = [reference for reference in wanted if reference not in known]
        if fresh:
            _insert(
                self.connection,
                _table_of(Offender),
                [{"reference": reference, "load_id": self.load_id} for reference in fresh],
            )
            known |= offender_ids(self.connection, fresh)
        return known


class _Changer:
    """Changes stored rows as a dry run found, and records each."""

    def __init__(self, connection: Connection, target: Target, recorder: Recorder, codes: Mapping[str, int]) -> None:
        self._stored = StoredTable(connection, target.table)
        self._target = target
        self._recorder = recorder
        self._codes = codes

    def change(self, rows: Sequence[Any]) -> bool:
        """Change these rows; return False, and leave them, where one is not as the comparison found it."""
        now = self._stored.read([row.target_id for row in rows])
        for row in rows:
            changes = json.loads(row.changes)
            if row.target_id not in now:
                return False
            present = now[row.target_id]
            before: Values = {"version": present["version"]}
            after: Values = {"version": present["version"] + 1}
            for name, (old, new) in changes.items():
                column = "offence_code_id" if name == OFFENCE else name
                if name != OFFENCE and present[column] != old:
                    return False
                before[column], after[column] = present[column], self._codes[new] if name == OFFENCE else new
            self._stored.update([(row.target_id, after)])
            self._recorder.note_changed(self._target.table.name, row.target_id, before, after)
        return True


def _changed_rows(connection: Connection, staged_id: int) -> Iterator[Sequence[Any]]:
    """Yield the staged rows that change a stored one, some at a time."""
    last = 0
    while True:
        query = (
            select(StagedRow.id, StagedRow.target_id, StagedRow.changes)
            .where(StagedRow.staged_id == staged_id, StagedRow.outcome == RowOutcome.CHANGED, StagedRow.id > last)
            .order_by(StagedRow.id)
            .limit(_CHANGED_AT_ONCE)
        )
        rows = connection.execute(query).all()
        if not rows:
            return
        last = rows[-1].id
        yield rows


def _insert(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Add rows as they are stored; what one leaves out takes the model's default."""
    blanks = {
        column.name: encode(column.default.arg) if isinstance(column.default, ScalarElementColumnDefault) else None
        for column in table.columns
        if column.name != "id"
    }
    if rows:
        columns = list(blanks.items())
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {table.name} ({', '.join(blanks)}) VALUES ({marks})"  # noqa: S608 - own names
        given = [tuple([row.get(name, blank) for name, blank in columns]) for row in rows]
        connection.exec_driver_sql(sql, given)


def _table_of(model: type[OffenceCode] | type[Offender]) -> Table:
    found: Table = model.metadata.tables[model.__tablename__]
    return found
