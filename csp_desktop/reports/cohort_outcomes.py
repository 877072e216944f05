"""The cohort report's parts on how soon, how often and how seriously people reoffended, and on the adjusted rate."""

from decimal import Decimal

from csp_desktop.charts.chart import Chart, Value
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.survival_curve import survival_curve
from csp_desktop.charts.survival_numbers import GroupCurve
from csp_desktop.reoffending.outcomes import HarmOutcome
from csp_desktop.reports.action_tables import share
from csp_desktop.reports.blocks import Cell, Column, ColumnKind, Figure, Heading, PageBlock, Paragraph, Table
from csp_desktop.reports.cohort_position import CohortPosition
from csp_desktop.reports.cohort_words import NONE, figure_cell, months, number_cell, percent, percent_cell, points
from models.offending import Severity

_NUMBER = ColumnKind.NUMBER
_WITHHELD = "The curve is not published: it could point at individual people."


def how_soon(position: CohortPosition) -> list[PageBlock]:
    """Return the curve of the time to the first reoffence with the numbers it rests on, or why it is withheld."""
    heading = Heading(2, "How soon people reoffend")
    curve = position.form.curve if position.is_public else position.whole.curve
    if not position.whole.curve.points:
        return [heading, Paragraph("Nothing of anybody's follow-up is observed yet.")]
    if curve is None:
        return [heading, Paragraph(_WITHHELD)]
    length = position.definition.follow_up_months
    named = (GroupCurve(position.row.name, curve),)
    chart = survival_curve(named, text_width, months=length)
    figure = Figure(
        scene=chart.scene,
        title=f"How soon people reoffend within {months(length)}",
        subtitle=f"Share who have reoffended, index dates {position.period}, with 95% intervals.",
        source="Source: the cohort's offences; Kaplan-Meier estimate. The figures are in the table below.",
        alt=chart.alt,
        data=None,
    )
    return [heading, Paragraph(_about_curve(position)), figure, _curve_table(position, chart)]


def _about_curve(position: CohortPosition) -> str:
    """Say what the curve takes in, and how it stands to the rate."""
    told = "The curve rises to the share who have reoffended by the end of the follow-up. "
    told += (
        "It takes in what is known of people who are not yet measurable, so it may end apart from the rate."
        if position.whole.not_yet_measurable
        else "That is the reoffending rate, but for people who died: they are followed to their death."
    )
    if position.is_public:
        return (
            f"{told} Days are taken together, so that no step stands for very few people: within a month the figures "
            "are those of the last step before it."
        )
    left_out = position.whole.without_time
    if not left_out:
        return told
    verb = "is" if left_out == 1 else "are"
    return f"{told} {left_out:,} of whom no follow-up is observed yet {verb} left out."


def _curve_table(position: CohortPosition, chart: Chart) -> Table:
    """Return the chart's figures as a table, without the name of the one curve."""
    kinds = tuple(Column(heading, _NUMBER, 1.0) for heading in chart.data.headings[2:])
    columns = (Column("Month", weight=0.7), *kinds)
    rows = tuple((f"{row[1]}", *map(_figure, row[2:])) for row in chart.data.rows)
    what = "Share who have reoffended"
    return Table(f"{what} by months since the index date, {position.row.name}", columns, rows)


def _figure(value: Value) -> Cell:
    """Return a chart's figure as a number where it is one."""
    if isinstance(value, int):
        return value
    plain = str(value).replace(",", "")
    return Decimal(plain) if plain.replace(".", "", 1).isdigit() else str(value)


def how_seriously(position: CohortPosition) -> list[PageBlock]:
    """Return how often and how seriously people reoffended, by each index of severity."""
    if not position.whole.offenders:
        return []
    return [
        Heading(2, "How often and how seriously people reoffend"),
        Paragraph(
            "Each reoffence is given the weight that an index has for offences of its kind. Escalated are the "
            "reoffenders whose gravest reoffence weighs more than their index offence, of those for whom both weights "
            "are known. Weights of different indices must not be compared."
        ),
        _severity_table(position),
        Paragraph(_editions(position)),
    ]


def _severity_table(position: CohortPosition) -> Table:
    gravest = () if position.is_public else (Column("Gravest reoffence", _NUMBER, 1.2),)
    columns = (
        Column("Index", weight=2.4),
        Column("Unit", weight=0.9),
        Column("Sum", _NUMBER, 1.2),
        Column("Per reoffence with a weight", _NUMBER, 1.3),
        Column("Per person in the cohort", _NUMBER, 1.2),
        *gravest,
        Column("Escalated", _NUMBER, 1.4),
        Column("Reoffences without a weight", _NUMBER, 1.3),
    )
    rows = tuple(_severity_row(position, index, harm) for index, harm in position.whole.severity.items())
    return Table("Severity of reoffences by three indices", columns, rows)


def _severity_row(position: CohortPosition, index: Severity, harm: HarmOutcome) -> tuple[Cell, ...]:
    hidden, edition = position.hidden.severity[index], position.figures.editions[index]
    escalated: Cell = NONE
    if hidden.escalation:
        escalated = number_cell(0, hidden=True)
    elif harm.compared:
        escalated = f"{share(harm.escalated, harm.compared)} of {harm.compared:,}"
    gravest = () if position.is_public else (figure_cell(harm.max, 1),)
    return (
        edition.name,
        edition.unit,
        figure_cell(harm.sum, 1, hidden=hidden.figures),
        figure_cell(harm.mean, 1, hidden=hidden.mean),
        figure_cell(harm.per_offender, 1, hidden=hidden.figures),
        *gravest,
        escalated,
        number_cell(harm.unscored, hidden=hidden.mean),
    )


def _editions(position: CohortPosition) -> str:
    named = "; ".join(edition.source or edition.name for edition in position.figures.editions.values())
    return f"Where the weights come from: {named}."


def adjusted(position: CohortPosition) -> list[PageBlock]:
    """Return the rate corrected for how likely people were to reoffend, where anybody has a predicted score."""
    found = position.whole.adjusted
    if not found.scored:
        return []
    heading = Heading(2, "Adjusted for who was in the cohort")
    if position.hidden.adjusted:
        return [heading, Paragraph("The adjusted rate is not published: it could point at individual people.")]
    note = position.figures.basis.baseline_note or "the baseline"
    rows: list[tuple[Cell, ...]] = [
        ("Observed", percent_cell(found.observed), "The reoffending rate of those with a score"),
        ("Predicted", percent_cell(found.predicted), "The mean of their predicted scores"),
        ("Baseline", percent_cell(found.baseline), f"The mean predicted score of {note}"),
        ("Adjusted rate", percent_cell(found.rate), "Observed less predicted plus baseline"),
    ]
    columns = (Column("Rate"), Column("Value", _NUMBER, 0.7, "%"), Column("What it is", weight=2.5))
    caption = f"Observed, predicted and adjusted rate of the {found.scored:,} offenders with a predicted score"
    return [heading, Paragraph(_about_adjusted(position)), Table(caption, columns, tuple(rows))]


def _about_adjusted(position: CohortPosition) -> str:
    found = position.whole.adjusted
    told = f"{found.scored:,} of {position.whole.offenders:,} offenders have a predicted score."
    if found.observed is not None and found.predicted is not None:
        told += (
            f" Their rate is {points(found.observed - found.predicted)} what was predicted: {percent(found.observed)} "
            f"against {percent(found.predicted)}."
        )
    if found.rate is None:
        return f"{told} No baseline is given for this cohort, so there is no adjusted rate."
    return told
