"""The section of what a public report keeps back."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from csp_desktop.queries.publication import publication
from ui.setup.page import SetupPage
from ui.setup.publishing import PublishingSection


def words(section: PublishingSection) -> set[str]:
    return {label.text() for label in section.findChildren(QLabel)}


def test_the_smallest_count_is_shown_and_changed(page: SetupPage, qtbot: QtBot) -> None:
    section = next(each for each in page.sections if isinstance(each, PublishingSection))
    page.show_section(section)
    assert "3" in words(section)
    section.edit()
    assert page.form is not None
    page.form.editor("threshold").set_value(10)
    page.form.save()
    assert publication(page.desk.store).rules.threshold == 10
    qtbot.waitUntil(lambda: "10" in words(section))
