"""The one table view: quiet, dense, driven by the keyboard, and true to the row that was chosen."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from ui.tables.columns import Column
from ui.tables.delegates import CellPainter
from ui.tables.model import TableModel
from ui.theme import px

Row = TypeVar("Row")
ROW_PX = 30
SECOND_LINE_PX = 17
LEAST_GREEDY_PX, LEAST_PX = 160, 84


class TableView(QTableView, Generic[Row]):
    """Shows a ``TableModel``. The chosen row and the scroll position are kept by id over every reset.

    Signals: ``row_chosen(id or None)`` once for each real change, ``row_opened(id)`` on Enter or a double click,
    ``edit_asked(id)`` on F2 where the cell itself is not editable, ``widths_changed()`` when a person drags one.
    """

    row_chosen = Signal(object)
    row_opened = Signal(object)
    edit_asked = Signal(object)
    widths_changed = Signal()

    def __init__(self, model: TableModel[Row], name: str, *, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._chosen: int | None = None
        self._top: int | None = None
        self._above = 0  # how many pixels of the top row lie above the table
        self._column = 0
        self._left_behind = False
        self._resetting = False
        self._widths: dict[str, int] = {}
        self._painter = CellPainter(self)
        self.setAccessibleName(name)
        self.setModel(model)
        self._dress(lines)
        self._lay_out()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)

    def _dress(self, lines: int) -> None:
        self.setItemDelegate(self._painter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(px(ROW_PX + (lines - 1) * SECOND_LINE_PX))
        rows.setMinimumSectionSize(px(ROW_PX))

    def _lay_out(self) -> None:
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(px(40))
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionsClickable(True)
        heads.setSortIndicatorClearable(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._fit()
        heads.sectionResized.connect(self._on_section_resized)

    def chosen(self) -> int | None:
        """Return the id of the chosen row, or None; a row that the filter hides for now stays chosen."""
        return self._chosen

    def chosen_row(self) -> Row | None:
        """Return the chosen row as shown now, or None."""
        at = None if self._chosen is None else self._rows.position_of(self._chosen)
        return None if at is None else self._rows.row_at(at)

    def choose(self, row_id: int | None) -> None:
        """Choose a row by id and bring it into view; None chooses nothing."""
        at = None if row_id is None else self._rows.position_of(row_id)
        if at is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            self._tell(None)
            return
        index = self._rows.index(at, max(self.currentIndex().column(), 0))
        self.setCurrentIndex(index)
        self.selectRow(at)
        self.scrollTo(index)

    def choose_first(self) -> None:
        """Choose the first row where none is chosen that is shown."""
        if self._rows.rowCount() and self.chosen_row() is None:
            self.choose(self._rows.id_at(0))

    def widths(self) -> dict[str, int]:
        """Return the widths that a person has set, in pixels by column key."""
        return dict(self._widths)

    def set_widths(self, widths: dict[str, int]) -> None:
        """Set remembered widths."""
        known = {column.key for column in self._rows.columns}
        self._widths = {key: width for key, width in widths.items() if key in known}
        self._fit()

    def _fit(self) -> None:
        """Give each column its characters or its remembered width, and what is left to those that ask for none."""
        columns = self._rows.columns
        room = self.viewport().width()
        asked = {at: self._asked(column) for at, column in enumerate(columns)}
        shown = list(asked)
        for at in sorted(range(len(columns)), key=lambda at: (columns[at].spare, at), reverse=True):
            if columns[at].spare and sum(asked[other] for other in shown) > room:
                shown.remove(at)
        free = [at for at in shown if columns[at].key not in self._widths]
        greedy = [at for at in free if not columns[at].width] or free[:1]
        least = sum(px(LEAST_PX) - asked[at] for at in greedy)
        left = max(least, room - sum(asked[at] for at in shown))
        heads = self.horizontalHeader()
        was = heads.blockSignals(True)
        for at, width in asked.items():
            self.setColumnHidden(at, at not in shown)
            self.setColumnWidth(at, width + (left // len(greedy) if at in greedy else 0))
        heads.blockSignals(was)
        self.updateGeometries()
        self.viewport().update()

    def _asked(self, column: Column[Row]) -> int:
        if column.key in self._widths:
            return self._widths[column.key]
        if not column.width:
            return px(LEAST_GREEDY_PX)
        return round(column.width * QFontMetricsF(QGuiApplication.font()).averageCharWidth()) + px(16)

    def _on_section_resized(self, section: int, _before: int, after: int) -> None:
        self._widths[self._rows.columns[section].key] = after
        self.widths_changed.emit()

    def _on_about_to_reset(self) -> None:
        self._resetting = True
        top = self.rowAt(0)
        self._top = self._rows.id_at(top) if 0 <= top < self._rows.rowCount() else None
        self._above = -self.rowViewportPosition(top)
        self._column = max(self.currentIndex().column(), 0)
        at = None if self._chosen is None else self._rows.position_of(self._chosen)
        self._left_behind = at is not None and not 0 <= self.rowViewportPosition(at) < self.viewport().height()

    def _on_reset(self) -> None:
        """Choose the row again and scroll to where the table stood, then to the row unless it had been left behind."""
        at = None if self._chosen is None else self._rows.position_of(self._chosen)
        top = None if self._top is None else self._rows.position_of(self._top)
        if at is not None:
            self.setCurrentIndex(self._rows.index(at, self._column))
            self.selectRow(at)
        if top is not None:
            self.scrollTo(self._rows.index(top, 0), QAbstractItemView.ScrollHint.PositionAtTop)
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + self._above)
        if at is not None and not self._left_behind:
            self.scrollTo(self._rows.index(at, 0))
        self._resetting = False

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if self._resetting:
            return
        rows = self.selectionModel().selectedRows()
        if rows:
            self._tell(self._rows.id_at(rows[0].row()))

    def _tell(self, row_id: int | None) -> None:
        if row_id != self._chosen:
            self._chosen = row_id
            self.row_chosen.emit(row_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row_id = self._chosen
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row_id is not None:
            self.row_opened.emit(row_id)
        elif event.key() == Qt.Key.Key_F2 and row_id is not None:
            self._edit_here(row_id)
        else:
            super().keyPressEvent(event)

    def _edit_here(self, row_id: int) -> None:
        index = self.currentIndex()
        if index.isValid() and self._rows.columns[index.column()].edit:
            self.edit(index)
        else:
            self.edit_asked.emit(row_id)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.row_opened.emit(self._rows.id_at(index.row()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._light(self.indexAt(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._light(self.indexAt(QPoint(-1, -1)))

    def _light(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.row() != self._painter.lit_row:
            self._painter.lit_row = index.row()
            self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
