"""Survival curves fit to be published: day by day they would show on which day one or two people reoffended.

Stretches of days are taken together until in each as many as the threshold, or nobody, reoffended and as many, or
nobody, were followed no further; then neither the events nor the numbers at risk single anybody out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from csp_desktop.reoffending.disclosure import DisclosureRules
from csp_desktop.reoffending.survival import Curve, CurvePoint

_HALF = 0.5


def public_curves(curves: Sequence[Curve], rules: DisclosureRules) -> tuple[Curve, ...]:
    """Return the curves with days taken together, the same days in all; without points where no days will do.

    Give all curves that are published side by side (a cohort's and its groups') in one call, for the difference of two
    is a curve as well, and with them the curve of the people in no published group. A point stands on the last day of
    its stretch, with the share and the band of that day, its events and censorings added up, and the people at risk as
    the stretch began. The median is the first such day after which at most half are free of a reoffence. Where the
    reoffenders of a group are hidden, so is its whole curve: leave it out.
    """
    running = [_Running(curve) for curve in curves]
    ends = _ends(sorted({point.day for curve in curves for point in curve.points}), running, rules)
    return tuple(_taken_together(curve, ends) for curve in curves)


class _Running:
    """How many had reoffended, and how many had been censored, by the end of any day."""

    def __init__(self, curve: Curve) -> None:
        self._days = [point.day for point in curve.points]
        self._events = list(accumulate((point.events for point in curve.points), initial=0))
        self._censored = list(accumulate((point.censored for point in curve.points), initial=0))

    def between(self, after: int, until: int) -> tuple[int, int]:
        """Return the events and the censorings after one day and up to another."""
        low, high = bisect_right(self._days, after), bisect_right(self._days, until)
        return self._events[high] - self._events[low], self._censored[high] - self._censored[low]


def _ends(days: Sequence[int], running: Sequence[_Running], rules: DisclosureRules) -> list[int]:
    """Return the last day of each stretch; the last of all is the last of ``days``. None at all where none will do."""

    def tells_nothing(after: int, until: int) -> bool:
        return not any(rules.is_small(count) for each in running for count in each.between(after, until))

    ends = [-1]
    for day in days:
        if tells_nothing(ends[-1], day):
            ends.append(day)
    while ends and days and not tells_nothing(ends[-1], days[-1]):
        ends.pop()
    return [*ends[1:], days[-1]] if ends and days and ends[-1] != days[-1] else ends[1:]


def _taken_together(curve: Curve, ends: Sequence[int]) -> Curve:
    if not curve.points or not ends:
        return Curve((), None)
    points: list[CurvePoint] = []
    at_risk = curve.points[0].at_risk
    if ends[0] > 0:
        points.append(CurvePoint(0, at_risk, 0, 0, 1.0, 1.0, 1.0))
    after = -1
    for end in ends[: bisect_left(ends, curve.points[-1].day) + 1]:
        stretch = [point for point in curve.points if after < point.day <= end]
        events, censored = sum(point.events for point in stretch), sum(point.censored for point in stretch)
        last = curve.points[bisect_right(curve.points, end, key=lambda point: point.day) - 1]
        points.append(CurvePoint(end, at_risk, events, censored, last.survival, last.lower, last.upper))
        at_risk -= events + censored
        after = end
    median = next((point.day for point in points if point.survival <= _HALF), None)
    return Curve(tuple(points), median)
