"""The columns of a measure's readings and targets."""

from functools import partial

from csp_desktop.measures.standing import PeriodTarget
from csp_desktop.measures.values import PeriodReading, shown
from models.terms import MeasureUnit
from ui.measures.words import reading_words
from ui.tables.columns import Column, Kind


def reading_columns(unit: MeasureUnit = MeasureUnit.COUNT) -> tuple[Column[PeriodReading], ...]:
    """Return the columns of readings, whose values are in a unit."""
    return (
        Column(key="period", heading="Period", width=16, text=lambda row: row.period, sort_key=_day),
        Column(key="value", heading="Value", width=14, kind=Kind.NUMBER, text=partial(_value, unit), sort_key=_number),
        Column(key="of", heading="Worked out of", width=16, spare=1, text=partial(_of, unit)),
        Column(
            key="provisional", heading="Provisional", width=11, text=lambda row: "Yes" if row.is_provisional else ""
        ),
        Column(key="note", heading="Note", width=0, spare=2, text=lambda row: row.note),
    )


def target_columns(unit: MeasureUnit = MeasureUnit.COUNT) -> tuple[Column[PeriodTarget], ...]:
    """Return the columns of targets, whose values are in a unit."""
    return (
        Column(key="period", heading="Period", width=0, text=lambda row: row.period, sort_key=_first_day),
        Column(
            key="value",
            heading="Target",
            width=14,
            kind=Kind.NUMBER,
            text=lambda row: shown(row.value, unit),
            sort_key=lambda row: float(row.value),
        ),
    )


def _value(unit: MeasureUnit, row: PeriodReading) -> str:
    return "" if row.value is None else shown(row.value, unit)


def _of(unit: MeasureUnit, row: PeriodReading) -> str:
    return reading_words(row, unit)


def _number(row: PeriodReading) -> float | None:
    return None if row.value is None else float(row.value)


def _day(row: PeriodReading) -> int:
    return row.first_day.toordinal()


def _first_day(row: PeriodTarget) -> int:
    return row.first_day.toordinal()
