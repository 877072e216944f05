"""Rooms for the pages of a review: each scrolls where a small screen, or large type, leaves too little for it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from ui.theme import px

MARGIN_PX = 20


def room(page: QWidget) -> QScrollArea:
    """Return a page in a room of its own, which takes no focus of its own."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(page)
    return made


def inset(widget: QWidget) -> QHBoxLayout:
    """Return a widget between the margins of a page."""
    row = QHBoxLayout()
    row.setContentsMargins(px(MARGIN_PX), 0, px(MARGIN_PX), 0)
    row.addWidget(widget)
    return row


def into_view(widget: QWidget) -> None:
    """Scroll every room that a widget lies in so that it is seen; on a large screen there is nothing to scroll."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, 0, px(4))
        around = around.parentWidget()


def in_turn(before: QWidget, stops: Iterable[QWidget]) -> None:
    """Let the keyboard come by widgets in this order, after another: what is made late would come after everything."""
    for stop in stops:
        QWidget.setTabOrder(before, stop)
        before = stop
