"""The minutes of a meeting as a document."""

from csp_desktop.queries.meeting_papers import chair_of, decisions_of, minutes_of
from csp_desktop.queries.meetings import MeetingRow, find_meeting, last_before
from csp_desktop.reports.blocks import Block, Paragraph, Report, Role
from csp_desktop.reports.framing import Frame, framed
from csp_desktop.reports.meeting_pack import MeetingScope
from csp_desktop.reports.meeting_words import NO_MEETING, minutes_blocks, when_and_where, wording_of
from csp_desktop.store import Store
from models.terms import MeetingStatus

TITLE = "Minutes"


def minutes_report(store: Store, scope: MeetingScope) -> Report:
    """Build the minutes of a meeting.

    Where none is named and the next meeting has no minutes yet, they are those of its group's last that was held.
    Raises CspError for a meeting that there is not; without any meeting it is a page that says so.
    """
    meeting = _meant(store, scope)
    if meeting is None:
        frame = Frame(TITLE, "Minutes without a meeting", scope.today, public=scope.public)
        return framed(store, frame, [Paragraph(NO_MEETING, Role.LEAD)])
    wording = wording_of(store, public=scope.public)
    blocks: list[Block] = [Paragraph(when_and_where(meeting, wording, chair_of(store, meeting)), Role.LEAD)]
    if meeting.status is MeetingStatus.HELD or _has_minutes(store, meeting):
        blocks += minutes_blocks(store, meeting, wording, 2)
    else:
        blocks.append(Paragraph("It was not held, so it has no minutes."))
    frame = Frame(TITLE, f"Minutes: {meeting.name}", scope.today, meeting.name, public=scope.public)
    return framed(store, frame, blocks)


def _meant(store: Store, scope: MeetingScope) -> MeetingRow | None:
    found = find_meeting(store, scope.meeting, scope.today)
    if found is None or scope.meeting is not None or found.status is MeetingStatus.HELD or _has_minutes(store, found):
        return found
    return last_before(store, found) or found


def _has_minutes(store: Store, meeting: MeetingRow) -> bool:
    return bool(minutes_of(store, meeting.id) or decisions_of(store, meeting.id))
