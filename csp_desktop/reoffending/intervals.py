"""Shares of people and counts of events, and their intervals of 95 %."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
"""Standard normal deviate of a two-sided interval of 95 %: 1.9599639845..."""

_TAIL = 0.025
_NEGLIGIBLE = 1e-18


@dataclass(frozen=True, slots=True)
class Interval:
    """The two ends of an interval, in the unit of the figure it belongs to."""

    lower: float
    upper: float


def ratio(count: float, of: int) -> float | None:
    """Return ``count / of``, None where there is nobody to divide by."""
    return count / of if of else None


def wilson(count: int, total: int) -> Interval | None:
    """Return the 95 % Wilson score interval of ``count / total`` as fractions, or None of nobody.

    0 <= lower <= count / total <= upper <= 1, with 0 and 1 met exactly at no count and at a full one. Raises
    ValueError where ``count`` does not lie from 0 to ``total``. Source: Wilson (1927), JASA 22, 209-212; the interval
    the Office for Health Improvement and Disparities prescribes for proportions.
    """
    if not 0 <= count <= total:
        raise ValueError("a count lies between 0 and its total")
    if total == 0:
        return None
    share = count / total
    shrunk = 1 + Z * Z / total
    centre = (share + Z * Z / (2 * total)) / shrunk
    half = Z * math.sqrt(share * (1 - share) / total + Z * Z / (4 * total * total)) / shrunk
    lower = 0.0 if count == 0 else min(max(centre - half, 0.0), share)
    upper = 1.0 if count == total else max(min(centre + half, 1.0), share)
    return Interval(lower, upper)


def poisson(count: int) -> Interval:
    """Return the exact 95 % interval of the number of events expected where ``count`` were seen.

    Scale both ends like the count for a rate: ``end / population * 100_000``. The ends are the means at which
    ``count`` or more, and ``count`` or fewer, have a probability of 2.5 %; the lower end of no events is 0. Raises
    ValueError below 0. Source: Garwood (1936), Biometrika 28, 437-442; equal to the chi-square form.
    """
    if count < 0:
        raise ValueError("a count is not below 0")
    most = count + 4 * math.sqrt(count + 1) + 8
    lower = 0.0 if count == 0 else _bisect(lambda mean: _at_least(count, mean) < _TAIL, 0.0, float(count))
    return Interval(lower, _bisect(lambda mean: _at_most(count, mean) > _TAIL, float(count), most))


def _bisect(is_below: Callable[[float], bool], low: float, high: float) -> float:
    """Return where ``is_below``, true at ``low`` and false at ``high``, turns: to the last bit of a float."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return high


def _probability(count: int, mean: float) -> float:
    return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))


def _at_least(count: int, mean: float) -> float:
    """Return the Poisson probability of ``count`` or more; the sum falls from its first term as mean < count."""
    term = _probability(count, mean)
    total = 0.0
    while term > _NEGLIGIBLE * total:
        total += term
        count += 1
        term *= mean / count
    return total


def _at_most(count: int, mean: float) -> float:
    """Return the Poisson probability of ``count`` or fewer; the sum falls from its first term as mean > count."""
    term = _probability(count, mean) if mean else 1.0
    total = 0.0
    while term > _NEGLIGIBLE * total:
        total += term
        term *= count / mean if count else 0.0
        count -= 1
    return total
