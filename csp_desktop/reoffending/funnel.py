"""A funnel: which areas or cohorts, large and small, lie further from a reference rate than chance takes them.

Method: Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
1185-1202, appendix A.1.1: exact binomial limits, interpolated between counts. The upper limit is taken as the lower
one of the people who did not reoffend, so that on either side a unit is outside exactly where a count as far off or
further has less than 2.5 % (95 % limits) or 0.1 % (99.8 % limits) of probability under the reference rate.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from csp_desktop.reoffending.intervals import Interval
from csp_desktop.reoffending.named_counts import NamedCounts, pooled_rate

_WARNING_TAIL, _ACTION_TAIL = 0.025, 0.001
_NEGLIGIBLE = 1e-18
_SIZES = 60


class Standing(StrEnum):
    """Where a unit's rate lies: outside the 95 % limits, or ``far`` outside, beyond those of 99.8 %."""

    FAR_BELOW = "far below"
    BELOW = "below"
    AS_EXPECTED = "as expected"
    ABOVE = "above"
    FAR_ABOVE = "far above"


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A unit in the funnel: its rate as a fraction, and where it lies."""

    unit: NamedCounts
    rate: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """The limits for ``offenders`` people, as fractions: ``warning`` of 95 %, ``action`` of 99.8 %."""

    offenders: int
    warning: Interval
    action: Interval


@dataclass(frozen=True, slots=True)
class Funnel:
    """The reference rate, a fraction, and a point for each unit, of which there is at least one.

    The lines around it are ``limits_over`` the sizes that a plot shows.
    """

    reference: float
    points: tuple[FunnelPoint, ...]


def funnel(units: Sequence[NamedCounts], reference: float | None = None) -> Funnel | None:
    """Return the funnel of ``units`` around ``reference``, a fraction; by default the rate of all of them pooled.

    Units without offenders have no rate and are left out; None where no unit is left. Of twenty units that differ by
    chance alone, one lies outside the 95 % limits: those limits warn, they do not judge.
    """
    centre = pooled_rate(units) if reference is None else reference
    if centre is None:
        return None
    points = [
        FunnelPoint(unit, rate, _standing(rate, limits_for(unit.offenders, centre)))
        for unit in units
        if (rate := unit.rate) is not None
    ]
    return Funnel(centre, tuple(points)) if points else None


def limits_for(offenders: int, reference: float) -> FunnelLimits:
    """Return the limits for so many offenders, at least one, around a reference rate from 0 to 1."""
    if offenders < 1 or not 0 <= reference <= 1:
        raise ValueError("limits are those of at least one person and of a rate from 0 to 1")
    return FunnelLimits(
        offenders, _limits(offenders, reference, _WARNING_TAIL), _limits(offenders, reference, _ACTION_TAIL)
    )


def limits_over(least: int, most: int, reference: float) -> tuple[FunnelLimits, ...]:
    """Return the limits of at most sixty sizes from ``least`` to ``most``, closer together where the funnel bends."""
    low, high = math.sqrt(least), math.sqrt(most)
    inner = {round((low + (high - low) * step / (_SIZES - 1)) ** 2) for step in range(1, _SIZES - 1)}
    return tuple(limits_for(size, reference) for size in sorted({least, most, *inner}))


def _limits(people: int, rate: float, tail: float) -> Interval:
    if 1 - rate in {0.0, 1.0}:  # a rate too small to be told from none, too
        return Interval(rate, rate)
    return Interval(_lower(people, rate, tail), 1 - _lower(people, 1 - rate, tail))


def _lower(people: int, rate: float, tail: float) -> float:
    """Return the lower limit: the least count with more than ``tail`` at or below it, less the part that is over."""
    spread = math.sqrt(people * rate * (1 - rate))
    count = min(max(round(people * rate + NormalDist().inv_cdf(tail) * spread), 0), people)
    below = _at_most(count, people, rate)
    while below <= tail:
        count += 1
        below += _probability(count, people, rate)
    while count and (less := below - _probability(count, people, rate)) > tail:
        count, below = count - 1, less
    return max(count - (below - tail) / _probability(count, people, rate), 0.0) / people


def _probability(count: int, people: int, rate: float) -> float:
    ways = math.lgamma(people + 1) - math.lgamma(count + 1) - math.lgamma(people - count + 1)
    return math.exp(ways + count * math.log(rate) + (people - count) * math.log1p(-rate))


def _at_most(count: int, people: int, rate: float) -> float:
    """Return the binomial probability of ``count`` or fewer, for counts below the mean, where the sum falls."""
    odds = (1 - rate) / rate
    term = _probability(count, people, rate)
    total = 0.0
    while term > _NEGLIGIBLE * total:
        total += term
        term *= count * odds / (people - count + 1)
        count -= 1
    return total


def _standing(rate: float, limits: FunnelLimits) -> Standing:
    for outside, below, above in (
        (limits.action, Standing.FAR_BELOW, Standing.FAR_ABOVE),
        (limits.warning, Standing.BELOW, Standing.ABOVE),
    ):
        if rate < outside.lower:
            return below
        if rate > outside.upper:
            return above
    return Standing.AS_EXPECTED
