"""The drawings of a measure: its control chart, the run of its last periods, and an arrow for which way it went."""

from collections.abc import Sequence

from csp_desktop.charts.chart import Chart
from csp_desktop.charts.control_chart import ControlStretch, control_chart
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.scene import INK, Area, Point, Scene
from csp_desktop.charts.sparkline import sparkline
from csp_desktop.measures.signals import chart_of
from csp_desktop.measures.trends import Moved
from csp_desktop.measures.values import PeriodReading
from models.terms import MeasureUnit

RUN = 13
"""How many periods a run shows: a year of months and the same month before it."""
ARROW = 12.0
_SHAFT, _HEAD = 1.1, 3.6


def measure_chart(
    title: str, readings: Sequence[PeriodReading], unit: MeasureUnit, width: float = 495.0
) -> Chart | None:
    """Return the control chart of readings of one length, ``width`` points wide; None where there is none to draw."""
    chart = chart_of(readings, unit)
    if chart is None:
        return None
    return control_chart((ControlStretch(title, chart),), counted_by(unit), text_width, width)


def run_of(readings: Sequence[PeriodReading], unit: MeasureUnit, size: tuple[float, float] = (96.0, 20.0)) -> Chart:
    """Return the run of the newest values as a line the size of a word."""
    values = tuple(None if each.value is None else float(each.value) for each in readings[-RUN:])
    return sparkline(values, "" if unit is MeasureUnit.COUNT else counted_by(unit), size)


def counted_by(unit: MeasureUnit) -> str:
    """Return the word by which charts name a unit; a count goes without."""
    return {MeasureUnit.COUNT: "", MeasureUnit.AVERAGE: "", MeasureUnit.POUNDS: "pounds"}.get(unit, unit.label)


def arrow(moved: Moved) -> Scene:
    """Return an arrow up, down or, for what is unchanged, to the right, in a square of ``ARROW`` points."""
    mid, tip, end = ARROW / 2, 1.0, ARROW - 1.0
    neck = tip + 1.3 * _HEAD
    up: tuple[Point, ...] = (
        (mid, tip), (mid + _HEAD, neck), (mid + _SHAFT, neck), (mid + _SHAFT, end),
        (mid - _SHAFT, end), (mid - _SHAFT, neck), (mid - _HEAD, neck),
    )  # fmt: skip
    turned = {
        Moved.UP: up,
        Moved.DOWN: tuple((x, ARROW - y) for x, y in up),
        Moved.SAME: tuple((ARROW - y, x) for x, y in up),
    }
    return Scene(ARROW, ARROW, (Area(turned[moved], INK),))
