"""Filling a new store: the partnership's profile, partners, groups and strategies, and a starter or an empty plan."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.carrying import carry_over as carry_over_open
from csp_desktop.commands.plans import supersede_in
from csp_desktop.errors import CspError
from csp_desktop.exports.exporting import store_mark
from csp_desktop.rules.folding import fold
from csp_desktop.starter import (
    TOWN_CENTRE,
    StarterPartnership,
    StarterPlan,
    StarterTheme,
    load_partnership,
    load_starter,
    starter_names,
)
from csp_desktop.store import Store
from models.evidence import WardSet
from models.meetings import Meeting
from models.people import Group, Membership, Organisation, OrganisationAlias, Profile
from models.plan import Objective, ObjectiveTheme, Plan, RagScheme, RagValue, Strategy, Theme
from models.terms import MeetingStatus
from models.vocabulary import Marking, PlanKind, RagShape, StepKind

EMPTY = "empty"
BRAG = "BRAG"


@dataclass(frozen=True, slots=True)
class _Known:
    """Ids of what the starter files refer to by key."""

    groups: dict[str, int]
    strategies: dict[str, int]


def found_store(store: Store, plan_name: str) -> int:
    """Fill a new store and return the plan's id. ``plan_name`` is a partnership starter plan's name, or ``empty``.

    Beside a starter plan stands the town centre's. Raises CspError for an unknown name, or where the store already has
    a profile.
    """
    if plan_name == TOWN_CENTRE:
        raise CspError(f"A new store begins with {' or '.join(starter_names())}; the town centre's plan stands beside.")
    plan = None if plan_name == EMPTY else load_starter(plan_name)
    with store.write("Create the store", kind=StepKind.FOUNDING) as session:
        if session.scalar(select(Profile.id)) is not None:
            raise CspError("This store is already set up; nothing was changed.")
        store_mark(session)
        scheme_id = add_brag_scheme(session)
        if plan is None:
            session.add(Profile(name="Our partnership", default_marking=Marking.OFFICIAL))
            empty = Plan(key=EMPTY, title="Plan", kind=PlanKind.PARTNERSHIP, rag_scheme_id=scheme_id)
            session.add(empty)
            session.flush()
            return empty.id
        known = _add_partnership(session, load_partnership())
        _add_plan(
            session, load_starter(TOWN_CENTRE), scheme_id, known
        )  # the first of the two, as lists begin with the last
        return _add_plan(session, plan, scheme_id, known)


def adopt_starter_plan(store: Store, plan_name: str, on: date, *, carry_over: bool = True) -> int:
    """Add a starter plan to a store in use and return its id; the plan it follows is superseded from that day.

    Its open actions are carried over into the new plan; without ``carry_over`` they stay as they are.
    Raises CspError where the store has the plan already.
    """
    plan = load_starter(plan_name)
    with store.write(f"Adopt {plan.title}") as session:
        if session.scalar(select(Plan.id).where(Plan.key == plan.key)) is not None:
            raise CspError(f"{plan.title} is in this store already; nothing was changed.")
        scheme_id = session.scalar(select(RagScheme.id).where(RagScheme.name == BRAG)) or add_brag_scheme(session)
        plan_id = _add_plan(session, plan, scheme_id, _known(session, load_partnership()))
        former = session.scalar(select(Plan).where(Plan.key == plan.supersedes)) if plan.supersedes else None
        if former is not None:
            supersede_in(former, plan_id, on)
            if carry_over:
                carry_over_open(session, former.id, plan_id)
        return plan_id


def add_brag_scheme(session: Session) -> int:
    """Add the default scheme: Blue complete, Green on track, Amber at risk, Red off track; return its id."""
    scheme = RagScheme(name=BRAG)
    session.add(scheme)
    session.flush()
    values = [
        ("B", "Blue", "Complete", RagShape.SQUARE, "#0B2E59", "#FFFFFF"),
        ("G", "Green", "On track", RagShape.CIRCLE, "#3E9B6E", "#000000"),
        ("A", "Amber", "At risk", RagShape.TRIANGLE, "#FFC83D", "#000000"),
        ("R", "Red", "Off track", RagShape.DIAMOND, "#8C1C13", "#FFFFFF"),
    ]
    session.add_all(
        RagValue(
            scheme_id=scheme.id,
            letter=letter,
            word=word,
            meaning=meaning,
            position=position,
            shape=shape,
            fill=fill,
            ink=ink,
            needs_reason=letter in "AR",
        )
        for position, (letter, word, meaning, shape, fill, ink) in enumerate(values)
    )
    return scheme.id


def _add_partnership(session: Session, partnership: StarterPartnership) -> _Known:
    profile = partnership.profile
    session.add(
        Profile(name=profile.name, area=profile.area, contact=profile.contact, default_marking=profile.default_marking)
    )
    organisations = {
        found.key: Organisation(
            name=found.name,
            name_folded=fold(found.name),
            kind=found.kind,
            statutory_basis=found.statutory_basis,
        )
        for found in partnership.organisations
    }
    groups = {
        found.key: Group(
            name=found.name,
            kind=found.kind,
            purpose=found.purpose,
            formed=found.formed,
            formed_text=found.formed_text,
        )
        for found in partnership.groups
    }
    strategies = {found.key: Strategy(name=found.name, summary=found.summary) for found in partnership.strategies}
    session.add_all([*organisations.values(), *groups.values(), *strategies.values()])
    session.flush()
    for found in partnership.organisations:
        owner = organisations[found.key].id
        session.add_all(
            OrganisationAlias(organisation_id=owner, name=alias, name_folded=fold(alias)) for alias in found.aliases
        )
    for group in partnership.groups:
        session.add_all(
            Membership(group_id=groups[group.key].id, organisation_id=organisations[member].id)
            for member in group.members
        )
    session.add_all(
        Meeting(
            group_id=groups[found.group].id,
            held_on=found.held_on,
            dated_text=found.dated_text,
            status=MeetingStatus.HELD,
        )
        for found in partnership.meetings
    )
    session.add_all(
        WardSet(name=found.name, first_day=found.first_day, last_day=found.last_day) for found in partnership.ward_sets
    )
    return _Known(
        {key: group.id for key, group in groups.items()}, {key: strategy.id for key, strategy in strategies.items()}
    )


def _known(session: Session, partnership: StarterPartnership) -> _Known:
    """Find by name what the starter files refer to; what the store does not have is left unlinked."""
    groups = {name: key for key, name in session.execute(select(Group.id, Group.name))}
    strategies = {name: key for key, name in session.execute(select(Strategy.id, Strategy.name))}
    return _Known(
        {found.key: groups[found.name] for found in partnership.groups if found.name in groups},
        {found.key: strategies[found.name] for found in partnership.strategies if found.name in strategies},
    )


def _add_plan(session: Session, starter: StarterPlan, scheme_id: int, known: _Known) -> int:
    plan = Plan(
        key=starter.key,
        title=starter.title,
        kind=starter.kind,
        rag_scheme_id=scheme_id,
        group_id=known.groups.get(starter.group),
        starts=starter.starts,
        ends=starter.ends,
        update_cycle_months=starter.update_cycle_months,
    )
    session.add(plan)
    session.flush()
    themes: dict[str, int] = {}
    for position, theme in enumerate(starter.themes):
        _add_theme(session, theme, Theme(plan_id=plan.id, title=theme.title, position=position), themes)
    for theme in starter.walk():
        _add_objectives(session, theme, themes, known)
    return plan.id


def _add_theme(session: Session, starter: StarterTheme, row: Theme, themes: dict[str, int]) -> None:
    row.number, row.summary = starter.number, starter.summary
    session.add(row)
    session.flush()
    themes[starter.number] = row.id
    for position, strand in enumerate(starter.strands):
        child = Theme(plan_id=row.plan_id, parent_id=row.id, title=strand.title, position=position)
        _add_theme(session, strand, child, themes)


def _add_objectives(session: Session, theme: StarterTheme, themes: dict[str, int], known: _Known) -> None:
    for position, starter in enumerate(theme.objectives):
        objective = Objective(
            theme_id=themes[theme.number],
            number=starter.number,
            title=starter.title,
            strategy_id=known.strategies.get(starter.strategy or ""),
            position=position,
        )
        session.add(objective)
        session.flush()
        session.add_all(ObjectiveTheme(objective_id=objective.id, theme_id=themes[number]) for number in starter.serves)
