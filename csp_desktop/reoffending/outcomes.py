"""What came of a cohort or group: who reoffended, how often, how seriously, how soon, and what is not known yet.

Rates are fractions, unrounded; rounding is for display. Figures of several quarters are pooled counts, never means of
rates. Definitions of the measures: Ministry of Justice, *Guide to proven reoffending statistics*; reoffences per
offender is the Justice Data Lab's frequency.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from csp_desktop.collector import collector_at_rest
from csp_desktop.reoffending.bands import Breakdown, band_of, in_order
from csp_desktop.reoffending.following import SEVERITIES, Followed
from csp_desktop.reoffending.intervals import Interval, ratio, wilson
from csp_desktop.reoffending.survival import Curve, curve_of
from csp_desktop.reoffending.tallies import Tally, tallies_of
from models.offending import Severity

_THOUSAND = 1000
_ALL = "all"
_NO_HARM: tuple[tuple[int, ...], ...] = ((), (), (), ())


@dataclass(frozen=True, slots=True)
class HarmOutcome:
    """The severity of reoffences by one index, in its unit. ``mean`` is per reoffence that has a weight.

    ``sum`` and ``per_offender`` are None where there are reoffences and the index has a weight for none of them.
    ``largest`` are the sums of the two people with the gravest, for the rule that keeps one person's from being told.

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
    largest: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """Offences within follow-up that are not proven, of measurable people or of the others, and the rate with them.

    Of measurable people none of them can count any more, for their time for proof is over.
    """

    offences: int
    offenders: int
    what_if_reoffenders: int
    what_if_rate: float | None


@dataclass(frozen=True, slots=True)
class Provisional:
    """What is known so far of people who are not measurable yet; never mixed with the final figures."""

    offenders: int
    reoffenders: int
    reoffences: int
    rate: float | None
    interval: Interval | None
    pending: Pending


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

    ``followed_people`` are the different persons who are followed, ``unique_people`` those of them who are measurable.

    ``without_time`` counts the people left out of the curve because no follow-up of them is observed.
    """

    followed_people: int
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


@collector_at_rest()
def outcomes_of(people: Sequence[Followed], baseline: float | None = None) -> Outcomes:
    """Return the figures of people who are followed. ``baseline``: the mean predicted share to adjust the rate to."""
    return _outcomes(tallies_of(people, [_ALL] * len(people)).get(_ALL, Tally()), baseline)


@collector_at_rest()
def groups_of(people: Sequence[Followed], by: Breakdown, baseline: float | None = None) -> tuple[Group, ...]:
    """Return the figures by band, in the order people expect; their counts add up to those of the whole."""
    tallies = tallies_of(people, list(map(band_of(by), people)))
    return tuple(Group(value, _outcomes(tallies[value], baseline)) for value in in_order(by, list(tallies)))


def _outcomes(tally: Tally, baseline: float | None) -> Outcomes:
    """Return the figures that a tally makes."""
    reoffenders = [each for each in tally.with_offences if each.reoffences and each.is_measurable]
    times = Counter(tally.times)
    without_time = times.pop(None, 0)
    return Outcomes(
        followed_people=tally.followed_people,
        unique_people=tally.unique_people,
        offenders=tally.measurable,
        reoffenders=len(reoffenders),
        reoffences=sum([each.reoffences for each in reoffenders]),
        not_yet_measurable=tally.people - tally.measurable,
        provisional=_provisional(tally),
        pending=_pending(tally, len(reoffenders), tally.measurable, measurable=True),
        adjusted=_adjusted(tally, reoffenders, baseline),
        severity={index: _harm(reoffenders, at, tally.measurable) for at, index in enumerate(SEVERITIES)},
        curve=curve_of({time: count for time, count in times.items() if time is not None}),
        without_time=without_time,
    )


def _provisional(tally: Tally) -> Provisional:
    early = [each.reoffences for each in tally.with_offences if each.reoffences and not each.is_measurable]
    people = tally.people - tally.measurable
    pending = _pending(tally, len(early), people, measurable=False)
    return Provisional(people, len(early), sum(early), ratio(len(early), people), wilson(len(early), people), pending)


def _pending(tally: Tally, reoffenders: int, people: int, *, measurable: bool) -> Pending:
    """Return what is pending of the people who are measurable, or of those who are not."""
    pending = [each for each in tally.with_offences if each.pending and each.is_measurable is measurable]
    what_if = reoffenders + sum(not each.reoffences for each in pending)
    return Pending(sum([each.pending for each in pending]), len(pending), what_if, ratio(what_if, people))


def _adjusted(tally: Tally, reoffenders: Sequence[Followed], baseline: float | None) -> Adjusted:
    """Return the adjusted rate: over the people who have a score alone, the observed rate too.

    Source: Ministry of Justice, proven reoffending statistics: observed - mean predicted + mean predicted of the
    baseline cohort.
    """
    scored = len(tally.scores)
    observed = ratio(sum(each.predicted is not None for each in reoffenders), scored)
    predicted = ratio(math.fsum(tally.scores), scored)
    if observed is None or predicted is None or baseline is None:
        return Adjusted(scored, observed, predicted, baseline, None)
    return Adjusted(scored, observed, predicted, baseline, observed - predicted + baseline)


def _harm(reoffenders: Sequence[Followed], at: int, offenders: int) -> HarmOutcome:
    """Return the severity by the index at place ``at``; weights come in thousandths."""
    totals, mosts, counts, indexes = (
        zip(*[each.harm[at] for each in reoffenders], strict=True) if reoffenders else _NO_HARM
    )
    scored, weighed = sum(counts), sum(totals) / _THOUSAND
    total = weighed if scored or not reoffenders else None
    both = [
        (most, index) for most, count, index in zip(mosts, counts, indexes, strict=True) if count and index is not None
    ]
    return HarmOutcome(
        sum=total,
        mean=ratio(weighed, scored),
        max=max(mosts) / _THOUSAND if scored else None,
        scored=scored,
        unscored=sum([each.reoffences for each in reoffenders]) - scored,
        per_offender=None if total is None else ratio(total, offenders),
        escalated=sum(most > index for most, index in both),
        compared=len(both),
        largest=tuple(total / _THOUSAND for total in nlargest(2, totals)),
    )
