from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.commands.actions import add_action, edit_action
from csp_desktop.commands.plans import add_plan, approve_plan, supersede_plan
from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.details import action_facts, list_milestones, list_supporters, list_updates
from csp_desktop.queries.people import list_people
from models.plan import Action
from models.vocabulary import LifecycleStatus, PlanKind
from tests.factories import TODAY
from tests.ui.pages.conftest import Planned
from tests.ui.review_files import bring_in, first_rows, write
from ui.forms.editors import RagEditor
from ui.forms.form import Form
from ui.pages.plan import PlanPage
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window) -> PlanPage:
    window.go("plan")
    shown = window.page()
    assert isinstance(shown, PlanPage)
    return shown


def shown_ids(page: PlanPage) -> list[int]:
    return [page.model.id_at(at) for at in range(page.model.rowCount())]


def words(widget: QWidget) -> str:
    return "\n".join(shown.text() for shown in widget.findChildren(QLabel) if not shown.isHidden())


def form_of(page: PlanPage) -> Form:
    assert page.pane.form is not None
    return page.pane.form


def type_into(form: Form, key: str, text: str) -> None:
    control = form.editor(key).control
    assert isinstance(control, QLineEdit | QPlainTextEdit)
    control.selectAll()
    QTest.keyClicks(control, text)


def test_overdue_and_not_updated_are_said_in_words(page: PlanPage, planned: Planned) -> None:
    assert shown_ids(page) == [planned.order, planned.outreach, planned.protocol]
    due = next(column for column in page.model.columns if column.key == "due")
    updated = next(column for column in page.model.columns if column.key == "updated")
    order, outreach, protocol = (page.model.row_at(at) for at in range(3))
    assert due.note is not None
    assert updated.note is not None
    assert due.note(order) == "12 days late"
    assert due.note(outreach) == ""
    assert updated.note(outreach) == "update needed"
    assert updated.note(protocol) == ""
    assert page.counts == "3 actions, 1 overdue, 1 not updated"


def test_the_tree_the_chips_and_the_filter_narrow_the_table(page: PlanPage, planned: Planned, qtbot: QtBot) -> None:
    tree = page.tree
    themes = {tree.topLevelItem(at).text(0): tree.topLevelItem(at) for at in range(tree.topLevelItemCount())}
    assert next(iter(themes)) == "All actions"
    assert list(themes)[-1] == "No theme"
    tree.setCurrentItem(themes["No theme"])
    assert shown_ids(page) == [planned.protocol]
    tree.setCurrentItem(tree.topLevelItem(1))
    assert shown_ids(page) == [planned.order]
    tree.choose_all()
    qtbot.mouseClick(page.chips["Overdue"], Qt.MouseButton.LeftButton)
    assert shown_ids(page) == [planned.order]
    qtbot.mouseClick(page.chips["Overdue"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.chips["Mine"], Qt.MouseButton.LeftButton)
    assert shown_ids(page) == [planned.outreach]
    qtbot.mouseClick(page.chips["Mine"], Qt.MouseButton.LeftButton)
    assert page.filter_line is not None
    QTest.keyClicks(page.filter_line, "khan order")
    assert shown_ids(page) == [planned.order]
    assert page.counts.startswith("1 of 3 actions")


def test_a_filter_that_fits_nothing_says_so_and_shows_the_way_back(page: PlanPage) -> None:
    assert page.filter_line is not None
    page.filter_line.setText("zzz")
    assert "No action fits this filter." in words(page)
    page._on_show_all()
    assert len(shown_ids(page)) == 3


def test_the_chosen_action_opens_the_pane_beside_the_table(
    page: PlanPage, planned: Planned, window: Window, qtbot: QtBot
) -> None:
    page.table.choose(planned.order)
    assert page.pane.isVisible()
    right_of_table = page.table.mapTo(window, page.table.rect().topRight()).x()
    assert page.pane.mapTo(window, page.pane.rect().topLeft()).x() > right_of_table
    for part in ("Renew the order", "12 days late", "Suggested Red"):
        qtbot.waitUntil(lambda part=part: part in words(page.pane))
    assert page.pane.tabs["Updates"].text() == "Updates 1"
    for tab, part in (
        ("Updates", "Consultation closed"),
        ("Milestones", "Not started, due 3 Dec 2026"),
        ("History", "Post an update"),
    ):
        qtbot.mouseClick(page.pane.tabs[tab], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda part=part: part in words(page.pane))


def test_posting_an_update_by_key_moves_the_rag_and_undo_takes_it_back(
    page: PlanPage, planned: Planned, window: Window, qtbot: QtBot
) -> None:
    page.table.choose(planned.order)
    qtbot.keyClick(window, Qt.Key.Key_U, CONTROL)
    form = form_of(page)
    type_into(form, "done", "Legal are late")
    rag = form.editor("rag")
    assert isinstance(rag, RagEditor)
    rag.set_value("R")
    form.save()
    assert form.refusal("reason").startswith("Amber and Red need a reason")
    type_into(form, "reason", "One officer for three orders")
    type_into(form, "recovery_date", "31/1/2027")
    qtbot.keyClick(form.editor("recovery_date").control, Qt.Key.Key_Return, CONTROL)
    assert page.pane.form is None
    qtbot.waitUntil(lambda: page.model.row_at(0).rag == "R")
    assert page.table.chosen() == planned.order
    assert window.status.undo.text() == "Undo: Post an update"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: page.model.row_at(0).rag == "G")
    assert window.status.redo.text() == "Redo: Post an update"
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    qtbot.waitUntil(lambda: page.model.row_at(0).rag == "R")
    assert len(list_updates(window.desk.store, planned.order)) == 2


