"""The cohort report's page 1: the rate in words, the headline figures, the definition; and what is not known yet."""

from csp_desktop.reoffending.disclosure import SUPPRESSED
from csp_desktop.reports.action_tables import count
from csp_desktop.reports.blocks import Cell, Column, ColumnKind, Heading, PageBlock, Paragraph, Role, Table, day
from csp_desktop.reports.cohort_position import CohortPosition
from csp_desktop.reports.cohort_words import (
    between,
    figure_cell,
    interval_cell,
    months,
    number_cell,
    people,
    percent,
    percent_cell,
    rounded,
    unreliable,
)

HIDDEN_NOTE = (
    f"{SUPPRESSED} stands for a figure that is not published, because it or others that it follows from are about "
    "very few people. Some larger figures are left out as well, so that a small one cannot be worked out."
)
_NUMBER = ColumnKind.NUMBER
_FIGURES = (
    Column("Figure", weight=2.0),
    Column("Value", _NUMBER, 0.8),
    Column("What it rests on", weight=3.0),
)


def page_one(position: CohortPosition) -> list[PageBlock]:
    """Return what a reader needs who reads no further."""
    blocks: list[PageBlock] = [Paragraph(headline(position), Role.LEAD)]
    often = _how_often(position)
    blocks += [Paragraph(often)] if often else []
    blocks += [Heading(2, "Headline figures"), _figures(position)]
    blocks += [Paragraph(HIDDEN_NOTE, Role.MUTED)] if position.is_public else []
    blocks += [Heading(2, "What counts as reoffending"), Paragraph(position.definition.in_words)]
    blocks.append(Paragraph(f"Period of the index dates: {position.period}. Data date: {day(position.data_date)}."))
    return blocks


def headline(position: CohortPosition) -> str:
    """Return the rate with its interval and what it rests on, or why there is none."""
    whole, name = position.whole, position.row.name
    if not whole.offenders and not whole.not_yet_measurable:
        return f"No index event of {name} starts a follow-up, so there is nothing to count."
    if not whole.offenders:
        last = months(position.definition.follow_up_months + position.definition.waiting_months)
        return (
            f"Nobody in {name} is measurable yet on {day(position.data_date)}: that takes {last} from the index date."
        )
    if position.hidden.final.outcomes:
        return f"How many people of {name} reoffended is not published: it could point at individual people."
    whom = "offenders" if position.definition.is_quarterly else "people"
    return (
        f"{percent(whole.rate)} of {whom} in {name} reoffended within {months(position.definition.follow_up_months)}: "
        f"{whole.reoffenders:,} of {whole.offenders:,} ({between(whole.interval)})."
    )


def _how_often(position: CohortPosition) -> str:
    """Return how often they reoffended, and how to read the rate."""
    whole = position.whole
    told = []
    if whole.reoffenders and not position.hidden.final.outcomes:
        committed = "reoffence" if whole.reoffences == 1 else "reoffences"
        told.append(
            f"The reoffenders committed {whole.reoffences:,} {committed}: "
            f"{rounded(whole.reoffences_per_reoffender or 0, 2)} for each reoffender, or "
            f"{rounded(whole.reoffences_per_offender or 0, 2)} for each person in the cohort, reoffender or not."
        )
    if position.definition.is_quarterly and whole.offenders:
        told.append("The counts of all quarters are pooled: a person is counted in each quarter with an index event.")
        if not position.hidden.unique_people:
            told.append(f"They are {people(whole.unique_people)}.")
    is_told = whole.offenders > 0 and not position.hidden.final.outcomes
    if is_told and position.rules.is_unreliable(whole.offenders):
        told.append(f"The rate rests on {unreliable(position.rules.reliability)}: read it with care.")
    return " ".join(told)


def _figures(position: CohortPosition) -> Table:
    """Return the headline figures, each with what it rests on."""
    whole, hidden = position.whole, position.hidden
    away = hidden.final.outcomes
    rows: list[tuple[Cell, ...]] = [
        ("Offenders", number_cell(whole.offenders, hidden=hidden.final.offenders), "Everyone who is measurable"),
        *_unique(position),
        ("Reoffenders", number_cell(whole.reoffenders, hidden=away), "Offenders with at least one reoffence"),
        ("Reoffending rate (%)", percent_cell(whole.rate, hidden=away), _rate_rests(position)),
        ("Reoffences", number_cell(whole.reoffences, hidden=away), "Offences of the reoffenders that count"),
        *_frequencies(position),
        *_median(position),
        (
            "Not yet measurable",
            number_cell(whole.not_yet_measurable, hidden=hidden.provisional.offenders),
            "People kept out of every figure above",
        ),
    ]
    return Table(f"Reoffending of {position.row.name} on {day(position.data_date)}", _FIGURES, tuple(rows))


def _unique(position: CohortPosition) -> list[tuple[Cell, ...]]:
    """Return how many different people pooled counts are of; where nobody is counted twice nothing is to be said."""
    if not position.definition.is_quarterly:
        return []
    unique = number_cell(position.whole.unique_people, hidden=position.hidden.unique_people)
    return [("Different people among them", unique, "Somebody in two quarters is counted once")]


