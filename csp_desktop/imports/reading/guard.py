"""The scan before the parse: whether a parser may be let loose on this container.

A kilobyte of zip can hold gigabytes, one cell at the grid's last corner can make a parser build it all. Everything is
streamed; nothing larger than a window is held.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from csp_desktop.imports.reading.limits import EXCEL_COLUMNS, EXCEL_ROWS, MIB, Limits
from csp_desktop.imports.reading.refusals import Refusal, refuse

_WINDOW = 256 * 1024
_OVERLAP = 128
_SMALL_PART = 4 * MIB
_ENCRYPTED_FLAG = 0x1

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00[DE]\x00|\x00<\x00!\x00[DE]")
_ROW = re.compile(rb"<(?:\w{1,20}:)?row[\s>]")
_CELL = re.compile(rb"<(?:\w{1,20}:)?c[\s>/]")
_MERGE = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s")
_REFERENCE = re.compile(rb"""<(?:\w{1,20}:)?c\s[^>]{0,200}?\br=["']\$?([A-Za-z]{1,7})\$?(\d{1,12})["']""")
_ROW_NUMBER = re.compile(rb"""<(?:\w{1,20}:)?row\s[^>]{0,200}?\br=["'](\d{1,12})["']""")


@dataclass(slots=True)
class Shape:
    """What the scan counted in a sheet or, summed, in a workbook."""

    rows: int = 0
    cells: int = 0
    merges: int = 0
    last_row: int = 0
    last_column: int = 0


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
    """Refuse by the sizes that the container itself states."""
    entries = archive.infolist()
    if len(entries) > limits.parts:
        raise refuse(Refusal.UNSAFE_SIZE, path.name, found=f"{len(entries):,} parts")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise refuse(Refusal.PROTECTED, path.name)
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_size or any(entry.file_size > limits.part_size for entry in entries):
        raise refuse(Refusal.UNSAFE_SIZE, path.name, found=f"{total // MIB:,} MB")
    for entry in entries:
        if entry.file_size > _SMALL_PART and entry.file_size > max(entry.compress_size, 1) * limits.ratio:
            raise refuse(Refusal.UNSAFE_SIZE, path.name, found=f"{entry.file_size // MIB:,} MB in a small file")


def _scan_parts(archive: zipfile.ZipFile, path: Path, limits: Limits) -> Shape:
    """Stream every XML part; count the sheets' rows, cells and merges."""
    whole = Shape()
    read = 0
    for entry in archive.infolist():
        if not entry.filename.casefold().endswith((".xml", ".rels", ".vml")):
            continue
        is_sheet = "worksheets/" in entry.filename.replace("\\", "/").casefold() and not entry.filename.endswith(
            ".rels"
        )
        sheet = Shape()
        for window, fresh in _windows(archive, entry):
            read += fresh
            if read > limits.unpacked_size:
                raise refuse(Refusal.UNSAFE_SIZE, path.name, found=f"more than {limits.unpacked_size // MIB:,} MB")
            if _DOCTYPE.search(window):
                raise refuse(Refusal.UNSAFE_XML, path.name)
            if is_sheet:
                _count(window, len(window) - fresh, sheet)
        _check_shape(sheet, path, limits)
        whole.rows += sheet.rows
        whole.cells += sheet.cells
        whole.merges += sheet.merges
    if whole.cells > limits.cells or whole.merges > limits.merges:
        raise refuse(Refusal.TOO_LARGE, path.name, found=f"{whole.cells:,} cells", most=f"{limits.cells:,}")
    return whole


def _windows(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Yield the part in windows that overlap, each with the count of its bytes that are new."""
    with archive.open(entry) as stream:
        tail = b""
        while fresh := stream.read(_WINDOW):
            window = tail + fresh
            yield window, len(fresh)
            tail = window[-_OVERLAP:]


def _count(window: bytes, seen: int, sheet: Shape) -> None:
    """Add to ``sheet`` what ``window`` holds; a match that ends within the first ``seen`` bytes was counted before."""
    sheet.rows += sum(match.end() > seen for match in _ROW.finditer(window))
    sheet.cells += sum(match.end() > seen for match in _CELL.finditer(window))
    sheet.merges += sum(match.end() > seen for match in _MERGE.finditer(window))
    for match in _ROW_NUMBER.finditer(window):
        sheet.last_row = max(sheet.last_row, int(match[1]))
    for letters, digits in set(_REFERENCE.findall(window)):
        sheet.last_row = max(sheet.last_row, int(digits))
        sheet.last_column = max(sheet.last_column, _column_number(letters))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_shape(sheet: Shape, path: Path, limits: Limits) -> None:
    """Refuse a sheet that leaves the grid or is larger than we read."""
    if sheet.last_row > EXCEL_ROWS or sheet.last_column > EXCEL_COLUMNS:
        raise refuse(Refusal.OUTSIDE_GRID, path.name)
    if sheet.rows > EXCEL_ROWS or sheet.cells > limits.cells:
        raise refuse(Refusal.TOO_LARGE, path.name, found=f"{sheet.cells:,} cells", most=f"{limits.cells:,}")
    if sheet.merges > limits.merges:
        raise refuse(Refusal.TOO_LARGE, path.name, found=f"{sheet.merges:,} merged ranges", most=f"{limits.merges:,}")
