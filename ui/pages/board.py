"""The Board: its meetings and those of every group, the action log, the calendar, risks to delivery, and groups."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from typing_extensions import override

from csp_desktop.queries.action_log import list_log
from csp_desktop.queries.entries import find_entry
from csp_desktop.queries.meetings import list_meetings
from csp_desktop.queries.risks import list_risks
from csp_desktop.registers.forms import Register
from ui.board.calendar_screen import CalendarScreen
from ui.board.entry_forms import OWNERS, added_again
from ui.board.groups_screen import GroupScreen, GroupsScreen
from ui.board.kinds import HERE, Kind
from ui.board.log_forms import log_form_again
from ui.board.log_screen import LogScreen
from ui.board.meeting_forms import meeting_form_again
from ui.board.meeting_screen import MeetingScreen
from ui.board.meetings_screen import MeetingsScreen
from ui.board.risks_screen import RisksScreen
from ui.desk import Desk
from ui.entries.forms import ADD, entry_form_again
from ui.entries.page import RegistersPage
from ui.entries.screen import RegisterScreen
from ui.forms.form import FormSpec
from ui.screens.screen import Screen, Where
from ui.search import Found

ABOUT_PERIODS = (
    "The quarters that are reported on: when figures are cut off, when papers go out, which meeting reads them. "
    "A quarter without a row stands in the calendar with its last day alone."
)
ABOUT_KEY_DATES = (
    "Dates that no other register holds, such as the annual refresh. One that comes back is done up to the day on "
    "which it was last done."
)
MAKERS: Mapping[str, Callable[[Desk], Screen]] = {
    Kind.MEETINGS: MeetingsScreen,
    Kind.MEETING: MeetingScreen,
    Kind.LOG: LogScreen,
    Kind.CALENDAR: CalendarScreen,
    Kind.RISKS: RisksScreen,
    Kind.GROUPS: GroupsScreen,
    Kind.GROUP: GroupScreen,
    Kind.REPORTING_PERIODS: partial(RegisterScreen, register=Register.REPORTING_PERIODS, about=ABOUT_PERIODS),
    Kind.KEY_DATES: partial(RegisterScreen, register=Register.KEY_DATES, about=ABOUT_KEY_DATES),
}
TOP: Sequence[tuple[str, str]] = (
    (Kind.MEETINGS, "Meetings"),
    (Kind.LOG, "Action log"),
    (Kind.CALENDAR, "Calendar"),
    (Kind.RISKS, "Risks"),
    (Kind.GROUPS, "Groups"),
)
SHOWN_ON = {"meeting": Kind.MEETING, "group": Kind.GROUP}


class BoardPage(RegistersPage):
    """The screens of the Board."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Board", MAKERS, TOP)

    @override
    def offered(self) -> Sequence[Found]:
        store = self.desk.store
        meetings = [Found(row.name, "Meeting", self._go(Kind.MEETING, row.id)) for row in list_meetings(store)]
        entries = [Found(f"{line.ref} {line.title}", "Log", self._go(Kind.LOG, line.id)) for line in list_log(store)]
        risks = [
            Found(f"{row.ref} {row.title}", "Risk", self._go(Kind.RISKS, row.id))
            for row in list_risks(store, self.desk.today())
        ]
        return [*meetings, *entries, *risks]

    def _go(self, kind: Kind, row_id: int) -> Callable[[], None]:
        return partial(self.went_to.emit, HERE, Where(kind, row_id))

    @override
    def form_again(self, name: str, ids: tuple[int, ...]) -> tuple[Where, FormSpec] | None:
        store, today = self.desk.store, self.desk.today()
        step = log_form_again(store, name, ids, today)
        if step is not None:
            return Where(Kind.LOG, ids[0]), step
        step = meeting_form_again(store, name, ids, today)
        if step is not None:
            return Where(Kind.MEETING, ids[0]), step
        found = entry_form_again(store, name, ids, today)
        return None if found is None else self._entry_again(name, ids, *found)

    def _entry_again(
        self, name: str, ids: tuple[int, ...], register: Register, spec: FormSpec
    ) -> tuple[Where, FormSpec]:
        """Return a register's form on the screen of what its row belongs to."""
        owner = OWNERS.get(register)
        if register is Register.LOG and name.startswith(ADD) and ids:
            return Where(Kind.MEETING, ids[0]), added_again(self.desk.store, register, ids, self.desk.today())
        if owner is None:
            kept_with_calendar = register in {Register.REPORTING_PERIODS, Register.KEY_DATES}
            return Where(Kind.CALENDAR if kept_with_calendar else self.screen_of(register.value)), spec
        if name.startswith(ADD):
            again = added_again(self.desk.store, register, ids, self.desk.today())
            return Where(SHOWN_ON[owner], ids[0]) if ids else self.home, again
        owner_id = find_entry(self.desk.store, register, ids[0]).row_id(owner) or 0
        return Where(SHOWN_ON[owner], owner_id), spec
