"""The lists of the Board's page: the action log and its steps, the calendar, risks, groups; each leads on."""

import sys
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.commands.entries import add_entry
from csp_desktop.errors import CspError
from csp_desktop.queries.action_log import list_log
from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.registers.forms import Register
from models.terms import LogStatus
from tests.factories import TODAY
from tests.ui.board.conftest import GROUP, Met
from ui.board.calendar_screen import OVERDUE, CalendarScreen
from ui.board.groups_screen import GroupScreen
from ui.board.kinds import Kind, place_of
from ui.board.log_screen import LogScreen
from ui.board.meeting_screen import MeetingScreen
from ui.board.risks_screen import RisksScreen
from ui.board.table_screen import TableScreen
from ui.desk import Desk
from ui.pages.board import TOP, BoardPage
from ui.places import PLACES as EVERY_PLACE
from ui.screens.screen import Where
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def log(page: BoardPage) -> LogScreen:
    page.chips[Kind.LOG].click()
    shown = page.screen_shown()
    assert isinstance(shown, LogScreen)
    return shown


@pytest.fixture
def calendar(page: BoardPage, desk: Desk) -> CalendarScreen:
    values = {"title": "Annual refresh", "due": TODAY - timedelta(days=30), "repeat_months": 12}
    add_entry(desk.store, Register.KEY_DATES, values)
    page.chips[Kind.CALENDAR].click()
    shown = page.screen_shown()
    assert isinstance(shown, CalendarScreen)
    return shown


def _press(screen: TableScreen[object], words: str) -> None:
    assert screen.pane is not None
    next(each for each in screen.pane.buttons if each.text().startswith(words)).click()
    QApplication.processEvents()


def test_an_entry_is_completed_by_its_owner_and_closed_by_its_group(
    page: BoardPage, log: LogScreen, desk: Desk, met: Met
) -> None:
    log.narrow("overdue")
    assert [line.id for line in log.shown] == [met.late]
    log.table.choose(met.late)
    _press(log, "Complete")
    assert page.form is not None
    page.form.editor("position").set_value("All were written to.")
    page.form.save()
    QApplication.processEvents()
    assert not log.shown
    log.narrow("waiting")
    log.table.choose(met.late)
    _press(log, "Close")
    page.form.save()
    QApplication.processEvents()
    (line,) = list_log(desk.store)
    assert (line.status, line.closed_at_id, line.position) == (LogStatus.CLOSED, met.today, "All were written to.")


def test_an_entry_becomes_a_plan_action_and_leads_to_it(
    window: Window, page: BoardPage, log: LogScreen, desk: Desk, met: Met
) -> None:
    log.table.choose(met.late)
    _press(log, "Make it")
    assert page.form is not None
    page.form.save()
    QApplication.processEvents()
    (line,) = list_log(desk.store)
    assert line.action_ref
    assert log.pane is not None
    link = next(each for each in log.pane.findChildren(QPushButton) if each.text() == line.action_ref)
    link.click()
    assert window.page() is not page


def test_an_entry_that_will_not_be_done_is_withdrawn_with_a_reason(page: BoardPage, log: LogScreen, met: Met) -> None:
    log.table.choose(met.late)
    _press(log, "Will not")
    assert page.form is not None
    page.form.save()
    assert page.form.refusal("position")
    page.form.editor("position").set_value("The scheme ended.")
    page.form.save()
    QApplication.processEvents()
    log.narrow("closed")
    assert [line.status for line in log.shown] == [LogStatus.WITHDRAWN]


def test_what_is_overdue_stands_apart_and_each_month_says_its_name_once(calendar: CalendarScreen) -> None:
    groups = [line.group for line in calendar.shown if line.leads]
    assert groups[0] == OVERDUE
    assert len(groups) == len(set(groups)) > 3
    calendar.on_filter("q4 ends")
    assert [line.of.what for line in calendar.shown] == ["Q4 2026/27 ends", "Q4 2027/28 ends"]
    assert [line.group for line in calendar.shown if line.leads] == ["March 2027", "March 2028"]
    calendar.on_filter("")
    calendar.narrow("overdue")
    assert [line.of.what for line in calendar.shown] == ["Annual refresh"]


def test_a_key_date_that_is_done_moves_on(calendar: CalendarScreen, desk: Desk) -> None:
    calendar.narrow("overdue")
    calendar.table.choose_first()
    _press(calendar, "Done")
    (key_date,) = list_entries(desk.store, Register.KEY_DATES)
    assert key_date.day("done_on") == TODAY
    assert not any(line.of.is_overdue for line in calendar.all_rows)


