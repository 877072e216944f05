"""What every test may lean on: a clock that stands still and real encrypted stores."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from csp_desktop.store import Store
from tests.factories import Clock, bare_store, new_store

# workbooks are written as in the program, which ships without lxml; here it comes along with pikepdf
os.environ["OPENPYXL_LXML"] = "False"

# on a build server the same examples every time: a failure there must come from the change; at a desk they explore
settings.register_profile(
    "project",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("project")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bare(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    store = bare_store(tmp_path, clock)
    yield store
    store.close()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    store = new_store(tmp_path, clock)
    yield store
    store.close()


@pytest.fixture
def empty_plan_store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    store = new_store(tmp_path, clock, "empty")
    yield store
    store.close()
