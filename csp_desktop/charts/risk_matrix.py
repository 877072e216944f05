"""The matrix of risks: likelihood upwards, impact across, how many risks lie at each, darker where graver.

The levels are told apart in grey, and by their words; the gravest have a heavy edge as well.
"""

from collections.abc import Mapping

from csp_desktop.charts.chart import Chart, ChartData
from csp_desktop.charts.scene import BANDS, BAR, GROUND, INK, MUTED, RULE, Anchor, Primitive, Rectangle, Scene, Text
from csp_desktop.rules.risk_levels import MOST_OF_EITHER, RiskLevel, risk_level, risk_score

_LEFT, _TOP, _FOOT = 34.0, 6.0, 58.0
_CELL = (52.0, 30.0)
_GAP = 3.0
_SMALL, _LARGE = 10.0, 14.0
_KEY = 12.0
_FILL = {
    RiskLevel.LOW: GROUND,
    RiskLevel.MEDIUM: BANDS[0],
    RiskLevel.HIGH: BAR,
    RiskLevel.VERY_HIGH: BAR,
}
_EDGE = {
    RiskLevel.LOW: (RULE, 0.8),
    RiskLevel.MEDIUM: (RULE, 0.8),
    RiskLevel.HIGH: (RULE, 0.8),
    RiskLevel.VERY_HIGH: (INK, 2.0),
}
Counts = Mapping[tuple[int, int], int]


def risk_matrix(counts: Counts) -> Chart:
    """Return the matrix of how many risks lie at each (likelihood, impact), both 1 to 5."""
    grades = range(1, MOST_OF_EITHER + 1)
    width = _LEFT + MOST_OF_EITHER * (_CELL[0] + _GAP)
    height = _TOP + MOST_OF_EITHER * (_CELL[1] + _GAP) + _FOOT
    drawn: list[Primitive] = []
    for likelihood in grades:
        for impact in grades:
            drawn += _cell(likelihood, impact, counts.get((likelihood, impact), 0))
    foot = _TOP + MOST_OF_EITHER * (_CELL[1] + _GAP)
    for grade in grades:
        left, top = _corner(grade, grade)
        drawn.append(Text((_LEFT - 8, top + _CELL[1] / 2 + 4), str(grade), _SMALL, anchor=Anchor.END, colour=MUTED))
        middle = left + _CELL[0] / 2
        drawn.append(Text((middle, foot + 10), str(grade), _SMALL, anchor=Anchor.MIDDLE, colour=MUTED))
    across = _LEFT + MOST_OF_EITHER * (_CELL[0] + _GAP) / 2
    drawn.append(Text((10, _TOP + (foot - _TOP) / 2), "Likelihood", _SMALL, anchor=Anchor.MIDDLE, colour=INK, turn=90))
    drawn.append(Text((across, foot + 24), "Impact", _SMALL, anchor=Anchor.MIDDLE, colour=INK))
    drawn += _key(foot + 36)
    return Chart(Scene(width, height, tuple(drawn)), _alt(counts), _data(counts))


def _corner(likelihood: int, impact: int) -> tuple[float, float]:
    across = _LEFT + (impact - 1) * (_CELL[0] + _GAP)
    return across, _TOP + (MOST_OF_EITHER - likelihood) * (_CELL[1] + _GAP)


def _cell(likelihood: int, impact: int, count: int) -> list[Primitive]:
    left, top = _corner(likelihood, impact)
    level = risk_level(risk_score(likelihood, impact))
    stroke, width = _EDGE[level]
    box = Rectangle((left, top), _CELL, _FILL[level], stroke, width)
    if not count:
        return [box]
    middle = (left + _CELL[0] / 2, top + _CELL[1] / 2 + 5)
    return [box, Text(middle, str(count), _LARGE, bold=True, anchor=Anchor.MIDDLE)]


def _key(top: float) -> list[Primitive]:
    drawn: list[Primitive] = []
    left = _LEFT
    for level in RiskLevel:
        stroke, width = _EDGE[level]
        drawn.append(Rectangle((left, top), (_KEY, _KEY), _FILL[level], stroke, width))
        drawn.append(Text((left + _KEY + 5, top + 10), level.label, _SMALL, colour=INK))
        left += _KEY + 5 + 6 * len(level.label) + 14
    return drawn


def _alt(counts: Counts) -> str:
    by_level = dict.fromkeys(RiskLevel, 0)
    for place, count in counts.items():
        by_level[risk_level(risk_score(*place))] += count
    total = sum(by_level.values())
    if not total:
        return "There is no open risk."
    said = ", ".join(f"{count} {level.label.lower()}" for level, count in reversed(by_level.items()) if count)
    gravest = max((place for place, count in counts.items() if count), key=lambda place: risk_score(*place))
    return (
        f"{total} open {'risk' if total == 1 else 'risks'}: {said}. The gravest has likelihood {gravest[0]} and impact "
        f"{gravest[1]}."
    )


def _data(counts: Counts) -> ChartData:
    rows = tuple(
        (likelihood, impact, risk_level(risk_score(likelihood, impact)).label, count)
        for (likelihood, impact), count in sorted(counts.items(), reverse=True)
        if count
    )
    return ChartData(("Likelihood", "Impact", "Level", "Risks"), rows)
