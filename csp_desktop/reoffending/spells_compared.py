"""Before, during and after a spell: proven offences per day at liberty, in windows of the same length for each person.

Two comparisons, each with a window of its own before the spell: *during* takes the first days of the spell, *after*
the days that follow its end. Each is as long as the days known of the later half allow, at most ``longest`` days: where
the data, death or the spell's end cut the later half, the half before is cut to the same length (edge case 29). The
halves before end at the spell's start. Days in custody are no exposure, and offences committed on them are counted
apart; what is compared is offences at liberty per day at liberty, pooled over spells, never raw counts. Offences before
a spell have had longer to be proven than those after it, so offences are taken as known up to the data date less the
waiting months alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from csp_desktop.reoffending.intervals import Interval, poisson
from csp_desktop.reoffending.liberty import Stretch, days_at_liberty, is_in_custody

YEAR_DAYS = 365
REGRESSION_TO_THE_MEAN = (
    "People are selected when they offend most, so fewer offences are to be expected afterwards even if nothing had "
    "been done. A fall from before to after does not show by itself that the spell caused it; compare with people who "
    "were not selected."
)


@dataclass(frozen=True, slots=True)
class SpellHistory:
    """One spell of a person with what is known of them.

    ``offences`` are the days of all their proven offences; ``custody`` is as ``liberty.joined`` returns it.
    """

    person: int
    spell: Stretch
    offences: tuple[date, ...] = ()
    custody: tuple[Stretch, ...] = ()
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class Exposure:
    """Proven offences at liberty and the days at liberty they fell in; offences in custody stand beside them."""

    offences: int = 0
    days_at_liberty: int = 0
    offences_in_custody: int = 0

    @property
    def per_year(self) -> float | None:
        """Return offences per 365 days at liberty, None without a day at liberty."""
        return self.offences / self.days_at_liberty * YEAR_DAYS if self.days_at_liberty else None

    @property
    def interval(self) -> Interval | None:
        """Return the exact 95 % Poisson interval of ``per_year``."""
        if not self.days_at_liberty:
            return None
        ends, scale = poisson(self.offences), YEAR_DAYS / self.days_at_liberty
        return Interval(ends.lower * scale, ends.upper * scale)

    def __add__(self, other: "Exposure") -> "Exposure":
        return Exposure(
            self.offences + other.offences,
            self.days_at_liberty + other.days_at_liberty,
            self.offences_in_custody + other.offences_in_custody,
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two halves of equal length for each of ``spells`` spells of ``people`` people, pooled."""

    before: Exposure
    later: Exposure
    spells: int
    people: int

    @property
    def ratio(self) -> float | None:
        """Return the later rate over the rate before, None where it cannot be said."""
        before, later = self.before.per_year, self.later.per_year
        return later / before if before and later is not None else None


@dataclass(frozen=True, slots=True)
class SpellsCompared:
    """Before against during, and before against after. ``not_compared`` counts spells with no day known of either."""

    during: Pair
    after: Pair
    spells: int
    people: int
    not_compared: int
    warning: str = REGRESSION_TO_THE_MEAN


def compare_spells(spells: Iterable[SpellHistory], known_until: date, longest: int = YEAR_DAYS) -> SpellsCompared:
    """Return spells compared over windows of at most ``longest`` days; offences are known up to ``known_until``."""
    histories = list(spells)
    during = [(each, length) for each in histories if (length := _during(each, known_until, longest)) > 0]
    after = [(each, length) for each in histories if (length := _after(each, known_until, longest)) > 0]
    compared = {id(each) for each, _ in (*during, *after)}
    return SpellsCompared(
        during=_pair([(each, each.spell.first, length) for each, length in during]),
        after=_pair([(each, each.spell.end or each.spell.first, length) for each, length in after]),
        spells=len(histories),
        people=len({each.person for each in histories}),
        not_compared=len(histories) - len(compared),
    )


def _during(history: SpellHistory, known_until: date, longest: int) -> int:
    """Return how many days of the spell are known."""
    ends = min(filter(None, (history.spell.end, known_until, history.died_on)))
    return min((ends - history.spell.first).days, longest)


def _after(history: SpellHistory, known_until: date, longest: int) -> int:
    """Return how many days after the spell are known; none while it goes on."""
    if history.spell.end is None:
        return 0
    ends = min(filter(None, (known_until, history.died_on)))
    return min((ends - history.spell.end).days, longest)


def _pair(halves: Sequence[tuple[SpellHistory, date, int]]) -> Pair:
    """Return the halves pooled: each is a spell, the day its later half begins, and how long both halves are."""
    before = later = Exposure()
    for each, begins, length in halves:
        before += _exposure(each, each.spell.first - timedelta(days=length), length)
        later += _exposure(each, begins, length)
    return Pair(before, later, len(halves), len({each.person for each, _, _ in halves}))


def _exposure(history: SpellHistory, first: date, days: int) -> Exposure:
    end = first + timedelta(days=days)
    inside = [day for day in history.offences if first <= day < end]
    locked_up = sum(is_in_custody(day, history.custody) for day in inside)
    return Exposure(len(inside) - locked_up, days_at_liberty(first, end, history.custody), locked_up)
