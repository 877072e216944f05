"""How soon people reoffend: Kaplan-Meier curves with their bands, over the numbers they rest on.

Drawn as the share who *have* reoffended (1 - survival): it begins at zero, rises, and ends at the reoffending rate, so
that a reader compares it with the headline figure without turning it round. The table under the curve is that of
Morris et al., "Proposals on Kaplan-Meier plots in medical research and a survey of stakeholder views: KMunicate",
BMJ Open 2019;9:e030215: at each month at risk + censored + events is everyone.
"""

from dataclasses import dataclass, replace

from csp_desktop.charts.axes import (
    EndName,
    Plot,
    height_for,
    names_at_ends,
    room_for_figures,
    room_for_names,
    share_steps,
    tick,
    value_axis,
)
from csp_desktop.charts.chart import Chart
from csp_desktop.charts.marks import DASHES, series_mark
from csp_desktop.charts.scene import (
    BANDS,
    GROUND,
    MUTED,
    SERIES,
    Anchor,
    Area,
    Line,
    Measure,
    Point,
    Polyline,
    Primitive,
    Scene,
    Text,
)
from csp_desktop.charts.survival_numbers import (
    Followed,
    GroupCurve,
    Share,
    by_when,
    followed,
    month_day,
    survival_alt,
    survival_data,
)
from csp_desktop.charts.words import LEADING, SIZE, shortened, unit_of, wrap

MOST_CURVES = len(SERIES)
_TITLE = "Share who have reoffended, by months since the index date"
_MONTH = "Month"
_KEY = "At risk: followed and not reoffended. Censored: followed for less. Shaded: 95% interval."
_KEY_ALONE = "Shaded: 95% interval."
_LABELS = ("At risk", "Censored", "Reoffended")
_TOP, _TALL = 32.0, 190.0
_UNDER_AXIS = 22.0
_NAME_SHARE = 0.28
_MOST_NAME_LINES = 5
_FEW_CENSORED = 25
_ROW = 15.0
_SAMPLE = 28.0
_COLUMN_GAP = 10.0
_PERCENT = 100.0
_LINE, _HALO = 2.0, 4.4


@dataclass(frozen=True, slots=True)
class _Page:
    """What the parts of one chart share. ``columns`` are the places of the marked months that are written."""

    plot: Plot
    months: int
    columns: tuple[int, ...]
    measure: Measure


def survival_curve(
    curves: tuple[GroupCurve, ...], measure: Measure, width: float = 495.0, *, months: int = 12, counts: bool = True
) -> Chart:
    """Return the chart of at most MOST_CURVES curves over ``months`` of follow-up, ``width`` points wide: 420 or more.

    ``counts`` off leaves out the table, the censor ticks, every number of people and the days on which people
    reoffended: for a paper in public. Raises ValueError for more curves, and for one that runs on after the months.
    """
    if len(curves) > MOST_CURVES:
        raise ValueError(f"at most {MOST_CURVES} curves")
    groups = tuple(followed(curve, months, monthly=not counts) for curve in curves)
    highest = max((share.high for group in groups for share in group.shares), default=0.0) or 1.0
    steps = share_steps(highest)
    names = [EndName(None, _name(group, width * _NAME_SHARE, measure)) for group in groups]
    page = _page(groups, (names, steps), (measure, width), months)
    drawn: list[Primitive] = [Text((0, SIZE), _TITLE, SIZE, True), *value_axis(page.plot, steps, unit_of("%", steps))]
    drawn += _curves(page, groups, ticks=counts)
    drawn += _named(page, groups, names)
    drawn += _month_axis(page, groups)
    y = page.plot.bottom + _UNDER_AXIS
    for number, group in enumerate(groups if counts else ()):
        y += _ROW if len(groups) > 1 else 0.0
        drawn += _heading(page, group, number, (y, width)) if len(groups) > 1 else []
        drawn += _table(page, group, y)
        y += len(_LABELS) * _ROW + 3
    for line in wrap(_KEY if counts else _KEY_ALONE, width, measure):
        y += LEADING
        drawn.append(Text((0, y + 2), line, SIZE, colour=MUTED))
    scene = Scene(width, y + 7, tuple(drawn))
    return Chart(scene, survival_alt(groups, counts=counts), survival_data(groups, counts=counts))


def _name(group: Followed, width: float, measure: Measure) -> tuple[str, ...]:
    """Return a group's name with its share at the end and the time by which half had reoffended."""
    value = "no people"
    if group.last is not None:
        value = unit_of("%", (0.5,)).shown(group.last.share * _PERCENT)
        value += f", half {by_when(group.median)}" if group.median is not None else ""
    said = wrap(value, width, measure, bold=True)
    return (*shortened(wrap(group.name, width, measure, bold=True), _MOST_NAME_LINES - len(said)), *said)


