"""The cohort report's tables by group: by each field of which something is known, and by quarter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csp_desktop.charts.funnel_plot import funnel_plot
from csp_desktop.charts.measure import text_width
from csp_desktop.reoffending.bands import NOT_KNOWN, Breakdown, band_label, band_of
from csp_desktop.reoffending.disclosure import Hidden
from csp_desktop.reoffending.following import Followed
from csp_desktop.reoffending.funnel import funnel
from csp_desktop.reoffending.named_counts import NamedCounts
from csp_desktop.reoffending.outcomes import Group, Outcomes, groups_of, outcomes_of
from csp_desktop.reoffending.public_form import public_form
from csp_desktop.reoffending.windows import quarter_of
from csp_desktop.reports.blocks import Cell, Column, ColumnKind, Figure, Heading, PageBlock, Paragraph, Table
from csp_desktop.reports.cohort_position import CohortPosition
from csp_desktop.reports.cohort_words import (
    NOT_MEASURABLE,
    figure_cell,
    interval_cell,
    number_cell,
    percent,
    percent_cell,
    unreliable,
)
from models.offending import DisposalBand

FEWEST_AREAS = 5
"""A funnel of fewer areas than this says no more than their table."""

_NUMBER = ColumnKind.NUMBER
_QUARTERS = ("January to March", "April to June", "July to September", "October to December")


@dataclass(frozen=True, slots=True)
class Row:
    """A group under the name it is read by, and what is hidden of it; ``value`` is as ``bands`` gives it."""

    value: str
    name: str
    outcomes: Outcomes
    hidden: Hidden


@dataclass(frozen=True, slots=True)
class Named:
    """A group and the name it is read by."""

    group: Group
    name: str


def by_group(position: CohortPosition) -> list[PageBlock]:
    """Return a table for each field of which something is known; none where nobody is measurable."""
    blocks: list[PageBlock] = []
    for by in Breakdown:
        table = sentence_table(position) if by is Breakdown.SENTENCE_LENGTH else field_table(position, by)
        if table is not None:
            blocks += [Heading(3, by.label), table]
        if table is not None and by is Breakdown.AREA:
            blocks += _funnel(position, group_rows(position, by))
    if not blocks:
        return []
    note = (
        f"A rate of {unreliable(position.rules.reliability)} is marked: by chance alone it may lie far from what the "
        "next such group would show. Compare groups by their intervals and not by their rates."
    )
    return [Heading(2, "Reoffending by group"), Paragraph(note), *blocks]


def field_table(position: CohortPosition, by: Breakdown) -> Table | None:
    """Return the table of a field; None where nothing is known of it or nobody is measurable."""
    rows = group_rows(position, by)
    return groups_table(position, by.label, rows) if rows else None


def sentence_table(position: CohortPosition) -> Table | None:
    """Return the table by length of sentence, of those whose index disposal was custody: nobody else has one.

    Its total is the row of custody in the table of disposals. So to the public it is protected against that row, and
    left out where that row is hidden.
    """
    custody = next((row for row in group_rows(position, Breakdown.DISPOSAL) if row.value == DisposalBand.CUSTODY), None)
    if custody is None or custody.hidden.outcomes:
        return None
    band, by = band_of(Breakdown.DISPOSAL), Breakdown.SENTENCE_LENGTH
    people = [each for each in position.figures.followed.people if band(each) == DisposalBand.CUSTODY]
    groups = groups_of(people, by, position.figures.basis.baseline)
    if not custody.outcomes.offenders or all(group.value == NOT_KNOWN for group in groups):
        return None
    named = [Named(group, band_label(by, group.value)) for group in groups]
    rows = _rows(position, custody.outcomes, named)
    return groups_table(position, by.label, rows, replace(custody, name="All in custody"))


def group_rows(position: CohortPosition, by: Breakdown) -> list[Row]:
    """Return the measurable groups of a field with what is hidden of each; none where nothing is known of the field."""
    groups = groups_of(position.figures.followed.people, by, position.figures.basis.baseline)
    if not position.whole.offenders or all(group.value == NOT_KNOWN for group in groups):
        return []
    return _rows(position, position.whole, [Named(group, band_label(by, group.value)) for group in groups])


def quarter_rows(position: CohortPosition) -> list[Row]:
    """Return the calendar quarters of the index dates in order of time, with what is hidden of each."""
    found: dict[tuple[int, int], list[Followed]] = {}
    for each in position.figures.followed.people:
        found.setdefault(quarter_of(each.index_date), []).append(each)
    named = [
        Named(
            Group(f"{year} {quarter}", outcomes_of(found[year, quarter], position.figures.basis.baseline)),
            f"{_QUARTERS[quarter - 1]} {year}",
        )
        for year, quarter in sorted(found)
    ]
    return _rows(position, position.whole, named)


def _rows(position: CohortPosition, whole: Outcomes, named: Sequence[Named]) -> list[Row]:
    form = public_form(whole, [each.group for each in named], position.rules)
    return [
        Row(each.group.value, each.name, each.group.outcomes, hidden.final)
        for each, hidden in zip(named, form.groups, strict=True)
    ]


def groups_table(position: CohortPosition, heading: str, rows: Sequence[Row], total: Row | None = None) -> Table:
    """Return groups with their counts, rate and interval, and what they add up to: ``total``, else the whole cohort."""
    columns = (
        Column(heading, weight=2.2),
        Column("Offenders", _NUMBER, 1.1),
        Column("Reoffenders", _NUMBER, 1.3),
        Column("Rate", _NUMBER, 0.8, "%"),
        Column("95% interval", _NUMBER, 1.3, "%"),
        Column("Reoffences", _NUMBER, 1.2),
        Column("Reoffences per reoffender", _NUMBER, 1.3),
        Column("Reoffences per person", _NUMBER, 1.2),
        Column("Read with care", weight=1.9),
    )
    whole = total or Row("", "All", position.whole, position.hidden.final)
    cells = tuple(_cells(position, row) for row in (*rows, whole))
    return Table(_message(position, heading, rows), columns, cells, total=True)


def _cells(position: CohortPosition, row: Row) -> tuple[Cell, ...]:
    outcomes, away = row.outcomes, row.hidden.outcomes
    return (
        row.name,
        number_cell(outcomes.offenders, hidden=row.hidden.offenders),
        number_cell(outcomes.reoffenders, hidden=away),
        percent_cell(outcomes.rate, hidden=away),
        interval_cell(outcomes.interval, hidden=away),
        number_cell(outcomes.reoffences, hidden=away),
        figure_cell(outcomes.reoffences_per_reoffender, 2, hidden=away),
        figure_cell(outcomes.reoffences_per_offender, 2, hidden=away),
        _care(position, row),
    )


def _care(position: CohortPosition, row: Row) -> str:
    if row.hidden.outcomes:
        return "not published"
    if not row.outcomes.offenders:
        return NOT_MEASURABLE
    return unreliable(position.rules.reliability) if position.rules.is_unreliable(row.outcomes.offenders) else "none"


def _message(position: CohortPosition, heading: str, rows: Sequence[Row]) -> str:
    """Return the caption: which rate is highest and which lowest, of those that do not rest on few people."""
    about = f"Reoffending by {heading[:1].lower()}{heading[1:]}"
    told = [
        (row.outcomes.rate, row.name)
        for row in rows
        if not row.hidden.outcomes
        and row.outcomes.rate is not None
        and not position.rules.is_unreliable(row.outcomes.offenders)
    ]
    if not told:
        return about
    (most, high), (least, low) = max(told, key=lambda pair: pair[0]), min(told, key=lambda pair: pair[0])
    return about if most == least else f"{about}: {high} {percent(most)}, {low} {percent(least)}"


def _funnel(position: CohortPosition, rows: Sequence[Row]) -> list[PageBlock]:
    """Return the areas in a funnel around the cohort's own rate; hidden ones are not in it."""
    shown = [row for row in rows if not row.hidden.outcomes and row.outcomes.offenders]
    counts = [NamedCounts(row.name, row.outcomes.reoffenders, row.outcomes.offenders) for row in shown]
    found = funnel(counts, position.whole.rate)
    if len(shown) < FEWEST_AREAS or found is None or position.hidden.final.outcomes:
        return []
    chart = funnel_plot(found, "All areas", text_width)
    left = len([row for row in rows if row.outcomes.offenders]) - len(shown)
    apart = "" if not left else " Areas that are not published are not drawn."
    return [
        Figure(
            scene=chart.scene,
            title="Which areas differ by more than chance",
            subtitle=f"Reoffending rate by number of offenders, index dates {position.period}.",
            source=f"Source: {position.row.name}. The figures are in the table of areas.{apart}",
            alt=chart.alt,
            data=None,
        )
    ]


def by_quarter(position: CohortPosition) -> list[PageBlock]:
    """Return each quarter's own figures and the pooled ones, of a cohort that is counted by quarter."""
    if not position.definition.is_quarterly or not position.whole.offenders:
        return []
    return [
        Heading(2, "Quarter by quarter"),
        Paragraph(
            "The last row pools the counts of all quarters. Its rate is reoffenders of all quarters divided by "
            "offenders of all quarters, and never the mean of the quarters' rates."
        ),
        groups_table(position, "Quarter of the index date", quarter_rows(position)),
    ]
