"""Writes workbooks of one cell with custom properties, as each format keeps them, whole or as a test wants them."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from csp_desktop.imports.grid import SheetGrid
from tests.fuzzed_files import parts_of, zipped
from tests.workbooks.biff_files import container, workbook_stream
from tests.workbooks.ods_files import write_ods
from tests.workbooks.xlsb_files import xlsb_parts

Pairs = list[tuple[str, str]]
SHEETS = (SheetGrid("Plan", rows={1: ["Action"]}),)
CUSTOM, LINKS, META = "docProps/custom.xml", "_rels/.rels", "meta.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
USER_DEFINED = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_STREAM = "\x05DocumentSummaryInformation"
_SUMMARY = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")


def custom(properties: str) -> str:
    spaces = f'xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes"'
    return f'<?xml version="1.0" encoding="UTF-8"?><Properties {spaces}>{properties}</Properties>'


def custom_of(pairs: Pairs) -> str:
    return custom("".join(f'<property name="{name}"><vt:lpwstr>{text}</vt:lpwstr></property>' for name, text in pairs))


def meta(properties: str) -> str:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = f'xmlns:office="{urn}:office:1.0" xmlns:meta="{urn}:meta:1.0"'
    return f"<office:document-meta {spaces}><office:meta>{properties}</office:meta></office:document-meta>"


def meta_of(pairs: Pairs) -> str:
    return meta("".join(f'<meta:user-defined meta:name="{name}">{text}</meta:user-defined>' for name, text in pairs))


def property_set(pairs: Pairs, page: int = 65001, *, others: bytes = b"") -> bytes:
    """A stream of two sets, the second the user's own; ``others`` is one value more that has no text."""
    codec = {1200: "utf-16-le", 1252: "cp1252", 65001: "utf-8"}[page]
    width = 2 if page == 1200 else 1
    names = [struct.pack("<I", len(pairs))]
    values = [struct.pack("<IHH", 2, page, 0)]
    for number, (name, text) in enumerate(pairs, start=2):
        letters, content = f"{name}\x00".encode(codec), f"{text}\x00".encode(codec)
        padded = letters + bytes(-len(letters) % 4) if width == 2 else letters
        names.append(struct.pack("<II", number, len(letters) // width) + padded)
        values.append(struct.pack("<II", 0x1E, len(content)) + content)
    parts = [part + bytes(-len(part) % 4) for part in (b"".join(names), *values, *([others] if others else []))]
    place = 8 + 8 * len(parts)
    listed = [struct.pack("<II", place + sum(map(len, parts)), len(parts))]
    for key, part in enumerate(parts):
        listed.append(struct.pack("<II", key, place))
        place += len(part)
    own = b"".join([*listed, *parts])
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 2, b"", 2)
    empty = struct.pack("<II", 8, 0)
    return head + _SUMMARY + struct.pack("<I", 68) + USER_DEFINED + struct.pack("<I", 68 + len(empty)) + empty + own


def write_xlsx(path: Path, content: str) -> Path:
    made = Workbook()
    made["Sheet"].append(["Action"])
    made.custom_doc_props.append(StringProperty(name="x", value="y"))
    saved = io.BytesIO()
    made.save(saved)
    path.write_bytes(zipped([*parts_of(saved.getvalue()), (CUSTOM, content.encode())]))
    return path


def write_xlsb(path: Path, content: str) -> Path:
    parts = xlsb_parts(SHEETS)
    link = f'<Relationship Id="rId9" Type="{OFFICE}/relationships/custom-properties" Target="{CUSTOM}"/>'
    parts[LINKS] = parts[LINKS].replace(b"</Relationships>", f"{link}</Relationships>".encode())
    path.write_bytes(zipped([*parts.items(), (CUSTOM, content.encode())]))
    return path


def write_ods_meta(path: Path, content: str) -> Path:
    with zipfile.ZipFile(write_ods(path, SHEETS), "a") as archive:
        archive.writestr(META, content)
    return path


def write_xls(path: Path, content: bytes) -> Path:
    path.write_bytes(container({"Workbook": workbook_stream(SHEETS), _STREAM: content}))
    return path


WRITERS: dict[str, Callable[[Path, Pairs], Path]] = {
    "xlsx": lambda path, pairs: write_xlsx(path, custom_of(pairs)),
    "xlsb": lambda path, pairs: write_xlsb(path, custom_of(pairs)),
    "ods": lambda path, pairs: write_ods_meta(path, meta_of(pairs)),
    "xls": lambda path, pairs: write_xls(path, property_set(pairs)),
}
