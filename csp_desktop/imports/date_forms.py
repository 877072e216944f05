"""The forms in which owners write a date, one text at a time. The order of day and month is never guessed here."""

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from csp_desktop.imports.problems import quote
from csp_desktop.imports.words import first_key, whole
from csp_desktop.rules.folding import fold
from csp_desktop.rules.periods import (
    MONTH_NAMES,
    MONTH_NUMBERS,
    Period,
    find_period,
    full_year,
    month_period,
)
from models.vocabulary import DueKind, Word

_DAYS_OF_MONTH, _DAYS_OF_QUARTER = 31, 93  # no period of that kind has as many days between its ends
_SHORTEST_MONTH = 3
_LEAP_YEAR = 2024


class Precision(Word):
    """How exactly a date was given; anything but a day has a first and a last day."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Exact:
    """A date or period that the text alone decides. ``note`` keeps what stood around it ("by", "w/c")."""

    first: date
    last: date
    precision: Precision = Precision.DAY
    note: str = ""


@dataclass(frozen=True, slots=True)
class Digits:
    """Three numbers of which only the last is sure: 03/04/2025. Each reading is None where there is no such day."""

    day_first: date | None
    month_first: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NotADate:
    """A typed non-date: "Ongoing", "TBC". ``review`` is the date an ongoing action names for its review."""

    kind: DueKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Text that is no date we may take: ``why`` says what was found, ``suggestion`` what to write instead.

    ``near`` is false for text that has nothing of a date.
    """

    why: str
    suggestion: str = ""
    near: bool = True


Form = Exact | Digits | NotADate | Unclear

_SERIALS = range(25_569, 73_051)  # 1970 to 2099 in Excel's 1900 system
_BEYOND_DATES = 1e9
_MOST_WORDS_AROUND = 4
_LONGEST = 200  # longer text is no date, and patterns are slow on it
_EXPECTED = "31/03/2025, 31 March 2025 or March 2025"

_NOTE_WORDS = (
    r"by|on or before|before|until|till|from|on|due|w/c|wc|w\.c\.|week commencing|week beginning|w/b|w/e|week ending|"
    r"end of|the end of|the|end|beginning of|start of|early|mid|late|no later than|not later than|approx\.?|"
    r"approximately|circa|c\.|around|about|revised|target|expected|forecast|now|extended to|moved to|originally|was|to"
)
_WEEKDAYS = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_PREFIX = re.compile(rf"^(?:(?:{_NOTE_WORDS})(?=[\s:]|-[a-z])[\s:,\-]*)+", re.IGNORECASE)
_WEEKDAY = re.compile(rf"^(?:{_WEEKDAYS})\.?[\s,]+", re.IGNORECASE)
_SUFFIX = re.compile(
    r"[\s,;:\-\u2013]*(?:\(([^()]*)\)|"
    r"\b(revised|tbc|approx\.?|onwards|at the latest|latest|provisional|target|est\.?))\s*$",
    re.IGNORECASE,
)
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z)?$", re.IGNORECASE)
_ISO = re.compile(r"^(\d{4})[\-/.](\d{1,2})[\-/.](\d{1,2})$")
_NUMBERS = re.compile(r"^(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})$")
_DAY_MONTH = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?([a-z]+)\.?[\s\-/,.']*(\d{4}|\d{2})$", re.IGNORECASE
)
_MONTH_DAY = re.compile(r"^([a-z]+)\.?[\s\-]*(\d{1,2})(?:st|nd|rd|th)?[\s,\-]+(\d{4})$", re.IGNORECASE)
_DAY_MONTH_ALONE = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?([a-z]+)\.?$", re.IGNORECASE)
_MONTH_YEAR_NUMBERS = re.compile(r"^(\d{1,2})/(\d{4})$")
_DAY_MONTH_NUMBERS = re.compile(r"^(\d{1,2})\s*/\s*(\d{1,2})$")
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_YEAR_ALONE = re.compile(r"^(?:19|20)\d{2}$")
_QUARTER = re.compile(r"^(?:q|qtr|quarter)\s*([1-4])[\s,]*((?:19|20)\d{2})?$", re.IGNORECASE)
_SEASON = re.compile(
    r"^(spring|summer|autumn|winter|easter|christmas|year end|financial year)\b[\s,]*(?:(?:19|20)?\d{2})?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\d\s*(?:-|\u2013|\u2014|to|until)\s+\S|\s(?:-|\u2013|\u2014|to)\s|^\d{4}\s*[\-\u2013]\s*\d{4}$", re.IGNORECASE
)
_YEARISH = re.compile(r"\b(?:19|20)\d{2}\b")
_ANY_DATE = re.compile(r"\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})\b")

