"""The rows that a template holds ready for actions nobody has written yet."""

from collections import Counter
from collections.abc import Iterable, Mapping

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.fillers import is_filler, is_prepared
from csp_desktop.imports.grid import CellValue, text_of
from csp_desktop.imports.tables import Table

_LEAST_ALIKE = 3
_DEFAULTED = frozenset(
    {
        ActionField.SOURCE_REF,
        ActionField.STATUS,
        ActionField.RAG,
        ActionField.PERCENT,
        ActionField.PRIORITY,
        ActionField.THEME,
        ActionField.OBJECTIVE,
    }
)
Cells = list[tuple[int, CellValue]]


class FilledCells:
    """The cells of a table's rows that are no fillers; each wording is looked at once."""

    def __init__(self) -> None:
        self._fillers: dict[str, bool] = {}

    def of(self, table: Table, row: int) -> Cells:
        """Return the columns and values of a row without fillers."""
        return [(column, value) for column, value in table.sheet.cells(row) if not self._is_filler(value)]

    def _is_filler(self, value: CellValue) -> bool:
        if not isinstance(value, str):
            return False
        found = self._fillers.get(value)
        if found is None:
            found = self._fillers[value] = is_filler(value)
        return found


class PreparedRows:
    """The rows without an action that a template filled: with zeros, ticks, empty formulas, or the same words."""

    def __init__(self, cells: Mapping[int, Cells], fields: Mapping[int, ActionField], title: int) -> None:
        self._fields = fields
        self._left = {row: self._own(row_cells) for row, row_cells in cells.items() if not _has(row_cells, title)}
        self._alike = Counter(self._words(row_cells) for row_cells in self._left.values())

    def cells(self, row: int) -> Cells:
        """Return what of a row without an action somebody has typed, as far as one can tell."""
        own = self._left.get(row, [])
        alike = self._alike[self._words(own)] >= _LEAST_ALIKE
        if alike and all(self._fields.get(column, ActionField.STATUS) in _DEFAULTED for column, _ in own):
            return []
        return own

    def _own(self, cells: Iterable[tuple[int, CellValue]]) -> Cells:
        return [(column, value) for column, value in cells if not is_prepared(value)]

    def _words(self, cells: Iterable[tuple[int, CellValue]]) -> tuple[tuple[int, str], ...]:
        refs = ActionField.SOURCE_REF
        return tuple((column, text_of(value)) for column, value in cells if self._fields.get(column) is not refs)


def _has(cells: Iterable[tuple[int, CellValue]], column: int) -> bool:
    return any(each == column for each, _ in cells)
