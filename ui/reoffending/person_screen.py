"""One person by id: a line of their events, offences with how each stands and why, spells, statuses and needs."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.charts.chart import Caption
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.person_timeline import person_timeline
from csp_desktop.commands.consulting import names_of, note_consulted
from csp_desktop.commands.members import withdraw_member
from csp_desktop.commands.needs import withdraw_need
from csp_desktop.commands.offences import withdraw_offence
from csp_desktop.commands.offenders import unmerge_offender, withdraw_offender
from csp_desktop.commands.spells import withdraw_spell, withdraw_status
from csp_desktop.errors import CspError
from csp_desktop.queries.person_records import Membership, PersonRecord, person_record
from csp_desktop.queries.person_rows import NeedRow, SpellRow, StatusRow
from ui.charts.widget import ChartWidget
from ui.desk import Desk
from ui.flow import Flow
from ui.forms.controls import ChoiceBox
from ui.forms.needs import adding_need, editing_need
from ui.forms.offences import adding_offence, editing_offence
from ui.forms.offenders import editing_member, editing_offender, merging_offender
from ui.forms.spells import adding_spell, adding_status, editing_spell, editing_status
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted
from ui.reoffending.person_line import timeline_of
from ui.reoffending.person_tables import EVENTS, NEEDS, OFFENCES, SPELLS, STATUSES, StandingRow, standing_rows
from ui.reoffending.sections import Card
from ui.reoffending.table_card import TableCard
from ui.screens.screen import SENSITIVE, Screen, Where
from ui.theme import px
from ui.widgets import button, emptied, label, scrolling

LINE_PT = 900.0
CHOICE_LENGTH = 32  # a cohort's name and an index date
NO_NAME = "No name is stored of this person."
ASKED = (
    "Show this person's name? Names are needed seldom: figures and lists go by ids. That you looked is noted in the "
    "history."
)


class PersonScreen(Screen):
    """The record of one person under all of their ids. ``ask`` asks before a name is shown."""

    def __init__(self, desk: Desk, ask: Callable[[QWidget], bool] | None = None) -> None:
        super().__init__(desk, "Person", sensitive=True)
        self.offender_id = 0
        self.record: PersonRecord | None = None
        self._ask = ask or _asked
        self._name = ""
        self.name_button = self.add_tool("Show name", self.show_name)
        self.add_tool("Edit", self.edit)
        self.add_tool("Merge with another id", self.merge)
        self.about = label("", "muted", wrap=True)
        self.column.addWidget(self.about)
        self._others = Flow(px(8))
        self.column.addLayout(self._others)
        self.column.addWidget(scrolling(self._inside(), "The person's record"), 1)

    def _inside(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), px(12))
        column.setSpacing(px(10))
        self.line = Card("On one line")
        self.choice = ChoiceBox()
        self.choice.setAccessibleName("Index event that offences stand to")
        self.choice.setMinimumContentsLength(CHOICE_LENGTH)
        self.choice.activated.connect(lambda _at: self._show_standing())
        self.line.top.addWidget(self.choice)
        self.chart: ChartWidget | None = None
        self.offences: TableCard[StandingRow] = TableCard("Offences", OFFENCES, "No offence is recorded.")
        self.events: TableCard[Membership] = TableCard("Index events", EVENTS, "In no cohort.")
        self.spells: TableCard[SpellRow] = TableCard("Spells", SPELLS, "No spell is recorded.")
        self.statuses: TableCard[StatusRow] = TableCard("RAG history", STATUSES, "No status is recorded.")
        self.needs: TableCard[NeedRow] = TableCard("Needs", NEEDS, "No need is recorded.")
        for card in (self.line, self.offences, self.events, self.spells, self.statuses, self.needs):
            column.addWidget(card)
        column.addStretch()
        self._add_deeds()
        return inside

    def _add_deeds(self) -> None:
        for card, words, making in (
            (self.offences, "Record an offence", adding_offence),
            (self.spells, "Record a spell", adding_spell),
            (self.statuses, "Record a status", adding_status),
            (self.needs, "Record a need", adding_need),
        ):
            card.add_deed(words, partial(self._add, making))
        self.offences.opened.connect(self._edit_offence)
        self.events.opened.connect(self._edit_event)
        self.spells.opened.connect(self._edit_spell)
        self.statuses.opened.connect(self._edit_status)
        self.needs.opened.connect(self._edit_need)

    @override
    def show_where(self, where: Where) -> None:
        if where.id != self.offender_id:
            self.offender_id, self._name, self.record = where.id, "", None
        note_consulted(self.desk.store, "Looked at the record of a person")

    @override
    def reread(self) -> None:
        today = self.desk.today()
        try:
            self.record = record = person_record(self.desk.store, self.offender_id, today)
        except CspError:  # an undo took the person out
            self.left.emit()
            return
        self.say_title(record.reference)
        self._show_about(record)
        self._show_others(record)
        at = max(self.choice.currentIndex(), 0)
        self.choice.clear()
        self.choice.addItems([f"{each.cohort}, {shown_date(each.member.index_date)}" for each in record.memberships])
        self.choice.setVisible(len(record.memberships) > 1)
        self.choice.setCurrentIndex(min(at, len(record.memberships) - 1))
        self._show_standing()
        self.events.show_rows(record.memberships, lambda each: each.member.id)
        self.spells.show_rows(record.spells, lambda row: row.id)
        self.statuses.show_rows(record.statuses, lambda row: row.id if row.id is not None else -row.dated.toordinal())
        self.needs.show_rows(record.needs, lambda row: row.id)
        self.say_counts(
            f"{counted(len(record.offences), 'offence')}, {counted(len(record.memberships), 'index event')}"
        )

    def membership(self) -> Membership | None:
        """Return the index event that offences stand to."""
        at = self.choice.currentIndex()
        return self.record.memberships[at] if self.record and 0 <= at < len(self.record.memberships) else None

    def _show_about(self, record: PersonRecord) -> None:
        parts = [part for part in (record.lead_agency, record.lead_officer) if part]
        lead = f"Lead: {', '.join(parts)}. " if parts else ""
        review = f"Next review {shown_date(record.next_review)}. " if record.next_review else ""
        name = f"Name: {self._name}. " if self._name else ""
        self.about.setText(f"{name}{lead}{review}".strip())
        self.about.setVisible(bool(self.about.text()))
        self.name_button.setVisible(not self._name)

    def _show_others(self, record: PersonRecord) -> None:
        emptied(self._others)
        for other in record.other_ids:
            self._others.addWidget(label(f"Also {other.reference}", "muted"))
            made = button("Take apart", partial(self._take_apart, other.id), "link")
            made.setAccessibleName(f"Take {other.reference} apart")
            self._others.addWidget(made)

    def _show_standing(self) -> None:
        if self.record is None:
            return
        membership = self.membership()
        rows = standing_rows(self.record, membership)
        self.offences.show_rows(rows, lambda row: row.offence.id)
        drawn = person_timeline(timeline_of(self.record, membership, self.desk.today()), text_width, LINE_PT)
        title = f"Events of {self.record.reference}"
        if self.chart is None:
            self.chart = ChartWidget(drawn.scene, title, drawn.alt)
            self.line.column.addWidget(self.chart)
        else:
            self.chart.show_scene(drawn.scene, title, drawn.alt)
        self.chart.captioned(Caption(title, SENSITIVE))  # a picture of it carries the marking along

    def _add(self, making: Callable[..., object]) -> None:
        self.form_asked.emit(making(self.desk.store, self.offender_id, self.desk.today()))

    def _edit_offence(self, row_id: int) -> None:
        store = self.desk.store
        row = next(row for row in self._held().offences if row.id == row_id)
        spec = editing_offence(store, self.offender_id, row_id, self.desk.today())
        deed = partial(withdraw_offence, store, row_id, row.version)
        self.form_asked.emit(self.with_withdrawal(spec, "The offence", deed))

    def _edit_event(self, row_id: int) -> None:
        store = self.desk.store
        row = next(each.member for each in self._held().memberships if each.member.id == row_id)
        spec = editing_member(store, self.offender_id, row_id, self.desk.today())
        deed = partial(withdraw_member, store, row_id, row.version)
        self.form_asked.emit(self.with_withdrawal(spec, "The index event", deed))

    def _edit_spell(self, row_id: int) -> None:
        store = self.desk.store
        row = next(row for row in self._held().spells if row.id == row_id)
        spec = editing_spell(store, self.offender_id, row_id, self.desk.today())
        deed = partial(withdraw_spell, store, row_id, row.version)
        self.form_asked.emit(self.with_withdrawal(spec, "The spell", deed))

    def _edit_status(self, row_id: int) -> None:
        store = self.desk.store
        row = next((row for row in self._held().statuses if row.id == row_id), None)
        if row is None or row.version is None:
            self.told.emit("This status came with a cohort's register: edit it at the index event.")
            return
        spec = editing_status(store, self.offender_id, row_id, self.desk.today())
        deed = partial(withdraw_status, store, row_id, row.version)
        self.form_asked.emit(self.with_withdrawal(spec, "The status", deed))

    def _edit_need(self, row_id: int) -> None:
        store = self.desk.store
        row = next(row for row in self._held().needs if row.id == row_id)
        spec = editing_need(store, self.offender_id, row_id, self.desk.today())
        deed = partial(withdraw_need, store, row_id, row.version)
        self.form_asked.emit(self.with_withdrawal(spec, "The score", deed))

    def _held(self) -> PersonRecord:
        if self.record is None:
            raise CspError("This person is no longer in the store.")
        return self.record

    def edit(self) -> None:
        """Open the form of the person."""
        record = self._held()
        spec = editing_offender(self.desk.store, record.offender_id, self.desk.today())
        deed = partial(withdraw_offender, self.desk.store, record.offender_id, record.version)
        self.form_asked.emit(self.with_withdrawal(spec, record.reference, deed))

    def merge(self) -> None:
        """Open the form that lets another id stand for this person."""
        self.form_asked.emit(merging_offender(self.desk.store, self.offender_id, self.desk.today()))

    def _take_apart(self, merged_id: int) -> None:
        unmerge_offender(self.desk.store, merged_id)
        self.told.emit("The two ids are counted apart again.")
        self.take_focus()

    def show_name(self) -> None:
        """Show the name that is stored, once the person has said that they need it."""
        record = self._held()
        if not self._ask(self):
            return
        ids = (record.offender_id, *(other.id for other in record.other_ids))
        names = names_of(self.desk.store, ids)
        self._name = " / ".join(dict.fromkeys(names.values())) or NO_NAME.rstrip(".")
        self._show_about(record)

    @override
    def take_focus(self) -> None:
        shown = next((card.table for card in (self.offences, self.events) if card.table.isVisible()), None)
        (shown or self.name_button).setFocus()


def _asked(parent: QWidget) -> bool:
    box = QMessageBox(QMessageBox.Icon.Question, "Show a name", ASKED, parent=parent)
    show = box.addButton("Show the name", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Keep it hidden", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is show
