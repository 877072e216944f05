"""The columns of the tables used for counting."""

from csp_desktop.queries.lookups import CodeRow, EditionRow
from csp_desktop.queries.published import BenchmarkRow, EntrantsRow
from ui.reoffending.figure_words import interval_words, percent
from ui.tables.columns import Column, Kind

CODES: tuple[Column[CodeRow], ...] = (
    Column(key="code", heading="Code", kind=Kind.REF, width=10, text=lambda row: row.code),
    Column(key="description", heading="Description", width=0, text=lambda row: row.description),
    Column(
        key="group",
        heading="Group",
        width=28,
        text=lambda row: row.offence_group.label if row.offence_group else "",
    ),
    Column(
        key="severity",
        heading="Kind, for its severity",
        width=26,
        spare=1,
        text=lambda row: row.severity_class.label if row.severity_class else "",
    ),
    Column(
        key="breach",
        heading="Breach",
        width=9,
        spare=3,
        text=lambda row: "" if row.is_breach is None else ("yes" if row.is_breach else "no"),
    ),
    Column(
        key="uses",
        heading="Used",
        kind=Kind.NUMBER,
        width=8,
        text=lambda row: f"{row.uses:,}" if row.uses else "",
        sort_key=lambda row: row.uses or None,
        tooltip=lambda row: f"{row.offences:,} offences and {row.members:,} index events",
    ),
    Column(
        key="lacks",
        heading="To complete",
        width=18,
        spare=2,
        tone=lambda _row: "warning",
        text=lambda row: " and ".join(row.lacks),
    ),
)
EDITIONS: tuple[Column[EditionRow], ...] = (
    Column(key="index", heading="Index", width=30, text=lambda row: row.severity.label),
    Column(key="edition", heading="Edition", width=0, text=lambda row: row.edition, note=lambda row: row.source),
    Column(key="unit", heading="Unit", width=12, text=lambda row: row.unit),
    Column(
        key="weights",
        heading="Weights",
        kind=Kind.NUMBER,
        width=9,
        text=lambda row: f"{len(row.weights):,}",
        sort_key=lambda row: len(row.weights),
    ),
    Column(key="in_use", heading="In use", width=9, text=lambda row: "in use" if row.in_use else ""),
)
BENCHMARKS: tuple[Column[BenchmarkRow], ...] = (
    Column(key="area", heading="Area", width=0, text=lambda row: row.area, note=lambda row: row.series),
    Column(key="people", heading="People", width=12, text=lambda row: row.people),
    Column(
        key="period",
        heading="Period",
        width=24,
        text=lambda row: row.period,
        sort_key=lambda row: row.first_day.isoformat() if row.first_day else row.period,
    ),
    Column(
        key="offenders",
        heading="Offenders",
        kind=Kind.NUMBER,
        width=11,
        text=lambda row: "" if row.offenders is None else f"{row.offenders:,}",
        sort_key=lambda row: row.offenders,
    ),
    Column(
        key="rate",
        heading="Rate",
        kind=Kind.NUMBER,
        width=9,
        text=lambda row: "" if row.share is None else percent(row.share),
        sort_key=lambda row: row.share,
    ),
    Column(
        key="interval",
        heading="95% interval",
        kind=Kind.NUMBER,
        width=18,
        spare=1,
        text=lambda row: interval_words(row.interval),
    ),
)
ENTRANTS: tuple[Column[EntrantsRow], ...] = (
    Column(key="area", heading="Area", width=0, text=lambda row: row.area, note=lambda row: row.people),
    Column(
        key="period",
        heading="Period",
        width=24,
        text=lambda row: row.period,
        sort_key=lambda row: row.first_day.isoformat() if row.first_day else row.period,
    ),
    Column(
        key="entrants",
        heading="Entrants",
        kind=Kind.NUMBER,
        width=11,
        text=lambda row: f"{row.entrants:,}",
        sort_key=lambda row: row.entrants,
    ),
    Column(
        key="rate",
        heading="Per 100,000 aged 10 to 17",
        kind=Kind.NUMBER,
        width=26,
        text=lambda row: "" if row.rate is None else f"{row.rate:,.1f}",
        sort_key=lambda row: row.rate,
    ),
    Column(
        key="interval",
        heading="95% interval",
        kind=Kind.NUMBER,
        width=18,
        spare=1,
        text=lambda row: f"{row.interval.lower:,.1f} to {row.interval.upper:,.1f}" if row.interval else "",
    ),
)
