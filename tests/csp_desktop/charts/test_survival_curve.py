"""The curve of how soon people reoffend: it agrees with its own numbers, stays in its frame, and says its finding."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csp_desktop.charts.measure import text_width
from csp_desktop.charts.scene import BANDS, SERIES, Area, Line, Polyline, Text
from csp_desktop.charts.survival_curve import MOST_CURVES, survival_curve
from csp_desktop.charts.survival_numbers import GroupCurve, followed, marked_months, shortest
from csp_desktop.reoffending.survival import Observed, kaplan_meier
from tests.csp_desktop.charts.test_chart_kinds import NAMES, assert_inside, overlapping, words

PEOPLE = st.lists(st.tuples(st.integers(0, 366), st.booleans()), max_size=40)
GROUPS = st.lists(st.tuples(NAMES, PEOPLE), max_size=MOST_CURVES)
HALF = [(30, True), (200, True), (100, False), (365, False)]


def group(people: list[Observed], name: str = "Dewsbury") -> GroupCurve:
    return GroupCurve(name, kaplan_meier(people))


@given(GROUPS, st.sampled_from([420.0, 495.0, 900.0]), st.booleans())
@example([("W" * 60, [(0, True)] * 40), ("a very long name of a place " * 6, [(366, False)])], 420.0, True)
@example([(f"Batley and Spen {n}", [(365, False)]) for n in range(MOST_CURVES)], 420.0, True)
def test_the_curve_stays_inside_and_no_words_stand_in_each_other(
    found: list[tuple[str, list[Observed]]], width: float, counts: bool
) -> None:
    chart = survival_curve(tuple(group(people, name) for name, people in found), text_width, width, counts=counts)
    assert_inside(chart)
    assert overlapping(chart) == []
    assert all(part.size >= 12 for part in chart.scene.primitives if isinstance(part, Text))
    assert len(chart.data.rows) == 5 * len(found)
    assert {len(row) for row in chart.data.rows} <= {len(chart.data.headings)}


@given(PEOPLE)
def test_at_every_month_at_risk_censored_and_reoffended_are_everyone(people: list[Observed]) -> None:
    for row in followed(group(people), 12).numbers:
        assert row.at_risk + row.censored + row.reoffended == len(people)
        assert min(row.at_risk, row.censored, row.reoffended) >= 0


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_with_everyone_followed_to_the_end_it_ends_at_the_rate(reoffended: list[bool]) -> None:
    people = [(at * 9, True) if again else (365 + at % 2, False) for at, again in enumerate(reoffended)]
    last = followed(group(people), 12).numbers[-1]
    assert last.share is not None
    assert last.share.share == pytest.approx(sum(reoffended) / len(people), abs=1e-12)
    assert (last.reoffended, last.censored) == (sum(reoffended), 0)


def test_the_numbers_stand_under_their_months() -> None:
    chart = survival_curve((group([(30, True), (100, False), (365, False)]),), text_width)
    at = {part.text: part.at[0] for part in chart.scene.primitives if isinstance(part, Text) and part.at[1] < 245}
    rows = [
        [part for part in chart.scene.primitives if isinstance(part, Text) and part.at[1] == label.at[1]]
        for label in chart.scene.primitives
        if isinstance(label, Text) and label.text in {"At risk", "Censored", "Reoffended"}
    ]
    assert [[cell.text for cell in row] for row in rows] == [
        ["At risk", "3", "2", "1", "1", "1"],
        ["Censored", "0", "0", "1", "1", "1"],
        ["Reoffended", "0", "1", "1", "1", "1"],
    ]
    for row in rows:
        assert [cell.at[0] for cell in row[1:]] == [at[month] for month in ("0", "3", "6", "9", "12")]


def test_the_words_give_the_share_its_interval_and_the_median() -> None:
    said = survival_curve((group(HALF), group([(200, True), (90, False)], "Batley")), text_width).alt
    band = kaplan_meier(HALF).points[-1]
    interval = f"{100 - 100 * band.upper:.1f}% to {100 - 100 * band.lower:.1f}%"
    assert said.startswith("Curve of the share who have reoffended, by months since the index date. Dewsbury: 62.5%")
    assert f"62.5% of 4 people within 12 months, 95% interval {interval}; half had reoffended by 6.6 months." in said
    alone = survival_curve((group([(90, False)], "Batley"),), text_width).alt
    assert alone.endswith(
        "Batley: 0.0% of 1 person within 3 months, as far as is known; half have not reoffended so far."
    )
    assert "on the index date" in survival_curve((group([(0, True)]),), text_width).alt
    assert "there are no people" in survival_curve((group([]),), text_width).alt


def test_the_table_gives_every_marked_month() -> None:
    data = survival_curve((group(HALF),), text_width).data
    assert data.headings[:3] == ("Group", "Month", "Share reoffended (%)")
    assert [row[1] for row in data.rows] == [0, 3, 6, 9, 12]
    assert data.rows[0][2:] == ("0.0", "0.0", "0.0", 4, 0, 0)
    assert data.rows[-1][2] == "62.5"
    assert data.rows[-1][5:] == (1, 1, 2)
    short = survival_curve((group([(100, False)]),), text_width).data
    assert [row[2] for row in short.rows] == ["0.0", "0.0", "not known", "not known", "not known"]


def test_in_public_no_number_of_people_and_no_day_is_told() -> None:
    people = [(40, True), (41, True), (200, False), *[(365, False)] * 7]
    chart = survival_curve((group(people),), text_width, counts=False)
    assert "At risk" not in words(chart)
    assert "people" not in chart.alt
    assert chart.data.headings[-1] == "to"
    (curve,) = (part for part in chart.scene.primitives if isinstance(part, Polyline) and part.width == 2.0)
    left, right = curve.points[0][0], curve.points[-1][0]
    months = [(x - left) / (right - left) * 12 for x, _y in curve.points]
    assert months == pytest.approx([round(month) for month in months], abs=0.02)
    ticks = [p for p in chart.scene.primitives if isinstance(p, Line) and p.colour == SERIES[0]]
    assert ticks == []


def test_curves_are_told_apart_without_colour_and_each_has_its_band() -> None:
    four = tuple(group([(day * (at + 1), True) for day in range(40)], f"G{at}") for at in range(MOST_CURVES))
    drawn = survival_curve(four, text_width).scene.primitives
    assert len({p.dash for p in drawn if isinstance(p, Polyline) and p.width == 2.0}) == MOST_CURVES
    assert {p.fill for p in drawn if isinstance(p, Area)} >= set(BANDS)


def test_where_few_leave_early_each_leaving_is_marked() -> None:
    def ticks(people: list[Observed]) -> int:
        drawn = survival_curve((group(people),), text_width).scene.primitives
        return sum(isinstance(part, Line) and part.colour == SERIES[0] for part in drawn)

    assert ticks([(10, True), (50, False), (90, False), (365, False)]) == 2
    assert ticks([(day, False) for day in range(1, 90)]) == 0


def test_a_follow_up_of_other_length_is_marked_in_its_own_months() -> None:
    assert marked_months(3) == (0, 1, 2, 3)
    assert marked_months(12) == (0, 3, 6, 9, 12)
    assert marked_months(18) == (0, 6, 12, 18)
    assert marked_months(120) == (0, 60, 120)
    assert (shortest(3), shortest(6), shortest(12)) == (89, 181, 365)
    assert followed(group([(89, False)]), 3).is_whole


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        survival_curve((group(HALF),) * (MOST_CURVES + 1), text_width)
    with pytest.raises(ValueError, match="follow-up"):
        survival_curve((group(HALF),), text_width, months=3)
