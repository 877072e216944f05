"""The pane of one row: what it is called, its facts, and what can be done with it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.flow import Flow
from ui.setup.section import add_fact
from ui.theme import px
from ui.widgets import button, label, scrolling

Fact = tuple[str, str | QWidget]
Deed = tuple[str, Callable[[], None]]
Below = tuple[str, Sequence[QWidget]]


class Detail(QFrame):
    """A heading, facts as names and values, and below them buttons; the first is the one that most come for.

    A fact without a value is left out; ``said`` is a sentence below the heading, "" for none. ``below`` are lists under
    headings of their own, each as wide as the pane.
    """

    def __init__(
        self, heading: str, said: str, facts: Sequence[Fact], deeds: Sequence[Deed], below: Sequence[Below] = ()
    ) -> None:
        super().__init__()
        self.setAccessibleName(heading)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(label(heading, "section", wrap=True))
        if said:
            column.addWidget(label(said, "warning", wrap=True))
        for name, value in facts:
            if value:
                add_fact(column, name, value)
        for name, held in below:
            column.addSpacing(px(4))
            column.addWidget(label(name, "strong"))
            for each in held:
                column.addWidget(each)
        column.addStretch()
        outer.addWidget(scrolling(inside, heading, sideways=False), 1)
        self.buttons = [button(words, do, "" if at else "primary") for at, (words, do) in enumerate(deeds)]
        if self.buttons:
            outer.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("zone", "foot")
        flow = Flow(px(8), foot)
        flow.setContentsMargins(px(20), px(10), px(20), px(10))
        for each in self.buttons:
            flow.addWidget(each)
        return foot
