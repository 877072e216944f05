"""A register on the screen is saved as a spreadsheet, where a person says."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.registers.forms import Register
from ui.desk import Desk
from ui.entries.screen import RegisterScreen


@pytest.mark.parametrize("chosen", ["partners.xlsx", "partners", None])
def test_a_register_is_saved_where_a_person_says(desk: Desk, qtbot: QtBot, tmp_path: Path, chosen: str | None) -> None:
    screen = RegisterScreen(desk, Register.ORGANISATIONS)
    qtbot.addWidget(screen)
    screen.reread()
    told: list[str] = []
    screen.told.connect(told.append)
    asked: list[tuple[str, str]] = []

    def choose(_parent: QWidget, title: str, suggested: str, _kind: str) -> Path | None:
        asked.append((title, suggested))
        return None if chosen is None else tmp_path / chosen

    screen.saving.choose = choose
    next(each for each in screen.tools.findChildren(QPushButton) if each.text() == "Save as a spreadsheet").click()
    assert asked == [("Save as a spreadsheet", "Partners.xlsx")]
    if chosen is None:
        assert told == []
        return
    sheet = openpyxl.load_workbook(tmp_path / "partners.xlsx").worksheets[0]
    assert sheet.max_row == len(screen.shown) + 1
    assert told == [f"{len(screen.shown)} rows saved. Change them there, then bring the spreadsheet in."]
