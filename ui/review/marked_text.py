"""Text with its changed words marked by more than colour: what is new bold and underlined, what is gone struck out."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

from csp_desktop.imports.word_marks import Mark, Piece

LEAST_CHARACTERS, MOST_CHARACTERS = 6, 28


class MarkedText(QLabel):
    """One side of a cell. It wraps anywhere it must, and is painted as plain text: no markup is understood."""

    def __init__(self, pieces: Sequence[Piece], *, is_muted: bool = False) -> None:
        super().__init__()
        self._pieces = tuple(pieces)
        self._role = QPalette.ColorRole.PlaceholderText if is_muted else QPalette.ColorRole.Text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText("".join(piece.text for piece in pieces))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        font = self.font()
        font.setStrikeOut(bool(pieces) and all(piece.mark is Mark.GONE for piece in pieces))
        self.setFont(font)

    def _laid_out(self, width: float) -> tuple[QTextLayout, float]:
        layout = QTextLayout(self.text().replace("\n", "\N{LINE SEPARATOR}"), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        height = 0.0
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats, at = [], 0
        for piece in self._pieces:
            if piece.mark is not Mark.SAME:
                made = QTextLayout.FormatRange()
                made.start, made.length, made.format = at, _units(piece.text), _format(piece.mark)
                formats.append(made)
            at += _units(piece.text)
        return formats

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return round(self._laid_out(max(width, 1))[1] + 0.5)

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        whole = metrics.horizontalAdvance(self.text()) + metrics.averageCharWidth() * 2
        width = min(whole, metrics.averageCharWidth() * MOST_CHARACTERS)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * LEAST_CHARACTERS, metrics.height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self._role))
        layout, _height = self._laid_out(self.width())
        layout.draw(painter, QPointF(0, 0))
        painter.end()


def _units(text: str) -> int:
    """Return how long Qt takes a text to be: some letters count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _format(mark: Mark) -> QTextCharFormat:
    made = QTextCharFormat()
    if mark is Mark.NEW:
        made.setFontWeight(QFont.Weight.Bold)
        made.setFontUnderline(True)
    else:
        made.setFontStrikeOut(True)
    return made
