"""The review of a register's file: what is new, what changes, what is left out and why, and then bringing it in."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from csp_desktop.imports.registers.applying import AppliedRegister
from models.vocabulary import RowOutcome
from ui.bars import MessageBar, WorkLine
from ui.desk import Desk
from ui.flow import Flow
from ui.pages.page import FilterLine
from ui.reoffending.figure_words import counted
from ui.reoffending.register_columns import RegisterColumns
from ui.reoffending.register_session import MOST_LISTED, Compared, RegisterSession
from ui.reoffending.register_words import (
    PROBLEM_COLUMNS,
    SAID_COLUMNS,
    NumberedProblem,
    NumberedRow,
    about_words,
    counts_words,
    doubt_words,
    numbered_problems,
)
from ui.review.order_bar import OrderChoice
from ui.review.rooms import room
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.tasks import Task
from ui.theme import px
from ui.widgets import Title, button, label, rule

ROWS, PROBLEMS, COLUMNS = "Rows", "To check", "Columns"
NARROW_PX = 620
CLOSE = "Close without bringing in"
NOTHING = "No row changes what is stored, and every cell could be read."
ALL_READ = "Every cell of this file could be read."
CHIPS: tuple[tuple[str, tuple[RowOutcome, ...]], ...] = (
    ("All", ()),
    ("Changes", (RowOutcome.CHANGED,)),
    ("Left out", (RowOutcome.ERROR, RowOutcome.CONFLICT)),
    ("Twice in the file", (RowOutcome.IGNORED,)),
)


class RegisterReview(QDialog):
    """Modal above the window. ``brought_in(AppliedRegister)`` once the file is in; closing drops what was read."""

    brought_in = Signal(object)

    def __init__(self, desk: Desk, first: Compared, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Bring in {first.plan.staged.name}")
        self.setModal(True)
        self.session = RegisterSession(desk, first, self)
        self._was_at: QWidget | None = None
        self._sent_to: QWidget | None = None
        self.message, self.notes, self.work = MessageBar(), MessageBar(), WorkLine()
        self.model: TableModel[NumberedRow] = TableModel(SAID_COLUMNS, self)
        self.rows = TableView(self.model, "Rows to look at", lines=2)
        self.problem_model: TableModel[NumberedProblem] = TableModel(PROBLEM_COLUMNS, self)
        self.problems = TableView(self.problem_model, "Problems of the file", lines=2)
        self.columns = RegisterColumns()
        self._lay_out(first)
        self._connect(desk)
        self._show(first)
        self.go(ROWS)

    def _lay_out(self, first: Compared) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(first))
        column.addWidget(rule())
        column.addWidget(self.message)
        column.addWidget(self.notes)
        column.addWidget(self._order_bar())
        self._stack = QStackedWidget()
        self._rooms = {
            ROWS: room(self._rows_page()),
            PROBLEMS: room(self._problems_page()),
            COLUMNS: room(self.columns),
        }
        for shown in self._rooms.values():
            self._stack.addWidget(shown)
        column.addWidget(self._stack, 1)
        column.addWidget(self.work)
        column.addWidget(self._foot())
        screen = self.screen().availableSize()
        self.resize(min(px(1100), screen.width() - px(24)), min(px(680), screen.height() - px(48)))

    def _head(self, first: Compared) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(px(20), px(10), px(20), 0)
        column.setSpacing(px(2))
        column.addWidget(Title(first.plan.staged.name))
        self.about = label("", "muted", wrap=True)
        column.addWidget(self.about)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        group = QButtonGroup(self)
        self.tabs: dict[str, QPushButton] = {}
        for number, name in enumerate((ROWS, PROBLEMS, COLUMNS), start=1):
            tab = self.tabs[name] = button(name, partial(self.go, name), "tab")
            tab.setCheckable(True)
            tab.setToolTip(f"Ctrl+{number}")
            group.addButton(tab)
            row.addWidget(tab)
        row.addStretch(1)
        column.addLayout(row)
        return column

    def _order_bar(self) -> QWidget:
        self.order = QFrame()
        self.order.setProperty("zone", "message")
        self._asked = label("", "warning", wrap=True)
        self.order_choice = OrderChoice()
        row = QHBoxLayout(self.order)
        row.setContentsMargins(px(20), px(8), px(20), px(8))
        row.addWidget(self._asked, 1)
        row.addWidget(self.order_choice)
        self.order.hide()
        return self.order

    def _rows_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(px(20), px(8), px(20), px(8))
        column.setSpacing(px(8))
        self.counts = label("", "strong", wrap=True)
        column.addWidget(self.counts)
        bar = Flow(px(8))
        group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        for name, outcomes in CHIPS:
            chip = self.chips[name] = button(name, partial(self._narrow, outcomes), "chip")
            chip.setCheckable(True)
            group.addButton(chip)
            bar.addWidget(chip)
        self.chips["All"].setChecked(True)
        column.addLayout(bar)
        self.filter_line = FilterLine()
        self.filter_line.setPlaceholderText("Filter rows")
        self.filter_line.setAccessibleName("Filter rows")
        self.filter_line.setClearButtonEnabled(True)
        self.filter_line.textChanged.connect(self.model.filter)
        self.filter_line.left.connect(self.rows.setFocus)
        column.addWidget(self.filter_line)
        column.addWidget(self.rows, 1)
        self.listed = label("", "muted", wrap=True)
        column.addWidget(self.listed)
        self.whole = label("", wrap=True)
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.whole)
        return page

    def _problems_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(px(20), px(8), px(20), px(8))
        self.checked = label("", "muted", wrap=True)
        column.addWidget(self.checked)
        column.addWidget(self.problems, 1)
        self.problem_whole = label("", wrap=True)
        column.addWidget(self.problem_whole)
        return page

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("zone", "foot")
        self._foot_row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, foot)
        row.setContentsMargins(px(20), px(10), px(20), px(10))
        row.setSpacing(px(12))
        self.words = label("", "strong", wrap=True)
        self.close_button = button(CLOSE, self.reject)
        self.accept_button = button("Bring in", self.bring_in, "primary")
        self.accept_button.setToolTip("Ctrl+Enter")
        row.addWidget(self.words, 1)
        deeds = QHBoxLayout()
        deeds.setSpacing(px(12))
        deeds.addWidget(self.close_button)
        deeds.addWidget(self.accept_button)
        row.addLayout(deeds)
        return foot

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sentence at the foot a line of its own where there is little room."""
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._foot_row.setDirection(down if self.width() < px(NARROW_PX) else across)

    def _connect(self, desk: Desk) -> None:
        session = self.session
        session.compared.connect(self._show)
        session.busy.connect(self._on_busy)
        session.refused.connect(self.message.say)
        session.applied.connect(self._on_applied)
        desk.tasks.slow.connect(self._on_slow)
        desk.tasks.ended.connect(self.work.leave)
        self.columns.meant.connect(session.mean)
        self.order_choice.chosen.connect(session.order)
        self.rows.row_chosen.connect(lambda _at: self._show_whole())
        self.problems.row_chosen.connect(lambda _at: self._show_problem())
        for number, name in enumerate((ROWS, PROBLEMS, COLUMNS), start=1):
            self._key(f"Ctrl+{number}", partial(self.go, name))
        self._key("Ctrl+Return", self.bring_in)
        self._key("Ctrl+Enter", self.bring_in)
        self._key("Ctrl+F", self._on_filter)

    def _key(self, keys: str, pressed: partial[None] | object) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(pressed)

    def go(self, name: str) -> None:
        """Show one of the pages, with the keyboard in it."""
        self._stack.setCurrentWidget(self._rooms[name])
        self.tabs[name].setChecked(True)
        if name == ROWS:
            self.rows.setFocus()
        elif name == PROBLEMS:
            self.problems.setFocus()
        elif self.columns.choices:
            next(iter(self.columns.choices.values())).setFocus()

    def _on_filter(self) -> None:
        self.go(ROWS)
        self.filter_line.setFocus()

    def _show(self, compared: Compared) -> None:
        plan = compared.plan
        self.about.setText(about_words(plan))
        self.notes.setVisible(False)
        if plan.notes:
            self.notes.say(" ".join(plan.notes), "muted")
        self._asked.setText(doubt_words(plan) or "The dates of this file are read as you said:")
        self.order.setVisible(bool(plan.doubted) or plan.request.date_order is not None)
        self.order_choice.show_chosen(plan.request.date_order)
        counts = [f"{count:,} {words}" for words, count in counts_words(plan)]
        self.counts.setText("; ".join(counts) or "The file has no rows.")
        self._show_rows()
        found = numbered_problems(plan)
        self.problem_model.set_source(RowsInHand(PROBLEM_COLUMNS, found, lambda each: each.at))
        self.tabs[PROBLEMS].setText(f"{PROBLEMS} {plan.problem_count:,}" if plan.problem_count else PROBLEMS)
        self.checked.setText(counted(plan.problem_count, "problem") if plan.problem_count else ALL_READ)
        self.columns.show_plan(plan)
        self.words.setText(plan.sentence)
        self._offer()

    def _narrow(self, outcomes: tuple[RowOutcome, ...]) -> None:
        del outcomes
        self._show_rows()

    def _show_rows(self) -> None:
        wanted = next(outcomes for name, outcomes in CHIPS if self.chips[name].isChecked())
        every = self.session.now.rows
        rows = [row for row in every if not wanted or row.said.outcome in wanted]
        self.model.set_source(RowsInHand(SAID_COLUMNS, rows, lambda row: row.at))
        for name, outcomes in CHIPS:
            count = sum(not outcomes or row.said.outcome in outcomes for row in every)
            self.chips[name].setVisible(bool(count) or not outcomes)
            self.chips[name].setText(f"{name} {count:,}")
        words = NOTHING if not every else ""
        if len(every) == MOST_LISTED:
            words = (
                f"The first {MOST_LISTED:,} of the rows with something to look at are listed; the counts are of all."
            )
        self.listed.setText(words)
        self.listed.setVisible(bool(words))
        self._show_whole()

    def _show_whole(self) -> None:
        row = self.rows.chosen_row()
        cells = "; ".join(f"{heading}: {text}" for heading, text in row.said.cells.items() if text) if row else ""
        self.whole.setText(f"In the file: {cells}" if cells else "")
        self.whole.setVisible(bool(cells))

    def _show_problem(self) -> None:
        row = self.problems.chosen_row()
        self.problem_whole.setText(row.message if row else "")

    def _offer(self) -> None:
        plan = self.session.now.plan
        can = plan.changes_anything and not plan.doubted and not self.session.is_busy
        self.accept_button.setEnabled(can)
        if plan.doubted:
            self.words.setText("Say first how the dates are to be read.")

    def bring_in(self) -> None:
        """Bring in what is shown, where it changes anything."""
        if self.accept_button.isEnabled():
            self.message.hide()
            self.session.bring_in()

    def _on_busy(self, words: str) -> None:
        """Let nothing be decided while something is under way; the keyboard is then where it was again."""
        if words:
            self._was_at = self._focused()
        self.columns.setEnabled(not words)
        self.order_choice.setEnabled(not words)
        self._offer()
        focused = self._focused()
        if words:
            self._sent_to = focused  # where disabling has put it, which nobody chose
        elif self._was_at is not None and (focused in {None, self._sent_to} or not focused.isEnabled()):
            self._was_at.setFocus()

    def _focused(self) -> QWidget | None:
        return self.focusWidget()

    def _on_slow(self, task: Task) -> None:
        if self.session.owns(task):
            self.work.follow(task)

    def _on_applied(self, applied: AppliedRegister) -> None:
        self.brought_in.emit(applied)
        super().accept()

    @override
    def reject(self) -> None:
        """Close and drop what was read, unless something is under way, which is cancelled at its own line."""
        if self.session.is_busy:
            self.message.say("Something is still under way. Cancel it below, or wait until it is done.", "warning")
            return
        self.session.drop()
        super().reject()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filter_line.text():
            self.filter_line.clear()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