def test_a_date_that_is_done_leaves_its_place_to_no_other(calendar: CalendarScreen, desk: Desk) -> None:
    values = {"title": "Return to the Home Office", "due": TODAY - timedelta(days=20)}
    add_entry(desk.store, Register.KEY_DATES, values)
    QApplication.processEvents()
    calendar.narrow("overdue")
    first, second = calendar.shown
    calendar.table.choose(second.id)
    _press(calendar, "Done")
    assert [line.id for line in calendar.shown] == [first.id]
    assert (calendar.table.chosen_row(), calendar.pane) == (None, None)
    with pytest.raises(CspError, match="no longer in the calendar"):
        calendar.open_row(second.id)
    desk.store.undo()
    QApplication.processEvents()
    assert [line.id for line in calendar.shown] == [first.id, second.id]


def test_a_date_leads_to_what_says_it(page: BoardPage, calendar: CalendarScreen, met: Met, qtbot: QtBot) -> None:
    meets = next(line for line in calendar.shown if line.of.table == "meeting" and line.of.row_id == met.today)
    calendar.table.choose(meets.id)
    qtbot.keyClick(calendar.table, Qt.Key.Key_Return)
    assert page.trail[-1] == Where(Kind.MEETING, met.today)
    page.step_back()
    quarter = next(line for line in calendar.shown if not line.of.table)
    calendar.table.choose(quarter.id)
    qtbot.keyClick(calendar.table, Qt.Key.Key_Return)
    assert page.form is not None
    assert page.form.editor("label").value() == quarter.of.what.removesuffix(" ends")


def test_risks_stand_by_their_score_and_lead_to_what_they_threaten(page: BoardPage, desk: Desk, met: Met) -> None:
    for title, impact in (("Small", 1), ("Great", 5)):
        values = {"title": title, "likelihood": 4, "impact": impact, "log_entries": [met.late]}
        add_entry(desk.store, Register.RISKS, values)
    page.chips[Kind.RISKS].click()
    screen = page.screen_shown()
    assert isinstance(screen, RisksScreen)
    assert [row.title for row in screen.shown] == ["Great", "Small"]
    assert screen.chart.accessibleDescription().startswith("2 open risks: 1 very high, 1 low.")
    screen.narrow("grave")
    assert [row.title for row in screen.shown] == ["Great"]
    screen.table.choose_first()
    assert screen.pane is not None
    link = next(each for each in screen.pane.findChildren(QPushButton) if "LOG-0001" in each.toolTip())
    link.click()
    assert page.trail[-1] == Where(Kind.LOG, met.late)
    shown = page.screen_shown()
    assert isinstance(shown, LogScreen)
    assert shown.table.chosen() == met.late


def test_a_group_shows_who_sits_in_it_now_and_who_did(page: BoardPage, desk: Desk, qtbot: QtBot) -> None:
    page.chips[Kind.GROUPS].click()
    groups = page.screen_shown()
    assert isinstance(groups, TableScreen)
    group = next(entry.id for entry in list_entries(desk.store, Register.GROUPS) if entry.text("name") == GROUP)
    groups.table.choose(group)
    qtbot.keyClick(groups.table, Qt.Key.Key_Return)
    screen = page.screen_shown()
    assert isinstance(screen, GroupScreen)
    names = [screen.members.model.cell(at, 0) for at in range(screen.members.model.rowCount())]
    assert names[-1] is not None
    assert (names[-1].text, names[-1].tone) == ("Old Hand", "muted")
    screen.add_member.click()
    assert page.form is not None
    page.form.editor("person").set_value("Nadia Hussain")
    page.form.save()
    added = next(each for each in list_entries(desk.store, Register.GROUP_MEMBERS) if "Nadia" in each.text("person"))
    assert added.text("group") == GROUP


