"""Actions as lists and reports show them: what is stored, and the four judgements as at a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, select

from csp_desktop.queries.as_known import KnownThen
from csp_desktop.rules.folding import fold
from csp_desktop.rules.rag import Standing, overdue_days, slipped_days, stale_since, suggest
from csp_desktop.store import Store
from models.people import Organisation, Person
from models.plan import Action, ActionSource, ActionSupport, Objective, Plan, ProgressUpdate, Theme
from models.vocabulary import DueKind, LifecycleStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """An action as people compare it. ``rag`` is the owner's, by the latest update that gives one.

    ``suggested_rag`` stands beside it with its reason; ``overdue_days`` and ``slipped_days`` are 0 where it is
    neither; ``stale_since`` is the day of the last report of a stale action.
    """

    id: int
    version: int
    ref: str
    source_ref: str | None
    title: str
    plan_id: int
    plan: str
    theme_id: int | None
    theme: str | None
    theme_text: str
    objective_id: int | None
    objective: str | None
    lead_person_id: int | None
    lead_officer: str | None
    lead_partner: str | None
    supporting_people: tuple[str, ...]
    supporting_partners: tuple[str, ...]
    start: date | None
    baseline_due: date | None
    forecast_due: date | None
    actual_end: date | None
    review_date: date | None
    due_kind: DueKind | None
    due_text: str
    status: LifecycleStatus
    percent: int | None
    rag: str | None
    rag_on: date | None
    suggested_rag: str | None
    suggested_reason: str
    overdue_days: int
    slipped_days: int
    stale_since: date | None
    latest_update: str | None
    latest_update_on: date | None
    next_steps: str
    reason: str
    help_needed: str
    success_measure: str

    @property
    def stale(self) -> bool:
        """Say whether a full cycle has gone by without a report."""
        return self.stale_since is not None

    @property
    def due(self) -> date | None:
        """The day it is due by what is known: forecast, else baseline."""
        return self.forecast_due or self.baseline_due

    @property
    def lead(self) -> str | None:
        """Who leads, person before organisation, as a table shows it."""
        return self.lead_officer or self.lead_partner

    def search_text(self) -> str:
        """Return everything a filter looks through, folded."""
        parts = (
            self.ref,
            self.source_ref,
            self.title,
            self.theme,
            self.theme_text,
            self.objective,
            self.lead_officer,
            self.lead_partner,
            *self.supporting_people,
            *self.supporting_partners,
            self.status.label,
            self.latest_update,
        )
        return fold(" ".join(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class View:
    """How to look: judgements as at ``as_of``; with ``known_on``, dates and updates as they were known that day."""

    as_of: date
    known_on: date | None = None


STORED = (
    "id",
    "version",
    "ref",
    "title",
    "plan_id",
    "theme_id",
    "theme_text",
    "objective_id",
    "lead_person_id",
    "start",
    "baseline_due",
    "forecast_due",
    "actual_end",
    "review_date",
    "due_kind",
    "due_text",
    "status",
    "percent",
    "success_measure",
)


class _Reported(NamedTuple):
    """What an action's updates say together: the latest one, and the latest that gives a RAG."""

    latest: RowMapping
    rag: str | None
    rag_on: date | None


def list_actions(store: Store, view: View, plan_id: int | None = None, text: str = "") -> list[ActionRow]:
    """Return the actions of a plan, or of all, in order of ref; every word of ``text`` must occur, folded."""
    with store.read() as connection:
        rows = actions_in(connection, view, plan_id)
    words = fold(text).split()
    if not words:
        return rows
    return [row for row in rows if all(word in row.search_text() for word in words)]


def actions_in(connection: Connection, view: View, plan_id: int | None) -> list[ActionRow]:
    """Return the actions on an open connection, so that several lists can be read from one state."""
    facts = connection.execute(_facts(plan_id)).mappings().all()
    then = KnownThen(connection, view.known_on, {fact["id"] for fact in facts}) if view.known_on else None
    reported = _reported(connection, plan_id, view.known_on)
    names = _Names(connection)
    rows = []
    for fact in facts:
        update = reported.get(fact["id"])
        if then is None:
            rows.append(_action_row(dict(fact), update, names, view.as_of))
        elif then.holds(fact["id"], fact["start"], has_update=update is not None):
            rows.append(_action_row(then.as_known(dict(fact)), update, names, view.as_of))
    return rows


