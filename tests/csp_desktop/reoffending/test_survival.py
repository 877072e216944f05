"""The Kaplan-Meier curve, beside lifelines and beside what it must equal."""

import warnings
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csp_desktop.reoffending.survival import Curve, CurvePoint, Observed, curve_of, kaplan_meier

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what others' packages warn of as they load is theirs
    import numpy as np
    from lifelines import KaplanMeierFitter

PEOPLE = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=80)
ODD_PEOPLE = [
    *([[(0, True)], [(0, False)], [(5, True)], [(5, False)]]),
    [(3, True), (3, True)],
    [(0, True), (0, False), (4, True)],
    [(3, True), (3, False), (3, True), (9, False)],
    [(1, True), (2, True), (3, True), (4, True)],
    [(1, False), (2, False), (2, False)],
]


def fitted(people: list[Observed]) -> KaplanMeierFitter:
    days, events = zip(*people, strict=True)
    with np.errstate(divide="ignore", invalid="ignore"):  # it divides by 0 where a share is 0 or 1
        return KaplanMeierFitter().fit(days, events)


def assert_as_in_lifelines(people: list[Observed]) -> None:
    curve, theirs = kaplan_meier(people), fitted(people)
    table = theirs.event_table
    assert [point.day for point in curve.points] == list(table.index)
    assert [point.at_risk for point in curve.points] == list(table["at_risk"])
    assert [point.events for point in curve.points] == list(table["observed"])
    assert [point.censored for point in curve.points] == list(table["censored"])
    shares = theirs.survival_function_["KM_estimate"]
    assert [point.survival for point in curve.points] == pytest.approx(list(shares), abs=1e-9)
    bands = theirs.confidence_interval_.to_numpy()
    for point, (lower, upper) in zip(curve.points, bands, strict=True):
        if point.survival > 0:  # at 0 lifelines fills the band in with 1
            assert (point.lower, point.upper) == pytest.approx((lower, upper), abs=1e-9)
    # lifelines takes its own rounding for a share above a half, so its median is read off with room for that
    assert curve.median == next((day for day, share in shares.items() if share <= 0.5 + 1e-9), None)


@given(PEOPLE)
def test_the_curve_is_that_of_lifelines(people: list[Observed]) -> None:
    assert_as_in_lifelines(people)


@pytest.mark.parametrize("people", ODD_PEOPLE)
def test_the_odd_curves_are_those_of_lifelines(people: list[Observed]) -> None:
    assert_as_in_lifelines(people)


def test_a_large_cohort_is_that_of_lifelines() -> None:
    people = [((person * 7919) % 366, person % 3 == 0) for person in range(20_000)]
    assert_as_in_lifelines(people)


@given(st.lists(st.integers(0, 700), min_size=1, max_size=300), st.integers(1, 400))
@example([364, 364], 365)
def test_with_complete_follow_up_the_curve_ends_at_the_binary_rate(first_offences: list[int], window: int) -> None:
    people = [(day, True) if day < window else (window, False) for day in first_offences]
    curve = kaplan_meier(people)
    rate = sum(event for _, event in people) / len(people)
    end = curve.at(window)
    assert end is not None
    assert 1 - end.survival == pytest.approx(rate, abs=1e-12)
    reached = sorted(day for day, event in people if event)
    half = -(-len(people) // 2)
    assert curve.median == (reached[half - 1] if len(reached) >= half else None)


def test_a_year_of_432_people_and_114_events_ends_at_their_share() -> None:
    # the shape of Rossi's data: released prisoners, 52 weeks, first arrests
    people = [(1 + (event * 51) // 113, True) for event in range(114)] + [(52, False)] * 318
    end = kaplan_meier(people).points[-1]
    assert (end.day, end.survival) == (52, 318 / 432)
    assert 1 - end.survival == pytest.approx(114 / 432, abs=1e-15)


@given(PEOPLE)
def test_the_bands_hold_the_share_and_the_share_never_rises(people: list[Observed]) -> None:
    points = kaplan_meier(people).points
    assert all(0 <= point.lower <= point.survival <= point.upper <= 1 for point in points)
    assert all(after.survival <= before.survival for before, after in pairwise(points))
    assert all(after.at_risk == before.at_risk - before.events - before.censored for before, after in pairwise(points))


def test_the_band_is_sure_before_the_first_event_and_keeps_its_upper_end_once_nobody_is_left() -> None:
    before, first, last = kaplan_meier([(3, True), (3, True), (8, True), (8, True)]).points
    assert (before.lower, before.upper) == (1.0, 1.0)
    assert (last.survival, last.lower, last.upper) == (0.0, 0.0, first.upper)
    assert kaplan_meier([(4, True)]).points[-1] == CurvePoint(4, 1, 1, 0, 0.0, 0.0, 1.0)


@given(PEOPLE, st.lists(st.integers(0, 45), max_size=6))
def test_the_numbers_at_risk_are_those_not_yet_gone(people: list[Observed], days: list[int]) -> None:
    expected = tuple(sum(last >= day for last, _ in people) for day in days)
    assert kaplan_meier(people).numbers_at_risk(days) == expected


def test_the_curve_is_read_between_its_steps_and_not_past_what_is_known() -> None:
    curve = kaplan_meier([(2, True), (5, False), (9, False)])
    read = {day: point.day if (point := curve.at(day)) else None for day in (-1, 0, 1, 2, 4, 5, 8, 9, 10)}
    assert read == {-1: None, 0: 0, 1: 0, 2: 2, 4: 2, 5: 5, 8: 5, 9: 9, 10: None}


def test_once_everybody_has_reoffended_the_curve_stays_at_nothing() -> None:
    point = kaplan_meier([(2, True)]).at(400)
    assert point is not None
    assert (point.day, point.survival) == (2, 0.0)


def test_nobody_has_no_curve() -> None:
    assert kaplan_meier([]) == Curve((), None)
    assert Curve((), None).at(0) is None
    assert Curve((), None).numbers_at_risk([0, 90]) == (0, 0)


@given(PEOPLE)
def test_people_counted_together_give_the_same_curve(people: list[Observed]) -> None:
    assert curve_of(Counter(people)) == kaplan_meier(iter(people))


def test_days_before_the_index_date_are_refused() -> None:
    with pytest.raises(ValueError, match="not below 0"):
        kaplan_meier([(3, True), (-1, False)])