def test_an_action_is_added_where_the_tree_stands(page: PlanPage, window: Window, qtbot: QtBot) -> None:
    store = window.desk.store
    page.tree.setCurrentItem(page.tree.topLevelItem(2))
    branch = page.tree.branch()
    qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    form = form_of(page)
    type_into(form, "title", "Walk the estate monthly")
    type_into(form, "lead_person_id", "amira khan")
    type_into(form, "forecast_due", "30 Sep 2027")
    type_into(form, "supporters", "West Yorkshire Police; Someone New")
    form.save()
    added = list_actions(store, View(TODAY))[-1]
    assert added.title == "Walk the estate monthly"
    assert added.lead_officer == "Amira Khan"
    assert added.baseline_due == added.forecast_due == date(2027, 9, 30)
    assert branch.theme_ids is not None
    assert added.theme_id in branch.theme_ids
    assert added.supporting_people == ("Someone New",)
    assert added.supporting_partners == ("West Yorkshire Police",)
    assert [person.name for person in list_people(store)].count("Amira Khan") == 1


def test_editing_changes_only_what_was_changed(page: PlanPage, planned: Planned, window: Window, qtbot: QtBot) -> None:
    store = window.desk.store
    page.table.choose(planned.order)
    before = action_facts(store, planned.order)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    form = form_of(page)
    type_into(form, "forecast_due", "today")
    type_into(form, "supporters", "Priya Patel")
    form.save()
    after = action_facts(store, planned.order)
    assert after.forecast_due == TODAY
    assert after.baseline_due == before.baseline_due
    assert (after.title, after.lead_person_id, after.status) == (before.title, planned.amira, before.status)
    assert [row.name for row in list_supporters(store, planned.order)] == ["Priya Patel"]


def test_the_edit_key_works_from_the_pane_as_from_the_table(page: PlanPage, planned: Planned, qtbot: QtBot) -> None:
    page.table.choose(planned.order)
    page.pane.update_button.setFocus()
    qtbot.waitUntil(page.pane.update_button.hasFocus)
    QTest.keyClick(page.pane.update_button, Qt.Key.Key_F2)
    assert form_of(page).spec().title == "Edit ACT-0001"


def test_choice_scroll_and_keyboard_stay_where_they_are_over_an_edit_and_an_undo(
    page: PlanPage, planned: Planned, window: Window, qtbot: QtBot
) -> None:
    store = window.desk.store
    plan_id = action_facts(store, planned.order).plan_id
    with store.write("Add many"):
        ids = [add_action(store, plan_id, title=f"Walk estate {number}") for number in range(300)]
    qtbot.waitUntil(lambda: page.model.rowCount() > len(ids))
    page.table.choose(ids[250])
    page.table.setFocus()
    scrolled = page.table.verticalScrollBar().value()
    assert scrolled > 0
    edit_action(store, ids[250], action_facts(store, ids[250]).version, title="Walk the last estate")
    qtbot.waitUntil(lambda: "Walk the last estate" in words(page.pane))
    for taken in (store.undo, store.redo):
        taken()
        title = action_facts(store, ids[250]).title
        qtbot.waitUntil(lambda title=title: title in words(page.pane))
        assert page.table.chosen() == ids[250]
        assert page.table.verticalScrollBar().value() == scrolled
        assert page.table.hasFocus()


