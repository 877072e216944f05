"""Which backups may go: all of the last day are kept, then one a day, one a week, one a month."""

from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

DAILY, WEEKLY, MONTHLY = 12, 10, 9
ALL_FOR = timedelta(days=1)


def surplus(made: Mapping[Path, datetime], now: datetime) -> list[Path]:
    """Return the backups to remove, oldest first, given when each was made (UTC).

    Kept are all of the last 24 hours (the one before an import is wanted the same day), the newest of each of the 12
    latest days, 10 latest weeks and 9 latest months that have any, and the newest of all.
    """
    newest_first = sorted(made, key=lambda path: (made[path], len(path.name), path.name), reverse=True)
    kept = set(newest_first[:1]) | {path for path in newest_first if now - made[path] < ALL_FOR}
    for period, count in ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY)):
        kept |= _newest_of_each(newest_first, made, period, count)
    return [path for path in reversed(newest_first) if path not in kept]


def _newest_of_each(
    newest_first: list[Path], made: Mapping[Path, datetime], period: Callable[[date], Hashable], count: int
) -> set[Path]:
    chosen: dict[Hashable, Path] = {}
    for path in newest_first:
        chosen.setdefault(period(made[path].astimezone(UTC).date()), path)
    return set(list(chosen.values())[:count])


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month
