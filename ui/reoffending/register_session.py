"""One register's file under review: staged and compared away from the window's thread, applied or dropped whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from csp_desktop.errors import CspError
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.registers.applying import AppliedRegister, apply_register
from csp_desktop.imports.registers.planning import drop_register, plan_register, replan_register, said_rows
from csp_desktop.imports.registers.register_plan import RegisterPlan, RegisterRequest
from csp_desktop.registers.forms import form_of
from ui.desk import Desk
from ui.reoffending.register_words import NumberedRow, numbered
from ui.review.session import Refused, attempted
from ui.tasks import Cancelled, Progress, Task

T = TypeVar("T")
MOST_LISTED = 2_000
COMPARING, BRINGING_IN = "Comparing", "Bringing in; a backup is made first"


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with the first of the rows that there is something to say of."""

    plan: RegisterPlan
    rows: list[NumberedRow]


def read_register(desk: Desk, path: Path, request: RegisterRequest, progress: Progress) -> Compared:
    """Read and compare a file, in the worker; cancelling drops what was staged."""
    plan = plan_register(desk.store, path, request, desk.today(), (progress, _stopping(progress)))
    return _compared(desk, plan)


def _compared(desk: Desk, plan: RegisterPlan) -> Compared:
    rows = said_rows(desk.store, plan, limit=MOST_LISTED)
    return Compared(plan, numbered(form_of(plan.request.register), rows))


def _stopping(progress: Progress) -> Callable[[], bool]:
    def stopped() -> bool:
        if progress.is_cancelled():
            raise Cancelled
        return False

    return stopped


class RegisterSession(QObject):
    """``compared(Compared)`` after each decision, ``applied(AppliedRegister)``, ``refused(sentence)``, ``busy(words)``.

    What is shown is what is applied: nothing can be brought in while a newer comparison is under way.
    """

    compared = Signal(object)
    applied = Signal(object)
    refused = Signal(str)
    busy = Signal(str)

    def __init__(self, desk: Desk, first: Compared, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.now = first
        self._task: Task | None = None
        self._is_over = False
        desk.tasks.ended.connect(self._on_ended)

    @property
    def is_busy(self) -> bool:
        """Say whether something is under way."""
        return self._task is not None

    def owns(self, task: Task) -> bool:
        """Say whether a piece of work is this review's."""
        return task is self._task

    def mean(self, sheet: str, heading: str, field: str) -> None:
        """Say what a column holds, "" for nothing that is read; whatever held that field before is then not read."""
        read = next(each for each in self.now.plan.sheets if each.name == sheet)
        said = {column.heading: column.field for column in read.columns}
        said |= {other: "" for other, held in said.items() if field and held == field}
        said[heading] = field
        request = self.now.plan.request
        self._decide(replace(request, mappings={**request.mappings, sheet: said}))

    def order(self, order: DateOrder) -> None:
        """Say how dates are to be read."""
        self._decide(replace(self.now.plan.request, date_order=order))

    def _decide(self, request: RegisterRequest) -> None:
        if self.is_busy:
            return
        desk, before = self._desk, self.now.plan

        def work(progress: Progress) -> Compared | Refused:
            try:
                return _compared(desk, replan_register(desk.store, before, request, desk.today(), (progress, None)))
            except (CspError, Cancelled) as refusal:
                told = str(refusal) if isinstance(refusal, CspError) else "Cancelled: the columns are as they were."
                again = replan_register(desk.store, before, before.request, desk.today())
                self.now = _compared(desk, again)
                return Refused(told)

        self._start(COMPARING, work, self._on_compared)

    def _on_compared(self, found: Compared | Refused) -> None:
        if isinstance(found, Refused):
            self.refused.emit(found.sentence)
        else:
            self.now = found
        self.compared.emit(self.now)

    def bring_in(self) -> None:
        """Write what is shown."""
        if self.is_busy:
            return
        store, plan = self._desk.store, self.now.plan

        def work(progress: Progress) -> AppliedRegister:
            return apply_register(store, plan, (progress, _stopping(progress)))

        def done(found: AppliedRegister | Refused) -> None:
            if isinstance(found, Refused):
                self.refused.emit(found.sentence)
            else:
                self._is_over = True
                self.applied.emit(found)

        self._start(BRINGING_IN, attempted(work), done)

    def drop(self) -> None:
        """Drop what was staged, unless it is in; nothing of the file stays."""
        if not self._is_over:
            self._is_over = True
            store, plan = self._desk.store, self.now.plan
            self._desk.tasks.run("Clearing up", lambda _progress: drop_register(store, plan), lambda _none: None)

    def _start(self, words: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        self._task = self._desk.tasks.run(words, work, done)
        self.busy.emit(words)

    def _on_ended(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            self.busy.emit("")
