"""A control chart: points over periods around a centre, signals by shape, and a break where the definition changes."""

from dataclasses import replace
from itertools import groupby

from csp_desktop.charts.axes import (
    BELOW,
    EndName,
    Plot,
    empty,
    height_for,
    names_at_ends,
    period_axis,
    room_for_figures,
    room_for_names,
    round_steps,
    value_axis,
)
from csp_desktop.charts.chart import Chart
from csp_desktop.charts.control_page import ControlStretch, Page, Run, lower_limit, upper_limit
from csp_desktop.charts.control_words import alt_of, data_of, is_a_guess, signals_of
from csp_desktop.charts.labels import KeyEntry, key
from csp_desktop.charts.marks import RADIUS, diamond
from csp_desktop.charts.scene import INK, SERIES, Anchor, Dot, Line, Measure, Point, Polyline, Primitive, Scene, Text
from csp_desktop.charts.words import LEADING, SIZE, flowed, unit_of, wrap
from csp_desktop.reoffending.control import ControlPoint
from csp_desktop.reoffending.intervals import Interval

_TOP, _TALL = 10.0, 200.0
_NAME_SHARE = 0.24
_SIGNAL = 5.4
_DASH = (6.0, 3.0)
_AIM_DASH, _AIM_WIDE = (1.6, 2.4), 2.0
_BREAK = 1.8  # half of what lies between the two strokes of a break
_HEADING_GAP = 6.0
_HEADING_ROOM = 12.0
_MOST_HEADING_LINES = 3
_MOST_LISTED = 12
_ACROSS = "The definition changes at a double line: do not compare figures across it."
_FEW = "Limits that rest on fewer than twelve figures are a first guess."
_PERCENT = 100.0
_TIGHT = 0.5  # from a lowest value of this share of the highest the scale begins above zero


def control_chart(stretches: tuple[ControlStretch, ...], counted: str, measure: Measure, width: float = 495.0) -> Chart:
    """Return the chart, 420 points wide or more, of stretches that follow each other in time.

    ``counted`` is what is counted, or "%": values are then fractions, and told in per cent. Where the lowest value
    drawn is more than half the highest the scale begins above zero, and says so.
    """
    scale = _PERCENT if counted == "%" else 1.0
    page = _page(tuple(_run_of(each, scale) for each in stretches if each.chart.points), counted, measure, width)
    headings, tall = _headings(page)
    names = _names(page, width)
    top = _TOP + (tall + _HEADING_GAP if tall else 0.0)
    page = replace(page, plot=replace(page.plot, top=top, bottom=top + height_for(names, _TALL)))
    drawn = value_axis(page.plot, page.steps, unit_of(counted, page.steps))
    drawn += period_axis(page.plot, tuple(point.period for point in page.points), measure)
    drawn += _breaks(page) + headings
    for number, run in enumerate(page.runs):
        drawn += _run(page, run, page.edges(number))
    if not any(point.value is not None for point in page.points):
        drawn.append(empty(page.plot))
    drawn += names_at_ends(page.plot, _names(page, width))
    entries, y = key(_key(page.points), page.plot.bottom + BELOW + 6, width, measure)
    drawn += entries
    for line in _notes(page, width):
        y += LEADING
        drawn.append(Text((0, y), line, SIZE))
    return Chart(Scene(width, y + 5, tuple(drawn)), alt_of(page), data_of(page))


def _run_of(stretch: ControlStretch, scale: float) -> Run:
    """Return a stretch with all its figures times ``scale``."""

    def scaled(value: float | None) -> float | None:
        return None if value is None else value * scale

    points = tuple(
        replace(
            point,
            value=scaled(point.value),
            limits=point.limits and Interval(point.limits.lower * scale, point.limits.upper * scale),
        )
        for point in stretch.chart.points
    )
    targets = tuple(scaled(each) for each in stretch.targets) or (None,) * len(points)
    return Run(stretch.definition, points, scaled(stretch.chart.centre), stretch.chart.is_tentative, targets)


def _page(runs: tuple[Run, ...], counted: str, measure: Measure, width: float) -> Page:
    """Return where everything stands, but for what the headings and names need."""
    values = [value for run in runs for value in _values(run)]
    highest, lowest = max(values, default=0.0), min(values, default=0.0)
    steps = round_steps(highest, lowest if lowest > highest * _TIGHT else 0.0)
    figures = room_for_figures(steps, unit_of(counted, steps), measure)
    half = max((measure(point.period, SIZE, False) for run in runs for point in run.points), default=0.0) / 2
    count = sum(len(run.points) for run in runs)
    plot = Plot(max(figures, half), width, _TOP, _TOP + _TALL, -0.5, count - 0.5, steps[0], steps[-1])
    unit = unit_of(counted, (point.value for run in runs for point in run.points))
    page = Page(plot, runs, unit, unit_of(counted, values), steps, measure)
    return replace(page, plot=replace(plot, right=width - max(room_for_names(_names(page, width), measure), half)))


def _values(run: Run) -> list[float]:
    """Return all that is drawn of a run, as values."""
    found = [
        run.centre,
        *run.targets,
        *(each for point in run.points for each in (point.value, lower_limit(point), upper_limit(point))),
    ]
    return [value for value in found if value is not None]


