"""A store that is not where it is looked for: restore a backup of it, open another, or create one. QtWidgets alone."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csp_desktop.location import StoreFiles
from ui.dialogs.front_page import centred
from ui.files import choose_backup, choose_store
from ui.theme import px
from ui.widgets import button, label

AWAY = "It may have been moved or renamed, or the disk that it is on is not connected."


class MissingPage(QWidget):
    """Says which store is not there. ``create_asked(path)``, ``store_chosen(path)``, ``backup_chosen(path, backup)``.

    Where its backups are still there, restoring one is what is offered first: a new store would be an empty one.
    """

    create_asked = Signal(object)
    store_chosen = Signal(object)
    backup_chosen = Signal(object, object)

    def __init__(self, path: Path, refusal: str = "") -> None:
        super().__init__()
        self._path = path
        has_backups = self._backups() != path.parent
        column = centred(self)
        column.addWidget(label("There is no store here", "title", wrap=True))
        self.words = label(self._told(has_backups=has_backups), wrap=True)
        column.addWidget(self.words)
        if refusal:
            column.addWidget(label(refusal, "error", wrap=True))
        column.addSpacing(px(12))
        self.restore_button = button("Restore a backup", self._on_restore, "primary" if has_backups else "")
        self.open_button = button("Open another store", self._on_open)
        self.create_button = button(
            "Create a store here", lambda: self.create_asked.emit(path), "" if has_backups else "primary"
        )
        buttons = [self.create_button, self.open_button, self.restore_button]
        self._order(column, list(reversed(buttons)) if has_backups else buttons)

    def take_focus(self) -> None:
        """Put the focus on what is offered first."""
        first = self.restore_button if self.restore_button.property("primary") else self.create_button
        first.setFocus()

    def _order(self, column: QVBoxLayout, buttons: Sequence[QWidget]) -> None:
        for each in buttons:
            column.addWidget(each)
        for former, following in pairwise(buttons):
            QWidget.setTabOrder(former, following)

    def _backups(self) -> Path:
        """Return the folder of its backups, or where the store should be when there is none."""
        folder = StoreFiles(self._path).backups
        return folder if folder.is_dir() and any(folder.iterdir()) else self._path.parent

    def _told(self, *, has_backups: bool) -> str:
        what = f"{self._path.name} is not in {self._path.parent}."
        return f"{what} Its backups are still there." if has_backups else f"{what} {AWAY}"

    def _on_restore(self) -> None:
        backup = choose_backup(self, self._backups())
        if backup is not None:
            self.backup_chosen.emit(self._path, backup)

    def _on_open(self) -> None:
        chosen = choose_store(self, self._path.parent)
        if chosen is not None:
            self.store_chosen.emit(chosen)
