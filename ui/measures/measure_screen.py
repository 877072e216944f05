"""One measure: how it stands, its control chart, its readings and targets, and how all of it is worked out."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.charts.chart import Caption
from csp_desktop.commands.entries import withdraw_entry
from csp_desktop.commands.measures import feed_measure
from csp_desktop.errors import CspError
from csp_desktop.measures.drawn import measure_chart, no_chart_words
from csp_desktop.measures.spans import period_to_read
from csp_desktop.measures.standing import PeriodTarget
from csp_desktop.measures.values import PeriodReading
from csp_desktop.queries.cohorts import find_cohort
from csp_desktop.queries.measures import MeasureHistory, measure_history
from csp_desktop.registers.forms import Register
from csp_desktop.reports.kinds import ReportKind
from ui.desk import Desk
from ui.entries.forms import editing_entry
from ui.forms.form import FormSpec
from ui.measures.forms import recording_reading, setting_targets
from ui.measures.headline import Headline, told
from ui.measures.history_columns import reading_columns, target_columns
from ui.measures.words import to_know, worked_out
from ui.pages.report_choices import OfKind
from ui.reoffending.compare_screen import ChartCard
from ui.reoffending.figure_words import counted
from ui.reoffending.sections import Card
from ui.reoffending.table_card import TableCard
from ui.screens.screen import Screen, Where
from ui.setup.section import add_fact
from ui.tasks import Progress
from ui.theme import px
from ui.widgets import emptied, label, scrolling

REPORTS = "reports"
BESIDE_PX = 1000
CHART_PT = 560.0
WIDEST_CHART_PX = 800
TAKE = "Take the cohort's figure"


class MeasureScreen(Screen):
    """The screen of a measure; F2 edits its definition, Enter on a reading or a target opens its form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Measure")
        self.measure_id = 0
        self.history: MeasureHistory | None = None
        self.record = self.add_tool("Record a reading", self.add_reading, "primary")
        self.add_tool("Set targets", self.set_targets)
        self.take = self.add_tool(TAKE, self.take_figure)
        self.add_tool("Edit", self.edit)
        self.about = label("", "muted", wrap=True)
        self.column.addWidget(self.about)
        self.know = label("", "warning", wrap=True)
        self.column.addWidget(self.know)
        self.column.addWidget(scrolling(self._inside(), "The measure"), 1)

    def _inside(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), px(12))
        column.setSpacing(px(10))
        self.headline = Headline()
        column.addWidget(self.headline)
        self._make_cards()
        upper = self._row(self.chart, self.no_chart, self.readings)
        lower = self._row(self.how, self.targets)
        self._rows = (upper, lower)
        column.addLayout(upper)
        column.addLayout(lower)
        column.addStretch()
        return inside

    def _row(self, *cards: QWidget) -> QBoxLayout:
        """Return cards side by side, the last the narrower; below each other where there is little room."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(px(10))
        for card in cards:
            row.addWidget(card, 4 if card is cards[-1] else 5, alignment=Qt.AlignmentFlag.AlignTop)
        return row

    def _make_cards(self) -> None:
        self.chart = ChartCard("Period by period")
        self.no_chart = Card("Period by period")
        self.why_no_chart = label("", "muted", wrap=True)
        self.no_chart.column.addWidget(self.why_no_chart)
        self.how = Card("How is this worked out")
        self._facts = QVBoxLayout()
        self._facts.setSpacing(px(6))
        self.how.column.addLayout(self._facts)
        self.readings: TableCard[PeriodReading] = TableCard("Readings", reading_columns(), "Nothing is read yet.")
        self.readings.opened.connect(partial(self._edit_row, Register.READINGS))
        self.targets: TableCard[PeriodTarget] = TableCard("Targets", target_columns(), "Nothing is aimed at yet.")
        self.targets.opened.connect(partial(self._edit_row, Register.TARGETS))

    @override
    def show_where(self, where: Where) -> None:
        if where.id != self.measure_id:
            self.measure_id, self.was_at = where.id, None

    @override
    def written(self) -> bool:
        return True

    @override
    def reread(self) -> None:
        try:
            self.history = measure_history(self.desk.store, self.measure_id, self.desk.today())
        except CspError:  # withdrawn, or taken out by an undo
            self.history = None
            self.left.emit()
            return
        self._show(self.history)

    def _show(self, history: MeasureHistory) -> None:
        row, measure = history.row, history.row.measure
        self.say_title(measure.title)
        self.say_counts(counted(len(history.readings), "reading"))
        self.about.setText("; ".join(part for part in _about(history) if part) + ".")
        known = [*to_know(row), *([row.feed.words] if row.feed and row.feed.is_stale else [])]
        self.know.setText(". ".join(known))
        self.know.setVisible(bool(known))
        self.take.setVisible(measure.cohort_id is not None)
        self.headline.show_figures(told(row))
        self._show_chart(history)
        self.readings.model.set_columns(reading_columns(measure.unit))
        self.readings.show_rows(tuple(reversed(history.readings)), lambda each: each.id)
        self.targets.model.set_columns(target_columns(measure.unit))
        self.targets.show_rows(tuple(reversed(history.targets)), lambda each: each.id)
        emptied(self._facts)
        for name, words in worked_out(history):
            add_fact(self._facts, name, words)

    def _show_chart(self, history: MeasureHistory) -> None:
        row, measure = history.row, history.row.measure
        drawn = measure_chart(measure.title, row.run, measure.unit, row.aims, CHART_PT)
        self.chart.show_chart(drawn)
        self.no_chart.setVisible(drawn is None)
        self.why_no_chart.setText(no_chart_words(row.run))
        if self.chart.chart is not None and drawn is not None:
            self.chart.chart.setMaximumWidth(px(WIDEST_CHART_PX))
            span = f"{row.run[0].period} to {row.run[-1].period}"
            self.chart.chart.captioned(Caption(measure.title, f"{measure.unit.label}, {span}", measure.source))

    def add_reading(self) -> None:
        """Open the form of a new reading of this measure."""
        if self.history is None:
            return
        row, today = self.history.row, self.desk.today()
        period = period_to_read(row.latest.days if row.latest else None, row.measure.frequency, today)
        given = {"measure": self.measure_id, "period": period.label}
        spec = recording_reading(self.desk.store, today, given)
        self._ask(replace(spec, begins="value" if row.measure.unit.per == 1 else "numerator"))

    def set_targets(self) -> None:
        """Open the form of the targets of a year."""
        self._ask(setting_targets(self.desk.store, self.measure_id, self.desk.today()))

    def edit(self) -> None:
        """Open the form of the measure's definition."""
        if self.history is None:
            return
        measure = self.history.row.measure
        spec = editing_entry(self.desk.store, Register.MEASURES, measure.id, self.desk.today())
        withdraw = partial(withdraw_entry, self.desk.store, Register.MEASURES, measure.id, measure.version)
        self._ask(self.with_withdrawal(spec, "The measure", withdraw))

    def _edit_row(self, register: Register, row_id: int) -> None:
        if self.history is None:
            return
        rows: tuple[PeriodReading | PeriodTarget, ...] = (
            self.history.readings if register is Register.READINGS else self.history.targets
        )
        version = next(each.version for each in rows if each.id == row_id)
        spec = editing_entry(self.desk.store, register, row_id, self.desk.today())
        withdraw = partial(withdraw_entry, self.desk.store, register, row_id, version)
        self._ask(self.with_withdrawal(spec, f"The {register.noun}", withdraw))

    def _ask(self, spec: FormSpec) -> None:
        self.keep_focus()
        self.form_asked.emit(spec)

    def take_figure(self) -> None:
        """Count the cohort off the window's thread, and record what it gives. Raises CspError where there is none."""
        if self.history is None or self.history.row.measure.cohort_id is None:
            return
        store, measure_id = self.desk.store, self.measure_id
        cohort = find_cohort(store, self.history.row.measure.cohort_id)
        data_date = cohort.data_date or self.desk.today()

        def work(progress: Progress) -> None:
            progress(0, 0)
            feed_measure(store, measure_id, data_date)

        self.desk.tasks.run(
            "Counting the cohort", work, lambda _done: self.told.emit(f"The figure of {cohort.name} was recorded.")
        )

    @override
    def print_page(self) -> None:
        """Lead to the scorecard on paper, which has this measure in it."""
        self.went_to.emit(REPORTS, OfKind(ReportKind.SCORECARD))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.edit()
        else:
            super().keyPressEvent(event)

    @override
    def take_focus(self) -> None:
        self.focus_again(self.record)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for row in self._rows:
            row.setDirection(across if self.width() >= px(BESIDE_PX) else down)


def _about(history: MeasureHistory) -> tuple[str, ...]:
    measure = history.row.measure
    return (
        measure.ref,
        measure.theme,
        f"owned by {measure.owner}" if measure.owner else "no owner",
        f"read {measure.frequency.label.lower()}",
        measure.terms.polarity.label.lower(),
    )
