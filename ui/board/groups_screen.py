"""The partnership's groups, and one group: who sits in it for whom and from when, and when it meets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.errors import CspError
from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.queries.meetings import list_meetings
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from models.terms import MeetingStatus
from models.vocabulary import GroupKind
from ui.board.detail import Detail
from ui.board.entry_forms import ask_to_add, ask_to_edit
from ui.board.kinds import Kind
from ui.board.meeting_columns import GROUP_MEETINGS, MeetingLine, meeting_lines
from ui.board.table_screen import Look, TableScreen
from ui.desk import Desk
from ui.entries.saving import Saving
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted
from ui.reoffending.table_card import TableCard
from ui.screens.screen import Screen, Where
from ui.tables import columns
from ui.tables.columns import Column
from ui.theme import px
from ui.widgets import label, scrolling

LOOK = Look(
    title="Groups",
    name="Groups of the partnership",
    about="The bodies that meet and own plans: the Board, the town-centre group and the theme groups. Enter opens one "
    "with its members and meetings.",
    empty="There are no groups yet. Add one, or bring in the spreadsheet that you keep them in.",
    register=Register.GROUPS,
)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with how many sit in it on a day and when it meets next, None where that is not known."""

    of: Entry
    members: int
    next_meeting: date | None


def seat_holds(seat: Entry, day: date) -> bool:
    """Say whether a seat is held on a day; an open end holds for ever."""
    starts, ends = seat.day("starts"), seat.day("ends")
    return (starts is None or starts <= day) and (ends is None or ends >= day)


def _kind(entry: Entry) -> str:
    kind = entry.word("kind", GroupKind)
    return kind.label if kind else ""


GROUPS: tuple[Column[GroupLine], ...] = (
    Column(
        key="name",
        heading="Group",
        width=0,
        text=lambda line: line.of.text("name"),
        note=lambda line: line.of.text("purpose"),
    ),
    Column(key="kind", heading="Kind", width=20, text=lambda line: _kind(line.of)),
    Column(
        key="members",
        heading="Members now",
        kind=columns.Kind.NUMBER,
        width=14,
        text=lambda line: f"{line.members:,}",
        sort_key=lambda line: line.members,
    ),
    Column(
        key="next",
        heading="Meets next",
        kind=columns.Kind.DATE,
        width=14,
        spare=1,
        text=lambda line: shown_date(line.next_meeting),
        sort_key=lambda line: line.next_meeting.toordinal() if line.next_meeting else None,
    ),
)


def _period(seat: Entry) -> str:
    starts, ends = shown_date(seat.day("starts")), shown_date(seat.day("ends"))
    if starts and ends:
        return f"{starts} to {ends}"
    return f"since {starts}" if starts else f"until {ends}" if ends else ""


def seat_columns(today: date) -> Sequence[Column[Entry]]:
    """Return the columns of a group's seats; one that is not held today is muted and says so."""

    def tone(seat: Entry) -> str:
        return "" if seat_holds(seat, today) else "muted"

    return (
        Column(
            key="who",
            heading="Member",
            width=0,
            text=lambda seat: seat.text("person") or seat.text("organisation"),
            note=lambda seat: seat.text("organisation") if seat.text("person") else "",
            tone=tone,
        ),
        Column(key="role", heading="Role", width=24, text=lambda seat: seat.text("role"), tone=tone),
        Column(
            key="period",
            heading="Seat held",
            width=28,
            spare=1,
            text=_period,
            note=lambda seat: "" if seat_holds(seat, today) else "not now",
            tone=tone,
        ),
    )


