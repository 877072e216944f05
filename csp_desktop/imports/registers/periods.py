"""The periods of published figures: "April 2013 to March 2014", "Apr-Jun 2023", "2010/11", "Year ending June 2024"."""

import re
from datetime import date

from csp_desktop.imports.grid import CellValue, MonthDate, text_of
from csp_desktop.rules.periods import MONTH_NUMBERS, Period, add_months, find_period, full_year, month_period

_MONTHS_OF_YEAR = 12
_BETWEEN = re.compile(
    r"^([a-z]+)\.?[\s\-]*(\d{4}|\d{2})?\s*(?:-|\u2013|\u2014|to|/)\s*([a-z]+)\.?[\s\-]*(\d{4}|\d{2})$", re.IGNORECASE
)
_ENDING = re.compile(
    r"^(?:(?:12|twelve) months?|years?)\s*(?:ending|to|ended)\s*(?:in\s*)?([a-z]+)\.?[\s\-]*(\d{4}|\d{2})$",
    re.IGNORECASE,
)
_CALENDAR_QUARTER = re.compile(r"^(\d{4})\s*-?\s*q([1-4])$|^q([1-4])\s*(\d{4})\s*\(calendar\)$", re.IGNORECASE)
_YEAR = re.compile(r"^(\d{4})$")


def period_of(value: CellValue) -> tuple[date, date] | None:
    """Return the first and last day of a period as published, None where its words do not tell."""
    if isinstance(value, MonthDate):
        month = month_period(value.year, value.month)
        return month.first_day, month.last_day
    text = " ".join(text_of(value).split())
    for reader in (_plain, _between, _ending, _calendar):
        found = reader(text)
        if found is not None:
            return found
    return None


def _plain(text: str) -> tuple[date, date] | None:
    period = find_period(text)
    return (period.first_day, period.last_day) if period else None


def _between(text: str) -> tuple[date, date] | None:
    found = _BETWEEN.match(text)
    if not found:
        return None
    first, last = MONTH_NUMBERS.get(found[1].casefold()), MONTH_NUMBERS.get(found[3].casefold())
    if first is None or last is None:
        return None
    ends = full_year(found[4])
    begins = full_year(found[2]) if found[2] else ends - (first > last)
    opening, closing = _month(begins, first), _month(ends, last)
    return (opening.first_day, closing.last_day) if opening.first_day <= closing.last_day else None


def _ending(text: str) -> tuple[date, date] | None:
    found = _ENDING.match(text)
    month = MONTH_NUMBERS.get(found[1].casefold()) if found else None
    if not found or month is None:
        return None
    closing = _month(full_year(found[2]), month)
    return add_months(closing.first_day, 1 - _MONTHS_OF_YEAR), closing.last_day


def _calendar(text: str) -> tuple[date, date] | None:
    """Return a calendar year, or a calendar quarter that says so by standing behind its year."""
    year = _YEAR.match(text)
    if year and 1900 <= int(year[1]) < date.max.year:  # noqa: PLR2004 - no figures are older
        return date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    quarter = _CALENDAR_QUARTER.match(text)
    if not quarter:
        return None
    whole, number = int(quarter[1] or quarter[4]), int(quarter[2] or quarter[3])
    return _month(whole, number * 3 - 2).first_day, _month(whole, number * 3).last_day


def _month(year: int, month: int) -> Period:
    return month_period(max(year, 1), month)
