"""The one paint delegate: text to two lines, a muted dash for nothing, the RAG mark; no role is asked twice."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.tables.columns import DASH
from ui.tables.model import CellRole
from ui.tables.rag import RagCell, draw_pill, draw_suggested
from ui.theme import px, theme_of

Index = QModelIndex | QPersistentModelIndex
LINES = 2


class CellPainter(QStyledItemDelegate):
    """Paints every cell of every table. ``lit_row`` is the row under the pointer, -1 for none."""

    lit_row = -1

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = QGuiApplication.palette()
        painter.save()
        painter.setClipRect(box)
        if selected or index.row() == self.lit_row:
            role = QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.AlternateBase
            painter.fillRect(box, palette.color(role))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
        inner = box.adjusted(px(8), 0, -px(8), -1)
        cell = index.data(CellRole.RAG)
        if isinstance(cell, RagCell):
            _paint_rag(painter, _below_before(painter, inner, index), cell)
        else:
            _paint_text(painter, inner, index)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(60), px(30))


def _paint_rag(painter: QPainter, box: QRectF, cell: RagCell) -> None:
    at = box.left()
    if cell.owner:
        at = draw_pill(painter, at, box.center().y(), cell.owner) + px(6)
    else:
        painter.setPen(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, DASH)
        at += px(16)
    if cell.suggested:
        draw_suggested(painter, at, box.center().y(), cell.suggested)


def _paint_text(painter: QPainter, box: QRectF, index: Index) -> None:
    text = index.data(Qt.ItemDataRole.DisplayRole) or ""
    note = index.data(CellRole.NOTE) or ""
    tone = index.data(CellRole.TONE) or ""
    right = bool(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
    rest = _below_before(painter, box, index, right=right)
    if rest != box:
        _write(painter, rest, text, tone, right=right)
    elif note:
        half = QFontMetricsF(painter.font()).height()
        upper = QRectF(box.left(), box.center().y() - half, box.width(), half)
        _write(painter, upper, text, "", right=right)
        _write(painter, upper.translated(0, half), note, tone or "muted", right=right)
    else:
        _write(painter, box, text, tone, right=right)


def _below_before(painter: QPainter, box: QRectF, index: Index, *, right: bool = False) -> QRectF:
    """Write the older value struck out at the top, where there is one, and return what is left of the box."""
    before = index.data(CellRole.BEFORE) or ""
    if not before:
        return box
    font, struck = painter.font(), QFont(painter.font())
    struck.setStrikeOut(True)
    height = QFontMetricsF(font).height()
    upper = QRectF(box.left(), box.center().y() - height - px(3), box.width(), height)
    painter.setFont(struck)
    _write(painter, upper, before, "muted", right=right)
    painter.setFont(font)
    return QRectF(box.left(), upper.bottom(), box.width(), height + px(6))


def _write(painter: QPainter, box: QRectF, text: str, tone: str, *, right: bool) -> None:
    palette = QGuiApplication.palette()
    if not text or tone == "muted":
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    elif tone:
        painter.setPen(QColor(getattr(theme_of(palette), tone)))
    else:
        painter.setPen(palette.color(QPalette.ColorRole.Text))
    for line, where in _lines(text or DASH, box, painter.font(), right=right):
        painter.drawText(where, line)


def _lines(text: str, box: QRectF, font: QFont, *, right: bool) -> list[tuple[str, QPointF]]:
    """Return the text broken to the box, at most two lines and as many as its height holds, the last elided."""
    metrics = QFontMetricsF(font)
    room = 1 if box.height() < LINES * metrics.height() + px(2) else LINES
    flat = " ".join(text.split())
    pieces = [flat] if metrics.horizontalAdvance(flat) <= box.width() else _broken(flat, box.width(), font, room)
    pieces[-1] = metrics.elidedText(pieces[-1], Qt.TextElideMode.ElideRight, box.width())
    top = box.center().y() - len(pieces) * metrics.height() / 2 + metrics.ascent()
    placed = []
    for at, piece in enumerate(pieces):
        left = box.right() - metrics.horizontalAdvance(piece) if right else box.left()
        placed.append((piece, QPointF(left, top + at * metrics.height())))
    return placed


def _broken(text: str, width: float, font: QFont, room: int) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    for _line in range(room):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text)]
    return [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]
