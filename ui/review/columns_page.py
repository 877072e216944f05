"""How a file is read: which sheets, where their headings stand, and which field each column holds."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import SheetGrid
from csp_desktop.imports.mapping import ColumnMapping, ProposedMapping
from csp_desktop.imports.planning import ImportPlan
from csp_desktop.imports.records import TablePlace
from csp_desktop.imports.reviewing import row_words, samples, with_field, with_heading_rows, with_sheet
from ui.forms.controls import ChoiceBox, TickBox
from ui.review.session import Compared, Session
from ui.review.words import CONFIDENCE, FIELDS, counted
from ui.theme import px
from ui.widgets import button, emptied, label, scrolling

SHEETS_PX = 190
NOT_READ = "Not read"
LONGEST_SAMPLE = 34
LONGEST_PEEK = 150
LONGEST_NAME = 18


class ColumnRow:
    """The widgets of one column: its heading, some of its values, what it holds, how sure that is."""

    def __init__(self, grid: QGridLayout, at: int, mapping: ColumnMapping) -> None:
        self.heading = mapping.heading
        self.choice = ChoiceBox()
        self.choice.addItems([NOT_READ, *FIELDS.values()])
        self.choice.setMaxVisibleItems(len(FIELDS) + 1)
        self.choice.setAccessibleName(f"{mapping.heading} holds")
        self.choice.setFixedWidth(px(210))
        self.confidence = label("", "muted")
        self.values = label("", "muted", wrap=True)
        name = label(mapping.heading, wrap=True)
        name.setBuddy(self.choice)
        for column, widget in enumerate((name, self.values, self.choice, self.confidence)):
            grid.addWidget(widget, at, column)

    def show_mapping(self, mapping: ColumnMapping, values: tuple[str, ...], *, is_chosen: bool) -> None:
        """Show what the column holds now."""
        self.choice.setCurrentIndex(0 if mapping.field is None else 1 + list(FIELDS).index(mapping.field))
        of_period = f" ({mapping.period_text})" if mapping.period_text else ""
        self.confidence.setText(f"{'Your choice' if is_chosen else CONFIDENCE[mapping.confidence]}{of_period}")
        short = (value if len(value) <= LONGEST_SAMPLE else f"{value[:LONGEST_SAMPLE]}…" for value in values)
        self.values.setText(" \N{MIDDLE DOT} ".join(short) or "no values")

    def field(self) -> ActionField | None:
        """Return the field that is chosen."""
        at = self.choice.currentIndex()
        return list(FIELDS)[at - 1] if at else None


class SheetPage(QWidget):
    """One sheet. ``wanted(bool)`` to read it, ``heading_row(int)``, ``meant(table, heading, field or None)``."""

    wanted = Signal(bool)
    heading_row = Signal(int)
    meant = Signal(object, str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("zone", "inside")
        self.rows: list[ColumnRow] = []
        self._shown: tuple[object, ...] = ()
        self.read = TickBox("Read this sheet")
        self.read.clicked.connect(self.wanted)
        self.row = QSpinBox()
        self.row.setKeyboardTracking(False)
        self.row.lineEdit().setTextMargins(px(6), 0, 0, 0)
        self.row.setMinimumWidth(px(64))
        self.row.setToolTip("Type the row, or press the up and down keys")
        self.row.setAccessibleName("Row of the headings")
        self.row.valueChanged.connect(self.heading_row)
        self._state = label("", "muted", wrap=True)
        self._peek = label("", "muted", wrap=True)
        self._grids = QVBoxLayout()
        self._grids.setSpacing(px(12))
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self.read)
        head.addSpacing(px(12))
        head.addWidget(label("Headings in row"))
        head.addWidget(self.row)
        head.addWidget(self._state, 1)
        column.addLayout(head)
        column.addWidget(self._peek)
        column.addLayout(self._grids)
        column.addStretch()

    def show_sheet(self, sheet: SheetGrid, plan: ImportPlan) -> None:
        """Show how a sheet is read now; the widgets stay the same ones while its headings do."""
        tables = mappings_of(plan, sheet.name)
        top = next((place.header_row for place in tables), 0)
        self.read.setChecked(sheet.name in sheets_read(plan))
        was = self.row.blockSignals(True)
        self.row.setRange(1, max(1, sheet.last_row))
        self.row.setValue(next(iter(plan.decisions.header_rows.get(sheet.name, ())), top or 1))
        self.row.blockSignals(was)
        self._state.setText(state_words(plan, sheet.name))
        words = row_words(plan.file.grid, sheet.name, self.row.value()) or "this row is empty"
        cut = words if len(words) <= LONGEST_PEEK else f"{words[:LONGEST_PEEK]}…"
        self._peek.setText(f"Row {self.row.value()} says: {cut}")
        shape = (sheet.name, *((at, *(each.heading for each in found.columns)) for at, found in tables.items()))
        if shape != self._shown:
            self._build(tables)
            self._shown = shape
        columns = [(place, each) for place, found in tables.items() for each in found.columns]
        for widgets, (place, each) in zip(self.rows, columns, strict=True):
            chosen = plan.decisions.mappings.get(place, {})
            values = samples(plan.file.grid, sheet.name, place.header_row, each.column)
            widgets.show_mapping(each, values, is_chosen=each.heading in chosen)

    def _build(self, tables: dict[TablePlace, ProposedMapping]) -> None:
        emptied(self._grids)
        self.rows = []
        for place, found in tables.items():
            grid = QGridLayout()
            grid.setHorizontalSpacing(px(16))
            grid.setVerticalSpacing(px(6))
            grid.setColumnStretch(0, 3)
            grid.setColumnStretch(1, 5)
            if len(tables) > 1:
                self._grids.addWidget(label(f"Table with headings in row {place.header_row}", "strong"))
            for column, words in enumerate(("Heading in the file", "Some of its values", "Holds", "How sure")):
                grid.addWidget(label(words, "muted"), 0, column)
            for at, each in enumerate(found.columns, start=1):
                made = ColumnRow(grid, at, each)
                made.choice.activated.connect(partial(self._on_chosen, place, made))
                self.rows.append(made)
            self._grids.addLayout(grid)

    def _on_chosen(self, place: TablePlace, row: ColumnRow, _at: int) -> None:
        self.meant.emit(place, row.heading, row.field())


class ColumnsPage(QWidget):
    """The sheets of the file at the left, the columns of the chosen one beside them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        grids = session.plan.file.grid.sheets
        self._sheets = {sheet.name: sheet for sheet in grids}
        read = sheets_read(session.plan)
        self._here = read[0] if read else next(iter(self._sheets))
        self.buttons: dict[str, QPushButton] = {}
        self.sheet = SheetPage()
        self.sheet.wanted.connect(self._on_wanted)
        self.sheet.heading_row.connect(self._on_heading_row)
        self.sheet.meant.connect(self._on_meant)
        scroll = scrolling(self.sheet, "Columns of the sheet")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._list())
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
        self.buttons[self._here].setChecked(True)
        return left

    def show_comparison(self, compared: Compared) -> None:
        """Show how the file is read now."""
        plan = compared.plan
        read = sheets_read(plan)
        for name, made in self.buttons.items():
            made.setText(_short(name) if name in read else f"{_short(name)} (not read)")
        self.sheet.show_sheet(self._sheets[self._here], plan)

    def look_at(self, name: str) -> None:
        """Show another sheet."""
        self._here = name
        self.buttons[name].setChecked(True)
        self.sheet.show_sheet(self._sheets[name], self._session.plan)

    def take_focus(self) -> None:
        """Put the keyboard on the sheet's first choice."""
        self.sheet.read.setFocus()

    def _on_wanted(self, wanted: bool) -> None:
        read = sheets_read(self._session.plan)
        self._session.decide(with_sheet(self._session.decisions, read, self._here, wanted=wanted))

    def _on_heading_row(self, row: int) -> None:
        self._session.decide(with_heading_rows(self._session.decisions, self._here, [row]))

    def _on_meant(self, table: TablePlace, heading: str, field: ActionField | None) -> None:
        self._session.decide(with_field(self._session.decisions, table, heading, field))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def sheets_read(plan: ImportPlan) -> tuple[str, ...]:
    """Return the names of the sheets that are read now, or would be if they held actions."""
    if plan.decisions.sheets is not None:
        return plan.decisions.sheets
    return tuple(dict.fromkeys(table.sheet for table in plan.read.tables))


def mappings_of(plan: ImportPlan, sheet: str) -> dict[TablePlace, ProposedMapping]:
    """Return the tables of a sheet, read or not, in the order of the rows of their headings."""
    found = {table.place: table.mapping for table in plan.read.tables if table.sheet == sheet}
    others = {t.place: t.mapping for t in plan.read.skipped if t.sheet == sheet and t.mapping is not None}
    return dict(sorted((found | others).items()))


def state_words(plan: ImportPlan, sheet: str) -> str:
    """Say what is read of a sheet, or why nothing is."""
    rows = [table.records for table in plan.read.tables if table.sheet == sheet]
    whys = [table.why for table in plan.read.skipped if table.sheet == sheet]
    if rows:
        hidden = sum(table.hidden_rows for table in plan.read.tables if table.sheet == sheet)
        told = f"{counted(sum(rows), 'action')} found"
        return f"{told}, {hidden} of them in hidden rows." if hidden else f"{told}."
    return whys[0] if whys else "You chose not to read this sheet."
