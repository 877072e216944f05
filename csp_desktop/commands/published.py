"""Commands on published figures to compare with, and on first-time entrants: add, edit, withdraw."""

from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.commands.withdrawing import withdraw
from csp_desktop.rules.reoffending_refusals import benchmark_refusals, entrants_refusals
from csp_desktop.rules.validation import FieldError, insist
from csp_desktop.store import Store
from models.reoffending import Benchmark, FirstTimeEntrants

_KEY_OF_BENCHMARK = ("series", "area", "people", "period")
_KEY_OF_ENTRANTS = ("area", "people", "period")


class BenchmarkFigures(TypedDict, total=False):
    """What a published figure says."""

    series: str
    people: str
    first_day: date | None
    last_day: date | None
    offenders: int | None
    reoffenders: int | None
    reoffences: int | None
    rate: int | None
    predicted: int | None


class BenchmarkValues(BenchmarkFigures, total=False):
    """What can be changed of a published figure. ``rate`` and ``predicted`` are shares in millionths."""

    area: str
    period: str


def add_benchmark(store: Store, area: str, period: str, **values: Unpack[BenchmarkFigures]) -> int:
    """Add a published figure; return its id. Raises FieldError for a refused value, or a figure that is there."""
    given = _tidy({"series": "", "people": "All", **values, "area": area, "period": period})
    insist(benchmark_refusals(given))
    with store.write("Add a benchmark") as session:
        _check_key(session, Benchmark, {name: given[name] for name in _KEY_OF_BENCHMARK}, None)
        row = Benchmark(area=area, period=period)
        change_row(row, None, given)
        session.add(row)
        session.flush()
        return row.id


def edit_benchmark(store: Store, benchmark_id: int, version: int, **values: Unpack[BenchmarkValues]) -> None:
    """Change a published figure. Raises FieldError for a refused value, RowChangedError where it was changed since."""
    given = _tidy(dict(values))
    with store.write("Edit a benchmark") as session:
        row = get_row(session, Benchmark, benchmark_id)
        whole = {name: getattr(row, name) for name in BenchmarkValues.__annotations__} | given
        insist(benchmark_refusals(whole))
        _check_key(session, Benchmark, {name: whole[name] for name in _KEY_OF_BENCHMARK}, benchmark_id)
        change_row(row, version, given)


def withdraw_benchmark(store: Store, benchmark_id: int, version: int) -> None:
    """Take a published figure out."""
    with store.write("Withdraw a benchmark") as session:
        withdraw(session, get_row(session, Benchmark, benchmark_id), version)


class EntrantsFigures(TypedDict, total=False):
    """What belongs to a count of first-time entrants."""

    first_day: date | None
    last_day: date | None
    people: str
    population: int | None


class EntrantsValues(EntrantsFigures, total=False):
    """What can be changed of a count of first-time entrants. ``population``: people aged 10 to 17."""

    area: str
    period: str
    entrants: int


def add_entrants(store: Store, area: str, period: str, entrants: int, **values: Unpack[EntrantsFigures]) -> int:
    """Add a count of first-time entrants; return its id. Raises FieldError for a refused value or one known."""
    given = _tidy({"people": "All", **values, "area": area, "period": period, "entrants": entrants})
    insist(entrants_refusals(given))
    with store.write("Add first-time entrants") as session:
        _check_key(session, FirstTimeEntrants, {name: given[name] for name in _KEY_OF_ENTRANTS}, None)
        row = FirstTimeEntrants(area=area, period=period, entrants=entrants)
        change_row(row, None, given)
        session.add(row)
        session.flush()
        return row.id


def edit_entrants(store: Store, entrants_id: int, version: int, **values: Unpack[EntrantsValues]) -> None:
    """Change a count of first-time entrants. Raises FieldError for a refused value, RowChangedError after a change."""
    given = _tidy(dict(values))
    with store.write("Edit first-time entrants") as session:
        row = get_row(session, FirstTimeEntrants, entrants_id)
        whole = {name: getattr(row, name) for name in EntrantsValues.__annotations__} | given
        insist(entrants_refusals(whole))
        _check_key(session, FirstTimeEntrants, {name: whole[name] for name in _KEY_OF_ENTRANTS}, entrants_id)
        change_row(row, version, given)


def withdraw_entrants(store: Store, entrants_id: int, version: int) -> None:
    """Take a count of first-time entrants out."""
    with store.write("Withdraw first-time entrants") as session:
        withdraw(session, get_row(session, FirstTimeEntrants, entrants_id), version)


def _tidy(values: dict[str, Any]) -> dict[str, Any]:
    return {name: " ".join(value.split()) if isinstance(value, str) else value for name, value in values.items()}


def _check_key(
    session: Session, model: type[Benchmark | FirstTimeEntrants], key: dict[str, str], own_id: int | None
) -> None:
    """Refuse a second figure of the same people, area and period: nobody could say which of the two holds."""
    query = select(model.id).where(*(getattr(model, name) == value for name, value in key.items()))
    if any(found != own_id for found in session.scalars(query)):
        raise FieldError(
            "period", "This area and period have a figure of the same kind already: edit that one instead."
        )
