"""Control charts, which tell whether a series of rates or counts is steady or something has changed.

Two signals only, so that steady series stay quiet: a point outside limits three standard deviations from the centre
line (Shewhart 1931, Economic Control of Quality of Manufactured Product), and eight points in a row on one side of it
(Western Electric 1956, Statistical Quality Control Handbook, test 4). A chart is of one definition: give each stretch
of a series whose definition changed a chart of its own, and none runs across the break.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from statistics import mean

from csp_desktop.reoffending.intervals import Interval
from csp_desktop.reoffending.named_counts import NamedCounts, pooled_rate

_RUN = 8
_SIGMAS = 3
_MOVING_RANGE_FACTOR = 3 / 1.128
"""Three standard deviations in mean moving ranges: 2.66 (Wheeler 1993, Understanding Variation)."""
_ENOUGH = 12


class Signal(StrEnum):
    """What makes a point stand out."""

    OUTSIDE = "outside the limits"
    RUN = "eight or more in a row on one side"


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """A period and its figure, not below 0: a count, or a rate whose number of people is not known.

    None where the period's figure is not known.
    """

    name: str
    value: float | None


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """A period in the chart. One of nobody has no value; ``limits`` are None where nothing gives any."""

    period: str
    value: float | None
    limits: Interval | None
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A chart ready to be drawn, in the unit of its values; the centre line is None where there are none."""

    centre: float | None
    points: tuple[ControlPoint, ...]

    @property
    def is_tentative(self) -> bool:
        """Say whether there are fewer than twelve values: too few for limits to be more than a first guess."""
        return sum(point.value is not None for point in self.points) < _ENOUGH


def p_chart(periods: Sequence[NamedCounts]) -> ControlChart:
    """Return the chart of the rates of ``periods``, as fractions, in the order given.

    The centre line is the pooled rate p; a period of n people has the limits p +- 3 * sqrt(p * (1 - p) / n), kept
    within 0 and 1. Source: Montgomery (2013), Introduction to Statistical Quality Control, section 7.2. With many
    thousands of people a period the limits become so narrow that ordinary change falls outside; ``xmr_chart`` of the
    same rates does not.
    """
    centre = pooled_rate(periods)
    limits = [_rate_limits(centre, period.offenders) for period in periods]
    return _chart([period.name for period in periods], [period.rate for period in periods], limits, centre)


def xmr_chart(periods: Sequence[PeriodValue]) -> ControlChart:
    """Return the chart of single values (XmR) of ``periods``, in the order given.

    The centre line is the mean; the limits are 2.66 mean moving ranges on either side, the lower one not below 0.
    Ranges are those between values of periods that follow each other; without one there are no limits. Source: Wheeler
    (1993), Understanding Variation. Raises ValueError for a value below 0.
    """
    values = [period.value for period in periods]
    known = [value for value in values if value is not None]
    if any(value < 0 for value in known):
        raise ValueError("counts and rates are not below 0")
    centre = mean(known) if known else None
    ranges = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    limits: Interval | None = None
    if centre is not None and ranges:
        width = _MOVING_RANGE_FACTOR * mean(ranges)
        limits = Interval(max(centre - width, 0.0), centre + width)
    return _chart([period.name for period in periods], values, [limits] * len(values), centre)


def _rate_limits(centre: float | None, people: int) -> Interval | None:
    if centre is None or not people:
        return None
    width = _SIGMAS * math.sqrt(centre * (1 - centre) / people)
    return Interval(max(centre - width, 0.0), min(centre + width, 1.0))


def _chart(
    periods: Sequence[str], values: Sequence[float | None], limits: Sequence[Interval | None], centre: float | None
) -> ControlChart:
    in_run = _in_a_run(values, centre)
    points = []
    for index, (period, value, within) in enumerate(zip(periods, values, limits, strict=True)):
        signals = []
        if value is not None and within is not None and not within.lower <= value <= within.upper:
            signals.append(Signal.OUTSIDE)
        if index in in_run:
            signals.append(Signal.RUN)
        points.append(ControlPoint(period, value, within, tuple(signals)))
    return ControlChart(centre, tuple(points))


def _in_a_run(values: Sequence[float | None], centre: float | None) -> set[int]:
    """Return which values are part of eight or more in a row on one side.

    A value on the line ends a run; a period without a value neither ends nor lengthens one.
    """
    if centre is None:
        return set()
    sides = [(index, (value > centre) - (value < centre)) for index, value in enumerate(values) if value is not None]
    found: set[int] = set()
    for side, run in groupby(sides, key=lambda each: each[1]):
        indices = [index for index, _ in run]
        if side and len(indices) >= _RUN:
            found.update(indices)
    return found
