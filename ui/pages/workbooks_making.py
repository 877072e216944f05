"""Making update workbooks from the page: where to, the work itself, and what became of each."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from csp_desktop.exports.several import (
    ENDING,
    Sending,
    Sent,
    export_for_owners,
    export_one,
    number_of,
    suggested_name,
)
from ui.desk import Desk
from ui.files import choose_folder, choose_save, show_folder
from ui.flow import Flow
from ui.forms.words import shown_date
from ui.forms.workbooks import Wish
from ui.review.words import counted
from ui.tasks import Cancelled, Progress
from ui.theme import px
from ui.widgets import button, emptied, label, scrolling

KIND = "Workbook (*.xlsx)"
WHERE_TO = "Choose the folder to save the workbooks in"
SEND_EACH = (
    "Send each file to its owner. Choose an owner and press Ctrl+E to copy the words of an e-mail; the number in the "
    "file's name says whose it is."
)


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page asks of the system: where to save a file, which folder, and to show one."""

    save: Callable[[QWidget, str, str, str], Path | None] = choose_save
    folder: Callable[[QWidget, Path, str], Path | None] = choose_folder
    show: Callable[[Path], None] = show_folder


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the folder it lies in, what became of each workbook, and how many were wanted."""

    folder: Path
    sent: tuple[Sent, ...]
    wanted: int


class Maker(QObject):
    """Asks where to, and makes workbooks behind the page. ``made(Made)`` also after a cancel, with those that were."""

    made = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._over = parent

    def make(self, wish: Wish, ask: Asking) -> None:
        """Make what is wanted, unless the person changes their mind about where to."""
        if len(wish.scopes) == 1:
            self._make_one(wish, ask)
        else:
            self._make_several(wish, ask)

    def _make_one(self, wish: Wish, ask: Asking) -> None:
        store, (scope,) = self._desk.store, wish.scopes
        path = ask.save(self._over, "Save the workbook", suggested_name(store), KIND)
        if path is None:
            return
        file = path if path.suffix.casefold() == ENDING else path.with_name(path.name + ENDING)

        def work(_progress: Progress) -> Made:
            return Made(file.parent, (export_one(store, scope, wish.timing, file),), 1)

        self._desk.tasks.run("Making the workbook", work, self.made.emit)

    def _make_several(self, wish: Wish, ask: Asking) -> None:
        store = self._desk.store
        folder = ask.folder(self._over, Path(), WHERE_TO)
        if folder is None:
            return

        def work(progress: Progress) -> Made:
            sending = Sending(wish.scopes, wish.timing, folder)
            sent = export_for_owners(store, sending, heard(progress), progress.is_cancelled)
            return Made(folder, sent, len(wish.scopes))

        self._desk.tasks.run("Making workbooks", work, self.made.emit)


def heard(progress: Progress) -> Callable[[int, int], None]:
    """Return a count for work that stops between two of many: a cancel then keeps what was done, and is asked about."""

    def count(done: int, total: int) -> None:
        with suppress(Cancelled):
            progress(done, total)

    return count


class MadePane(QWidget):
    """Says what was written where, and whose it is. ``folder_asked(Path)`` to see it, ``closed()`` when it was read."""

    folder_asked = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path()
        inside = QWidget()
        inside.setProperty("zone", "inside")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(px(20), px(16), px(16), px(16))
        self._body.setSpacing(px(4))
        foot = QFrame()
        foot.setProperty("zone", "foot")
        row = Flow(px(8), foot)
        row.setContentsMargins(px(20), px(10), px(16), px(10))
        self.show_button = button("Open the folder", lambda: self.folder_asked.emit(self._folder), "primary")
        row.addWidget(self.show_button)
        row.addWidget(button("Close", self.closed.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolling(inside, "What was made", sideways=False), 1)
        column.addWidget(foot)

    def show_made(self, made: Made) -> None:
        """Say what was made."""
        self._folder = made.folder
        emptied(self._body)
        self._body.addWidget(label(made_words(made), "section", wrap=True))
        folder = label(f"In {_breaking(made.folder)}", "muted", wrap=True)
        folder.setAccessibleName(f"In {made.folder}")
        self._body.addWidget(folder)
        if len(made.sent) < made.wanted:
            left = counted(made.wanted - len(made.sent), "workbook")
            self._body.addWidget(
                label(f"Cancelled: {left} were not made. Those below were, and stay.", "warning", wrap=True)
            )
        for sent in made.sent:
            self._add(sent)
        if any(sent.exported for sent in made.sent):
            self._body.addSpacing(px(10))
            self._body.addWidget(label(SEND_EACH, "muted", wrap=True))
        self._body.addStretch()

    def _add(self, sent: Sent) -> None:
        self._body.addSpacing(px(8))
        exported = sent.exported
        if exported is None:
            self._body.addWidget(label(sent.whose, "strong", wrap=True))
            self._body.addWidget(label(sent.refusal, "error", wrap=True))
            return
        self._body.addWidget(label(f"{number_of(exported.key)}  {sent.whose}", "strong", wrap=True))
        parts = [counted(exported.actions, "action")]
        if sent.milestones:
            parts.append(counted(sent.milestones, "milestone"))
        back = f"wanted back {shown_date(sent.timing.wanted_back)}"
        self._body.addWidget(label(f"{exported.path.name}: {', '.join((*parts, back))}", wrap=True))
        if exported.shortened:
            cells = ", ".join(exported.shortened)
            self._body.addWidget(label(f"Shortened to fit the cell: {cells}", "warning", wrap=True))

    def focus_first(self) -> None:
        """Put the keyboard on the first thing to do."""
        self.show_button.setFocus()


def _breaking(folder: Path) -> str:
    """Return a path that may go on in the next line after each of its folders: a long one would not fit the pane."""
    return "".join(f"{letter}\N{ZERO WIDTH SPACE}" if letter in "/\\" else letter for letter in str(folder))


def made_words(made: Made) -> str:
    """Say how many workbooks were made."""
    count = sum(sent.exported is not None for sent in made.sent)
    if not count:
        return "No workbook was made"
    return f"{counted(count, 'workbook')} {'was' if count == 1 else 'were'} made"
