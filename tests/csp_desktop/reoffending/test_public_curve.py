"""Curves fit to be published: no stretch of days singles one or two people out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.reoffending.disclosure import DisclosureRules
from csp_desktop.reoffending.public_curve import public_curves
from csp_desktop.reoffending.survival import Curve, Observed, kaplan_meier

RULES = DisclosureRules()
COHORTS = st.lists(
    st.lists(st.tuples(st.sampled_from([0, 1, 2, 5, 9, 20]), st.booleans()), max_size=30), min_size=1, max_size=3
)


@given(COHORTS)
def test_no_stretch_has_few_events_or_few_censorings(cohorts: list[list[Observed]]) -> None:
    together = [person for cohort in cohorts for person in cohort]
    whole, *parts = public_curves([kaplan_meier(each) for each in (together, *cohorts)], RULES)
    for curve in (whole, *parts):
        for point in curve.points:
            assert not RULES.is_small(point.events)
            assert not RULES.is_small(point.censored)
    # what a reader gets by taking one curve from another is no smaller
    for part in parts:
        own = {point.day: point for point in part.points}
        for point in whole.points:
            if point.day in own:
                assert not RULES.is_small(point.events - own[point.day].events)
                assert not RULES.is_small(point.censored - own[point.day].censored)


@given(COHORTS)
def test_nobody_is_lost_and_the_shares_are_those_of_the_days(cohorts: list[list[Observed]]) -> None:
    curves = [kaplan_meier(each) for each in cohorts]
    for people, curve, public in zip(cohorts, curves, public_curves(curves, RULES), strict=True):
        if not public.points:
            continue
        assert sum(point.events for point in public.points) == sum(event for _, event in people)
        assert sum(point.censored for point in public.points) == sum(not event for _, event in people)
        at_risk = len(people)
        for point in public.points:
            assert point.at_risk == at_risk
            at_risk -= point.events + point.censored
        assert public.points[0].day == 0
        assert public.points[-1].survival == curve.points[-1].survival
        for point in public.points[1:]:
            on_the_day = curve.at(point.day) or curve.points[-1]
            assert (point.survival, point.lower) == (on_the_day.survival, on_the_day.lower)


def test_days_are_taken_together_until_three_have_reoffended() -> None:
    people = [(day, True) for day in (3, 10, 10, 40, 55, 56, 200)] + [(365, False)] * 5
    (public,) = public_curves([kaplan_meier(people)], RULES)
    assert [(point.day, point.at_risk, point.events, point.censored) for point in public.points] == [
        (0, 12, 0, 0),
        (10, 12, 3, 0),
        (365, 9, 4, 5),
    ]
    assert public.points[1].survival == 9 / 12
    assert public.median == 365


def test_a_curve_of_many_on_each_day_stays_as_it_is() -> None:
    curve = kaplan_meier([(day, True) for day in (0, 4, 9)] * 3 + [(9, False)] * 3)
    assert public_curves([curve], RULES) == (curve,)


@pytest.mark.parametrize("people", [[], [(4, True), (9, False), (9, False), (9, False)], [(4, True)] * 2])
def test_a_curve_that_would_tell_has_no_points(people: list[Observed]) -> None:
    assert public_curves([kaplan_meier(people)], RULES) == (Curve((), None),)


def test_without_curves_there_are_none() -> None:
    assert public_curves([], RULES) == ()


def test_a_threshold_of_1_leaves_curves_as_they_are() -> None:
    curve = kaplan_meier([(4, True), (9, False), (3, True)])
    assert public_curves([curve], DisclosureRules(threshold=1)) == (curve,)
