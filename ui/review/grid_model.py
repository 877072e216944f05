"""A sheet of the file as Qt sees it: nothing is copied, however many rows there are."""

from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from csp_desktop.imports.grid import Merge, SheetGrid, address, column_letters, text_of
from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.reviewing import Standing
from csp_desktop.imports.sheet_marks import CellPlace, SheetMarks, TableMark
from models.vocabulary import ProblemLevel
from ui.review.sheet_words import ColumnTold, cell_problems, column_told, row_sentence, row_word

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
SHOWN_CHARACTERS = 300
TOLD_CHARACTERS = 1_500
_NUMBERS = (int, float, date, time)


@dataclass(frozen=True, slots=True)
class Edges:
    """Which sides of a cell lie on the outline of its table; ``is_read`` says whether that table is read."""

    left: bool
    top: bool
    right: bool
    bottom: bool
    is_read: bool


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell is drawn: as a heading, quieter because it is not read, with the mark of a problem, at an outline."""

    heading: bool = False
    muted: bool = False
    sunken: bool = False
    number: bool = False
    problem: ProblemLevel | None = None
    edges: Edges | None = None


class GridModel(QAbstractTableModel):
    """Rows and columns of one sheet, both from 0 here and from 1 for everyone else (``place_of``)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = SheetGrid("")
        self.marks = SheetMarks()
        self.row = 1  # the headings above the columns are those of the table here
        self._plan: ImportPlan | None = None
        self._width = 0
        self._height = 0
        self._merges: dict[tuple[int, int], Merge] = {}

    def show_sheet(self, sheet: SheetGrid, marks: SheetMarks, plan: ImportPlan) -> None:
        """Show a sheet as it is read now; the same sheet stays where it is scrolled to."""
        self._plan = plan
        if sheet is self.sheet:
            self.marks = marks
            self._tell()
            return
        self.beginResetModel()
        self.sheet, self.marks, self.row = sheet, marks, 1
        self._width, self._height = max(sheet.width, 1), max(sheet.last_row, 1)
        self._merges = {(merge.first_row, merge.first_column): merge for merge in sheet.merges}
        self.endResetModel()

    def look_from(self, row: int) -> None:
        """Show above the columns what they are in the table that this row belongs to."""
        if row != self.row:
            self.row = row
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(self._width - 1, 0))

    def _tell(self) -> None:
        last_row, last_column = self._height - 1, self._width - 1
        self.dataChanged.emit(self.index(0, 0), self.index(last_row, last_column))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last_column)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, last_row)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._height

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._width

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ToolTipRole and orientation is Qt.Orientation.Vertical:
            return row_sentence(self.sheet, self.marks, CellPlace(section + 1, 1))
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation is Qt.Orientation.Vertical:
            return f"{section + 1} {self.row_word(section + 1)}".rstrip()
        told = self.column_told(section + 1)
        hidden = ["hidden in the file"] if section + 1 in self.sheet.hidden_columns else []
        said = [told.holds, told.note] if told else []
        return ", ".join(part for part in (column_letters(section + 1), *hidden, *said) if part)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place = place_of(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(place, SHOWN_CHARACTERS)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.told(place)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(place)
        return None

    def spoken(self, place: CellPlace) -> str:
        """Return a cell for those who hear it: "B12, Action: Renew the order, new", and its problems."""
        told = self.column_told(place.column)
        named = f"{address(*place)}, {told.holds}" if told else address(*place)
        said = self.text(place, SHOWN_CHARACTERS) or "empty"
        becomes = self.row_word(place.row).lower()
        problems = (each.message for each in cell_problems(self.marks, place))
        return ", ".join(part for part in (f"{named}: {said}", becomes, *problems) if part)

    def text(self, place: CellPlace, longest: int) -> str:
        """Return what a cell says on one line."""
        return " ".join(text_of(self.sheet.value(*place))[:longest].split())

    def told(self, place: CellPlace) -> str:
        """Return all that is to be said of a cell: its words, its problems, what becomes of its row."""
        parts = [text_of(self.sheet.value(*place))[:TOLD_CHARACTERS]]
        parts += [problem.message for problem in cell_problems(self.marks, place)]
        parts.append(row_sentence(self.sheet, self.marks, place))
        return "\n".join(part for part in parts if part)

    def row_word(self, row: int) -> str:
        """Return what a row is in a word, "" for one of no table."""
        return row_word(self.sheet, self.marks, row)

    def column_told(self, column: int) -> ColumnTold | None:
        """Return what a column is in the table that is looked at, None where no table has it."""
        return column_told(self.marks, self._plan, self.row, column) if self._plan else None

    def look(self, place: CellPlace) -> CellLook:
        """Return how a cell is drawn."""
        merge = self._merges.get((place.row, place.column))
        last = CellPlace(merge.last_row, merge.last_column) if merge else place
        table = next((each for each in self.marks.tables if each.covers(*place)), None)
        problems = cell_problems(self.marks, place)
        number = isinstance(self.sheet.value(*place), _NUMBERS)
        level = problems[0].level if problems else None
        found = self.marks.row_at(*place)
        is_out = found is not None and found.standing in {Standing.IGNORED, Standing.LEFT_OUT}
        if table is None:
            return CellLook(muted=is_out, sunken=is_out, number=number, problem=level)
        sunken = is_out or not table.is_read or (found is None and place.row > table.place.header_row)
        column = table.columns.get(place.column)
        return CellLook(
            heading=place.row in table.heading_rows,
            muted=sunken or column is None or column.field is None,
            sunken=sunken,
            number=number,
            problem=level,
            edges=_edges(table, place, last),
        )


def _edges(table: TableMark, place: CellPlace, last: CellPlace) -> Edges | None:
    left, right = place.column == table.first_column, last.column >= table.last_column
    top, bottom = place.row == table.top, last.row >= table.last_row
    under = place.row <= table.place.header_row <= last.row  # a line parts the headings from what is below them
    if not (left or right or top or bottom or under):
        return None
    return Edges(left, top, right, bottom or under, table.is_read)


def place_of(index: Index) -> CellPlace:
    """Return the cell of an index, both numbers from 1."""
    return CellPlace(index.row() + 1, index.column() + 1)
