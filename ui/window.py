"""The one window: a rail of places, the page, the detail pane that never covers it, sentences and status."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.drafts import Draft, keep_drafts
from csp_desktop.errors import CspError
from ui.actions import Command, install, key_words
from ui.bars import MOST_KEYS, MessageBar, Rail, StatusLine, WorkLine
from ui.desk import Desk
from ui.drafts import DraftBar
from ui.files import DropWatch
from ui.help import BY_PLACE, CONTENTS, KEYS, HelpWindow
from ui.pages.page import Page, Place
from ui.search import Found, Search
from ui.tasks import Task
from ui.theme import px

IMPORTS = "imports"  # the place that takes files dropped anywhere on the window
IMPORT_LABEL = "Import "  # how the labels of imports begin
SEARCHED = ("plan", "people")  # the places whose rows Ctrl+K finds before they were ever visited
NARROW_PX = 900
ROOMY_PX = 1500
PANE_PX = 364
LEAST_PANE_PX = 300
LEAST_PAGE_PX = 420  # a page beside the pane is left so much before it has to make do with less


@dataclass(frozen=True, slots=True)
class Heading:
    """What the window says of itself: the partnership's name and the marking of what it shows."""

    title: str
    marking: str


class Window(QWidget):
    """Shows places and their pages. ``lock_asked()`` by key or by the rail, ``closed()`` when it was closed."""

    lock_asked = Signal()
    closed = Signal()
    _moving: Task | None = None  # an import that is taken back or done again

    def __init__(self, desk: Desk, places: Sequence[Place], heading: Heading) -> None:
        super().__init__()
        self.desk = desk
        self._places = {place.key: place for place in places}
        self._pages: dict[str, Page] = {}
        self._rooms: dict[str, QScrollArea] = {}
        self._here = ""
        self.setWindowTitle(f"{heading.title} \N{EN DASH} CSP Desktop")
        self.rail = Rail(places, self.lock_asked.emit)
        self.message = MessageBar()
        self.drafts = DraftBar(desk.store, self.resume)
        self.work = WorkLine()
        self.status = StatusLine(self.undo, self.redo)
        self._marking = heading.marking
        self.status.say("marking", heading.marking)
        self._stack = QStackedWidget()
        self._lay_out()
        self.search = Search(self._offered, self)
        self.help = HelpWindow(self)
        self._commands = self._all_commands(places)
        self.actions_by_key = install(self, self._commands)
        desk.news.happened.connect(self._on_news)
        DropWatch(self).dropped.connect(partial(self.go, IMPORTS))
        desk.tasks.slow.connect(self.work.follow)
        desk.tasks.ended.connect(self._on_task_ended)
        self._offer_undo()
        self.restoreGeometry(desk.remembered.geometry())
        if desk.remembered.geometry().isEmpty():
            self.resize(px(1280), px(720))
        self.go(places[0].key)
        self.drafts.offer()

    def fills_screen(self) -> bool:
        """Say whether the screen is so small that the window had best take all of it."""
        room = self.screen().availableGeometry()
        return room.width() < px(ROOMY_PX) or room.height() < px(ROOMY_PX * 9 / 16)

    def _lay_out(self) -> None:
        self._pane = QFrame()
        self._pane.setProperty("zone", "pane")
        self._pane.setMinimumWidth(px(LEAST_PANE_PX))
        self._pane_column = QVBoxLayout(self._pane)
        self._pane_column.setContentsMargins(1, 0, 0, 0)
        self._pane.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self._pane)
        self._splitter.setStretchFactor(0, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.message)
        right.addWidget(self.drafts)
        right.addWidget(self._splitter, 1)
        right.addWidget(self.work)
        right.addWidget(self.status)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(right, 1)
        self.rail.chosen.connect(self.go)

    def _all_commands(self, places: Sequence[Place]) -> list[Command]:
        visits = [
            Command(
                f"go-{place.key}",
                f"Go to {place.words}",
                f"Ctrl+{number}" if number <= MOST_KEYS else "",
                partial(self.go, place.key),
            )
            for number, place in enumerate(places, start=1)
        ]
        return [
            *visits,
            Command("filter", "Filter this page", "Ctrl+F", self._on_filter),
            Command("search", "Search and commands", "Ctrl+K", self._on_search, listed=False),
            Command("import", "Bring in a workbook", "Ctrl+I", lambda: self.go(IMPORTS, ())),
            Command("update", "Post update", "Ctrl+U", lambda: self.page().post_update()),
            Command("undo", "Undo", "Ctrl+Z", self.undo),
            Command("redo", "Redo", "Ctrl+Y", self.redo),
            Command("print", "Print", "Ctrl+P", lambda: self.page().print_page()),
            Command("lock", "Lock", "Ctrl+L", self.lock_asked.emit),
            Command("help", "Help with this page", "F1", self._on_help),
            Command("keys", "Show the keys", "", lambda: self.help.open_page(KEYS)),
            Command("back", "One step back", "Esc", self._on_back, listed=False),
        ]

    def page(self) -> Page:
        """Return the page that is shown."""
        return self._pages[self._here]

    def go(self, key: str, row_id: object = None) -> None:
        """Show a place, and there one row where ``row_id`` is given."""
        if key not in self._pages:
            self._pages[key] = self._made(self._places[key])
        page = self._pages[key]
        if key != self._here:
            self._here = key
            self._show_pane(None)
            self._stack.setCurrentWidget(self._rooms[key])
            self.rail.mark(key)
            page.reread()
            self.status.say("counts", page.counts)
            self.status.say("marking", page.marking or self._marking)
            page.take_focus()
        if row_id is not None:
            page.go_to(row_id)

    def _made(self, place: Place) -> Page:
        page = place.make(self.desk)
        room = QScrollArea()  # a page that needs more than a small screen has scrolls, rather than stretch the window
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(page)
        self._rooms[place.key] = room
        self._stack.addWidget(room)
        page.counted.connect(lambda words: self.status.say("counts", words) if page is self.page() else None)
        page.marked.connect(lambda words: self._mark(words) if page is self.page() else None)
        page.pane_wanted.connect(lambda pane: self._show_pane(pane) if page is self.page() else None)
        page.went_to.connect(self.go)
        page.told.connect(lambda sentence: self.message.say(sentence, "ok"))
        return page

    def _mark(self, words: str) -> None:
        self.status.say("marking", words or self._marking)

    def _show_pane(self, pane: QWidget | None) -> None:
        shown = self._pane_column.itemAt(0)
        if shown is not None and (widget := shown.widget()) is not pane and widget is not None:
            self._pane_column.removeWidget(widget)
            widget.hide()  # or what the layout has asked for would still show it, as a window of its own
            widget.setParent(None)
        if pane is None:
            self._pane.hide()
            return
        if self._pane.isHidden():
            total = self._splitter.width()
            wide = max(px(LEAST_PANE_PX), min(px(PANE_PX), total - px(LEAST_PAGE_PX)))
            self._splitter.setSizes([max(0, total - wide), wide])
        self._pane_column.addWidget(pane)
        self._pane.show()
        pane.show()

    def refused(self, error: CspError) -> None:
        """Show a refusal."""
        self.message.say(str(error))

    def asks_about_changes(self) -> bool:
        """Show a form with changes that are not saved and ask about them; False where there is none."""
        for key, page in self._pages.items():
            if page.asks_about_changes():
                self.go(key)
                page.asks_about_changes()
                return True
        return False

    def keep_drafts(self) -> None:
        """Keep in the store what was typed and not saved, for after the lock. Raises CspError where it cannot."""
        drafts = [draft for key, page in self._pages.items() if (draft := page.draft(key)) is not None]
        if drafts:
            keep_drafts(self.desk.store, drafts)

    def resume(self, draft: Draft) -> bool:
        """Open a kept form again with what was typed; False where another form with changes is in its place."""
        self.go(draft.place)
        return self.page().resume(draft)

    def undo(self) -> None:
        """Take back the last Step, an import away from the window's thread. Raises CspError where it cannot be."""
        self._move(self.desk.store.undo_label, self.desk.store.undo, "Taking back")

    def redo(self) -> None:
        """Do again what was undone last, as ``undo`` does. Raises CspError where it cannot be."""
        self._move(self.desk.store.redo_label, self.desk.store.redo, "Doing again")

    def _on_task_ended(self, task: Task) -> None:
        self.work.leave(task)
        if task is self._moving:
            self._moving = None

    def _move(self, label: str | None, move: Callable[[], object], words: str) -> None:
        if label is None or self._moving is not None:
            return
        if label.startswith(IMPORT_LABEL):  # it may be of millions of rows
            self._moving = self.desk.tasks.run(words, lambda _progress: move(), lambda _outcome: None)
        else:
            move()

    def _offer_undo(self) -> None:
        self.status.offer(self.desk.store.undo_label, self.desk.store.redo_label)

    def _on_news(self, _step: object) -> None:
        self.message.settle()
        self.status.say("saved", "all changes saved")
        self._offer_undo()
        self.page().reread()

    def _on_filter(self) -> None:
        line = self.page().filter_line
        if line is not None:
            line.setFocus()
            line.selectAll()

    def _on_search(self) -> None:
        self.search.open()

    def _offered(self) -> list[Found]:
        for key in SEARCHED:
            if key in self._places and key not in self._pages:
                self._pages[key] = self._made(self._places[key])
                self._pages[key].reread()
        from_pages = [found for page in self._pages.values() for found in page.offered()]
        commands = [Found(c.words, key_words(c.shortcut), c.run) for c in self._commands if c.listed]
        return [*commands, *from_pages]

    def _on_back(self) -> None:
        if self.search.isVisible():
            self.search.close_again()
        elif not self.message.isHidden():
            self.message.hide()
        else:
            self.page().step_back()

    def _on_help(self) -> None:
        self.help.open_page(BY_PLACE.get(self._here, CONTENTS))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.narrow(narrow=self.width() < px(NARROW_PX))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.rail.tint()
            self.status.tint()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.asks_about_changes():
            event.ignore()
            return
        self.desk.remembered.keep_geometry(self.saveGeometry())
        super().closeEvent(event)
        self.closed.emit()
