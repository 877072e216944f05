"""What the comparison of cohorts shows: rates, differences, the funnel, quarters over time, and spells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.charts.chart import Chart
from csp_desktop.charts.control_chart import control_chart
from csp_desktop.charts.control_page import ControlStretch
from csp_desktop.charts.funnel_plot import funnel_plot
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.rates_compared import ComparedRate, RateGroup, rates_compared
from csp_desktop.queries.cohort_figures import cohort_figures
from csp_desktop.queries.cohorts import CohortRow
from csp_desktop.queries.comparing import Choice, Compared, Comparison, compare_cohorts
from csp_desktop.queries.published import BenchmarkRow, counted_once, list_benchmarks, mismatches
from csp_desktop.reoffending.control import p_chart
from csp_desktop.reoffending.definition import Definition
from csp_desktop.reoffending.funnel import funnel
from csp_desktop.reoffending.intervals import Interval
from csp_desktop.reoffending.named_counts import NamedCounts
from csp_desktop.store import Store
from ui.reoffending.breakdown import quarters
from ui.reoffending.figure_words import FEW, FEW_WORDS, NONE, NOT_YET, interval_words, percent, points
from ui.tables.columns import Column, Kind

WIDTH_PT = 620.0
MOST_DRAWN = 24
FEWEST_UNITS, FEWEST_QUARTERS = 3, 3


@dataclass(frozen=True, slots=True)
class Published:
    """A series of published figures of one period, as it is chosen."""

    series: str
    period: str

    @property
    def words(self) -> str:
        """Return the series and its period as they are chosen."""
        return ", ".join(part for part in (self.series or "Published", self.period) if part)


@dataclass(frozen=True, slots=True)
class RateRow:
    """One rate of the table. ``difference`` is in shares against the first, None where it cannot be said."""

    place: int
    name: str
    definition: str
    count: int | None
    total: int | None
    rate: float | None
    interval: Interval | None
    difference: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Quarters:
    """The quarters of cohorts that one rule counts."""

    definition: Definition
    periods: tuple[NamedCounts, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole comparison. Charts are None where there is not enough to draw."""

    rows: tuple[RateRow, ...]
    warnings: tuple[str, ...]
    rates: Chart | None
    funnel: Chart | None
    control: Chart | None


RATES: tuple[Column[RateRow], ...] = (
    Column(key="name", heading="Cohort or area", width=0, text=lambda row: row.name, note=lambda row: row.definition),
    Column(
        key="offenders",
        heading="Offenders",
        kind=Kind.NUMBER,
        width=11,
        text=lambda row: "" if row.total is None else f"{row.total:,}",
        sort_key=lambda row: row.total,
    ),
    Column(
        key="reoffenders",
        heading="Reoffenders",
        kind=Kind.NUMBER,
        width=12,
        spare=2,
        text=lambda row: "" if row.count is None else f"{row.count:,}",
        sort_key=lambda row: row.count,
    ),
    Column(
        key="rate",
        heading="Rate",
        kind=Kind.NUMBER,
        width=18,
        text=lambda row: percent(row.rate) if row.rate is not None else row.note or NONE,
        sort_key=lambda row: row.rate,
    ),
    Column(
        key="interval",
        heading="95% interval",
        kind=Kind.NUMBER,
        width=18,
        spare=1,
        text=lambda row: interval_words(row.interval),
        sort_key=lambda row: row.interval.lower if row.interval else None,
    ),
    Column(
        key="difference",
        heading="Percentage points from the first",
        kind=Kind.NUMBER,
        width=30,
        text=lambda row: "" if row.difference is None else points(row.difference),
        sort_key=lambda row: row.difference,
    ),
    Column(
        key="note",
        heading="Read with care",
        width=24,
        spare=3,
        tone=lambda _row: "warning",
        text=lambda row: row.note if row.rate is not None else "",
    ),
)


def published_choices(store: Store) -> list[Published]:
    """Return the series of published figures by their periods, the latest first."""
    rows = list_benchmarks(store)
    found = {Published(row.series, row.period): row.last_day or row.first_day or date.min for row in rows}
    return sorted(found, key=lambda one: (-found[one].toordinal(), one.words))


def compared(store: Store, cohorts: Sequence[CohortRow], published: Published | None, today: date) -> Shown:
    """Return cohorts beside each other, and beside published figures where some are chosen.

    Raises CspError where a cohort is not in the store any more.
    """
    choices = [Choice(row.id, row.data_date or today) for row in cohorts]
    comparison = compare_cohorts(store, choices)
    every = [row for row in list_benchmarks(store) if published and Published(row.series, row.period) == published]
    beside = [*counted_once(every), *(row for row in every if row.is_of_country and row.people == "All")]
    beside = list(dict.fromkeys(beside))
    warnings = [*comparison.warnings, *(each.sentence for each in mismatches(every))]
    if beside and cohorts:
        warnings.append(BESIDE)
    return Shown(
        tuple(_rows(comparison, beside)),
        tuple(warnings),
        _rates(comparison, beside, published),
        _funnel(comparison, beside),
        _control(store, cohorts, today),
    )


