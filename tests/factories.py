"""Stores for tests: real encrypted files, a clock that the test sets, keys at a cost for tests."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from csp_desktop.commands.starting import found_store
from csp_desktop.store import Store
from csp_desktop.workspace import create_store
from tests.vault import CHEAP, OFFICER, PASSPHRASE

TODAY = date(2026, 11, 23)


@dataclass
class Clock:
    """The present instant, as the test says it is."""

    now: datetime = field(default=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def set_day(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def bare_store(folder: Path, clock: Clock, name: str = "test.csp") -> Store:
    """A store with all tables and nothing in them."""
    return create_store(folder / name, PASSPHRASE, OFFICER, clock, CHEAP).store


def new_store(folder: Path, clock: Clock, plan: str = "kirklees-2022-2027") -> Store:
    """A store set up with a starter plan, or an empty one."""
    store = bare_store(folder, clock)
    found_store(store, plan)
    return store
