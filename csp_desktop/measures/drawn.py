"""The drawings of a measure: its control chart, the run of its last periods, and an arrow for which way it went."""

from collections.abc import Sequence

from csp_desktop.charts.chart import Chart
from csp_desktop.charts.control_chart import control_chart
from csp_desktop.charts.control_page import ControlStretch
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.scene import INK, Area, Point, Scene
from csp_desktop.charts.sparkline import sparkline
from csp_desktop.measures.signals import chart_of, charted
from csp_desktop.measures.standing import PeriodTarget, target_of
from csp_desktop.measures.trends import Moved
from csp_desktop.measures.values import PeriodReading
from models.terms import MeasureUnit

RUN = 13
"""How many periods a run shows: a year of months and the same month before it."""
ARROW = 12.0
_SHAFT, _HEAD = 1.1, 3.6


def measure_chart(
    title: str,
    readings: Sequence[PeriodReading],
    unit: MeasureUnit,
    targets: Sequence[PeriodTarget] = (),
    width: float = 495.0,
) -> Chart | None:
    """Return the control chart of readings of one length, ``width`` points wide; None where there is none to draw.

    Each period's own target is drawn, or what stands in for it by ``target_of``.
    """
    chart = chart_of(readings, unit)
    if chart is None:
        return None
    scale = unit.per if unit is MeasureUnit.PERCENT else 1  # charts take shares as fractions
    found = [target_of((each.first_day, each.last_day), targets, unit) for each in charted(readings)]
    aims = tuple(float(each.value / scale) if each and each.value >= 0 else None for each in found)
    return control_chart((ControlStretch(title, chart, aims),), counted_by(unit), text_width, width)


def no_chart_words(readings: Sequence[PeriodReading]) -> str:
    """Return why there is no control chart of readings."""
    if any(each.value is not None and each.value < 0 for each in readings):
        return "No chart is drawn of values below 0: its limits hold for counts and rates alone."
    return "A chart is drawn once there are three readings."


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
