from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from csp_desktop.charts.rag import BRAG
from csp_desktop.errors import CspError
from csp_desktop.rules.validation import FieldError
from models.vocabulary import LifecycleStatus
from ui.forms.editors import ChoiceEditor, DateEditor, LongTextEditor, PersonEditor, RagEditor, TextEditor
from ui.forms.fields import (
    CheckField,
    ChoiceField,
    DateField,
    LongTextField,
    PercentField,
    PersonField,
    RagField,
    TextField,
    Values,
)
from ui.forms.form import Form, FormSpec

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")

TODAY = date(2024, 6, 15)
PEOPLE = ("Amira Khan", "Tom Briggs", "Tomasz Nowak")
FIELDS = (
    TextField(key="title", label="Action", required=True, value="Renew the order"),
    LongTextField(key="note", label="What was done"),
    DateField(key="due", label="Due", today=TODAY, value=date(2024, 9, 30)),
    PercentField(key="percent", label="Percent complete", value=40),
    ChoiceField(key="status", label="Status", choices=tuple((s, s.label) for s in LifecycleStatus)),
    PersonField(key="lead", label="Lead officer", known=PEOPLE),
    PersonField(key="with", label="Supporting people", known=PEOPLE, many=True, value=("Amira Khan",)),
    RagField(key="rag", label="RAG", marks=BRAG, value="G"),
    CheckField(key="help", label="Help", beside="Help is needed from the Board"),
)


class Desk:
    """What the form is given to save to: keeps what was saved, refuses what it is told to."""

    def __init__(self) -> None:
        self.saved: list[Values] = []
        self.refusal = ""
        self.refused_field = ""

    def save(self, values: Values) -> None:
        if self.refused_field:
            raise FieldError(self.refused_field, self.refusal)
        if self.refusal:
            raise CspError(self.refusal)
        self.saved.append(values)

    def check(self, values: Values) -> Mapping[str, str]:
        if values.letter("rag") in {"A", "R"} and not values.text("note"):
            return {"note": "Amber and Red need a reason."}
        return {}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def form(qtbot: QtBot, desk: Desk) -> Form:
    spec = FormSpec(title="Edit action", fields=FIELDS, save_words="Save action", save=desk.save, check=desk.check)
    made = Form(spec)
    qtbot.addWidget(made)
    made.resize(400, 700)
    made.show()
    return made


def line(form: Form, key: str) -> QLineEdit:
    editor = form.editor(key)
    assert isinstance(editor, TextEditor)
    return editor.line


def retype(form: Form, key: str, text: str) -> None:
    line(form, key).selectAll()
    QTest.keyClicks(line(form, key), text) if text else QTest.keyClick(line(form, key), Qt.Key.Key_Delete)


def test_it_saves_every_field_as_its_own_type_and_says_which_changed(form: Form, desk: Desk, qtbot: QtBot) -> None:
    retype(form, "due", "1/10/24")
    retype(form, "percent", "55%")
    note = form.editor("note")
    assert isinstance(note, LongTextEditor)
    QTest.keyClicks(note.text, "Draft sent")
    with qtbot.waitSignals([form.saved, form.closed]):
        qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    (values,) = desk.saved
    assert values.changed == {"due", "percent", "note"}
    assert values.day("due") == date(2024, 10, 1)
    assert values.number("percent") == 55
    assert values.text("note") == "Draft sent"
    assert values.one_of("status", LifecycleStatus) is LifecycleStatus.NOT_STARTED
    assert values.names("with") == ("Amira Khan",)
    assert values.letter("rag") == "G"
    assert values.flag("help") is False
    with pytest.raises(TypeError):
        values.number("title")


def test_a_field_that_cannot_be_read_says_so_below_itself_and_takes_the_keyboard(form: Form, desk: Desk) -> None:
    retype(form, "due", "soon")
    retype(form, "percent", "150")
    form.save()
    assert desk.saved == []
    assert "is not a date" in form.refusal("due")
    assert "0 to 100" in form.refusal("percent")
    assert form.focusWidget() is line(form, "due")
    retype(form, "due", "2 Oct 2024")
    retype(form, "percent", "15")
    form.save()
    assert form.refusal("due") == ""
    assert len(desk.saved) == 1