BESIDE = (
    "Published figures follow their own definition and count every offender of the area. Compare them with a cohort of "
    "the same definition alone; the break in the chart stands for that."
)


def _rows(comparison: Comparison, published: Sequence[BenchmarkRow]) -> list[RateRow]:
    first = comparison.rows[0] if comparison.rows else None
    found = [_cohort_row(at, row, first) for at, row in enumerate(comparison.rows)]
    for row in published:
        found.append(
            RateRow(
                len(found),
                f"{row.area}, {row.people}",
                row.series or "Published",
                row.reoffenders,
                row.offenders,
                row.share,
                row.interval,
                None,
                FEW_WORDS if row.offenders is not None and row.offenders < FEW else "",
            )
        )
    return found


def _cohort_row(at: int, row: Compared, first: Compared | None) -> RateRow:
    o = row.outcomes
    is_other = first is not None and not first.definition.is_comparable(row.definition)
    difference = None
    if at and first is not None and not is_other and o.rate is not None and first.outcomes.rate is not None:
        difference = o.rate - first.outcomes.rate
    note = "" if row.is_reliable else (FEW_WORDS if o.offenders else NOT_YET)
    return RateRow(
        at,
        row.name,
        row.definition.kind.label,
        o.reoffenders,
        o.offenders,
        o.rate,
        o.interval,
        difference,
        note or ("other rules than the first" if is_other else ""),
    )


def _rates(comparison: Comparison, published: Sequence[BenchmarkRow], chosen: Published | None) -> Chart | None:
    """Return the rates as bars, a break between definitions."""
    groups: list[tuple[Definition, list[ComparedRate]]] = []
    for row in comparison.rows:
        rates = next((rates for definition, rates in groups if definition.is_comparable(row.definition)), None)
        if rates is None:
            rates = []
            groups.append((row.definition, rates))
        ends, o = row.outcomes.interval, row.outcomes
        if ends is None:
            rates.append(ComparedRate(row.name, None, note=NOT_YET))
        else:
            note = "" if row.is_reliable else FEW_WORDS
            rates.append(ComparedRate(row.name, o.rate, ends.lower, ends.upper, o.offenders, note=note))
    drawn = [RateGroup(definition.kind.label, tuple(rates)) for definition, rates in groups]
    if published and chosen:
        drawn.append(RateGroup(chosen.words, tuple(_published_rate(row) for row in published[:MOST_DRAWN])))
    return rates_compared(tuple(drawn), text_width, WIDTH_PT) if drawn else None


def _published_rate(row: BenchmarkRow) -> ComparedRate:
    if row.share is None:
        return ComparedRate(row.area, None, note="no rate")
    ends = row.interval
    if ends is None:
        return ComparedRate(row.area, row.share, of=row.offenders)
    return ComparedRate(row.area, row.share, ends.lower, ends.upper, row.offenders)


def _funnel(comparison: Comparison, published: Sequence[BenchmarkRow]) -> Chart | None:
    """Return a funnel of published areas, else of cohorts that one rule counts, around the country or all of them."""
    areas = [
        NamedCounts(row.area, row.reoffenders, row.offenders)
        for row in published
        if not row.is_of_country and row.offenders and row.reoffenders is not None
    ]
    country = next((row for row in published if row.is_of_country and row.share is not None), None)
    name, reference = (country.area, country.share) if country else ("All of them", None)
    if len(areas) < FEWEST_UNITS:
        name, reference = "All of them", None
        same = comparison.rows if comparison.same_line else ()
        areas = [NamedCounts(row.name, row.outcomes.reoffenders, row.outcomes.offenders) for row in same]
    found = funnel(areas, reference)
    return funnel_plot(found, name, text_width, WIDTH_PT) if found and len(found.points) >= FEWEST_UNITS else None


def _control(store: Store, cohorts: Sequence[CohortRow], today: date) -> Chart | None:
    """Return the quarters of the cohorts in order of time, a break where the rules change."""
    runs: list[Quarters] = []
    for row in sorted(cohorts, key=lambda row: (row.first_day or today, row.id)):
        figures = cohort_figures(store, row.id, today)
        found = tuple(
            NamedCounts(each.value, each.outcomes.reoffenders, each.outcomes.offenders)
            for each in quarters(figures.followed.people, None)
        )
        definition = figures.basis.definition
        if runs and runs[-1].definition.is_comparable(definition) and not _shared(runs[-1].periods, found):
            runs[-1] = Quarters(definition, (*runs[-1].periods, *found))
        else:
            runs.append(Quarters(definition, found))
    if sum(len(run.periods) for run in runs) < FEWEST_QUARTERS or _overlapping(runs):
        return None
    stretches = tuple(ControlStretch(run.definition.kind.label, p_chart(run.periods)) for run in runs)
    return control_chart(stretches, "%", text_width, WIDTH_PT)


def _shared(first: Sequence[NamedCounts], second: Sequence[NamedCounts]) -> bool:
    return bool({each.name for each in first} & {each.name for each in second})


def _overlapping(runs: Sequence[Quarters]) -> bool:
    """Say whether two runs have a quarter in common: on one line of time they cannot stand after each other."""
    names = [each.name for run in runs for each in run.periods]
    return len(names) != len(set(names))
