"""The edges of a sheet: column letters with what each column is, row numbers with what each row is."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QTableView
from typing_extensions import override

from csp_desktop.imports.grid import column_letters
from ui.review.grid_model import GridModel
from ui.review.sheet_words import HEADINGS, HIDDEN, NOT_READ, ColumnTold
from ui.theme import px, theme_of

LINE_PX = 18
PAD_PX = 8
HERE_PX = 2
WIDEST_WORD = "Unchanged"


class ColumnsHead(QHeaderView):
    """Letters above, below them what the column is and whether that needs a look."""

    def __init__(self, model: GridModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._grid = model
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(px(40))

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(3 * LINE_PX + PAD_PX))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        palette = QGuiApplication.palette()
        told = self._grid.column_told(logicalIndex + 1)
        is_here = logicalIndex == self._view.currentIndex().column()
        _ground(painter, rect, palette, is_here=is_here, at_foot=True)
        inner = rect.adjusted(px(PAD_PX), px(PAD_PX // 2), -px(PAD_PX), 0)
        letters = column_letters(logicalIndex + 1)
        if logicalIndex + 1 in self._grid.sheet.hidden_columns:
            letters = f"{letters} {HIDDEN.lower()}"
        lines = [(letters, "muted", False)]
        if told is not None:
            lines += [(told.holds, "muted" if told.holds == NOT_READ else "text", told.holds != NOT_READ)]
            lines += [(told.note, told.tone, False)]
        theme = theme_of(palette)
        for at, (words, tone, bold) in enumerate(lines):
            box = QRect(inner.left(), inner.top() + at * px(LINE_PX), inner.width(), px(LINE_PX))
            _say(painter, box, words, QColor(getattr(theme, tone)), bold=bold)

    def width_for(self, told: ColumnTold | None) -> int:
        """Return how wide a column must be for its words here."""
        if told is None:
            return px(40)
        metrics = self.fontMetrics()
        return max(round(metrics.horizontalAdvance(told.holds) * 1.1), metrics.horizontalAdvance(told.note)) + px(20)


class RowsHead(QHeaderView):
    """Numbers, and beside them what the row is in a word."""

    def __init__(self, model: GridModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._grid = model
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    @override
    def sizeHint(self) -> QSize:
        digits = self.fontMetrics().horizontalAdvance("0" * max(len(str(self._grid.rowCount())), 3))
        word = self.fontMetrics().horizontalAdvance(WIDEST_WORD)
        return QSize(digits + word + px(4 * PAD_PX), super().sizeHint().height())

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        palette = QGuiApplication.palette()
        word = self._grid.row_word(logicalIndex + 1)
        is_here = logicalIndex == self._view.currentIndex().row()
        _ground(painter, rect, palette, is_here=is_here, at_foot=False)
        theme = theme_of(palette)
        inner = rect.adjusted(px(PAD_PX), 0, -px(PAD_PX), 0)
        is_heading = word == HEADINGS
        _say(painter, inner, word, QColor(theme.accent if is_heading else theme.muted), bold=is_heading)
        painter.setPen(QColor(theme.text if is_here else theme.muted))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(logicalIndex + 1))


def _ground(painter: QPainter, rect: QRect, palette: QPalette, *, is_here: bool, at_foot: bool) -> None:
    """Fill a section and rule it off; where the keyboard's cell is, a line in the accent says so."""
    painter.fillRect(rect, palette.color(QPalette.ColorRole.AlternateBase if is_here else QPalette.ColorRole.Window))
    painter.setPen(palette.color(QPalette.ColorRole.Mid))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topRight(), rect.bottomRight())
    if is_here:
        thick = px(HERE_PX)
        edge = (
            rect.adjusted(0, rect.height() - thick, 0, 0) if at_foot else rect.adjusted(rect.width() - thick, 0, 0, 0)
        )
        painter.fillRect(edge, palette.color(QPalette.ColorRole.Accent))


def _say(painter: QPainter, box: QRect, words: str, colour: QColor, *, bold: bool) -> None:
    font = QFont(painter.font())
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
