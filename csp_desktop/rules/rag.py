"""RAG, overdue, slipped, stale: four separate judgements on an action, each as at a given day.

Source of the rules: the domain notes, section 2; the 90 % and 70 % bounds are those of published council schemes.
RAG letters are those of the default scheme: B complete, G on track, A at risk, R off track.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from csp_desktop.rules.periods import add_months, shown_day
from models.vocabulary import LifecycleStatus

ON_TRACK_FROM = Fraction(90, 100)
AT_RISK_FROM = Fraction(70, 100)
DEFAULT_CYCLE_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the judgements need to know of an action. ``percent`` is 0 to 100; dates may be unknown."""

    status: LifecycleStatus
    start: date | None = None
    baseline_due: date | None = None
    forecast_due: date | None = None
    review_date: date | None = None
    percent: int | None = None
    last_update: date | None = None
    cycle_months: int = DEFAULT_CYCLE_MONTHS

    @property
    def due(self) -> date | None:
        """The day it is due by what is known now: the forecast, else the baseline."""
        return self.forecast_due or self.baseline_due


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A computed RAG letter, None where none applies, and the reason in words with the rule and its numbers."""

    letter: str | None
    reason: str


def overdue_days(standing: Standing, as_of: date) -> int:
    """Return how many days late an open action is; the due day itself is not late; 0 when it is not overdue."""
    due = standing.due
    if due is None or not standing.status.is_open:
        return 0
    return max(0, (as_of - due).days)


def slipped_days(standing: Standing) -> int:
    """Return how many days the forecast lies after the baseline; shown always, so that moving a date hides nothing."""
    if standing.forecast_due is None or standing.baseline_due is None:
        return 0
    return max(0, (standing.forecast_due - standing.baseline_due).days)


def is_started(standing: Standing, as_of: date) -> bool:
    """Say whether work has begun: its start has come, or without a start its status or an update says so."""
    if standing.start is not None:
        return standing.start <= as_of
    return standing.status is not LifecycleStatus.NOT_STARTED or standing.last_update is not None


def stale_since(standing: Standing, as_of: date) -> date | None:
    """Return the day from which an update was missing a full cycle ago, None when the action is not stale.

    Stale: open, started, and no update dated within one cycle before the as-of day, or since the start if there is
    none. Without an update and a start there is nothing to count from, and the action is not called stale.
    """
    if not standing.status.is_open or not is_started(standing, as_of):
        return None
    counted_from = standing.last_update or standing.start
    if counted_from is None or add_months(counted_from, standing.cycle_months) >= as_of:
        return None
    return counted_from


def suggest(standing: Standing, as_of: date) -> Suggestion:
    """Return the suggested RAG as at a day, by the first rule that holds; it never overwrites the owner's."""
    return (
        _by_status(standing, as_of)
        or _by_dates(standing, as_of)
        or _by_progress(standing, as_of)
        or _by_silence(standing, as_of)
        or Suggestion(None, "Not enough to say: no dates with a percentage, and no cycle without a report.")
    )


def _by_status(standing: Standing, as_of: date) -> Suggestion | None:
    if standing.status in {LifecycleStatus.COMPLETE, LifecycleStatus.CLOSED}:
        return Suggestion("B", f"The action is {standing.status.label.lower()}.")
    if standing.status in {LifecycleStatus.CANCELLED, LifecycleStatus.ON_HOLD}:
        return Suggestion(None, f"The action is {standing.status.label.lower()}.")
    if standing.start is not None and standing.start > as_of:
        return Suggestion(None, f"Not due: it starts on {day(standing.start)}.")
    return None


def _by_dates(standing: Standing, as_of: date) -> Suggestion | None:
    due = standing.due
    if due is not None and due < as_of:
        late = (as_of - due).days
        return Suggestion("R", f"Due {day(due)}: {late} {'day' if late == 1 else 'days'} late and not complete.")
    if standing.status is LifecycleStatus.ONGOING:
        review = standing.review_date
        if review is not None and review < as_of:
            return Suggestion("A", f"Ongoing, and its review was due on {day(review)}.")
        ahead = f"reviewed next on {day(review)}" if review else "no review date has passed"
        return Suggestion("G", f"Ongoing, {ahead}.")
    slipped = slipped_days(standing)
    if slipped and standing.forecast_due and standing.baseline_due:
        return Suggestion("A", f"The forecast {day(standing.forecast_due)} is {slipped} days after the baseline.")
    return None


def _by_progress(standing: Standing, as_of: date) -> Suggestion | None:
    due = standing.due
    if standing.percent is None or standing.start is None or due is None:
        return None
    whole = (due - standing.start).days
    elapsed = (as_of - standing.start).days
    if whole <= 0 or elapsed <= 0:
        return Suggestion("G", f"{standing.percent} % done and the time for it has only begun.")
    # percent / share of time elapsed, kept exact so that 90 % is 90 % and not 89.99
    pace = Fraction(standing.percent, 100) / Fraction(elapsed, whole)
    letter = "G" if pace >= ON_TRACK_FROM else "A" if pace >= AT_RISK_FROM else "R"
    share = round(100 * elapsed / whole)
    return Suggestion(
        letter, f"{standing.percent} % done with {share} % of the time gone: a pace of {_percent(pace)} %."
    )


def _by_silence(standing: Standing, as_of: date) -> Suggestion | None:
    since = stale_since(standing, as_of)
    if since is None:
        return None
    return Suggestion("A", f"Nothing reported since {day(since)}, more than {standing.cycle_months} months.")


def _percent(ratio: Fraction) -> int:
    """Return a ratio as a whole percentage, cut and not rounded, so that 89.9 % never reads as 90."""
    return int(ratio * 100)


def day(value: date) -> str:
    """Write a date as people read it: 30 Sep 2024."""
    return shown_day(value)
