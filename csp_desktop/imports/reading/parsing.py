"""Which reader reads what: the one door from a path to its grid, without the process around it."""

from collections.abc import Callable
from pathlib import Path

from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.reading.delimited import read_delimited
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.sniff import Kind, sniff


def parse(path: Path, limits: Limits, tell: Callable[[int, int], None]) -> WorkbookGrid:
    """Return the grid of the file at ``path`` by the reader of its kind; raise UnreadableFileError."""
    kind = sniff(path)
    if kind is Kind.EXCEL:
        from csp_desktop.imports.reading.excel import read_excel

        grid = read_excel(path, limits, tell)
    else:
        grid = read_delimited(path, limits, tell)
    if not any(sheet.rows for sheet in grid.sheets):
        raise refuse(Refusal.NO_DATA, path.name)
    return grid
