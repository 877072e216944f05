"""What bringing a file in did, what of the file was not brought in and why, and the way back."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csp_desktop.imports.planning import ImportPlan
from csp_desktop.imports.reviewing import row_of
from csp_desktop.undo import UndoOutcome
from models.vocabulary import ProblemLevel
from ui.review.words import brought_words, counted, problem_place, taken_back_words
from ui.theme import px
from ui.widgets import button, emptied, label, scrolling

MOST = 200


class SummaryPage(QWidget):
    """Shown once a file was brought in. ``back_asked()`` to take it back."""

    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "section", wrap=True)
        self.back = button("Undo: take it all back", self.back_asked.emit)
        self._left = QVBoxLayout()
        self._left.setSpacing(px(4))
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        column.setSpacing(px(12))
        column.addWidget(self.words)
        column.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(px(8))
        column.addLayout(self._left)
        column.addStretch()
        scroll = scrolling(inside, "What was brought in")
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)

    def show_applied(self, plan: ImportPlan) -> None:
        """Say what was done, and list what was not."""
        self.words.setText(brought_words(plan))
        emptied(self._left)
        lines = list(not_applied(plan))
        if not lines:
            self._left.addWidget(label("Every row that was read came in whole.", "muted"))
            return
        self._left.addWidget(label("Not brought in", "strong"))
        for place, why in lines[:MOST]:
            self._left.addLayout(_line(place, why))
        if len(lines) > MOST:
            more = counted(len(lines) - MOST, "more problem")
            self._left.addWidget(label(f"and {more}; the import log lists them all.", "muted"))

    def show_taken_back(self, outcome: UndoOutcome) -> None:
        """Say what taking it back did."""
        self.words.setText(taken_back_words(outcome))
        self.back.hide()
        emptied(self._left)


def not_applied(plan: ImportPlan) -> Iterator[tuple[str, str]]:
    """Yield the place and the reason of everything in the file that was not brought in."""
    for row in plan.rows:
        if row.is_left_out:
            yield f"{row.record.sheet}, row {row.record.row}", "You left this row out."
    out = {row.place[:2] for row in plan.rows if row.is_left_out}
    for problem in plan.problems:
        if problem.level is ProblemLevel.ERROR and (problem.sheet, row_of(problem)) not in out:
            yield problem_place(problem), problem.message


def _line(place: str, why: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(12))
    name = label(place, "muted", wrap=True)
    name.setFixedWidth(px(180))
    row.addWidget(name, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(why, wrap=True), 1)
    return row
