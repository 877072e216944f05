"""The one paint delegate: text to two lines, a muted dash for nothing, the RAG mark; a cell is asked for once."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPalette,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from csp_desktop.charts.rag import RagMark
from csp_desktop.charts.scene import Scene
from ui.charts.painter import paint
from ui.charts.widget import inks_of
from ui.tables.columns import DASH
from ui.tables.model import Cell, TableModel
from ui.tables.rag import RagCell, draw_pill, draw_suggested, pill_size, suggested_size
from ui.theme import px, theme_of

Index = QModelIndex | QPersistentModelIndex
LINES = 2
_SCALED = 100  # px gives whole pixels: the scale of what is drawn is taken of many
LAID_OUT = 4096  # texts whose lines are kept: a few screens of a wide table


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text laid out: its words and how wide they are in pixels."""

    words: str
    width: float


class _Dress:
    """Colours, measures and what was drawn with them; made anew when the theme or the font changes."""

    def __init__(self, font: QFont, palette: QPalette) -> None:
        self.key = (font.key(), palette.cacheKey())
        self.font = font
        self.struck = QFont(font)
        self.struck.setStrikeOut(True)
        self.metrics = QFontMetricsF(font)
        self.height = self.metrics.height()
        self.ascent = self.metrics.ascent()
        self.margin, self.gap, self.step = px(8), px(6), px(3)
        role = QPalette.ColorRole
        self.selected, self.lit = palette.color(role.Highlight), palette.color(role.AlternateBase)
        self.rule, self.text, self.muted = (
            palette.color(role.Mid),
            palette.color(role.Text),
            palette.color(role.PlaceholderText),
        )
        self.inks = inks_of(palette)
        self._theme = theme_of(palette)
        self._lines: dict[tuple[str, float, int], tuple[_Line, ...]] = {}
        self._marks: dict[tuple[RagMark, bool, float], QPixmap] = {}

    def tone(self, name: str) -> QColor:
        """Return the colour of a tone."""
        if not name:
            return self.text
        return self.muted if name == "muted" else QColor(getattr(self._theme, name))

    def lines(self, text: str, width: float, most: int) -> tuple[_Line, ...]:
        """Return a text broken to a width, the last line elided."""
        key = (text, width, most)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= LAID_OUT:
                self._lines.clear()
            found = self._lines[key] = self._laid_out(" ".join(text.split()), width, most)
        return found

    def _laid_out(self, flat: str, width: float, most: int) -> tuple[_Line, ...]:
        whole = self.metrics.horizontalAdvance(flat)
        if whole <= width:
            return (_Line(flat, whole),)
        pieces = _broken(flat, width, self.font, most)
        pieces[-1] = self.metrics.elidedText(pieces[-1], Qt.TextElideMode.ElideRight, width)
        return tuple(_Line(piece, self.metrics.horizontalAdvance(piece)) for piece in pieces)

    def mark(self, mark: RagMark, density: float, *, suggested: bool) -> QPixmap:
        """Return a mark's picture, drawn once: the owner's pill, or the outline of what is suggested."""
        key = (mark, suggested, density)
        found = self._marks.get(key)
        if found is None:
            width, height = suggested_size() if suggested else pill_size(mark)
            found = QPixmap(round((width + 1) * density), round((height + 1) * density))
            found.setDevicePixelRatio(density)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            (draw_suggested if suggested else draw_pill)(painter, 0, height / 2, mark)
            painter.end()
            self._marks[key] = found
        return found


