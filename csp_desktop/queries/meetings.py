"""Meetings of the partnership's groups: which there are, which is meant, and which comes next."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from csp_desktop.errors import CspError
from csp_desktop.registers.naming import ERASED
from csp_desktop.rules.folding import fold
from csp_desktop.rules.periods import MONTH_NUMBERS, shown_day
from csp_desktop.store import Store
from models.meetings import Meeting
from models.people import Group, Person
from models.terms import MeetingStatus
from models.vocabulary import GroupKind

_LISTED = 8
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\.?,?\s+(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting of a group. Texts are empty where nothing is known, days and people None."""

    id: int
    version: int
    group_id: int
    group: str
    group_kind: GroupKind
    held_on: date
    dated_text: str
    begins: str
    venue: str
    status: MeetingStatus
    chair_id: int | None
    chair: str
    cut_off: date | None
    papers_date: date | None
    minutes_agreed: date | None
    note: str

    @property
    def dated(self) -> str:
        """Return its date as it is known: "25 Jul 2023", or "Sep 2021" where the day is not."""
        return self.dated_text or shown_day(self.held_on)

    @property
    def name(self) -> str:
        """Return its group with its date."""
        return f"{self.group}, {self.dated}"


def list_meetings(store: Store, group_id: int | None = None) -> list[MeetingRow]:
    """Return the meetings of a group, or of every group, the newest first."""
    query = (
        select(
            Meeting.id, Meeting.version, Meeting.group_id, Group.name.label("group"), Group.kind.label("group_kind"),
            Meeting.held_on, Meeting.dated_text, Meeting.begins, Meeting.venue, Meeting.status,
            Meeting.chair_person_id.label("chair_id"), Person.name.label("chair"), Person.erased_certificate,
            Meeting.cut_off, Meeting.papers_date, Meeting.minutes_agreed, Meeting.note,
        )
        .join(Group, Group.id == Meeting.group_id)
        .outerjoin(Person, Person.id == Meeting.chair_person_id)
        .order_by(Meeting.held_on.desc(), Meeting.group_id, Meeting.id.desc())
    )  # fmt: skip
    if group_id is not None:
        query = query.where(Meeting.group_id == group_id)
    with store.read() as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
    for row in rows:
        erased = row.pop("erased_certificate")
        row["chair"] = ERASED if erased else row["chair"] or ""
    return [MeetingRow(**row) for row in rows]


def get_meeting(store: Store, meeting_id: int) -> MeetingRow:
    """Return a meeting. Raises CspError where it is gone."""
    for row in list_meetings(store):
        if row.id == meeting_id:
            return row
    raise CspError("This meeting is no longer in the store: it was withdrawn, or taken out by an undo.")


def next_meeting(store: Store, today: date, group_id: int | None = None) -> MeetingRow | None:
    """Return the first planned meeting from ``today`` on, None where none is planned."""
    return _next(list_meetings(store, group_id), today)


def last_held(store: Store, before: date, group_id: int | None = None) -> MeetingRow | None:
    """Return the last meeting that was held before a day, None where none was."""
    return _last(list_meetings(store, group_id), before)


def last_before(store: Store, meeting: MeetingRow) -> MeetingRow | None:
    """Return the meeting of the same group that was held last before another, None where none was."""
    return last_held(store, meeting.held_on, meeting.group_id)


def first_after(store: Store, meeting: MeetingRow) -> MeetingRow | None:
    """Return the meeting of the same group that came, or comes, next after another; None where none is known."""
    later = [
        row
        for row in list_meetings(store, meeting.group_id)
        if row.held_on > meeting.held_on and row.status is not MeetingStatus.CANCELLED
    ]
    return later[-1] if later else None


def default_meeting(store: Store, today: date, group_id: int | None = None) -> MeetingRow | None:
    """Return the meeting that is meant where none is named: the next that is planned, else the last that was held.

    The Board's go before those of other groups. None where no meeting is planned, and none was held.
    """
    rows = list_meetings(store, group_id)
    boards = [row for row in rows if row.group_kind is GroupKind.BOARD]
    return _meant(boards, today) or _meant(rows, today)


def find_meeting(store: Store, text: str | None, today: date) -> MeetingRow | None:
    """Return the meeting that a text names, without one ``default_meeting``.

    A text is a date ("2023-07-25", "25 Jul 2023", "25/07/2023", or the date's words such as "Sep 2021"), a group, or
    both. A group alone means its next meeting, else its last. None only where the store has no meeting at all, which
    a report says on its page. Raises CspError, with the meetings there are, where the text names none or several.
    """
    rows = list_meetings(store)
    if text is None or not rows:
        return default_meeting(store, today) or next(iter(rows), None)
    found = [row for row in rows if _is_named(row, text)]
    if len(found) > 1:
        raise CspError(
            f"“{text}” may be one of several meetings: {_listed(found)}. Write the name of the group before the date."
        )
    if found:
        return found[0]
    of_group = [row for row in rows if fold(row.group) == fold(text)]
    if of_group:
        return _meant(of_group, today) or of_group[0]
    raise CspError(f"There is no meeting “{text}” in this store; there is {_listed(rows)}.")


def _meant(rows: list[MeetingRow], today: date) -> MeetingRow | None:
    return _next(rows, today) or _last(rows, date.max)


def _next(rows: list[MeetingRow], today: date) -> MeetingRow | None:
    coming = [row for row in rows if row.status is MeetingStatus.PLANNED and row.held_on >= today]
    return coming[-1] if coming else None


def _last(rows: list[MeetingRow], before: date) -> MeetingRow | None:
    return next((row for row in rows if row.status is MeetingStatus.HELD and row.held_on < before), None)


def _is_named(row: MeetingRow, text: str) -> bool:
    wanted, group = fold(text), fold(row.group)
    rest = wanted.removeprefix(group).strip(" ,:") if wanted.startswith(group) else wanted
    if not rest:
        return False
    return _day(rest) == row.held_on or rest in {fold(row.dated), fold(shown_day(row.held_on))}


def _day(text: str) -> date | None:
    """Return the day that is written as a whole, None for other words."""
    iso, numbers, words = (each.fullmatch(text) for each in (_ISO, _NUMBERS, _WORDS))
    if iso:
        year, month, day = map(int, iso.groups())
    elif numbers:
        day, month, year = map(int, numbers.groups())
    elif words and words[2].casefold() in MONTH_NUMBERS:
        day, month, year = int(words[1]), MONTH_NUMBERS[words[2].casefold()], int(words[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _listed(rows: Iterable[MeetingRow]) -> str:
    names = [row.name for row in rows]
    more = len(names) - _LISTED
    return "; ".join(names[:_LISTED]) + (f"; and {more:,} more" if more > 0 else "")
