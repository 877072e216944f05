"""How the cells of a sheet are drawn: headings marked, what is not read in grey, tables outlined."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from models.vocabulary import ProblemLevel
from ui.review.grid_model import CellLook, Edges, GridModel, Index, place_of
from ui.theme import px, theme_of

if TYPE_CHECKING:
    from ui.review.grid_view import GridView

OUTLINE_PX = 2
FOCUS_PX = 2


class GridPainter(QStyledItemDelegate):
    """Paints the cells of a ``GridModel``."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(view)
        self._view = view

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, GridModel):
            return
        look = model.look(place_of(index))
        palette = QGuiApplication.palette()
        box = QRect(option.rect)
        is_current = index == self._view.currentIndex()
        painter.save()
        painter.setClipRect(box)
        painter.fillRect(box, _ground(palette, look, chosen=index.column() == self._view.currentIndex().column()))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomRight())
        _write(painter, box, str(index.data() or ""), look)
        if look.edges:
            _outline(painter, box, look.edges, palette)
        if is_current:
            has_keys = bool(option.state & QStyle.StateFlag.State_HasFocus)
            role = QPalette.ColorRole.Accent if has_keys else QPalette.ColorRole.Dark
            painter.setPen(QPen(palette.color(role), px(FOCUS_PX)))
            painter.drawRect(box.adjusted(px(1), px(1), -px(2), -px(2)))
        painter.restore()


def _ground(palette: QPalette, look: CellLook, *, chosen: bool) -> QColor:
    if look.heading:
        return palette.color(QPalette.ColorRole.Highlight)
    if look.sunken:
        return palette.color(QPalette.ColorRole.Window)
    return palette.color(QPalette.ColorRole.AlternateBase if chosen else QPalette.ColorRole.Base)


def _write(painter: QPainter, box: QRect, text: str, look: CellLook) -> None:
    palette = QGuiApplication.palette()
    inner = box.adjusted(px(6), 0, -px(6), 0)
    if look.problem is not None:
        tone = "error" if look.problem is ProblemLevel.ERROR else "warning"
        _set_bold(painter, bold=True)
        painter.setPen(QColor(getattr(theme_of(palette), tone)))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "!")
        inner.adjust(0, 0, -px(10), 0)
    _set_bold(painter, bold=look.heading)
    role = QPalette.ColorRole.PlaceholderText if look.muted and not look.heading else QPalette.ColorRole.Text
    painter.setPen(palette.color(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    side = Qt.AlignmentFlag.AlignRight if look.number else Qt.AlignmentFlag.AlignLeft
    painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _set_bold(painter: QPainter, *, bold: bool) -> None:
    font = QFont(painter.font())
    font.setBold(bold)
    painter.setFont(font)


def _outline(painter: QPainter, box: QRect, edges: Edges, palette: QPalette) -> None:
    """Draw the table's outline, broken where the table is not read: the line says it where the colour cannot."""
    role = QPalette.ColorRole.Accent if edges.is_read else QPalette.ColorRole.Dark
    thick = px(OUTLINE_PX)
    sides = (
        (edges.left, QRect(box.left(), box.top(), thick, box.height())),
        (edges.right, QRect(box.right() - thick + 1, box.top(), thick, box.height())),
        (edges.top, QRect(box.left(), box.top(), box.width(), thick)),
        (edges.bottom, QRect(box.left(), box.bottom() - thick + 1, box.width(), thick)),
    )
    colour = palette.color(role)
    for is_edge, side in sides:
        if is_edge and edges.is_read:
            painter.fillRect(side, colour)
        elif is_edge:
            painter.setPen(QPen(colour, thick, Qt.PenStyle.DashLine, Qt.PenCapStyle.FlatCap))
            middle = side.center()
            if side.width() > side.height():
                painter.drawLine(side.left(), middle.y(), side.right(), middle.y())
            else:
                painter.drawLine(middle.x(), side.top(), middle.x(), side.bottom())
