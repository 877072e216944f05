"""Writes a grid as an .xlsb: the few records of each part without which Excel does not open it, and the cells."""

import struct
import zipfile
from pathlib import Path

from csp_desktop.imports.grid import CellError, CellValue, SheetGrid
from tests.workbooks.grid_styles import BUILT_IN_FORMATS, ERROR_CODES, serial_of, style_of

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def write_xlsb(path: Path, sheets: tuple[SheetGrid, ...]) -> Path:
    """Write ``sheets`` to ``path`` and return it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in xlsb_parts(sheets).items():
            archive.writestr(name, content)
    return path


def xlsb_parts(sheets: tuple[SheetGrid, ...]) -> dict[str, bytes]:
    """Return the parts of a workbook of ``sheets`` by name."""
    book_links = [("worksheet", f"worksheets/sheet{number}.bin") for number in range(1, len(sheets) + 1)]
    strings: dict[str, int] = {}
    parts = {f"xl/worksheets/sheet{number}.bin": _sheet(sheet, strings) for number, sheet in enumerate(sheets, start=1)}
    links = [*book_links, ("sharedStrings", "sharedStrings.bin"), ("styles", "styles.bin")]
    return {
        "[Content_Types].xml": _content_types(list(parts)).encode(),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.bin")]).encode(),
        "xl/_rels/workbook.bin.rels": _relations(links).encode(),
        "xl/workbook.bin": _workbook(sheets),
        "xl/sharedStrings.bin": _strings(strings),
        "xl/styles.bin": _styles(),
        **parts,
    }


def record(kind: int, payload: bytes = b"") -> bytes:
    """Return one record: kind and length in sevens of bits."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(payload)
    size = b""
    while length >= 0x80:
        size += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + size + bytes([length]) + payload


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _workbook(sheets: tuple[SheetGrid, ...]) -> bytes:
    listed = b"".join(
        record(156, struct.pack("<II", int(sheet.hidden), number) + _wide(f"rId{number}") + _wide(sheet.name))
        for number, sheet in enumerate(sheets, start=1)
    )
    properties = record(153, struct.pack("<III", 0, 0, 0))
    return record(131) + properties + record(143) + listed + record(144) + record(132)


def _strings(strings: dict[str, int]) -> bytes:
    items = b"".join(record(19, b"\x00" + _wide(text)) for text in strings)
    return record(159, struct.pack("<II", len(strings), len(strings))) + items + record(160)


def _styles() -> bytes:
    formats = b"".join(record(47, struct.pack("<HH", 0, number).ljust(16, b"\x00")) for number in BUILT_IN_FORMATS)
    others = record(626, struct.pack("<I", 1)) + record(47, struct.pack("<HH", 0xFFFF, 14).ljust(16, b"\x00"))
    count = struct.pack("<I", len(BUILT_IN_FORMATS))
    return record(278) + others + record(627) + record(617, count) + formats + record(618) + record(279)


def _sheet(sheet: SheetGrid, strings: dict[str, int]) -> bytes:
    corners = (0, max(sheet.last_row, 1) - 1, 0, max(sheet.width, 1) - 1)
    written = record(129) + record(148, struct.pack("<4I", *corners))
    if sheet.hidden_columns:
        columns = (struct.pack("<IIIIH", each - 1, each - 1, 2_048, 0, 1) for each in sorted(sheet.hidden_columns))
        written += record(390) + b"".join(record(60, column) for column in columns) + record(391)
    written += record(145)
    for row, values in sheet.rows.items():
        hidden = 0x10 if row in sheet.hidden_rows else 0
        written += record(0, struct.pack("<IIHBBBI", row - 1, 0, 300, 0, hidden, 0, 0))
        for column, value in enumerate(values):
            if value is not None:
                written += _cell(struct.pack("<II", column, style_of(value)), value, strings)
    written += record(146)
    if sheet.merges:
        written += record(177, struct.pack("<I", len(sheet.merges)))
        for merge in sheet.merges:
            corners = (merge.first_row, merge.last_row, merge.first_column, merge.last_column)
            written += record(176, struct.pack("<4I", *(corner - 1 for corner in corners)))
        written += record(178)
    return written + record(130)


def _cell(place: bytes, value: CellValue, strings: dict[str, int]) -> bytes:
    if isinstance(value, str):
        return record(7, place + struct.pack("<I", strings.setdefault(value, len(strings))))
    if isinstance(value, CellError):
        return record(3, place + bytes([ERROR_CODES[value.code]]))
    if isinstance(value, bool):
        return record(4, place + bytes([value]))
    assert value is not None
    if type(value) is int and abs(value) < 1 << 28:
        return record(2, place + struct.pack("<i", value << 2 | 2))
    return record(5, place + struct.pack("<d", serial_of(value)))


def _relations(links: list[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_LINKS}">{listed}</Relationships>'


def _content_types(sheets: list[str]) -> str:
    excel = "application/vnd.ms-excel"
    own = {
        "xl/workbook.bin": f"{excel}.sheet.binary.macroEnabled.main",
        "xl/sharedStrings.bin": f"{excel}.sharedStrings",
        "xl/styles.bin": f"{excel}.styles",
        **dict.fromkeys(sheets, f"{excel}.worksheet"),
    }
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in own.items())
    links = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{types}">{links}{listed}</Types>'
