"""What a reading is refused for by the unit of its measure: half a rate, and a value that its own numbers deny."""

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from csp_desktop.commands.meeting_settling import row_named
from csp_desktop.measures.values import adds_up, shown, value_of
from csp_desktop.registers.reading import Entry
from csp_desktop.rules.validation import FieldError
from models.measures import Measure
from models.terms import MeasureUnit

Values = dict[str, Any]


def settle_reading(session: Session, values: Values, _before: Entry | None) -> None:
    """Raise FieldError for a rate without its denominator, and for a value that its numbers do not make."""
    measure_id = row_named(session, "measure", values.get("measure"))
    measure = session.get(Measure, measure_id) if measure_id else None
    if measure is None or values.get("numerator") is None:
        return
    if values.get("value") is None:
        _require_whole(values, measure.unit)
    else:
        _require_alike(values, measure.unit)


def _require_whole(values: Values, unit: MeasureUnit) -> None:
    if values.get("denominator") is None and not adds_up(unit):
        raise FieldError(
            "denominator",
            f"This measure is read in “{unit.label}”, which is worked out of two numbers: give the denominator as "
            "well, or the value itself.",
        )


def _require_alike(values: Values, unit: MeasureUnit) -> None:
    """Let a value be one that was rounded, or cut off, from what its numbers make."""
    stated = Decimal(values["value"])
    worked_out = value_of(None, values["numerator"], values.get("denominator"), unit)
    exponent = stated.normalize().as_tuple().exponent
    room = Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(0)
    if worked_out is None or abs(stated - worked_out) < room:
        return
    raise FieldError(
        "value",
        f"{shown(stated, unit)} is not what the numerator and the denominator make, which is "
        f"{shown(worked_out, unit)}: correct one of them, or leave the value blank to have it worked out.",
    )