class CellPainter(QStyledItemDelegate):
    """Paints every cell of every table. ``lit_row`` is the row under the pointer, -1 for none."""

    lit_row = -1
    _dress: _Dress | None = None

    def _dressed(self) -> _Dress:
        font, palette = QGuiApplication.font(), QGuiApplication.palette()
        if self._dress is None or self._dress.key != (font.key(), palette.cacheKey()):
            self._dress = _Dress(font, palette)
        return self._dress

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        cell = model.cell(index.row(), index.column()) if isinstance(model, TableModel) else None
        dress = self._dressed()
        box = QRectF(option.rect)
        painter.setFont(dress.font)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, dress.selected)
        elif index.row() == self.lit_row:
            painter.fillRect(box, dress.lit)
        painter.setPen(dress.rule)
        painter.drawLine(QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
        if cell is not None:
            _paint_cell(painter, dress, box.adjusted(dress.margin, 0, -dress.margin, -1), cell)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(60), px(30))


def _paint_cell(painter: QPainter, dress: _Dress, box: QRectF, cell: Cell) -> None:
    rest = _below_before(painter, dress, box, cell)
    if cell.rag is not None:
        painter.save()
        painter.setClipRect(box)
        _paint_rag(painter, dress, rest, cell.rag)
        painter.restore()
    elif cell.drawing is not None:
        beside = _draw(painter, dress, rest, cell.drawing)
        if cell.text:
            _write(painter, dress, beside, cell)
    elif cell.note and rest is box:
        upper = QRectF(box.left(), box.center().y() - dress.height, box.width(), dress.height)
        _write(painter, dress, upper, cell)
        _write(painter, dress, upper.translated(0, dress.height), cell._replace(text=cell.note, tone=cell.note_tone))
    else:
        _write(painter, dress, rest, cell)


def _draw(painter: QPainter, dress: _Dress, box: QRectF, scene: Scene) -> QRectF:
    """Draw a scene at the left of a box, and return what is left of the box beside it."""
    scale = px(_SCALED) / _SCALED
    painter.save()
    painter.setClipRect(box)
    painter.translate(box.left(), box.center().y() - scene.height * scale / 2)
    painter.scale(scale, scale)
    paint(painter, scene.primitives, dress.inks)
    painter.restore()
    return box.adjusted(scene.width * scale + dress.gap, 0, 0, 0)


def _paint_rag(painter: QPainter, dress: _Dress, box: QRectF, cell: RagCell) -> None:
    at, middle = round(box.left()), box.center().y()
    density = painter.device().devicePixelRatioF()
    if cell.owner:
        pill = dress.mark(cell.owner, density, suggested=False)
        painter.drawPixmap(QPointF(at, round(middle - pill_size(cell.owner)[1] / 2)), pill)
        at += round(pill_size(cell.owner)[0]) + dress.gap
    else:
        painter.setPen(dress.muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, DASH)
        at += px(16)
    if cell.suggested:
        outline = dress.mark(cell.suggested, density, suggested=True)
        painter.drawPixmap(QPointF(at, round(middle - suggested_size()[1] / 2)), outline)


def _below_before(painter: QPainter, dress: _Dress, box: QRectF, cell: Cell) -> QRectF:
    """Write the older value struck out at the top, where there is one, and return what is left of the box."""
    if not cell.before:
        return box
    upper = QRectF(box.left(), box.center().y() - dress.height - dress.step, box.width(), dress.height)
    painter.setFont(dress.struck)
    _write(painter, dress, upper, cell._replace(text=cell.before, tone="muted"))
    painter.setFont(dress.font)
    return QRectF(box.left(), upper.bottom(), box.width(), dress.height + 2 * dress.step)


def _write(painter: QPainter, dress: _Dress, box: QRectF, cell: Cell) -> None:
    """Write a text in at most two lines and as many as the box's height holds."""
    painter.setPen(dress.tone(cell.tone) if cell.text else dress.muted)
    most = 1 if box.height() < LINES * dress.height + 2 else LINES
    lines = dress.lines(cell.text or DASH, box.width(), most)
    top = box.center().y() - len(lines) * dress.height / 2 + dress.ascent
    for at, line in enumerate(lines):
        left = box.right() - line.width if cell.is_number else box.left()
        painter.drawText(QPointF(left, top + at * dress.height), line.words)


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
