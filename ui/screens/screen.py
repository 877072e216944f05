"""What every screen of a page gives its page, and how one screen leads to another."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from csp_desktop.errors import CspError
from ui.desk import Desk
from ui.flow import Flow
from ui.forms.form import FormSpec
from ui.forms.registers import Wanted
from ui.pages.page import FilterLine
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button, label

SENSITIVE = "OFFICIAL-SENSITIVE"
FILTER_PX = 220


@dataclass(frozen=True, slots=True)
class Where:
    """A screen by its key, and what it shows: a row's id, and which of something's rows are listed."""

    kind: str
    id: int = 0
    which: object = None


class Screen(QWidget):
    """One screen. ``form_asked(FormSpec)`` opens a form, ``pane_wanted(widget or None)`` the detail pane.

    ``opened(Where)`` leads to another screen, ``left()`` back to the one before; ``titled(words)`` changes the page's
    title, ``counted(words)`` the status line, ``told(sentence)`` says what was done.
    ``register_asked()`` brings a register in, ``report_asked(cohort's name, data date or None)`` leads to its report.
    ``form_over()`` puts the open form away, whatever was typed; ``went_to(place, id)`` leads to another place.
    """

    form_asked = Signal(object)
    pane_wanted = Signal(object)
    opened = Signal(object)
    left = Signal()
    register_asked = Signal()
    report_asked = Signal(str, object)
    form_over = Signal()
    went_to = Signal(str, object)
    titled = Signal(str)
    counted = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk, title: str, *, sensitive: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.title = title
        self.counts = ""
        self.marking = SENSITIVE if sensitive else ""
        self.filter_line: QLineEdit | None = None
        self.was_at: QWidget | None = None
        self.tools = QWidget()
        self._tools = Flow(px(8), self.tools)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(8))
        if sensitive:
            mark = label(SENSITIVE, "strong")
            mark.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            mark.setToolTip("This screen shows people one by one. Look only at what your work needs.")
            self._tools.addWidget(mark)

    def add_tool(self, words: str, pressed: Callable[[], None], kind: str = "") -> QPushButton:
        """Put one more button beside the page's title."""
        made = button(words, pressed, kind)
        self._tools.addWidget(made)
        return made

    def add_beside(self, widget: QWidget) -> None:
        """Put a widget beside the page's title."""
        self._tools.addWidget(widget)

    def add_filter(self, hint: str, typed: Callable[[str], None]) -> QLineEdit:
        """Return a filter line for the screen to place; Ctrl+F leads to it."""
        line = FilterLine()
        line.left.connect(self._on_filter_left)
        line.setPlaceholderText(hint)
        line.setAccessibleName(hint)
        line.setClearButtonEnabled(True)
        line.setMaximumWidth(px(FILTER_PX))
        line.textChanged.connect(typed)
        self.filter_line = line
        return line

    def choose_wanted(self, table: TableView[Any], row_id: int) -> None:
        """Choose the row that another screen led to, under no filter where the filter hides it."""
        table.choose(row_id)
        if table.chosen() != row_id and self.filter_line is not None and self.filter_line.text():
            self.filter_line.clear()
            table.choose(row_id)

    def _on_filter_left(self) -> None:
        self.take_focus()
        table = self.focusWidget()
        if isinstance(table, TableView):
            table.choose_first()

    def show_where(self, where: Where) -> None:
        """Take what is to be shown, before it is read."""
        del where

    def reread(self) -> None:
        """Read again what the screen shows; chosen rows stay chosen."""

    def written(self) -> bool:
        """Hear that something was written; True where what was counted is to be counted anew."""
        return False

    def step_back(self) -> bool:
        """Take one step back within the screen; False where there is none to take."""
        if self.filter_line is not None and self.filter_line.text():
            self.filter_line.clear()
            return True
        return False

    def with_withdrawal(self, spec: FormSpec, what: str, withdraw: Callable[[], None]) -> FormSpec:
        """Return a form that also offers to withdraw its row; ``what`` names it in the sentence that follows."""

        def do() -> None:
            withdraw()
            self.form_over.emit()
            self.told.emit(f"{what} was withdrawn. Ctrl+Z brings it back.")

        return replace(spec, more=(*spec.more, ("Withdraw", do)))

    def bringing_in(self, start: Callable[[Wanted], None]) -> FormSpec | None:
        """Return the form that brings in the register of this screen, None for a screen of none."""
        del start
        return None

    def pane_gone(self) -> None:
        """Hear that something else is in the place of this screen's detail pane."""

    def form_closed(self) -> None:
        """Take the keyboard back after a form."""
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard where work on this screen begins."""
        self.setFocus()

    def keep_focus(self) -> None:
        """Keep where the keyboard is on this screen, before a pane, a form or another screen takes it."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is not None and (self.isAncestorOf(focused) or self.tools.isAncestorOf(focused)):
            self.was_at = focused

    def focus_again(self, otherwise: QWidget) -> None:
        """Put the keyboard where it was kept, or where work begins."""
        was_at = self.was_at
        (was_at if was_at is not None and was_at.isVisible() else otherwise).setFocus()

    def print_page(self) -> None:
        """Print what the screen shows. Raises CspError where it prints nothing."""
        raise CspError("This screen is not printed; reports are printed from the Reports page.")

    def say_counts(self, words: str) -> None:
        """Put words on the status line while this screen is shown."""
        self.counts = words
        self.counted.emit(words)

    def say_title(self, words: str) -> None:
        """Give the page another title while this screen is shown."""
        self.title = words
        self.titled.emit(words)
