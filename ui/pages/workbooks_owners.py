"""The list of owners on the page of workbooks: ticks that say whom a workbook is for, and what nobody leads below."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csp_desktop.queries.chasing import Chase
from ui.flow import Flow
from ui.review.words import counted
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.owners import OwnerLine, OwnersView, owner_columns, owner_lines, searched
from ui.theme import px
from ui.widgets import button, label


class OwnersList(QWidget):
    """The table with its ticks. ``plan_asked()`` to see what nobody leads."""

    plan_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[OwnerLine] = ()
        ticked: set[int] = set()
        self._columns = owner_columns(ticked)
        self.model: TableModel[OwnerLine] = TableModel(self._columns, self)
        self.table = OwnersView(self.model, ticked)
        self.table.ticks_changed.connect(self._tell)
        self.ticks = label("", "muted")
        self.unled = label("", "muted", wrap=True)
        self.show_unled = button("Show them in the plan", self.plan_asked.emit, "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(self._bar())
        column.addWidget(self.table, 1)
        column.addLayout(self._below())
        self._tell()

    def _bar(self) -> Flow:
        row = Flow(px(8))
        self.all_button = button("Tick all", self.table.tick_all, "quiet")
        self.all_button.setToolTip("Ctrl+A")
        self.none_button = button("Tick none", self.table.tick_none, "quiet")
        self.none_button.setToolTip("Ctrl+Shift+A")
        for each in (self.all_button, self.none_button, self.ticks):
            row.addWidget(each)
        return row

    def _below(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.unled, 1)
        row.addWidget(self.show_unled)
        return row

    def show_chase(self, chase: Chase) -> None:
        """Show these owners; a tick stays with its owner."""
        self.lines = owner_lines(chase.owners)
        self.table.keep_ticks_of(self.lines)
        self.model.set_source(RowsInHand(self._columns, self.lines, lambda line: line.id, searched))
        load = chase.unled.load
        nobody = counted(load.open_actions, "open action")
        late = f", {load.overdue:,} of them overdue" if load.overdue else ""
        verb = "has" if load.open_actions == 1 else "have"
        self.unled.setText(f"{nobody} {verb} no lead{late}, so nobody can be asked about them.")
        self.unled.setVisible(bool(load.open_actions))
        self.show_unled.setVisible(bool(load.open_actions))
        self._tell()

    def ticked(self) -> list[OwnerLine]:
        """Return the owners that have a tick, in the order of the plan's list."""
        return [line for line in self.lines if line.id in self.table.ticked]

    def _tell(self) -> None:
        count = len(self.table.ticked)
        self.ticks.setText(f"{count:,} ticked" if count else "None ticked: Space ticks one")
        self.none_button.setEnabled(bool(count))
