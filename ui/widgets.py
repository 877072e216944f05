"""Labels, buttons and rules as the stylesheet knows them: a widget says what it is, never how it looks."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QScrollArea, QSizePolicy, QWidget

from ui.theme import px

if not TYPE_CHECKING:
    from ui.overriding import override
else:
    from typing_extensions import override

LEAST_CHARACTERS = 8
LEAST_TITLE_PX = 110
MODIFIED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def label(text: str, kind: str = "body", *, wrap: bool = False) -> QLabel:
    """Return plain text (never markup) of a kind that the stylesheet names."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    return made


def scrolling(inside: QWidget, name: str, *, sideways: bool = True) -> QScrollArea:
    """Return a scroll area round a widget, named for those who hear it; ``sideways`` False keeps it to its width."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    if not sideways:
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    scroll.setAccessibleName(name)
    return scroll


class PressButton(QPushButton):
    """A button that Enter presses as Space does, in a window as well as in a dialog."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & MODIFIED:
            self.click()
        else:
            super().keyPressEvent(event)


def button(words: str, pressed: Callable[[], None], kind: str = "") -> QPushButton:
    """Return a button; ``kind`` is "primary", "quiet", "chip", "link", "tab", "place" or nothing."""
    made = PressButton(words)
    made.setAutoDefault(False)
    if kind:
        made.setProperty(kind, True)
    made.clicked.connect(lambda _on: pressed())
    return made


class Title(QLabel):
    """A page's title on one line, cut with an ellipsis where there is little room, so that nothing moves.

    A word or two are never cut.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "title")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another title."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.ensurePolished()
        self.setMinimumWidth(min(self.fontMetrics().horizontalAdvance(text) + 2, px(LEAST_TITLE_PX)))
        self._cut()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class RowLink(PressButton):
    """One line that leads somewhere: as wide as there is room, its words cut with an ellipsis."""

    def __init__(self, words: str, pressed: Callable[[], None]) -> None:
        super().__init__()
        self._words = " ".join(words.split())
        self.setProperty("row", True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(self._words)
        self.clicked.connect(lambda _on: pressed())

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 4, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * LEAST_CHARACTERS, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        self.setText(cut.replace("&", "&&"))


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
