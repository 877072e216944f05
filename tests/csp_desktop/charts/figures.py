"""A chart of every kind with invented figures, for tests of all of them."""

from datetime import date

from csp_desktop.charts.chart import Chart
from csp_desktop.charts.control_chart import control_chart
from csp_desktop.charts.control_page import ControlStretch
from csp_desktop.charts.funnel_plot import funnel_plot
from csp_desktop.charts.interval_bars import Bar, interval_bars
from csp_desktop.charts.lines import Series, lines
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.person_timeline import person_timeline
from csp_desktop.charts.rag import BRAG
from csp_desktop.charts.rag_by_theme import ThemeCounts, rag_by_theme, rag_by_theme_alt, rag_by_theme_data
from csp_desktop.charts.rates_compared import ComparedRate, RateGroup, rates_compared
from csp_desktop.charts.sparkline import sparkline
from csp_desktop.charts.survival_curve import survival_curve
from csp_desktop.charts.survival_numbers import GroupCurve
from csp_desktop.charts.timeline_events import (
    MarkKind,
    SpanKind,
    Timeline,
    TimelineMark,
    TimelineSpan,
    TimelineWindow,
)
from csp_desktop.reoffending.control import p_chart
from csp_desktop.reoffending.funnel import funnel
from csp_desktop.reoffending.named_counts import NamedCounts
from csp_desktop.reoffending.survival import kaplan_meier

THEMES = (
    ThemeCounts("Preventing and reducing crime", {"R": 1, "A": 2, "G": 6, "B": 1}, {"R": 2, "A": 2, "G": 5, "": 1}),
    ThemeCounts("Tackling anti-social behaviour", {"A": 1, "G": 9, "": 2}, {"G": 10, "": 2}),
    ThemeCounts("Improving place", {"R": 2, "A": 4, "G": 5}),
)
BARS = (
    Bar("Integrated offender management", 42.0, 31.2, 53.6, 66),
    Bar("Probation alone", 38.5, 34.0, 43.1, 412),
    Bar("Youth justice", 9.0, 3.1, 22.6, 33),
    Bar("All of Kirklees", 36.0),
)
PERIODS = tuple(f"Q{quarter} {year}/{year + 1 - 2000}" for year in (2024, 2025) for quarter in (1, 2, 3, 4))
SERIES = (
    Series("Dewsbury", (31, 28, 30, 34, 29, 25, 24, 22)),
    Series("Batley and Spen", (22, 24, None, 27, 26, 25, 24, 23)),
    Series("Huddersfield", (12, 11, 14, 10, 9, 9.5, 8, None)),
)


DAYS = ((20, True), (75, True), (120, False), (200, True), (366, True))
CURVES = (
    GroupCurve("Integrated offender management", kaplan_meier([*DAYS, *[(365, False)] * 4])),
    GroupCurve("Probation alone", kaplan_meier([*DAYS[2:], *[(365, False)] * 9])),
)
UNITS = (
    NamedCounts("Kirklees", 310, 980),
    NamedCounts("Calderdale", 98, 430),
    NamedCounts("Bradford", 363, 1320),
    NamedCounts("Leeds", 620, 1805),
)
STRETCHES = (
    ControlStretch(
        "Cohorts of twelve months", p_chart([NamedCounts(period, 60 + at % 3, 210) for at, period in enumerate("ABCD")])
    ),
    ControlStretch("Cohorts of three months", p_chart([NamedCounts(f"{at}", 70 + at**3, 200) for at in range(5)])),
)
PERSON = Timeline(
    date(2025, 9, 30),
    (
        TimelineMark(date(2023, 1, 16), MarkKind.INDEX, "Burglary"),
        TimelineMark(date(2023, 5, 3), MarkKind.OFFENCE, "Theft from shop", counted=True),
        TimelineMark(date(2023, 6, 20), MarkKind.PROOF, "Conviction"),
        TimelineMark(date(2024, 3, 1), MarkKind.OFFENCE, "Criminal damage", counted=False),
        TimelineMark(date(2025, 8, 1), MarkKind.OFFENCE, "Robbery"),
    ),
    (
        TimelineSpan(date(2023, 9, 13), date(2023, 12, 20), SpanKind.CUSTODY, "HMP Leeds"),
        TimelineSpan(date(2025, 1, 1), None, SpanKind.IOM, "Flex, red"),
    ),
    (TimelineWindow(date(2023, 1, 16), date(2024, 1, 16), date(2024, 7, 16)),),
)
RATES = (
    RateGroup(
        "Cohorts of three months",
        (
            ComparedRate("Kirklees 2023", 0.306, 0.29, 0.322, 3200),
            ComparedRate("Kirklees 2024", 0.23, 0.205, 0.257, 1001, provisional=True),
            ComparedRate("Mirfield", None, note="~ hidden"),
        ),
    ),
    RateGroup("Cohorts of twelve months", (ComparedRate("Kirklees 2010", 0.257, 0.231, 0.285, 1000),)),
)


def rag_chart() -> Chart:
    scene = rag_by_theme(THEMES, BRAG, text_width)
    return Chart(scene, rag_by_theme_alt(THEMES, BRAG), rag_by_theme_data(THEMES, BRAG))


FUNNEL = funnel(UNITS, 0.275)
assert FUNNEL is not None

CHARTS = {
    "rag by theme": rag_chart(),
    "bars with intervals": interval_bars(BARS, "%", text_width),
    "lines": lines(PERIODS, SERIES, "offences", text_width),
    "sparkline": sparkline((4, 6, None, 5, 9, 7, 8), "days"),
    "survival curve": survival_curve(CURVES, text_width),
    "funnel": funnel_plot(FUNNEL, "England and Wales", text_width),
    "control chart": control_chart(STRETCHES, "%", text_width),
    "timeline": person_timeline(PERSON, text_width, 495.0),
    "rates compared": rates_compared(RATES, text_width),
}
