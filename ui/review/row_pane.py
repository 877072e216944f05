"""The chosen row of a review: where it stands in the file, what it changes, its problems, and the choices."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.imports.cell_choices import CellKey
from csp_desktop.imports.reviewing import ReviewRow, Standing
from models.vocabulary import CellChoice, ProblemLevel
from ui.review.cell_keys import CellKeys
from ui.review.row_cells import RowCells
from ui.review.words import Told, counted, outcome_words, place_words, problem_place
from ui.tables.review import ReviewLine
from ui.theme import px
from ui.widgets import Title, button, emptied, label, rule, scrolling

OUTCOMES = {
    Standing.NEW: "Comes in as a new action.",
    Standing.CHANGED: "Changes {ref}.",
    Standing.UNCHANGED: "{ref} says all of this already.",
    Standing.OPEN: "{ref} stays as it is until you choose.",
    Standing.LEFT_OUT: "You left this row out; nothing of it comes in.",
    Standing.REFUSED: "Nothing of this row comes in.",
}
STEP_OUTCOMES = {
    Standing.NEW: "Comes in as a new milestone of {ref}.",
    Standing.CHANGED: "Changes a milestone of {ref}.",
    Standing.UNCHANGED: "{ref} says all of this of its milestone already.",
    Standing.OPEN: "This milestone of {ref} stays as it is until you choose.",
}
LEFT_PX, RIGHT_PX, SCROLL_PX = 16, 12, 12
NOTHING_SAID = "Nothing of this row comes in."
WHICH = "Which action is this row?"
ANOTHER_TITLE = "Ref {own} was {asked} before, with quite another title. Which action is this row?"


class RowPane(QWidget):
    """Shows one row.

    ``wanted(bool)`` to bring it in or leave it out; ``answered(ref)``: which action it is, "" for a new one;
    ``sheet_asked(ReviewRow)`` to see it where it stands in the file. ``cells`` are its cells that differ.
    """

    wanted = Signal(bool)
    answered = Signal(str)
    sheet_asked = Signal(object)

    def __init__(self, keys: CellKeys) -> None:
        super().__init__()
        self._line: ReviewLine | None = None
        self.cells = RowCells(keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QWidget()
        inside.setProperty("zone", "inside")
        body = QVBoxLayout(inside)
        body.setContentsMargins(px(LEFT_PX), px(4), px(RIGHT_PX), px(12))
        body.setSpacing(px(4))
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        for part in (self._above, self._below):
            part.setSpacing(px(4))
        body.addLayout(self._above)
        body.addWidget(self.cells)
        body.addLayout(self._below)
        body.addStretch()
        self._scroll = scrolling(inside, "The chosen row", sideways=False)
        column.addWidget(self._question())
        column.addWidget(self._place())
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot())
        self.show_line(None, {})

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.cells.fit(self.width() - px(LEFT_PX + RIGHT_PX + SCROLL_PX))

    def _question(self) -> QWidget:
        self.question = QFrame()
        column = QVBoxLayout(self.question)
        column.setContentsMargins(px(16), px(12), px(12), 0)
        column.setSpacing(px(6))
        self.asked = label("", "strong", wrap=True)
        self.same = button("", partial(self._on_answer, 0))
        self.second = button("", partial(self._on_answer, 1))
        self.other = button("It is a new action", lambda: self.answered.emit(""))
        self._answers = QButtonGroup(self)
        column.addWidget(self.asked)
        for made in (self.same, self.second, self.other):
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

    def show_line(self, line: ReviewLine | None, choices: Mapping[CellKey, CellChoice]) -> None:
        """Show a row of the review, or none, with what is decided of its cells."""
        if line is None or self._line is None or line.row.id != self._line.row.id:
            self._scroll.verticalScrollBar().setValue(0)
        self._line = line
        emptied(self._above)
        emptied(self._below)
        plan = line.row.plan if line else None
        self.foot.setVisible(plan is not None)
        self.place.setVisible(line is not None)
        self.question.setVisible(line is not None and bool(line.row.candidates))
        self.cells.setVisible(line is not None and bool(line.cells))
        self.cells.show_cells(line.cells if line else (), choices)
        if line is None:
            self._above.addWidget(label("Choose a row to see what it changes.", "muted", wrap=True))
            return
        self._offer(line.row)
        self.stands.say(place_words(line.row))
        self.see.setVisible(bool(line.row.row))
        _add_head(self._above, line)
        for change in line.other_changes:
            _add_change(self._below, change)

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
        ref = row.plan.record.source_ref
        own = ref.text if ref else ""
        asked = ANOTHER_TITLE.format(own=own, asked=row.plan.question) if own else WHICH
        self.asked.setText(asked)
        self._answers.setExclusive(False)
        for made, wanted in zip((self.same, self.second), (*row.candidates, "", ""), strict=False):
            made.setText(f"It is {wanted}")
            made.setVisible(bool(wanted))
            made.setChecked(row.answered and row.plan.ref == wanted)
        self.other.setChecked(row.answered and row.plan.ref not in row.candidates)
        self._answers.setExclusive(True)

    def _on_answer(self, at: int) -> None:
        if self._line is not None and at < len(self._line.row.candidates):
            self.answered.emit(self._line.row.candidates[at])

    def _on_choice(self) -> None:
        if self._line is not None:
            self.wanted.emit(self._line.row.standing is Standing.LEFT_OUT)

    def focus_choice(self) -> None:
        """Put the keyboard on the first choice that this row asks for."""
        current = self.cells.current()
        if not self.question.isHidden():
            self.same.setFocus()
        elif current is not None and current.cell.can_decide and current.cell.is_returned:
            current.take_focus()
        elif not self.foot.isHidden():
            self.choice.setFocus()


def _add_head(column: QVBoxLayout, line: ReviewLine) -> None:
    row = line.row
    column.addWidget(label(row.words, "section" if row.plan else "body", wrap=True))
    if row.plan is None:
        column.addWidget(label(row.why, "error" if row.standing is Standing.REFUSED else "muted", wrap=True))
        return
    column.addWidget(label(_outcome(row), wrap=True))
    told = {cell.cell.why for cell in line.cells}
    for problem in row.notices:
        if problem.message in told:
            continue
        tone = "error" if problem.level is ProblemLevel.ERROR else "warning"
        column.addSpacing(px(4))
        column.addWidget(label(problem_place(problem), "muted"))
        column.addWidget(label(problem.message, tone, wrap=True))


def _outcome(row: ReviewRow) -> str:
    """Say what comes of a row, and what of it is open."""
    plan = row.plan
    if plan is None or not row.answered:
        return outcome_words(row)
    words = STEP_OUTCOMES if plan.change.milestone is not None else OUTCOMES
    said = words.get(row.standing, OUTCOMES[row.standing])
    if not plan.ref and "{ref}" in said:
        said = NOTHING_SAID
    parts = [said.format(ref=plan.ref)]
    if row.standing is not Standing.LEFT_OUT:
        counts = ((len(plan.conflicts), "conflict"), (len(plan.clears), "emptied cell"))
        parts += [f"{counted(count, noun)} {'is' if count == 1 else 'are'} open." for count, noun in counts if count]
    return " ".join(parts)


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
