"""A card with a short table: Enter or F2 opens the form of a row, a button that of a new one."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from ui.reoffending.sections import Card
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import ROW_PX, SECOND_LINE_PX, TableView
from ui.theme import px
from ui.widgets import button

Row = TypeVar("Row")
MOST_SHOWN, FEWEST_SHOWN = 9, 1


class TableCard(Card, Generic[Row]):
    """``opened(id)`` when a row's form is wanted. Its table is as tall as its rows, up to some."""

    opened = Signal(object)

    def __init__(self, heading: str, columns: Sequence[Column[Row]], empty: str, *, lines: int = 1) -> None:
        super().__init__(heading)
        self._columns = tuple(columns)
        self._empty = empty
        self._line_px = ROW_PX + (lines - 1) * SECOND_LINE_PX
        self.model: TableModel[Row] = TableModel(columns, self)
        self.table = TableView(self.model, heading, lines=lines)
        self.table.row_opened.connect(self.opened)
        self.table.edit_asked.connect(self.opened)
        self.column.addWidget(self.table)

    def add_deed(self, words: str, pressed: Callable[[], None]) -> QPushButton:
        """Put a button beside the heading."""
        made = button(words, pressed)
        self.top.addWidget(made)
        return made

    def show_rows(self, rows: Sequence[Row], row_id: Callable[[Row], int]) -> None:
        """Show rows in the place of others."""
        self.model.set_source(RowsInHand(self._columns, rows, row_id))
        self.table.setVisible(bool(rows))
        self.say("" if rows else self._empty)
        shown = min(max(len(rows), FEWEST_SHOWN), MOST_SHOWN)
        self.table.setFixedHeight(px(self._line_px) * shown + px(ROW_PX) + px(6))
