"""One meeting: its agenda with minutes, who was there, what is carried forward and raised, decisions and documents."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.commands.meetings import hold_meeting, reopen_minutes
from csp_desktop.errors import CspError
from csp_desktop.queries.entries import names_in
from csp_desktop.queries.meetings import MeetingRow, get_meeting
from csp_desktop.registers.forms import Register
from csp_desktop.reports.kinds import ReportKind
from models.terms import MeetingStatus
from ui.board.entry_forms import ask_to_edit
from ui.board.kinds import REPORTS
from ui.board.meeting_cards import AgendaCard, DecisionsCard, DocumentsCard, MattersCard, RaisedCard, RollCard
from ui.board.meeting_forms import agreeing
from ui.desk import Desk
from ui.forms.words import shown_date
from ui.pages.report_choices import OfKind
from ui.screens.screen import Screen, Where
from ui.theme import px
from ui.widgets import label, scrolling


def about_words(meeting: MeetingRow) -> str:
    """Return when and where a meeting is, how it stands, and its days, in one line."""
    days = (
        ("reports due", meeting.cut_off),
        ("papers out", meeting.papers_date),
        ("minutes agreed", meeting.minutes_agreed),
    )
    parts = (
        ", ".join(filter(None, (meeting.dated, meeting.begins, meeting.venue))),
        meeting.status.label,
        f"Chair: {meeting.chair}" if meeting.chair else "",
        ", ".join(f"{words} {shown_date(day)}" for words, day in days if day),
        meeting.note,
    )
    return ". ".join(f"{part[:1].upper()}{part[1:]}".rstrip(".") for part in parts if part) + "."


class MeetingScreen(Screen):
    """Each part is a table of its own, one below the other; what is asked opens in the pane beside it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Meeting")
        self.meeting: MeetingRow | None = None
        self._wanted = 0
        self.held_button = self.add_tool("It was held", self._hold, "primary")
        self.agree_button = self.add_tool("Agree minutes", self._agree)
        self.reopen_button = self.add_tool("Open minutes again", self._reopen)
        self.report_buttons = (
            self.add_tool("Meeting pack", lambda: self._report(ReportKind.MEETING_PACK)),
            self.add_tool("Minutes", lambda: self._report(ReportKind.MINUTES)),
        )
        self.add_tool("Edit meeting", lambda: ask_to_edit(self, Register.MEETINGS, self._wanted))
        self.about = label("", "muted", wrap=True)
        self.column.addWidget(self.about)
        self.agenda = AgendaCard(self)
        self.roll = RollCard(self)
        self.matters = MattersCard(self)
        self.raised = RaisedCard(self)
        self.decisions = DecisionsCard(self)
        self.documents = DocumentsCard(self)
        self.cards = (self.agenda, self.roll, self.matters, self.raised, self.decisions, self.documents)
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), px(12))
        column.setSpacing(px(10))
        for card in self.cards:
            column.addWidget(card)
        column.addStretch()
        self.column.addWidget(scrolling(inside, "The meeting"), 1)

    @override
    def show_where(self, where: Where) -> None:
        self._wanted = where.id

    @override
    def reread(self) -> None:
        try:
            meeting = get_meeting(self.desk.store, self._wanted)
        except CspError:  # an undo took the meeting out
            self.left.emit()
            return
        self.meeting = meeting
        self.say_title(meeting.name)
        self.about.setText(about_words(meeting))
        is_held = meeting.status is MeetingStatus.HELD
        self.held_button.setVisible(meeting.status is MeetingStatus.PLANNED and meeting.held_on <= self.desk.today())
        self.agree_button.setVisible(is_held and meeting.minutes_agreed is None)
        self.reopen_button.setVisible(meeting.minutes_agreed is not None)
        for card in self.cards:
            card.show_meeting(meeting)
        self.say_counts("")

    def _held(self) -> MeetingRow:
        if self.meeting is None:
            raise CspError("This meeting is no longer in the store.")
        return self.meeting

    def _hold(self) -> None:
        meeting = self._held()
        hold_meeting(self.desk.store, meeting.id, meeting.version, self.desk.today())
        self.told.emit("The meeting is marked as held. Ctrl+Z takes that back.")
        self.take_focus()

    def _agree(self) -> None:
        self.form_asked.emit(agreeing(self.desk.store, self._held(), self.desk.today()))

    def _reopen(self) -> None:
        meeting = self._held()
        reopen_minutes(self.desk.store, meeting.id, meeting.version)
        self.told.emit("The minutes are a draft again and can be put right. Agree them once they are.")
        self.take_focus()

    def _report(self, kind: ReportKind) -> None:
        meeting = self._held()
        self.went_to.emit(REPORTS, OfKind(kind, names_in(self.desk.store, "meeting").labels[meeting.id]))

    @override
    def take_focus(self) -> None:
        first = self.agenda.table if self.agenda.table.isVisible() else self.agenda.make_button
        self.focus_again(first)

    @override
    def form_closed(self) -> None:
        self.take_focus()
