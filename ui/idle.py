"""Locking when nobody is there: after some minutes without a key or a move of the pointer."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override

DEFAULT_MINUTES = 10
_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class IdleWatch(QObject):
    """``idle()`` once after the given time without a sign of life; any sign starts the time again."""

    idle = Signal()

    def __init__(self, app: QApplication, minutes: float = DEFAULT_MINUTES) -> None:
        super().__init__(app)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(minutes * 60_000))
        self._timer.timeout.connect(self.idle)
        app.installEventFilter(self)
        self._timer.start()

    @property
    def left(self) -> int:
        """Return the milliseconds left until the lock, -1 where it has been told."""
        return self._timer.remainingTime()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._timer.start()
        return False
