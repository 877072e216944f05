"""Which readings stand out, and what is drawn of them."""

from decimal import Decimal

from csp_desktop.charts.scene import Area
from csp_desktop.measures.drawn import arrow, measure_chart, no_chart_words, run_of
from csp_desktop.measures.signals import chart_of, latest_signal
from csp_desktop.measures.spans import periods_of_year
from csp_desktop.measures.standing import PeriodTarget
from csp_desktop.measures.trends import Moved
from csp_desktop.measures.values import PeriodReading
from models.terms import Frequency
from tests.csp_desktop.measures.readings import COUNT, PERCENT, read


def months(*values: str, unit: object = COUNT) -> list[PeriodReading]:
    labels = [period.label for year in (2024, 2025) for period in periods_of_year(Frequency.MONTHLY, year)]
    kind = PERCENT if unit is PERCENT else COUNT
    return [read(label, value, kind) for label, value in zip(labels, values, strict=False)]


def test_single_values_have_limits_of_their_moving_ranges() -> None:
    # mean 11, moving ranges 2, 2, 2: the limits are 11 +- 2.66 * 2, by hand
    chart = chart_of(months("10", "12", "10", "12"), COUNT)
    assert chart is not None
    assert chart.centre == 11
    limits = chart.points[0].limits
    assert limits is not None
    assert [round(limits.lower, 2), round(limits.upper, 2)] == [5.68, 16.32]


def test_a_share_has_limits_by_how_many_it_rests_on() -> None:
    chart = chart_of(months("10/100", "30/100", "20/400", unit=PERCENT), PERCENT)
    assert chart is not None
    assert chart.centre == 60 / 600
    widths = [point.limits.upper - point.limits.lower for point in chart.points if point.limits]
    assert widths[2] < widths[0]


def test_a_missing_period_is_a_gap() -> None:
    readings = months("10", "12", "10", "12")
    del readings[1]
    chart = chart_of(readings, COUNT)
    assert chart is not None
    assert [point.value for point in chart.points] == [10, None, 10, 12]


def test_the_newest_value_is_told_when_it_stands_out() -> None:
    steady = ["50", "52", "49", "51", "50", "52", "49", "51", "50", "52", "49", "51"]
    assert latest_signal(chart_of(months(*steady), COUNT)) == ""
    assert latest_signal(chart_of(months(*steady, "80"), COUNT)) == "above the upper control limit"
    assert (
        latest_signal(chart_of(months(*steady, *("48",) * 8), COUNT))
        == "one of eight or more in a row below the average"
    )
    assert (
        latest_signal(chart_of(months(*steady[:8], "80"), COUNT)) == "above the upper control limit, as a first guess"
    )
    assert latest_signal(None) == ""


def test_too_few_values_and_values_below_nought_have_no_chart() -> None:
    assert chart_of(months("1", "2"), COUNT) is None
    assert chart_of(months("1", "-2", "3"), COUNT) is None
    assert measure_chart("Few", months("1", "2"), COUNT) is None
    assert "values below 0" in no_chart_words(months("1", "-2", "3"))
    assert "three readings" in no_chart_words(months("1", "2"))


def test_a_measure_is_drawn_with_its_figures_in_words() -> None:
    chart = measure_chart("Reports", months("10", "12", "10", "12"), COUNT)
    assert chart is not None
    assert "Reports: average 11" in chart.alt
    assert chart.data.rows[0][:2] == ("April 2024", "10")
    assert run_of(months("10", "12"), COUNT).alt.startswith("Latest 12, up from 10")


def test_each_way_has_an_arrow_of_its_own() -> None:
    shapes = [arrow(moved).primitives[0] for moved in Moved]
    tips = [shape.points[0] for shape in shapes if isinstance(shape, Area)]
    assert tips == [(6.0, 1.0), (6.0, 11.0), (11.0, 6.0)]


def test_the_chart_shows_what_is_aimed_at_in_each_period_that_has_a_target() -> None:
    readings = months("10/100", "30/100", "20/100", unit=PERCENT)
    year = readings[0].first_day, readings[-1].last_day
    targets = [
        PeriodTarget(1, 1, "the year", *year, Decimal("12.5")),
        PeriodTarget(2, 1, readings[1].period, *readings[1].days, Decimal(25)),
    ]
    chart = measure_chart("Shares", readings, PERCENT, targets)
    assert chart is not None
    at = chart.data.headings.index("Target")
    assert [row[at] for row in chart.data.rows] == ["12.5", "25.0", "12.5"]
    assert "target 12.5%" in chart.alt
    counts = measure_chart("Counts", months("10", "30", "20"), COUNT, targets[:1])
    assert counts is not None
    assert "Target" not in counts.data.headings
