"""What a report is of: which report, its plan and period, cohort or meeting, the day, whether the public reads it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from csp_desktop.queries.plans import PlanRow
from csp_desktop.reports.kinds import ReportKind, Takes
from csp_desktop.reports.making import ReportRequest
from models.vocabulary import PlanKind
from ui.forms.controls import ChoiceBox, TickBox
from ui.forms.words import read_date, shown_date
from ui.review.session import Refused
from ui.theme import px
from ui.widgets import label

PAUSE_MS = 400  # after a key, before the report is made again
_PREVIEW = Path("preview.pdf")
OFFERED = tuple(kind for kind in ReportKind if kind is not ReportKind.OWNER_CHASE)
"""The reports to choose from; the owner chase list is made on the Workbooks page, where who is chased is chosen."""

NEXT_MEETING = "The next, else the last held"


@dataclass(frozen=True, slots=True)
class OfCohort:
    """A cohort whose report is asked for by another page, by its name; ``data_date`` None for the cohort's own."""

    name: str
    data_date: date | None


@dataclass(frozen=True, slots=True)
class OfKind:
    """A report that is asked for by another page; ``meeting`` is what the meeting is called, None for the default."""

    kind: ReportKind
    meeting: str | None = None


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
        self.report, self.plan, self.cohort, self.meeting = ChoiceBox(), ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.report.addItems([kind.label for kind in OFFERED])
        self.report.activated.connect(lambda _at: self._on_report())
        for box in (self.plan, self.cohort, self.meeting):
            box.activated.connect(lambda _at: self._on_chosen())
        self.period, self.as_of, self.data_date = QLineEdit(), QLineEdit(), QLineEdit()
        for line in (self.period, self.as_of, self.data_date):
            line.textEdited.connect(lambda _text: self._on_typed())
            line.returnPressed.connect(self._on_chosen)
        self.public = TickBox("Public version")
        self.public.clicked.connect(lambda _on: self._on_chosen())
        refusals = [label("", "error", wrap=True) for _ in range(5)]
        self.refusal, self.cohort_refusal, self.day_refusal, self.data_date_refusal, self.other_refusal = refusals
        self.public_hint = label("", "muted", wrap=True)
        self._lay_out()
        self._show_fields()

    def _lay_out(self) -> None:
        periods = "A quarter, year or month: Q2 2026/27, 2026/27, June 2026."
        known = "The day up to which offences are known."
        self._day_part = _part("As of", self.as_of, self.day_refusal, "The day that counts as today.")
        self._parts = {
            Takes.PLAN: _part("Plan", self.plan),
            Takes.MEETING: _part("Meeting", self.meeting),
            Takes.PERIOD: _part("Period", self.period, self.refusal, periods),
            Takes.COHORT: _part("Cohort", self.cohort, self.cohort_refusal, "Cohorts are kept under Reoffending."),
            Takes.DATA_DATE: _part("Data date", self.data_date, self.data_date_refusal, known),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        for part in (_part("Report", self.report), *self._parts.values(), self._day_part):
            column.addWidget(part)
        column.addWidget(self.other_refusal)
        self.other_refusal.hide()
        column.addWidget(self.public)
        column.addWidget(self.public_hint)

    @property
    def kind(self) -> ReportKind:
        """Return which report is chosen."""
        return OFFERED[self.report.currentIndex()]

    def choose(self, kind: ReportKind) -> None:
        """Choose a report, as its choice in the list does."""
        self.report.setCurrentIndex(OFFERED.index(kind))
        self._on_report()

    def choose_cohort(self, wanted: OfCohort) -> None:
        """Choose a cohort's report with its data date; a cohort that is not offered is not chosen."""
        self.cohort.setCurrentText(wanted.name)
        self.data_date.setText(shown_date(wanted.data_date))
        self.choose(ReportKind.COHORT)

    def choose_kind(self, wanted: OfKind) -> None:
        """Choose a report that another page asks for; a meeting that is not offered is not chosen."""
        at = self.meeting.findText(wanted.meeting) if wanted.meeting else 0
        self.meeting.setCurrentIndex(max(at, 0))
        self.choose(wanted.kind)

    def show_plans(self, plans: list[PlanRow], today: date) -> None:
        """Offer these plans; the one that was chosen stays chosen."""
        self._plans = plans
        self._offer_plans()
        self.as_of.setPlaceholderText(f"{shown_date(today)} (today)")

    def _offered_plans(self) -> list[PlanRow]:
        """Return the plans that the chosen report can be of."""
        is_town = self.kind is ReportKind.SAFER_DEWSBURY
        return [plan for plan in self._plans if not is_town or plan.kind is PlanKind.TOWN_CENTRE]

    def _offer_plans(self) -> None:
        chosen, offered = self.plan.currentText(), self._offered_plans()
        titles = [plan.title for plan in offered]
        partnership = next((at for at, plan in enumerate(offered) if plan.kind is PlanKind.PARTNERSHIP), 0)
        self.plan.clear()
        self.plan.addItems(titles)
        self.plan.setCurrentIndex(titles.index(chosen) if chosen in titles else min(partnership, len(titles) - 1))

    def show_cohorts(self, names: list[str], today: date) -> None:
        """Offer these cohorts; the one that was chosen stays chosen."""
        chosen = self.cohort.currentText()
        self.cohort.clear()
        self.cohort.addItems(names)
        self.cohort.setCurrentIndex(names.index(chosen) if chosen in names else min(0, len(names) - 1))
        self.data_date.setPlaceholderText(f"The cohort\N{RIGHT SINGLE QUOTATION MARK}s own, or {shown_date(today)}")

    def show_meetings(self, names: list[str]) -> None:
        """Offer these meetings, the newest first; the one that was chosen stays chosen."""
        chosen, offered = self.meeting.currentText(), [NEXT_MEETING, *names]
        self.meeting.clear()
        self.meeting.addItems(offered)
        self.meeting.setCurrentIndex(offered.index(chosen) if chosen in offered else 0)

    def chosen_plan(self) -> PlanRow | None:
        """Return the plan, None where there is none."""
        at, offered = self.plan.currentIndex(), self._offered_plans()
        return offered[at] if 0 <= at < len(offered) else None

    def request(self, today: date) -> ReportRequest | Refused:
        """Return what is asked for, or why a day that was typed cannot be read; that is said at its field."""
        line, place = self._day_field()
        day = _day_typed(line.text(), today)
        say_refusal(place, day)
        if isinstance(day, Refused):
            return day
        takes, plan = self.kind.takes, self.chosen_plan()
        of_cohort = Takes.COHORT in takes
        return ReportRequest(
            kind=self.kind,
            out=_PREVIEW,
            period=(self.period.text().strip() or None) if Takes.PERIOD in takes else None,
            plan=plan.key if plan and Takes.PLAN in takes else None,
            today=today if of_cohort else day or today,
            public=self.public.isChecked(),
            cohort=(self.cohort.currentText() or None) if of_cohort else None,
            data_date=day if of_cohort else None,
            meeting=self.meeting.currentText() if Takes.MEETING in takes and self.meeting.currentIndex() > 0 else None,
        )

    def say_result(self, result: object) -> None:
        """Say at its field why the report was refused, or nothing."""
        places = {Takes.COHORT: self.cohort_refusal, Takes.PERIOD: self.refusal}
        place = next((place for takes, place in places.items() if takes in self.kind.takes), self.other_refusal)
        for each in (*places.values(), self.other_refusal):
            say_refusal(each, result if each is place else None)

    def show_period(self, period: str) -> None:
        """Show which period the report is of where none was typed."""
        if Takes.PERIOD in self.kind.takes and not self.period.text():
            self.period.setPlaceholderText(period)

    def take_focus(self) -> None:
        """Put the focus where most is chosen: the period, the cohort, the meeting, or the report itself."""
        fields: dict[Takes, QWidget] = {
            Takes.PERIOD: self.period,
            Takes.COHORT: self.cohort,
            Takes.MEETING: self.meeting,
        }
        next((field for takes, field in fields.items() if takes in self.kind.takes), self.report).setFocus()

    def settle(self) -> None:
        """Wait for no further key: what stands in the fields now is being made."""
        self._pause.stop()

    def _day_field(self) -> tuple[QLineEdit, QLabel]:
        if Takes.DATA_DATE in self.kind.takes:
            return self.data_date, self.data_date_refusal
        return self.as_of, self.day_refusal

    def _on_report(self) -> None:
        self._offer_plans()
        self._show_fields()
        self._on_chosen()

    def _show_fields(self) -> None:
        """Show the fields of the report that is chosen, and those alone."""
        for takes, part in self._parts.items():
            part.setVisible(takes in self.kind.takes)
        self._day_part.setVisible(Takes.DATA_DATE not in self.kind.takes)
        self.public_hint.setText(self.kind.about_public)

    def _on_typed(self) -> None:
        self._pause.start()
        self.typed.emit()

    def _on_chosen(self) -> None:
        self.settle()
        self.changed.emit()


def _part(words: str, field: QWidget, refusal: QLabel | None = None, hint: str = "") -> QWidget:
    """Return a field below its heading, with the place for its refusal and its hint."""
    whole = QWidget()
    whole.setProperty("zone", "inside")
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, px(8))
    column.setSpacing(px(4))
    heading = label(words)
    heading.setBuddy(field)
    field.setAccessibleName(words)
    column.addWidget(heading)
    column.addWidget(field)
    if refusal is not None:
        column.addWidget(refusal)
        refusal.hide()
        column.addWidget(label(hint, "muted", wrap=True))
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
