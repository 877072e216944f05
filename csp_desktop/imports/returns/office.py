"""What the office holds of the plan that a returned workbook is of, in the form in which workbooks say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from csp_desktop.exports.positions import MilestoneFacts, action_cells, all_said, milestone_cells, milestones_of
from csp_desktop.imports.known import KnownPeople, KnownPlan, known_people, known_plan
from csp_desktop.imports.returns.cell_texts import ListWords
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.plans import PlanRow, list_rag_values
from csp_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Office:
    """A plan as an import compares with it. ``mine``: action id to what a workbook would say of it today.

    ``follows``: the id of an action of a former plan to the id of the one that it was carried over as.
    """

    plan: PlanRow
    known: KnownPlan
    people: KnownPeople
    words: ListWords
    today: date
    mine: Mapping[int, Mapping[str, str]]
    milestones: Mapping[int, MilestoneFacts]
    milestones_said: Mapping[int, Mapping[str, str]]
    follows: Mapping[int, int]

    def action_of(self, row_key: str) -> int | None:
        """Return the action that a row of the workbook ("A12") is now, None where it is gone."""
        action_id = int(row_key[1:])
        action_id = self.follows.get(action_id, action_id)
        return action_id if action_id in self.known.actions else None


def office_of(store: Store, plan: PlanRow, today: date) -> Office:
    """Read a plan with everything that a returned workbook is compared with."""
    known = known_plan(store, plan)
    words = ListWords(tuple(list_rag_values(store, plan.rag_scheme_id)))
    rows = list_actions(store, View(today), plan.id)
    with store.read() as connection:
        milestones = {row.id: row for row in milestones_of(connection, list(known.actions))}
    carried = {
        before: action.id
        for action in known.actions.values()
        if (before := action.values["carried_from_id"]) is not None
    }
    return Office(
        plan=plan,
        known=known,
        people=known_people(store),
        words=words,
        today=today,
        mine={row.id: all_said(action_cells(row, words.rag_words)) for row in rows},
        milestones=milestones,
        milestones_said={key: all_said(milestone_cells(row)) for key, row in milestones.items()},
        follows=carried,
    )
