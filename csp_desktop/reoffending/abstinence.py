"""Abstinence: the share of people with no proven offence in the last months, and how long it is since the last one.

Proof takes time, so the last months end where offences are known: at the data date less the waiting months of the
definition, exclusive. The window of n months is [end - n calendar months, end). At liberty, it holds as many days at
liberty as those months have days, and reaches back past time in custody for them: a person who was locked up has not
abstained. People are counted who were followed from before their window began and were alive at its end; the others
are left out and counted. Source: what Integrated Offender Management schemes report (domain rules, section 4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from csp_desktop.reoffending.intervals import Interval, ratio, wilson
from csp_desktop.reoffending.liberty import Stretch, back_at_liberty, days_at_liberty
from csp_desktop.reoffending.windows import MONTHS_IN_YEAR, add_months

MONTHS = (3, 6, 12)


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a person since ``followed_from``.

    ``offences`` are the days of proven offences in order; ``custody`` is as ``liberty.joined`` returns it.
    """

    followed_from: date
    offences: tuple[date, ...] = ()
    custody: tuple[Stretch, ...] = ()
    died_on: date | None = None

    def lives(self, day: date) -> bool:
        """Say whether the person was alive on a day."""
        return self.died_on is None or self.died_on >= day


@dataclass(frozen=True, slots=True)
class Abstinence:
    """How many of ``people`` had no proven offence in the last ``months``.

    ``too_short`` counts people who were not followed for that long yet, ``died`` those who died before the end.
    """

    months: int
    people: int
    abstinent: int
    too_short: int
    died: int

    @property
    def share(self) -> float | None:
        """Return the share who abstained as a fraction, None of nobody."""
        return ratio(self.abstinent, self.people)

    @property
    def interval(self) -> Interval | None:
        """Return the share's 95 % Wilson interval."""
        return wilson(self.abstinent, self.people)


@dataclass(frozen=True, slots=True)
class SinceLast:
    """How long it is since the last proven offence, over the ``people`` alive at the end who have one.

    ``never`` counts those without one since they were followed. Medians are None of nobody.
    """

    people: int
    never: int
    median_months: float | None
    median_days_at_liberty: float | None


def known_until(data_date: date, waiting_months: int) -> date:
    """Return the day up to which, exclusive, offences are known: the data date less the waiting months."""
    return add_months(data_date, -waiting_months)


def abstinence(
    lives: Iterable[Life], end: date, months: Sequence[int] = MONTHS, *, at_liberty: bool
) -> tuple[Abstinence, ...]:
    """Return the abstinence of people in each of the last ``months`` before ``end``, exclusive.

    ``at_liberty``: only days outside custody make up the months.
    """
    people = list(lives)
    alive = [each for each in people if each.lives(end)]
    died = len(people) - len(alive)
    return tuple(_abstinence(alive, end, each, died, at_liberty) for each in months)


def since_last(lives: Iterable[Life], end: date) -> SinceLast:
    """Return how long before ``end`` the last proven offences were."""
    alive = [each for each in lives if each.lives(end)]
    last = [(each, day) for each in alive if (day := last_offence(each, end)) is not None]
    months = [completed_months(day, end) for _, day in last]
    days = [days_at_liberty(day, end, each.custody) for each, day in last]
    return SinceLast(
        len(last), len(alive) - len(last), median(months) if months else None, median(days) if days else None
    )


def last_offence(life: Life, end: date) -> date | None:
    """Return the day of the last proven offence since the person was followed and before ``end``, None without one."""
    return max((day for day in life.offences if life.followed_from <= day < end), default=None)


def completed_months(first: date, last: date) -> int:
    """Return the calendar months completed from one day to a later one: 31 January to 28 February is one."""
    months = (last.year - first.year) * MONTHS_IN_YEAR + last.month - first.month
    return months - (add_months(first, months) > last)


def _abstinence(alive: Sequence[Life], end: date, months: int, died: int, at_liberty: bool) -> Abstinence:
    first = add_months(end, -months)
    days = (end - first).days
    people = abstinent = 0
    for each in alive:
        begins = back_at_liberty(end, days, each.custody) if at_liberty else first
        if each.followed_from < begins:
            people += 1
            abstinent += not any(begins <= day < end for day in each.offences)
    return Abstinence(months, people, abstinent, len(alive) - people, died)
