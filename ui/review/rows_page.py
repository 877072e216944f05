"""The rows of a review: the counts as filters, the rows old above new, and the chosen row with its choices."""

from collections.abc import Mapping
from dataclasses import replace
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

from csp_desktop.imports.cell_choices import CellKey, with_row_cells
from csp_desktop.imports.import_plan import Place
from csp_desktop.imports.reviewing import OF_RETURNS, Sieve, Standing, with_row
from models.vocabulary import CellChoice
from ui.clipboard import copy_briefly
from ui.forms.controls import ChoiceBox
from ui.pages.page import FilterLine
from ui.review.cell_keys import CellKeys
from ui.review.comparison import Compared
from ui.review.copied import copied_rows
from ui.review.row_pane import RowPane
from ui.review.session import Session
from ui.review.several import SeveralBar
from ui.review.words import SIEVES, counted
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.review import ReviewLine
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button, label

SIEVES_PX = 156
PANE_PX, RETURNED_PANE_PX, NARROW_PANE_PX = 310, 460, 242
NARROW_PX, WIDE_PX = 860, 1100
NARROW_SPARE, NARROW_ROW_CHARACTERS = {"rag": 1, "update": 2}, 7
EMPTY = {
    Sieve.CONFLICTS: "No cell was changed on both sides.",
    Sieve.EMPTIED: "The owner emptied no cell.",
    Sieve.MISSING: "Every action that went out is in the file.",
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
        self._is_narrow = False
        self.keys = CellKeys(self)
        self.pane = RowPane(self.keys)
        self.several = SeveralBar(session)
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
        self._connect_keys()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._rail = self._sieves()
        across.addWidget(self._rail)
        across.addWidget(self._middle(), 1)
        across.addWidget(self._right())

    def _connect_keys(self) -> None:
        for watched in (self.table, self.pane):
            self.keys.watch(watched)
        cells = self.pane.cells
        self.keys.chosen.connect(cells.press)
        self.keys.row_chosen.connect(self._on_row_decided)
        self.keys.stepped.connect(self._on_stepped)
        self.keys.open_asked.connect(self._on_next_open)
        self.keys.several_asked.connect(self.several.ask)
        self.keys.copy_asked.connect(self._on_copy)
        self.several.open_asked.connect(self._on_next_open)
        cells.decided.connect(lambda key, choice: self._session.choose((key,), choice))
        cells.row_decided.connect(self._on_row_decided)
        self._session.decided.connect(self._show_choices)

    def _sieves(self) -> QWidget:
        left = QFrame()
        left.setProperty("zone", "rail")
        left.setFixedWidth(px(SIEVES_PX))
        column = QVBoxLayout(left)
        column.setContentsMargins(px(6), px(10), px(6), px(10))
        column.setSpacing(px(2))
        group = QButtonGroup(self)
        self.sieves: dict[Sieve, QPushButton] = {}
        for sieve in self._offered():
            made = button(SIEVES[sieve], partial(self.look_at, sieve), "place")
            made.setCheckable(True)
            group.addButton(made)
            column.addWidget(made)
            self.sieves[sieve] = made
        self.sieves[self.sieve].setChecked(True)
        column.addStretch()
        return left

    def _offered(self) -> list[Sieve]:
        """Return the ways to look that this file has anything for."""
        is_returned = self._session.plan.returned is not None
        return [sieve for sieve in SIEVES if is_returned or sieve not in OF_RETURNS]

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
        self.sieve_box.addItems([SIEVES[sieve] for sieve in self.sieves])
        self.sieve_box.activated.connect(lambda at: self.look_at(list(self.sieves)[at]))
        self.sieve_box.hide()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(px(12), px(8), px(12), 0)
        column.setSpacing(px(8))
        self._which = QHBoxLayout()
        self._which.setSpacing(px(8))
        self._which.addWidget(self.sieve_box)
        self._which.addWidget(self.filter_line, 1)
        self._which.addWidget(self.several.several)
        column.addLayout(self._which)
        column.addWidget(self.several)
        column.addWidget(self._stack, 1)
        return middle

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let a drop-down take the place of the rail where the table would be left too little room."""
        super().resizeEvent(event)
        is_narrow = self.width() < px(NARROW_PX)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._rail.setVisible(not is_narrow)
            self.sieve_box.setVisible(is_narrow)
            self._fit_columns()
        is_wide = self.width() >= px(WIDE_PX) and self._session.plan.returned is not None
        wide = RETURNED_PANE_PX if is_wide else PANE_PX
        self._pane_frame.setFixedWidth(px(NARROW_PANE_PX if is_narrow else wide))

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
        self.several.show_comparison(compared)
        self._fit_columns()
        for sieve, made in self.sieves.items():
            count = compared.counts[sieve]
            made.setText(f"{SIEVES[sieve]}  {count:,}")
            self.sieve_box.setItemText(list(self.sieves).index(sieve), f"{SIEVES[sieve]}  {count:,}")
            made.setAccessibleName(f"{SIEVES[sieve]}: {count:,}")
            made.setEnabled(bool(count) or sieve is Sieve.ALL or sieve is self.sieve)
        self._show_rows()

    def _fit_columns(self) -> None:
        self.model.set_columns(self._columns())
        self.table.set_widths(self.table.widths())  # those that a person has set stay

    def _columns(self) -> tuple[Column[ReviewLine], ...]:
        """Return the columns; where there is little room the last of them go, for the pane says it all."""
        columns = self._session.now.columns
        if not self._is_narrow:
            return columns
        return tuple(
            replace(
                each,
                spare=each.spare or NARROW_SPARE.get(each.key, 0),
                width=min(each.width, NARROW_ROW_CHARACTERS) if each.key == "row" else each.width,
            )
            for each in columns
        )

    def look_at(self, sieve: Sieve) -> None:
        """Show only the rows of one kind."""
        self.sieve = sieve
        self.sieves[sieve].setChecked(True)
        self.sieve_box.setCurrentIndex(list(self.sieves).index(sieve))
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
        asking = [line.row for line in self._lines if not line.row.answered]
        asking += [line.row for line in self._lines if line.row.shows_in(Sieve.CONFLICTS)]
        asking += [line.row for line in self._lines if line.row.shows_in(Sieve.EMPTIED)]
        first = self.model.id_at(0) if self.model.rowCount() else None
        self.table.choose(asking[0].id if asking else first)
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
        self.pane.show_line(self.table.chosen_row(), self._session.decisions.cells)

    def _show_choices(self) -> None:
        """Show at once what was decided; the comparison follows."""
        self.pane.cells.show_choices(self._session.decisions.cells)
        self.several.show_choices()

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

    def _on_answered(self, ref: str) -> None:
        line = self.table.chosen_row()
        if line is not None:
            self._session.answer(line.row.place, ref)

    def _on_row_decided(self, choice: CellChoice | None) -> None:
        line = self.table.chosen_row()
        if line is not None and line.row.plan is not None and line.cells:
            session = self._session
            session.decide_soon(with_row_cells(session.decisions, line.row.plan, session.now.asks, choice))

    def _on_stepped(self, by: int) -> None:
        """Choose the next cell, over the end of the row that of the next row which has any."""
        if self.pane.cells.step(by):
            return
        for at in self._positions(by):
            if self.model.row_at(at).cells:
                self.table.choose(self.model.id_at(at))
                self.pane.cells.go_to(0 if by > 0 else len(self.pane.cells.blocks) - 1)
                return

    def _on_next_open(self) -> None:
        """Choose the next cell that asks, from the first row again after the last; else say that there is none."""
        open_places = {place for keys in self.several.open_cells().values() for place, _key in keys}
        if self.pane.cells.next_open(after_current=True):
            return
        rows = [*self._positions(1), *range(self.model.rowCount())]
        at = next((at for at in rows if self.model.row_at(at).row.place in open_places), None)
        if at is not None:
            self.table.choose(self.model.id_at(at))
            self.pane.cells.next_open(after_current=False)
        elif open_places:
            self.filter_line.clear()
            self.look_at(Sieve.ALL)
            self._on_next_open()

    def _positions(self, by: int) -> range:
        """Return the positions of the rows after the chosen one, or with -1 those before it, the nearest first."""
        chosen = self.table.chosen()
        at = self.model.position_of(chosen) if chosen is not None else None
        start = -1 if at is None else at
        return range(start + 1, self.model.rowCount()) if by > 0 else range(start - 1, -1, -1)

    def _on_copy(self, every: bool) -> None:
        """Put the chosen row, or all that are shown, on the clipboard for a while."""
        shown = [self.model.row_at(at) for at in range(self.model.rowCount())] if every else [self.table.chosen_row()]
        lines = [line for line in shown if line is not None]
        if lines:
            choices: Mapping[CellKey, CellChoice] = self._session.decisions.cells
            copy_briefly(copied_rows(lines, choices, three_way=not self._session.plan.is_two_way))
            words = counted(len(lines), "row")
            it = "it" if len(lines) == 1 else "them"
            self._session.said.emit(f"{words} copied; the clipboard forgets {it} after half a minute.")
