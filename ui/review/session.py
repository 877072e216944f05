"""One file under review: what was decided, the newest comparison, and bringing it in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from csp_desktop.commands.imports import forget_layout, undo_import
from csp_desktop.errors import CspError
from csp_desktop.imports.applying import Applied, ImportCancelledError
from csp_desktop.imports.cell_choices import CellKey, with_cells
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.import_plan import Decisions, ImportPlan, Place
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.reviewing import (
    action_named,
    settled,
    with_answer,
    with_layout_forgotten,
    with_layout_name,
)
from csp_desktop.imports.rewording import remember_wording
from csp_desktop.imports.running import accept
from csp_desktop.queries.layouts import LayoutRow
from csp_desktop.undo import UndoOutcome
from models.vocabulary import CellChoice
from ui.desk import Desk
from ui.review.comparison import Compared, compared, named
from ui.tasks import Cancelled, Progress, Task

__all__ = ["Compared", "Refused", "Session", "attempted", "compared"]

Result = TypeVar("Result")
MOST_WAIT_MS = 500
COMPARING, BRINGING_IN, TAKING_BACK = "Comparing", "Bringing in", "Taking back"
FORGOTTEN = (
    "Forgotten: the columns of these headings are read as if for the first time. Undo in the window brings it back."
)
LISTED = "Set-up lists it under Column headings, and Undo in the window takes it back."
STOPPED = "Cancelled: nothing was brought in, and the store is as it was."


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal on its way to the screen that asked, which lies above the window's own place for sentences."""

    sentence: str


