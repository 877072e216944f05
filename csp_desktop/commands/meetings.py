"""Commands on meetings: the usual agenda, who was there, holding it, its minutes and their agreement."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.entries import add_entry, add_in, change_in
from csp_desktop.commands.meeting_settling import require_not_agreed
from csp_desktop.commands.rows import get_row
from csp_desktop.errors import CspError, RowChangedError
from csp_desktop.queries.meeting_papers import RollLine, Seat, roll_in
from csp_desktop.queries.parties import Party
from csp_desktop.registers.forms import Register
from csp_desktop.rules.periods import shown_day
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.meetings import AgendaItem, Attendance, Meeting
from models.terms import AgendaKind, AttendanceKind, MeetingStatus


def make_agenda(store: Store, meeting_id: int) -> None:
    """Give a meeting the usual items that its agenda has not yet, each in its usual place; other items stay between.

    The order is that of ``AgendaKind``. Done twice it changes nothing.
    """
    with store.write("Make the agenda of a meeting") as session:
        get_row(session, Meeting, meeting_id)
        present = _items(session, meeting_id)
        kinds = {item.kind for item in present}
        for kind in AgendaKind:
            if kind is not AgendaKind.ITEM and kind not in kinds:
                add_in(session, Register.AGENDA, {"meeting": meeting_id, "kind": kind})
        order = list(AgendaKind)
        _renumber(sorted(_items(session, meeting_id), key=lambda item: order.index(item.kind)))


def move_item(store: Store, item_id: int, version: int, by: int) -> None:
    """Move an item of an agenda up (``by`` -1) or down (1) by so many places; the agenda is numbered from 1 again.

    At its ends an agenda stays as it is. Raises RowChangedError where the item was moved since.
    """
    with store.write("Move an item of an agenda") as session:
        item = get_row(session, AgendaItem, item_id)
        if item.version != version:
            raise RowChangedError(
                "Someone changed this agenda while you were looking at it. Nothing was moved: look at it again.", {}, {}
            )
        items = _items(session, item.meeting_id)
        place = items.index(item)
        items.insert(min(max(place + by, 0), len(items) - 1), items.pop(place))
        _renumber(items)


def take_roll(store: Store, meeting_id: int) -> int:
    """Note every member of whom nothing was said yet as present; return how many. Then the exceptions are noted.

    Members are those whose seat in the group holds on the meeting's day.
    """
    with store.write("Take the roll of a meeting") as session:
        get_row(session, Meeting, meeting_id)
        require_not_agreed(session, meeting_id, "kind")
        missing = [line for line in roll_in(session.connection(), meeting_id) if line.row_id is None]
        for line in missing:
            _add(session, meeting_id, line, AttendanceKind.PRESENT)
        return len(missing)


def record_attendance(
    store: Store, meeting_id: int, seat: Seat, kind: AttendanceKind | None, deputy_id: int | None = None
) -> None:
    """Note how a member or guest stood to a meeting, and who came in their place; None takes the note out.

    Raises CspError for a seat without a person and an organisation.
    """
    with store.write("Note who was at a meeting") as session:
        get_row(session, Meeting, meeting_id)
        require_not_agreed(session, meeting_id, "kind")
        line = _line_of(session, meeting_id, seat)
        if kind is None:
            if line.row_id is not None:
                session.delete(get_row(session, Attendance, line.row_id))
        elif line.row_id is None:
            _add(session, meeting_id, line, kind, deputy_id)
        else:
            change_in(session, Register.ATTENDANCE, line.row_id, {"kind": kind, "deputy": deputy_id})


def hold_meeting(store: Store, meeting_id: int, version: int, today: date) -> None:
    """Say that a meeting was held. Raises FieldError for one that is still to come, RowChangedError after a change."""
    with store.write("Mark a meeting as held") as session:
        held_on = get_row(session, Meeting, meeting_id).held_on
        if held_on > today:
            raise FieldError(
                "status", f"This meeting is on {shown_day(held_on)}: it can be marked as held from that day on."
            )
        change_in(session, Register.MEETINGS, meeting_id, {"status": MeetingStatus.HELD}, version)


def cancel_meeting(store: Store, meeting_id: int, version: int) -> None:
    """Call a meeting off. Raises RowChangedError after a change."""
    with store.write("Call off a meeting") as session:
        change_in(session, Register.MEETINGS, meeting_id, {"status": MeetingStatus.CANCELLED}, version)


def minute(store: Store, meeting_id: int, title: str, text: str = "", agenda_item_id: int | None = None) -> int:
    """Add a minute to a meeting and return its id; it gets the next number of the group's municipal year.

    Raises FieldError without a title, and where the meeting's minutes were agreed.
    """
    return add_entry(
        store, Register.MINUTES, {"meeting": meeting_id, "title": title, "text": text, "item": agenda_item_id}
    )


def agree_minutes(store: Store, meeting_id: int, version: int, on: date) -> None:
    """Say that the minutes of a meeting were agreed on a day; from then they stand as agreed.

    Raises FieldError for a day before the meeting, CspError where they were agreed already or it was not held.
    """
    with store.write("Agree the minutes of a meeting") as session:
        meeting = get_row(session, Meeting, meeting_id)
        if meeting.minutes_agreed is not None:
            raise CspError(f"These minutes were agreed on {shown_day(meeting.minutes_agreed)} already.")
        if meeting.status is not MeetingStatus.HELD:
            raise CspError("This meeting is not marked as held: do that first, then its minutes can be agreed.")
        change_in(session, Register.MEETINGS, meeting_id, {"minutes_agreed": on}, version)


def reopen_minutes(store: Store, meeting_id: int, version: int) -> None:
    """Open agreed minutes again, so that they can be put right; the audit trail says when. They are a draft then."""
    with store.write("Open agreed minutes again") as session:
        if get_row(session, Meeting, meeting_id).minutes_agreed is None:
            raise CspError("These minutes were not agreed: they are open already.")
        change_in(session, Register.MEETINGS, meeting_id, {"minutes_agreed": None}, version)


def _items(session: Session, meeting_id: int) -> list[AgendaItem]:
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.position, AgendaItem.id)
    return list(session.scalars(query))


def _renumber(items: list[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        if item.position != position:
            item.position = position


def _line_of(session: Session, meeting_id: int, seat: Seat) -> RollLine:
    for line in roll_in(session.connection(), meeting_id):
        if line.seat == seat:
            return line
    if seat == Seat():
        raise CspError("Nobody was named: choose a person or an organisation.")
    return RollLine(seat, Party(), "", is_member=False)


def _add(session: Session, meeting_id: int, line: RollLine, kind: AttendanceKind, deputy_id: int | None = None) -> None:
    values = {
        "meeting": meeting_id,
        "person": line.seat.person_id,
        "organisation": line.seat.organisation_id,
        "kind": kind,
        "deputy": deputy_id,
    }
    add_in(session, Register.ATTENDANCE, values)
