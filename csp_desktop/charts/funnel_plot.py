"""A funnel plot: rates against how many people they rest on, and how far each may lie from the reference by chance."""

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

from csp_desktop.charts.axes import (
    BELOW,
    EndName,
    Plot,
    height_for,
    names_at_ends,
    room_for_figures,
    room_for_names,
    round_steps,
    share_steps,
    tick,
    value_axis,
)
from csp_desktop.charts.chart import Chart, ChartData, Value
from csp_desktop.charts.labels import Box, KeyEntry, Placing, box_around, key
from csp_desktop.charts.marks import diamond, triangle
from csp_desktop.charts.scene import (
    BAR,
    INK,
    SERIES,
    Dot,
    Line,
    Measure,
    Point,
    Polyline,
    Primitive,
    Scene,
    Text,
)
from csp_desktop.charts.words import LEADING, SIZE, flowed, shortened, unit_of, wrap
from csp_desktop.reoffending.funnel import Funnel, FunnelLimits, FunnelPoint, Standing, limits_for, limits_over
from csp_desktop.reoffending.intervals import Interval

_TOP, _TALL = 32.0, 230.0
_NAME_SHARE = 0.2
_LABEL_SHARE = 0.42
_SMALL = 0.02
_PERCENT = 100.0
_DOT, _OUT, _FAR = 3.0, 4.4, 5.6
_MOST_NAMED = 12
_MOST_NUMBERED = 30
_FAR_OUT = {Standing.FAR_ABOVE, Standing.FAR_BELOW}
_JUST_OUT = {Standing.ABOVE, Standing.BELOW}
_OUTSIDE = _FAR_OUT | _JUST_OUT
_SAID = {
    Standing.FAR_ABOVE: "above the 99.8% limits",
    Standing.ABOVE: "above the 95% limits",
    Standing.AS_EXPECTED: "within the 95% limits",
    Standing.BELOW: "below the 95% limits",
    Standing.FAR_BELOW: "below the 99.8% limits",
}


@dataclass(frozen=True, slots=True)
class FunnelWords:
    """What the axes and the table call the figures."""

    rate: str = "Reoffending rate"
    counted: str = "Reoffenders"
    of: str = "Offenders"


