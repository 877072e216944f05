"""The columns of meetings, and of what belongs to one: items of its agenda, the roll, decisions, documents."""

from collections.abc import Iterable
from dataclasses import dataclass

from csp_desktop.queries.action_log import list_log
from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.meeting_papers import AgendaLine, DecisionLine, DocumentLine, MinuteLine, RollLine
from csp_desktop.queries.meetings import MeetingRow, list_meetings
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from models.terms import AttendanceKind
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted
from ui.tables.columns import Column, Kind

KIB = 1024
ATTENDANCE = {
    AttendanceKind.PRESENT: "Present",
    AttendanceKind.IN_ATTENDANCE: "In attendance",
    AttendanceKind.APOLOGIES: "Apologies",
    AttendanceKind.ABSENT: "Absent",
}


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting with how many of the entries that it raised are neither closed nor withdrawn."""

    of: MeetingRow
    open_entries: int
    has_minutes: bool

    @property
    def awaits_agreement(self) -> bool:
        """Say whether its minutes are written and not agreed yet."""
        return self.has_minutes and self.of.minutes_agreed is None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of an agenda with its minutes; ``item`` is None for minutes that belong to no item."""

    item: AgendaLine | None
    minutes: tuple[MinuteLine, ...]

    @property
    def id(self) -> int:
        """Return what the line is known by: the item's id, or less than 0 for a minute without one."""
        return self.item.id if self.item else -self.minutes[0].id

    @property
    def title(self) -> str:
        """Return what it is called."""
        return self.item.title if self.item else self.minutes[0].title


@dataclass(frozen=True, slots=True)
class RolledLine:
    """A line of the roll by its place, for one that nobody spoke of yet has no id."""

    id: int
    of: RollLine


def meeting_lines(store: Store, group_id: int | None = None) -> list[MeetingLine]:
    """Return the meetings of a group, or of all, newest first."""
    left: dict[int | None, int] = {}
    for entry in list_log(store, group_id):
        if not entry.is_ended:
            left[entry.meeting_id] = left.get(entry.meeting_id, 0) + 1
    minuted = {entry.row_id("meeting") for entry in list_entries(store, Register.MINUTES)}
    return [MeetingLine(row, left.get(row.id, 0), row.id in minuted) for row in list_meetings(store, group_id)]


def item_lines(agenda: Iterable[AgendaLine], minutes: Iterable[MinuteLine]) -> list[ItemLine]:
    """Return the items in order, each with its minutes, and last the minutes that belong to none of them."""
    items, written = list(agenda), list(minutes)
    known = {item.id for item in items}
    lines = [ItemLine(item, tuple(each for each in written if each.agenda_item_id == item.id)) for item in items]
    return [*lines, *(ItemLine(None, (each,)) for each in written if each.agenda_item_id not in known)]


def _minutes_agreed(line: MeetingLine) -> str:
    if line.of.minutes_agreed:
        return f"agreed {shown_date(line.of.minutes_agreed)}"
    return "draft" if line.has_minutes else ""


def _asked(line: ItemLine) -> str:
    if line.item is None:
        return "a minute without an item"
    asked = f"Decision asked: {line.item.decision_asked}" if line.item.decision_asked else ""
    return " ".join(filter(None, (asked, line.item.paper)))


def _decided(line: ItemLine) -> str:
    decided = [each.wording for minute in line.minutes for each in minute.decisions]
    return decided[0] if len(decided) == 1 else counted(len(decided), "decision") if decided else ""


_DATE: Column[MeetingLine] = Column(
    key="date",
    heading="Date",
    kind=Kind.DATE,
    width=13,
    text=lambda line: line.of.dated,
    note=lambda line: line.of.begins,
    sort_key=lambda line: line.of.held_on.toordinal(),
)
_STANDING: tuple[Column[MeetingLine], ...] = (
    Column(key="status", heading="Status", width=12, text=lambda line: line.of.status.label),
    Column(key="minutes", heading="Minutes", width=18, spare=1, text=_minutes_agreed),
    Column(
        key="open",
        heading="Open log entries",
        kind=Kind.NUMBER,
        width=16,
        spare=2,
        text=lambda line: f"{line.open_entries:,}" if line.open_entries else "",
        sort_key=lambda line: line.open_entries,
    ),
)
MEETINGS: tuple[Column[MeetingLine], ...] = (
    _DATE,
    Column(key="group", heading="Group", width=0, text=lambda line: line.of.group, note=lambda line: line.of.venue),
    *_STANDING,
)
GROUP_MEETINGS: tuple[Column[MeetingLine], ...] = (
    _DATE,
    Column(key="venue", heading="Venue", width=0, text=lambda line: line.of.venue),
    *_STANDING,
)
ITEMS: tuple[Column[ItemLine], ...] = (
    Column(
        key="position",
        heading="No.",
        kind=Kind.NUMBER,
        width=5,
        text=lambda line: str(line.item.position) if line.item else "",
        sort_key=lambda line: line.item.position if line.item else None,
    ),
    Column(key="title", heading="Item", width=0, text=lambda line: line.title, note=_asked),
    Column(
        key="presenter",
        heading="Presented by",
        width=18,
        spare=2,
        text=lambda line: line.item.presenter.name if line.item and line.item.presenter else "",
    ),
    Column(
        key="minute",
        heading="Minute",
        width=40,
        text=lambda line: ", ".join(each.label for each in line.minutes),
        note=lambda line: " ".join(" ".join(each.text.split()) for each in line.minutes),
    ),
    Column(key="decided", heading="Decided", width=26, spare=1, text=_decided),
)
ROLL: tuple[Column[RolledLine], ...] = (
    Column(
        key="who",
        heading="Who",
        width=0,
        text=lambda line: line.of.party.name,
        note=lambda line: ", ".join(
            filter(None, (line.of.role, line.of.party.organisation if line.of.party.person else ""))
        ),
    ),
    Column(
        key="kind",
        heading="Attendance",
        width=18,
        text=lambda line: ATTENDANCE[line.of.kind] if line.of.kind else "",
        note=lambda line: f"{line.of.deputy.name} came" if line.of.deputy else "",
    ),
    Column(
        key="member",
        heading="Sits in the group",
        width=16,
        spare=1,
        text=lambda line: "Member" if line.of.is_member else "Guest",
    ),
)
DOCUMENTS: tuple[Column[DocumentLine], ...] = (
    Column(key="title", heading="Document", width=0, text=lambda line: line.title),
    Column(key="file", heading="File", width=30, text=lambda line: line.file_name),
    Column(
        key="size",
        heading="Size",
        kind=Kind.NUMBER,
        width=12,
        text=lambda line: f"{max(1, round(line.size / KIB)):,} KB",
        sort_key=lambda line: line.size,
    ),
)


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A decision with the minute that says it, "" for none."""

    of: DecisionLine
    minute: str


DECISIONS: tuple[Column[DecidedLine], ...] = (
    Column(key="wording", heading="Decision", width=0, text=lambda line: line.of.wording),
    Column(key="minute", heading="Minute", width=14, text=lambda line: line.minute),
)
