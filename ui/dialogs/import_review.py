"""The review of one import: look through the file, settle what is in doubt, and only then bring it in.

What is shown is what is applied: the same comparison, which is why nothing can be brought in while a newer one is
under way.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
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

from csp_desktop.imports.applying import Applied
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.reviewing import with_plan
from csp_desktop.imports.sheet_marks import CellPlace, cell_place
from csp_desktop.queries.plans import list_plans
from csp_desktop.undo import UndoOutcome
from ui.bars import MessageBar, WorkLine
from ui.desk import Desk
from ui.forms.controls import ChoiceBox
from ui.review.columns_page import ColumnsPage
from ui.review.order_bar import OrderBar
from ui.review.problems_page import ProblemsPage
from ui.review.rooms import inset, room
from ui.review.rows_page import RowsPage
from ui.review.session import Compared, Session
from ui.review.sheet_page import SheetPage
from ui.review.sheet_tabs import SheetTabs
from ui.review.sheet_words import no_table_words
from ui.review.summary_page import SummaryPage
from ui.review.themes_page import ThemesPage
from ui.review.words import foot_words
from ui.tasks import Task
from ui.theme import px
from ui.widgets import Title, button, label, rule

ROWS, SHEET, COLUMNS, THEMES, PROBLEMS = "Rows", "Sheet", "Columns", "Themes", "To check"


class ImportReview(QDialog):
    """Modal above the window. ``brought_in(Applied)`` once the file is in; closing it brings nothing in."""

    brought_in = Signal(object)

    def __init__(self, desk: Desk, first: Compared, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Bring in {first.plan.file.name}")
        self.setModal(True)
        self._is_working = False
        self._way_back: QWidget | None = None
        self.session = Session(desk, first, self)
        self.rows = RowsPage(self.session)
        self.sheet = SheetPage(self.session)
        self.columns = ColumnsPage(self.session)
        self.themes = ThemesPage(self.session)
        self.problems = ProblemsPage(self.session)
        self.summary = SummaryPage()
        self.message, self.notes = MessageBar(), MessageBar()
        self.order = OrderBar()
        self.work = WorkLine()
        self.sheets = SheetTabs(first)
        self._pages: dict[str, QWidget] = {
            ROWS: self.rows,
            SHEET: self.sheet,
            COLUMNS: self.columns,
            THEMES: self.themes,
            PROBLEMS: self.problems,
        }
        self._lay_out()
        self._connect()
        for page in (self.sheet, self.columns):
            page.look_at(self.sheets.here())
        self._on_compared(first)
        has_rows = bool(first.plan.read.tables)
        self.go(ROWS if has_rows else SHEET)
        if has_rows:
            self.rows.choose_first()
        else:
            self.sheet.take_focus()
        if first.plan.file.grid.notes:
            self.notes.say(" ".join(first.plan.file.grid.notes), "muted")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self._bar = QWidget()
        self._bar.setLayout(self._tab_row())
        column.addWidget(self._bar)
        column.addWidget(rule())
        column.addWidget(self.message)
        column.addWidget(self.notes)
        column.addWidget(self.order)
        self._stack = QStackedWidget()
        self._rooms = {page: room(page) for page in (*self._pages.values(), self.summary)}
        for each in self._rooms.values():
            self._stack.addWidget(each)
        column.addWidget(self._stack, 1)
        column.addLayout(inset(self.sheets))
        column.addWidget(self.work)
        column.addWidget(self._foot())
        screen = self.screen().availableSize()
        self.resize(min(px(1320), screen.width() - px(24)), min(px(720), screen.height() - px(48)))

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(20), px(14), px(20), px(4))
        row.setSpacing(px(8))
        row.addWidget(Title(self.session.plan.file.name), 1)
        self._into = label("Into", "muted")
        row.addWidget(self._into)
        self._plans = [plan for plan in list_plans(self.session.desk.store) if plan.is_open]
        self.plan = ChoiceBox()
        self.plan.setAccessibleName("Plan that the rows go into")
        self.plan.addItems([plan.title for plan in self._plans])
        self.plan.setMinimumWidth(px(310))
        row.addWidget(self.plan)
        return row

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(20), 0, px(20), 0)
        row.setSpacing(px(16))
        group = QButtonGroup(self)
        self.tabs: dict[str, QPushButton] = {}
        for number, name in enumerate(self._pages, start=1):
            tab = button(name, partial(self.go, name), "tab")
            tab.setCheckable(True)
            tab.setToolTip(f"Ctrl+{number}")
            group.addButton(tab)
            row.addWidget(tab)
            self.tabs[name] = tab
            self._key(f"Ctrl+{number}", partial(self._visit, name))
        row.addStretch()
        return row

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("zone", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(20), px(10), px(20), px(10))
        row.setSpacing(px(12))
        self.sentence = label("", "strong", wrap=True)
        self.accept_button = button("Bring in", self.bring_in, "primary")
        self.accept_button.setToolTip("Ctrl+Enter")
        self.close_button = button("Close without bringing in", self.reject)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.close_button)
        row.addWidget(self.accept_button)
        self._key("Ctrl+Return", self.bring_in)
        self._key("Ctrl+F", self._on_filter)
        self._key("F4", lambda: self._on_step(1))
        self._key("Shift+F4", lambda: self._on_step(-1))
        self._key("Alt+Left", self._on_back)
        return foot

    def _key(self, keys: str, pressed: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(pressed)

    def _connect(self) -> None:
        session = self.session
        session.compared.connect(self._on_compared)
        session.busy.connect(self._on_busy)
        session.refused.connect(self.message.say)
        session.brought_in.connect(self._on_brought_in)
        session.taken_back.connect(self._on_taken_back)
        self.plan.activated.connect(self._on_plan)
        session.said.connect(lambda sentence: self.message.say(sentence, "ok"))
        session.desk.tasks.slow.connect(self._on_slow)
        session.desk.tasks.ended.connect(self.work.leave)
        self.order.chosen.connect(self._on_order)
        self.columns.sheet.order.chosen.connect(self._on_order)
        self.problems.cell_asked.connect(self._on_problem_asked)
        self.sheet.row_asked.connect(self._on_row_asked)
        self.rows.cell_asked.connect(self._on_cell_asked)
        self.sheets.chosen.connect(self.sheet.look_at)
        self.sheets.chosen.connect(self.columns.look_at)
        self.summary.back_asked.connect(self._on_back_asked)

    def go(self, name: str) -> None:
        """Show one of the pages."""
        self._way_back = None
        self._stack.setCurrentWidget(self._rooms[self._pages[name]])
        self.sheets.setVisible(name in {SHEET, COLUMNS} and self.sheets.count() > 1)
        self.tabs[name].setChecked(True)

    def page(self) -> QWidget:
        """Return the page that is shown."""
        return next(page for page, shown in self._rooms.items() if shown is self._stack.currentWidget())

    def bring_in(self) -> None:
        """Bring in what is shown, where it changes anything."""
        if self.accept_button.isEnabled() and self.session.applied is None:
            self._is_working = True
            self.message.hide()
            self.session.bring_in()

    @override
    def reject(self) -> None:
        """Close without a trace; while the file is being brought in, wait for that."""
        if not self._is_working:
            self.session.close()
            super().reject()

    def _visit(self, name: str) -> None:
        if self.session.applied is None and not self.tabs[name].isHidden():
            self.go(name)
            focus = {ROWS: self.rows.table.setFocus, SHEET: self.sheet.take_focus, COLUMNS: self.columns.take_focus}
            focus |= {THEMES: self.themes.take_focus, PROBLEMS: self.problems.take_focus}
            focus[name]()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Esc for one step back where there is one; else it closes the review, as in every dialog."""
        if event.key() == Qt.Key.Key_Escape and self._way_back is not None:
            self._on_back()
        else:
            super().keyPressEvent(event)

    def _on_back(self) -> None:
        """Return to the list that led to the cell shown, at the very line."""
        back = self._way_back
        if back is self.problems:
            self._visit(PROBLEMS)
        elif back is self.rows:
            self._visit(ROWS)

    def _on_step(self, by: int) -> None:
        if self.session.applied is None:
            problem = self.problems.step(by)
            if problem is not None:
                self._on_problem_asked(problem)

    def _on_problem_asked(self, problem: Problem) -> None:
        self._show_cell(problem.sheet, cell_place(problem.cell), self.problems, problem.message)

    def _on_cell_asked(self, sheet: str, row: int) -> None:
        table = self.session.now.sheets[sheet].table_at(row, self.sheet.grid.place().column)
        self._show_cell(sheet, CellPlace(row, table.first_column if table else 1), self.rows)

    def _show_cell(self, sheet: str, place: CellPlace | None, back: QWidget, said: str = "") -> None:
        if sheet in self.session.now.sheets:
            self.go(SHEET)
            self._way_back = back
            self.sheets.look_at(sheet)
            self.sheet.show_cell(place, said)

    def _on_slow(self, task: Task) -> None:
        if task is self.session.bringing:
            self.work.follow(task)

    def _on_filter(self) -> None:
        page = self.page()
        if isinstance(page, RowsPage | ProblemsPage):
            page.filter_line.setFocus()
            page.filter_line.selectAll()

    def _on_compared(self, compared: Compared) -> None:
        plan = compared.plan
        self.rows.show_comparison(compared)
        self.sheets.show_comparison(compared)
        self.sheet.show_comparison(compared)
        self.columns.show_comparison(compared)
        self.themes.show_comparison(compared)
        self.problems.show_comparison(compared)
        self.order.show_plan(plan)
        self.plan.setCurrentIndex(next(at for at, each in enumerate(self._plans) if each.id == plan.plan.id))
        self.tabs[THEMES].setText(f"{THEMES} {len(plan.proposed_themes)}")
        self.tabs[THEMES].setVisible(bool(plan.proposed_themes))
        self.tabs[PROBLEMS].setText(f"{PROBLEMS} {len(plan.problems)}" if plan.problems else PROBLEMS)
        self.sentence.setText(foot_words(plan) if plan.read.tables else no_table_words(compared.sheets.values()))
        self.accept_button.setEnabled(plan.changes_anything)
        if self.page() is self.themes and not plan.proposed_themes:
            self.go(ROWS)

    def _on_busy(self, is_busy: bool) -> None:
        if is_busy:
            words = "Bringing in; a backup is made first" if self._is_working else "Comparing"
            self.sentence.setText(f"{words} \N{HORIZONTAL ELLIPSIS}")
        else:
            self._is_working = False
        self.accept_button.setEnabled(not is_busy and self.session.plan.changes_anything)
        self.close_button.setEnabled(not self._is_working)
        for page in self._pages.values():
            page.setEnabled(not self._is_working)

    def _on_plan(self, at: int) -> None:
        self.session.decide(with_plan(self.session.decisions, self._plans[at].key))

    def _on_order(self, order: DateOrder) -> None:
        self.session.decide(replace(self.session.decisions, date_order=order))

    def _on_row_asked(self, sheet: str, row: int) -> None:
        self.go(ROWS)
        self.rows.show_place(sheet, row)

    def _on_brought_in(self, applied: Applied) -> None:
        self.summary.show_applied(self.session.plan)
        self._stack.setCurrentWidget(self._rooms[self.summary])
        for shown in (self._bar, self.sheets, self.notes, self.order, self.plan, self._into, self.accept_button):
            shown.hide()
        self.sentence.setText("")
        self.close_button.setText("Close")
        self.close_button.setFocus()
        self.brought_in.emit(applied)

    def _on_back_asked(self) -> None:
        applied = self.session.applied
        if applied is not None and applied.import_id is not None:
            self.summary.back.setEnabled(False)
            self._is_working = True
            self.session.take_back(applied.import_id)

    def _on_taken_back(self, outcome: UndoOutcome) -> None:
        self.summary.show_taken_back(outcome)
        self.sentence.setText("")
        self.close_button.setFocus()
