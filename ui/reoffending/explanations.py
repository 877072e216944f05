"""How each figure is counted: what it is made of in words and numbers, and whose it is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from csp_desktop.queries.cohort_figures import CohortFigures
from csp_desktop.reoffending.following import SEVERITIES, Followed
from models.offending import Severity
from ui.forms.words import shown_date
from ui.reoffending.figure_words import (
    NOT_YET,
    counted,
    days_words,
    harm_words,
    interval_words,
    people_words,
    per,
    percent,
    rate_words,
)

Fact = tuple[str, str]
INDEX_WORDS = {
    Severity.CAMBRIDGE: "Cambridge index",
    Severity.ONS: "ONS score",
    Severity.HOME_OFFICE: "Home Office cost",
}
"""The indices of severity as briefly as a tile can say them."""

POOLED = "Figures of several quarters pool the counts; they are never the mean of the quarters' rates."


class Figure(StrEnum):
    """The headline figures, and those that stand apart from them."""

    RATE = "Reoffending rate"
    PER_REOFFENDER = "Reoffences per reoffender"
    PER_PERSON = "Reoffences per person"
    HARM = "Harm per person"
    MEDIAN = "Median time to first reoffence"
    LATER = "Not yet measurable"
    PROVISIONAL = "Known so far"
    PENDING = "Not proven yet"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure explained. ``holds`` says whose it is; ``whose`` are those people in words."""

    title: str
    value: str
    how: str
    facts: tuple[Fact, ...]
    holds: Callable[[Followed], bool]
    whose: str


def explain(figure: Figure, figures: CohortFigures, severity: Severity) -> Explanation:
    """Return how a figure of a cohort is counted; ``severity`` is the index that harm is weighed by."""
    making: dict[Figure, Callable[[CohortFigures], Explanation]] = {
        Figure.RATE: _rate,
        Figure.PER_REOFFENDER: _per_reoffender,
        Figure.PER_PERSON: _per_person,
        Figure.HARM: lambda found: _harm(found, severity),
        Figure.MEDIAN: _median,
        Figure.LATER: _later,
        Figure.PROVISIONAL: _provisional,
        Figure.PENDING: _pending,
    }
    return making[figure](figures)


def _rate(figures: CohortFigures) -> Explanation:
    o = figures.outcomes
    facts = [
        ("Reoffenders", f"{o.reoffenders:,}"),
        ("Offenders", f"{o.offenders:,}"),
        ("95% interval", interval_words(o.interval) or "n/a"),
        *_unique(figures),
    ]
    how = (
        "Reoffenders divided by offenders. An offender is somebody whose windows are over; a reoffender has at least "
        "one reoffence. The interval is Wilson's."
    )
    return Explanation(Figure.RATE, rate_words(o), how, tuple(facts), _is_final, "everyone who is measurable")


def _unique(figures: CohortFigures) -> list[Fact]:
    if not figures.basis.definition.is_quarterly:
        return []
    return [("Different people among them", f"{figures.outcomes.unique_people:,}"), ("Quarters", POOLED)]


def _per_reoffender(figures: CohortFigures) -> Explanation:
    o = figures.outcomes
    facts = (("Reoffences", f"{o.reoffences:,}"), ("Reoffenders", f"{o.reoffenders:,}"))
    how = (
        "Reoffences divided by reoffenders: how often those reoffended who reoffended at all. The Ministry of Justice "
        "publishes this one. People without a reoffence are not part of it."
    )
    value = per(o.reoffences_per_reoffender)
    return Explanation(
        Figure.PER_REOFFENDER, value, how, facts, lambda one: _is_final(one) and one.has_reoffended, "the reoffenders"
    )


def _per_person(figures: CohortFigures) -> Explanation:
    o = figures.outcomes
    facts = (("Reoffences", f"{o.reoffences:,}"), ("Offenders", f"{o.offenders:,}"))
    how = (
        "Reoffences divided by everyone who is measurable, whether they reoffended or not. The Justice Data Lab "
        "publishes this one. It is the rate times the reoffences per reoffender."
    )
    value = per(o.reoffences_per_offender)
    return Explanation(Figure.PER_PERSON, value, how, facts, _is_final, "everyone who is measurable")


