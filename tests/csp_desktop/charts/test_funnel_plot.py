"""The funnel plot: its limits agree with Wilson's interval, and units outside are marked and named."""

from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csp_desktop.charts.funnel_limits import Z_95, Z_998, Standing, limits, reaches, standing
from csp_desktop.charts.funnel_plot import FunnelUnit, Reference, funnel_plot
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.scene import Area, Dot, Polyline, Text
from csp_desktop.reoffending.intervals import wilson
from tests.csp_desktop.charts.test_chart_kinds import NAMES, assert_inside, overlapping, words

ENGLAND = Reference("England and Wales", 0.275)
KIRKLEES = (
    FunnelUnit("Kirklees", 310, 980),
    FunnelUnit("Calderdale", 98, 430),
    FunnelUnit("Bradford", 363, 1320),
    FunnelUnit("Leeds", 620, 1805),
)
RATES = st.floats(0, 1)


@st.composite
def units(draw: st.DrawFn) -> FunnelUnit:
    total = draw(st.integers(0, 3000))
    return FunnelUnit(draw(NAMES), draw(st.integers(0, total)), total)


@settings(max_examples=60)
@given(st.lists(units(), max_size=25).map(tuple), RATES, NAMES, st.sampled_from([420.0, 495.0, 900.0]))
@example(tuple(FunnelUnit("a very long name of a place " * 4, 40, 40) for _ in range(40)), 0.01, "All", 420.0)
@example(tuple(FunnelUnit(f"Area {at}", at * 9, 3000) for at in range(300)), 0.5, "All", 495.0)
def test_the_plot_stays_inside_and_no_words_stand_in_each_other(
    found: tuple[FunnelUnit, ...], rate: float, name: str, width: float
) -> None:
    chart = funnel_plot(found, Reference(name, rate), text_width, width)
    assert_inside(chart)
    assert overlapping(chart) == []
    assert all(part.size >= 12 for part in chart.scene.primitives if isinstance(part, Text))
    assert [row[0] for row in chart.data.rows] == [unit.name for unit in found]


@given(st.integers(1, 5000), st.data(), st.floats(0.001, 0.999))
def test_a_rate_is_outside_exactly_when_its_wilson_interval_leaves_the_reference_out(
    total: int, data: st.DataObject, rate: float
) -> None:
    count = data.draw(st.integers(0, total))
    interval = wilson(count, total)
    assert interval is not None
    inside = interval.lower <= rate <= interval.upper
    near = min(abs(interval.lower - rate), abs(interval.upper - rate)) < 1e-9
    assert near or inside == (standing(count, total, rate) is Standing.WITHIN)


def test_limits_are_those_of_the_normal_curve_and_stay_shares() -> None:
    assert limits(0.5, 100, Z_95) == pytest.approx((0.402, 0.598), abs=1e-3)
    assert limits(0.5, 100, Z_998) == pytest.approx((0.3455, 0.6545), abs=1e-4)
    assert limits(0.1, 4, Z_998)[0] == 0
    assert limits(0.9, 4, Z_998)[1] == 1
    assert limits(0.275, reaches(0.275, 0.6, Z_95), Z_95)[1] == pytest.approx(0.6)


def test_units_outside_have_another_shape_and_their_names() -> None:
    chart = funnel_plot(KIRKLEES, ENGLAND, text_width)
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


def test_the_words_and_the_table_say_who_is_outside() -> None:
    chart = funnel_plot(KIRKLEES, ENGLAND, text_width)
    assert chart.alt == (
        "Funnel plot of reoffending rate by offenders: 4 rates against England and Wales, 27.5%. "
        "Leeds above the 99.8% limits, 34.3% of 1,805; Kirklees above the 95% limits, 31.6% of 980; "
        "Calderdale below the 95% limits, 22.8% of 430; 1 within the 95% limits."
    )
    assert chart.data.headings == ("Name", "Offenders", "Reoffenders", "Reoffending rate (%)", "Against the limits")
    assert chart.data.rows[0] == ("Kirklees", 980, 310, "31.6", "above the 95% limits")
    nobody = funnel_plot((FunnelUnit("Nowhere", 0, 0),), ENGLAND, text_width)
    assert nobody.alt.endswith("there are no figures.")
    assert nobody.data.rows == (("Nowhere", 0, 0, "not known", "no rate"),)


def test_more_than_can_be_named_are_numbered_and_listed() -> None:
    many = tuple(FunnelUnit(f"Area {at}", 300 if at % 2 else 20, 400 + 9 * at) for at in range(35))
    chart = funnel_plot(many, ENGLAND, text_width)
    said = words(chart)
    assert "and 5 more, which the table names." in said
    numbers = {part.text for part in chart.scene.primitives if isinstance(part, Text) and part.bold}
    assert {str(at) for at in range(1, 11)} <= numbers
    assert "1 Area " in said


def test_a_reference_that_leaves_nothing_to_chance_has_no_limits() -> None:
    chart = funnel_plot((FunnelUnit("Some", 3, 50), FunnelUnit("None", 0, 50)), Reference("All", 0.0), text_width)
    assert not [part for part in chart.scene.primitives if isinstance(part, Polyline)]
    assert [row[-1] for row in chart.data.rows] == ["above the 99.8% limits", "within the 95% limits"]


def test_names_do_not_stand_over_marks_outside() -> None:
    chart = funnel_plot(KIRKLEES, ENGLAND, text_width)
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


def test_a_count_that_is_no_part_of_its_total_is_refused() -> None:
    with pytest.raises(ValueError, match="between"):
        FunnelUnit("Nowhere", 3, 2)
