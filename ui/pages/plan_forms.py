"""The forms that the plan page opens, and the status set without one."""

from collections.abc import Callable

from csp_desktop.charts.rag import RagMark
from csp_desktop.commands.actions import set_status
from csp_desktop.queries.actions import ActionRow
from csp_desktop.queries.plans import PlanRow
from models.vocabulary import LifecycleStatus
from ui.desk import Desk
from ui.forms.actions import (
    ADD_MILESTONE,
    EDIT_ACTION,
    EDIT_MILESTONE,
    POST_UPDATE,
    REBASELINE,
    PlanWords,
    adding,
    adding_milestone,
    editing,
    editing_milestone,
    rebaselining,
    updating,
)
from ui.forms.form import FormSpec
from ui.pages.plan_tree import Branch


class PlanForms:
    """``opened`` is handed each form."""

    def __init__(self, desk: Desk, opened: Callable[[FormSpec], None]) -> None:
        self._desk = desk
        self._open = opened

    def _words(self, plan_id: int) -> PlanWords:
        return PlanWords.read(self._desk.store, plan_id, self._desk.today())

    def add(self, plan: PlanRow, branch: Branch) -> None:
        """Open the form of a new action, on the branch that the tree shows."""
        words = self._words(plan.id)
        home = next((row.theme_id for row in words.objectives if row.id == branch.objective_id), None)
        theme_id = int(branch.key.removeprefix("theme-")) if branch.key.startswith("theme-") else home
        self._open(adding(self._desk.store, words, theme_id, branch.objective_id))

    def edit(self, row: ActionRow) -> None:
        """Open the form of an action."""
        self._open(editing(self._desk.store, self._words(row.plan_id), row.id))

    def update(self, row: ActionRow, marks: tuple[RagMark, ...]) -> None:
        """Open the form of a progress update."""
        self._open(updating(self._desk.store, row, marks, self._desk.today()))

    def milestone(self, row: ActionRow, milestone_id: int | None) -> None:
        """Open the form of a milestone, a new one without an id."""
        store, today = self._desk.store, self._desk.today()
        if milestone_id is None:
            self._open(adding_milestone(store, row, today))
        else:
            self._open(editing_milestone(store, row, milestone_id, today))

    def rebaseline(self, row: ActionRow) -> None:
        """Open the form that changes an approved baseline."""
        self._open(rebaselining(self._desk.store, row, self._desk.today()))

    def set_status(self, row: ActionRow, status: LifecycleStatus) -> None:
        """Move an action's lifecycle on, as at today."""
        if row.status is not status:
            set_status(self._desk.store, row.id, status, self._desk.today())

    def again(self, name: str, row: ActionRow, marks: tuple[RagMark, ...], last_id: int) -> None:
        """Open a form by its name, as it was before a lock."""
        opening: dict[str, Callable[[], None]] = {
            EDIT_ACTION: lambda: self.edit(row),
            POST_UPDATE: lambda: self.update(row, marks),
            ADD_MILESTONE: lambda: self.milestone(row, None),
            EDIT_MILESTONE: lambda: self.milestone(row, last_id),
            REBASELINE: lambda: self.rebaseline(row),
        }
        opening[name]()
