"""A plan's actions at a glance: what a long table is ordered, narrowed, counted and searched by, without its rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from csp_desktop.collector import collector_at_rest
from csp_desktop.queries.actions import STANDS
from csp_desktop.rules.folding import fold
from csp_desktop.rules.rag import Standing, overdue_days, stale_since
from csp_desktop.store import Store
from models.people import Organisation, Person
from models.plan import Action, ActionSource, ActionSupport, Objective, Plan, ProgressUpdate, Theme
from models.vocabulary import LifecycleStatus


class Glance(NamedTuple):
    """An action at a glance, judged as at a day. ``is_mine``: the person asked about leads or supports it."""

    id: int
    ref: str
    title: str
    title_folded: str
    theme_id: int | None
    objective_id: int | None
    lead: str | None
    due: date | None
    rag: str | None
    status: LifecycleStatus
    updated_on: date | None
    is_mine: bool
    is_overdue: bool
    is_stale: bool
    asks_for_help: bool


def list_glances(store: Store, as_of: date, plan_id: int, me: str) -> list[Glance]:
    """Return every action of a plan at a glance, in order of ref. ``me`` is the name whose actions are "mine"."""
    with store.read() as connection, collector_at_rest():
        return _Glances(connection, as_of, plan_id, fold(me)).read()


class _Glances:
    def __init__(self, connection: Connection, as_of: date, plan_id: int, me: str) -> None:
        self._connection = connection
        self._as_of = as_of
        self._plan_id = plan_id
        self._people = dict(connection.execute(select(Person.id, Person.name)).all())
        self._organisations = dict(connection.execute(select(Organisation.id, Organisation.name)).all())
        self._mine = {person_id for person_id, name in self._people.items() if fold(name) == me}
        self._cycle = connection.scalar(select(Plan.update_cycle_months).where(Plan.id == plan_id)) or 0
        self._judged: dict[tuple[object, ...], tuple[bool, bool]] = {}

    def read(self) -> list[Glance]:
        columns = (
            *(Action.id, Action.ref, Action.title, Action.title_folded, Action.theme_id, Action.objective_id),
            *(Action.status, Action.start, Action.baseline_due, Action.forecast_due),
            *(Action.lead_person_id, Action.lead_organisation_id),
        )
        query = select(*columns).where(Action.plan_id == self._plan_id).order_by(Action.id)
        latest, rags = self._reported()
        supported = self._supported()
        found = []
        for row in self._connection.execute(query).all():
            action_id, ref, title, folded, theme, objective, status, start, baseline, forecast, person, partner = row
            updated_on, asks = latest.get(action_id, (None, False))
            overdue, stale = self._judgement(status, start, forecast or baseline, updated_on)
            lead = self._people.get(person) or self._organisations.get(partner)
            mine = person in self._mine or action_id in supported
            found.append(
                Glance(
                    *(action_id, ref, title, folded, theme, objective, lead, forecast or baseline),
                    *(rags.get(action_id), status, updated_on, mine, overdue, stale),
                    asks_for_help=asks and status.is_open,
                )
            )
        return found

    def _judgement(
        self, status: LifecycleStatus, start: date | None, due: date | None, updated_on: date | None
    ) -> tuple[bool, bool]:
        """Return whether it is overdue and whether it is stale; few of a long plan's actions differ in all of these."""
        key = (status, start, due, updated_on)
        judged = self._judged.get(key)
        if judged is None:
            standing = Standing(
                status=status, start=start, baseline_due=due, last_update=updated_on, cycle_months=self._cycle
            )
            late = overdue_days(standing, self._as_of) > 0
            judged = self._judged[key] = (late, stale_since(standing, self._as_of) is not None)
        return judged

    def _reported(self) -> tuple[dict[int, tuple[date, bool]], dict[int, str]]:
        """Return by action: the day of the latest update and whether it asks for help; and the latest RAG."""
        query = (
            select(ProgressUpdate.action_id, ProgressUpdate.dated, ProgressUpdate.rag, ProgressUpdate.help_needed != "")
            .join(Action, Action.id == ProgressUpdate.action_id)
            .where(STANDS, Action.plan_id == self._plan_id)
            .order_by(ProgressUpdate.dated, ProgressUpdate.id)
        )
        latest: dict[int, tuple[date, bool]] = {}
        rags: dict[int, str] = {}
        for action_id, dated, rag, asks in self._connection.execute(query).all():
            latest[action_id] = (dated, asks)
            if rag is not None:
                rags[action_id] = rag
        return latest, rags

    def _supported(self) -> set[int]:
        """Return the actions that the person asked about supports."""
        if not self._mine:
            return set()
        query = select(ActionSupport.action_id).where(ActionSupport.person_id.in_(self._mine))
        return set(self._connection.scalars(query))


def search_texts(store: Store, plan_id: int) -> dict[int, str]:
    """Return by id what a filter looks through, folded: the same words as ``ActionRow.search_text``."""
    with store.read() as connection, collector_at_rest():
        return _Texts(connection, plan_id).read()


class _Texts:
    def __init__(self, connection: Connection, plan_id: int) -> None:
        self._connection = connection
        self._plan_id = plan_id
        self._people = self._folded(connection.execute(select(Person.id, Person.name)).all())
        self._organisations = self._folded(connection.execute(select(Organisation.id, Organisation.name)).all())
        self._themes = self._folded(connection.execute(select(Theme.id, Theme.title)).all())
        self._objectives = self._folded(connection.execute(select(Objective.id, Objective.title)).all())
        self._statuses = {status: fold(status.label) for status in LifecycleStatus}
        self._more: dict[int, list[str]] = {}

    def read(self) -> dict[int, str]:
        self._add_more()
        columns = (
            *(Action.id, Action.ref, Action.title_folded, Action.theme_id, Action.theme_text, Action.objective_id),
            *(Action.status, Action.lead_person_id, Action.lead_organisation_id),
        )
        texts = {}
        for row in self._connection.execute(select(*columns).where(Action.plan_id == self._plan_id)).all():
            action_id, ref, title, theme, theme_text, objective, status, person, partner = row
            parts = (
                *(fold(ref), title, self._themes.get(theme, ""), fold(theme_text), self._objectives.get(objective, "")),
                *(self._people.get(person, ""), self._organisations.get(partner, ""), self._statuses[status]),
                *self._more.get(action_id, ()),
            )
            texts[action_id] = " ".join(filter(None, parts))
        return texts

    def _add_more(self) -> None:
        """Add what other tables say of an action: the refs of files, who supports it, its latest update."""
        sources = select(ActionSource.action_id, ActionSource.source_ref)
        for action_id, ref in self._connection.execute(sources).all():
            self._more.setdefault(action_id, []).append(fold(ref))
        support = select(ActionSupport.action_id, ActionSupport.person_id, ActionSupport.organisation_id)
        for action_id, person, partner in self._connection.execute(support).all():
            named = self._people.get(person, "") or self._organisations.get(partner, "")
            self._more.setdefault(action_id, []).append(named)
        updates = (
            select(ProgressUpdate.action_id, ProgressUpdate.done)
            .join(Action, Action.id == ProgressUpdate.action_id)
            .where(STANDS, Action.plan_id == self._plan_id)
            .order_by(ProgressUpdate.dated, ProgressUpdate.id)
        )
        latest = dict(self._connection.execute(updates).all())
        for action_id, done in latest.items():
            self._more.setdefault(action_id, []).append(fold(done))

    @staticmethod
    def _folded(named: Iterable[Sequence[object]]) -> dict[object, str]:
        return {row_id: fold(str(name)) for row_id, name in named}
