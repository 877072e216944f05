"""How a clause of an order stands on a day: not in force yet, in force, up for renewal, expired, or renewed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from csp_desktop.rules.periods import add_months, shown_day

MOST_YEARS = 3
"""How long an order may have effect unless it is extended, and how long each extension may be.

Source: Anti-social Behaviour, Crime and Policing Act 2014, section 60(1) and (4).
"""


class ClauseStanding(StrEnum):
    """How a clause stands; in the order in which it asks for somebody."""

    EXPIRED = "expired"
    RENEWAL = "up for renewal"
    IN_FORCE = "in force"
    NOT_YET = "not in force yet"
    RENEWED = "ended, renewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTerm:
    """The days of a clause. Both days belong to it: it has effect from ``starts`` to the end of ``expires``.

    None where a day is not known. ``warn_months`` before it expires it comes up for renewal, unless it ``is_renewed``.
    """

    starts: date | None
    expires: date | None
    warn_months: int
    is_renewed: bool = False

    @property
    def renewal_from(self) -> date | None:
        """Return the day on which it comes up for renewal, None for one that has no end or was renewed."""
        if self.expires is None or self.is_renewed:
            return None
        return add_months(self.expires, -self.warn_months)

    def standing(self, today: date) -> ClauseStanding:
        """Return how it stands on a day."""
        if self.expires is not None and today > self.expires:
            return ClauseStanding.RENEWED if self.is_renewed else ClauseStanding.EXPIRED
        if self.starts is not None and today < self.starts:
            return ClauseStanding.NOT_YET
        warned = self.renewal_from
        return ClauseStanding.IN_FORCE if warned is None or today < warned else ClauseStanding.RENEWAL

    def in_words(self, today: date) -> str:
        """Return how it stands as people say it: "in force to 30 Sep 2027", "expired on 30 Sep 2026"."""
        standing = self.standing(today)
        end = "" if self.expires is None else shown_day(self.expires)
        return {
            ClauseStanding.EXPIRED: f"expired on {end}",
            ClauseStanding.RENEWAL: f"up for renewal: expires on {end}",
            ClauseStanding.IN_FORCE: f"in force to {end}" if end else "in force, no end given",
            ClauseStanding.NOT_YET: f"from {shown_day(self.starts)}" if self.starts else "",
            ClauseStanding.RENEWED: f"ended on {end}, renewed",
        }[standing]


def last_day_allowed(starts: date) -> date:
    """Return the last day that an order which starts on a day may have effect, unless it is extended."""
    return add_months(starts, 12 * MOST_YEARS) - timedelta(days=1)
