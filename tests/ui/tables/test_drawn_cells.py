"""Cells with a small drawing: in the place of the text, or at its left."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.charts.scene import Area, Scene
from ui.tables.columns import Column, Kind, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView

RED = "#FF0000"
SQUARE = Scene(12, 12, (Area(((0, 0), (12, 0), (12, 12), (0, 12)), RED),))


def columns() -> tuple[Column[int], ...]:
    return (
        Column(key="run", heading="Run", width=10, kind=Kind.DRAWING, text=str, drawing=lambda _row: SQUARE),
        Column(key="moved", heading="Moved", text=str, drawing=lambda row: SQUARE if row else None),
    )


def reds(picture: QImage) -> list[tuple[int, int]]:
    wanted = QColor(RED).rgb()
    return [(x, y) for x in range(picture.width()) for y in range(picture.height()) if picture.pixel(x, y) == wanted]


def test_a_drawing_takes_the_place_of_its_words_or_stands_beside_them(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model: TableModel[int] = TableModel(columns())
    table = TableView(model, "Drawn")
    qtbot.addWidget(table)
    model.set_source(RowsInHand(model.columns, [0, 7], lambda row: row))
    qtmodeltester.check(model)
    cells = [[model.cell(row, column) for column in (0, 1)] for row in (0, 1)]
    assert [[cell.text for cell in row if cell] for row in cells] == [["", "0"], ["", "7"]]
    heard = model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "7"
    table.resize(400, 200)
    found = reds(table.viewport().grab().toImage())
    left = table.columnViewportPosition(1)
    second = table.rowViewportPosition(1)
    assert {(x >= left, y >= second) for x, y in found} == {(False, False), (False, True), (True, True)}
