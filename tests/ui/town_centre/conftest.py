"""A store with a town centre in it, and the page on a desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from csp_desktop.store import Store
from tests.csp_desktop.queries.town_centres import Town, fill
from tests.factories import TODAY
from ui.desk import Desk
from ui.news import News
from ui.pages.town_centre import TownCentrePage
from ui.remembered import Remembered
from ui.tasks import Tasks


@pytest.fixture
def store(empty_plan_store: Store) -> Store:
    return empty_plan_store


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[Desk]:
    tasks, news = Tasks(), News(store)
    yield Desk(store, tasks, news, lambda: TODAY, Remembered(tmp_path / "window.ini"))
    news.close()
    tasks.close()


@pytest.fixture
def town(store: Store) -> Town:
    return fill(store)


@pytest.fixture
def page(town: Town, desk: Desk, qtbot: QtBot) -> TownCentrePage:
    assert town.plan
    return shown(desk, qtbot)


def shown(desk: Desk, qtbot: QtBot) -> TownCentrePage:
    """The page at the size it has on a council laptop."""
    made = TownCentrePage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.reread()
    return made