def test_what_is_needed_is_asked_for(form: Form, desk: Desk) -> None:
    retype(form, "title", "")
    form.save()
    assert form.refusal("title") == "Action is needed."
    assert desk.saved == []


def test_a_rule_over_several_fields_speaks_at_the_field_to_mend(form: Form, desk: Desk, qtbot: QtBot) -> None:
    rag = form.editor("rag")
    assert isinstance(rag, RagEditor)
    amber = next(button for button in rag.buttons if button.accessibleName() == "Amber")
    qtbot.mouseClick(amber, Qt.MouseButton.LeftButton)
    form.save()
    assert form.refusal("note") == "Amber and Red need a reason."
    assert desk.saved == []


def test_a_refused_command_leaves_the_form_open_with_what_was_typed(form: Form, desk: Desk, qtbot: QtBot) -> None:
    retype(form, "title", "Renew both orders")
    desk.refusal = "The store is in use elsewhere; nothing was changed. Try again."
    with qtbot.assertNotEmitted(form.closed), pytest.raises(CspError):
        form.save()
    assert line(form, "title").text() == "Renew both orders"


def test_a_command_that_refuses_one_field_speaks_at_that_field(form: Form, desk: Desk, qtbot: QtBot) -> None:
    desk.refused_field = "due"
    desk.refusal = "It would be due before it starts: correct one of the two dates."
    with qtbot.assertNotEmitted(form.closed):
        form.save()
    assert form.refusal("due") == desk.refusal
    desk.refused_field = "elsewhere"
    with pytest.raises(FieldError):
        form.save()


