"""A funnel plot: rates against how many people they rest on, and how far each may lie from the reference by chance."""

import math
from dataclasses import dataclass, replace

from csp_desktop.charts.axes import (
    BELOW,
    LEFT_OF_PLOT,
    EndName,
    Plot,
    empty,
    height_for,
    names_at_ends,
    room_for_names,
    round_steps,
    tick,
    value_axis,
)
from csp_desktop.charts.chart import Chart, ChartData, Value
from csp_desktop.charts.funnel_limits import Z_95, Z_998, Standing, limits, reaches, standing
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

_TOP, _TALL = 32.0, 230.0
_NAME_SHARE = 0.2
_LABEL_SHARE = 0.42
_SMALL = 0.02
_LEAST = 1e-4
_PERCENT = 100.0
_DOT, _OUT, _FAR = 3.0, 4.4, 5.6
_SAMPLES = 60
_MOST_NAMED = 12
_MOST_NUMBERED = 30
_DASH = {Z_95: (6.0, 3.0), Z_998: (1.5, 2.0)}
_SAID = {Z_95: "95% limits", Z_998: "99.8% limits"}
_FAR_OUT = {Standing.ABOVE_998, Standing.BELOW_998}
_JUST_OUT = {Standing.ABOVE_95, Standing.BELOW_95}
_OUTSIDE = _FAR_OUT | _JUST_OUT


@dataclass(frozen=True, slots=True)
class FunnelUnit:
    """One area or cohort: how many of how many."""

    name: str
    count: int
    total: int

    def __post_init__(self) -> None:
        """Refuse a count that is not part of its total."""
        if not 0 <= self.count <= self.total:
            raise ValueError("a count lies between 0 and its total")


@dataclass(frozen=True, slots=True)
class Reference:
    """The rate, 0 to 1, that units are held against, and whose it is: "England and Wales"."""

    name: str
    rate: float


@dataclass(frozen=True, slots=True)
class FunnelWords:
    """What the axes and the table call the figures."""

    rate: str = "Reoffending rate"
    counted: str = "Reoffenders"
    of: str = "Offenders"


@dataclass(frozen=True, slots=True)
class _Page:
    """What the parts of one plot share. ``steps`` are those across and those up."""

    plot: Plot
    steps: tuple[list[float], list[float]]
    reference: Reference
    units: tuple[FunnelUnit, ...]
    words: FunnelWords
    measure: Measure

    def standing(self, unit: FunnelUnit) -> Standing:
        """Return where a unit stands."""
        return standing(unit.count, unit.total, self.reference.rate)

    def point(self, unit: FunnelUnit) -> Point:
        """Return where a unit is drawn."""
        return self.plot.point(unit.total, unit.count / unit.total * _PERCENT)

    @property
    def outside(self) -> list[FunnelUnit]:
        """Return the units outside the limits, the furthest out first."""
        found = [unit for unit in self.units if self.standing(unit) in _OUTSIDE]
        return sorted(found, key=lambda unit: (self.standing(unit) in _JUST_OUT, -self._away(unit), unit.name))

    def _away(self, unit: FunnelUnit) -> float:
        """Return how far out a unit stands, for its size."""
        return abs(unit.count / unit.total - self.reference.rate) * math.sqrt(unit.total)


_WORDS = FunnelWords()


def funnel_plot(
    units: tuple[FunnelUnit, ...],
    reference: Reference,
    measure: Measure,
    width: float = 495.0,
    words: FunnelWords = _WORDS,
) -> Chart:
    """Return the plot, 420 points wide or more: rates from zero, and limits of 95 % and 99.8 % around the reference.

    Units outside have another shape and are named; where names have no room they are numbered, and listed below.
    """
    page = _page(units, reference, (measure, width), words)
    steps = page.steps[1]
    drawn: list[Primitive] = [
        Text((0, SIZE), words.rate, SIZE, True),
        *value_axis(page.plot, steps, unit_of("%", steps)),
    ]
    drawn += _across(page) + _limits(page) + names_at_ends(page.plot, _line_names(page, width)) + _marks(page)
    drawn += [] if any(unit.total for unit in units) else [empty(page.plot)]
    names, numbered = _named(page)
    entries, y = key(_key(page), page.plot.bottom + BELOW + LEADING + 8, width, measure)
    drawn += names + entries
    for line in flowed(numbered, width, measure):
        y += LEADING
        drawn.append(Text((0, y), line, SIZE))
    return Chart(Scene(width, y + 5, tuple(drawn)), _alt(page), _data(page))


