"""Every kind of chart stays in its frame, loses no figure, and says in words what it shows."""

import math
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csp_desktop.charts.chart import Caption, Chart, with_caption
from csp_desktop.charts.interval_bars import Bar, interval_bars
from csp_desktop.charts.lines import MOST_SERIES, Series, lines
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.scene import BAR, INK, PAPER, SERIES, Anchor, Area, Dot, Polyline, Primitive, Rectangle, Text
from csp_desktop.charts.sparkline import sparkline
from csp_desktop.charts.svg import svg
from tests.csp_desktop.charts.figures import CHARTS, PERIODS
from tests.csp_desktop.charts.test_scene_shapes import contrast

VALUES = st.floats(0, 1e6).map(lambda value: round(value, 1))
NAMES = st.text(st.characters(categories=["L", "Nd", "Zs"]), min_size=1, max_size=60).filter(str.strip)


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    low, value, high = sorted(draw(st.tuples(VALUES, VALUES, VALUES)))
    known = draw(st.booleans())
    of = draw(st.none() | st.integers(0, 10**6))
    return Bar(draw(NAMES), value, low if known else None, high if known else None, of)


@st.composite
def runs(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[Series, ...]]:
    count = draw(st.integers(0, 14))
    values = st.lists(st.none() | VALUES, min_size=count, max_size=count).map(tuple)
    series = draw(st.lists(st.builds(Series, NAMES, values), min_size=1, max_size=MOST_SERIES))
    return tuple(f"Q{at % 4 + 1} {2020 + at // 4}" for at in range(count)), tuple(series)


def corners(primitive: Primitive) -> list[tuple[float, float]]:
    if isinstance(primitive, Text):
        width = text_width(primitive.text, primitive.size, primitive.bold)
        back = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[primitive.anchor]
        return [(primitive.at[0] - back, primitive.at[1]), (primitive.at[0] - back + width, primitive.at[1])]
    if isinstance(primitive, Rectangle):
        (x, y), (wide, tall) = primitive.corner, primitive.size
        return [(x, y), (x + wide, y + tall)]
    if isinstance(primitive, Dot):
        (x, y), r = primitive.centre, primitive.radius
        return [(x - r, y - r), (x + r, y + r)]
    return list(primitive.points) if isinstance(primitive, Polyline | Area) else [primitive.start, primitive.end]


def assert_inside(chart: Chart) -> None:
    for primitive in chart.scene.primitives:
        for x, y in corners(primitive):
            assert -0.5 <= x <= chart.scene.width + 0.5, primitive
            assert -0.5 <= y <= chart.scene.height + 0.5, primitive


def words(chart: Chart) -> str:
    return " ".join(primitive.text for primitive in chart.scene.primitives if isinstance(primitive, Text))


@given(st.lists(bars(), min_size=1, max_size=8).map(tuple), st.sampled_from(["%", "days", ""]))
def test_bars_stay_inside_and_each_says_its_figures(found: tuple[Bar, ...], unit: str) -> None:
    chart = interval_bars(found, unit, text_width)
    assert_inside(chart)
    assert len(chart.data.rows) == len(found)
    for row in chart.data.rows:
        assert len(row) == len(chart.data.headings)
        assert str(row[1]) in words(chart)
        assert f"{row[1]}" in chart.alt


@given(st.lists(bars(), min_size=2, max_size=8).map(tuple))
def test_bars_begin_at_zero_and_are_in_proportion(found: tuple[Bar, ...]) -> None:
    drawn = [p for p in interval_bars(found, "", text_width).scene.primitives if isinstance(p, Rectangle)]
    values = [bar.value for bar in found if bar.value]
    assert len({shape.corner[0] for shape in drawn}) <= 1
    assert [shape.size[0] * max(values) for shape in drawn] == pytest.approx(
        [value * max(shape.size[0] for shape in drawn) for value in values]
    )


@pytest.mark.parametrize(
    "wrong",
    [{"value": -1}, {"value": 5, "low": 2}, {"value": 5, "low": 6, "high": 9}, {"value": 5, "low": 1, "high": 4}],
)
def test_a_bar_that_cannot_be_true_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"interval|zero"):
        Bar("Place", **wrong)  # type: ignore[arg-type]  # the fields are numbers


@given(runs(), st.sampled_from(["%", "offences", ""]))
def test_lines_stay_inside_name_themselves_and_lose_no_value(
    found: tuple[tuple[str, ...], tuple[Series, ...]], unit: str
) -> None:
    periods, series = found
    chart = lines(periods, series, unit, text_width)
    assert_inside(chart)
    assert len(chart.data.rows) == len(periods)
    said = "".join(words(chart).split())
    for each in series:
        assert "".join(each.name.split()) in said
    marks = sum(isinstance(p, Dot | Area | Rectangle) for p in chart.scene.primitives)
    assert marks == sum(value is not None for each in series for value in each.values)


@given(runs())
def test_names_of_lines_do_not_stand_in_each_other(found: tuple[tuple[str, ...], tuple[Series, ...]]) -> None:
    periods, series = found
    chart = lines(periods, tuple(Series(each.name[:12], each.values) for each in series), "", text_width)
    names = sorted(p.at[1] for p in chart.scene.primitives if isinstance(p, Text) and p.bold)
    assert all(below - above >= 13 for above, below in pairwise(names))