def test_forms_are_found_again_after_a_lock(page: BoardPage, desk: Desk, met: Met) -> None:
    item = add_entry(desk.store, Register.AGENDA, {"meeting": met.today, "title": "Retail crime"})
    for name, ids, kind, title in (
        ("add-entry:minutes", (met.today, item), Kind.MEETING, "Add a minute"),
        ("add-entry:log", (met.held, 0, 0, 0, 0), Kind.MEETING, "Add a log entry"),
        ("edit-entry:agenda", (item,), Kind.MEETING, "Edit an agenda item"),
        ("add-entry:group-members", (), Kind.MEETINGS, "Add a group member"),
        ("edit-entry:log", (met.late,), Kind.LOG, "Edit a log entry"),
        ("complete-log-entry", (met.late,), Kind.LOG, "Complete LOG-0001"),
        ("promote-log-entry", (met.late,), Kind.LOG, "Make LOG-0001 a plan action"),
        ("attach-document", (met.today,), Kind.MEETING, "Attach a document"),
        ("add-entry:key-dates", (), Kind.CALENDAR, "Add a key date"),
        ("edit-entry:meetings", (met.held,), Kind.MEETINGS, "Edit a meeting"),
    ):
        page.open_again(name, ids)
        assert page.form is not None, name
        spec = page.form.spec()
        assert (page.trail[-1].kind, spec.title, spec.name, spec.ids) == (kind, title, name, ids)
    page.open_again("add-entry:minutes", (met.today, item))
    page.form.save()
    (minute,) = list_entries(desk.store, Register.MINUTES)
    assert (minute.text("title"), minute.row_id("item"), minute.row_id("meeting")) == ("Retail crime", item, met.today)


def test_what_a_meeting_gave_a_new_entry_is_still_there_after_a_lock(page: BoardPage, desk: Desk, met: Met) -> None:
    page.go_to(Where(Kind.MEETING, met.held))
    shown = page.screen_shown()
    assert isinstance(shown, MeetingScreen)
    shown.raised.add(Register.LOG, "title", group=shown.meeting.group_id if shown.meeting else None)
    assert page.form is not None
    page.form.editor("title").set_value("Write to the landlord")
    draft = page.draft("board")
    assert draft is not None
    page.form.editor("title").set_value("")
    assert page.resume(draft)
    page.form.save()
    entry = next(each for each in list_entries(desk.store, Register.LOG) if each.text("title").endswith("landlord"))
    assert (entry.row_id("meeting"), entry.text("group")) == (met.held, GROUP)


def test_a_row_that_is_led_to_is_shown_although_the_filter_hides_it(page: BoardPage, log: LogScreen, met: Met) -> None:
    assert log.filter_line is not None
    log.filter_line.setText("no such words")
    assert not log.model.rowCount()
    assert log.empty.isVisible()
    page.go_to(Where(Kind.LOG, met.late))
    assert (log.filter_line.text(), log.table.chosen()) == ("", met.late)
    page.go_to(Where(Kind.MEETINGS))
    log.filter_line.setText("no such words")
    page.go_to(Where(Kind.LOG, met.late))
    assert log.table.chosen_row() is not None


def test_a_form_is_seen_again_on_coming_back_from_another_page(page: BoardPage, log: LogScreen, window: Window) -> None:
    log.table.choose_first()
    log.edit(log.shown[0].id)
    assert page.form is not None
    page.form.editor("title").set_value("Half typed")
    window.go("plan")
    assert not page.form.isVisible()
    window.go("board")
    assert page.form.isVisible()
    assert page.form.editor("title").value() == "Half typed"


def test_search_finds_meetings_entries_and_risks(page: BoardPage, desk: Desk, met: Met) -> None:
    risk = add_entry(desk.store, Register.RISKS, {"title": "Money", "likelihood": 2, "impact": 2})
    found = {each.words: each for each in page.offered()}
    found[f"{find_entry(desk.store, Register.RISKS, risk).text('ref')} Money"].go()
    assert page.trail[-1] == Where(Kind.RISKS, risk)
    assert {f"{GROUP}, 23 Nov 2026", "LOG-0001 Write to retailers"} <= set(found)
    assert met.late


def test_every_list_keeps_the_rules_of_a_model(page: BoardPage, qtmodeltester: ModelTester) -> None:
    for kind, _words in TOP:
        page.chips[kind].click()
        screen = page.screen_shown()
        assert isinstance(screen, TableScreen)
        qtmodeltester.check(screen.model)


@pytest.mark.parametrize(
    "table",
    ["order_clause", "operation", "agreement", "referral_pathway", "assessment", "consultation", "strategy", "plan"],
)
def test_every_row_that_a_date_leads_to_has_a_place_that_shows_it(table: str) -> None:
    found = place_of(table, 1)
    assert found is not None
    place, what = found
    page = next(each.make for each in EVERY_PLACE if each.key == place)
    if isinstance(what, Where):
        assert what.kind in vars(sys.modules[page.__module__])["MAKERS"]
