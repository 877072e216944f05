"""The people behind a figure, one by one and by id; that somebody looked is noted in the history."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from typing_extensions import override

from csp_desktop.queries.cohort_figures import cohort_figures
from csp_desktop.reoffending.bands import Breakdown, band_label, band_of
from csp_desktop.reoffending.following import Followed
from csp_desktop.rules.folding import fold
from ui.desk import Desk
from ui.forms.offenders import adding_member
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted
from ui.reoffending.kinds import Kind
from ui.review.session import Refused, attempted
from ui.screens.screen import Screen, Where
from ui.tables import columns
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.tasks import Progress
from ui.widgets import label

_GROUP = band_of(Breakdown.OFFENCE_GROUP)


@dataclass(frozen=True, slots=True)
class Listed:
    """Which people are listed: whose they are in words, the cohort's name, their rows, and who belongs to them.

    ``data_date`` is the day they were counted on, None for the cohort's own.
    """

    whose: str
    cohort: str
    people: tuple[Followed, ...]
    holds: Callable[[Followed], bool]
    data_date: date | None = None


def _came(one: Followed) -> str:
    if one.first_day is not None:
        return f"reoffended on day {one.first_day:,}"
    return "no reoffence" if one.is_measurable else "no reoffence so far"


PEOPLE: tuple[Column[Followed], ...] = (
    Column(key="reference", heading="Id", kind=columns.Kind.REF, width=16, text=lambda one: one.reference),
    Column(
        key="index",
        heading="Index date",
        kind=columns.Kind.DATE,
        width=13,
        text=lambda one: shown_date(one.index_date),
        sort_key=lambda one: one.index_date.toordinal(),
    ),
    Column(
        key="ends",
        heading="Follow-up ends",
        kind=columns.Kind.DATE,
        width=14,
        spare=3,
        text=lambda one: shown_date(one.follow_up_ends),
        sort_key=lambda one: one.follow_up_ends.toordinal(),
    ),
    Column(
        key="came",
        heading="What came of it",
        width=0,
        text=_came,
        sort_key=lambda one: one.first_day if one.first_day is not None else None,
    ),
    Column(
        key="reoffences",
        heading="Reoffences",
        kind=columns.Kind.NUMBER,
        width=11,
        text=lambda one: f"{one.reoffences:,}" if one.reoffences else "",
        sort_key=lambda one: one.reoffences or None,
    ),
    Column(
        key="pending",
        heading="Pending",
        kind=columns.Kind.NUMBER,
        width=9,
        spare=2,
        text=lambda one: f"{one.pending:,}" if one.pending else "",
        sort_key=lambda one: one.pending or None,
    ),
    Column(
        key="measurable",
        heading="Measurable",
        width=11,
        spare=1,
        text=lambda one: "yes" if one.is_measurable else "not yet",
    ),
    Column(
        key="age",
        heading="Age",
        kind=columns.Kind.NUMBER,
        width=6,
        spare=4,
        text=lambda one: "" if one.age is None else str(one.age),
        sort_key=lambda one: one.age,
    ),
    Column(key="sex", heading="Sex", width=9, spare=6, text=lambda one: one.sex.label if one.sex else ""),
    Column(
        key="disposal",
        heading="Index disposal",
        width=15,
        spare=5,
        text=lambda one: one.disposal.label if one.disposal else "",
    ),
    Column(
        key="group",
        heading="Index offence group",
        width=22,
        spare=7,
        text=lambda one: band_label(Breakdown.OFFENCE_GROUP, _GROUP(one)) if one.offence_group else "",
    ),
    Column(key="area", heading="Area", width=14, spare=8, text=lambda one: one.area),
)


class PeopleScreen(Screen):
    """The list. Enter opens a person's timeline. What is written while it is shown or left is counted anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "People", sensitive=True)
        self._listed: Listed | None = None
        self._people: tuple[Followed, ...] = ()
        self._is_stale = False
        self._cohort_id = 0
        self.add_tool("Add an index event", self.add)
        self._whose = label("", "muted", wrap=True)
        self.model: TableModel[Followed] = TableModel(PEOPLE, self)
        self.table = TableView(self.model, "People by id")
        self.table.set_widths(desk.remembered.widths("cohort-people"))
        self.table.widths_changed.connect(lambda: desk.remembered.keep_widths("cohort-people", self.table.widths()))
        self.table.row_opened.connect(self._on_opened)
        self.column.addWidget(self._whose)
        self.column.addWidget(self.add_filter("Filter by id", self.model.filter), alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.table, 1)

    @override
    def show_where(self, where: Where) -> None:
        if not isinstance(where.which, Listed) or where.which is self._listed:
            return
        self._listed = listed = where.which
        self._people, self._is_stale = listed.people, False
        self._cohort_id = where.id
        if self.filter_line is not None:
            self.filter_line.clear()
        self._whose.setText(f"{listed.whose[:1].upper()}{listed.whose[1:]}. Enter opens a person's timeline.")
        self.say_title(listed.cohort)
        self._show()

    def _show(self) -> None:
        self.model.set_source(
            RowsInHand(PEOPLE, self._people, lambda one: one.member_id, lambda one: fold(one.reference))
        )
        self.say_counts(counted(len(self._people), "index event"))

    @override
    def written(self) -> bool:
        self._is_stale = True
        return True

    @override
    def reread(self) -> None:
        self.say_counts(counted(len(self._people), "index event"))
        if self._is_stale and self._listed is not None:
            self._is_stale = False
            self._count_again(self._listed)

    def _count_again(self, listed: Listed) -> None:
        store, today, cohort_id = self.desk.store, self.desk.today(), self._cohort_id

        def work(progress: Progress) -> tuple[Followed, ...]:
            progress(0, 0)
            people = cohort_figures(store, cohort_id, today, listed.data_date).followed.people
            return tuple(one for one in people if listed.holds(one))

        def done(found: tuple[Followed, ...] | Refused) -> None:
            if listed is not self._listed:
                return
            if isinstance(found, Refused):
                self.left.emit()  # the cohort was taken out
            else:
                self._people = found
                self._show()

        self.desk.tasks.run("Counting the cohort", attempted(work), done)

    def add(self) -> None:
        """Open the form of a new index event of this cohort."""
        self.form_asked.emit(adding_member(self.desk.store, self._cohort_id, self.desk.today()))

    def _on_opened(self, member_id: int) -> None:
        one = next((one for one in self._people if one.member_id == member_id), None)
        if one is not None:
            self.opened.emit(Where(Kind.PERSON, one.offender_id))

    @override
    def take_focus(self) -> None:
        self.table.setFocus()
        self.table.choose_first()
