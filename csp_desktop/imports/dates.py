"""Dates, decided per column and never per cell: one cell valid only as month first puts its whole column in doubt.

Only days 1 to 12 flip, so nobody notices a swap; and where Excel met such a column it has already turned some of its
texts into real dates, the wrong way round. So a column in doubt keeps every date that an order could change as text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from csp_desktop.imports.date_forms import (
    Digits,
    Exact,
    Form,
    NotADate,
    Precision,
    Unclear,
    read_form,
    serial_form,
    shown,
)
from csp_desktop.imports.grid import CellError, CellValue, MonthDate, text_of
from csp_desktop.imports.problems import Finding, Parsed, error, quote, warning
from csp_desktop.rules.periods import month_period
from models.vocabulary import DueKind, Word

_YEARS_AROUND = 10
_LAST_AMBIGUOUS_DAY = 12


class DateOrder(Word):
    """How a column writes 03/04/2025. In doubt, nobody has said yet."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True, slots=True)
class DateValue:
    """A timescale as read: a first and last day (the same for a day), or ``kind`` for a typed non-date.

    A due date is ``last``, a start is ``first``. ``note`` keeps what stood around the date ("by", "w/c").
    """

    first: date | None = None
    last: date | None = None
    precision: Precision = Precision.DAY
    kind: DueKind | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DateRules:
    """What is known beforehand: the order, None where nobody has said, and the first and last year of the plan."""

    order: DateOrder | None = None
    plan_years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of dates as read: one outcome for each cell given, in order, and what to say of the column."""

    order: DateOrder
    cells: tuple[Parsed[DateValue], ...]
    finding: Finding | None = None


def read_dates(values: Sequence[CellValue], rules: DateRules) -> DateColumn:
    """Read the filled cells of one column together; every outcome is in the place of its cell."""
    # dates repeat down a column: each is read once; by its type too, as 1 and True and 1.0 are equal
    forms = {key: _form(key[1]) for key in {(type(value), value): None for value in values}}
    order, contradicted = _order(forms.values(), rules)
    outcomes = {key: _outcome(key[1], form, order, rules) for key, form in forms.items()}
    cells = tuple(outcomes[type(value), value] for value in values)
    finding = contradicted
    if order is DateOrder.IN_DOUBT:
        finding = error(
            "This column has dates that can only be month first, so the order of day and month is in doubt and its "
            "dates were left out. Say whether the column is day first or month first."
        )
    return DateColumn(order, cells, finding)


def _order(forms: Iterable[Form | date | CellError], rules: DateRules) -> tuple[DateOrder, Finding | None]:
    """Return the order of a column, and what to say where its own dates go against the answer given for the file.

    The question is only ever asked of a column with month-first dates, so the answer "day first" holds for those too;
    "month first" holds for no column whose unambiguous dates all put the day first.
    """
    digits = [form for form in forms if isinstance(form, Digits)]
    day_first_only = [form.day_first for form in digits if form.month_first is None and form.day_first is not None]
    month_first_only = any(form.day_first is None for form in digits)
    if rules.order is DateOrder.MONTH_FIRST and day_first_only and not month_first_only:
        told = (
            f"This column has dates that can only be day first ({shown(day_first_only[0])}), so it was read day first."
        )
        return DateOrder.DAY_FIRST, warning(told)
    return rules.order or (DateOrder.IN_DOUBT if month_first_only else DateOrder.DAY_FIRST), None


def order_told(values: Iterable[CellValue]) -> tuple[bool, bool]:
    """Say whether some of these cells can only be day first, and whether some can only be month first."""
    digits = [form for form in map(_form, values) if isinstance(form, Digits)]
    return any(form.month_first is None for form in digits), any(form.day_first is None for form in digits)


def read_date(value: CellValue, order: DateOrder, rules: DateRules) -> Parsed[DateValue]:
    """Read one filled cell of a column whose order is settled, as ``read_dates`` reads it among the others."""
    return _outcome(value, _form(value), order, rules)


def is_datelike(value: CellValue) -> bool:
    """Say whether a cell would do in a date column: a date, or a typed non-date such as "Ongoing"."""
    if isinstance(value, date):
        return True
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    form = read_form(value) if isinstance(value, str) else serial_form(value)
    return form.near if isinstance(form, Unclear) else True


def _form(value: CellValue) -> Form | date | CellError:
    if isinstance(value, MonthDate):
        month = month_period(value.year, value.month)
        return Exact(month.first_day, month.last_day, Precision.MONTH)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date | CellError):
        return value
    if isinstance(value, bool | time):
        return Unclear(f"{quote(text_of(value))} is not a date", "31/03/2025")
    if isinstance(value, int | float):
        return serial_form(value)
    return read_form(text_of(value))


def _outcome(value: CellValue, form: Form | date | CellError, order: DateOrder, rules: DateRules) -> Parsed[DateValue]:
    """Return what one cell gives once its column's order is known."""
    if isinstance(form, CellError):
        return Parsed(None, (cell_error(form),))
    if isinstance(form, Unclear):
        return Parsed(None, (error(f"{form.why}. Expected a date; write {form.suggestion}."),))
    if isinstance(form, NotADate):
        return Parsed(DateValue(kind=form.kind, note=form.note))
    if isinstance(form, Digits):
        return _ordered(text_of(value), form, order, rules)
    if isinstance(form, Exact):
        read = DateValue(form.first, form.last, form.precision, note=form.note)
        return Parsed(read, _outside(form.last, rules))
    return _real(form, order, rules)


