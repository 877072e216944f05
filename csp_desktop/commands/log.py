"""Commands on the action log: its owner completes an entry, its group closes it; one can become a plan's action."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from csp_desktop.commands.actions import ActionValues, add_action
from csp_desktop.commands.entries import edit_entry
from csp_desktop.commands.rows import get_row
from csp_desktop.errors import CspError
from csp_desktop.registers.forms import Register
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.meetings import LogEntry, Meeting
from models.plan import Action
from models.terms import LogStatus


def complete_entry(store: Store, entry_id: int, version: int, on: date, note: str = "") -> None:
    """Say that the owner of an open entry completed it on a day; ``note`` says how, after what is said already.

    Raises CspError where it is not open, FieldError for a day before it was raised, RowChangedError after a change.
    """
    with store.write("Complete an entry of the action log") as session:
        entry = get_row(session, LogEntry, entry_id)
        _require(entry, LogStatus.OPEN, "Only an open entry can be completed")
        values: dict[str, Any] = {"status": LogStatus.COMPLETED, "completed_on": on}
        edit_entry(store, Register.LOG, entry_id, version, values | _noted(entry, note))


def close_entry(
    store: Store, entry_id: int, version: int, meeting_id: int | None = None, on: date | None = None
) -> None:
    """Say that the group closed an entry which its owner had completed: at a meeting, or between meetings on a day.

    Raises CspError for an entry that is not completed, FieldError where neither meeting nor day is given, for a meeting
    of another group, and for a day before its completion, RowChangedError after a change.
    """
    with store.write("Close an entry of the action log") as session:
        entry = get_row(session, LogEntry, entry_id)
        _require(entry, LogStatus.COMPLETED, "The group closes what its owner has completed")
        day = on or _day_of(session, entry, meeting_id)
        values = {"status": LogStatus.CLOSED, "closed_on": day, "closed_at": meeting_id}
        edit_entry(store, Register.LOG, entry_id, version, values)


def drop_entry(store: Store, entry_id: int, version: int, on: date, reason: str) -> None:
    """Withdraw an entry that will not be done any more, with the reason; it is no longer carried forward.

    Raises FieldError without a reason, CspError where it has ended already, RowChangedError after a change.
    """
    if not reason.strip():
        raise FieldError("position", "Say why it will not be done: the group will ask.")
    with store.write("Withdraw an entry of the action log") as session:
        entry = get_row(session, LogEntry, entry_id)
        if entry.status in {LogStatus.CLOSED, LogStatus.WITHDRAWN}:
            raise CspError(f"This entry is {entry.status.label.lower()} already. Nothing was changed.")
        values: dict[str, Any] = {"status": LogStatus.WITHDRAWN, "closed_on": on}
        edit_entry(store, Register.LOG, entry_id, version, values | _noted(entry, reason))


def reopen_entry(store: Store, entry_id: int, version: int) -> None:
    """Open an entry again; the days on which it was completed and closed go.

    Raises CspError where it is open, RowChangedError after a change.
    """
    with store.write("Open an entry of the action log again") as session:
        if get_row(session, LogEntry, entry_id).status is LogStatus.OPEN:
            raise CspError("This entry is open already. Nothing was changed.")
        edit_entry(store, Register.LOG, entry_id, version, {"status": LogStatus.OPEN})


def promote_entry(store: Store, entry_id: int, plan_id: int, theme_id: int | None = None) -> str:
    """Make an entry of the log an action of a plan and return the action's ref; both then name each other.

    The action has the entry's words, owner and due date. The entry stays in the log until it is completed and closed.
    Raises CspError where it was promoted already, or has ended.
    """
    with store.write("Make an entry of the action log a plan action") as session:
        entry = get_row(session, LogEntry, entry_id)
        if entry.action_id is not None:
            ref = get_row(session, Action, entry.action_id).ref
            raise CspError(f"This entry is {ref} of a plan already. Nothing was changed.")
        if entry.status in {LogStatus.CLOSED, LogStatus.WITHDRAWN}:
            raise CspError(f"This entry is {entry.status.label.lower()}: open it again before it goes into a plan.")
        values: ActionValues = {
            "title": entry.title,
            "description": entry.position,
            "theme_id": theme_id,
            "lead_person_id": entry.owner_person_id,
            "lead_organisation_id": entry.owner_organisation_id,
            "baseline_due": entry.due,
            "due_text": entry.due_text,
        }
        action_id = add_action(store, plan_id, **values)
        entry.action_id = action_id
        return get_row(session, Action, action_id).ref


def _require(entry: LogEntry, status: LogStatus, rule: str) -> None:
    if entry.status is not status:
        raise CspError(f"{rule}; this one is {entry.status.label.lower()}. Nothing was changed.")


def _noted(entry: LogEntry, note: str) -> dict[str, str]:
    """Return where an entry stands with a note below what was said."""
    parts = [part.strip() for part in (entry.position, note) if part.strip()]
    return {"position": "\n".join(parts)} if note.strip() else {}


def _day_of(session: Session, entry: LogEntry, meeting_id: int | None) -> date:
    if meeting_id is None:
        raise FieldError("closed_on", "Say at which meeting the group closed it, or on which day.")
    meeting = get_row(session, Meeting, meeting_id)
    if meeting.group_id != entry.group_id:
        raise FieldError("closed_at", "That meeting is of another group: the group whose log it is closes the entry.")
    return meeting.held_on
