"""The curve of the time to the first reoffence as it may be published: a few shares, and no numbers of people."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from csp_desktop.reoffending.disclosure import DisclosureRules
from csp_desktop.reoffending.outcomes import Outcomes
from csp_desktop.reoffending.survival import Curve, CurvePoint
from csp_desktop.reoffending.windows import add_months

_QUARTER, _YEAR = 3, 12
_MONTH = 365 / _YEAR


@dataclass(frozen=True, slots=True)
class PublicPoint:
    """The share, 0 to 1, free of a reoffence ``month`` months after the index date (on ``day``), and its 95 % band."""

    month: int
    day: int
    survival: float
    lower: float
    upper: float


def public_curve(outcomes: Outcomes, months: int, rules: DisclosureRules) -> tuple[PublicPoint, ...] | None:
    """Return the curve every three months up to ``months``, or None where it is withheld.

    It is withheld where a share could be turned back into few people: where in one of the stretches between the
    points one or two reoffended, or one or two were followed no further; where as few never reoffended; or where the
    curve holds one or two more people, or reoffenders, than the rate does.
    """
    curve = outcomes.curve
    marks = [*range(_QUARTER, months, _QUARTER), months]
    reoffended = sum(point.events for point in curve.points)
    followed = curve.points[0].at_risk if curve.points else 0
    parts = (
        *_stretches(curve, [last_day(month) for month in marks[:-1]], _shortest(months)),
        followed - reoffended,
        abs(followed - outcomes.offenders),
        abs(reoffended - outcomes.reoffenders),
    )
    if any(rules.is_small(part) for part in parts):
        return None
    found = ((month, _at(curve, month, months)) for month in marks)
    return tuple(
        PublicPoint(month, last_day(month) if month < months else round(month * _MONTH), *_band(point))
        for month, point in found
        if point is not None
    )


def last_day(month: int) -> int:
    """Return the last day before so many months of average length are over: 91 of 3 months, which are 91.25 days."""
    return max(math.ceil(month * _MONTH) - 1, 0)


def _band(point: CurvePoint) -> tuple[float, float, float]:
    return point.survival, point.lower, point.upper


def _at(curve: Curve, month: int, months: int) -> CurvePoint | None:
    """Return how the curve stands after so many months; at the end all that happened counts."""
    if month == months and curve.points and curve.points[-1].day >= _shortest(months):
        return curve.points[-1]
    return curve.at(last_day(month))


def _shortest(months: int) -> int:
    """Return the fewest days that so many calendar months last."""
    starts = [date(2001, month, 1) for month in range(1, _YEAR + 1)]
    return min((add_months(start, months) - start).days for start in starts)


def _stretches(curve: Curve, days: Sequence[int], whole: int) -> list[int]:
    """Return how many reoffended, and how many were followed no further, in each stretch up to one of the days.

    The last stretch has no end; whoever was followed for ``whole`` days or more was followed to the end.
    """
    counts: list[int] = []
    for before, day in pairwise((-1, *days, math.inf)):
        within = [point for point in curve.points if before < point.day <= day]
        counts += [
            sum(point.events for point in within),
            sum(point.censored for point in within if point.day < whole),
        ]
    return counts
