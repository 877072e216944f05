"""The columns of the scorecard."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from csp_desktop.charts.scene import Scene
from csp_desktop.measures.drawn import arrow, run_of
from csp_desktop.measures.trends import Change
from csp_desktop.measures.values import shown
from csp_desktop.queries.measures import ScorecardRow
from ui.measures.words import period_words, to_know
from ui.tables.columns import Column, Kind, SortKey
from ui.tables.rag import RagCell

_WORST_FIRST = {"R": 0, "A": 1, "G": 2}
RUN_PT = (88.0, 20.0)


def scorecard_columns() -> tuple[Column[ScorecardRow], ...]:
    """Return the columns, the measure itself in the room that is left."""
    return (
        Column(key="ref", heading="Ref", kind=Kind.REF, width=10, spare=4, text=lambda row: row.measure.ref),
        Column(key="measure", heading="Measure", width=0, text=lambda row: row.measure.title, tooltip=_definition),
        Column(key="theme", heading="Theme", width=18, spare=5, text=lambda row: row.measure.theme),
        Column(key="owner", heading="Owner", width=15, spare=7, text=lambda row: row.measure.owner),
        Column(
            key="reading", heading="Reading", kind=Kind.NUMBER, width=15, text=_reading, note=_period,
            tooltip=period_words,
            sort_key=lambda row: _number(row.latest.value if row.latest else None),
        ),
        Column(
            key="target", heading="Target", kind=Kind.NUMBER, width=13, text=_target, note=_target_period,
            sort_key=lambda row: _number(row.target.value if row.target else None),
        ),
        Column(
            key="rag", heading="RAG", kind=Kind.RAG, width=10, text=lambda row: row.judged.word, rag=_rag,
            tooltip=lambda row: row.judged.reason, sort_key=lambda row: _WORST_FIRST.get(row.letter or ""),
        ),
        _trend("change", "Since last period", lambda row: row.change),
        _trend("year", "Since a year ago", lambda row: row.year_change, 1),
        Column(
            key="run", heading="Run", kind=Kind.DRAWING, width=13, spare=3, text=_run_words, drawing=_run,
            sort_key=_no_order,
        ),
        Column(
            key="rolling", heading="Rolling year", kind=Kind.NUMBER, width=13, spare=6, text=_rolling,
            sort_key=lambda row: _number(row.rolling.value if row.rolling else None),
        ),
        Column(
            key="know", heading="To know", width=20, spare=2, text=lambda row: "; ".join(to_know(row)),
            tooltip=lambda row: "\n".join(to_know(row)),
        ),
    )  # fmt: skip


def _trend(
    key: str, heading: str, change: Callable[[ScorecardRow], Change | None], spare: int = 0
) -> Column[ScorecardRow]:
    return Column(
        key=key,
        heading=heading,
        width=15,
        spare=spare,
        text=partial(_change_text, change),
        tooltip=partial(_change_words, change),
        drawing=partial(_arrow, change),
        sort_key=partial(_difference, change),
    )


def _change_text(change: Callable[[ScorecardRow], Change | None], row: ScorecardRow) -> str:
    found = change(row)
    return found.short if found else ""


def _change_words(change: Callable[[ScorecardRow], Change | None], row: ScorecardRow) -> str:
    found = change(row)
    return found.words if found else ""


def _arrow(change: Callable[[ScorecardRow], Change | None], row: ScorecardRow) -> Scene | None:
    found = change(row)
    return arrow(found.moved) if found and found.moved else None


def _difference(change: Callable[[ScorecardRow], Change | None], row: ScorecardRow) -> SortKey | None:
    found = change(row)
    return _number(found.difference) if found else None


def _definition(row: ScorecardRow) -> str:
    return "\n".join(part for part in (row.measure.title, row.measure.theme, row.measure.definition) if part)


def _reading(row: ScorecardRow) -> str:
    return shown(row.latest.value, row.measure.unit) if row.latest else ""


def _period(row: ScorecardRow) -> str:
    return row.latest.period if row.latest else ""


def _target(row: ScorecardRow) -> str:
    return shown(row.target.value, row.measure.unit) if row.target else ""


def _target_period(row: ScorecardRow) -> str:
    return row.target.period if row.target else ""


def _rolling(row: ScorecardRow) -> str:
    return shown(row.rolling.value, row.measure.unit) if row.rolling and row.rolling.value is not None else ""


def _rag(row: ScorecardRow) -> RagCell:
    return RagCell(row.judged.mark, reason=row.judged.reason)


def _run(row: ScorecardRow) -> Scene | None:
    return run_of(row.run, row.measure.unit, RUN_PT).scene if len(row.run) > 1 else None


def _run_words(row: ScorecardRow) -> str:
    return run_of(row.run, row.measure.unit).alt if len(row.run) > 1 else ""


def _no_order(_row: ScorecardRow) -> SortKey | None:
    return None


def _number(value: Decimal | None) -> SortKey | None:
    return None if value is None else float(value)
