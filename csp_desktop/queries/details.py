"""One action in full: its facts for the form, its updates, its milestones, its supporters and its history."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from csp_desktop.errors import CspError
from csp_desktop.queries.naming import Names
from csp_desktop.row_names import BELONGS
from csp_desktop.store import Store
from models.people import Organisation, Person
from models.plan import Action, ActionSupport, Milestone, ProgressUpdate, Rebaseline
from models.records import AuditChange, AuditEntry
from models.vocabulary import Change, DueKind, LifecycleStatus, StepKind

_OURS = frozenset({"id", "version", "digest", "size"})


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """Everything stored of an action, as a form edits it; ``unread`` keeps, by field, text that could not be read."""

    id: int
    version: int
    ref: str
    plan_id: int
    theme_id: int | None
    theme_text: str
    objective_id: int | None
    title: str
    description: str
    lead_person_id: int | None
    lead_organisation_id: int | None
    lead_text: str
    status: LifecycleStatus
    start: date | None
    start_text: str
    baseline_due: date | None
    forecast_due: date | None
    due_kind: DueKind | None
    due_text: str
    actual_end: date | None
    review_date: date | None
    percent: int | None
    success_measure: str
    resources: str
    unread: dict[str, Any]
    carried_from_id: int | None


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """A progress update, newest first. ``rag_before`` is the RAG of the one before it, for the trend."""

    id: int
    dated: date
    period: str
    author: str
    done: str
    next_steps: str
    rag: str | None
    rag_before: str | None
    reason: str
    recovery_date: date | None
    forecast_due: date | None
    percent: int | None
    help_needed: str
    superseded: bool


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone of an action, in its order."""

    id: int
    version: int
    title: str
    status: LifecycleStatus
    baseline_due: date | None
    forecast_due: date | None
    actual_end: date | None


@dataclass(frozen=True, slots=True)
class SupporterRow:
    """Who supports an action."""

    person_id: int | None
    organisation_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One recorded change to an action or to what belongs to it: who, when, and each field old to new."""

    step_id: int
    at: datetime
    who: str
    label: str
    kind: StepKind
    table: str
    change: Change
    fields: tuple[tuple[str, Any, Any], ...]
    erased_certificate: str | None


@dataclass(frozen=True, slots=True)
class RebaselineRow:
    """A change of an approved baseline with its reason."""

    on: date
    old_due: date | None
    new_due: date | None
    reason: str


def action_facts(store: Store, action_id: int) -> ActionFacts:
    """Return an action as a form edits it. Raises CspError where it is gone."""
    columns = [getattr(Action, name) for name in ActionFacts.__slots__]
    with store.read() as connection:
        found = connection.execute(select(*columns).where(Action.id == action_id)).mappings().first()
    if found is None:
        raise CspError("This action is no longer in the store: it was taken out by an undo.")
    return ActionFacts(**found)


def list_updates(store: Store, action_id: int) -> list[UpdateRow]:
    """Return an action's progress updates, newest first, superseded ones included."""
    query = (
        select(
            ProgressUpdate.id,
            ProgressUpdate.dated,
            ProgressUpdate.period,
            ProgressUpdate.author_text,
            Person.name,
            ProgressUpdate.done,
            ProgressUpdate.next_steps,
            ProgressUpdate.rag,
            ProgressUpdate.reason,
            ProgressUpdate.recovery_date,
            ProgressUpdate.forecast_due,
            ProgressUpdate.percent,
            ProgressUpdate.help_needed,
            ProgressUpdate.superseded_by_id,
        )
        .outerjoin(Person, Person.id == ProgressUpdate.author_person_id)
        .where(ProgressUpdate.action_id == action_id)
        .order_by(ProgressUpdate.dated, ProgressUpdate.id)
    )
    rows: list[UpdateRow] = []
    before: str | None = None
    with store.read() as connection:
        for found in connection.execute(query).mappings():
            values = dict(found)
            author = values.pop("name") or values.pop("author_text", "")
            values.pop("author_text", None)
            superseded = values.pop("superseded_by_id") is not None
            rows.append(UpdateRow(**values, author=author, rag_before=before, superseded=superseded))
            if not superseded:
                before = values["rag"] or before
    return rows[::-1]


