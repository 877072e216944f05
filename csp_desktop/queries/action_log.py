"""The action log of the groups: what was agreed, who does it, and what is carried forward to the next meeting."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from csp_desktop.queries.meetings import get_meeting
from csp_desktop.queries.parties import Parties, Party
from csp_desktop.store import Store
from models.meetings import LogEntry, Meeting, Minute
from models.people import Group
from models.plan import Action
from models.terms import LogStatus
from models.vocabulary import LifecycleStatus

_ENDED = frozenset({LogStatus.CLOSED, LogStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry of a group's action log. Texts are empty where nothing is known.

    ``raised_on`` is the day of the meeting that raised it, None between meetings; ``minute`` the number of the minute.
    ``closed_on`` is also the day on which a withdrawn entry was withdrawn. ``action_ref`` and ``action_status`` are of
    the plan's action that it was promoted to.
    """

    id: int
    version: int
    ref: str
    title: str
    group_id: int
    group: str
    owner: Party | None
    due: date | None
    due_text: str
    status: LogStatus
    completed_on: date | None
    closed_on: date | None
    closed_at_id: int | None
    position: str
    meeting_id: int | None
    raised_on: date | None
    minute: int | None
    action_id: int | None
    action_ref: str | None
    action_status: LifecycleStatus | None

    @property
    def is_ended(self) -> bool:
        """Say whether the group is done with it: closed or withdrawn."""
        return self.status in _ENDED

    @property
    def suggests_completion(self) -> bool:
        """Say whether its plan action is complete while its owner has not completed the entry: they should look."""
        return self.status is LogStatus.OPEN and self.action_status is LifecycleStatus.COMPLETE

    def is_carried(self, day: date) -> bool:
        """Say whether it is carried forward to a meeting of its group on a day.

        It was raised before, and not closed or withdrawn before that day: what a meeting closes was carried to it.
        """
        if self.raised_on is not None and self.raised_on >= day:
            return False
        return not self.is_ended or (self.closed_on is not None and self.closed_on >= day)

    def status_on(self, day: date) -> LogStatus:
        """Return where it stood at the end of a day, by the days that are recorded."""
        if self.is_ended and not (self.closed_on is not None and self.closed_on > day):
            return self.status
        is_undated = self.status is LogStatus.COMPLETED and self.completed_on is None  # as an old log may be
        if is_undated or (self.completed_on is not None and self.completed_on <= day):
            return LogStatus.COMPLETED
        return LogStatus.OPEN

    def days_late(self, day: date) -> int:
        """Return by how many days it is overdue on a day; 0 once its owner completed it, and without a date."""
        if self.due is None or self.status_on(day) is not LogStatus.OPEN:
            return 0
        return max(0, (day - self.due).days)


def list_log(store: Store, group_id: int | None = None) -> list[LogLine]:
    """Return the log of a group, or of every group: open entries, then completed, then ended ones.

    Among those that stand alike the earliest due comes first, and what has no date last.
    """
    query = _query()
    if group_id is not None:
        query = query.where(LogEntry.group_id == group_id)
    return _lines(store, query)


def carried_forward(store: Store, meeting_id: int) -> list[LogLine]:
    """Return the matters arising of a meeting: every entry of its group that is carried forward to it."""
    meeting = get_meeting(store, meeting_id)
    return [line for line in list_log(store, meeting.group_id) if line.is_carried(meeting.held_on)]


def raised_at(store: Store, meeting_id: int) -> list[LogLine]:
    """Return the entries that a meeting raised, in the order of their refs."""
    lines = _lines(store, _query().where(LogEntry.meeting_id == meeting_id))
    return sorted(lines, key=lambda line: line.id)


def entries_of_action(store: Store, action_id: int) -> list[LogLine]:
    """Return the entries that were promoted to a plan's action."""
    return _lines(store, _query().where(LogEntry.action_id == action_id))


def _query() -> Select[*tuple[Any, ...]]:
    raising = aliased(Meeting)
    return (
        select(
            LogEntry.id, LogEntry.version, LogEntry.ref, LogEntry.title, LogEntry.group_id, Group.name.label("group"),
            LogEntry.owner_person_id, LogEntry.owner_organisation_id, LogEntry.due, LogEntry.due_text, LogEntry.status,
            LogEntry.completed_on, LogEntry.closed_on, LogEntry.closed_at_id, LogEntry.position, LogEntry.meeting_id,
            raising.held_on.label("raised_on"), Minute.number.label("minute"), LogEntry.action_id,
            Action.ref.label("action_ref"), Action.status.label("action_status"),
        )
        .join(Group, Group.id == LogEntry.group_id)
        .outerjoin(raising, raising.id == LogEntry.meeting_id)
        .outerjoin(Minute, Minute.id == LogEntry.minute_id)
        .outerjoin(Action, Action.id == LogEntry.action_id)
    )  # fmt: skip


def _lines(store: Store, query: Select[*tuple[Any, ...]]) -> list[LogLine]:
    with store.read() as connection:
        parties = Parties(connection)
        rows = [dict(row) for row in connection.execute(query).mappings()]
    lines = [
        LogLine(owner=parties.find(row.pop("owner_person_id"), row.pop("owner_organisation_id")), **row) for row in rows
    ]
    order = list(LogStatus)
    return sorted(lines, key=lambda line: (order.index(line.status), line.due or date.max, line.id))
