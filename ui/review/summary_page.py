"""What bringing a file in did, what of the file was not brought in and why; on paper too, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.imports.applying import Applied
from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.summing_up import facts_of
from csp_desktop.reports.import_summary import ImportFacts, LeftBehind
from csp_desktop.undo import UndoOutcome
from ui.files import choose_save
from ui.review.saving import SAVE_ANNOTATED, Choose, Saving
from ui.review.session import Session
from ui.review.summary_paper import SummaryPaper
from ui.review.words import about_words, counted, taken_back_words
from ui.theme import px
from ui.widgets import button, emptied, label, restyled, scrolling

MOST = 200
ASKED_AGAIN = "What was left open is asked again when this workbook is brought in again."
NARROW_PX, PLACE_PX, WHAT_PX = 620, 180, 170


class SummaryPage(QWidget):
    """Shown once a file was brought in. ``back_asked()`` to take it back."""

    back_asked = Signal()

    def __init__(self, session: Session, choose: Choose = choose_save) -> None:
        super().__init__()
        self._session = session
        self.facts: ImportFacts | None = None
        self.paper = SummaryPaper(session.desk, self)
        self.saving = Saving(session.desk, self, choose)
        for told in (self.paper.said, self.saving.said):
            told.connect(self._say)
        self.words = label("", "section", wrap=True)
        self.told = label("", "muted", wrap=True)
        self.told.hide()
        inside = QWidget()
        inside.setProperty("zone", "inside")
        self._lay_out(QVBoxLayout(inside))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(inside, "What was brought in", sideways=False))

    def _lay_out(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        column.setSpacing(px(10))
        column.addWidget(self.words)
        column.addLayout(self._deeds())
        column.addWidget(self.told)
        self._left = QVBoxLayout()
        self._left.setSpacing(px(6))
        column.addLayout(self._left)
        column.addStretch()

    def _deeds(self) -> QBoxLayout:
        self.back = button("Undo: take it all back", self.back_asked.emit)
        self.print_button = button("Print", self.print_page)
        self.print_button.setToolTip("Ctrl+P")
        self.save_button = button("Save as PDF", self.save_pdf)
        self.save_button.setToolTip("Ctrl+S")
        self.annotated_button = button(SAVE_ANNOTATED, self._on_annotated)
        self.annotated_button.setToolTip("The owner's own workbook, with what could not be brought in marked")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(px(8))
        for made in (self.print_button, self.save_button, self.annotated_button, self.back):
            self._row.addWidget(made, alignment=Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch()
        return self._row

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if self.width() >= px(NARROW_PX) else down)

    def show_applied(self, plan: ImportPlan, applied: Applied) -> None:
        """Say what was done, and list what was not."""
        self.facts = facts_of(plan, applied, about_words(plan))
        self.words.setText(self.facts.headline)
        self.back.setVisible(applied.import_id is not None)
        self.annotated_button.setVisible(bool(plan.problems))
        emptied(self._left)
        self._add_left(self.facts)
        if any(row.conflicts or row.clears for row in plan.rows if not row.is_left_out):
            self._left.addWidget(label(ASKED_AGAIN, "muted", wrap=True))
        if self.facts.missing:
            self._head(f"Went out and not in the file: {len(self.facts.missing):,}")
            self._left.addWidget(label("Nothing was done about them, and nothing was deleted.", "muted", wrap=True))
            for ref, title in self.facts.missing[:MOST]:
                self._left.addLayout(_line(ref, "", title))
            self._more(len(self.facts.missing))
        self._add_came_in(self.facts)

    def show_taken_back(self, outcome: UndoOutcome) -> None:
        """Say what taking it back did."""
        self.facts = None
        self.words.setText(taken_back_words(outcome))
        deeds = (self.back, self.print_button, self.save_button, self.annotated_button)
        for gone in (*deeds, self.told):
            gone.hide()
        emptied(self._left)

    def print_page(self) -> None:
        """Print what was done."""
        if self.facts is not None:
            self.paper.print_page(self.facts)

    def save_pdf(self) -> None:
        """Save what was done as a PDF."""
        if self.facts is not None:
            self.saving.save(self.paper.file_of(self.facts))

    def _on_annotated(self) -> None:
        self.saving.save_annotated(self._session.plan)

    def _add_left(self, facts: ImportFacts) -> None:
        if not facts.left:
            self._left.addWidget(label("Every row that was read came in whole.", "muted"))
            return
        self._head(f"Not brought in, and why: {len(facts.left):,}")
        for each in facts.left[:MOST]:
            self._left.addLayout(_line(_place(each), each.what, each.why))
        self._more(len(facts.left))

    def _add_came_in(self, facts: ImportFacts) -> None:
        if facts.came_in:
            self._head(f"What came in: {len(facts.came_in):,}")
            for each in facts.came_in[:MOST]:
                self._left.addLayout(_line(each.ref, each.what, each.title))
            self._more(len(facts.came_in))

    def _head(self, words: str) -> None:
        self._left.addSpacing(px(6))
        self._left.addWidget(label(words, "strong"))

    def _more(self, count: int) -> None:
        if count > MOST:
            more = counted(count - MOST, "more")[: -1 if count - MOST != 1 else None]
            self._left.addWidget(label(f"and {more}; the printed summary lists them all.", "muted"))

    def _say(self, words: str, kind: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))
        self.told.setProperty("kind", kind)
        restyled(self.told)


def _place(left: LeftBehind) -> str:
    return f"{left.place}\n{left.ref}" if left.ref else left.place


def _line(place: str, what: str, why: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(12))
    for words, width in ((place, PLACE_PX), (what, WHAT_PX)):
        made = label(words, "muted", wrap=True)
        made.setFixedWidth(px(width))
        row.addWidget(made, alignment=Qt.AlignmentFlag.AlignTop)
    said = label(why, wrap=True)
    said.setAlignment(Qt.AlignmentFlag.AlignTop)
    row.addWidget(said, 1)
    return row
