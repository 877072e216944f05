from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from csp_desktop.charts.rag import AMBER, BRAG, RED, RagMark
from ui import theme
from ui.roles import DARK, HIGH_CONTRAST, LIGHT, Theme
from ui.tables.columns import DASH, Column, Kind, RowsInHand
from ui.tables.model import TableModel
from ui.tables.rag import RagCell, draw_pill, draw_suggested, pill_size
from ui.tables.view import TableView


@dataclass(frozen=True, slots=True)
class Sample:
    id: int
    title: str


stored: list[tuple[int, str]] = []
COLUMNS: tuple[Column[Sample], ...] = (
    Column(key="ref", heading="Ref", kind=Kind.REF, text=lambda row: f"ACT-{row.id:04}", width=9),
    Column(
        key="title",
        heading="Action",
        text=lambda row: row.title,
        width=0,
        edit=lambda row, text: stored.append((row.id, text)),
    ),
    Column(key="rag", heading="RAG", kind=Kind.RAG, text=lambda _row: "", rag=lambda _row: RagCell(AMBER, RED, "late")),
)


def source(count: int, *, skip: int | None = None) -> RowsInHand[Sample]:
    rows = [Sample(at, f"Walk the estate {at}") for at in range(1, count + 1) if at != skip]
    return RowsInHand(COLUMNS, rows, lambda row: row.id)


@pytest.fixture
def view(qtbot: QtBot) -> TableView[Sample]:
    model = TableModel(COLUMNS)
    model.set_source(source(200))
    shown = TableView(model, "Actions")
    qtbot.addWidget(shown)
    shown.resize(700, 330)
    shown.show()
    return shown


def rows_of(view: TableView[Sample]) -> TableModel[Sample]:
    model = view.model()
    assert isinstance(model, TableModel)
    return model


def test_the_chosen_row_stays_chosen_and_in_view_over_a_reset(view: TableView[Sample]) -> None:
    told: list[object] = []
    view.row_chosen.connect(told.append)
    view.choose(120)
    rows_of(view).set_source(source(200, skip=3))
    assert view.chosen() == 120
    assert told == [120]
    at = rows_of(view).position_of(120)
    assert at == 118
    assert view.viewport().rect().contains(view.visualRect(rows_of(view).index(at, 0)))
    assert [index.row() for index in view.selectionModel().selectedRows()] == [118]


def test_without_a_chosen_row_the_scroll_stays_at_the_row_it_was_at(view: TableView[Sample]) -> None:
    view.verticalScrollBar().setValue(30 * 50)
    before = rows_of(view).id_at(view.rowAt(0))
    rows_of(view).set_source(source(200, skip=3))
    assert rows_of(view).id_at(view.rowAt(0)) == before


def test_a_row_that_the_filter_hides_is_still_chosen_when_it_returns(view: TableView[Sample]) -> None:
    view.choose(120)
    rows_of(view).filter("estate 7")
    assert view.chosen() == 120
    assert view.chosen_row() is None
    rows_of(view).filter("")
    assert [index.row() for index in view.selectionModel().selectedRows()] == [119]


def test_enter_opens_and_f2_edits_where_the_cell_can_be_edited(view: TableView[Sample], qtbot: QtBot) -> None:
    stored.clear()
    view.choose(2)
    with qtbot.waitSignal(view.row_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [2]
    view.setCurrentIndex(rows_of(view).index(1, 0))
    with qtbot.waitSignal(view.edit_asked) as asked:
        qtbot.keyClick(view, Qt.Key.Key_F2)
    assert asked.args == [2]
    view.setCurrentIndex(rows_of(view).index(1, 1))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Walk both estates")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored == [(2, "Walk both estates")])


def test_arrow_keys_move_the_choice(view: TableView[Sample], qtbot: QtBot) -> None:
    view.choose(5)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.chosen() == 6


def test_rows_are_thirty_pixels_and_grow_with_the_font(
    view: TableView[Sample], dressed: QApplication, qtbot: QtBot
) -> None:
    assert view.rowHeight(0) == 30
    assert view.rowHeight(199) == 30
    font = QFont(dressed.font())
    font.setPointSizeF(21)
    dressed.setFont(font)
    large = TableView(rows_of(view), "Actions", lines=2)
    qtbot.addWidget(large)
    assert large.rowHeight(0) == 94


def test_widths_that_a_person_sets_are_remembered_by_column(view: TableView[Sample], qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.widths_changed):
        view.setColumnWidth(0, 222)
    assert view.widths() == {"ref": 222}
    again = TableView(rows_of(view), "Actions")
    qtbot.addWidget(again)
    again.resize(700, 300)
    again.set_widths({"ref": 222, "gone": 9})
    assert again.columnWidth(0) == 222
    assert again.widths() == {"ref": 222}


def test_the_row_under_the_pointer_is_lit(view: TableView[Sample]) -> None:
    row = view.visualRect(rows_of(view).index(3, 1)).center()
    where = QPointF(row)
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        view.viewport().mapToGlobal(where),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), moved)
    picture = view.viewport().grab().toImage()
    lit = picture.pixelColor(view.columnViewportPosition(2) + 3, row.y() + 8)
    unlit = picture.pixelColor(view.columnViewportPosition(2) + 3, row.y() + 38)
    assert lit == QColor(LIGHT.hover)
    assert unlit == QColor(LIGHT.raised)


