"""Unlocking a store: passphrase or recovery key, and a way on where the file is damaged. QtWidgets alone."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from csp_desktop.errors import CspError, StoreDamagedError
from ui.dialogs.front_page import AskingPage, centred
from ui.dialogs.gate import Gate
from ui.tasks import Tasks
from ui.theme import px
from ui.widgets import button, label, restyled

if not TYPE_CHECKING:
    from ui.overriding import override
else:
    from typing_extensions import override

NEWEST = "Restore the newest good backup"
NOTHING_TYPED = "Type the passphrase, or the recovery key that was printed when the store was created."


class UnlockPage(AskingPage):
    """Asks for the secret of one store.

    ``entered()`` once it is open, ``create_asked()`` for a new one instead, ``gone(path, error)`` where it went while
    it was asked about.
    """

    entered = Signal()
    gone = Signal(object, object)
    create_asked = Signal()

    def __init__(self, gate: Gate, tasks: Tasks, path: Path) -> None:
        super().__init__()
        self._gate = gate
        self._tasks = tasks
        self._path = path
        self._backup: Path | None = None
        self.secret = QLineEdit()
        self.words = label("", "muted", wrap=True)
        self.unlock_button = button("Unlock", self.unlock, "primary")
        self.restore_button = button(NEWEST, self._on_restore)
        self._lay_out()
        tasks.ended.connect(self._on_task_ended)
        self.show_store(path)

    def _lay_out(self) -> None:
        self._where = label("", "muted", wrap=True)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName("Passphrase or recovery key")
        self.secret.returnPressed.connect(self._on_return)
        asked = label("Passphrase or recovery key")
        asked.setBuddy(self.secret)
        column = centred(self)
        column.addWidget(label("CSP Desktop", "title"))
        column.addWidget(self._where)
        column.addSpacing(px(12))
        column.addWidget(asked)
        column.addWidget(self.secret)
        column.addWidget(self.words)
        column.addSpacing(px(4))
        row = QHBoxLayout()
        row.addWidget(self.unlock_button)
        row.addWidget(self.restore_button)
        row.addStretch()
        column.addLayout(row)
        column.addSpacing(px(16))
        self._others = (
            button("Open another store", self._on_other, "link"),
            button("Create a new store", self.create_asked.emit, "link"),
        )
        for each in self._others:
            column.addWidget(each)

    def show_store(self, path: Path) -> None:
        """Ask for the secret of this store."""
        self._path = path
        self._where.setText(f"{path.name} in {path.parent}")
        self._backup = None
        self.restore_button.hide()
        self.unlock_button.show()
        self.say("", "muted")

    @property
    def path(self) -> Path:
        """The store that is asked about."""
        return self._path

    def offer_backup(self, backup: Path) -> None:
        """Offer to put this backup in the place of the store."""
        self._backup = backup
        there = self._path.exists()
        self.restore_button.setText(f"Restore {backup.name}" if there else "Restore this backup")
        self.restore_button.show()
        self.unlock_button.setVisible(there)
        what = f"{backup.name}: type its passphrase or recovery key, then restore it."
        self.say(f"{what} Or unlock the store as it is." if there else what, "muted")

    def _on_return(self) -> None:
        if self.unlock_button.isHidden():
            self._on_restore()
        else:
            self.unlock()

    def unlock(self) -> None:
        """Try what was typed."""
        path, secret = self._path, self.secret.text()
        if not secret:
            self.say(NOTHING_TYPED, "warning")
            return
        self._wait(waiting=True)
        self.say("Unlocking …", "muted")
        self._tasks.run("Unlocking", lambda _progress: self._gate.enter(path, secret), self._on_entered)

    @override
    def refused(self, error: CspError) -> None:
        self.say(str(error), "error")
        if isinstance(error, StoreDamagedError):
            self._backup = error.backup
            self.restore_button.setText(NEWEST)
        self.restore_button.setVisible(self._backup is not None)
        self.unlock_button.setVisible(self._path.exists())
        self.secret.setFocus()
        self.secret.selectAll()
        if self._backup is None and not self._path.exists():
            self.gone.emit(self._path, error)

    def say(self, sentence: str, kind: str) -> None:
        """Show a sentence below the line."""
        self.words.setText(sentence)
        self.words.setProperty("kind", kind)
        restyled(self.words)

    def _wait(self, *, waiting: bool) -> None:
        for each in (self.unlock_button, self.restore_button, *self._others):
            each.setEnabled(not waiting)

    def _on_task_ended(self, _task: object) -> None:
        self._wait(waiting=False)

    def _on_entered(self, _nothing: None) -> None:
        self.secret.clear()
        self.say("", "muted")
        self.entered.emit()

    def _on_restore(self) -> None:
        backup, path, secret = self._backup, self._path, self.secret.text()
        if not secret:
            self.say(NOTHING_TYPED, "warning")
        elif backup is not None:
            self._wait(waiting=True)
            self.say(f"Restoring {backup.name} …", "muted")
            self._tasks.run("Restoring", lambda _progress: self._restored(backup, path, secret), self._on_restored)

    def _restored(self, backup: Path, path: Path, secret: str) -> str:
        return self._gate.restore(backup, path, secret)

    def _on_restored(self, sentence: str) -> None:
        self._backup = None
        self.restore_button.hide()
        self.unlock_button.show()
        self.secret.setFocus()
        self.say(sentence, "ok")

    def _on_other(self) -> None:
        self._gate.ready()
        from ui.files import choose_store

        chosen = choose_store(self, self._path.parent)
        if chosen is not None:
            self.show_store(chosen)
            self.secret.setFocus()