def _rate_rests(position: CohortPosition) -> str:
    how = "Reoffenders divided by offenders"
    interval = position.whole.interval
    return how if position.hidden.final.outcomes or interval is None else f"{how}; {between(interval)}"


def _frequencies(position: CohortPosition) -> list[tuple[Cell, ...]]:
    """Return the two frequencies, each beside the people that it is divided by."""
    whole, hidden = position.whole, position.hidden.final
    reoffenders = "the reoffenders" if hidden.outcomes else f"the {count(whole.reoffenders, 'reoffender')}"
    everyone = "everyone measurable" if hidden.offenders else f"everyone measurable, {people(whole.offenders)}"
    per_reoffender = figure_cell(whole.reoffences_per_reoffender, 2, hidden=hidden.outcomes)
    per_person = figure_cell(whole.reoffences_per_offender, 2, hidden=hidden.outcomes)
    return [
        ("Reoffences per reoffender", per_reoffender, f"Reoffences divided by {reoffenders}"),
        ("Reoffences per person in the cohort", per_person, f"Reoffences divided by {everyone}"),
    ]


def _median(position: CohortPosition) -> list[tuple[Cell, ...]]:
    """Return the day by which half had reoffended."""
    curve = position.form.curve if position.is_public else position.whole.curve
    if curve is None or not curve.points:
        return []
    rests = "Fewer than half have reoffended" if curve.median is None else "By then half had reoffended"
    value: Cell = "not reached" if curve.median is None else curve.median
    return [("Median time to first reoffence (days)", value, rests)]


def not_known(position: CohortPosition) -> list[PageBlock]:
    """Return what is provisional and what is pending, apart from the figures that are final."""
    blocks: list[PageBlock] = [Heading(2, "What cannot be known yet")]
    blocks.append(Paragraph("Nothing in this section is part of the figures above."))
    blocks += [Heading(3, "People who are not yet measurable"), *_provisional(position)]
    blocks += [Heading(3, "Offences that are not proven yet"), Paragraph(_pending(position))]
    return blocks


def _provisional(position: CohortPosition) -> list[PageBlock]:
    known, hidden = position.whole.provisional, position.hidden.provisional
    if not known.offenders:
        return [Paragraph(f"Everyone who is followed is measurable on {day(position.data_date)}.")]
    row = (
        "Provisional",
        number_cell(known.offenders, hidden=hidden.offenders),
        number_cell(known.reoffenders, hidden=hidden.outcomes),
        number_cell(known.reoffences, hidden=hidden.outcomes),
        percent_cell(known.rate, hidden=hidden.outcomes),
        interval_cell(known.interval, hidden=hidden.outcomes),
    )
    columns = (
        Column("So far", weight=1.3),
        Column("People", _NUMBER),
        Column("Reoffenders", _NUMBER, 1.2),
        Column("Reoffences", _NUMBER, 1.2),
        Column("Share", _NUMBER, unit="%"),
        Column("95% interval", _NUMBER, 1.2, "%"),
    )
    last = months(position.definition.follow_up_months + position.definition.waiting_months)
    return [
        Paragraph(
            f"Their index dates are less than {last} before the data date, so offences may still come or be proven. "
            "The share so far can only rise and must not be read as a rate."
        ),
        Table(
            f"Provisional: what is known so far of people not yet measurable on {day(position.data_date)}",
            columns,
            (row,),
        ),
        *_pending_so_far(position),
    ]


def _pending(position: CohortPosition) -> str:
    """Return the rate if everything that is pending were proven."""
    whole, pending = position.whole, position.whole.pending
    if position.hidden.pending:
        return "Figures on offences that are not proven yet are not published: they could point at individual people."
    if not pending.offences:
        return "No offence of a measurable person in the follow-up waits to be proven."
    return (
        f"{count(pending.offences, 'offence')} of {people(pending.offenders)} in the follow-up "
        f"{'is' if pending.offences == 1 else 'are'} not proven and so {'does' if pending.offences == 1 else 'do'} not "
        f"count. Had all been proven in time, {pending.what_if_reoffenders:,} of {whole.offenders:,} would have "
        f"reoffended: {percent(pending.what_if_rate)} instead of {percent(whole.rate)}."
    )


def _pending_so_far(position: CohortPosition) -> list[PageBlock]:
    """Return the share so far if everything were proven that is pending of people not yet measurable."""
    known = position.whole.provisional
    pending = known.pending
    if position.is_public or not pending.offences:
        return []
    return [
        Paragraph(
            f"{count(pending.offences, 'offence')} of {people(pending.offenders)} among them "
            f"{'is' if pending.offences == 1 else 'are'} not proven yet and can still count. If all are proven in "
            f"time, {pending.what_if_reoffenders:,} of {known.offenders:,} have reoffended so far: "
            f"{percent(pending.what_if_rate)} instead of {percent(known.rate)}."
        )
    ]
