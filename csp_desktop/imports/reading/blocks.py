"""A file that is handed on while it is read: its rows leave in blocks, and none is held once it has left."""

from collections.abc import Callable
from itertools import count

from typing_extensions import override

from csp_desktop.imports.grid import CellValue
from csp_desktop.imports.reading.answers import Row, StreamMessage
from csp_desktop.imports.reading.building import Reading, SheetBuild, clean
from csp_desktop.imports.reading.limits import EXCEL_ROWS, Limits
from csp_desktop.imports.reading.refusals import Refusal, refuse

FULL_BLOCK = 2_000
MOST_LETTERS = 1_000_000
"""A block leaves as soon as it has as many rows or letters."""


class Streaming(Reading):
    """The reading of a file whose sheets and rows are sent on: ("sheet", name, hidden), ("block", rows)."""

    def __init__(
        self, name: str, limits: Limits, tell: Callable[[int, int], None], send: Callable[[StreamMessage], None]
    ) -> None:
        super().__init__(name, limits, tell)
        self.handed_on = 0
        self.has_same_names = False
        self._send = send
        self._names: set[str] = set()
        self._block: list[Row] = []
        self._letters = 0

    @override
    def begin(self, name: str, *, hidden: bool, in_order: bool = True) -> SheetBuild:
        """Say that a sheet begins, and return its build: one that holds a row at a time, unless they may be mixed."""
        own = clean(name)
        others = (f"{own} ({number})" for number in count(2))
        told = own if own not in self._names else next(each for each in others if each not in self._names)
        self.has_same_names |= told != own
        self._names.add(told)
        self._send(("sheet", told, hidden))
        return _RowBuild(self, told) if in_order else SheetBuild(self, told)

    @override
    def end(self, build: SheetBuild) -> None:
        """Hand on what is left of the sheet."""
        for number, values in build.rows_in_order().items():
            self.hand_on([(number, values)], letters_of(values))
        self._send_block()

    def hand_on(self, rows: list[Row], letters: int) -> None:
        """Take finished rows of ``letters`` in all; send the block when it is full. Raises UnreadableFileError."""
        self.handed_on += len(rows)
        if self.handed_on > self.limits.rows:
            raise self.too_many_rows()
        self._block += rows
        self._letters += letters
        if len(self._block) >= FULL_BLOCK or self._letters >= MOST_LETTERS:
            self._send_block()

    def _send_block(self) -> None:
        if self._block:
            self._send(("block", tuple(self._block)))
        self._block = []
        self._letters = 0


class _RowBuild(SheetBuild):
    """A sheet of which the row that is being filled is held, and of the others no more than that they were there."""

    def __init__(self, streaming: Streaming, name: str) -> None:
        super().__init__(streaming, name)
        self._streaming = streaming
        self._seen = bytearray(EXCEL_ROWS + 1)

    @override
    def begin_row(self, row: int) -> list[CellValue]:
        """Hand on the row before. Raises where the new one has gone already: nobody could tell which is meant."""
        for number, before in self.rows.items():
            self._streaming.hand_on([(number, before)], letters_of(before))
        self.rows.clear()
        values = super().begin_row(row)
        if self._seen[row]:
            raise refuse(Refusal.DAMAGED, self.reading.name)
        self._seen[row] = True
        return values

    @override
    def keep_rows(self, rows: list[Row], letters: int) -> None:
        """Hand whole rows on."""
        self._streaming.hand_on(rows, letters)

    @override
    def hide_rows(self, first: int, last: int) -> None:
        """Pass over what is hidden: it is not handed on."""

    @override
    def hide_columns(self, first: int, last: int) -> None:
        """Pass over what is hidden: it is not handed on."""

    @override
    def merge(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Pass over what is merged: it is not handed on."""


def letters_of(values: list[CellValue]) -> int:
    """Return how many letters the texts of a row hold."""
    return sum(len(value) for value in values if isinstance(value, str))