_ONGOING_WITH_MORE = re.compile(r"^(?:on-?going|continuous)\b")


@dataclass(frozen=True, slots=True)
class _Trimmed:
    """A text without what stands around its date."""

    core: str
    notes: list[str] = field(default_factory=list)

    @property
    def note(self) -> str:
        return "; ".join(self.notes)


def read_form(text: str) -> Form:
    """Return what form of date ``text`` (not blank) is."""
    if len(text) > _LONGEST:
        return Unclear(f"{quote(text)} is not a date", _EXPECTED, near=False)
    plain = " ".join(text.split())
    kind = _non_date(plain)
    if kind is not None:
        return kind
    trimmed = _trim(plain)
    for reader in (_iso, _numbers, _named_day, _period, _asks):
        form = reader(trimmed.core, trimmed.note)
        if form is not None:
            return form
    return _unclear(plain)


def serial_form(number: float) -> Form:
    """Return what a bare number in a date column is: an offer, never a date that is taken."""
    if not abs(number) < _BEYOND_DATES:  # infinity and not-a-number too
        return Unclear("It is a number, not a date", _EXPECTED, near=False)
    if number == int(number) and _YEAR_ALONE.match(str(int(number))):
        return _year_alone(str(int(number)))
    if int(number) in _SERIALS:
        return _serial(int(number))
    return Unclear(f"{number:.15g} is a number, not a date", _EXPECTED, near=False)


