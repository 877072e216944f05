"""The actions of the town-centre plan, and which partnership actions each of them serves."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.charts.rag import RagMark
from csp_desktop.commands.town_centre import unlink_action
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.plans import PlanRow, list_rag_values
from csp_desktop.queries.town_centre import Served, served_actions, town_centre_plan
from ui.board.detail import Detail, Fact
from ui.desk import Desk
from ui.forms.actions import PlanWords, adding
from ui.reoffending.figure_words import counted
from ui.screens.screen import Screen
from ui.tables.actions import columns, due_words, lateness_words
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.town_centre.forms import linking_action
from ui.town_centre.kinds import PLAN
from ui.town_centre.plan_absent import PlanAbsent
from ui.widgets import RowLink, button

NO_ACTIONS = "The plan has no actions yet. Add one here, or bring in owners' spreadsheets on the Imports page."


class ActionsScreen(Screen):
    """Choosing an action shows what it serves; Enter leads to it on the Plan page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Town centre actions")
        self.plan: PlanRow | None = None
        self.pane: Detail | None = None
        self._served: dict[int, list[Served]] = {}
        self._marks: tuple[RagMark, ...] = ()
        self.add_button = self.add_tool("Add an action", self.add, "primary")
        self.model: TableModel[ActionRow] = TableModel(self._columns(), self)
        self.table = TableView(self.model, "Actions of the town centre", lines=2)
        self.table.row_opened.connect(lambda action_id: self.went_to.emit(PLAN, action_id))
        self.table.edit_asked.connect(lambda action_id: self.went_to.emit(PLAN, action_id))
        self.table.row_chosen.connect(lambda _id: self._show_pane())
        shown, self.absent = QWidget(), PlanAbsent(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.add_filter("Filter actions", self.model.filter))
        column.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(shown)
        nothing = QWidget()
        around = QVBoxLayout(nothing)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.absent)
        around.addStretch()
        self._stack.addWidget(nothing)
        self.column.addWidget(self._stack, 1)

    def _columns(self) -> Sequence[Column[ActionRow]]:
        serves: Column[ActionRow] = Column(
            key="serves",
            heading="Serves",
            width=14,
            spare=2,
            text=lambda row: ", ".join(link.ref for link in self._served.get(row.id, ())),
        )
        return (*columns(self._marks), serves)

    @override
    def reread(self) -> None:
        store, today = self.desk.store, self.desk.today()
        self.plan = plan = town_centre_plan(store)
        self._stack.setCurrentIndex(1 if plan is None else 0)
        self.add_button.setVisible(plan is not None and plan.is_open)
        if plan is None:
            self.say_counts("")
            return
        values = list_rag_values(store, plan.rag_scheme_id)
        self._marks = tuple(RagMark(v.letter, v.word, v.shape, v.fill, v.ink) for v in values)
        self._served = served_actions(store, plan.id)
        rows = list_actions(store, View(today), plan.id)
        told = tuple(self._columns())
        self.model.set_columns(told)
        self.model.set_source(RowsInHand(told, rows, lambda row: row.id, lambda row: row.search_text()))
        self.say_counts(f"{counted(len(rows), 'action')} in {plan.title}" if rows else NO_ACTIONS)
        if self.pane is not None:
            self._show_pane()

    def add(self) -> None:
        """Open the form of a new action of the plan."""
        if self.plan is not None:
            words = PlanWords.read(self.desk.store, self.plan.id, self.desk.today())
            self.form_asked.emit(adding(self.desk.store, words, None, None))

    def link(self, action_id: int) -> None:
        """Open the form that links an action to one of the partnership's plan."""
        if self.plan is not None:
            spec = linking_action(self.desk.store, self.plan.id, action_id, self.desk.today())
            self.form_asked.emit(spec)

    def unlink(self, link: Served) -> None:
        """Take a link away."""
        unlink_action(self.desk.store, link.action_id, link.serves_id)
        self.told.emit(f"The link to {link.ref} was taken away. Ctrl+Z brings it back.")

    def _show_pane(self) -> None:
        row = self.table.chosen_row()
        before, self.pane = self.pane, None
        if row is None:
            self.pane_wanted.emit(None)
        else:
            self.pane = self._made(row)
            self.pane_wanted.emit(self.pane)
        if before is not None:
            before.deleteLater()

    def _made(self, row: ActionRow) -> Detail:
        late = lateness_words(row)
        facts: list[Fact] = [
            ("Strand", row.theme or row.theme_text),
            ("Lead", row.lead or "no lead"),
            ("Due", ", ".join(part for part in (due_words(row), late) if part) or "no date"),
            ("Status", row.status.label),
            ("Latest update", row.latest_update or "no update"),
        ]
        links = self._served.get(row.id, [])
        facts += [("Serves" if not at else "", self._link(link)) for at, link in enumerate(links)]
        said = "" if links else "It is not linked to an action of the partnership's plan yet."
        deeds = [
            ("Open on the Plan page", partial(self.went_to.emit, PLAN, row.id)),
            ("Link to a partnership action", partial(self.link, row.id)),
        ]
        return Detail(f"{row.ref} {row.title}", said, facts, deeds)

    def _link(self, link: Served) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(RowLink(f"{link.ref} {link.title}", partial(self.went_to.emit, PLAN, link.serves_id)))
        unlink = button("Take the link away", partial(self.unlink, link), "link")
        unlink.setAccessibleName(f"Take the link to {link.ref} away")
        column.addWidget(unlink)
        return made

    @override
    def pane_gone(self) -> None:
        before, self.pane = self.pane, None
        if before is not None:
            before.deleteLater()

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
        (self.table if self.plan is not None else self.absent.adopt_button).setFocus()
