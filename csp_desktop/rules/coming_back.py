"""Dates that come back every so many months: which of their days are still to come, and which one follows."""

from collections.abc import Iterator
from datetime import date

from csp_desktop.rules.periods import add_months


def outstanding(
    due: date, repeat_months: int | None, done_on: date | None, within: tuple[date, date]
) -> Iterator[date]:
    """Yield the days of a date that are still to come, and the last one that was missed.

    ``within`` is today and the last day asked about; a date that never comes back is given however far off. One that
    comes back is done up to ``done_on``; one that does not is done for good once it has such a day.
    """
    if repeat_months is None:
        if done_on is None:
            yield due
        return
    today, last_day = within
    left = [day for day in _days(due, repeat_months, last_day) if done_on is None or day > done_on]
    missed = [day for day in left if day < today]
    yield from missed[-1:]
    yield from (day for day in left if day >= today)


def next_day(due: date, repeat_months: int, after: date) -> date:
    """Return the first day of a date that comes back which lies after a day."""
    times = 0
    while (day := add_months(due, times * repeat_months)) <= after:
        times += 1
    return day


def _days(due: date, repeat_months: int, last_day: date) -> list[date]:
    """Return the days up to the last one, each counted from the first, so that a month's end stays one."""
    days: list[date] = []
    while (day := add_months(due, len(days) * repeat_months)) <= last_day:
        days.append(day)
    return days
