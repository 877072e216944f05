"""Commands on actions: add, edit, report progress, milestones, re-baseline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.commands.refs import next_refs
from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.errors import CspError
from csp_desktop.rules.folding import fold
from csp_desktop.rules.validation import FieldError, action_refusals, insist, update_refusals
from csp_desktop.store import Store
from models.plan import (
    Action,
    ActionSupport,
    Milestone,
    Objective,
    Plan,
    ProgressUpdate,
    RagValue,
    Rebaseline,
    Theme,
)
from models.vocabulary import DueKind, LifecycleStatus


class ActionValues(TypedDict, total=False):
    """What can be changed of an action by hand."""

    title: str
    description: str
    theme_id: int | None
    objective_id: int | None
    lead_person_id: int | None
    lead_organisation_id: int | None
    status: LifecycleStatus
    start: date | None
    baseline_due: date | None
    forecast_due: date | None
    due_kind: DueKind | None
    due_text: str
    actual_end: date | None
    review_date: date | None
    percent: int | None
    success_measure: str
    resources: str


@dataclass(frozen=True, slots=True)
class Supporter:
    """Who supports an action: a person or an organisation, by id."""

    person_id: int | None = None
    organisation_id: int | None = None


def add_action(store: Store, plan_id: int, supporters: Sequence[Supporter] = (), **values: Unpack[ActionValues]) -> int:
    """Add an action to a plan; return its id. The first due date given is its baseline and its forecast.

    Raises FieldError for a value a form would refuse.
    """
    title = values.get("title", "").strip()
    insist(action_refusals({**values, "title": title}))
    with store.write("Add an action") as session:
        plan = get_row(session, Plan, plan_id)
        ref = next_refs(session, 1)[0]
        action = Action(ref=ref, plan_id=plan.id, title=title, title_folded=fold(title))
        change_row(action, None, {**values, "title": title})
        _first_due(action)
        _check_home(session, action)
        session.add(action)
        session.flush()
        _set_supporters(session, action.id, supporters)
        return action.id


def edit_action(store: Store, action_id: int, version: int, **values: Unpack[ActionValues]) -> None:
    """Change an action; ``version`` is the one the caller read.

    Raises RowChangedError where someone changed the same fields since, FieldError for a refused value, and CspError
    where an approved plan's baseline would change without a re-baseline.
    """
    with store.write("Edit an action") as session:
        action = get_row(session, Action, action_id)
        changes: dict[str, Any] = dict(values)
        present = {field: getattr(action, field) for field in ("start", "baseline_due", "forecast_due", "actual_end")}
        insist(action_refusals(present | changes))
        if "title" in changes:
            changes["title"] = changes["title"].strip()
            changes["title_folded"] = fold(changes["title"])
        baseline = changes.get("baseline_due", action.baseline_due)
        if baseline != action.baseline_due and _is_approved(session, action):
            raise FieldError(
                "baseline_due", "The plan is approved: change its baseline with “Re-baseline”, which asks for a reason."
            )
        change_row(action, version, changes)
        _first_due(action)
        _check_home(session, action)


def set_supporters(store: Store, action_id: int, supporters: Sequence[Supporter]) -> None:
    """Say who supports an action, in order."""
    with store.write("Set who supports an action") as session:
        get_row(session, Action, action_id)
        _set_supporters(session, action_id, supporters)


def set_status(store: Store, action_id: int, status: LifecycleStatus, on: date) -> None:
    """Move an action's lifecycle on; completing it dates its end. ``on`` is the day it happened."""
    with store.write(f"Mark an action {status.label.lower()}") as session:
        action = get_row(session, Action, action_id)
        action.status = status
        if status is LifecycleStatus.COMPLETE and action.actual_end is None:
            action.actual_end = on
        elif status.is_open:
            action.actual_end = None


def rebaseline(store: Store, action_id: int, new_due: date | None, reason: str, on: date) -> None:
    """Change an approved baseline, keeping the old one and the reason. Raises FieldError without a reason."""
    if not reason.strip():
        raise FieldError("reason", "A re-baseline needs a reason: say why the first date no longer holds.")
    with store.write("Re-baseline an action") as session:
        action = get_row(session, Action, action_id)
        session.add(
            Rebaseline(action_id=action_id, on=on, old_due=action.baseline_due, new_due=new_due, reason=reason.strip())
        )
        action.baseline_due = new_due
        if action.forecast_due is None:
            action.forecast_due = new_due


