"""A card with a short table and the things to do with it, each by a button and most by a key."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from csp_desktop.errors import CspError
from ui.flow import Flow
from ui.reoffending.table_card import TableCard
from ui.tables.columns import Column
from ui.theme import px
from ui.widgets import button

Row = TypeVar("Row")


class DeedCard(TableCard[Row]):
    """Its buttons stand in lines above the table, so that a narrow page holds them; keys work while it is in use."""

    def __init__(self, heading: str, columns: Sequence[Column[Row]], empty: str, *, lines: int = 2) -> None:
        super().__init__(heading, columns, empty, lines=lines)
        self._deeds = Flow(px(8))
        self._of_rows: list[QPushButton] = []
        self.column.insertLayout(2, self._deeds)

    @override
    def add_deed(self, words: str, pressed: Callable[[], None], key: str = "") -> QPushButton:
        """Add a button, and a key that does the same where the table has the keyboard."""
        made = button(words, pressed)
        if key:
            made.setToolTip(key)
            shortcut = QShortcut(QKeySequence(key), self.table, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(pressed)
        self._deeds.addWidget(made)
        return made

    def add_row_deed(
        self, words: str, do: Callable[[Row], None], key: str = "", *, chosen_only: bool = False
    ) -> QPushButton:
        """Add a button and a key for what is done with the chosen row; it is not offered while there is no row.

        Where no row is chosen it does it with the first; one of ``chosen_only`` asks to choose first.
        """
        made = self.add_deed(words, partial(self.do_with_chosen if chosen_only else self.do, do), key)
        self._of_rows.append(made)
        return made

    @override
    def show_rows(self, rows: Sequence[Row], row_id: Callable[[Row], int]) -> None:
        super().show_rows(rows, row_id)
        for each in self._of_rows:
            each.setVisible(bool(rows))

    def do_with_chosen(self, do: Callable[[Row], None]) -> None:
        """Do something with the row that a person chose. Raises CspError where none is chosen."""
        row = self.table.chosen_row()
        if row is None:
            raise CspError("Choose a row in the table first.")
        do(row)

    def do(self, do: Callable[[Row], None]) -> None:
        """Do something with the chosen row, or with the first where none is chosen."""
        self.table.choose_first()
        row = self.table.chosen_row()
        if row is not None:
            do(row)
