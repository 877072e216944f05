"""The columns of one sheet in a list: heading, some values, what it holds, how sure; and what is remembered of them."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csp_desktop.imports.grid_words import samples
from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.mapping import ColumnMapping
from csp_desktop.imports.sheet_marks import TableMark
from csp_desktop.queries.layouts import LayoutRow
from ui.forms.controls import TickBox
from ui.review.column_band import FieldBox, sample_words
from ui.review.rooms import in_turn
from ui.review.sheet_words import layout_words, sure_words, table_words
from ui.theme import px
from ui.widgets import button, emptied, label, restyled

NAME_PX = 280
OF_RETURNED = "The columns of an update workbook are known again, whatever they are called and wherever they stand."


class ColumnRow:
    """The widgets of one column: its heading, some of its values, what it holds, how sure that is."""

    def __init__(self, grid: QGridLayout, at: int, mapping: ColumnMapping) -> None:
        self.heading = mapping.heading
        self.choice = FieldBox()
        self.choice.setAccessibleName(f"{mapping.heading} holds")
        self.confidence = label("", "muted")
        self.values = label("", "muted", wrap=True)
        name = label(mapping.heading, wrap=True)
        name.setBuddy(self.choice)
        for column, widget in enumerate((name, self.values, self.choice, self.confidence)):
            grid.addWidget(widget, at, column)

    def show_mapping(self, mapping: ColumnMapping, values: tuple[str, ...], sure: tuple[str, str]) -> None:
        """Show what the column holds now, and how sure that is with the tone of saying so."""
        self.choice.show_field(mapping.field)
        of_period = f" ({mapping.period_text})" if mapping.period_text else ""
        self.confidence.setText(f"{sure[0]}{of_period}")
        self.confidence.setProperty("kind", sure[1])
        restyled(self.confidence)
        self.values.setText(sample_words(values))


class TableColumns(QWidget):
    """One table. ``meant(table, heading, field or None)``, ``wanted(table, bool)``, ``named(fingerprint, name)``.

    ``forget_asked(LayoutRow)`` to forget what was remembered of its headings.
    """

    meant = Signal(object, str, object)
    wanted = Signal(object, bool)
    named = Signal(str, str)
    forget_asked = Signal(object)

    def __init__(self, table: TableMark, *, several: bool) -> None:
        super().__init__()
        self.setProperty("zone", "inside")
        self._table = table
        self._layout: LayoutRow | None = None
        self.read = TickBox("Read this table")
        self.read.setAccessibleName(f"Read: {table_words(table)}")
        self.read.clicked.connect(lambda wanted: self.wanted.emit(self._table.place, wanted))
        self.known = label("", "muted", wrap=True)
        self.name = QLineEdit()
        self.name.setPlaceholderText("for example Safer Streets return")
        self.name.setAccessibleName("Name of this layout")
        self.name.setMaximumWidth(px(NAME_PX))
        self.name.textEdited.connect(self._on_named)
        self.forget = button("Forget what was remembered", self._on_forget)
        self.rows: list[ColumnRow] = []
        self._samples: dict[tuple[int, int], tuple[str, ...]] = {}
        self._lay_out(table, several=several)

    def _lay_out(self, table: TableMark, *, several: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(16))
        title = label(table_words(table), "strong")
        head.addWidget(title)
        head.addWidget(self.read)
        head.addStretch()
        for shown in (title, self.read):
            shown.setVisible(several)
        column.addLayout(head)
        column.addWidget(self.known)
        column.addWidget(self._memory())
        column.addSpacing(px(4))
        column.addLayout(self._columns(table))

    def _memory(self) -> QWidget:
        named = label("Name of this layout")
        named.setBuddy(self.name)
        self._naming = QWidget()
        row = QHBoxLayout(self._naming)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(named)
        row.addWidget(self.name, 1)
        row.addWidget(self.forget)
        row.addStretch()
        return self._naming

    def _columns(self, table: TableMark) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 5)
        for at, words in enumerate(("Heading in the file", "Some of its values", "This column is", "How sure")):
            grid.addWidget(label(words, "muted"), 0, at)
        for at, each in enumerate(table.mapping.columns, start=1):
            made = ColumnRow(grid, at, each)
            made.choice.meant.connect(
                lambda field, heading=each.heading: self.meant.emit(self._table.place, heading, field)
            )
            self.rows.append(made)
        return grid

    def show_table(self, table: TableMark, plan: ImportPlan, layout: LayoutRow | None) -> None:
        """Show how the table is read now, and what was remembered of its headings."""
        self._table, self._layout = table, layout
        self.read.setChecked(table.is_read)
        self.known.setText(layout_words(layout) if plan.returned is None else OF_RETURNED)
        self._naming.setVisible(plan.returned is None)  # nothing of an update workbook's columns is remembered
        said = plan.decisions.layout_names.get(table.mapping.fingerprint, layout.name if layout else "")
        if not self.name.hasFocus():
            self.name.setText(said)
        self.name.setToolTip("Kept when you bring the file in")
        self.forget.setVisible(layout is not None)
        for widgets, each in zip(self.rows, table.mapping.columns, strict=True):
            widgets.show_mapping(each, self._values(table, plan, each.column), sure_words(each, plan, table.place))

    def _values(self, table: TableMark, plan: ImportPlan, column: int) -> tuple[str, ...]:
        """Return some values of a column; the file stays as it is, so they are looked for once."""
        key = (column, table.last_row)
        if key not in self._samples:
            place = table.place
            self._samples[key] = samples(plan.file.grid, place.sheet, place.header_row, column, table.last_row)
        return self._samples[key]

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Return what the keyboard comes by, in its order."""
        return (self.read, self.name, self.forget, *(row.choice for row in self.rows))

    def _on_named(self, name: str) -> None:
        self.named.emit(self._table.mapping.fingerprint, name.strip())

    def _on_forget(self) -> None:
        if self._layout is not None:
            self.forget_asked.emit(self._layout)


