"""What the rows of a meeting say by themselves: an agenda item's place, a minute's number, a decision's minute.

Agreed minutes stand as they were agreed: they, their decisions and the attendance that they record are not changed
until somebody opens them again. An import may add old minutes that were agreed long ago, and change none.
"""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.registers.reading import Entry
from csp_desktop.registers.remembering import RememberedNames
from csp_desktop.rules.folding import fold
from csp_desktop.rules.periods import financial_year_label, municipal_year, shown_day
from csp_desktop.rules.validation import FieldError
from models.base import Row
from models.meetings import AgendaItem, Attendance, Decision, Meeting, Minute
from models.terms import AgendaKind, MeetingStatus

Values = dict[str, Any]
_LAST_ITEMS = frozenset({AgendaKind.ANY_OTHER_BUSINESS, AgendaKind.NEXT_MEETING})
_SAID_BY_MINUTES: tuple[type[Minute | Decision | Attendance], ...] = (Minute, Decision, Attendance)


def meeting_of(session: Session, values: Values, name: str = "meeting") -> Meeting | None:
    """Return the meeting that a field names by its id or its name, None where it names none or several."""
    meeting_id = row_named(session, "meeting", values.get(name))
    return session.get(Meeting, meeting_id) if meeting_id else None


def row_named(session: Session, table: str, named: object) -> int | None:
    """Return the row that a value of a form names by its id or its name, None where it names none or several."""
    if not named:
        return None
    if isinstance(named, int):
        return named
    ids = RememberedNames.of(session).read(table).find(str(named))
    return ids[0] if len(ids) == 1 else None


def require_not_agreed(session: Session, meeting_id: int, field: str) -> None:
    """Raise FieldError where the minutes of a meeting were agreed."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is not None and meeting.minutes_agreed is not None:
        raise FieldError(
            field,
            f"The minutes of this meeting were agreed on {shown_day(meeting.minutes_agreed)} and stand as agreed. Open "
            "them again to change what they say.",
        )


def require_row_not_agreed(session: Session, row: Row) -> None:
    """Raise FieldError for a row that agreed minutes say; rows of other tables pass."""
    if isinstance(row, _SAID_BY_MINUTES):
        require_not_agreed(session, row.meeting_id, "meeting")


def settle_meeting(session: Session, values: Values, before: Entry | None) -> None:
    """Keep a meeting with numbered minutes in its group and its municipal year: they were numbered through these."""
    if values.get("minutes_agreed") is not None:
        _settle_held(values, before)
    held_on = values.get("held_on")
    if before is None or held_on is None:
        return
    year = session.scalar(select(Minute.municipal_year).where(Minute.meeting_id == before.id).limit(1))
    if year is None:
        return
    if row_named(session, "group", values.get("group")) not in {before.row_id("group"), None}:
        raise FieldError(
            "group",
            f"This meeting's minutes are numbered among those of {before.text('group')}. Withdraw the minutes first, "
            "or leave the group as it is.",
        )
    if municipal_year(held_on) != year:
        raise FieldError(
            "held_on",
            f"This meeting's minutes are numbered through the municipal year {financial_year_label(year)}, and "
            f"{shown_day(held_on)} lies in another. Withdraw the minutes first, or correct the date.",
        )


def _settle_held(values: Values, before: Entry | None) -> None:
    """Let a new meeting with agreed minutes be one that was held, and keep another from being called off."""
    status = MeetingStatus(values.get("status") or MeetingStatus.PLANNED)
    if status is MeetingStatus.PLANNED and before is None:
        values["status"] = MeetingStatus.HELD
    elif status is not MeetingStatus.HELD:
        raise FieldError(
            "status",
            "Minutes of this meeting were agreed, so it was held: mark it as held, or take out the day on which they "
            "were agreed.",
        )


def settle_agenda_item(session: Session, values: Values, before: Entry | None) -> None:
    """Give an item its usual title, and its place: before any other business, or at the end."""
    kind = AgendaKind(values.get("kind") or AgendaKind.ITEM)
    if not values.get("title") and kind is not AgendaKind.ITEM:
        values["title"] = kind.label
    meeting = meeting_of(session, values)
    if values.get("position") is None and before is not None:
        values["position"] = before.values["position"]
    if values.get("position") is None and meeting is not None:
        values["position"] = _place(session, meeting.id, kind)


def settle_attendance(session: Session, values: Values, before: Entry | None) -> None:
    """Keep the attendance that agreed minutes record."""
    _keep_agreed(session, values, before, "kind")


def settle_minute(session: Session, values: Values, before: Entry | None) -> None:
    """Give a minute its number through the municipal year of its group, which no other minute of that year has."""
    _keep_agreed(session, values, before, "text")
    meeting = meeting_of(session, values)
    if meeting is None:
        return
    year = municipal_year(meeting.held_on)
    if before is not None and year != before.values["municipal_year"] and values["number"] == before.values["number"]:
        values["number"] = None
    values["municipal_year"] = year
    item = values.get("item")
    if item and not isinstance(item, int):
        values["item"] = _own_item(session, meeting.id, str(item)) or item
    of_year = (Meeting.group_id == meeting.group_id, Minute.municipal_year == year)
    number = values.get("number")
    if number is None:
        last = session.scalar(
            select(func.max(Minute.number)).join(Meeting, Meeting.id == Minute.meeting_id).where(*of_year)
        )
        values["number"] = (last or 0) + 1
        return
    # a new row of the same meeting is that minute again, brought in anew
    is_own = Minute.id == before.id if before is not None else Minute.meeting_id == meeting.id
    query = select(Minute.id).join(Meeting, Meeting.id == Minute.meeting_id).where(*of_year, Minute.number == number)
    if session.scalar(query.where(~is_own)) is not None:
        raise FieldError(
            "number",
            f"Minute {number} of {financial_year_label(year)} is there already: leave the number out to get the next.",
        )


def settle_decision(session: Session, values: Values, before: Entry | None) -> None:
    """Let "Minute 38" mean that of the meeting's own municipal year, and of its own group."""
    _keep_agreed(session, values, before, "wording")
    settle_minute_named(session, values)


