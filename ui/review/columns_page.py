"""How a file is read, to settle: which sheets, where their headings stand, and what each column holds."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import SheetGrid
from csp_desktop.imports.grid_words import row_words
from csp_desktop.imports.records import TablePlace
from csp_desktop.imports.reviewing import with_field, with_heading_rows, with_table
from ui.review.columns_list import ColumnRow, SheetColumns
from ui.review.comparison import Compared
from ui.review.order_bar import OrderLine
from ui.review.reading import ReadingTicks
from ui.review.session import Session
from ui.theme import px
from ui.widgets import label, scrolling

LONGEST_PEEK = 150


class SheetPart(QWidget):
    """One sheet: what of it is read, the row of its headings, and its columns. ``heading_row(int)`` as typed."""

    heading_row = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("zone", "inside")
        self.ticks = ReadingTicks(session)
        self.read = self.ticks.sheet
        self.row = QSpinBox()
        self.row.setKeyboardTracking(False)
        self.row.lineEdit().setTextMargins(px(6), 0, 0, 0)
        self.row.setMinimumWidth(px(64))
        self.row.setToolTip("Type the row, or press the up and down keys")
        self.row.setAccessibleName("Row of the headings")
        self.row.valueChanged.connect(self.heading_row)
        self.order = OrderLine()
        self.columns = SheetColumns(self.order.last_choice)
        self._peek = label("", "muted", wrap=True)
        self._lay_out()

    @property
    def rows(self) -> list[ColumnRow]:
        """Return the columns of every table of the sheet."""
        return self.columns.rows

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(10), px(20), px(12))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(label("Headings in row"))
        head.addWidget(self.row)
        head.addWidget(self._peek, 1)
        column.addWidget(self.ticks)
        column.addLayout(head)
        column.addWidget(self.order)
        column.addSpacing(px(4))
        column.addWidget(self.columns)
        column.addStretch()

    def show_sheet(self, sheet: SheetGrid, compared: Compared) -> None:
        """Show how a sheet is read now."""
        marks, plan = compared.sheets[sheet.name], compared.plan
        first = next(iter(marks.tables), None)
        self.ticks.show_sheet(sheet, marks, first)
        self.ticks.table.hide()  # each table has its own below
        self.row.blockSignals(True)
        self.row.setRange(1, max(sheet.last_row, 1))
        self.row.setValue(first.place.header_row if first else 1)
        self.row.blockSignals(False)
        words = row_words(plan.file.grid, sheet.name, self.row.value()) or "this row is empty"
        cut = words if len(words) <= LONGEST_PEEK else f"{words[:LONGEST_PEEK]}…"
        self._peek.setText(f"Row {self.row.value()} says: {cut}")
        self.order.show_order(compared)
        self.columns.show_tables(marks.tables, plan, compared.layouts)


class ColumnsPage(QWidget):
    """The columns of the sheet that is looked at."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sheets = {sheet.name: sheet for sheet in session.plan.file.grid.sheets}
        self.here = next(iter(self._sheets))
        self.sheet = SheetPart(session)
        self.sheet.heading_row.connect(self._on_heading_row)
        self.sheet.columns.meant.connect(self._on_meant)
        self.sheet.columns.wanted.connect(self._on_table)
        self.sheet.columns.named.connect(self._on_named)
        self.sheet.columns.forget_asked.connect(session.forget)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(self.sheet, "Columns of the sheet"))

    def show_comparison(self, compared: Compared) -> None:
        """Show how the file is read now."""
        self.sheet.show_sheet(self._sheets[self.here], compared)

    def look_at(self, name: str) -> None:
        """Show another sheet."""
        if name != self.here:
            self.here = name
            self.sheet.show_sheet(self._sheets[name], self._session.now)

    def take_focus(self) -> None:
        """Put the keyboard on the sheet's first choice."""
        self.sheet.read.setFocus()

    def _on_heading_row(self, row: int) -> None:
        """Move the headings of the first table; those of others stay."""
        tables = self._session.now.sheets[self.here].tables
        others = [table.place.header_row for table in tables[1:] if table.place.header_row != row]
        self._session.decide(with_heading_rows(self._session.decisions, self.here, [row, *others]))

    def _on_meant(self, table: TablePlace, heading: str, field: ActionField | None) -> None:
        self._session.decide(with_field(self._session.decisions, table, heading, field))

    def _on_table(self, table: TablePlace, wanted: bool) -> None:
        self._session.decide(with_table(self._session.decisions, table, wanted=wanted))

    def _on_named(self, fingerprint: str, name: str) -> None:
        self._session.name_layout(fingerprint, name)
