"""Time to the first reoffence: the Kaplan-Meier estimate, its bands, its median and the numbers at risk."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from csp_desktop.reoffending.intervals import Z

Observed = tuple[int, bool]
"""One person: whole days from the index date to the first reoffence, or to the end of what is known; and which."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One day of a curve.

    ``at_risk`` people were free of a reoffence and still followed as the day began; on it ``events`` reoffended for
    the first time, and after them ``censored`` were followed no further. ``survival`` is the share, 0 to 1, free of
    a reoffence after the day; ``lower`` and ``upper`` are its pointwise 95 % band.
    """

    day: int
    at_risk: int
    events: int
    censored: int
    survival: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A Kaplan-Meier curve: day 0 and every day on which something happened, in order; no points for nobody.

    ``median`` is the first day after which at most half are free of a reoffence; None where the curve stays above.
    """

    points: tuple[CurvePoint, ...]
    median: int | None

    def at(self, day: int) -> CurvePoint | None:
        """Return the point that holds on ``day``, or None where nothing is known of it.

        That is the last point up to the day. Past the last person's last day nothing is known, unless nobody was
        left to reoffend.
        """
        index = bisect_right(self.points, day, key=lambda point: point.day)
        if index == 0 or (index == len(self.points) and day > self.points[-1].day and self.points[-1].survival > 0):
            return None
        return self.points[index - 1]

    def numbers_at_risk(self, days: Sequence[int]) -> tuple[int, ...]:
        """Return for each of ``days`` how many were still followed, free of a reoffence, as it began."""
        counts = []
        for day in days:
            index = bisect_left(self.points, day, key=lambda point: point.day)
            counts.append(self.points[index].at_risk if index < len(self.points) else 0)
        return tuple(counts)


def kaplan_meier(observed: Iterable[Observed]) -> Curve:
    """Return the Kaplan-Meier curve of people, each given as (days from index, whether it ended in a reoffence).

    A reoffence on the index date has 0 days. Raises ValueError for days below 0. Source: Kaplan and Meier (1958),
    JASA 53, 457-481.
    """
    return curve_of(Counter(observed))


def curve_of(people: Mapping[Observed, int]) -> Curve:
    """Return the Kaplan-Meier curve of ``people``: how many there are of each (days, reoffended).

    Reoffences come before the censorings of their day. The share is kept as a ratio of whole numbers and divided
    once a day, so with complete follow-up it is 1 - reoffenders / people to the last bit, and the median is exact.
    """
    days = sorted({day for day, _ in people} | {0}) if people else []
    if days and days[0] < 0:
        raise ValueError("a person is followed from the index date on: days are not below 0")
    at_risk = sum(people.values())
    free, of, variance, upper = 1, 1, 0.0, 1.0
    median: int | None = None
    points = []
    for day in days:
        events, censored = people.get((day, True), 0), people.get((day, False), 0)
        left = at_risk - events
        if events:
            free, of = free * left, of * at_risk
            variance += events / (at_risk * left) if left else math.inf
        lower, upper = _band(free, of, variance, upper)
        points.append(CurvePoint(day, at_risk, events, censored, free / of, lower, upper))
        if median is None and 2 * free <= of:
            median = day
        at_risk = left - censored
    return Curve(tuple(points), median)


def _band(free: int, of: int, variance: float, before: float) -> tuple[float, float]:
    """Return the 95 % log-log Greenwood band of the share ``free / of``; ``before`` is the upper end until then.

    ``variance`` is Greenwood's sum. The band is (1, 1) until the first reoffence. At a share of 0 the formula gives
    none: a share never rises, so the band then runs from 0 to the upper end it had before. Source: Kalbfleisch and
    Prentice (2002), The Statistical Analysis of Failure Time Data, section 1.4.
    """
    if free == of:
        return 1.0, 1.0
    if free == 0:
        return 0.0, before
    failed = (of - free) / of
    log_share = math.log1p(-failed) if 2 * free > of else math.log(free / of)
    width = Z * math.sqrt(variance) / log_share
    return math.exp(log_share * math.exp(-width)), math.exp(log_share * math.exp(width))
