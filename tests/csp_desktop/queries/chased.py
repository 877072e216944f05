"""A plan with owners in every standing, their workbooks sent by the program and brought back as an import leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Unpack

from sqlalchemy.orm import Session

from csp_desktop.commands.actions import ActionValues, add_action, post_update, set_status
from csp_desktop.commands.people import add_organisation, add_person
from csp_desktop.exports.content import Timing
from csp_desktop.exports.exporting import Exported, export_workbook
from csp_desktop.exports.scopes import Owner, Scope
from csp_desktop.queries.plans import find_plan, list_themes
from csp_desktop.store import Store
from models.exports import WorkbookReturn
from models.plan import Action
from models.vocabulary import LifecycleStatus, StepKind
from tests.factories import TODAY, Clock

BEGUN = date(2026, 4, 1)
SENT = date(2026, 11, 2)
WANTED = date(2026, 11, 16)
LATER = date(2027, 3, 31)


@dataclass
class Chased:
    """The people and the actions of the plan below, by a short name."""

    store: Store
    plan_id: int
    people: dict[str, int] = field(default_factory=dict)
    actions: dict[str, int] = field(default_factory=dict)
    sent: dict[str, Exported] = field(default_factory=dict)

    def owner(self, name: str) -> Owner:
        return Owner(name, person_id=self.people[name])


def send(store: Store, scope: Scope, folder: Path, on: date = SENT, back: date = WANTED) -> Exported:
    """Send a workbook out as the program does, on a day."""
    name = f"{scope.kind}-{scope.owner.name if scope.owner else 'all'}-{on:%Y%m%d}.xlsx"
    return export_workbook(store, scope, Timing.of(on, None, back), folder / name)


def send_owner(chased: Chased, owner: Owner, folder: Path, on: date = SENT, back: date = WANTED) -> Exported:
    """Send an owner their workbook."""
    return send(chased.store, Scope(find_plan(chased.store), owner=owner), folder, on, back)


def bring_back(store: Store, export_id: int, on: date, action_id: int | None, counts: Mapping[str, int]) -> int:
    """Record a return: in an import that changes an action, or, of None, in a Step that only says so; its Step's id."""
    steps: list[int] = []

    def keep(session: Session, step_id: int) -> None:
        steps.append(step_id)
        numbers = {"changed": 1, "conflicts": 0, "problems": 0, **counts}
        session.add(
            WorkbookReturn(
                export_id=export_id,
                entry_id=step_id,
                file_hash="0" * 64,
                file_name="return.xlsx",
                returned_on=on,
                **numbers,
            )
        )

    kind = StepKind.ACCESS if action_id is None else StepKind.IMPORT
    with store.write("Bring in an update workbook", kind=kind, recorded=keep) as session:
        if action_id is not None:
            action = session.get_one(Action, action_id)
            action.resources = f"{action.resources}+"
    return steps[0]


def fill(clock: Clock, store: Store, folder: Path) -> Chased:
    """Five people and a partner with one standing each, two actions that nobody leads, and what counts nowhere."""
    chased = Chased(store, find_plan(store).id)
    council = add_organisation(store, "Kirklees Council")
    for name in ("Amina Shah", "Tom Briggs", "Priya Nair", "Wei Chen", "Ewa Kowalska"):
        email = f"{name.split()[0].lower()}@example.org"
        chased.people[name] = add_person(store, name, email=email, organisation_id=council)
    partner = add_organisation(store, "West Yorkshire Police")
    chased.people["West Yorkshire Police"] = partner
    chased.people["Kirklees Council"] = council
    _add_actions(chased)
    _report(clock, chased)
    _send_and_bring_back(chased, folder)
    return chased


def _add_actions(chased: Chased) -> None:
    theme = list_themes(chased.store, chased.plan_id)[0].id

    def add(key: str, lead: str | None, due: date | None, **more: Unpack[ActionValues]) -> None:
        values: ActionValues = {"theme_id": theme, "start": BEGUN, "baseline_due": due, **more}
        values["title"] = f"{key} in the town centre"
        values["lead_person_id"] = chased.people[lead] if lead else None
        chased.actions[key] = add_action(chased.store, chased.plan_id, **values)

    council, partner = chased.people["Kirklees Council"], chased.people["West Yorkshire Police"]
    add("Renew the order", "Amina Shah", TODAY - timedelta(days=12))
    add("Light the underpass", "Amina Shah", TODAY + timedelta(days=28))
    add("Map the cameras", "Amina Shah", LATER)
    add("Dropped", "Amina Shah", TODAY - timedelta(days=90))
    add("Train the wardens", "Tom Briggs", TODAY)
    add("Done already", "Tom Briggs", TODAY - timedelta(days=90))
    add("Run the pledge", "Priya Nair", TODAY - timedelta(days=1))
    add("Visit the reservoirs", "Wei Chen", TODAY + timedelta(days=29))
    add("Open the hub", "Ewa Kowalska", None, lead_organisation_id=council)
    add("Patrol the market", None, LATER, lead_organisation_id=partner)
    add("Nobody's own", None, TODAY - timedelta(days=3))
    add("Nobody's yet", None, LATER, start=LATER)


def _report(clock: Clock, chased: Chased) -> None:
    clock.set_day(date(2026, 6, 20))
    post_update(chased.store, chased.actions["Patrol the market"], date(2026, 6, 20), done="Begun.")
    clock.set_day(date(2026, 10, 1))
    for key in ("Light the underpass", "Train the wardens", "Run the pledge", "Visit the reservoirs", "Open the hub"):
        post_update(chased.store, chased.actions[key], date(2026, 10, 1), done="Under way.")
    clock.set_day(TODAY)
    set_status(chased.store, chased.actions["Dropped"], LifecycleStatus.CANCELLED, TODAY)
    set_status(chased.store, chased.actions["Done already"], LifecycleStatus.COMPLETE, TODAY)


def _send_and_bring_back(chased: Chased, folder: Path) -> None:
    store, sent = chased.store, chased.sent
    for name in ("Amina Shah", "Tom Briggs", "Priya Nair"):
        sent[name] = send_owner(chased, chased.owner(name), folder)
    sent["Wei Chen"] = send_owner(chased, chased.owner("Wei Chen"), folder, back=TODAY)
    bring_back(
        store, sent["Tom Briggs"].export_id, date(2026, 11, 9), chased.actions["Train the wardens"], {"changed": 2}
    )
    found = {"conflicts": 2, "problems": 1}
    bring_back(store, sent["Priya Nair"].export_id, date(2026, 11, 10), chased.actions["Run the pledge"], found)
