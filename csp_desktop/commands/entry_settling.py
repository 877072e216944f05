"""What a row says by itself: the days of a period, the group of a meeting's log entry, the number of a minute."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from csp_desktop.commands.log_settling import settle_log_entry
from csp_desktop.commands.meeting_settling import (
    row_named,
    settle_agenda_item,
    settle_attendance,
    settle_decision,
    settle_meeting,
    settle_minute,
)
from csp_desktop.commands.reading_settling import settle_reading
from csp_desktop.registers.forms import FieldKind, Register, form_of
from csp_desktop.registers.reading import Entry
from csp_desktop.rules.periods import find_period
from csp_desktop.rules.validation import FieldError
from models.terms import OperationStatus

Values = dict[str, Any]


def settle(session: Session, register: Register, values: Values, before: Entry | None = None) -> None:
    """Fill in, in place, what follows from the rest of a row; ``before`` is how it stood, None for a new one.

    Raises FieldError for a period that does not say its days, and for what does not fit the rows that it belongs to.
    """
    for field in form_of(register).fields:
        if field.kind is FieldKind.PERIOD:
            settle_period(field.name, values, before)
    of_register = _OF_REGISTER.get(register)
    if of_register is not None:
        of_register(session, values, before)


def settle_period(name: str, values: Values, before: Entry | None = None) -> None:
    """Take the days of a period from its words, unless they are given; a new wording brings new days.

    Raises FieldError for words that say no days.
    """
    text = " ".join(str(values.get(name) or "").split())
    is_new = before is None or text != before.values.get(name)
    days = [values.get(each) for each in ("first_day", "last_day")]
    as_before = before is not None and days == [before.values.get(each) for each in ("first_day", "last_day")]
    if text and ((is_new and as_before) or None in days):
        period = find_period(text)
        if period is not None:
            values["first_day"], values["last_day"] = period.first_day, period.last_day
        elif None in days:
            raise FieldError(
                name,
                f"“{text}” does not say its days. Write a quarter such as “Q4 2024/25”, a year such as “2024/25” or a "
                "month such as “March 2025”, or give the first and the last day.",
            )


def _settle_deputy(session: Session, values: Values, _before: Entry | None) -> None:
    """Let both be known by who they are, so that nobody deputises for themselves under another name."""
    for name in ("person", "deputy"):
        values[name] = row_named(session, "person", values.get(name)) or values.get(name)


def _settle_operation(_session: Session, values: Values, before: Entry | None) -> None:
    """Take an operation that comes with what it yielded, and does not say how it stands, for one that was held."""
    if before is None and not values.get("status") and (values.get("outputs") or values.get("outcome")):
        values["status"] = OperationStatus.HELD


_OF_REGISTER: dict[Register, Callable[[Session, Values, Entry | None], None]] = {
    Register.OPERATIONS: _settle_operation,
    Register.MEETINGS: settle_meeting,
    Register.AGENDA: settle_agenda_item,
    Register.ATTENDANCE: settle_attendance,
    Register.MINUTES: settle_minute,
    Register.DECISIONS: settle_decision,
    Register.LOG: settle_log_entry,
    Register.READINGS: settle_reading,
    Register.DEPUTIES: _settle_deputy,
}
