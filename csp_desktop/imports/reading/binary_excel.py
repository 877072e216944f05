"""The reader of .xlsb: the parts of an .xlsx written as numbered records."""

import struct
import zipfile
import zlib
from pathlib import Path

from csp_desktop.imports.reading.binary_excel_records import BinaryBook, read_book
from csp_desktop.imports.reading.binary_excel_sheet import read_sheet
from csp_desktop.imports.reading.building import About, Reading
from csp_desktop.imports.reading.excel_package import Parts
from csp_desktop.imports.reading.guard import guard
from csp_desktop.imports.reading.notes import notes_on, notes_on_missing
from csp_desktop.imports.reading.package_properties import excel_properties
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.xmlstream import UnsafeXmlError, XmlError

_BROKEN = (
    zipfile.BadZipFile, zlib.error, XmlError, struct.error, LookupError, ValueError, EOFError, OSError,
    OverflowError, NotImplementedError,
)  # fmt: skip


def read_binary_excel(path: Path, reading: Reading) -> About:
    """Read the sheets of an .xlsb into ``reading``, and return what is to be said of it.

    Raises UnreadableFileError where the container or its records are unsafe or damaged.
    """
    guard(path, reading.limits)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = Parts(archive)
            book = read_book(parts, reading)
            _read_sheets(parts, book, reading)
            properties = excel_properties(parts)
    except UnsafeXmlError:
        raise refuse(Refusal.UNSAFE_XML, path.name) from None
    except _BROKEN:
        raise refuse(Refusal.DAMAGED, path.name) from None
    if not book.sheets:
        raise refuse(Refusal.DAMAGED, path.name)
    notes = (*notes_on(path, "xlsb"), *notes_on_missing(book.missing))
    return About("xlsb", notes, properties=properties)


def _read_sheets(parts: Parts, book: BinaryBook, reading: Reading) -> None:
    reading.check_sheets(len(book.sheets))
    for sheet in book.sheets:
        build = reading.begin(sheet.name, hidden=sheet.hidden)
        with parts.open(sheet.part) as stream:
            read_sheet(stream, book, build)
        reading.end(build)