def _page(
    groups: tuple[Followed, ...], beside: tuple[list[EndName], list[float]], room: tuple[Measure, float], months: int
) -> _Page:
    """Return where everything stands: the plot between the table's labels and the names, and the months written."""
    (names, steps), (measure, width) = beside, room
    widest = max((measure(f"{group.people:,}", SIZE, False) for group in groups), default=0.0)
    figures = room_for_figures(steps, unit_of("%", steps), measure)
    labels = max(measure(label, SIZE, False) for label in _LABELS) + _COLUMN_GAP + widest / 2
    right = width - max(room_for_names(names, measure), measure("12 months", SIZE, False) / 2)
    bottom = _TOP + height_for(names, _TALL)
    plot = Plot(max(figures, labels), right, _TOP, bottom, 0, month_day(months), 0, steps[-1])
    marked = groups[0].numbers if groups else ()
    apart = (plot.right - plot.left) / max(len(marked) - 1, 1)
    fits = apart >= max(widest, measure("12", SIZE, False)) + _COLUMN_GAP
    columns = tuple(range(len(marked))) if fits else (0, len(marked) - 1)
    return _Page(plot, months, columns if marked else (), measure)


def _curves(page: _Page, groups: tuple[Followed, ...], *, ticks: bool) -> list[Primitive]:
    """Draw all bands, their edges over them, and the lines over those, each clear of what lies under it."""
    drawn: list[Primitive] = []
    widest_first = sorted(range(len(groups)), key=lambda number: -_spread(groups[number]))
    for number in widest_first:
        upper, lower = (_steps(page, groups[number], end) for end in ("high", "low"))
        if len(upper) > 1:
            drawn.append(Area((*upper, *reversed(lower)), BANDS[number]))
    for number, group in enumerate(groups):
        edges = [points for end in ("high", "low") if len(points := _steps(page, group, end)) > 1]
        drawn += [Polyline(points, SERIES[number], 0.7, DASHES[number]) for points in edges]
    for number, group in enumerate(groups):
        points = _steps(page, group, "share")
        if len(points) > 1:
            drawn.append(Polyline(points, GROUND, _HALO))
            drawn.append(Polyline(points, SERIES[number], _LINE, DASHES[number]))
        if ticks and len(group.censored_on) <= _FEW_CENSORED:
            drawn += _censored(page, group, number)
    ends = [(number, points[-1]) for number, group in enumerate(groups) if (points := _steps(page, group, "share"))]
    return drawn + [series_mark(end, number) for number, end in ends]


def _spread(group: Followed) -> float:
    """Return how wide a group's band is at its end."""
    return group.last.high - group.last.low if group.last else 0.0


def _steps(page: _Page, group: Followed, end: str) -> tuple[Point, ...]:
    """Return a step line of the share or of an end of its band: level to each day, then up."""
    points: list[Point] = []
    for share in group.shares:
        x = page.plot.x(min(share.day, page.plot.last))
        y = page.plot.y(_value(share, end) * _PERCENT)
        points.append((x, points[-1][1] if points else page.plot.bottom))
        if y != points[-1][1]:
            points.append((x, y))
    if points and group.is_whole:
        points.append((page.plot.right, points[-1][1]))
    return tuple(points)


def _value(share: Share, end: str) -> float:
    return {"share": share.share, "low": share.low, "high": share.high}[end]


def _censored(page: _Page, group: Followed, number: int) -> list[Primitive]:
    """Draw a tick across the line on each day on which somebody was followed no further."""
    height = {share.day: page.plot.y(share.share * _PERCENT) for share in group.shares}
    places = [(page.plot.x(min(day, page.plot.last)), height[day]) for day in group.censored_on if day in height]
    return [Line((x, y - 5), (x, y + 5), SERIES[number], 1.2) for x, y in places]


def _named(page: _Page, groups: tuple[Followed, ...], names: list[EndName]) -> list[Primitive]:
    ends = [points[-1] if (points := _steps(page, group, "share")) else None for group in groups]
    return names_at_ends(page.plot, [replace(name, end=end) for name, end in zip(names, ends, strict=True)])


def _month_axis(page: _Page, groups: tuple[Followed, ...]) -> list[Primitive]:
    drawn: list[Primitive] = [Text((0, page.plot.bottom + 18), _MONTH, SIZE, colour=MUTED)]
    for column in page.columns:
        month = groups[0].numbers[column].month
        drawn += tick(page.plot, page.plot.x(month_day(month)), f"{month}")
    return drawn


def _heading(page: _Page, group: Followed, number: int, place: Point) -> list[Primitive]:
    """Write a group's name over its part of the table, after a sample of its line."""
    y, width = place
    name = shortened(wrap(group.name, width - _SAMPLE - 6, page.measure, bold=True), 1)[0]
    return [
        Line((0, y - 4), (_SAMPLE, y - 4), SERIES[number], _LINE, DASHES[number]),
        series_mark((_SAMPLE / 2, y - 4), number),
        Text((_SAMPLE + 6, y), name, SIZE, True),
    ]


def _table(page: _Page, group: Followed, y: float) -> list[Primitive]:
    """Write who is at risk, censored and reoffended below the months."""
    drawn: list[Primitive] = []
    for row, label in enumerate(_LABELS):
        base = y + (row + 1) * _ROW
        drawn.append(Text((0, base), label, SIZE))
        for column in page.columns:
            numbers = group.numbers[column]
            count = (numbers.at_risk, numbers.censored, numbers.reoffended)[row]
            x = page.plot.x(month_day(numbers.month))
            drawn.append(Text((x, base), f"{count:,}", SIZE, anchor=Anchor.MIDDLE))
    return drawn
