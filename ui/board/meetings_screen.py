"""Every meeting of every group, newest first."""

from functools import partial

from typing_extensions import override

from csp_desktop.registers.forms import Register
from models.terms import MeetingStatus
from ui.board.detail import Detail, Fact
from ui.board.entry_forms import ask_to_add, ask_to_edit
from ui.board.kinds import Kind
from ui.board.meeting_columns import MEETINGS, MeetingLine, meeting_lines
from ui.board.table_screen import Look, TableScreen
from ui.desk import Desk
from ui.entries.saving import Saving
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted
from ui.screens.screen import Where

LOOK = Look(
    title="Meetings",
    name="Meetings of the groups",
    about="Enter opens a meeting: its agenda, who was there, minutes and decisions, matters arising and documents.",
    empty="There are no meetings yet. Add one, or bring in the spreadsheet that you keep them in.",
    register=Register.MEETINGS,
)


class MeetingsScreen(TableScreen[MeetingLine]):
    """Choosing a meeting opens its pane, Enter the meeting, F2 its form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, LOOK, MEETINGS)
        self.add_tool("Add meeting", partial(ask_to_add, self, Register.MEETINGS, {}), "primary")
        self.add_tool("Bring in a spreadsheet", self.register_asked.emit)
        self.saving = Saving(self, Register.MEETINGS)
        self.narrowed_by(
            {
                "all": ("All", lambda _line: True),
                "planned": ("To come", lambda line: line.of.status is MeetingStatus.PLANNED),
                "held": ("Held", lambda line: line.of.status is MeetingStatus.HELD),
                "unagreed": ("Minutes to agree", lambda line: line.awaits_agreement),
            },
            "Filter by group or venue",
        )

    @override
    def rows(self) -> list[MeetingLine]:
        return meeting_lines(self.desk.store)

    @override
    def row_id(self, row: MeetingLine) -> int:
        return row.of.id

    @override
    def counts_words(self) -> str:
        ahead = sum(line.of.status is MeetingStatus.PLANNED for line in self.all_rows)
        return f"{counted(len(self.all_rows), 'meeting')}, {ahead:,} to come" if self.all_rows else ""

    @override
    def detail(self, row: MeetingLine) -> Detail:
        one = row.of
        facts: list[Fact] = [
            ("Date", ", ".join(filter(None, (one.dated, one.begins)))),
            ("Venue", one.venue),
            ("Status", one.status.label),
            ("Chair", one.chair),
            ("Reports due", shown_date(one.cut_off)),
            ("Papers out", shown_date(one.papers_date)),
            ("Minutes agreed", shown_date(one.minutes_agreed)),
            ("Log entries", f"{row.open_entries:,} of those raised there are open" if row.open_entries else ""),
            ("Note", one.note),
        ]
        return Detail(
            one.name, "", facts, [("Open", partial(self.open_row, one.id)), ("Edit", partial(self.edit, one.id))]
        )

    @override
    def open_row(self, row_id: int) -> None:
        self.opened.emit(Where(Kind.MEETING, row_id))

    @override
    def edit(self, row_id: int) -> None:
        ask_to_edit(self, Register.MEETINGS, row_id)
