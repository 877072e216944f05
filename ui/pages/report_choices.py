"""What a report is of: the plan, the period, the day, and whether the public will read it."""

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from csp_desktop.queries.plans import PlanRow
from ui.forms.controls import ChoiceBox, TickBox
from ui.forms.words import shown_date
from ui.review.session import Refused
from ui.theme import px
from ui.widgets import label

PAUSE_MS = 400  # after a key, before the report is made again


class ReportChoices(QWidget):
    """The fields, each with its hint and its refusal.

    ``typed()`` at every key: the pages shown are no longer what is asked; ``changed()`` when they are to be made again.
    """

    typed = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plans: list[PlanRow] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.plan = ChoiceBox()
        self.plan.activated.connect(lambda _at: self._on_chosen())
        self.period = QLineEdit()
        self.as_of = QLineEdit()
        for line in (self.period, self.as_of):
            line.textEdited.connect(lambda _text: self._on_typed())
            line.returnPressed.connect(self._on_chosen)
        self.public = TickBox("Public version")
        self.public.clicked.connect(lambda _on: self._on_chosen())
        self.refusal = label("", "error", wrap=True)
        self.day_refusal = label("", "error", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        for words, widget, hint, refusal in (
            ("Plan", self.plan, "", None),
            ("Period", self.period, "A quarter, year or month: Q2 2026/27, 2026/27, June 2026.", self.refusal),
            ("As of", self.as_of, "The day that counts as today.", self.day_refusal),
        ):
            heading = label(words)
            heading.setBuddy(widget)
            widget.setAccessibleName(words)
            column.addWidget(heading)
            column.addWidget(widget)
            if refusal is not None:
                column.addWidget(refusal)
                refusal.hide()
                column.addWidget(label(hint, "muted", wrap=True))
            column.addSpacing(px(8))
        column.addWidget(self.public)
        column.addWidget(label("Leaves out people and what owners wrote.", "muted", wrap=True))

    def show_plans(self, plans: list[PlanRow], today: date) -> None:
        """Offer these plans; the one that was chosen stays chosen."""
        chosen = self.chosen_plan()
        self._plans = plans
        self.plan.clear()
        self.plan.addItems([plan.title for plan in plans])
        ids = [plan.id for plan in plans]
        self.plan.setCurrentIndex(ids.index(chosen.id) if chosen and chosen.id in ids else 0)
        self.as_of.setPlaceholderText(f"{shown_date(today)} (today)")

    def chosen_plan(self) -> PlanRow | None:
        """Return the plan, None where there is none."""
        at = self.plan.currentIndex()
        return self._plans[at] if 0 <= at < len(self._plans) else None

    def settle(self) -> None:
        """Wait for no further key: what stands in the fields now is being made."""
        self._pause.stop()

    def _on_typed(self) -> None:
        self._pause.start()
        self.typed.emit()

    def _on_chosen(self) -> None:
        self.settle()
        self.changed.emit()


def say_refusal(place: QLabel, result: object) -> None:
    """Show a refusal in its place, or hide that."""
    sentence = result.sentence if isinstance(result, Refused) else ""
    place.setText(sentence)
    place.setAccessibleName(sentence)
    place.setVisible(bool(sentence))