@pytest.mark.parametrize("held", ["table", "pane", "filter"])
def test_choice_scroll_and_keyboard_stay_where_they_are_over_an_import_and_its_undo(
    page: PlanPage, planned: Planned, window: Window, qtbot: QtBot, tmp_path: Path, held: str
) -> None:
    store = window.desk.store
    plan_id = action_facts(store, planned.order).plan_id
    with store.write("Add many"):
        ids = [add_action(store, plan_id, title=f"Walk estate {number}") for number in range(300)]
    qtbot.waitUntil(lambda: page.model.rowCount() > len(ids))
    page.table.choose(ids[150])
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.value() + 37)
    scrolled, across = bar.value(), page.table.currentIndex().column()
    assert page.filter_line is not None
    keyboard: QWidget = {"table": page.table, "pane": page.pane.tabs["Updates"], "filter": page.filter_line}[held]
    keyboard.setFocus()
    before = page.model.rowCount()
    bring_in(store, write(tmp_path / "safer.xlsx", first_rows()))
    for taken, more in ((None, 3), (store.undo, 0), (store.redo, 3)):
        if taken is not None:
            taken()
        qtbot.waitUntil(lambda more=more: page.model.rowCount() == before + more)
        assert page.table.chosen() == ids[150]
        assert [index.row() for index in page.table.selectionModel().selectedRows()] == [
            page.model.position_of(ids[150])
        ]
        assert (bar.value(), page.table.currentIndex().column()) == (scrolled, across)
        assert keyboard.hasFocus()
        qtbot.waitUntil(lambda: "Walk estate 150" in words(page.pane))
    bar.setValue(17)  # away from the chosen row, to look at others
    store.undo()
    qtbot.waitUntil(lambda: page.model.rowCount() == before)
    assert (page.table.chosen(), bar.value()) == (ids[150], 17)


def test_how_far_a_date_slipped_is_not_cut(page: PlanPage) -> None:
    at = next(at for at, column in enumerate(page.model.columns) if column.key == "due")
    assert page.table.columnWidth(at) >= page.table.fontMetrics().horizontalAdvance("slipped 262 days") + 16


def test_a_refused_date_is_said_at_its_field(page: PlanPage, planned: Planned) -> None:
    page.table.choose(planned.order)
    page.edit()
    form = form_of(page)
    type_into(form, "forecast_due", "1/1/2020")
    form.save()
    assert "before it starts" in form.refusal("forecast_due")
    assert page.pane.form is form


def test_a_form_stays_while_another_action_is_chosen_and_the_store_changes(
    page: PlanPage, planned: Planned, window: Window, qtbot: QtBot
) -> None:
    store = window.desk.store
    page.table.choose(planned.order)
    page.edit()
    form = form_of(page)
    type_into(form, "title", "Renew both orders")
    page.table.choose(planned.outreach)
    edit_action(store, planned.protocol, action_facts(store, planned.protocol).version, status=LifecycleStatus.ON_HOLD)
    qtbot.waitUntil(lambda: page.model.row_at(2).status is LifecycleStatus.ON_HOLD)
    assert page.pane.form is form
    form.save()
    assert action_facts(store, planned.order).title == "Renew both orders"
    assert page.pane.form is None
    qtbot.waitUntil(lambda: "Outreach to rough sleepers" in words(page.pane))


def test_milestones_are_added_and_reached(page: PlanPage, planned: Planned, window: Window) -> None:
    store = window.desk.store
    page.table.choose(planned.outreach)
    page.pane.milestone_asked.emit(None)
    type_into(form_of(page), "title", "Van bought")
    type_into(form_of(page), "due", "1/3/2027")
    form_of(page).save()
    (milestone,) = list_milestones(store, planned.outreach)
    assert (milestone.title, milestone.forecast_due) == ("Van bought", date(2027, 3, 1))
    page.pane.milestone_asked.emit(milestone.id)
    form_of(page).editor("status").set_value(LifecycleStatus.COMPLETE)
    type_into(form_of(page), "actual_end", "1/2/2027")
    form_of(page).save()
    (milestone,) = list_milestones(store, planned.outreach)
    assert milestone.status is LifecycleStatus.COMPLETE
    assert milestone.actual_end == date(2027, 2, 1)


