"""The minutes of a meeting as a document."""

from csp_desktop.queries.meeting_papers import chair_of
from csp_desktop.queries.meetings import MeetingRow, find_meeting, last_before
from csp_desktop.reports.blocks import Block, Paragraph, Report, Role
from csp_desktop.reports.framing import Frame, framed
from csp_desktop.reports.meeting_pack import MeetingScope
from csp_desktop.reports.meeting_words import (
    NO_MEETING,
    TOP,
    are_recorded,
    minutes_blocks,
    nothing_recorded,
    when_and_where,
    wording_of,
)
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
    if are_recorded(store, meeting):
        blocks += minutes_blocks(store, meeting, wording, TOP)
    else:
        blocks.append(nothing_recorded(store, meeting))
    frame = Frame(TITLE, f"Minutes: {meeting.name}", scope.today, meeting.name, public=scope.public)
    return framed(store, frame, blocks)


def _meant(store: Store, scope: MeetingScope) -> MeetingRow | None:
    found = find_meeting(store, scope.meeting, scope.today)
    if found is None or scope.meeting is not None or found.status is MeetingStatus.HELD or are_recorded(store, found):
        return found
    return last_before(store, found) or found
