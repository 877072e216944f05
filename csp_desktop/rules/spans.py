"""Stretches of whole months that figures are counted by, and which of them make up a longer one without overlap."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from csp_desktop.rules.periods import (
    FIRST_MONTH,
    MONTH_NAMES,
    MONTHS_IN_YEAR,
    Quarter,
    add_months,
    financial_year_label,
)

_DAY = timedelta(days=1)
_QUARTER = 3


class Span(NamedTuple):
    """Both days belong to it. A tuple, for tens of thousands of figures are looked up by what they are of."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """Return how many whole calendar months it is, 0 where it is not of whole ones."""
        after = self.last + _DAY
        if self.first.day != 1 or after.day != 1 or after <= self.first:
            return 0
        return (after.year - self.first.year) * MONTHS_IN_YEAR + after.month - self.first.month

    def back(self, months: int) -> "Span":
        """Return the span of whole months so many months earlier."""
        return Span(add_months(self.first, -months), add_months(self.last + _DAY, -months) - _DAY)

    def holds(self, other: "Span") -> bool:
        """Say whether another lies in it as a whole."""
        return self.first <= other.first and other.last <= self.last

    @property
    def label(self) -> str:
        """Return how it is called: "Mar 2025", "Q4 2024/25", "2024/25", else "12 months to Mar 2025"."""
        to = _month(self.last)
        if self.months == 1:
            return to
        if self.months == _QUARTER and (self.first.month - 1) % _QUARTER == 0:
            return Quarter.containing(self.first).label
        if self.months == MONTHS_IN_YEAR and self.first.month == FIRST_MONTH:
            return financial_year_label(self.first.year)
        return f"{self.months} months to {to}"

    @property
    def words(self) -> str:
        """Return it in words: as it is called, else "Jan 2025 to Dec 2025"."""
        named = self.months == 1 or not self.label.startswith(f"{self.months} months")
        return self.label if named else f"{_month(self.first)} to {_month(self.last)}"


def year_to(last: date) -> Span:
    """Return the twelve months that end on the last day of a month."""
    return Span(add_months(last + _DAY, -MONTHS_IN_YEAR), last)


def made_up_of(spans: Iterable[Span], whole: Span) -> tuple[Span, ...]:
    """Return the spans of one length that make up most of ``whole``, in order and without overlap.

    Of lengths that make up equally much the shortest is taken: figures of months and of the same year are never added
    together. Spans that are not of whole months, or reach out of ``whole``, are left out.
    """
    by_length: dict[int, list[Span]] = {}
    for span in set(spans):
        if span.months and whole.holds(span):
            by_length.setdefault(span.months, []).append(span)
    found = {months: _apart(those) for months, those in by_length.items()}
    if not found:
        return ()
    return found[min(found, key=lambda months: (-months * len(found[months]), months))]


def steps(last: Span, until: date) -> tuple[Span, ...]:
    """Return the spans of one length, one after the other, that end with ``last`` and begin no earlier than a day."""
    found = [last]
    while (before := found[-1].back(last.months)).first >= until:
        found.append(before)
    return tuple(reversed(found))


def _month(day: date) -> str:
    return f"{MONTH_NAMES[day.month - 1][:3]} {day.year}"


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    """Return those that do not overlap, from the last back: figures of rolling years overlap each other."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.last, reverse=True):
        if not found or span.last < found[-1].first:
            found.append(span)
    return tuple(reversed(found))
