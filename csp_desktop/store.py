"""The Store: every write is one transaction that leaves one Step, which is its undo, its audit entry and the news."""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session, aliased

import models.tables  # noqa: F401 - every table is known
from csp_desktop import audit
from csp_desktop.audit import Entry, RowChange, Who
from csp_desktop.collector import collector_at_rest
from csp_desktop.errors import CspError
from csp_desktop.recording import Recorder
from csp_desktop.troubles import disk_troubles
from csp_desktop.undo import LeftRow, TakingBack, UndoOutcome
from models.records import AuditEntry
from models.vocabulary import StepKind

Recorded = Callable[[Session, int], None]
_NOT_READ = "The store could not be read"
_NOT_SAVED = "This could not be saved"
_KEPT = "Everything saved before is kept."


@dataclass(frozen=True, slots=True)
class Step:
    """The news of one committed write: what it was called, and the ids of the rows it touched by table."""

    id: int
    label: str
    kind: StepKind
    at: datetime
    rows: Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Engines:
    """The two ways into the file: one that writes (BEGIN IMMEDIATE) and one that can only read."""

    write: Engine
    read: Engine


class Store:
    """An open store. Safe to read from any thread; writes are made one at a time.

    ``clock`` gives the present instant in UTC and is passed in, so that nothing below ever reads a clock itself.
    """

    def __init__(
        self,
        path: Path,
        engines: Engines,
        audit_key: bytes,
        who: Who,
        clock: Callable[[], datetime],
    ) -> None:
        self.path = path
        self.who = who
        self.clock = clock
        self._engines = engines
        self._audit_key = audit_key
        self._writing = RLock()
        self._joined: Session | None = None
        self._listeners: list[Callable[[Step], None]] = []
        self._closing: list[Callable[[], None]] = []
        self._undoable: list[tuple[int, str]] = []
        self._redoable: list[tuple[int, str]] = []

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a read-only connection on one consistent state of the store."""
        with disk_troubles(_NOT_READ, _KEPT), self._engines.read.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(
        self, label: str, *, kind: StepKind = StepKind.WRITE, recorded: Recorded | None = None
    ) -> Iterator[Session]:
        """Run one transaction and leave one Step; leaving the block with an exception leaves nothing.

        ``label`` says what was done and names no person: it is shown at undo and kept in the audit trail.
        ``recorded(session, step_id)`` runs in the same transaction, for records that name the Step; it is not called
        where no row changed, and then no Step is left either. A Step of kind ACCESS is left even so: it says that
        something was issued or looked up, and it cannot be undone.

        A write within a write joins it: one form that calls several commands is one Step under the outer label.
        """
        with self._writing:
            if self._joined is not None:
                yield self._joined
                self._joined.flush()
                return
            with disk_troubles(_NOT_SAVED, _KEPT):
                step = yield from self._transaction(label, kind, recorded)
            if step is not None:
                if kind in {StepKind.WRITE, StepKind.IMPORT}:
                    self._undoable.append((step.id, label))
                    self._redoable.clear()
                self._tell(step)

    def _transaction(
        self, label: str, kind: StepKind, recorded: Recorded | None
    ) -> Generator[Session, None, Step | None]:
        with Session(self._engines.write, expire_on_commit=False, autoflush=False) as session:
            recorder = Recorder(session)
            self._joined = session
            try:
                yield session
            finally:
                self._joined = None
            session.flush()
            changes = recorder.changes()
            step = None
            if changes or kind is StepKind.ACCESS:
                step = self._append(session.connection(), Entry(label, kind, self.who, self.clock()), changes)
                if recorded is not None:
                    recorded(session, step.id)
                    session.flush()
            session.commit()
            return step

    @contextmanager
    def rehearse(self) -> Iterator[Session]:
        """Open a transaction in which commands show what they would do; nothing of it stays, and no Step is left.

        Never within a ``write`` of the same thread, for what it has written would be taken back too.
        """
        with self._writing:
            if self._joined is not None:
                raise RuntimeError("a rehearsal within a write would take that back")
            engine = self._engines.write
            with disk_troubles(_NOT_READ, _KEPT), Session(engine, expire_on_commit=False, autoflush=False) as session:
                Recorder(session)
                yield session
                session.rollback()

    @contextmanager
    def staging(self) -> Iterator[Connection]:
        """Open one transaction for what is no part of the record (``models.staging``): it leaves no Step.

        Rows of a large file are staged in many short ones, so that others can write in between. Never within a
        ``write`` of the same thread: each holds the file.
        """
        with self._writing:
            if self._joined is not None:
                raise RuntimeError("staging within a write would wait for itself")
            with disk_troubles(_NOT_SAVED, _KEPT), self._engines.write.begin() as connection:
                yield connection

    def record_access(self, label: str) -> None:
        """Leave an audit entry without a change: personal data was looked up, printed or exported (DPA 2018, s62)."""
        with self._writing, disk_troubles(_NOT_SAVED, _KEPT), self._engines.write.begin() as connection:
            self._append(connection, Entry(label, StepKind.ACCESS, self.who, self.clock()), [])

    @property
    def undo_label(self) -> str | None:
        """The label of the Step that ``undo`` would take back, None where there is none in this session."""
        return self._undoable[-1][1] if self._undoable else None

    @property
    def redo_label(self) -> str | None:
        """The label of the Step that ``redo`` would do again."""
        return self._redoable[-1][1] if self._redoable else None

    def undo(self) -> UndoOutcome:
        """Take back this session's last Step whole. Raises CspError where a row was changed since; nothing moves."""
        if not self._undoable:
            raise CspError("There is nothing to undo in this session.")
        step_id, label = self._undoable[-1]
        outcome = self._take_back(step_id, StepKind.UNDO, f"Undo: {label}", leave_edited=False)
        self._undoable.pop()
        self._redoable.append((outcome.step_id, label))
        return outcome

    def redo(self) -> UndoOutcome:
        """Do again what the last undo took back. Raises CspError where a row was changed since; nothing moves."""
        if not self._redoable:
            raise CspError("There is nothing to redo.")
        step_id, label = self._redoable[-1]
        outcome = self._take_back(step_id, StepKind.REDO, f"Redo: {label}", leave_edited=False)
        self._redoable.pop()
        self._undoable.append((outcome.step_id, label))
        return outcome

    def undo_step(self, step_id: int) -> UndoOutcome:
        """Take back any earlier Step, an import above all; rows edited since are left alone and listed.

        Raises CspError where there is no such Step, it founded the store, it was taken back already, or nothing of it
        can be.
        """
        with self.read() as connection:
            query = select(AuditEntry.label, AuditEntry.kind).where(AuditEntry.id == step_id)
            entry = connection.execute(query).first()
            if entry is None:
                raise CspError(f"There is no step {step_id} in this store.")
            if entry.kind is StepKind.FOUNDING:
                raise CspError(
                    "The store cannot be taken back to before it was created; nothing was changed. To begin again, "
                    "create another store."
                )
            if is_undone(connection, step_id):
                raise CspError(f"“{entry.label}” has been undone already.")
        outcome = self._take_back(step_id, StepKind.UNDO, f"Undo: {entry.label}", leave_edited=True)
        self._undoable = [known for known in self._undoable if known[0] != step_id]
        self._redoable.append((outcome.step_id, entry.label))
        return outcome

    def subscribe(self, listener: Callable[[Step], None]) -> Callable[[], None]:
        """Call ``listener`` after every commit, in the thread that wrote; the returned call ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def audit_anchor(self) -> audit.Anchor:
        """Return the audit chain's length and last MAC, to be kept with a backup or an issued report."""
        with self.read() as connection:
            return audit.anchor(connection)

    def verify_audit(self, anchored: audit.Anchor | None = None) -> audit.Verdict:
        """Verify the whole audit trail, and against an anchor that its tail was not cut."""
        with self.read() as connection:
            return audit.verify(connection, self._audit_key, anchored)

    @property
    def engines(self) -> Engines:
        """The engines, for backup and check, which work below the level of rows."""
        return self._engines

    def on_close(self, closing: Callable[[], None]) -> None:
        """Run ``closing`` when the store is closed, last added first: releasing the lock, wiping keys."""
        self._closing.append(closing)

    def close(self) -> None:
        """Close the file and release it for other programs; the store is of no use afterwards."""
        self._engines.read.dispose()
        self._engines.write.dispose()
        self._listeners.clear()
        while self._closing:
            self._closing.pop()()

    def _append(self, connection: Connection, entry: Entry, changes: list[RowChange]) -> Step:
        keep = entry.kind is not StepKind.ERASURE
        step_id = audit.append(connection, self._audit_key, entry, changes, keep_values=keep)
        rows: dict[str, set[int]] = {}
        for change in changes:
            rows.setdefault(change.table, set()).add(change.row_id)
        return Step(step_id, entry.label, entry.kind, entry.at, {table: frozenset(ids) for table, ids in rows.items()})

    @collector_at_rest()
    def _take_back(self, step_id: int, kind: StepKind, label: str, *, leave_edited: bool) -> UndoOutcome:
        with self._writing, disk_troubles(_NOT_SAVED, _KEPT):
            with self._engines.write.begin() as connection:
                taking = TakingBack(connection, audit.changes_of(connection, step_id))
                left = taking.left
                if left and not leave_edited:
                    raise CspError(_changed_since(label, left))
                changes = taking.apply()
                if not changes:
                    raise CspError(f"Nothing was done for “{label}”: everything it touched has been changed since.")
                entry = Entry(label, kind, self.who, self.clock(), undoes_id=step_id)
                step = self._append(connection, entry, changes)
            self._tell(step)
            return UndoOutcome(step.id, label, len(changes) + taking.moved, left)

    def _tell(self, step: Step) -> None:
        for listener in list(self._listeners):
            listener(step)


def is_undone(connection: Connection, step_id: int) -> bool:
    """Say whether a Step stands taken back: undone, and that undo not undone in turn."""
    taker = aliased(AuditEntry)
    takers = connection.scalars(select(taker.id).where(taker.undoes_id == step_id)).all()
    return any(not is_undone(connection, taken) for taken in takers)


def _changed_since(label: str, left: tuple[LeftRow, ...]) -> str:
    names = ", ".join(row.name for row in left[:3]) + (" and others" if len(left) > 3 else "")  # noqa: PLR2004 - the three that are named
    return f"“{label}” was not done: {names} changed since. Everything is as it was; change it by hand instead."