class _Level(NamedTuple):
    """A pair of limits: what it is called, its strokes, and the two for each size of the curve."""

    words: str
    dash: tuple[float, float]
    ends: list[Interval]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the parts of one plot share. ``steps`` are those across and those up; ``curve`` runs over all across."""

    plot: Plot
    steps: tuple[list[float], list[float]]
    funnel: Funnel
    name: str
    curve: tuple[FunnelLimits, ...]
    words: FunnelWords
    measure: Measure

    @property
    def reference(self) -> float:
        """Return the rate, 0 to 1, that units are held against."""
        return self.funnel.reference

    @property
    def levels(self) -> tuple[_Level, _Level]:
        """Return both pairs of limits."""
        return (
            _Level("95% limits", (6.0, 3.0), [each.warning for each in self.curve]),
            _Level("99.8% limits", (1.5, 2.0), [each.action for each in self.curve]),
        )

    def place(self, point: FunnelPoint) -> Point:
        """Return where a unit is drawn."""
        return self.plot.point(point.unit.offenders, point.rate * _PERCENT)

    @property
    def outside(self) -> list[FunnelPoint]:
        """Return the units outside the limits, the furthest out first."""
        found = [point for point in self.funnel.points if point.standing in _OUTSIDE]
        return sorted(found, key=lambda point: (point.standing in _JUST_OUT, -self._away(point), point.unit.name))

    def _away(self, point: FunnelPoint) -> float:
        """Return how far out a unit stands, for its size."""
        return abs(point.rate - self.reference) * math.sqrt(point.unit.offenders)


_WORDS = FunnelWords()


def funnel_plot(
    funnel: Funnel, name: str, measure: Measure, width: float = 495.0, words: FunnelWords = _WORDS
) -> Chart:
    """Return the plot, 420 points wide or more: rates from zero, and limits of 95 % and 99.8 % around the reference.

    ``name`` says whose rate the reference is: "England and Wales". Units outside have another shape and are named;
    where names have no room they are numbered, and listed below.
    """
    page = _page(funnel, name, (measure, width), words)
    steps = page.steps[1]
    drawn: list[Primitive] = [
        Text((0, SIZE), words.rate, SIZE, True),
        *value_axis(page.plot, steps, unit_of("%", steps)),
    ]
    drawn += _across(page) + _limits(page) + names_at_ends(page.plot, _line_names(page, width)) + _marks(page)
    names, numbered = _named(page)
    entries, y = key(_key(page), page.plot.bottom + BELOW + LEADING + 8, width, measure)
    drawn += names + entries
    for line in flowed(numbered, width, measure):
        y += LEADING
        drawn.append(Text((0, y), line, SIZE))
    return Chart(Scene(width, y + 5, tuple(drawn)), _alt(page), _data(page))


def _page(funnel: Funnel, name: str, room: tuple[Measure, float], words: FunnelWords) -> _Page:
    """Return where everything stands: as high as the rates and the limits of the smallest unit."""
    measure, width = room
    sizes = [point.unit.offenders for point in funnel.points]
    smallest = max(min(sizes), math.ceil(max(sizes) * _SMALL))
    highest = max(*(point.rate for point in funnel.points), limits_for(smallest, funnel.reference).action.upper)
    across, steps = round_steps(max(sizes), whole=True), share_steps(highest)
    figures = room_for_figures(steps, unit_of("%", steps), measure)
    plot = Plot(figures, width, _TOP, _TOP + _TALL, 0, across[-1], 0, steps[-1])
    curve = limits_over(1, round(across[-1]), funnel.reference)
    page = _Page(plot, (across, steps), funnel, name, curve, words, measure)
    names = _line_names(page, width)
    right = width - max(room_for_names(names, measure), measure(f"{across[-1]:,.0f}", SIZE, False) / 2)
    return replace(page, plot=replace(plot, right=right, bottom=_TOP + height_for(names, _TALL)))


def _across(page: _Page) -> list[Primitive]:
    """Draw the axis of how many people rates rest on, with the figures that have room."""
    steps = page.steps[0]
    widest = page.measure(f"{steps[-1]:,.0f}", SIZE, False) + 12
    every = math.ceil(widest * (len(steps) - 1) / (page.plot.right - page.plot.left))
    drawn: list[Primitive] = []
    for step in steps[:: max(every, 1)]:
        drawn += tick(page.plot, page.plot.x(step), f"{step:,.0f}")
    return [*drawn, Text((page.plot.left, page.plot.bottom + BELOW + LEADING - 4), page.words.of, SIZE, True)]


def _limits(page: _Page) -> list[Primitive]:
    """Draw the reference and both pairs of limits, each from where it enters the plot."""
    y = page.plot.y(page.reference * _PERCENT)
    drawn: list[Primitive] = [Line((page.plot.left, y), (page.plot.right, y), INK, 1.4)]
    for level in page.levels:
        for values in ([each.lower for each in level.ends], [each.upper for each in level.ends]):
            points = _inside(page, values)
            drawn += [Polyline(points, INK, 1.0, level.dash)] if points else []
    return drawn


def _inside(page: _Page, values: list[float]) -> tuple[Point, ...]:
    """Return a limit from where it enters the plot for good, at its bottom or its top; nothing where it does not."""
    top = page.plot.high / _PERCENT
    if not 0 < page.reference < 1 or not 0 < values[-1] < top:
        return ()
    known = [(float(each.offenders), value) for each, value in zip(page.curve, values, strict=True)]
    begins = next((at for at in range(len(known) - 1, -1, -1) if not 0 < known[at][1] < top), None)
    if begins is not None:
        (size, value), (to_size, to_value) = known[begins : begins + 2]
        edge = 0.0 if value <= 0 else top
        share = (edge - value) / (to_value - value)
        known[: begins + 1] = [(size + (to_size - size) * share, edge)]
    return tuple(page.plot.point(size, value * _PERCENT) for size, value in known)


def _line_names(page: _Page, width: float) -> list[EndName]:
    """Return what stands at the right ends: the reference with its rate, and at the upper limits what both are."""
    x, most = page.plot.right, width * _NAME_SHARE
    name = shortened(wrap(page.name, most, page.measure, bold=True), 3)
    named = [EndName((x, page.plot.y(page.reference * _PERCENT)), (*name, _shown(page.reference)))]
    for level in page.levels:
        upper = level.ends[-1].upper
        if page.reference < upper < page.plot.high / _PERCENT:
            named.append(EndName((x, page.plot.y(upper * _PERCENT)), (level.words,), bold=False))
    return named


def _marks(page: _Page) -> list[Primitive]:
    """Draw every unit, those outside over those within."""
    ordered = sorted(page.funnel.points, key=lambda point: point.standing in _OUTSIDE)
    return [_shape(point.standing, page.place(point)) for point in ordered]


def _shape(standing: Standing, at: Point) -> Primitive:
    if standing in _FAR_OUT:
        return diamond(at, _FAR, SERIES[3])
    if standing in _JUST_OUT:
        return triangle(at, _OUT, SERIES[1], up=standing is Standing.ABOVE)
    return Dot(at, _DOT, BAR, INK, 0.6)


def _named(page: _Page) -> tuple[list[Primitive], list[str]]:
    """Write the names of the units outside; return also the list of those that are numbered for want of room."""
    outside = page.outside
    placing = Placing(
        page.plot, page.measure, [box_around(page.place(point), _OUT) for point in outside], _avoided(page)
    )
    most = (page.plot.right - page.plot.left) * _LABEL_SHARE
    drawn: list[Primitive] = []
    numbered: list[str] = []
    for point in outside[:_MOST_NUMBERED]:
        name = point.unit.name
        fits = len(outside) <= _MOST_NAMED and page.measure(name, SIZE, True) <= most
        written = placing.place(name, page.place(point), clear=True) if fits else []
        if not written:
            numbered.append(f"{len(numbered) + 1} {name} {_shown(point.rate)};")
            written = placing.place(f"{len(numbered)}", page.place(point))
        drawn += written
    more = len(outside) - _MOST_NUMBERED
    numbered += [f"and {more:,} more, which the table names"] if more > 0 else []
    return drawn, [*numbered[:-1], f"{numbered[-1].removesuffix(';')}."] if numbered else []


def _avoided(page: _Page) -> list[Box]:
    """Return what names stand over only where there is no other room: the units within, and the lines."""
    boxes = [box_around(page.place(point), _DOT) for point in page.funnel.points]
    boxes += [box_around(point, 1.0) for part in _limits(page) if isinstance(part, Polyline) for point in part.points]
    middle = page.plot.y(page.reference * _PERCENT)
    across = range(int(page.plot.left), int(page.plot.right), int(SIZE))
    return boxes + [box_around((x, middle), 1.0) for x in across]


def _shown(rate: float) -> str:
    return unit_of("%", (0.5,)).shown(rate * _PERCENT)


def _key(page: _Page) -> list[KeyEntry]:
    """Return what the shapes mean and how many there are of each, for the shapes that are drawn."""
    found = [point.standing for point in page.funnel.points]
    apart = 4.0
    up, down = (triangle((x, 0), 3.6, SERIES[1], up=x < 0) for x in (-apart, apart))
    entries = (
        ((Dot((0, 0), _DOT, BAR, INK, 0.6),), "Within the limits", {Standing.AS_EXPECTED}),
        ((up, down), "Outside the 95% limits", _JUST_OUT),
        ((diamond((0, 0), _FAR, SERIES[3]),), "Outside the 99.8% limits", _FAR_OUT),
    )
    counted = [(shape, words, sum(each in kinds for each in found)) for shape, words, kinds in entries]
    return [KeyEntry(shape, f"{words}: {count:,}") for shape, words, count in counted if count]


def _alt(page: _Page) -> str:
    points, outside = page.funnel.points, page.outside
    about = f"Funnel plot of {page.words.rate.lower()} by {page.words.of.lower()}"
    count = "one rate" if len(points) == 1 else f"{len(points):,} rates"
    told = [
        f"{point.unit.name} {_SAID[point.standing]}, {_shown(point.rate)} of {point.unit.offenders:,}"
        for point in outside[:_MOST_NUMBERED]
    ]
    more = len(outside) - len(told)
    told += [f"{more:,} more outside"] if more else []
    within = len(points) - len(outside)
    told += [f"{within:,} {_SAID[Standing.AS_EXPECTED]}"] if within else []
    return f"{about}: {count} against {page.name}, {_shown(page.reference)}. {'; '.join(told)}."


def _data(page: _Page) -> ChartData:
    rows: list[tuple[Value, ...]] = []
    for point in page.funnel.points:
        unit, rate = point.unit, unit_of("", (0.5,)).plain(point.rate * _PERCENT)
        rows.append((unit.name, unit.offenders, unit.reoffenders, rate, _SAID[point.standing]))
    words = page.words
    return ChartData(("Name", words.of, words.counted, f"{words.rate} (%)", "Against the limits"), tuple(rows))
