"""Days at liberty: the days of a stretch of time on which a person was not in custody.

A stretch is half-open: its first day belongs to it and its end does not, so the day of release is at liberty.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``first`` up to and without ``end``; None goes on."""

    first: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Say whether a day lies in the stretch."""
        return self.first <= day and (self.end is None or day < self.end)


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return the same days as stretches that neither overlap nor touch, in order; an empty stretch is dropped."""
    found: list[Stretch] = []
    for each in sorted(stretches, key=lambda stretch: stretch.first):
        if each.end is not None and each.end <= each.first:
            continue
        if found and (found[-1].end is None or each.first <= found[-1].end):
            last = found[-1]
            end = None if last.end is None or each.end is None else max(last.end, each.end)
            found[-1] = Stretch(last.first, end)
        else:
            found.append(each)
    return tuple(found)


def days_at_liberty(first: date, end: date, custody: Sequence[Stretch]) -> int:
    """Return the days of [first, end) outside custody. ``custody`` is as ``joined`` returns it."""
    inside = 0
    for each in custody:
        last = end if each.end is None else min(each.end, end)
        inside += max((last - max(each.first, first)).days, 0)
    return max((end - first).days, 0) - inside


def is_in_custody(day: date, custody: Iterable[Stretch]) -> bool:
    """Say whether a person was in custody on a day."""
    return any(each.holds(day) for each in custody)


def back_at_liberty(end: date, days: int, custody: Sequence[Stretch]) -> date:
    """Return the latest day from which [day, end) holds ``days`` days at liberty.

    ``custody`` is as ``joined`` returns it.
    """
    day, left = end, days
    for each in reversed(custody):
        if each.first >= day:
            continue
        released = day if each.end is None else min(each.end, day)
        free = (day - released).days
        if free >= left:
            break
        left -= free
        day = each.first
    return day - timedelta(days=left)
