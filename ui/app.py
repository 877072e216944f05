"""The wiring: application, theme, error boundary, the front window, and after the unlock the one window.

Only what the first window shows is imported before it is painted. A thread loads the rest while the passphrase is
typed; SQLAlchemy and the pages alone take longer than everything before them.
"""

import gc
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from csp_desktop import assets, settings
from csp_desktop.errors import CspError
from csp_desktop.folders import default_store_path, settings_folder
from ui import theme
from ui.dialogs.gate import Gate
from ui.errors import Boundary, CrashLog
from ui.front import Front
from ui.remembered import Remembered
from ui.tasks import Tasks

if TYPE_CHECKING:
    from csp_desktop.audit import Who
    from csp_desktop.store import Store
    from ui.care import StoreCare
    from ui.dialogs.new_store import Created, NewStore
    from ui.idle import IdleWatch
    from ui.window import Window

FONTS = (
    "LiberationSans-Regular",
    "LiberationSans-Bold",
    "NotoNaskhArabic-Regular",
    "NotoSansGujarati-Regular",
    "NotoSansGurmukhi-Regular",
)
QUIET = "qt.text.font.db.info=false"  # it tells of each font that it passes over on the way to the one that fits


def now() -> datetime:
    """Return the present instant in UTC; the one clock of the program."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day on this PC."""
    return now().astimezone().date()


class Program(QObject):
    """Holds the one open store and shows the front or the window. ``store_asked`` is a path named at the start."""

    def __init__(self, app: QApplication, store_asked: Path | None, folder: Path) -> None:
        super().__init__(app)
        self._app = app
        self._store: Store | None = None
        self._window: Window | None = None
        self._idle: IdleWatch | None = None
        self._care: StoreCare | None = None
        self._preferences_file = folder / "preferences.json"
        self._preferences = settings.load_preferences(self._preferences_file)
        self._remembered = Remembered(folder / "window.ini")
        self.boundary = Boundary(CrashLog(folder / "logs" / "faults.log", now), self)
        self.boundary.refused.connect(self._on_refused)
        self.boundary.crashed.connect(self._on_crashed)
        self.tasks = Tasks(self)
        self.tasks.ended.connect(self._on_work_ended)
        self._lock_is_due = False
        self._warming = Thread(target=_warm, name="warming", daemon=True)
        self.front = Front(self._gate(), self.tasks, self._first_store(store_asked))
        self.front.painted.connect(self._on_painted, Qt.ConnectionType.QueuedConnection)
        self.front.entered.connect(self._open_window)

    @property
    def window(self) -> "Window | None":
        """The window on the open store, None while it is locked."""
        return self._window

    def _on_painted(self) -> None:
        """Do what the first window can be seen without: its icon, the ring round the focus, the rest of the program."""
        from PySide6.QtGui import QIcon

        from ui.focus import FocusWatch

        gc.enable()
        self._app.setWindowIcon(QIcon(str(assets.path("icons/csp-desktop.svg"))))
        FocusWatch(self._app).follow(self._app.focusWidget())
        self._warming.start()

    def _first_store(self, asked: Path | None) -> Path | None:
        """Return the store to ask about, also one that is gone; None on a fresh machine."""
        known = asked or self._preferences.last_store
        if known is not None:
            return known
        return default_store_path() if default_store_path().exists() else None

    def _gate(self) -> Gate:
        return Gate(
            create=self._create,
            enter=self._enter,
            restore=self._restore,
            judge=refusal_of_place,
            ready=self._wait_for_the_rest,
            default_path=default_store_path,
            display_name=self._display_name,
        )

    def _wait_for_the_rest(self) -> None:
        """Wait until the thread has loaded the program: two threads that import at once can see half a module."""
        if self._warming.is_alive():
            self._warming.join()

    def _display_name(self) -> str:
        return self._remembered.text("name") or account()

    def _who(self) -> "Who":
        from csp_desktop.audit import Who

        return Who(account(), self._display_name())

    def _create(self, wish: "NewStore") -> "Created":
        self._wait_for_the_rest()
        from csp_desktop.audit import Who
        from csp_desktop.commands.starting import found_store
        from csp_desktop.workspace import Filling, create_filled_store
        from ui.dialogs.new_store import Created

        who = Who(account(), wish.display_name)
        filling = Filling(lambda store: found_store(store, wish.plan))
        made = create_filled_store(wish.path, wish.passphrase, who, now, filling)
        made.store.close()  # the window then unlocks it like any other
        self._remembered.keep_text("name", wish.display_name)
        return Created(made.recovery_key, made.warnings)

    def _enter(self, path: Path, secret: str) -> None:
        self._wait_for_the_rest()
        from csp_desktop.workspace import open_store

        self._store = open_store(path, secret, self._who(), now)

    def _restore(self, backup: Path, path: Path, secret: str) -> str:
        self._wait_for_the_rest()
        from csp_desktop.restore import restore

        restored = restore(backup, path, secret, self._who(), now())
        kept = f" The damaged file was kept as {restored.damaged_file.name}." if restored.damaged_file else ""
        return f"{backup.name} is in place.{kept} Unlock it now."

    def _open_window(self) -> None:
        from csp_desktop.queries.plans import profile
        from ui.care import StoreCare
        from ui.desk import Desk, House
        from ui.news import News
        from ui.places import PLACES
        from ui.window import Heading, Window

        store = self._store
        if store is None:
            return
        about = profile(store)
        house = House(lambda: self._preferences, self._settle, self._restore_in_place)
        desk = Desk(store, self.tasks, News(store, self), today, self._remembered, house)
        self._window = Window(desk, PLACES, Heading(about.name, about.default_marking))
        self._window.lock_asked.connect(self.lock)
        self._window.closed.connect(self._on_window_closed)
        if self._remembered.geometry().isEmpty() and self._window.fills_screen():
            self._window.showMaximized()
        else:
            self._window.show()
        self.front.hide()
        self._remember_store(store.path)
        self._care = StoreCare(store, self.tasks, self._preferences, self._window)
        self._care.worried.connect(self._window.message.say)
        self._care.begin()
        self._watch()

    def _watch(self) -> None:
        """Lock after the minutes that this PC is set to, beginning now."""
        from ui.idle import IdleWatch

        if self._idle is not None:
            self._idle.stop()
            self._idle.deleteLater()
        self._idle = IdleWatch(self._app, self._preferences.lock_minutes)
        self._idle.idle.connect(self.lock)

    def _remember_store(self, path: Path) -> None:
        if path != self._preferences.last_store:
            self._preferences = replace(self._preferences, last_store=path)
            settings.save_preferences(self._preferences, self._preferences_file)

    def _settle(self, preferences: settings.Preferences) -> None:
        """Keep what a person decided for this PC, and go by it from now on. Raises CspError where it cannot be kept."""
        settings.save_preferences(preferences, self._preferences_file)
        self._preferences = preferences
        self._watch()
        if self._care is not None:
            self._care.second_folder = preferences.second_backup_folder

    def _restore_in_place(self, backup: Path) -> None:
        """Lock, and ask for the secret that opens the backup; the store as it is now is backed up first."""
        if self.tasks.busy:
            raise CspError("Something is still under way. Wait until it is done, then choose the backup again.")
        store = self._store
        self.lock()
        if store is not None:
            self.front.unlock(store.path).offer_backup(backup)

    def lock(self) -> None:
        """Close the store and drop everything read from it; the front asks for the passphrase again.

        What was typed and not saved is kept in the store first. Raises CspError where it cannot be; then it locks too.
        """
        store = self._store
        if store is None:
            return
        if self.tasks.busy:  # it would be cut off from its store; the lock follows as soon as it is over
            self._lock_is_due = True
            return
        self._lock_is_due = False
        try:
            if self._window is not None:
                self._window.keep_drafts()
        finally:
            self.front.unlock(store.path)
            self.front.show()
            self._leave_store()

    def _on_work_ended(self, _task: object) -> None:
        if self._lock_is_due:
            QTimer.singleShot(0, self, self.lock)  # after the work's own result was delivered

    def close(self) -> None:
        """End the program's work: cancel what runs, close the store and the windows."""
        self.tasks.close()
        self._wait_for_the_rest()
        self._leave_store()
        self.front.close()  # Qt crashes at the end of Python, one time in two, with a window still shown

    def _leave_store(self) -> None:
        if self._idle is not None:
            self._idle.stop()
            self._idle.deleteLater()
            self._idle = None
        if self._window is not None:
            window, self._window = self._window, None
            self._care = None  # it goes with its window
            window.desk.news.close()
            window.desk.remembered.keep_geometry(window.saveGeometry())
            window.hide()
            window.deleteLater()
        if self._store is not None:
            from csp_desktop.collector import collect_all

            self._store.close()
            self._store = None
            QTimer.singleShot(0, collect_all)  # after the window has gone: nothing read from the store stays in memory

    def _on_window_closed(self) -> None:
        self._app.quit()

    def _on_refused(self, error: CspError) -> None:
        if self._window is not None:
            self._window.refused(error)
        else:
            self.front.refused(error)

    def _on_crashed(self, _kind: str) -> None:
        from ui.dialogs.crash import CrashDialog

        saved = "Everything you had saved is safe in the store. What you were typing may not be."
        if self._store is None:
            saved = "No store was open; nothing was changed."
        CrashDialog(saved, self.boundary.log.file, self._window or self.front).open()


