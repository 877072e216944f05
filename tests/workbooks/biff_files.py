"""Writes a grid as an .xls: records of Excel 97 in a container, as little of either as Excel itself accepts."""

import struct
from pathlib import Path

from csp_desktop.imports.grid import CellError, CellValue, SheetGrid
from tests.workbooks.grid_styles import BUILT_IN_FORMATS, ERROR_CODES, serial_of, style_of

LONGEST_RECORD = 8_224
_SECTOR = 512
_IN_HEADER, _IN_LIST = 109, 127
_END, _FREE, _TABLE, _LIST = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
_WORKBOOK, _WORKSHEET = 0x0005, 0x0010


def write_xls(path: Path, sheets: tuple[SheetGrid, ...], *, before: bytes = b"") -> Path:
    """Write ``sheets`` to ``path``, with the records ``before`` in front of what the workbook says, and return it."""
    path.write_bytes(container({"Workbook": workbook_stream(sheets, before=before)}))
    return path


def record(kind: int, payload: bytes = b"") -> bytes:
    """Return one record."""
    return struct.pack("<HH", kind, len(payload)) + payload


def begin(kind: int, version: int = 0x0600) -> bytes:
    """Return the record that begins a workbook's or a worksheet's part."""
    return record(0x0809, struct.pack("<HHHHII", version, kind, 0x0DBB, 0x07CC, 0, 0x0006))


def workbook_stream(sheets: tuple[SheetGrid, ...], *, before: bytes = b"") -> bytes:
    """Return the records of a whole workbook."""
    strings = _Strings()
    parts = [_sheet_records(sheet, strings) for sheet in sheets]
    head = begin(_WORKBOOK) + before + record(0x0042, struct.pack("<H", 1200))
    head += b"".join(record(0x00E0, struct.pack("<HH", 0, number).ljust(20, b"\x00")) for number in BUILT_IN_FORMATS)
    tail = strings.records() + record(0x000A)
    names = [_short_string(sheet.name) for sheet in sheets]
    at = len(head) + sum(4 + 6 + len(name) for name in names) + len(tail)
    listed = b""
    for sheet, name, part in zip(sheets, names, parts, strict=True):
        listed += record(0x0085, struct.pack("<IBB", at, int(sheet.hidden), 0) + name)
        at += len(part)
    return head + listed + tail + b"".join(parts)


def container(streams: dict[str, bytes]) -> bytes:
    """Return a container of version 3 with each stream in sectors of its own, padded beyond the size of small ones."""
    contents = {name: content.ljust(4_096, b"\x00") for name, content in streams.items()}
    directory = [_entry("Root Entry", 5, _END, 0, below=1)]
    chains: list[list[int]] = []
    data = b""
    next_sector = 0
    for number, (name, content) in enumerate(contents.items(), start=1):
        sectors = -(-len(content) // _SECTOR)
        chains.append(list(range(next_sector, next_sector + sectors)))
        behind = number + 1 if number < len(contents) else _FREE
        directory.append(_entry(name, 2, next_sector, len(content), behind=behind))
        data += content.ljust(sectors * _SECTOR, b"\x00")
        next_sector += sectors
    listing = b"".join(directory).ljust(-(-len(directory) // 4) * _SECTOR, b"\x00")
    chains.append(list(range(next_sector, next_sector + len(listing) // _SECTOR)))
    first_directory = next_sector
    next_sector += len(listing) // _SECTOR
    return _with_tables(data + listing, chains, first_directory)


def _with_tables(data: bytes, chains: list[list[int]], first_directory: int) -> bytes:
    """Return the header, the sectors, and the tables behind them; beyond 109 the tables are listed in a chain too."""
    used = len(data) // _SECTOR
    tables = more = 0
    while tables * _SECTOR // 4 < used + tables + more:
        tables += 1
        more = -(-max(tables - _IN_HEADER, 0) // _IN_LIST)
    numbers = list(range(used, used + tables))
    lists = list(range(used + tables, used + tables + more))
    successors = [_FREE] * (tables * _SECTOR // 4)
    for chain in chains:
        for here, there in zip(chain, [*chain[1:], _END], strict=True):
            successors[here] = there
    successors[used : used + tables] = [_TABLE] * tables
    successors[used + tables : used + tables + more] = [_LIST] * more
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    first_list = lists[0] if lists else _END
    head += struct.pack("<9I", 0, tables, first_directory, 0, 4_096, _END, 0, first_list, more)
    head += _numbers(numbers[:_IN_HEADER], _IN_HEADER)
    listed = b"".join(
        _numbers(numbers[_IN_HEADER + at * _IN_LIST :][:_IN_LIST], _IN_LIST) + struct.pack("<I", behind)
        for at, behind in enumerate([*lists[1:], _END][:more])
    )
    return head + data + _numbers(successors, len(successors)) + listed


def _numbers(numbers: list[int], room: int) -> bytes:
    return struct.pack(f"<{room}I", *numbers, *[_FREE] * (room - len(numbers)))


def _entry(name: str, kind: int, start: int, size: int, *, behind: int = _FREE, below: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    entry = encoded.ljust(64, b"\x00") + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, behind, below)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


class _Strings:
    """The shared strings, written in records that break wherever they are full, within a string too."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def records(self) -> bytes:
        pieces = [struct.pack("<II", len(self._numbers), len(self._numbers))]
        for text in self._numbers:
            letters = text.encode("utf-16-le")
            if len(pieces[-1]) > LONGEST_RECORD - 8:
                pieces.append(b"")
            pieces[-1] += struct.pack("<HB", len(letters) // 2, 1)
            while letters:
                room = (LONGEST_RECORD - len(pieces[-1])) // 2 * 2
                pieces[-1] += letters[:room]
                letters = letters[room:]
                if letters:
                    pieces.append(b"\x01")
        return record(0x00FC, pieces[0]) + b"".join(record(0x003C, piece) for piece in pieces[1:])


def _short_string(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<BB", len(encoded) // 2, 1) + encoded


def _sheet_records(sheet: SheetGrid, strings: _Strings) -> bytes:
    written = begin(_WORKSHEET)
    for column in sheet.hidden_columns:
        written += record(0x007D, struct.pack("<HHHHHH", column - 1, column - 1, 2_048, 0, 1, 0))
    for row, values in sheet.rows.items():
        options = 0x0120 if row in sheet.hidden_rows else 0x0100
        written += record(0x0208, struct.pack("<HHHHHHI", row - 1, 0, len(values), 255, 0, 0, options))
        for column, value in enumerate(values):
            if value is not None:
                written += _cell(struct.pack("<HHH", row - 1, column, style_of(value)), value, strings)
    for merge in sheet.merges:
        corners = (merge.first_row - 1, merge.last_row - 1, merge.first_column - 1, merge.last_column - 1)
        written += record(0x00E5, struct.pack("<HHHHH", 1, *corners))
    return written + record(0x000A)


def _cell(place: bytes, value: CellValue, strings: _Strings) -> bytes:
    if isinstance(value, str):
        return record(0x00FD, place + struct.pack("<I", strings.number(value)))
    if isinstance(value, CellError):
        return record(0x0205, place + struct.pack("<BB", ERROR_CODES[value.code], 1))
    if isinstance(value, bool):
        return record(0x0205, place + struct.pack("<BB", value, 0))
    assert value is not None
    if type(value) is int and abs(value) < 1 << 28:
        return record(0x027E, place + struct.pack("<i", value << 2 | 2))
    return record(0x0203, place + struct.pack("<d", serial_of(value)))
