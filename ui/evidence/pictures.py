"""Small drawings in the cells of a column, before the words."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect
from PySide6.QtGui import QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from typing_extensions import override

from csp_desktop.charts.scene import Scene
from ui.charts.painter import paint
from ui.charts.widget import inks_of
from ui.tables.delegates import CellPainter
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px

Row = TypeVar("Row")
MARGIN_PX = 8


class PictureCells(CellPainter, Generic[Row]):
    """Paints a drawing ``wide`` pixels wide at the left of each cell of one column, and the cell's words after it.

    ``drawn(row)`` is the drawing, one point of it to one pixel of the design; None leaves the words alone. A cell
    without words has the drawing alone.
    """

    def __init__(self, table: TableView[Row], drawn: Callable[[Row], Scene | None], wide: int) -> None:
        super().__init__(table)
        self._table = table
        self._drawn = drawn
        self._wide = wide

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        others = self._table.itemDelegate()
        self.lit_row = others.lit_row if isinstance(others, CellPainter) else -1
        model = index.model()
        scene = self._scene(model, index.row()) if isinstance(model, TableModel) else None
        if scene is None:
            super().paint(painter, option, index)
            return
        whole = QRect(option.rect)
        wide = min(px(self._wide + MARGIN_PX), whole.width()) if index.data() else whole.width()
        room = QRect(whole.left(), whole.top(), wide, whole.height())
        self._paint_ground(painter, option, room, is_lit=index.row() == self.lit_row)
        self._paint_scene(painter, scene, room)
        rest = QStyleOptionViewItem(option)
        rest.rect = whole.adjusted(wide, 0, 0, 0)
        if rest.rect.width() > 2 * px(MARGIN_PX):
            super().paint(painter, rest, index)

    def _scene(self, model: "TableModel[Row]", position: int) -> Scene | None:
        try:
            return self._drawn(model.row_at(position))
        except LookupError:  # the row has just gone; the news that says so is one turn of the loop away
            return None

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, *, is_lit: bool) -> None:
        palette = QGuiApplication.palette()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, palette.color(QPalette.ColorRole.Highlight))
        elif is_lit:
            painter.fillRect(room, palette.color(QPalette.ColorRole.AlternateBase))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        bottom = room.bottom() + 0.5
        painter.drawLine(QPointF(room.left(), bottom), QPointF(room.right() + 1, bottom))

    def _paint_scene(self, painter: QPainter, scene: Scene, room: QRect) -> None:
        scale = px(100) / 100
        painter.save()
        painter.setClipRect(room)
        painter.translate(room.left() + px(MARGIN_PX), room.center().y() - scene.height * scale / 2)
        painter.scale(scale, scale)
        paint(painter, scene.primitives, inks_of(QGuiApplication.palette()))
        painter.restore()


def put_pictures(
    table: TableView[Row], model: TableModel[Row], key: str, drawn: Callable[[Row], Scene | None], wide: int
) -> None:
    """Let a table draw into the column of this key."""
    at = next(at for at, column in enumerate(model.columns) if column.key == key)
    table.setItemDelegateForColumn(at, PictureCells(table, drawn, wide))
