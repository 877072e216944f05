"""The timeline of one person: every event is drawn and told once, in order, and no words stand in each other."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csp_desktop.charts.chart import Chart
from csp_desktop.charts.date_axis import date_axis
from csp_desktop.charts.label_lanes import CLEAR, Hung, in_lanes
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.person_timeline import person_timeline
from csp_desktop.charts.scene import GROUND, INK, SERIES, Area, Dot, Line, Rectangle, Text
from csp_desktop.charts.timeline_events import (
    MarkKind,
    SpanKind,
    Timeline,
    TimelineMark,
    TimelineSpan,
    TimelineWindow,
    events_of,
)
from tests.csp_desktop.charts.figures import PERSON
from tests.csp_desktop.charts.test_chart_kinds import NAMES, assert_inside, overlapping, words

X = date(2023, 1, 16)
WINDOW = TimelineWindow(X, date(2024, 1, 16), date(2024, 7, 16))
DATA_DATE = date(2025, 9, 30)
DAYS = st.dates(date(2019, 1, 1), date(2026, 1, 1))


@st.composite
def marks(draw: st.DrawFn) -> TimelineMark:
    kind = draw(st.sampled_from(MarkKind))
    return TimelineMark(draw(DAYS), kind, draw(NAMES), draw(st.sampled_from([True, False, None])))


@st.composite
def spans(draw: st.DrawFn) -> TimelineSpan:
    first = draw(DAYS)
    last = draw(st.none() | st.integers(0, 900).map(lambda days: first + timedelta(days=days)))
    return TimelineSpan(first, last, draw(st.sampled_from(SpanKind)), draw(NAMES))


@st.composite
def lives(draw: st.DrawFn) -> Timeline:
    windows = [
        TimelineWindow(index, index + timedelta(days=365), index + timedelta(days=548))
        for index in draw(st.lists(DAYS, max_size=6))
    ]
    found, spells = draw(st.lists(marks(), max_size=12)), draw(st.lists(spans(), max_size=6))
    return Timeline(draw(DAYS), tuple(found), tuple(spells), tuple(windows))


def crowded() -> Timeline:
    """Forty offences, half of them within three weeks, and twelve spells."""
    some = random.Random(6)  # noqa: S311 - no secret
    offences = [
        TimelineMark(
            date(2023, 1, 1) + timedelta(days=some.randrange(900) if at % 2 else 400 + some.randrange(20)),
            MarkKind.OFFENCE,
            some.choice(("Theft from shop", "Burglary", "Common assault")),
            some.choice((True, False, None)),
        )
        for at in range(40)
    ]
    begins = [date(2023, 1, 1) + timedelta(days=70 * at) for at in range(12)]
    spells = [TimelineSpan(day, day + timedelta(days=30), SpanKind.CUSTODY, "HMP New Hall, recall") for day in begins]
    return Timeline(DATA_DATE, (TimelineMark(X, MarkKind.INDEX, "Robbery"), *offences), tuple(spells), (WINDOW,))


def crossed(chart: Chart) -> list[tuple[str, Line]]:
    """Words over the line of dates through which an upright line passes."""
    axis = min(p.start[1] for p in chart.scene.primitives if isinstance(p, Line) and p.width == 1.4)
    uprights = [p for p in chart.scene.primitives if isinstance(p, Line) and p.start[0] == p.end[0]]
    found = []
    for text in (p for p in chart.scene.primitives if isinstance(p, Text) and not p.bold and p.at[1] < axis - 12):
        wide = text_width(text.text, text.size, text.bold)
        left = text.at[0] if text.anchor.value == "start" else text.at[0] - wide
        for line in uprights:
            top, bottom = sorted((line.start[1], line.end[1]))
            if left < line.start[0] < left + wide and top < text.at[1] - 1 and bottom > text.at[1] - 8:
                found.append((text.text, line))
    return found


@settings(max_examples=60)
@given(lives(), st.sampled_from([495.0, 720.0, 900.0]))
@example(crowded(), 495.0)
@example(crowded(), 720.0)
@example(Timeline(DATA_DATE), 495.0)
@example(Timeline(date.max, (TimelineMark(date.min, MarkKind.OFFENCE, "Old"),)), 720.0)
@example(Timeline(X, (TimelineMark(X, MarkKind.INDEX, "x" * 200),) * 40), 495.0)
def test_all_stays_inside_no_words_stand_in_each_other_and_no_line_runs_through_them(
    life: Timeline, width: float
) -> None:
    chart = person_timeline(life, text_width, width)
    assert_inside(chart)
    assert overlapping(chart) == []
    assert crossed(chart) == []
    assert all(part.size >= 12 for part in chart.scene.primitives if isinstance(part, Text))
    assert len(chart.data.rows) == len(life.marks) + len(life.spans) + 2 * len(life.windows)


def test_each_event_has_its_words_where_there_is_room() -> None:
    said = words(person_timeline(PERSON, text_width))
    for each in (
        "16 Jan 2023 index event: Burglary",
        "3 May 2023 Theft from shop",
        "16 Jan 2024 follow-up ends",
        "16 Jul 2024 waiting for proof ends",
        "30 Sep 2025 data date",
        "HMP Leeds",
        "Flex, red",
    ):
        assert each in said
    assert "Proved" in said
    assert "Custody" in said


def test_what_counts_differs_by_shape() -> None:
    drawn = person_timeline(PERSON, text_width).scene.primitives
    counted = [p for p in drawn if isinstance(p, Area) and p.fill == SERIES[1]]
    pending = [p for p in drawn if isinstance(p, Area) and p.fill == GROUND]
    not_counted = [p for p in drawn if isinstance(p, Dot)]
    assert [len(counted), len(pending), len(not_counted)] == [2, 2, 2]  # on the line and in the key
    assert (len(counted[0].points), len(pending[0].points)) == (4, 3)


def test_the_ends_of_the_windows_and_the_data_date_stand_where_their_days_are() -> None:
    chart = person_timeline(PERSON, text_width)
    marked = {(p.start[0], p.dash): p for p in chart.scene.primitives if isinstance(p, Line) and p.width == 1.0}
    dashed = sorted(x for x, dash in marked if dash)
    (solid,) = [x for x, dash in marked if not dash]
    follow_up, waiting = dashed
    ends = {p.text: p.at[0] for p in chart.scene.primitives if isinstance(p, Text)}
    assert abs(ends["16 Jan 2024 follow-up ends"] - follow_up) == pytest.approx(CLEAR)
    bars = [p for p in chart.scene.primitives if isinstance(p, Rectangle) and p.stroke == INK and p.size[1] == 16]
    window = next(bar for bar in bars if bar.corner[0] + bar.size[0] == pytest.approx(follow_up))
    assert waiting < solid
    days = (follow_up - window.corner[0]) / 365
    assert (waiting - follow_up) / days == pytest.approx(182, abs=0.01)
    assert (solid - waiting) / days == pytest.approx((DATA_DATE - WINDOW.proof_ends).days, abs=0.01)


def test_a_spell_that_goes_on_reaches_the_data_date() -> None:
    chart = person_timeline(PERSON, text_width)
    (data_date,) = (p.start[0] for p in chart.scene.primitives if isinstance(p, Line) and p.width == 1.0 and not p.dash)
    bars = [p for p in chart.scene.primitives if isinstance(p, Rectangle) and p.stroke == INK]
    assert any(bar.corner[0] + bar.size[0] == pytest.approx(data_date) for bar in bars)
    assert "Goes on" in words(chart)


def test_the_words_tell_everything_in_order() -> None:
    chart = person_timeline(PERSON, text_width)
    assert chart.alt == (
        "Timeline of one person, data to 30 Sep 2025: 1 offence counts. In order: "
        "16 Jan 2023 index event, Burglary; 3 May 2023 offence, Theft from shop, counts; "
        "20 Jun 2023 proved, Conviction; 13 Sep 2023 custody until 20 Dec 2023, HMP Leeds; "
        "16 Jan 2024 follow-up ends, of the index date 16 Jan 2023; "
        "1 Mar 2024 offence, Criminal damage, does not count; "
        "16 Jul 2024 waiting for proof ends, of the index date 16 Jan 2023; "
        "1 Jan 2025 IOM (goes on), Flex, red; 1 Aug 2025 offence, Robbery, pending."
    )
    assert chart.data.rows[1] == ("3 May 2023", "none", "Offence", "Theft from shop", "counts")
    assert person_timeline(Timeline(DATA_DATE), text_width).alt.endswith("Nothing is recorded.")


def test_many_events_are_numbered_and_every_number_is_explained() -> None:
    life = crowded()
    chart = person_timeline(life, text_width)
    events = [event for event in events_of(life) if not event.is_upright]
    bold = [part.text for part in chart.scene.primitives if isinstance(part, Text) and part.bold]
    assert [number for number in bold if number.isdigit()] == [str(at + 1) for at in range(len(events))]
    said = words(chart)
    assert all(event.words in said for event in events if len(event.words) < 30)
    assert "16 Jan 2024 follow-up ends" in said


def test_what_does_not_fit_a_page_is_left_to_the_table() -> None:
    free = person_timeline(crowded(), text_width, 495.0)
    chart = person_timeline(crowded(), text_width, 495.0, tallest=560.0)
    assert free.scene.height > 560 >= chart.scene.height
    assert "The table with this chart names every event in this order." in words(chart)
    assert chart.data == free.data


def test_alike_events_of_a_day_are_one_mark_with_their_number() -> None:
    mark = TimelineMark(X, MarkKind.OFFENCE, "Theft", counted=True)
    life = Timeline(DATA_DATE, (mark, mark, mark))
    chart = person_timeline(life, text_width)
    assert "16 Jan 2023 Theft \u00d7 3" in words(chart)
    assert len(chart.data.rows) == 3


def test_different_events_of_a_day_stand_above_each_other() -> None:
    both = tuple(TimelineMark(X, MarkKind.OFFENCE, "Theft", counted=counted) for counted in (True, False))
    drawn = person_timeline(Timeline(DATA_DATE, both), text_width).scene.primitives
    (diamond, _in_key) = (part for part in drawn if isinstance(part, Area) and part.fill == SERIES[1])
    (circle, _key) = (part for part in drawn if isinstance(part, Dot))
    assert abs(min(y for _x, y in diamond.points) + 5.6 - circle.centre[1]) >= 10


@given(st.lists(st.builds(Hung, st.floats(50, 600), st.floats(1, 200)), max_size=12))
def test_words_in_lanes_never_meet_and_no_line_passes_through_them(hung: list[Hung]) -> None:
    lanes = in_lanes(hung, 0.0, 700.0)
    if lanes is None:
        return
    placed = []
    for each, lane in zip(hung, lanes, strict=True):
        left = each.x + CLEAR if lane.to_right else each.x - CLEAR - each.wide
        placed.append((each.x, lane.lane, left, left + each.wide))
    for at, (x, lane, left, right) in enumerate(placed):
        assert left >= 0
        assert right <= 700
        for other, (_other_x, other_lane, other_left, other_right) in enumerate(placed):
            if at != other and lane == other_lane:
                assert right <= other_left or other_right <= left
            if at != other and lane > other_lane:
                assert not other_left < x < other_right


def test_years_are_marked_where_months_have_no_room() -> None:
    near = date_axis([date(2024, 1, 1), date(2024, 7, 1)], 80, 700).ticks(text_width)
    assert [words for _x, words in near] == [
        "Jan 2024",
        "Feb 2024",
        "Mar 2024",
        "Apr 2024",
        "May 2024",
        "Jun 2024",
        "Jul 2024",
    ]
    far = date_axis([date(1998, 1, 1), date(2024, 7, 1)], 80, 700).ticks(text_width)
    assert {len(words) for _x, words in far} == {4}


def test_what_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="spell"):
        TimelineSpan(X, date(2022, 1, 1), SpanKind.IOM, "")
    with pytest.raises(ValueError, match="follow each other"):
        TimelineWindow(X, date(2022, 1, 1), date(2024, 1, 1))
