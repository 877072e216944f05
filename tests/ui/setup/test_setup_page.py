"""Everything that is arranged once: each section shows what stands and changes it as one Step."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.access import unlock
from csp_desktop.backup import Reason, list_backups
from csp_desktop.commands.actions import add_action
from csp_desktop.errors import CspError, WrongSecretError
from csp_desktop.location import StoreFiles
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.plans import find_plan, list_objectives, list_plans, list_strategies, list_themes, profile
from csp_desktop.queries.records import list_steps
from csp_desktop.restore import read_key_file
from csp_desktop.store import Store
from models.vocabulary import Marking
from tests.factories import TODAY
from tests.ui.setup.conftest import Noted
from tests.vault import PASSPHRASE
from ui.desk import Desk
from ui.forms.form import Form
from ui.forms.setup import adopting_plan
from ui.setup.page import SetupPage
from ui.setup.plans import PlansSection
from ui.setup.storage import StorageSection
from ui.setup.strategies import StrategiesSection
from ui.setup.themes import ThemesSection
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


def words(widget: QWidget) -> str:
    return "\n".join(shown.text() for shown in widget.findChildren(QLabel) if not shown.isHidden())


def form_of(page: SetupPage) -> Form:
    assert page.form is not None
    return page.form


def type_into(page: SetupPage, key: str, text: str) -> None:
    control = form_of(page).editor(key).control
    assert isinstance(control, QLineEdit | QPlainTextEdit)
    control.selectAll()
    QTest.keyClicks(control, text)


def press(within: QWidget, text: str) -> None:
    button = next(found for found in within.findChildren(QPushButton) if found.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(page: SetupPage, at: int) -> QWidget:
    QTest.mouseClick(page.entries[at], Qt.MouseButton.LeftButton)
    assert page.section() is page.sections[at]
    return page.section()


def plans(page: SetupPage) -> PlansSection:
    section = shown(page, 1)
    assert isinstance(section, PlansSection)
    return section


def themes(page: SetupPage) -> ThemesSection:
    section = shown(page, 2)
    assert isinstance(section, ThemesSection)
    return section


def storage(page: SetupPage) -> StorageSection:
    section = shown(page, 5)
    assert isinstance(section, StorageSection)
    return section


def test_the_partnership_with_its_logo(page: SetupPage, store: Store, tmp_path: Path, qtbot: QtBot) -> None:
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkBlue)
    assert picture.save(str(tmp_path / "logo.png"))
    press(page.section(), "Edit partnership")
    type_into(page, "name", "Calder Partnership")
    type_into(page, "contact", "team@example.org")
    form_of(page).editor("default_marking").set_value(Marking.OFFICIAL_SENSITIVE)
    type_into(page, "logo", str(tmp_path / "logo.png"))
    form_of(page).save()
    about = profile(store)
    assert (about.name, about.contact, about.default_marking) == (
        "Calder Partnership",
        "team@example.org",
        Marking.OFFICIAL_SENSITIVE,
    )
    assert about.logo == (tmp_path / "logo.png").read_bytes()
    page.reread()
    qtbot.waitUntil(lambda: "OFFICIAL-SENSITIVE" in words(page.section()))
    assert any(label.accessibleName() == "The partnership's logo" for label in page.section().findChildren(QLabel))


def test_a_logo_that_is_no_picture_is_refused_and_nothing_is_lost(
    page: SetupPage, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_text("not a picture", encoding="utf-8")
    press(page.section(), "Edit partnership")
    for path, said in (("logo.png", "not a picture"), ("gone.png", "could not be read")):
        type_into(page, "logo", str(tmp_path / path))
        with pytest.raises(CspError, match=said):
            form_of(page).save()
    assert profile(store).logo is None


def test_a_plan_is_edited_approved_and_superseded_with_its_open_actions(page: SetupPage, store: Store) -> None:
    plan = find_plan(store)
    add_action(store, plan.id, title="Renew the order")
    section = plans(page)
    section.table.choose(plan.id)
    type_into(page, "ends", "31/3/2028")
    type_into(page, "cycle", "6")
    form_of(page).save()
    section.table.choose(plan.id)
    press(form_of(page), "Approve")
    form_of(page).save()
    plan = find_plan(store)
    assert (plan.ends, plan.update_cycle_months, plan.approved_on) == (date(2028, 3, 31), 6, TODAY)
    press(section, "Add plan")
    type_into(page, "title", "Plan 2028-2033")
    type_into(page, "cycle", "99")
    form_of(page).save()
    assert "from 1 to 24" in form_of(page).refusal("cycle")
    type_into(page, "cycle", "3")
    form_of(page).save()
    page.reread()
    section.table.choose(plan.id)
    press(form_of(page), "Supersede")
    form_of(page).save()
    new = next(row for row in list_plans(store) if row.title == "Plan 2028-2033")
    assert [row.title for row in list_actions(store, View(TODAY), new.id)] == ["Renew the order"]
    assert [step.label for step in list_steps(store)][:4] == [
        "Supersede the plan",
        "Add plan Plan 2028-2033",
        "Approve the plan",
        "Edit the plan",
    ]


def test_a_starter_plan_is_adopted_once(page: SetupPage, store: Store) -> None:
    section = plans(page)
    press(section, "Adopt a starter plan")
    form_of(page).save()
    assert {plan.key for plan in list_plans(store)} == {"kirklees-2018-2021", "kirklees-2022-2027", "safer-dewsbury"}
    with pytest.raises(CspError, match="in this store already"):
        adopting_plan(store, TODAY)


def test_themes_strands_and_objectives(page: SetupPage, store: Store) -> None:
    plan = find_plan(store)
    section = themes(page)
    press(section, "Add theme")
    type_into(page, "number", "1A")
    type_into(page, "title", "Exploitation")
    first = list_themes(store, plan.id)[0]
    form_of(page).editor("parent_id").set_value(first.id)
    form_of(page).save()
    strand = next(theme for theme in list_themes(store, plan.id) if theme.title == "Exploitation")
    assert (strand.parent_id, strand.depth) == (first.id, 1)
    page.reread()
    press(section, "Add objective")
    type_into(page, "title", "Train the front line")
    form_of(page).editor("theme_id").set_value(strand.id)
    others = [theme.id for theme in list_themes(store, plan.id) if theme.depth == 0][1:3]
    form_of(page).editor("serves").set_value(frozenset(others))
    strategy = list_strategies(store)[0]
    form_of(page).editor("strategy_id").set_value(strategy.id)
    form_of(page).save()
    assert store.undo_label == "Add an objective"
    objective = next(row for row in list_objectives(store, plan.id) if row.title == "Train the front line")
    assert (objective.theme_id, objective.serves_ids, objective.strategy) == (
        strand.id,
        frozenset(others),
        strategy.name,
    )
    page.reread()
    line = next(
        section.model.row_at(at).line
        for at in range(section.model.rowCount())
        if section.model.row_at(at).title == "Train the front line"
    )
    section.table.choose(line)
    form_of(page).editor("serves").set_value(frozenset(others[:1]))
    form_of(page).save()
    objective = next(row for row in list_objectives(store, plan.id) if row.title == "Train the front line")
    assert objective.serves_ids == frozenset(others[:1])


def test_a_strategy_gets_its_owner_and_review(page: SetupPage, store: Store) -> None:
    section = shown(page, 3)
    assert isinstance(section, StrategiesSection)
    section.table.choose(list_strategies(store)[0].id)
    type_into(page, "owner", "Tom Briggs")
    type_into(page, "review_date", "1/4/2027")
    form_of(page).save()
    row = list_strategies(store)[0]
    assert (row.owner, row.review_date) == ("Tom Briggs", date(2027, 4, 1))
    assert store.undo_label == "Edit a strategy"
    press(section, "Add strategy")
    type_into(page, "name", "Road safety")
    form_of(page).save()
    assert "Road safety" in {row.name for row in list_strategies(store)}


def test_backing_up_and_checking_now(page: SetupPage, desk: Desk, noted: Noted, tmp_path: Path, qtbot: QtBot) -> None:
    section = storage(page)
    form = section.pc_form(desk.house) if desk.house else None
    assert form is not None
    page._open(form)
    type_into(page, "minutes", "500")
    type_into(page, "second", str(tmp_path / "second"))
    form_of(page).save()
    assert "1 to 120" in form_of(page).refusal("minutes")
    type_into(page, "minutes", "5")
    form_of(page).save()
    assert (noted.preferences.lock_minutes, noted.preferences.second_backup_folder) == (5, tmp_path / "second")
    with qtbot.waitSignal(page.told) as said:
        press(section, "Back up now")
    assert said.args is not None
    assert "Backed up and checked" in said.args[0]
    assert [backup.reason for backup in list_backups(desk.store.path)] == [Reason.BY_HAND]
    assert len(list((tmp_path / "second").iterdir())) == 1
    qtbot.waitUntil(lambda: "5 minutes" in words(section))
    with qtbot.waitSignal(page.told) as said:
        press(section, "Check now")
    assert said.args is not None
    assert "is whole" in said.args[0]


def test_the_passphrase_is_changed_and_a_wrong_one_leaves_the_form(page: SetupPage, desk: Desk, qtbot: QtBot) -> None:
    section = storage(page)
    press(section, "Change passphrase")
    for key, typed in (("present", "not the passphrase"), ("new", "lantern orchard seventeen"), ("again", "other")):
        type_into(page, key, typed)
    form_of(page).save()
    assert "differ" in form_of(page).refusal("again")
    type_into(page, "again", "lantern orchard seventeen")
    with qtbot.captureExceptions() as raised:
        form_of(page).save()
        qtbot.waitUntil(lambda: bool(raised), timeout=10_000)
    assert raised[0][0] is WrongSecretError
    type_into(page, "present", PASSPHRASE)
    with qtbot.waitSignal(page.told, timeout=10_000):
        form_of(page).save()
    assert page.form is None
    files = StoreFiles(desk.store.path)
    assert unlock(read_key_file(files), "lantern orchard seventeen")


def test_whoever_opens_a_store_that_a_colleague_made_can_say_their_name(
    page: SetupPage, desk: Desk, qtbot: QtBot
) -> None:
    section = storage(page)
    qtbot.waitUntil(lambda: desk.store.who.display_name in words(section))
    press(section, "This PC")
    type_into(page, "name", "Amira Khan")
    form_of(page).save()
    assert page.form is None
    assert desk.remembered.text("name") == "Amira Khan"
    qtbot.waitUntil(lambda: "Amira Khan" in words(section))


def test_a_backup_is_handed_over_to_be_restored_only_when_agreed(
    page: SetupPage, desk: Desk, noted: Noted, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = storage(page)
    assert desk.house is not None
    monkeypatch.setattr("ui.setup.storage.choose_backup", lambda *_given: Path("some.cspbackup"))
    monkeypatch.setattr(section, "agrees", lambda _backup: False)
    section.restore(desk.house)
    assert noted.restored == []
    monkeypatch.setattr(section, "agrees", lambda _backup: True)
    section.restore(desk.house)
    assert noted.restored == [Path("some.cspbackup")]


def test_a_form_with_changes_holds_its_section(page: SetupPage, store: Store) -> None:
    section = plans(page)
    section.table.choose(list_plans(store)[0].id)
    type_into(page, "title", "Another title")
    QTest.mouseClick(page.entries[3], Qt.MouseButton.LeftButton)
    assert page.section() is section
    assert page.entries[1].isChecked()
    press(form_of(page), "Discard changes")
    QTest.mouseClick(page.entries[3], Qt.MouseButton.LeftButton)
    assert page.section() is page.sections[3]


@pytest.mark.parametrize(("name", "at"), [("profile", 0), ("plan", 1), ("add-theme", 2), ("strategy", 3)])
def test_forms_come_back_by_name(page: SetupPage, name: str, at: int) -> None:
    page.open_again(name, () if name == "profile" else (1,))
    assert page.section() is page.sections[at]
    assert form_of(page).spec().name == name


def test_dates_that_run_backwards_are_told_at_the_field(page: SetupPage, store: Store) -> None:
    plan = find_plan(store)
    plans(page).table.choose(plan.id)
    assert plan.starts is not None
    form_of(page).editor("ends").set_value(plan.starts - timedelta(days=1))
    form_of(page).save()
    assert "before it starts" in form_of(page).refusal("ends")


def test_no_section_scrolls_sideways_beside_a_form_on_a_small_screen_at_200_percent(
    page: SetupPage, window: Window, qtbot: QtBot
) -> None:
    window.resize(683, 384)
    for section in page.sections[1:4]:
        page.choice.activated.emit(page.sections.index(section))
        page.step_back()
        next(made for made in section.findChildren(QPushButton) if made.property("primary")).click()
        assert page.form is not None
        qtbot.waitUntil(page.choice.isVisible)
        assert page.choice.currentText() == section.words
        room = window._rooms["setup"]
        qtbot.waitUntil(lambda room=room: room.horizontalScrollBar().maximum() == 0)
        page.form.cancel()
