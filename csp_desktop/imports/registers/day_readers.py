"""How cells that hold a day are read: a date, a date of birth, and the first and last day of a range."""

import re
from datetime import date
from typing import Any

from csp_desktop.imports.dates import DateOrder, DateRules, read_date
from csp_desktop.imports.grid import CellValue, text_of
from csp_desktop.imports.problems import Finding, Parsed, error, quote, warning
from csp_desktop.rules.folding import fold
from models.vocabulary import ProblemLevel

FIRST_YEAR, OPEN_END_YEAR = 1900, 2100
_CENTURY = 100
_RULES = DateRules(plan_years=(1910, 2190))
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z)?$", re.IGNORECASE)
_RANGE = re.compile(
    r"^(.{6,}?)\s*(?:\s-\s|\s[\u2013\u2014]\s|\bto\b|\buntil\b|(?<=\d{4})[\-\u2013\u2014](?=\d))\s*(.{6,})$"
)
_BETWEEN = re.compile(r"^\s*(?:between|from)\s+(.+?)\s+(?:and|to)\s+(.+)$", re.IGNORECASE)
_FOUR_DIGIT_YEAR = re.compile(r"\d{4}")
NOTHING = frozenset(
    {"-", "--", "n/a", "na", "none", "nil", "null", "\u2013", "\u2014", "..", ".", "~", "*", "x", ":", "c"}
)
"""Marks that stand for no value at all."""


def without_time(value: CellValue) -> CellValue:
    """Return a date's text without the time of day behind it."""
    if isinstance(value, str) and ":" in value:
        return _TIME.sub("", value)
    return value


def read_day(value: CellValue, order: DateOrder, today: date) -> Parsed[Any]:
    """Return a date as ISO text."""
    day, findings = _day(without_time(value), order)
    if day is None:
        return Parsed(None, findings)
    if day.year >= OPEN_END_YEAR:
        return Parsed(None, (*findings, warning(f"{quote(text_of(value))} stands for no date, so it was left blank.")))
    return _possible(day, _far(day, value, today) or findings)


def read_birth(value: CellValue, order: DateOrder, today: date) -> Parsed[Any]:
    """Return a date of birth; two digits of a year that would be still to come are of the last century."""
    day, findings = _day(without_time(value), order)
    if day is None:
        return Parsed(None, findings)
    if day > today and isinstance(value, str) and not _FOUR_DIGIT_YEAR.search(value):
        day = day.replace(year=day.year - _CENTURY)  # 29/02/2000 lies in the past, so no such day is lost
    return _possible(day, _far(day, value, today) or findings)


def _possible(day: date, findings: tuple[Finding, ...]) -> Parsed[Any]:
    """Return a day that was read; one that cannot be has no value, so that nothing else is said of it."""
    is_wrong = any(finding.level is ProblemLevel.ERROR for finding in findings)
    return Parsed(None if is_wrong else day.isoformat(), findings)


def read_day_or_range(value: CellValue, order: DateOrder, today: date) -> Parsed[Any]:
    """Return a date, or the first and last day of a range as "first/last" (edge case 22: the start counts)."""
    plain = without_time(value)
    if isinstance(plain, str) and (found := _BETWEEN.match(plain) or _RANGE.match(plain)):
        first, last = (read_day(without_time(part.strip()), order, today) for part in found.groups())
        if first.value and last.value and first.value <= last.value:
            told = warning(f"{quote(plain)} is a range of dates; its first day counts.")
            return Parsed(f"{first.value}/{last.value}", (*first.findings, *last.findings, told))
        if first.value and last.value:
            return Parsed(None, (error(f"{quote(plain)} ends before it begins. Correct the two dates."),))
    return read_day(plain, order, today)


def _day(value: CellValue, order: DateOrder) -> tuple[date | None, tuple[Finding, ...]]:
    if isinstance(value, str) and fold(value) in NOTHING:
        return None, ()
    if order is DateOrder.IN_DOUBT:
        return None, (error("Say first whether this column is day first or month first."),)
    read = read_date(value, order, _RULES)
    if read.value is None:
        return None, read.findings
    if read.value.first is None:
        return None, (warning(f"{quote(text_of(value))} is no date, so it was left blank."),)
    if read.value.first != read.value.last:
        told = f"{quote(text_of(value))} is no day. Write the day, such as 31/03/2025."
        return None, (*read.findings, error(told))
    return read.value.first, read.findings


def _far(day: date, value: CellValue, today: date) -> tuple[Finding, ...]:
    """Return what is to be said of a date that cannot be, or hardly."""
    if day.year < FIRST_YEAR:
        return (error(f"{quote(text_of(value))} lies before {FIRST_YEAR}. Correct the year."),)
    if (day - today).days > 366:  # noqa: PLR2004 - a year
        return (error(f"{quote(text_of(value))} lies more than a year ahead. Correct the year."),)
    return ()
