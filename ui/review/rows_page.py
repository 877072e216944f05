"""The rows of a review: the counts as filters, the rows old above new, and the chosen row with its choices."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from csp_desktop.imports.planning import Place
from csp_desktop.imports.reviewing import Sieve, Standing, with_row
from ui.forms.controls import ChoiceBox
from ui.pages.page import FilterLine
from ui.review.row_pane import RowPane
from ui.review.session import Compared, Session
from ui.review.words import SIEVES
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.review import ReviewLine
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button, label

SIEVES_PX = 156
PANE_PX, NARROW_PANE_PX = 310, 250
NARROW_PX = 860
EMPTY = {
    Sieve.QUESTIONS: "Nothing here needs an answer.",
    Sieve.PROBLEMS: "Every cell could be read.",
    Sieve.IGNORED: "Every row below the headings was read.",
}


class RowsPage(QWidget):
    """Everything the file says, row by row. ``cell_asked(ReviewRow)`` to see a row where it stands in the file."""

    cell_asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lines: tuple[ReviewLine, ...] = ()
        self.sieve = Sieve.ALL
        self.pane = RowPane()
        self.model: TableModel[ReviewLine] = TableModel(session.now.columns, self)
        self.table = TableView(self.model, "Rows of the file", lines=2)
        self.table.row_chosen.connect(lambda _row: self._show_chosen())
        self.table.row_opened.connect(lambda _row: self.pane.focus_choice())
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._on_space)
        self.pane.sheet_asked.connect(self.cell_asked)
        self.pane.wanted.connect(self._on_wanted)
        self.pane.answered.connect(self._on_answered)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._rail = self._sieves()
        across.addWidget(self._rail)
        across.addWidget(self._middle(), 1)
        across.addWidget(self._right())

    def _sieves(self) -> QWidget:
        left = QFrame()
        left.setProperty("zone", "rail")
        left.setFixedWidth(px(SIEVES_PX))
        column = QVBoxLayout(left)
        column.setContentsMargins(px(6), px(10), px(6), px(10))
        column.setSpacing(px(2))
        group = QButtonGroup(self)
        self.sieves: dict[Sieve, QPushButton] = {}
        for sieve in Sieve:
            made = button(SIEVES[sieve], partial(self.look_at, sieve), "place")
            made.setCheckable(True)
            group.addButton(made)
            column.addWidget(made)
            self.sieves[sieve] = made
        self.sieves[self.sieve].setChecked(True)
        column.addStretch()
        return left

    def _middle(self) -> QWidget:
        self.filter_line = FilterLine()
        self.filter_line.left.connect(self.take_focus)
        self.filter_line.setPlaceholderText("Filter rows")
        self.filter_line.setAccessibleName("Filter rows")
        self.filter_line.setClearButtonEnabled(True)
        self.filter_line.textChanged.connect(self._on_filter)
        self._empty = label("", "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(px(16), px(24), px(16), 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self.sieve_box = ChoiceBox()
        self.sieve_box.setAccessibleName("Rows to show")
        self.sieve_box.addItems(list(SIEVES.values()))
        self.sieve_box.activated.connect(lambda at: self.look_at(list(SIEVES)[at]))
        self.sieve_box.hide()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(px(12), px(8), px(12), 0)
        column.setSpacing(px(8))
        which = QHBoxLayout()
        which.setSpacing(px(8))
        which.addWidget(self.sieve_box)
        which.addWidget(self.filter_line, 1)
        column.addLayout(which)
        column.addWidget(self._stack, 1)
        return middle

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let a drop-down take the place of the rail where the table would be left too little room."""
        super().resizeEvent(event)
        is_narrow = self.width() < px(NARROW_PX)
        self._rail.setVisible(not is_narrow)
        self.sieve_box.setVisible(is_narrow)
        self._pane_frame.setFixedWidth(px(NARROW_PANE_PX if is_narrow else PANE_PX))

    def _right(self) -> QWidget:
        frame = self._pane_frame = QFrame()
        frame.setProperty("zone", "pane")
        frame.setFixedWidth(px(PANE_PX))
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self.pane)
        return frame

    def show_comparison(self, compared: Compared) -> None:
        """Show the newest comparison; the chosen row stays chosen."""
        self._lines = compared.lines
        self.model.set_columns(compared.columns)
        self.table.set_widths(self.table.widths())  # those that a person has set stay
        for sieve, made in self.sieves.items():
            count = compared.counts[sieve]
            made.setText(f"{SIEVES[sieve]}  {count:,}")
            self.sieve_box.setItemText(list(SIEVES).index(sieve), f"{SIEVES[sieve]}  {count:,}")
            made.setAccessibleName(f"{SIEVES[sieve]}: {count:,}")
            made.setEnabled(bool(count) or sieve is Sieve.ALL or sieve is self.sieve)
        self._show_rows()

    def look_at(self, sieve: Sieve) -> None:
        """Show only the rows of one kind."""
        self.sieve = sieve
        self.sieves[sieve].setChecked(True)
        self.sieve_box.setCurrentIndex(list(SIEVES).index(sieve))
        self._show_rows()

    def show_place(self, place: Place) -> None:
        """Choose a row of the file, whatever is filtered now."""
        found = next((each.row for each in self._lines if each.row.place == place), None)
        if found is not None:
            self.filter_line.clear()
            self.look_at(Sieve.ALL if found.shows_in(Sieve.ALL) else Sieve.IGNORED)
            self.table.choose(found.id)
        self.table.setFocus()

    def choose_first(self) -> None:
        """Choose the row that asks first, else the first of all."""
        asked = next((line.row.id for line in self._lines if not line.row.answered), None)
        first = self.model.id_at(0) if self.model.rowCount() else None
        self.table.choose(asked or first)
        self.table.setFocus()

    def take_focus(self) -> None:
        """Put the keyboard in the table, on its first row where none is chosen."""
        self.table.setFocus()
        self.table.choose_first()

    def step_back(self) -> bool:
        """Leave the filter for the table, False where there is nothing to leave."""
        was_filtered = bool(self.filter_line.text()) or self.filter_line.hasFocus()
        if was_filtered:
            self.filter_line.clear()
            self.take_focus()
        return was_filtered

    def _show_rows(self) -> None:
        lines = [line for line in self._lines if line.row.shows_in(self.sieve)]
        self.model.set_source(RowsInHand(self.model.columns, lines, lambda line: line.row.id))
        self._count()
        self._show_chosen()

    def _count(self) -> None:
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self._empty)
        told = EMPTY.get(self.sieve, "No rows of this kind.")
        self._empty.setText("No row fits this filter." if self.filter_line.text() else told)

    def _show_chosen(self) -> None:
        self.pane.show_line(self.table.chosen_row())

    def _on_filter(self, text: str) -> None:
        self.model.filter(text)
        self._count()

    def _on_space(self) -> None:
        line = self.table.chosen_row()
        if line is not None and line.row.plan is not None:
            self._on_wanted(line.row.standing is Standing.LEFT_OUT)

    def _on_wanted(self, wanted: bool) -> None:
        line = self.table.chosen_row()
        if line is not None:
            self._session.decide(with_row(self._session.decisions, line.row.place, wanted=wanted))

    def _on_answered(self, is_same: bool) -> None:
        line = self.table.chosen_row()
        if line is None or line.row.plan is None:
            return
        self._session.answer(line.row.place, line.row.plan.question if is_same else "")
