"""Dates and percentages as people type and read them."""

import re
from datetime import date

from csp_desktop.rules.periods import shown_day

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPLIT = re.compile(r"[\s./,-]+")
_CENTURY = 2000
_SHORT_YEAR = 100
_LONGEST_PERCENT = 100


def shown_date(day: date | None) -> str:
    """Return a date as the whole program shows it, ``30 Sep 2024``; nothing for None."""
    return "" if day is None else shown_day(day)


def read_date(typed: str, today: date) -> date | None:
    """Return the date that was typed, day first: 30/9/2024, 30.9.24, 30 Sep 2024, 30 September, today.

    Without a year it is the next such day from ``today`` on. Nothing typed is None. Raises ValueError with the
    sentence to show.
    """
    parts = [part for part in _SPLIT.split(typed.strip().casefold()) if part]
    if not parts:
        return None
    if parts == ["today"]:
        return today
    if len(parts) == 3 and len(parts[0]) == 4:  # noqa: PLR2004  (2024-09-30: year, month, day)
        parts.reverse()
    try:
        return _dated(parts, today)
    except (ValueError, IndexError):
        raise ValueError(f"“{typed.strip()}” is not a date; type it like 30/9/{today.year} or 30 Sep.") from None


def _dated(parts: list[str], today: date) -> date:
    day, month, *rest = parts
    day_number = int(day.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th"))
    month_number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    if rest:
        (year_text,) = rest
        year = int(year_text)
        return date(year + _CENTURY if year < _SHORT_YEAR else year, month_number, day_number)
    this_year = date(today.year, month_number, day_number)
    return this_year if this_year >= today else date(today.year + 1, month_number, day_number)


def read_percent(typed: str) -> int | None:
    """Return a whole percentage, 0 to 100, or None for nothing. Raises ValueError with the sentence to show."""
    bare = typed.strip().removesuffix("%").strip()
    if not bare:
        return None
    if not bare.isdecimal() or int(bare) > _LONGEST_PERCENT:
        raise ValueError(f"“{typed.strip()}” is not a percentage; type a whole number from 0 to 100.")
    return int(bare)
