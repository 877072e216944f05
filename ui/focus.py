"""Where the keyboard is: a ring of two pixels in the accent, one pixel outside whatever has the focus.

The ring lies in the window, not in the widget's parent, for a parent as large as its only child would cut it off. It
follows the widget through scrolling and layout, and is cut where a scroll area cuts the widget.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from ui.theme import px

RING_PX = 2
OUTSIDE = RING_PX + 1
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange}


class FocusRing(QWidget):
    """The ring around one widget, for as long as that has the keyboard."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around.window())
        self._around = around
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        widget: QWidget | None = around
        while widget is not None and not widget.isWindow():
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._follow()

    def leave(self) -> None:
        """Go away."""
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def _follow(self) -> None:
        if not isValid(self._around) or not self._around.isVisible() or self._around.window() is not self.parent():
            self.hide()
            return
        box = _in_window(self._around).adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE)
        self.setGeometry(box)
        shown = QRegion(self._room().translated(-box.topLeft()) & self.rect())
        inside = self.rect().adjusted(OUTSIDE, OUTSIDE, -OUTSIDE, -OUTSIDE)
        self.setMask(shown - QRegion(inside))
        self.setVisible(not shown.isEmpty())
        self.raise_()

    def _room(self) -> QRect:
        """Return the part of the window in which the widget can be seen."""
        room = self._around.window().rect()
        for widget in self._watched[1:]:
            area = widget.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is widget:
                room &= _in_window(area)
        return room

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and isValid(self):
            self._follow()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QGuiApplication.palette().color(QPalette.ColorRole.Accent), RING_PX))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(6), px(6))
        painter.end()


def _in_window(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


class FocusWatch(QObject):
    """Gives the ring to the widget that has the keyboard."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.ring: FocusRing | None = None
        app.focusChanged.connect(lambda _before, now: self.follow(now))

    def follow(self, now: QWidget | None) -> None:
        """Give the ring to a widget, or to none."""
        if self.ring is not None and isValid(self.ring):  # it goes with its window, without a word
            self.ring.leave()
        self.ring = FocusRing(now) if now is not None and not now.isWindow() else None