class GroupsScreen(TableScreen[GroupLine]):
    """Enter opens a group, F2 its form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LOOK, GROUPS)
        self.add_tool("Add group", self.add, "primary")
        self.add_tool("Bring in a spreadsheet", self.register_asked.emit)
        self.saving = Saving(self, Register.GROUPS)
        self.narrowed_by({}, "Filter groups")

    @override
    def rows(self) -> list[GroupLine]:
        store, today = self.desk.store, self.desk.today()
        seats = [each for each in list_entries(store, Register.GROUP_MEMBERS) if seat_holds(each, today)]
        ahead: dict[int, date] = {}
        for meeting in list_meetings(store):  # the newest first, so that the next one is what stays
            if meeting.status is MeetingStatus.PLANNED and meeting.held_on >= today:
                ahead[meeting.group_id] = meeting.held_on
        return [
            GroupLine(each, sum(seat.row_id("group") == each.id for seat in seats), ahead.get(each.id))
            for each in list_entries(store, Register.GROUPS)
        ]

    @override
    def row_id(self, row: GroupLine) -> int:
        return row.of.id

    @override
    def counts_words(self) -> str:
        return counted(len(self.all_rows), "group")

    @override
    def detail(self, row: GroupLine) -> Detail | None:
        facts = [
            ("Kind", _kind(row.of)),
            ("Purpose", row.of.text("purpose")),
            ("Formed", row.of.text("formed_text") or shown_date(row.of.day("formed"))),
            ("Members now", f"{row.members:,}"),
            ("Meets next", shown_date(row.next_meeting)),
        ]
        deeds = [("Open", partial(self.open_row, row.of.id)), ("Edit", partial(self.edit, row.of.id))]
        return Detail(row.of.text("name"), "", facts, deeds)

    @override
    def open_row(self, row_id: int) -> None:
        self.opened.emit(Where(Kind.GROUP, row_id))

    def add(self) -> None:
        """Open the form of a new group."""
        ask_to_add(self, Register.GROUPS, {})

    @override
    def edit(self, row_id: int) -> None:
        ask_to_edit(self, Register.GROUPS, row_id)


class GroupScreen(Screen):
    """One group: its members by role with their dates, and its meetings."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Group")
        self.group_id = 0
        self.add_tool("Edit group", lambda: ask_to_edit(self, Register.GROUPS, self.group_id))
        self.about = label("", "muted", wrap=True)
        self.column.addWidget(self.about)
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), px(12))
        column.setSpacing(px(10))
        self.members: TableCard[Entry] = TableCard(
            "Members", seat_columns(desk.today()), "Nobody is recorded.", lines=2
        )
        self.meetings: TableCard[MeetingLine] = TableCard(
            "Meetings", GROUP_MEETINGS, "No meeting is recorded.", lines=2
        )
        self.add_member = self.members.add_deed("Add member", self._add_member)
        self.meetings.add_deed("Add meeting", self._add_meeting)
        self.members.opened.connect(lambda row_id: ask_to_edit(self, Register.GROUP_MEMBERS, row_id))
        self.meetings.opened.connect(lambda row_id: self.opened.emit(Where(Kind.MEETING, row_id)))
        column.addWidget(self.members)
        column.addWidget(self.meetings)
        column.addStretch()
        self.column.addWidget(scrolling(inside, "The group"), 1)

    @override
    def show_where(self, where: Where) -> None:
        self.group_id = where.id

    @override
    def reread(self) -> None:
        store, today = self.desk.store, self.desk.today()
        try:
            group = find_entry(store, Register.GROUPS, self.group_id)
        except CspError:  # an undo took the group out
            self.left.emit()
            return
        self.say_title(group.text("name"))
        formed = group.text("formed_text") or shown_date(group.day("formed"))
        parts = (_kind(group), f"formed {formed}" if formed else "")
        self.about.setText(". ".join(part for part in (", ".join(filter(None, parts)), group.text("purpose")) if part))
        seats = [each for each in list_entries(store, Register.GROUP_MEMBERS) if each.row_id("group") == self.group_id]
        seats.sort(key=lambda seat: not seat_holds(seat, today))
        self.members.show_rows(seats, lambda seat: seat.id)
        meetings = meeting_lines(store, self.group_id)
        self.meetings.show_rows(meetings, lambda line: line.of.id)
        now = sum(seat_holds(seat, today) for seat in seats)
        self.say_counts(f"{counted(now, 'member')} now, {counted(len(meetings), 'meeting')}")

    def _add_member(self) -> None:
        given = {"group": self.group_id}
        ask_to_add(self, Register.GROUP_MEMBERS, given, "person")

    def _add_meeting(self) -> None:
        ask_to_add(self, Register.MEETINGS, {"group": self.group_id}, "held_on")

    @override
    def take_focus(self) -> None:
        shown = self.members.table.isVisible()
        (self.members.table if shown else self.add_member).setFocus()
