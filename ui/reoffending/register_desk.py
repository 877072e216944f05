"""From a chosen file to a register brought in: read off the window's thread, looked through, taken or dropped."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csp_desktop.errors import CspError
from csp_desktop.imports.registers.applying import AppliedRegister
from ui.desk import Desk
from ui.dialogs.register_review import RegisterReview
from ui.forms.registers import Wanted
from ui.reoffending.register_session import Compared, read_register
from ui.review.session import Refused, attempted
from ui.tasks import Task


class RegisterDesk(QObject):
    """``told(sentence)`` once a file is in; ``review`` is the one that is open, None where there is none."""

    told = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._reading: Task | None = None
        self.review: RegisterReview | None = None
        desk.tasks.ended.connect(self._on_ended)

    def begin(self, wanted: Wanted) -> None:
        """Read a file. Raises CspError while another is read."""
        if self._reading is not None or self.review is not None:
            raise CspError("Another register is being read. Wait until it is done, or cancel it.")
        work = attempted(partial(read_register, self._desk, wanted.path, wanted.request))
        self._reading = self._desk.tasks.run(f"Reading {wanted.path.name}", work, self._on_read)

    def _on_ended(self, task: Task) -> None:
        if task is self._reading:
            self._reading = None

    def _on_read(self, read: Compared | Refused) -> None:
        if isinstance(read, Refused):
            raise CspError(read.sentence)
        self.review = RegisterReview(self._desk, read, self._page.window())
        self.review.brought_in.connect(self._on_brought_in)
        self.review.finished.connect(self._on_closed)
        self.review.open()

    def _on_brought_in(self, applied: AppliedRegister) -> None:
        if self.review is not None and applied.import_id is not None:
            name = self.review.session.now.plan.staged.name
            self.told.emit(f"“{name}” is in, as import {applied.import_id}. Ctrl+Z takes it back whole.")

    def _on_closed(self) -> None:
        review, self.review = self.review, None
        if review is not None:
            review.deleteLater()
        self.closed.emit()
