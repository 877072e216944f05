"""Paints a scene's primitives with QPainter: the twin of the painter on paper, with the same font and widths."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from csp_desktop.charts.scene import Anchor, Area, Dot, Line, Polyline, Primitive, Rectangle, Text
from ui.theme import FAMILY

_DRAWN_AT = 100
"""Pixels at which text is measured and drawn before it is scaled: large enough for widths without rounding."""

Inks = Mapping[str, str]
"""Colours of the scene that a theme draws in its own: the scene's colour to the theme's."""


def paint(painter: QPainter, primitives: Iterable[Primitive], inks: Inks | None = None) -> None:
    """Paint primitives in order, one point of the scene to one unit of the painter."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    for primitive in primitives:
        _paint_one(painter, primitive, inks or {})
    painter.restore()


def _paint_one(painter: QPainter, primitive: Primitive, inks: Inks) -> None:
    if isinstance(primitive, Text):
        _text(painter, primitive, inks)
    elif isinstance(primitive, Line):
        _stroke(painter, primitive, inks)
        painter.drawLine(QPointF(*primitive.start), QPointF(*primitive.end))
    elif isinstance(primitive, Polyline):
        _stroke(painter, primitive, inks)
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in primitive.points]))
    else:
        _filled(painter, primitive, inks)


def _stroke(painter: QPainter, line: Line | Polyline, inks: Inks) -> None:
    pen = QPen(_colour(line.colour, inks), line.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if line.dash:
        pen.setDashPattern([length / line.width for length in line.dash])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _filled(painter: QPainter, shape: Area | Rectangle | Dot, inks: Inks) -> None:
    pen = QPen(Qt.PenStyle.NoPen)
    if shape.stroke is not None:
        pen = QPen(_colour(shape.stroke, inks), shape.width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    if shape.fill is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setBrush(_colour(shape.fill, inks))
    if isinstance(shape, Area):
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in shape.points]))
    elif isinstance(shape, Rectangle):
        painter.drawRect(QRectF(*shape.corner, *shape.size))
    else:
        painter.drawEllipse(QPointF(*shape.centre), shape.radius, shape.radius)


def _text(painter: QPainter, text: Text, inks: Inks) -> None:
    font = QFont(FAMILY)
    font.setPixelSize(_DRAWN_AT)
    font.setBold(text.bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setKerning(False)  # paper sets each letter at its own width
    width = QFontMetricsF(font).horizontalAdvance(text.text)
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[text.anchor]
    painter.save()
    painter.translate(*text.at)
    painter.rotate(-text.turn)
    painter.scale(text.size / _DRAWN_AT, text.size / _DRAWN_AT)
    painter.setFont(font)
    painter.setPen(_colour(text.colour, inks))
    painter.drawText(QPointF(-shift, 0), text.text)
    painter.restore()


def _colour(colour: str, inks: Inks) -> QColor:
    return QColor(inks.get(colour, colour))
