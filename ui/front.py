"""The window before the store: first run, unlock, and what lies between them. QtWidgets alone.

Each page is imported when it is shown: the first one decides how soon the program is there.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csp_desktop.errors import CspError, StoreDamagedError
from ui.dialogs.front_page import AskingPage
from ui.theme import px

if not TYPE_CHECKING:
    from ui.overriding import override
else:
    from typing_extensions import override

if TYPE_CHECKING:
    from ui.dialogs.gate import Gate
    from ui.dialogs.new_store import Created
    from ui.dialogs.unlock import UnlockPage
    from ui.tasks import Tasks


class Front(QWidget):
    """Leads to an open store: welcome, create, recovery key, unlock.

    ``painted()`` once, when it was first seen, ``entered()`` once the store is open.
    """

    painted = Signal()
    entered = Signal()

    def __init__(self, gate: "Gate", tasks: "Tasks", path: Path | None) -> None:
        super().__init__()
        self._gate = gate
        self._tasks = tasks
        self._is_painted = False
        self.setWindowTitle("CSP Desktop")
        self.resize(px(760), px(640))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        self._stack = QStackedWidget()
        column.addWidget(self._stack)
        if path is None:
            self.welcome()
        elif path.exists():
            self.unlock(path)
        else:
            self.missing(path)

    def page(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._stack.currentWidget()

    def welcome(self) -> None:
        """Offer to create a store or to open one."""
        from ui.dialogs.welcome import WelcomePage

        page = WelcomePage(self._gate)
        page.create_asked.connect(self.create_store)
        page.store_chosen.connect(self.unlock)
        self._show(page)

    def missing(self, path: Path, refusal: str = "") -> None:
        """Say that a store is not where it is looked for, and what can be done."""
        self._gate.ready()
        from ui.dialogs.missing import MissingPage

        page = MissingPage(path, refusal)
        page.create_asked.connect(self.create_store)
        page.store_chosen.connect(self.unlock)
        page.backup_chosen.connect(self._on_backup_chosen)
        self._show(page)
        page.take_focus()

    def create_store(self, place: Path | None = None) -> None:
        """Ask what a new store needs; ``place`` is where it is to lie."""
        self._gate.ready()
        from ui.dialogs.first_run import CreatePage

        page = CreatePage(self._gate, self._tasks, place)
        page.created.connect(self._on_created)
        page.cancelled.connect(partial(self.missing, place) if place else self.welcome)
        self._show(page)
        page.form.focus_first()

    def _on_backup_chosen(self, path: Path, backup: Path) -> None:
        self.unlock(path).offer_backup(backup)

    def unlock(self, path: Path) -> "UnlockPage":
        """Ask for the secret of a store, on the page that is returned."""
        self._gate.ready()
        from ui.dialogs.unlock import UnlockPage

        page = UnlockPage(self._gate, self._tasks, path)
        page.create_asked.connect(self.create_store)
        page.entered.connect(self.entered)
        page.gone.connect(self._on_gone)
        self._show(page)
        page.secret.setFocus()
        return page

    def refused(self, error: CspError) -> None:
        """Show a refusal on the page it belongs to."""
        page = self.page()
        if isinstance(page, AskingPage):
            page.refused(error)

    def _on_gone(self, path: Path, error: CspError) -> None:
        self.missing(path, str(error) if isinstance(error, StoreDamagedError) else "")

    def _on_created(self, path: Path, passphrase: str, made: "Created") -> None:
        from ui.dialogs.first_run import RecoveryPage

        page = RecoveryPage(path.name, made)
        page.kept.connect(lambda: self._on_kept(path, passphrase))
        self._show(page)

    def _on_kept(self, path: Path, passphrase: str) -> None:
        page = self.unlock(path)
        page.secret.setText(passphrase)
        page.unlock()

    def _show(self, page: QWidget) -> None:
        former = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()
