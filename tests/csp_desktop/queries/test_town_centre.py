from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.queries.town_centre import (
    OperationRow,
    list_clauses,
    outputs_by_period,
    read_town_centre,
    town_centre_plan,
)
from csp_desktop.registers.reading import Entry
from csp_desktop.rules.orders import ClauseStanding
from csp_desktop.rules.periods import Quarter, financial_year, month_period
from csp_desktop.store import Store
from models.terms import OperationStatus
from tests.csp_desktop.queries.town_centres import Town, fill
from tests.factories import TODAY

YEAR = financial_year(2026)
QUARTERS = tuple(Quarter(2026, number).period for number in range(1, 5))
MONTHS = tuple(month_period(2026 + (month < 4), month) for month in (*range(4, 13), 1, 2, 3))


@pytest.fixture
def store(empty_plan_store: Store) -> Store:
    return empty_plan_store


@pytest.fixture
def town(store: Store) -> Town:
    return fill(store)


def test_an_operation_is_to_come_or_untold_by_its_last_day(store: Store, town: Town) -> None:
    found = read_town_centre(store, TODAY)

    assert [row.id for row in found.to_come] == [town.to_come]
    assert [row.id for row in found.untold] == [town.untold]
    on_the_day = read_town_centre(store, date(2026, 11, 10))
    assert not on_the_day.untold
    assert [row.id for row in on_the_day.to_come] == [town.untold, town.to_come]


def test_what_is_still_to_be_done_is_told_the_most_overdue_first(store: Store, town: Town) -> None:
    found = read_town_centre(store, TODAY).open_follow_ups

    assert [(row.id, row.overdue_days) for row in found] == [(town.late, 22), (town.due, 0)]


def test_clauses_that_ask_for_somebody_are_the_expired_and_those_up_for_renewal(store: Store, town: Town) -> None:
    found = read_town_centre(store, TODAY).asking_clauses

    assert [row.id for row in found] == [town.expired, town.warned]
    assert [row.term.standing(TODAY) for row in found] == [ClauseStanding.EXPIRED, ClauseStanding.RENEWAL]
    assert found[0].name == "Dewsbury PSPO: 1 Drinking in the street"
    assert len(list_clauses(store)) == 3


def test_only_what_nobody_answered_is_unanswered(store: Store, town: Town) -> None:
    assert [row.id for row in read_town_centre(store, TODAY).unanswered] == [town.said]


def test_types_that_differ_in_capitals_are_one(store: Store, town: Town) -> None:
    assert town.jericho
    found = outputs_by_period(read_town_centre(store, TODAY).operations, QUARTERS)

    assert {line.kind: line.counts for line in found.lines} == {"Taxi checks": (12, 8, 0, 0), "Arrests": (3, 0, 0, 0)}


def test_the_plan_of_the_town_centre_is_the_one_of_its_kind(store: Store) -> None:
    assert town_centre_plan(store) is None
    town = fill(store)
    found = town_centre_plan(store)
    assert found is not None
    assert found.id == town.plan


kinds = st.sampled_from(["Arrests", "arrests", "Taxi checks", "Directions to leave"])
yields = st.lists(st.tuples(kinds, st.integers(0, 500)), max_size=4, unique_by=lambda pair: pair[0].casefold())
starts = st.dates(date(2026, 2, 1), date(2027, 5, 31))
held = st.tuples(starts, st.sampled_from(OperationStatus), yields)


def _row(day: date, status: OperationStatus, outputs: list[tuple[str, int]]) -> OperationRow:
    values = {"starts": day, "ends": None, "status": status, "outputs": tuple(outputs)}
    return OperationRow(Entry(1, 1, values, {}), (), TODAY)


@given(st.lists(held, max_size=12))
def test_months_and_quarters_add_up_to_the_year_and_the_year_to_its_operations(
    given: list[tuple[date, OperationStatus, list[tuple[str, int]]]],
) -> None:
    rows = [_row(*each) for each in given]
    year, quarters, months = (outputs_by_period(rows, periods) for periods in ((YEAR,), QUARTERS, MONTHS))

    of_year: Counter[str] = Counter()
    for row in rows:
        if row.is_held and YEAR.holds(row.starts):
            of_year.update({kind.casefold(): count for kind, count in row.entry.counts("outputs")})
    assert {line.kind.casefold(): line.total for line in year.lines} == of_year
    assert [(line.kind, line.total) for line in months.lines] == [(line.kind, line.total) for line in year.lines]
    by_quarter = {line.kind: line.counts for line in quarters.lines}
    for line in months.lines:
        assert by_quarter[line.kind] == tuple(sum(line.counts[at : at + 3]) for at in range(0, 12, 3))
