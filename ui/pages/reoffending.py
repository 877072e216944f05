"""Reoffending: the cohorts, one cohort, people one by one, comparisons, the IOM list, and the tables behind them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from csp_desktop.queries.cohorts import list_cohorts
from ui.desk import Desk
from ui.flow import Flow
from ui.forms.form import Form, FormSpec
from ui.forms.registers import bringing_in_register
from ui.forms.reoffending_again import form_again
from ui.pages.page import Page
from ui.pages.report_choices import OfCohort
from ui.reoffending.again import where_again
from ui.reoffending.cohort_screen import CohortScreen
from ui.reoffending.cohorts_screen import CohortsScreen
from ui.reoffending.compare_screen import CompareScreen
from ui.reoffending.iom_screen import IomScreen
from ui.reoffending.people_screen import PeopleScreen
from ui.reoffending.person_screen import PersonScreen
from ui.reoffending.register_desk import RegisterDesk
from ui.reoffending.screen import Kind, Screen, Where
from ui.reoffending.tables_screen import TablesScreen
from ui.search import Found
from ui.theme import px
from ui.widgets import button

MAKERS: dict[Kind, Callable[[Desk], Screen]] = {
    Kind.COHORTS: CohortsScreen,
    Kind.COHORT: CohortScreen,
    Kind.PEOPLE: PeopleScreen,
    Kind.PERSON: PersonScreen,
    Kind.COMPARE: CompareScreen,
    Kind.IOM: IomScreen,
    Kind.TABLES: TablesScreen,
}
TOP: tuple[tuple[Kind, str], ...] = (
    (Kind.COHORTS, "Cohorts"),
    (Kind.COMPARE, "Compare"),
    (Kind.IOM, "IOM list"),
    (Kind.TABLES, "Tables used for counting"),
)
HERE = "reoffending"
REPORTS = "reports"  # the place that prints a cohort's report
NARROW_PX = 900
HOME = Where(Kind.COHORTS)


class ReoffendingPage(Page):
    """A trail of screens: each leads on to others, and Esc or Back to the one before."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Reoffending")
        self.form: Form | None = None
        self._trail = [HOME]
        self._screens: dict[Kind, Screen] = {}
        self._stack = QStackedWidget()
        self.back = button("Back", self.go_back)
        self.back.setToolTip("Esc")
        self.head.insertWidget(0, self.back)
        self._tools = QWidget()
        self._tools_row = QHBoxLayout(self._tools)
        self._tools_row.setContentsMargins(0, 0, 0, 0)
        self.head.addWidget(self._tools)
        self.body.addWidget(self._bar())
        self.body.addWidget(self._stack, 1)
        self.registers = RegisterDesk(desk, self)
        self.registers.told.connect(self.told)
        self.registers.closed.connect(self.take_focus)
        desk.news.happened.connect(self._on_news)
        self._show()

    def _bar(self) -> QWidget:
        bar = QWidget()
        row = Flow(px(8), bar)
        group = QButtonGroup(self)
        self.chips: dict[Kind, QPushButton] = {}
        for kind, words in TOP:
            chip = button(words, partial(self._start_at, kind), "chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self.chips[kind] = chip
            row.addWidget(chip)
        self._chips = bar
        return bar

    def screen_shown(self) -> Screen:
        """Return the screen that is shown."""
        return self._screens[self._trail[-1].kind]

    def _made(self, kind: Kind) -> Screen:
        screen = MAKERS[kind](self.desk)
        screen.opened.connect(self.open)
        screen.left.connect(self._on_left)
        screen.form_asked.connect(self._open_form)
        screen.form_over.connect(self._on_form_closed)
        screen.register_asked.connect(self.bring_in)
        screen.report_asked.connect(lambda name, day: self.went_to.emit(REPORTS, OfCohort(name, day)))
        screen.pane_wanted.connect(lambda pane: self._on_pane(screen, pane))
        screen.titled.connect(lambda words: self.title.say(words) if screen is self.screen_shown() else None)
        screen.counted.connect(lambda words: self.say_counts(words) if screen is self.screen_shown() else None)
        screen.told.connect(self.told)
        screen.tools.hide()
        self._tools_row.addWidget(screen.tools)
        self._stack.addWidget(screen)
        self._screens[kind] = screen
        return screen

    def _start_at(self, kind: Kind) -> None:
        self._go([Where(kind)])

    def open(self, where: Where) -> None:
        """Lead on to a screen."""
        if where != self._trail[-1]:
            self._go([*self._trail, where])

    def bring_in(self) -> None:
        """Ask which register a file is, and read it."""
        here = self._trail[-1]
        cohort_id = here.id if here.kind is Kind.COHORT else None
        self._open_form(bringing_in_register(self.desk.store, self.registers.begin, cohort_id))

    def go_back(self) -> None:
        """Go back to the screen before, where there is one."""
        if len(self._trail) > 1:
            self._go(self._trail[:-1])

    def _on_left(self) -> None:
        if self.sender() is self.screen_shown():
            self.go_back()

    def _go(self, trail: list[Where]) -> None:
        if self.asks_about_changes():
            self._mark()
            return
        self._close_form()
        self.pane_wanted.emit(None)
        self._trail = trail
        self._show()
        self.screen_shown().reread()
        self.screen_shown().take_focus()

    def _show(self) -> None:
        where = self._trail[-1]
        screen = self._screens.get(where.kind) or self._made(where.kind)
        screen.show_where(where)
        self.filter_line = screen.filter_line
        self.title.say(screen.title)
        for each in self._screens.values():
            each.tools.setVisible(each is screen)
        self._stack.setCurrentWidget(screen)
        self.say_marking(screen.marking)
        self.back.setVisible(len(self._trail) > 1)
        self._chips.setVisible(len(self._trail) == 1 and len(self.chips) > 1)
        self._mark()

    def _mark(self) -> None:
        chip = self.chips.get(self._trail[0].kind)
        if chip is not None:
            chip.setChecked(True)

    def _on_pane(self, screen: Screen, pane: QWidget | None) -> None:
        if screen is not self.screen_shown() or self.asks_about_changes():
            return
        self._close_form()
        self.pane_wanted.emit(pane)

    def _on_news(self, _step: object) -> None:
        """Let every screen know that something was written. The window has the page reread before it knows that."""
        stale = [screen for screen in self._screens.values() if screen.written()]
        if self.isVisible() and self.screen_shown() in stale:
            self.screen_shown().reread()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what stands beside the title a line of its own where the title would have no room."""
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW_PX)
        if narrow and self.head.indexOf(self._tools) >= 0:
            self.head.removeWidget(self._tools)
            self.body.insertWidget(1, self._tools)
        elif not narrow and self.head.indexOf(self._tools) < 0:
            self.body.removeWidget(self._tools)
            self.head.addWidget(self._tools)

    @override
    def reread(self) -> None:
        self.screen_shown().reread()

    @override
    def go_to(self, row_id: object) -> None:
        """Open a cohort by its id, or any screen of the page."""
        if isinstance(row_id, Where):
            self._go([HOME, row_id])
        elif isinstance(row_id, int):
            self._go([HOME, Where(Kind.COHORT, row_id)])

    @override
    def offered(self) -> Sequence[Found]:
        return [
            Found(row.name, "Cohort", partial(self.went_to.emit, HERE, row.id)) for row in list_cohorts(self.desk.store)
        ]

    @override
    def take_focus(self) -> None:
        self.screen_shown().take_focus()

    def _open_form(self, spec: FormSpec) -> None:
        if self.asks_about_changes():
            return
        self._close_form()
        self.screen_shown().pane_gone()
        self.form = Form(spec)
        self.form.closed.connect(self._on_form_closed)
        self.pane_wanted.emit(self.form)
        self.form.focus_first()

    def _on_form_closed(self) -> None:
        self._close_form()
        self.pane_wanted.emit(None)
        self.screen_shown().form_closed()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self.pane_wanted.emit(None)
            form.deleteLater()

    @override
    def form_shown(self) -> Form | None:
        return self.form

    @override
    def show_form(self) -> None:
        self.pane_wanted.emit(self.form)

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> None:
        spec = form_again(self.desk.store, name, ids, self.desk.today())
        if spec is not None:
            where = where_again(name, ids)
            self._go([where] if where.kind in self.chips else [HOME, where])
            self._open_form(spec)

    @override
    def step_back(self) -> bool:
        if self.form is not None:
            self.form.cancel()
            return True
        if self.screen_shown().step_back():
            return True
        if len(self._trail) > 1:
            self.go_back()
            return True
        return False

    @override
    def print_page(self) -> None:
        self.screen_shown().print_page()
