"""What the store knows that an import is compared with: plans, themes, actions, people, layouts, files seen before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from csp_desktop.errors import CspError
from csp_desktop.queries.layouts import is_forgotten
from csp_desktop.queries.people import organisation_aliases, person_aliases
from csp_desktop.queries.plans import PlanRow, ThemeRow, find_plan, list_plans, themes_in
from csp_desktop.rules.folding import fold
from csp_desktop.rules.names import Organisations, People
from csp_desktop.store import Store, is_undone
from models.exports import ReturnedUpdate
from models.people import Organisation, Person
from models.plan import Action, ActionSource, ActionSupport, Objective, ProgressUpdate, Theme
from models.records import ImportBatch, ImportLayout
from models.vocabulary import PlanKind


@dataclass(frozen=True, slots=True)
class KnownUpdate:
    """A progress update that stands: what a file's update is compared with.

    ``export_id`` is the update workbook that posted it, None where none did.
    """

    id: int
    dated: date
    period: str
    done: str
    next_steps: str
    rag: str | None
    rag_text: str
    reason: str
    help_needed: str
    recovery_date: date | None
    percent: int | None
    author_person_id: int | None
    author_text: str
    export_id: int | None


@dataclass(slots=True)
class KnownAction:
    """An action of the plan: its columns, its owners' refs by source, who supports it, its updates oldest first."""

    values: dict[str, Any]
    sources: dict[str, str] = field(default_factory=dict)
    supporters: list[tuple[int | None, int | None]] = field(default_factory=list)
    updates: list[KnownUpdate] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The action's id."""
        found: int = self.values["id"]
        return found

    @property
    def rag(self) -> str | None:
        """The owner's RAG by the latest update that gives one."""
        return next((update.rag for update in reversed(self.updates) if update.rag is not None), None)


@dataclass(frozen=True, slots=True)
class Layout:
    """What is remembered of a layout: normalised heading to field, where its rows went, how its dates are ordered."""

    mapping: Mapping[str, str]
    plan_id: int | None
    date_order: str


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Names for matching: people by their names and aliases, organisations by folded name, and each one's own name."""

    people: People
    person_names: Mapping[int, str]
    organisation_ids: Mapping[str, int]
    organisation_names: Mapping[int, str]
    organisations: Organisations


@dataclass(frozen=True, slots=True)
class KnownPlan:
    """One plan as an import sees it. ``themes`` in reading order; ``objectives`` as (id, theme id, number, title)."""

    plan: PlanRow
    themes: tuple[ThemeRow, ...]
    objectives: tuple[tuple[int, int, str, str], ...]
    actions: Mapping[int, KnownAction]
    refs: Mapping[str, int]


def known_people(store: Store) -> KnownPeople:
    """Read everyone's names."""
    with store.read() as connection:
        people = dict(connection.execute(select(Person.id, Person.name).order_by(Person.id)).all())
        organisations = dict(connection.execute(select(Organisation.id, Organisation.name)).all())
        people_also = person_aliases(connection)
        organisations_also = organisation_aliases(connection)
    names = [(person, name) for person, own in people.items() for name in (own, *people_also.get(person, ()))]
    ids = {fold(name): key for key, own in organisations.items() for name in (*organisations_also.get(key, ()), own)}
    known = Organisations.of((own, organisations_also.get(key, ())) for key, own in organisations.items())
    return KnownPeople(People.of(names), people, ids, organisations, known)


def known_layout(store: Store, register: str, fingerprint: str) -> Layout | None:
    """Return what is remembered of a layout, None for a new one or one that was forgotten."""
    columns = (ImportLayout.mapping, ImportLayout.plan_id, ImportLayout.date_order)
    query = select(*columns).where(
        ImportLayout.register == register, ImportLayout.fingerprint == fingerprint, ~is_forgotten()
    )
    with store.read() as connection:
        found = connection.execute(query).first()
    return None if found is None else Layout(found.mapping, found.plan_id, found.date_order)


def same_file(store: Store, file_hash: str, plan_id: int) -> list[dict[str, Any]]:
    """Return how this very file was read for this plan by imports that still stand: the options of each."""
    query = select(ImportBatch.entry_id, ImportBatch.tables).where(
        ImportBatch.file_hash == file_hash, ImportBatch.plan_id == plan_id
    )
    with store.read() as connection:
        return [
            table
            for entry_id, tables in connection.execute(query).all()
            if not is_undone(connection, entry_id)
            for table in tables
        ]


