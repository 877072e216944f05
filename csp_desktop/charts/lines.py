"""Lines over periods: each series by colour, dashes and marks, with its name at its end instead of a legend."""

from dataclasses import dataclass, replace
from itertools import groupby

from csp_desktop.charts.axes import (
    BELOW,
    EndName,
    Plot,
    height_for,
    names_at_ends,
    period_axis,
    room_for_figures,
    room_for_names,
    round_steps,
    value_axis,
)
from csp_desktop.charts.chart import Chart, ChartData, Value
from csp_desktop.charts.marks import DASHES, RADIUS, series_mark
from csp_desktop.charts.scene import SERIES, Measure, Polyline, Primitive, Scene
from csp_desktop.charts.words import SIZE, Unit, listed, unit_of, wrap

MOST_SERIES = len(SERIES)
_TALL = 196.0
_TOP = 10.0
_NAME_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name and a value from zero for each period, None where none is known."""

    name: str
    values: tuple[float | None, ...]

    @property
    def last(self) -> tuple[int, float] | None:
        """Return the place and the value of the last one known."""
        known = [(at, value) for at, value in enumerate(self.values) if value is not None]
        return known[-1] if known else None


def lines(
    periods: tuple[str, ...], series: tuple[Series, ...], counted: str, measure: Measure, width: float = 495.0
) -> Chart:
    """Return the chart ``width`` points wide, of at most MOST_SERIES series. ``counted`` is "%" or what is counted."""
    if len(series) > MOST_SERIES or any(len(each.values) != len(periods) for each in series):
        raise ValueError(f"at most {MOST_SERIES} series, each with a value or None for every period")
    unit = unit_of(counted, (value for each in series for value in each.values))
    steps = round_steps(max((value for each in series for value in each.values if value is not None), default=0.0))
    named = [EndName(None, _name_lines(each, unit, width * _NAME_SHARE, measure)) for each in series]
    left = room_for_figures(steps, unit_of(counted, steps), measure)
    first = measure(periods[0], SIZE, False) / 2 if periods else 0.0
    right = width - room_for_names(named, measure)
    bottom = _TOP + height_for(named, _TALL)
    plot = Plot(max(left, first) + RADIUS, right, _TOP, bottom, 0, len(periods) - 1, 0, steps[-1])
    drawn = value_axis(plot, steps, unit_of(counted, steps)) + period_axis(plot, periods, measure)
    for number, each in enumerate(series):
        drawn += _line(plot, each, number)
    ends = [None if each.last is None else plot.point(*each.last) for each in series]
    drawn += names_at_ends(plot, [replace(name, end=end) for name, end in zip(named, ends, strict=True)])
    return Chart(Scene(width, bottom + BELOW, tuple(drawn)), _alt(periods, series, unit), _data(periods, series, unit))


def _line(plot: Plot, series: Series, number: int) -> list[Primitive]:
    """Draw one series: a run of strokes for each unbroken stretch, and its mark at every value."""
    drawn: list[Primitive] = []
    for known, group in groupby(enumerate(series.values), key=lambda pair: pair[1] is not None):
        points = tuple(plot.point(at, value) for at, value in group if value is not None)
        if known and len(points) > 1:
            drawn.append(Polyline(points, SERIES[number], 2.0, DASHES[number]))
        drawn += [series_mark(point, number) for point in points]
    return drawn


def _name_lines(series: Series, unit: Unit, width: float, measure: Measure) -> tuple[str, ...]:
    last = series.last
    value = "no figures" if last is None else unit.shown(last[1])
    return tuple(wrap(f"{series.name} {value}", width, measure, bold=True))


def _alt(periods: tuple[str, ...], series: tuple[Series, ...], unit: Unit) -> str:
    if not periods or not series:
        return "Line chart: there are no figures."
    over = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
    sentences = [f"Line chart of {listed([each.name for each in series])}, {over}."]
    return " ".join(sentences + [_told(each, periods, unit) for each in series])


def _told(series: Series, periods: tuple[str, ...], unit: Unit) -> str:
    """Return what became of a series: from where to where, and its highest where that is neither end."""
    known = [(at, value) for at, value in enumerate(series.values) if value is not None]
    if not known:
        return f"{series.name}: no figures."
    (first_at, first), (last_at, last) = known[0], known[-1]
    if len(known) == 1:
        return f"{series.name}: {unit.spoken(last)} in {periods[last_at]}."
    moved = "is unchanged at" if last == first else "rises from" if last > first else "falls from"
    went = unit.spoken(first) if last == first else f"{unit.spoken(first)} to {unit.spoken(last)}"
    at, most = max(known, key=lambda pair: pair[1])
    peak = (
        ""
        if at in {first_at, last_at} or most == max(first, last)
        else f", highest {unit.plain(most)} in {periods[at]}"
    )
    gaps = len(series.values) - len(known)
    missing = f"; {gaps} not known" if gaps else ""
    return f"{series.name} {moved} {went}{peak}{missing}."


def _data(periods: tuple[str, ...], series: tuple[Series, ...], unit: Unit) -> ChartData:
    rows: list[tuple[Value, ...]] = []
    for at, period in enumerate(periods):
        values = (each.values[at] for each in series)
        rows.append((period, *("not known" if value is None else unit.plain(value) for value in values)))
    return ChartData(("Period", *(f"{each.name}{unit.heading}" for each in series)), tuple(rows))
