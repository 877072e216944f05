"""Every test of the window runs on the offscreen platform, dressed as the program is."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    from csp_desktop.assets import font_path
    from ui import theme
    from ui.roles import LIGHT

    theme.apply(qapp, LIGHT, (font_path("LiberationSans-Regular"), font_path("LiberationSans-Bold")))
    yield qapp
    qapp.setStyleSheet("")
