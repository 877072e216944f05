"""The band that provisional figures stand in: hatched round about, so that nobody takes them for final ones."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme import px

RIM_PX = 10
STEP_PX = 7


class HatchedBand(QWidget):
    """``column`` takes what stands in the band."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(RIM_PX), px(RIM_PX), px(RIM_PX), px(RIM_PX))
        inside = QFrame()
        inside.setProperty("zone", "card")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(px(14), px(10), px(14), px(10))
        self.column.setSpacing(px(6))
        outer.addWidget(inside)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Dark), 1))
        tall, step = self.height(), px(STEP_PX)
        for x in range(-tall, self.width(), step):
            painter.drawLine(QPointF(x, tall), QPointF(x + tall, 0))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
