"""The reader of .xlsx and .xlsm, in either dialect of Open XML.

It streams and looks at nothing beside the cells: links, validations, drawings and formats, which break many files
that are otherwise fine, are never read. A value costs a list's place, not a cell object.
"""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from csp_desktop.imports.grid import CellValue, SheetGrid, WorkbookGrid
from csp_desktop.imports.reading.building import Reading, SheetBuild
from csp_desktop.imports.reading.excel_package import Package
from csp_desktop.imports.reading.excel_sheet import BookFacts, read_sheet, text_or_none
from csp_desktop.imports.reading.guard import guard
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.notes import notes_on, notes_on_missing
from csp_desktop.imports.reading.package_properties import excel_properties
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.xmlstream import UnsafeXmlError, XmlError

_BROKEN = (
    zipfile.BadZipFile, zlib.error, XmlError, LookupError, ValueError, EOFError, OSError, OverflowError,
    NotImplementedError,
)  # fmt: skip
_STRICT_NOTE = "Read as a “Strict Open XML” workbook."


def read_excel(path: Path, limits: Limits, tell: Callable[[int, int], None]) -> WorkbookGrid:
    """Return the grid of an .xlsx or .xlsm; ``tell(rows_done, rows_expected)`` is called as it goes.

    Raises UnreadableFileError where the container or its XML is unsafe, damaged or of another kind.
    """
    shape = guard(path, limits)
    reading = Reading(path.name, limits, tell, expected=shape.rows)
    try:
        with zipfile.ZipFile(path) as archive:
            package = Package.open(archive)
            sheets = _read_sheets(package, reading)
            properties = excel_properties(package.parts)
    except UnsafeXmlError:
        raise refuse(Refusal.UNSAFE_XML, path.name) from None
    except _BROKEN:
        # Whatever a broken container makes the reader trip over, to its owner it is one thing: damaged.
        raise refuse(Refusal.DAMAGED, path.name) from None
    if not sheets:
        raise refuse(Refusal.DAMAGED, path.name)
    strict = (_STRICT_NOTE,) if package.is_strict else ()
    notes = (*strict, *notes_on(path, "xlsx"), *notes_on_missing(package.missing))
    return WorkbookGrid(path.name, "xlsx", tuple(sheets), notes, properties=properties)


def _read_sheets(package: Package, reading: Reading) -> list[SheetGrid]:
    """Return every worksheet in the order of its tabs; sheets of charts and macros are left out."""
    reading.check_sheets(len(package.sheets))
    strings: list[CellValue] = [text_or_none(text) for text in package.strings(reading)]
    facts = BookFacts(strings, package.styles(), package.epoch)
    grids: list[SheetGrid] = []
    for sheet in package.sheets:
        build = SheetBuild(reading)
        with package.parts.open(sheet.part) as stream:
            read_sheet(stream, facts, build)
        grids.append(build.grid(sheet.name, hidden=sheet.hidden))
    return grids
