"""News of what was written, delivered in the window's thread: open pages read again what they show."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal


class Teller(Protocol):
    """Whatever tells of its Steps: the Store."""

    def subscribe(self, listener: Callable[[object], None], /) -> Callable[[], None]:
        """Call ``listener`` after every commit; the returned call ends that."""


class News(QObject):
    """``happened(step)`` after every Step, one turn of the event loop later, whichever thread wrote.

    The turn matters: a page that reads again must not change its table under the edit that caused it.
    """

    happened = Signal(object)
    _told = Signal(object)

    def __init__(self, store: Teller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told.connect(self.happened, Qt.ConnectionType.QueuedConnection)
        self._end = store.subscribe(self._told.emit)

    def close(self) -> None:
        """Listen no more."""
        self._end()
