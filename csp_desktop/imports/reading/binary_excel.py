"""The reader of .xlsb: the parts of an .xlsx written as numbered records."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from csp_desktop.imports.grid import SheetGrid, WorkbookGrid
from csp_desktop.imports.reading.binary_excel_records import BinaryBook, read_book
from csp_desktop.imports.reading.binary_excel_sheet import read_sheet
from csp_desktop.imports.reading.building import Reading, SheetBuild
from csp_desktop.imports.reading.excel_package import Parts
from csp_desktop.imports.reading.guard import guard
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.notes import notes_on, notes_on_missing
from csp_desktop.imports.reading.package_properties import excel_properties
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.xmlstream import UnsafeXmlError, XmlError

_BROKEN = (
    zipfile.BadZipFile, zlib.error, XmlError, struct.error, LookupError, ValueError, EOFError, OSError,
    OverflowError, NotImplementedError,
)  # fmt: skip


def read_binary_excel(path: Path, limits: Limits, tell: Callable[[int, int], None]) -> WorkbookGrid:
    """Return the grid of an .xlsb; ``tell(rows_done, rows_expected)`` is called as it goes.

    Raises UnreadableFileError where the container or its records are unsafe or damaged.
    """
    guard(path, limits)
    reading = Reading(path.name, limits, tell)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = Parts(archive)
            book = read_book(parts, reading)
            sheets = _read_sheets(parts, book, reading)
            properties = excel_properties(parts)
    except UnsafeXmlError:
        raise refuse(Refusal.UNSAFE_XML, path.name) from None
    except _BROKEN:
        raise refuse(Refusal.DAMAGED, path.name) from None
    if not sheets:
        raise refuse(Refusal.DAMAGED, path.name)
    notes = (*notes_on(path, "xlsb"), *notes_on_missing(book.missing))
    return WorkbookGrid(path.name, "xlsb", tuple(sheets), notes, properties=properties)


def _read_sheets(parts: Parts, book: BinaryBook, reading: Reading) -> list[SheetGrid]:
    reading.check_sheets(len(book.sheets))
    grids: list[SheetGrid] = []
    for sheet in book.sheets:
        build = SheetBuild(reading)
        with parts.open(sheet.part) as stream:
            read_sheet(stream, book, build)
        grids.append(build.grid(sheet.name, hidden=sheet.hidden))
    return grids
