"""Plans, their themes and strands, objectives, RAG values, and the partnership's profile."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from csp_desktop.errors import CspError
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.people import Group, Organisation, Person, Profile
from models.plan import Action, Objective, ObjectiveTheme, Plan, RagValue, Strategy, Theme
from models.vocabulary import Marking, PlanKind, RagShape


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan. It is open until it is closed or superseded."""

    id: int
    version: int
    key: str
    title: str
    kind: PlanKind
    group: str | None
    starts: date | None
    ends: date | None
    approved_on: date | None
    closed_on: date | None
    superseded_by: str | None
    update_cycle_months: int
    rag_scheme_id: int
    actions: int

    @property
    def is_open(self) -> bool:
        """Say whether the plan takes new actions."""
        return self.closed_on is None and self.superseded_by is None


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme, or a strand where ``parent_id`` is set; ``depth`` 0 for a theme. In the plan's order."""

    id: int
    version: int
    plan_id: int
    plan: str
    parent_id: int | None
    parent: str | None
    number: str
    title: str
    summary: str
    depth: int
    actions: int


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective with its home theme, the other themes it serves, and the strategy that delivers it."""

    id: int
    version: int
    plan_id: int
    plan: str
    theme_id: int
    theme: str
    number: str
    title: str
    serves: tuple[str, ...]
    strategy: str | None
    actions: int
    strategy_id: int | None
    serves_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class RagValueRow:
    """A value of a RAG scheme, with how it is drawn."""

    letter: str
    word: str
    meaning: str
    shape: RagShape
    fill: str
    ink: str
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """A strategy with its owner and the day it is to be reviewed."""

    id: int
    version: int
    name: str
    owner: str | None
    review_date: date | None
    summary: str
    owner_person_id: int | None
    owner_organisation_id: int | None


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """The partnership this store belongs to."""

    version: int
    name: str
    area: str
    contact: str
    default_marking: Marking
    logo: bytes | None


def profile(store: Store) -> ProfileRow:
    """Return the partnership's profile."""
    columns = (Profile.version, Profile.name, Profile.area, Profile.contact, Profile.default_marking, Profile.logo)
    with store.read() as connection:
        found = connection.execute(select(*columns)).first()
    if found is None:
        raise CspError("This store is empty: it was not set up to the end. Create it again or restore a backup.")
    return ProfileRow(*found)


def list_plans(store: Store) -> list[PlanRow]:
    """Return every plan, open ones first, newest first."""
    follower = aliased(Plan)
    actions = select(func.count()).where(Action.plan_id == Plan.id).correlate(Plan).scalar_subquery()
    query = (
        select(
            Plan.id,
            Plan.version,
            Plan.key,
            Plan.title,
            Plan.kind,
            Group.name.label("group"),
            Plan.starts,
            Plan.ends,
            Plan.approved_on,
            Plan.closed_on,
            follower.title.label("superseded_by"),
            Plan.update_cycle_months,
            Plan.rag_scheme_id,
            actions.label("actions"),
        )
        .outerjoin(Group, Group.id == Plan.group_id)
        .outerjoin(follower, follower.id == Plan.superseded_by_id)
        .order_by(Plan.id.desc())
    )
    with store.read() as connection:
        rows = [PlanRow(**row) for row in connection.execute(query).mappings()]
    return sorted(rows, key=lambda row: (not row.is_open, row.kind is not PlanKind.PARTNERSHIP))


def find_plan(store: Store, name: str | None = None) -> PlanRow:
    """Return the plan with this key or title, or without a name the only open partnership plan, else the newest.

    Raises CspError where the name fits no plan; the sentence lists those there are.
    """
    plans = list_plans(store)
    if name is not None:
        wanted = fold(name)
        for plan in plans:
            if wanted in {fold(plan.key), fold(plan.title)}:
                return plan
        known = ", ".join(plan.key for plan in plans)
        raise CspError(f"There is no plan called “{name}” in this store; it has {known}.")
    if not plans:
        raise CspError("This store has no plan yet; add one first.")
    partnership = [plan for plan in plans if plan.is_open and plan.kind is PlanKind.PARTNERSHIP]
    return (partnership or plans)[0]


def list_themes(store: Store, plan_id: int | None = None) -> list[ThemeRow]:
    """Return themes and strands in reading order: each theme followed by its strands."""
    with store.read() as connection:
        return themes_in(connection, plan_id)


