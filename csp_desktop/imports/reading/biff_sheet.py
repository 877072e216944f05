"""One worksheet of an .xls to values."""

import struct
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from csp_desktop.imports.grid import CellError, CellValue
from csp_desktop.imports.reading.biff_book import Book
from csp_desktop.imports.reading.biff_records import records, with_continuations
from csp_desktop.imports.reading.building import SheetBuild, filled
from csp_desktop.imports.reading.looks import Look, number_as, stored_number

_BOF, _EOF = 0x0809, 0x000A
_STRING, _MULTIPLE_RK, _MERGES, _ROW, _COLUMNS = 0x0207, 0x00BD, 0x00E5, 0x0208, 0x007D
_PLACE, _DOUBLE, _PACKED = struct.Struct("<HHH"), struct.Struct("<d"), struct.Struct("<I")
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_NO_NUMBER = b"\xff\xff"
_ERRORS = MappingProxyType(
    {
        0x00: CellError("#NULL!"),
        0x07: CellError("#DIV/0!"),
        0x0F: CellError("#VALUE!"),
        0x17: CellError("#REF!"),
        0x1D: CellError("#NAME?"),
        0x24: CellError("#NUM!"),
        0x2A: CellError("#N/A"),
        0x2B: CellError("#GETTING_DATA"),
    }
)


def read_sheet(stream: bytes, at: int, book: Book, build: SheetBuild) -> int:
    """Put every filled cell, merge and hidden part of the worksheet at ``at`` of ``stream`` into ``build``.

    Return how many bytes it takes.
    """
    sheet = _Sheet(stream, book, build)
    depth = 0
    behind = at
    for kind, payload, behind in records(stream, at):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1:  # a chart inside the sheet brings cells of its own
            sheet.take(kind, payload, behind)
    return behind - at


def error_of(code: int) -> CellError:
    """Return the error that a code of Excel's binary formats stands for."""
    return _ERRORS.get(code, _ERRORS[0x0F])


def packed_number(packed: int) -> float:
    """Return the number that Excel keeps in 30 bits: whole or the upper half of a double, perhaps in hundredths."""
    number: float
    if packed & 2:
        number = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number


class _Sheet:
    """The records of a worksheet, one by one; a formula's text stands in a record behind it."""

    def __init__(self, stream: bytes, book: Book, build: SheetBuild) -> None:
        self._stream = stream
        self._book = book
        self._build = build
        self._pending: tuple[int, int] | None = None

    def take(self, kind: int, payload: bytes, behind: int) -> None:
        """Keep what a record says."""
        reader = _CELLS.get(kind)
        if reader is not None:
            row, column, style = _PLACE.unpack_from(payload)
            self._put(row, column, reader(self._book, style, payload))
        elif kind in _FORMULAS:
            self._take_formula(payload)
        elif kind in _TEXTS:
            row, column, _ = _PLACE.unpack_from(payload)
            self._put(row, column, self._text(payload[6:], behind))
        elif kind == _STRING and self._pending is not None:
            self._put(*self._pending, self._text(payload, behind))
            self._pending = None
        else:
            self._take_other(kind, payload)

    def _put(self, row: int, column: int, value: CellValue) -> None:
        if value is not None:
            self._build.put(row + 1, column + 1, value)

    def _text(self, payload: bytes, behind: int) -> str | None:
        if self._book.is_unicode:
            return filled(with_continuations(self._stream, payload, behind).string())
        return filled(self._book.bytes_text(payload, long=True))

    def _take_formula(self, payload: bytes) -> None:
        """Keep a formula's result: a number, or what stands in its place."""
        row, column, style = _PLACE.unpack_from(payload)
        result = payload[6:14]
        self._pending = None
        if result[6:8] != _NO_NUMBER:
            self._put(row, column, _number(self._book, style, struct.unpack("<d", result)[0]))
        elif result[0] == 0:
            self._pending = (row, column)
        elif result[0] == 1:
            self._put(row, column, bool(result[2]))
        elif result[0] == 2:  # noqa: PLR2004 - the format's own numbering: text, truth, error, empty text
            self._put(row, column, error_of(result[2]))

    def _take_other(self, kind: int, payload: bytes) -> None:
        if kind == _MULTIPLE_RK:
            row, column = struct.unpack_from("<HH", payload)
            for number, (style, packed) in enumerate(struct.iter_unpack("<HI", _whole(payload[4:-2], 6))):
                self._put(row, column + number, _number(self._book, style, packed_number(packed)))
        elif kind == _ROW:
            self._take_row(payload)
        elif kind == _COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", payload)
            if options & _COLUMN_HIDDEN:
                self._build.hide_columns(first + 1, last + 1)
        elif kind == _MERGES:
            for first, last, left, right in struct.iter_unpack("<4H", _whole(payload[2:], 8)):
                self._build.merge((first + 1, left + 1), (last + 1, right + 1))

    def _take_row(self, payload: bytes) -> None:
        (row,) = struct.unpack_from("<H", payload)
        if struct.unpack_from("<H", payload, 12)[0] & _ROW_HIDDEN:
            self._build.hide_rows(row + 1, row + 1)
        self._build.reading.tick()


def _whole(payload: bytes, size: int) -> bytes:
    """Return as much of ``payload`` as holds whole items of ``size`` bytes."""
    return payload[: len(payload) // size * size]


def _number(book: Book, style: int, number: float) -> CellValue:
    look = book.look(style)
    return number_as(look, stored_number(number) if look is Look.NUMBER else number, book.epoch)


def _read_number(book: Book, style: int, payload: bytes) -> CellValue:
    (number,) = _DOUBLE.unpack_from(payload, 6)
    return _number(book, style, number)


def _read_packed(book: Book, style: int, payload: bytes) -> CellValue:
    return _number(book, style, packed_number(_PACKED.unpack_from(payload, 6)[0]))


def _read_shared(book: Book, _style: int, payload: bytes) -> CellValue:
    (index,) = _PACKED.unpack_from(payload, 6)
    return book.strings[int(index)]


def _read_truth_or_error(_book: Book, _style: int, payload: bytes) -> CellValue:
    value, is_error = struct.unpack_from("<BB", payload, 6)
    return error_of(value) if is_error else bool(value)


_ReadCell: TypeAlias = Callable[[Book, int, bytes], CellValue]
_CELLS: Mapping[int, _ReadCell] = MappingProxyType(
    {0x0203: _read_number, 0x027E: _read_packed, 0x00FD: _read_shared, 0x0205: _read_truth_or_error}
)
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_TEXTS = frozenset({0x0204, 0x00D6})
