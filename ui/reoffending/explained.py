"""The detail pane that explains a figure: how it is counted, what it is made of, and the way to whose it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csp_desktop.queries.cohort_figures import CohortFigures
from ui.forms.words import shown_date
from ui.reoffending.explanations import Explanation
from ui.screens.screen import SENSITIVE
from ui.theme import px
from ui.widgets import button, label, scrolling

SHOW = "Show the people behind it"
LOGGED = "People are listed by their ids. That somebody looked is noted in the history."


class ExplainedPane(QFrame):
    """One figure explained. ``people_asked(Explanation)``; ``closed()`` puts the pane away."""

    people_asked = Signal(object)
    closed = Signal()

    def __init__(self, explanation: Explanation, figures: CohortFigures) -> None:
        super().__init__()
        self.explanation = explanation
        self.setAccessibleName(f"How {explanation.title} is counted")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(label(explanation.title, "section", wrap=True))
        column.addWidget(label(explanation.value, "title", wrap=True))
        column.addWidget(label(explanation.how, wrap=True))
        for name, value in (*explanation.facts, ("Data date", shown_date(figures.followed.data_date))):
            column.addLayout(_fact(name, value))
        column.addSpacing(px(8))
        column.addWidget(label("The definition", "strong"))
        column.addWidget(label(figures.basis.definition.in_words, wrap=True))
        column.addStretch()
        outer.addWidget(scrolling(inside, "How it is counted", sideways=False), 1)
        outer.addWidget(self._foot(explanation))

    def _foot(self, explanation: Explanation) -> QWidget:
        foot = QFrame()
        foot.setProperty("zone", "foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(px(20), px(10), px(20), px(10))
        column.setSpacing(px(6))
        column.addWidget(label(f"{SENSITIVE}: {explanation.whose}", "strong", wrap=True))
        column.addWidget(label(LOGGED, "muted", wrap=True))
        self.show_people = button(SHOW, lambda: self.people_asked.emit(self.explanation))
        column.addWidget(self.show_people)
        column.addWidget(button("Close", self.closed.emit, "quiet"))
        return foot


def _fact(name: str, value: str) -> QHBoxLayout:
    """Return a line: what a figure is made of, and how much of it."""
    row = QHBoxLayout()
    row.setSpacing(px(12))
    row.addWidget(label(name, "muted", wrap=True), 1)
    row.addWidget(label(value, wrap=True), 1)
    return row
