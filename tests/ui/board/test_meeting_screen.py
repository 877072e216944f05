"""A meeting on the screen, by the keyboard: its agenda, minutes, roll, matters arising and documents."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.commands.log import complete_entry
from csp_desktop.errors import CspError
from csp_desktop.queries.action_log import list_log
from csp_desktop.queries.meeting_papers import agenda_of, documents_of, minutes_of, roll_of
from csp_desktop.queries.meetings import get_meeting
from models.terms import AttendanceKind, LogStatus, MeetingStatus
from tests.factories import TODAY
from tests.ui.board.conftest import GROUP, Met
from ui.board.kinds import Kind
from ui.board.meeting_screen import MeetingScreen
from ui.board.meetings_screen import MeetingsScreen
from ui.desk import Desk
from ui.pages.board import BoardPage
from ui.pages.report_choices import OfKind
from ui.screens.screen import Where

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def screen(page: BoardPage, met: Met) -> MeetingScreen:
    page.go_to(Where(Kind.MEETING, met.today))
    shown = page.screen_shown()
    assert isinstance(shown, MeetingScreen)
    return shown


def _type(page: BoardPage, key: str, text: str, qtbot: QtBot) -> None:
    assert page.form is not None
    editor = page.form.editor(key)
    assert editor.control.hasFocus()
    qtbot.keyClicks(editor.control, text)
    qtbot.keyClick(editor.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_enter_leads_from_the_list_to_a_meeting_and_esc_back(page: BoardPage, met: Met, qtbot: QtBot) -> None:
    meetings = page.screen_shown()
    assert isinstance(meetings, MeetingsScreen)
    meetings.table.choose(met.today)
    qtbot.keyClick(meetings.table, Qt.Key.Key_Return)
    assert page.trail[-1] == Where(Kind.MEETING, met.today)
    assert page.title.toolTip() == f"{GROUP}, 23 Nov 2026"
    page.step_back()
    assert page.screen_shown() is meetings


def test_the_agenda_is_made_moved_and_minuted_by_keys(
    page: BoardPage, screen: MeetingScreen, desk: Desk, met: Met, qtbot: QtBot
) -> None:
    screen.agenda.make_button.click()
    table = screen.agenda.table
    assert table.hasFocus()
    assert not screen.agenda.make_button.isVisible()
    table.choose_first()
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QApplication.processEvents()
    moved = [item.title for item in agenda_of(desk.store, met.today)]
    assert moved[:2] == ["Declarations of interest", "Welcome and apologies"]
    assert screen.agenda.model.row_at(1).title == "Welcome and apologies"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    _type(page, "text", "Apologies were noted.", qtbot)
    QApplication.processEvents()
    (written,) = minutes_of(desk.store, met.today)
    assert (written.title, written.text, written.number) == ("Welcome and apologies", "Apologies were noted.", 1)
    assert table.hasFocus()
    assert screen.agenda.model.row_at(1).minutes == (written,)
    qtbot.keyClick(table, Qt.Key.Key_D)
    _type(page, "wording", "RESOLVED: that they be noted.", qtbot)
    assert [each.wording for each in minutes_of(desk.store, met.today)[0].decisions] == [
        "RESOLVED: that they be noted."
    ]


def test_the_roll_is_taken_by_one_key_each(screen: MeetingScreen, desk: Desk, met: Met, qtbot: QtBot) -> None:
    table = screen.roll.table
    who = [line.of.party.name for line in (screen.roll.model.row_at(at) for at in range(screen.roll.model.rowCount()))]
    assert "Old Hand" not in who
    table.choose(who.index("Karen Booth") + 1)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_D)
    QApplication.processEvents()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_P)
    QApplication.processEvents()
    said = {line.party.name: (line.kind, line.deputy and line.deputy.name) for line in roll_of(desk.store, met.today)}
    assert said["Karen Booth"] == (AttendanceKind.APOLOGIES, "Dan Wood")
    assert said["Tom Briggs"] == (AttendanceKind.PRESENT, None)
    table.choose(who.index("Tom Briggs") + 1)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert next(line for line in roll_of(desk.store, met.today) if line.party.name == "Tom Briggs").kind is None
    screen.show_where(Where(Kind.MEETING, met.held))
    screen.reread()
    assert table.chosen() is None  # a line of the roll is known by its place alone


def test_the_group_closes_what_was_completed_and_nothing_else(screen: MeetingScreen, desk: Desk, met: Met) -> None:
    with pytest.raises(CspError):
        screen.matters.do(screen.matters.close_here)
    line = list_log(desk.store)[0]
    complete_entry(desk.store, met.late, line.version, TODAY)
    QApplication.processEvents()
    screen.matters.do(screen.matters.close_here)
    closed = list_log(desk.store)[0]
    assert (closed.status, closed.closed_at_id) == (LogStatus.CLOSED, met.today)


def test_it_is_held_its_minutes_are_agreed_and_its_papers_are_asked_for(
    page: BoardPage, screen: MeetingScreen, desk: Desk, met: Met
) -> None:
    asked: list[tuple[str, object]] = []
    page.went_to.disconnect()
    page.went_to.connect(lambda place, what: asked.append((place, what)))
    assert not screen.agree_button.isVisible()
    screen.held_button.click()
    QApplication.processEvents()
    assert get_meeting(desk.store, met.today).status is MeetingStatus.HELD
    screen.agree_button.click()
    assert page.form is not None
    page.form.save()
    QApplication.processEvents()
    assert get_meeting(desk.store, met.today).minutes_agreed == TODAY
    screen.reopen_button.click()
    assert get_meeting(desk.store, met.today).minutes_agreed is None
    for button in screen.report_buttons:
        button.click()
    kinds = [what.kind.value for place, what in asked if place == "reports" and isinstance(what, OfKind)]
    assert kinds == ["meeting-pack", "minutes"]
    assert {what.meeting for _place, what in asked if isinstance(what, OfKind)} == {f"{GROUP}, 23 Nov 2026"}


def test_a_document_is_attached_a_copy_saved_and_it_is_withdrawn_once_chosen(
    page: BoardPage, screen: MeetingScreen, desk: Desk, met: Met, qtbot: QtBot, tmp_path: Path
) -> None:
    paper, copy = tmp_path / "signed.txt", tmp_path / "copy.txt"
    paper.write_text("Signed.", encoding="utf-8")
    screen.documents.attach_button.click()
    assert page.form is not None
    page.form.editor("path").set_value(str(paper))
    page.form.save()
    QApplication.processEvents()

    def choose(_parent: QWidget, _title: str, suggested: str, _kind: str) -> Path:
        assert suggested == "signed.txt"
        return copy

    screen.documents.choose = choose
    screen.documents.opened.emit(screen.documents.model.id_at(0))
    assert copy.read_text(encoding="utf-8") == "Signed."
    table = screen.documents.table
    table.setFocus()
    table.choose_first()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert not documents_of(desk.store, met.today)
    desk.store.undo()
    QApplication.processEvents()
    table.choose(None)
    with pytest.raises(CspError, match="Choose a row"):  # and does not withdraw the first
        screen.documents.do_with_chosen(lambda _line: pytest.fail("nothing was chosen"))


def test_every_table_of_a_meeting_keeps_the_rules_of_a_model(screen: MeetingScreen, qtmodeltester: ModelTester) -> None:
    screen.agenda.make_button.click()
    for card in screen.cards:
        qtmodeltester.check(card.model)


def test_a_meeting_that_an_undo_takes_out_is_left(page: BoardPage, screen: MeetingScreen, desk: Desk) -> None:
    desk.store.undo()  # the entry of its log
    desk.store.undo()  # the meeting
    QApplication.processEvents()
    assert page.screen_shown() is not screen
