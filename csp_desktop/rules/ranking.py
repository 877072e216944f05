"""Ranks and shares of areas by a figure."""

from collections.abc import Sequence
from decimal import Decimal


def ranks(values: Sequence[Decimal]) -> list[int]:
    """Return the rank of each value, 1 for the highest; equal values share one, and the next is left out (1, 1, 3)."""
    first: dict[Decimal, int] = {}
    for place, value in enumerate(sorted(values, reverse=True), start=1):
        first.setdefault(value, place)
    return [first[value] for value in values]


def shares(values: Sequence[Decimal]) -> list[Decimal | None]:
    """Return each value as a share (0 to 1) of their sum; None for each where the sum is 0."""
    whole = sum(values, Decimal(0))
    return [value / whole if whole else None for value in values]


def rate(count: Decimal, people: int | None, per: int) -> Decimal | None:
    """Return a count for every ``per`` people; None where it is not known how many people there are."""
    return count * per / people if people else None