class Session(QObject):
    """Compares again after each decision, away from the window's thread; of several comparisons the newest counts.

    ``compared(Compared)``, ``brought_in(Applied)``, ``taken_back(UndoOutcome)``, ``refused(sentence)``, and
    ``said(sentence)`` of what was done meanwhile. ``decided()`` as soon as something is decided, which is compared
    next; ``busy(words)`` says what is under way while what is shown is not yet what was decided, "" once it is.
    """

    compared = Signal(object)
    brought_in = Signal(object)
    taken_back = Signal(object)
    refused = Signal(str)
    said = Signal(str)
    decided = Signal()
    busy = Signal(str)

    def __init__(self, desk: Desk, first: Compared, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.now = first
        self.decisions = self._first = settled(first.plan)
        self.applied: Applied | None = None
        self._under_way: list[Task] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(lambda: self.decide(self.decisions))
        self._took_ms = 0.0
        self._comparing: Task | None = None
        self.writing: Task | None = None
        self._closed = False
        desk.tasks.ended.connect(self._on_ended)

    @property
    def plan(self) -> ImportPlan:
        """The newest comparison."""
        return self.now.plan

    @property
    def is_busy(self) -> bool:
        """Say whether what is shown is not yet what was decided."""
        return bool(self._under_way) or self._soon.isActive()

    @property
    def is_writing(self) -> bool:
        """Say whether the file is being brought in or taken back."""
        return self.writing in self._under_way

    @property
    def is_changed(self) -> bool:
        """Say whether anything was decided that closing would lose."""
        return self.applied is None and self.decisions != self._first

    def owns(self, task: Task) -> bool:
        """Say whether a piece of work is one of this review's."""
        return task in self._under_way

    def decide(self, decisions: Decisions) -> None:
        """Compare again with these decisions; where that is refused or cancelled, those of what is shown stand."""
        self._soon.stop()
        self.decisions = decisions
        store, file, today, before = self.desk.store, self.plan.file, self.desk.today(), self.now.asks
        if self._comparing is not None:
            self._comparing.progress.cancel()  # a newer one is wanted: one that waits its turn need not be made

        def work(progress: Progress) -> Compared | None:
            if progress.is_cancelled():
                return None
            began = perf_counter()
            plan = plan_import(store, file, decisions, today)
            found = None if progress.is_cancelled() else compared(store, plan, before)
            self._took_ms = (perf_counter() - began) * 1_000
            return found

        def done(task: Task, result: Compared | Refused | None) -> None:
            if task is not self._comparing:
                return
            if isinstance(result, Compared):
                self.now = named(result, self.decisions)
            else:
                self.decisions = settled(self.plan)
                if result is not None:
                    self.refused.emit(result.sentence)
            self.compared.emit(self.now)

        self._comparing = self._start(COMPARING, work, done)
        self.decided.emit()

    def choose(self, cells: Iterable[CellKey], choice: CellChoice | None) -> None:
        """Say whose words some cells get, None to take back what was said of them."""
        self.decide_soon(with_cells(self.decisions, cells, choice))

    def decide_soon(self, decisions: Decisions) -> None:
        """Take decisions about cells, which are shown at once, and compare again after the last of several.

        A long workbook takes a second or more to compare, in which the window would answer slowly: it waits until no
        other decision has followed for a while, half a second at most.
        """
        if decisions == self.decisions:
            return
        self.decisions = decisions
        if self._comparing is not None:
            self._comparing.progress.cancel()
            self._comparing = None
        self._soon.start(round(min(self._took_ms, MOST_WAIT_MS)))
        self.decided.emit()
        self.busy.emit(COMPARING)

    def name_layout(self, fingerprint: str, name: str) -> None:
        """Remember what the columns of a layout hold under a name of its own; nothing else hangs on that."""
        self.decisions = with_layout_name(self.decisions, fingerprint, name)
        self.now = named(self.now, self.decisions)

    def answer(self, place: Place, ref: str) -> None:
        """Say which action a row is, by its ref; "" for a new one."""
        store = self.desk.store

        def find(_progress: Progress) -> int | None:
            return action_named(store, ref)[0] if ref else None

        def done(_task: Task, found: int | Refused | None) -> None:
            if isinstance(found, Refused):
                self.refused.emit(found.sentence)
            else:
                self.decide(with_answer(self.decisions, place, found))

        self._start("Looking up", find, done)

    def close(self) -> None:
        """Hear no more of what is under way, and compare no further."""
        self._closed = True
        self._soon.stop()
        if self._comparing is not None:
            self._comparing.progress.cancel()

    def forget(self, layout: LayoutRow) -> None:
        """Forget what was remembered of a layout, and read its tables as if for the first time."""
        store = self.desk.store

        def done(_task: Task, result: Refused | None) -> None:
            if isinstance(result, Refused):
                self.refused.emit(result.sentence)
                self.decide(self.decisions)
                return
            tables = [
                table.place
                for sheet in self.now.sheets.values()
                for table in sheet.tables
                if table.mapping.fingerprint == layout.fingerprint
            ]
            self.said.emit(FORGOTTEN)
            self.decide(with_layout_forgotten(self.decisions, tables, layout.fingerprint))

        self._start("Forgetting", lambda _progress: forget_layout(store, layout.id), done)

    def always(self, field: ActionField, heading: str) -> None:
        """Read columns with this heading as a field from now on, in whichever file."""
        store = self.desk.store

        def done(_task: Task, result: Refused | None) -> None:
            if isinstance(result, Refused):
                self.refused.emit(result.sentence)
            else:
                self.said.emit(f"A column called “{heading}” is read as {field.label} from now on. {LISTED}")
                self.decide(self.decisions)

        self._start("Remembering", lambda _progress: remember_wording(store, field, heading), done)

    def bring_in(self) -> None:
        """Back the store up and apply the comparison that is shown, all of it or nothing."""
        store, plan = self.desk.store, self.plan

        def work(progress: Progress) -> Applied | Refused:
            try:
                return accept(store, plan, progress, progress.is_cancelled)
            except (Cancelled, ImportCancelledError):
                return Refused(STOPPED)

        def done(_task: Task, result: Applied | Refused) -> None:
            if isinstance(result, Refused):
                self.refused.emit(result.sentence)
                self.decide(self.decisions)
            else:
                self.applied = result
                self.brought_in.emit(result)

        self.writing = self._start(BRINGING_IN, work, done)

    def take_back(self, import_id: int) -> None:
        """Take back what was brought in."""
        store = self.desk.store

        def done(_task: Task, result: UndoOutcome | Refused) -> None:
            if isinstance(result, Refused):
                self.refused.emit(result.sentence)
            else:
                self.taken_back.emit(result)

        self.writing = self._start(TAKING_BACK, lambda _progress: undo_import(store, import_id), done)

    def _start(
        self, words: str, work: Callable[[Progress], Result], done: Callable[[Task, Result | Refused], None]
    ) -> Task:
        """Run work in its turn; its result, or its refusal, reaches ``done`` unless the review was closed."""

        def finish(result: Result | Refused) -> None:
            self._rest()
            if not self._closed:
                done(task, result)

        task = self.desk.tasks.run(words, attempted(work), finish)
        self._under_way.append(task)
        self.busy.emit(words)
        return task

    def _on_ended(self, task: Task) -> None:
        if task in self._under_way:
            self._under_way.remove(task)
            QTimer.singleShot(0, self, self._rest)  # work that failed has no result to finish with

    def _rest(self) -> None:
        if not self.is_busy and not self._closed:
            self.busy.emit("")


def attempted(work: Callable[[Progress], Result]) -> Callable[[Progress], Result | Refused]:
    """Return the work with its refusal as a result."""

    def attempt(progress: Progress) -> Result | Refused:
        try:
            return work(progress)
        except CspError as refusal:
            return Refused(str(refusal))

    return attempt
