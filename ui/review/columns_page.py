"""How a file is read, to settle: which sheets, where their headings stand, and what each column holds."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import SheetGrid
from csp_desktop.imports.planning import ImportPlan
from csp_desktop.imports.records import TablePlace
from csp_desktop.imports.reviewing import row_words, with_field, with_heading_rows, with_layout_name, with_table
from ui.review.columns_list import ColumnRow, SheetColumns
from ui.review.order_bar import OrderLine
from ui.review.reading import ReadingTicks, sheets_read
from ui.review.session import Compared, Session
from ui.review.words import counted
from ui.theme import px
from ui.widgets import button, label, scrolling

SHEETS_PX = 190
LONGEST_PEEK = 150
LONGEST_NAME = 18


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
        self.columns = SheetColumns()
        self._state = label("", "muted", wrap=True)
        self._peek = label("", "muted", wrap=True)
        self._lay_out()

    @property
    def rows(self) -> list[ColumnRow]:
        """Return the columns of every table of the sheet."""
        return self.columns.rows

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(label("Headings in row"))
        head.addWidget(self.row)
        head.addWidget(self._peek, 1)
        column.addWidget(self.ticks)
        column.addWidget(self._state)
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
        self._state.setText(state_words(plan, sheet.name))
        words = row_words(plan.file.grid, sheet.name, self.row.value()) or "this row is empty"
        cut = words if len(words) <= LONGEST_PEEK else f"{words[:LONGEST_PEEK]}…"
        self._peek.setText(f"Row {self.row.value()} says: {cut}")
        self.order.show_order(compared)
        self.columns.show_tables(marks.tables, plan, compared.layouts)


class ColumnsPage(QWidget):
    """The sheets of the file at the left, the columns of the chosen one beside them. ``sheet_shown(name)``."""

    sheet_shown = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sheets = {sheet.name: sheet for sheet in session.plan.file.grid.sheets}
        read = sheets_read(session.plan)
        self.here = read[0] if read else next(iter(self._sheets))
        self.buttons: dict[str, QPushButton] = {}
        self.sheet = SheetPart(session)
        self.sheet.heading_row.connect(self._on_heading_row)
        self.sheet.columns.meant.connect(self._on_meant)
        self.sheet.columns.wanted.connect(self._on_table)
        self.sheet.columns.named.connect(self._on_named)
        self.sheet.columns.forget_asked.connect(session.forget)
        scroll = scrolling(self.sheet, "Columns of the sheet")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self._rail = self._list()
        self._rail.setVisible(len(self._sheets) > 1)
        across.addWidget(self._rail)
        across.addWidget(scroll, 1)

    def _list(self) -> QWidget:
        left = QFrame()
        left.setProperty("zone", "rail")
        inside = QVBoxLayout()
        inside.setSpacing(px(2))
        group = QButtonGroup(self)
        for name in self._sheets:
            made = button(_short(name), partial(self.look_at, name), "place")
            made.setAccessibleName(f"Sheet {name}")
            made.setToolTip(name)
            made.setCheckable(True)
            group.addButton(made)
            self.buttons[name] = made
            inside.addWidget(made)
        inside.addStretch()
        holder = QWidget()
        holder.setProperty("zone", "inside")
        holder.setLayout(inside)
        inside.setContentsMargins(px(6), px(10), px(6), px(10))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(scroll)
        left.setFixedWidth(px(SHEETS_PX))
        self.buttons[self.here].setChecked(True)
        return left

    def show_comparison(self, compared: Compared) -> None:
        """Show how the file is read now."""
        read = sheets_read(compared.plan)
        for name, made in self.buttons.items():
            state = "" if name in read else (" (hidden)" if self._sheets[name].hidden else " (not read)")
            made.setText(f"{_short(name)}{state}")
        self.sheet.show_sheet(self._sheets[self.here], compared)

    def look_at(self, name: str) -> None:
        """Show another sheet."""
        self.buttons[name].setChecked(True)
        if name != self.here:
            self.here = name
            self.sheet.show_sheet(self._sheets[name], self._session.now)
            self.sheet_shown.emit(name)

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
        known = self._session.now.layouts.get(fingerprint)
        was = self._session.decisions.layout_names.get(fingerprint, known.name if known else "")
        if name != was:
            self._session.decide(with_layout_name(self._session.decisions, fingerprint, name))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def state_words(plan: ImportPlan, sheet: str) -> str:
    """Say what is read of a sheet, or why nothing is."""
    rows = [table.records for table in plan.read.tables if table.sheet == sheet]
    whys = [table.why for table in plan.read.skipped if table.sheet == sheet]
    if rows:
        hidden = sum(table.hidden_rows for table in plan.read.tables if table.sheet == sheet)
        told = f"{counted(sum(rows), 'action')} found"
        return f"{told}, {hidden} of them in hidden rows." if hidden else f"{told}."
    return whys[0] if whys else "You chose not to read this sheet."
