"""Bars from zero, each with the interval its value may lie in, and its figures written at its end."""

from dataclasses import dataclass

from csp_desktop.charts.chart import Chart, ChartData, Value
from csp_desktop.charts.marks import hatched
from csp_desktop.charts.scene import BAR, GROUND, INK, MUTED, Line, Measure, Primitive, Rectangle, Scene, Text
from csp_desktop.charts.words import LEADING, SIZE, Unit, unit_of, wrap

_BAR = 18.0
_ROW_GAP = 9.0
_LABEL_SHARE = 0.34
_ROOM = 8.0
_CAP = 4.0
_TOP = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One value, not below zero. ``low`` and ``high`` bound its interval and go together; ``of`` is its n.

    A ``provisional`` bar is hatched and says so; ``note`` is said under its figures. ``instead`` stands in the place
    of a value that is not known; the value is then 0.
    """

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    of: int | None = None
    provisional: bool = False
    note: str = ""
    instead: str = ""

    def __post_init__(self) -> None:
        """Refuse a bar that could not be drawn from zero, and an interval that does not hold its value."""
        if self.value < 0 or (self.low is None) != (self.high is None):
            raise ValueError("a bar needs a value from zero and both ends of its interval or neither")
        if self.low is not None and self.high is not None and not 0 <= self.low <= self.value <= self.high:
            raise ValueError("an interval holds its value")
        if self.instead and self.end:
            raise ValueError("words stand in the place of a value from which a bar could be drawn, not beside it")

    @property
    def end(self) -> float:
        """Return how far the bar and its interval reach."""
        return self.value if self.high is None else self.high


@dataclass(frozen=True, slots=True)
class BarFrame:
    """Where bars stand: the width of their labels, where they begin, and the points that one unit takes."""

    labels: float
    left: float
    step: float
    unit: Unit
    measure: Measure


def interval_bars(bars: tuple[Bar, ...], counted: str, measure: Measure, width: float = 495.0) -> Chart:
    """Return the chart ``width`` points wide; its height follows the bars. ``counted`` is "%" or what is counted."""
    unit = unit_of(counted, (value for bar in bars for value in (bar.value, bar.low, bar.high)))
    drawn, height = drawn_bars(bars, bar_frame(bars, unit, measure, width), 0.0)
    return Chart(
        Scene(width, height, tuple(drawn)), _alt(bars, unit), ChartData(data_headings(unit), data_rows(bars, unit))
    )


def bar_frame(bars: tuple[Bar, ...], unit: Unit, measure: Measure, width: float) -> BarFrame:
    """Return the frame ``width`` points wide in which all bars, their names and their figures have room."""
    labels = min(width * _LABEL_SHARE, max((measure(bar.label, SIZE, False) for bar in bars), default=0.0))
    left = labels + _ROOM
    return BarFrame(labels, left, _step(bars, unit, measure, width - left), unit, measure)


def drawn_bars(bars: tuple[Bar, ...], frame: BarFrame, top: float) -> tuple[list[Primitive], float]:
    """Draw bars from ``top`` down along an axis of their own; return them and where they end."""
    measure, left = frame.measure, frame.left
    drawn: list[Primitive] = []
    y = top + _TOP
    for bar in bars:
        lines = wrap(bar.label, frame.labels + 0.01, measure)
        drawn += [Text((0, y + 13.5 + index * LEADING), line, SIZE) for index, line in enumerate(lines)]
        drawn += _drawn_bar(bar, left, frame.step, y)
        x = left + bar.end * frame.step + _ROOM
        value, rest = _labels(bar, frame.unit)
        drawn.append(Text((x, y + 13.5), value, SIZE, not bar.instead, colour=MUTED if bar.instead else INK))
        if rest:
            drawn.append(Text((x + measure(f"{value} ", SIZE, True), y + 13.5), rest, SIZE, colour=MUTED))
        if _remark(bar):
            drawn.append(Text((x, y + 13.5 + LEADING), _remark(bar), SIZE, colour=MUTED))
        y += max(_BAR, 4 + max(len(lines), 2 if _remark(bar) else 1) * LEADING) + _ROW_GAP
    bottom = max(y - _ROW_GAP + _TOP, top + _BAR)
    drawn.append(Line((left, top), (left, bottom), INK))
    return drawn, bottom


def _step(bars: tuple[Bar, ...], unit: Unit, measure: Measure, room: float) -> float:
    """Return the points one unit takes: the most at which every bar and its label stay in ``room``."""
    steps = []
    for bar in bars:
        value, rest = _labels(bar, unit)
        label = max(measure(f"{value} ", SIZE, True) + measure(rest, SIZE, False), measure(_remark(bar), SIZE, False))
        if bar.end > 0:
            steps.append((room - label - 2 * _ROOM) / bar.end)
    return max(min(steps, default=0.0), 0.0)


def _drawn_bar(bar: Bar, left: float, step: float, y: float) -> list[Primitive]:
    drawn: list[Primitive] = []
    if bar.value:
        size = (bar.value * step, _BAR)
        drawn.append(Rectangle((left, y), size, GROUND if bar.provisional else BAR, INK, 0.8))
        drawn += hatched((left, y), size, MUTED, 6.0) if bar.provisional else []
    if bar.low is not None and bar.high is not None:
        low, high, middle = left + bar.low * step, left + bar.high * step, y + _BAR / 2
        drawn += [Line((low, middle), (high, middle), GROUND, 4.0)] if bar.provisional else []
        drawn.append(Line((low, middle), (high, middle), INK, 1.4))
        drawn += [Line((x, middle - _CAP), (x, middle + _CAP), INK, 1.4) for x in (low, high)]
    return drawn


def _labels(bar: Bar, unit: Unit) -> tuple[str, str]:
    """Return the value, and its interval, its n and what else is said of it."""
    if bar.instead:
        return bar.instead, ""
    parts = []
    if bar.low is not None and bar.high is not None:
        parts.append(f"({unit.plain(bar.low)} to {unit.shown(bar.high)})")
    parts += [f"n = {bar.of:,}"] if bar.of is not None else []
    return unit.shown(bar.value), ", ".join(parts)


def _remark(bar: Bar) -> str:
    """Return what stands on a line of its own under a bar's figures, or ""."""
    return ", ".join(part for part in ("provisional" if bar.provisional else "", bar.note) if part)


