"""The evidence summary's places: the main indicators, the ten areas with most of each, and how those have gone."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from csp_desktop.charts.chart import Chart
from csp_desktop.charts.lines import Series, lines
from csp_desktop.charts.measure import text_width
from csp_desktop.queries.area_figures import IndicatorRow, list_indicators
from csp_desktop.queries.hotspot_words import change_words, finding_words, rounded, tenth, what_words
from csp_desktop.queries.hotspots import PER_PEOPLE, HotspotRow, Hotspots, hotspots
from csp_desktop.queries.publication import publication
from csp_desktop.reoffending.disclosure import SUPPRESSED, DisclosureRules
from csp_desktop.reports.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    ColumnKind,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Role,
    Table,
)
from csp_desktop.store import Store
from models.terms import AreaKind, Topic

MOST_INDICATORS, MOST_AREAS, MOST_DRAWN = 6, 10, 3
FEWEST_SPANS, MOST_SPANS = 4, 13
_NEAR_PEOPLE = frozenset({AreaKind.SMALL_AREA, AreaKind.PLACE})
_KINDS = (AreaKind.WARD, AreaKind.TOWN, AreaKind.SMALL_AREA, AreaKind.PLACE, AreaKind.DISTRICT)
_NUMBER = ColumnKind.NUMBER
_NOT_KNOWN = "not known"
_TWO = 2
_NO_RATES = "Rates of small areas and places are not published: the counts behind them could be of very few people."


def hotspot_blocks(store: Store, pressing: frozenset[Topic], *, public: bool) -> list[Block]:
    """Return the section on places, nothing where there are no figures. Figures on ``pressing`` topics come first.

    In public, counts of small areas and places below the partnership's threshold are left out, and with them all
    that they could be worked out from: shares of the whole and figures by month.
    """
    indicators = _main(list_indicators(store), pressing)
    if not indicators:
        return []
    rules = publication(store).rules if public else None
    blocks: list[Block] = [PageBreak(), Heading(2, "Where it happens")]
    for row in indicators[:MOST_INDICATORS]:
        found = hotspots(store, row.indicator, None, row.area_kind)
        if found.rows:
            blocks += _indicator(found, rules if found.area_kind in _NEAR_PEOPLE else None)
    left = [row.indicator for row in indicators[MOST_INDICATORS:]]
    if left:
        blocks.append(Heading(3, "Other figures"))
        blocks.append(Paragraph("There are figures by area of these as well; the program ranks them."))
        blocks.append(BulletList(tuple(left)))
    return blocks


def _main(rows: Iterable[IndicatorRow], pressing: frozenset[Topic]) -> list[IndicatorRow]:
    """Return each indicator by one kind of area, wards where there are such figures, the main ones first."""
    chosen: dict[str, IndicatorRow] = {}
    for row in sorted(rows, key=lambda row: _KINDS.index(row.area_kind)):
        chosen.setdefault(row.indicator, row)
    return sorted(chosen.values(), key=lambda row: (row.topic not in pressing, -row.figures, row.indicator))


def _indicator(found: Hotspots, rules: DisclosureRules | None) -> list[Block]:
    blocks: list[Block] = [
        Heading(3, f"{found.indicator} by {found.area_kind.label[:1].lower()}{found.area_kind.label[1:]}")
    ]
    if rules is not None and not found.is_counted:
        return [*blocks, Paragraph(_NO_RATES)]
    shown = [row for row in found.rows if rules is None or not rules.is_small(int(row.value))]
    if not shown:
        return [*blocks, Paragraph("Every count is too small to publish: it could point at individual people.")]
    blocks.append(Paragraph(f"{what_words(found)[:1].upper()}{what_words(found)[1:]}. {_first(found, rules)}".strip()))
    blocks.append(_table(found, shown[:MOST_AREAS], rules))
    if rules is None:
        blocks += _figure(found)
    blocks += [Paragraph(note, Role.MUTED) for note in (*found.notes, *([_left_out(rules)] if rules else []))]
    return blocks


def _first(found: Hotspots, rules: DisclosureRules | None) -> str:
    """Return who stands first; without its share where that would tell the whole."""
    return finding_words(found) if rules is None else f"{found.rows[0].name} stands first."


def _table(found: Hotspots, rows: Sequence[HotspotRow], rules: DisclosureRules | None) -> Table:
    columns = [Column("Area", weight=2.6), Column("Rank", _NUMBER, 0.8), Column("Figure", _NUMBER, 1.0)]
    columns += [Column("Of all", _NUMBER, 0.9, "%")] if found.is_counted and rules is None else []
    has_rates = any(row.per_people is not None for row in rows)
    columns += [Column(f"Per {PER_PEOPLE:,} people", _NUMBER, 1.1)] if has_rates else []
    columns.append(Column("Since the year before", weight=1.7))
    headings = [column.heading for column in columns]
    has_codes = found.area_kind is AreaKind.PLACE  # an extract has many places of one name
    names = [f"{row.name} ({row.code})" if has_codes and row.code else row.name for row in rows]
    told = [_cells(row, rules) | {"Area": name} for row, name in zip(rows, names, strict=True)]
    cells = tuple(tuple(each[heading] for heading in headings) for each in told)
    caption = f"{found.indicator}: {'all' if len(rows) == len(found.rows) else 'first'} {len(rows)} areas"
    return Table(caption, tuple(columns), cells)


def _cells(row: HotspotRow, rules: DisclosureRules | None) -> dict[str, Cell]:
    """Return a row's cells by the headings of their columns, its name apart."""
    is_hidden = rules is not None and row.before is not None and rules.is_small(int(row.before))
    change = SUPPRESSED if is_hidden else change_words(row) or "not compared"
    return {
        "Rank": row.rank,
        "Figure": rounded(row.value),
        "Of all": _NOT_KNOWN if row.share is None else tenth(row.share * 100),
        f"Per {PER_PEOPLE:,} people": _NOT_KNOWN if row.per_people is None else tenth(row.per_people),
        "Since the year before": change,
    }


