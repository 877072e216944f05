"""The figures of the town centre, the same on page and paper: outputs over two years, operations by place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.charts.measure import text_width
from csp_desktop.charts.outputs_over_time import Earlier, OutputRun, OutputRuns, outputs_over_time
from csp_desktop.charts.place_plan import PlannedPlace, place_plan
from csp_desktop.queries.town_centre import (
    OperationRow,
    Outputs,
    TownCentre,
    operations_by_place,
    outputs_by_period,
)
from csp_desktop.reports.action_tables import count
from csp_desktop.reports.blocks import Cell, Column, ColumnKind, Figure, Table, day
from csp_desktop.rules.periods import FIRST_MONTH, MONTHS_IN_YEAR, Period, Quarter, add_months, financial_year_label

PAPER_PT, SCREEN_PT = 495.0, 620.0
"""How wide a figure is drawn, in points."""

COUNTED = "Only operations that were held are counted, each whole in the quarter in which it began."
_SOURCE = f"Source: the register of operations. {COUNTED}"


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """What came of the operations of a financial year up to a day, beside the year before up to the same day.

    Outputs are never summed over types: a seized packet and an arrest are no two of the same.
    """

    year: Period
    before: Period
    held: tuple[OperationRow, ...]
    held_before: int
    now: Outputs
    then: Outputs

    @property
    def sentence(self) -> str:
        """Return the finding in one sentence without its full stop."""
        return f"{count(len(self.held), 'operation')} held in {self.told}, {self._beside()}"

    @property
    def told(self) -> str:
        """Return which days these are: "2026/27 to 23 Nov 2026"."""
        return f"{self.year.label} to {day(self.year.last_day)}"

    def _beside(self) -> str:
        if not self.held_before:
            return "and none a year before"
        change = len(self.held) - self.held_before
        if not change:
            return "as many as a year before"
        return f"{abs(change):,} {'more' if change > 0 else 'fewer'} than a year before"


def year_so_far(centre: TownCentre, as_at: date) -> YearSoFar:
    """Return the financial year of a day up to that day, beside the year before up to the same day of it."""
    first = date(Quarter.containing(as_at).year, FIRST_MONTH, 1)
    year = Period(financial_year_label(first.year), first, as_at)
    before = Period(
        financial_year_label(first.year - 1), add_months(first, -MONTHS_IN_YEAR), add_months(as_at, -MONTHS_IN_YEAR)
    )
    now, then = (outputs_by_period(centre.operations, (each,)) for each in (year, before))
    return YearSoFar(year, before, tuple(centre.held_in(year)), len(centre.held_in(before)), now, then)


def two_years(as_at: date) -> tuple[tuple[Period, ...], Earlier]:
    """Return the quarters of the financial year before and of this one up to a day, the last of them cut there."""
    year = Quarter.containing(as_at).year
    quarters = [Quarter(each, number).period for each in (year - 1, year) for number in range(1, 5)]
    begun = [quarter for quarter in quarters if quarter.first_day <= as_at]
    periods = tuple(replace(each, last_day=min(each.last_day, as_at)) for each in begun)
    return periods, Earlier(4, financial_year_label(year - 1), f"{financial_year_label(year)} to {day(as_at)}")


def outputs_figure(centre: TownCentre, as_at: date, width: float = PAPER_PT) -> Figure | None:
    """Return outputs by type and quarter over two years, None where there were none."""
    periods, earlier = two_years(as_at)
    found = outputs_by_period(centre.operations, periods)
    if not found.lines:
        return None
    runs = tuple(OutputRun(line.kind, line.counts) for line in found.lines)
    chart = outputs_over_time(OutputRuns(tuple(each.label for each in periods), runs, earlier), text_width, width)
    return Figure(
        scene=chart.scene,
        title=year_so_far(centre, as_at).sentence,
        subtitle=f"Outputs by type and quarter, {periods[0].label} to {periods[-1].label}; as at {day(as_at)}.",
        source=_SOURCE,
        alt=chart.alt,
        data=outputs_table(found, f"Outputs by type and quarter, {periods[0].label} to {periods[-1].label}"),
    )


def outputs_table(found: Outputs, caption: str) -> Table:
    """Return outputs by type and period, with the sum of each type."""
    columns = (
        Column("Type", weight=2.2),
        *(Column(period.label, ColumnKind.NUMBER) for period in found.periods),
        Column("All", ColumnKind.NUMBER),
    )
    rows: list[tuple[Cell, ...]] = [(line.kind, *line.counts, line.total) for line in found.lines]
    return Table(caption, columns, tuple(rows))


def places_figure(
    centre: TownCentre, operations: Sequence[OperationRow], told: str, width: float = PAPER_PT
) -> Figure | None:
    """Return the drawn plan of places with the operations held at each, None where no place was put on it.

    ``told`` says which operations these are, such as "in 2026/27".
    """
    counts = operations_by_place(operations)
    places = tuple(
        PlannedPlace(place.text("name"), place.number("across"), place.number("down"), counts.get(place.id, 0))
        for place in centre.places
        if counts.get(place.id) or place.number("across") is not None
    )
    if all(place.across is None or place.down is None for place in places):
        return None
    chart = place_plan(places, text_width, width)
    ranked = sorted(places, key=lambda place: -place.operations)
    rows = tuple((place.name, place.operations) for place in ranked)
    return Figure(
        scene=chart.scene,
        title=_most(ranked, told),
        subtitle=f"Operations held by place {told}: the larger the mark, the more.",
        source="Source: the registers of operations and places.",
        alt=chart.alt,
        data=Table(
            f"Operations held by place {told}",
            (Column("Place", weight=3.0), Column("Operations held", ColumnKind.NUMBER)),
            rows,
        ),
    )


def _most(ranked: list[PlannedPlace], told: str) -> str:
    most = ranked[0].operations
    if not most:
        return f"No operation was held at a named place {told}"
    named = [place.name for place in ranked if place.operations == most]
    if len(named) > 1:
        held = sum(place.operations for place in ranked)
        return f"{count(held, 'operation')} at {count(sum(bool(place.operations) for place in ranked), 'place')} {told}"
    return f"Most often at {named[0]}: {count(most, 'operation')} {told}"
