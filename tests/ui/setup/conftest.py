"""The set-up page on a store in use, with a house that notes what it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from csp_desktop.settings import Preferences
from csp_desktop.store import Store
from tests.factories import TODAY
from ui.desk import Desk, House
from ui.news import News
from ui.places import PLACES
from ui.remembered import Remembered
from ui.setup.page import SetupPage
from ui.tasks import Tasks
from ui.window import Heading, Window


@dataclass
class Noted:
    """What the house was asked to do."""

    preferences: Preferences = field(default_factory=Preferences)
    restored: list[Path] = field(default_factory=list)

    def settle(self, preferences: Preferences) -> None:
        self.preferences = preferences


@pytest.fixture
def noted() -> Noted:
    return Noted()


@pytest.fixture
def desk(store: Store, noted: Noted, tmp_path: Path) -> Iterator[Desk]:
    tasks, news = Tasks(), News(store)
    house = House(lambda: noted.preferences, noted.settle, noted.restored.append)
    yield Desk(store, tasks, news, lambda: TODAY, Remembered(tmp_path / "window.ini"), house)
    news.close()
    tasks.close()


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Window:
    made = Window(desk, PLACES, Heading("Communities Partnership", "OFFICIAL"))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.go("setup")
    return made


@pytest.fixture
def page(window: Window) -> SetupPage:
    shown = window.page()
    assert isinstance(shown, SetupPage)
    return shown
