"""What the command line lists of the registers beside the plan: the fields of each form, and what follows from them.

A name is what its row is called, a word its stored text, several values a list, counts how many by what was counted.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from csp_desktop.queries.action_log import list_log
from csp_desktop.queries.area_figures import list_figures
from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.measures import list_scorecard
from csp_desktop.queries.risks import list_risks
from csp_desktop.queries.town_centre import list_clauses, list_operations
from csp_desktop.recording import encode
from csp_desktop.registers.forms import FieldKind, Register, RegisterField, form_of
from csp_desktop.store import Store

Object = dict[str, Any]
Extras = Mapping[int, Mapping[str, Any]]
MOST_COLUMNS = 7
AREA_FIGURES = Register.AREA_FIGURES.value
STREET_CRIME = Register.STREET_CRIME.value
_FIGURES = frozenset({AREA_FIGURES, STREET_CRIME})
_OF_FIGURES = ("indicator", "area_name", "period", "value", "numerator", "denominator", "source")
_OWN_COLUMNS = {
    Register.AREA_FIGURES: _OF_FIGURES,
    Register.STREET_CRIME: _OF_FIGURES,
    Register.MEETINGS: ("group", "held_on", "dated_text", "status", "venue", "chair"),
}
_ADDED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "log": ("overdue_days",),
    "follow-ups": ("overdue_days",),
    "order-clauses": ("standing",),
    "risks": ("score", "level"),
    "measures": ("latest_value", "latest_period", "rag"),
}


def entry_objects(store: Store, subject: str, as_of: date) -> list[Object]:
    """Return the rows of a register as plain objects: dates ISO, decimals numbers, absent values None.

    Figures of areas and those counted of street crime lie in one table; the second list is of the latter alone.
    """
    if subject in _FIGURES:
        return [_figure(row) for row in list_figures(store) if subject == AREA_FIGURES or row.is_of_extract]
    register = Register(subject)
    extras = _EXTRAS[register](store, as_of) if register in _EXTRAS else {}
    fields = form_of(register).fields
    return [
        {field.name: _value(field, entry.values[field.name]) for field in fields}
        | {name: plain(value) for name, value in extras.get(entry.id, {}).items()}
        for entry in list_entries(store, register)
    ]


def plain(value: Any) -> Any:
    """Return a value as JSON holds it; empty text is None, a whole decimal a whole number."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return None if value == "" else encode(value)


def _value(field: RegisterField, value: Any) -> Any:
    if field.kind is FieldKind.COUNTS:
        return dict(value or ())
    if field.kind.is_several:
        return [plain(each) for each in value or ()]
    return plain(value)


def _figure(row: Any) -> Object:
    fields = form_of(Register.AREA_FIGURES).fields
    return {field.name: _value(field, getattr(row, field.name)) for field in fields}


def _late_log(store: Store, as_of: date) -> Extras:
    return {line.id: {"overdue_days": line.days_late(as_of)} for line in list_log(store)}


def _late_follow_ups(store: Store, as_of: date) -> Extras:
    left = (each for operation in list_operations(store, as_of) for each in operation.follow_ups)
    return {each.id: {"overdue_days": each.overdue_days} for each in left}


def _standing_clauses(store: Store, as_of: date) -> Extras:
    return {
        row.id: {"standing": row.term.standing(as_of), "renewal_from": row.term.renewal_from}
        for row in list_clauses(store)
    }


def _graded_risks(store: Store, as_of: date) -> Extras:
    return {
        row.id: {
            "score": row.score,
            "level": row.level,
            "target_score": row.target_score,
            "review_overdue_days": row.review_overdue_days,
        }
        for row in list_risks(store, as_of)
    }


def _read_measures(store: Store, as_of: date) -> Extras:
    return {
        row.id: {
            "latest_period": row.latest.period if row.latest else None,
            "latest_value": row.latest.value if row.latest else None,
            "latest_is_provisional": row.latest.is_provisional if row.latest else None,
            "target": row.target.value if row.target else None,
            "rag": row.letter,
            "rag_reason": row.judged.reason,
            "stale": row.is_stale,
        }
        for row in list_scorecard(store, as_of)
    }


_EXTRAS: Mapping[Register, Callable[[Store, date], Extras]] = {
    Register.LOG: _late_log,
    Register.FOLLOW_UPS: _late_follow_ups,
    Register.ORDER_CLAUSES: _standing_clauses,
    Register.RISKS: _graded_risks,
    Register.MEASURES: _read_measures,
}


def _columns(register: Register) -> tuple[str, ...]:
    """Return the columns of a list for people: those that a table keeps longest, in the order of the form."""
    if register in _OWN_COLUMNS:
        return _OWN_COLUMNS[register]
    added = _ADDED_COLUMNS.get(register.value, ())
    shown = [
        field for field in form_of(register).fields if field.spare is not None and (field.filled or field.lines == 1)
    ]
    kept = sorted(shown, key=lambda field: (not field.filled, field.spare or 0))[: MOST_COLUMNS - len(added)]
    return (*(field.name for field in shown if field in kept), *added)


def _listed() -> Iterable[Register]:
    return (register for register in Register if register.is_kept or register.value in _FIGURES)


ENTRY_COLUMNS: Mapping[str, tuple[str, ...]] = {register.value: _columns(register) for register in _listed()}
"""The registers that are listed so, each with the columns that are printed for people; JSON has all."""
ENTRY_WORDS = frozenset(
    field.name
    for register in _listed()
    for field in form_of(register).fields
    if field.kind is FieldKind.WORD
) | {"level"}  # fmt: skip
"""The columns whose stored words are printed for people without their underscores."""
