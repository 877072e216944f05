"""Text of the partnership's on the clipboard: there for half a minute, then gone if it is still ours."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

KEPT_MS = 30_000


def copy_briefly(text: str, kept_ms: int = KEPT_MS) -> None:
    """Put text on the clipboard and take it off again after ``kept_ms``, unless something else is there by then."""
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(text)

    def clear() -> None:
        if clipboard.text() == text:
            clipboard.clear()

    QTimer.singleShot(kept_ms, clipboard, clear)
