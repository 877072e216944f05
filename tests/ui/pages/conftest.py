"""A store with a small plan in it, and the window on top."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from csp_desktop.commands.actions import add_action, add_milestone, post_update
from csp_desktop.commands.people import add_person
from csp_desktop.location import StoreFiles
from csp_desktop.queries.plans import list_objectives, list_plans, list_themes
from csp_desktop.store import Store
from csp_desktop.workspace import open_store
from models.vocabulary import LifecycleStatus
from tests.csp_desktop.queries.chased import Chased, fill
from tests.factories import TODAY, Clock, new_store
from tests.vault import OFFICER, PASSPHRASE
from ui.desk import Desk
from ui.news import News
from ui.remembered import Remembered
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Planned:
    """Ids of what the plan holds."""

    order: int
    outreach: int
    protocol: int
    amira: int


@pytest.fixture
def planned(store: Store) -> Planned:
    plan = list_plans(store)[0]
    first, second = [theme for theme in list_themes(store, plan.id) if theme.parent_id is None][:2]
    objective = next(row for row in list_objectives(store, plan.id) if row.theme_id == first.id)
    amira = add_person(store, "Amira Khan")
    me = add_person(store, "Priya Patel")
    order = add_action(
        store,
        plan.id,
        title="Renew the order",
        objective_id=objective.id,
        lead_person_id=amira,
        status=LifecycleStatus.IN_PROGRESS,
        start=date(2026, 1, 5),
        forecast_due=TODAY - timedelta(days=12),
    )
    post_update(store, order, TODAY - timedelta(days=20), done="Consultation closed", rag="G", percent=60)
    add_milestone(store, order, "Order sealed", TODAY + timedelta(days=10))
    outreach = add_action(
        store,
        plan.id,
        title="Outreach to rough sleepers",
        theme_id=second.id,
        lead_person_id=me,
        status=LifecycleStatus.IN_PROGRESS,
        start=date(2026, 1, 5),
        forecast_due=TODAY + timedelta(days=20),
    )
    protocol = add_action(store, plan.id, title="Information sharing protocol")
    return Planned(order, outreach, protocol, amira)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Chased:
    """Owners in every standing, in a closed store that tests copy: their workbooks take a while to make."""
    folder, clock = tmp_path_factory.mktemp("filled"), Clock()
    (folder / "sent").mkdir()
    made = fill(clock, new_store(folder, clock), folder / "sent")
    made.store.close()
    return made


@pytest.fixture
def chased(filled: Chased, tmp_path: Path, clock: Clock) -> Iterator[Chased]:
    """The same owners in a store of the test's own."""
    for path in (filled.store.path, StoreFiles(filled.store.path).keys):
        shutil.copy(path, tmp_path / path.name)
    store = open_store(tmp_path / filled.store.path.name, PASSPHRASE, OFFICER, clock)
    yield replace(filled, store=store)
    store.close()


@pytest.fixture
def desk(store: Store, planned: Planned, tmp_path: Path) -> Iterator[Desk]:
    assert planned.order
    tasks = Tasks()
    news = News(store)
    yield Desk(store, tasks, news, lambda: TODAY, Remembered(tmp_path / "window.ini"))
    news.close()
    tasks.close()
