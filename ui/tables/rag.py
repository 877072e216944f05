"""The RAG mark: shape, letter and word in a pill, readable without its colour, in every theme.

The palette is told apart under three kinds of colour blindness and in grey; white or black letters reach 4.5:1 or
the shape's edge carries them.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from csp_desktop.charts.rag import BRAG, RagMark, rag_mark
from csp_desktop.charts.scene import INK
from ui.charts.painter import paint
from ui.theme import px


@dataclass(frozen=True, slots=True)
class RagCell:
    """What a cell shows: the owner's mark, and the suggested one where it differs, with its reason in words."""

    owner: RagMark | None
    suggested: RagMark | None = None
    reason: str = ""

    @property
    def spoken(self) -> str:
        """Return the whole cell in words: "Amber; suggested Red: 12 days late"."""
        said = self.owner.word if self.owner else "none"
        return f"{said}; suggested {self.suggested.word}: {self.reason}" if self.suggested else said


def mark_of(letter: str | None, marks: tuple[RagMark, ...] = BRAG) -> RagMark | None:
    """Return the scheme's mark with this letter, or None for none."""
    return next((mark for mark in marks if mark.letter == letter), None)


def pill_size(mark: RagMark) -> tuple[float, float]:
    """Return the width and height of the mark's pill in pixels."""
    return px(31) + QFontMetricsF(QGuiApplication.font()).horizontalAdvance(mark.word), float(px(22))


def suggested_size() -> tuple[float, float]:
    """Return the width and height of a suggested mark in pixels."""
    return float(px(20)), float(px(20))


def draw_pill(painter: QPainter, left: float, middle: float, mark: RagMark) -> float:
    """Draw the pill with its left edge and vertical middle given; return where it ends."""
    width, height = pill_size(mark)
    palette = QGuiApplication.palette()
    box = QRectF(left + 0.5, middle - height / 2 + 0.5, width - 1, height - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Base))
    painter.drawRoundedRect(box, height / 2, height / 2)
    _mark(painter, mark, left + height / 2 + 1, middle, outlined=False)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.setFont(QGuiApplication.font())
    words = QRectF(left + px(23), box.top(), width, box.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, mark.word)
    painter.restore()
    return left + width


def draw_suggested(painter: QPainter, left: float, middle: float, mark: RagMark) -> float:
    """Draw the suggested mark, thin and outlined, with its left edge and middle given; return where it ends."""
    side = suggested_size()[0]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _mark(painter, mark, left + side / 2, middle, outlined=True)
    painter.restore()
    return left + side


def _mark(painter: QPainter, mark: RagMark, across: float, middle: float, *, outlined: bool) -> None:
    ink = QGuiApplication.palette().color(QPalette.ColorRole.Text).name()
    paint(painter, rag_mark(mark, (across, middle), px(8.5), outlined=outlined), {INK: ink})


class RagShown(QWidget):
    """A RAG cell on its own, outside a table."""

    def __init__(self, cell: RagCell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell = cell
        self.setAccessibleName(f"RAG {cell.spoken}")
        self.setToolTip(cell.reason)
        width = pill_size(cell.owner)[0] if cell.owner else 0
        extra = px(26) if cell.suggested else 0
        self.setFixedSize(round(width + extra) + 2, px(24))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() / 2
        at = draw_pill(painter, 0, middle, self._cell.owner) + px(6) if self._cell.owner else 0
        if self._cell.suggested:
            draw_suggested(painter, at, middle, self._cell.suggested)
        painter.end()
