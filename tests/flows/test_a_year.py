"""A year of the partnership, played through in the window: what is typed on one page is what every other page shows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from csp_desktop.queries.action_log import entries_of_action, list_log
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.entries import list_entries, names_in
from csp_desktop.queries.evidence import list_editions, list_priorities
from csp_desktop.queries.measures import list_scorecard
from csp_desktop.queries.plans import find_plan
from csp_desktop.registers.forms import Register
from csp_desktop.reports.kinds import ReportKind
from csp_desktop.reports.making import ReportRequest, build_report
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.store import Store
from models.terms import AssessmentKind, LogStatus, OperationStatus, PriorityRag
from tests.factories import Clock
from tests.flows.test_report_flow import said
from ui.board.kinds import Kind
from ui.board.log_screen import LogScreen
from ui.board.meeting_screen import MeetingScreen
from ui.board.meetings_screen import MeetingsScreen
from ui.desk import Desk
from ui.entries.screen import RegisterScreen
from ui.evidence.priorities_screen import PrioritiesScreen
from ui.forms.form import Form
from ui.news import News
from ui.pages.plan import PlanPage
from ui.people.people_screen import PeopleScreen
from ui.places import PLACES
from ui.remembered import Remembered
from ui.screens.page import ScreensPage
from ui.screens.screen import Screen, Where
from ui.tasks import Tasks
from ui.town_centre.operations_screen import OperationsScreen
from ui.town_centre.orders_screen import OrdersScreen
from ui.window import Heading, Window

BOARD = "Communities Partnership Board"


def pressed(screen: Screen, words: str) -> None:
    """Press a button beside the title of a screen."""
    next(each for each in screen.tools.findChildren(QPushButton) if each.text() == words).click()


class Year:
    """The window, the day it is, and how a person fills in what it asks."""

    def __init__(self, folder: Path, store: Store, clock: Clock, qtbot: QtBot) -> None:
        self.store = store
        self.today = date(2026, 4, 1)
        self._clock = clock
        self.tasks, self.news = Tasks(), News(store)
        desk = Desk(store, self.tasks, self.news, lambda: self.today, Remembered(folder / "window.ini"))
        self.window = Window(desk, PLACES, Heading("Communities Partnership", "OFFICIAL"))
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()

    def on(self, day: date) -> None:
        """Let the day come."""
        self.today = day
        self._clock.set_day(day)
        self.window.page().reread()

    def page(self, key: str, where: Where | None = None) -> ScreensPage:
        self.window.go(key, where)
        page = self.window.page()
        assert isinstance(page, ScreensPage)
        return page

    def screen(self, key: str, kind: str, row_id: int = 0) -> Screen:
        page = self.page(key, Where(kind, row_id))
        assert page.trail[-1].kind == kind
        page.screen_shown().reread()
        return page.screen_shown()

    def form(self) -> Form:
        form = self.window.page().form_shown()
        assert form is not None
        return form

    def fill_in(self, **values: object) -> None:
        """Fill in the form that is open, and save it."""
        form = self.form()
        for key, value in values.items():
            form.editor(key).set_value(value)
        form.save()
        refused = {field.key: form.refusal(field.key) for field in form.spec().fields}
        assert not {key: sentence for key, sentence in refused.items() if sentence}
        assert self.window.page().form_shown() is not form

    def add(self, key: str, register: Register, **values: object) -> int:
        """Add a row by the form of its register's own screen; return its id."""
        screen = self.screen(key, register.value)
        assert isinstance(screen, RegisterScreen)
        known = {row.id for row in list_entries(self.store, register)}
        screen.add()
        self.fill_in(**values)
        (added,) = {row.id for row in list_entries(self.store, register)} - known
        return added

    def report(self, kind: ReportKind, meeting: str | None = None) -> str:
        """The words of a report as it is today."""
        request = ReportRequest(kind, Path("report.pdf"), None, None, self.today, meeting=meeting)
        return " ".join(said(pdf_bytes(build_report(self.store, request))).split())


@pytest.fixture
def year(tmp_path: Path, store: Store, clock: Clock, qtbot: QtBot) -> Iterator[Year]:
    year = Year(tmp_path, store, clock, qtbot)
    yield year
    year.news.close()
    year.tasks.close()


def plan_the_work(year: Year) -> None:
    """An action of the plan, led by somebody who is not known yet."""
    year.window.go("plan")
    page = year.window.page()
    assert isinstance(page, PlanPage)
    page.add()
    year.fill_in(title="Renew the order", lead_person_id="Tom Briggs")


