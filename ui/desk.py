"""What a page works with: the open store, the worker, the news, today, and what this PC remembers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from csp_desktop.store import Store
from ui.news import News
from ui.remembered import Remembered
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed to every page. ``today`` is asked anew each time, for a window stays open over midnight."""

    store: Store
    tasks: Tasks
    news: News
    today: Callable[[], date]
    remembered: Remembered