def settle_minute_named(session: Session, values: Values) -> None:
    """Let a minute that is named by its number alone mean that of the row's own meeting's group and year."""
    named, meeting = values.get("minute"), meeting_of(session, values)
    if meeting is None or not named or isinstance(named, int):
        return
    digits = fold(str(named)).removeprefix("minute").strip(" .")
    if not digits.isdecimal():
        return
    found = session.scalars(
        select(Minute.id)
        .join(Meeting, Meeting.id == Minute.meeting_id)
        .where(
            Meeting.group_id == meeting.group_id,
            Minute.municipal_year == municipal_year(meeting.held_on),
            Minute.number == int(digits),
        )
    ).all()
    if len(found) == 1:
        values["minute"] = found[0]


def _keep_agreed(session: Session, values: Values, before: Entry | None, field: str) -> None:
    """Refuse to change what agreed minutes say, and to move anything there."""
    if before is None:
        return
    now = meeting_of(session, values)
    for meeting_id in (before.row_id("meeting"), now.id if now else None):
        if meeting_id is not None:
            require_not_agreed(session, meeting_id, field)


def _place(session: Session, meeting_id: int, kind: AgendaKind) -> int:
    """Return the place of a new item. Those behind it, any other business and the next meeting, move on by one."""
    items = session.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.position, AgendaItem.id)
    ).all()
    place = max((item.position for item in items), default=0) + 1
    if kind in _LAST_ITEMS:
        return place
    for item in reversed(items):
        if item.kind not in _LAST_ITEMS:
            break
        place = item.position
    for item in items:
        if item.position >= place:
            item.position += 1
    return place


def _own_item(session: Session, meeting_id: int, title: str) -> int | None:
    query = select(AgendaItem.id, AgendaItem.title).where(AgendaItem.meeting_id == meeting_id)
    return next((item_id for item_id, each in session.execute(query) if fold(each) == fold(title)), None)
