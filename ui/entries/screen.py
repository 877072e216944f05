"""One register on a screen: its table, its rows' form in the pane, what brings it in and takes it out."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from typing_extensions import override

from csp_desktop.commands.entries import withdraw_entry
from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.registers.forms import Register
from csp_desktop.registers.reading import Entry
from ui.desk import Desk
from ui.entries.columns import columns_of
from ui.entries.forms import adding_entry, editing_entry
from ui.entries.saving import Saving
from ui.forms.form import FormSpec
from ui.forms.registers import Wanted, bringing_in_one
from ui.reoffending.figure_words import counted
from ui.screens.screen import Screen
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import label

EMPTY = "Nothing is recorded here yet. Add the first by hand, or bring in the spreadsheet that you keep."
NO_MATCH = "No row holds what the filter asks for. Esc clears the filter."


class RegisterScreen(Screen):
    """Enter or F2 opens a row's form. ``about`` is the sentence above the table: what this is, and what it is for.

    A screen that says more of a row overrides ``columns``, ``rows`` or ``editing``; ``widest`` names the field whose
    column takes the room that is left, "" for the first text.
    """

    widest = ""

    def __init__(self, desk: Desk, register: Register, about: str = "", *, lines: int = 2) -> None:
        super().__init__(desk, register.label)
        self.register = register
        self.shown: list[Entry] = []
        self.add_button = self.add_tool(f"Add {register.noun}", self.add, "primary")
        self.add_tool("Bring in a spreadsheet", self.register_asked.emit)
        self.saving = Saving(self, register)
        self.about = label(about, "muted", wrap=True)
        self.about.setVisible(bool(about))
        self.column.addWidget(self.about)
        self.column.addWidget(self.add_filter(f"Filter {register.label.lower()}", self._on_filter))
        self.model: TableModel[Entry] = TableModel(self.columns(), self)
        self.table = TableView(self.model, register.label, lines=lines)
        self.table.row_opened.connect(self.edit)
        self.table.edit_asked.connect(self.edit)
        self.column.addWidget(self.table, 1)
        self.empty = label(EMPTY, "muted", wrap=True)
        self.empty.setContentsMargins(px(4), px(8), px(4), px(8))
        self.column.addWidget(self.empty)

    def columns(self) -> Sequence[Column[Entry]]:
        """Return the columns of the table."""
        return columns_of(self.register, self.widest)

    def rows(self) -> list[Entry]:
        """Read the rows to show."""
        return list_entries(self.desk.store, self.register)

    def given(self) -> Mapping[str, Any]:
        """Return where a new row's form begins, by field."""
        return {}

    def _on_filter(self, text: str) -> None:
        self.model.filter(text)
        self._say_empty()

    def _say_empty(self) -> None:
        self.empty.setText(NO_MATCH if self.shown else EMPTY)
        self.empty.setVisible(not self.model.rowCount())

    @override
    def reread(self) -> None:
        self.shown = self.rows()
        self.model.set_source(RowsInHand(self.model.columns, self.shown, lambda row: row.id))
        self._say_empty()
        self.say_counts(counted(len(self.shown), "row") if self.shown else "")

    def add(self) -> None:
        """Open the form of a new row."""
        self.form_asked.emit(adding_entry(self.desk.store, self.register, self.desk.today(), self.given()))

    def edit(self, row_id: int) -> None:
        """Open the form of a row."""
        self.form_asked.emit(self.editing(row_id))

    def editing(self, row_id: int) -> FormSpec:
        """Return the form of a row, which also offers to withdraw it."""
        store = self.desk.store
        row = find_entry(store, self.register, row_id)
        spec = editing_entry(store, self.register, row_id, self.desk.today())
        deed = partial(withdraw_entry, store, self.register, row_id, row.version)
        return self.with_withdrawal(spec, f"The {self.register.noun}", deed)

    @override
    def bringing_in(self, start: Callable[[Wanted], None]) -> FormSpec | None:
        return bringing_in_one(self.register, start)

    @override
    def take_focus(self) -> None:
        self.table.setFocus()
