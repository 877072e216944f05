"""Every screen of the Board's page fits a small screen at twice the size, in each theme."""

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from tests.ui.board.conftest import Met
from ui import theme
from ui.board.kinds import Kind
from ui.pages.board import TOP, BoardPage
from ui.roles import DARK, HIGH_CONTRAST, LIGHT, Theme
from ui.screens.screen import Where
from ui.stylesheet import stylesheet
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.mark.parametrize("shown", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda shown: shown.name)
def test_at_twice_the_size_every_screen_fits(
    dressed: QApplication, window: Window, page: BoardPage, met: Met, shown: Theme
) -> None:
    theme.apply(dressed, shown)
    font = QFont(dressed.font())
    font.setPointSizeF(21)
    dressed.setFont(font)
    dressed.setStyleSheet(stylesheet(shown, theme.px))
    for where in (*(Where(kind) for kind, _words in TOP), Where(Kind.MEETING, met.held), Where(Kind.GROUP, 1)):
        page.go_to(where)
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1366, 768), where
