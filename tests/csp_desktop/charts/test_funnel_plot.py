"""The funnel plot: units outside are marked and named, and its lines are the limits."""

from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csp_desktop.charts.chart import Chart
from csp_desktop.charts.funnel_plot import funnel_plot
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.scene import Area, Dot, Line, Polyline, Text
from csp_desktop.reoffending.funnel import funnel, limits_for
from csp_desktop.reoffending.named_counts import NamedCounts
from tests.csp_desktop.charts.test_chart_kinds import NAMES, assert_inside, overlapping, words

KIRKLEES = (
    NamedCounts("Kirklees", 310, 980),
    NamedCounts("Calderdale", 98, 430),
    NamedCounts("Bradford", 363, 1320),
    NamedCounts("Leeds", 620, 1805),
)
RATES = st.floats(0, 1)


def plot(
    units: tuple[NamedCounts, ...], rate: float = 0.275, name: str = "England and Wales", width: float = 495.0
) -> Chart:
    found = funnel(units, rate)
    assert found is not None
    return funnel_plot(found, name, text_width, width)


@st.composite
def units(draw: st.DrawFn) -> NamedCounts:
    total = draw(st.integers(1, 3000))
    return NamedCounts(draw(NAMES), draw(st.integers(0, total)), total)


@settings(max_examples=60)
@given(st.lists(units(), min_size=1, max_size=25).map(tuple), RATES, NAMES, st.sampled_from([420.0, 495.0, 900.0]))
@example(tuple(NamedCounts("a very long name of a place " * 4, 40, 40) for _ in range(40)), 0.01, "All", 420.0)
@example(tuple(NamedCounts(f"Area {at}", at * 9, 3000) for at in range(300)), 0.5, "All", 495.0)
def test_the_plot_stays_inside_and_no_words_stand_in_each_other(
    found: tuple[NamedCounts, ...], rate: float, name: str, width: float
) -> None:
    chart = plot(found, rate, name, width)
    assert_inside(chart)
    assert overlapping(chart) == []
    assert all(part.size >= 12 for part in chart.scene.primitives if isinstance(part, Text))
    assert [row[0] for row in chart.data.rows] == [unit.name for unit in found]


def test_units_outside_have_another_shape_and_their_names() -> None:
    chart = plot(KIRKLEES)
    drawn = chart.scene.primitives
    said = words(chart)
    assert "Kirklees" in said
    assert "Calderdale" in said
    assert "Bradford" not in said
    assert sum(isinstance(part, Dot) for part in drawn) == 1 + 1  # in the plot and in the key
    triangles = [part for part in drawn if isinstance(part, Area) and len(part.points) == 3]
    diamonds = [part for part in drawn if isinstance(part, Area) and len(part.points) == 4]
    assert (len(triangles), len(diamonds)) == (2 + 2, 1 + 1)
    assert "Outside the 95% limits: 2" in said
    assert "Outside the 99.8% limits: 1" in said
    assert len({part.dash for part in drawn if isinstance(part, Polyline)}) == 2


def test_the_lines_are_the_limits_of_as_many_people_as_they_stand_over() -> None:
    drawn = plot(KIRKLEES).scene.primitives
    reference = next(part for part in drawn if isinstance(part, Line) and part.width == 1.4)
    (left, middle), right = reference.start, reference.end[0]
    bottom = max(part.start[1] for part in drawn if isinstance(part, Line) and part.start[0] == left)
    curves = [part for part in drawn if isinstance(part, Polyline)]
    assert len(curves) == 4
    for curve in curves:
        for x, y in curve.points[1:]:  # the first is where the line enters the plot, between two sizes
            limits = limits_for(round((x - left) / (right - left) * 2_000), 0.275)
            ends = limits.warning if curve.dash == (6.0, 3.0) else limits.action
            rate = (bottom - y) / (bottom - middle) * 0.275
            assert rate == pytest.approx(ends.lower if rate < 0.275 else ends.upper)


def test_the_words_and_the_table_say_who_is_outside() -> None:
    chart = plot(KIRKLEES)
    assert chart.alt == (
        "Funnel plot of reoffending rate by offenders: 4 rates against England and Wales, 27.5%. "
        "Leeds above the 99.8% limits, 34.3% of 1,805; Kirklees above the 95% limits, 31.6% of 980; "
        "Calderdale below the 95% limits, 22.8% of 430; 1 within the 95% limits."
    )
    assert chart.data.headings == ("Name", "Offenders", "Reoffenders", "Reoffending rate (%)", "Against the limits")
    assert chart.data.rows[0] == ("Kirklees", 980, 310, "31.6", "above the 95% limits")


def test_more_than_can_be_named_are_numbered_and_listed() -> None:
    many = tuple(NamedCounts(f"Area {at}", 300 if at % 2 else 20, 400 + 9 * at) for at in range(35))
    chart = plot(many)
    said = words(chart)
    assert "and 5 more, which the table names." in said
    numbers = {part.text for part in chart.scene.primitives if isinstance(part, Text) and part.bold}
    assert {str(at) for at in range(1, 11)} <= numbers
    assert "1 Area " in said


def test_a_reference_that_leaves_nothing_to_chance_has_no_limits() -> None:
    chart = plot((NamedCounts("Some", 3, 50), NamedCounts("None", 0, 50)), 0.0, "All")
    assert not [part for part in chart.scene.primitives if isinstance(part, Polyline)]
    assert [row[-1] for row in chart.data.rows] == ["above the 99.8% limits", "within the 95% limits"]


def test_names_do_not_stand_over_marks_outside() -> None:
    chart = plot(KIRKLEES)
    names = {unit.name for unit in KIRKLEES}
    boxes = [
        (p.at[0], p.at[1] - 9, p.at[0] + text_width(p.text, 12, True), p.at[1])
        for p in chart.scene.primitives
        if isinstance(p, Text) and p.text in names
    ]
    marks = [p.points for p in chart.scene.primitives if isinstance(p, Area)]
    for (left, top, right, bottom), points in ((box, mark) for box in boxes for mark in marks):
        assert not any(left < x < right and top < y < bottom for x, y in points)
    assert all(one != other for one, other in combinations(boxes, 2))
