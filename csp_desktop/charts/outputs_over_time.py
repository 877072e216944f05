"""Counts by type over periods: a small bar chart for each type, all over the same periods, each to its own scale."""

import math
from dataclasses import dataclass

from csp_desktop.charts.axes import BELOW, Plot, period_axis
from csp_desktop.charts.chart import Chart, ChartData, Value
from csp_desktop.charts.labels import KeyEntry, key
from csp_desktop.charts.scene import (
    BAR,
    GROUND,
    INK,
    MUTED,
    Anchor,
    Line,
    Measure,
    Primitive,
    Rectangle,
    Scene,
    Text,
)
from csp_desktop.charts.words import LEADING, NO_FIGURES, SIZE, shortened, wrap

MOST_PANELS = {1: 5, 2: 8}
"""By how many stand abreast: types drawn. The rest stand in the data alone, for types are not added up."""

_BARS = 40.0  # the tallest bar, in points
_FIGURE = 13.0  # the room of the figure over it
_HEADING = 17.0
_BETWEEN = (26.0, 12.0)  # panels, across and down
_BAR_SHARE = 0.62
_FIGURE_GAP = 5.0
_OWN_SCALE = "Each type has a scale of its own: compare the figures, not the heights, of two types."


@dataclass(frozen=True, slots=True)
class OutputRun:
    """One type: its name, and how many in each period."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first ``periods`` are what the others are compared with: what the two are called, such as two years."""

    periods: int
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class OutputRuns:
    """The types in the order in which they are drawn, the one with the most first, over the same periods."""

    periods: tuple[str, ...]
    runs: tuple[OutputRun, ...]
    earlier: Earlier | None = None


def outputs_over_time(found: OutputRuns, measure: Measure, width: float = 495.0) -> Chart:
    """Return the chart ``width`` points wide. Raises ValueError for a type without a count for every period."""
    if any(len(run.counts) != len(found.periods) for run in found.runs):
        raise ValueError("a type needs a count for every period")
    if not found.runs or not found.periods:
        return Chart(
            Scene(width, LEADING + 3, (Text((0, SIZE), NO_FIGURES, SIZE, colour=MUTED),)), _alt(found), _data(found)
        )
    abreast = _abreast(found, measure, width)
    runs = found.runs[: MOST_PANELS[abreast]]
    wide = (width - (abreast - 1) * _BETWEEN[0]) / abreast
    tall = _HEADING + _FIGURE + _BARS
    drawn: list[Primitive] = []
    for at, run in enumerate(runs):
        left, top = (at % abreast) * (wide + _BETWEEN[0]), (at // abreast) * (tall + _BETWEEN[1])
        plot = _plot(found.periods, left, left + wide, measure)
        plot = _at_height(plot, top + _HEADING + _FIGURE, top + tall, max(run.counts))
        drawn.append(
            Text((left, top + SIZE), shortened(wrap(run.name, wide, measure, bold=True), 1)[0], SIZE, bold=True)
        )
        drawn += _bars(run, plot, found.earlier)
        if at + abreast >= len(runs):
            drawn += period_axis(plot, found.periods, measure)
    y = math.ceil(len(runs) / abreast) * (tall + _BETWEEN[1]) - _BETWEEN[1] + BELOW
    entries, y = key(_key(found.earlier), y, width, measure)
    drawn += entries
    for line in wrap(_note(len(runs), len(found.runs)), width, measure):
        y += LEADING
        drawn.append(Text((0, y), line, SIZE, colour=MUTED))
    return Chart(Scene(width, y + 4, tuple(drawn)), _alt(found), _data(found))


def _note(drawn: int, types: int) -> str:
    """Return what is to be known of the panels, and how many types are not among them."""
    more = types - drawn
    left = f" {more} more {'type stands' if more == 1 else 'types stand'} in the table." if more else ""
    return f"{_OWN_SCALE}{left}" if drawn > 1 else left.strip()


def _abreast(found: OutputRuns, measure: Measure, width: float) -> int:
    """Return two where the figures over the bars have room then, else one."""
    if len(found.runs) == 1:
        return 1
    widest = max(measure(f"{count:,}", SIZE, False) for run in found.runs for count in run.counts)
    room = (width - _BETWEEN[0]) / 2 / len(found.periods)
    return 2 if room >= widest + _FIGURE_GAP else 1


def _plot(periods: tuple[str, ...], left: float, right: float, measure: Measure) -> Plot:
    """Return the room of a panel across: the words under the outer bars stay within it."""
    half, count = max(measure(period, SIZE, False) for period in periods) / 2, len(periods)
    inset = max(half - (right - left) / count / 2, 0.0) * count / max(count - 1, 1)
    return Plot(left + inset, right - inset, 0, 0, -0.5, count - 0.5, 0, 1)


def _at_height(plot: Plot, top: float, bottom: float, highest: int) -> Plot:
    return Plot(plot.left, plot.right, top, bottom, plot.first, plot.last, 0, max(highest, 1))


def _bars(run: OutputRun, plot: Plot, earlier: Earlier | None) -> list[Primitive]:
    """Draw a bar for each period with the figure over it, and the line they stand on."""
    drawn: list[Primitive] = [Line((plot.left, plot.bottom), (plot.right, plot.bottom), INK, 0.8)]
    half = (plot.x(1) - plot.x(0)) * _BAR_SHARE / 2
    for at, count in enumerate(run.counts):
        x, y = plot.point(at, count)
        is_earlier = earlier is not None and at < earlier.periods
        if count:
            drawn.append(Rectangle((x - half, y), (2 * half, plot.bottom - y), GROUND if is_earlier else BAR, INK, 0.8))
        drawn.append(Text((x, y - 3.5), f"{count:,}", SIZE, anchor=Anchor.MIDDLE, colour=INK if count else MUTED))
    return drawn


def _key(earlier: Earlier | None) -> list[KeyEntry]:
    if earlier is None:
        return []
    pairs = ((GROUND, earlier.before), (BAR, earlier.now))
    return [KeyEntry((Rectangle((-6, -5), (12, 10), fill, INK, 0.8),), words) for fill, words in pairs]


def _alt(found: OutputRuns) -> str:
    if not found.runs or not found.periods:
        return "Bar charts of outputs: there are no figures."
    over = found.periods[0] if len(found.periods) == 1 else f"{found.periods[0]} to {found.periods[-1]}"
    kinds = "one type of output" if len(found.runs) == 1 else f"{len(found.runs)} types of output"
    return " ".join([f"Bar charts of {kinds}, {over}.", *(_told(run, found.periods) for run in found.runs)])


def _told(run: OutputRun, periods: tuple[str, ...]) -> str:
    most = max(run.counts)
    if not most:
        return f"{run.name}: none."
    at = run.counts.index(most)
    in_all, last = sum(run.counts), run.counts[-1]
    return f"{run.name}: {in_all:,} in all, most in {periods[at]} ({most:,}), {last:,} in {periods[-1]}."


def _data(found: OutputRuns) -> ChartData:
    rows: tuple[tuple[Value, ...], ...] = tuple((run.name, *run.counts, sum(run.counts)) for run in found.runs)
    return ChartData(("Type", *found.periods, "All"), rows)
