"""One save is one Step, and two saves of one row are settled field by field."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from csp_desktop.commands.actions import edit_action
from csp_desktop.commands.entries import edit_entry
from csp_desktop.commands.people import add_person
from csp_desktop.errors import CspError
from csp_desktop.queries.details import action_facts, list_supporters
from csp_desktop.queries.people import list_people
from csp_desktop.queries.records import list_steps
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from tests.factories import TODAY
from tests.ui.pages.conftest import Planned
from ui.entries.forms import editing_entry
from ui.forms.actions import PlanWords, adding, editing
from ui.forms.conflict import ConflictDialog
from ui.forms.form import Form, FormSpec

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


def shown(spec: FormSpec, qtbot: QtBot) -> Form:
    form = Form(spec)
    qtbot.addWidget(form)
    form.resize(420, 700)
    with qtbot.waitExposed(form):
        form.show()
    return form


def type_into(form: Form, key: str, text: str) -> None:
    control = form.editor(key).control
    assert isinstance(control, QLineEdit | QPlainTextEdit)
    control.selectAll()
    QTest.keyClicks(control, text)


def edited(store: Store, action_id: int, qtbot: QtBot) -> Form:
    words = PlanWords.read(store, action_facts(store, action_id).plan_id, TODAY)
    return shown(editing(store, words, action_id), qtbot)


def conflict_of(form: Form) -> ConflictDialog:
    assert form.conflict is not None
    assert form.conflict.isVisible()
    return form.conflict


def test_an_action_with_new_people_is_one_step_and_one_undo(store: Store, planned: Planned, qtbot: QtBot) -> None:
    words = PlanWords.read(store, action_facts(store, planned.order).plan_id, TODAY)
    form = shown(adding(store, words, None, None), qtbot)
    steps, people = len(list_steps(store)), len(list_people(store))
    type_into(form, "title", "Light the underpass")
    type_into(form, "lead_person_id", "Tom Briggs")
    type_into(form, "supporters", "Rosa Field; Amira Khan")
    form.save()
    assert [step.label for step in list_steps(store)][: len(list_steps(store)) - steps] == ["Add an action"]
    assert len(list_people(store)) == people + 2
    store.undo()
    assert len(list_people(store)) == people


def test_a_refused_save_leaves_nobody_behind(store: Store, planned: Planned, qtbot: QtBot) -> None:
    words = PlanWords.read(store, action_facts(store, planned.order).plan_id, TODAY)
    form = shown(adding(store, words, None, None), qtbot)
    before = list_people(store), list_steps(store)
    type_into(form, "title", "Light the underpass")
    type_into(form, "lead_person_id", "Tom Briggs")
    type_into(form, "start", "1/3/2026")
    type_into(form, "forecast_due", "1/2/2026")
    form.save()
    assert "due before it starts" in form.refusal("forecast_due")
    assert (list_people(store), list_steps(store)) == before


def test_an_edit_with_supporters_is_one_step(store: Store, planned: Planned, qtbot: QtBot) -> None:
    form = edited(store, planned.order, qtbot)
    type_into(form, "title", "Renew the order early")
    type_into(form, "supporters", "Rosa Field")
    form.save()
    assert store.undo_label == "Edit an action"
    store.undo()
    assert action_facts(store, planned.order).title == "Renew the order"
    assert list_supporters(store, planned.order) == []


def test_a_person_with_other_names_is_one_step(store: Store, planned: Planned, qtbot: QtBot) -> None:
    form = shown(editing_entry(store, Register.PEOPLE, planned.amira, TODAY), qtbot)
    type_into(form, "job_title", "Licensing officer")
    type_into(form, "aliases", "Khan, A")
    form.save()
    store.undo()
    amira = next(row for row in list_people(store) if row.id == planned.amira)
    assert (amira.job_title, amira.aliases) == ("", ())


def test_changes_of_different_fields_meet_without_a_question(store: Store, planned: Planned, qtbot: QtBot) -> None:
    form = edited(store, planned.order, qtbot)
    facts = action_facts(store, planned.order)
    edit_action(store, planned.order, facts.version, resources="Two officers")
    type_into(form, "title", "Renew the order early")
    with qtbot.waitSignal(form.closed):
        form.save()
    facts = action_facts(store, planned.order)
    assert (facts.title, facts.resources) == ("Renew the order early", "Two officers")
    assert form.conflict is None


def test_the_same_fields_are_chosen_one_by_one_with_the_keyboard(store: Store, planned: Planned, qtbot: QtBot) -> None:
    form = edited(store, planned.order, qtbot)
    tom = add_person(store, "Tom Briggs")
    version = action_facts(store, planned.order).version
    edit_action(
        store, planned.order, version, title="Vary the order", forecast_due=date(2027, 1, 31), lead_person_id=tom
    )
    type_into(form, "title", "Renew the order early")
    type_into(form, "forecast_due", "28/2/2027")
    type_into(form, "lead_person_id", "Rosa Field")
    form.save()
    dialog = conflict_of(form)
    names = [dot.accessibleName() for pair in dialog.rows.values() for dot in pair]
    assert names == [
        "Action, mine: Renew the order early",
        "Action, as it stands now: Vary the order",
        "Lead officer, mine: Rosa Field",
        "Lead officer, as it stands now: Tom Briggs",
        "Due, mine: 28 Feb 2027",
        "Due, as it stands now: 31 Jan 2027",
    ]
    mine, theirs = dialog.rows["forecast_due"]
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    mine.setFocus()
    qtbot.waitUntil(mine.hasFocus)
    QTest.keyClick(mine, Qt.Key.Key_Right)
    assert theirs.isChecked()
    with qtbot.waitSignal(form.closed):
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    facts = action_facts(store, planned.order)
    people = {row.id: row.name for row in list_people(store)}
    assert facts.title == "Renew the order early"
    assert facts.forecast_due == date(2027, 1, 31)
    assert people[facts.lead_person_id or 0] == "Rosa Field"


def test_leaving_the_question_keeps_what_was_typed_and_what_stands(
    store: Store, planned: Planned, qtbot: QtBot
) -> None:
    form = edited(store, planned.order, qtbot)
    edit_action(store, planned.order, action_facts(store, planned.order).version, title="Vary the order")
    type_into(form, "title", "Renew the order early")
    form.save()
    QTest.keyClick(conflict_of(form), Qt.Key.Key_Escape)
    assert form.editor("title").value() == "Renew the order early"
    assert form.isVisible()
    assert action_facts(store, planned.order).title == "Vary the order"


def test_all_of_one_side_in_one_press(store: Store, planned: Planned, qtbot: QtBot) -> None:
    form = shown(editing_entry(store, Register.PEOPLE, planned.amira, TODAY), qtbot)
    row = next(row for row in list_people(store) if row.id == planned.amira)
    theirs = {"name": "Amira Khan-Lee", "job_title": "Sergeant", "email": "a@example.org"}
    edit_entry(store, Register.PEOPLE, row.id, row.version, theirs)
    type_into(form, "name", "Amira K")
    type_into(form, "job_title", "Inspector")
    form.save()
    conflict_of(form).choose_all(1)
    qtbot.mouseClick(conflict_of(form).save_button, Qt.MouseButton.LeftButton)
    row = next(row for row in list_people(store) if row.id == planned.amira)
    assert (row.name, row.job_title, row.email) == ("Amira Khan-Lee", "Sergeant", "a@example.org")


def test_a_row_that_is_gone_is_refused_in_a_sentence(store: Store, qtbot: QtBot) -> None:
    add_person(store, "Rosa Field")
    rosa = next(row for row in list_people(store) if row.name == "Rosa Field")
    form = shown(editing_entry(store, Register.PEOPLE, rosa.id, TODAY), qtbot)
    store.undo()
    type_into(form, "job_title", "Inspector")
    with pytest.raises(CspError, match="no longer in the store"):
        form.save()
    assert form.editor("job_title").value() == "Inspector"
