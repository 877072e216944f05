"""Readings of measures for tests: a period by its words, and what was read of it."""

from decimal import Decimal

from csp_desktop.measures.trends import Days
from csp_desktop.measures.values import PeriodReading, value_of
from csp_desktop.rules.periods import parse_period
from models.terms import MeasureUnit

PERCENT, COUNT = MeasureUnit.PERCENT, MeasureUnit.COUNT


def read(period: str, value: str | None = None, unit: MeasureUnit = COUNT) -> PeriodReading:
    """A reading of a value stated, or of "42/50"."""
    days = parse_period(period)
    stated, numerator, denominator = None, None, None
    if value is not None and "/" in value:
        numerator, denominator = map(int, value.split("/"))
    elif value is not None:
        stated = Decimal(value)
    return PeriodReading(
        id=0,
        version=1,
        period=days.label,
        first_day=days.first_day,
        last_day=days.last_day,
        value=value_of(stated, numerator, denominator, unit),
        numerator=numerator,
        denominator=denominator,
    )


def known(*readings: PeriodReading) -> dict[Days, PeriodReading]:
    return {each.days: each for each in readings}
