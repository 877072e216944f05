"""What the page of people and partners does beside its forms: panes, merging, handing over, erasing, pathways."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.backup import Reason
from csp_desktop.commands.entries import add_entry
from csp_desktop.commands.people import add_organisation, add_person
from csp_desktop.errors import CspError
from csp_desktop.queries.entries import find_entry
from csp_desktop.queries.owned import owned_by
from csp_desktop.queries.people import list_organisations, list_people
from csp_desktop.registers.forms import Register
from csp_desktop.workspace import back_up_store
from tests.factories import TODAY
from tests.ui.pages.conftest import Planned
from ui.entries.screen import RegisterScreen
from ui.forms.people import handing_over, merging_person
from ui.pages.people import PeoplePage
from ui.pages.plan import PlanPage
from ui.people.pane_screen import PaneScreen
from ui.people.people_screen import PeopleScreen
from ui.screens.screen import Where
from ui.widgets import RowLink
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def page(window: Window) -> PeoplePage:
    window.go("people")
    shown = window.page()
    assert isinstance(shown, PeoplePage)
    return shown


@pytest.fixture
def screen(page: PeoplePage) -> PeopleScreen:
    shown = page.screen_shown()
    assert isinstance(shown, PeopleScreen)
    return shown


def press(screen: PaneScreen, text: str) -> None:
    assert screen.pane is not None
    found = next(button for button in screen.pane.buttons if button.text() == text)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def lines(screen: PaneScreen) -> list[str]:
    assert screen.pane is not None
    return [link.accessibleName() or link.toolTip() for link in screen.pane.findChildren(RowLink)]


def words(screen: PaneScreen) -> str:
    assert screen.pane is not None
    return "\n".join(shown.text() for shown in screen.pane.findChildren(QLabel))


def led_to(page: PeoplePage, where: Where) -> PaneScreen:
    page.go_to(where)
    shown = page.screen_shown()
    assert isinstance(shown, PaneScreen)
    return shown


def test_two_entries_of_one_person_become_one_and_undo_parts_them(
    page: PeoplePage, screen: PeopleScreen, planned: Planned
) -> None:
    store = page.desk.store
    other = add_person(store, "Khan, A")
    page.reread()
    screen.table.choose(planned.amira)
    press(screen, "Merge")
    assert page.form is not None
    page.form.save()
    assert page.form.refusal("other") == "Is the same person as is needed."
    page.form.editor("other").set_value(other)
    page.form.save()
    people = {row.id: row for row in list_people(store)}
    assert other not in people
    assert people[planned.amira].aliases == ("Khan, A",)
    store.undo()
    assert other in {row.id for row in list_people(store)}


def test_a_person_is_erased_only_when_it_was_decided_and_the_certificate_names_the_backups(
    screen: PeopleScreen, planned: Planned, tmp_path: Path, qtbot: QtBot
) -> None:
    store = screen.desk.store
    backup = back_up_store(store, Reason.BY_HAND).backup
    screen.table.choose(planned.amira)
    press(screen, "Erase")
    dialog = screen.erasure
    assert dialog is not None
    assert dialog.isModal()
    assert not dialog.erase_button.isEnabled()
    QTest.mouseClick(dialog.sure, Qt.MouseButton.LeftButton, pos=dialog.sure.rect().center())
    QTest.mouseClick(dialog.erase_button, Qt.MouseButton.LeftButton)
    text = dialog.certificate.toPlainText()
    assert text.startswith("Erasure certificate 2026")
    assert backup.path.name in text
    assert "Amira" not in text
    dialog.save(tmp_path / "certificate.txt")
    assert (tmp_path / "certificate.txt").read_text(encoding="utf-8").strip() == text
    with pytest.raises(CspError, match="certificate could not be saved"):
        dialog.save(tmp_path / "gone" / "certificate.txt")
    row = next(row for row in list_people(store) if row.id == planned.amira)
    assert row.erased_certificate is not None
    assert row.name == "Erased person"
    qtbot.waitUntil(lambda: "Erased under Erasure certificate" in words(screen))
    assert screen.pane is not None
    assert [button.text() for button in screen.pane.buttons] == ["Hand over"]
    with pytest.raises(CspError, match="stays so"):
        screen.edit(planned.amira)
    assert store.verify_audit().is_whole


def test_nobody_to_merge_with_is_said(screen: PeopleScreen, planned: Planned) -> None:
    me = next(row for row in list_people(screen.desk.store) if row.id != planned.amira)
    screen.erase(planned.amira)
    assert screen.erasure is not None
    screen.erasure.agreed.emit()
    with pytest.raises(CspError, match="no other person"):
        merging_person(screen.desk.store, me.id)


def test_what_a_person_owns_is_shown_and_handed_over_to_their_deputy(
    page: PeoplePage, screen: PeopleScreen, planned: Planned, qtbot: QtBot
) -> None:
    store = page.desk.store
    tom = add_person(store, "Tom Briggs")
    add_entry(store, Register.DEPUTIES, {"person": planned.amira, "deputy": tom})
    risk = {"title": "Money", "likelihood": 3, "impact": 4, "owner": "Amira Khan"}
    add_entry(store, Register.RISKS, risk)
    screen.table.choose(planned.amira)
    assert [line.split(" (")[0] for line in lines(screen)] == ["ACT-0001 Renew the order", "RSK-0001 Money"]
    assert "Tom Briggs" in words(screen)
    press(screen, "Hand over")
    assert page.form is not None
    assert "RSK-0001 Money" in "\n".join(shown.text() for shown in page.form.findChildren(QLabel))
    assert page.form.editor("to").value() == tom
    page.form.save()
    assert [one.title for one in owned_by(store, tom, TODAY)] == ["Renew the order", "Money"]
    assert "nothing that is open" in words(screen)
    store.undo()
    qtbot.waitUntil(lambda: len(lines(screen)) == 2)
    with pytest.raises(CspError, match="owns nothing"):
        handing_over(store, tom, TODAY)


def test_a_thing_that_is_owned_leads_to_where_it_is_shown(
    window: Window, screen: PeopleScreen, planned: Planned
) -> None:
    screen.table.choose(planned.amira)
    assert screen.pane is not None
    link = next(link for link in screen.pane.findChildren(RowLink) if "Renew the order" in link.toolTip())
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    plan = window.page()
    assert isinstance(plan, PlanPage)
    assert plan.table.chosen() == planned.order


def test_a_partner_tells_of_its_agreements_and_people_and_is_merged(page: PeoplePage) -> None:
    store = page.desk.store
    police = next(row.id for row in list_organisations(store) if row.name == "West Yorkshire Police")
    agreement = add_entry(
        store,
        Register.AGREEMENTS,
        {"organisation": police, "title": "Tier 2", "review_date": TODAY - timedelta(days=3)},
    )
    other = add_organisation(store, "Yorkshire Police (West)")
    add_person(store, "Tom Briggs", organisation_id=other, job_title="Inspector")
    screen = led_to(page, Where("organisations", police))
    assert "1 agreement overdue for review." in words(screen)
    assert lines(screen) == ["Tier 2, review by 20 Nov 2026 (3 days overdue)"]
    press(screen, "Merge")
    assert page.form is not None
    page.form.editor("other").set_value(other)
    page.form.save()
    assert "Tom Briggs, Inspector" in lines(screen)
    assert screen.pane is not None
    QTest.mouseClick(screen.pane.findChildren(RowLink)[0], Qt.MouseButton.LeftButton)
    assert page.screen_shown().title == "Information-sharing agreements"
    shown = page.screen_shown()
    assert isinstance(shown, PaneScreen)
    assert shown.table.chosen() == agreement
    assert page.step_back()
    assert page.step_back()
    assert page.screen_shown() is screen


def test_a_pathway_is_a_card_and_warns_once_of_a_persons_case(page: PeoplePage) -> None:
    store = page.desk.store
    late = {"concern": "Hoarding", "first_contact": "Duty desk, 101", "review_date": TODAY - timedelta(days=1)}
    pathway = add_entry(store, Register.PATHWAYS, late)
    screen = led_to(page, Where("pathways", pathway))
    assert "Its review is 1 day overdue" in words(screen)
    assert "Duty desk, 101" in words(screen)
    assert page.counts == "1 referral pathway, 1 review overdue"
    screen.edit(pathway)
    assert page.form is not None
    page.form.editor("threshold").set_value("As in the case of Daniel Hartley")
    page.form.save()
    assert page.form is not None
    assert page.form.save_button.text() == "Save even so"
    page.form.save()
    assert page.form is None
    assert find_entry(store, Register.PATHWAYS, pathway).text("threshold") == "As in the case of Daniel Hartley"


def test_a_handover_that_was_begun_comes_back_after_a_lock(
    page: PeoplePage, screen: PeopleScreen, planned: Planned
) -> None:
    screen.hand_over(planned.amira)
    assert page.form is not None
    page.form.editor("as_of").type_again("1/12/2026")
    draft = page.draft("people")
    assert draft is not None
    page.form.closed.emit()
    assert page.resume(draft)
    assert page.form is not None
    assert page.form.spec().title == "Hand over from Amira Khan"
    assert page.form.editor("as_of").typed() == "1/12/2026"


def test_search_finds_people_partners_and_pathways(window: Window, page: PeoplePage) -> None:
    pathway = add_entry(page.desk.store, Register.PATHWAYS, {"concern": "Hoarding"})
    found = {each.words: each for each in page.offered()}
    assert {"Amira Khan", "West Yorkshire Police", "Hoarding"} <= set(found)
    window.go("home")
    found["Hoarding"].go()
    screen = page.screen_shown()
    assert isinstance(screen, PaneScreen)
    assert window.page() is page
    assert screen.table.chosen() == pathway
    found["Amira Khan"].go()
    assert page.screen_shown().title == "People"


def test_the_tables_keep_qts_rules(page: PeoplePage, qtmodeltester: ModelTester) -> None:
    for kind in page.makers:
        page.go_to(Where(kind))
        screen = page.screen_shown()
        assert isinstance(screen, RegisterScreen)
        qtmodeltester.check(screen.model)
