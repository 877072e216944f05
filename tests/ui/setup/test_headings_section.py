"""The set-up's column headings, worked by keyboard and mouse on a store in use."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.errors import CspError
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.wordings import WordingRow, languages_known, list_wordings, wordings_of
from csp_desktop.store import Store
from models.vocabulary import HeadingLanguage, Sureness
from ui.forms.form import Form
from ui.setup.headings import HeadingsSection
from ui.setup.page import SetupPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def section(page: SetupPage) -> HeadingsSection:
    QTest.mouseClick(page.entries[4], Qt.MouseButton.LeftButton)
    shown = page.section()
    assert isinstance(shown, HeadingsSection)
    return shown


def form_of(page: SetupPage) -> Form:
    assert page.form is not None
    return page.form


def press(form: Form, words: str) -> None:
    button = next(found for found in form.findChildren(QPushButton) if found.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def row_of(store: Store, heading: str, field: ActionField) -> WordingRow:
    return next(row for row in list_wordings(store) if (row.heading, row.field) == (heading, field))


def test_the_model_is_sound_while_it_is_filtered_and_read_again(
    section: HeadingsSection, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(section.model)
    assert section.model.rowCount() > 1000
    assert section.filter_line is not None
    QTest.keyClicks(section.filter_line, "arweiniol swyddog")
    assert {section.model.row_at(at).heading for at in range(section.model.rowCount())} == {
        "Swyddog arweiniol",
        "Swyddogion arweiniol",
    }
    assert not section.none_fits.isVisible()
    QTest.keyClicks(section.filter_line, " xyz")
    assert section.model.rowCount() == 0
    assert section.none_fits.isVisible()
    section.filter_line.clear()
    section.choice.setCurrentText("Lead officer")
    section.choice.activated.emit(section.choice.currentIndex())
    assert {section.model.row_at(at).field for at in range(section.model.rowCount())} == {ActionField.LEAD}


def test_the_filter_leads_into_the_table_and_is_emptied_by_escape(page: SetupPage, section: HeadingsSection) -> None:
    assert page.filter_line is section.filter_line
    assert section.filter_line is not None
    section.filter_line.setText("owner")
    QTest.keyClick(section.filter_line, Qt.Key.Key_Down)
    assert section.table.chosen_row() is not None
    assert page.step_back()
    assert page.step_back()
    assert section.filter_line.text() == ""
    QTest.mouseClick(page.entries[0], Qt.MouseButton.LeftButton)
    assert page.filter_line is None


def test_a_heading_is_added_for_the_field_that_is_shown(
    page: SetupPage, section: HeadingsSection, store: Store, qtbot: QtBot
) -> None:
    section.choice.setCurrentText("Lead officer")
    section.choice.activated.emit(section.choice.currentIndex())
    section.add()
    form = form_of(page)
    assert form.editor("field").value() is ActionField.LEAD
    form.save()
    assert form.refusal("heading") == "Heading is needed."
    control = form.editor("heading").control
    assert isinstance(control, QLineEdit)
    QTest.keyClicks(control, "Task")
    form.save()
    assert "read as Action and Description already. Move it here" in form.refusal("heading")
    control.clear()
    QTest.keyClicks(control, "Deliverable owner")
    QTest.keyClick(control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.form is None
    assert row_of(store, "Deliverable owner", ActionField.LEAD).language is None
    qtbot.waitUntil(lambda: section.model.row_at(0).heading == "Deliverable owner")
    store.undo()
    assert wordings_of(store).known("Deliverable owner") == frozenset()


def test_a_heading_is_moved_when_the_box_is_ticked(page: SetupPage, section: HeadingsSection, store: Store) -> None:
    section.add()
    form = form_of(page)
    form.editor("heading").type_again("Task")
    form.editor("field").set_value(ActionField.LEAD)
    form.editor("moving").set_value(True)
    form.save()
    assert wordings_of(store).known("Task") == {ActionField.LEAD}


def test_one_of_the_program_is_withdrawn_by_key_and_read_again_as_it_came(
    page: SetupPage, section: HeadingsSection, store: Store, qtbot: QtBot
) -> None:
    contact = row_of(store, "Contact", ActionField.LEAD)
    section.table.setFocus()
    section.table.choose(contact.id)
    assert form_of(page).spec().title == "The heading “Contact”"
    with qtbot.waitSignal(page.told) as said:
        QTest.keyClick(section.table, Qt.Key.Key_Delete)
    assert said.args == ["“Contact” is not read as Lead officer any more."]
    assert page.form is None
    assert row_of(store, "Contact", ActionField.LEAD).sureness is Sureness.WITHDRAWN
    qtbot.waitUntil(lambda: section.model.row_at(section.model.position_of(contact.id) or 0).is_changed)
    QTest.keyClick(section.table, Qt.Key.Key_Delete)
    section.table.choose(contact.id)
    assert form_of(page).spec().title == "The heading “Contact”, withdrawn"
    assert form_of(page).spec().more == ()
    press(form_of(page), "Read it again")
    assert row_of(store, "Contact", ActionField.LEAD) == contact


def test_a_withdrawn_heading_can_be_read_again_for_sure_and_then_as_it_came(
    page: SetupPage, section: HeadingsSection, store: Store, qtbot: QtBot
) -> None:
    contact = row_of(store, "Contact", ActionField.LEAD)
    section.table.choose(contact.id)
    press(form_of(page), "Withdraw")
    qtbot.waitUntil(lambda: section.model.row_at(section.model.position_of(contact.id) or 0).is_changed)
    section.table.choose(contact.id)
    form_of(page).editor("sureness").set_value(Sureness.SURE)
    form_of(page).save()
    assert row_of(store, "Contact", ActionField.LEAD).sureness is Sureness.SURE
    page.reread()
    section.table.choose(contact.id)
    press(form_of(page), "Read it as it came")
    assert row_of(store, "Contact", ActionField.LEAD) == contact


def test_languages_are_ticked_and_the_last_one_stays(section: HeadingsSection, store: Store, qtbot: QtBot) -> None:
    for language in (HeadingLanguage.WELSH, HeadingLanguage.FRENCH):
        QTest.keyClick(section.languages[language], Qt.Key.Key_Space)
    assert languages_known(store) == {HeadingLanguage.ENGLISH}
    qtbot.waitUntil(lambda: not section.languages[HeadingLanguage.FRENCH].isChecked())
    with qtbot.captureExceptions() as raised:
        QTest.keyClick(section.languages[HeadingLanguage.ENGLISH], Qt.Key.Key_Space)
    assert [kind for kind, _error, _trace in raised] == [CspError]
    assert section.languages[HeadingLanguage.ENGLISH].isChecked()
    qtbot.waitUntil(lambda: all(section.model.row_at(at).language is HeadingLanguage.ENGLISH for at in range(9)))


@pytest.mark.parametrize("name", ["heading", "add-heading"])
def test_its_forms_come_back_by_name(page: SetupPage, store: Store, name: str) -> None:
    page.open_again(name, (row_of(store, "Owner", ActionField.LEAD).id,) if name == "heading" else ())
    assert isinstance(page.section(), HeadingsSection)
    assert form_of(page).spec().name == name