def test_sorting_by_the_heading_and_back(view: TableView[Sample]) -> None:
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert rows_of(view).row_at(0).title == "Walk the estate 99"


@pytest.mark.parametrize("shown", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda shown: shown.name)
@pytest.mark.parametrize("mark", BRAG, ids=lambda mark: mark.word)
def test_the_pill_carries_its_colour_and_something_besides(dressed: QApplication, shown: Theme, mark: RagMark) -> None:
    theme.apply(dressed, shown)
    width, height = pill_size(mark)
    pictures = []
    for draw in (draw_pill, draw_suggested):
        picture = QImage(round(width), round(height), QImage.Format.Format_RGB32)
        picture.fill(QColor(shown.raised))
        painter = QPainter(picture)
        ended = draw(painter, 0, height / 2, mark)
        painter.end()
        assert ended <= width
        pictures.append(picture)
    inside = QPoint(round(height / 2) + 1, round(height / 2) - 5)
    solid = {pictures[0].pixelColor(inside.x() + dx, inside.y()).name().upper() for dx in (-1, 0, 1)}
    hollow = {pictures[1].pixelColor(x, y).name().upper() for x in range(20) for y in range(20)}
    assert mark.fill in solid
    assert mark.fill not in hollow


def test_an_absent_value_is_a_dash_on_screen() -> None:
    assert DASH == "\u2013"


GIVING_WAY: tuple[Column[Sample], ...] = (
    Column(key="ref", heading="Ref", text=lambda row: f"ACT-{row.id:04}", width=9),
    Column(key="title", heading="Action", text=lambda row: row.title, width=0),
    Column(key="lead", heading="Lead", text=lambda _row: "Amira Khan", width=12, spare=2),
    Column(key="due", heading="Due", text=lambda _row: "30 Sep 2026", width=12, spare=1),
    Column(key="status", heading="Status", text=lambda _row: "In progress", width=12, spare=3),
)


@pytest.mark.parametrize(
    ("width", "left"),
    [
        (900, ["ref", "title", "lead", "due", "status"]),
        (520, ["ref", "title", "lead", "due"]),
        (400, ["ref", "title", "due"]),
        (260, ["ref", "title"]),
        (190, ["ref", "title"]),
    ],
)
def test_columns_give_way_in_their_order_before_a_table_scrolls_sideways(
    qtbot: QtBot, width: int, left: list[str]
) -> None:
    model = TableModel(GIVING_WAY)
    model.set_source(RowsInHand(GIVING_WAY, [Sample(1, "Walk the estate")], lambda row: row.id))
    shown = TableView(model, "Actions")
    qtbot.addWidget(shown)
    shown.resize(width, 300)
    shown.show()
    assert [column.key for at, column in enumerate(GIVING_WAY) if not shown.isColumnHidden(at)] == left
    assert shown.horizontalScrollBar().maximum() == 0


TWO_LINES: tuple[Column[Sample], ...] = (
    Column(
        key="outcome",
        heading="Outcome",
        width=0,
        text=lambda _row: "Changed",
        note=lambda _row: "ACT-0001",
        tone=lambda _row: "error",
    ),
    Column(
        key="due",
        heading="Due",
        width=20,
        text=lambda _row: "30 Sep 2024",
        note=lambda _row: "12 days late",
        note_tone=lambda _row: "error",
    ),
)


def test_a_tone_colours_the_line_it_is_given_for(qtbot: QtBot) -> None:
    model = TableModel(TWO_LINES)
    model.set_source(RowsInHand(TWO_LINES, [Sample(1, "")], lambda row: row.id))
    shown = TableView(model, "Outcomes", lines=2)
    qtbot.addWidget(shown)
    shown.resize(500, 300)
    shown.show()
    picture = shown.viewport().grab().toImage()
    red = [
        [has_red(picture, shown.visualRect(model.index(0, column)), half) for half in range(2)] for column in range(2)
    ]
    assert red == [[True, False], [False, True]]


def has_red(picture: QImage, cell: QRect, half: int) -> bool:
    top = cell.top() + half * cell.height() // 2
    colours = (
        picture.pixelColor(x, y) for x in range(cell.left(), cell.right()) for y in range(top, top + cell.height() // 2)
    )
    return any(colour.red() - max(colour.green(), colour.blue()) > 60 for colour in colours)
