"""A store with cohorts in it, and the window on its Reoffending page."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from csp_desktop.location import StoreFiles
from csp_desktop.store import Store
from csp_desktop.workspace import open_store
from models.offending import CohortDefinition
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE, sample_cohort
from tests.factories import Clock, new_store
from tests.vault import OFFICER, PASSPHRASE
from ui.desk import Desk
from ui.news import News
from ui.pages.reoffending import ReoffendingPage
from ui.remembered import Remembered
from ui.tasks import Tasks
from ui.window import Window


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Ids of the cohorts that the store holds."""

    local: int
    quarterly: int


@dataclass(frozen=True, slots=True)
class Made:
    """Two closed stores that tests copy, for they take a while to make: one without a cohort, one with some."""

    empty: Path
    filled: Path
    cohorts: Cohorts


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    empty, filled = tmp_path_factory.mktemp("empty"), tmp_path_factory.mktemp("filled")
    bare = new_store(empty, Clock())
    bare.close()
    store = copied(bare.path, filled)
    cohorts = Cohorts(
        sample_cohort(store, 150),
        sample_cohort(store, 60, 2, name="Quarters of 2024", kind=CohortDefinition.PROVEN_3_MONTH),
    )
    store.close()
    return Made(bare.path, store.path, cohorts)


def copied(path: Path, folder: Path) -> Store:
    """Open a copy of a closed store."""
    for each in (path, StoreFiles(path).keys):
        shutil.copy(each, folder / each.name)
    return open_store(folder / path.name, PASSPHRASE, OFFICER, Clock())


@pytest.fixture
def store(made: Made, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = copied(made.filled if "cohorts" in request.fixturenames else made.empty, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def cohorts(made: Made) -> Cohorts:
    return made.cohorts


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[Desk]:
    tasks = Tasks()
    news = News(store)
    yield Desk(store, tasks, news, lambda: DATA_DATE, Remembered(tmp_path / "window.ini"))
    news.close()
    tasks.close()


@pytest.fixture
def page(window: Window) -> ReoffendingPage:
    window.go("reoffending")
    shown = window.page()
    assert isinstance(shown, ReoffendingPage)
    return shown