def choose_plan(store: Store, wanted: str | None, remembered: int | None, kind: PlanKind) -> PlanRow:
    """Return the plan an import goes to: the one asked for, the one this layout went to, else the only open one.

    Raises CspError where several plans of the kind are open and none was asked for.
    """
    if wanted is not None:
        return find_plan(store, wanted)
    plans = list_plans(store)
    for plan in plans:
        if plan.id == remembered and plan.is_open:
            return plan
    open_plans = [plan for plan in plans if plan.is_open and plan.kind is kind]
    if len(open_plans) == 1:
        return open_plans[0]
    if not open_plans:
        raise CspError("This store has no open plan to bring actions into; add one, or name one with --plan.")
    names = ", ".join(plan.key for plan in open_plans)
    raise CspError(f"Several plans are open ({names}): say which one with --plan. Nothing was brought in.")


def town_centre_plan(store: Store) -> str:
    """Return the key of the open plan of the town centre. Raises CspError where there is none, or several are."""
    of_town_centres = [plan for plan in list_plans(store) if plan.is_open and plan.kind is PlanKind.TOWN_CENTRE]
    if not of_town_centres:
        raise CspError(
            "This store has no open plan of a town centre, so nothing was imported. Add one first, or name the plan "
            "with --plan."
        )
    return choose_plan(store, None, None, PlanKind.TOWN_CENTRE).key


def known_plan(store: Store, plan: PlanRow) -> KnownPlan:
    """Read one plan with everything an import compares."""
    with store.read() as connection:
        themes = tuple(themes_in(connection, plan.id))
        objectives = connection.execute(
            select(Objective.id, Objective.theme_id, Objective.number, Objective.title)
            .join(Theme, Theme.id == Objective.theme_id)
            .where(Theme.plan_id == plan.id)
        ).all()
        actions = _actions(connection, plan.id)
        # a ref is unique in the store: a row that names another plan's action must not become a second one here
        refs = dict(connection.execute(select(Action.ref, Action.id)).all())
    listed = tuple((row.id, row.theme_id, row.number, row.title) for row in objectives)
    return KnownPlan(plan, themes, listed, actions, refs)


def _actions(connection: Connection, plan_id: int) -> dict[int, KnownAction]:
    found = connection.execute(select(Action.__table__).where(Action.plan_id == plan_id).order_by(Action.id)).mappings()
    actions = {row["id"]: KnownAction(dict(row)) for row in found}
    mine = select(Action.id).where(Action.plan_id == plan_id)
    sources = select(ActionSource.action_id, ActionSource.source, ActionSource.source_ref)
    for action_id, source, ref in connection.execute(sources.where(ActionSource.action_id.in_(mine))):
        actions[action_id].sources[source] = ref
    support = select(ActionSupport.action_id, ActionSupport.person_id, ActionSupport.organisation_id)
    support = support.order_by(ActionSupport.position, ActionSupport.id)
    for action_id, person, organisation in connection.execute(support.where(ActionSupport.action_id.in_(mine))):
        actions[action_id].supporters.append((person, organisation))
    updates = (
        select(
            ProgressUpdate.action_id,
            ProgressUpdate.id,
            ProgressUpdate.dated,
            ProgressUpdate.period,
            ProgressUpdate.done,
            ProgressUpdate.next_steps,
            ProgressUpdate.rag,
            ProgressUpdate.rag_text,
            ProgressUpdate.reason,
            ProgressUpdate.help_needed,
            ProgressUpdate.recovery_date,
            ProgressUpdate.percent,
            ProgressUpdate.author_person_id,
            ProgressUpdate.author_text,
            ReturnedUpdate.export_id,
        )
        .outerjoin(ReturnedUpdate, ReturnedUpdate.update_id == ProgressUpdate.id)
        .where(ProgressUpdate.superseded_by_id.is_(None), ProgressUpdate.action_id.in_(mine))
        .order_by(ProgressUpdate.dated, ProgressUpdate.id)
    )
    for row in connection.execute(updates).mappings():
        update = {name: row[name] for name in KnownUpdate.__slots__}
        actions[row["action_id"]].updates.append(KnownUpdate(**update))
    return actions
