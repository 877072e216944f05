"""Commands on plans, themes, objectives and strategies."""

from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import func, select

from csp_desktop.commands.carrying import carry_over as carry_over_open
from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.errors import CspError
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.plan import Objective, ObjectiveTheme, Plan, RagScheme, Strategy, Theme
from models.vocabulary import PlanKind


class PlanDates(TypedDict, total=False):
    """What a plan may be given from the start."""

    starts: date | None
    ends: date | None
    group_id: int | None
    update_cycle_months: int


class PlanValues(PlanDates, total=False):
    """What can be changed of a plan."""

    title: str


def add_plan(store: Store, title: str, kind: PlanKind, **values: Unpack[PlanDates]) -> int:
    """Add an empty plan with the default RAG scheme; return its id."""
    title = _required(title, "plan")
    with store.write(f"Add plan {title}") as session:
        scheme_id = session.scalar(select(func.min(RagScheme.id)))
        if scheme_id is None:
            raise CspError("This store has no RAG scheme yet; set it up first.")
        key = "-".join(fold(title).split())
        if session.scalar(select(Plan.id).where(Plan.key == key)) is not None:
            raise CspError(f"There is a plan called “{title}” already; give the new one another title.")
        plan = Plan(key=key, title=title, kind=kind, rag_scheme_id=scheme_id, **values)
        session.add(plan)
        session.flush()
        return plan.id


def edit_plan(store: Store, plan_id: int, version: int, **values: Unpack[PlanValues]) -> None:
    """Change a plan's own facts. Raises CspError where it would end before it starts."""
    with store.write("Edit the plan") as session:
        plan = get_row(session, Plan, plan_id)
        change_row(plan, version, values)
        if plan.starts and plan.ends and plan.ends < plan.starts:
            raise CspError("The plan would end before it starts; correct one of the two dates.")


def approve_plan(store: Store, plan_id: int, on: date) -> None:
    """Approve a plan: from that day a baseline changes only by a re-baseline with its reason."""
    with store.write("Approve the plan") as session:
        plan = get_row(session, Plan, plan_id)
        if plan.approved_on is not None:
            raise CspError(f"{plan.title} was approved already; nothing was changed.")
        plan.approved_on = on


def supersede_plan(store: Store, plan_id: int, by_plan_id: int, on: date, *, carry_over: bool = True) -> list[str]:
    """Supersede a plan by another and return the refs of the actions carried over into it.

    Open actions are carried over as new actions of the new plan, each with its position, that point back to the old
    ones, which are closed; without ``carry_over`` they stay as they are. History stays readable in the old plan.
    """
    with store.write("Supersede the plan") as session:
        plan = get_row(session, Plan, plan_id)
        if plan_id == by_plan_id:
            raise CspError("A plan cannot supersede itself; choose the plan that follows it.")
        supersede_in(plan, get_row(session, Plan, by_plan_id).id, on)
        return carry_over_open(session, plan_id, by_plan_id) if carry_over else []


def supersede_in(plan: Plan, by_plan_id: int, on: date) -> None:
    """Mark a plan superseded within the caller's transaction."""
    if plan.superseded_by_id is not None:
        raise CspError(f"{plan.title} is superseded already; nothing was changed.")
    plan.superseded_by_id = by_plan_id
    plan.closed_on = on


class ThemeValues(TypedDict, total=False):
    """What can be changed of a theme or strand."""

    title: str
    number: str
    summary: str
    parent_id: int | None
    position: int


def add_theme(store: Store, plan_id: int, **values: Unpack[ThemeValues]) -> int:
    """Add a theme to a plan, or a strand to a theme (``parent_id``); return its id."""
    with store.write("Add a theme") as session:
        get_row(session, Plan, plan_id)
        values["title"] = _required(values.get("title", ""), "theme")
        last = session.scalar(select(func.max(Theme.position)).where(Theme.plan_id == plan_id))
        theme = Theme(plan_id=plan_id, **({"position": (last or 0) + 1} | values))
        session.add(theme)
        session.flush()
        return theme.id


def edit_theme(store: Store, theme_id: int, version: int, **values: Unpack[ThemeValues]) -> None:
    """Change a theme. Raises CspError where it would lie within itself."""
    with store.write("Edit a theme") as session:
        theme = get_row(session, Theme, theme_id)
        if "title" in values:
            values["title"] = _required(values["title"], "theme")
        change_row(theme, version, values)
        above = theme.parent_id
        while above is not None:
            if above == theme_id:
                raise CspError("A theme cannot lie within itself; choose another parent.")
            above = get_row(session, Theme, above).parent_id


class ObjectiveValues(TypedDict, total=False):
    """What can be changed of an objective."""

    title: str
    number: str
    theme_id: int
    strategy_id: int | None


def add_objective(store: Store, theme_id: int, title: str, number: str = "", strategy_id: int | None = None) -> int:
    """Add an objective to its home theme; return its id."""
    with store.write("Add an objective") as session:
        theme = get_row(session, Theme, theme_id)
        objective = Objective(
            theme_id=theme.id, title=_required(title, "objective"), number=number, strategy_id=strategy_id
        )
        session.add(objective)
        session.flush()
        return objective.id


def edit_objective(store: Store, objective_id: int, version: int, **values: Unpack[ObjectiveValues]) -> None:
    """Change an objective."""
    with store.write("Edit an objective") as session:
        if "title" in values:
            values["title"] = _required(values["title"], "objective")
        change_row(get_row(session, Objective, objective_id), version, values)


def set_served_themes(store: Store, objective_id: int, theme_ids: frozenset[int]) -> None:
    """Say which themes an objective serves beside its home theme."""
    with store.write("Set the themes an objective serves") as session:
        objective = get_row(session, Objective, objective_id)
        wanted = theme_ids - {objective.theme_id}
        for served in session.scalars(select(ObjectiveTheme).where(ObjectiveTheme.objective_id == objective_id)):
            if served.theme_id in wanted:
                wanted -= {served.theme_id}
            else:
                session.delete(served)
        session.add_all(ObjectiveTheme(objective_id=objective_id, theme_id=theme) for theme in sorted(wanted))


class StrategyValues(TypedDict, total=False):
    """What can be changed of a strategy."""

    name: str
    owner_person_id: int | None
    owner_organisation_id: int | None
    review_date: date | None
    summary: str


def add_strategy(store: Store, **values: Unpack[StrategyValues]) -> int:
    """Add a named strategy; return its id."""
    with store.write("Add a strategy") as session:
        values["name"] = _required(values.get("name", ""), "strategy")
        strategy = Strategy(**values)
        session.add(strategy)
        session.flush()
        return strategy.id


def edit_strategy(store: Store, strategy_id: int, version: int, **values: Unpack[StrategyValues]) -> None:
    """Change a strategy's owner, review date or text."""
    with store.write("Edit a strategy") as session:
        if "name" in values:
            values["name"] = _required(values["name"], "strategy")
        change_row(get_row(session, Strategy, strategy_id), version, values)


def _required(title: str, kind: str) -> str:
    title = title.strip()
    if not title:
        raise CspError(f"A {kind} needs a title; type one and save again.")
    return title
