import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets import RowLink, button


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_a_button_as_space_does(key: Qt.Key, qtbot: QtBot) -> None:
    pressed: list[str] = []
    for made in (button("Post update", lambda: pressed.append("button")), RowLink("A", lambda: pressed.append("row"))):
        qtbot.addWidget(made)
        made.show()
        QTest.keyClick(made, key)
    assert pressed == ["button", "row"]


def test_a_key_held_with_control_is_for_the_form_around_the_button(qtbot: QtBot) -> None:
    pressed: list[bool] = []
    made = button("Cancel", lambda: pressed.append(True))
    qtbot.addWidget(made)
    made.show()
    QTest.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