def _facts(plan_id: int | None) -> Select[*tuple[Any, ...]]:
    columns = [getattr(Action, name) for name in (*STORED, "lead_organisation_id")]
    query = select(
        *columns,
        Plan.title.label("plan"),
        Plan.update_cycle_months,
        Theme.title.label("theme"),
        Objective.title.label("objective"),
    )
    query = (
        query.join(Plan, Plan.id == Action.plan_id)
        .outerjoin(Theme, Theme.id == Action.theme_id)
        .outerjoin(Objective, Objective.id == Action.objective_id)
        .order_by(Action.id)
    )
    return query if plan_id is None else query.where(Action.plan_id == plan_id)


def _reported(connection: Connection, plan_id: int | None, known_on: date | None) -> dict[int, _Reported]:
    columns = (
        ProgressUpdate.action_id,
        ProgressUpdate.dated,
        ProgressUpdate.done,
        ProgressUpdate.next_steps,
        ProgressUpdate.rag,
        ProgressUpdate.reason,
        ProgressUpdate.help_needed,
        ProgressUpdate.percent,
    )
    query = (
        select(*columns)
        .where(ProgressUpdate.superseded_by_id.is_(None))
        .order_by(ProgressUpdate.dated, ProgressUpdate.id)
    )
    if plan_id is not None:
        query = query.join(Action, Action.id == ProgressUpdate.action_id).where(Action.plan_id == plan_id)
    if known_on is not None:
        query = query.where(ProgressUpdate.dated <= known_on)
    found: dict[int, _Reported] = {}
    for row in connection.execute(query).mappings():
        earlier = found.get(row["action_id"])
        if row["rag"] is not None:
            found[row["action_id"]] = _Reported(row, row["rag"], row["dated"])
        elif earlier is None:
            found[row["action_id"]] = _Reported(row, None, None)
        else:
            found[row["action_id"]] = earlier._replace(latest=row)
    return found


class _Names:
    """The names behind the ids of a list of actions, read once."""

    def __init__(self, connection: Connection) -> None:
        self.people = dict(connection.execute(select(Person.id, Person.name)).all())
        self.organisations = dict(connection.execute(select(Organisation.id, Organisation.name)).all())
        self.source_refs: dict[int, str] = {}
        sources = select(ActionSource.action_id, ActionSource.source_ref).order_by(ActionSource.id)
        for action_id, ref in connection.execute(sources):
            self.source_refs[action_id] = ref
        self.supporters: dict[int, list[tuple[int | None, int | None]]] = {}
        support = select(ActionSupport.action_id, ActionSupport.person_id, ActionSupport.organisation_id)
        support = support.order_by(ActionSupport.position, ActionSupport.id)
        for action_id, person, organisation in connection.execute(support):
            self.supporters.setdefault(action_id, []).append((person, organisation))


def _action_row(fact: Mapping[str, Any], reported: _Reported | None, names: _Names, as_of: date) -> ActionRow:
    latest = reported.latest if reported else None
    standing = Standing(
        status=fact["status"],
        start=fact["start"],
        baseline_due=fact["baseline_due"],
        forecast_due=fact["forecast_due"],
        review_date=fact["review_date"],
        percent=fact["percent"],
        last_update=latest["dated"] if latest else None,
        cycle_months=fact["update_cycle_months"],
    )
    suggestion = suggest(standing, as_of)
    supporters = names.supporters.get(fact["id"], ())
    return ActionRow(
        **{name: fact[name] for name in (*STORED, "plan", "theme", "objective")},
        source_ref=names.source_refs.get(fact["id"]),
        lead_officer=names.people.get(fact["lead_person_id"]),
        lead_partner=names.organisations.get(fact["lead_organisation_id"]),
        supporting_people=_named(names.people, (person for person, _ in supporters)),
        supporting_partners=_named(names.organisations, (organisation for _, organisation in supporters)),
        rag=reported.rag if reported else None,
        rag_on=reported.rag_on if reported else None,
        suggested_rag=suggestion.letter,
        suggested_reason=suggestion.reason,
        overdue_days=overdue_days(standing, as_of),
        slipped_days=slipped_days(standing),
        stale_since=stale_since(standing, as_of),
        latest_update=latest["done"] or None if latest else None,
        latest_update_on=latest["dated"] if latest else None,
        next_steps=latest["next_steps"] if latest else "",
        reason=latest["reason"] if latest else "",
        help_needed=latest["help_needed"] if latest else "",
    )


def _named(names: Mapping[int, str], ids: Iterable[int | None]) -> tuple[str, ...]:
    return tuple(names[found] for found in ids if found is not None)
