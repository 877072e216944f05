"""A chart of every kind with invented figures, for tests of all of them."""

from csp_desktop.charts.chart import Chart
from csp_desktop.charts.interval_bars import Bar, interval_bars
from csp_desktop.charts.lines import Series, lines
from csp_desktop.charts.measure import text_width
from csp_desktop.charts.rag import BRAG
from csp_desktop.charts.rag_by_theme import ThemeCounts, rag_by_theme, rag_by_theme_alt, rag_by_theme_data
from csp_desktop.charts.sparkline import sparkline

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


def rag_chart() -> Chart:
    scene = rag_by_theme(THEMES, BRAG, text_width)
    return Chart(scene, rag_by_theme_alt(THEMES, BRAG), rag_by_theme_data(THEMES, BRAG))


CHARTS = {
    "rag by theme": rag_chart(),
    "bars with intervals": interval_bars(BARS, "%", text_width),
    "lines": lines(PERIODS, SERIES, "offences", text_width),
    "sparkline": sparkline((4, 6, None, 5, 9, 7, 8), "days"),
}