def _page(
    units: tuple[FunnelUnit, ...], reference: Reference, room: tuple[Measure, float], words: FunnelWords
) -> _Page:
    """Return where everything stands: as high as the rates and the limits of the smallest unit."""
    measure, width = room
    drawn = [unit for unit in units if unit.total]
    highest = max((unit.count / unit.total for unit in drawn), default=0.0)
    smallest, largest = (ends(unit.total for unit in drawn) if drawn else 1 for ends in (min, max))
    highest = max(highest, limits(reference.rate, max(smallest, largest * _SMALL), Z_998)[1])
    steps = [step for step in round_steps(highest * _PERCENT) if step < _PERCENT + 1]
    across = round_steps(max((unit.total for unit in drawn), default=0), whole=True)
    figures = max(measure(unit_of("%", steps).shown(step), SIZE, False) for step in steps) + LEFT_OF_PLOT
    plot = Plot(figures, width, _TOP, _TOP + _TALL, 0, across[-1], 0, steps[-1])
    page = _Page(plot, (across, steps), reference, units, words, measure)
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
    y = page.plot.y(page.reference.rate * _PERCENT)
    drawn: list[Primitive] = [Line((page.plot.left, y), (page.plot.right, y), INK, 1.4)]
    if not 0 < page.reference.rate < 1:
        return drawn
    for z in (Z_95, Z_998):
        for side, edge in enumerate((0.0, page.plot.high / _PERCENT)):
            points = _limit(page, z, side, reaches(page.reference.rate, edge, z))
            drawn += [Polyline(points, INK, 1.0, _DASH[z])] if points else []
    return drawn


def _limit(page: _Page, z: float, side: int, begins: float) -> tuple[Point, ...]:
    """Return the lower (side 0) or upper limit from so many people on; closer together where it bends."""
    ends = page.plot.last
    begins = max(begins, ends * _LEAST)
    if begins >= ends:
        return ()
    totals = [begins * (ends / begins) ** (at / _SAMPLES) for at in range(_SAMPLES + 1)]
    return tuple(page.plot.point(n, limits(page.reference.rate, n, z)[side] * _PERCENT) for n in totals)


def _line_names(page: _Page, width: float) -> list[EndName]:
    """Return what stands at the right ends: the reference with its rate, and at the upper limits what both are."""
    rate = page.reference.rate
    unit = unit_of("%", (0.5,))
    x, most = page.plot.right, width * _NAME_SHARE
    name = shortened(wrap(page.reference.name, most, page.measure, bold=True), 3)
    named = [EndName((x, page.plot.y(rate * _PERCENT)), (*name, unit.shown(rate * _PERCENT)))]
    for z in (Z_95, Z_998):
        upper = limits(rate, page.plot.last, z)[1]
        if rate < upper < page.plot.high / _PERCENT:
            named.append(EndName((x, page.plot.y(upper * _PERCENT)), (_SAID[z],), bold=False))
    return named


def _marks(page: _Page) -> list[Primitive]:
    """Draw every unit, those outside over those within."""
    ordered = sorted((unit for unit in page.units if unit.total), key=lambda unit: page.standing(unit) in _OUTSIDE)
    return [_shape(page.standing(unit), page.point(unit)) for unit in ordered]


def _shape(standing_: Standing, at: Point) -> Primitive:
    if standing_ in _FAR_OUT:
        return diamond(at, _FAR, SERIES[3])
    if standing_ in _JUST_OUT:
        return triangle(at, _OUT, SERIES[1], up=standing_ is Standing.ABOVE_95)
    return Dot(at, _DOT, BAR, INK, 0.6)


