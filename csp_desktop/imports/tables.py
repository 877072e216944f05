"""A table found on a sheet: its headings, the rows that are its own, and what stands above it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from csp_desktop.imports.grid import CellValue, SheetGrid
from csp_desktop.imports.heading_cells import plain_text
from csp_desktop.imports.synonyms import normalise

_LEAST_ALIKE = 2
_MOST_UNLIKE = 2  # so many more unlike than alike from the left, and the row is another
_SPARE_LETTERS = 8  # line breaks and spaces in a repeated heading


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table. ``text`` names it uniquely in its table; ``group`` is the heading merged above it.

    ``parts`` are the wordings that stand for it, two where its headings are in two languages. ``is_named`` is false
    where the column has no heading and is called by its letter.
    """

    column: int
    text: str
    label: str
    group: str = ""
    parts: tuple[str, ...] = ()
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class Caption:
    """The name above a table, in the owner's words and at its address; "" for none."""

    text: str = ""
    cell: str = ""
    row: int = 0


@dataclass(frozen=True)
class Table:
    """A table found on a sheet: its heading row (the lowest, where there are several) and the rows that are its own.

    ``sheet`` holds the cells of the table's own part of the sheet alone, where tables stand side by side; ``part`` is
    the first column of that part, 1 for the leftmost. ``rows`` are the numbers of the filled rows below the heading, up
    to ``last_row``. ``above`` are the texts of the title rows. ``certain`` is false where no heading was recognised.
    ``top`` is the upper heading row.
    """

    sheet: SheetGrid
    header_row: int
    headings: tuple[Heading, ...]
    last_row: int
    rows: tuple[int, ...] = ()
    above: tuple[str, ...] = ()
    certain: bool = True
    top: int = 0
    caption: Caption = Caption()
    part: int = 1

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the headings by the texts that tell them apart, without the columns that have none."""
        return tuple(heading.text for heading in self.headings if heading.is_named)

    @property
    def columns(self) -> frozenset[int]:
        """Return the numbers of the columns that have a heading."""
        return frozenset(heading.column for heading in self.headings)

    @cached_property
    def repeated(self) -> frozenset[int]:
        """The rows below the headings that are the headings once more, as on printed pages."""
        lines = Lines(self.sheet, range(self.top or self.header_row, self.header_row + 1))
        return lines.repeated(self.rows)


class Lines:
    """The heading rows of a table, to know them again further down."""

    def __init__(self, sheet: SheetGrid, rows: Iterable[int]) -> None:
        self._sheet = sheet
        self._lines = [{column: _Label(value) for column, value in _texts(sheet, row)} for row in rows]

    def repeated(self, rows: Iterable[int]) -> frozenset[int]:
        """Return those of ``rows`` that repeat a heading row; of several heading rows, the upper go with the lowest."""
        lowest = [row for row in rows if self._is_like(row, self._lines[-1], self._least(self._lines[-1]))]
        found = set(lowest)
        for at, line in enumerate(reversed(self._lines[:-1]), start=1):
            found |= {row - at for row in lowest if line and self._is_like(row - at, line, 1)}
        return frozenset(found)

    def repeats(self, row: int) -> bool:
        """Say whether a row is the lowest heading row once more."""
        return bool(self._lines) and self._is_like(row, self._lines[-1], self._least(self._lines[-1]))

    def _least(self, line: Mapping[int, "_Label"]) -> int:
        return min(_LEAST_ALIKE, max(len(line), 1))

    def _is_like(self, row: int, line: Mapping[int, "_Label"], least: int) -> bool:
        """Say whether more than half of a row's cells say what the heading row says in their columns."""
        values = self._sheet.rows.get(row, ())
        same = other = 0
        for column, label in line.items():
            value = values[column - 1] if column <= len(values) else None
            if value is None:
                continue
            if label.is_said_by(value):
                same += 1
            else:
                other += 1
                if other - same > _MOST_UNLIKE:
                    return False
        return same >= least and same > other


class _Label:
    """A heading to compare with: by its first letter and its length first, for most cells differ in those."""

    __slots__ = ("_first", "_length", "_words")

    def __init__(self, text: str) -> None:
        self._words = normalise(text)
        self._first = text[:1].casefold()
        self._length = len(text)

    def is_said_by(self, value: CellValue) -> bool:
        """Say whether a cell says the heading."""
        if not isinstance(value, str) or abs(len(value) - self._length) > _SPARE_LETTERS:
            return False
        return value.lstrip()[:1].casefold() == self._first and normalise(plain_text(value)) == self._words


def _texts(sheet: SheetGrid, row: int) -> Iterable[tuple[int, str]]:
    return ((column, plain_text(value)) for column, value in sheet.cells(row) if isinstance(value, str))