def _run(page: Page, run: Run, edges: tuple[float, float]) -> list[Primitive]:
    """Draw the centre, the limits, the line and the points of one run: nothing of it leaves its edges."""
    left, right = edges
    step = (right - left) / len(run.points)
    inner = (left + 2 * _BREAK, right - 2 * _BREAK) if len(page.runs) > 1 else edges
    drawn: list[Primitive] = []
    if run.centre is not None:
        drawn.append(Line((inner[0], page.y(run.centre)), (inner[1], page.y(run.centre)), INK, 1.2))
    for levels, colour, dash in (
        (list(map(lower_limit, run.points)), INK, _DASH),
        (list(map(upper_limit, run.points)), INK, _DASH),
        (list(run.targets), SERIES[2], _AIM_DASH),
    ):
        for first, values in _stretches(levels):
            xs = [min(max(left + (first + at) * step, inner[0]), inner[1]) for at in range(len(values) + 1)]
            stairs = [(xs[at + side], page.y(value)) for at, value in enumerate(values) for side in (0, 1)]
            drawn.append(Polyline(tuple(stairs), colour, 1.0 if colour == INK else _AIM_WIDE, dash))
    places = [left + (at + 0.5) * step for at in range(len(run.points))]
    for first, values in _stretches([point.value for point in run.points]):
        points = tuple((places[first + at], page.y(value)) for at, value in enumerate(values))
        drawn += [Polyline(points, SERIES[0], 1.6)] if len(points) > 1 else []
    for x, point in zip(places, run.points, strict=True):
        if point.value is not None:
            drawn.append(_shape((x, page.y(point.value)), signal=bool(point.signals)))
    return drawn


def _stretches(values: list[float | None]) -> list[tuple[int, list[float]]]:
    """Return each unbroken stretch of known values with the place of its first."""
    found = []
    for known, group in groupby(enumerate(values), key=lambda pair: pair[1] is not None):
        members = list(group)
        if known:
            found.append((members[0][0], [value for _at, value in members if value is not None]))
    return found


def _shape(at: Point, *, signal: bool) -> Primitive:
    return diamond(at, _SIGNAL, SERIES[1]) if signal else Dot(at, RADIUS, SERIES[0], INK, 0.5)


def _breaks(page: Page) -> list[Primitive]:
    """Draw the two strokes between runs, from the headings down to the axis."""
    places = [page.edges(number)[0] for number in range(1, len(page.runs))]
    return [Line((x + side, 0), (x + side, page.plot.bottom), INK, 1.0) for x in places for side in (-_BREAK, _BREAK)]


def _headings(page: Page) -> tuple[list[Primitive], float]:
    """Return what stands over each run, and its height: its definition, or its number where that has no room."""
    if not page.runs[1:]:  # one run has nothing to be told apart from
        return [], 0.0
    words = [(f"{at + 1}",) for at in range(len(page.runs))] if _is_noted(page) else _broken(page)
    drawn: list[Primitive] = []
    for number, lines in enumerate(words):
        left, right = page.edges(number)
        for at, line in enumerate(lines):
            if page.measure(line, SIZE, True) <= right - left - 2 * _BREAK:
                drawn.append(Text(((left + right) / 2, 10.5 + at * LEADING), line, SIZE, True, Anchor.MIDDLE))
    return drawn, max(map(len, words)) * LEADING


def _broken(page: Page) -> list[tuple[str, ...]]:
    """Return the definitions in lines that fit over their runs."""
    found = []
    for number, run in enumerate(page.runs):
        left, right = page.edges(number)
        found.append(tuple(wrap(run.definition, right - left - _HEADING_ROOM, page.measure, bold=True)))
    return found


def _is_noted(page: Page) -> bool:
    """Say whether some definition has no room over its run: all are then numbered, and stand below."""
    if not page.runs[1:]:
        return False
    for number, run in enumerate(page.runs):
        left, right = page.edges(number)
        widest = max((page.measure(word, SIZE, True) for word in run.definition.split()), default=0.0)
        if widest > right - left - _HEADING_ROOM:
            return True
    return any(len(lines) > _MOST_HEADING_LINES for lines in _broken(page))


def _names(page: Page, width: float) -> list[EndName]:
    """Return what stands at the right ends of the last run's centre, limits and targets."""
    if not page.runs:
        return []
    run, x = page.runs[-1], page.plot.right
    last = run.points[-1]
    named = []
    levels = (("Average", run.centre), ("Upper limit", upper_limit(last)), ("Lower limit", lower_limit(last)))
    for words, value in (*levels, ("Target", run.targets[-1])):
        if value is not None:
            lines = wrap(f"{words} {page.fine.shown(value)}", width * _NAME_SHARE, page.measure, bold=True)
            named.append(EndName((x, page.y(value)), tuple(lines), bold=words == "Average"))
    return named


def _key(points: list[ControlPoint]) -> list[KeyEntry]:
    """Return what the two shapes mean, where there are signals."""
    signals = sum(bool(point.signals) for point in points)
    if not signals:
        return []
    return [
        KeyEntry((_shape((0, 0), signal=True),), f"Signal: {signals:,}"),
        KeyEntry((_shape((0, 0), signal=False),), "No signal"),
    ]


def _notes(page: Page, width: float) -> list[str]:
    """Return the lines below: definitions that have no room above, why points are signals, where the scale begins."""
    notes: list[str] = []
    if len(page.runs) > 1:
        notes += wrap(_ACROSS, width, page.measure)
    if _is_noted(page):
        for number, run in enumerate(page.runs):
            notes += wrap(f"{number + 1} from {run.points[0].period}: {run.definition}", width, page.measure)
    signals = signals_of(page)
    more = len(signals) - _MOST_LISTED
    parts = signals[:_MOST_LISTED] + ([f"and {more:,} more, which the table names"] if more > 0 else [])
    notes += flowed([f"{part};" for part in parts[:-1]] + [f"{part}." for part in parts[-1:]], width, page.measure)
    notes += wrap(_FEW, width, page.measure) if any(is_a_guess(run) for run in page.runs) else []
    if page.steps[0]:
        notes.append(f"The scale begins at {unit_of(page.unit.word, page.steps).shown(page.steps[0])}, not at zero.")
    return notes
