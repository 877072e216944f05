"""The one item model: a list of columns over a source of rows, filtered and sorted without a proxy."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from csp_desktop.charts.scene import Scene
from csp_desktop.rules.folding import fold
from ui.tables.columns import Column, Kind, RowsInHand, Sort, Source
from ui.tables.rag import RagCell

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CellRole(IntEnum):
    """What our delegate asks of a cell beyond Qt's own roles."""

    RAG = Qt.ItemDataRole.UserRole + 1
    TONE = Qt.ItemDataRole.UserRole + 2
    NOTE = Qt.ItemDataRole.UserRole + 3
    BEFORE = Qt.ItemDataRole.UserRole + 4


class Cell(NamedTuple):
    """A cell as it is painted; each text is empty where there is none. ``is_number`` stands right.

    ``tone`` is the text's, ``note_tone`` the note's: error, warning, muted, or empty for the usual colour.
    """

    text: str
    note: str
    before: str
    tone: str
    note_tone: str
    rag: RagCell | None
    is_number: bool
    drawing: Scene | None = None


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows by position for Qt, by id for everyone else. Every change of what is shown is a reset."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._source: Source[Row] = RowsInHand(self.columns, (), lambda _row: 0)
        self._sort = Sort()
        self._words: tuple[str, ...] = ()
        self._order: Sequence[int] = ()
        self._shown: Sequence[int] = ()

    def set_source(self, source: Source[Row]) -> None:
        """Show other rows, or the same rows read again, under the same filter and order."""
        self.beginResetModel()
        self._source = source
        self._order = source.order(self._sort)
        self._show()
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show the same columns drawn another way: another plan's marks. ValueError for other columns."""
        if [column.key for column in columns] != [column.key for column in self.columns]:
            raise ValueError("a table keeps its columns")
        self.columns = tuple(columns)

    def filter(self, text: str) -> None:
        """Show only the rows that hold every word of the text, in any column."""
        words = tuple(fold(text).split())
        if words == self._words:
            return
        self.beginResetModel()
        narrower = bool(self._words) and all(any(old in new for new in words) for old in self._words)
        self._words = words
        self._show(self._shown if narrower else None)
        self.endResetModel()

    def row_at(self, position: int) -> Row:
        """Return the row shown at a position."""
        return self._source.row(self._shown[position])

    def cell(self, position: int, column: int) -> Cell | None:
        """Return what is painted at a position, all at once; None where the row has just gone."""
        shown = self.columns[column]
        try:
            row = self.row_at(position)
        except LookupError:  # the news that brings the table up to date is one turn of the loop away
            return None
        drawing = shown.drawing(row) if shown.drawing else None
        return Cell(
            text="" if drawing and shown.kind is Kind.DRAWING else shown.text(row),
            note=shown.note(row) if shown.note else "",
            before=shown.before(row) if shown.before else "",
            tone=shown.tone(row) if shown.tone else "",
            note_tone=(shown.note_tone(row) if shown.note_tone else "") or "muted",
            rag=shown.rag(row) if shown.rag else None,
            is_number=shown.kind is Kind.NUMBER,
            drawing=drawing,
        )

    def id_at(self, position: int) -> int:
        """Return the id of the row shown at a position."""
        return self._shown[position]

    def position_of(self, row_id: int) -> int | None:
        """Return where a row is shown, or None where the filter hides it."""
        try:
            return self._shown.index(row_id)
        except ValueError:
            return None

    def _show(self, among: Sequence[int] | None = None) -> None:
        ids = self._order if among is None else among
        self._shown = self._source.matching(ids, self._words) if self._words else self._order

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.columns[index.column()].edit:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(column)
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(column)
        try:
            row = self.row_at(index.row())
        except LookupError:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return column.text(row)
        return _more(column, row, role)

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand what was typed to the column's command; a refusal flies, and the cell keeps its old value."""
        column = self.columns[index.column()]
        if role != Qt.ItemDataRole.EditRole or column.edit is None:
            return False
        row = self.row_at(index.row())
        if str(value) == column.text(row):
            return False
        column.edit(row, str(value))
        return True

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = Sort(column if column >= 0 else None, order is Qt.SortOrder.DescendingOrder)
        self.beginResetModel()
        self._order = self._source.order(self._sort)
        self._show()
        self.endResetModel()


def _aligned(column: Column[Row]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.kind is Kind.NUMBER else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _more(column: Column[Row], row: Row, role: int) -> object:
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return _spoken(column, row)
    if role == Qt.ItemDataRole.ToolTipRole:
        return column.tooltip(row) or None if column.tooltip else None
    ours = {
        CellRole.RAG: column.rag,
        CellRole.TONE: column.tone,
        CellRole.NOTE: column.note,
        CellRole.BEFORE: column.before,
    }
    asked: Callable[[Row], object] | None = ours.get(CellRole(role)) if role in ours else None
    return asked(row) if asked else None


def _spoken(column: Column[Row], row: Row) -> str:
    said = column.rag(row).spoken if column.rag else column.text(row) or "none"
    before = column.before(row) if column.before else ""
    note = column.note(row) if column.note and not column.rag else ""
    return ", ".join(part for part in (said, f"was {before}" if before else "", note) if part)
