import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.commands.actions import edit_action, post_update
from csp_desktop.queries.details import action_facts
from csp_desktop.queries.people import list_organisations, list_people
from csp_desktop.queries.records import list_steps
from tests.factories import TODAY
from tests.ui.pages.conftest import Planned
from ui.charts.widget import ChartWidget
from ui.forms.form import Form
from ui.pages.history import HistoryPage
from ui.pages.home import HomePage
from ui.pages.people import PeoplePage
from ui.pages.plan import PlanPage
from ui.people.pane_screen import PaneScreen
from ui.widgets import RowLink
from ui.window import Window


def home(window: Window) -> HomePage:
    shown = window.page()
    assert isinstance(shown, HomePage)
    return shown


def people(window: Window) -> PeoplePage:
    window.go("people")
    shown = window.page()
    assert isinstance(shown, PeoplePage)
    return shown


def screen_of(page: PeoplePage) -> PaneScreen:
    shown = page.screen_shown()
    assert isinstance(shown, PaneScreen)
    return shown


def words(widget: QWidget) -> str:
    return "\n".join(shown.text() for shown in widget.findChildren(QLabel))


def rows(page: QWidget) -> list[str]:
    return [link.accessibleName() for link in page.findChildren(RowLink) if link.isVisible()]


def form_of(page: PeoplePage) -> Form:
    assert page.form is not None
    return page.form


def type_into(form: Form, key: str, text: str) -> None:
    control = form.editor(key).control
    assert isinstance(control, QLineEdit)
    control.selectAll()
    QTest.keyClicks(control, text)


def test_home_shows_what_waits_for_somebody_and_the_picture(window: Window) -> None:
    page = home(window)
    assert rows(page) == [
        "ACT-0002 Outreach to rough sleepers, never reported",
        "ACT-0001 Renew the order, 12 days late",
        "ACT-0002 Outreach to rough sleepers, 13 Dec 2026",
    ]
    assert "No owner has asked the Board for help." in words(page)
    (chart,) = page.findChildren(ChartWidget)
    assert "1 Green" in chart.accessibleDescription()


def test_every_row_and_every_number_on_home_is_a_link(window: Window, planned: Planned, qtbot: QtBot) -> None:
    page = home(window)
    late = next(link for link in page.findChildren(RowLink) if "12 days late" in link.accessibleName())
    qtbot.mouseClick(late, Qt.MouseButton.LeftButton)
    plan = window.page()
    assert isinstance(plan, PlanPage)
    assert plan.table.chosen() == planned.order
    assert plan.pane.isVisible()
    window.go("home")
    number = next(shown for shown in page.findChildren(QPushButton) if shown.accessibleName() == "Overdue: show all 1")
    qtbot.mouseClick(number, Qt.MouseButton.LeftButton)
    assert window.page() is plan
    assert plan.chips["Overdue"].isChecked()
    assert [plan.model.id_at(at) for at in range(plan.model.rowCount())] == [planned.order]


