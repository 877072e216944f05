"""Carrying a superseded plan's open actions over into the plan that follows it, with where each of them stands."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.refs import next_refs
from csp_desktop.commands.rows import get_row
from csp_desktop.rules.folding import fold
from models.base import Row
from models.plan import Action, ActionSupport, Milestone, Plan, ProgressUpdate, RagValue, Theme
from models.vocabulary import LifecycleStatus

_ACTION = (
    "title",
    "title_folded",
    "description",
    "lead_person_id",
    "lead_organisation_id",
    "lead_text",
    "status",
    "start",
    "start_text",
    "baseline_due",
    "forecast_due",
    "due_kind",
    "due_text",
    "review_date",
    "percent",
    "success_measure",
    "resources",
)
_SUPPORT = ("person_id", "organisation_id", "position")
_MILESTONE = ("title", "status", "baseline_due", "forecast_due", "actual_end", "position")
_UPDATE = (
    "dated",
    "period",
    "author_person_id",
    "author_text",
    "done",
    "next_steps",
    "rag",
    "rag_text",
    "reason",
    "recovery_date",
    "forecast_due",
    "percent",
    "help_needed",
)


def carry_over(session: Session, plan_id: int, by_plan_id: int) -> list[str]:
    """Carry the open actions over within the caller's transaction and return their new refs.

    Each is a new action of the new plan that points back to the old one, which is closed. It keeps its supporters,
    its open milestones and its position: the latest update and the latest that gives a RAG which the new plan's
    scheme has. The whole history stays with the old action.
    """
    actions = session.scalars(select(Action).where(Action.plan_id == plan_id).order_by(Action.id)).all()
    going = [action for action in actions if action.status.is_open]
    themes = {
        fold(theme.title): theme.id for theme in session.scalars(select(Theme).where(Theme.plan_id == by_plan_id))
    }
    old_themes = {theme.id: theme.title for theme in session.scalars(select(Theme).where(Theme.plan_id == plan_id))}
    letters = _letters(session, by_plan_id)
    refs = next_refs(session, len(going))
    for ref, old in zip(refs, going, strict=True):
        heading = old_themes.get(old.theme_id or 0, old.theme_text)
        theme_id = themes.get(fold(heading))
        new = Action(
            ref=ref,
            plan_id=by_plan_id,
            theme_id=theme_id,
            theme_text="" if theme_id else heading,
            carried_from_id=old.id,
            **_values(old, _ACTION),
        )
        session.add(new)
        session.flush()
        _carry_parts(session, old.id, new.id, letters)
        old.status = LifecycleStatus.CLOSED
    return refs


def _letters(session: Session, plan_id: int) -> set[str]:
    scheme = get_row(session, Plan, plan_id).rag_scheme_id
    return set(session.scalars(select(RagValue.letter).where(RagValue.scheme_id == scheme)))


def _carry_parts(session: Session, old_id: int, new_id: int, letters: set[str]) -> None:
    for support in session.scalars(select(ActionSupport).where(ActionSupport.action_id == old_id)):
        session.add(ActionSupport(action_id=new_id, **_values(support, _SUPPORT)))
    for milestone in session.scalars(select(Milestone).where(Milestone.action_id == old_id)):
        if milestone.status.is_open:
            session.add(Milestone(action_id=new_id, **_values(milestone, _MILESTONE)))
    for update in _position(session, old_id, letters):
        values = _values(update, _UPDATE)
        values["rag"] = update.rag if update.rag in letters else None
        session.add(ProgressUpdate(action_id=new_id, **values))


def _position(session: Session, action_id: int, letters: set[str]) -> list[ProgressUpdate]:
    """Return the update that an action's RAG is from and its latest one, which are often the same; oldest first."""
    query = select(ProgressUpdate).where(
        ProgressUpdate.action_id == action_id, ProgressUpdate.superseded_by_id.is_(None)
    )
    updates = session.scalars(query.order_by(ProgressUpdate.dated, ProgressUpdate.id)).all()
    rated = [update for update in updates if update.rag in letters][-1:]
    return [update for update in updates if update in rated or update is updates[-1]]


def _values(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
