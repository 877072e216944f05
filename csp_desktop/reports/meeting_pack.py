"""The pack of a meeting: its agenda, the minutes of the last, what is carried forward, and what comes up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csp_desktop.queries.action_log import carried_forward
from csp_desktop.queries.calendar import list_dates
from csp_desktop.queries.meeting_papers import AgendaLine, agenda_of, chair_of, documents_of
from csp_desktop.queries.meetings import MeetingRow, find_meeting, last_before, list_meetings
from csp_desktop.reports.blocks import (
    Block,
    BulletList,
    Column,
    ColumnKind,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Role,
    Table,
    day,
)
from csp_desktop.reports.framing import NONE, Frame, framed
from csp_desktop.reports.meeting_words import (
    NO_MEETING,
    Wording,
    are_recorded,
    listed,
    log_table,
    minutes_blocks,
    nothing_recorded,
    summary,
    when_and_where,
    without,
    wording_of,
)
from csp_desktop.store import Store
from models.terms import MeetingStatus

TITLE = "Meeting pack"
MONTHS_AHEAD = 3
_OVERDUE = "Overdue"


@dataclass(frozen=True, slots=True)
class MeetingScope:
    """Which meeting, by date, group, or both; None is the next that is planned, else the last that was held.

    ``public`` leaves names and what owners wrote out, and says posts and organisations in their place.
    """

    today: date
    meeting: str | None = None
    public: bool = False


def meeting_pack(store: Store, scope: MeetingScope) -> Report:
    """Build the pack; without any meeting it is a page that says so. Raises CspError for one that there is not."""
    meeting = find_meeting(store, scope.meeting, scope.today)
    if meeting is None:
        return framed(
            store,
            Frame(TITLE, "Meeting pack without a meeting", scope.today, public=scope.public),
            [Paragraph(NO_MEETING, Role.LEAD)],
        )
    wording = wording_of(store, public=scope.public)
    frame = Frame(TITLE, f"Meeting pack: {meeting.name}", scope.today, meeting.name, public=scope.public)
    on = min(meeting.held_on, scope.today)  # what is late is told as the action log of the same day tells it
    return framed(
        store,
        frame,
        [
            *_opening(store, meeting, wording, on),
            *_last_minutes(store, meeting, wording),
            *_matters_arising(store, meeting, wording, on),
            *_coming_up(store, meeting, scope),
        ],
    )


def _opening(store: Store, meeting: MeetingRow, wording: Wording, on: date) -> list[Block]:
    items = agenda_of(store, meeting.id)
    asking = sum(bool(item.decision_asked.strip()) for item in items)
    carried = carried_forward(store, meeting.id)
    told = f"The agenda has {listed(len(items), 'item')}, and asks for {listed(asking, 'decision')}. " if items else ""
    late = sum(line.days_late(on) > 0 for line in carried)
    forward = "Nothing is carried forward from the action log."
    if carried:
        forward = f"Carried forward from the action log: {len(carried):,}, of which {late:,} overdue."
    blocks: list[Block] = [
        Paragraph(when_and_where(meeting, wording, chair_of(store, meeting)), Role.LEAD),
        Paragraph(f"{told}{forward}{_papers(meeting)}"),
        Heading(2, "Agenda"),
        _agenda(items, wording),
    ]
    kept = documents_of(store, meeting.id)
    if kept:
        blocks += [Heading(2, "Papers kept with this meeting"), BulletList(tuple(each.title for each in kept))]
    return blocks


def _papers(meeting: MeetingRow) -> str:
    if meeting.status is not MeetingStatus.PLANNED:
        return ""
    due = f" Reports are due by {day(meeting.cut_off)}." if meeting.cut_off else ""
    out = f" Papers go out on {day(meeting.papers_date)}." if meeting.papers_date else ""
    return f"{due}{out}"


def _agenda(items: Sequence[AgendaLine], wording: Wording) -> Table:
    columns = (
        Column("No.", ColumnKind.TEXT, 0.4),
        Column("Item", weight=2.2),
        Column("Presented by", weight=wording.width(1.4)),
        Column("Paper", weight=2.0),
        Column("Decision asked", weight=1.6),
    )
    rows = tuple(
        (
            str(number),
            wording.text(item.title),
            wording.who(item.presenter),
            wording.text(item.paper.strip()) or NONE,
            wording.text(item.decision_asked.strip()) or NONE,
        )
        for number, item in enumerate(items, start=1)
    )
    empty = {column.heading for at, column in enumerate(columns) if at > 1 and all(row[at] == NONE for row in rows)}
    table = Table(f"{listed(len(items), 'item')} in order", columns, rows, "No agenda of this meeting is recorded.")
    return without(table, empty) if rows else table


def _last_minutes(store: Store, meeting: MeetingRow, wording: Wording) -> list[Block]:
    last = last_before(store, meeting)
    heading = Heading(2, "Minutes of the last meeting")
    if last is None:
        return [heading, Paragraph("No earlier meeting of this group was held, so there are no minutes to agree.")]
    told = Paragraph(when_and_where(last, wording, chair_of(store, last)))
    if not are_recorded(store, last):
        return [heading, told, nothing_recorded(store, last)]
    return [PageBreak(), heading, told, *minutes_blocks(store, last, wording, 3)]


def _matters_arising(store: Store, meeting: MeetingRow, wording: Wording, on: date) -> list[Block]:
    lines = carried_forward(store, meeting.id)
    caption = f"Carried forward to {meeting.dated}, {summary(lines, on)}"
    table = log_table(lines, on, wording, caption, "Nothing is carried forward to this meeting.")
    start: list[Block] = [PageBreak(landscape=True)] if lines else []
    return [*start, Heading(2, "Matters arising and action log"), table]


def _coming_up(store: Store, meeting: MeetingRow, scope: MeetingScope) -> list[Block]:
    """Return the next dates: the group's meetings, and for a meeting to come the partnership's dates as well."""
    rows: list[tuple[date, str, str]] = []
    if scope.public or meeting.held_on < scope.today:
        rows = [
            (each.held_on, f"Meeting of the {each.group.removeprefix('The ')}", each.venue or NONE)
            for each in reversed(list_meetings(store, meeting.group_id))
            if each.status is MeetingStatus.PLANNED and each.held_on > meeting.held_on
        ]
    else:
        rows = [
            (each.day, each.what, _OVERDUE if each.is_overdue else each.note or NONE)
            for each in list_dates(store, scope.today, 0, MONTHS_AHEAD)
            if (each.table, each.row_id) != ("meeting", meeting.id)
        ]
    late = sum(note == _OVERDUE for _, _, note in rows)
    caption = listed(len(rows), "date") + (f", {late:,} of them overdue" if late else "")
    columns = (Column("Date", ColumnKind.DATE, 0.8), Column("What", weight=3.0), Column("Note", weight=2.0))
    return [Heading(2, "Coming up"), Table(caption, columns, tuple(rows), "No later date is known.")]
