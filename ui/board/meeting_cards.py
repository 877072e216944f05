"""The parts of a meeting's screen: agenda with minutes, the roll, matters arising, decisions, documents."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from typing_extensions import override

from csp_desktop.commands.documents import save_document, withdraw_document
from csp_desktop.commands.log import close_entry
from csp_desktop.commands.meetings import make_agenda, move_item, record_attendance, take_roll
from csp_desktop.queries.action_log import LogLine, carried_forward, raised_at
from csp_desktop.queries.meeting_papers import DocumentLine, agenda_of, decisions_of, documents_of, minutes_of, roll_of
from csp_desktop.queries.meetings import MeetingRow
from csp_desktop.registers.forms import Register
from models.terms import AgendaKind, AttendanceKind
from ui.board.deed_card import DeedCard
from ui.board.entry_forms import ask_to_add, ask_to_edit
from ui.board.log_columns import log_columns
from ui.board.log_forms import completing
from ui.board.meeting_columns import (
    DECISIONS,
    DOCUMENTS,
    ITEMS,
    ROLL,
    DecidedLine,
    ItemLine,
    RolledLine,
    item_lines,
)
from ui.board.meeting_forms import attaching
from ui.files import choose_save
from ui.reoffending.figure_words import counted
from ui.screens.screen import Screen
from ui.tables.columns import Column

Row = TypeVar("Row")
USUAL = frozenset(AgendaKind) - {AgendaKind.ITEM}


class MeetingCard(DeedCard[Row]):
    """A part of a meeting; what it asks and tells goes through the screen that it stands on."""

    def __init__(self, host: Screen, heading: str, columns: Sequence[Column[Row]], empty: str) -> None:
        super().__init__(heading, columns, empty)
        self.host = host
        self.store = host.desk.store
        self.meeting: MeetingRow | None = None

    @property
    def meeting_id(self) -> int:
        """Return the meeting's id, 0 before one is shown."""
        return self.meeting.id if self.meeting else 0

    def show_meeting(self, meeting: MeetingRow) -> None:
        """Show a meeting's part; nothing is chosen in it for having been chosen at another meeting."""
        if self.meeting_id != meeting.id:
            self.table.choose(None)
        self.meeting = meeting
        self.show_part()

    def show_part(self) -> None:
        """Read and show what belongs to the meeting."""

    def add(self, register: Register, begins: str, **given: object) -> None:
        """Open the form of a new row of the meeting."""
        ask_to_add(self.host, register, {"meeting": self.meeting_id, **given}, begins)


class AgendaCard(MeetingCard[ItemLine]):
    """The agenda in order with the minutes beside it. Enter writes the minute of an item."""

    def __init__(self, host: Screen) -> None:
        super().__init__(host, "Agenda and minutes", ITEMS, "There is no agenda yet. Make the usual one, or add items.")
        self.make_button = self.add_deed("Make the usual agenda", self._make)
        self.add_deed("Add item", partial(self.add, Register.AGENDA, "title"), "Ins")
        self.minute_button = self.add_row_deed("Write minute", self.write)
        self.add_row_deed("Add decision", self._decide, "D")
        self.add_row_deed("Edit item", self._edit, "F2")
        self.add_row_deed("Move up", partial(self._move, by=-1), "Alt+Up")
        self.add_row_deed("Move down", partial(self._move, by=1), "Alt+Down")
        self.table.row_opened.connect(lambda _id: self.do(self.write))

    @override
    def show_part(self) -> None:
        agenda = agenda_of(self.store, self.meeting_id)
        self.show_rows(item_lines(agenda, minutes_of(self.store, self.meeting_id)), lambda line: line.id)
        self.make_button.setVisible(not {item.kind for item in agenda} >= USUAL)

    def _make(self) -> None:
        make_agenda(self.store, self.meeting_id)
        self.host.told.emit("The usual items stand on the agenda. Ctrl+Z takes that back.")
        self.show_part()  # an empty table is hidden, and would not take the keyboard
        self.table.setFocus()

    def write(self, line: ItemLine) -> None:
        """Open the minute of an item, or a new one."""
        if line.minutes:
            ask_to_edit(self.host, Register.MINUTES, line.minutes[-1].id, "text")
        else:
            self.add(Register.MINUTES, "text", item=line.item.id if line.item else None, title=line.title)

    def _decide(self, line: ItemLine) -> None:
        self.add(Register.DECISIONS, "wording", minute=line.minutes[-1].id if line.minutes else None)

    def _edit(self, line: ItemLine) -> None:
        if line.item is None:
            self.write(line)
        else:
            ask_to_edit(self.host, Register.AGENDA, line.item.id, "title")

    def _move(self, line: ItemLine, by: int) -> None:
        if line.item is not None:
            move_item(self.store, line.item.id, line.item.version, by)


