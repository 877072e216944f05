"""How a number is shown, told from its format code, and what its serial then stands for."""

import re
from datetime import date, datetime, time, timedelta
from enum import Enum

from csp_desktop.imports.grid import CellError, CellValue, MonthDate, PercentNumber

FROM_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's moment has no zone
FROM_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell's moment has no zone

_LITERAL = re.compile(r'"[^"]*"?|\\.|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]|_.|\*.', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:hh?|mm?|ss?)\]")
_MOMENT = re.compile(r"[dmhys]")
_ISO = re.compile(
    r"(?:(\d{4})-(\d{2})-(\d{2}))?T?(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?Z?", re.ASCII
)  # fmt: skip
_BEYOND_NUMBERS = 1e300
_DAY_SECONDS = 86_400
_ROUGH = 17  # letters beyond which a whole number is only good as a rough one
_EXACT = 1e15
_LEAP_BUG = 60  # Excel believes in 29 February 1900, so that serials below it are one short

BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
}  # fmt: skip


class Look(Enum):
    """What a number's format makes of it."""

    NUMBER = "number"
    PERCENT = "percent"
    MOMENT = "moment"
    MONTH = "month"
    ELAPSED = "elapsed"


def look_of(code: str) -> Look:
    """Return what a number format ("mmm-yy") shows; only its first section decides on dates, as in Excel."""
    shown = _LITERAL.sub("", code).casefold()
    first = shown.split(";")[0]
    if _ELAPSED.search(first):
        return Look.ELAPSED
    if _MOMENT.search(first):
        return Look.MONTH if "m" in first and "y" in first and "d" not in first else Look.MOMENT
    return Look.PERCENT if "%" in shown else Look.NUMBER


def plain_number(written: str) -> int | float:
    """Return the number that ``written`` is, whole where it is written whole; raise ValueError where it is none."""
    if len(written) < _ROUGH and written.removeprefix("-").isdecimal():
        return int(written)
    return float(written)


def stored_number(number: float) -> int | float:
    """Return a number of a binary format, which knows no whole ones, whole where it is."""
    return int(number) if abs(number) < _EXACT and number.is_integer() else number


def number_as(look: Look, number: float, epoch: datetime) -> CellValue:
    """Return a stored number as what its look makes of it; a serial that is no date is the error it shows."""
    if not abs(number) < _BEYOND_NUMBERS:  # infinity and not-a-number too
        return CellError("#NUM!")
    if look is Look.NUMBER:
        return number
    if look is Look.PERCENT:
        return PercentNumber(number)
    try:
        if look is Look.ELAPSED:
            return elapsed(timedelta(milliseconds=round(number * _DAY_SECONDS * 1_000)))
        return moment_as(look, _from_serial(number, epoch))
    except (OverflowError, ValueError):
        return CellError("#VALUE!")


def moment_as(look: Look, moment: date | datetime | time) -> CellValue:
    """Return a date without a time as a date, and as a month where only its month is shown."""
    if isinstance(moment, datetime):
        if moment.time() != time():
            return moment
        moment = moment.date()
    if look is Look.MONTH and isinstance(moment, date) and moment.day == 1:
        return MonthDate(moment.year, moment.month, moment.day)
    return moment


def elapsed(span: timedelta) -> str:
    """Return a length of time as it is shown: "37:05:00", with its days as hours."""
    seconds = round(abs(span.total_seconds()))
    sign = "-" if span < timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def moment_of_iso(text: str) -> date | datetime | time:
    """Return the date, time or both that ``text`` writes as ISO 8601; raise ValueError where it is neither."""
    found = _ISO.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise ValueError(text)
    year, month, day, hour, minute, second, fraction = found.groups()
    clock = time(int(hour or 0), int(minute or 0), int(second or 0), int((fraction or "0").ljust(6, "0")[:6]))
    if year is None:
        return clock
    whole = date(int(year), int(month), int(day))
    return whole if hour is None else datetime.combine(whole, clock)


def _from_serial(number: float, epoch: datetime) -> datetime | time:
    """Return the moment of a serial, to the millisecond; below one it is a time of day."""
    whole, fraction = divmod(number, 1)
    clock = timedelta(milliseconds=round(fraction * _DAY_SECONDS * 1_000))
    if 0 <= number < 1 and not clock.days:
        return (FROM_1904 + clock).time()
    if 0 < number < _LEAP_BUG and epoch == FROM_1900:
        whole += 1
    return epoch + timedelta(days=whole) + clock
