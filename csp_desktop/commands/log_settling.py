"""What an entry of an action log says by itself: its group, and how its status and its days follow from each other."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from csp_desktop.commands.meeting_settling import meeting_of, row_named, settle_minute_named
from csp_desktop.registers.reading import Entry
from csp_desktop.rules.periods import shown_day
from csp_desktop.rules.validation import FieldError
from models.terms import LogStatus

Values = dict[str, Any]
_ENDING = ("closed_on", "closed_at")


def settle_log_entry(session: Session, values: Values, before: Entry | None) -> None:
    """Let an entry belong to the group of the meeting that raised it, and let its status follow its days.

    A day on which it was completed or closed makes it so; opening it again takes the days away. What closes at a
    meeting closes on its day, and what is closed was completed by then. Raises FieldError for a day before it was
    raised.
    """
    meeting = meeting_of(session, values)
    if not values.get("group") and meeting is not None:
        values["group"] = meeting.group_id
    settle_minute_named(session, values)
    closing = meeting_of(session, values, "closed_at")
    if closing is not None:
        if row_named(session, "group", values.get("group")) not in {closing.group_id, None}:
            raise FieldError(
                "closed_at", "That meeting is of another group: the group whose log it is closes the entry."
            )
        if values.get("closed_on") is None:
            values["closed_on"] = closing.held_on
    _settle_status(values, before.values if before is not None else {})
    if meeting is None:
        return
    for name, what in (("completed_on", "completed"), ("closed_on", "closed")):
        day = values.get(name)
        if day is not None and day < meeting.held_on:
            raise FieldError(
                name,
                f"It was raised on {shown_day(meeting.held_on)} and cannot be {what} before: correct one of the two.",
            )


def _settle_status(values: Values, before: Mapping[str, Any]) -> None:
    was = before.get("status") or LogStatus.OPEN
    status = LogStatus(values.get("status") or LogStatus.OPEN)
    if status == was:
        status = values["status"] = _by_its_days(status, values, before)
    else:
        gone = {LogStatus.OPEN: ("completed_on", *_ENDING), LogStatus.COMPLETED: _ENDING}.get(status, ())
        for name in gone:
            if values.get(name) == before.get(name):
                values[name] = None
    if status is LogStatus.CLOSED:
        completed, closed = values.get("completed_on"), values.get("closed_on")
        values["completed_on"], values["closed_on"] = completed or closed, closed or completed


def _by_its_days(status: LogStatus, values: Values, before: Mapping[str, Any]) -> LogStatus:
    """Return what the days make of a status that nobody changed."""

    def is_new(name: str) -> bool:
        return values.get(name) is not None and before.get(name) is None

    if status in {LogStatus.OPEN, LogStatus.COMPLETED} and is_new("closed_on"):
        return LogStatus.CLOSED
    return LogStatus.COMPLETED if status is LogStatus.OPEN and is_new("completed_on") else status
