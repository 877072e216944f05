"""A store with measures, and the window on their page."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from csp_desktop.commands.entries import add_entry
from csp_desktop.commands.measures import record_reading, set_target
from csp_desktop.location import StoreFiles
from csp_desktop.measures.spans import periods_of_year
from csp_desktop.registers.forms import Register
from csp_desktop.rules.periods import Quarter
from csp_desktop.store import Store
from csp_desktop.workspace import open_store
from models.terms import Frequency
from tests.factories import TODAY, Clock, bare_store, new_store
from tests.vault import OFFICER, PASSPHRASE
from ui.desk import Desk
from ui.news import News
from ui.pages.measures import MeasuresPage
from ui.pages.page import Place
from ui.remembered import Remembered
from ui.tasks import Tasks
from ui.window import Heading, Window

LAST = Quarter(2026, 2).period


@dataclass(frozen=True, slots=True)
class Measured:
    """Ids of the measures that the store holds: one that misses its target, one without a reading."""

    shops: int
    fires: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A closed store that tests copy, for it takes a while to make."""

    path: Path
    measures: Measured


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    store = new_store(tmp_path_factory.mktemp("measures"), Clock())
    shops = add_entry(store, Register.MEASURES, {"title": "Theft from shops", "owner": "Imran Sadiq"})
    fires = add_entry(store, Register.MEASURES, {"title": "Deliberate fires", "unit": "rate_per_1000"})
    for at, period in enumerate((*periods_of_year(Frequency.QUARTERLY, 2025), Quarter(2026, 1).period, LAST)):
        record_reading(store, shops, period, {"value": Decimal(100 + 5 * at)})
    set_target(store, shops, {LAST: Decimal(110)})
    store.close()
    return Filled(store.path, Measured(shops, fires))


@pytest.fixture
def measured(filled: Filled) -> Measured:
    return filled.measures


@pytest.fixture
def store(filled: Filled, request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A store with measures where a test asks for them, else one without."""
    if "measured" in request.fixturenames:
        for path in (filled.path, StoreFiles(filled.path).keys):
            shutil.copy(path, tmp_path / path.name)
        opened = open_store(tmp_path / filled.path.name, PASSPHRASE, OFFICER, clock)
    else:
        opened = bare_store(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[Desk]:
    tasks, news = Tasks(), News(store)
    yield Desk(store, tasks, news, lambda: TODAY, Remembered(tmp_path / "window.ini"))
    news.close()
    tasks.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> MeasuresPage:
    """The page in a window that has no other, at the size of a council laptop's screen."""
    places = (Place("measures", "Measures", "plan", MeasuresPage),)
    window = Window(desk, places, Heading("Communities Partnership", "OFFICIAL"))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.go("measures")
    found = window.page()
    assert isinstance(found, MeasuresPage)
    return found
