"""A desk on a store that was just set up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from csp_desktop.store import Store
from tests.factories import TODAY
from ui.desk import Desk
from ui.news import News
from ui.remembered import Remembered
from ui.tasks import Tasks


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[Desk]:
    tasks, news = Tasks(), News(store)
    yield Desk(store, tasks, news, lambda: TODAY, Remembered(tmp_path / "window.ini"))
    news.close()
    tasks.close()
