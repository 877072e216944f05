"""Commands on measures: what was read of a period, what is aimed at in several, and what a cohort gives."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.entries import add_in, change_in
from csp_desktop.errors import CspError
from csp_desktop.queries.cohort_feed import cohort_gives
from csp_desktop.registers.forms import Register
from csp_desktop.rules.periods import Period
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
