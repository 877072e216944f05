"""A line the size of a word, for a row of a table: the run of a figure, its last value marked."""

from itertools import groupby

from csp_desktop.charts.chart import Chart, ChartData
from csp_desktop.charts.scene import INK, SERIES, Dot, Polyline, Primitive, Scene
from csp_desktop.charts.words import Unit, unit_of

_MARGIN = 3.0
_MARK = 2.4


def sparkline(values: tuple[float | None, ...], counted: str = "", size: tuple[float, float] = (90.0, 18.0)) -> Chart:
    """Return the chart in ``size`` points, oldest first; None where a value is not known leaves a gap.

    It runs from the lowest value to the highest, not from zero: it shows the run, and the figure stands beside it.
    """
    width, height = size
    unit = unit_of(counted, values)
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    low, high = min((value for _at, value in known), default=0.0), max((value for _at, value in known), default=0.0)
    across = (width - 2 * _MARGIN) / max(len(values) - 1, 1)

    def point(at: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return _MARGIN + at * across, height - _MARGIN - share * (height - 2 * _MARGIN)

    drawn: list[Primitive] = []
    for is_known, group in groupby(enumerate(values), key=lambda pair: pair[1] is not None):
        points = tuple(point(at, value) for at, value in group if value is not None)
        if is_known and len(points) > 1:
            drawn.append(Polyline(points, SERIES[0], 1.4))
        elif is_known:
            drawn.append(Dot(points[0], 1.2, SERIES[0]))
    if known:
        drawn.append(Dot(point(*known[-1]), _MARK, SERIES[0], INK, 0.5))
    rows = tuple((at + 1, "not known" if value is None else unit.plain(value)) for at, value in enumerate(values))
    return Chart(
        Scene(width, height, tuple(drawn)),
        _alt([value for _at, value in known], unit),
        ChartData(("Number", f"Value{unit.heading}"), rows),
    )


def _alt(known: list[float], unit: Unit) -> str:
    if not known:
        return "No figures yet."
    if len(known) == 1:
        return f"One figure, {unit.spoken(known[0])}."
    run = "unchanged" if known[-1] == known[0] else "up" if known[-1] > known[0] else "down"
    return (
        f"Latest {unit.spoken(known[-1])}, {run} from {unit.plain(known[0])}; "
        f"lowest {unit.plain(min(known))}, highest {unit.plain(max(known))} of {len(known)} figures."
    )
