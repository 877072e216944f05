"""The cohort report's last parts: what was left out and is doubtful, how figures are counted, and the people by id."""

from csp_desktop.reoffending.following import Followed
from csp_desktop.reoffending.public_form import public_exclusions
from csp_desktop.reoffending.selecting import NotFollowed
from csp_desktop.reports.blocks import (
    BulletList,
    Cell,
    Column,
    ColumnKind,
    Heading,
    PageBlock,
    Paragraph,
    Table,
)
from csp_desktop.reports.cohort_position import CohortPosition
from csp_desktop.reports.cohort_words import NONE, months, number_cell, unreliable
from models.offending import OffenceStanding

_NUMBER, _DATE = ColumnKind.NUMBER, ColumnKind.DATE
_NOT_KNOWN = "not known"
_TOLD = frozenset({*NotFollowed, *OffenceStanding})
"""The reasons that the table of what was left out counts."""

_RATE = (
    "Reoffending rate: reoffenders divided by offenders. An offender is somebody who is measurable: {whole} have "
    "passed between the index date and the data date."
)
_COUNTED = (
    (
        "Reoffences per reoffender: reoffences divided by those who reoffended (the Ministry of Justice's frequency). "
        "Reoffences per person in the cohort: reoffences divided by all offenders, whether they reoffended or not (the "
        "Justice Data Lab's frequency). The second is the first times the rate."
    ),
    (
        "Intervals of rates are Wilson's at 95%. Rates are worked out from whole counts and rounded half up only where "
        "they are printed; a difference of two rates is given in percentage points."
    ),
    (
        "How soon: Kaplan-Meier estimate with log-log bands at 95%. The event is the first offence that counts; time "
        "ends with follow-up, with death, or where offences may still be proven after the data date."
    ),
    "A person who dies or is in custody during the follow-up stays in the rate.",
    "Severity: weights of the editions that are named in its table.",
)
_DISCLOSURE = (
    "Disclosure control: counts of people below {threshold}, other than 0, are hidden with all that rests on them, and "
    "so are as many others as it takes that none can be worked out."
)
_SOURCES = (
    "Sources: Ministry of Justice, Guide to proven reoffending statistics (definition, bands, adjusted rate); Wilson "
    "(1927) for intervals; Kaplan and Meier (1958) for the curve; Spiegelhalter (2005) for funnels."
)


def data_quality(position: CohortPosition) -> list[PageBlock]:
    """Return every exclusion by reason with its number, and what else there is to doubt.

    The doubts stay out of a public report: what is missing of people its tables by group say, protected.
    """
    columns = (Column("What", weight=1.0), Column("Reason", weight=3.0), Column("Number", _NUMBER, 0.8))
    left_out = tuple(_left_out(position))
    blocks: list[PageBlock] = [
        Heading(2, "Data quality"),
        Paragraph(
            "Index events that start no follow-up and offences that do not count are listed by the first reason that "
            "holds. None of them is in the figures."
        ),
        Table("What was left out of the counting, by reason", columns, left_out, "Nothing was left out."),
    ]
    if position.is_public:
        return blocks
    doubts = tuple((line.label, line.sentence, line.count) for line in position.quality if line.key not in _TOLD)
    columns = (Column("What", weight=1.2), Column("In words", weight=3.0), Column("Number", _NUMBER, 0.8))
    return [*blocks, Table("What there is to know of the data", columns, doubts, "Nothing else is doubtful.")]


def _left_out(position: CohortPosition) -> list[tuple[Cell, ...]]:
    followed, rules = position.figures.followed, position.rules
    events = sorted(followed.not_followed.items(), key=lambda pair: -pair[1])
    rows: list[tuple[Cell, ...]] = [
        ("Index event", why.label, number_cell(number, hidden=rules.is_small(number)))
        for why, number in events
        if number
    ]
    offences = public_exclusions(followed.not_counted, position.form, rules)
    for why, number in sorted(followed.not_counted.items(), key=lambda pair: -pair[1]):
        if number:
            rows.append(("Offence", why.label, number_cell(number, hidden=offences[why] is None)))
    return rows


def how_counted(position: CohortPosition) -> list[PageBlock]:
    """Return how every figure is counted, and by whose rules."""
    definition = position.definition
    whole = definition.follow_up_months + definition.waiting_months
    items = [
        _RATE.format(whole=months(whole)),
        *_COUNTED,
        f"A rate of {unreliable(position.rules.reliability)} is marked as one to read with care.",
    ]
    items += [_DISCLOSURE.format(threshold=position.rules.threshold)] if position.is_public else []
    items.append(_SOURCES)
    return [Heading(2, "How the figures are counted"), Paragraph(definition.in_words), BulletList(tuple(items))]


def people_list(position: CohortPosition) -> list[PageBlock]:
    """Return everyone who is followed by id, with what the figures rest on."""
    columns = (
        Column("Id"),
        Column("Index date", _DATE),
        Column("Follow-up ends", _DATE),
        Column("Measurable"),
        Column("Reoffences", _NUMBER),
        Column("Days to first reoffence", _NUMBER),
        Column("Offences not proven yet", _NUMBER),
        Column("Age", _NUMBER),
        Column("Sex"),
        Column("Index disposal"),
        Column("Index offence group"),
        Column("Area"),
    )
    rows = tuple(_person(each) for each in position.figures.followed.people)
    return [Heading(2, "People by id"), Table("Everyone who is followed", columns, rows, "Nobody is followed.")]


def _person(each: Followed) -> tuple[Cell, ...]:
    return (
        each.reference,
        each.index_date,
        each.follow_up_ends,
        "yes" if each.is_measurable else "not yet",
        each.reoffences,
        NONE if each.first_day is None else each.first_day,
        each.pending,
        _NOT_KNOWN if each.age is None else each.age,
        each.sex.label if each.sex else _NOT_KNOWN,
        each.disposal.label if each.disposal else _NOT_KNOWN,
        each.offence_group.label if each.offence_group else _NOT_KNOWN,
        each.area.strip() or _NOT_KNOWN,
    )
