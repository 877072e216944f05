"""What a control chart draws: points over periods, their centre and limits, and which of them are signals.

Two rules alone, so that a signal means something: a point outside the limits, and RUN points in a row on one side of
the centre. Source: Western Electric, Statistical Quality Control Handbook (1956), tests 1 and 4.
"""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

RUN = 8
"""So many points in a row on one side of the centre are a signal."""

_SIGMAS = 3.0
_MOVING_RANGE = 2.66
_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One period. ``lower`` and ``upper`` are the limits that hold in it, ``signal`` says why it stands out, or "".

    None where a value or a limit is not known.
    """

    period: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    signal: str = ""


@dataclass(frozen=True, slots=True)
class ControlRun:
    """Points counted by one definition, given in words, around one centre. Runs never share a line."""

    definition: str
    points: tuple[ControlPoint, ...]
    centre: float | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of how many in a period."""

    period: str
    count: int
    total: int


def shares_run(definition: str, counted: tuple[Counted, ...]) -> ControlRun:
    """Return shares in per cent around their pooled share: a p chart, with limits of three standard errors.

    A period of nobody has no value. Source: Montgomery, Introduction to Statistical Quality Control, section 7.2.
    """
    total = sum(each.total for each in counted)
    if not total:
        return ControlRun(definition, tuple(ControlPoint(each.period, None) for each in counted))
    share = sum(each.count for each in counted) / total
    points = []
    for each in counted:
        if not each.total:
            points.append(ControlPoint(each.period, None))
            continue
        half = _SIGMAS * math.sqrt(share * (1 - share) / each.total)
        lower, upper = max(share - half, 0.0) * _PERCENT, min(share + half, 1.0) * _PERCENT
        points.append(ControlPoint(each.period, each.count / each.total * _PERCENT, lower, upper))
    return ControlRun(definition, _signalled(points, share * _PERCENT), share * _PERCENT)


def values_run(definition: str, values: tuple[tuple[str, float | None], ...]) -> ControlRun:
    """Return single values from zero, (period, value), around their mean: an XmR chart.

    Limits lie 2.66 mean moving ranges away, not below zero; fewer than two values have none. Moving ranges are taken
    between values that follow each other. Source: Wheeler, Understanding Variation (1993).
    """
    known = [value for _period, value in values if value is not None]
    if not known:
        return ControlRun(definition, tuple(ControlPoint(period, None) for period, _value in values))
    mean = sum(known) / len(known)
    moves = [abs(other - one) for (_p, one), (_q, other) in pairwise(values) if one is not None and other is not None]
    half = _MOVING_RANGE * sum(moves) / len(moves) if moves else None
    lower, upper = (None, None) if half is None else (max(mean - half, 0.0), mean + half)
    return ControlRun(
        definition, _signalled([ControlPoint(period, value, lower, upper) for period, value in values], mean), mean
    )


def _signalled(points: list[ControlPoint], centre: float) -> tuple[ControlPoint, ...]:
    """Return the points, each with why it is a signal."""
    sides = [_side(point.value, centre) for point in points]
    in_run: set[int] = set()
    known = [at for at, point in enumerate(points) if point.value is not None]
    for first in range(len(known) - RUN + 1):
        places = known[first : first + RUN]
        if abs(sum(sides[at] for at in places)) == RUN:
            in_run.update(places)
    return tuple(replace(point, signal=_why(point, sides[at], at in in_run)) for at, point in enumerate(points))


def _side(value: float | None, centre: float) -> int:
    return 0 if value is None else (value > centre) - (value < centre)


def _why(point: ControlPoint, side: int, in_run: bool) -> str:
    if point.value is not None and point.upper is not None and point.value > point.upper:
        return "above the upper limit"
    if point.value is not None and point.lower is not None and point.value < point.lower:
        return "below the lower limit"
    if in_run:
        return f"one of {RUN} or more in a row {'above' if side > 0 else 'below'} the average"
    return ""
