"""What a row says by itself: the days of a period, the group of a meeting's log entry, the number of a minute."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.registers.forms import FieldKind, Register, form_of
from csp_desktop.registers.naming import read_names
from csp_desktop.registers.reading import Entry
from csp_desktop.rules.periods import find_period, municipal_year
from csp_desktop.rules.validation import FieldError
from models.meetings import Meeting, Minute

Values = dict[str, Any]


def settle(session: Session, register: Register, values: Values, before: Entry | None = None) -> None:
    """Fill in, in place, what follows from the rest of a row; ``before`` is how it stood, None for a new one.

    Raises FieldError for a period that does not say its days.
    """
    for field in form_of(register).fields:
        if field.kind is FieldKind.PERIOD:
            _settle_period(field.name, values, before)
    of_register = _OF_REGISTER.get(register)
    if of_register is not None:
        of_register(session, values)


def _settle_period(name: str, values: Values, before: Entry | None) -> None:
    """Take the days of a period from its words, unless they are given; a new wording brings new days."""
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


def _meeting_id(session: Session, values: Values) -> int | None:
    meeting = values.get("meeting")
    if isinstance(meeting, int) or not meeting:
        return meeting or None
    ids = read_names(session.connection(), "meeting").find(str(meeting))
    return ids[0] if len(ids) == 1 else None


def _log_entry(session: Session, values: Values) -> None:
    """Let an entry belong to the group of the meeting that raised it."""
    meeting_id = _meeting_id(session, values)
    if not values.get("group") and meeting_id is not None:
        values["group"] = session.scalar(select(Meeting.group_id).where(Meeting.id == meeting_id))


def _minute(session: Session, values: Values) -> None:
    """Give a minute its number through the municipal year of its group."""
    meeting = session.get(Meeting, _meeting_id(session, values) or 0)
    if meeting is None:
        return
    year = values["municipal_year"] = municipal_year(meeting.held_on)
    if values.get("number") is None:
        last = session.scalar(
            select(func.max(Minute.number))
            .join(Meeting, Meeting.id == Minute.meeting_id)
            .where(Meeting.group_id == meeting.group_id, Minute.municipal_year == year)
        )
        values["number"] = (last or 0) + 1


_OF_REGISTER: dict[Register, Callable[[Session, Values], None]] = {
    Register.LOG: _log_entry,
    Register.MINUTES: _minute,
}