def hold_a_meeting(year: Year, day: date, item: str) -> MeetingScreen:
    """A meeting of the Board with its agenda, its roll and one minute; left on its screen."""
    meetings = year.screen("board", Kind.MEETINGS)
    assert isinstance(meetings, MeetingsScreen)
    pressed(meetings, "Add meeting")
    year.fill_in(group=names_in(year.store, "group").find(BOARD)[0], held_on=day)
    meeting = next(row for row in list_entries(year.store, Register.MEETINGS) if row.day("held_on") == day)
    year.on(day)
    screen = year.screen("board", Kind.MEETING, meeting.id)
    assert isinstance(screen, MeetingScreen)
    screen.agenda.make_button.click()
    screen.held_button.click()
    screen.reread()
    screen.agenda.add(Register.MINUTES, "text", title=item)
    year.fill_in(text=f"The Board discussed: {item.lower()}.")
    screen.reread()
    return screen


def raise_entry(year: Year, screen: MeetingScreen, title: str, owner: str, due: date) -> None:
    screen.raised.add(Register.LOG, "title", group=screen.meeting.group_id if screen.meeting else None)
    year.fill_in(title=title, owner=owner, due=due)
    screen.reread()


def first_meeting(year: Year) -> None:
    screen = hold_a_meeting(year, date(2026, 6, 3), "Progress of the plan")
    raise_entry(year, screen, "Bring figures of shop theft", "Tom Briggs", date(2026, 9, 1))
    raise_entry(year, screen, "Ask landlords for a protocol", "Amina Shah", date(2026, 8, 1))
    assert [line.ref for line in list_log(year.store)] == ["LOG-0002", "LOG-0001"]


def a_day_of_action(year: Year) -> None:
    """An operation is planned, held and counted; what it left to be done is done."""
    year.on(date(2026, 6, 10))
    year.add(
        "town-centre", Register.OPERATIONS, title="Operation Market", starts=date(2026, 7, 4), place="Market Place"
    )
    year.on(date(2026, 7, 5))
    screen = year.screen("town-centre", Register.OPERATIONS.value)
    assert isinstance(screen, OperationsScreen)
    (row,) = list_entries(year.store, Register.OPERATIONS)
    screen.hold(row.id)
    year.fill_in(
        partners=("WYP", "Kirklees Council"), outputs="12 taxi checks\n3 arrests", outcome="Two taxis were stopped."
    )
    screen.add_follow_up(row.id)
    year.fill_in(title="Take the licence to review", owner="Tom Briggs", due=date(2026, 8, 1))
    (held,) = list_entries(year.store, Register.OPERATIONS)
    assert held.values["status"] is OperationStatus.HELD
    assert held.counts("outputs") == (("taxi checks", 12), ("arrests", 3))


def second_meeting(year: Year) -> None:
    """What the first meeting raised is carried forward: one entry is completed and closed, one becomes an action."""
    screen = hold_a_meeting(year, date(2026, 9, 16), "Shop theft")
    meeting = screen.meeting
    assert meeting is not None
    carried = list_log(year.store)
    assert {line.ref for line in carried if line.is_carried(meeting.held_on)} == {"LOG-0001", "LOG-0002"}
    pack = year.report(ReportKind.MEETING_PACK, meeting.name)
    assert "LOG-0001" in pack
    assert "LOG-0002" in pack
    figures = next(line for line in carried if line.ref == "LOG-0001")
    screen.matters._complete(figures)
    year.fill_in(completed_on=date(2026, 9, 10))
    screen.reread()
    completed = next(line for line in list_log(year.store) if line.ref == "LOG-0001")
    assert completed.status is LogStatus.COMPLETED
    screen.matters.close_here(completed)
    log = year.screen("board", Kind.LOG)
    assert isinstance(log, LogScreen)
    protocol = next(line for line in list_log(year.store) if line.ref == "LOG-0002")
    deed = next(do for words, do in log._deeds(protocol) if words.startswith("Make it a plan action"))
    deed()
    plan = find_plan(year.store)
    year.fill_in(theme=(plan.id, None))
    (entry,) = [line for line in list_log(year.store) if line.action_ref]
    actions = {row.ref: row for row in list_actions(year.store, View(year.today), plan.id)}
    promoted = actions[entry.action_ref or ""]
    assert (promoted.title, promoted.lead_officer) == ("Ask landlords for a protocol", "Amina Shah")
    assert [line.ref for line in entries_of_action(year.store, promoted.id)] == ["LOG-0002"]


