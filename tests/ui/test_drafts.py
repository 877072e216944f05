"""What was typed survives the lock, within the encrypted store alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from csp_desktop.access import KdfCost
from csp_desktop.audit import Who
from csp_desktop.commands.actions import add_action, add_milestone
from csp_desktop.commands.erasure import erase_person
from csp_desktop.commands.people import add_person
from csp_desktop.commands.starting import found_store
from csp_desktop.drafts import Draft, drop_draft, keep_drafts, list_drafts
from csp_desktop.errors import CspError
from csp_desktop.queries.plans import list_plans
from csp_desktop.queries.records import list_steps
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from csp_desktop.workspace import create_store
from tests.factories import Clock
from ui.app import Program
from ui.dialogs.unlock import UnlockPage
from ui.entries.forms import editing_entry
from ui.forms.form import Form
from ui.pages.people import PeoplePage
from ui.pages.plan import PlanPage
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")

PASSPHRASE = "orchard lantern seventeen"
CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)
DRAFT = Draft("plan", "edit-action", (1, 7), "Edit ACT-0007", {"title": "Renew", "forecast_due": "31/4"})


def test_a_draft_is_kept_replaced_and_dropped_without_a_step(store: Store) -> None:
    steps = list_steps(store)
    keep_drafts(store, [DRAFT])
    later = Draft(DRAFT.place, DRAFT.form, DRAFT.ids, DRAFT.title, {"title": "Renew it"})
    keep_drafts(store, [later, Draft("people", "add-entry:people", (), "Add a person", {"name": "Tom"})])
    assert list_drafts(store) == [Draft("people", "add-entry:people", (), "Add a person", {"name": "Tom"}), later]
    drop_draft(store, later)
    drop_draft(store, later)
    assert [draft.form for draft in list_drafts(store)] == ["add-entry:people"]
    assert list_steps(store) == steps
    assert store.undo_label is None


def test_a_draft_is_its_accounts_own(store: Store) -> None:
    keep_drafts(store, [DRAFT])
    store.who = Who("officer1%", "Someone Else")
    assert list_drafts(store) == []


def test_erasing_a_person_drops_every_draft(store: Store) -> None:
    keep_drafts(store, [DRAFT])
    erase_person(store, add_person(store, "Tom Briggs"), "Erasure certificate 1")
    assert list_drafts(store) == []


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, clock: Clock) -> Iterator[Program]:
    path = tmp_path / "data" / "partnership.csp"
    made = create_store(path, PASSPHRASE, Who("officer1", "Priya Patel"), clock, CHEAP)
    found_store(made.store, "kirklees-2022-2027")
    action = add_action(made.store, list_plans(made.store)[0].id, title="Renew the order")
    add_milestone(made.store, action, "Order sealed", None)
    add_person(made.store, "Amira Khan")
    made.store.close()
    program = Program(qapp, path, tmp_path / "settings")
    program.front.show()
    yield program
    program.close()


def enter(program: Program, qtbot: QtBot) -> Window:
    page = program.front.page()
    assert isinstance(page, UnlockPage)
    QTest.keyClicks(page.secret, PASSPHRASE)
    QTest.keyClick(page.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None and not program.tasks.busy, timeout=10_000)
    assert program.window is not None
    return program.window


def again(program: Program, qapp: QApplication, qtbot: QtBot) -> Window:
    program.lock()
    qapp.processEvents()
    return enter(program, qtbot)


def plan_of(window: Window) -> PlanPage:
    window.go("plan")
    page = window.page()
    assert isinstance(page, PlanPage)
    return page


def form_of(page: PlanPage | PeoplePage) -> Form:
    form = page.form_shown()
    assert form is not None
    return form


def type_into(form: Form, key: str, text: str) -> None:
    control = form.editor(key).control
    assert isinstance(control, QLineEdit | QPlainTextEdit)
    control.selectAll()
    QTest.keyClicks(control, text)


def test_a_form_is_offered_back_after_the_lock_as_it_was_typed(
    program: Program, qapp: QApplication, qtbot: QtBot
) -> None:
    window = enter(program, qtbot)
    page = plan_of(window)
    page.add()
    type_into(form_of(page), "title", "Light the underpass")
    type_into(form_of(page), "lead_person_id", "Tom Briggs")
    type_into(form_of(page), "forecast_due", "31/4")
    status = form_of(page).editor("status")
    status.type_again("On hold")
    window = again(program, qapp, qtbot)
    assert window.drafts.isVisible()
    assert "add an action" in window.drafts.words.text()
    QTest.mouseClick(window.drafts.go_on, Qt.MouseButton.LeftButton)
    form = form_of(plan_of(window))
    assert form.typed() == {
        "forecast_due": "31/4",
        "lead_person_id": "Tom Briggs",
        "status": "On hold",
        "title": "Light the underpass",
    }
    assert not window.drafts.isVisible()
    assert list_drafts(window.desk.store) == []


@pytest.mark.parametrize("opening", ["edit", "update", "milestone", "new milestone", "person"])
def test_every_form_comes_back(opening: str, program: Program, qapp: QApplication, qtbot: QtBot) -> None:
    window = enter(program, qtbot)
    open_form(window, opening)
    key = {"edit": "title", "update": "done", "person": "job_title"}.get(opening, "title")
    page = window.page()
    assert isinstance(page, PlanPage | PeoplePage)
    type_into(form_of(page), key, "Something typed")
    spec = form_of(page).spec()
    window = again(program, qapp, qtbot)
    QTest.mouseClick(window.drafts.go_on, Qt.MouseButton.LeftButton)
    page = window.page()
    assert isinstance(page, PlanPage | PeoplePage)
    form = form_of(page)
    assert (form.spec().name, form.spec().ids, form.typed()) == (spec.name, spec.ids, {key: "Something typed"})


def open_form(window: Window, opening: str) -> None:
    if opening == "person":
        window.go("people")
        page = window.page()
        assert isinstance(page, PeoplePage)
        page.open_form(editing_entry(window.desk.store, Register.PEOPLE, 1, window.desk.today()))
        return
    plan = plan_of(window)
    plan.table.choose(1)
    {
        "edit": plan.edit,
        "update": plan.post_update,
        "milestone": lambda: plan.pane.milestone_asked.emit(1),
        "new milestone": lambda: plan.pane.milestone_asked.emit(None),
    }[opening]()


def test_a_draft_is_discarded_for_good(program: Program, qapp: QApplication, qtbot: QtBot) -> None:
    window = enter(program, qtbot)
    page = plan_of(window)
    page.add()
    type_into(form_of(page), "title", "Light the underpass")
    window = again(program, qapp, qtbot)
    QTest.mouseClick(window.drafts.discard, Qt.MouseButton.LeftButton)
    assert not window.drafts.isVisible()
    window = again(program, qapp, qtbot)
    assert not window.drafts.isVisible()


def test_a_form_that_is_open_is_not_overwritten_by_a_draft(program: Program, qapp: QApplication, qtbot: QtBot) -> None:
    window = enter(program, qtbot)
    page = plan_of(window)
    page.add()
    type_into(form_of(page), "title", "Light the underpass")
    window = again(program, qapp, qtbot)
    page = plan_of(window)
    page.table.choose(1)
    page.edit()
    type_into(form_of(page), "title", "Renew both orders")
    QTest.mouseClick(window.drafts.go_on, Qt.MouseButton.LeftButton)
    assert form_of(page).typed() == {"title": "Renew both orders"}
    assert window.drafts.isVisible()


def test_a_draft_of_a_row_that_is_gone_says_so_and_stays_until_discarded(program: Program, qtbot: QtBot) -> None:
    window = enter(program, qtbot)
    keep_drafts(window.desk.store, [DRAFT])
    window.drafts.offer()
    with pytest.raises(CspError, match="no longer in the store"):
        window.drafts._on_go_on()
    assert window.drafts.isVisible()


def test_where_a_draft_cannot_be_kept_it_locks_even_so(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = enter(program, qtbot)
    page = plan_of(window)
    page.add()
    type_into(form_of(page), "title", "Light the underpass")

    def full(*_given: object) -> None:
        raise CspError("The disk is full.")

    monkeypatch.setattr("ui.window.keep_drafts", full)
    with pytest.raises(CspError, match="disk is full"):
        program.lock()
    assert not window.isVisible()
    assert program.front.isVisible()
