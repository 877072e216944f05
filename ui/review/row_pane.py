"""The chosen row of a review: where it stands in the file, what it changes, its problems, and the choices."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csp_desktop.imports.reviewing import ReviewRow, Standing
from models.vocabulary import ProblemLevel
from ui.review.words import Told, outcome_words, place_words, problem_place
from ui.tables.review import ReviewLine
from ui.theme import px
from ui.widgets import Title, button, emptied, label, rule, scrolling

OUTCOMES = {
    Standing.NEW: "Comes in as a new action.",
    Standing.CHANGED: "Changes {ref}.",
    Standing.UNCHANGED: "{ref} says all of this already.",
    Standing.LEFT_OUT: "You left this row out; nothing of it comes in.",
}


class RowPane(QWidget):
    """Shows one row.

    ``wanted(bool)`` to bring it in or leave it out; ``answered(bool)``: it is the action asked about, or a new one;
    ``sheet_asked(ReviewRow)`` to see it where it stands in the file.
    """

    wanted = Signal(bool)
    answered = Signal(bool)
    sheet_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._line: ReviewLine | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QWidget()
        inside.setProperty("zone", "inside")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(px(16), px(4), px(12), px(12))
        self._body.setSpacing(px(4))
        scroll = scrolling(inside, "The chosen row", sideways=False)
        column.addWidget(self._question())
        column.addWidget(self._place())
        column.addWidget(scroll, 1)
        column.addWidget(self._foot())
        self.show_line(None)

    def _question(self) -> QWidget:
        self.question = QFrame()
        column = QVBoxLayout(self.question)
        column.setContentsMargins(px(16), px(12), px(12), 0)
        column.setSpacing(px(6))
        self.asked = label("", "strong", wrap=True)
        self.same = button("", lambda: self.answered.emit(True))
        self.other = button("It is a new action", lambda: self.answered.emit(False))
        self._answers = QButtonGroup(self)
        column.addWidget(self.asked)
        for made in (self.same, self.other):
            made.setCheckable(True)
            made.setProperty("chip", True)
            self._answers.addButton(made)
            column.addWidget(made)
        column.addWidget(rule())
        return self.question

    def _foot(self) -> QWidget:
        self.foot = QFrame()
        self.foot.setProperty("zone", "foot")
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(px(16), px(8), px(12), px(8))
        self.choice = button("", self._on_choice)
        self.choice.setToolTip("Space, in the table")
        row.addWidget(self.choice)
        row.addStretch()
        return self.foot

    def show_line(self, line: ReviewLine | None) -> None:
        """Show a row of the review, or none."""
        self._line = line
        emptied(self._body)
        plan = line.row.plan if line else None
        self.foot.setVisible(plan is not None)
        self.place.setVisible(line is not None)
        self.question.setVisible(plan is not None and bool(plan.question))
        if line is None:
            self._body.addWidget(label("Choose a row to see what it changes.", "muted", wrap=True))
        else:
            self._offer(line.row)
            self.stands.say(place_words(line.row))
            _fill(self._body, line)
        self._body.addStretch()

    def _place(self) -> QWidget:
        """Return where the row stands, with the way there; it stays the same widget, so that the keyboard can too."""
        self.place = QWidget()
        line = QHBoxLayout(self.place)
        line.setContentsMargins(px(16), px(12), px(12), 0)
        self.stands = Title("")
        self.stands.setProperty("kind", "muted")
        self.see = button("Show in the sheet", self._on_see, "link")
        line.addWidget(self.stands, 1)
        line.addWidget(self.see)
        return self.place

    def _on_see(self) -> None:
        if self._line is not None:
            self.sheet_asked.emit(self._line.row)

    def _offer(self, row: ReviewRow) -> None:
        """Set the buttons to what the row is now; they stay the same widgets, so the keyboard stays where it is."""
        if row.plan is None:
            return
        is_out = row.standing is Standing.LEFT_OUT
        self.choice.setText("Bring this row in after all" if is_out else "Leave this row out")
        asked = row.plan.question
        ref = row.plan.record.source_ref
        own = ref.text if ref else ""
        self.asked.setText(f"Ref {own} was {asked} before, with quite another title. Which action is this row?")
        self.same.setText(f"It is {asked}")
        self._answers.setExclusive(False)
        self.same.setChecked(row.answered and row.plan.ref == asked)
        self.other.setChecked(row.answered and row.plan.ref != asked)
        self._answers.setExclusive(True)

    def _on_choice(self) -> None:
        if self._line is not None:
            self.wanted.emit(self._line.row.standing is Standing.LEFT_OUT)

    def focus_choice(self) -> None:
        """Put the keyboard on the first choice that this row asks for."""
        if not self.question.isHidden():
            self.same.setFocus()
        elif not self.foot.isHidden():
            self.choice.setFocus()


def _fill(column: QVBoxLayout, line: ReviewLine) -> None:
    row = line.row
    column.addWidget(label(row.words, "section" if row.plan else "body", wrap=True))
    if row.plan is None:
        column.addWidget(label(row.why, "error" if row.standing is Standing.REFUSED else "muted", wrap=True))
        return
    column.addWidget(label(OUTCOMES[row.standing].format(ref=row.plan.ref) if row.answered else outcome_words(row)))
    for problem in row.problems:
        tone = "error" if problem.level is ProblemLevel.ERROR else "warning"
        column.addSpacing(px(4))
        column.addWidget(label(problem_place(problem), "muted"))
        column.addWidget(label(problem.message, tone, wrap=True))
    for change in line.changes.values():
        _add_change(column, change)


def _add_change(column: QVBoxLayout, change: Told) -> None:
    column.addSpacing(px(6))
    head = QHBoxLayout()
    head.addWidget(label(change.words, "muted"))
    head.addStretch()
    if change.cell:
        head.addWidget(label(change.cell, "muted"))
    column.addLayout(head)
    if change.old:
        struck = label(change.old, "muted", wrap=True)
        font = struck.font()
        font.setStrikeOut(True)
        struck.setFont(font)
        struck.setAccessibleName(f"{change.words} was {change.old}")
        column.addWidget(struck)
    said = label(change.new or "nothing", "body" if change.new else "muted", wrap=True)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(said)
