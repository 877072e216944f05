"""What a spreadsheet is to us once read: plain values at their own addresses, whatever the file's format was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import TypeAlias

from csp_desktop.rules.periods import MONTH_NAMES


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an error instead of a value. ``code`` is Excel's ("#REF!"), or ``NO_RESULT``."""

    code: str


class Tell(Enum):
    """What a format keeps apart for its reader. What it does not tell must never be taken as known to be absent."""

    ERRORS = "cells that show an error"
    UNWORKED = "formulas that were never worked out"
    FORMATS = "numbers shown as dates or percentages"
    HIDDEN = "hidden rows and columns"
    MERGES = "merged cells"


TELLS_ALL = frozenset(Tell)

_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\u2060\ufeff" + _DIRECTIONS
_EDGES = frozenset({"", *SPACES})
NO_RESULT = "no stored result"


class PercentNumber(float):
    """A number shown as a percentage: 0.45 for a cell that reads 45%."""

    __slots__ = ()


class MonthDate(date):
    """A real date shown without its day ("Mar-25"): the owner meant the month."""

    __slots__ = ()


CellValue: TypeAlias = str | int | float | bool | date | datetime | time | CellError | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, numbers from 1, both ends inside."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def width(self) -> int:
        """Return how many columns it spans."""
        return self.last_column - self.first_column + 1

    @property
    def height(self) -> int:
        """Return how many rows it spans."""
        return self.last_row - self.first_row + 1


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """One sheet. ``rows`` maps a row's number (from 1) to its values from column A on; blank rows are absent.

    ``rows`` is in order of row number; a row's list ends at its last filled cell.
    """

    name: str
    hidden: bool = False
    rows: dict[int, list[CellValue]] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def value(self, row: int, column: int) -> CellValue:
        """Return the value at ``row`` and ``column`` (from 1), None where there is none."""
        values = self.rows.get(row, ())
        return values[column - 1] if 0 < column <= len(values) else None

    @property
    def width(self) -> int:
        """Return the number of the last column in use."""
        return max((len(values) for values in self.rows.values()), default=0)

    @property
    def last_row(self) -> int:
        """Return the number of the last row in use, 0 where there is none."""
        return next(reversed(self.rows), 0)

    def cells(self, row: int) -> Iterator[tuple[int, CellValue]]:
        """Yield column number and value of the filled cells of ``row``."""
        for column, value in enumerate(self.rows.get(row, ()), start=1):
            if not is_blank(value):
                yield column, value


@dataclass(frozen=True, slots=True)
class WorkbookGrid:
    """A file as read. ``format`` is "xlsx", "xls", "xlsb", "ods" or "csv", by content, never by name.

    ``notes`` say in sentences what a reader should know ("Read as cp1252."); ``tells`` is what the format tells: an
    error cell of a file that does not tell errors looks blank, and such a blank is no word of its owner's.
    ``properties`` are the document's custom properties that are text, by name: few, short and clean.
    """

    file_name: str
    format: str
    sheets: tuple[SheetGrid, ...]
    notes: tuple[str, ...] = ()
    tells: frozenset[Tell] = TELLS_ALL
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def visible(self) -> tuple[SheetGrid, ...]:
        """Return the sheets that the owner sees."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)


def is_blank(value: CellValue) -> bool:
    """Say whether a cell holds nothing: None or spaces of any kind."""
    return value is None or (isinstance(value, str) and value[:1] in _EDGES and not value.strip(SPACES))


@cache
def column_letters(column: int) -> str:
    """Return the letters of a column numbered from 1: 27 is "AA"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column by its letters: "AA" is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """Return a cell's address: ``address(15, 5)`` is "E15"."""
    return f"{column_letters(column)}{row}"


def text_of(value: CellValue) -> str:
    """Return what the owner reads in the cell, trimmed of spaces and direction marks; dates as 31/03/2025."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip(SPACES) if value[:1] in _EDGES or value[-1:] in _EDGES else value
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, date | time):
        return _moment_text(value)
    return _number_text(value)


def _moment_text(value: date | time) -> str:
    """Return a date or time as text, with the month in letters where the day is not shown."""
    if isinstance(value, MonthDate):
        return f"{MONTH_NAMES[value.month - 1][:3]}-{value.year % 100:02d}"
    day = f"{value.day:02d}/{value.month:02d}/{value.year:04d}" if isinstance(value, date) else ""
    clock = f"{value.hour:02d}:{value.minute:02d}" if isinstance(value, datetime | time) else ""
    return f"{day} {clock}".strip()


def _number_text(value: float) -> str:
    """Return a number or truth value as text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, PercentNumber):
        return f"{value * 100:g}%"
    return str(value) if isinstance(value, int) else f"{value:.15g}"
