"""Commands on measures: what was read of a period, what is aimed at in several, and what a cohort gives."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from csp_desktop.commands.entries import add_in, change_in
from csp_desktop.commands.entry_settling import settle_period
from csp_desktop.errors import CspError
from csp_desktop.queries.cohort_feed import cohort_gives
from csp_desktop.registers.forms import Register
from csp_desktop.registers.naming import read_names
from csp_desktop.rules.periods import Period
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.measures import Reading, Target

Values = Mapping[str, Any]


def record_reading(store: Store, measure_id: int, period: Period, values: Values) -> int:
    """Record what was read of a period, or correct what was read of it before; return the reading's id.

    ``values`` are the other fields of the register of readings. What a correction takes the place of stays in the
    history. Raises FieldError for a refused value.
    """
    with store.write("Record a reading") as session:
        return _put(session, Register.READINGS, measure_id, period, values)


def record_read(store: Store, values: Values, corrects: int | None = None) -> int:
    """Record a reading given by the fields of its register, or correct the one of its period; return its id.

    ``corrects`` is the reading that may be corrected. A correction takes the place of all that was read before, but
    for the note where none is given. Raises FieldError for a refused value, and for a period of another reading.
    """
    with store.write("Record a reading") as session:
        held = _held(session.connection(), values)
        if held is None:
            return add_in(session, Register.READINGS, values)
        if held != corrects:
            raise FieldError("period", "This period was read in the meantime: save again to see what was read of it.")
        given = {name: value for name, value in values.items() if value or name != "note"}
        change_in(session, Register.READINGS, held, given)
        return held


def reading_held(store: Store, values: Values) -> int | None:
    """Return the reading of the measure and the period that these fields name, None where there is none yet."""
    with store.read() as connection:
        return _held(connection, values)


def set_target(store: Store, measure_id: int, targets: Mapping[Period, Decimal]) -> None:
    """Set what is aimed at in several periods in one Step; those that had a target get the new one.

    Raises CspError where no period is given.
    """
    if not targets:
        raise CspError("Give a target for one period at least; nothing was changed.")
    with store.write("Set targets") as session:
        for period, value in targets.items():
            _put(session, Register.TARGETS, measure_id, period, {"value": value})


def feed_measure(store: Store, measure_id: int, data_date: date) -> int:
    """Take a cohort's outcomes on a data date as the measure's reading of the cohort's period; return its id.

    It is provisional while some of the cohort are not measurable yet. Raises CspError where there is no figure.
    """
    given = cohort_gives(store, measure_id, data_date)
    values = {
        "numerator": given.numerator,
        "denominator": given.denominator,
        "value": None,
        "is_provisional": given.is_provisional,
        "note": given.note,
    }
    with store.write("Take a cohort's figure as a reading") as session:
        return _put(session, Register.READINGS, measure_id, given.period, values)


def _put(session: Session, register: Register, measure_id: int, period: Period, values: Values) -> int:
    """Add the row of a period, or change the one there is."""
    table = Reading if register is Register.READINGS else Target
    held = session.scalar(
        select(table.id).where(
            table.measure_id == measure_id, table.first_day == period.first_day, table.last_day == period.last_day
        )
    )
    if held is not None:
        change_in(session, register, held, values)
        return held
    days = {"period": period.label, "first_day": period.first_day, "last_day": period.last_day}
    return add_in(session, register, {"measure": measure_id, **days, **values})


def _held(connection: Connection, values: Values) -> int | None:
    """Return the reading that values are of by their measure and the days of their period."""
    whole = {"first_day": None, "last_day": None, **values}
    settle_period("period", whole)
    named = values.get("measure")
    ids = (named,) if isinstance(named, int) else read_names(connection, "measure").find(str(named or ""))
    query = select(Reading.id).where(
        Reading.measure_id.in_(ids), Reading.first_day == whole["first_day"], Reading.last_day == whole["last_day"]
    )
    found = connection.scalars(query).all()
    return found[0] if len(found) == 1 else None
