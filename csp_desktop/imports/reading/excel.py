"""The reader of .xlsx and .xlsm, in either dialect of Open XML.

It streams and looks at nothing beside the cells: links, validations, drawings and formats, which break many files
that are otherwise fine, are never read. A value costs a list's place, not a cell object.
"""

import zipfile
import zlib
from pathlib import Path

from csp_desktop.imports.grid import CellValue
from csp_desktop.imports.reading.building import About, Reading
from csp_desktop.imports.reading.excel_package import Package
from csp_desktop.imports.reading.excel_sheet import BookFacts, read_sheet, text_or_none
from csp_desktop.imports.reading.guard import guard
from csp_desktop.imports.reading.notes import notes_on, notes_on_missing
from csp_desktop.imports.reading.package_properties import excel_properties
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.xmlstream import UnsafeXmlError, XmlError

_BROKEN = (
    zipfile.BadZipFile, zlib.error, XmlError, LookupError, ValueError, EOFError, OSError, OverflowError,
    NotImplementedError,
)  # fmt: skip
_STRICT_NOTE = "Read as a “Strict Open XML” workbook."


def read_excel(path: Path, reading: Reading) -> About:
    """Read the sheets of an .xlsx or .xlsm into ``reading``, and return what is to be said of it.

    Raises UnreadableFileError where the container or its XML is unsafe, damaged or of another kind.
    """
    reading.expected = guard(path, reading.limits).rows
    try:
        with zipfile.ZipFile(path) as archive:
            package = Package.open(archive)
            _read_sheets(package, reading)
            properties = excel_properties(package.parts)
    except UnsafeXmlError:
        raise refuse(Refusal.UNSAFE_XML, path.name) from None
    except _BROKEN:
        # Whatever a broken container makes the reader trip over, to its owner it is one thing: damaged.
        raise refuse(Refusal.DAMAGED, path.name) from None
    if not package.sheets:
        raise refuse(Refusal.DAMAGED, path.name)
    strict = (_STRICT_NOTE,) if package.is_strict else ()
    notes = (*strict, *notes_on(path, "xlsx"), *notes_on_missing(package.missing))
    return About("xlsx", notes, properties=properties)


def _read_sheets(package: Package, reading: Reading) -> None:
    """Read every worksheet in the order of its tabs; sheets of charts and macros are left out."""
    reading.check_sheets(len(package.sheets))
    strings: list[CellValue] = [text_or_none(text) for text in package.strings(reading)]
    facts = BookFacts(strings, package.styles(), package.epoch)
    for sheet in package.sheets:
        build = reading.begin(sheet.name, hidden=sheet.hidden)
        with package.parts.open(sheet.part) as stream:
            read_sheet(stream, facts, build)
        reading.end(build)