class RollCard(MeetingCard[RolledLine]):
    """Who was there, by one key each. Enter opens the form of an attendance."""

    def __init__(self, host: Screen) -> None:
        super().__init__(host, "Attendance", ROLL, "Nobody sits in this group on that day. Add members, or guests.")
        self.add_deed("All present", self._take)
        for words, key, kind in (
            ("Present", "P", AttendanceKind.PRESENT),
            ("Apologies", "A", AttendanceKind.APOLOGIES),
            ("In attendance", "I", AttendanceKind.IN_ATTENDANCE),
            ("Absent", "B", AttendanceKind.ABSENT),
        ):
            self.add_row_deed(f"{words} ({key})", partial(self._record, kind=kind), key)
        self.add_row_deed("Deputy came (D)", self._deputy, "D")
        self.add_row_deed("Clear", partial(self._record, kind=None), "Del")
        self.add_deed("Add guest", self._add_guest)
        self.opened.connect(lambda _id: self.do(self._edit))

    @override
    def show_part(self) -> None:
        lines = [RolledLine(at, line) for at, line in enumerate(roll_of(self.store, self.meeting_id), start=1)]
        self.show_rows(lines, lambda line: line.id)
        unsaid = sum(line.of.kind is None for line in lines)
        if lines:
            self.say(f"Nothing is said yet of {counted(unsaid, 'member')}." if unsaid else "")

    def _take(self) -> None:
        count = take_roll(self.store, self.meeting_id)
        self.host.told.emit(f"{counted(count, 'member')} noted as present. Now note the exceptions.")
        self.table.setFocus()

    def _record(self, line: RolledLine, kind: AttendanceKind | None) -> None:
        record_attendance(self.store, self.meeting_id, line.of.seat, kind)
        self._on_to_next(line)

    def _on_to_next(self, line: RolledLine) -> None:
        """Choose the next line, so that a whole roll is taken key by key."""
        at = self.model.position_of(line.id)
        if at is not None and at + 1 < self.model.rowCount():
            self.table.choose(self.model.id_at(at + 1))

    def _deputy(self, line: RolledLine) -> None:
        """Note apologies and the deputy who came; each time it is asked, the next who may come. A form for others."""
        ids = [each.person_id for each in line.of.deputies]
        if not ids:
            self._edit(line, "deputy")
            return
        now = line.of.deputy.person_id if line.of.deputy else None
        following = ids[(ids.index(now) + 1) % len(ids)] if now in ids else ids[0]
        record_attendance(self.store, self.meeting_id, line.of.seat, AttendanceKind.APOLOGIES, following)

    def _edit(self, line: RolledLine, begins: str = "kind") -> None:
        if line.of.row_id is not None:
            ask_to_edit(self.host, Register.ATTENDANCE, line.of.row_id, begins)
            return
        seat = line.of.seat
        kind = AttendanceKind.APOLOGIES if begins == "deputy" else AttendanceKind.PRESENT
        self.add(Register.ATTENDANCE, begins, person=seat.person_id, organisation=seat.organisation_id, kind=kind)

    def _add_guest(self) -> None:
        self.add(Register.ATTENDANCE, "person", kind=AttendanceKind.IN_ATTENDANCE)


