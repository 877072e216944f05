"""Where a measure is going: against the period before, against the same period a year ago, and over a rolling year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from csp_desktop.measures.spans import period_before, year_before
from csp_desktop.measures.values import PeriodReading, Terms, adds_up, difference_words, ratio, rounded, signed
from csp_desktop.rules.periods import MONTHS_IN_YEAR, Period
from models.terms import Frequency, MeasureUnit, Polarity

Days = tuple[date, date]


class Moved(StrEnum):
    """Which way a value went."""

    UP = "up"
    DOWN = "down"
    SAME = "unchanged"


class Verdict(StrEnum):
    """What that means by the measure's polarity; NONE where neither way is better."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "the same"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A reading against an earlier period. ``difference`` is in the unit; None with the ``reason`` it is not known."""

    against: str
    unit: MeasureUnit
    difference: Decimal | None
    moved: Moved | None
    verdict: Verdict
    reason: str = ""
    is_provisional: bool = False

    @property
    def short(self) -> str:
        """Return the change as a cell of a table says it: "+12, worse", "+1.0 points, better"; "" if not known."""
        if self.difference is None:
            return ""
        points = " points" if self.unit is MeasureUnit.PERCENT else ""
        meaning = f", {self.verdict.value}" if self.verdict.value and self.moved is not Moved.SAME else ""
        return f"{signed(self.difference, self.unit)}{points}{meaning}"

    @property
    def words(self) -> str:
        """Return the change in words: "down 12 on Q4 2024/25 (better)"."""
        if self.difference is None or self.moved is None:
            return self.reason
        if self.moved is Moved.SAME:
            return f"unchanged on {self.against}"
        meaning = f" ({self.verdict.value})" if self.verdict.value else ""
        return f"{self.moved.value} {difference_words(self.difference, self.unit)} on {self.against}{meaning}"


@dataclass(frozen=True, slots=True)
class Rolling:
    """The year that ends with a reading: ``value`` in the unit, None with the ``reason`` it is not known.

    ``is_sum``: its periods were added up, else all numerators stand over all denominators.
    """

    value: Decimal | None
    reason: str = ""
    first_period: str = ""
    last_period: str = ""
    is_provisional: bool = False
    is_sum: bool = False


def of_frequency(readings: Sequence[PeriodReading], frequency: Frequency) -> list[PeriodReading]:
    """Return the readings of a measure's own frequency in order of time.

    A measure read by the quarter may have yearly figures beside: they share no line. Where none is of the frequency
    they are those as long as the newest.
    """
    ordered = sorted(readings, key=lambda each: (each.last_day, each.first_day))
    own = [each for each in ordered if each.months == frequency.months]
    return own or [each for each in ordered if each.months == ordered[-1].months]


def change_on_last(reading: PeriodReading, known: Mapping[Days, PeriodReading], terms: Terms) -> Change:
    """Return the change on the period just before; ``known`` are the readings of the measure by their days."""
    return _change(reading, period_before(reading.first_day, reading.last_day), known, terms)


def change_on_year(reading: PeriodReading, known: Mapping[Days, PeriodReading], terms: Terms) -> Change:
    """Return the change on the same period a year ago."""
    return _change(reading, year_before(reading.first_day, reading.last_day), known, terms)


def _change(now: PeriodReading, period: Period, known: Mapping[Days, PeriodReading], terms: Terms) -> Change:
    before = known.get((period.first_day, period.last_day))
    if now.value is None or before is None or before.value is None:
        missing = now.period if now.value is None else period.label
        return Change(period.label, terms.unit, None, None, Verdict.NONE, f"no reading for {missing}")
    difference = now.value - before.value
    moved = moved_of(difference, terms.unit)
    provisional = now.is_provisional or before.is_provisional
    return Change(
        before.period, terms.unit, difference, moved, verdict_of(moved, terms.polarity), is_provisional=provisional
    )


def moved_of(difference: Decimal, unit: MeasureUnit) -> Moved:
    """Return which way a difference goes; one that would be shown as nothing is none."""
    shown = rounded(difference, unit)
    return Moved.SAME if not shown else Moved.UP if shown > 0 else Moved.DOWN


def verdict_of(moved: Moved, polarity: Polarity) -> Verdict:
    """Return whether a move is for the better."""
    if moved is Moved.SAME:
        return Verdict.SAME
    if polarity is Polarity.NEITHER:
        return Verdict.NONE
    return Verdict.BETTER if (moved is Moved.UP) == (polarity is Polarity.HIGHER) else Verdict.WORSE


def rolling_year(reading: PeriodReading, known: Mapping[Days, PeriodReading], unit: MeasureUnit) -> Rolling:
    """Return the figure of the twelve months that end with a reading.

    Counts and money are summed. Any other unit is the sum of the numerators over the sum of the denominators, never
    the mean of rates, which would give a quiet period the weight of a busy one.
    """
    months = reading.months
    if not months or MONTHS_IN_YEAR % months:
        return Rolling(None, "its periods do not make up a year")
    periods = [period_before(*reading.days, back) for back in range(MONTHS_IN_YEAR // months - 1, 0, -1)]
    found = [*(known.get((each.first_day, each.last_day)) for each in periods), reading]
    missing = next((each.label for each, held in zip(periods, found, strict=False) if held is None), "")
    if missing:
        return Rolling(None, f"no reading for {missing}")
    return _year(tuple(each for each in found if each is not None), unit)


def is_summed(readings: Sequence[PeriodReading], unit: MeasureUnit) -> bool:
    """Say whether a year of these readings is their sum: money for each of so many is a rate like any other."""
    return unit is MeasureUnit.COUNT or (adds_up(unit) and not any(each.is_ratio for each in readings))


def _year(readings: Sequence[PeriodReading], unit: MeasureUnit) -> Rolling:
    """Return the figure of readings that make up a year."""
    first, last = readings[0].period, readings[-1].period
    provisional = any(each.is_provisional for each in readings)
    if is_summed(readings, unit):
        values = [each.value for each in readings]
        unknown = next((each.period for each in readings if each.value is None), "")
        if unknown:
            return Rolling(None, f"no value for {unknown}")
        total = sum((value for value in values if value is not None), Decimal(0))
        return Rolling(total, "", first, last, provisional, is_sum=True)
    if len(readings) == 1:
        value = readings[0].value
        return Rolling(value, "" if value is not None else f"no value for {first}", first, last, provisional)
    bare = next((each.period for each in readings if not each.is_ratio), "")
    if bare:
        return Rolling(None, f"{bare} was given without its numerator and denominator")
    above = sum(each.numerator or 0 for each in readings)
    below = sum(each.denominator or 0 for each in readings)
    return Rolling(ratio(above, below, unit), "", first, last, provisional)
