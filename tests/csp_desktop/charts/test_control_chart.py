"""The control chart: limits by the book, signals by shape, and never a line across a change of definition."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csp_desktop.charts.control_chart import control_chart
from csp_desktop.charts.control_limits import RUN, ControlPoint, ControlRun, Counted, shares_run, values_run
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.scene import INK, SERIES, Area, Dot, Line, Polyline, Text
from tests.csp_desktop.charts.test_chart_kinds import NAMES, assert_inside, corners, overlapping, words

VALUES = st.none() | st.floats(0, 1e5).map(lambda value: round(value, 1))


def periods(count: int, year: int = 2015) -> list[str]:
    return [f"Q{at % 4 + 1} {year + at // 4}" for at in range(count)]


def steady(count: int, year: int = 2015, share: float = 0.3) -> tuple[Counted, ...]:
    return tuple(Counted(period, round(200 * share) + at % 3, 200) for at, period in enumerate(periods(count, year)))


@st.composite
def runs(draw: st.DrawFn) -> tuple[ControlRun, ...]:
    found = []
    for at in range(draw(st.integers(0, 5))):
        values = draw(st.lists(VALUES, max_size=12))
        found.append(values_run(draw(NAMES), tuple(zip(periods(len(values), 2000 + 5 * at), values, strict=True))))
    return tuple(found)


@given(runs(), st.sampled_from(["%", "young people"]), st.sampled_from([420.0, 495.0, 900.0]))
@example(tuple(values_run("A definition that has a very long name", (("Q1", 1.0),)) for _ in range(30)), "%", 420.0)
@example((values_run("High", tuple((f"P{at}", 1000.0 + at % 2) for at in range(9))),), "hours", 420.0)
def test_the_chart_stays_inside_and_no_words_stand_in_each_other(
    found: tuple[ControlRun, ...], counted: str, width: float
) -> None:
    chart = control_chart(found, counted, text_width, width)
    assert_inside(chart)
    assert overlapping(chart) == []
    assert all(part.size >= 12 for part in chart.scene.primitives if isinstance(part, Text))
    assert len(chart.data.rows) == sum(len(run.points) for run in found)
    drawn = sum(isinstance(part, Dot | Area) for part in chart.scene.primitives)
    in_key = 2 if any(point.signal for run in found for point in run.points) else 0
    assert drawn - in_key == sum(point.value is not None for run in found for point in run.points)


def test_limits_of_shares_are_three_standard_errors_of_the_pooled_share() -> None:
    run = shares_run("d", (Counted("a", 30, 100), Counted("b", 30, 200), Counted("c", 0, 0)))
    assert run.centre == pytest.approx(20.0)
    half = 3 * math.sqrt(0.2 * 0.8 / 100) * 100
    assert (run.points[0].lower, run.points[0].upper) == pytest.approx((20 - half, 20 + half))
    assert run.points[1].value == pytest.approx(15.0)
    assert run.points[2] == ControlPoint("c", None)
    assert shares_run("d", (Counted("a", 0, 0),)).centre is None


def test_limits_of_single_values_follow_their_moving_range() -> None:
    run = values_run("d", (("a", 10.0), ("b", 14.0), ("c", None), ("d", 12.0)))
    assert run.centre == 12
    assert (run.points[0].lower, run.points[0].upper) == pytest.approx((12 - 2.66 * 4, 12 + 2.66 * 4))
    assert values_run("d", (("a", 3.0),)).points[0].upper is None


def test_a_point_outside_and_a_run_on_one_side_are_signals_and_nothing_else_is() -> None:
    values = [10.0, 11, 10, 11, 10, 11, 10, 11, 10, 40]
    run = values_run("d", tuple(zip(periods(10), values, strict=True)))
    assert [point.signal for point in run.points][-1] == "above the upper limit"
    shift = [8.0, 12.0] * (RUN // 2) + [17.0, 13.0, 17.0, 13.0, 17.0, 13.0, 17.0]
    signals = [point.signal for point in values_run("d", tuple(zip(periods(15), shift, strict=True))).points]
    assert signals == [f"one of {RUN} or more in a row below the average"] * RUN + [""] * (RUN - 1)


def test_signals_have_another_shape_and_are_told() -> None:
    points = (*steady(RUN - 2), Counted("Q3 2017", 140, 200))
    chart = control_chart((shares_run("Quarterly cohorts", points),), "%", text_width)
    diamonds = [part for part in chart.scene.primitives if isinstance(part, Area)]
    assert len(diamonds) == 1 + 1  # in the plot and in the key
    assert "Q3 2017 70.0%, above the upper limit." in words(chart)
    assert "Signals: Q3 2017 70.0%, above the upper limit." in chart.alt
    assert chart.data.rows[-1][0] == "Q3 2017"
    assert chart.data.rows[-1][5:] == ("above the upper limit", "Quarterly cohorts")


def test_nothing_crosses_a_change_of_definition() -> None:
    old, new = shares_run("Old measure", steady(8)), shares_run("New measure", steady(8, 2017, 0.4))
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
    many = tuple(values_run(f"Definition number {at}", (("Q1", 1.0), ("Q2", 2.0))) for at in range(12))
    said = words(control_chart(many, "", text_width))
    assert "12 from Q1: Definition number 11" in said


def test_the_scale_begins_at_zero_or_says_where() -> None:
    low = control_chart((values_run("d", (("a", 10.0), ("b", 90.0))),), "", text_width)
    assert "The scale begins" not in words(low)
    high = control_chart((values_run("d", (("a", 1000.0), ("b", 1004.0), ("c", 1001.0))),), "", text_width)
    assert "The scale begins at 990, not at zero." in words(high)


def test_figures_are_told_as_they_are_counted() -> None:
    chart = control_chart((values_run("Entrants", (("2023", 41.0), ("2024", 38.0))),), "young people", text_width)
    assert chart.alt == (
        "Control chart of 2 periods, 2023 to 2024. There are no signals. "
        "Entrants: average 39.5 young people, limits 31.5 to 47.5, latest 38 young people in 2024."
    )
    line = next(part for part in chart.scene.primitives if isinstance(part, Polyline) and part.colour == SERIES[0])
    assert len(line.points) == 2
    assert control_chart((), "%", text_width).alt == "Control chart: there are no figures."
    assert "There are no figures." in words(control_chart((), "%", text_width))
