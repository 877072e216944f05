"""What the page of workbooks reads of a plan, and what workbooks can be made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.exports.email_text import chase_email
from csp_desktop.exports.scopes import Scope
from csp_desktop.exports.several import scope_of
from csp_desktop.queries.chasing import Chase, WorkbookRow, list_workbooks, read_chase
from csp_desktop.queries.plans import PlanRow, ThemeRow, list_themes, profile
from csp_desktop.store import Store
from ui.forms.workbooks import Offer
from ui.pages.workbooks_pane import OwnerShown
from ui.tables.owners import OwnerLine


@dataclass(frozen=True, slots=True)
class PlanRead:
    """What the page shows of a plan, read at once, as at a day; the workbooks are those of every plan."""

    plan: PlanRow
    today: date
    chase: Chase
    sent: Sequence[WorkbookRow]
    themes: Sequence[ThemeRow]


def read_plan(store: Store, plan: PlanRow, today: date) -> PlanRead:
    """Read the owners of a plan and every workbook that was sent."""
    themes = list_themes(store, plan.id)
    return PlanRead(plan, today, read_chase(store, plan.id, today), list_workbooks(store), themes)


def owner_shown(store: Store, found: PlanRead, line: OwnerLine) -> OwnerShown:
    """Return an owner as the pane shows them, with the words of an e-mail for how it stands today."""
    owner, plan = line.owner, found.plan
    text = chase_email(owner, plan.title, profile(store).name, store.who.display_name, found.today)
    key = (owner.person_id, owner.organisation_id)
    theirs = [row for row in found.sent if row.plan_id == plan.id]
    theirs = [row for row in theirs if (row.owner_person_id, row.owner_organisation_id) == key]
    return OwnerShown(line, tuple(theirs), text, found.today)


def offers_of(found: PlanRead, ticked: Sequence[OwnerLine], chosen: OwnerLine | None) -> tuple[Offer, ...]:
    """Return what workbooks can be made of, what a person most likely means first."""
    plan = found.plan
    offers = []
    if ticked:
        several = f"The {len(ticked):,} ticked owners, a workbook each"
        words = several if len(ticked) > 1 else f"{ticked[0].name}, who is ticked"
        offers.append(Offer(words, tuple(scope_of(plan, line.owner) for line in ticked)))
    if chosen is not None and not chosen.owner.is_erased and list(ticked) != [chosen]:
        offers.append(offer_of(plan, chosen))
    asked = [owner for owner in found.chase.owners if not owner.is_erased]
    every = f"Every owner ({len(asked):,}), a workbook each"
    offers.append(Offer(every, tuple(scope_of(plan, owner) for owner in asked)))
    offers.append(Offer("The whole plan, in one workbook", (Scope(plan),)))
    offers += [Offer(_theme_words(theme), (Scope(plan, theme=theme),)) for theme in found.themes]
    return tuple(offers)


def offer_of(plan: PlanRow, line: OwnerLine) -> Offer:
    """Return what one owner's workbook is made of."""
    return Offer(line.name, (scope_of(plan, line.owner),))


def _theme_words(theme: ThemeRow) -> str:
    words = f"{theme.number} {theme.title}".strip()
    return f"Theme: {words}" if not theme.depth else f"Strand: {words}"
