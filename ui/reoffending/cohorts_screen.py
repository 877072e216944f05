"""The cohorts: each with its definition, its people and its rate; from here a register is brought in."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.queries.cohort_figures import cohort_figures
from csp_desktop.queries.cohorts import CohortRow, list_cohorts
from csp_desktop.reoffending.outcomes import Outcomes
from ui.desk import Desk
from ui.forms.cohorts import adding_cohort
from ui.forms.offenders import finding_offender
from ui.forms.words import shown_date
from ui.reoffending.cohort_form import cohort_form
from ui.reoffending.figure_words import NOT_YET, counted, interval_words, percent
from ui.reoffending.kinds import Kind
from ui.screens.screen import Screen, Where
from ui.tables import columns
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.tasks import Progress, Task
from ui.theme import px
from ui.widgets import button, label

EMPTY = (
    "Cohorts will be listed here: people whose reoffending is followed, how many of them reoffended, how often, how "
    "seriously and how soon. Bring in a spreadsheet of cohort members first and the spreadsheet of their offences "
    "after it; or make a cohort and enter people by hand."
)
COUNTING = "counting \N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class ListedCohort:
    """A cohort with its figures; None while they are counted."""

    row: CohortRow
    outcomes: Outcomes | None
    data_date: date


def _rate(listed: ListedCohort) -> str:
    o = listed.outcomes
    if o is None:
        return COUNTING
    if o.offenders:
        return percent(o.rate)
    return NOT_YET if o.not_yet_measurable else ""


def _rests_on(listed: ListedCohort) -> str:
    o = listed.outcomes
    if o is None or not o.offenders:
        return ""
    return f"{o.reoffenders:,} of {o.offenders:,}; {interval_words(o.interval)}"


COHORTS: tuple[Column[ListedCohort], ...] = (
    Column(
        key="name",
        heading="Cohort",
        width=0,
        text=lambda one: one.row.name,
        note=lambda one: one.row.definition.kind.label,
    ),
    Column(
        key="period",
        heading="Index dates",
        width=24,
        spare=2,
        text=lambda one: period_words(one.row),
        sort_key=lambda one: one.row.first_day.toordinal() if one.row.first_day else None,
    ),
    Column(
        key="people",
        heading="People",
        kind=columns.Kind.NUMBER,
        width=9,
        text=lambda one: f"{one.row.people:,}" if one.row.people else "",
        sort_key=lambda one: one.row.people or None,
    ),
    Column(
        key="rate",
        heading="Rate",
        kind=columns.Kind.NUMBER,
        width=18,
        text=_rate,
        tone=lambda one: "" if one.outcomes and one.outcomes.offenders else "muted",
        sort_key=lambda one: one.outcomes.rate if one.outcomes else None,
    ),
    Column(key="rests", heading="of how many; 95% interval", width=30, spare=1, text=_rests_on),
    Column(
        key="data_date",
        heading="Data date",
        kind=columns.Kind.DATE,
        width=13,
        spare=4,
        text=lambda one: shown_date(one.data_date),
        sort_key=lambda one: one.data_date.toordinal(),
    ),
)


def period_words(row: CohortRow) -> str:
    """Return a cohort's period in words, empty where it has neither a period nor an index date."""
    if row.first_day is None or row.last_day is None:
        return shown_date(row.first_day or row.last_day)
    return f"{shown_date(row.first_day)} to {shown_date(row.last_day)}"


class CohortsScreen(Screen):
    """The list. ``form_asked`` opens the forms of a new cohort and of a register to bring in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Reoffending")
        self._rows: list[CohortRow] = []
        self._counted: dict[int, Outcomes] = {}
        self._under_way: set[int] = set()
        self._round = 0
        self.find_button = self.add_tool("Find a person", self.find_person)
        self.new_button = self.add_tool("New cohort", self.add)
        self.bring_button = self.add_tool("Bring in a register", self.bring_in, "primary")
        self.model: TableModel[ListedCohort] = TableModel(COHORTS, self)
        self.table = TableView(self.model, "Cohorts", lines=2)
        self.table.set_widths(desk.remembered.widths("cohorts"))
        self.table.widths_changed.connect(lambda: desk.remembered.keep_widths("cohorts", self.table.widths()))
        self.table.row_opened.connect(lambda cohort_id: self.opened.emit(Where(Kind.COHORT, cohort_id)))
        self.table.edit_asked.connect(self.edit)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing())
        self.column.addWidget(self.add_filter("Filter cohorts", self.model.filter))
        self.column.addWidget(self._stack, 1)
        desk.tasks.ended.connect(self._on_ended)
        self._task: Task | None = None

    def _nothing(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(0, px(24), 0, 0)
        column.setSpacing(px(12))
        told = label(EMPTY, wrap=True)
        told.setMaximumWidth(px(600))
        column.addWidget(told)
        self.first_button = button("Bring in cohort members", self.bring_in)
        column.addWidget(self.first_button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return empty

    @override
    def written(self) -> bool:
        self._counted.clear()
        self._under_way.clear()
        self._round += 1
        return True

    @override
    def reread(self) -> None:
        self._rows = list_cohorts(self.desk.store)
        self._stack.setCurrentIndex(0 if self._rows else 1)
        if self.filter_line is not None:
            self.filter_line.setVisible(bool(self._rows))
        self.say_counts(counted(len(self._rows), "cohort") if self._rows else "")
        self._show()
        self._count_next()

    def _show(self) -> None:
        today = self.desk.today()
        listed = [ListedCohort(row, self._counted.get(row.id), row.data_date or today) for row in self._rows]
        self.model.set_source(RowsInHand(COHORTS, listed, lambda one: one.row.id))

    def _count_next(self) -> None:
        """Count the first cohort that is not counted yet; one at a time, so that other work comes in between."""
        todo = next((row for row in self._rows if row.id not in self._counted and row.id not in self._under_way), None)
        if todo is None or not self.isVisible():
            return
        store, today, cohort_id, begun = self.desk.store, self.desk.today(), todo.id, self._round
        self._under_way.add(cohort_id)

        def work(progress: Progress) -> Outcomes:
            progress(0, 0)
            return cohort_figures(store, cohort_id, today).outcomes

        def done(outcomes: Outcomes) -> None:
            if begun != self._round:
                return
            self._counted[cohort_id] = outcomes
            self._show()
            self._count_next()

        self._task = self.desk.tasks.run(f"Counting {todo.name}", work, done)

    def _on_ended(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            if task.progress.is_cancelled():
                self._under_way.clear()

    def find_person(self) -> None:
        """Ask for a person's id, and open their record."""
        found = finding_offender(self.desk.store, self._on_found)
        self.form_asked.emit(found)

    def _on_found(self, offender_id: int) -> None:
        QTimer.singleShot(0, self, lambda: self.opened.emit(Where(Kind.PERSON, offender_id)))  # after the form

    def add(self) -> None:
        """Open the form of a new cohort."""
        self.form_asked.emit(adding_cohort(self.desk.store, self.desk.today()))

    def edit(self, cohort_id: int) -> None:
        """Open the form of a cohort's definition."""
        self.form_asked.emit(cohort_form(self, cohort_id))

    def bring_in(self) -> None:
        """Ask which register and which file."""
        self.register_asked.emit()

    @override
    def take_focus(self) -> None:
        self.table.choose_first()
        (self.table if self._rows else self.bring_button).setFocus()
