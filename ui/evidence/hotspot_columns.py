"""The columns of ranked areas."""

from csp_desktop.charts.scene import Scene
from csp_desktop.charts.sparkline import sparkline
from csp_desktop.queries.hotspot_words import change_words, climbed_words, figure_words, share_words
from csp_desktop.queries.hotspots import PER_PEOPLE, HotspotRow
from ui.tables.columns import Column, Kind

RUN = "run"
RUN_PX = 100
RUN_SIZE = (100.0, 26.0)


def run_drawn(row: HotspotRow) -> Scene | None:
    """Return the figures of an area as a line the size of a word."""
    return sparkline(tuple(None if each is None else float(each) for each in row.run), "", RUN_SIZE).scene


def _run_words(row: HotspotRow) -> str:
    return sparkline(tuple(None if each is None else float(each) for each in row.run)).alt


HOTSPOTS: tuple[Column[HotspotRow], ...] = (
    Column(
        key="rank",
        heading="Rank",
        kind=Kind.NUMBER,
        width=8,
        text=lambda row: f"{row.rank}",
        note=climbed_words,
        sort_key=lambda row: row.rank,
        tooltip=lambda row: f"Rank {row.rank_before} a year before" if row.rank_before else "",
    ),
    Column(key="name", heading="Area", width=0, text=lambda row: row.name, note=lambda row: row.code),
    Column(
        key="value",
        heading="Figure",
        kind=Kind.NUMBER,
        width=11,
        text=lambda row: figure_words(row.value),
        sort_key=lambda row: float(row.value),
    ),
    Column(
        key="share",
        heading="Of all",
        kind=Kind.NUMBER,
        width=9,
        text=lambda row: share_words(row.share),
        sort_key=lambda row: None if row.share is None else float(row.share),
    ),
    Column(
        key="per",
        heading=f"Per {PER_PEOPLE:,} people",
        kind=Kind.NUMBER,
        width=17,
        spare=2,
        text=lambda row: figure_words(row.per_people),
        sort_key=lambda row: None if row.per_people is None else float(row.per_people),
        tooltip=lambda row: f"{row.people:,} people" if row.people else "",
    ),
    Column(
        key="change",
        heading="Since the year before",
        kind=Kind.NUMBER,
        width=20,
        spare=1,
        text=change_words,
        note=lambda row: "" if row.before is None else f"was {figure_words(row.before)}",
        sort_key=lambda row: None if row.change is None else float(row.change),
    ),
    Column(key=RUN, heading="Two years", width=18, spare=3, text=lambda _row: "", tooltip=_run_words),
)