def the_order_comes_up(year: Year) -> None:
    """A clause warns six months ahead, on the page, in the calendar and in the report; then it is renewed."""
    year.on(date(2026, 9, 20))
    clause = year.add(
        "town-centre", Register.ORDER_CLAUSES, order_name="Dewsbury order", clause="Clause 1", starts=date(2024, 4, 1),
        expires=date(2027, 3, 31),
    )  # fmt: skip
    orders = year.screen("town-centre", Register.ORDER_CLAUSES.value)
    assert isinstance(orders, OrdersScreen)
    assert "In force" in orders.words(clause)
    year.on(date(2026, 10, 1))
    orders.reread()
    assert "Up for renewal" in orders.words(clause)
    assert "1 up for renewal" in year.report(ReportKind.SAFER_DEWSBURY)
    orders.renew(clause)
    year.fill_in(expires=date(2030, 3, 31))
    orders.reread()
    assert "1 up for renewal" not in year.report(ReportKind.SAFER_DEWSBURY)


def a_measure_turns_red(year: Year) -> None:
    measure = year.add("measures", Register.MEASURES, title="Theft from shops", owner="Tom Briggs")
    year.add("measures", Register.TARGETS, measure=measure, period="Q1 2026/27", value="100")
    year.add("measures", Register.TARGETS, measure=measure, period="Q2 2026/27", value="100")
    year.add("measures", Register.READINGS, measure=measure, period="Q1 2026/27", value="98")
    assert [row.letter for row in list_scorecard(year.store, year.today)] == ["G"]
    year.add("measures", Register.READINGS, measure=measure, period="Q2 2026/27", value="119")
    assert [row.letter for row in list_scorecard(year.store, year.today)] == ["R"]
    assert "Theft from shops" in year.report(ReportKind.SCORECARD)


def a_priority_moves(year: Year) -> None:
    """The refresh carries the findings of the year before over; one of them is now red."""
    year.on(date(2026, 10, 20))
    assessment = year.add(
        "evidence", Register.ASSESSMENTS, title="Assessment 2025", year=2025, kind=AssessmentKind.FULL
    )
    year.add("evidence", Register.EVIDENCE, assessment=assessment, title="Theft from shops", priority=PriorityRag.AMBER)
    screen = year.screen("evidence", "priorities")
    assert isinstance(screen, PrioritiesScreen)
    screen.begin()
    year.fill_in(title="Assessment 2026", year=2026)
    newest = list_editions(year.store)[0]
    (finding,) = list_priorities(year.store, newest.id).findings
    screen.edit(finding.id)
    year.fill_in(priority=PriorityRag.RED)
    told = year.report(ReportKind.EVIDENCE)
    assert "Theft from shops: worsened from amber to red" in told


def the_owner_changes(year: Year) -> None:
    """Everything of somebody who leaves goes to another in one step, and comes back in one."""
    year.on(date(2026, 11, 2))
    people = names_in(year.store, "person")
    (tom,), (amina,) = people.find("Tom Briggs"), people.find("Amina Shah")
    screen = year.screen("people", Register.PEOPLE.value)
    assert isinstance(screen, PeopleScreen)
    screen.hand_over(tom)
    year.fill_in(to=amina)

    def led() -> set[str | None]:
        owners: set[str | None] = {row.measure.owner for row in list_scorecard(year.store, year.today)}
        owners |= {row.text("owner") for row in list_entries(year.store, Register.FOLLOW_UPS)}
        return owners | {row.lead_officer for row in list_actions(year.store, View(year.today))}

    assert led() == {"Amina Shah"}
    year.window.undo()
    assert "Tom Briggs" in led()
    year.window.redo()
    assert led() == {"Amina Shah"}


def test_a_year_of_the_partnership(year: Year) -> None:
    plan_the_work(year)
    first_meeting(year)
    a_day_of_action(year)
    second_meeting(year)
    the_order_comes_up(year)
    a_measure_turns_red(year)
    a_priority_moves(year)
    the_owner_changes(year)
    minutes = year.report(ReportKind.MINUTES)
    assert "Minute 2: Shop theft" in minutes
    log = year.report(ReportKind.ACTION_LOG)
    assert "LOG-0002" in log
    assert "Theft from shops" in year.report(ReportKind.PLAN)
    assert "12 taxi checks" in year.report(ReportKind.SAFER_DEWSBURY)
    calendar = year.screen("board", Kind.CALENDAR)
    calendar.reread()
    assert year.store.verify_audit().is_whole
