"""Which readings of a measure stand out by more than chance, by the control charts that the program has for rates.

A share whose periods all have a numerator and a denominator has limits that follow how many it rests on; everything
else is charted as single values. Source of both: ``csp_desktop.reoffending.control``.
"""

from collections.abc import Sequence

from csp_desktop.measures.spans import unbroken
from csp_desktop.measures.values import PeriodReading
from csp_desktop.reoffending.control import ControlChart, PeriodValue, Signal, p_chart, xmr_chart
from csp_desktop.reoffending.named_counts import NamedCounts
from csp_desktop.rules.periods import Period
from models.terms import MeasureUnit

_PERCENT = 100
FEWEST = 3
"""With fewer values there is nothing to draw a limit from."""
_MANY = 2_000
"""With more people a period the limits of a share become so narrow that ordinary change falls outside."""


def chart_of(readings: Sequence[PeriodReading], unit: MeasureUnit) -> ControlChart | None:
    """Return the chart of readings of one length, a gap for each period that is missing; shares are fractions.

    None for fewer than three values, and for values below 0, which these charts are not made for.
    """
    known = [each for each in readings if each.value is not None]
    if len(known) < FEWEST or any(each.value is not None and each.value < 0 for each in known):
        return None
    by_days = {each.days: each for each in known}
    series = [(period.label, by_days.get((period.first_day, period.last_day))) for period in charted(readings)]
    counts = _counts(known, unit)
    if counts is not None:
        return p_chart([NamedCounts(label, *(counts[each.days] if each else (0, 0))) for label, each in series])
    scale = _PERCENT if unit is MeasureUnit.PERCENT else 1
    return xmr_chart([PeriodValue(label, _scaled(each, scale)) for label, each in series])


def latest_signal(chart: ControlChart | None) -> str:
    """Return why the newest value is a signal, "" where it is none; with few values its limits are a first guess."""
    known = [point for point in chart.points if point.value is not None] if chart else []
    if not known or not known[-1].signals or chart is None or chart.centre is None:
        return ""
    point = known[-1]
    side = "above" if (point.value or 0) > chart.centre else "below"
    why = f"one of eight or more in a row {side} the average"
    if Signal.OUTSIDE in point.signals:
        why = f"{side} the {'upper' if side == 'above' else 'lower'} control limit"
    return f"{why}, as a first guess" if chart.is_tentative else why


def charted(readings: Sequence[PeriodReading]) -> tuple[Period, ...]:
    """Return the periods that a chart of readings has a place for, in order of time: gaps are among them."""
    return unbroken(each.span for each in readings if each.value is not None)


def _scaled(reading: PeriodReading | None, scale: int) -> float | None:
    return None if reading is None or reading.value is None else float(reading.value / scale)


def _counts(
    readings: Sequence[PeriodReading], unit: MeasureUnit
) -> dict[tuple[object, object], tuple[int, int]] | None:
    """Return how many of how many by period, None where a period is no such share or rests on very many."""
    if unit is not MeasureUnit.PERCENT:
        return None
    found: dict[tuple[object, object], tuple[int, int]] = {}
    for each in readings:
        part, whole = each.numerator, each.denominator
        if part is None or not whole or not 0 <= part <= whole or whole > _MANY:
            return None
        found[each.days] = (part, whole)
    return found
