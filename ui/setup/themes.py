"""A plan's themes, strands and objectives, in the plan's own order."""

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override

from csp_desktop.queries.plans import PlanRow, list_objectives, list_plans, list_themes
from ui.desk import Desk
from ui.forms.controls import ChoiceBox
from ui.forms.themes import NEW_OBJECTIVE, NEW_THEME, OBJECTIVE, THEME, objective_form, theme_form
from ui.setup.section import Section
from ui.tables.columns import Column, Kind, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a plan: a theme, a strand or an objective. ``line`` counts from 0 down the table."""

    line: int
    kind: str
    row_id: int
    number: str
    title: str
    note: str
    actions: int


COLUMNS: tuple[Column[Part], ...] = (
    Column(key="number", heading="No.", width=8, text=lambda part: part.number, sort_key=lambda part: part.line),
    Column(
        key="title",
        heading="Theme or objective",
        kind=Kind.LONG_TEXT,
        width=0,
        text=lambda part: part.title,
        tooltip=lambda part: part.title,
    ),
    Column(key="kind", heading="Kind", width=11, spare=1, text=lambda part: part.kind),
    Column(key="note", heading="Delivered by, also serves", width=32, spare=3, text=lambda part: part.note),
    Column(
        key="actions",
        heading="Actions",
        kind=Kind.NUMBER,
        width=9,
        spare=2,
        text=lambda part: str(part.actions) if part.actions else "",
        sort_key=lambda part: part.actions or None,
    ),
)


class ThemesSection(Section):
    """One plan's parts; the chosen one is edited in the pane."""

    def __init__(self, desk: Desk) -> None:
        told = "What the chosen plan consists of. An objective has one home theme and may serve others."
        super().__init__(desk, "Themes and objectives", told)
        self._plans: Sequence[PlanRow] = ()
        self._plan_id: int | None = None
        self._parts: Sequence[Part] = ()
        self.choice = ChoiceBox()
        self.choice.setAccessibleName("Plan")
        self.choice.setMinimumContentsLength(28)
        self.choice.setMinimumWidth(px(160))  # it gives way beside a form at 200 %
        self.choice.activated.connect(self._on_plan)
        self.bar.addWidget(self.choice)
        self.add_button("Add theme", self.add_theme, "primary")
        self.add_button("Add objective", self.add_objective)
        self.model: TableModel[Part] = TableModel(COLUMNS, self)
        self.table = TableView(self.model, "Themes and objectives")
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_chosen)
        self.table.edit_asked.connect(self._on_chosen)
        self.column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    @override
    def reread(self) -> None:
        self._plans = list_plans(self.desk.store)
        if self._plan_id not in {plan.id for plan in self._plans}:
            self._plan_id = self._plans[0].id if self._plans else None
        self.choice.clear()
        self.choice.addItems([plan.title for plan in self._plans])
        at = next((at for at, plan in enumerate(self._plans) if plan.id == self._plan_id), -1)
        self.choice.setCurrentIndex(at)
        self._parts = [] if self._plan_id is None else self._read(self._plan_id)
        self.model.set_source(RowsInHand(COLUMNS, self._parts, lambda part: part.line))

    def _read(self, plan_id: int) -> list[Part]:
        store = self.desk.store
        objectives = list_objectives(store, plan_id)
        parts: list[Part] = []
        for theme in list_themes(store, plan_id):
            kind = "Strand" if theme.depth else "Theme"
            line = len(parts)
            parts.append(Part(line, kind, theme.id, theme.number, theme.title, "", theme.actions))
            for row in (row for row in objectives if row.theme_id == theme.id):
                note = "; ".join(part for part in (row.strategy, *row.serves) if part)
                parts.append(Part(len(parts), "Objective", row.id, row.number, row.title, note, row.actions))
        return parts

    @override
    def leave(self) -> None:
        self.table.choose(None)

    def add_theme(self) -> None:
        """Open the form of a new theme."""
        if self._plan_id is not None:
            self.form_asked.emit(theme_form(self.desk.store, self._plan_id, None))

    def add_objective(self) -> None:
        """Open the form of a new objective."""
        if self._plan_id is not None:
            self.form_asked.emit(objective_form(self.desk.store, self._plan_id, None))

    def _on_plan(self, at: int) -> None:
        self._show_plan(self._plans[at].id)

    def _show_plan(self, plan_id: int) -> None:
        self._plan_id = plan_id
        self.table.choose(None)
        self.reread()

    def _on_chosen(self, line: int | None) -> None:
        if line is None or self._plan_id is None:
            self.pane_closed.emit()
            return
        part = self._parts[line]
        form = objective_form if part.kind == "Objective" else theme_form
        self.form_asked.emit(form(self.desk.store, self._plan_id, part.row_id))

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> bool:
        forms = {THEME: theme_form, NEW_THEME: theme_form, OBJECTIVE: objective_form, NEW_OBJECTIVE: objective_form}
        if name in forms:
            self._show_plan(ids[0])
            self.form_asked.emit(forms[name](self.desk.store, ids[0], ids[1] if len(ids) > 1 else None))
        return name in forms
