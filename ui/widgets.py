"""Labels, buttons and rules as the stylesheet knows them: a widget says what it is, never how it looks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QWidget


def label(text: str, kind: str = "body", *, wrap: bool = False) -> QLabel:
    """Return plain text (never markup) of a kind that the stylesheet names."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    return made


def button(words: str, pressed: Callable[[], None], kind: str = "") -> QPushButton:
    """Return a button; ``kind`` is "primary", "quiet", "chip", "link", "tab", "place" or nothing."""
    made = QPushButton(words)
    made.setAutoDefault(False)
    if kind:
        made.setProperty(kind, True)
    made.clicked.connect(lambda _on: pressed())
    return made


def rule() -> QFrame:
    """Return a thin line across."""
    made = QFrame()
    made.setProperty("zone", "rule")
    return made


def restyled(widget: QWidget) -> None:
    """Let the stylesheet see a property that has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def emptied(layout: QLayout) -> None:
    """Take every widget and layout out of a layout and delete them."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)
