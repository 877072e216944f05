from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.charts.measure import text_width
from csp_desktop.charts.outputs_over_time import Earlier, OutputRun, OutputRuns, outputs_over_time
from csp_desktop.charts.place_plan import PlannedPlace, place_plan
from csp_desktop.charts.scene import Dot, Rectangle, Text
from tests.csp_desktop.charts.figures import PERIODS
from tests.csp_desktop.charts.test_chart_kinds import NAMES, assert_inside

EARLIER = Earlier(4, "2024/25", "2025/26")
PLACED = st.none() | st.integers(0, 1000)


@st.composite
def outputs(draw: st.DrawFn) -> OutputRuns:
    periods = PERIODS[: draw(st.integers(1, len(PERIODS)))]
    counts = st.lists(st.integers(0, 2_000_000), min_size=len(periods), max_size=len(periods)).map(tuple)
    runs = draw(st.lists(st.builds(OutputRun, NAMES, counts), max_size=11))
    return OutputRuns(periods, tuple(runs), draw(st.sampled_from((None, EARLIER))))


@given(outputs())
def test_outputs_stay_in_their_frame_and_in_the_table(found: OutputRuns) -> None:
    chart = outputs_over_time(found, text_width)

    assert_inside(chart)
    assert [row[1:-1] for row in chart.data.rows] == [run.counts for run in found.runs]
    assert all(row[-1] == sum(run.counts) for row, run in zip(chart.data.rows, found.runs, strict=True))


def test_the_year_before_is_told_apart_without_colour_and_noughts_have_no_bar() -> None:
    run = OutputRun("Arrests", (4, 0, 2, 1, 3, 0, 5, 6))
    chart = outputs_over_time(OutputRuns(PERIODS, (run,), EARLIER), text_width)

    bars = [each for each in chart.scene.primitives if isinstance(each, Rectangle)]
    assert [bar.fill == bars[0].fill for bar in bars[:6]] == [True, True, True, False, False, False]
    assert bars[0].size[1] > bars[1].size[1] > bars[2].size[1]
    assert "Arrests: 21 in all, most in Q4 2025/26 (6), 6 in Q4 2025/26." in chart.alt


def test_the_rarest_types_stand_in_the_data_alone_and_the_chart_says_so() -> None:
    runs = tuple(OutputRun(f"Type {at}", (20 - at,) * 8) for at in range(10))
    chart = outputs_over_time(OutputRuns(PERIODS, runs), text_width)

    said = [each.text for each in chart.scene.primitives if isinstance(each, Text) and each.bold]
    assert said == [f"Type {at}" for at in range(8)]
    notes = " ".join(each.text for each in chart.scene.primitives if isinstance(each, Text) and not each.bold)
    assert "2 more types stand in the table." in notes
    assert len(chart.data.rows) == 10


@given(st.lists(st.builds(PlannedPlace, NAMES, PLACED, PLACED, st.integers(0, 900)), max_size=12).map(tuple))
def test_every_place_is_on_the_plan_or_named_below_it(places: tuple[PlannedPlace, ...]) -> None:
    chart = place_plan(places, text_width)

    assert_inside(chart)
    dots = [each for each in chart.scene.primitives if isinstance(each, Dot)]
    placed = [place for place in places if place.across is not None and place.down is not None]
    assert len(dots) == len(placed)
    told = "Not on the plan yet:" in " ".join(each.text for each in chart.scene.primitives if isinstance(each, Text))
    assert told == (len(placed) < len(places))
