"""Merging two entries of one person, and erasing a person for good."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from csp_desktop.backup import Reason
from csp_desktop.commands.people import add_person
from csp_desktop.errors import CspError
from csp_desktop.queries.people import list_people
from csp_desktop.workspace import back_up_store
from tests.ui.pages.conftest import Planned
from ui.forms.people import merging_person
from ui.pages.people import PeoplePage
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture
def page(window: Window) -> PeoplePage:
    window.go("people")
    shown = window.page()
    assert isinstance(shown, PeoplePage)
    return shown


def press(page: PeoplePage, text: str) -> None:
    assert page.form is not None
    found = next(button for button in page.form.findChildren(QPushButton) if button.text() == text)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def test_two_entries_of_one_person_become_one_and_undo_parts_them(page: PeoplePage, planned: Planned) -> None:
    store = page.desk.store
    other = add_person(store, "Khan, A")
    page.reread()
    page.people.choose(planned.amira)
    press(page, "Merge")
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
    page: PeoplePage, planned: Planned, tmp_path: Path
) -> None:
    store = page.desk.store
    backup = back_up_store(store, Reason.BY_HAND).backup
    page.people.choose(planned.amira)
    press(page, "Erase")
    dialog = page.erasure
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
    assert store.verify_audit().is_whole


def test_nobody_to_merge_with_is_said(page: PeoplePage, planned: Planned) -> None:
    me = next(row for row in list_people(page.desk.store) if row.id != planned.amira)
    page.people.choose(planned.amira)
    page.erase(planned.amira)
    assert page.erasure is not None
    page.erasure.agreed.emit()
    with pytest.raises(CspError, match="no other person"):
        merging_person(page.desk.store, me.id)
