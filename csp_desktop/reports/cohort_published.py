"""The cohort report beside what others published: rates of other areas, and first-time entrants."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from csp_desktop.charts.funnel_plot import funnel_plot
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.rates_compared import ComparedRate, RateGroup, rates_compared
from csp_desktop.queries.published import PER, BenchmarkRow, EntrantsRow, counted_once, mismatches
from csp_desktop.reoffending.funnel import funnel
from csp_desktop.reoffending.named_counts import NamedCounts
from csp_desktop.reports.blocks import (
    BulletList,
    Cell,
    Column,
    ColumnKind,
    Figure,
    Heading,
    PageBlock,
    Paragraph,
    Table,
)
from csp_desktop.reports.cohort_groups import FEWEST_AREAS
from csp_desktop.reports.cohort_position import CohortPosition
from csp_desktop.reports.cohort_words import (
    NONE,
    figure_cell,
    interval_cell,
    number_cell,
    percent_cell,
    rounded,
    signed_points,
)
from models.offending import CohortDefinition

MOST_COMPARED, MOST_DRAWN, MOST_ENTRANTS = 40, 8, 60
_NUMBER = ColumnKind.NUMBER
_NOT_GIVEN = "not given"
_OWN = frozenset({CohortDefinition.LOCAL, CohortDefinition.IOM})

_ENTRANTS = (
    "First-time entrants are young people of 10 to 17 at their first caution or conviction. Intervals are exact "
    "Poisson intervals at 95%. The figures are of areas and not of this cohort."
)


def compared(position: CohortPosition) -> list[PageBlock]:
    """Return the cohort beside the newest period of every published series; none where nothing is published."""
    newest = _newest(position.published)
    rows = [row for row in newest if row.share is not None]
    if not rows or not position.whole.offenders:
        return []
    left = len(rows) - MOST_COMPARED
    blocks: list[PageBlock] = [
        Heading(2, "Compared with published figures"),
        Paragraph(_caution(position)),
        _rates(position, rows),
        _table(position, rows[:MOST_COMPARED]),
    ]
    blocks += [Paragraph(f"{left:,} more published figures are kept in the program.")] if left > 0 else []
    found = mismatches(newest)
    blocks += [BulletList(tuple(each.sentence for each in found))] if found else []
    return blocks + _funnels(rows)


def _newest(rows: Iterable[BenchmarkRow]) -> list[BenchmarkRow]:
    """Return the rows of each series' newest period."""
    series: dict[str, list[BenchmarkRow]] = defaultdict(list)
    for row in rows:
        series[row.series].append(row)
    found = []
    for those in series.values():
        last = max(those, key=_when)
        found += [row for row in those if row.period == last.period]
    return found


def _when(row: BenchmarkRow) -> tuple[str, str]:
    """Return what periods are ordered by: the last day that is known of them, else their name."""
    known = row.last_day or row.first_day
    return (known.isoformat() if known else "", row.period)


def _caution(position: CohortPosition) -> str:
    """Say what keeps the cohort and published figures apart."""
    if position.definition.kind in _OWN:
        return (
            "This cohort is counted by a definition of its own and published figures by theirs. A difference may come "
            "from the definition as well as from people: the two must not stand on one line without saying so."
        )
    return (
        "Compare this cohort with series of the same definition alone. Series of three-month and of twelve-month "
        "cohorts, and of other waiting periods, differ by what they count."
    )


def _rates(position: CohortPosition, rows: Sequence[BenchmarkRow]) -> Figure:
    """Return the rates as bars with their intervals, a break between definitions."""
    whole, interval = position.whole, position.whole.interval
    hidden = position.hidden.final.outcomes or interval is None
    own = ComparedRate(position.row.name, None, note="not published")
    if not hidden and interval is not None:
        own = ComparedRate(position.row.name, whole.rate, interval.lower, interval.upper, whole.offenders)
    groups = [RateGroup(position.definition.kind.label, (own,))]
    drawn = [row for row in rows if row.people == "All" or row.is_of_country][:MOST_DRAWN] or list(rows[:MOST_DRAWN])
    for series in dict.fromkeys(row.series for row in drawn):
        rates = tuple(_rate(row) for row in drawn if row.series == series)
        groups.append(RateGroup(series or "Published", rates))
    chart = rates_compared(tuple(groups), text_width)
    return Figure(
        scene=chart.scene,
        title="Reoffending rates beside published ones",
        subtitle="Reoffending rate with 95% interval, newest period of each series.",
        source="Source: this cohort and the publications named. The figures are in the table below.",
        alt=chart.alt,
        data=None,
    )


