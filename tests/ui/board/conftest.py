"""A store in which the Board has met once and is to meet again, and a window with the Board's page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from csp_desktop.commands.entries import add_entry
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from tests.factories import TODAY
from ui.desk import Desk
from ui.news import News
from ui.pages.board import BoardPage
from ui.pages.page import Place
from ui.pages.plan import PlanPage
from ui.remembered import Remembered
from ui.tasks import Tasks
from ui.window import Heading, Window

GROUP = "Safer Dewsbury Town Centre Group"
PLACES = (Place("board", "Board", "people", BoardPage), Place("plan", "Plan", "plan", PlanPage))


@dataclass(frozen=True, slots=True)
class Met:
    """Ids of what the store holds: the meeting that was held, the one on this day, and the entry that is late."""

    held: int
    today: int
    late: int


@pytest.fixture
def met(store: Store) -> Met:
    seats = (("Karen Booth", "West Yorkshire Police", "Chair"), ("Tom Briggs", "Kirklees Council", ""))
    for person, organisation, role in seats:
        seat = {"group": GROUP, "person": person, "organisation": organisation, "role": role}
        add_entry(store, Register.GROUP_MEMBERS, seat | {"starts": date(2024, 5, 1)})
    left = {"group": GROUP, "person": "Old Hand", "ends": date(2024, 4, 30)}
    add_entry(store, Register.GROUP_MEMBERS, left)
    add_entry(store, Register.DEPUTIES, {"person": "Karen Booth", "deputy": "Dan Wood"})
    before = {"group": GROUP, "held_on": TODAY - timedelta(days=60), "status": "held"}
    held = add_entry(store, Register.MEETINGS, before)
    today = add_entry(store, Register.MEETINGS, {"group": GROUP, "held_on": TODAY, "venue": "Town Hall"})
    late = {"meeting": held, "title": "Write to retailers", "owner": "Tom Briggs", "due": TODAY - timedelta(days=9)}
    return Met(held, today, add_entry(store, Register.LOG, late))


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[Desk]:
    tasks = Tasks()
    news = News(store)
    yield Desk(store, tasks, news, lambda: TODAY, Remembered(tmp_path / "window.ini"))
    news.close()
    tasks.close()


@pytest.fixture
def window(desk: Desk, met: Met, qtbot: QtBot) -> Window:
    assert met.held  # what it holds is there before it is shown
    made = Window(desk, PLACES, Heading("Communities Partnership", "OFFICIAL"))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


@pytest.fixture
def page(window: Window) -> BoardPage:
    window.go("board")
    shown = window.page()
    assert isinstance(shown, BoardPage)
    return shown