def real_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shown(day: date) -> str:
    """Return a date as British officers write it: 31/03/2025."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def _non_date(plain: str) -> NotADate | None:
    words = fold(plain)
    kind = first_key(whole("due_kind"), words)
    if kind:
        return NotADate(DueKind(kind))
    if _ONGOING_WITH_MORE.match(words):
        return NotADate(DueKind.ONGOING, plain)
    return None


def _trim(plain: str) -> _Trimmed:
    """Take notes off both ends, then a weekday and a time."""
    trimmed = _Trimmed(plain)
    core = plain
    prefix = _PREFIX.match(core)
    if prefix and prefix.end() < len(core):
        trimmed.notes.append(prefix[0].strip(" :,-"))
        core = core[prefix.end() :]
    suffix = _SUFFIX.search(core)
    if suffix and suffix.start() > 0:
        trimmed.notes.append((suffix[1] or suffix[2] or "").strip())
        core = core[: suffix.start()]
    core = _WEEKDAY.sub("", core.strip())
    return _Trimmed(_TIME.sub("", core).strip(" .,;"), [note for note in trimmed.notes if note])


def _iso(core: str, note: str) -> Form | None:
    found = _ISO.match(core)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups())
    found_day = real_date(year, month, day)
    return Exact(found_day, found_day, note=note) if found_day else _unreal(core, year, month)


def _numbers(core: str, note: str) -> Form | None:
    found = _NUMBERS.match(core)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), full_year(found[4])
    day_first, month_first = real_date(year, second, first), real_date(year, first, second)
    if day_first or month_first:
        if not day_first and second <= len(MONTH_NAMES) and first > _days_in(year, second):
            return _unreal(core, year, second)
        return Digits(day_first, month_first, note)
    return _unreal(core, year, second)


def _named_day(core: str, note: str) -> Form | None:
    found = _DAY_MONTH.match(core)
    day, month, year = (found[1], found[2], found[3]) if found else ("", "", "")
    if not found:
        turned = _MONTH_DAY.match(core)
        if not turned:
            return None
        day, month, year = turned[2], turned[1], turned[3]
    number = MONTH_NUMBERS.get(month.casefold())
    if number is None:
        return _misspelt(core, day, month, year)
    found_day = real_date(full_year(year), number, int(day))
    return Exact(found_day, found_day, note=note) if found_day else _unreal(core, full_year(year), number)


def _period(core: str, note: str) -> Form | None:
    digits = _MONTH_YEAR_NUMBERS.match(core)
    if digits and 1 <= int(digits[1]) <= len(MONTH_NAMES) and int(digits[2]) > 0:
        return _whole(month_period(int(digits[2]), int(digits[1])), note)
    period = find_period(core)
    return _whole(period, note) if period else None


def _whole(period: Period, note: str) -> Exact:
    days = (period.last_day - period.first_day).days
    precision = (
        Precision.MONTH if days < _DAYS_OF_MONTH else Precision.QUARTER if days < _DAYS_OF_QUARTER else Precision.YEAR
    )
    return Exact(period.first_day, period.last_day, precision, note)


def _asks(core: str, _note: str) -> Form | None:
    """Return the forms that need an answer: they lack a year, or do not say which year they count in."""
    if _SERIAL.match(core) and int(float(core)) in _SERIALS:
        return _serial(int(float(core)))
    if _YEAR_ALONE.match(core):
        return _year_alone(core)
    quarter = _QUARTER.match(core)
    if quarter:
        year = int(quarter[2]) if quarter[2] else None
        suggestion = f"Q{quarter[1]} {year}/{(year + 1) % 100:02d}" if year else f"Q{quarter[1]} 2024/25"
        return Unclear(f"{quote(core)} does not say which financial year it counts in", suggestion)
    if _SEASON.match(core):
        return Unclear(f"{quote(core)} is not a date", "a month such as June 2025")
    return _yearless(core)


def _yearless(core: str) -> Unclear | None:
    day = _DAY_MONTH_ALONE.match(core)
    name = day[2] if day else core
    numbers = _DAY_MONTH_NUMBERS.match(core)
    if numbers and real_date(_LEAP_YEAR, int(numbers[2]), int(numbers[1])) is not None:
        # "24/7" looks the same, so it says nothing of its column
        return Unclear(f"{quote(core)} has no year", f"{core} with its year", near=False)
    if name.casefold() in MONTH_NUMBERS:
        return Unclear(f"{quote(core)} has no year", f"{core} with its year")
    return None


def _year_alone(text: str) -> Unclear:
    year = int(text)
    return Unclear(
        f"{quote(text)} is a year, not a date",
        f"31/12/{year}, or {year}/{(year + 1) % 100:02d} if it is a financial year",
    )


def _serial(number: int) -> Unclear:
    day = date.fromordinal(date(1899, 12, 30).toordinal() + number)
    return Unclear(f"{number} looks like Excel's number for a date", shown(day))


def _unreal(core: str, year: int, month: int) -> Unclear:
    if 1 <= month <= len(MONTH_NAMES) and 1 <= year <= date.max.year:
        return Unclear(f"{quote(core)} is not a real date", shown(date(year, month, _days_in(year, month))))
    return Unclear(f"{quote(core)} is not a real date", _EXPECTED)


def _days_in(year: int, month: int) -> int:
    return month_period(year, month).last_day.day if 1 <= year <= date.max.year else 0


def _misspelt(core: str, day: str, month: str, year: str) -> Unclear | None:
    near = get_close_matches(month.casefold(), list(MONTH_NUMBERS), n=1, cutoff=0.6)
    if not near or len(month) < _SHORTEST_MONTH:
        return None
    meant = real_date(full_year(year), MONTH_NUMBERS[near[0]], int(day))
    return Unclear(f"{quote(core)} names no month", shown(meant) if meant else _EXPECTED)


def _unclear(plain: str) -> Unclear:
    inside = _ANY_DATE.findall(plain)
    if inside:
        why = "holds more than one date" if len(inside) > 1 else "holds more than a date"
        # a sentence that names a day is a report of work, not a date
        near = len(_ANY_DATE.sub("", plain).split()) <= _MOST_WORDS_AROUND
        return Unclear(f"{quote(plain)} {why}", f"{inside[0]} alone", near=near)
    if _RANGE.search(plain) and _YEARISH.search(plain):
        return Unclear(f"{quote(plain)} is a stretch of time", "the day by which it is due")
    return Unclear(f"{quote(plain)} is not a date", _EXPECTED, near=False)
