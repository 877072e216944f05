"""One worksheet of an .xlsb to values."""

import struct
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import IO, TypeAlias

from csp_desktop.imports.grid import CellValue
from csp_desktop.imports.reading.biff_sheet import error_of, packed_number
from csp_desktop.imports.reading.binary_excel_records import BinaryBook, records, wide_string
from csp_desktop.imports.reading.building import SheetBuild, filled
from csp_desktop.imports.reading.looks import Look, number_as, stored_number

_ROW, _COLUMNS, _MERGE = 0, 60, 176
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x10, 0x01
_STYLE = 0xFFFFFF
_PLACE, _DOUBLE, _PACKED = struct.Struct("<II"), struct.Struct("<d"), struct.Struct("<I")


def read_sheet(stream: IO[bytes], book: BinaryBook, build: SheetBuild) -> None:
    """Put every filled cell, merge and hidden part of the worksheet in ``stream`` into ``build``."""
    row = 0
    for kind, payload in records(stream):
        reader = _CELLS.get(kind)
        if reader is not None:
            column, style = _PLACE.unpack_from(payload)
            value = reader(book, style & _STYLE, payload)
            if value is not None:
                build.put(row, column + 1, value)
        elif kind == _ROW:
            row = _PACKED.unpack_from(payload)[0] + 1
            if payload[11] & _ROW_HIDDEN:
                build.hide_rows(row, row)
            build.reading.tick()
        else:
            _take_other(kind, payload, build)


def _take_other(kind: int, payload: bytes, build: SheetBuild) -> None:
    """Keep what a record says beside the cells."""
    if kind == _COLUMNS:
        first, last = _PLACE.unpack_from(payload)
        if payload[16] & _COLUMN_HIDDEN:
            build.hide_columns(first + 1, last + 1)
    elif kind == _MERGE:
        top, bottom, left, right = struct.unpack_from("<4I", payload)
        build.merge((top + 1, left + 1), (bottom + 1, right + 1))


def _number(book: BinaryBook, style: int, number: float) -> CellValue:
    look = book.look(style)
    return number_as(look, stored_number(number) if look is Look.NUMBER else number, book.epoch)


def _read_number(book: BinaryBook, style: int, payload: bytes) -> CellValue:
    (number,) = _DOUBLE.unpack_from(payload, 8)
    return _number(book, style, number)


def _read_packed(book: BinaryBook, style: int, payload: bytes) -> CellValue:
    (packed,) = _PACKED.unpack_from(payload, 8)
    return _number(book, style, packed_number(packed))


def _read_shared(book: BinaryBook, _style: int, payload: bytes) -> CellValue:
    (index,) = _PACKED.unpack_from(payload, 8)
    return book.strings[int(index)]


def _read_text(_book: BinaryBook, _style: int, payload: bytes) -> CellValue:
    return filled(wide_string(payload, 8)[0])


def _read_rich_text(_book: BinaryBook, _style: int, payload: bytes) -> CellValue:
    return filled(wide_string(payload, 9)[0])


def _read_truth(_book: BinaryBook, _style: int, payload: bytes) -> CellValue:
    return bool(payload[8])


def _read_error(_book: BinaryBook, _style: int, payload: bytes) -> CellValue:
    return error_of(payload[8])


_ReadCell: TypeAlias = Callable[[BinaryBook, int, bytes], CellValue]
_CELLS: Mapping[int, _ReadCell] = MappingProxyType(
    {
        2: _read_packed,
        3: _read_error,
        4: _read_truth,
        5: _read_number,
        6: _read_text,
        7: _read_shared,
        8: _read_text,
        9: _read_number,
        10: _read_truth,
        11: _read_error,
        62: _read_rich_text,
    }
)
