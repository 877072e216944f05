"""The sheet of the file itself: what was found on it, and pointing at what was not."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import column_letters
from csp_desktop.imports.grid_words import samples
from csp_desktop.imports.records import TablePlace
from csp_desktop.imports.reviewing import with_field, with_heading_rows, with_sheet, with_table
from csp_desktop.imports.sheet_marks import CellPlace, SheetMarks, TableMark
from ui.review.column_band import ColumnBand
from ui.review.comparison import Compared
from ui.review.grid_view import GridView
from ui.review.reading import ReadingTicks, sheets_read
from ui.review.rooms import into_view
from ui.review.session import Session
from ui.review.sheet_words import cell_problems, cell_words, row_sentence
from ui.theme import px
from ui.widgets import Title, button, label, restyled

MARGIN_PX = 20
GAPS_PX = 52
LEAST_GRID_PX, SHORT_PX, WORDS_GAPS_PX = 150, 330, 24
LONGEST_HEADING = 40
NO_HEADINGS = "No headings are known here. Choose the row that has them, and press “Headings are in this row”."


class SheetPage(QWidget):
    """One sheet at a time. ``row_asked(place)`` to see what comes of a row."""

    row_asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sheets = {sheet.name: sheet for sheet in session.plan.file.grid.sheets}
        self.here = next(iter(self._sheets))
        self._said = ""  # of the cell that somebody was led to
        self.band = ColumnBand()
        self.grid = GridView()
        self.ticks = ReadingTicks(session)
        self.here_button = button("Headings are in this row", self._on_here)
        self.also_button = button("In this row too", self._on_also)
        self.says = Title("")
        self.becomes = label("", "muted", wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.says.setProperty("kind", "body")
        self.here_button.setToolTip("Ctrl+H")
        self.also_button.setToolTip("Ctrl+Shift+H: a second table on this sheet")
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.here_button)
        buttons.addWidget(self.also_button)
        buttons.addStretch()
        self._deeds = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._deeds.setSpacing(px(12))
        self._deeds.addLayout(buttons)
        self._deeds.addWidget(self.ticks, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(MARGIN_PX), px(8), px(MARGIN_PX), px(6))
        column.setSpacing(px(6))
        column.addWidget(self.band)
        column.addLayout(self._deeds)
        column.addWidget(self.grid, 1)
        column.addWidget(self.says)
        column.addWidget(self.becomes)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._give_room()

    def _fit(self) -> None:
        """Put the boxes to tick below the buttons where they do not fit beside them."""
        beside = self.here_button.sizeHint().width() + self.also_button.sizeHint().width() + self.ticks.least_width()
        is_narrow = self.width() < beside + px(2 * MARGIN_PX + GAPS_PX)
        self._deeds.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)

    def _give_room(self) -> None:
        """On a small screen give the sheet all of the room but the words below it; what is above is scrolled to."""
        around = self.parentWidget()
        height = around.height() if around else self.height()
        below = self.says.sizeHint().height() + self.becomes.sizeHint().height() + px(WORDS_GAPS_PX)
        least = height - below if height < px(SHORT_PX) else 0
        self.grid.setMinimumHeight(max(px(LEAST_GRID_PX), least))

    def _connect(self) -> None:
        self.band.meant.connect(self._on_meant)
        self.grid.place_chosen.connect(self._on_place)
        self.grid.column_asked.connect(self._on_column_asked)
        self.grid.menu_asked.connect(self._on_menu)
        for keys, deed in (("Ctrl+H", self.here_button), ("Ctrl+Shift+H", self.also_button)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed.click)

    def show_comparison(self, _compared: Compared) -> None:
        """Show how the file is read now."""
        self._show()

    def look_at(self, name: str) -> None:
        """Show another sheet."""
        if name != self.here:
            self.here = name
            self._show()

    def show_cell(self, place: CellPlace | None, said: str = "") -> None:
        """Show a cell and put the keyboard on it, with what is ``said`` of it; without a cell, show the headings."""
        first = next(iter(self._marks().tables), None)
        start = CellPlace(first.place.header_row, first.first_column) if first else CellPlace(1, 1)
        self.grid.choose(place or start)
        self._said = said
        self._show_place()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard on the sheet, with what is said of its cell in view."""
        self.grid.setFocus()
        into_view(self.becomes)

    def _show(self) -> None:
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
        self._fit()
        is_heading = place.row in marks.heading_rows
        filled = place.row in sheet.rows
        self.here_button.setEnabled(filled and not is_heading)
        self.also_button.setEnabled(filled and not is_heading and bool(marks.tables))
        self._say(place)

    def _say(self, place: CellPlace) -> None:
        """Say below the sheet what the cell says, what is wrong with it, and what becomes of its row."""
        marks, sheet = self._marks(), self._sheets[self.here]
        wrong = dict.fromkeys((self._said, *(each.message for each in cell_problems(marks, place))))
        said = [words for words in wrong if words]
        self.says.say(cell_words(sheet, place))
        self.becomes.setText(" ".join((*said, row_sentence(sheet, marks, place))))
        self.becomes.setProperty("kind", "warning" if said else "muted")
        restyled(self.becomes)

    def _on_place(self, _place: CellPlace) -> None:
        self._said = ""
        self._show_place()

    def _show_column(self, place: CellPlace, table: TableMark | None) -> None:
        column = table.columns.get(place.column) if table else None
        told = self.grid.grid.column_told(place.column)
        if table is None or column is None or told is None:
            why = "It has no heading." if self._marks().tables else NO_HEADINGS
            self.band.show_none(f"Column {column_letters(place.column)}", why)
            return
        plan = self._session.plan
        values = samples(plan.file.grid, self.here, table.place.header_row, place.column, table.last_row)
        self.band.show_column(table.place, column, told, values)

    def _on_column_asked(self) -> None:
        if self.band.choice.isEnabled():
            into_view(self.band)
            self.band.choice.setFocus()
            self.band.choice.showPopup()

    def _on_meant(self, table: TablePlace, heading: str, field: ActionField | None) -> None:
        QTimer.singleShot(0, self.grid, self.take_focus)  # once the list has gone, which takes the focus back
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
        """Return what can be done with the chosen row and column."""
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
        if table is not None:
            self._offer_table(menu, table)
        found = marks.row_at(*place)
        if found is not None:
            menu.addAction("Show what comes of this row", partial(self.row_asked.emit, found.place))
        return menu

    def _offer_table(self, menu: QMenu, table: TableMark) -> None:
        if len(self._marks().tables) > 1:
            words = "Do not read this table" if table.is_read else "Read this table"
            menu.addAction(words, lambda: self._on_table(table, wanted=not table.is_read))
        column = table.columns.get(self.grid.place().column)
        if column is None:
            return
        menu.addAction("Say what this column is", self._on_column_asked)
        if column.field is not None and not column.period_text:
            field, heading = column.field, column.heading
            words = f"Always read “{heading[:LONGEST_HEADING]}” as {field.label}"
            menu.addAction(words.replace("&", "&&"), lambda: self._session.always(field, heading))

    def _on_table(self, table: TableMark, *, wanted: bool) -> None:
        self._session.decide(with_table(self._session.decisions, table.place, wanted=wanted))
