"""A table is a list of columns over frozen rows: what each shows, how it sorts, whether it is edited in place."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Generic, Protocol, TypeVar

from csp_desktop.charts.scene import Scene
from csp_desktop.rules.folding import fold
from ui.tables.rag import RagCell

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)
SortKey = str | int | float
DASH = "\N{EN DASH}"  # what an absent value looks like; it is read out as "none"


class Kind(Enum):
    """How a column's cells are drawn."""

    TEXT = auto()
    REF = auto()
    LONG_TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    RAG = auto()
    DRAWING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column. ``width`` is in characters; 0 takes what is left of the table.

    A ``spare`` column hides for want of room, the highest number first and of equals the last.
    ``text`` gives what is shown and filtered, empty where the value is absent. ``sort_key`` gives a number or folded
    text, None where absent (absent sorts last, both ways); without it the folded text sorts. ``note`` is a second line
    in a quieter voice. ``before`` is an older value, struck out above the text that takes its place.
    ``drawing`` is a small scene at the left of the text; in a column of kind DRAWING it takes the place of the text,
    which is then what is heard and filtered.
    ``tone`` names the colour role of the text ("error", "warning", "muted") and ``note_tone`` that of the note, muted
    without it. ``edit`` stores what was typed and raises CspError to refuse it.
    """

    key: str
    heading: str
    text: Callable[[Row], str]
    kind: Kind = Kind.TEXT
    width: int = 12
    sort_key: Callable[[Row], SortKey | None] | None = None
    spare: int = 0
    note: Callable[[Row], str] | None = None
    before: Callable[[Row], str] | None = None
    rag: Callable[[Row], RagCell] | None = None
    drawing: Callable[[Row], Scene | None] | None = None
    tone: Callable[[Row], str] | None = None
    note_tone: Callable[[Row], str] | None = None
    tooltip: Callable[[Row], str] | None = None
    edit: Callable[[Row, str], None] | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """Which column a table is sorted by, and which way; ``column`` None keeps the rows' own order."""

    column: int | None = None
    descending: bool = False


class Source(Protocol[Row_co]):
    """Where a table's rows come from; rows are known by an integer id that never changes."""

    def order(self, sort: Sort) -> Sequence[int]:
        """Return every row's id in the order asked."""

    def matching(self, ids: Sequence[int], words: Sequence[str]) -> Sequence[int]:
        """Return those of ``ids``, in order, whose folded text holds all of the folded ``words``."""

    def row(self, row_id: int) -> Row_co:
        """Return one row. Raises LookupError where it has gone from the store since the ids were read."""


class RowsInHand(Generic[Row]):
    """A source over rows that are all in memory: what a plan's tables use, good for tens of thousands.

    ``searched`` gives a row's folded text for the filter; without it that is what its columns show.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        rows: Iterable[Row],
        row_id: Callable[[Row], int],
        searched: Callable[[Row], str] | None = None,
    ) -> None:
        self._columns = columns
        self._searched = searched or partial(_searched, columns)
        self._rows = {row_id(row): row for row in rows}
        self._ids = array("q", self._rows)
        self._texts: dict[int, str] | None = None

    def order(self, sort: Sort) -> Sequence[int]:
        """Return every row's id in the order asked; rows without a value come last."""
        if sort.column is None:
            return self._ids
        column = self._columns[sort.column]
        key = column.sort_key or (lambda row: fold(column.text(row)) or None)
        keys = {row_id: key(row) for row_id, row in self._rows.items()}
        valued = {row_id: value for row_id, value in keys.items() if value is not None}
        absent = [row_id for row_id in self._ids if row_id not in valued]
        in_order = sorted(valued, key=valued.__getitem__, reverse=sort.descending)
        return array("q", [*in_order, *absent])

    def matching(self, ids: Sequence[int], words: Sequence[str]) -> Sequence[int]:
        """Return those of ``ids`` whose text in any column holds all of the words."""
        if self._texts is None:
            self._texts = {row_id: self._searched(row) for row_id, row in self._rows.items()}
        return holding(ids, self._texts, words)

    def row(self, row_id: int) -> Row:
        """Return one row."""
        return self._rows[row_id]


def holding(ids: Sequence[int], texts: Mapping[int, str], words: Sequence[str]) -> Sequence[int]:
    """Return those of ``ids`` whose text holds all of the words; the longest word goes first, for it leaves fewest."""
    for word in sorted(words, key=len, reverse=True):
        ids = [row_id for row_id in ids if word in texts.get(row_id, "")]
    return ids


def _searched(columns: Sequence[Column[Row]], row: Row) -> str:
    texts = (text for column in columns for text in (column.text(row), column.note(row) if column.note else ""))
    return "\n".join(fold(text) for text in texts)


@dataclass(frozen=True, slots=True)
class Reader(Generic[Row]):
    """How rows too many to hold are read: ids in an order, folded texts by id, and rows by their ids."""

    ids: Callable[[str | None, bool], Sequence[int]]
    texts: Callable[[], Mapping[int, str]]
    fetch: Callable[[Sequence[int]], Sequence[Row]]


class PagedRows(Generic[Row]):
    """A source that holds ids alone and reads rows a page at a time, as they are shown; it keeps the latest read."""

    PAGE = 32
    KEPT = 8192

    def __init__(self, columns: Sequence[Column[Row]], reader: Reader[Row], row_id: Callable[[Row], int]) -> None:
        self._columns = columns
        self._reader = reader
        self._row_id = row_id
        self._ids: Sequence[int] = ()
        self._shown: Sequence[int] = ()
        self._kept: dict[int, Row] = {}

    def order(self, sort: Sort) -> Sequence[int]:
        """Return every row's id in the order asked, as the reader sorts them."""
        key = None if sort.column is None else self._columns[sort.column].key
        self._ids = self._shown = self._reader.ids(key, sort.descending)
        return self._ids

    def matching(self, ids: Sequence[int], words: Sequence[str]) -> Sequence[int]:
        """Return those of ``ids`` whose search text holds all of the words."""
        self._shown = holding(ids, self._reader.texts(), words)
        return self._shown

    def row(self, row_id: int) -> Row:
        """Return one row, reading it and those shown near it if it is not at hand. LookupError where it has gone."""
        if row_id not in self._kept:
            self._read_about(row_id)
        return self._kept[row_id]

    def _read_about(self, row_id: int) -> None:
        at = self._place(row_id)
        goes_up = at + 1 < len(self._shown) and self._shown[at + 1] in self._kept
        first = max(0, at + 1 - self.PAGE) if goes_up else at
        for row in self._reader.fetch(self._shown[first : first + self.PAGE]):
            self._kept[self._row_id(row)] = row
        while len(self._kept) > self.KEPT:
            del self._kept[next(iter(self._kept))]

    def _place(self, row_id: int) -> int:
        """Return where a row is shown, or where it would be without the filter."""
        try:
            return self._shown.index(row_id)
        except ValueError:
            self._shown = self._ids
            return self._shown.index(row_id)
