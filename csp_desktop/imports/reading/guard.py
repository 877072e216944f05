"""The scan before the parse: whether a parser may be let loose on this container.

A kilobyte of zip can hold gigabytes. Everything is streamed; nothing larger than a window is held. The readers hold
the exact bounds (cells, columns, the grid's edges) once more while they read; what shows here never reaches them.
"""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from csp_desktop.imports.reading.limits import MIB, Limits
from csp_desktop.imports.reading.refusals import Refusal, refuse

_WINDOW = 256 * 1024
_SMALL_PART = 4 * MIB
_ENCRYPTED_FLAG = 0x1
_COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # no spreadsheet program knows another, and others cost memory
_MARKUP = (".xml", ".rels", ".vml")
_PASSED_OVER = ("meta-inf/", "basic/", "dialogs/")  # OpenOffice's own document types live there, and nobody parses them
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be", "utf-32-le"))
_OVERLAP = max(map(len, _DOCTYPES))
_WORKSHEET, _CONTENT = (b"<row", b"<c "), (b"<table:table-row", b"<table:table-cell")


@dataclass(slots=True)
class Shape:
    """What the scan counted in a workbook."""

    rows: int = 0
    cells: int = 0


def guard(path: Path, limits: Limits) -> Shape:
    """Return the workbook's shape (rows and cells to come); raise UnreadableFileError where a bound is passed."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, path, limits)
            return _scan_parts(archive, path, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise refuse(Refusal.DAMAGED, path.name) from None
    except RuntimeError:  # zipfile's word for an entry that asks for a password
        raise refuse(Refusal.PROTECTED, path.name) from None


def _check_sizes(archive: zipfile.ZipFile, path: Path, limits: Limits) -> None:
    """Refuse by the sizes that the container itself states, beyond which zipfile reads no part."""
    entries = archive.infolist()
    if len(entries) > limits.parts:
        raise refuse(Refusal.UNSAFE_SIZE, path.name, found=f"{len(entries):,} parts")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise refuse(Refusal.PROTECTED, path.name)
    if any(entry.compress_type not in _COMPRESSED for entry in entries):
        raise refuse(Refusal.DAMAGED, path.name)
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_size or any(entry.file_size > limits.part_size for entry in entries):
        raise refuse(Refusal.UNSAFE_SIZE, path.name, found=f"{total // MIB:,} MB")
    for entry in entries:
        if entry.file_size > _SMALL_PART and entry.file_size > max(entry.compress_size, 1) * limits.ratio:
            raise refuse(Refusal.UNSAFE_SIZE, path.name, found=f"{entry.file_size // MIB:,} MB in a small file")


def _scan_parts(archive: zipfile.ZipFile, path: Path, limits: Limits) -> Shape:
    """Stream every XML part; count the sheets' rows and cells, roughly where their names have a prefix."""
    shape = Shape()
    for entry in archive.infolist():
        name = entry.filename.replace("\\", "/").casefold()
        if not name.endswith(_MARKUP) or name.startswith(_PASSED_OVER):
            continue
        marks = _WORKSHEET if "worksheets/" in name else _CONTENT if name == "content.xml" else None
        with archive.open(entry) as stream:
            tail = b""
            while fresh := stream.read(_WINDOW):
                window = tail + fresh
                if any(doctype in window for doctype in _doctypes(window)):
                    raise refuse(Refusal.UNSAFE_XML, path.name)
                if marks:
                    shape.rows += window.count(marks[0]) - tail.count(marks[0])
                    shape.cells += window.count(marks[1]) - tail.count(marks[1])
                tail = window[-_OVERLAP:]
    if shape.cells > limits.marked:
        raise refuse(Refusal.TOO_LARGE, path.name, found=f"{shape.cells:,} cells", most=f"{limits.marked:,}")
    return shape


def _doctypes(window: bytes) -> tuple[bytes, ...]:
    """Return how a document type would be declared in this window: in wide letters only where it holds NULs."""
    return _DOCTYPES if b"\x00" in window else _DOCTYPES[:1]