class UpdateValues(TypedDict, total=False):
    """What a progress update says. ``rag`` is a letter of the plan's scheme."""

    period: str
    author_person_id: int | None
    done: str
    next_steps: str
    rag: str | None
    reason: str
    recovery_date: date | None
    forecast_due: date | None
    percent: int | None
    help_needed: str


def post_update(store: Store, action_id: int, dated: date, **values: Unpack[UpdateValues]) -> int:
    """Post a dated progress update; return its id. Its forecast and percentage become the action's present ones.

    Raises FieldError for an empty update, and for Amber or Red without a reason and a recovery date.
    """
    with store.write("Post an update") as session:
        action = get_row(session, Action, action_id)
        insist(update_refusals(values, _needs_reason(session, action, values.get("rag"))))
        update = ProgressUpdate(action_id=action_id, dated=dated, author_text=store.who.display_name, **values)
        session.add(update)
        if update.forecast_due is not None:
            action.forecast_due = update.forecast_due
            _first_due(action)
        if update.percent is not None:
            action.percent = update.percent
        if action.status is LifecycleStatus.NOT_STARTED:
            action.status = LifecycleStatus.IN_PROGRESS
        session.flush()
        return update.id


class MilestoneValues(TypedDict, total=False):
    """What can be changed of a milestone."""

    title: str
    status: LifecycleStatus
    baseline_due: date | None
    forecast_due: date | None
    actual_end: date | None


def add_milestone(store: Store, action_id: int, title: str, due: date | None) -> int:
    """Add a milestone to an action; return its id."""
    if not title.strip():
        raise FieldError("title", "A milestone needs a title: say what will have been reached.")
    with store.write("Add a milestone") as session:
        get_row(session, Action, action_id)
        last = session.scalar(select(func.max(Milestone.position)).where(Milestone.action_id == action_id))
        milestone = Milestone(
            action_id=action_id,
            title=title.strip(),
            baseline_due=due,
            forecast_due=due,
            position=0 if last is None else last + 1,
        )
        session.add(milestone)
        session.flush()
        return milestone.id


def edit_milestone(store: Store, milestone_id: int, version: int, **values: Unpack[MilestoneValues]) -> None:
    """Change a milestone."""
    if "title" in values and not values["title"].strip():
        raise FieldError("title", "A milestone needs a title: say what will have been reached.")
    with store.write("Edit a milestone") as session:
        change_row(get_row(session, Milestone, milestone_id), version, values)


def _set_supporters(session: Session, action_id: int, supporters: Sequence[Supporter]) -> None:
    present = session.scalars(
        select(ActionSupport).where(ActionSupport.action_id == action_id).order_by(ActionSupport.position)
    ).all()
    for position, supporter in enumerate(supporters):
        if position < len(present):
            row = present[position]
            row.person_id, row.organisation_id = supporter.person_id, supporter.organisation_id
            row.position = position
        else:
            session.add(
                ActionSupport(
                    action_id=action_id,
                    person_id=supporter.person_id,
                    organisation_id=supporter.organisation_id,
                    position=position,
                )
            )
    for row in present[len(supporters) :]:
        session.delete(row)


def _first_due(action: Action) -> None:
    """Let the first due date known be both baseline and forecast; afterwards the two move apart."""
    if action.baseline_due is None:
        action.baseline_due = action.forecast_due
    elif action.forecast_due is None:
        action.forecast_due = action.baseline_due


def _check_home(session: Session, action: Action) -> None:
    """Keep an action's theme and objective within its own plan."""
    if action.objective_id is not None and action.theme_id is None:
        action.theme_id = get_row(session, Objective, action.objective_id).theme_id
    if action.theme_id is not None and get_row(session, Theme, action.theme_id).plan_id != action.plan_id:
        raise FieldError("theme_id", "That theme belongs to another plan; choose one of this plan's themes.")
    if action.theme_id is not None and action.theme_text:
        action.theme_text = ""


def _is_approved(session: Session, action: Action) -> bool:
    return get_row(session, Plan, action.plan_id).approved_on is not None


def _needs_reason(session: Session, action: Action, letter: str | None) -> bool:
    if letter is None:
        return False
    scheme_id = get_row(session, Plan, action.plan_id).rag_scheme_id
    value = session.scalar(select(RagValue).where(RagValue.scheme_id == scheme_id, RagValue.letter == letter))
    if value is None:
        raise CspError(f"The plan's RAG scheme has no value {letter}; choose one of its own.")
    return value.needs_reason
