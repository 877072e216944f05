import re
import threading

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.assets import help_path
from csp_desktop.commands.people import add_person
from csp_desktop.errors import CspError
from csp_desktop.queries.people import list_organisations
from tests.ui.pages.conftest import Planned
from ui import theme
from ui.actions import Command, install, key_words
from ui.desk import Desk
from ui.flow import Flow
from ui.pages.people import PeoplePage
from ui.pages.plan import PlanPage
from ui.pages.workbooks import WorkbooksPage
from ui.people.people_screen import PeopleScreen
from ui.places import PLACES
from ui.roles import DARK, HIGH_CONTRAST, LIGHT, Theme
from ui.stylesheet import stylesheet
from ui.window import Heading, Window

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_places_are_reached_by_key_and_by_the_rail(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert isinstance(window.page(), PlanPage)
    assert window.page().counts in window.status.words.text()
    people = next(shown for shown in window.rail.findChildren(QPushButton) if shown.accessibleName() == "People")
    qtbot.mouseClick(people, Qt.MouseButton.LeftButton)
    assert isinstance(window.page(), PeoplePage)
    assert people.isChecked()


def test_every_place_has_a_page_and_every_control_a_name(window: Window) -> None:
    for place in PLACES:
        window.go(place.key)
        QApplication.processEvents()
        nameless = [
            shown
            for shown in window.page().findChildren(QPushButton)
            if shown.isVisible() and not (shown.accessibleName() or shown.text())
        ]
        assert nameless == []


def test_the_status_line_says_counts_saved_and_marking(window: Window, qtbot: QtBot) -> None:
    window.go("people")
    partners = len(list_organisations(window.desk.store))
    assert window.status.words.text() == f"2 people, {partners} partners \u00b7 saved \u00b7 OFFICIAL"
    add_person(window.desk.store, "Tom Briggs")
    qtbot.waitUntil(lambda: window.status.words.text().startswith(f"3 people, {partners} partners \u00b7 all changes"))


def test_a_refusal_stands_across_the_page_until_it_is_closed(window: Window, qtbot: QtBot) -> None:
    window.refused(CspError("The disk is full: nothing was saved. Free some space and do it again."))
    assert window.message.isVisible()
    assert window.message.words.text().startswith("The disk is full")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.message.isVisible()


def test_search_finds_actions_people_and_commands(window: Window, planned: Planned, qtbot: QtBot) -> None:
    window.go("people")
    window.go("plan")
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert window.search.isVisible()
    QTest.keyClicks(window.search.line, "outreach")
    qtbot.keyClick(window.search.line, Qt.Key.Key_Return)
    plan = window.page()
    assert isinstance(plan, PlanPage)
    assert plan.table.chosen() == planned.outreach
    assert not window.search.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(window.search.line, "go to")
    qtbot.keyClick(window.search.line, Qt.Key.Key_Down)
    qtbot.keyClick(window.search.line, Qt.Key.Key_Up)
    qtbot.keyClick(window.search.line, Qt.Key.Key_Return)
    assert window.rail.findChildren(QPushButton)[0].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClick(window.search.line, Qt.Key.Key_Escape)
    assert not window.search.isVisible()


def test_search_finds_actions_before_the_plan_was_visited(window: Window, planned: Planned, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(window.search.line, "outreach")
    qtbot.keyClick(window.search.line, Qt.Key.Key_Return)
    plan = window.page()
    assert isinstance(plan, PlanPage)
    assert plan.table.chosen() == planned.outreach


def test_what_was_taken_out_of_the_pane_is_never_a_window_of_its_own(window: Window, qtbot: QtBot) -> None:
    window.go("people")
    page = window.page()
    assert isinstance(page, PeoplePage)
    screen = page.screen_shown()
    assert isinstance(screen, PeopleScreen)
    screen.add()
    form = page.form
    assert form is not None
    page.pane_wanted.emit(form)  # as when the page is read again
    page.pane_wanted.emit(None)
    qtbot.wait(1)
    assert not form.isVisible()


def test_ctrl_f_leads_to_the_pages_filter(window: Window, qtbot: QtBot) -> None:
    window.go("plan")
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert window.focusWidget() is window.page().filter_line


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_f1_opens_the_help_at_the_page_that_fits_and_links_lead_on(window: Window, qtbot: QtBot) -> None:
    titles = {}
    for place in PLACES:
        window.go(place.key)
        qtbot.keyClick(window, Qt.Key.Key_F1)
        qtbot.waitUntil(window.help.isVisible)
        titles[place.key] = window.help.browser.toPlainText().splitlines()[0]
        window.help.escape.activated.emit()
        assert not window.help.isVisible()
    assert titles == {
        "home": "Getting started",
        "plan": "Updating actions",
        "town-centre": "Town centre",
        "board": "The Board",
        "evidence": "Evidence",
        "measures": "Measures",
        "reoffending": "Reoffending",
        "people": "People and partners",
        "reports": "Printing the progress report",
        "workbooks": "Asking owners for their updates",
        "imports": "Bringing in a workbook",
        "history": "Undo and history",
        "setup": "Setting up",
    }
    window.help.open_page("index.md")
    window.help.browser.setSource(QUrl("keyboard.md"))
    assert "Ctrl+U" in window.help.browser.toPlainText()
    QTest.mouseClick(window.help.back, Qt.MouseButton.LeftButton)
    assert window.help.browser.toPlainText().startswith("Help")


def test_every_key_of_the_window_is_in_the_help(window: Window) -> None:
    told = help_path("keyboard.md").read_text(encoding="utf-8")
    keys = {command.shortcut for command in window._commands if command.shortcut}
    missing = {key for key in keys if key not in told and not key.removeprefix("Ctrl+").isdigit()}
    assert missing == set()


def test_every_link_of_the_help_leads_to_a_page_of_it() -> None:
    pages = {page.name: page.read_text(encoding="utf-8") for page in help_path("index.md").parent.glob("*.md")}
    assert len(pages) >= 11
    for text in pages.values():
        assert set(re.findall(r"\]\(([^)]+)\)", text)) <= set(pages)


def test_slow_work_is_shown_with_its_count_and_can_be_cancelled(window: Window, desk: Desk, qtbot: QtBot) -> None:
    go = threading.Event()
    counted = threading.Event()

    def work(progress: object) -> None:
        assert callable(progress)
        go.wait(5)
        progress(3, 12, "Reading rows")
        counted.set()
        while True:
            go.wait(0.01)
            threading.Event().wait(0.01)
            progress(4, 12)

    desk.tasks.run("Importing", work, lambda _none: None)
    qtbot.waitUntil(window.work.isVisible, timeout=3000)
    go.set()
    qtbot.waitUntil(lambda: "of 12" in window.work.words.text())
    qtbot.mouseClick(window.work.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert not window.work.isVisible()
    assert counted.is_set()


def test_size_and_widths_are_remembered(window: Window, desk: Desk, qtbot: QtBot) -> None:
    window.go("plan")
    plan = window.page()
    assert isinstance(plan, PlanPage)
    plan.table.setColumnWidth(2, 177)
    window.resize(760, 600)
    window.close()
    again = Window(desk, PLACES, Heading("Communities Partnership", "OFFICIAL"))
    qtbot.addWidget(again)
    again.go("plan")
    shown = again.page()
    assert isinstance(shown, PlanPage)
    assert shown.table.widths() == {"lead": 177}
    assert again.size().width() == 760


@pytest.mark.parametrize("shown", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda shown: shown.name)
def test_at_twice_the_size_it_still_fits_a_small_screen(
    dressed: QApplication, desk: Desk, qtbot: QtBot, shown: Theme
) -> None:
    theme.apply(dressed, shown)
    font = QFont(dressed.font())
    font.setPointSizeF(21)
    dressed.setFont(font)
    dressed.setStyleSheet(stylesheet(shown, theme.px))
    window = Window(desk, PLACES, Heading("Communities Partnership", "OFFICIAL"))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    for place in PLACES:
        window.go(place.key)
        if isinstance(plan := window.page(), PlanPage):
            plan.table.choose(plan.model.id_at(0))
        if isinstance(asked := window.page(), WorkbooksPage):
            asked.views.owners.table.choose(asked.views.owners.model.id_at(0))
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1366, 768), place.key


def test_typed_changes_hold_the_window_open_until_they_are_saved_or_discarded(
    window: Window, planned: Planned, qtbot: QtBot
) -> None:
    window.go("plan")
    plan = window.page()
    assert isinstance(plan, PlanPage)
    plan.table.choose(planned.order)
    plan.edit()
    assert plan.pane.form is not None
    title = plan.pane.form.editor("title").control
    QTest.keyClicks(title, "Renew it. ")
    window.go("people")
    assert not window.close()
    assert window.isVisible()
    assert window.page() is plan
    qtbot.mouseClick(plan.pane.form.discard, Qt.MouseButton.LeftButton)
    assert window.close()


def test_a_key_that_cannot_work_here_says_why(window: Window) -> None:
    window.go("plan")
    for key in ("update", "print"):
        with pytest.raises(CspError, match=r"Choose an action|nothing to print"):
            next(command for command in window._commands if command.key == key).run()


def test_what_was_done_stays_said_and_a_refusal_goes_with_the_next_save(window: Window, qtbot: QtBot) -> None:
    window.page().told.emit("Undone, except for 1 row that was changed since; what stands there now was kept.")
    add_person(window.desk.store, "Tom Briggs")
    qtbot.waitUntil(lambda: "all changes saved" in window.status.words.text())
    assert window.message.isVisible()
    window.refused(CspError("No."))
    add_person(window.desk.store, "Tomasz Nowak")
    qtbot.waitUntil(lambda: not window.message.isVisible())


def test_commands_do_not_share_a_shortcut(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    done: list[str] = []
    one = Command("one", "Do one", "Ctrl+1", lambda: done.append("one"))
    made = install(page, [one, Command("two", "Do two", "", lambda: done.append("two"))])
    made["two"].trigger()
    assert done == ["two"]
    with pytest.raises(ValueError, match="shares its key"):
        install(page, [one, Command("three", "Do three", "Ctrl+1", lambda: None)])
    assert key_words("Ctrl+K") == "Ctrl+K"


def test_flow_breaks_the_line_where_the_room_ends(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = Flow(4, page)
    for _made in range(4):
        widget = QWidget()
        widget.setFixedSize(50, 20)
        flow.addWidget(widget)
    assert flow.heightForWidth(300) == 20
    assert flow.heightForWidth(110) == 44
    assert flow.heightForWidth(60) == 92
    assert flow.minimumSize().width() == 50
    page.resize(110, 200)
    page.show()
    assert [flow.itemAt(at).geometry().topLeft().toTuple() for at in range(4)] == [(0, 0), (54, 0), (0, 24), (54, 24)]