def overlapping(chart: Chart) -> list[tuple[str, str]]:
    """Pairs of words that stand in each other."""
    boxes = []
    for primitive in chart.scene.primitives:
        if isinstance(primitive, Text) and primitive.text.strip():
            (left, base), (right, _base) = corners(primitive)
            boxes.append((primitive.text, left, base - 0.7 * primitive.size, right, base + 0.2 * primitive.size))
    return [
        (one[0], other[0])
        for one, other in combinations(boxes, 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > 1 and min(one[4], other[4]) - max(one[2], other[2]) > 1
    ]


@given(runs(), st.sampled_from(["%", "offences"]))
@example((("April 2026", "May 2026"), tuple(Series(f"Batley and Spen {n}", (0.0, 0.0)) for n in range(4))), "%")
@example((("Q1 2026", "Q2 2026"), tuple(Series("a very long name of a place " * 6, (1.0, 1.0)) for _ in range(4))), "%")
def test_no_words_of_a_line_chart_stand_in_each_other(
    found: tuple[tuple[str, ...], tuple[Series, ...]], unit: str
) -> None:
    chart = lines(*found, unit, text_width)
    assert_inside(chart)
    assert overlapping(chart) == []


@given(st.lists(bars(), min_size=1, max_size=8).map(tuple))
def test_no_words_of_a_bar_chart_stand_in_each_other(found: tuple[Bar, ...]) -> None:
    assert overlapping(interval_bars(found, "%", text_width)) == []


def test_an_unknown_value_leaves_a_gap_and_is_said() -> None:
    chart = CHARTS["lines"]
    batley = [p for p in chart.scene.primitives if isinstance(p, Polyline) and p.colour == SERIES[1]]
    assert [len(stretch.points) for stretch in batley] == [2, 5]
    assert "Batley and Spen rises from 22.0 offences to 23.0 offences" in chart.alt
    assert "1 not known" in chart.alt
    assert "not known" in chart.data.rows[2]


def test_series_are_told_apart_without_colour() -> None:
    four = tuple(Series(f"S{at}", (at + 1.0, at + 2.0)) for at in range(MOST_SERIES))
    drawn = lines(("Q1", "Q2"), four, "", text_width).scene.primitives
    assert len({p.dash for p in drawn if isinstance(p, Polyline)}) == MOST_SERIES
    for colour in SERIES:
        assert contrast(colour, PAPER) >= 3
    assert contrast(BAR, INK) >= 3


def test_more_series_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        lines(PERIODS, tuple(Series("a", (1.0,) * 8) for _ in range(MOST_SERIES + 1)), "", text_width)
    with pytest.raises(ValueError, match="every period"):
        lines(PERIODS, (Series("a", (1.0,)),), "", text_width)


def test_the_finding_comes_first() -> None:
    assert CHARTS["bars with intervals"].alt.startswith(
        "Bar chart of 4 values. Integrated offender management is highest, 42.0%; Youth justice is lowest, 9.0%."
    )
    near = interval_bars((Bar("A", 5, 2, 8), Bar("B", 4, 1, 7)), "", text_width)
    assert "and their intervals overlap" in near.alt
    assert "falls from 31.0 offences to 22.0 offences, highest 34.0 in Q4 2024/25" in CHARTS["lines"].alt
    assert CHARTS["sparkline"].alt == "Latest 8 days, up from 4; lowest 4, highest 9 of 6 figures."


@given(st.lists(st.none() | VALUES, max_size=20).map(tuple))
def test_a_sparkline_stays_inside_and_marks_its_last_value(values: tuple[float | None, ...]) -> None:
    chart = sparkline(values)
    assert_inside(chart)
    marks = [p for p in chart.scene.primitives if isinstance(p, Dot) and p.stroke]
    assert len(marks) == any(value is not None for value in values)
    assert len(chart.data.rows) == len(values)


def test_nothing_is_said_as_nothing() -> None:
    assert interval_bars((), "%", text_width).alt == "Bar chart: there are no figures."
    assert lines((), (Series("a", ()),), "", text_width).alt == "Line chart: there are no figures."
    assert sparkline(()).alt == "No figures yet."
    assert sparkline((3,), "days").alt == "One figure, 3 days."


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_written_as_a_drawing_with_words(name: str) -> None:
    chart = CHARTS[name]
    whole = with_caption(chart.scene, Caption(f"{name} <&>", "Kirklees, 2025", "Source: owners"), text_width)
    root = ET.fromstring(svg(whole, f"{name} <&>", chart.alt))  # noqa: S314 - our own drawing
    space = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "chart-title chart-description"
    assert root.findtext(f"{space}title") == f"{name} <&>"
    assert root.findtext(f"{space}desc") == chart.alt
    shown = [element.text for element in root.iter(f"{space}text")]
    assert shown == [p.text for p in whole.primitives if isinstance(p, Text)]
    assert "Liberation Sans" in root.attrib["font-family"]


@given(NAMES, st.text(max_size=40))
def test_any_words_make_a_drawing_that_can_be_read(name: str, title: str) -> None:
    root = ET.fromstring(svg(interval_bars((Bar(name, 1),), "", text_width).scene, title, name))  # noqa: S314 - our own
    assert len(root) > 3


def test_a_caption_stands_around_the_chart_and_nothing_is_lost() -> None:
    chart = CHARTS["bars with intervals"]
    title = "A title that is far too long to stand on one line of a chart that is as wide as a page is in portrait"
    whole = with_caption(chart.scene, Caption(title, "Subtitle", "Source: the probation service"), text_width)
    texts = [p.text for p in whole.primitives if isinstance(p, Text)]
    assert " ".join(texts).startswith(title)
    assert texts[-1] == "Source: the probation service"
    drawn = [p for p in whole.primitives if not isinstance(p, Text)]
    assert len(drawn) == sum(not isinstance(p, Text) for p in chart.scene.primitives)
    assert math.isclose(whole.width, chart.scene.width + 24)
    assert_inside(Chart(whole, "", chart.data))