def _harm(figures: CohortFigures, severity: Severity) -> Explanation:
    o, edition = figures.outcomes, figures.editions[severity]
    harm = o.severity[severity]
    facts = (
        (f"Sum ({edition.unit})", harm_words(harm.sum)),
        ("Offenders", f"{o.offenders:,}"),
        ("Reoffences with a weight", f"{harm.scored:,}"),
        ("Reoffences without a weight", f"{harm.unscored:,}"),
        ("Index", edition.name),
        ("Source", edition.source or "none given"),
    )
    how = (
        "The weights of all reoffences added up, divided by everyone who is measurable. A reoffence whose code has no "
        "weight adds nothing; how many those are stands below."
    )
    at = SEVERITIES.index(severity)
    return Explanation(
        Figure.HARM,
        harm_words(harm.per_offender),
        how,
        facts,
        lambda one: _is_final(one) and one.harm[at].scored > 0,
        "those whose reoffences have a weight",
    )


def _median(figures: CohortFigures) -> Explanation:
    o = figures.outcomes
    people = o.curve.points[0].at_risk if o.curve.points else 0
    facts = (
        ("People in the curve", f"{people:,}"),
        ("Left out, nothing of their time is observed yet", f"{o.without_time:,}"),
        ("Reoffended", f"{sum(point.events for point in o.curve.points):,}"),
    )
    how = (
        "The first day after the index date by which half of the people have reoffended, from the Kaplan-Meier curve. "
        "The curve takes in what is known of people who are not measurable yet. Where fewer than half reoffend "
        "there is no such day."
    )
    return Explanation(
        Figure.MEDIAN, days_words(o.curve.median), how, facts, lambda one: one.time is not None, "those in the curve"
    )


def _later(figures: CohortFigures) -> Explanation:
    o, definition = figures.outcomes, figures.basis.definition
    months = definition.follow_up_months + definition.waiting_months
    how = (
        f"People whose index date is less than {months} months before the data date, "
        f"{shown_date(figures.followed.data_date)}. Their reoffences may not all be known, so they are in none of the "
        "final figures: that is not a rate of nought."
    )
    facts = (("People", f"{o.not_yet_measurable:,}"),)
    return Explanation(
        Figure.LATER, f"{o.not_yet_measurable:,}", how, facts, lambda one: not one.is_measurable, "those people"
    )


def _provisional(figures: CohortFigures) -> Explanation:
    p = figures.outcomes.provisional
    facts = (
        ("People not yet measurable", f"{p.offenders:,}"),
        ("Reoffended so far", f"{p.reoffenders:,}"),
        ("Reoffences so far", f"{p.reoffences:,}"),
        ("Share so far", percent(p.rate) if p.offenders else "n/a"),
    )
    how = "What is proven by the data date of people whose windows are still open. It can only rise."
    value = percent(p.rate) if p.offenders else NOT_YET
    return Explanation(Figure.PROVISIONAL, value, how, facts, lambda one: not one.is_measurable, "those people")


def _pending(figures: CohortFigures) -> Explanation:
    p = figures.outcomes.pending
    facts = (
        ("Offences not proven yet", f"{p.offences:,}"),
        ("People with one", f"{p.offenders:,}"),
        ("Reoffenders if all were proven", f"{p.what_if_reoffenders:,}"),
    )
    how = (
        "Offences of measurable people within follow-up that are charged and not proven. They count in none of the "
        "figures; the what-if rate shows how far it could rise if every one of them were proven."
    )
    return Explanation(
        Figure.PENDING,
        percent(p.what_if_rate),
        how,
        facts,
        lambda one: _is_final(one) and one.pending > 0,
        "those with an offence that is not proven yet",
    )


def _is_final(one: Followed) -> bool:
    return one.is_measurable


def headline_notes(figures: CohortFigures, severity: Severity) -> dict[Figure, str]:
    """Return what stands small below each headline figure: its n, and its interval where it has one."""
    o = figures.outcomes
    harm = o.severity[severity]
    people = o.curve.points[0].at_risk if o.curve.points else 0
    share = f"{o.reoffenders:,} of {people_words(o.offenders)}"
    if figures.basis.definition.is_quarterly:
        share = f"{o.reoffenders:,} of {o.offenders:,} index events, {o.unique_people:,} different people"
    interval = f"95% interval {interval_words(o.interval)}"
    return {
        Figure.RATE: f"{share}\n{interval}" if o.offenders else "nobody is measurable yet",
        Figure.PER_REOFFENDER: f"{counted(o.reoffences, 'reoffence')}\nof {counted(o.reoffenders, 'reoffender')}",
        Figure.PER_PERSON: f"{counted(o.reoffences, 'reoffence')}\nof all {people_words(o.offenders)}",
        Figure.HARM: f"{figures.editions[severity].unit}; {people_words(o.offenders)}\n{harm.unscored:,} unweighted",
        Figure.MEDIAN: f"{people_words(people)} in the curve" + ("" if people else "\nnothing is observed yet"),
        Figure.LATER: "kept out of every final figure",
    }
