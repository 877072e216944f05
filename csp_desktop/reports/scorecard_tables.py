"""The tables of the measure scorecard: counts by theme, every measure as it stands, and what is measured."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from csp_desktop.charts.rag import AMBER, GREEN, RED
from csp_desktop.measures.trends import Change
from csp_desktop.measures.values import rounded
from csp_desktop.queries.measures import ScorecardRow
from csp_desktop.reoffending.disclosure import SUPPRESSED
from csp_desktop.reports.action_tables import count, said
from csp_desktop.reports.blocks import Cell, Column, ColumnKind, RagCell, Table
from csp_desktop.reports.framing import NONE
from models.terms import MeasureUnit

_NUMBER = ColumnKind.NUMBER
_COUNTED = (RED, AMBER, GREEN)
_COUNTS = (
    Column("Theme", weight=3.0),
    *(Column(mark.word, _NUMBER, 0.8) for mark in _COUNTED),
    Column("Not judged", _NUMBER),
)
_MEASURES = (
    Column("Ref", weight=0.9),
    Column("Measure", weight=2.6),
    Column("Unit", weight=0.9),
    Column("Reading", _NUMBER, 0.9),
    Column("Period", weight=1.3),
    Column("Target", _NUMBER, 0.8),
    Column("RAG", ColumnKind.RAG, 1.1),
    Column("Since the period before", weight=1.3),
    Column("Since a year before", weight=1.3),
    Column("Rolling year", _NUMBER, 0.9),
)


def counts_table(by_theme: Sequence[tuple[str, Sequence[ScorecardRow]]]) -> Table:
    """Return how many measures of each theme stand where, with a total."""
    rows: list[tuple[Cell, ...]] = [_counts(theme, rows) for theme, rows in by_theme]
    every = [row for _theme, rows in by_theme for row in rows]
    if len(by_theme) > 1:
        rows.append(_counts("All", every))
    return Table(f"{count(len(every), 'measure')} by theme", _COUNTS, tuple(rows), total=len(by_theme) > 1)


def _counts(name: str, rows: Sequence[ScorecardRow]) -> tuple[Cell, ...]:
    return (
        name,
        *(sum(row.judged.mark is mark for row in rows) for mark in _COUNTED),
        sum(row.judged.mark is None for row in rows),
    )


def measures_table(theme: str, rows: Sequence[ScorecardRow], hidden: Collection[int]) -> Table:
    """Return the measures of a theme as they stand; ``hidden`` are the ids whose figures are not published."""
    cells = tuple(_hidden(row) if row.id in hidden else _measure(row) for row in rows)
    return Table(f"{theme}: {count(len(rows), 'measure')}", _MEASURES, cells)


def _measure(row: ScorecardRow) -> tuple[Cell, ...]:
    unit = row.measure.unit
    return (
        *_head(row),
        _value(row.latest.value if row.latest else None, unit),
        _period(row),
        _value(row.target.value if row.target else None, unit),
        RagCell(row.judged.mark) if row.judged.mark else row.judged.word,
        _change(row.change),
        _change(row.year_change),
        _value(row.rolling.value if row.rolling else None, unit),
    )


def _hidden(row: ScorecardRow) -> tuple[Cell, ...]:
    return (*_head(row), SUPPRESSED, _period(row), *(SUPPRESSED,) * 5)


def _head(row: ScorecardRow) -> tuple[Cell, ...]:
    return row.measure.ref, row.measure.title, row.measure.unit.label


def _value(value: Decimal | None, unit: MeasureUnit) -> Cell:
    return NONE if value is None else rounded(value, unit)


def _period(row: ScorecardRow) -> str:
    if row.latest is None:
        return NONE
    return f"{row.latest.period},\nprovisional" if row.latest.is_provisional else row.latest.period


def _change(change: Change | None) -> str:
    return change.short if change and change.short else "not known"


def targets_missed(row: ScorecardRow) -> str:
    """Return by how much a measure misses its target and where it is going, as one sentence without its full stop."""
    latest = row.latest
    told = f"In {latest.period} {row.judged.reason}" if latest else row.judged.reason
    known = [each for each in (row.change, row.year_change) if each and each.difference is not None]
    moves = list(dict.fromkeys(each.words for each in known))
    return f"{told}. It is {' and '.join(moves)}" if moves else told


def definitions_table(rows: Sequence[ScorecardRow], *, public: bool) -> Table:
    """Return what each measure is, how it is read and judged; who owns it is not for the public."""
    columns = [
        Column("Ref", weight=0.9),
        Column("Measure", weight=2.0),
        Column("What is counted", weight=3.2),
        Column("Good is", weight=1.2),
        Column("Read", weight=1.0),
        Column("Tolerance", _NUMBER, 0.9, "%"),
        Column("Baseline", weight=1.3),
        Column("Source", weight=1.6),
    ]
    columns += [] if public else [Column("Owner", weight=1.6)]
    cells = tuple(_definition(row, public=public) for row in rows)
    return Table(f"{count(len(rows), 'measure')}: what each is", tuple(columns), cells)


def _definition(row: ScorecardRow, *, public: bool) -> tuple[Cell, ...]:
    measure = row.measure
    cells: tuple[Cell, ...] = (
        measure.ref,
        measure.title,
        said(measure.definition, "not written down yet"),
        measure.terms.polarity.label,
        measure.frequency.label,
        measure.terms.tolerance_percent,
        measure.baseline_words,
        said(measure.source, NONE),
    )
    return cells if public else (*cells, said(measure.owner, "no owner"))