def refusal_of_place(path: Path) -> str:
    """Return the sentence that refuses a place for a store, empty for a place that will do."""
    from csp_desktop.location import check_location

    try:
        check_location(path)
    except CspError as refusal:
        return str(refusal)
    return ""


def account() -> str:
    """Return the name of the account on this PC."""
    import getpass

    return getpass.getuser()


def _warm() -> None:
    """Load what the unlock and the window behind it need, in the order in which they need it."""
    for name in ("csp_desktop.workspace", "ui.window", "ui.places"):
        import_module(name)


def _store_named(arguments: Sequence[str]) -> Path | None:
    for at, argument in enumerate(arguments):
        if argument == "--store" and at + 1 < len(arguments):
            return Path(arguments[at + 1]).absolute()
        if argument.startswith("--store="):
            return Path(argument.removeprefix("--store=")).absolute()
    return None


def dressed(app: QApplication) -> None:
    """Dress the application, and again whenever the desktop changes between light and dark."""
    QLoggingCategory.setFilterRules(QUIET)
    fonts = tuple(assets.font_path(name) for name in FONTS)
    theme.apply(app, theme.wanted_theme(), fonts)
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: theme.apply(app, theme.wanted_theme()))


def main(argv: Sequence[str]) -> int:
    """Open the window and return the exit code once it is closed. ``argv``: nothing, or ``--store PATH``."""
    program = begun(argv, settings_folder())
    code = QApplication.exec()
    program.close()
    sys.excepthook = sys.__excepthook__
    return code


def begun(argv: Sequence[str], folder: Path) -> Program:
    """Make the application and show its first window, what this PC remembers lying in ``folder``."""
    QApplication.setStyle("Fusion")  # before there is an application: after it the style is made twice
    app = QApplication(["csp-desktop"])
    app.setApplicationName("CSP Desktop")
    dressed(app)
    program = Program(app, _store_named(argv), folder)
    program.boundary.install()
    program.front.show()
    return program
