"""The Integrated Offender Management list: who is selected, how active they are held to be, and what has changed."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.commands.consulting import note_consulted
from csp_desktop.queries.iom import IomRow, NeedChange, list_iom
from models.offending import SpellKind
from ui.desk import Desk
from ui.flow import Flow
from ui.forms.offenders import editing_offender
from ui.forms.spells import RAG_WORDS, adding_spell, adding_status, editing_spell
from ui.forms.words import shown_date
from ui.reoffending.figure_words import MINUS, counted
from ui.reoffending.kinds import Kind
from ui.screens.screen import SENSITIVE, Screen, Where
from ui.setup.section import add_fact
from ui.tables import columns
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button, label, scrolling

EMPTY = (
    "People under Integrated Offender Management will be listed here, by id: their cohort and RAG, lead agency and "
    "officer, next review, and what has changed. Bring in a register of spells, or record a spell on a person's page."
)


def _since(row: IomRow) -> str:
    return f"since {shown_date(row.rag_since)}" if row.rag_since else ""


def _review(row: IomRow) -> str:
    overdue = " (overdue)" if row.is_review_overdue else ""
    return f"{shown_date(row.next_review)}{overdue}" if row.next_review else ""


def needs_words(row: IomRow) -> str:
    """Return how a person's needs have changed, in a few words: "2 smaller, 1 greater"."""
    smaller = sum(need.change < 0 for need in row.needs)
    greater = sum(need.change > 0 for need in row.needs)
    same = sum(need.change == 0 and need.first_on != need.latest_on for need in row.needs)
    parts = ((smaller, "smaller"), (greater, "greater"), (same, "the same"))
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def change_words(need: NeedChange) -> str:
    """Return how a need has changed in words."""
    first = f"{need.first} on {shown_date(need.first_on)}"
    if need.first_on == need.latest_on:
        return first
    sign = "+" if need.change > 0 else MINUS if need.change < 0 else ""
    return f"{first}, {need.latest} on {shown_date(need.latest_on)} ({sign}{abs(need.change)})"


IOM: tuple[Column[IomRow], ...] = (
    Column(key="reference", heading="Id", kind=columns.Kind.REF, width=16, text=lambda row: row.reference),
    Column(
        key="cohort",
        heading="Cohort",
        width=9,
        spare=3,
        text=lambda row: row.iom_cohort.label if row.iom_cohort else "",
    ),
    Column(
        key="rag",
        heading="RAG",
        width=22,
        text=lambda row: RAG_WORDS[row.rag] if row.rag else "",
        note=_since,
    ),
    Column(key="lead", heading="Lead", width=0, text=lambda row: row.lead_agency, note=lambda row: row.lead_officer),
    Column(
        key="spell",
        heading="Selected",
        kind=columns.Kind.DATE,
        width=15,
        spare=2,
        text=lambda row: shown_date(row.spell.started) if row.spell else "",
        note=lambda row: "" if row.is_current else "not now",
        sort_key=lambda row: row.spell.started.toordinal() if row.spell else None,
    ),
    Column(
        key="review",
        heading="Next review",
        kind=columns.Kind.DATE,
        width=22,
        text=_review,
        tone=lambda row: "error" if row.is_review_overdue else "",
        sort_key=lambda row: row.next_review.toordinal() if row.next_review else None,
    ),
    Column(
        key="months",
        heading="Months since last offence",
        kind=columns.Kind.NUMBER,
        width=22,
        spare=1,
        text=lambda row: "" if row.months_since_last_offence is None else f"{row.months_since_last_offence:,}",
        sort_key=lambda row: row.months_since_last_offence,
        tooltip=lambda row: f"Last proven offence on {shown_date(row.last_offence_on) or 'no day known'}",
    ),
    Column(key="needs", heading="Needs", width=22, spare=4, text=needs_words),
)


