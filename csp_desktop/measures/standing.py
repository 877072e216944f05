"""How a reading stands against its target: green, amber, red, or not judged, each with its reason in words.

Green meets the target or is better than it; amber misses it by no more than the tolerance, in per cent of the target;
red misses it by more. Where neither way is better, green lies within the tolerance on either side and red beyond it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from csp_desktop.charts.rag import AMBER, GREEN, RED, RagMark
from csp_desktop.measures.values import PeriodReading, Terms, adds_up, difference_words, shown
from models.terms import MeasureUnit, Polarity

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class PeriodTarget:
    """What is aimed at in a period, both days of which belong to it."""

    id: int
    version: int
    period: str
    first_day: date
    last_day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Judged:
    """Where a reading stands: a mark with its reason, or why it is not judged (``mark`` None)."""

    mark: RagMark | None
    reason: str

    @property
    def word(self) -> str:
        """Return "Red", or why there is no mark."""
        return self.mark.word if self.mark else self.reason


def target_for(reading: PeriodReading, targets: Iterable[PeriodTarget], unit: MeasureUnit) -> PeriodTarget | None:
    """Return the target that a reading is held against."""
    return target_of(reading.days, targets, unit)


def target_of(days: tuple[date, date], targets: Iterable[PeriodTarget], unit: MeasureUnit) -> PeriodTarget | None:
    """Return the target of a period; of a rate else that of the shortest longer period around it.

    A count of a quarter is never held against what is aimed at in a year.
    """
    first, last = days
    around = [each for each in targets if each.first_day <= first and last <= each.last_day]
    if adds_up(unit):
        around = [each for each in around if (each.first_day, each.last_day) == days]
    return min(around, key=lambda each: (each.last_day - each.first_day, each.first_day), default=None)


def miss(value: Decimal, target: Decimal, polarity: Polarity) -> Decimal:
    """Return by how much a value misses a target in its unit; below 0 where it is better than that."""
    if polarity is Polarity.NEITHER:
        return abs(value - target)
    return target - value if polarity is Polarity.HIGHER else value - target


def judge(value: Decimal | None, target: Decimal | None, terms: Terms) -> Judged:
    """Return how a value stands against a target."""
    if value is None:
        return Judged(None, "No reading")
    if target is None:
        return Judged(None, "No target")
    missed = miss(value, target, terms.polarity)
    room = abs(target) * terms.tolerance_percent / _PERCENT
    if terms.polarity is Polarity.NEITHER:
        mark = GREEN if missed <= room else RED
    else:
        mark = GREEN if missed <= 0 else AMBER if missed <= room else RED
    return Judged(mark, _reason(value, target, terms, is_within=missed <= room))


def bounds_words(target: Decimal, terms: Terms) -> str:
    """Return from where to where a reading is green, amber and red: "Green up to 950, amber up to 998, red above"."""
    room = abs(target) * terms.tolerance_percent / _PERCENT
    aim, low, high = (shown(each, terms.unit) for each in (target, target - room, target + room))
    if terms.polarity is Polarity.NEITHER:
        return f"Green from {low} to {high}, red outside."
    if not room:
        why = "of 0 there is no part" if terms.tolerance_percent else "there is no tolerance"
        return f"Green {_side(terms)} {aim}, red otherwise: {why}."
    if terms.polarity is Polarity.HIGHER:
        return f"Green from {aim}, amber from {low}, red below."
    return f"Green up to {aim}, amber up to {high}, red above."


def _side(terms: Terms) -> str:
    return "from" if terms.polarity is Polarity.HIGHER else "up to"


def _reason(value: Decimal, target: Decimal, terms: Terms, *, is_within: bool) -> str:
    missed = miss(value, target, terms.polarity)
    now, aim = shown(value, terms.unit), shown(target, terms.unit)
    if missed <= 0:
        return f"{now} {'meets' if not missed else 'is better than'} the target of {aim}"
    far = difference_words(missed, terms.unit)
    side = "within" if is_within else "beyond"
    if terms.polarity is Polarity.NEITHER:
        return f"{now} is {far} off the target of {aim}, {side} the tolerance of {terms.tolerance_percent}%"
    return f"{now} misses the target of {aim} by {far}, {side} the tolerance of {terms.tolerance_percent}%"
