"""The control chart: signals by shape and in words, and never a line across a change of definition."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csp_desktop.charts.control_chart import control_chart
from csp_desktop.charts.control_page import ControlStretch
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.scene import INK, SERIES, Area, Dot, Line, Polyline, Text
from csp_desktop.reoffending.control import PeriodValue, p_chart, xmr_chart
from csp_desktop.reoffending.named_counts import NamedCounts
from tests.csp_desktop.charts.test_chart_kinds import NAMES, assert_inside, corners, overlapping, words

VALUES = st.none() | st.floats(0, 1e5).map(lambda value: round(value, 1))


def periods(count: int, year: int = 2015) -> list[str]:
    return [f"Q{at % 4 + 1} {year + at // 4}" for at in range(count)]


def steady(count: int, year: int = 2015, share: float = 0.3) -> list[NamedCounts]:
    return [NamedCounts(period, round(200 * share) + at % 3, 200) for at, period in enumerate(periods(count, year))]


def of_values(definition: str, *values: tuple[str, float | None]) -> ControlStretch:
    return ControlStretch(definition, xmr_chart([PeriodValue(*value) for value in values]))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[ControlStretch, ...]:
    found = []
    for at in range(draw(st.integers(0, 5))):
        values = draw(st.lists(VALUES, max_size=12))
        found.append(of_values(draw(NAMES), *zip(periods(len(values), 2000 + 5 * at), values, strict=True)))
    return tuple(found)


@given(stretches(), st.sampled_from(["%", "young people"]), st.sampled_from([420.0, 495.0, 900.0]))
@example(tuple(of_values("A definition that has a very long name", ("Q1", 1.0)) for _ in range(30)), "%", 420.0)
@example((of_values("High", *((f"P{at}", 1000.0 + at % 2) for at in range(9))),), "hours", 420.0)
def test_the_chart_stays_inside_and_no_words_stand_in_each_other(
    found: tuple[ControlStretch, ...], counted: str, width: float
) -> None:
    chart = control_chart(found, counted, text_width, width)
    assert_inside(chart)
    assert overlapping(chart) == []
    assert all(part.size >= 12 for part in chart.scene.primitives if isinstance(part, Text))
    points = [point for stretch in found for point in stretch.chart.points]
    assert len(chart.data.rows) == len(points)
    drawn = sum(isinstance(part, Dot | Area) for part in chart.scene.primitives)
    in_key = 2 if any(point.signals for point in points) else 0
    assert drawn - in_key == sum(point.value is not None for point in points)


def test_signals_have_another_shape_and_are_told() -> None:
    cohorts = p_chart([*steady(6), NamedCounts("Q3 2017", 140, 200)])
    chart = control_chart((ControlStretch("Quarterly cohorts", cohorts),), "%", text_width)
    diamonds = [part for part in chart.scene.primitives if isinstance(part, Area)]
    assert len(diamonds) == 1 + 1  # in the plot and in the key
    assert "Q3 2017 70.0%, above the upper limit." in words(chart)
    assert "Signals: Q3 2017 70.0%, above the upper limit." in chart.alt
    assert chart.data.rows[-1][0] == "Q3 2017"
    assert chart.data.rows[-1][5:] == ("above the upper limit", "Quarterly cohorts")


def test_why_points_are_signals_is_said_by_side() -> None:
    low = of_values("d", *zip(periods(10), [40.0, 41, 40, 41, 40, 41, 40, 41, 40, 11], strict=True))
    assert control_chart((low,), "", text_width).data.rows[-1][5] == "below the lower limit"
    shift = [8.0, 12.0] * 4 + [17.0, 13.0, 17.0, 13.0, 17.0, 13.0, 17.0]
    chart = control_chart((of_values("d", *zip(periods(15), shift, strict=True)),), "", text_width)
    below = "one of eight or more in a row below the average"
    assert [row[5] for row in chart.data.rows] == [below] * 8 + ["none"] * 7
    assert f"Q1 2015 to Q4 2016, each {below}." in words(chart)


def test_limits_on_few_figures_are_called_a_guess() -> None:
    few, enough = (ControlStretch("d", p_chart(steady(count))) for count in (11, 12))
    assert "fewer than twelve figures" in words(control_chart((few, enough), "%", text_width))
    assert "as a first guess" in control_chart((few,), "%", text_width).alt
    assert "guess" not in words(control_chart((enough,), "%", text_width))
    assert "guess" not in control_chart((enough,), "%", text_width).alt
    assert "guess" not in words(control_chart((of_values("d", ("Q1", 1.0)),), "", text_width))


def test_nothing_crosses_a_change_of_definition() -> None:
    old = ControlStretch("Old measure", p_chart(steady(8)))
    new = ControlStretch("New measure", p_chart(steady(8, 2017, 0.4)))
    chart = control_chart((old, new), "%", text_width)
    uprights = [
        part
        for part in chart.scene.primitives
        if isinstance(part, Line) and part.start[0] == part.end[0] and part.start[1] == 0
    ]
    assert len(uprights) == 2
    left, right = sorted(line.start[0] for line in uprights)
    assert right - left == pytest.approx(3.6)
    series = [
        part
        for part in chart.scene.primitives
        if isinstance(part, Polyline) or (isinstance(part, Line) and part.colour == INK and part.width == 1.2)
    ]
    assert len(series) == 2 * (1 + 1 + 2)
    for part in series:
        across = [x for x, _y in corners(part)]
        assert max(across) < left or min(across) > right
    said = words(chart)
    assert "Old measure" in said
    assert "New measure" in said
    assert "do not compare figures across it" in said
    assert "Old measure from Q1 2015; New measure from Q1 2017" in chart.alt


def test_definitions_without_room_are_numbered_and_told_below() -> None:
    many = tuple(of_values(f"Definition number {at}", ("Q1", 1.0), ("Q2", 2.0)) for at in range(12))
    said = words(control_chart(many, "", text_width))
    assert "12 from Q1: Definition number 11" in said


def test_the_scale_begins_at_zero_or_says_where() -> None:
    low = control_chart((of_values("d", ("a", 10.0), ("b", 90.0)),), "", text_width)
    assert "The scale begins" not in words(low)
    high = control_chart((of_values("d", ("a", 1000.0), ("b", 1004.0), ("c", 1001.0)),), "", text_width)
    assert "The scale begins at 990, not at zero." in words(high)


def test_figures_are_told_as_they_are_counted() -> None:
    chart = control_chart((of_values("Entrants", ("2023", 41.0), ("2024", 38.0)),), "young people", text_width)
    assert chart.alt == (
        "Control chart of 2 periods, 2023 to 2024. There are no signals. "
        "Entrants: average 39.5 young people, limits 31.5 to 47.5 as a first guess, latest 38 young people in 2024."
    )
    line = next(part for part in chart.scene.primitives if isinstance(part, Polyline) and part.colour == SERIES[0])
    assert len(line.points) == 2
    assert control_chart((), "%", text_width).alt == "Control chart: there are no figures."
    assert "There are no figures." in words(control_chart((), "%", text_width))