class IomPane(QFrame):
    """One person of the list. ``record_asked(offender_id)`` leads on, ``form_asked(name)`` opens a form."""

    record_asked = Signal(int)
    form_asked = Signal(str)

    def __init__(self, row: IomRow) -> None:
        super().__init__()
        self.row = row
        self.setAccessibleName(row.reference)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(label(SENSITIVE, "strong"))
        column.addWidget(label(row.reference, "section"))
        for heading, facts in self._parts(row):
            column.addSpacing(px(4))
            column.addWidget(label(heading, "strong"))
            for name, value in facts or [("", "nothing recorded")]:
                add_fact(column, name, value)
        column.addStretch()
        outer.addWidget(scrolling(inside, row.reference, sideways=False), 1)
        outer.addWidget(self._foot())

    def _parts(self, row: IomRow) -> list[tuple[str, list[tuple[str, str]]]]:
        statuses = [
            (shown_date(each.dated), ". ".join(part for part in (RAG_WORDS[each.rag], each.note) if part))
            for each in reversed(row.statuses)
        ]
        spells = []
        for each in reversed(row.spells):
            first, until = shown_date(each.started), shown_date(each.ended)
            reasons = (
                f"Selected: {each.selected_because}." if each.selected_because else "",
                f"De-selected: {each.deselected_because}." if each.deselected_because else "",
            )
            spells.append(
                (f"{first} to {until}" if until else f"since {first}", " ".join(part for part in reasons if part))
            )
        needs = [(need.pathway.label, f"{change_words(need)} {need.instrument}".strip()) for need in row.needs]
        offences = [("In the last 12 months", counted(row.offences_in_months, "proven offence"))]
        return [("Offences", offences), ("RAG history", statuses), ("Spells", spells), ("Needs by pathway", needs)]

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("zone", "foot")
        flow = Flow(px(8), foot)
        flow.setContentsMargins(px(20), px(10), px(20), px(10))
        self.open_button = button("Open the record", lambda: self.record_asked.emit(self.row.offender_id), "primary")
        flow.addWidget(self.open_button)
        for words, name in (
            ("RAG", "status"),
            ("De-select" if self.row.is_current and self.row.spell else "Select", "spell"),
            ("Review and lead", "review"),
        ):
            flow.addWidget(button(words, partial(self.form_asked.emit, name)))
        return foot


class IomScreen(Screen):
    """The list. Choosing a row opens its detail, Enter the person's record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Integrated Offender Management", sensitive=True)
        self._rows: list[IomRow] = []
        self.pane: IomPane | None = None
        self.model: TableModel[IomRow] = TableModel(IOM, self)
        self.table = TableView(self.model, "People under Integrated Offender Management", lines=2)
        self.table.set_widths(desk.remembered.widths("iom"))
        self.table.widths_changed.connect(lambda: desk.remembered.keep_widths("iom", self.table.widths()))
        self.table.row_chosen.connect(lambda _id: self._show_pane())
        self.table.row_opened.connect(lambda offender_id: self.opened.emit(Where(Kind.PERSON, offender_id)))
        self.table.edit_asked.connect(lambda _id: self._on_form("review"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        empty = label(EMPTY, wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        empty.setMaximumWidth(px(600))
        empty.setContentsMargins(0, px(24), 0, 0)
        self._stack.addWidget(empty)
        self.column.addWidget(self.add_filter("Filter by id, lead or RAG", self.model.filter))
        self.column.addWidget(self._stack, 1)

    @override
    def show_where(self, where: Where) -> None:
        note_consulted(self.desk.store, "Looked at the list of Integrated Offender Management")

    @override
    def reread(self) -> None:
        self._rows = list_iom(self.desk.store, self.desk.today())
        self.model.set_source(RowsInHand(IOM, self._rows, lambda row: row.offender_id))
        self._stack.setCurrentIndex(0 if self._rows else 1)
        now = sum(row.is_current for row in self._rows)
        overdue = sum(row.is_review_overdue for row in self._rows)
        late = f", {counted(overdue, 'review')} overdue" if overdue else ""
        self.say_counts(f"{counted(now, 'person', 'people')} selected now{late}" if self._rows else "")
        if self.pane is not None:
            self._show_pane()

    def _show_pane(self) -> None:
        row = self.table.chosen_row()
        before, self.pane = self.pane, None
        if row is None:
            self.pane_wanted.emit(None)
        else:
            self.pane = IomPane(row)
            self.pane.record_asked.connect(lambda offender_id: self.opened.emit(Where(Kind.PERSON, offender_id)))
            self.pane.form_asked.connect(self._on_form)
            self.pane_wanted.emit(self.pane)
        if before is not None:
            before.deleteLater()

    def _on_form(self, name: str) -> None:
        row = self.table.chosen_row()
        if row is None:
            return
        store, today = self.desk.store, self.desk.today()
        if name == "status":
            self.form_asked.emit(adding_status(store, row.offender_id, today))
        elif name == "review":
            self.form_asked.emit(editing_offender(store, row.offender_id, today))
        elif row.is_current and row.spell:
            spec = editing_spell(store, row.offender_id, row.spell.id, today)
            self.form_asked.emit(replace(spec, title=f"De-select {row.reference}", begins="ended"))
        else:
            self.form_asked.emit(adding_spell(store, row.offender_id, today, SpellKind.IOM))

    @override
    def form_closed(self) -> None:
        self._show_pane()
        self.take_focus()

    @override
    def step_back(self) -> bool:
        if self.table.chosen() is not None and self.pane is not None:
            self.table.choose(None)
            return True
        return super().step_back()

    @override
    def take_focus(self) -> None:
        self.table.setFocus()
