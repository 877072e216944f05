"""Before, during and after a spell, against counting day by day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.reoffending.intervals import poisson
from csp_desktop.reoffending.liberty import Stretch, is_in_custody, joined
from csp_desktop.reoffending.spells_compared import Exposure, SpellHistory, compare_spells
from tests.csp_desktop.reoffending.stretches import stretches

DAYS = st.dates(date(2019, 9, 1), date(2020, 9, 30))
DAY = timedelta(days=1)
STRETCHES = stretches(DAYS, longest=150)


@st.composite
def histories(draw: st.DrawFn) -> SpellHistory:
    offences = tuple(sorted(draw(st.lists(DAYS, max_size=5))))
    custody = joined(draw(st.lists(STRETCHES, max_size=3)))
    return SpellHistory(draw(st.integers(1, 3)), draw(STRETCHES), offences, custody, draw(st.none() | DAYS))


def exposed(history: SpellHistory, days: list[date]) -> Exposure:
    free = {day for day in days if not is_in_custody(day, history.custody)}
    inside = [day for day in history.offences if day in days]
    return Exposure(sum(day in free for day in inside), len(free), sum(day not in free for day in inside))


def naive(history: SpellHistory, until: date, longest: int, after: bool) -> tuple[Exposure, Exposure, int]:
    """Walk forwards from the later half's first day for as long as it is known, and as far back from the start."""
    later: list[date] = []
    day = history.spell.end if after else history.spell.first
    while day is not None and len(later) < longest and day < until:
        if history.died_on is not None and day >= history.died_on:
            break
        if not after and history.spell.end is not None and day >= history.spell.end:
            break
        later.append(day)
        day += DAY
    before = [history.spell.first - DAY * back for back in range(1, len(later) + 1)]
    return exposed(history, before), exposed(history, later), len(later)


@given(st.lists(histories(), max_size=4), DAYS, st.integers(1, 200))
def test_halves_are_as_counted_day_by_day(people: list[SpellHistory], until: date, longest: int) -> None:
    found = compare_spells(people, until, longest)
    for pair, after in ((found.during, False), (found.after, True)):
        walked = [naive(each, until, longest, after) for each in people]
        assert pair.before == sum((each[0] for each in walked), Exposure())
        assert pair.later == sum((each[1] for each in walked), Exposure())
        assert pair.spells == sum(each[2] > 0 for each in walked)
    assert found.spells == len(people)


def test_a_shorter_after_window_cuts_the_one_before() -> None:
    """Edge case 29: ten months are known after the spell, so ten months before it are compared."""
    spell = Stretch(date(2020, 1, 1), date(2020, 7, 1))
    early = tuple(date(2019, 1, 1) + timedelta(days=10 * each) for each in range(5))
    history = SpellHistory(1, spell, (*early, date(2019, 12, 1), date(2020, 8, 1)))
    found = compare_spells([history], date(2020, 8, 30))
    assert found.after.before == Exposure(1, 60)
    assert found.after.later == Exposure(1, 60)
    assert found.after.ratio == 1.0
    died = compare_spells([replace(history, died_on=date(2020, 7, 11))], date(2020, 8, 30))
    assert (died.after.before.days_at_liberty, died.after.later.days_at_liberty) == (10, 10)


def test_rates_are_per_day_at_liberty_with_exact_intervals() -> None:
    spell = Stretch(date(2020, 1, 1), date(2020, 1, 31))
    custody = (Stretch(date(2020, 2, 10), date(2020, 2, 20)),)
    history = SpellHistory(1, spell, (date(2019, 12, 20), date(2020, 2, 1), date(2020, 2, 15)), custody)
    after = compare_spells([history], date(2020, 3, 1)).after
    assert after.later == Exposure(1, 20, 1)
    assert after.later.per_year == pytest.approx(365 / 20)
    interval = after.later.interval
    assert interval is not None
    assert interval.upper == pytest.approx(poisson(1).upper * 365 / 20)
    assert after.ratio == pytest.approx(1.5)


def test_a_spell_that_goes_on_has_no_after_and_one_in_the_future_nothing() -> None:
    going_on = SpellHistory(1, Stretch(date(2020, 1, 1)), (date(2020, 2, 1),))
    to_come = SpellHistory(2, Stretch(date(2022, 1, 1)))
    found = compare_spells([going_on, to_come], date(2020, 7, 1))
    assert (found.during.spells, found.after.spells, found.not_compared, found.people) == (1, 0, 1, 2)
    assert found.after.later.per_year is None
    assert found.after.later.interval is None
    assert "does not show by itself" in found.warning