class MattersCard(MeetingCard[LogLine]):
    """The entries carried forward to a meeting; completed by their owners, closed here by the group."""

    def __init__(self, host: Screen) -> None:
        today = host.desk.today()
        empty = "Nothing is carried forward to this meeting."
        super().__init__(host, "Matters arising", log_columns(today, with_group=False), empty)
        self.complete_button = self.add_row_deed("Complete \N{HORIZONTAL ELLIPSIS}", self._complete, "C")
        self.close_button = self.add_row_deed("Close at this meeting", self.close_here, "L", chosen_only=True)
        self.opened.connect(lambda row_id: ask_to_edit(host, Register.LOG, row_id))

    @override
    def show_part(self) -> None:
        self.show_rows(carried_forward(self.store, self.meeting_id), lambda line: line.id)

    def _complete(self, line: LogLine) -> None:
        self.host.form_asked.emit(completing(self.store, line, self.host.desk.today()))

    def close_here(self, line: LogLine) -> None:
        """Close an entry that its owner has completed. Raises CspError for one that is not."""
        close_entry(self.store, line.id, line.version, self.meeting_id)
        self.host.told.emit(f"{line.ref} was closed at this meeting. Ctrl+Z takes that back.")


class RaisedCard(MeetingCard[LogLine]):
    """The entries that a meeting raised."""

    def __init__(self, host: Screen) -> None:
        columns = log_columns(host.desk.today(), with_group=False)
        super().__init__(host, "Raised at this meeting", columns, "This meeting has raised no entry of the action log.")
        self.add_deed("Add log entry", self._add)
        self.opened.connect(lambda row_id: ask_to_edit(host, Register.LOG, row_id))

    @override
    def show_part(self) -> None:
        self.show_rows(raised_at(self.store, self.meeting_id), lambda line: line.id)

    def _add(self) -> None:
        self.add(Register.LOG, "title", group=self.meeting.group_id if self.meeting else None)


class DecisionsCard(MeetingCard[DecidedLine]):
    """What the meeting decided, in its wording."""

    def __init__(self, host: Screen) -> None:
        super().__init__(host, "Decisions", DECISIONS, "No decision is recorded.")
        self.add_deed("Add decision", partial(self.add, Register.DECISIONS, "wording"))
        self.opened.connect(lambda row_id: ask_to_edit(host, Register.DECISIONS, row_id, "wording"))

    @override
    def show_part(self) -> None:
        labels = {each.id: each.label for each in minutes_of(self.store, self.meeting_id)}
        rows = [
            DecidedLine(each, labels.get(each.minute_id or 0, "")) for each in decisions_of(self.store, self.meeting_id)
        ]
        self.show_rows(rows, lambda line: line.of.id)


class DocumentsCard(MeetingCard[DocumentLine]):
    """Files kept with the meeting, inside the encrypted store. Enter saves a copy outside it."""

    def __init__(self, host: Screen) -> None:
        super().__init__(host, "Documents", DOCUMENTS, "No document is attached, such as signed minutes or papers.")
        self.attach_button = self.add_deed("Attach a document", self._attach)
        self.add_row_deed("Save a copy", self._save)
        self.add_row_deed("Withdraw", self._withdraw, "Del", chosen_only=True)
        self.opened.connect(lambda _id: self.do(self._save))
        self.choose = choose_save

    @override
    def show_part(self) -> None:
        self.show_rows(documents_of(self.store, self.meeting_id), lambda line: line.id)

    def _attach(self) -> None:
        self.host.form_asked.emit(attaching(self.store, self.meeting_id))

    def _save(self, line: DocumentLine) -> None:
        ending = Path(line.file_name).suffix
        path = self.choose(self, "Save a copy", line.file_name, f"Document (*{ending})")
        if path is not None:
            save_document(self.store, line.id, path)
            self.host.told.emit(f"A copy of {line.title} was saved. It is no longer protected by the store there.")

    def _withdraw(self, line: DocumentLine) -> None:
        withdraw_document(self.store, line.id, line.version)
        self.host.told.emit(f"{line.title} was withdrawn. Ctrl+Z brings it back.")
