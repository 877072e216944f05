"""A cohort's outcomes as the command line prints them: one object of plain values; what is hidden is ``~``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from csp_desktop.charts.words import Unit
from csp_desktop.queries.cohort_figures import CohortFigures, cohort_figures
from csp_desktop.queries.cohorts import CohortRow, find_cohort
from csp_desktop.queries.publication import publication
from csp_desktop.reoffending.bands import Breakdown, band_label, band_of
from csp_desktop.reoffending.disclosure import SUPPRESSED, DisclosureRules
from csp_desktop.reoffending.intervals import Interval
from csp_desktop.reoffending.outcomes import Group, HarmOutcome, Outcomes, Pending, groups_of
from csp_desktop.reoffending.public_form import (
    RULES,
    HiddenFigures,
    HiddenHarm,
    PublicForm,
    public_exclusions,
    public_form,
)
from csp_desktop.store import Store
from models.offending import DisposalBand, OffenceStanding

Values = dict[str, Any]
_PERCENT = Unit("%", 1)
_SHOWN = HiddenHarm(figures=False, mean=False, escalation=False)


@dataclass(frozen=True, slots=True)
class OutcomesRequest:
    """What is asked for. ``data_date`` None: the cohort's own, else ``today``."""

    cohort: str
    today: date
    by: Breakdown | None = None
    data_date: date | None = None
    public: bool = False


def cohort_outcomes(store: Store, request: OutcomesRequest) -> Values:
    """Return a cohort's outcomes as the command line's JSON gives them: rates as fractions, absent values None.

    Raises CspError where there is no such cohort.
    """
    cohort = find_cohort(store, request.cohort)
    figures = cohort_figures(store, cohort.id, request.today, request.data_date)
    groups: Sequence[Group] = ()
    if request.by:
        groups = groups_of(figures.followed.people, request.by, figures.basis.baseline)
    rules = publication(store).rules
    form = public_form(figures.outcomes, groups, rules) if request.public else None
    told = _groups(groups, form, rules)
    if form is not None and request.by is Breakdown.SENTENCE_LENGTH:
        told = _public_sentences(figures, rules)
    return {
        **_head(cohort, figures, is_public=request.public),
        **outcome_object(figures.outcomes, form.whole if form else None, rules),
        "kaplan_meier": curve_object(figures.outcomes, form),
        "excluded": _excluded(figures, form, rules),
        "groups": told,
    }


def _public_sentences(figures: CohortFigures, rules: DisclosureRules) -> list[Values]:
    """Return the public groups by length of sentence: of those in custody, and none where custody itself is hidden.

    Nobody else has a sentence, so what is not known would give away how many were in custody.
    """
    people, baseline = figures.followed.people, figures.basis.baseline
    disposals = groups_of(people, Breakdown.DISPOSAL, baseline)
    hidden = public_form(figures.outcomes, disposals, rules).groups
    for group, mine in zip(disposals, hidden, strict=True):
        if group.value == DisposalBand.CUSTODY and not mine.final.outcomes:
            band = band_of(Breakdown.DISPOSAL)
            inside = [each for each in people if band(each) == DisposalBand.CUSTODY]
            groups = groups_of(inside, Breakdown.SENTENCE_LENGTH, baseline)
            return _groups(groups, public_form(group.outcomes, groups, rules), rules)
    return []


def outcomes_text(found: Mapping[str, Any], by: Breakdown | None) -> list[str]:
    """Return outcomes as lines for people; ``found`` is what ``cohort_outcomes`` gives."""
    lines = [
        f"{found['cohort']}: {found['definition_in_words']}",
        f"As known on {found['data_date']}.",
        _line("All", found),
        f"Not yet measurable: {found['not_yet_measurable']}; unique people: {found['unique_people']}.",
    ]
    if by is not None:
        lines.append(f"By {by.label.lower()}:")
        lines += [f"  {_line(band_label(by, group['value']), group)}" for group in found["groups"]]
    return lines


def _line(name: str, figures: Mapping[str, Any]) -> str:
    rate = _percent(figures["rate"])
    between = figures["rate_interval"]
    interval = f" ({_percent(between[0])} to {_percent(between[1])})" if isinstance(between, list) else ""
    offenders, reoffenders, reoffences = (figures[name] for name in ("offenders", "reoffenders", "reoffences"))
    return f"{name}: {reoffenders} of {offenders} reoffended, {rate}{interval}; {reoffences} reoffences."


def _percent(share: float | str | None) -> str:
    if share is None:
        return "no rate"
    return share if isinstance(share, str) else _PERCENT.shown(share * 100)


def _head(cohort: CohortRow, figures: CohortFigures, *, is_public: bool) -> Values:
    """Return what the figures are of; to the public a period that was not set is not told by its first and last day.

    Those are days on which single people were sentenced or released.
    """
    definition = figures.basis.definition
    period = (cohort.period.first, cohort.period.last) if is_public else (cohort.first_day, cohort.last_day)
    return {
        "cohort": cohort.name,
        "definition": definition.kind.value,
        "definition_in_words": definition.in_words,
        "period": [_day(day) for day in period],
        "data_date": _day(figures.followed.data_date),
    }


