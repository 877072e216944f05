"""One file under review: what was decided, the newest comparison, and bringing it in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from csp_desktop.charts.rag import RagMark
from csp_desktop.commands.imports import forget_layout, undo_import
from csp_desktop.errors import CspError
from csp_desktop.imports.applying import Applied, ImportCancelledError
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.planning import REGISTER, Decisions, ImportPlan, Place, plan_import
from csp_desktop.imports.reviewing import action_named, review_rows, settled, with_answer, with_layout_forgotten
from csp_desktop.imports.rewording import remember_wording
from csp_desktop.imports.running import accept
from csp_desktop.imports.sheet_marks import OrderSample, SheetMarks, marks_of, order_sample
from csp_desktop.queries.layouts import LayoutRow, layouts_by_mark
from csp_desktop.queries.plans import list_rag_values
from csp_desktop.store import Store
from csp_desktop.undo import UndoOutcome
from ui.desk import Desk
from ui.tables.review import ReviewLine
from ui.tasks import Cancelled, Progress, Task

Result = TypeVar("Result")
FORGOTTEN = (
    "Forgotten: the columns of these headings are read as if for the first time. Undo in the window brings it back."
)
LISTED = "Set-up lists it under Column headings, and Undo in the window takes it back."
STOPPED = "Cancelled: nothing was brought in, and the store is as it was."


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal on its way to the screen that asked, which lies above the window's own place for sentences."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with the marks of the plan it goes to, and every row and sheet of the file as the review shows it.

    ``layouts`` are those of its tables that were seen before, by fingerprint; ``order`` is a date that reads both ways.
    """

    plan: ImportPlan
    marks: tuple[RagMark, ...]
    lines: tuple[ReviewLine, ...]
    sheets: Mapping[str, SheetMarks]
    layouts: Mapping[str, LayoutRow]
    order: OrderSample | None


def compared(store: Store, plan: ImportPlan) -> Compared:
    """Put a comparison in words, away from the window's thread: a long plan has thousands of rows."""
    values = list_rag_values(store, plan.plan.rag_scheme_id)
    marks = tuple(RagMark(v.letter, v.word, v.shape, v.fill, v.ink) for v in values)
    rows = review_rows(plan)
    several = len({row.sheet for row in rows}) > 1
    sheets = marks_of(plan, rows)
    prints = {table.mapping.fingerprint for each in sheets.values() for table in each.tables}
    return Compared(
        plan,
        marks,
        tuple(ReviewLine.of(row, marks, several=several) for row in rows),
        sheets,
        layouts_by_mark(store, REGISTER, prints),
        order_sample(plan),
    )


class Session(QObject):
    """Compares again after each decision, away from the window's thread; of several comparisons the newest counts.

    ``compared(Compared)``, ``brought_in(Applied)``, ``taken_back(UndoOutcome)``, ``refused(sentence)``, and
    ``busy(bool)`` while what is shown is not yet what was decided. ``said(sentence)`` of what was done
    meanwhile.
    """

    compared = Signal(object)
    brought_in = Signal(object)
    taken_back = Signal(object)
    refused = Signal(str)
    said = Signal(str)
    busy = Signal(bool)

    def __init__(self, desk: Desk, first: Compared, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.now = first
        self.decisions = settled(first.plan)
        self.applied: Applied | None = None
        self.bringing: Task | None = None
        self._asked = 0
        self._closed = False

    @property
    def plan(self) -> ImportPlan:
        """The newest comparison."""
        return self.now.plan

    def decide(self, decisions: Decisions) -> None:
        """Compare again with these decisions; where that is refused, the former ones stand."""
        former, self.decisions = self.decisions, decisions
        store, file, today = self.desk.store, self.plan.file, self.desk.today()
        self._asked += 1
        number = self._asked

        def work(_progress: Progress) -> Compared:
            return compared(store, plan_import(store, file, decisions, today))

        def done(result: Compared | Refused) -> None:
            if number != self._asked or self._closed:
                return
            if isinstance(result, Refused):
                self.decisions = former
                self.refused.emit(result.sentence)
            else:
                self.now = result
            self.busy.emit(False)
            self.compared.emit(self.now)

        self.busy.emit(True)
        self.desk.tasks.run("Comparing", attempted(work), done)

    def answer(self, place: Place, ref: str) -> None:
        """Say which action a row is, by its ref; "" for a new one."""
        store = self.desk.store

        def find(_progress: Progress) -> int | None:
            return action_named(store, ref)[0] if ref else None

        def done(found: int | Refused | None) -> None:
            if self._closed:
                return
            if isinstance(found, Refused):
                self.refused.emit(found.sentence)
            else:
                self.decide(with_answer(self.decisions, place, found))

        self.desk.tasks.run("Looking up", attempted(find), done)

    def close(self) -> None:
        """Hear no more of comparisons under way."""
        self._closed = True

    def forget(self, layout: LayoutRow) -> None:
        """Forget what was remembered of a layout, and read its tables as if for the first time."""
        store = self.desk.store

        def done(result: Refused | None) -> None:
            if self._closed:
                return
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

        self.desk.tasks.run("Forgetting", attempted(lambda _progress: forget_layout(store, layout.id)), done)

    def always(self, field: ActionField, heading: str) -> None:
        """Read columns with this heading as a field from now on, in whichever file."""
        store = self.desk.store

        def done(result: Refused | None) -> None:
            if self._closed:
                return
            if isinstance(result, Refused):
                self.refused.emit(result.sentence)
            else:
                self.said.emit(f"A column called “{heading}” is read as {field.label} from now on. {LISTED}")
                self.decide(self.decisions)

        self.desk.tasks.run("Remembering", attempted(lambda _progress: remember_wording(store, field, heading)), done)

    def bring_in(self) -> None:
        """Back the store up and apply the comparison that is shown, all of it or nothing."""
        store, plan = self.desk.store, self.plan

        def work(progress: Progress) -> Applied | Refused:
            try:
                return accept(store, plan, progress, progress.is_cancelled)
            except (Cancelled, ImportCancelledError):
                return Refused(STOPPED)

        def done(result: Applied | Refused) -> None:
            self.bringing = None
            self.busy.emit(False)
            if isinstance(result, Refused):
                self.refused.emit(result.sentence)
                self.decide(self.decisions)
            else:
                self.applied = result
                self.brought_in.emit(result)

        self.busy.emit(True)
        self.bringing = self.desk.tasks.run("Bringing in", attempted(work), done)

    def take_back(self, import_id: int) -> None:
        """Take back what was brought in."""
        store = self.desk.store

        def done(result: UndoOutcome | Refused) -> None:
            self.busy.emit(False)
            if isinstance(result, Refused):
                self.refused.emit(result.sentence)
            else:
                self.taken_back.emit(result)

        self.busy.emit(True)
        self.desk.tasks.run("Taking back", attempted(lambda _progress: undo_import(store, import_id)), done)


def attempted(work: Callable[[Progress], Result]) -> Callable[[Progress], Result | Refused]:
    """Return the work with its refusal as a result."""

    def attempt(progress: Progress) -> Result | Refused:
        try:
            return work(progress)
        except CspError as refusal:
            return Refused(str(refusal))

    return attempt
