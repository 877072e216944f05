"""The window before the store: first run, unlock, and what lies between them. QtWidgets alone."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csp_desktop.errors import CspError, StoreDamagedError
from ui.dialogs.first_run import CreatePage, RecoveryPage, WelcomePage
from ui.dialogs.gate import Created, Gate
from ui.dialogs.missing import MissingPage
from ui.dialogs.unlock import UnlockPage
from ui.tasks import Tasks
from ui.theme import px


class Front(QWidget):
    """Leads to an open store: welcome, create, recovery key, unlock. ``entered()`` once it is open."""

    entered = Signal()

    def __init__(self, gate: Gate, tasks: Tasks, path: Path | None) -> None:
        super().__init__()
        self._gate = gate
        self._tasks = tasks
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
        page = WelcomePage(self._gate)
        page.create_asked.connect(self.create_store)
        page.store_chosen.connect(self.unlock)
        self._show(page)

    def missing(self, path: Path, refusal: str = "") -> None:
        """Say that a store is not where it is looked for, and what can be done."""
        page = MissingPage(path, refusal)
        page.create_asked.connect(self.create_store)
        page.store_chosen.connect(self.unlock)
        page.backup_chosen.connect(self._on_backup_chosen)
        self._show(page)
        page.take_focus()

    def create_store(self, place: Path | None = None) -> None:
        """Ask what a new store needs; ``place`` is where it is to lie."""
        page = CreatePage(self._gate, self._tasks, place)
        page.created.connect(self._on_created)
        page.cancelled.connect(partial(self.missing, place) if place else self.welcome)
        self._show(page)
        page.form.focus_first()

    def _on_backup_chosen(self, path: Path, backup: Path) -> None:
        self.unlock(path)
        page = self.page()
        if isinstance(page, UnlockPage):
            page.offer_backup(backup)

    def unlock(self, path: Path) -> None:
        """Ask for the secret of a store."""
        page = UnlockPage(self._gate, self._tasks, path)
        page.create_asked.connect(self.create_store)
        page.entered.connect(self.entered)
        self._show(page)
        page.secret.setFocus()

    def refused(self, error: CspError) -> None:
        """Show a refusal on the page it belongs to."""
        page = self.page()
        if isinstance(page, UnlockPage | CreatePage | RecoveryPage):
            page.refused(error)
        if isinstance(page, UnlockPage) and not page.is_restoring and not page.path.exists():
            self.missing(page.path, str(error) if isinstance(error, StoreDamagedError) else "")

    def _on_created(self, path: Path, passphrase: str, made: Created) -> None:
        page = RecoveryPage(path.name, made)
        page.kept.connect(lambda: self._on_kept(path, passphrase))
        self._show(page)

    def _on_kept(self, path: Path, passphrase: str) -> None:
        self.unlock(path)
        page = self.page()
        if isinstance(page, UnlockPage):
            page.secret.setText(passphrase)
            page.unlock()

    def _show(self, page: QWidget) -> None:
        former = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()
