"""The review of one import: look through the file, settle what is in doubt, and only then bring it in.

What is shown is what is applied: the same comparison, which is why nothing can be brought in while a newer one is
under way.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from csp_desktop.imports.applying import Applied
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.import_plan import ImportPlan, Place
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.reviewing import ReviewRow, with_plan
from csp_desktop.imports.sheet_marks import CellPlace, cell_place
from csp_desktop.queries.plans import list_plans
from csp_desktop.undo import UndoOutcome
from ui.bars import MessageBar, WorkLine
from ui.desk import Desk
from ui.review.columns_page import ColumnsPage
from ui.review.foot import ReviewFoot
from ui.review.head import ReviewHead
from ui.review.order_bar import OrderBar
from ui.review.problems_page import ProblemsPage
from ui.review.rooms import inset, room
from ui.review.rows_page import RowsPage
from ui.review.session import BRINGING_IN, Compared, Session
from ui.review.sheet_page import SheetPage
from ui.review.sheet_tabs import SheetTabs
from ui.review.sheet_words import no_table_words
from ui.review.summary_page import SummaryPage
from ui.review.themes_page import ThemesPage
from ui.review.warnings import WorkbookWarnings
from ui.review.words import about_words, foot_words
from ui.tasks import Task
from ui.theme import px
from ui.widgets import rule

BACKED_UP = "Bringing in; a backup is made first"
SHORT_PX = 480
ROWS, SHEET, COLUMNS, THEMES, PROBLEMS = "Rows", "Sheet", "Columns", "Themes", "To check"


class ImportReview(QDialog):
    """Modal above the window. ``brought_in(Applied)`` once the file is in; closing it brings nothing in."""

    brought_in = Signal(object)

    def __init__(self, desk: Desk, first: Compared, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Bring in {first.plan.file.name}")
        self.setModal(True)
        self._way_back: QWidget | None = None
        self._was_at: QWidget | None = None
        self.session = Session(desk, first, self)
        self.rows = RowsPage(self.session)
        self.sheet = SheetPage(self.session)
        self.columns = ColumnsPage(self.session)
        self.themes = ThemesPage(self.session)
        self.problems = ProblemsPage(self.session)
        self.summary = SummaryPage(self.session)
        self.message, self.notes, self.warnings = MessageBar(), MessageBar(), WorkbookWarnings()
        self.order = OrderBar()
        self.work = WorkLine()
        self.foot = ReviewFoot()
        self.sheets = SheetTabs(first)
        self._pages: dict[str, QWidget] = {
            ROWS: self.rows,
            SHEET: self.sheet,
            COLUMNS: self.columns,
            THEMES: self.themes,
            PROBLEMS: self.problems,
        }
        plans = [plan for plan in list_plans(desk.store) if plan.is_open]
        pages = {name: partial(self.go, name) for name in self._pages}
        self.head = ReviewHead(first.plan.file.name, plans, pages)
        self.plan, self.tabs = self.head.plan, self.head.tabs
        self._lay_out()
        self._connect()
        for page in (self.sheet, self.columns):
            page.look_at(self.sheets.here())
        self._on_compared(first)
        self._begin(first.plan)

    def _begin(self, plan: ImportPlan) -> None:
        """Begin with the rows where there are any, else with the sheet, to say what it holds."""
        if plan.read.tables:
            self.go(ROWS)
            self.rows.choose_first()
        else:
            self.go(SHEET)
            self.sheet.take_focus()
        if plan.file.grid.notes:
            self.notes.say(" ".join(plan.file.grid.notes), "muted")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(rule())
        column.addWidget(self.message)
        column.addWidget(self.warnings)
        column.addWidget(self.notes)
        column.addWidget(self.order)
        self._stack = QStackedWidget()
        self._rooms = {page: room(page) for page in (*self._pages.values(), self.summary)}
        for each in self._rooms.values():
            self._stack.addWidget(each)
        column.addWidget(self._stack, 1)
        column.addLayout(inset(self.sheets))
        column.addWidget(self.work)
        column.addWidget(self.foot)
        self._add_keys()
        screen = self.screen().availableSize()
        self.resize(min(px(1320), screen.width() - px(24)), min(px(720), screen.height() - px(48)))
        if screen.height() < px(SHORT_PX):
            self.setWindowState(Qt.WindowState.WindowMaximized)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_short = self.height() < px(SHORT_PX)
        self.head.shorten(is_short=is_short)
        self.foot.shorten(is_short=is_short)

    def _add_keys(self) -> None:
        for number, name in enumerate(self._pages, start=1):
            self._key(f"Ctrl+{number}", partial(self._visit, name))
        self._key("Ctrl+Return", self.bring_in)
        self._key("Ctrl+Enter", self.bring_in)
        self._key("Ctrl+F", self._on_filter)
        self._key("Ctrl+PgDown", lambda: self.sheets.step(1))
        self._key("Ctrl+PgUp", lambda: self.sheets.step(-1))
        self._key("F4", lambda: self._on_step(1))
        self._key("Shift+F4", lambda: self._on_step(-1))
        self._key("Alt+Left", self._on_back)
        self._key("Ctrl+P", self.summary.print_page)
        self._key("Ctrl+S", self.summary.save_pdf)

    def _key(self, keys: str, pressed: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(pressed)

    def _connect(self) -> None:
        session = self.session
        session.compared.connect(self._on_compared)
        session.busy.connect(self._on_busy)
        session.refused.connect(self.message.say)
        session.brought_in.connect(self._on_brought_in)
        session.taken_back.connect(self._on_taken_back)
        self.head.plan_chosen.connect(self._on_plan)
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
        self.foot.wanted.connect(self.bring_in)
        self.foot.closing.connect(self.reject)
        self.foot.left.connect(self._leave)

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
        self._was_at = self.focusWidget()
        self.foot.accept_button.setFocus()  # what was typed and not yet taken is taken first, and then is not yet shown
        if self.foot.accept_button.isEnabled() and self.session.applied is None:
            self.message.hide()
            self.session.bring_in()
        elif self._was_at is not None:
            self._was_at.setFocus()
            self._was_at = None

    @override
    def reject(self) -> None:
        """Close without a trace, asking first where something was settled; wait for a file that is being brought in."""
        if self.session.is_writing:
            return
        if self.foot.is_asking:
            self.foot.stay()
        elif self.session.is_changed:
            self.foot.ask()
        else:
            self._leave()

    def _leave(self) -> None:
        self.session.close()
        super().reject()

    def _visit(self, name: str) -> None:
        if self.session.applied is None and not self.tabs[name].isHidden():
            self.go(name)
            focus = {ROWS: self.rows.take_focus, SHEET: self.sheet.take_focus, COLUMNS: self.columns.take_focus}
            focus |= {THEMES: self.themes.take_focus, PROBLEMS: self.problems.take_focus}
            focus[name]()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Esc for one step back where there is one; else it closes the review, as in every dialog."""
        if event.key() != Qt.Key.Key_Escape or self.foot.is_asking or not self._step_back():
            super().keyPressEvent(event)

    def _step_back(self) -> bool:
        page = self.page()
        if self._way_back is not None:
            self._on_back()
            return True
        return isinstance(page, RowsPage | ProblemsPage) and page.step_back()

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

    def _on_cell_asked(self, row: ReviewRow) -> None:
        title = row.plan.record.title.cell if row.plan else ""
        self._show_cell(row.sheet, cell_place(title) or CellPlace(row.row, row.part), self.rows)

    def _show_cell(self, sheet: str, place: CellPlace | None, back: QWidget, said: str = "") -> None:
        if sheet in self.session.now.sheets:
            self.go(SHEET)
            self._way_back = back
            self.sheets.look_at(sheet)
            self.sheet.show_cell(place, said)

    def _on_slow(self, task: Task) -> None:
        if self.session.owns(task):
            self.work.follow(task)

    def _on_filter(self) -> None:
        page = self.page()
        if isinstance(page, RowsPage | ProblemsPage):
            page.filter_line.setFocus()
            page.filter_line.selectAll()

    def _on_compared(self, compared: Compared) -> None:
        plan = compared.plan
        for page in (self.rows, self.sheets, self.sheet, self.columns, self.themes, self.problems):
            page.show_comparison(compared)
        self.order.show_plan(plan)
        self.head.show_plan(plan.plan.id, about_words(plan))
        self.warnings.show_plan(plan)
        self.tabs[THEMES].setText(f"{THEMES} {len(plan.proposed_themes):,}")
        self.tabs[THEMES].setVisible(bool(plan.proposed_themes))
        self.tabs[PROBLEMS].setText(f"{PROBLEMS} {len(plan.problems):,}" if plan.problems else PROBLEMS)
        self._say_what_comes()
        self.foot.offer(plan, is_busy=self.session.is_busy)
        if self.page() is self.themes and not plan.proposed_themes:
            self.go(ROWS)

    def _say_what_comes(self) -> None:
        plan = self.session.plan
        if self.session.applied is not None:
            self.foot.say("")
        elif plan.read.tables:
            self.foot.say(foot_words(plan))
        else:
            self.foot.say(no_table_words(self.session.now.sheets.values()))

    def _on_busy(self, words: str) -> None:
        """Say what is under way; while the file is written nothing else can be done, and the keyboard comes back."""
        is_writing = self.session.is_writing
        if words:
            self.foot.say(f"{BACKED_UP if words == BRINGING_IN else words} \N{HORIZONTAL ELLIPSIS}")
        else:
            self._say_what_comes()
        self.foot.offer(self.session.plan, is_busy=bool(words))
        self.foot.close_button.setEnabled(not is_writing)
        self.plan.setEnabled(not is_writing)
        self.order.setEnabled(not is_writing)
        for page in self._pages.values():
            page.setEnabled(not is_writing)
        if not is_writing and self._was_at is not None:
            self._was_at.setFocus()
            self._was_at = None

    def _on_plan(self, key: str) -> None:
        self.session.decide(with_plan(self.session.decisions, key))

    def _on_order(self, order: DateOrder) -> None:
        self.session.decide(replace(self.session.decisions, date_order=order))

    def _on_row_asked(self, place: Place) -> None:
        self.go(ROWS)
        self.rows.show_place(place)

    def _on_brought_in(self, applied: Applied) -> None:
        self.summary.show_applied(self.session.plan, applied)
        self._stack.setCurrentWidget(self._rooms[self.summary])
        for shown in (self.sheets, self.notes, self.warnings, self.order):
            shown.hide()
        self.head.end()
        self._say_what_comes()
        self.foot.end()
        self.brought_in.emit(applied)

    def _on_back_asked(self) -> None:
        applied = self.session.applied
        if applied is not None and applied.import_id is not None and not self.session.is_busy:
            self.session.take_back(applied.import_id)

    def _on_taken_back(self, outcome: UndoOutcome) -> None:
        self.summary.show_taken_back(outcome)
        self.foot.close_button.setFocus()