def _named(page: _Page) -> tuple[list[Primitive], list[str]]:
    """Write the names of the units outside; return also the list of those that are numbered for want of room."""
    outside = page.outside
    placing = Placing(page.plot, page.measure, [box_around(page.point(unit), _OUT) for unit in outside], _avoided(page))
    most = (page.plot.right - page.plot.left) * _LABEL_SHARE
    drawn: list[Primitive] = []
    numbered: list[str] = []
    for unit in outside[:_MOST_NUMBERED]:
        fits = len(outside) <= _MOST_NAMED and page.measure(unit.name, SIZE, True) <= most
        written = placing.place(unit.name, page.point(unit), clear=True) if fits else []
        if not written:
            numbered.append(f"{len(numbered) + 1} {unit.name} {_rate(unit)};")
            written = placing.place(f"{len(numbered)}", page.point(unit))
        drawn += written
    more = len(outside) - _MOST_NUMBERED
    numbered += [f"and {more:,} more, which the table names"] if more > 0 else []
    return drawn, [*numbered[:-1], f"{numbered[-1].removesuffix(';')}."] if numbered else []


def _avoided(page: _Page) -> list[Box]:
    """Return what names stand over only where there is no other room: the units within, and the lines."""
    boxes = [box_around(page.point(unit), _DOT) for unit in page.units if unit.total]
    boxes += [box_around(point, 1.0) for part in _limits(page) if isinstance(part, Polyline) for point in part.points]
    middle = page.plot.y(page.reference.rate * _PERCENT)
    across = range(int(page.plot.left), int(page.plot.right), int(SIZE))
    return boxes + [box_around((x, middle), 1.0) for x in across]


def _rate(unit: FunnelUnit) -> str:
    return unit_of("%", (0.5,)).shown(unit.count / unit.total * _PERCENT) if unit.total else "no rate"


def _key(page: _Page) -> list[KeyEntry]:
    """Return what the shapes mean and how many there are of each, for the shapes that are drawn."""
    found = [page.standing(unit) for unit in page.units]
    apart = 4.0
    up, down = (triangle((x, 0), 3.6, SERIES[1], up=x < 0) for x in (-apart, apart))
    entries = (
        ((Dot((0, 0), _DOT, BAR, INK, 0.6),), "Within the limits", {Standing.WITHIN}),
        ((up, down), "Outside the 95% limits", _JUST_OUT),
        ((diamond((0, 0), _FAR, SERIES[3]),), "Outside the 99.8% limits", _FAR_OUT),
    )
    counted = [(shape, words, sum(each in kinds for each in found)) for shape, words, kinds in entries]
    return [KeyEntry(shape, f"{words}: {count:,}") for shape, words, count in counted if count]


def _alt(page: _Page) -> str:
    drawn = [unit for unit in page.units if unit.total]
    reference = f"{page.reference.name}, {unit_of('%', (0.5,)).shown(page.reference.rate * _PERCENT)}"
    about = f"Funnel plot of {page.words.rate.lower()} by {page.words.of.lower()}"
    if not drawn:
        return f"{about}, against {reference}: there are no figures."
    count = "one rate" if len(drawn) == 1 else f"{len(drawn):,} rates"
    told = [
        f"{unit.name} {page.standing(unit)}, {_rate(unit)} of {unit.total:,}" for unit in page.outside[:_MOST_NUMBERED]
    ]
    more = len(page.outside) - len(told)
    told += [f"{more:,} more outside"] if more else []
    within = len(drawn) - len(page.outside)
    told += [f"{within:,} within the 95% limits"] if within else []
    return f"{about}: {count} against {reference}. {'; '.join(told)}."


def _data(page: _Page) -> ChartData:
    rows: list[tuple[Value, ...]] = []
    for unit in page.units:
        share = unit_of("", (0.5,)).plain(unit.count / unit.total * _PERCENT) if unit.total else "not known"
        rows.append((unit.name, unit.total, unit.count, share, str(page.standing(unit))))
    words = page.words
    return ChartData(("Name", words.of, words.counted, f"{words.rate} (%)", "Against the limits"), tuple(rows))
