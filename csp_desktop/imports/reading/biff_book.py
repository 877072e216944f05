"""What an .xls says before its sheets: which there are, its strings, its number formats, its dates' first day."""

import codecs
import struct
from dataclasses import dataclass, field
from datetime import datetime

from csp_desktop.imports.grid import CellValue
from csp_desktop.imports.reading.biff_records import Segments, records, with_continuations
from csp_desktop.imports.reading.building import Reading, filled
from csp_desktop.imports.reading.looks import BUILT_IN, FROM_1900, FROM_1904, Look, look_of
from csp_desktop.imports.reading.refusals import Refusal, refuse

_BOF, _EOF, _FILEPASS, _CODEPAGE, _DATEMODE = 0x0809, 0x000A, 0x002F, 0x0042, 0x0022
_FORMAT, _XF, _BOUNDSHEET, _SST = 0x041E, 0x00E0, 0x0085, 0x00FC
_OLD_BOF = frozenset({0x0009, 0x0209, 0x0409})
_EXCEL_97, _EXCEL_5 = 0x0600, 0x0500
_CODECS = {1200: "utf-16-le", 10000: "mac_roman", 32768: "mac_roman", 32769: "cp1252"}
_WORKSHEET = 0


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: where in the stream it begins."""

    name: str
    at: int
    hidden: bool


@dataclass(slots=True)
class Book:
    """What the records before the sheets say."""

    version: int = _EXCEL_97
    codec: str = "cp1252"
    epoch: datetime = FROM_1900
    strings: list[CellValue] = field(default_factory=list)
    sheets: list[SheetEntry] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    formats: list[int] = field(default_factory=list)
    looks: dict[int, Look] = field(default_factory=dict)

    @property
    def is_unicode(self) -> bool:
        """Say whether its strings are Unicode (Excel 97 and later), not letters of a code page."""
        return self.version >= _EXCEL_97

    def look(self, style: int) -> Look:
        """Return what a cell format makes of a number."""
        if style not in self.looks:
            code = self.codes.get(self.formats[style], "") if style < len(self.formats) else ""
            self.looks[style] = look_of(code)
        return self.looks[style]

    def bytes_text(self, payload: bytes, *, long: bool) -> str:
        """Return a string of letters of the code page, after its length in one or two bytes."""
        size = struct.unpack_from("<H", payload)[0] if long else payload[0]
        start = 2 if long else 1
        return payload[start : start + size].decode(self.codec, errors="replace")


def read_book(stream: bytes, reading: Reading) -> Book:
    """Return what the stream's first part says, up to its end mark."""
    book = Book()
    kind, payload, behind = next(records(stream), (0, b"", 0))
    if kind != _BOF:
        raise refuse(Refusal.OLD_EXCEL if kind in _OLD_BOF else Refusal.DAMAGED, reading.name)
    book.version = struct.unpack_from("<H", payload)[0]
    if book.version < _EXCEL_5:
        raise refuse(Refusal.OLD_EXCEL, reading.name)
    for kind, payload, after in records(stream, behind):
        if kind == _FILEPASS:
            raise refuse(Refusal.PROTECTED, reading.name)
        if kind == _EOF:
            break
        if kind == _SST:
            _read_strings(with_continuations(stream, payload, after), book, reading)
        else:
            _take(book, kind, payload)
    return book


def _take(book: Book, kind: int, payload: bytes) -> None:
    """Keep what a short record of the book says."""
    if kind == _XF:
        book.formats.append(struct.unpack_from("<H", payload, 2)[0])
    elif kind == _FORMAT:
        code = Segments([payload[2:]]).string() if book.is_unicode else book.bytes_text(payload[2:], long=False)
        book.codes[struct.unpack_from("<H", payload)[0]] = code
    elif kind == _BOUNDSHEET:
        _keep_sheet(book, payload)
    elif kind == _DATEMODE:
        book.epoch = FROM_1904 if payload[:1] == b"\x01" else FROM_1900
    elif kind == _CODEPAGE:
        book.codec = codec_of(struct.unpack_from("<H", payload)[0])


def _keep_sheet(book: Book, payload: bytes) -> None:
    """Keep a worksheet's place; sheets of charts and macros are left out."""
    at, hidden, kind = struct.unpack_from("<IBB", payload)
    if kind != _WORKSHEET:
        return
    rest = payload[6:]
    name = Segments([rest]).string(long=False) if book.is_unicode else book.bytes_text(rest, long=False)
    book.sheets.append(SheetEntry(name, at, hidden=bool(hidden & 3)))


def _read_strings(segments: Segments, book: Book, reading: Reading) -> None:
    """Keep the shared strings; their stated count is often wrong, so what is there is read."""
    segments.take(8)
    while segments.left():
        if len(book.strings) >= reading.limits.cells:
            raise reading.too_many()
        book.strings.append(filled(segments.string()))


def codec_of(page: int) -> str:
    """Return Python's name of a code page, Western European where it has none."""
    name = _CODECS.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
