"""A store with a plan of any length, written below the commands: a hundred thousand actions in a few seconds."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import insert, select

from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.people import Person
from models.plan import Action, Plan, ProgressUpdate, Theme
from models.vocabulary import LifecycleStatus, PlanKind
from tests.factories import TODAY, Clock, new_store

_VERBS = ("Renew", "Extend", "Review", "Commission", "Train", "Publish", "Map", "Agree", "Pilot", "Fund")
_THINGS = (
    "the Public Spaces Protection Order", "street lighting in Dewsbury", "outreach to rough sleepers",
    "the knife crime plan", "the night-time economy pact", "domestic abuse training", "the hate crime centres",
    "burglary prevention packs", "the youth diversion scheme", "neighbourhood panels",
)  # fmt: skip
_STATUSES = (LifecycleStatus.NOT_STARTED, *(LifecycleStatus.IN_PROGRESS,) * 2, LifecycleStatus.COMPLETE)
_OFFICERS = 300
_SILENT = 3  # every third action was never reported on


def long_store(folder: Path, actions: int) -> Store:
    """Make a store whose first plan has ``actions`` actions; the same for the same number."""
    store = new_store(folder, Clock())
    pick = Random(actions)
    with store.engines.write.begin() as connection:
        plan_id = connection.scalar(select(Plan.id).where(Plan.kind == PlanKind.PARTNERSHIP))
        themes = list(connection.scalars(select(Theme.id).where(Theme.plan_id == plan_id)))
        officers = [f"Officer {number:03} Khan" for number in range(_OFFICERS)]
        connection.execute(insert(Person), [{"name": name, "name_folded": fold(name)} for name in officers])
        people = list(connection.scalars(select(Person.id)))
        homes = [(plan_id, pick.choice(themes), pick.choice(people)) for _ in range(actions)]
        connection.execute(insert(Action), [_action(pick, at, home) for at, home in enumerate(homes, start=1)])
        reported = [at for at in range(1, actions + 1) if at % _SILENT]
        connection.execute(insert(ProgressUpdate), [_update(pick, at) for at in reported])
    return store


def _action(pick: Random, number: int, home: tuple[int | None, int, int]) -> dict[str, object]:
    plan_id, theme_id, person_id = home
    title = f"{pick.choice(_VERBS)} {pick.choice(_THINGS)} in ward {number % 997} with partners, phase {number}"
    due = TODAY + timedelta(days=pick.randrange(-600, 400))
    return {
        "id": number,
        "ref": f"ACT-{number:06}",
        "plan_id": plan_id,
        "theme_id": theme_id,
        "title": title,
        "title_folded": fold(title),
        "lead_person_id": person_id,
        "status": pick.choice(_STATUSES),
        "start": due - timedelta(days=200),
        "baseline_due": due,
        "forecast_due": due + timedelta(days=pick.choice((0, 0, 30))),
        "percent": pick.choice((None, 20, 60)),
        "unread": {},
    }


def _update(pick: Random, number: int) -> dict[str, object]:
    dated = date(2026, pick.randrange(1, 11), 5)
    return {"action_id": number, "dated": dated, "done": f"Meeting {number} held.", "rag": pick.choice("GARB")}
