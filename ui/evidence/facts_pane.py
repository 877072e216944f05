"""A detail pane of facts under headings."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.setup.section import add_fact
from ui.theme import px
from ui.widgets import label, scrolling

Facts = Sequence[tuple[str, str]]


class FactsPane(QFrame):
    """What is chosen in a table, whole. ``column`` takes what else stands in it; ``end()`` when that is all."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.setAccessibleName(title)
        self._inside = QWidget()
        self._inside.setProperty("zone", "inside")
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(px(20), px(16), px(20), px(16))
        self.column.setSpacing(px(8))
        self.column.addWidget(label(title, "section", wrap=True))

    def add_words(self, words: str, kind: str = "body") -> None:
        """Add a paragraph, nothing for no words."""
        if words:
            self.column.addWidget(label(words, kind, wrap=True))

    def add_heading(self, words: str) -> None:
        """Add a heading."""
        self.column.addSpacing(px(4))
        self.column.addWidget(label(words, "strong", wrap=True))

    def add_facts(self, facts: Facts) -> None:
        """Add facts, each a name and what it is; those without are left out."""
        for name, value in facts:
            if value:
                add_fact(self.column, name, value)

    def end(self) -> "FactsPane":
        """Close the pane off and return it."""
        self.column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(self._inside, self.title, sideways=False))
        return self
