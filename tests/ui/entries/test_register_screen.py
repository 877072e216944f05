"""Any kept register on the screen: its table, the form of its rows, and the page that holds its screens."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.registers.forms import Register, form_of
from tests.sample_entries import KEPT, add_sample
from ui.desk import Desk
from ui.entries.columns import columns_of
from ui.entries.fields import fields_of
from ui.entries.page import RegistersPage
from ui.entries.screen import RegisterScreen
from ui.forms.form import Form
from ui.screens.screen import Where

TOP = ((Register.OPERATIONS.value, "Operations"), (Register.RISKS.value, "Risks"))


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> RegistersPage:
    makers = {key: partial(RegisterScreen, register=Register(key), about="What this is.") for key, _ in TOP}
    made = RegistersPage(desk, "Registers", makers, TOP)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.reread()
    return made


def form_on(page: RegistersPage, qtbot: QtBot) -> Form:
    form = page.form_shown()
    assert form is not None
    qtbot.addWidget(form)
    return form


@pytest.mark.parametrize("register", KEPT)
def test_every_register_has_a_table_and_a_form(desk: Desk, qtbot: QtBot, register: Register) -> None:
    row_id = add_sample(desk.store, register)
    screen = RegisterScreen(desk, register)
    qtbot.addWidget(screen)
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.QtTest)
    screen.reread()
    assert row_id in {row.id for row in screen.shown}
    assert sum(column.width == 0 for column in columns_of(register)) == 1
    form = Form(screen.editing(row_id))
    qtbot.addWidget(form)
    assert {field.key for field in form.spec().fields} == {field.name for field in form_of(register).fields}
    before = find_entry(desk.store, register, row_id)
    form.save()  # nothing was changed
    assert find_entry(desk.store, register, row_id) == before
    assert fields_of(desk.store, register, None, desk.today(), {})


def test_an_operation_is_typed_in_and_what_is_no_count_is_said_at_its_field(page: RegistersPage, qtbot: QtBot) -> None:
    screen = page.screen_shown()
    assert isinstance(screen, RegisterScreen)
    assert screen.empty.isVisible()
    screen.add_button.click()
    form = form_on(page, qtbot)
    form.editor("title").set_value("Operation Market")
    form.editor("starts").set_value(date(2026, 5, 2))
    form.editor("partners").set_value(("WYP", "Kirklees Council"))
    form.editor("outputs").set_value("some arrests")
    form.save()
    assert "is not a count" in form.refusal("outputs")
    form.editor("outputs").set_value("12 taxi checks\n3 arrests")
    form.save()
    (row,) = list_entries(page.desk.store, Register.OPERATIONS)
    assert row.counts("outputs") == (("taxi checks", 12), ("arrests", 3))
    assert row.names("partners") == ("West Yorkshire Police", "Kirklees Council")
    assert page.form_shown() is None


def test_a_row_is_corrected_and_withdrawn_from_its_form(page: RegistersPage, qtbot: QtBot) -> None:
    store = page.desk.store
    row_id = add_sample(store, Register.OPERATIONS)
    page.reread()
    screen = page.screen_shown()
    assert isinstance(screen, RegisterScreen)
    screen.edit(row_id)
    form = form_on(page, qtbot)
    form.editor("outputs").set_value("13 taxi checks")
    form.save()
    assert find_entry(store, Register.OPERATIONS, row_id).counts("outputs") == (("taxi checks", 13),)
    screen.edit(row_id)
    withdraw = next(each for each in form_on(page, qtbot).findChildren(QPushButton) if each.text() == "Withdraw")
    with qtbot.waitSignal(page.told) as told:
        QTest.mouseClick(withdraw, Qt.MouseButton.LeftButton)
    assert told.args == ["The operation was withdrawn. Ctrl+Z brings it back."]
    assert list_entries(store, Register.OPERATIONS) == []
    store.undo()
    assert find_entry(store, Register.OPERATIONS, row_id).counts("outputs") == (("taxi checks", 13),)


def test_a_form_that_a_lock_kept_is_opened_again_on_its_own_screen(page: RegistersPage, qtbot: QtBot) -> None:
    risk = add_sample(page.desk.store, Register.RISKS)
    page.go_to(Where(Register.RISKS.value, risk))
    screen = page.screen_shown()
    assert isinstance(screen, RegisterScreen)
    assert screen.table.chosen_row() == find_entry(page.desk.store, Register.RISKS, risk)
    screen.edit(risk)
    form_on(page, qtbot).editor("title").set_value("Half typed")
    draft = page.draft("board")
    assert draft is not None
    form = page.form_shown()
    assert form is not None
    form.discard.click()
    page.go_to(Where(Register.OPERATIONS.value))
    assert page.resume(draft)
    assert page.trail[-1].kind == Register.RISKS.value
    assert form_on(page, qtbot).editor("title").value() == "Half typed"


def test_the_keyboard_alone_filters_opens_and_leaves(page: RegistersPage, qtbot: QtBot) -> None:
    for name in ("Sample", "Other"):
        add_sample(page.desk.store, Register.OPERATIONS, name)
    page.reread()
    screen = page.screen_shown()
    assert isinstance(screen, RegisterScreen)
    assert page.filter_line is not None
    QTest.keyClicks(page.filter_line, "other")
    assert screen.model.rowCount() == 1
    QTest.keyClick(page.filter_line, Qt.Key.Key_Down)
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert form_on(page, qtbot).editor("title").value() == "Other operation"
    assert page.step_back()
    assert page.form_shown() is None
    assert page.step_back()
    assert screen.model.rowCount() == 2