def _alt(bars: tuple[Bar, ...], unit: Unit) -> str:
    if not bars:
        return "Bar chart: there are no figures."
    about = f"Bar chart of {len(bars)} values." if len(bars) > 1 else "Bar chart of one value."
    return f"{about} {told_of(bars, unit)}"


def told_of(bars: tuple[Bar, ...], unit: Unit) -> str:
    """Return the finding of bars, which is highest and which lowest, and then all of them, in sentences."""
    known = [bar for bar in bars if not bar.instead]
    sentences = []
    if len(known) > 1:
        most, least = max(known, key=lambda bar: bar.value), min(known, key=lambda bar: bar.value)
        finding = f"{most.label} is highest, {unit.spoken(most.value)}"
        if least.value < most.value:
            finding += f"; {least.label} is lowest, {unit.spoken(least.value)}"
            overlap = most.low is not None and least.high is not None and most.low <= least.high
            finding += ", and their intervals overlap" if overlap else ""
        sentences.append(f"{finding}.")
    return " ".join([*sentences, *(f"{bar.label}: {_spoken(bar, unit)}." for bar in bars)])


def _spoken(bar: Bar, unit: Unit) -> str:
    """Return a bar's figures as they are read out."""
    if bar.instead:
        return bar.instead
    parts = [unit.spoken(bar.value)]
    if bar.low is not None and bar.high is not None:
        parts.append(f"interval {unit.plain(bar.low)} to {unit.plain(bar.high)}")
    parts += [f"of {bar.of:,}"] if bar.of is not None else []
    return ", ".join([*parts, _remark(bar)] if _remark(bar) else parts)


def data_headings(unit: Unit) -> tuple[str, ...]:
    """Return the headings of the table of bars."""
    return ("Name", f"Value{unit.heading}", "Interval from", "to", "n")


def data_rows(bars: tuple[Bar, ...], unit: Unit) -> tuple[tuple[Value, ...], ...]:
    """Return the rows of the table of bars."""
    return tuple(
        (
            bar.label,
            bar.instead or unit.plain(bar.value),
            "none" if bar.low is None else unit.plain(bar.low),
            "none" if bar.high is None else unit.plain(bar.high),
            "not known" if bar.of is None else bar.of,
        )
        for bar in bars
    )
