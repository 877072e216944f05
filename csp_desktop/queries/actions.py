"""Actions as lists and reports show them: what is stored, and the four judgements as at a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVarTuple

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from csp_desktop.collector import collector_at_rest
from csp_desktop.queries.as_known import KnownThen
from csp_desktop.rules.folding import fold
from csp_desktop.rules.rag import Standing, Suggestion, overdue_days, slipped_days, stale_since, suggest
from csp_desktop.store import Store
from models.people import Organisation, Person
from models.plan import Action, ActionSource, ActionSupport, Objective, Plan, ProgressUpdate, Theme
from models.vocabulary import DueKind, LifecycleStatus

_Columns = TypeVarTuple("_Columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """An action as people compare it, judged as at ``as_of``. ``rag`` is the owner's, by the latest update with one.

    Judgements are made when they are asked for: a list of a hundred thousand is compared by a few of them.
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
    as_of: date
    cycle_months: int
    latest_update: str | None
    latest_update_on: date | None
    next_steps: str
    reason: str
    help_needed: str
    success_measure: str

    @property
    def standing(self) -> Standing:
        """What the judgements need to know of it."""
        return Standing(
            status=self.status,
            start=self.start,
            baseline_due=self.baseline_due,
            forecast_due=self.forecast_due,
            review_date=self.review_date,
            percent=self.percent,
            last_update=self.latest_update_on,
            cycle_months=self.cycle_months,
        )

    @property
    def suggestion(self) -> Suggestion:
        """The RAG that the rules suggest beside the owner's, with its reason."""
        return suggest(self.standing, self.as_of)

    @property
    def suggested_rag(self) -> str | None:
        """The letter of the suggestion, None where none applies."""
        return self.suggestion.letter

    @property
    def suggested_reason(self) -> str:
        """Why it is suggested, in words."""
        return self.suggestion.reason

    @property
    def overdue_days(self) -> int:
        """How many days late it is, 0 where it is not."""
        return overdue_days(self.standing, self.as_of)

    @property
    def slipped_days(self) -> int:
        """How many days its forecast lies after its baseline, 0 where it does not."""
        return slipped_days(self.standing)

    @property
    def stale_since(self) -> date | None:
        """The day of the last report of a stale action, None where it is not stale."""
        return stale_since(self.standing, self.as_of)

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


@dataclass(frozen=True, slots=True)
class _Which:
    """Which actions are read: those of a plan, those with these ids, or all."""

    plan_id: int | None = None
    ids: Sequence[int] | None = None

    def narrow(self, query: Select[*_Columns], action_id: InstrumentedAttribute[int]) -> Select[*_Columns]:
        """Narrow a query to them, joined to the actions where it must be; ``action_id`` is its column for that."""
        if self.ids is not None:
            return query.where(action_id.in_(self.ids))
        if self.plan_id is None:
            return query
        if action_id is not Action.id:
            query = query.join(Action, Action.id == action_id)
        return query.where(Action.plan_id == self.plan_id)


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
STANDS = func.coalesce(ProgressUpdate.superseded_by_id, 0) == 0  # IS NULL would be looked up: nearly every row
READ = (*STORED, "plan", "cycle_months", "theme", "objective", "lead_organisation_id")


class _Update(NamedTuple):
    """What an action's latest update says."""

    action_id: int
    dated: date
    done: str
    next_steps: str
    rag: str | None
    reason: str
    help_needed: str


class _Reported(NamedTuple):
    """What an action's updates say together: the latest one, and the latest that gives a RAG."""

    latest: _Update | None = None
    rag: str | None = None
    rag_on: date | None = None


def list_actions(store: Store, view: View, plan_id: int | None = None, text: str = "") -> list[ActionRow]:
    """Return the actions of a plan, or of all, in order of ref; every word of ``text`` must occur, folded."""
    with store.read() as connection, collector_at_rest():
        rows = actions_in(connection, view, plan_id)
    words = fold(text).split()
    if not words:
        return rows
    return [row for row in rows if all(word in row.search_text() for word in words)]


def actions_by_id(store: Store, view: View, ids: Sequence[int]) -> list[ActionRow]:
    """Return those of some actions that there are, in the order asked: a page of a long table."""
    with store.read() as connection:
        found = {row.id: row for row in _read(connection, view, _Which(ids=ids))}
    return [found[action_id] for action_id in ids if action_id in found]


def actions_in(connection: Connection, view: View, plan_id: int | None) -> list[ActionRow]:
    """Return the actions on an open connection, so that several lists can be read from one state."""
    return _read(connection, view, _Which(plan_id))


