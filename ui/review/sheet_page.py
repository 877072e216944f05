"""The sheet of the file itself: what was found on it, and pointing at what was not."""

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QVBoxLayout, QWidget

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import column_letters
from csp_desktop.imports.records import TablePlace
from csp_desktop.imports.reviewing import samples, with_field, with_heading_rows, with_sheet, with_table
from csp_desktop.imports.sheet_marks import CellPlace, SheetMarks, TableMark
from ui.review.column_band import ColumnBand
from ui.review.grid_view import GridView
from ui.review.reading import ReadingTicks, sheets_read
from ui.review.session import Compared, Session
from ui.review.sheet_words import cell_problems, cell_words, row_sentence, table_words
from ui.theme import px
from ui.widgets import Title, button, label, restyled

NO_HEADINGS = "No headings are known here. Choose the row that has them, and press “Headings are in this row”."


class SheetPage(QWidget):
    """One sheet at a time. ``sheet_shown(name)``; ``row_asked(sheet, row)`` to see what comes of a row."""

    sheet_shown = Signal(str)
    row_asked = Signal(str, int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sheets = {sheet.name: sheet for sheet in session.plan.file.grid.sheets}
        read = sheets_read(session.plan)
        self.here = read[0] if read else next(iter(self._sheets))
        self.band = ColumnBand()
        self.grid = GridView()
        self.ticks = ReadingTicks(session)
        self.tabs = QTabBar()
        self.here_button = button("Headings are in this row", self._on_here)
        self.also_button = button("\N{HORIZONTAL ELLIPSIS} in this row too", self._on_also)
        self.says = Title("")
        self.becomes = label("", "muted", wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.says.setProperty("kind", "body")
        for name in self._sheets:
            self.tabs.addTab(name.replace("&", "&&"))
        self.tabs.setShape(QTabBar.Shape.RoundedSouth)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName("Sheets of the file")
        self.here_button.setToolTip("Ctrl+H")
        self.also_button.setToolTip("Ctrl+Shift+H: a second table on this sheet")
        deeds = QHBoxLayout()
        deeds.setSpacing(px(8))
        deeds.addWidget(self.here_button)
        deeds.addWidget(self.also_button)
        deeds.addSpacing(px(8))
        deeds.addWidget(self.ticks, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(4))
        column.setSpacing(px(6))
        column.addWidget(self.band)
        column.addLayout(deeds)
        column.addWidget(self.grid, 1)
        column.addWidget(self.says)
        column.addWidget(self.becomes)
        column.addWidget(self.tabs)

    def _connect(self) -> None:
        self.band.meant.connect(self._on_meant)
        self.grid.place_chosen.connect(lambda _place: self._show_place())
        self.grid.column_asked.connect(self._on_column_asked)
        self.grid.menu_asked.connect(self._on_menu)
        self.tabs.currentChanged.connect(lambda at: self.look_at(list(self._sheets)[at]))
        for keys, deed in (("Ctrl+H", self.here_button), ("Ctrl+Shift+H", self.also_button)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed.click)

    def show_comparison(self, compared: Compared) -> None:
        """Show how the file is read now."""
        read = sheets_read(compared.plan)
        for at, sheet in enumerate(self._sheets.values()):
            told = "hidden" if sheet.hidden else ""
            told = ", ".join(part for part in (told, "" if sheet.name in read else "not read") if part)
            name = sheet.name.replace("&", "&&")
            self.tabs.setTabText(at, f"{name} ({told})" if told else name)
            self.tabs.setTabToolTip(at, sheet.name)
        self._show()

    def look_at(self, name: str) -> None:
        """Show another sheet."""
        if name != self.here:
            self.here = name
            self._show()
            self.sheet_shown.emit(name)

    def show_cell(self, sheet: str, place: CellPlace) -> None:
        """Show a cell and put the keyboard on it."""
        self.look_at(sheet)
        self.grid.choose(place)
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard on the sheet."""
        self.grid.setFocus()

    def _show(self) -> None:
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(list(self._sheets).index(self.here))
        self.grid.show_sheet(self._sheets[self.here], self._marks(), self._session.plan)
        self._show_place()

    def _marks(self) -> SheetMarks:
        return self._session.now.sheets[self.here]

    def _table(self) -> TableMark | None:
        return self._marks().table_at(*self.grid.place())

    def _show_place(self) -> None:
        place, marks, sheet = self.grid.place(), self._marks(), self._sheets[self.here]
        table = self._table()
        self._show_column(place, table)
        self.ticks.show_sheet(sheet, marks, table)
        is_heading = place.row in marks.heading_rows
        filled = place.row in sheet.rows
        self.here_button.setEnabled(filled and not is_heading)
        self.also_button.setEnabled(filled and not is_heading and bool(marks.tables))
        problems = cell_problems(marks, place)
        self.says.say(cell_words(sheet, place))
        self.becomes.setText(" ".join((*(each.message for each in problems), row_sentence(sheet, marks, place.row))))
        self.becomes.setProperty("kind", "warning" if problems else "muted")
        restyled(self.becomes)

    def _show_column(self, place: CellPlace, table: TableMark | None) -> None:
        column = table.columns.get(place.column) if table else None
        told = self.grid.grid.column_told(place.column)
        if table is None or column is None or told is None:
            why = "It has no heading." if self._marks().tables else NO_HEADINGS
            self.band.show_none(f"Column {column_letters(place.column)}", why)
            return
        plan = self._session.plan
        values = samples(plan.file.grid, self.here, table.place.header_row, place.column)
        self.band.show_column(table.place, column, told, values)

    def _on_column_asked(self) -> None:
        if self.band.choice.isEnabled():
            self.band.choice.setFocus()
            self.band.choice.showPopup()

    def _on_meant(self, table: TablePlace, heading: str, field: ActionField | None) -> None:
        self.grid.setFocus()
        self._session.decide(with_field(self._session.decisions, table, heading, field))

    def _said_rows(self) -> list[int]:
        return [table.place.header_row for table in self._marks().tables]

    def _decide_rows(self, rows: list[int]) -> None:
        self.grid.setFocus()
        decisions, read = with_heading_rows(self._session.decisions, self.here, rows), sheets_read(self._session.plan)
        is_sought = decisions.sheets is None and not self._sheets[self.here].hidden
        if self.here not in read and not is_sought:  # headings that are said stand on a sheet that is wanted
            decisions = with_sheet(decisions, read, self.here, wanted=True)
        self._session.decide(decisions)

    def _on_here(self) -> None:
        """Let the chosen row hold the headings of the table it lies in, in the place of those it has now."""
        row, table = self.grid.place().row, self._table()
        others = [other for other in self._said_rows() if table is None or other != table.place.header_row]
        self._decide_rows([*others, row])

    def _on_also(self) -> None:
        self._decide_rows([*self._said_rows(), self.grid.place().row])

    def _on_none(self) -> None:
        table = self._table()
        if table is not None:
            self._decide_rows([row for row in self._said_rows() if row != table.place.header_row])

    def _on_again(self) -> None:
        self._decide_rows([])

    def _on_menu(self, at: QPoint) -> None:
        self.menu().exec(at)

    def menu(self) -> QMenu:
        """Return what can be done with the chosen row."""
        menu, marks, place = QMenu(self), self._marks(), self.grid.place()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.here_button.isEnabled():
            menu.addAction("The headings are in this row", self._on_here)
        if self.also_button.isEnabled():
            menu.addAction("There are headings in this row too", self._on_also)
        if place.row in marks.heading_rows and len(marks.tables) > 1:
            menu.addAction("No headings in this row", self._on_none)
        if self.here in self._session.decisions.header_rows:
            menu.addAction("Find the headings again", self._on_again)
        table = self._table()
        if table is not None and len(marks.tables) > 1:
            words = "Do not read this table" if table.is_read else "Read this table"
            action = menu.addAction(words, lambda: self._on_table(table, wanted=not table.is_read))
            action.setToolTip(table_words(table))
        if self.band.choice.isEnabled():
            menu.addAction("Say what this column is", self._on_column_asked)
        if place.row in marks.rows:
            menu.addAction("Show what comes of this row", lambda: self.row_asked.emit(self.here, place.row))
        return menu

    def _on_table(self, table: TableMark, *, wanted: bool) -> None:
        self._session.decide(with_table(self._session.decisions, table.place, wanted=wanted))
