"""Which reader reads what: the one door from a path to its grid, without the process around it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.reading.biff import read_biff
from csp_desktop.imports.reading.binary_excel import read_binary_excel
from csp_desktop.imports.reading.delimited import read_delimited
from csp_desktop.imports.reading.excel import read_excel
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.open_document import read_open_document
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.sniff import Kind, sniff

_Reader: TypeAlias = Callable[[Path, Limits, Callable[[int, int], None]], WorkbookGrid]
_READERS: Mapping[Kind, _Reader] = MappingProxyType(
    {
        Kind.EXCEL: read_excel,
        Kind.BIFF: read_biff,
        Kind.BINARY_EXCEL: read_binary_excel,
        Kind.OPEN_DOCUMENT: read_open_document,
        Kind.DELIMITED: read_delimited,
    }
)


def parse(path: Path, limits: Limits, tell: Callable[[int, int], None]) -> WorkbookGrid:
    """Return the grid of the file at ``path`` by the reader of its kind; raise UnreadableFileError."""
    grid = _READERS[sniff(path)](path, limits, tell)
    if not any(sheet.rows for sheet in grid.sheets):
        raise refuse(Refusal.NO_DATA, path.name)
    return grid
