"""Looking after the open store: one check behind the first page, and a backup every half hour if anything changed."""

from PySide6.QtCore import QObject, QTimer, Signal

from csp_desktop.backup import Reason
from csp_desktop.checking import CheckReport, check_store
from csp_desktop.settings import Preferences
from csp_desktop.store import Store
from csp_desktop.workspace import back_up_store, has_changed_since_backup
from ui.tasks import Progress, Tasks

HALF_AN_HOUR_MS = 30 * 60_000


class StoreCare(QObject):
    """``worried(sentence)`` where the check finds damage."""

    worried = Signal(str)

    def __init__(self, store: Store, tasks: Tasks, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = tasks
        self.second_folder = preferences.second_backup_folder
        self._timer = QTimer(self)
        self._timer.setInterval(HALF_AN_HOUR_MS)
        self._timer.timeout.connect(self.back_up)

    def begin(self) -> None:
        """Check the store once and start the clock for backups."""
        self._timer.start()
        self._tasks.run("Checking the store", lambda _progress: check_store(self._store), self._on_checked)

    def back_up(self) -> None:
        """Back the store up if anything was written since the last backup. A refusal is shown like any other."""
        self._tasks.run("Backing up", self._back_up, lambda _made: None)

    def _back_up(self, _progress: Progress) -> bool:
        changed = has_changed_since_backup(self._store)
        if changed:
            back_up_store(self._store, Reason.SCHEDULED, self.second_folder)
        return changed

    def _on_checked(self, report: CheckReport) -> None:
        if not report.is_whole:
            self.worried.emit(report.sentence)