def test_escape_takes_one_step_back_at_a_time(page: PlanPage, planned: Planned, window: Window, qtbot: QtBot) -> None:
    assert page.filter_line is not None
    page.filter_line.setText("order")
    page.table.choose(planned.order)
    page.edit()
    assert page.pane.form is not None
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page.pane.form is None
    assert page.pane.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not page.pane.isVisible()
    assert page.filter_line.text() == "order"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page.filter_line.text() == ""


def test_one_day_is_one_day(page: PlanPage, planned: Planned, window: Window, qtbot: QtBot) -> None:
    store = window.desk.store
    version = action_facts(store, planned.order).version
    edit_action(store, planned.order, version, forecast_due=TODAY - timedelta(days=1))
    due = next(column for column in page.model.columns if column.key == "due")
    assert due.note is not None
    note = due.note
    qtbot.waitUntil(lambda: note(page.model.row_at(0)) == "1 day late")


def test_where_there_is_little_room_the_tree_steps_aside_and_can_be_asked_for(
    page: PlanPage, window: Window, qtbot: QtBot
) -> None:
    assert page.tree.isVisible()
    window.resize(640, 600)
    qtbot.waitUntil(lambda: not page.tree.isVisible())
    qtbot.mouseClick(page.themes_chip, Qt.MouseButton.LeftButton)
    assert page.tree.isVisible()
    assert QApplication.activeWindow() is window


def test_the_status_is_set_in_one_choice(page: PlanPage, planned: Planned, window: Window) -> None:
    store = window.desk.store
    page.table.choose(planned.order)
    by_words = {action.text(): action for action in page.pane.statuses.actions()}
    by_words["On hold"].trigger()
    assert action_facts(store, planned.order).status is LifecycleStatus.ON_HOLD
    by_words["Complete"].trigger()
    facts = action_facts(store, planned.order)
    assert (facts.status, facts.actual_end) == (LifecycleStatus.COMPLETE, TODAY)
    assert store.undo_label == "Mark an action complete"


def test_an_approved_plans_baseline_is_moved_with_its_reason(page: PlanPage, planned: Planned, window: Window) -> None:
    store = window.desk.store
    page.table.choose(planned.order)
    assert page.pane.rebaseline_button.isHidden()
    approve_plan(store, action_facts(store, planned.order).plan_id, TODAY)
    page.reread()
    assert not page.pane.rebaseline_button.isHidden()
    page.pane.rebaseline_button.click()
    type_into(form_of(page), "new_due", "31/3/2027")
    form_of(page).save()
    assert form_of(page).refusal("reason") == "Reason is needed."
    type_into(form_of(page), "reason", "The consultation was reopened")
    form_of(page).save()
    assert action_facts(store, planned.order).baseline_due == date(2027, 3, 31)
    page.reread()
    page._on_chosen(planned.order)
    assert any("The consultation was reopened" in shown.text() for shown in page.pane.findChildren(QLabel))


def test_what_could_not_be_read_and_where_it_came_from_are_shown(
    page: PlanPage, planned: Planned, window: Window
) -> None:
    store = window.desk.store
    old = action_facts(store, planned.order).plan_id
    new = add_plan(store, "Plan 2028-2033", PlanKind.PARTNERSHIP)
    with store.write("Bring in a workbook") as session:
        change_row(get_row(session, Action, planned.order), None, {"unread": {"forecast_due": "31/04/2025"}})
    supersede_plan(store, old, new, TODAY)
    page.reread()
    page.go_to(planned.order)
    assert any(shown.text() == "Forecast due: 31/04/2025" for shown in page.pane.findChildren(QLabel))
    carried = next(row.id for row in list_actions(store, View(TODAY), new) if row.title == "Renew the order")
    page.go_to(carried)
    assert page.table.chosen() == carried
    link = next(found for found in page.pane.findChildren(QPushButton) if found.text().startswith("from ACT-"))
    link.click()
    assert page.table.chosen() == planned.order


def test_down_leads_from_the_filter_into_the_table(page: PlanPage, planned: Planned, qtbot: QtBot) -> None:
    assert page.filter_line is not None
    page.filter_line.setFocus()
    QTest.keyClicks(page.filter_line, "outreach")
    QTest.keyClick(page.filter_line, Qt.Key.Key_Down)
    qtbot.waitUntil(page.table.hasFocus)
    assert page.table.chosen() == planned.outreach
