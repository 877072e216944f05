"""What charts with two axes share: the room of the plot, round steps, the axes, and names at the ends of lines."""

import math
from dataclasses import dataclass

from csp_desktop.charts.scene import INK, MUTED, RULE, Anchor, Line, Measure, Point, Primitive, Text
from csp_desktop.charts.words import LEADING, NO_FIGURES, SIZE, Unit

BELOW = 24.0
"""The room in points that one line of words under the plot takes."""

_LEFT_OF_PLOT = 8.0
"""Between the figures of the value axis and the plot, in points."""

_STEPS = 4
_PERCENT = 100.0
_LEADER_FROM = 3.0
_LABEL_GAP = 14.0
_NAME_GAP = 16.0
_BETWEEN = 4.0
_OVER = 10.0  # how far names reach above the plot
_UNDER = 6.0  # and below it: what stands under the axis begins there


@dataclass(frozen=True, slots=True)
class Plot:
    """The room for what is drawn, in the scene's points, and the values at its edges: ``low`` at the bottom."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    low: float
    high: float

    def x(self, value: float) -> float:
        """Return how far right a value stands; in the middle where there is but one."""
        share = (value - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return self.left + (self.right - self.left) * share

    def y(self, value: float) -> float:
        """Return how far down a value stands."""
        return self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)

    def point(self, x: float, y: float) -> Point:
        """Return where a pair of values stands."""
        return self.x(x), self.y(y)


def round_steps(highest: float, lowest: float = 0.0, *, whole: bool = False) -> list[float]:
    """Return about four round steps from at most the lowest value, zero if it is not given, to at least the highest.

    ``whole`` steps are whole numbers, for what is counted.
    """
    if highest <= lowest:
        lowest = 0.0
    if highest <= 0:
        return [0.0, 1.0]
    rough = max((highest - lowest) / _STEPS, 1.0 if whole else 0.0)
    magnitude = 10.0 ** math.floor(math.log10(rough))
    factors = (1, 2, 5, 10) if whole else (1, 2, 2.5, 5, 10)
    step = next(factor * magnitude for factor in factors if factor * magnitude >= rough * 0.999)
    return [step * at for at in range(math.floor(lowest / step + 1e-9), math.ceil(highest / step - 1e-9) + 1)]


def share_steps(highest: float) -> list[float]:
    """Return about four round steps in per cent, from 0 to at least ``highest``, a share of 0 to 1; none above 100."""
    return [step for step in round_steps(highest * _PERCENT) if step < _PERCENT + 1]


def room_for_figures(steps: list[float], unit: Unit, measure: Measure) -> float:
    """Return the width in points that the figures of the value axis take left of the plot, with the gap after them."""
    return max(measure(unit.shown(step), SIZE, False) for step in steps) + _LEFT_OF_PLOT


def value_axis(plot: Plot, steps: list[float], unit: Unit) -> list[Primitive]:
    """Draw a rule at each step with its figure at the left; the lowest is the axis."""
    drawn: list[Primitive] = []
    for step in steps:
        y = plot.y(step)
        drawn.append(Line((plot.left, y), (plot.right, y), INK if step == steps[0] else RULE, 0.8))
        drawn.append(Text((plot.left - _LEFT_OF_PLOT, y + 4.3), unit.shown(step), SIZE, anchor=Anchor.END))
    return drawn


def period_axis(plot: Plot, periods: tuple[str, ...], measure: Measure) -> list[Primitive]:
    """Write the periods below, as many as have room: always the last, and evenly back from it.

    Periods stand at 0, 1, 2 ... of the plot.
    """
    if not periods:
        return []
    widest = max(measure(period, SIZE, False) for period in periods) + _LABEL_GAP
    apart = plot.x(1) - plot.x(0)
    every = max(math.ceil(widest / apart), 1) if apart else 1
    drawn: list[Primitive] = []
    for at in range(len(periods) - 1, -1, -every):
        drawn += tick(plot, plot.x(at), periods[at])
    return drawn


def tick(plot: Plot, x: float, words: str) -> list[Primitive]:
    """Draw a tick under the plot with words below it."""
    return [
        Line((x, plot.bottom), (x, plot.bottom + 4), INK, 0.8),
        Text((x, plot.bottom + 18), words, SIZE, anchor=Anchor.MIDDLE),
    ]


def empty(plot: Plot) -> Text:
    """Return what stands in a plot in which nothing is drawn."""
    return Text(((plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2), NO_FIGURES, SIZE, anchor=Anchor.MIDDLE)


@dataclass(frozen=True, slots=True)
class EndName:
    """The name of a line in lines of text, and where the line ends: None where it has no points."""

    end: Point | None
    lines: tuple[str, ...]
    bold: bool = True
    colour: str = INK

    @property
    def tall(self) -> float:
        """Return the height of the name in points, with the room that keeps it from the next."""
        return len(self.lines) * LEADING + _BETWEEN


def height_for(names: list[EndName], least: float) -> float:
    """Return the height of a plot in points, ``least`` or what the names beside it need."""
    return max(least, sum(name.tall for name in names) - _OVER - _UNDER)


def names_at_ends(plot: Plot, names: list[EndName]) -> list[Primitive]:
    """Write each name right of the plot at its line's end, moved apart where ends are close.

    A name that was moved, and that of a line that ends before the plot does, is led to with a thin line.
    """
    drawn: list[Primitive] = []
    x = plot.right + _NAME_GAP
    for name, middle in _apart(plot, names):
        if name.end is not None:
            end_x, end_y = name.end
            if abs(middle - end_y) > _LEADER_FROM or end_x < plot.right - 1:
                drawn.append(Line((end_x + 5, end_y), (x - 3, middle), MUTED, 0.6))
        top = middle - name.tall / 2 + _BETWEEN / 2 + 10.5
        for index, line in enumerate(name.lines):
            drawn.append(Text((x, top + index * LEADING), line, SIZE, name.bold, colour=name.colour))
    return drawn


def room_for_names(names: list[EndName], measure: Measure) -> float:
    """Return the width in points that the names take right of the plot, with the gap before them."""
    return max((measure(line, SIZE, name.bold) for name in names for line in name.lines), default=0.0) + _NAME_GAP


def _wanted(plot: Plot, name: EndName) -> float:
    """Return the height at which a name would stand alone: at its line's end, at the bottom without a line."""
    return plot.bottom if name.end is None else name.end[1]


def _apart(plot: Plot, names: list[EndName]) -> list[tuple[EndName, float]]:
    """Return the names from the top down with their middles, moved so that none stands in another."""
    ordered = sorted(names, key=lambda name: _wanted(plot, name))
    middles: list[float] = []
    floor = plot.top - _OVER
    for name in ordered:
        middle = max(_wanted(plot, name), floor + name.tall / 2)
        middles.append(middle)
        floor = middle + name.tall / 2
    ceiling = plot.bottom + _UNDER
    for index in range(len(ordered) - 1, -1, -1):
        half = ordered[index].tall / 2
        middles[index] = min(middles[index], ceiling - half)
        ceiling = middles[index] - half
    return list(zip(ordered, middles, strict=True))
