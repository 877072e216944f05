"""What every page gives the window: its title and filter, its counts, its pane, and one step back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csp_desktop.errors import CspError
from ui.desk import Desk
from ui.search import Found
from ui.theme import px
from ui.widgets import Title


class Page(QWidget):
    """A screen of the window.

    ``counted(words)`` says what the status line shows, ``pane_wanted(widget or None)`` opens or closes the detail
    pane, ``went_to(place, id)`` follows a link to another place, ``told(sentence)`` says what was done.
    """

    counted = Signal(str)
    pane_wanted = Signal(object)
    went_to = Signal(str, object)
    told = Signal(str)

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.desk = desk
        self.counts = ""
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(20), px(14), px(20), px(6))
        self.body.setSpacing(px(8))
        self.head = QHBoxLayout()
        self.head.setSpacing(px(8))
        self.title = Title(title)
        self.head.addWidget(self.title, 1)
        self.body.addLayout(self.head)
        self.filter_line: QLineEdit | None = None

    def reread(self) -> None:
        """Read again what the page shows; chosen rows stay chosen."""

    def step_back(self) -> bool:
        """Take one step back (a form, then the pane, then the filter); False where there is none to take."""
        if self.filter_line is not None and self.filter_line.text():
            self.filter_line.clear()
            return True
        return False

    def go_to(self, row_id: object) -> None:
        """Show one row of this page."""

    def asks_about_changes(self) -> bool:
        """Ask about typed changes that are not saved; False where there are none."""
        return False

    def post_update(self) -> None:
        """Post an update to the chosen action. Raises CspError where none is chosen."""
        raise CspError("Choose an action on the Plan page first, then post its update.")

    def print_page(self) -> None:
        """Print what the page is for. Raises CspError where it prints nothing."""
        raise CspError("There is nothing to print on this page; reports are printed from the Reports page.")

    def offered(self) -> Sequence[Found]:
        """Return what search can find on this page."""
        return ()

    def take_focus(self) -> None:
        """Put the keyboard where work on this page begins."""
        self.setFocus()

    def add_filter(self, hint: str, typed: Callable[[str], None]) -> QLineEdit:
        """Return a filter line for the page to place; Ctrl+F leads to it."""
        line = QLineEdit()
        line.setPlaceholderText(hint)
        line.setAccessibleName(hint)
        line.setClearButtonEnabled(True)
        line.setMaximumWidth(px(260))
        line.setMinimumWidth(px(140))
        line.textChanged.connect(typed)
        self.filter_line = line
        return line

    def say_counts(self, words: str) -> None:
        """Put words on the status line while this page is shown."""
        self.counts = words
        self.counted.emit(words)


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the rail; its page is made when it is first visited."""

    key: str
    words: str
    icon: str
    make: Callable[[Desk], Page]
