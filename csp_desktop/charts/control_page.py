"""What the parts of one control chart share: its stretches in the unit that is drawn, and where they stand."""

from dataclasses import dataclass

from csp_desktop.charts.axes import Plot
from csp_desktop.charts.scene import Measure
from csp_desktop.charts.words import Unit
from csp_desktop.reoffending.control import ControlChart, ControlPoint


@dataclass(frozen=True, slots=True)
class ControlStretch:
    """The chart of a stretch of periods counted by one definition, given in words. Stretches never share a line.

    ``targets`` are what is aimed at in each period, None where nothing is; empty where nothing ever was.
    """

    definition: str
    chart: ControlChart
    targets: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch in the unit that is drawn."""

    definition: str
    points: tuple[ControlPoint, ...]
    centre: float | None
    is_tentative: bool
    targets: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the parts of one chart share. ``unit`` is of the values, ``fine`` of averages and limits too."""

    plot: Plot
    runs: tuple[Run, ...]
    unit: Unit
    fine: Unit
    steps: list[float]
    measure: Measure

    @property
    def points(self) -> list[ControlPoint]:
        """Return the points of all runs."""
        return [point for run in self.runs for point in run.points]

    def edges(self, number: int) -> tuple[float, float]:
        """Return where the room of a run begins and ends across."""
        first = sum(len(run.points) for run in self.runs[:number])
        return self.plot.x(first - 0.5), self.plot.x(first + len(self.runs[number].points) - 0.5)

    def y(self, value: float) -> float:
        """Return how far down a value stands."""
        return self.plot.y(value)


def lower_limit(point: ControlPoint) -> float | None:
    """Return a point's lower limit, None where it has none."""
    return point.limits.lower if point.limits else None


def upper_limit(point: ControlPoint) -> float | None:
    """Return a point's upper limit, None where it has none."""
    return point.limits.upper if point.limits else None
