"""Figures as people read them: one decimal, rounded half up and only here, each with its n and its interval."""

from csp_desktop.charts.words import Unit
from csp_desktop.reoffending.intervals import Interval
from csp_desktop.reoffending.outcomes import Outcomes

NOT_YET = "not yet measurable"
NONE = "n/a"
FEW = 30
FEW_WORDS = f"fewer than {FEW} people"
_PERCENT = Unit("%", 1)
_PLAIN = Unit("", 2)
_WHOLE = Unit("", 0)
_HARM = Unit("", 1)
_POINTS = Unit("", 1)
MINUS = "\N{MINUS SIGN}"


def percent(share: float | None) -> str:
    """Return a share as "28.4%", "n/a" where there is none."""
    return NONE if share is None else _PERCENT.shown(share * 100)


def points(difference: float | None) -> str:
    """Return a difference of two shares in percentage points: "+3.2", "-1.0"; "n/a" where there is none."""
    if difference is None:
        return NONE
    words = _POINTS.plain(abs(difference * 100))
    if words == "0.0":
        return words
    return f"{'+' if difference > 0 else MINUS}{words}"


def interval_words(interval: Interval | None) -> str:
    """Return a 95 % interval as "25.1% to 31.9%", empty where there is none."""
    return "" if interval is None else f"{percent(interval.lower)} to {percent(interval.upper)}"


def per(value: float | None) -> str:
    """Return a mean number of offences with two decimals."""
    return NONE if value is None else _PLAIN.shown(value)


def harm_words(value: float | None) -> str:
    """Return a score of severity with one decimal."""
    return NONE if value is None else _HARM.shown(value)


def whole(value: float) -> str:
    """Return a whole number with its thousands apart."""
    return _WHOLE.shown(value)


def people_words(count: int) -> str:
    """Return "1 person", "1,204 people"."""
    return "1 person" if count == 1 else f"{count:,} people"


def counted(count: int, one: str, many: str = "") -> str:
    """Return "1 reoffence", "23 reoffences"."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def days_words(days: int | None) -> str:
    """Return days as people read them, "not reached" for none."""
    return "not reached" if days is None else counted(days, "day")


def rate_words(outcomes: Outcomes) -> str:
    """Return the rate, or that nobody is measurable yet; "n/a" without people."""
    if outcomes.offenders:
        return percent(outcomes.rate)
    return NOT_YET if outcomes.not_yet_measurable else NONE


def rate_note(outcomes: Outcomes) -> str:
    """Return what the rate rests on: who of whom, its interval, and that they are few."""
    if not outcomes.offenders:
        return ""
    few = f"; {FEW_WORDS}" if outcomes.offenders < FEW else ""
    return (
        f"{outcomes.reoffenders:,} of {people_words(outcomes.offenders)}; "
        f"95% interval {interval_words(outcomes.interval)}{few}"
    )
