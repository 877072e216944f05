"""What a report is of: which report, the plan and period or the cohort, the day, and whether the public reads it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from csp_desktop.queries.plans import PlanRow
from csp_desktop.reports.making import BOARD_PROGRESS, COHORT, ReportRequest
from ui.forms.controls import ChoiceBox, TickBox
from ui.forms.words import read_date, shown_date
from ui.review.session import Refused
from ui.theme import px
from ui.widgets import label

PAUSE_MS = 400  # after a key, before the report is made again
_PREVIEW = Path("preview.pdf")
REPORTS = ((BOARD_PROGRESS, "Board progress report"), (COHORT, "Reoffending cohort report"))
"""The reports to choose from: each kind with its name."""

_PUBLIC = {
    BOARD_PROGRESS: "Leaves out people and what owners wrote.",
    COHORT: "Hides small numbers, and all that they could be worked out from.",
}


@dataclass(frozen=True, slots=True)
class OfCohort:
    """A cohort whose report is asked for by another page, by its name; ``data_date`` None for the cohort's own."""

    name: str
    data_date: date | None


@dataclass(frozen=True, slots=True)
class _Field:
    """A field with its heading, its hint, and the place for its refusal."""

    words: str
    widget: QWidget
    hint: str = ""
    refusal: QLabel | None = None


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
        self.report, self.plan, self.cohort = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.report.addItems([words for _kind, words in REPORTS])
        self.report.activated.connect(lambda _at: self._on_report())
        for box in (self.plan, self.cohort):
            box.activated.connect(lambda _at: self._on_chosen())
        self.period, self.as_of, self.data_date = QLineEdit(), QLineEdit(), QLineEdit()
        for line in (self.period, self.as_of, self.data_date):
            line.textEdited.connect(lambda _text: self._on_typed())
            line.returnPressed.connect(self._on_chosen)
        self.public = TickBox("Public version")
        self.public.clicked.connect(lambda _on: self._on_chosen())
        self.refusal = label("", "error", wrap=True)
        self.cohort_refusal = label("", "error", wrap=True)
        self.day_refusal = label("", "error", wrap=True)
        self.data_date_refusal = label("", "error", wrap=True)
        self._of_plan = _laid_out(
            (
                _Field("Plan", self.plan),
                _Field(
                    "Period", self.period, "A quarter, year or month: Q2 2026/27, 2026/27, June 2026.", self.refusal
                ),
                _Field("As of", self.as_of, "The day that counts as today.", self.day_refusal),
            )
        )
        self._of_cohort = _laid_out(
            (
                _Field("Cohort", self.cohort, "Cohorts are kept under Reoffending.", self.cohort_refusal),
                _Field("Data date", self.data_date, "The day up to which offences are known.", self.data_date_refusal),
            )
        )
        self.public_hint = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        for part in (_laid_out((_Field("Report", self.report),)), self._of_plan, self._of_cohort):
            column.addWidget(part)
        column.addWidget(self.public)
        column.addWidget(self.public_hint)
        self._show_fields()

    @property
    def kind(self) -> str:
        """Return which report is chosen."""
        return REPORTS[self.report.currentIndex()][0]

    def choose(self, kind: str) -> None:
        """Choose a report, as its choice in the list does."""
        self.report.setCurrentIndex([each for each, _words in REPORTS].index(kind))
        self._on_report()

    def choose_cohort(self, wanted: OfCohort) -> None:
        """Choose a cohort's report with its data date; a cohort that is not offered is not chosen."""
        self.cohort.setCurrentText(wanted.name)
        self.data_date.setText(shown_date(wanted.data_date))
        self.choose(COHORT)

    def show_plans(self, plans: list[PlanRow], today: date) -> None:
        """Offer these plans; the one that was chosen stays chosen."""
        chosen = self.chosen_plan()
        self._plans = plans
        self.plan.clear()
        self.plan.addItems([plan.title for plan in plans])
        ids = [plan.id for plan in plans]
        self.plan.setCurrentIndex(ids.index(chosen.id) if chosen and chosen.id in ids else 0)
        self.as_of.setPlaceholderText(f"{shown_date(today)} (today)")

    def show_cohorts(self, names: list[str], today: date) -> None:
        """Offer these cohorts; the one that was chosen stays chosen."""
        chosen = self.cohort.currentText()
        self.cohort.clear()
        self.cohort.addItems(names)
        self.cohort.setCurrentIndex(names.index(chosen) if chosen in names else min(0, len(names) - 1))
        self.data_date.setPlaceholderText(f"The cohort\N{RIGHT SINGLE QUOTATION MARK}s own, or {shown_date(today)}")

    def chosen_plan(self) -> PlanRow | None:
        """Return the plan, None where there is none."""
        at = self.plan.currentIndex()
        return self._plans[at] if 0 <= at < len(self._plans) else None

    def request(self, today: date) -> ReportRequest | Refused:
        """Return what is asked for, or why a day that was typed cannot be read; that is said at its field."""
        line, place = self._day_field()
        day = _day_typed(line.text(), today)
        say_refusal(place, day)
        if isinstance(day, Refused):
            return day
        public = self.public.isChecked()
        if self.kind == COHORT:
            cohort = self.cohort.currentText() or None
            return ReportRequest(COHORT, _PREVIEW, None, None, today, public, cohort, day)
        plan = self.chosen_plan()
        period = self.period.text().strip() or None
        return ReportRequest(BOARD_PROGRESS, _PREVIEW, period, plan.key if plan else None, day or today, public)

    def say_result(self, result: object) -> None:
        """Say at its field why the report was refused, or nothing."""
        say_refusal(self.cohort_refusal if self.kind == COHORT else self.refusal, result)

    def show_period(self, period: str) -> None:
        """Show which period the board's report is of where none was typed."""
        if self.kind == BOARD_PROGRESS and not self.period.text():
            self.period.setPlaceholderText(period)

    def take_focus(self) -> None:
        """Put the focus where most is chosen: the period, or the cohort."""
        (self.cohort if self.kind == COHORT else self.period).setFocus()

    def settle(self) -> None:
        """Wait for no further key: what stands in the fields now is being made."""
        self._pause.stop()

    def _day_field(self) -> tuple[QLineEdit, QLabel]:
        if self.kind == COHORT:
            return self.data_date, self.data_date_refusal
        return self.as_of, self.day_refusal

    def _on_report(self) -> None:
        self._show_fields()
        self._on_chosen()

    def _show_fields(self) -> None:
        """Show the fields of the report that is chosen, and those alone."""
        self._of_plan.setVisible(self.kind == BOARD_PROGRESS)
        self._of_cohort.setVisible(self.kind == COHORT)
        self.public_hint.setText(_PUBLIC[self.kind])

    def _on_typed(self) -> None:
        self._pause.start()
        self.typed.emit()

    def _on_chosen(self) -> None:
        self.settle()
        self.changed.emit()


def _laid_out(fields: tuple[_Field, ...]) -> QWidget:
    """Return fields one below the other."""
    whole = QWidget()
    whole.setProperty("zone", "inside")
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(4))
    for field in fields:
        heading = label(field.words)
        heading.setBuddy(field.widget)
        field.widget.setAccessibleName(field.words)
        column.addWidget(heading)
        column.addWidget(field.widget)
        if field.refusal is not None:
            column.addWidget(field.refusal)
            field.refusal.hide()
            column.addWidget(label(field.hint, "muted", wrap=True))
        column.addSpacing(px(8))
    return whole


def _day_typed(text: str, today: date) -> date | Refused | None:
    """Return the day that was typed, None for none, or why it cannot be read."""
    try:
        return read_date(text, today)
    except ValueError as refusal:
        return Refused(str(refusal))


def say_refusal(place: QLabel, result: object) -> None:
    """Show a refusal in its place, or hide that."""
    sentence = result.sentence if isinstance(result, Refused) else ""
    place.setText(sentence)
    place.setAccessibleName(sentence)
    place.setVisible(bool(sentence))
