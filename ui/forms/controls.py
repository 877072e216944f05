"""Controls that draw themselves, because the style's own are not seen in every theme."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QRadioButton, QWidget
from typing_extensions import override

from csp_desktop.charts.rag import RagMark
from ui.tables.rag import draw_pill, pill_size
from ui.theme import px


class ChoiceBox(QComboBox):
    """A drop-down that draws its own chevron and leaves the wheel to the page that scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def be_searched(self) -> None:
        """Let a person type any part of the words that they look for; what stands there is still one of the list."""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    @override
    def setAccessibleName(self, name: str) -> None:
        """Name the line that is typed into too, for it has the keyboard."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.5))
        middle = QPointF(self.width() - px(15), self.height() / 2)
        arm = px(4)
        down = [middle + QPointF(-arm, -arm / 2), middle + QPointF(0, arm / 2), middle + QPointF(arm, -arm / 2)]
        painter.drawPolyline(QPolygonF(down))
        painter.end()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class RagButton(QRadioButton):
    """One RAG value to choose, drawn as its mark; without a mark it is the choice of none."""

    def __init__(self, mark: RagMark | None, meaning: str = "") -> None:
        super().__init__()
        self.mark = mark
        self.setAccessibleName(mark.word if mark else "No RAG")
        self.setToolTip(meaning)

    @override
    def sizeHint(self) -> QSize:
        width = pill_size(self.mark)[0] if self.mark else self.fontMetrics().horizontalAdvance("None") + px(14)
        return QSize(round(width) + px(10), px(34))

    @override
    def hitButton(self, _at: object) -> bool:
        return True

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(6), px(6))
        if self.mark:
            draw_pill(painter, px(5), self.height() / 2, self.mark)
        else:
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "None")
        painter.end()


class TickBox(QCheckBox):
    """A box to tick, with an edge that is seen in every theme."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(16)
        box = QRectF(1, (self.height() - side) / 2, side, side)
        ticked = self.isChecked()
        edge = QPalette.ColorRole.Accent if ticked else QPalette.ColorRole.Dark
        painter.setPen(QPen(palette.color(edge), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Accent if ticked else QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, px(3), px(3))
        if ticked:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.BrightText), 2))
            corners = ((0.24, 0.52), (0.44, 0.72), (0.78, 0.3))
            painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x * side, y * side) for x, y in corners]))
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        words = QRectF(side + px(8), 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(28) + self.fontMetrics().horizontalAdvance(self.text()), px(28))


class RadioDot(QRadioButton):
    """One of several to choose, with an edge that is seen in every theme."""

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(16)
        ring = QRectF(1, (self.height() - side) / 2, side, side)
        edge = QPalette.ColorRole.Accent if self.isChecked() else QPalette.ColorRole.Dark
        painter.setPen(QPen(palette.color(edge), 1.5))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawEllipse(ring)
        if self.isChecked():
            painter.setBrush(palette.color(QPalette.ColorRole.Accent))
            inset = side * 0.28
            painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset))
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(
            QRectF(side + px(8), 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        painter.end()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + px(32), px(26))
