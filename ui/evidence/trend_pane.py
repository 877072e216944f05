"""The pane beside ranked areas: one area's figures as a line and in words."""

from csp_desktop.charts.chart import Caption
from csp_desktop.charts.lines import Series, lines
from csp_desktop.charts.measure import text_width
from csp_desktop.queries.hotspot_words import change_words, climbed_words, figure_words, share_words, what_words
from csp_desktop.queries.hotspots import PER_PEOPLE, HotspotRow, Hotspots
from ui.charts.widget import ChartWidget
from ui.evidence.facts_pane import FactsPane
from ui.reoffending.sections import Grid
from ui.theme import px

MOST_LISTED = 13
WIDE = 350.0


def trend_pane(found: Hotspots, row: HotspotRow) -> FactsPane:
    """Return an area whole: how it ranks, and its figures of two years one after the other. Gaps stay gaps."""
    pane = FactsPane(row.name)
    pane.add_words(f"{found.indicator}, {what_words(found)}", "muted")
    pane.add_facts(
        (
            ("Figure", figure_words(row.value)),
            ("Of all", share_words(row.share)),
            ("Rank", f"{row.rank} of {len(found.rows)}"),
            (f"Per {PER_PEOPLE:,} people", figure_words(row.per_people)),
            ("Year before", figure_words(row.before)),
            ("Since then", change_words(row)),
            ("Rank since then", climbed_words(row)),
        )
    )
    spans, values = found.spans, row.run
    if len(spans) > 1:
        drawn = tuple(None if each is None else float(each) for each in values)
        chart = lines(tuple(span.label for span in spans), (Series(row.name, drawn),), "", text_width, WIDE)
        shown = ChartWidget(chart.scene, f"{found.indicator}: {row.name}", chart.alt)
        shown.captioned(Caption(f"{found.indicator}: {row.name}", what_words(found), "; ".join(found.sources)))
        shown.setMaximumWidth(px(int(WIDE * 1.6)))
        pane.add_heading("Over time")
        pane.column.addWidget(shown)
    listed = list(zip(spans, values, strict=True))[-MOST_LISTED:]
    if listed:
        grid = Grid(("Period", "Figure"))
        grid.show_rows([(span.label, "no figure" if value is None else figure_words(value)) for span, value in listed])
        pane.column.addWidget(grid)
    return pane.end()
