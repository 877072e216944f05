"""What a page works with: the open store, the worker, the news, today, and what this PC remembers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from csp_desktop.settings import Preferences
from csp_desktop.store import Store
from ui.news import News
from ui.remembered import Remembered
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class House:
    """What the program around the window does for it: this PC's preferences, and putting a backup in place.

    ``settle`` keeps and applies preferences; ``restore`` locks and asks for the secret of the backup. Raises CspError.
    """

    preferences: Callable[[], Preferences]
    settle: Callable[[Preferences], None]
    restore: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed to every page. ``today`` is asked anew each time, for a window stays open over midnight.

    Without a ``house`` the window stands alone, and what the program around it would do is not offered.
    """

    store: Store
    tasks: Tasks
    news: News
    today: Callable[[], date]
    remembered: Remembered
    house: House | None = None
