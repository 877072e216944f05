"""What came of a cohort or group: who reoffended, how often, how seriously, how soon, and what is not known yet.

Rates are fractions, unrounded; rounding is for display. Figures of several quarters are pooled counts, never means of
rates. Definitions of the measures: Ministry of Justice, *Guide to proven reoffending statistics*; reoffences per
offender is the Justice Data Lab's frequency.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from csp_desktop.reoffending.bands import Breakdown, band_of, in_order
from csp_desktop.reoffending.following import SEVERITIES, Followed
from csp_desktop.reoffending.intervals import Interval, wilson
from csp_desktop.reoffending.survival import Curve, curve_of
from models.vocabulary import Severity

_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class HarmOutcome:
    """The severity of reoffences by one index, in its unit. ``mean`` is per reoffence that has a weight.

    ``sum`` and ``per_offender`` are None where there are reoffences and the index has a weight for none of them.

    ``escalated`` counts the reoffenders whose gravest reoffence weighs more than their index offence, of the
    ``compared`` for whom both weights are known. ``unscored`` counts reoffences without a weight.
    """

    sum: float | None
    mean: float | None
    max: float | None
    scored: int
    unscored: int
    per_offender: float | None
    escalated: int
    compared: int


@dataclass(frozen=True, slots=True)
class Provisional:
    """What is known so far of people who are not measurable yet; never mixed with the final figures."""

    offenders: int
    reoffenders: int
    reoffences: int
    rate: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Pending:
    """Offences of measurable people within follow-up that are not proven, and the rate if all of them counted."""

    offences: int
    offenders: int
    what_if_reoffenders: int
    what_if_rate: float | None


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The rate corrected for how likely people were to reoffend, over the ``scored`` who have a predicted score.

    ``rate`` is observed - predicted + baseline, None where no baseline is known; all are fractions.
    """

    scored: int
    observed: float | None
    predicted: float | None
    baseline: float | None
    rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """Every figure of a cohort or group. ``offenders`` are the measurable ones; counts pool a person's index events.

    ``without_time`` counts the people left out of the curve because no follow-up of them is observed.
    """

    unique_people: int
    offenders: int
    reoffenders: int
    reoffences: int
    not_yet_measurable: int
    provisional: Provisional
    pending: Pending
    adjusted: Adjusted
    severity: Mapping[Severity, HarmOutcome]
    curve: Curve = field(repr=False)
    without_time: int

    @property
    def rate(self) -> float | None:
        """Return reoffenders / offenders, None of nobody."""
        return ratio(self.reoffenders, self.offenders)

    @property
    def interval(self) -> Interval | None:
        """Return the rate's 95 % Wilson interval."""
        return wilson(self.reoffenders, self.offenders)

    @property
    def reoffences_per_reoffender(self) -> float | None:
        """Return the Ministry of Justice's frequency, None without reoffenders."""
        return ratio(self.reoffences, self.reoffenders)

    @property
    def reoffences_per_offender(self) -> float | None:
        """Return the Justice Data Lab's frequency, None without offenders."""
        return ratio(self.reoffences, self.offenders)


@dataclass(frozen=True, slots=True)
class Group:
    """The outcomes of the people in one band of a breakdown; ``value`` is as ``bands`` gives it."""

    value: str
    outcomes: Outcomes


def ratio(count: float, of: int) -> float | None:
    """Return ``count / of``, None where there is nobody to divide by."""
    return count / of if of else None


def outcomes_of(people: Sequence[Followed], baseline: float | None = None) -> Outcomes:
    """Return the figures of people who are followed. ``baseline``: the mean predicted share to adjust the rate to."""
    # a cohort can be of hundreds of thousands: each pass over it is one comprehension, and none is made for nothing
    final = [each for each in people if each.is_measurable]
    reoffenders = [each for each in final if each.reoffences]
    pending = [each for each in final if each.pending]
    later = len(people) - len(final)
    curve, without_time = _curve(people)
    what_if = len(reoffenders) + sum(not each.reoffences for each in pending)
    return Outcomes(
        unique_people=len({each.offender_id for each in final}),
        offenders=len(final),
        reoffenders=len(reoffenders),
        reoffences=sum([each.reoffences for each in reoffenders]),
        not_yet_measurable=later,
        provisional=_provisional([each for each in people if not each.is_measurable] if later else []),
        pending=Pending(sum([each.pending for each in pending]), len(pending), what_if, ratio(what_if, len(final))),
        adjusted=_adjusted(final, len(reoffenders), baseline),
        severity={index: _harm(reoffenders, at, len(final)) for at, index in enumerate(SEVERITIES)},
        curve=curve,
        without_time=without_time,
    )


def groups_of(people: Iterable[Followed], by: Breakdown, baseline: float | None = None) -> tuple[Group, ...]:
    """Return the figures by band, in the order people expect; their counts add up to those of the whole."""
    found: dict[str, list[Followed]] = {}
    band = band_of(by)
    for each in people:
        found.setdefault(band(each), []).append(each)
    return tuple(Group(value, outcomes_of(found[value], baseline)) for value in in_order(by, list(found)))


def _provisional(people: Sequence[Followed]) -> Provisional:
    reoffenders = sum([each.reoffences > 0 for each in people])
    reoffences = sum([each.reoffences for each in people])
    return Provisional(
        len(people), reoffenders, reoffences, ratio(reoffenders, len(people)), wilson(reoffenders, len(people))
    )


def _adjusted(people: Sequence[Followed], reoffenders: int, baseline: float | None) -> Adjusted:
    """Return the adjusted rate: over the people who have a score alone, the observed rate too.

    Source: Ministry of Justice, proven reoffending statistics: observed - mean predicted + mean predicted of the
    baseline cohort.
    """
    scores = [each.predicted for each in people if each.predicted is not None]
    if len(scores) < len(people):
        reoffenders = sum([each.reoffences > 0 for each in people if each.predicted is not None])
    observed, predicted = ratio(reoffenders, len(scores)), ratio(math.fsum(scores), len(scores))
    if observed is None or predicted is None or baseline is None:
        return Adjusted(len(scores), observed, predicted, baseline, None)
    return Adjusted(len(scores), observed, predicted, baseline, observed - predicted + baseline)


def _harm(reoffenders: Sequence[Followed], at: int, offenders: int) -> HarmOutcome:
    """Return the severity by the index at place ``at``; weights come in thousandths."""
    harms = [each.harm[at] for each in reoffenders]
    scored = sum([harm.scored for harm in harms])
    weighed = sum([harm.total for harm in harms]) / _THOUSAND
    total = weighed if scored or not reoffenders else None
    both = [harm for harm in harms if harm.scored and harm.index_offence is not None]
    return HarmOutcome(
        sum=total,
        mean=ratio(weighed, scored),
        max=max([harm.most for harm in harms if harm.scored]) / _THOUSAND if scored else None,
        scored=scored,
        unscored=sum([each.reoffences for each in reoffenders]) - scored,
        per_offender=None if total is None else ratio(total, offenders),
        escalated=sum(harm.most > (harm.index_offence or 0) for harm in both),
        compared=len(both),
    )


def _curve(people: Sequence[Followed]) -> tuple[Curve, int]:
    """Return the Kaplan-Meier curve of the time to the first reoffence, and how many people have no time in it."""
    times = Counter([each.time for each in people])
    without = times.pop(None, 0)
    return curve_of({time: count for time, count in times.items() if time is not None}), without