def _ordered(text: str, form: Digits, order: DateOrder, rules: DateRules) -> Parsed[DateValue]:
    """Return a date of digits in the column's order; where that order has no such date, say so at the cell."""
    if order is DateOrder.IN_DOUBT:
        if form.day_first is None and form.month_first is not None:
            meant = shown(form.month_first)
            return Parsed(None, (error(f"{quote(text)} can only be month first. If it means {meant}, write {meant}."),))
        return Parsed(None)
    day = form.day_first if order is DateOrder.DAY_FIRST else form.month_first
    other = form.month_first if order is DateOrder.DAY_FIRST else form.day_first
    if day is None:
        words = "day" if order is DateOrder.DAY_FIRST else "month"
        meant = f" If it means {shown(other)}, write that with the month in letters." if other else ""
        return Parsed(None, (error(f"{quote(text)} is not a real date with the {words} first.{meant}"),))
    return Parsed(DateValue(day, day, note=form.note), _outside(day, rules))


def _real(day: date, order: DateOrder, rules: DateRules) -> Parsed[DateValue]:
    """Return a real Excel date; beside month-first texts Excel may have swapped it, so it shares their doubt."""
    if order is DateOrder.IN_DOUBT:
        return Parsed(None)
    findings = _outside(day, rules)
    if order is DateOrder.MONTH_FIRST and day.day <= _LAST_AMBIGUOUS_DAY:
        findings = (
            *findings,
            warning(f"Taken as {shown(day)}; check it, as Excel may have swapped day and month here."),
        )
    return Parsed(DateValue(day, day), findings)


def cell_error(value: CellError) -> Finding:
    """Return the finding for a cell that shows an error, or a formula whose result was never stored."""
    if value.code.startswith("#"):
        return error(f"The cell shows {value.code}. Mend its formula, or type the value.")
    return error("The cell has a formula without a stored result. Open the file in Excel, save it and import it again.")


def _outside(day: date, rules: DateRules) -> tuple[Finding, ...]:
    """Return a warning where a date lies more than ten years outside the plan's."""
    if rules.plan_years is None:
        first, last = 1990, 2090
    else:
        first, last = rules.plan_years[0] - _YEARS_AROUND, rules.plan_years[1] + _YEARS_AROUND
    if first <= day.year <= last:
        return ()
    return (warning(f"{shown(day)} lies far outside the years of the plan. Check the year."),)
