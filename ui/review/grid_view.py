"""The sheet as its owner sees it, with what the program makes of it: to look at, to point at, to put right."""

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QTableView
from typing_extensions import override

from csp_desktop.imports.grid import Merge, SheetGrid
from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.sheet_marks import CellPlace, SheetMarks
from ui.review.grid_heads import ColumnsHead, RowsHead
from ui.review.grid_model import GridModel, place_of
from ui.review.grid_painter import GridPainter
from ui.theme import px

ROW_PX = 26
NARROWEST_PX, WIDEST_PX, USUAL_PX = 60, 240, 90
MEASURED_ROWS, MEASURED_COLUMNS, MEASURED_CHARACTERS = 80, 250, 60
ROWS_ABOVE = 3  # title rows shown above the headings
MARK_PX = 12


class GridView(QTableView):
    """Shows one sheet. Places are (row, column) from 1.

    ``place_chosen(CellPlace)`` whenever the keyboard's cell moves, ``column_asked()`` on Enter, F2 or a double click,
    ``menu_asked(QPoint)`` on a right click or the menu key.
    """

    place_chosen = Signal(object)
    column_asked = Signal()
    menu_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.grid = GridModel(self)
        self.setModel(self.grid)
        self.columns_head, self.rows_head = ColumnsHead(self.grid, self), RowsHead(self.grid, self)
        self.setHorizontalHeader(self.columns_head)
        self.setVerticalHeader(self.rows_head)
        self.setItemDelegate(GridPainter(self))
        self.setAccessibleName("The sheet as it is in the file")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self._name_corner()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.rows_head.setDefaultSectionSize(px(ROW_PX))
        self.columns_head.sectionClicked.connect(self._on_column_clicked)
        self.rows_head.sectionClicked.connect(lambda row: self.choose(CellPlace(row + 1, self.place().column)))
        for head in (self.columns_head, self.rows_head):
            head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.rows_head.customContextMenuRequested.connect(self._on_row_menu)
        self.columns_head.customContextMenuRequested.connect(self._on_column_menu)

    def show_sheet(self, sheet: SheetGrid, marks: SheetMarks, plan: ImportPlan) -> None:
        """Show a sheet as it is read now; another sheet starts at the headings of its first table."""
        is_same = sheet is self.grid.sheet
        self.grid.show_sheet(sheet, marks, plan)
        if is_same:
            self._widen()
            self.viewport().update()
            return
        self.clearSpans()
        for merge in apart(sheet.merges, self.grid.rowCount(), self.grid.columnCount()):
            self.setSpan(merge.first_row - 1, merge.first_column - 1, merge.height, merge.width)
        self._measure(sheet)
        first = next(iter(marks.tables), None)
        start = (
            CellPlace(first.place.header_row, first.first_column) if first else CellPlace(next(iter(sheet.rows), 1), 1)
        )
        self.choose(start)
        above = self.grid.index(max(start.row - 1 - ROWS_ABOVE, 0), start.column - 1)
        self.scrollTo(above, QAbstractItemView.ScrollHint.PositionAtTop)

    def _name_corner(self) -> None:
        """Let the corner between the edges do nothing, and say so to those who hear it."""
        self.setCornerButtonEnabled(False)
        corner = self.findChild(QAbstractButton)
        if corner is not None:
            corner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            corner.setAccessibleName("Corner of the sheet")

    def place(self) -> CellPlace:
        """Return the keyboard's cell."""
        index = self.currentIndex()
        return place_of(index) if index.isValid() else CellPlace(1, 1)

    def choose(self, place: CellPlace) -> None:
        """Put the keyboard's cell somewhere and bring it into view; outside the sheet means at its edge."""
        row, column = min(place.row, self.grid.rowCount()), min(place.column, self.grid.columnCount())
        index = self.grid.index(max(row, 1) - 1, max(column, 1) - 1)
        seen = self.viewport().rect().contains(self.visualRect(index))
        self.setCurrentIndex(index)
        if not seen:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _measure(self, sheet: SheetGrid) -> None:
        """Give each column the width of what its first rows and its head say, within bounds."""
        metrics = self.fontMetrics()
        spanned = {(merge.first_row, merge.first_column) for merge in sheet.merges if merge.width > 1}
        widths: dict[int, int] = {}
        for row in islice(sheet.rows, MEASURED_ROWS):
            for column in range(1, min(len(sheet.rows[row]), MEASURED_COLUMNS) + 1):
                if (row, column) not in spanned:
                    text = self.grid.text(CellPlace(row, column), MEASURED_CHARACTERS)
                    mark = px(MARK_PX) if (row, column) in self.grid.marks.problems else 0
                    widths[column] = max(widths.get(column, 0), metrics.horizontalAdvance(text) + px(20) + mark)
        self.columns_head.setDefaultSectionSize(px(USUAL_PX))
        for column in range(1, min(self.grid.columnCount(), MEASURED_COLUMNS) + 1):
            told = self.columns_head.width_for(self.grid.column_told(column))
            wanted = max(min(widths.get(column, px(NARROWEST_PX)), px(WIDEST_PX)), px(NARROWEST_PX), told)
            self.columns_head.resizeSection(column - 1, wanted)

    def _widen(self) -> None:
        """Give columns that are called otherwise now the width of their words; none gets narrower."""
        for column in range(1, min(self.grid.columnCount(), MEASURED_COLUMNS) + 1):
            wanted = self.columns_head.width_for(self.grid.column_told(column))
            if wanted > self.columns_head.sectionSize(column - 1):
                self.columns_head.resizeSection(column - 1, wanted)

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.grid.look_from(current.row() + 1)
            self.viewport().update()  # the chosen column is lit from top to bottom
            self.rows_head.viewport().update()
            self.columns_head.viewport().update()
            self.place_chosen.emit(place_of(current))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2} and not event.modifiers():
            self.column_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.column_asked.emit()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.visualRect(self.currentIndex()).center()
        elif (index := self.indexAt(at)).isValid():
            self.setCurrentIndex(index)
        self.menu_asked.emit(self.viewport().mapToGlobal(at))

    def _on_column_clicked(self, column: int) -> None:
        self.choose(CellPlace(self.place().row, column + 1))
        self.column_asked.emit()

    def _on_row_menu(self, at: QPoint) -> None:
        row = self.rows_head.logicalIndexAt(at)
        if row >= 0:
            self.choose(CellPlace(row + 1, self.place().column))
            self.menu_asked.emit(self.rows_head.viewport().mapToGlobal(at))

    def _on_column_menu(self, at: QPoint) -> None:
        column = self.columns_head.logicalIndexAt(at)
        if column >= 0:
            self.choose(CellPlace(self.place().row, column + 1))
            self.menu_asked.emit(self.columns_head.viewport().mapToGlobal(at))


def apart(merges: tuple[Merge, ...], rows: int, columns: int) -> Iterator[Merge]:
    """Yield the merged ranges that lie on the sheet, cut to it, and overlap none that came before them."""
    open_ones: list[Merge] = []
    for merge in sorted(merges, key=lambda each: (each.first_row, each.first_column)):
        if merge.first_row > rows or merge.first_column > columns:
            continue
        cut = Merge(merge.first_row, merge.first_column, min(merge.last_row, rows), min(merge.last_column, columns))
        open_ones = [each for each in open_ones if each.last_row >= cut.first_row]
        clashes = any(
            each.first_column <= cut.last_column and cut.first_column <= each.last_column for each in open_ones
        )
        if not clashes and (cut.width > 1 or cut.height > 1):
            open_ones.append(cut)
            yield cut
