"""What merged cells below the headings say for the cells they cover: the same as in the first of them."""

from collections.abc import Mapping

from csp_desktop.imports.fields import DATE_FIELDS, NAME_FIELDS, ActionField
from csp_desktop.imports.fillers import is_void
from csp_desktop.imports.grid import CellError, CellValue
from csp_desktop.imports.tables import Table

_MOST_SPREAD = 1_000_000  # overlapping merges could cover the grid many times over
_FAMILIES = (DATE_FIELDS, NAME_FIELDS)


def filled_cells(table: Table, fields: Mapping[int, ActionField]) -> dict[int, dict[int, CellValue]]:
    """Return, by row and column, the values that merged cells give to the cells they cover.

    Downwards they hold for every row. Across they hold for the columns of one kind ("Ongoing" over start and end).
    """
    filled: dict[int, dict[int, CellValue]] = {}
    columns, rows = table.columns, frozenset(table.rows)
    budget = _MOST_SPREAD
    for merge in table.sheet.merges:
        if merge.first_row not in rows or merge.first_column not in columns:
            continue
        value = table.sheet.value(merge.first_row, merge.first_column)
        if is_void(value) or isinstance(value, CellError):
            continue
        covered = _columns(merge.first_column, merge.last_column, fields)
        for row in range(merge.first_row, min(merge.last_row, table.last_row) + 1):
            if row in rows:
                given = covered[1:] if row == merge.first_row else covered
                filled.setdefault(row, {}).update(dict.fromkeys(given, value))
            budget -= 1
        if budget < 0:
            break
    return filled


def _columns(first: int, last: int, fields: Mapping[int, ActionField]) -> list[int]:
    """Return the first column of a merged range and those of its kind."""
    family = next((each for each in _FAMILIES if fields.get(first) in each), frozenset())
    return [first, *(column for column, meant in fields.items() if first < column <= last and meant in family)]
