"""The reader of .xls (Excel 5 to 2003): its records read one by one, so that errors and hidden rows are told."""

import struct
from pathlib import Path

from csp_desktop.imports.reading.biff_book import read_book
from csp_desktop.imports.reading.biff_sheet import read_sheet
from csp_desktop.imports.reading.building import About, Reading
from csp_desktop.imports.reading.notes import notes_on
from csp_desktop.imports.reading.ole import SIGNATURE, WORKBOOK_STREAMS, OleContainer
from csp_desktop.imports.reading.property_set import biff_properties
from csp_desktop.imports.reading.refusals import Refusal, refuse


def read_biff(path: Path, reading: Reading) -> About:
    """Read the sheets of an .xls into ``reading``, and return what is to be said of it.

    Raises UnreadableFileError where it is protected, damaged, or older than Excel 5.
    """
    try:
        stream, properties = _contents(path.read_bytes())
        sheets = _read_sheets(stream, reading)
    except (ValueError, KeyError, IndexError, struct.error, OverflowError):
        raise refuse(Refusal.DAMAGED, path.name) from None
    if not sheets:
        raise refuse(Refusal.DAMAGED, path.name)
    return About("xls", notes_on(path, "xls"), properties=properties)


def _contents(content: bytes) -> tuple[bytes, dict[str, str]]:
    """Return the workbook's records and custom properties; some programs write the records without a container."""
    if not content.startswith(SIGNATURE):
        return content, {}
    container = OleContainer(content)
    name = next((name for name in WORKBOOK_STREAMS if name in container), WORKBOOK_STREAMS[0])
    return container.read(name), biff_properties(container)


def _read_sheets(stream: bytes, reading: Reading) -> int:
    """Read every worksheet in the order of its tabs, and return how many there are."""
    book = read_book(stream, reading)
    reading.check_sheets(len(book.sheets))
    taken = 0
    for entry in book.sheets:
        build = reading.begin(entry.name, hidden=entry.hidden, in_order=False)
        taken += read_sheet(stream, entry.at, book, build)
        if taken > len(stream):  # sheets that lie within each other, which would take for ever
            raise refuse(Refusal.DAMAGED, reading.name)
        reading.end(build)
    return len(book.sheets)
