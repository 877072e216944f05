"""Periods beside periods: how long one is, the one before it, the same one a year ago, and those of a financial year.

All days belong to their period. A period of whole calendar months moves by months, any other by its days.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from csp_desktop.rules.periods import (
    FIRST_MONTH,
    MONTHS_IN_YEAR,
    Period,
    Quarter,
    add_months,
    financial_year,
    month_period,
    shown_day,
)
from models.terms import Frequency

_DAY = timedelta(days=1)
_QUARTER_MONTHS = 3


def months_of(first_day: date, last_day: date) -> int | None:
    """Return how many whole calendar months a period has, None where it is not made of whole ones."""
    after = last_day + _DAY
    if first_day.day != 1 or after.day != 1:
        return None
    return (after.year - first_day.year) * MONTHS_IN_YEAR + after.month - first_day.month


def label_of(first_day: date, last_day: date) -> str:
    """Return what a period is called: "Q4 2024/25", "2024/25", "March 2025", else its two days."""
    months = months_of(first_day, last_day)
    if months == 1:
        return month_period(first_day.year, first_day.month).label
    if months == MONTHS_IN_YEAR and first_day.month == FIRST_MONTH:
        return financial_year(first_day.year).label
    quarter = Quarter.containing(first_day)
    if (quarter.first_day, quarter.last_day) == (first_day, last_day):
        return quarter.label
    return f"{shown_day(first_day)} to {shown_day(last_day)}"


def period_before(first_day: date, last_day: date, back: int = 1) -> Period:
    """Return the period as long as this one that ends ``back`` lengths before it: with 1 on the day before it."""
    months = months_of(first_day, last_day)
    if months is None:
        length = (last_day - first_day + _DAY) * back
        return _period(first_day - length, last_day - length)
    return _moved(first_day, last_day, -months * back)


def period_to_read(last: tuple[date, date] | None, frequency: Frequency, today: date) -> Period:
    """Return the period that is read next: the one after the last read if it has begun, else the last that is over."""
    if last is not None:
        following = period_before(*last, -1)
        if following.first_day <= today:
            return following
    first = today.replace(day=1)
    months = (first.month - FIRST_MONTH) % frequency.months
    begins = add_months(first, -months - frequency.months)
    return _period(begins, add_months(begins, frequency.months) - _DAY)


def year_before(first_day: date, last_day: date) -> Period:
    """Return the same period a year ago."""
    return _moved(first_day, last_day, -MONTHS_IN_YEAR)


def periods_of_year(frequency: Frequency, first_year: int) -> tuple[Period, ...]:
    """Return the months, the quarters or the whole of the financial year that begins in April of ``first_year``."""
    begins = date(first_year, FIRST_MONTH, 1)
    starts = [add_months(begins, months) for months in range(0, MONTHS_IN_YEAR, frequency.months)]
    return tuple(_period(start, add_months(start, frequency.months) - _DAY) for start in starts)


def unbroken(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Return periods of one length in order of time, with those that lie between them and are missing."""
    given = sorted(periods, key=lambda period: period.first_day)
    found: list[Period] = []
    for period in given:
        gap: list[Period] = []
        before = period_before(period.first_day, period.last_day)
        while found and before.first_day > found[-1].first_day:
            gap.append(before)
            before = period_before(before.first_day, before.last_day)
        found += [*reversed(gap), period]
    return tuple(found)


def is_stale(last_day: date, months: int, today: date) -> bool:
    """Say whether a full period and a half have passed since the last one read, and none was read."""
    whole, rest = divmod(3 * months, 2)
    return today >= add_months(last_day + _DAY, whole) + timedelta(days=15 * rest)


def _moved(first_day: date, last_day: date, months: int) -> Period:
    return _period(add_months(first_day, months), add_months(last_day + _DAY, months) - _DAY)


def _period(first_day: date, last_day: date) -> Period:
    return Period(label_of(first_day, last_day), first_day, last_day)
