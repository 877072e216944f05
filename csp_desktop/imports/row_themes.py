"""The theme of each row: from its own column, else the section above it, else the name of its sheet."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import address, text_of
from csp_desktop.imports.mapping import ProposedMapping
from csp_desktop.imports.records import ThemeSource
from csp_desktop.imports.sections import DataRow, SortedRows
from csp_desktop.imports.tables import Table
from csp_desktop.rules.folding import fold

_DEFAULT_SHEET = re.compile(r"^(?:sheet|feuil|tabelle|hoja|foglio|blad|worksheet)\s*\d*(?:\s*\(\d+\))?$", re.IGNORECASE)


class RowTheme(NamedTuple):
    """A row's theme in the owner's words, and where they stand ("" for the sheet's name)."""

    text: str
    source: ThemeSource
    cell: str


class RowThemes:
    """Gives each row its theme: from its own column, else the section above, else the sheet's name."""

    def __init__(self, table: Table, mapping: ProposedMapping, rows: SortedRows, *, named: bool) -> None:
        column = mapping.column_of(ActionField.THEME)
        self._column = column.column if column else 0
        self._sheet = table.sheet.name if named and not _DEFAULT_SHEET.match(table.sheet.name) else ""
        self._grouped = self._is_grouped(rows.data)
        self._last = RowTheme("", ThemeSource.NONE, "")

    def of(self, row: DataRow) -> RowTheme:
        """Return a row's theme; rows must come in order."""
        own = text_of(row.values.get(self._column)) if self._column else ""
        if own:
            self._last = RowTheme(own, ThemeSource.COLUMN, address(row.row, self._column))
            return self._last
        if self._column and self._grouped and self._last.text:
            return self._last
        if row.section:
            return RowTheme(row.section, ThemeSource.SECTION, row.section_cell)
        if self._sheet and not self._column:
            return RowTheme(self._sheet, ThemeSource.SHEET, "")
        return RowTheme("", ThemeSource.NONE, "")

    def _is_grouped(self, rows: Iterable[DataRow]) -> bool:
        """Say whether the column names each theme once, above the rows it holds for: blanks there mean "as above"."""
        themes = [fold(text_of(row.values.get(self._column))) for row in rows] if self._column else []
        if not themes or not themes[0]:
            return False
        named = [theme for theme in themes if theme]
        return len(named) < len(themes) and len(set(named)) == len(named)
