"""What the chart of how soon people reoffend says: shares and numbers at whole months, in words and as a table."""

from dataclasses import dataclass
from functools import cache

from csp_desktop.charts.chart import ChartData, Value
from csp_desktop.charts.words import unit_of
from csp_desktop.reoffending.survival import Curve, CurvePoint

_DAYS_A_YEAR, _MONTHS_A_YEAR = 365, 12
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MOST_MARKED = 4
_LONGEST_MONTH = 31
_PERCENT = 100.0
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class GroupCurve:
    """The curve of one cohort or group, under its name."""

    name: str
    curve: Curve


@dataclass(frozen=True, slots=True)
class Share:
    """The share, 0 to 1, who have reoffended after ``day``, and its 95 % band."""

    day: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a group stands as a month begins: the three add up to everyone. ``share`` is None where it is not known."""

    month: int
    at_risk: int
    censored: int
    reoffended: int
    share: Share | None


@dataclass(frozen=True, slots=True)
class Followed:
    """One group as the chart draws it. ``is_whole``: some of it were followed for all the months."""

    name: str
    people: int
    shares: tuple[Share, ...]
    censored_on: tuple[int, ...]
    numbers: tuple[Numbers, ...]
    median: int | None
    is_whole: bool

    @property
    def last(self) -> Share | None:
        """Return the share at the end of what is known."""
        return self.shares[-1] if self.shares else None


def month_day(month: int) -> float:
    """Return how many days after the index date a month begins, on average: 3 months are 91.25 days."""
    return month * _DAYS_A_YEAR / _MONTHS_A_YEAR


def months_of(days: float) -> float:
    """Return days as months of the same average length."""
    return days * _MONTHS_A_YEAR / _DAYS_A_YEAR


@cache
def shortest(months: int) -> int:
    """Return the fewest days that so many calendar months last: whoever was followed that long was followed to the end.

    3 months from 1 February end after 89 days, in a common year.
    """
    return min(sum(_MONTHS[(first + at) % _MONTHS_A_YEAR] for at in range(months)) for first in range(_MONTHS_A_YEAR))


def marked_months(months: int) -> tuple[int, ...]:
    """Return the months that are marked below a curve of so many: 0, the last, and a few evenly between."""
    every = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120) if months <= step * _MOST_MARKED)
    return (*(month for month in range(0, months, every) if months - month > every / 2), months)


def followed(group: GroupCurve, months: int, *, monthly: bool = False) -> Followed:
    """Return a group over ``months``; ``monthly`` lets its share move at whole months alone.

    Raises ValueError for a curve that runs on after so many months: its definition follows people for longer.
    """
    if group.curve.points and group.curve.points[-1].day > months * _LONGEST_MONTH:
        raise ValueError("a curve is drawn over all the months of its follow-up")
    points = group.curve.points
    is_whole = bool(points) and points[-1].day >= shortest(months)
    people = points[0].at_risk if points else 0
    shares = tuple(map(_share, points))
    if monthly:
        shares = tuple(share for share in (_known(group.curve, month, months) for month in range(months + 1)) if share)
    censored_on = tuple(point.day for point in points if point.censored and point.day < shortest(months))
    numbers = tuple(_numbers(group.curve, month, months) for month in marked_months(months))
    median = group.curve.median
    if monthly and median is not None:
        median = next((share.day for share in shares if share.share >= _HALF), shares[-1].day)
    return Followed(group.name, people, shares, censored_on, numbers, median, is_whole)


def _share(point: CurvePoint) -> Share:
    return Share(point.day, 1 - point.survival, 1 - point.upper, 1 - point.lower)


def _known(curve: Curve, month: int, months: int) -> Share | None:
    """Return the share as a month begins; in the last month all that happened counts."""
    if not curve.points:
        return None
    if month == 0:
        return Share(0, 0.0, 0.0, 0.0)
    day = month_day(month)
    if month < months:
        point = curve.at(-int(-day // 1) - 1)
    else:
        point = curve.points[-1] if curve.points[-1].day >= shortest(months) else curve.at(int(day))
    if point is None:
        return None
    share = _share(point)
    return Share(round(day), share.share, share.low, share.high)


def _numbers(curve: Curve, month: int, months: int) -> Numbers:
    """Return who is where as a month begins; in the last month, at its end."""
    points = curve.points
    people = points[0].at_risk if points else 0
    if month == months:
        reoffended = sum(point.events for point in points)
        censored = sum(point.censored for point in points if point.day < shortest(months))
    else:
        before = [point for point in points if point.day < month_day(month)]
        reoffended, censored = sum(point.events for point in before), sum(point.censored for point in before)
    return Numbers(month, people - reoffended - censored, censored, reoffended, _known(curve, month, months))


def survival_alt(groups: tuple[Followed, ...], *, counts: bool) -> str:
    """Return the finding of the chart in words, with the numbers of people or without."""
    if not any(group.people for group in groups):
        return "Curve of the share who have reoffended: there are no people."
    about = "Curve of the share who have reoffended, by months since the index date."
    return " ".join([about, *(_told(group, counts=counts) for group in groups)])


def _told(group: Followed, *, counts: bool) -> str:
    last = group.last
    if last is None:
        return f"{group.name}: no people."
    unit = unit_of("%", (0.5,))
    people = "1 person" if group.people == 1 else f"{group.people:,} people"
    whom = f" of {people}" if counts else ""
    within = f"within {_time(last.day)}"
    if group.is_whole:
        within = f"within {round(months_of(last.day))} months"
    elif last.day == 0:
        within = "on the index date"
    elif last.share < 1:
        within += ", as far as is known"
    share, low, high = (unit.shown(part * _PERCENT) for part in (last.share, last.low, last.high))
    band = f", 95% interval {low} to {high}" if last.low < last.high else ""
    half = "fewer than half reoffended" if group.is_whole else "half have not reoffended so far"
    if group.median is not None:
        half = f"half had reoffended {by_when(group.median)}"
    return f"{group.name}: {share}{whom} {within}{band}; {half}."


def by_when(days: int) -> str:
    """Return when something had happened: "by 7.2 months", "by 12 days", "on the index date"."""
    if days == 0:
        return "on the index date"
    return f"by {_time(days)}"


def _time(days: int) -> str:
    if days < shortest(1):
        return "1 day" if days == 1 else f"{days} days"
    months = unit_of("", (0.5,)).plain(months_of(days)).removesuffix(".0")
    return "1 month" if months == "1" else f"{months} months"


def survival_data(groups: tuple[Followed, ...], *, counts: bool) -> ChartData:
    """Return a row for each group and marked month: the share with its band, and who is where."""
    unit = unit_of("%", (0.5,))
    rows: list[tuple[Value, ...]] = []
    for group in groups:
        for numbers in group.numbers:
            share = numbers.share
            figures: tuple[str, ...] = ("not known",) * 3
            if share is not None:
                figures = tuple(unit.plain(part * _PERCENT) for part in (share.share, share.low, share.high))
            people = (numbers.at_risk, numbers.censored, numbers.reoffended) if counts else ()
            rows.append((group.name, numbers.month, *figures, *people))
    headings = ("Group", "Month", "Share reoffended (%)", "95% interval from", "to")
    return ChartData((*headings, *(("At risk", "Censored", "Reoffended") if counts else ())), tuple(rows))