def _figure(found: Hotspots) -> list[Block]:
    """Return the newest figures of the first areas as lines, nothing where there are too few for a line."""
    rows = found.rows[:MOST_DRAWN]
    newest = range(max(len(found.spans) - MOST_SPANS, 0), len(found.spans))
    if sum(any(row.run[at] is not None for row in rows) for at in newest) < FEWEST_SPANS:
        return []
    spans = [found.spans[at] for at in newest]
    runs = [tuple(_drawn(row.run[at]) for at in newest) for row in rows]
    series = tuple(Series(row.name, run) for row, run in zip(rows, runs, strict=True))
    chart = lines(tuple(span.label for span in spans), series, "", text_width)
    return [
        Figure(
            scene=chart.scene,
            title="The first area over time" if len(rows) == 1 else f"The first {len(rows)} areas over time",
            subtitle=f"{found.indicator}, {spans[0].label} to {spans[-1].label}. A gap is a period without a figure.",
            source=f"Source: {'; '.join(found.sources) or 'not named'}.",
            alt=chart.alt,
            data=_data(found, chart),
        )
    ]


def _drawn(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _data(found: Hotspots, chart: Chart) -> Table:
    kinds = [Column(chart.data.headings[0]), *(Column(heading, _NUMBER) for heading in chart.data.headings[1:])]
    rows = tuple(
        (str(row[0]), *("no figure" if cell == _NOT_KNOWN else str(cell) for cell in row[1:]))
        for row in chart.data.rows
    )
    return Table(f"{found.indicator}: the figures drawn above", tuple(kinds), rows)


def _left_out(rules: DisclosureRules) -> str:
    """Say what a public report keeps back of small areas and places."""
    away = "Shares of the whole and figures by month of small areas and places are not published"
    if rules.threshold == 1:
        return f"{away}."
    counts = "Counts of 1" if rules.threshold == _TWO else f"Counts from 1 to {rules.threshold - 1}"
    return f"{counts} are left out or shown as {SUPPRESSED}. {away}: small counts could be worked out from them."
