"""The tables of an update workbook that is open in Calc, by Ref and heading, as a person finds their way about them."""

from collections.abc import Sequence
from typing import Any

SEARCHED = 40


class Table:
    """The table of a sheet as it stands at this moment. Rows and columns count from 0, as Calc's model has it."""

    def __init__(self, book: Any, name: str = "Actions") -> None:
        self.book = book
        self.sheet = book.Sheets.getByName(name)
        cursor = self.sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        self.cells = cursor.getDataArray()
        self.header = next(row for row, values in enumerate(self.cells[:SEARCHED]) if "Ref" in values)
        self.columns = {value: at for at, value in enumerate(self.cells[self.header]) if value != ""}

    @property
    def first(self) -> int:
        """Return the first row below the headings."""
        return self.header + 1

    @property
    def last(self) -> int:
        """Return the last row that says something."""
        return max(row for row, values in enumerate(self.cells) if any(value != "" for value in values))

    @property
    def width(self) -> int:
        """Return the number of columns that have a heading."""
        return max(self.columns.values()) + 1

    def row(self, ref: str) -> int:
        """Return the first row that bears a Ref."""
        column = self.columns["Ref"]
        return next(row for row in range(self.first, len(self.cells)) if self.cells[row][column] == ref)

    def cell(self, ref: str, heading: str) -> Any:
        """Return the cell of a Ref below a heading."""
        return self.cell_at(self.row(ref), heading)

    def cell_at(self, row: int, heading: str) -> Any:
        """Return the cell of a row below a heading."""
        return self.sheet.getCellByPosition(self.columns[heading], row)

    def block(self, columns: Sequence[int], rows: Sequence[int]) -> Any:
        """Return the range from the first to the last of some columns and rows."""
        return self.sheet.getCellRangeByPosition(columns[0], rows[0], columns[-1], rows[-1])

    def column(self, heading: str) -> Any:
        """Return the cells of a column, from the first row to the last."""
        at = self.columns[heading]
        return self.block((at, at), (self.first, self.last))


def insist(*, that: bool, otherwise: str) -> None:
    """Raise where a deed did not do what a person would have seen."""
    if not that:
        raise RuntimeError(otherwise)
