"""The intervals, beside statsmodels and scipy."""

import math
import warnings

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csp_desktop.reoffending.intervals import Interval, Z, poisson, wilson

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what others' packages warn of as they load is theirs
    from scipy.stats import chi2, norm
    from statsmodels.stats.proportion import proportion_confint

COUNTS = st.integers(0, 600_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


def test_the_deviate_is_that_of_95_per_cent() -> None:
    assert pytest.approx(norm.ppf(0.975), abs=1e-15) == Z


@given(COUNTS)
@example((0, 1))
@example((1, 1))
@example((186_406, 598_848))
def test_wilson_is_that_of_statsmodels_and_holds_the_share(counts: tuple[int, int]) -> None:
    count, total = counts
    interval = wilson(count, total)
    if total == 0:
        assert interval is None
        return
    assert interval is not None
    lower, upper = proportion_confint(count, total, alpha=0.05, method="wilson")
    assert interval.lower == pytest.approx(lower, abs=1e-12)
    assert interval.upper == pytest.approx(upper, abs=1e-12)
    assert 0 <= interval.lower <= count / total <= interval.upper <= 1


def test_nobody_and_everybody_meet_the_ends_exactly() -> None:
    nobody, everybody = wilson(0, 7), wilson(7, 7)
    assert nobody is not None
    assert everybody is not None
    assert (nobody.lower, everybody.upper) == (0.0, 1.0)
    assert nobody.upper == pytest.approx(1 - everybody.lower, abs=1e-15)


@pytest.mark.parametrize(("count", "total"), [(-1, 5), (6, 5), (0, -1)])
def test_a_count_outside_its_total_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="between 0 and its total"):
        wilson(count, total)


@given(st.integers(0, 20_000))
@example(0)
@example(1)
def test_poisson_is_the_exact_interval_of_the_chi_square_form(count: int) -> None:
    interval = poisson(count)
    assert interval.lower == pytest.approx(chi2.ppf(0.025, 2 * count) / 2 if count else 0.0, rel=1e-9)
    assert interval.upper == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2, rel=1e-9)
    assert interval.lower <= count <= interval.upper


def test_poisson_of_no_events_ends_where_none_has_a_chance_of_one_in_forty() -> None:
    assert poisson(0) == Interval(0.0, pytest.approx(-math.log(0.025), abs=1e-14))


def test_a_count_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="not below 0"):
        poisson(-1)
