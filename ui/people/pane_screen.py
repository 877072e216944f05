"""A register's screen that shows the chosen row in the pane before it is edited."""

from abc import abstractmethod
from functools import partial

from typing_extensions import override

from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from ui.board.detail import Deed, Detail
from ui.desk import Desk
from ui.entries.screen import RegisterScreen
from ui.screens.screen import Where


class PaneScreen(RegisterScreen):
    """Choosing a row shows it in the pane, Enter or F2 opens its form."""

    def __init__(self, desk: Desk, register: Register, about: str = "", *, lines: int = 2) -> None:
        super().__init__(desk, register, about, lines=lines)
        self.pane: Detail | None = None
        self._wanted = 0
        self.table.row_chosen.connect(lambda _id: self.show_pane())

    @abstractmethod
    def detail(self, row: Entry) -> Detail:
        """Return the pane of a row."""

    def editing_deed(self, row: Entry) -> Deed:
        """Return the button that opens a row's form."""
        return "Edit", partial(self.edit, row.id)

    @override
    def show_where(self, where: Where) -> None:
        self._wanted = where.id

    @override
    def reread(self) -> None:
        super().reread()
        wanted, self._wanted = self._wanted, 0
        if wanted and wanted != self.table.chosen():
            self.table.choose(wanted)
        elif wanted or self.pane is not None:
            self.show_pane()

    def show_pane(self) -> None:
        """Show the pane of the chosen row, or none."""
        row = self.table.chosen_row()
        before, self.pane = self.pane, None if row is None else self.detail(row)
        self.pane_wanted.emit(self.pane)
        if before is not None:
            before.deleteLater()

    @override
    def pane_gone(self) -> None:
        self.pane = None

    @override
    def form_closed(self) -> None:
        self.show_pane()
        self.take_focus()

    @override
    def step_back(self) -> bool:
        if self.pane is not None:
            self.table.choose(None)
            return True
        return super().step_back()
