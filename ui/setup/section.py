"""What every section of the set-up gives its page."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.flow import Flow
from ui.theme import px
from ui.widgets import button, label

NAME_PX = 150


class Section(QWidget):
    """One subject of the set-up. ``form_asked(FormSpec)`` opens a form in the pane, ``said(sentence)`` what was done.

    ``pane_closed()`` puts the pane away: nothing is chosen any more.
    """

    form_asked = Signal(object)
    said = Signal(str)
    pane_closed = Signal()

    def __init__(self, desk: Desk, title: str, words: str) -> None:
        super().__init__()
        self.desk = desk
        self.words = title
        self.filter_line: QLineEdit | None = None
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(20), 0, 0, 0)
        self.column.setSpacing(px(8))
        self.column.addWidget(label(title, "section"))
        self.column.addWidget(label(words, "muted", wrap=True))
        self.bar = Flow(px(8))
        self.column.addLayout(self.bar)

    def add_button(self, words: str, pressed: Callable[[], None], kind: str = "") -> None:
        """Put one more button above what the section shows."""
        self.bar.addWidget(button(words, pressed, kind))

    def add_facts(self) -> QVBoxLayout:
        """Return a column for facts, each a name and a value."""
        facts = QVBoxLayout()
        facts.setSpacing(px(6))
        self.column.addSpacing(px(8))
        self.column.addLayout(facts)
        self.column.addStretch()
        return facts

    def reread(self) -> None:
        """Read again what the section shows."""

    def open_again(self, name: str, ids: tuple[int, ...]) -> bool:
        """Open a form of this section by its name; False where it is another section's."""
        del name, ids
        return False

    def leave(self) -> None:
        """Choose nothing any more, for the form has gone."""


def add_fact(column: QVBoxLayout, name: str, value: str | QWidget) -> None:
    """Add a line: what it is called, and the value in words or as a widget."""
    row = QHBoxLayout()
    row.setSpacing(px(8))
    heading = label(name, "muted", wrap=True)
    heading.setFixedWidth(px(NAME_PX))
    row.addWidget(heading, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(_told(value) if isinstance(value, str) else value, 1)
    column.addLayout(row)


def _told(value: str) -> QLabel:
    told = label(value or "none", "body" if value else "muted", wrap=True)
    told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return told