def list_milestones(store: Store, action_id: int) -> list[MilestoneRow]:
    """Return an action's milestones in their order."""
    columns = [getattr(Milestone, name) for name in MilestoneRow.__slots__]
    query = select(*columns).where(Milestone.action_id == action_id).order_by(Milestone.position, Milestone.id)
    with store.read() as connection:
        return [MilestoneRow(**row) for row in connection.execute(query).mappings()]


def list_supporters(store: Store, action_id: int) -> list[SupporterRow]:
    """Return who supports an action, in order."""
    query = (
        select(ActionSupport.person_id, ActionSupport.organisation_id, Person.name, Organisation.name)
        .outerjoin(Person, Person.id == ActionSupport.person_id)
        .outerjoin(Organisation, Organisation.id == ActionSupport.organisation_id)
        .where(ActionSupport.action_id == action_id)
        .order_by(ActionSupport.position, ActionSupport.id)
    )
    with store.read() as connection:
        return [
            SupporterRow(person_id, organisation_id, person or organisation or "")
            for person_id, organisation_id, person, organisation in connection.execute(query)
        ]


def list_rebaselines(store: Store, action_id: int) -> list[RebaselineRow]:
    """Return an action's re-baselines, newest first."""
    query = (
        select(Rebaseline.on, Rebaseline.old_due, Rebaseline.new_due, Rebaseline.reason)
        .where(Rebaseline.action_id == action_id)
        .order_by(Rebaseline.id.desc())
    )
    with store.read() as connection:
        return [RebaselineRow(*row) for row in connection.execute(query)]


def action_history(store: Store, action_id: int) -> list[HistoryRow]:
    """Return every recorded change of an action, its updates, milestones and re-baselines, newest first."""
    owned = {
        "progress_update": select(ProgressUpdate.id).where(ProgressUpdate.action_id == action_id),
        "milestone": select(Milestone.id).where(Milestone.action_id == action_id),
        "rebaseline": select(Rebaseline.id).where(Rebaseline.action_id == action_id),
    }
    with store.read() as connection:
        wanted = (AuditChange.table_name == "action") & (AuditChange.row_id == action_id)
        for name, ids in owned.items():
            wanted |= (AuditChange.table_name == name) & AuditChange.row_id.in_(ids)
        query = (
            select(
                AuditEntry.id,
                AuditEntry.at,
                AuditEntry.display_name,
                AuditEntry.label,
                AuditEntry.kind,
                AuditChange.table_name,
                AuditChange.change,
                AuditChange.before,
                AuditChange.after,
                AuditChange.erased_certificate,
            )
            .join(AuditEntry, AuditEntry.id == AuditChange.entry_id)
            .where(wanted)
            .order_by(AuditChange.id.desc())
        )
        names = Names(connection)
        return [
            HistoryRow(
                step_id=row.id,
                at=row.at,
                who=row.display_name,
                label=row.label,
                kind=row.kind,
                table=row.table_name,
                change=row.change,
                fields=names.said(changed_fields(row.before, row.after, row.table_name), row.table_name),
                erased_certificate=row.erased_certificate,
            )
            for row in connection.execute(query).all()
        ]


def changed_fields(
    before: dict[str, Any] | None, after: dict[str, Any] | None, table: str
) -> tuple[tuple[str, Any, Any], ...]:
    """Return (column, old, new) for each column that moved, leaving out the program's own bookkeeping.

    The action that a row belongs to is left out, for it names the row; where it stands in an order is too.
    """
    old, new = before or {}, after or {}
    ours = _OURS | ({"action_id"} if "action_id" in BELONGS.get(table, ("action_id",)) else set())
    names = dict.fromkeys([*old, *new])
    return tuple(
        (name, old.get(name), new.get(name))
        for name in names
        if name not in ours
        and not (name == "position" and isinstance(new.get(name, old.get(name)), int))
        and not name.endswith("_folded")
        and (old.get(name) or None) != (new.get(name) or None)
    )
