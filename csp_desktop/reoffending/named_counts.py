"""How many of how many people reoffended, under a name: what funnels and control charts of rates are made of."""

from collections.abc import Iterable
from dataclasses import dataclass

from csp_desktop.reoffending.intervals import ratio


@dataclass(frozen=True, slots=True)
class NamedCounts:
    """An area, a cohort or a period: its name, reoffenders and offenders. ValueError where these cannot be."""

    name: str
    reoffenders: int
    offenders: int

    def __post_init__(self) -> None:
        """Refuse more reoffenders than offenders, and counts below 0."""
        if not 0 <= self.reoffenders <= self.offenders:
            raise ValueError("reoffenders are offenders")

    @property
    def rate(self) -> float | None:
        """Return reoffenders / offenders as a fraction, None of nobody."""
        return ratio(self.reoffenders, self.offenders)


def pooled_rate(counts: Iterable[NamedCounts]) -> float | None:
    """Return the rate of all of them taken together, never the mean of their rates; None of nobody."""
    every = list(counts)
    return ratio(sum(each.reoffenders for each in every), sum(each.offenders for each in every))
