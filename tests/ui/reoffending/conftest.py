"""A store with cohorts in it, and the window on its Reoffending page."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from csp_desktop.store import Store
from models.vocabulary import CohortDefinition
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE, sample_cohort
from tests.factories import Clock, new_store
from ui.desk import Desk
from ui.news import News
from ui.pages.reoffending import ReoffendingPage
from ui.places import PLACES
from ui.remembered import Remembered
from ui.tasks import Tasks
from ui.window import Heading, Window


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Ids of the cohorts that the store holds."""

    local: int
    quarterly: int


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path, Clock())
    yield made
    made.close()


@pytest.fixture
def cohorts(store: Store) -> Cohorts:
    return Cohorts(
        sample_cohort(store, 150),
        sample_cohort(store, 60, 2, name="Quarters of 2024", kind=CohortDefinition.PROVEN_3_MONTH),
    )


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[Desk]:
    tasks = Tasks()
    news = News(store)
    yield Desk(store, tasks, news, lambda: DATA_DATE, Remembered(tmp_path / "window.ini"))
    news.close()
    tasks.close()


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Window:
    made = Window(desk, PLACES, Heading("Communities Partnership", "OFFICIAL"))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


@pytest.fixture
def page(window: Window) -> ReoffendingPage:
    window.go("reoffending")
    shown = window.page()
    assert isinstance(shown, ReoffendingPage)
    return shown
