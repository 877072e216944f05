"""Reoffending: the cohorts, one cohort, people one by one, comparisons, the IOM list, and the tables behind them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from typing_extensions import override

from csp_desktop.queries.cohorts import list_cohorts
from ui.desk import Desk
from ui.forms.form import FormSpec
from ui.forms.registers import bringing_in_register
from ui.forms.reoffending_again import form_again
from ui.pages.report_choices import OfCohort
from ui.reoffending.again import where_again
from ui.reoffending.cohort_screen import CohortScreen
from ui.reoffending.cohorts_screen import CohortsScreen
from ui.reoffending.compare_screen import CompareScreen
from ui.reoffending.iom_screen import IomScreen
from ui.reoffending.kinds import Kind
from ui.reoffending.people_screen import PeopleScreen
from ui.reoffending.person_screen import PersonScreen
from ui.reoffending.tables_screen import TablesScreen
from ui.screens.page import ScreensPage
from ui.screens.screen import Screen, Where
from ui.search import Found

MAKERS: Mapping[str, Callable[[Desk], Screen]] = {
    Kind.COHORTS: CohortsScreen,
    Kind.COHORT: CohortScreen,
    Kind.PEOPLE: PeopleScreen,
    Kind.PERSON: PersonScreen,
    Kind.COMPARE: CompareScreen,
    Kind.IOM: IomScreen,
    Kind.TABLES: TablesScreen,
}
TOP: tuple[tuple[str, str], ...] = (
    (Kind.COHORTS, "Cohorts"),
    (Kind.COMPARE, "Compare"),
    (Kind.IOM, "IOM list"),
    (Kind.TABLES, "Tables used for counting"),
)
HERE = "reoffending"
REPORTS = "reports"  # the place that prints a cohort's report


class ReoffendingPage(ScreensPage):
    """The screens of reoffending."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Reoffending", MAKERS, TOP)

    @override
    def made(self, kind: str) -> Screen:
        screen = super().made(kind)
        screen.report_asked.connect(lambda name, day: self.went_to.emit(REPORTS, OfCohort(name, day)))
        return screen

    @override
    def bring_in(self) -> None:
        """Ask which register a file is, and read it."""
        here = self.trail[-1]
        cohort_id = here.id if here.kind == Kind.COHORT else None
        self.open_form(bringing_in_register(self.desk.store, self.registers.begin, cohort_id))

    @override
    def go_to(self, row_id: object) -> None:
        """Open a cohort by its id, or any screen of the page."""
        if isinstance(row_id, Where):
            self.go_along([self.home, row_id])
        elif isinstance(row_id, int):
            self.go_along([self.home, Where(Kind.COHORT, row_id)])

    @override
    def offered(self) -> Sequence[Found]:
        return [
            Found(row.name, "Cohort", partial(self.went_to.emit, HERE, row.id)) for row in list_cohorts(self.desk.store)
        ]

    @override
    def form_again(self, name: str, ids: tuple[int, ...]) -> tuple[Where, FormSpec] | None:
        spec = form_again(self.desk.store, name, ids, self.desk.today())
        return None if spec is None else (where_again(name, ids), spec)
