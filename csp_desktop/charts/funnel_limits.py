"""How far a rate of so many people may lie from a reference by chance alone: the limits of a funnel plot."""

import math
from enum import StrEnum
from statistics import NormalDist

Z_95 = NormalDist().inv_cdf(0.975)
Z_998 = NormalDist().inv_cdf(0.999)


class Standing(StrEnum):
    """Where a rate stands in a funnel, as it is said."""

    WITHIN = "within the 95% limits"
    ABOVE_95 = "above the 95% limits"
    BELOW_95 = "below the 95% limits"
    ABOVE_998 = "above the 99.8% limits"
    BELOW_998 = "below the 99.8% limits"
    NOT_KNOWN = "no rate"


def limits(reference: float, total: float, z: float) -> tuple[float, float]:
    """Return the lower and the upper limit, 0 to 1, of the rate of ``total`` people around a reference rate.

    reference +- z * sqrt(reference * (1 - reference) / total): a rate lies outside exactly when the reference lies
    outside the rate's own Wilson interval. Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202.
    """
    half = z * math.sqrt(reference * (1 - reference) / total)
    return max(reference - half, 0.0), min(reference + half, 1.0)


def standing(count: int, total: int, reference: float) -> Standing:
    """Return where ``count`` of ``total`` stands; a rate on a limit is within it."""
    if total == 0:
        return Standing.NOT_KNOWN
    half = math.sqrt(reference * (1 - reference) / total)
    away = count / total - reference
    for z, above, below in (
        (Z_998, Standing.ABOVE_998, Standing.BELOW_998),
        (Z_95, Standing.ABOVE_95, Standing.BELOW_95),
    ):
        if abs(away) > z * half + 1e-12:
            return above if away > 0 else below
    return Standing.WITHIN


def reaches(reference: float, limit: float, z: float) -> float:
    """Return of how many people the limit on the side of ``limit`` is just that far from the reference."""
    away = (limit - reference) ** 2
    return z * z * reference * (1 - reference) / away if away else math.inf
