"""Lines over periods: each series by colour, dashes and marks, with its name at its end instead of a legend."""

import math
from dataclasses import dataclass
from itertools import groupby

from csp_desktop.charts.chart import Chart, ChartData, Value
from csp_desktop.charts.scene import (
    INK,
    MUTED,
    RULE,
    SERIES,
    Anchor,
    Area,
    Dot,
    Line,
    Measure,
    Point,
    Polyline,
    Primitive,
    Rectangle,
    Scene,
    Text,
)
from csp_desktop.charts.words import LEADING, SIZE, Unit, listed, unit_of, wrap

MOST_SERIES = len(SERIES)
_HEIGHT = 230.0
_DASHES: tuple[tuple[float, ...], ...] = ((), (6.0, 3.0), (2.0, 2.5), (9.0, 3.0, 2.0, 3.0))
_TOP, _BOTTOM = 10.0, 24.0
_BELOW = 6.0  # how far names may reach below the zero line: the last period is written under it
_TICKS = 4
_NAME_SHARE = 0.3
_MARK = 3.2
_GAP = 10.0
_LEADER_FROM = 3.0
_PERIOD_GAP = 14.0


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


@dataclass(frozen=True, slots=True)
class _Plot:
    """The room for the lines, in the scene's points, and what its top stands for."""

    left: float
    right: float
    bottom: float
    top_value: float
    count: int

    def point(self, at: int, value: float) -> Point:
        """Return where a value stands."""
        return self.x(at), self.bottom - (self.bottom - _TOP) * value / self.top_value

    def x(self, at: int) -> float:
        return self.left + (self.right - self.left) * (at / (self.count - 1) if self.count > 1 else 0.5)


def lines(
    periods: tuple[str, ...], series: tuple[Series, ...], counted: str, measure: Measure, width: float = 495.0
) -> Chart:
    """Return the chart ``width`` points wide, of at most MOST_SERIES series. ``counted`` is "%" or what is counted."""
    if len(series) > MOST_SERIES or any(len(each.values) != len(periods) for each in series):
        raise ValueError(f"at most {MOST_SERIES} series, each with a value or None for every period")
    unit = unit_of(counted, (value for each in series for value in each.values))
    ticks = _ticks(max((value for each in series for value in each.values if value is not None), default=0.0))
    names = [_name_lines(each, unit, width * _NAME_SHARE, measure) for each in series]
    widest = max((measure(line, SIZE, True) for each in names for line in each), default=0.0)
    left = max(measure(unit_of(counted, ticks).shown(tick), SIZE, False) for tick in ticks) + 8
    first = measure(periods[0], SIZE, False) / 2 if periods else 0.0
    bottom = max(_HEIGHT - _BOTTOM, sum(map(_tall, names)) - _BELOW)
    plot = _Plot(max(left, first) + _MARK, width - widest - _GAP - 6, bottom, ticks[-1], len(periods))
    drawn = _axes(plot, ticks, unit_of(counted, ticks)) + _periods(plot, periods, measure)
    for number, each in enumerate(series):
        drawn += _line(plot, each, number)
    drawn += _names(plot, series, names)
    return Chart(
        Scene(width, bottom + _BOTTOM, tuple(drawn)), _alt(periods, series, unit), _data(periods, series, unit)
    )


def _ticks(highest: float) -> list[float]:
    """Return round steps from zero to at least the highest value."""
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / _TICKS
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 2.5, 5, 10) if factor * magnitude >= rough * 0.999)
    return [step * count for count in range(math.ceil(highest / step - 1e-9) + 1)]


def _axes(plot: _Plot, ticks: list[float], unit: Unit) -> list[Primitive]:
    drawn: list[Primitive] = []
    for tick in ticks:
        y = plot.point(0, tick)[1]
        drawn.append(Line((plot.left, y), (plot.right, y), INK if tick == 0 else RULE, 0.8))
        drawn.append(Text((plot.left - 8, y + 4.3), unit.shown(tick), SIZE, anchor=Anchor.END))
    return drawn


