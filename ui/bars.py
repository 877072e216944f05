"""The window's edges: the rail of places, the bar for sentences, the line of work under way, the status line."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout
from typing_extensions import override

from ui.icons import icon, icon_size
from ui.pages.page import Place
from ui.tasks import Task
from ui.theme import px
from ui.widgets import button, label, restyled

NARROW_PX = 760
ENTRY_PX, TIGHT_PX = 36, 25
MOST_KEYS = 9  # places that have a key of their own: Ctrl+1 to Ctrl+9
LEAST_BUTTON_PX = 76
MOST_BUTTON_PX = 260


class Rail(QFrame):
    """The places, icon and word; on a narrow window icons alone. ``chosen(key)`` when a person presses one."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], lock: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("zone", "rail")
        self._places = {place.key: place for place in places}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(12), px(6), px(8))
        column.setSpacing(px(4))
        for number, place in enumerate(places, start=1):
            made = self._entry(place.words, partial(self.chosen.emit, place.key))
            made.setCheckable(True)
            made.setToolTip(f"{place.words} (Ctrl+{number})" if number <= MOST_KEYS else place.words)
            self._buttons[place.key] = made
            self._group.addButton(made)
            column.addWidget(made)
        column.insertStretch(sum(not place.at_foot for place in places), 1)
        self._lock = self._entry("Lock", lock)
        self._lock.setToolTip("Lock (Ctrl+L)")
        column.addWidget(self._lock)
        self.tint()
        self.narrow(narrow=False)

    def _entry(self, words: str, pressed: Callable[[], None]) -> QPushButton:
        made = button(words, pressed, "place")
        made.setAccessibleName(words)
        made.setIconSize(icon_size())
        return made

    def tint(self) -> None:
        """Draw the icons in the present theme."""
        for key, made in self._buttons.items():
            made.setIcon(icon(self._places[key].icon))
        self._lock.setIcon(icon("lock"))

    def narrow(self, *, narrow: bool) -> None:
        """Show icons alone, or icons and words."""
        self.setFixedWidth(px(50) if narrow else px(136))
        for made in (*self._buttons.values(), self._lock):
            made.setText("" if narrow else f"  {made.accessibleName()}")

    def _fit(self) -> None:
        """Let the places stand closer where the window is so low, or the type so large, that they would not fit."""
        entries = (*self._buttons.values(), self._lock)
        tight = self.height() < len(entries) * px(ENTRY_PX + 4) + px(24)
        if tight == bool(self._lock.property("tight")):
            return
        self._column.setSpacing(px(0 if tight else 4))
        for made in entries:
            made.setProperty("tight", tight)
            restyled(made)

    @override
    def minimumSizeHint(self) -> QSize:
        entries = len(self._buttons) + 1
        return QSize(super().minimumSizeHint().width(), entries * px(TIGHT_PX) + px(24))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mark(self, key: str) -> None:
        """Mark the place that is shown."""
        self._buttons[key].setChecked(True)


class MessageBar(QFrame):
    """One sentence across the page, until it is closed or another comes."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("zone", "message")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(8), px(12), px(8))
        self.words = label("", "error", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = button("Close", self.hide, "quiet")
        self._close.setAccessibleName("Close this message")
        row.addWidget(self.words, 1)
        row.addWidget(self._close, alignment=Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, sentence: str, kind: str = "error") -> None:
        """Show a sentence; ``kind`` is error, warning or ok."""
        self.words.setText(sentence)
        self.words.setProperty("kind", kind)
        self.words.setAccessibleName(sentence)
        restyled(self.words)
        self.show()

    def settle(self) -> None:
        """Put away a refusal once something has been saved after it."""
        if self.words.property("kind") == "error":
            self.hide()


class WorkLine(QFrame):
    """What is under way, how far it is, and Cancel."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("zone", "status")
        self._task: Task | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(6), px(12), px(6))
        row.setSpacing(px(12))
        self.words = label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = button("Cancel", self._on_cancel)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.hide()

    def follow(self, task: Task) -> None:
        """Show a task that takes its time."""
        self._task = task
        self.words.setText(f"{task.label} …")
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        task.progress.counted.connect(self._on_counted)
        self.show()

    def leave(self, task: Task) -> None:
        """Hide once the task shown is over."""
        if task is self._task:
            self._task = None
            self.hide()

    def _on_counted(self, done: int, total: int, words: str) -> None:
        if self._task is not None:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            count = f" {done:,} of {total:,}" if total else ""
            self.words.setText(f"{words or self._task.label}{count}")

    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.progress.cancel()
            self.cancel.setEnabled(False)
            self.words.setText("Cancelling; nothing will be left half-done …")


class StatusLine(QFrame):
    """Counts, whether all is saved, the marking; and at the right what can be undone and done again."""

    def __init__(self, undo: Callable[[], None], redo: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("zone", "status")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), 0, px(12), 0)
        row.setSpacing(px(8))
        self.setFixedHeight(px(32))  # with or without something to undo, so that nothing moves
        self.words = label("", "muted")
        self.undo = button("Undo", undo, "quiet")
        self.redo = button("Redo", redo, "quiet")
        for made, name in ((self.undo, "undo"), (self.redo, "redo")):
            made.setIcon(icon(name))
            made.setIconSize(icon_size())
            made.setMinimumWidth(px(LEAST_BUTTON_PX))  # a long name of a file must not hold the window wide
        row.addWidget(self.words, 1)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        self._offered: tuple[str | None, str | None] = (None, None)
        self._parts = {"counts": "", "saved": "saved", "marking": ""}

    def say(self, part: str, words: str) -> None:
        """Change one part: counts, saved or marking."""
        self._parts[part] = words
        self.words.setText(" \N{MIDDLE DOT} ".join(words for words in self._parts.values() if words))

    def offer(self, undo: str | None, redo: str | None) -> None:
        """Offer what can be undone and done again, by its label."""
        self._offered = (undo, redo)
        for made, key, what in ((self.undo, "Ctrl+Z", undo), (self.redo, "Ctrl+Y", redo)):
            made.setVisible(what is not None)
            made.setToolTip(f"{what or ''} ({key})")
        self._fit()

    def _fit(self) -> None:
        """Say what it is that can be undone where there is room to, cut where it is long; else the verb alone."""
        narrow = self.width() < px(NARROW_PX)
        for made, verb, what in zip((self.undo, self.redo), ("Undo", "Redo"), self._offered, strict=True):
            whole = f"{verb}: {what}"
            made.setAccessibleName(whole)
            cut = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, px(MOST_BUTTON_PX))
            made.setText(verb if narrow else cut.replace("&", "&&"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def tint(self) -> None:
        """Draw the icons in the present theme."""
        self.undo.setIcon(icon("undo"))
        self.redo.setIcon(icon("redo"))
