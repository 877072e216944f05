"""Stores for tests: real encrypted files, a clock that stands still until it is told to move, no key derivation."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from csp_desktop.audit import Who
from csp_desktop.commands.starting import found_store
from csp_desktop.store import Engines, Store
from models.base import Base
from models.engine import create_empty_file, open_engine

OFFICER = Who("officer1", "Priya Patel")
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
    path = folder / name
    data_key = bytes(range(32))
    create_empty_file(path)
    engines = Engines(open_engine(path, data_key), open_engine(path, data_key, read_only=True))
    Base.metadata.create_all(engines.write)
    return Store(path, engines, bytes(32), OFFICER, clock)


def new_store(folder: Path, clock: Clock, plan: str = "kirklees-2022-2027") -> Store:
    """A store set up with a starter plan, or an empty one."""
    store = bare_store(folder, clock)
    found_store(store, plan)
    return store
