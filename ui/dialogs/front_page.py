"""What the pages before the store have in common: a card in the middle, and a place for a refusal."""

from abc import abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csp_desktop.errors import CspError
from ui.theme import px


class AskingPage(QWidget):
    """A page before the store that asks for something and shows why it was refused."""

    @abstractmethod
    def refused(self, error: CspError) -> None:
        """Show a refusal."""


def centred(page: QWidget, width: int = 460) -> QVBoxLayout:
    """Return a column of the given width in the middle of a page, as a card."""
    card = QFrame()
    card.setProperty("zone", "card")
    card.setMaximumWidth(px(width))
    column = QVBoxLayout(card)
    column.setContentsMargins(px(28), px(24), px(28), px(24))
    column.setSpacing(px(6))
    across = QHBoxLayout(page)
    across.addStretch()
    across.addWidget(card, 1, Qt.AlignmentFlag.AlignVCenter)
    across.addStretch()
    return column
