"""A register's screen that another screen leads to at one of its rows."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from typing_extensions import override

from csp_desktop.commands.entries import withdraw_entry
from csp_desktop.commands.town_centre import complete_follow_up
from csp_desktop.queries.entries import find_entry
from csp_desktop.registers.forms import Register
from models.vocabulary import LifecycleStatus
from ui.desk import Desk
from ui.entries.forms import editing_entry
from ui.entries.screen import RegisterScreen
from ui.forms.form import FormSpec
from ui.screens.screen import Screen, Where


class LedToScreen(RegisterScreen):
    """Shows the row that it was opened at once it has read its rows."""

    def __init__(self, desk: Desk, register: Register, about: str = "") -> None:
        self._wanted = 0
        super().__init__(desk, register, about)

    @override
    def show_where(self, where: Where) -> None:
        self._wanted = where.id

    @override
    def reread(self) -> None:
        super().reread()
        wanted, self._wanted = self._wanted, 0
        if wanted:
            self.choose_wanted(self.table, wanted)


class FollowUpsScreen(LedToScreen):
    """The follow-ups of all operations."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Register.FOLLOW_UPS, "What operations left to be done, and who does it by when.")

    @override
    def editing(self, row_id: int) -> FormSpec:
        return editing_follow_up(self, row_id)


def editing_follow_up(screen: Screen, row_id: int) -> FormSpec:
    """Return the form of a follow-up on any screen: it also says that it is done, or withdraws it."""
    store, today = screen.desk.store, screen.desk.today()
    row = find_entry(store, Register.FOLLOW_UPS, row_id)
    spec = editing_entry(store, Register.FOLLOW_UPS, row_id, today)
    status = row.word("status", LifecycleStatus)
    if status is not None and status.is_open:
        done = partial(complete_follow_up, store, row_id, row.version, today)
        spec = replace(spec, more=(*spec.more, ("Mark as done", _ending(screen, done, "The follow-up is done."))))
    withdraw = partial(withdraw_entry, store, Register.FOLLOW_UPS, row_id, row.version)
    return screen.with_withdrawal(spec, "The follow-up", withdraw)


def _ending(screen: Screen, deed: Callable[[], None], sentence: str) -> Callable[[], None]:
    def do() -> None:
        deed()
        screen.form_over.emit()
        screen.told.emit(sentence)

    return do