def _rate(row: BenchmarkRow) -> ComparedRate:
    ends = row.interval
    name = f"{row.area}, {row.period}"
    if ends is None:
        return ComparedRate(name, row.share)
    return ComparedRate(name, row.share, ends.lower, ends.upper, row.offenders)


def _table(position: CohortPosition, rows: Sequence[BenchmarkRow]) -> Table:
    columns = (
        Column("Area", weight=1.6),
        Column("Series", weight=1.6),
        Column("People", weight=0.9),
        Column("Period", weight=1.4),
        Column("Offenders", _NUMBER),
        Column("Rate", _NUMBER, 0.7, "%"),
        Column("95% interval", _NUMBER, 1.1, "%"),
        Column("This cohort differs by", _NUMBER, 1.2, "percentage points"),
    )
    own, hidden = position.whole.rate, position.hidden.final.outcomes
    return Table(
        f"Published reoffending rates, and how {position.row.name} differs",
        columns,
        tuple(_cells(row, None if hidden else own) for row in rows),
    )


def _cells(row: BenchmarkRow, own: float | None) -> tuple[Cell, ...]:
    share = row.share
    return (
        row.area,
        row.series or _NOT_GIVEN,
        row.people or _NOT_GIVEN,
        row.period,
        NONE if row.offenders is None else row.offenders,
        percent_cell(share),
        interval_cell(row.interval),
        signed_points(None if own is None or share is None else own - share),
    )


def _funnels(rows: Sequence[BenchmarkRow]) -> list[PageBlock]:
    """Return a funnel for each series with enough areas, around the country's rate, else around that of all areas."""
    blocks: list[PageBlock] = []
    for series in dict.fromkeys(row.series for row in rows):
        those = [row for row in rows if row.series == series]
        units = [
            NamedCounts(row.area, row.reoffenders, row.offenders)
            for row in counted_once(those)
            if not row.is_of_country and row.offenders and row.reoffenders is not None
        ]
        name, rate = _reference(those)
        found = funnel(units, rate)
        if found is not None and len(units) >= FEWEST_AREAS:
            chart = funnel_plot(found, name, text_width)
            blocks.append(
                Figure(
                    scene=chart.scene,
                    title="Which areas differ by more than chance",
                    subtitle=f"Reoffending rate by number of offenders, {those[0].period}.",
                    source=f"Source: {series or 'published figures'}. The figures are in the table above.",
                    alt=chart.alt,
                    data=None,
                )
            )
    return blocks


def _reference(rows: Sequence[BenchmarkRow]) -> tuple[str, float | None]:
    """Return whose rate areas are held against, and the rate: None is that of all of them."""
    country = next((row for row in rows if row.is_of_country and row.people == "All"), None)
    if country is not None and country.share is not None:
        return country.area, country.share
    return "All areas", None


def entrants(position: CohortPosition) -> list[PageBlock]:
    """Return first-time entrants as counts and as a rate of young people; none where the store has none."""
    rows = sorted(position.entrants, key=lambda row: (str(row.last_day or row.first_day or ""), row.period, row.area))
    if not rows:
        return []
    shown = rows[-MOST_ENTRANTS:]
    columns = (
        Column("Area", weight=1.5),
        Column("Period", weight=1.4),
        Column("People"),
        Column("First-time entrants", _NUMBER),
        Column("Aged 10 to 17", _NUMBER),
        Column(f"Rate for each {PER:,}", _NUMBER),
        Column("95% interval", _NUMBER, 1.2),
    )
    hidden = {row.period for row in rows if position.rules.is_small(row.entrants)}
    cells = tuple(_entrant_cells(row, hidden=row.period in hidden) for row in shown)
    told = _ENTRANTS
    if hidden:
        told += " Where an area had very few in a period, all of the period's figures are hidden."
    return [
        Heading(2, "First-time entrants"),
        Paragraph(told),
        Table(f"First-time entrants and their rate for each {PER:,} people aged 10 to 17", columns, cells),
    ]


def _entrant_cells(row: EntrantsRow, *, hidden: bool) -> tuple[Cell, ...]:
    ends = row.interval
    between: Cell = NONE if ends is None else f"{rounded(ends.lower, 1)} to {rounded(ends.upper, 1)}"
    return (
        row.area,
        row.period,
        row.people or _NOT_GIVEN,
        number_cell(row.entrants, hidden=hidden),
        NONE if row.population is None else row.population,
        figure_cell(row.rate, 1, hidden=hidden),
        number_cell(0, hidden=True) if hidden else between,
    )
