"""Control charts: their limits, and the two signals."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.reoffending.control import (
    ControlChart,
    PeriodValue,
    Signal,
    p_chart,
    xmr_chart,
)
from csp_desktop.reoffending.intervals import Interval
from csp_desktop.reoffending.named_counts import NamedCounts


def rates(*counts: tuple[int, int]) -> ControlChart:
    return p_chart([NamedCounts(f"Q{index}", *each) for index, each in enumerate(counts)])


def values(*figures: float | None) -> ControlChart:
    return xmr_chart([PeriodValue(f"Q{index}", figure) for index, figure in enumerate(figures)])


def marked(chart: ControlChart, signal: Signal) -> list[int]:
    return [index for index, point in enumerate(chart.points) if signal in point.signals]


def test_the_limits_of_rates_follow_the_number_of_people() -> None:
    chart = rates((20, 100), (60, 300))
    assert chart.centre == 0.2
    assert [point.value for point in chart.points] == [0.2, 0.2]
    for point, people in zip(chart.points, (100, 300), strict=True):
        width = 3 * math.sqrt(0.2 * 0.8 / people)
        assert point.limits == Interval(pytest.approx(0.2 - width), pytest.approx(0.2 + width))


def test_the_limits_of_rates_stay_within_nothing_and_all() -> None:
    chart = rates((1, 10), (9, 10))
    assert [point.limits for point in chart.points] == [
        Interval(pytest.approx(0.0257, abs=1e-4), pytest.approx(0.9743, abs=1e-4))
    ] * 2
    assert [point.limits for point in rates((1, 4), (0, 4)).points] == [
        Interval(0.0, pytest.approx(0.6211, abs=1e-4))
    ] * 2


def test_the_limits_of_values_are_2_66_mean_moving_ranges() -> None:
    chart = values(10, 14, 12, 16)
    assert chart.centre == 13
    width = 3 / 1.128 * (4 + 2 + 4) / 3
    assert {point.limits for point in chart.points} == {Interval(13 - width, 13 + width)}


def test_a_value_that_is_not_known_leaves_a_gap() -> None:
    chart = values(10, 14, None, 12)
    assert [point.value for point in chart.points] == [10, 14, None, 12]
    assert chart.centre == 12
    width = 3 / 1.128 * 4
    assert {point.limits for point in chart.points} == {Interval(12 - width, 12 + width)}
    assert values(10, None, 14).points[0].limits is None


def test_a_point_outside_the_limits_is_marked() -> None:
    assert marked(rates(*[(30, 100)] * 11, (60, 100)), Signal.OUTSIDE) == [11]
    assert marked(values(*[10, 11] * 6, 30), Signal.OUTSIDE) == [12]
    assert marked(rates(*[(30, 100)] * 12), Signal.OUTSIDE) == []


def test_eight_in_a_row_are_a_run_and_seven_are_not() -> None:
    assert marked(rates(*[(30, 100)] * 8, *[(32, 100)] * 7), Signal.RUN) == list(range(8))
    assert marked(values(*[10] * 7, *[11] * 7), Signal.RUN) == []


def test_a_value_on_the_line_ends_a_run() -> None:
    below, above = [(30, 100)] * 4, [(34, 100)] * 8
    assert marked(rates(*below, *below, *above), Signal.RUN) == list(range(16))
    assert marked(rates(*below, (32, 100), *below, *above), Signal.RUN) == list(range(9, 17))


def test_a_period_of_nobody_has_no_value_and_does_not_end_a_run() -> None:
    below, above = [(30, 100)] * 4, [(34, 100)] * 8
    chart = rates(*below, (0, 0), *below, *above)
    assert (chart.points[4].value, chart.points[4].limits, chart.points[4].signals) == (None, None, ())
    assert marked(chart, Signal.RUN) == [index for index in range(17) if index != 4]


@given(st.integers(0, 60), st.integers(60, 400), st.integers(2, 30))
def test_a_series_that_never_changes_gives_no_signal(reoffenders: int, offenders: int, length: int) -> None:
    assert not any(point.signals for point in rates(*[(reoffenders, offenders)] * length).points)
    assert not any(point.signals for point in values(*[reoffenders / offenders] * length).points)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=20))
def test_points_stand_in_the_order_given_around_the_pooled_rate(pairs: list[tuple[int, int]]) -> None:
    chart = rates(*[(some, some + others) for some, others in pairs])
    assert [point.period for point in chart.points] == [f"Q{index}" for index in range(len(pairs))]
    people = sum(some + others for some, others in pairs)
    assert chart.centre == (sum(some for some, _ in pairs) / people if people else None)
    assert all(0 <= point.limits.lower <= point.limits.upper <= 1 for point in chart.points if point.limits)


def test_too_little_to_chart_has_no_limits() -> None:
    assert values(7).points[0].limits is None
    assert (values().centre, values().points) == (None, ())
    assert (rates((0, 0)).centre, rates((0, 0)).points[0].limits) == (None, None)


def test_fewer_than_twelve_values_are_tentative() -> None:
    assert rates(*[(3, 10)] * 11, (0, 0)).is_tentative
    assert not values(*[3.0] * 12).is_tentative


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="reoffenders are offenders"):
        NamedCounts("Q1", 3, 2)
    with pytest.raises(ValueError, match="not below 0"):
        values(1, -1)