def themes_in(connection: Connection, plan_id: int | None) -> list[ThemeRow]:
    """Return themes and strands in reading order, on an open connection."""
    counts = dict(connection.execute(select(Action.theme_id, func.count()).group_by(Action.theme_id)).all())
    above = aliased(Theme)
    query = (
        select(
            Theme.id,
            Theme.version,
            Theme.plan_id,
            Plan.title.label("plan"),
            Theme.parent_id,
            above.title.label("parent"),
            Theme.number,
            Theme.title,
            Theme.summary,
        )
        .join(Plan, Plan.id == Theme.plan_id)
        .outerjoin(above, above.id == Theme.parent_id)
        .order_by(Theme.plan_id.desc(), Theme.position, Theme.id)
    )
    if plan_id is not None:
        query = query.where(Theme.plan_id == plan_id)
    by_parent: dict[int | None, list[ThemeRow]] = {}
    for found in connection.execute(query).mappings():
        row = ThemeRow(**found, depth=0, actions=counts.get(found["id"], 0))
        by_parent.setdefault(row.parent_id, []).append(row)
    return _in_order(by_parent, None, 0)


def _in_order(by_parent: dict[int | None, list[ThemeRow]], parent: int | None, depth: int) -> list[ThemeRow]:
    rows = []
    for row in by_parent.get(parent, ()):
        rows.append(replace(row, depth=depth))
        rows.extend(_in_order(by_parent, row.id, depth + 1))
    return rows


def list_objectives(store: Store, plan_id: int | None = None) -> list[ObjectiveRow]:
    """Return objectives in their themes' order."""
    with store.read() as connection:
        order = {theme.id: position for position, theme in enumerate(themes_in(connection, plan_id))}
        served: dict[int, dict[int, str]] = {}
        for objective_id, theme_id, title in connection.execute(
            select(ObjectiveTheme.objective_id, Theme.id, Theme.title)
            .join(Theme, Theme.id == ObjectiveTheme.theme_id)
            .order_by(Theme.position, Theme.id)
        ):
            served.setdefault(objective_id, {})[theme_id] = title
        actions = select(func.count()).where(Action.objective_id == Objective.id).correlate(Objective)
        query = (
            select(
                Objective.id,
                Objective.version,
                Theme.plan_id,
                Plan.title.label("plan"),
                Objective.theme_id,
                Theme.title.label("theme"),
                Objective.number,
                Objective.title,
                Strategy.name.label("strategy"),
                actions.scalar_subquery().label("actions"),
                Objective.strategy_id,
            )
            .join(Theme, Theme.id == Objective.theme_id)
            .join(Plan, Plan.id == Theme.plan_id)
            .outerjoin(Strategy, Strategy.id == Objective.strategy_id)
            .order_by(Objective.position, Objective.id)
        )
        if plan_id is not None:
            query = query.where(Theme.plan_id == plan_id)
        rows = [
            ObjectiveRow(
                **row,
                serves=tuple(served.get(row["id"], {}).values()),
                serves_ids=frozenset(served.get(row["id"], {})),
            )
            for row in connection.execute(query).mappings()
        ]
    return sorted(rows, key=lambda row: order.get(row.theme_id, len(order)))


def list_strategies(store: Store) -> list[StrategyRow]:
    """Return the named strategies by name; the owner is a person, else an organisation."""
    owner = func.coalesce(Person.name, Organisation.name)
    query = (
        select(
            Strategy.id,
            Strategy.version,
            Strategy.name,
            owner,
            Strategy.review_date,
            Strategy.summary,
            Strategy.owner_person_id,
            Strategy.owner_organisation_id,
        )
        .outerjoin(Person, Person.id == Strategy.owner_person_id)
        .outerjoin(Organisation, Organisation.id == Strategy.owner_organisation_id)
        .order_by(Strategy.name)
    )
    with store.read() as connection:
        return [StrategyRow(*row) for row in connection.execute(query)]


def list_rag_values(store: Store, scheme_id: int) -> list[RagValueRow]:
    """Return a scheme's values in its own order."""
    columns = (
        RagValue.letter,
        RagValue.word,
        RagValue.meaning,
        RagValue.shape,
        RagValue.fill,
        RagValue.ink,
        RagValue.needs_reason,
    )
    query = select(*columns).where(RagValue.scheme_id == scheme_id).order_by(RagValue.position)
    with store.read() as connection:
        return [RagValueRow(*row) for row in connection.execute(query)]
