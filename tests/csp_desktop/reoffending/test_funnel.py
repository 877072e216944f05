"""The funnel's limits, beside scipy's binomial distribution."""

import warnings
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csp_desktop.reoffending.funnel import Standing, funnel, limits_for, limits_over
from csp_desktop.reoffending.intervals import Interval
from csp_desktop.reoffending.named_counts import NamedCounts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what others' packages warn of as they load is theirs
    from scipy.stats import binom

RATES = st.floats(0.001, 0.999)


def interpolated(people: int, rate: float, tail: float) -> float:
    """Return Spiegelhalter's lower limit, as printed in his appendix."""
    count = binom.ppf(tail, people, rate)
    over = (binom.cdf(count, people, rate) - tail) / binom.pmf(count, people, rate)
    return max((count - over) / people, 0.0)


@given(st.integers(1, 5_000), RATES)
@example(1, 0.27)
@example(400_000, 0.275)
@example(100_000, 0.00001)
def test_the_limits_are_the_exact_binomial_ones(people: int, rate: float) -> None:
    limits = limits_for(people, rate)
    for interval, tail in ((limits.warning, 0.025), (limits.action, 0.001)):
        assert interval.lower == pytest.approx(interpolated(people, rate, tail), abs=1e-7)
        assert interval.upper == pytest.approx(1 - interpolated(people, 1 - rate, tail), abs=1e-7)
    assert limits.action.lower <= limits.warning.lower <= rate <= limits.warning.upper <= limits.action.upper


@given(st.integers(1, 400).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people))), RATES)
def test_a_unit_is_outside_where_chance_seldom_takes_it(counts: tuple[int, int], rate: float) -> None:
    reoffenders, offenders = counts
    drawn = funnel([NamedCounts("here", reoffenders, offenders)], rate)
    assert drawn is not None
    below, above = binom.cdf(reoffenders, offenders, rate), binom.sf(reoffenders - 1, offenders, rate)
    if any(abs(chance - tail) < 1e-9 for chance in (below, above) for tail in (0.025, 0.001)):
        return
    expected = Standing.AS_EXPECTED
    for tail, low, high in ((0.025, Standing.BELOW, Standing.ABOVE), (0.001, Standing.FAR_BELOW, Standing.FAR_ABOVE)):
        expected = low if below < tail else high if above < tail else expected
    assert drawn.points[0].standing is expected


def test_the_reference_is_the_pooled_rate_and_units_of_nobody_are_left_out() -> None:
    units = [NamedCounts("a", 10, 40), NamedCounts("b", 90, 160), NamedCounts("nobody", 0, 0)]
    drawn = funnel(units)
    assert drawn is not None
    assert drawn.reference == 0.5
    assert [(point.unit.name, point.rate) for point in drawn.points] == [("a", 0.25), ("b", 0.5625)]
    assert [point.standing for point in drawn.points] == [Standing.BELOW, Standing.AS_EXPECTED]


@given(st.lists(st.integers(1, 3_000), min_size=2, max_size=2).map(sorted))
def test_the_lines_run_from_one_size_to_another(ends: list[int]) -> None:
    least, most = ends
    lines = limits_over(least, most, 0.3)
    assert (lines[0].offenders, lines[-1].offenders) == (least, most)
    assert all(before.offenders < after.offenders for before, after in pairwise(lines))
    assert len(lines) <= 60
    assert lines[0] == limits_for(least, 0.3)


@pytest.mark.parametrize("rate", [0.0, 1.0, 5e-324])
def test_a_rate_of_nothing_or_all_leaves_no_room(rate: float) -> None:
    limits = limits_for(50, rate)
    assert limits.warning == limits.action == Interval(rate, rate)


def test_no_units_have_no_funnel() -> None:
    assert funnel([]) is None
    assert funnel([NamedCounts("nobody", 0, 0)], 0.3) is None


def test_counts_and_rates_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="reoffenders are offenders"):
        NamedCounts("here", 3, 2)
    for offenders, rate in ((0, 0.5), (4, 1.1)):
        with pytest.raises(ValueError, match="at least one person"):
            limits_for(offenders, rate)
