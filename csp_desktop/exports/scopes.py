"""What an update workbook is to hold: the actions that one owner leads, those of a theme, or of a whole plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.errors import CspError
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.people import list_organisations, list_people
from csp_desktop.queries.plans import PlanRow, ThemeRow, find_plan, list_plans, list_themes
from csp_desktop.rules.chasing import LEFT_OUT
from csp_desktop.rules.folding import fold
from csp_desktop.rules.names import People, match_person
from csp_desktop.store import Store
from models.vocabulary import ExportScope


@dataclass(frozen=True, slots=True)
class Owner:
    """Who leads actions: a person or an organisation, by id, with the name they go by."""

    name: str
    person_id: int | None = None
    organisation_id: int | None = None

    def leads(self, row: ActionRow) -> bool:
        """Say whether they lead an action: a person before the organisation that leads beside them."""
        if self.person_id is not None:
            return row.lead_person_id == self.person_id
        return row.lead_person_id is None and row.lead_partner == self.name


@dataclass(frozen=True, slots=True)
class Scope:
    """What one workbook holds: a plan, and of it one owner's actions, a theme's, or all."""

    plan: PlanRow
    owner: Owner | None = None
    theme: ThemeRow | None = None

    @property
    def kind(self) -> ExportScope:
        """What it is of."""
        if self.owner is not None:
            return ExportScope.OWNER
        return ExportScope.PLAN if self.theme is None else ExportScope.THEME

    @property
    def words(self) -> str:
        """Say what it holds: "Led by Amina Shah", a theme's title, or "The whole plan"."""
        if self.owner is not None:
            return f"Led by {self.owner.name}"
        return self.theme.title if self.theme is not None else "The whole plan"


def find_scope(store: Store, today: date, *, owner: str | None, theme: str | None, plan: str | None) -> Scope:
    """Return what is asked for by names, as the command line gives them. Raises CspError with what there is."""
    if owner is not None and theme is not None:
        raise CspError("A workbook is of one owner or of one theme; name one of them. Nothing was written.")
    if owner is not None:
        found = find_owner(store, owner)
        return Scope(find_plan(store, plan) if plan is not None else _plan_of(store, found, today), owner=found)
    chosen = find_plan(store, plan)
    return Scope(chosen, theme=find_theme(store, chosen, theme) if theme is not None else None)


def find_owner(store: Store, name: str) -> Owner:
    """Return the person or organisation of this name, or of one they are also known by. Raises CspError."""
    people = [row for row in list_people(store) if row.erased_certificate is None]
    names = [(row.id, known) for row in people for known in (row.name, *row.aliases)]
    match = match_person(name, People.of(names))
    by_id = {row.id: row.name for row in people}
    if match.person_id is not None:
        return Owner(by_id[match.person_id], person_id=match.person_id)
    for row in list_organisations(store):
        if fold(name) in {fold(known) for known in (row.name, *row.aliases)}:
            return Owner(row.name, organisation_id=row.id)
    meant = [by_id[person] for person in match.candidates]
    told = f" It may be {' or '.join(meant)}: write the whole name." if meant else ""
    raise CspError(f"Nobody called “{name}” is known in this store.{told} Nothing was written.")


def find_theme(store: Store, plan: PlanRow, name: str) -> ThemeRow:
    """Return the theme or strand with this number or title, or the only one whose title holds the words."""
    themes = list_themes(store, plan.id)
    wanted = fold(name)
    exact = [row for row in themes if wanted in {fold(row.title), fold(row.number), fold(f"{row.number} {row.title}")}]
    found = exact or [row for row in themes if wanted and wanted in fold(row.title)]
    if len(found) == 1 or exact:
        return found[0]
    listed = "; ".join(row.title for row in (found or themes))
    told = "Several themes fit" if found else f"{plan.title} has no theme"
    raise CspError(f"{told} “{name}”: {listed}. Nothing was written.")


def actions_of(store: Store, scope: Scope, today: date) -> list[ActionRow]:
    """Return the actions that a scope's workbook shows, by theme in the plan's order and then by ref."""
    themes = list_themes(store, scope.plan.id)
    rows = [row for row in list_actions(store, View(today), scope.plan.id) if row.status not in LEFT_OUT]
    if scope.owner is not None:
        rows = [row for row in rows if scope.owner.leads(row)]
    if scope.theme is not None:
        own = _with_strands(scope.theme, themes)
        rows = [row for row in rows if row.theme_id in own]
    order = {theme.id: at for at, theme in enumerate(themes)}
    return sorted(rows, key=lambda row: (order.get(row.theme_id or 0, len(order)), row.id))


def owners_of(rows: Iterable[ActionRow], organisations: dict[str, int]) -> list[Owner]:
    """Return who leads some actions, people first, by name; ``organisations`` gives the id of each by its name."""
    people = {row.lead_person_id: row.lead_officer for row in rows if row.lead_person_id is not None}
    bodies = {row.lead_partner for row in rows if row.lead_person_id is None and row.lead_partner}
    leading = [Owner(name or "", person_id=key) for key, name in people.items()]
    leading += [Owner(name, organisation_id=organisations[name]) for name in bodies if name in organisations]
    return sorted(leading, key=lambda owner: (owner.person_id is None, fold(owner.name)))


def _plan_of(store: Store, owner: Owner, today: date) -> PlanRow:
    """Return the one open plan that an owner leads actions in."""
    plans = [plan for plan in list_plans(store) if plan.is_open]
    theirs = [plan for plan in plans if any(owner.leads(row) for row in list_actions(store, View(today), plan.id))]
    if len(theirs) > 1:
        keys = ", ".join(plan.key for plan in theirs)
        raise CspError(f"{owner.name} leads actions of several plans ({keys}): say which one with --plan.")
    return theirs[0] if theirs else find_plan(store)


def _with_strands(theme: ThemeRow, themes: Sequence[ThemeRow]) -> set[int]:
    """Return the ids of a theme and of every strand below it."""
    found = {theme.id}
    for row in themes:  # in reading order: a strand comes after what it lies in
        if row.parent_id in found:
            found.add(row.id)
    return found
