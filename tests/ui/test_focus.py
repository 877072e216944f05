from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.focus import FocusRing, FocusWatch
from ui.roles import LIGHT


def test_the_ring_of_focus_is_two_pixels_of_accent_outside_the_control(dressed: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 20, 20, 20)
    first, second = QLineEdit(), QPushButton("Post update")
    column.addWidget(first)
    column.addWidget(second)
    FocusWatch(dressed)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    second.setFocus()
    qtbot.waitUntil(lambda: page.focusWidget() is second)
    picture = page.grab().toImage()
    corner = second.mapTo(page, QPoint(second.width() // 2, 0))
    above = [picture.pixelColor(corner.x(), corner.y() - step).name().upper() for step in (1, 2, 3, 4)]
    assert above == [LIGHT.surface, LIGHT.accent, LIGHT.accent, LIGHT.surface]


def test_the_ring_goes_with_its_window_and_comes_back_with_the_next(dressed: QApplication, qtbot: QtBot) -> None:
    FocusWatch(dressed)
    for _turn in range(2):
        page = QWidget()
        line = QLineEdit(page)
        page.show()
        with qtbot.waitActive(page):
            page.activateWindow()
        line.setFocus()
        assert page.findChild(FocusRing) is not None
        page.close()
        page.deleteLater()
        qtbot.wait(1)
    assert dressed.focusWidget() is None


def test_the_ring_follows_scrolling_and_is_cut_where_the_scroll_area_cuts(dressed: QApplication, qtbot: QtBot) -> None:
    watch = FocusWatch(dressed)
    area = QScrollArea()
    qtbot.addWidget(area)
    inside = QWidget()
    column = QVBoxLayout(inside)
    lines = [QLineEdit() for _line in range(30)]
    for line in lines:
        column.addWidget(line)
    area.setWidget(inside)
    area.resize(300, 200)
    area.show()
    with qtbot.waitActive(area):
        area.activateWindow()
    lines[1].setFocus()
    ring = watch.ring
    assert ring is not None
    at_first = ring.y()
    area.verticalScrollBar().setValue(30)
    assert ring.y() == at_first - 30
    area.verticalScrollBar().setValue(600)
    assert not ring.isVisible()


def test_the_ring_is_not_cut_by_a_parent_of_the_same_size(dressed: QApplication, qtbot: QtBot) -> None:
    FocusWatch(dressed)
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 20, 20, 20)
    wrapper = QWidget()
    tight = QVBoxLayout(wrapper)
    tight.setContentsMargins(0, 0, 0, 0)
    line = QLineEdit()
    tight.addWidget(line)
    column.addWidget(wrapper)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    line.setFocus()
    edge = line.mapTo(page, QPoint(line.width() // 2, -2))
    assert page.grab().toImage().pixelColor(edge).name().upper() == LIGHT.accent