def test_home_reads_a_long_plan_behind_the_page(
    window: Window, planned: Planned, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = home(window)
    monkeypatch.setattr("ui.pages.home.MANY", 1)
    store = window.desk.store
    title = "Light the underpass"
    edit_action(store, planned.order, action_facts(store, planned.order).version, title="Light the subway")
    edit_action(store, planned.order, action_facts(store, planned.order).version, title=title)
    assert not any(title in link.toolTip() for link in page.findChildren(RowLink))
    qtbot.waitUntil(lambda: any(title in link.toolTip() for link in page.findChildren(RowLink)))
    qtbot.waitUntil(lambda: not window.desk.tasks.busy)
    assert page.counts == "3 actions in this plan"


def test_home_reads_again_when_something_was_written(window: Window, planned: Planned, qtbot: QtBot) -> None:
    page = home(window)
    post_update(window.desk.store, planned.outreach, TODAY, done="Two shifts a week", help_needed="A second van")
    qtbot.waitUntil(lambda: "ACT-0002 Outreach to rough sleepers, Priya Patel" in rows(page))
    assert "ACT-0002 Outreach to rough sleepers, never reported" not in rows(page)


def test_people_are_added_and_edited(window: Window, planned: Planned, qtbot: QtBot) -> None:
    page = people(window)
    store = window.desk.store
    qtbot.mouseClick(screen_of(page).add_button, Qt.MouseButton.LeftButton)
    type_into(form_of(page), "name", "Tom Briggs")
    type_into(form_of(page), "aliases", "T Briggs; Briggs, Tom")
    form_of(page).save()
    assert page.form is None
    qtbot.waitUntil(lambda: screen_of(page).model.rowCount() == 3)
    tom = next(row for row in list_people(store) if row.name == "Tom Briggs")
    assert tom.aliases == ("T Briggs", "Briggs, Tom")
    screen_of(page).table.choose(planned.amira)
    screen_of(page).edit(planned.amira)
    type_into(form_of(page), "job_title", "Community safety officer")
    form_of(page).save()
    amira = next(row for row in list_people(store) if row.id == planned.amira)
    assert amira.job_title == "Community safety officer"
    assert amira.name == "Amira Khan"


def test_partners_are_added_and_edited(window: Window, qtbot: QtBot) -> None:
    page = people(window)
    store = window.desk.store
    qtbot.mouseClick(page.chips["organisations"], Qt.MouseButton.LeftButton)
    before = len(list_organisations(store))
    qtbot.mouseClick(screen_of(page).add_button, Qt.MouseButton.LeftButton)
    type_into(form_of(page), "name", "Town centre traders")
    form_of(page).save()
    added = next(row for row in list_organisations(store) if row.name == "Town centre traders")
    assert len(list_organisations(store)) == before + 1
    qtbot.waitUntil(lambda: screen_of(page).model.position_of(added.id) is not None)
    screen_of(page).edit(added.id)
    type_into(form_of(page), "aliases", "Traders")
    form_of(page).save()
    assert next(row for row in list_organisations(store) if row.id == added.id).aliases == ("Traders",)


def test_typed_changes_to_one_person_are_not_lost_by_choosing_another(window: Window, planned: Planned) -> None:
    page = people(window)
    screen_of(page).edit(planned.amira)
    form = form_of(page)
    type_into(form, "job_title", "Officer")
    other = next(row.id for row in list_people(window.desk.store) if row.id != planned.amira)
    screen_of(page).table.choose(other)
    assert page.form is form
    assert page.step_back()
    assert form.discard.isVisible()


def test_history_tells_each_step_and_can_take_one_back(window: Window, planned: Planned, qtbot: QtBot) -> None:
    store = window.desk.store
    window.go("history")
    page = window.page()
    assert isinstance(page, HistoryPage)
    assert page.model.rowCount() == len(list_steps(store))
    posted = next(step for step in list_steps(store) if step.label == "Post an update")
    page.table.choose(posted.id)
    told = "\n".join(shown.text() for shown in window.findChildren(QLabel) if shown.isVisible())
    assert "What was done: Consultation closed" in told
    undo = next(shown for shown in window.findChildren(QPushButton) if shown.text() == "Undo this step")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.row_at(0).label == "Undo: Post an update")
    assert planned.order
    page.table.choose(None)
    page.table.choose(posted.id)
    told = "\n".join(shown.text() for shown in window.findChildren(QLabel) if shown.isVisible())
    assert "Added update of ACT-0001 Renew the order" in told
    assert "RAG: Green" in told
    assert "Taken back since." in told


def test_the_stores_own_creation_is_not_offered_for_undo(window: Window) -> None:
    window.go("history")
    page = window.page()
    assert isinstance(page, HistoryPage)
    page.table.choose(1)
    assert [shown for shown in window.findChildren(QPushButton) if shown.text() == "Undo this step"] == []
