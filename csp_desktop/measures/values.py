"""What a reading of a measure is worth, and how a value is written: rounded half up, and only there."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from csp_desktop.measures.spans import months_of
from csp_desktop.rules.periods import Period
from models.terms import MeasureUnit, Polarity

MINUS = "\N{MINUS SIGN}"
_PLACES = {MeasureUnit.COUNT: 0, MeasureUnit.POUNDS: 0, MeasureUnit.PERCENT: 1}
_USUAL_PLACES = 2
_MOST_PLACES = 3
_SUMMED = frozenset({MeasureUnit.COUNT, MeasureUnit.POUNDS})


@dataclass(frozen=True, slots=True)
class Terms:
    """What a measure's values are and what they are judged by; the tolerance is in per cent of the target."""

    unit: MeasureUnit
    polarity: Polarity
    tolerance_percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReading:
    """A reading of a period, both days of which belong to it. ``value`` is None where it cannot be worked out."""

    id: int
    version: int
    period: str
    first_day: date
    last_day: date
    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    is_provisional: bool = False
    note: str = ""

    @property
    def days(self) -> tuple[date, date]:
        """Return its first and last day, which tell it from all others of its measure."""
        return self.first_day, self.last_day

    @property
    def months(self) -> int | None:
        """Return how many whole calendar months it has, None where it is not made of whole ones."""
        return months_of(self.first_day, self.last_day)

    @property
    def span(self) -> Period:
        """Return its period under the words it was given."""
        return Period(self.period, self.first_day, self.last_day)

    @property
    def is_ratio(self) -> bool:
        """Say whether its value can be worked out again of what it is a ratio of."""
        return self.numerator is not None and bool(self.denominator)


def value_of(
    stated: Decimal | None, numerator: int | None, denominator: int | None, unit: MeasureUnit
) -> Decimal | None:
    """Return what a reading is worth in its unit: the value stated, else the numerator over the denominator.

    A count or a sum of money is its numerator where it has no denominator; a rate without one is not known.
    """
    if stated is not None or numerator is None:
        return stated
    if unit is MeasureUnit.COUNT or (unit in _SUMMED and not denominator):
        return Decimal(numerator)
    return ratio(numerator, denominator, unit) if denominator else None


def ratio(numerator: int, denominator: int, unit: MeasureUnit) -> Decimal:
    """Return a numerator over a denominator in the unit: per cent, per 1,000, per 100,000 or as it is."""
    return Decimal(numerator * unit.per) / Decimal(denominator)


def adds_up(unit: MeasureUnit) -> bool:
    """Say whether values of periods that follow each other add up to that of the longer period."""
    return unit in _SUMMED


def places_of(value: Decimal, unit: MeasureUnit) -> int:
    """Return with how many decimals a value of the unit is written.

    A count or a sum of money has none where it is whole and otherwise what it was given with, 3 at most.
    """
    places = _PLACES.get(unit, _USUAL_PLACES)
    if unit in _SUMMED and value != value.to_integral_value():
        exact = value.normalize().as_tuple().exponent
        return min(-exact, _MOST_PLACES) if isinstance(exact, int) else places
    return places


def rounded(value: Decimal, unit: MeasureUnit) -> Decimal:
    """Return a value as it is shown, rounded half up."""
    return value.quantize(Decimal(1).scaleb(-places_of(value, unit)), ROUND_HALF_UP)


def shown(value: Decimal | None, unit: MeasureUnit) -> str:
    """Return a value with its unit as people read it: "12.5%", "1,204", "8.30 per 1,000", "£1,200"; "none" for none."""
    if value is None:
        return "none"
    number = _number(abs(rounded(value, unit)))
    sign = MINUS if rounded(value, unit) < 0 else ""
    if unit is MeasureUnit.POUNDS:
        return f"{sign}£{number}"
    return f"{sign}{number}{_after(unit)}"


def difference_words(difference: Decimal, unit: MeasureUnit) -> str:
    """Return how far two values lie apart, without a sign: that of two shares is in percentage points."""
    size = abs(difference)
    if unit is not MeasureUnit.PERCENT:
        return shown(size, unit)
    number = rounded(size, unit)
    return f"{_number(number)} percentage {'point' if number == 1 else 'points'}"


def signed(difference: Decimal, unit: MeasureUnit) -> str:
    """Return a difference as a table shows it, its unit left to the heading: "+3.2", "\N{MINUS SIGN}12", "0"."""
    number = rounded(difference, unit)
    if not number:
        return _number(abs(number))
    return f"{'+' if number > 0 else MINUS}{_number(abs(number))}"


def _number(value: Decimal) -> str:
    return f"{value:,f}"


def _after(unit: MeasureUnit) -> str:
    if unit is MeasureUnit.PERCENT:
        return "%"
    return f" {unit.label}" if unit in {MeasureUnit.RATE_PER_1000, MeasureUnit.RATE_PER_100000} else ""
