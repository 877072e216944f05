"""A drawn plan of places, not to scale: a mark for each place where it was put, larger the more was held there."""

import math
from dataclasses import dataclass

from csp_desktop.charts.axes import Plot
from csp_desktop.charts.chart import Chart, ChartData
from csp_desktop.charts.labels import Placing, box_around
from csp_desktop.charts.scene import (
    BAR,
    GROUND,
    INK,
    MUTED,
    RULE,
    Dot,
    Measure,
    Point,
    Primitive,
    Rectangle,
    Scene,
    Text,
)
from csp_desktop.charts.words import LEADING, SIZE, flowed, wrap

SCALE = 1_000
"""``across`` and ``down`` are in thousandths of the plan."""

_SHAPE = 0.5  # of the width: how tall the plan is
_MARGIN = 18.0
_LEAST, _MOST = 4.0, 13.0
_LEADING = LEADING + 2.0
_NOT_TO_SCALE = "A drawn plan, not a map and not to scale."


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    """A place, where it lies on the plan (None: nowhere yet), and how many operations were held there."""

    name: str
    across: int | None
    down: int | None
    operations: int


def place_plan(places: tuple[PlannedPlace, ...], measure: Measure, width: float = 495.0) -> Chart:
    """Return the plan ``width`` points wide; places that lie nowhere yet are listed below it."""
    tall = width * _SHAPE
    plot = Plot(_MARGIN, width - _MARGIN, _MARGIN, tall - _MARGIN, 0, SCALE, 0, SCALE)
    drawn: list[Primitive] = [Rectangle((0.5, 0.5), (width - 1, tall - 1), GROUND, RULE, 1.0)]
    most = max((place.operations for place in places), default=0)
    placed = sorted(filter(_is_placed, places), key=lambda place: -place.operations)
    on_plan = [(place, _at(place, plot), _radius(place, most)) for place in placed]
    placing = Placing(
        Plot(0, width, _MARGIN / 2, tall - 2, 0, SCALE, 0, SCALE),
        measure,
        [box_around(at, radius) for _place, at, radius in on_plan],
        [],
    )
    left_out: list[str] = []
    for place, at, _reach in on_plan:
        written = placing.place(f"{place.name}: {place.operations:,}", at)
        drawn += written
        left_out += [] if written else [_listed(place)]
    drawn += [Dot(at, radius, BAR if place.operations else GROUND, INK, 1.0) for place, at, radius in on_plan]
    nowhere = [_listed(place) for place in places if not _is_placed(place)]
    y = tall
    for line in _notes(nowhere, left_out, measure, width):
        y += _LEADING
        drawn.append(Text((0, y), line, SIZE, colour=MUTED))
    return Chart(Scene(width, y + 5, tuple(drawn)), _alt(places), _data(places))


def _is_placed(place: PlannedPlace) -> bool:
    return place.across is not None and place.down is not None


def _at(place: PlannedPlace, plot: Plot) -> Point:
    return plot.x(place.across or 0), plot.y(SCALE - (place.down or 0))


def _radius(place: PlannedPlace, most: int) -> float:
    """Return the radius in points: the area of a mark grows with the number of operations."""
    return _LEAST + (_MOST - _LEAST) * math.sqrt(place.operations / most) if most else _LEAST


def _listed(place: PlannedPlace) -> str:
    return f"{place.name} ({place.operations:,})"


def _notes(nowhere: list[str], left_out: list[str], measure: Measure, width: float) -> list[str]:
    notes = wrap(_NOT_TO_SCALE, width, measure)
    for words, names in (("Not on the plan yet:", nowhere), ("On the plan without room for a name:", left_out)):
        if names:
            parts = [*(f"{name}," for name in names[:-1]), f"{names[-1]}."]
            notes += flowed([f"{words} {parts[0]}", *parts[1:]], width, measure)
    return notes


def _alt(places: tuple[PlannedPlace, ...]) -> str:
    if not places:
        return "A plan of places: there are none yet."
    told = ", ".join(f"{place.name} {place.operations:,}" for place in sorted(places, key=lambda one: -one.operations))
    return f"A drawn plan of {len(places)} places with the operations held at each: {told}."


def _data(places: tuple[PlannedPlace, ...]) -> ChartData:
    return ChartData(("Place", "Operations held"), tuple((place.name, place.operations) for place in places))
