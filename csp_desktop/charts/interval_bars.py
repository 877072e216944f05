"""Bars from zero, each with the interval its value may lie in, and its figures written at its end."""

from dataclasses import dataclass

from csp_desktop.charts.chart import Chart, ChartData, Value
from csp_desktop.charts.scene import BAR, INK, MUTED, Line, Measure, Primitive, Rectangle, Scene, Text
from csp_desktop.charts.words import LEADING, SIZE, Unit, unit_of, wrap

_BAR = 18.0
_ROW_GAP = 9.0
_LABEL_SHARE = 0.34
_ROOM = 8.0
_CAP = 4.0
_TOP = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One value, not below zero. ``low`` and ``high`` bound its interval and go together; ``of`` is its n."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    of: int | None = None

    def __post_init__(self) -> None:
        """Refuse a bar that could not be drawn from zero, and an interval that does not hold its value."""
        if self.value < 0 or (self.low is None) != (self.high is None):
            raise ValueError("a bar needs a value from zero and both ends of its interval or neither")
        if self.low is not None and self.high is not None and not 0 <= self.low <= self.value <= self.high:
            raise ValueError("an interval holds its value")

    @property
    def end(self) -> float:
        """Return how far the bar and its interval reach."""
        return self.value if self.high is None else self.high


def interval_bars(bars: tuple[Bar, ...], counted: str, measure: Measure, width: float = 495.0) -> Chart:
    """Return the chart ``width`` points wide; its height follows the bars. ``counted`` is "%" or what is counted."""
    unit = unit_of(counted, (value for bar in bars for value in (bar.value, bar.low, bar.high)))
    label_width = min(width * _LABEL_SHARE, max((measure(bar.label, SIZE, False) for bar in bars), default=0.0))
    left = label_width + _ROOM
    step = _step(bars, unit, measure, width - left)
    drawn: list[Primitive] = []
    y = _TOP
    for bar in bars:
        lines = wrap(bar.label, label_width + 0.01, measure)
        drawn += [Text((0, y + 13.5 + index * LEADING), line, SIZE) for index, line in enumerate(lines)]
        drawn += _drawn_bar(bar, left, step, y)
        x = left + bar.end * step + _ROOM
        value, rest = _labels(bar, unit)
        drawn.append(Text((x, y + 13.5), value, SIZE, True))
        if rest:
            drawn.append(Text((x + measure(f"{value} ", SIZE, True), y + 13.5), rest, SIZE, colour=MUTED))
        y += max(_BAR, 4 + len(lines) * LEADING) + _ROW_GAP
    height = max(y - _ROW_GAP + _TOP, _BAR)
    drawn.append(Line((left, 0), (left, height), INK))
    return Chart(Scene(width, height, tuple(drawn)), _alt(bars, unit), _data(bars, unit))


def _step(bars: tuple[Bar, ...], unit: Unit, measure: Measure, room: float) -> float:
    """Return the points one unit takes: the most at which every bar and its label stay in ``room``."""
    steps = []
    for bar in bars:
        value, rest = _labels(bar, unit)
        label = measure(f"{value} ", SIZE, True) + measure(rest, SIZE, False)
        if bar.end > 0:
            steps.append((room - label - 2 * _ROOM) / bar.end)
    return max(min(steps, default=0.0), 0.0)


def _drawn_bar(bar: Bar, left: float, step: float, y: float) -> list[Primitive]:
    drawn: list[Primitive] = []
    if bar.value:
        drawn.append(Rectangle((left, y), (bar.value * step, _BAR), BAR, INK, 0.8))
    if bar.low is not None and bar.high is not None:
        low, high, middle = left + bar.low * step, left + bar.high * step, y + _BAR / 2
        drawn.append(Line((low, middle), (high, middle), INK, 1.4))
        drawn += [Line((x, middle - _CAP), (x, middle + _CAP), INK, 1.4) for x in (low, high)]
    return drawn


def _labels(bar: Bar, unit: Unit) -> tuple[str, str]:
    """Return the value, and its interval and n."""
    parts = []
    if bar.low is not None and bar.high is not None:
        parts.append(f"({unit.plain(bar.low)} to {unit.shown(bar.high)})")
    if bar.of is not None:
        parts.append(f"n = {bar.of:,}")
    return unit.shown(bar.value), ", ".join(parts)


def _alt(bars: tuple[Bar, ...], unit: Unit) -> str:
    if not bars:
        return "Bar chart: there are no figures."
    most, least = max(bars, key=lambda bar: bar.value), min(bars, key=lambda bar: bar.value)
    finding = f"{most.label} is highest, {unit.spoken(most.value)}"
    if least.value < most.value:
        finding += f"; {least.label} is lowest, {unit.spoken(least.value)}"
        overlap = most.low is not None and least.high is not None and most.low <= least.high
        finding += ", and their intervals overlap" if overlap else ""
    sentences = [f"Bar chart of {len(bars)} values. {finding}." if len(bars) > 1 else "Bar chart of one value."]
    for bar in bars:
        interval = (
            "" if bar.low is None or bar.high is None else f", interval {unit.plain(bar.low)} to {unit.plain(bar.high)}"
        )
        whole = "" if bar.of is None else f", of {bar.of:,}"
        sentences.append(f"{bar.label}: {unit.spoken(bar.value)}{interval}{whole}.")
    return " ".join(sentences)


def _data(bars: tuple[Bar, ...], unit: Unit) -> ChartData:
    rows: list[tuple[Value, ...]] = [
        (
            bar.label,
            unit.plain(bar.value),
            "none" if bar.low is None else unit.plain(bar.low),
            "none" if bar.high is None else unit.plain(bar.high),
            "not known" if bar.of is None else bar.of,
        )
        for bar in bars
    ]
    return ChartData(("Name", f"Value{unit.heading}", "Interval from", "to", "n"), tuple(rows))
