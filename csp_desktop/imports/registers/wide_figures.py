"""Tables of figures by area that have a column for each indicator or period: a row an area, a cell a figure.

Such a table is read as if every figure stood in a row of its own. What a figure is and when it is of stands in its
heading ("Burglary 2024/25", "Q1 2026/27"), else in a column of the row, else above the table or in the sheet's name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from csp_desktop.imports.grid import CellValue, address, is_blank, text_of
from csp_desktop.imports.problems import Problem, quote
from csp_desktop.imports.registers.day_readers import NOTHING
from csp_desktop.imports.registers.headings import ColumnRead, SheetRead
from csp_desktop.imports.registers.kept_readers import read_number
from csp_desktop.imports.registers.number_columns import keep_numbers
from csp_desktop.imports.registers.periods import period_of
from csp_desktop.imports.registers.staging import Numbered
from csp_desktop.imports.synonyms import normalise
from csp_desktop.rules.folding import fold
from models.vocabulary import ProblemLevel

_APART = ("indicator", "period", "value")
_NO_FIGURE = frozenset({"no", "ref", "id", "row", "rank", "ward no", "ward number", "easting", "northing", "objectid"})
_BARE = "()[]:,-\u2013 "


@dataclass(frozen=True, slots=True)
class _Figures:
    """A column of figures: where it is, and what its heading says of them, "" for nothing."""

    at: int
    heading: str
    indicator: str
    period: str


class WideFigures:
    """One sheet of such a table. Look at all rows first; a column that holds anything but numbers holds no figures."""

    def __init__(self, read: SheetRead, head: Sequence[Numbered]) -> None:
        self._read = read
        self._own = {name: read.fields[name].column - 1 for name in _APART if name in read.fields}
        self._title = _split(_title(read, head))
        self._columns = {
            column.column - 1: _figures(column, self._own)
            for column in read.columns
            if column.field == "value" or (not column.field and normalise(column.heading) not in _NO_FIGURE)
        }
        if len(self._own) == len(_APART):
            self._columns = {}
        self._filled: set[int] = set()

    def look(self, rows: Iterable[Sequence[CellValue]]) -> None:
        """Look at some rows, the headings not among them."""
        keep_numbers(self._columns, self._filled, rows, lambda value: read_number(value).value is not None)

    @property
    def is_wide(self) -> bool:
        """Say whether the sheet is such a table."""
        return any(at in self._filled for at in self._columns)

    @property
    def read(self) -> SheetRead:
        """Return the sheet as it is read: with what a figure is, when it is of and its value behind all columns."""
        last = max(column.column for column in self._read.columns)
        kept = (replace(column, field="") if column.field in _APART else column for column in self._read.columns)
        more = (ColumnRead(last + place, name, name) for place, name in enumerate(_APART, start=1))
        return replace(self._read, columns=(*kept, *more))

    @property
    def headings(self) -> list[str]:
        """Return the headings of the columns that are read as figures."""
        return [column.heading for column in self._figures() if self._has_period(column)]

    def problems(self) -> list[Problem]:
        """Return what is to be said of columns of figures that no period can be told of."""
        return [
            Problem(
                self._read.name,
                address(self._read.header_row, column.at + 1),
                ProblemLevel.ERROR,
                f"Nothing says when the figures under {quote(column.heading)} are of, so they were left out. Write the "
                "period into the heading or above the table, or give it a column.",
            )
            for column in self._figures()
            if not self._has_period(column)
        ]

    def rows(self, row: Numbered) -> Iterator[Numbered]:
        """Yield each figure of a row as a row of its own."""
        number, cells = row
        width = max(column.column for column in self._read.columns)
        whole = [*cells[:width], *[None] * (width - len(cells))]
        for column in self._figures():
            value = whole[column.at]
            if self._has_period(column) and not is_blank(value) and fold(text_of(value)) not in NOTHING:
                indicator = column.indicator or self._cell(whole, "indicator") or self._title[0] or column.heading
                yield number, [*whole, indicator, column.period or self._cell(whole, "period") or self._title[1], value]

    def _figures(self) -> list[_Figures]:
        return [column for at, column in self._columns.items() if at in self._filled]

    def _has_period(self, column: _Figures) -> bool:
        return bool(column.period or self._title[1] or "period" in self._own)

    def _cell(self, cells: Sequence[CellValue], name: str) -> CellValue:
        return cells[self._own[name]] if name in self._own else None


def _figures(column: ColumnRead, own: dict[str, int]) -> _Figures:
    heading = column.heading.partition(" (column ")[0]
    if column.field == "value":
        return _Figures(column.column - 1, heading, "", "")
    indicator, period = _split(heading)
    return _Figures(column.column - 1, heading, "" if "indicator" in own else indicator, period)


def _title(read: SheetRead, head: Sequence[Numbered]) -> str:
    """Return what stands above a table, else the name of its sheet."""
    above = takewhile(lambda row: row[0] < read.header_row, head)
    texts = (text_of(value) for _, cells in above for value in cells if isinstance(value, str) and value.strip())
    return next(texts, "") or read.name


def _split(text: str) -> tuple[str, str]:
    """Return what a heading says beside its period, and the period: "Burglary 2024/25" is both, "" where it has none.

    The period stands at the end or at the beginning.
    """
    words = text.split()
    for at in range(len(words)):
        tail, front = " ".join(words[at:]).strip(_BARE), " ".join(words[: len(words) - at]).strip(_BARE)
        for period, rest in ((tail, words[:at]), (front, words[len(words) - at :])):
            if period_of(period) is not None:
                return " ".join(rest).strip(_BARE), period
    return " ".join(words), ""
