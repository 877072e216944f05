"""The public form of a cohort's figures: which of them are hidden, so that no small count of people can be worked out.

Counts of offenders and reoffenders are solved as a table (``disclosure``). What else is told of the same people follows
by rules that need no solving: a figure that would split them further (pending, scored, escalated, not yet measurable)
is shown only where every part of the split is 0 or large enough, and of a group only where the whole has no such split.

Two publications of one cohort that differ by few people (a later data date, a corrected row) are for whoever publishes
them to keep apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csp_desktop.reoffending.disclosure import (
    DisclosureRules,
    GroupCounts,
    Hidden,
    protect_breakdown,
    protect_cohort,
)
from csp_desktop.reoffending.outcomes import Group, HarmOutcome, Outcomes
from csp_desktop.reoffending.public_curve import public_curves
from csp_desktop.reoffending.survival import Curve
from models.offending import OffenceStanding, Severity

_NEXT_TO_IT = 0.1
RULES = DisclosureRules()
"""Counts of 1 and 2 are hidden; a rate of fewer than 30 people is marked."""


@dataclass(frozen=True, slots=True)
class HiddenHarm:
    """What is hidden of the severity by one index; the maximum, one offence of one person, always is.

    ``figures`` hides everything; ``mean`` the mean per reoffence, from which reoffences without a weight follow;
    ``escalation`` the share whose gravest reoffence weighs more than the index offence.
    """

    figures: bool
    mean: bool
    escalation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenFigures:
    """What is hidden of a cohort or group.

    ``final`` and ``provisional`` hide counts with all that rests on them (``Hidden.outcomes``); the people not yet
    measurable are the provisional offenders. ``pending`` hides the offences, their people, and what would be if they
    counted; ``adjusted`` all but the baseline.
    """

    unique_people: bool
    final: Hidden
    provisional: Hidden
    pending: bool
    adjusted: bool
    severity: Mapping[Severity, HiddenHarm]


@dataclass(frozen=True, slots=True)
class PublicForm:
    """What is hidden of a whole and of its groups, in the order given, and the whole's curve as it may be shown.

    ``curve`` takes days together (``public_curves``) and is None where it is withheld. Groups show no curve.
    """

    whole: HiddenFigures
    groups: tuple[HiddenFigures, ...]
    curve: Curve | None


def public_form(whole: Outcomes, groups: Sequence[Group] = (), rules: DisclosureRules = RULES) -> PublicForm:
    """Return the public form of figures. ``groups`` add up to the whole.

    What is hidden of the whole depends on the whole alone, so several breakdowns of it agree.
    """
    hidden = _of_whole(whole, rules)
    final = protect_breakdown([_final(group.outcomes) for group in groups], rules).groups
    provisional = protect_breakdown([_provisional(group.outcomes) for group in groups], rules).groups
    shown = [group.outcomes for group, mine in zip(groups, final, strict=True) if not mine.outcomes]
    others = [group.outcomes for group, mine in zip(groups, final, strict=True) if mine.outcomes]
    told = {index: _is_told(index, shown, others, rules) for index in whole.severity}
    of_groups = tuple(
        HiddenFigures(
            unique_people=mine.offenders or whole.unique_people != whole.offenders,
            final=mine,
            provisional=later,
            pending=mine.outcomes or whole.pending.offenders > 0,
            adjusted=mine.outcomes or hidden.adjusted or whole.adjusted.scored not in {0, whole.offenders},
            severity={
                index: _of_group(harm, is_hidden=mine.outcomes or hidden.severity[index].figures or not told[index])
                for index, harm in whole.severity.items()
            },
        )
        for mine, later in zip(final, provisional, strict=True)
    )
    return PublicForm(hidden, of_groups, _curve(whole, rules) if not hidden.final.outcomes else None)


def public_exclusions(
    counts: Mapping[OffenceStanding, int], form: PublicForm, rules: DisclosureRules = RULES
) -> dict[OffenceStanding, int | None]:
    """Return how many offences are not counted, by reason; None where the number is hidden.

    Pending ones are told with the rate if they counted, or not at all.
    """
    pending = form.whole.pending or form.whole.provisional.offenders
    return {
        why: None if rules.is_small(count) or (why is OffenceStanding.PENDING and pending) else count
        for why, count in counts.items()
    }


def _of_whole(whole: Outcomes, rules: DisclosureRules) -> HiddenFigures:
    final = protect_cohort(_final(whole), rules)
    repeated = whole.offenders - whole.unique_people
    return HiddenFigures(
        unique_people=final.offenders or rules.is_small(repeated),
        final=final,
        provisional=protect_cohort(_provisional(whole), rules),
        pending=final.outcomes or _splits(rules, *_pending_parts(whole)),
        adjusted=final.outcomes or _splits(rules, *_scored_parts(whole)),
        severity={
            index: _harm_of_whole(harm, whole.reoffenders, rules, is_hidden=final.outcomes)
            for index, harm in whole.severity.items()
        },
    )


def _curve(whole: Outcomes, rules: DisclosureRules) -> Curve | None:
    """Return the curve to publish; None where it holds very few people or reoffenders more than the rate does."""
    points = whole.curve.points
    followed = points[0].at_risk if points else 0
    reoffended = sum(point.events for point in points)
    parts = (followed - reoffended, abs(followed - whole.offenders), abs(reoffended - whole.reoffenders))
    if _splits(rules, *parts):
        return None
    curve = public_curves((whole.curve,), rules)[0]
    return curve if curve.points else None


def _final(outcomes: Outcomes) -> GroupCounts:
    return GroupCounts(outcomes.offenders, outcomes.reoffenders, outcomes.reoffences)


def _provisional(outcomes: Outcomes) -> GroupCounts:
    known = outcomes.provisional
    return GroupCounts(known.offenders, known.reoffenders, known.reoffences)


def _splits(rules: DisclosureRules, *parts: int) -> bool:
    """Say whether one of the parts that people are split into is small."""
    return any(rules.is_small(part) for part in parts)


def _pending_parts(whole: Outcomes) -> tuple[int, ...]:
    """Return the people with and without a pending offence, of reoffenders and of the others."""
    pending = whole.pending
    others_pending = pending.what_if_reoffenders - whole.reoffenders
    reoffenders_pending = pending.offenders - others_pending
    return (
        pending.offences,
        others_pending,
        reoffenders_pending,
        whole.offenders - pending.what_if_reoffenders,
        whole.reoffenders - reoffenders_pending,
    )


def _scored_parts(whole: Outcomes) -> tuple[int, ...]:
    """Return the people with and without a predicted score, reoffenders and others."""
    scored = whole.adjusted.scored
    reoffenders = round((whole.adjusted.observed or 0.0) * scored)
    unscored = whole.offenders - scored
    unscored_reoffenders = whole.reoffenders - reoffenders
    return reoffenders, scored - reoffenders, unscored_reoffenders, unscored - unscored_reoffenders


def _harm_of_whole(harm: HarmOutcome, reoffenders: int, rules: DisclosureRules, *, is_hidden: bool) -> HiddenHarm:
    figures = is_hidden or rules.is_small(harm.scored) or _is_one_persons(harm, rules)
    parts = (harm.escalated, harm.compared - harm.escalated, reoffenders - harm.compared)
    return HiddenHarm(figures, figures or rules.is_small(harm.unscored), figures or _splits(rules, *parts))


def _of_group(whole: HarmOutcome, *, is_hidden: bool) -> HiddenHarm:
    return HiddenHarm(is_hidden, is_hidden or whole.unscored > 0, escalation=True)


def _is_told(index: Severity, shown: Sequence[Outcomes], others: Sequence[Outcomes], rules: DisclosureRules) -> bool:
    """Say whether groups may show the severity by an index.

    In none of them may it rest on very few reoffences or on one person's; nor in the ``others`` together, whose part is
    the whole's less theirs.
    """
    harms = [outcomes.severity[index] for outcomes in shown]
    if any(rules.is_small(harm.scored) or _is_one_persons(harm, rules) for harm in harms):
        return False
    rest = [outcomes.severity[index] for outcomes in others]
    largest = sorted((share for harm in rest for share in harm.largest), reverse=True)
    return not _dominates(sum(harm.sum or 0.0 for harm in rest), largest, rules)


def _is_one_persons(harm: HarmOutcome, rules: DisclosureRules) -> bool:
    """Say whether a sum gives one person's part of it away to the person with the next gravest.

    The p % rule with p = 10: what neither of the two has must be at least a tenth of the greater part. Source:
    Hundepool and others (2012), Statistical Disclosure Control, section 4.2.2.
    """
    return _dominates(harm.sum or 0.0, harm.largest, rules)


def _dominates(total: float, largest: Sequence[float], rules: DisclosureRules) -> bool:
    if not largest or not largest[0] or not rules.is_small(1):  # where one person may be told, so may their part
        return False
    return total - sum(largest[:2]) < largest[0] * _NEXT_TO_IT
