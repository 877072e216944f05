"""The plan: themes and objectives as a tree, the table of actions, and the chosen action in the pane."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.charts.rag import RagMark
from csp_desktop.errors import CspError
from csp_desktop.queries.actions import ActionRow
from csp_desktop.queries.details import action_facts
from csp_desktop.queries.plans import PlanRow, list_objectives, list_plans, list_rag_values, list_themes
from models.vocabulary import LifecycleStatus
from ui.desk import Desk
from ui.flow import Flow
from ui.forms.actions import ADD_ACTION
from ui.forms.controls import ChoiceBox
from ui.forms.form import Form, FormSpec
from ui.pages.action_pane import ActionPane, Shown
from ui.pages.page import Page
from ui.pages.plan_forms import PlanForms
from ui.pages.plan_rows import CHIPS, PlanRows
from ui.pages.plan_tree import PlanTree
from ui.search import Found
from ui.tables.actions import columns
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button, label

TREE_PX = 200
NARROW_PX = 760
TIGHT_PX = 420


class PlanPage(Page):
    """One plan at a time; the newest open one first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Plan")
        self._plans: Sequence[PlanRow] = ()
        self._plan: PlanRow | None = None
        self._rows: PlanRows | None = None
        self._offered: list[Found] | None = None
        self._marks: tuple[RagMark, ...] = ()
        self._fill_head()
        self.tree = PlanTree()
        self.tree.chosen.connect(self._show_rows)
        self.model: TableModel[ActionRow] = TableModel(columns(()), self)
        self.table = TableView(self.model, "Actions", lines=2)
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_opened)
        self.table.edit_asked.connect(lambda _row: self.edit())
        self.table.widths_changed.connect(lambda: desk.remembered.keep_widths("actions", self.table.widths()))
        self.pane = ActionPane(desk.store)
        self.forms = PlanForms(desk, self._open_form)
        self.pane.update_asked.connect(self.post_update)
        self.pane.edit_asked.connect(self.edit)
        self.pane.milestone_asked.connect(self._on_milestone)
        self.pane.rebaseline_asked.connect(self._on_rebaseline)
        self.pane.status_asked.connect(self._on_status)
        self.pane.action_asked.connect(self.go_to)
        self.pane.form_closed.connect(self._on_form_closed)
        self.body.addLayout(self._chip_row())
        self.body.addWidget(self._middle(), 1)
        self.table.set_widths(desk.remembered.widths("actions"))

    def _fill_head(self) -> None:
        self.choice = ChoiceBox()
        self.choice.setAccessibleName("Plan")
        self.choice.activated.connect(self._on_plan)
        self.choice.hide()
        self.head.addWidget(self.choice)
        self.add_button = button("Add action", self.add, "primary")
        self.head.addWidget(self.add_button)

    def _chip_row(self) -> QHBoxLayout:
        chips = Flow(px(8))
        self.themes_chip = button("Themes", self._fit_tree, "chip")
        self.themes_chip.setCheckable(True)
        chips.addWidget(self.themes_chip)
        self.chips: dict[str, QPushButton] = {}
        for name in CHIPS:
            chip = button(name, self._show_rows, "chip")
            chip.setCheckable(True)
            self.chips[name] = chip
            chips.addWidget(chip)
        row = QHBoxLayout()
        row.addLayout(chips, 6)
        row.addWidget(self.add_filter("Filter actions", self._on_filter), 3)
        return row

    def _middle(self) -> QWidget:
        self._empty = QWidget()
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(px(16), px(40), px(16), px(16))
        self._empty_words = label("", "muted", wrap=True)
        self._empty_words.setMaximumWidth(px(460))
        column.addWidget(self._empty_words)
        self.show_all = button("Show all actions", self._on_show_all, "link")
        self.bring_in = button("Bring in a workbook", lambda: self.went_to.emit("imports", ()), "link")
        column.addWidget(self.show_all, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.bring_in, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.addWidget(self.tree)
        split.addWidget(self._stack)
        split.setStretchFactor(1, 1)
        split.setSizes([px(TREE_PX), px(700)])
        return split

    def _fit_tree(self) -> None:
        """Show the tree where there is room for it, else only when it is asked for."""
        narrow = self.width() < px(NARROW_PX)
        self.themes_chip.setVisible(narrow)
        self.tree.setVisible(not narrow or self.themes_chip.isChecked())
        for chip in self.chips.values():
            chip.setVisible(self.width() >= px(TIGHT_PX) or chip.isChecked())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tree()

    @override
    def reread(self) -> None:
        store = self.desk.store
        self._plans = list_plans(store)
        wanted = None if self._plan is None else self._plan.id
        self._plan = next((plan for plan in self._plans if plan.id == wanted), self._plans[0] if self._plans else None)
        if self._plan is None:
            return
        values = list_rag_values(store, self._plan.rag_scheme_id)
        self._marks = tuple(RagMark(v.letter, v.word, v.shape, v.fill, v.ink) for v in values)
        self.model.set_columns(columns(self._marks))
        self._rows = PlanRows(self.desk, self._plan.id, self._marks)
        self._offered = None
        themes, objectives = list_themes(store, self._plan.id), list_objectives(store, self._plan.id)
        self.tree.fill(themes, objectives, self._rows.counts())
        self._show_plan(self._plan)
        self._show_rows()
        self._show_pane()
        self._rows.read_ahead()

    def _show_plan(self, plan: PlanRow) -> None:
        self.title.say(plan.title)
        self.add_button.setEnabled(plan.is_open)
        self.add_button.setToolTip("" if plan.is_open else "This plan is closed; add actions to the one after it.")
        self.choice.setVisible(len(self._plans) > 1)
        self.choice.clear()
        self.choice.addItems([row.title for row in self._plans])
        self.choice.setCurrentIndex(self._plans.index(plan))

    def _show_rows(self) -> None:
        if self._rows is None:
            return
        pressed = [name for name, chip in self.chips.items() if chip.isChecked()]
        narrowed = self._rows.narrowed(self.tree.branch(), pressed)
        for name, chip in self.chips.items():
            count = narrowed.counts[name]
            chip.setText(f"{name} {count:,}" if count else name)
        self.model.set_source(self._rows.source(self.model.columns, narrowed.ids))
        self._count()

    def _count(self) -> None:
        if self._rows is None:
            return
        shown, total = self.model.rowCount(), len(self._rows)
        late, stale = self._rows.overdue, self._rows.stale
        parts = [f"{shown:,} of {total:,} actions" if shown != total else _counted(total)]
        if late:
            parts.append(f"{late:,} overdue")
        if stale:
            parts.append(f"{stale:,} not updated")
        self.say_counts(", ".join(parts))
        self._stack.setCurrentWidget(self.table if shown else self._empty)
        told = "No action fits this filter." if total else "No actions yet. Add the first one, or bring in a workbook."
        self._empty_words.setText(told)
        self.show_all.setVisible(bool(total))
        self.bring_in.setVisible(not total)

    def _show_pane(self) -> None:
        row = self._chosen_row()
        if row is not None:
            self.pane.show_action(self._shown(row))
        elif self.pane.form is None:
            self.pane_wanted.emit(None)

    def _shown(self, row: ActionRow) -> Shown:
        return Shown(row, self._marks, self._plan is not None and self._plan.approved_on is not None)

    def _chosen_row(self) -> ActionRow | None:
        return None if self._rows is None else self._rows.row(self.table.chosen())

    def _on_filter(self, text: str) -> None:
        self.model.filter(text)
        self._count()

    def _on_show_all(self) -> None:
        for chip in self.chips.values():
            chip.setChecked(False)
        if self.filter_line is not None:
            self.filter_line.clear()
        self.tree.choose_all()
        self._show_rows()

    def _on_plan(self, at: int) -> None:
        self._plan = self._plans[at]
        self.table.choose(None)
        self.reread()

    def _on_chosen(self, _row_id: int | None) -> None:
        row = self._chosen_row()
        if row is not None:
            self.pane.show_action(self._shown(row))
            self.pane_wanted.emit(self.pane)
        elif self.pane.form is None:
            self.pane_wanted.emit(None)

    def _on_opened(self, _row_id: int) -> None:
        self.pane_wanted.emit(self.pane)
        self.pane.update_button.setFocus()

    def _on_form_closed(self) -> None:
        if self._chosen_row() is None:
            self.pane_wanted.emit(None)
        self.table.setFocus()

    def _open_form(self, spec: FormSpec) -> None:
        self.pane_wanted.emit(self.pane)
        self.pane.open_form(spec)

    def add(self) -> None:
        """Open the form of a new action, on the branch that the tree shows."""
        if self._plan is not None:
            self.forms.add(self._plan, self.tree.branch())

    def edit(self) -> None:
        """Open the form of the chosen action."""
        if (row := self._chosen_row()) is not None:
            self.forms.edit(row)

    @override
    def post_update(self) -> None:
        row = self._chosen_row()
        if row is None:
            super().post_update()
        else:
            self.forms.update(row, self._marks)

    def _on_milestone(self, milestone_id: int | None) -> None:
        if (row := self._chosen_row()) is not None:
            self.forms.milestone(row, milestone_id)

    def _on_rebaseline(self) -> None:
        if (row := self._chosen_row()) is not None:
            self.forms.rebaseline(row)

    def _on_status(self, status: LifecycleStatus) -> None:
        if (row := self._chosen_row()) is not None:
            self.forms.set_status(row, status)

    @override
    def form_shown(self) -> Form | None:
        return self.pane.form

    @override
    def show_form(self) -> None:
        self.pane_wanted.emit(self.pane)

    @override
    def open_again(self, name: str, ids: tuple[int, ...]) -> None:
        plan_id, *rest = ids
        self._show_plan_of(plan_id)
        if name == ADD_ACTION:
            self.add()
            return
        self.go_to(rest[0])
        row = self._chosen_row()
        if row is None:
            raise CspError("This action is no longer in the store: it was taken out by an undo.")
        self.forms.again(name, row, self._marks, rest[-1])

    def _show_plan_of(self, plan_id: int) -> None:
        at = next((at for at, plan in enumerate(self._plans) if plan.id == plan_id), None)
        if at is not None and (self._plan is None or self._plan.id != plan_id):
            self._on_plan(at)

    @override
    def take_focus(self) -> None:
        self.table.setFocus()

    @override
    def step_back(self) -> bool:
        if self.pane.step_back():
            return True
        if self.table.chosen() is not None:
            self.table.choose(None)
            return True
        return super().step_back()

    @override
    def go_to(self, row_id: object) -> None:
        if isinstance(row_id, str):
            self._on_show_all()
            self.chips[row_id].setChecked(True)
            self._show_rows()
        if isinstance(row_id, int):
            if self._rows is None or row_id not in self._rows:
                self._show_plan_of(action_facts(self.desk.store, row_id).plan_id)
            if self.model.position_of(row_id) is None:
                self._on_show_all()
            self.table.choose(row_id)
            self.table.setFocus()

    @override
    def offered(self) -> list[Found]:
        if self._offered is None:
            titles = [] if self._rows is None else self._rows.titles()
            self._offered = [Found(words, "Action", partial(self.went_to.emit, "plan", at)) for at, words in titles]
        return self._offered


def _counted(total: int) -> str:
    return "1 action" if total == 1 else f"{total:,} actions"