def _read(connection: Connection, view: View, which: _Which) -> list[ActionRow]:
    facts = [dict(zip(READ, row, strict=True)) for row in connection.execute(_facts(which)).all()]
    then = KnownThen(connection, view.known_on, {fact["id"] for fact in facts}) if view.known_on else None
    reported = _reported(connection, which, view.known_on)
    names = _Names(connection, which)
    rows = []
    for fact in facts:
        update = reported.get(fact["id"])
        if then is None:
            rows.append(_action_row(fact, update or _Reported(), names, view.as_of))
        elif then.holds(fact["id"], fact["start"], has_update=update is not None):
            rows.append(_action_row(then.as_known(fact), update or _Reported(), names, view.as_of))
    return rows


def _facts(which: _Which) -> Select[*tuple[Any, ...]]:
    columns = [getattr(Action, name) for name in STORED]
    query = select(
        *columns, Plan.title, Plan.update_cycle_months, Theme.title, Objective.title, Action.lead_organisation_id
    )
    query = (
        query.join(Plan, Plan.id == Action.plan_id)
        .outerjoin(Theme, Theme.id == Action.theme_id)
        .outerjoin(Objective, Objective.id == Action.objective_id)
        .order_by(Action.id)
    )
    return which.narrow(query, Action.id)


def _reported(connection: Connection, which: _Which, known_on: date | None) -> dict[int, _Reported]:
    query = (
        select(*(getattr(ProgressUpdate, name) for name in _Update._fields))
        .where(STANDS)
        .order_by(ProgressUpdate.dated, ProgressUpdate.id)
    )
    query = which.narrow(query, ProgressUpdate.action_id)
    if known_on is not None:
        query = query.where(ProgressUpdate.dated <= known_on)
    found: dict[int, _Reported] = {}
    for read in map(_Update._make, connection.execute(query).all()):
        before = found.get(read.action_id, _Reported()).latest
        update = read if before is None else _with_words(read, before)
        if update.rag is not None:
            found[update.action_id] = _Reported(update, update.rag, update.dated)
        else:
            found[update.action_id] = found.get(update.action_id, _Reported())._replace(latest=update)
    return found


def _with_words(update: _Update, before: _Update) -> _Update:
    """Return an update that says nothing of what was done with the words that still stand, and so of its reason.

    A percentage or a rating alone takes back no report; the reason belongs to the present rating.
    """
    reason = update.reason or (before.reason if update.rag is None else "")
    return update._replace(done=update.done or before.done, reason=reason)


class _Names:
    """The names behind the ids of a list of actions, read once."""

    def __init__(self, connection: Connection, which: _Which) -> None:
        self._people = dict(connection.execute(select(Person.id, Person.name)).all())
        self._organisations = dict(connection.execute(select(Organisation.id, Organisation.name)).all())
        self.source_refs: dict[int, str] = {}
        sources = select(ActionSource.action_id, ActionSource.source_ref).order_by(ActionSource.id)
        for action_id, ref in connection.execute(which.narrow(sources, ActionSource.action_id)):
            self.source_refs[action_id] = ref
        self.supporting_people: dict[int, tuple[str, ...]] = {}
        self.supporting_partners: dict[int, tuple[str, ...]] = {}
        support = select(ActionSupport.action_id, ActionSupport.person_id, ActionSupport.organisation_id)
        support = support.order_by(ActionSupport.position, ActionSupport.id)
        for action_id, person, organisation in connection.execute(which.narrow(support, ActionSupport.action_id)):
            if person is not None:
                self.supporting_people[action_id] = (*self.supporting_people.get(action_id, ()), self._people[person])
            if organisation is not None:
                before = self.supporting_partners.get(action_id, ())
                self.supporting_partners[action_id] = (*before, self._organisations[organisation])

    def person(self, person_id: int | None) -> str | None:
        """Return a person's name, None for nobody."""
        return None if person_id is None else self._people.get(person_id)

    def organisation(self, organisation_id: int | None) -> str | None:
        """Return an organisation's name, None for none."""
        return None if organisation_id is None else self._organisations.get(organisation_id)


def _action_row(fact: dict[str, Any], reported: _Reported, names: _Names, as_of: date) -> ActionRow:
    latest = reported.latest
    action_id = fact["id"]
    leading_partner = names.organisation(fact.pop("lead_organisation_id"))
    return ActionRow(
        **fact,
        source_ref=names.source_refs.get(action_id),
        lead_officer=names.person(fact["lead_person_id"]),
        lead_partner=leading_partner,
        supporting_people=names.supporting_people.get(action_id, ()),
        supporting_partners=names.supporting_partners.get(action_id, ()),
        rag=reported.rag,
        rag_on=reported.rag_on,
        as_of=as_of,
        latest_update=latest.done or None if latest else None,
        latest_update_on=latest.dated if latest else None,
        next_steps=latest.next_steps if latest else "",
        reason=latest.reason if latest else "",
        help_needed=latest.help_needed if latest else "",
    )
