"""Rates side by side: one scale, a break between definitions, what is provisional by its look and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.charts.interval_bars import Bar
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.rates_compared import ComparedRate, RateGroup, rates_compared
from csp_desktop.charts.scene import BAR, GROUND, Line, Rectangle, Text
from csp_desktop.reoffending.intervals import wilson
from tests.csp_desktop.charts.test_chart_kinds import NAMES, assert_inside, overlapping, words


def rate(name: str, count: int, total: int, *, provisional: bool = False, note: str = "") -> ComparedRate:
    interval = wilson(count, total)
    if interval is None:
        return ComparedRate(name, None, of=0, note=note)
    return ComparedRate(name, count / total, interval.lower, interval.upper, total, provisional, note)


@st.composite
def rates(draw: st.DrawFn) -> ComparedRate:
    total = draw(st.integers(0, 3000))
    note = draw(st.sampled_from(["", "fewer than 30 people"]))
    return rate(draw(NAMES), draw(st.integers(0, total)), total, provisional=draw(st.booleans()), note=note)


GROUPS = st.lists(st.builds(RateGroup, NAMES, st.lists(rates(), max_size=5).map(tuple)), max_size=4).map(tuple)
KIRKLEES = RateGroup("Cohorts of three months", (rate("2023", 310, 980), rate("2024", 90, 310, provisional=True)))
EARLIER = RateGroup("Cohorts of twelve months", (rate("2010", 257, 1000),))


@given(GROUPS, st.sampled_from([420.0, 495.0, 900.0]))
def test_the_bars_stay_inside_and_no_words_stand_in_each_other(groups: tuple[RateGroup, ...], width: float) -> None:
    chart = rates_compared(groups, text_width, width)
    assert_inside(chart)
    assert overlapping(chart) == []
    assert len(chart.data.rows) == sum(len(group.rates) for group in groups)
    assert {len(row) for row in chart.data.rows} <= {len(chart.data.headings)}


def test_all_bars_are_to_one_scale_from_one_line() -> None:
    chart = rates_compared((KIRKLEES, EARLIER), text_width)
    bars = [part for part in chart.scene.primitives if isinstance(part, Rectangle)]
    assert len({bar.corner[0] for bar in bars}) == 1
    assert [bar.size[0] / bars[0].size[0] for bar in bars] == pytest.approx(
        [1, 90 / 310 / (310 / 980), 0.257 * 980 / 310]
    )


def test_definitions_are_broken_apart_and_named() -> None:
    def across(groups: tuple[RateGroup, ...]) -> list[Line]:
        drawn = rates_compared(groups, text_width).scene.primitives
        return [part for part in drawn if isinstance(part, Line) and (part.start[0], part.end[0]) == (0, 495)]

    assert len(across((KIRKLEES, EARLIER))) == 2
    assert across((KIRKLEES,)) == []
    said = words(rates_compared((KIRKLEES, EARLIER), text_width))
    assert "Cohorts of three months" in said
    assert "Cohorts of twelve months" in said
    assert "Cohorts" not in words(rates_compared((KIRKLEES,), text_width))


def test_what_is_provisional_looks_and_reads_otherwise() -> None:
    chart = rates_compared((KIRKLEES,), text_width)
    assert [part.fill for part in chart.scene.primitives if isinstance(part, Rectangle)] == [BAR, GROUND]
    assert "provisional" in words(chart)
    assert [row[5] for row in chart.data.rows] == ["none", "provisional"]
    assert chart.alt.endswith("2024: 29.0%, interval 24.3 to 34.3, of 310, provisional.")


def test_a_rate_that_is_not_known_says_why() -> None:
    hidden = RateGroup("d", (ComparedRate("Mirfield", None, note="~ hidden"), ComparedRate("Nowhere", None)))
    chart = rates_compared((hidden,), text_width)
    assert "~ hidden" in words(chart)
    assert not [part for part in chart.scene.primitives if isinstance(part, Rectangle)]
    assert chart.alt == "Bar chart of 2 rates. Mirfield: ~ hidden. Nowhere: no rate."
    assert [row[1] for row in chart.data.rows] == ["~ hidden", "no rate"]


def test_the_finding_never_compares_across_definitions() -> None:
    said = rates_compared((KIRKLEES, EARLIER), text_width).alt
    assert "counted by 2 definitions and cannot be compared across them" in said
    assert (
        "Cohorts of three months: 2023 is highest, 31.6%; 2024 is lowest, 29.0%, and their intervals overlap." in said
    )
    assert "2010 is" not in said
    empty = rates_compared((), text_width)
    assert empty.alt == "Bar chart of rates: there are no figures."
    assert [part.text for part in empty.scene.primitives if isinstance(part, Text)] == ["There are no figures."]


def test_words_in_the_place_of_a_value_are_not_beside_one() -> None:
    with pytest.raises(ValueError, match="place"):
        Bar("Mirfield", 3.0, instead="~ hidden")
