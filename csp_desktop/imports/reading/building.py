"""A sheet while it is read: values at their places, in any order, within the limits whatever the format."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import TELLS_ALL, CellValue, Merge, SheetGrid, Tell, is_blank
from csp_desktop.imports.reading.limits import EXCEL_COLUMNS, EXCEL_ROWS, Limits
from csp_desktop.imports.reading.refusals import Refusal, refuse

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TICK = 500
_SLOTS = 8  # places held for each cell allowed: a far cell makes its row long without filling it


@dataclass(frozen=True, slots=True)
class About:
    """What a reader says of a file beside its sheets; ``WorkbookGrid`` tells what each is."""

    format: str
    notes: tuple[str, ...] = ()
    tells: frozenset[Tell] = TELLS_ALL
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """One file's reading, over all its sheets: its name for refusals, its bounds, and who is told of progress.

    The readers begin and end the sheets here, one after the other; here each is kept as a whole.
    """

    name: str
    limits: Limits
    tell: Callable[[int, int], None]
    expected: int = 0
    rows: int = 0
    cells: int = 0
    slots: int = 0
    sheets: list[SheetGrid] = field(default_factory=list)

    def begin(self, name: str, *, hidden: bool, in_order: bool = True) -> "SheetBuild":
        """Return the next sheet's build. Its cells come row by row, or, unless ``in_order``, as they please."""
        del in_order  # a sheet that is kept as a whole may come in any order
        return SheetBuild(self, clean(name), hidden)

    def end(self, build: "SheetBuild") -> None:
        """Take the sheet that was begun last, now that everything of it is in ``build``."""
        self.sheets.append(build.grid())

    def tick(self, rows: int = 1) -> None:
        """Count a row or more, and tell how far the reading is from time to time."""
        self.rows += rows
        if self.rows % _TICK < rows:
            self.tell(self.rows, max(self.expected, self.rows))

    def widen(self, columns: int, missing: int) -> None:
        """Allow a row to grow by ``missing`` places to ``columns``; raise where that is more than anybody needs."""
        self.slots += missing
        if columns > self.limits.columns:
            raise self.too_wide(columns)
        if self.slots > self.limits.cells * _SLOTS:
            raise self.too_many()

    def too_many(self) -> UnreadableFileError:
        """Return the refusal of a file with more cells than are read."""
        most = f"{self.limits.cells:,}"
        return refuse(Refusal.TOO_LARGE, self.name, found=f"more than {most} cells", most=most)

    def too_many_rows(self) -> UnreadableFileError:
        """Return the refusal of a file with more filled rows than are read."""
        most = f"{self.limits.rows:,}"
        return refuse(Refusal.TOO_LARGE, self.name, found=f"more than {most} rows", most=most)

    def too_wide(self, columns: int) -> UnreadableFileError:
        """Return the refusal of a sheet that is ``columns`` wide."""
        most = f"{self.limits.columns:,}"
        return refuse(Refusal.TOO_MANY_COLUMNS, self.name, found=f"{columns:,}", most=most)

    def outside(self) -> UnreadableFileError:
        """Return the refusal of a cell outside the grid."""
        return refuse(Refusal.OUTSIDE_GRID, self.name)

    def check_sheets(self, sheets: int) -> None:
        """Refuse a workbook of more sheets than anybody leafs through."""
        if sheets > self.limits.sheets:
            raise refuse(
                Refusal.TOO_LARGE, self.name, found=f"{sheets:,} sheets", most=f"{self.limits.sheets:,} sheets"
            )


