"""What of a sheet is read: the sheet itself, one of its tables, its hidden rows; each a box to tick."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from csp_desktop.imports.grid import SheetGrid
from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.reviewing import with_hidden_rows, with_sheet, with_table
from csp_desktop.imports.sheet_marks import SheetMarks, TableMark, filled_hidden_rows
from ui.forms.controls import TickBox
from ui.review.session import Session
from ui.review.sheet_words import hidden_words, state_words, table_words
from ui.theme import px
from ui.widgets import Title

SPACING_PX = 14


class ReadingTicks(QWidget):
    """The boxes of one sheet, those that there is nothing to choose by hidden."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sheet = SheetGrid("")
        self._table: TableMark | None = None
        self.sheet = TickBox("Read this sheet")
        self.table = TickBox("Read this table")
        self.hidden = TickBox("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(SPACING_PX))
        self._boxes = (self.sheet, self.table, self.hidden)
        for box in self._boxes:
            row.addWidget(box)
        self.state = Title("")
        self.state.setProperty("kind", "muted")
        row.addWidget(self.state, 1)
        self.sheet.clicked.connect(self._on_sheet)
        self.table.clicked.connect(self._on_table)
        self.hidden.clicked.connect(self._on_hidden)

    def show_sheet(self, sheet: SheetGrid, marks: SheetMarks, table: TableMark | None) -> None:
        """Show what is read of a sheet, and of the table that is looked at."""
        self._sheet, self._table = sheet, table
        self.sheet.setChecked(is_wanted(self._session.plan, sheet))
        self.sheet.setText("Read this hidden sheet" if sheet.hidden else "Read this sheet")
        self.table.setVisible(len(marks.tables) > 1)
        self.table.setEnabled(table is not None)
        self.table.setChecked(table is not None and table.is_read)
        self.table.setAccessibleName(f"Read: {table_words(table)}" if table else "Read this table")
        hidden = filled_hidden_rows(sheet)
        self.hidden.setVisible(bool(hidden))
        self.hidden.setText(hidden_words(hidden))
        self.hidden.setChecked(sheet.name not in self._session.decisions.unhidden_only)
        self.state.say(state_words(self._session.plan, sheet.name))

    def least_width(self) -> int:
        """Return how much room the boxes that are offered need beside each other."""
        return sum(box.sizeHint().width() + px(SPACING_PX) for box in self._boxes if not box.isHidden())

    def _on_sheet(self, wanted: bool) -> None:
        read = sheets_read(self._session.plan)
        self._session.decide(with_sheet(self._session.decisions, read, self._sheet.name, wanted=wanted))

    def _on_table(self, wanted: bool) -> None:
        if self._table is not None:
            self._session.decide(with_table(self._session.decisions, self._table.place, wanted=wanted))

    def _on_hidden(self, wanted: bool) -> None:
        self._session.decide(with_hidden_rows(self._session.decisions, self._sheet.name, wanted=wanted))


def is_wanted(plan: ImportPlan, sheet: SheetGrid) -> bool:
    """Say whether actions are looked for on a sheet; whether there are any is another matter."""
    return not sheet.hidden if plan.decisions.sheets is None else sheet.name in plan.decisions.sheets


def sheets_read(plan: ImportPlan) -> tuple[str, ...]:
    """Return the names of the sheets that are read now, or would be if they held actions."""
    if plan.decisions.sheets is not None:
        return plan.decisions.sheets
    return tuple(dict.fromkeys(table.sheet for table in plan.read.tables))
