"""Abstinence and days at liberty, against counting day by day."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.reoffending.abstinence import Life, abstinence, completed_months, known_until, last_offence, since_last
from csp_desktop.reoffending.intervals import wilson
from csp_desktop.reoffending.liberty import Stretch, back_at_liberty, days_at_liberty, is_in_custody, joined
from csp_desktop.reoffending.windows import add_months
from tests.csp_desktop.reoffending.stretches import stretches

DAYS = st.dates(date(2019, 12, 1), date(2020, 10, 31))
DAY = timedelta(days=1)
STRETCHES = stretches(DAYS, longest=200)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    custody = draw(st.lists(STRETCHES, max_size=4))
    offences = draw(st.lists(DAYS, max_size=4))
    died = draw(st.none() | DAYS)
    return Life(draw(DAYS), tuple(sorted(offences)), joined(custody), died)


def every_day(first: date, end: date) -> Iterable[date]:
    while first < end:
        yield first
        first += DAY


@given(st.lists(STRETCHES, max_size=5), DAYS, DAYS)
def test_joined_stretches_hold_the_same_days_and_days_at_liberty_are_the_others(
    custody: list[Stretch], first: date, end: date
) -> None:
    once = joined(custody)
    free = [day for day in every_day(first, end) if not any(each.holds(day) for each in custody)]
    assert all(is_in_custody(day, once) == is_in_custody(day, custody) for day in every_day(first, end))
    assert all(early.end is not None and early.end < late.first for early, late in pairwise(once))
    assert days_at_liberty(first, end, once) == len(free)


@given(st.lists(STRETCHES, max_size=5), DAYS, st.integers(1, 400))
def test_walking_back_finds_as_many_days_at_liberty(custody: list[Stretch], end: date, days: int) -> None:
    once = joined(custody)
    day, left = end, days
    while left:
        day -= DAY
        left -= not is_in_custody(day, once)
    assert back_at_liberty(end, days, once) == day


def naive(people: list[Life], end: date, months: int, at_liberty: bool) -> tuple[int, int, int, int]:
    counted = abstinent = too_short = died = 0
    for each in people:
        if each.died_on is not None and each.died_on < end:
            died += 1
            continue
        wanted = (end - add_months(end, -months)).days
        day, seen, offended = end, 0, False
        while seen < wanted:
            day -= DAY
            seen += not (at_liberty and is_in_custody(day, each.custody))
            offended |= day in each.offences
        if day <= each.followed_from:
            too_short += 1
        else:
            counted += 1
            abstinent += not offended
    return counted, abstinent, too_short, died


@given(st.lists(lives(), max_size=4), DAYS, st.integers(1, 12), st.booleans())
def test_abstinence_is_as_counted_day_by_day(people: list[Life], end: date, months: int, at_liberty: bool) -> None:
    found = abstinence(people, end, [months], at_liberty=at_liberty)[0]
    assert (found.people, found.abstinent, found.too_short, found.died) == naive(people, end, months, at_liberty)
    assert found.interval == wilson(found.abstinent, found.people)


@given(st.lists(lives(), max_size=6), DAYS)
def test_time_since_the_last_offence(people: list[Life], end: date) -> None:
    found = since_last(people, end)
    alive = [each for each in people if each.died_on is None or each.died_on >= end]
    assert found.people + found.never == len(alive)
    assert (found.median_months is None) == (found.people == 0)
    for each in alive:
        inside = [day for day in every_day(each.followed_from, end) if day in each.offences]
        assert last_offence(each, end) == (inside[-1] if inside else None)


@given(DAYS, st.integers(0, 500))
def test_completed_months_are_the_most_that_fit(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    months = completed_months(first, last)
    assert add_months(first, months) <= last < add_months(first, months + 1)


def test_who_was_locked_up_has_not_abstained() -> None:
    end = known_until(date(2021, 7, 1), 6)
    assert end == date(2021, 1, 1)
    locked_up = Life(date(2020, 1, 1), (date(2020, 5, 1),), (Stretch(date(2020, 6, 1), date(2020, 12, 1)),))
    by_calendar = abstinence([locked_up], end, [3], at_liberty=False)[0]
    by_liberty = abstinence([locked_up], end, [3], at_liberty=True)[0]
    assert (by_calendar.share, by_liberty.share) == (1.0, 0.0)
    assert since_last([locked_up], end).median_days_at_liberty == 62
    assert abstinence([], end, [3], at_liberty=True)[0].share is None