@dataclass(slots=True)
class SheetBuild:
    """A sheet while its parts stream by."""

    reading: Reading
    name: str = ""
    hidden: bool = False
    rows: dict[int, list[CellValue]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, value: CellValue) -> None:
        """Put a filled cell at its place, numbers from 1; a later one at the same place wins."""
        values = self.rows.get(row)
        if values is None:
            values = self.begin_row(row)
        length = len(values)
        if column == length + 1 and column <= self.reading.limits.columns:
            values.append(value)
        elif 0 < column <= length:
            values[column - 1] = value
        else:
            self._place_far(values, column, value)
        reading = self.reading
        reading.cells += 1
        if reading.cells > reading.limits.cells:
            raise reading.too_many()

    def begin_row(self, row: int) -> list[CellValue]:
        """Return the list of a row that has none yet, numbers from 1; raise where a sheet has no such row."""
        if not 0 < row <= EXCEL_ROWS:
            raise self.reading.outside()
        values = self.rows[row] = []
        return values

    def put_rows(self, first: int, rows: list[list[CellValue]], letters: int) -> None:
        """Put whole rows, numbered from ``first`` on, below all others; they hold ``letters`` in all.

        Each ends at its last filled cell; a blank one is empty, and is not kept.
        """
        reading = self.reading
        widths = list(map(len, rows))
        gaps = sum(row.count(None) for row in rows if None in row)
        if gaps or max(widths) > reading.limits.columns:
            reading.widen(max(widths), gaps)
        reading.cells += sum(widths) - gaps
        if reading.cells > reading.limits.cells:
            raise reading.too_many()
        self.keep_rows([pair for pair in enumerate(rows, start=first) if pair[1]], letters)

    def keep_rows(self, rows: list[tuple[int, list[CellValue]]], _letters: int) -> None:
        """Keep whole rows that are within the limits."""
        self.rows.update(rows)
        if len(self.rows) > self.reading.limits.rows:
            raise self.reading.too_many_rows()

    def _place_far(self, values: list[CellValue], column: int, value: CellValue) -> None:
        """Put a value beyond the end of its row."""
        if not 0 < column <= EXCEL_COLUMNS:
            raise self.reading.outside()
        missing = column - len(values)
        self.reading.widen(column, missing)
        values.extend([None] * (missing - 1))
        values.append(value)

    def merge(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Keep a merged range from its two corners (row, column), whichever way round they are written."""
        rows, columns = sorted((first[0], last[0])), sorted((first[1], last[1]))
        if rows[0] < 1 or columns[0] < 1 or rows[1] > EXCEL_ROWS or columns[1] > EXCEL_COLUMNS:
            return
        most = self.reading.limits.merges
        if len(self.merges) >= most:
            found = f"more than {most:,} merged ranges"
            raise refuse(Refusal.TOO_LARGE, self.reading.name, found=found, most=f"{most:,}")
        self.merges.append(Merge(rows[0], columns[0], rows[1], columns[1]))

    def hide_rows(self, first: int, last: int) -> None:
        """Keep that rows ``first`` to ``last`` are hidden."""
        self.hidden_rows.update(range(first, last + 1))

    def hide_columns(self, first: int, last: int) -> None:
        """Keep that columns ``first`` to ``last`` are hidden, as far as columns are read."""
        most = self.reading.limits.columns
        if len(self.hidden_columns) < most:
            self.hidden_columns.update(range(max(first, 1), min(last, most) + 1))

    def rows_in_order(self) -> dict[int, list[CellValue]]:
        """Return the rows in the order of their numbers, whatever the file's order was."""
        in_order = all(before < after for before, after in pairwise(self.rows))
        return self.rows if in_order else dict(sorted(self.rows.items()))

    def grid(self) -> SheetGrid:
        """Return the finished sheet."""
        return SheetGrid(
            name=self.name,
            hidden=self.hidden,
            rows=self.rows_in_order(),
            merges=tuple(self.merges),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )


def clean(text: str) -> str:
    """Return text without control characters; line ends are one newline."""
    if text.isprintable():
        return text
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def filled(text: str) -> str | None:
    """Return text as it is kept, None where it is blank."""
    cleaned = clean(text)
    return None if is_blank(cleaned) else cleaned