def test_control_and_enter_saves_and_escape_cancels(form: Form, desk: Desk, qtbot: QtBot) -> None:
    retype(form, "title", "Renew both orders")
    with qtbot.waitSignal(form.saved):
        qtbot.keyClick(line(form, "title"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.saved[0].text("title") == "Renew both orders"


def test_escape_closes_at_once_when_nothing_changed(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.closed):
        qtbot.keyClick(line(form, "title"), Qt.Key.Key_Escape)


def test_changes_are_not_thrown_away_without_asking(form: Form, qtbot: QtBot) -> None:
    retype(form, "title", "Renew both orders")
    with qtbot.assertNotEmitted(form.closed):
        qtbot.keyClick(line(form, "title"), Qt.Key.Key_Escape)
    assert form.keep.isVisible()
    qtbot.mouseClick(form.keep, Qt.MouseButton.LeftButton)
    assert not form.keep.isVisible()
    assert line(form, "title").text() == "Renew both orders"
    form.cancel()
    with qtbot.waitSignal(form.closed):
        qtbot.mouseClick(form.discard, Qt.MouseButton.LeftButton)


def test_a_date_is_shown_in_full_as_soon_as_its_field_is_left(form: Form, qtbot: QtBot) -> None:
    retype(form, "due", "1/10/24")
    qtbot.keyClick(line(form, "due"), Qt.Key.Key_Return)
    assert line(form, "due").text() == "1 Oct 2024"
    retype(form, "due", "soonish")
    qtbot.keyClick(line(form, "due"), Qt.Key.Key_Return)
    assert line(form, "due").text() == "soonish"


def test_every_field_has_a_label_that_leads_to_it_and_a_name_to_be_read_out(form: Form) -> None:
    buddies = {shown.buddy() for shown in form.findChildren(QLabel) if shown.buddy()}
    for field in FIELDS:
        control = form.editor(field.key).control
        assert control in buddies
        assert control.accessibleName() == field.label


def test_making_a_form_opens_no_window_of_its_own(dressed: QApplication) -> None:
    before = {shown for shown in dressed.topLevelWidgets() if shown.isVisible()}
    hinted = tuple(replace(field, hint="A sentence below.") for field in FIELDS)
    form = Form(FormSpec(title="Edit", fields=hinted, save_words="Save", save=lambda _values: None))
    dressed.processEvents()
    assert {shown for shown in dressed.topLevelWidgets() if shown.isVisible()} == before
    form.deleteLater()


def test_known_names_are_offered(qtbot: QtBot) -> None:
    one = PersonEditor(PEOPLE)
    qtbot.addWidget(one)
    one.show()
    QTest.keyClicks(one.line, "tom")
    completer = one.line.completer()
    assert [completer.setCurrentRow(at) and completer.currentCompletion() for at in range(2)] == [
        "Tom Briggs",
        "Tomasz Nowak",
    ]


def test_several_names_are_completed_one_after_the_other(qtbot: QtBot) -> None:
    many = PersonEditor(PEOPLE, many=True)
    qtbot.addWidget(many)
    many.show()
    QTest.keyClicks(many.line, "Amira Khan; now")
    with qtbot.waitSignal(many.changed):
        many._completer.activated.emit("Tomasz Nowak")
    assert many.value() == ("Amira Khan", "Tomasz Nowak")


def test_among_many_choices_any_part_of_the_words_finds_one(qtbot: QtBot) -> None:
    actions = tuple((at, f"ACT-{at:04} {'Light the arcade' if at == 37 else 'Patrol'}") for at in range(1, 61))
    editor = ChoiceEditor(((None, "None"), *actions))
    editor.control.setAccessibleName("Action")
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    line = editor.box.lineEdit()
    assert line is not None
    assert line.accessibleName() == "Action"
    line.selectAll()
    with qtbot.waitSignal(editor.changed):
        qtbot.keyClicks(line, "arcade")
    with pytest.raises(ValueError, match="Pick one of the list"):
        editor.value()
    completer = editor.box.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.model().rowCount() == 1
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (editor.value(), editor.typed()) == (37, "ACT-0037 Light the arcade")
    line.clear()
    assert editor.value() is None
    editor.type_again("arc")
    assert editor.typed() == "arc"


def test_setting_a_value_is_not_a_change_by_the_person(qtbot: QtBot) -> None:
    for editor, value in (
        (LongTextEditor(), "text"),
        (DateEditor(TODAY), TODAY),
        (ChoiceEditor(((1, "one"), (2, "two"))), 2),
        (ChoiceEditor(tuple((at, str(at)) for at in range(100))), 99),
        (RagEditor(BRAG), "R"),
    ):
        qtbot.addWidget(editor)
        with qtbot.assertNotEmitted(editor.changed):
            editor.set_value(value)
        assert editor.value() == value


def test_arrow_keys_move_through_the_rag_marks(qtbot: QtBot) -> None:
    editor = RagEditor(BRAG)
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.set_value("R")
    red = next(button for button in editor.buttons if button.isChecked())
    red.setFocus()
    qtbot.keyClick(red, Qt.Key.Key_Right)
    assert editor.value() == "A"


def test_a_warning_is_shown_once_and_does_not_refuse(qtbot: QtBot) -> None:
    desk = Desk()

    def warn(values: Values) -> Mapping[str, str]:
        return {"title": "This names somebody."} if "Mrs" in values.text("title") else {}

    fields = (TextField(key="title", label="Concern", hint="In plain words."),)
    form = Form(FormSpec(title="Edit", fields=fields, save_words="Save", save=desk.save, warn=warn))
    qtbot.addWidget(form)

    def said() -> list[str]:
        return [each.text() for each in form.findChildren(QLabel) if each.property("kind") == "warning"]

    form.editor("title").set_value("Mrs Booth")
    form.save()
    assert desk.saved == []
    assert "This names somebody." in said()
    assert form.save_button.text() == "Save even so"
    form.save()
    assert [values.text("title") for values in desk.saved] == ["Mrs Booth"]
    form.editor("title").set_value("Hoarding")
    form.save()
    assert "This names somebody." not in said()
    assert form.save_button.text() == "Save"
