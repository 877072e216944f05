"""A screen of one table whose rows are worked out: chips that narrow it, a filter, and a pane for the chosen row."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtWidgets import QButtonGroup, QPushButton
from typing_extensions import override

from csp_desktop.registers.forms import Register
from ui.board.detail import Detail
from ui.desk import Desk
from ui.flow import Flow
from ui.forms.form import FormSpec
from ui.forms.registers import Wanted, bringing_in_one
from ui.screens.screen import FILTER_PX, Screen, Where
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button, label

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a table screen shows: ``name`` its table's, ``about`` the sentence above, ``empty`` where there is no row.

    ``register`` is the one that its spreadsheet is brought in as, None for none.
    """

    title: str
    name: str
    about: str
    empty: str
    register: Register | None = None
    lines: int = 2


class TableScreen(Screen, Generic[Row]):
    """Choosing a row opens its pane, Enter leads on. Rows are read by ``rows`` and narrowed by the chip that is on."""

    def __init__(self, desk: Desk, look: Look, columns: Sequence[Column[Row]]) -> None:
        super().__init__(desk, look.title)
        self.look = look
        self.all_rows: list[Row] = []
        self.shown: list[Row] = []
        self.chips: dict[str, QPushButton] = {}
        self.pane: Detail | None = None
        self._wanted = 0
        self._narrowing: Mapping[str, tuple[str, Callable[[Row], bool]]] = {}
        self.column.addWidget(label(look.about, "muted", wrap=True))
        self.bar = Flow(px(8))
        self.column.addLayout(self.bar)
        self._group = QButtonGroup(self)
        self.model: TableModel[Row] = TableModel(columns, self)
        self.table = TableView(self.model, look.name, lines=look.lines)
        self.table.row_chosen.connect(lambda _id: self.show_pane())
        self.table.row_opened.connect(self.open_row)
        self.table.edit_asked.connect(self.edit)
        self.column.addWidget(self.table, 1)
        self.empty = label("", "muted", wrap=True)
        self.empty.setContentsMargins(px(4), px(8), px(4), px(8))
        self.column.addWidget(self.empty)

    def narrowed_by(self, chips: Mapping[str, tuple[str, Callable[[Row], bool]]], hint: str) -> None:
        """Offer chips, each with its words and the rows that it lets through, the first of them on; and the filter."""
        self._narrowing = chips
        for key, (words, _lets) in chips.items():
            chip = button(words, partial(self.narrow, key), "chip")
            chip.setCheckable(True)
            self._group.addButton(chip)
            self.chips[key] = chip
            self.bar.addWidget(chip)
        if self.chips:
            next(iter(self.chips.values())).setChecked(True)
        line = self.add_filter(hint, self.on_filter)
        line.setMinimumWidth(px(FILTER_PX))
        self.bar.addWidget(line)

    def narrow(self, key: str) -> None:
        """Show the rows that a chip lets through."""
        self.chips[key].setChecked(True)
        self.show_rows()
        if self.table.chosen() is not None:  # it may be hidden now, or seen again
            self.show_pane()

    def on_filter(self, text: str) -> None:
        """Show the rows that hold what was typed."""
        self.model.filter(text)
        self._say_empty()

    @abstractmethod
    def rows(self) -> list[Row]:
        """Read the rows."""

    @abstractmethod
    def row_id(self, row: Row) -> int:
        """Return what a row is known by."""

    @abstractmethod
    def detail(self, row: Row) -> Detail | None:
        """Return the pane of a row."""

    @abstractmethod
    def counts_words(self) -> str:
        """Return what the status line says of the rows."""

    def open_row(self, row_id: int) -> None:
        """Lead on from a row; its form where it leads nowhere else."""
        self.edit(row_id)

    def edit(self, row_id: int) -> None:
        """Open the form of a row."""

    @override
    def bringing_in(self, start: Callable[[Wanted], None]) -> FormSpec | None:
        return None if self.look.register is None else bringing_in_one(self.look.register, start)

    @override
    def reread(self) -> None:
        self.all_rows = self.rows()
        self.show_rows()
        self.say_counts(self.counts_words())
        if self._wanted:
            self._choose_wanted()
        elif self.pane is not None:
            self.show_pane()

    @override
    def show_where(self, where: Where) -> None:
        self._wanted = where.id
        if where.which in self.chips:
            self.chips[str(where.which)].setChecked(True)

    def _choose_wanted(self) -> None:
        """Choose the row that another screen led to, under a chip that lets it through."""
        wanted, self._wanted = self._wanted, 0
        row = next((row for row in self.all_rows if self.row_id(row) == wanted), None)
        if row is None:
            return
        if row not in self.shown:
            through = (key for key, (_words, lets) in self._narrowing.items() if lets(row))
            self.narrow(next(through, next(iter(self._narrowing), "")))
        self.choose_wanted(self.table, wanted)

    def show_rows(self) -> None:
        """Show what is left of the rows under the chip that is on; each chip says how many it lets through."""
        for key, (words, lets) in self._narrowing.items():
            count = sum(map(lets, self.all_rows))
            self.chips[key].setText(f"{words} {count:,}" if count else words)
        chosen = next((key for key, chip in self.chips.items() if chip.isChecked()), None)
        lets_through = self._narrowing[chosen][1] if chosen else (lambda _row: True)
        self.shown = self.kept([row for row in self.all_rows if lets_through(row)])
        self.model.set_source(RowsInHand(self.model.columns, self.shown, self.row_id))
        self._say_empty()

    def _say_empty(self) -> None:
        self.empty.setText("There is none of these." if self.all_rows else self.look.empty)
        self.empty.setVisible(not self.model.rowCount())

    def kept(self, rows: list[Row]) -> list[Row]:
        """Return what is shown of the rows that a chip lets through."""
        return rows

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

    @override
    def take_focus(self) -> None:
        self.table.setFocus()
