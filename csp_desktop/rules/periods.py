"""Financial years (April to March), their quarters and calendar months, as councils label them: "Q4 2024/25"."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from csp_desktop.errors import CspError

MONTHS_IN_YEAR = 12
FIRST_MONTH = 4
_QUARTERS = 4
_FIRST_MUNICIPAL_MONTH = 5

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTH_NUMBERS = {
    **{name.casefold(): number for number, name in enumerate(MONTH_NAMES, start=1)},
    **{name[:3].casefold(): number for number, name in enumerate(MONTH_NAMES, start=1)},
    "sept": 9,
}

_YEARS = r"(?:fy\s*)?(?P<first>\d{4}|\d{2})\s*[/\-\u2013]\s*(?P<second>\d{4}|\d{2})"
_QUARTER_FIRST = re.compile(
    rf"^(?:q|qtr|quarter)\s*(?P<quarter>[1-4])[\s,]*(?:of\s+)?{_YEARS}(?:\s*:.*)?$", re.IGNORECASE
)
_YEAR_FIRST = re.compile(rf"^{_YEARS}[\s,:\-]*(?:q|qtr|quarter)\s*(?P<quarter>[1-4])$", re.IGNORECASE)
_YEAR = re.compile(
    r"^(?:fy|financial year)\s*(?P<first>\d{4}|\d{2})\s*[/\-\u2013]\s*(?P<second>\d{4}|\d{2})$", re.IGNORECASE
)
_PLAIN_YEAR = re.compile(r"^(?P<first>\d{4})\s*[/\-\u2013]\s*(?P<second>\d{4}|\d{2})$")
_MONTH = re.compile(r"^(?P<month>[a-z]+)\.?[\s\-/,]*(?P<year>\d{4}|\d{2})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with a label: both days belong to it."""

    label: str
    first_day: date
    last_day: date

    def holds(self, day: date) -> bool:
        """Say whether ``day`` lies in the period."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a financial year: ``Quarter(2024, 4)`` is January to March 2025, "Q4 2024/25"."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a fifth quarter: a caller's bug."""
        if not 1 <= self.number <= _QUARTERS:
            raise ValueError("a quarter is 1, 2, 3 or 4")

    @classmethod
    def containing(cls, day: date) -> "Quarter":
        """Return the quarter that ``day`` lies in."""
        months = (day.month - FIRST_MONTH) % MONTHS_IN_YEAR
        return cls(day.year - (day.month < FIRST_MONTH), months // 3 + 1)

    @property
    def label(self) -> str:
        """Return the label councils use: "Q4 2024/25"."""
        return f"Q{self.number} {financial_year_label(self.year)}"

    @property
    def first_day(self) -> date:
        """Return the first day of the quarter."""
        return add_months(date(self.year, FIRST_MONTH, 1), 3 * (self.number - 1))

    @property
    def last_day(self) -> date:
        """Return the last day of the quarter."""
        return add_months(self.first_day, 3) - timedelta(days=1)

    @property
    def period(self) -> Period:
        """Return the quarter as a period."""
        return Period(self.label, self.first_day, self.last_day)

    def previous(self) -> "Quarter":
        """Return the quarter before this one."""
        return Quarter(self.year - 1, _QUARTERS) if self.number == 1 else Quarter(self.year, self.number - 1)

    def following(self) -> "Quarter":
        """Return the quarter after this one."""
        return Quarter(self.year + 1, 1) if self.number == _QUARTERS else Quarter(self.year, self.number + 1)


def add_months(day: date, months: int) -> date:
    """Return ``day`` moved ``months`` calendar months on, clamped to the month's end: 31 January + 1 is 28 February."""
    years, month = divmod(day.month - 1 + months, MONTHS_IN_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shown_day(day: date) -> str:
    """Return a date as people read it: ``30 Sep 2024``, in English on every PC."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def financial_year_label(first_year: int) -> str:
    """Return "2024/25" for the financial year that begins in April 2024."""
    return f"{first_year}/{(first_year + 1) % 100:02d}"


def municipal_year(day: date) -> int:
    """Return the year in which the municipal year of a day begins: councils begin theirs in May."""
    return day.year - (day.month < _FIRST_MUNICIPAL_MONTH)


def financial_year(first_year: int) -> Period:
    """Return the financial year that begins in April of ``first_year``."""
    return Period(financial_year_label(first_year), date(first_year, FIRST_MONTH, 1), date(first_year + 1, 3, 31))


def month_period(year: int, month: int) -> Period:
    """Return a calendar month as a period: "March 2025"."""
    first = date(year, month, 1)
    last = date(year, month, calendar.monthrange(year, month)[1])
    return Period(f"{MONTH_NAMES[month - 1]} {year}", first, last)


def last_full_quarter(today: date) -> Quarter:
    """Return the last quarter that had ended before ``today``."""
    return Quarter.containing(today).previous()


def find_period(text: str) -> Period | None:
    """Return the period that ``text`` names as a whole ("Q4 2024/25", "FY24/25", "2024/25", "March 2025"), or None.

    "Q4 2024" is none: it does not say whether 2024 is a financial or a calendar year.
    """
    wanted = " ".join(text.split())
    quarter = _QUARTER_FIRST.match(wanted) or _YEAR_FIRST.match(wanted)
    if quarter:
        year = _first_year(quarter["first"], quarter["second"])
        return Quarter(year, int(quarter["quarter"])).period if year else None
    whole_year = _YEAR.match(wanted) or _PLAIN_YEAR.match(wanted)
    if whole_year:
        year = _first_year(whole_year["first"], whole_year["second"])
        return financial_year(year) if year else None
    month = _MONTH.match(wanted)
    if month and month["month"].casefold() in MONTH_NUMBERS:
        year = full_year(month["year"])
        return month_period(year, MONTH_NUMBERS[month["month"].casefold()]) if year else None
    return None


def parse_period(text: str) -> Period:
    """Return the period a user typed; raise CspError with the forms we understand."""
    period = find_period(text)
    if period is None:
        shown = " ".join(text.split())[:60]
        raise CspError(
            f"“{shown}” is not a period we understand. Write a quarter such as “Q4 2024/25”, a financial year such as "
            "“2024/25” or a month such as “March 2025”."
        )
    return period


def full_year(digits: str) -> int:
    """Return a year written with two or four digits; two digits are 20xx. 0 where no date can have it."""
    year = int(digits)
    return year + 2000 if len(digits) == len("25") else year


def _first_year(first: str, second: str) -> int:
    """Return the year in which the financial year ``first``/``second`` begins; 0 where the second does not follow."""
    begins = full_year(first)
    ends = full_year(second) if len(second) == len("2025") else begins - begins % 100 + int(second)
    if ends < begins:
        ends += 100
    return begins if ends == begins + 1 and 1 <= begins < date.max.year else 0
