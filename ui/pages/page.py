"""What every page gives the window: its title and filter, its counts, its pane, and one step back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.drafts import Draft
from csp_desktop.errors import CspError
from ui.desk import Desk
from ui.forms.form import Form
from ui.search import Found
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import Title


class FilterLine(QLineEdit):
    """A line that filters a table; ``left()`` when Down leads on into the table."""

    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Page(QWidget):
    """A screen of the window.

    ``counted(words)`` says what the status line shows, ``pane_wanted(widget or None)`` opens or closes the detail
    pane, ``went_to(place, id)`` follows a link to another place, ``told(sentence)`` says what was done.
    ``marked(words)`` says how what is shown is to be handled, where that is more than the partnership's own marking.
    """

    counted = Signal(str)
    pane_wanted = Signal(object)
    went_to = Signal(str, object)
    told = Signal(str)
    marked = Signal(str)

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.desk = desk
        self.counts = ""
        self.marking = ""
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

    def form_shown(self) -> Form | None:
        """Return the form that is open on this page, None for none."""
        return None

    def open_again(self, name: str, ids: tuple[int, ...]) -> None:
        """Open a form of this page by its name. Raises CspError where its row is gone."""

    def asks_about_changes(self) -> bool:
        """Ask about typed changes that are not saved; False where there are none."""
        form = self.form_shown()
        if form is None or not form.changed_keys():
            return False
        self.show_form()
        form.cancel()
        return True

    def show_form(self) -> None:
        """Bring the open form into view."""

    def draft(self, place: str) -> Draft | None:
        """Return what was typed into the open form and not saved; None for nothing, or a form that is not kept."""
        form = self.form_shown()
        if form is None or not form.spec().name or not form.changed_keys():
            return None
        spec = form.spec()
        return Draft(place, spec.name, spec.ids, spec.title, form.typed())

    def resume(self, draft: Draft) -> bool:
        """Open a draft's form with what was typed; False where another form with changes is open."""
        if self.asks_about_changes():
            return False
        self.open_again(draft.form, draft.ids)
        form = self.form_shown()
        if form is None or (form.spec().name, form.spec().ids) != (draft.form, draft.ids):
            return False
        form.type_again(draft.typed)
        form.focus_first()
        return True

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
        line = FilterLine()
        line.left.connect(self._on_filter_left)
        line.setPlaceholderText(hint)
        line.setAccessibleName(hint)
        line.setClearButtonEnabled(True)
        line.setMaximumWidth(px(260))
        line.setMinimumWidth(px(100))
        line.textChanged.connect(typed)
        self.filter_line = line
        return line

    def _on_filter_left(self) -> None:
        self.take_focus()
        table = self.focusWidget()
        if isinstance(table, TableView):
            table.choose_first()

    def say_marking(self, words: str) -> None:
        """Mark what the page shows, "" for the partnership's own marking."""
        self.marking = words
        self.marked.emit(words)

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
    at_foot: bool = False