class SheetColumns(QWidget):
    """Every table of one sheet, one below the other; the signals are those of ``TableColumns``.

    The keyboard comes here after ``before``.
    """

    meant = Signal(object, str, object)
    wanted = Signal(object, bool)
    named = Signal(str, str)
    forget_asked = Signal(object)

    def __init__(self, before: QWidget) -> None:
        super().__init__()
        self._before = before
        self.setProperty("zone", "inside")
        self.tables: list[TableColumns] = []
        self._shape: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(20))

    @property
    def rows(self) -> list[ColumnRow]:
        """Return the columns of every table."""
        return [row for table in self.tables for row in table.rows]

    @property
    def stops(self) -> list[QWidget]:
        """Return what the keyboard comes by, in its order."""
        return [stop for table in self.tables for stop in table.stops]

    def show_tables(self, tables: tuple[TableMark, ...], plan: ImportPlan, layouts: Mapping[str, LayoutRow]) -> None:
        """Show the tables as they are read now; the widgets stay the same ones while the headings do."""
        shape = tuple((table.place, *(each.heading for each in table.mapping.columns)) for table in tables)
        if shape != self._shape:
            at = next((at for at, stop in enumerate(self.stops) if stop.hasFocus()), None)
            self._build(tables)
            self._shape = shape
            in_turn(self._before, self.stops)
            if at is not None and self.stops:
                self.stops[min(at, len(self.stops) - 1)].setFocus()
        for widgets, table in zip(self.tables, tables, strict=True):
            widgets.show_table(table, plan, layouts.get(table.mapping.fingerprint))

    def _build(self, tables: tuple[TableMark, ...]) -> None:
        emptied(self._column)
        self.tables = []
        for table in tables:
            made = TableColumns(table, several=len(tables) > 1)
            made.meant.connect(self.meant)
            made.wanted.connect(self.wanted)
            made.named.connect(self.named)
            made.forget_asked.connect(self.forget_asked)
            self.tables.append(made)
            self._column.addWidget(made)
            made.show()  # now, not a turn of the loop later: the keyboard may be wanted in it
