"""How figures of reoffending are said on paper: rounded half up and only here, hidden ones as ``~``."""

from decimal import Decimal

from csp_desktop.charts.words import Unit
from csp_desktop.reoffending.disclosure import SUPPRESSED
from csp_desktop.reoffending.intervals import Interval
from csp_desktop.reports.blocks import Cell

NONE = "n/a"
NOT_MEASURABLE = "nobody is measurable yet"
_PERCENT = 100.0
_MINUS = "\N{MINUS SIGN}"


def rounded(value: float, places: int) -> Decimal:
    """Return a figure with so many decimals, rounded half up as charts round."""
    return Decimal(Unit("", places).plain(value).replace(",", ""))


def number_cell(count: int, *, hidden: bool) -> Cell:
    """Return a count, or that it is hidden."""
    return SUPPRESSED if hidden else count


def figure_cell(value: float | None, places: int, *, hidden: bool = False) -> Cell:
    """Return a figure with so many decimals, that it is hidden, or that there is none."""
    if hidden:
        return SUPPRESSED
    return NONE if value is None else rounded(value, places)


def percent_cell(share: float | None, *, hidden: bool = False) -> Cell:
    """Return a share in per cent with one decimal, without the sign."""
    return figure_cell(None if share is None else share * _PERCENT, 1, hidden=hidden)


def interval_cell(interval: Interval | None, *, hidden: bool = False) -> Cell:
    """Return both ends of an interval of a share in per cent."""
    if hidden:
        return SUPPRESSED
    if interval is None:
        return NONE
    return f"{rounded(interval.lower * _PERCENT, 1)} to {rounded(interval.upper * _PERCENT, 1)}"


def percent(share: float | None) -> str:
    """Return a share as "28.4%"."""
    return NONE if share is None else f"{rounded(share * _PERCENT, 1)}%"


def points(difference: float) -> str:
    """Return a difference of two shares: "3.2 percentage points above", "the same as"."""
    size = rounded(abs(difference) * _PERCENT, 1)
    if not size:
        return "the same as"
    word = "percentage point" if size == 1 else "percentage points"
    return f"{size} {word} {'above' if difference > 0 else 'below'}"


def signed_points(difference: float | None) -> Cell:
    """Return a difference of two shares in percentage points with its sign, for a table."""
    if difference is None:
        return NONE
    size = rounded(abs(difference) * _PERCENT, 1)
    return f"{'' if not size else '+' if difference > 0 else _MINUS}{size}"


def between(interval: Interval | None) -> str:
    """Return an interval as "95% interval 26.5% to 30.4%"."""
    if interval is None:
        return "no interval"
    return f"95% interval {percent(interval.lower)} to {percent(interval.upper)}"


def people(number: int) -> str:
    """Return "1 person", "1,204 people"."""
    return "1 person" if number == 1 else f"{number:,} people"


def months(number: int) -> str:
    """Return "1 month", "12 months"."""
    return "1 month" if number == 1 else f"{number} months"


def unreliable(few: int) -> str:
    """Return the flag of a rate that rests on few people."""
    return f"fewer than {few} people"
