"""The records of .xlsb, and what a workbook in them says before its sheets."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from csp_desktop.imports.grid import CellValue
from csp_desktop.imports.reading.building import Reading, filled
from csp_desktop.imports.reading.excel_package import Parts, Relation, SheetPart
from csp_desktop.imports.reading.looks import BUILT_IN, FROM_1900, FROM_1904, Look, look_of

_CHUNK = 256 * 1024
_LONGEST_HEADER = 6
_WORKBOOK = "xl/workbook.bin"
_PROPERTIES, _SHEET, _STRING, _FORMAT, _STYLE, _STYLES, _STYLES_END = 153, 156, 19, 44, 47, 617, 618
_NONE = 0xFFFFFFFF


@dataclass(slots=True)
class BinaryBook:
    """What cells refer to outside their sheet, and the sheets."""

    epoch: datetime = FROM_1900
    sheets: list[SheetPart] = field(default_factory=list)
    strings: list[CellValue] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def look(self, style: int) -> Look:
        """Return what a cell format makes of a number."""
        return self.looks[style] if style < len(self.looks) else Look.NUMBER


def records(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield kind and payload of each record; only a window of the stream is held. A cut record ends it."""
    window = b""
    at = 0
    while True:
        header = _header(window, at)
        if header is None or header[2] + header[1] > len(window):
            missing = _LONGEST_HEADER if header is None else header[2] + header[1] - len(window)
            fresh = stream.read(max(_CHUNK, missing))
            if not fresh:
                return
            window, at = window[at:] + fresh, 0
            continue
        kind, length, start = header
        at = start + length
        yield kind, window[start:at]


def _header(window: bytes, at: int) -> tuple[int, int, int] | None:
    """Return kind, length and start of the payload of the record at ``at``; None where the window ends within it."""
    if len(window) < at + 2:
        return None
    kind = window[at]
    at += 1
    if kind & 0x80:
        kind = (kind & 0x7F) | (window[at] & 0x7F) << 7
        at += 1
    length = 0
    for shift in (0, 7, 14, 21):
        if at >= len(window):
            return None
        byte = window[at]
        at += 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, length, at


def wide_string(payload: bytes, at: int) -> tuple[str, int]:
    """Return the string at ``at``, and where it ends; "" for one that is not there."""
    (length,) = struct.unpack_from("<I", payload, at)
    if length == _NONE:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(payload):
        raise ValueError
    return payload[at + 4 : end].decode("utf-16-le", errors="replace"), end


def read_book(parts: Parts, reading: Reading) -> BinaryBook:
    """Return what the workbook's parts say; raise KeyError where there is no workbook."""
    links = parts.relations("").values()
    roots = (link.target for link in links if link.kind.endswith("/officeDocument"))
    part = next((target for target in roots if target in parts), _WORKBOOK)
    relations = parts.relations(part)
    book = BinaryBook()
    with parts.open(part) as stream:
        for kind, payload in records(stream):
            if kind == _PROPERTIES and payload[0] & 1:
                book.epoch = FROM_1904
            elif kind == _SHEET:
                _keep_sheet(book, payload, relations, parts)
    _read_strings(book, parts, _linked(relations, "sharedStrings", "xl/sharedStrings.bin"), reading)
    _read_styles(book, parts, _linked(relations, "styles", "xl/styles.bin"))
    return book


def _linked(relations: dict[str, Relation], kind: str, usual: str) -> str:
    return next((link.target for link in relations.values() if link.kind.endswith(f"/{kind}")), usual)


def _keep_sheet(book: BinaryBook, payload: bytes, relations: dict[str, Relation], parts: Parts) -> None:
    """Keep a worksheet's part; sheets of charts, dialogs and macros are left out."""
    (state,) = struct.unpack_from("<I", payload)
    link, at = wide_string(payload, 8)
    name, _ = wide_string(payload, at)
    relation = relations.get(link)
    if relation is None or relation.target not in parts:
        book.missing.append(name)
    elif relation.kind.endswith("/worksheet"):
        if any(sheet.part == relation.target for sheet in book.sheets):
            raise ValueError(relation.target)  # a part stands for one sheet; many of one would take for ever
        book.sheets.append(SheetPart(name, state != 0, relation.target))


def _read_strings(book: BinaryBook, parts: Parts, part: str, reading: Reading) -> None:
    if part not in parts:
        return
    with parts.open(part) as stream:
        for kind, payload in records(stream):
            if kind == _STRING:
                book.strings.append(filled(wide_string(payload, 1)[0]))
                if len(book.strings) > reading.limits.cells:
                    raise reading.too_many()


def _read_styles(book: BinaryBook, parts: Parts, part: str) -> None:
    """Keep the looks of the cell formats, which stand between their own marks."""
    if part not in parts:
        return
    codes = dict(BUILT_IN)
    is_inside = False
    with parts.open(part) as stream:
        for kind, payload in records(stream):
            if kind == _FORMAT:
                codes[struct.unpack_from("<H", payload)[0]] = wide_string(payload, 2)[0]
            elif kind in {_STYLES, _STYLES_END}:
                is_inside = kind == _STYLES
            elif kind == _STYLE and is_inside:
                book.looks.append(look_of(codes.get(struct.unpack_from("<H", payload, 2)[0], "")))