def _periods(plot: _Plot, periods: tuple[str, ...], measure: Measure) -> list[Primitive]:
    """Write the periods below, as many as have room: always the last, and evenly back from it."""
    if not periods:
        return []
    widest = max(measure(period, SIZE, False) for period in periods) + _PERIOD_GAP
    apart = (plot.right - plot.left) / max(len(periods) - 1, 1)
    every = max(math.ceil(widest / apart), 1) if apart else 1
    drawn: list[Primitive] = []
    for at in range(len(periods) - 1, -1, -every):
        x = plot.x(at)
        drawn.append(Line((x, plot.bottom), (x, plot.bottom + 4), INK, 0.8))
        drawn.append(Text((x, plot.bottom + 18), periods[at], SIZE, anchor=Anchor.MIDDLE))
    return drawn


def _line(plot: _Plot, series: Series, number: int) -> list[Primitive]:
    """Draw one series: a run of strokes for each unbroken stretch, and its mark at every value."""
    colour = SERIES[number]
    drawn: list[Primitive] = []
    for known, group in groupby(enumerate(series.values), key=lambda pair: pair[1] is not None):
        points = tuple(plot.point(at, value) for at, value in group if value is not None)
        if known and len(points) > 1:
            drawn.append(Polyline(points, colour, 2.0, _DASHES[number]))
        drawn += [_mark(point, number) for point in points]
    return drawn


def _mark(centre: Point, number: int) -> Primitive:
    """Return the shape that stands at every value of a series."""
    x, y = centre
    r, colour = _MARK, SERIES[number]
    if number == 1:
        return Rectangle((x - r, y - r), (2 * r, 2 * r), colour, INK, 0.5)
    if number == 0:
        return Dot(centre, r, colour, INK, 0.5)
    up = -1 if number == 2 else 1  # noqa: PLR2004 - the third points up, the fourth down
    return Area(((x, y + up * 1.3 * r), (x + 1.2 * r, y - up * r), (x - 1.2 * r, y - up * r)), colour, INK, 0.5)


def _name_lines(series: Series, unit: Unit, width: float, measure: Measure) -> list[str]:
    last = series.last
    value = "no figures" if last is None else unit.shown(last[1])
    return wrap(f"{series.name} {value}", width, measure, bold=True)


def _tall(lines: list[str]) -> float:
    return len(lines) * LEADING


def _names(plot: _Plot, series: tuple[Series, ...], names: list[list[str]]) -> list[Primitive]:
    """Write each name at its line's end, moved apart where ends are close, with a leader to one that was moved."""
    ends = [each.last for each in series]
    wanted = [plot.bottom if end is None else plot.point(*end)[1] for end in ends]
    tall = list(map(_tall, names))
    drawn: list[Primitive] = []
    for number, middle in zip(*_apart(wanted, tall, plot.bottom), strict=True):
        x = plot.right + _GAP + 6
        end = ends[number]
        if end is not None:
            point = plot.point(*end)
            if abs(middle - point[1]) > _LEADER_FROM or end[0] < plot.count - 1:
                drawn.append(Line((point[0] + 5, point[1]), (x - 3, middle), MUTED, 0.6))
        top = middle - tall[number] / 2 + 10.5
        for index, line in enumerate(names[number]):
            drawn.append(Text((x, top + index * LEADING), line, SIZE, True))
    return drawn


def _apart(wanted: list[float], tall: list[float], bottom: float) -> tuple[list[int], list[float]]:
    """Return the labels from the top down and their middles, moved so that none stands in another."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    middles: list[float] = []
    floor = 0.0
    for number in order:
        middle = max(wanted[number], floor + tall[number] / 2)
        middles.append(middle)
        floor = middle + tall[number] / 2
    ceiling = bottom + _BELOW
    for index in range(len(order) - 1, -1, -1):
        half = tall[order[index]] / 2
        middles[index] = min(middles[index], ceiling - half)
        ceiling = middles[index] - half
    return order, middles


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
