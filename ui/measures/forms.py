"""The forms of measures: a reading, which may correct one that is there, and what is aimed at in a year."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from csp_desktop.commands.measures import reading_held, record_read, set_target
from csp_desktop.measures.spans import periods_of_year
from csp_desktop.measures.values import shown
from csp_desktop.queries.entries import find_entry
from csp_desktop.queries.measures import measure_history
from csp_desktop.registers.forms import Register
from csp_desktop.registers.numbers import read_decimal
from csp_desktop.rules.periods import FIRST_MONTH, MONTH_NAMES, Period, financial_year_label
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.terms import Frequency
from ui.entries.fields import values_of
from ui.entries.forms import NOTHING, adding_entry
from ui.forms.fields import ChoiceField, Field, TextField, Values
from ui.forms.form import FormSpec

SET_TARGETS = "set-targets"
ALL = "all"
YEARS_BACK, YEARS_AHEAD = 2, 4
_MONTHS = 12


def recording_reading(store: Store, today: date, given: Mapping[str, Any] = NOTHING) -> FormSpec:
    """Return the form of a reading: of a period that was read already it offers to correct what was read of it."""
    told: list[int] = []

    def save(values: Values) -> None:
        record_read(store, values_of(Register.READINGS, values), told[-1] if told else None)

    def warn(values: Values) -> Mapping[str, str]:
        try:
            held = reading_held(store, values_of(Register.READINGS, values))
        except FieldError:  # saving says so at its field
            return {}
        if held is None:
            return {}
        told.append(held)
        return {"period": _was_read(store, held)}

    return replace(adding_entry(store, Register.READINGS, today, given), save=save, warn=warn)


def _was_read(store: Store, reading_id: int) -> str:
    row = find_entry(store, Register.READINGS, reading_id)
    measure, days = row.row_id("measure") or 0, (row.day("first_day"), row.day("last_day"))
    history = measure_history(store, measure, date.max)
    before = next(shown(each.value, history.row.measure.unit) for each in history.readings if each.days == days)
    return (
        f"{before} was read of {row.text('period')} already. Save even so to put this in its place; the history keeps "
        "what was there."
    )


def setting_targets(store: Store, measure_id: int, today: date) -> FormSpec:
    """Return the form: a year, and a target for each of its periods or one for all. Raises CspError if it is gone."""
    measure = measure_history(store, measure_id, today).row.measure
    frequency = measure.frequency
    year = today.year - (today.month < FIRST_MONTH)

    def save(values: Values) -> None:
        set_target(store, measure_id, _targets(values, frequency))

    years = range(year - YEARS_BACK, year + YEARS_AHEAD + 1)
    choices: tuple[tuple[object, str], ...] = tuple((each, financial_year_label(each)) for each in years)
    return FormSpec(
        title=f"Set targets of {measure.title}",
        fields=(
            ChoiceField(key="year", label="Financial year", choices=choices, value=year),
            TextField(
                key=ALL,
                label=f"The same for every period ({measure.unit.label})",
                hint="Or one for each below. A period left blank keeps the target it has.",
                value="",
            ),
            *_period_fields(frequency),
        ),
        save_words="Set targets",
        save=save,
        name=SET_TARGETS,
        ids=(measure_id,),
        begins=ALL,
    )


def _period_fields(frequency: Frequency) -> tuple[Field, ...]:
    if frequency is Frequency.YEARLY:
        return ()
    words = [_words(frequency, at) for at in range(_MONTHS // frequency.months)]
    return tuple(TextField(key=str(at), label=each, value="") for at, each in enumerate(words))


def _words(frequency: Frequency, at: int) -> str:
    first = (FIRST_MONTH - 1 + at * frequency.months) % _MONTHS
    if frequency is Frequency.MONTHLY:
        return MONTH_NAMES[first]
    return f"Q{at + 1}: {MONTH_NAMES[first]} to {MONTH_NAMES[(first + frequency.months - 1) % _MONTHS]}"


def _targets(values: Values, frequency: Frequency) -> dict[Period, Decimal]:
    """Return what was typed by period; a period's own goes before that of all. Raises FieldError for no number."""
    year = values.number("year")
    periods = periods_of_year(frequency, year or 0)
    every = _typed(values, ALL)
    found: dict[Period, Decimal] = {}
    for at, period in enumerate(periods):
        own = None if frequency is Frequency.YEARLY else _typed(values, str(at))
        value = every if own is None else own
        if value is not None:
            found[period] = value
    if not found:
        raise FieldError(ALL, "Give a target for one period at least.")
    return found


def _typed(values: Values, key: str) -> Decimal | None:
    try:
        return read_decimal(values.text(key))
    except ValueError as refusal:
        raise FieldError(key, str(refusal)) from None
