"""Whole journeys: the program as it starts, on a store that was made as everybody makes one."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.access import KdfCost
from csp_desktop.audit import Who
from csp_desktop.commands.starting import found_store
from csp_desktop.workspace import create_store
from tests.factories import Clock
from ui.app import Program, dressed
from ui.dialogs.unlock import UnlockPage
from ui.window import Window

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PASSPHRASE = "orchard lantern seventeen"


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, clock: Clock) -> Iterator[Program]:
    dressed(qapp)
    path = tmp_path / "data" / "partnership.csp"
    made = create_store(path, PASSPHRASE, Who("officer1", "Priya Patel"), clock, KdfCost(8, 1, 1))
    found_store(made.store, "kirklees-2022-2027")
    made.store.close()
    program = Program(qapp, path, tmp_path / "settings")
    program.front.show()
    yield program
    program.close()
    program.front.close()
    qapp.setStyleSheet("")


@pytest.fixture
def unlock(program: Program, qtbot: QtBot) -> Callable[[], Window]:
    def enter() -> Window:
        page = program.front.page()
        assert isinstance(page, UnlockPage)
        QTest.keyClicks(page.secret, PASSPHRASE)
        page.unlock()
        qtbot.waitUntil(lambda: program.window is not None and program.window.isVisible(), timeout=20_000)
        window = program.window
        assert window is not None
        window.resize(1366, 740)
        return window

    return enter
