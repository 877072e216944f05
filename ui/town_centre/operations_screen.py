"""Operations on a screen: the register, and beside the chosen row what was done, what came of it, what is left."""

from collections.abc import Sequence
from functools import partial

from typing_extensions import override

from csp_desktop.queries.town_centre import FollowUpRow, OperationRow, list_operations
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from csp_desktop.registers.shown import shown_value
from ui.board.detail import Deed, Detail, Fact
from ui.desk import Desk
from ui.entries.forms import adding_entry
from ui.forms.words import shown_date
from ui.reoffending.figure_words import counted, days_words
from ui.screens.screen import Where
from ui.tables.columns import Column, Kind
from ui.town_centre.forms import holding_operation
from ui.town_centre.kinds import FOLLOW_UPS
from ui.town_centre.led_to import LedToScreen, editing_follow_up
from ui.widgets import RowLink

ABOUT = (
    "Days of action: where, with whom, what they yielded and what they left to be done. Outputs count once it is said "
    "that an operation was held."
)
UNTOLD = "Its last day has passed: say what came of it."


class OperationsScreen(LedToScreen):
    """Choosing a row shows it in the pane; Enter opens its form."""

    def __init__(self, desk: Desk) -> None:
        self._operations: dict[int, OperationRow] = {}
        self.pane: Detail | None = None
        super().__init__(desk, Register.OPERATIONS, ABOUT)
        self.add_tool("Follow-ups", lambda: self.opened.emit(Where(FOLLOW_UPS)))
        self.table.row_chosen.connect(lambda _id: self._show_pane())

    @override
    def columns(self) -> Sequence[Column[Entry]]:
        left: Column[Entry] = Column(
            key="left",
            heading="Left to do",
            width=11,
            spare=1,
            kind=Kind.NUMBER,
            text=self._left_words,
            tone=lambda row: "error" if self._has_late(row) else "",
            tooltip=lambda row: "A follow-up is overdue." if self._has_late(row) else "",
        )
        return (*super().columns(), left)

    def _left_words(self, row: Entry) -> str:
        left = self._operations[row.id].open_follow_ups
        return f"{len(left):,}" if left else ""

    def _has_late(self, row: Entry) -> bool:
        return any(each.overdue_days for each in self._operations[row.id].open_follow_ups)

    @override
    def rows(self) -> list[Entry]:
        found = list_operations(self.desk.store, self.desk.today())
        self._operations = {row.id: row for row in found}
        return [row.entry for row in found]

    @override
    def reread(self) -> None:
        super().reread()
        if self.pane is not None:
            self._show_pane()

    def _show_pane(self) -> None:
        row = self.table.chosen_row()
        before, self.pane = self.pane, None
        if row is None:
            self.pane_wanted.emit(None)
        else:
            self.pane = self._made(self._operations[row.id])
            self.pane_wanted.emit(self.pane)
        if before is not None:
            before.deleteLater()

    def _made(self, row: OperationRow) -> Detail:
        entry = row.entry
        last = f" to {shown_date(row.last_day)}" if row.last_day != row.starts else ""
        facts: list[Fact] = [
            ("When", f"{shown_date(row.starts)}{last}"),
            ("Status", shown_value(entry.values["status"])),
            *((name, entry.text(key)) for name, key in (("Place", "place"), ("Lead", "lead"), ("Strand", "strand"))),
            ("Partners", "\n".join(entry.names("partners"))),
            ("What was done", entry.text("summary")),
            ("Outputs", "\n".join(f"{count:,} {kind}" for kind, count in entry.counts("outputs"))),
            ("What came of it", entry.text("outcome")),
            ("Action", entry.text("action")),
            ("Follow-ups", left_words(row.open_follow_ups) if row.follow_ups else ""),
            *((follow_up_words(each), self._link(each)) for each in row.follow_ups),
        ]
        return Detail(entry.text("title"), UNTOLD if row.is_untold else "", facts, self._deeds(row))

    def _deeds(self, row: OperationRow) -> list[Deed]:
        held: list[Deed] = (
            [("It was held", partial(self.hold, row.id))] if row.is_planned and row.starts <= row.as_of else []
        )
        return [*held, ("Add a follow-up", partial(self.add_follow_up, row.id)), ("Edit", partial(self.edit, row.id))]

    def _link(self, row: FollowUpRow) -> RowLink:
        link = RowLink(row.entry.text("title"), partial(self.edit_follow_up, row.id))
        link.setAccessibleName(f"Follow-up {row.entry.text('title')}, {follow_up_words(row)}")
        return link

    def hold(self, operation_id: int) -> None:
        """Open the form that says what came of an operation."""
        self.form_asked.emit(holding_operation(self.desk.store, operation_id, self.desk.today()))

    def add_follow_up(self, operation_id: int) -> None:
        """Open the form of a new follow-up of an operation."""
        given = {"operation": operation_id}
        self.form_asked.emit(adding_entry(self.desk.store, Register.FOLLOW_UPS, self.desk.today(), given))

    def edit_follow_up(self, follow_up_id: int) -> None:
        """Open the form of a follow-up."""
        self.form_asked.emit(editing_follow_up(self, follow_up_id))

    @override
    def pane_gone(self) -> None:
        before, self.pane = self.pane, None
        if before is not None:
            before.deleteLater()

    @override
    def form_closed(self) -> None:
        self._show_pane()
        self.take_focus()

    @override
    def step_back(self) -> bool:
        if self.table.chosen() is not None and self.pane is not None:
            self.table.choose(None)
            return True
        return super().step_back()


def follow_up_words(row: FollowUpRow) -> str:
    """Return who does it by when, and how late it is: "Amira Khan, 22 days late"."""
    owner = row.entry.text("owner") or "no owner"
    if not row.is_open:
        done = row.entry.day("done_on")
        return f"{shown_value(row.entry.values['status']).lower()} {shown_date(done)}".strip()
    if row.overdue_days:
        return f"{owner}, {days_words(row.overdue_days)} late"
    due = row.entry.day("due")
    return f"{owner}, due {shown_date(due)}" if due else f"{owner}, no date"


def operation_words(row: OperationRow) -> str:
    """Return when and where an operation is, or that nobody has said what came of it."""
    if row.is_untold:
        return f"{shown_date(row.starts)}, was it held?"
    place = row.entry.text("place")
    return f"{shown_date(row.starts)}{f', {place}' if place else ''}"


def left_words(rows: Sequence[FollowUpRow]) -> str:
    """Return how many follow-ups are open and overdue: "3 follow-ups open, 1 overdue"."""
    late = sum(bool(row.overdue_days) for row in rows)
    return f"{counted(len(rows), 'follow-up')} open{f', {late:,} overdue' if late else ''}"
