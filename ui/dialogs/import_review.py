"""The review of one import: look through the file, settle what is in doubt, and only then bring it in.

What is shown is what is applied: the same comparison, which is why nothing can be brought in while a newer one is
under way.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
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
from csp_desktop.imports.reviewing import with_plan
from csp_desktop.queries.plans import list_plans
from csp_desktop.undo import UndoOutcome
from ui.bars import MessageBar
from ui.desk import Desk
from ui.forms.controls import ChoiceBox
from ui.review.columns_page import ColumnsPage
from ui.review.order_bar import OrderBar
from ui.review.problems_page import ProblemsPage
from ui.review.rows_page import RowsPage
from ui.review.session import Compared, Session
from ui.review.summary_page import SummaryPage
from ui.review.themes_page import ThemesPage
from ui.review.words import foot_words
from ui.theme import px
from ui.widgets import button, label, rule

ROWS, COLUMNS, THEMES, PROBLEMS = "Rows", "Columns", "Themes", "To check"
NO_TABLE = (
    "No table of actions was found. Say in which row the headings stand, and which column holds the action and which "
    "its lead, due date, RAG or update."
)


class ImportReview(QDialog):
    """Modal above the window. ``brought_in(Applied)`` once the file is in; closing it brings nothing in."""

    brought_in = Signal(object)

    def __init__(self, desk: Desk, first: Compared, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Bring in {first.plan.file.name}")
        self.setModal(True)
        self._is_working = False
        self.session = Session(desk, first, self)
        self.rows = RowsPage(self.session)
        self.columns = ColumnsPage(self.session)
        self.themes = ThemesPage(self.session)
        self.problems = ProblemsPage()
        self.summary = SummaryPage()
        self.message = MessageBar()
        self.order = OrderBar()
        self._pages: dict[str, QWidget] = {
            ROWS: self.rows,
            COLUMNS: self.columns,
            THEMES: self.themes,
            PROBLEMS: self.problems,
        }
        self._lay_out()
        self._connect()
        self._on_compared(first)
        has_rows = bool(first.plan.read.tables)
        self.go(ROWS if has_rows else COLUMNS)
        if has_rows:
            self.rows.choose_first()

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
        column.addWidget(self.order)
        self._stack = QStackedWidget()
        for page in (*self._pages.values(), self.summary):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot())
        screen = self.screen().availableSize()
        self.resize(min(px(1320), screen.width() - px(24)), min(px(720), screen.height() - px(48)))

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(20), px(14), px(20), px(4))
        row.setSpacing(px(8))
        row.addWidget(label(self.session.plan.file.name, "title", wrap=True), 1)
        self._into = label("Into", "muted")
        row.addWidget(self._into)
        self._plans = [plan for plan in list_plans(self.session.desk.store) if plan.is_open]
        self.plan = ChoiceBox()
        self.plan.setAccessibleName("Plan that the rows go into")
        self.plan.addItems([plan.title for plan in self._plans])
        self.plan.setMinimumWidth(px(320))
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
        self.order.chosen.connect(self._on_order)
        self.problems.row_asked.connect(self._on_row_asked)
        self.summary.back_asked.connect(self._on_back_asked)

    def go(self, name: str) -> None:
        """Show one of the pages."""
        self._stack.setCurrentWidget(self._pages[name])
        self.tabs[name].setChecked(True)

    def page(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._stack.currentWidget()

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
            focus = {ROWS: self.rows.table.setFocus, COLUMNS: self.columns.take_focus}
            focus |= {THEMES: self.themes.take_focus, PROBLEMS: self.problems.take_focus}
            focus[name]()

    def _on_filter(self) -> None:
        page = self.page()
        if isinstance(page, RowsPage | ProblemsPage):
            page.filter_line.setFocus()
            page.filter_line.selectAll()

    def _on_compared(self, compared: Compared) -> None:
        plan = compared.plan
        self.rows.show_comparison(compared)
        self.columns.show_comparison(compared)
        self.themes.show_comparison(compared)
        self.problems.show_comparison(compared)
        self.order.show_plan(plan)
        self.plan.setCurrentIndex(next(at for at, each in enumerate(self._plans) if each.id == plan.plan.id))
        self.tabs[THEMES].setText(f"{THEMES} {len(plan.proposed_themes)}")
        self.tabs[THEMES].setVisible(bool(plan.proposed_themes))
        self.tabs[PROBLEMS].setText(f"{PROBLEMS} {len(plan.problems)}" if plan.problems else PROBLEMS)
        self.sentence.setText(foot_words(plan) if plan.read.tables else NO_TABLE)
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
        self._stack.setCurrentWidget(self.summary)
        for shown in (self._bar, self.order, self.plan, self._into, self.accept_button):
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
