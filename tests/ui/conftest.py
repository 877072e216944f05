"""Every test of the window runs on the offscreen platform, dressed as the program is."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.window import Window

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    from csp_desktop.assets import font_path
    from ui import theme
    from ui.roles import LIGHT

    theme.apply(qapp, LIGHT, (font_path("LiberationSans-Regular"), font_path("LiberationSans-Bold")))
    yield qapp
    qapp.setStyleSheet("")


@pytest.fixture
def window(desk: "Desk", qtbot: QtBot) -> "Window":
    """The program's window on a desk that the folder of the test lays, at the size of a council laptop's screen."""
    from ui.places import PLACES
    from ui.window import Heading, Window

    made = Window(desk, PLACES, Heading("Communities Partnership", "OFFICIAL"))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made
