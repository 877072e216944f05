"""The two windows that an index date opens: follow-up, in which an offence counts, and waiting, in which it is proven.

Source: Ministry of Justice, *Guide to proven reoffending statistics*. Windows are half-open and their ends are calendar
months forwards from the index date, clamped to the month's end: from 29 February twelve months end on 28 February, and
from 31 August eighteen months end on 28 (or 29) February. Never the end of one window plus the months of the other.
"""

import calendar
from dataclasses import dataclass
from datetime import date

MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Windows:
    """Where the windows of one index date end; neither end day belongs to its window."""

    index_date: date
    follow_up_ends: date
    proof_ends: date

    def is_measurable(self, data_date: date) -> bool:
        """Say whether everything that could count is known on ``data_date``."""
        return self.proof_ends <= data_date

    def observed_until(self, data_date: date, waiting_months: int) -> date:
        """Return the day that follow-up is observed to, exclusive: its end, or where proof may still be to come.

        The data date less the waiting months bounds a follow-up that is not complete; one that is complete is
        observed whole, whatever the length of its months.
        """
        if self.is_measurable(data_date):
            return self.follow_up_ends
        return min(self.follow_up_ends, add_months(data_date, -waiting_months))


def windows_of(index_date: date, follow_up_months: int, waiting_months: int) -> Windows:
    """Return the windows that ``index_date`` opens."""
    return Windows(
        index_date,
        add_months(index_date, follow_up_months),
        add_months(index_date, follow_up_months + waiting_months),
    )


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later (or earlier), or the last day of that month where it has no such day."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def completed_years(born: date, day: date) -> int:
    """Return the age on ``day`` in completed years; someone born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def quarter_of(day: date) -> tuple[int, int]:
    """Return the calendar quarter of ``day`` as year and number, 1 for January to March."""
    return day.year, (day.month + 2) // 3
