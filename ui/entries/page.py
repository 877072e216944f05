"""A page whose screens show registers: forms that a lock kept are opened again on the screen of their register."""

from typing_extensions import override

from ui.entries.forms import entry_form_again
from ui.entries.screen import RegisterScreen
from ui.forms.form import FormSpec
from ui.screens.page import ScreensPage
from ui.screens.screen import Where


class RegistersPage(ScreensPage):
    """A screen of a register is known by the register's own name, unless ``screen_of`` says otherwise."""

    def screen_of(self, register: str) -> str:
        """Return the screen that shows a register's rows."""
        return register if register in self.makers else self.home.kind

    @override
    def form_again(self, name: str, ids: tuple[int, ...]) -> tuple[Where, FormSpec] | None:
        found = entry_form_again(self.desk.store, name, ids, self.desk.today())
        if found is None:
            return None
        register, spec = found
        return Where(self.screen_of(register.value)), spec

    @override
    def go_to(self, row_id: object) -> None:
        """Open any screen, and on a screen of a register the row that is named."""
        super().go_to(row_id)
        screen = self.screen_shown()
        if isinstance(row_id, Where) and row_id.id and isinstance(screen, RegisterScreen):
            screen.choose_wanted(screen.table, row_id.id)
