"""Every screen of the Reoffending page fits a small screen, at twice the size too, in each theme."""

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.queries.members import list_members
from tests.ui.reoffending.conftest import Cohorts
from ui import theme
from ui.desk import Desk
from ui.pages.reoffending import ReoffendingPage
from ui.places import PLACES
from ui.reoffending.cohort_screen import CohortScreen
from ui.reoffending.explanations import Figure
from ui.reoffending.kinds import Kind
from ui.roles import DARK, HIGH_CONTRAST, LIGHT, Theme
from ui.screens.screen import Where
from ui.stylesheet import stylesheet
from ui.window import Heading, Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.mark.parametrize("shown", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda shown: shown.name)
def test_at_twice_the_size_every_screen_fits(
    dressed: QApplication, desk: Desk, cohorts: Cohorts, qtbot: QtBot, shown: Theme
) -> None:
    theme.apply(dressed, shown)
    font = QFont(dressed.font())
    font.setPointSizeF(21)
    dressed.setFont(font)
    dressed.setStyleSheet(stylesheet(shown, theme.px))
    window = Window(desk, PLACES, Heading("Communities Partnership", "OFFICIAL"))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.go("reoffending")
    page = window.page()
    assert isinstance(page, ReoffendingPage)
    someone = list_members(desk.store, cohorts.local).rows[0].offender_id
    for where in (
        Where(Kind.COHORT, cohorts.local),
        Where(Kind.PERSON, someone),
        Where(Kind.COMPARE),
        Where(Kind.IOM),
        Where(Kind.TABLES),
    ):
        page.open(where)
        qtbot.waitUntil(lambda: not desk.tasks.busy)
        screen = page.screen_shown()
        if isinstance(screen, CohortScreen):
            screen.ask(Figure.RATE)
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1366, 768), where
