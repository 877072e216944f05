"""Rates of several cohorts or areas with their intervals, apart where they are counted by different definitions."""

from dataclasses import dataclass

from csp_desktop.charts.chart import Chart, ChartData, Value
from csp_desktop.charts.interval_bars import Bar, bar_frame, data_headings, data_rows, drawn_bars, told_of
from csp_desktop.charts.scene import INK, MUTED, Line, Measure, Primitive, Scene, Text
from csp_desktop.charts.words import LEADING, NO_FIGURES, SIZE, Unit, unit_of, wrap

_PERCENT = 100.0
_BREAK = 3.6
_AROUND = 12.0
_UNDER_HEADING = 7.0


@dataclass(frozen=True, slots=True)
class ComparedRate:
    """One rate, 0 to 1, with its Wilson interval and n. None: it is not known, and ``note`` says why.

    Of a rate that is known, ``note`` is said under it: "fewer than 30 people".
    """

    name: str
    rate: float | None
    low: float | None = None
    high: float | None = None
    of: int | None = None
    provisional: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class RateGroup:
    """Rates counted by one definition, which is given in words."""

    definition: str
    rates: tuple[ComparedRate, ...]


def rates_compared(groups: tuple[RateGroup, ...], measure: Measure, width: float = 495.0) -> Chart:
    """Return the bars of all groups to one scale, ``width`` points wide, with a break between definitions."""
    groups = tuple(group for group in groups if group.rates)
    unit = unit_of("%", (0.5,))
    bars = [tuple(map(_bar, group.rates)) for group in groups]
    frame = bar_frame(tuple(bar for each in bars for bar in each), unit, measure, width)
    drawn: list[Primitive] = []
    y = 0.0
    for number, group in enumerate(groups):
        if number:
            y += _AROUND
            drawn += [Line((0, at), (width, at), INK, 1.0) for at in (y, y + _BREAK)]
            y += _BREAK + _AROUND / 2
        if len(groups) > 1:
            for line in wrap(group.definition, width, measure, bold=True):
                y += LEADING
                drawn.append(Text((0, y - 2), line, SIZE, True))
            y += _UNDER_HEADING
        parts, y = drawn_bars(bars[number], frame, y)
        drawn += parts
    if not groups:
        drawn, y = [Text((0, SIZE), NO_FIGURES, SIZE, colour=MUTED)], LEADING + 3
    return Chart(Scene(width, y, tuple(drawn)), _alt(groups, bars, unit), _data(groups, bars, unit))


def _bar(rate: ComparedRate) -> Bar:
    if rate.rate is None:
        return Bar(rate.name, 0.0, of=rate.of, instead=rate.note or "no rate")
    low, high = (None if end is None else end * _PERCENT for end in (rate.low, rate.high))
    return Bar(rate.name, rate.rate * _PERCENT, low, high, rate.of, rate.provisional, rate.note)


def _alt(groups: tuple[RateGroup, ...], bars: list[tuple[Bar, ...]], unit: Unit) -> str:
    if not groups:
        return "Bar chart of rates: there are no figures."
    count = sum(map(len, bars))
    about = "Bar chart of one rate." if count == 1 else f"Bar chart of {count} rates."
    if len(groups) == 1:
        return f"{about} {told_of(bars[0], unit)}"
    told = [f"{group.definition}: {told_of(each, unit)}" for group, each in zip(groups, bars, strict=True)]
    return f"{about} They are counted by {len(groups)} definitions and cannot be compared across them. {' '.join(told)}"


def _data(groups: tuple[RateGroup, ...], bars: list[tuple[Bar, ...]], unit: Unit) -> ChartData:
    rows: list[tuple[Value, ...]] = []
    for group, each in zip(groups, bars, strict=True):
        for rate, row in zip(group.rates, data_rows(each, unit), strict=True):
            said = [part for part in ("provisional" if rate.provisional else "", rate.note) if part]
            rows.append((*row, ", ".join(said) or "none", group.definition))
    name, _value, *rest = data_headings(unit)
    return ChartData((name, "Rate (%)", *rest, "Note", "Definition"), tuple(rows))
