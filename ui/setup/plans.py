"""The plans: dates, approval, and which follows which."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from typing_extensions import override

from csp_desktop.queries.plans import PlanRow, list_plans
from csp_desktop.store import Store
from ui.desk import Desk
from ui.forms.form import FormSpec
from ui.forms.setup import (
    NEW_PLAN,
    PLAN,
    adding_plan,
    adopting_plan,
    approving_plan,
    editing_plan,
    superseding_plan,
)
from ui.forms.words import shown_date
from ui.setup.section import Section
from ui.tables.columns import Column, Kind, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView


def state_words(row: PlanRow) -> str:
    """Say where a plan stands: "Open, approved 3 May 2024", "Followed by ..."."""
    if row.superseded_by is not None:
        return f"Followed by {row.superseded_by}"
    if row.closed_on is not None:
        return f"Closed {shown_date(row.closed_on)}"
    return f"Open, approved {shown_date(row.approved_on)}" if row.approved_on else "Open, not approved yet"


COLUMNS: tuple[Column[PlanRow], ...] = (
    Column(key="title", heading="Plan", width=0, text=lambda row: row.title),
    Column(key="kind", heading="Kind", width=13, spare=5, text=lambda row: row.kind.label),
    Column(
        key="starts",
        heading="Starts",
        kind=Kind.DATE,
        width=12,
        spare=4,
        text=lambda row: shown_date(row.starts),
        sort_key=lambda row: row.starts.toordinal() if row.starts else None,
    ),
    Column(
        key="ends",
        heading="Ends",
        kind=Kind.DATE,
        width=12,
        spare=1,
        text=lambda row: shown_date(row.ends),
        sort_key=lambda row: row.ends.toordinal() if row.ends else None,
    ),
    Column(key="state", heading="Where it stands", width=26, spare=2, text=state_words),
    Column(
        key="actions",
        heading="Actions",
        kind=Kind.NUMBER,
        width=9,
        spare=3,
        text=lambda row: str(row.actions) if row.actions else "",
        sort_key=lambda row: row.actions or None,
    ),
)


class PlansSection(Section):
    """A table of plans; the chosen one is edited in the pane."""

    def __init__(self, desk: Desk) -> None:
        told = "Each plan has its dates, its update cycle and its approval. Choose one to change it."
        super().__init__(desk, "Plans", told)
        self._plans: Sequence[PlanRow] = ()
        self.add_button("Add plan", lambda: self.form_asked.emit(adding_plan(desk.store, desk.today())), "primary")
        self.add_button("Adopt a starter plan", lambda: self.form_asked.emit(adopting_plan(desk.store, desk.today())))
        self.model: TableModel[PlanRow] = TableModel(COLUMNS, self)
        self.table = TableView(self.model, "Plans")
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_chosen)
        self.table.edit_asked.connect(self._on_chosen)
        self.column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    @override
    def reread(self) -> None:
        self._plans = list_plans(self.desk.store)
        self.model.set_source(RowsInHand(COLUMNS, self._plans, lambda row: row.id))

    @override
    def leave(self) -> None:
        self.table.choose(None)

    def _on_chosen(self, plan_id: int | None) -> None:
        row = next((plan for plan in self._plans if plan.id == plan_id), None)
        if row is None:
            self.pane_closed.emit()
            return
        store, today = self.desk.store, self.desk.today()
        more = []
        if row.approved_on is None and row.is_open:
            more.append(("Approve", partial(self._ask, approving_plan, row.id)))
        if row.is_open:
            more.append(("Supersede", partial(self._ask, superseding_plan, row.id)))
        self.form_asked.emit(replace(editing_plan(store, row.id, today), more=tuple(more)))

    def _ask(self, form: Callable[[Store, int, date], FormSpec], plan_id: int) -> None:
        self.form_asked.emit(form(self.desk.store, plan_id, self.desk.today()))

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> bool:
        if name == NEW_PLAN:
            self.form_asked.emit(adding_plan(self.desk.store, self.desk.today()))
        elif name == PLAN:
            self.table.choose(ids[0])
        return name in {NEW_PLAN, PLAN}