def outcome_object(outcomes: Outcomes, hidden: HiddenFigures | None = None, rules: DisclosureRules = RULES) -> Values:
    """Return the figures of a whole or a group as plain values; ``hidden`` is what a public form keeps back."""
    final = hidden is not None and hidden.final.outcomes
    offenders = hidden is not None and hidden.final.offenders
    adjusted = outcomes.adjusted
    unscored = hidden is not None and hidden.adjusted
    return {
        "unique_people": _told(outcomes.followed_people, hide=_hides_people(hidden)),
        "unique_offenders": _told(outcomes.unique_people, hide=hidden is not None and hidden.unique_people),
        "offenders": _told(outcomes.offenders, hide=offenders),
        "reoffenders": _told(outcomes.reoffenders, hide=final),
        "reoffences": _told(outcomes.reoffences, hide=final),
        "rate": _told(outcomes.rate, hide=final),
        "rate_interval": _told(_ends(outcomes.interval), hide=final),
        "reoffences_per_reoffender": _told(outcomes.reoffences_per_reoffender, hide=final),
        "reoffences_per_offender": _told(outcomes.reoffences_per_offender, hide=final),
        "not_yet_measurable": _told(
            outcomes.not_yet_measurable, hide=hidden is not None and hidden.provisional.offenders
        ),
        "provisional": _provisional(outcomes, hidden),
        "pending": _pending(outcomes.pending, hide=hidden is not None and hidden.pending),
        "predicted": _told(adjusted.predicted, hide=unscored),
        "adjusted": _told(adjusted.rate, hide=unscored),
        "n_scored": _told(adjusted.scored, hide=unscored),
        "is_unreliable": _told(rules.is_unreliable(outcomes.offenders), hide=offenders),
        "severity": {
            index.value: _harm(harm, hidden.severity[index] if hidden else None)
            for index, harm in outcomes.severity.items()
        },
    }


def curve_object(outcomes: Outcomes, form: PublicForm | None = None) -> list[Values] | str:
    """Return the curve as plain values; in public form with days taken together, or ``~`` where it is withheld."""
    curve = outcomes.curve if form is None else form.curve
    if curve is None:
        return SUPPRESSED
    return [
        {
            "day": point.day,
            "at_risk": point.at_risk,
            "events": point.events,
            "censored": point.censored,
            "survival": point.survival,
            "lower": point.lower,
            "upper": point.upper,
        }
        for point in curve.points
    ]


def _groups(groups: Sequence[Group], form: PublicForm | None, rules: DisclosureRules) -> list[Values]:
    hidden: Sequence[HiddenFigures | None] = form.groups if form else [None] * len(groups)
    return [
        {
            "value": str(group.value),
            **outcome_object(group.outcomes, mine, rules),
            "kaplan_meier": SUPPRESSED if form else curve_object(group.outcomes),
        }
        for group, mine in zip(groups, hidden, strict=True)
    ]


def _excluded(figures: CohortFigures, form: PublicForm | None, rules: DisclosureRules) -> Values:
    """Return how many offences and index events were left out, by reason."""
    standings: Mapping[OffenceStanding, int | None] = figures.followed.not_counted
    if form is not None:
        standings = public_exclusions(figures.followed.not_counted, form, rules)
    events = {why.value: count for why, count in figures.followed.not_followed.items()}
    counts = {why.value: SUPPRESSED if count is None else count for why, count in standings.items()}
    without = {"no_follow_up_observed": figures.outcomes.without_time} if figures.outcomes.without_time else {}
    apart = {**events, **without}
    return {**counts, **(dict.fromkeys(apart, SUPPRESSED) if form is not None else apart)}


def _hides_people(hidden: HiddenFigures | None) -> bool:
    """Say whether the number of people followed is kept back: it is that of the measurable and the others together."""
    return hidden is not None and (hidden.unique_people or hidden.provisional.offenders)


def _provisional(outcomes: Outcomes, hidden: HiddenFigures | None) -> Values:
    known = outcomes.provisional
    final = hidden is not None and hidden.provisional.outcomes
    return {
        "offenders": _told(known.offenders, hide=hidden is not None and hidden.provisional.offenders),
        "reoffenders": _told(known.reoffenders, hide=final),
        "reoffences": _told(known.reoffences, hide=final),
        "rate": _told(known.rate, hide=final),
        "rate_interval": _told(_ends(known.interval), hide=final),
        "pending": _pending(known.pending, hide=hidden is not None),
    }


def _pending(pending: Pending, *, hide: bool) -> Values:
    return {
        "offences": _told(pending.offences, hide=hide),
        "offenders": _told(pending.offenders, hide=hide),
        "what_if_reoffenders": _told(pending.what_if_reoffenders, hide=hide),
        "what_if_rate": _told(pending.what_if_rate, hide=hide),
    }


def _harm(harm: HarmOutcome, public: HiddenHarm | None) -> Values:
    hidden = public or _SHOWN
    return {
        "sum": _told(harm.sum, hide=hidden.figures),
        "mean": _told(harm.mean, hide=hidden.mean),
        "max": _told(harm.max, hide=public is not None),
        "per_offender": _told(harm.per_offender, hide=hidden.figures),
        "scored": _told(harm.scored, hide=hidden.mean),
        "unscored": _told(harm.unscored, hide=hidden.mean),
        "escalated": _told(harm.escalated, hide=hidden.escalation),
        "compared": _told(harm.compared, hide=hidden.escalation),
    }


def _told(value: Any, *, hide: bool) -> Any:
    return SUPPRESSED if hide else value


def _ends(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.lower, interval.upper]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
