"""Which reader reads what: the one door from a path to its cells, without the process around it.

A reader is imported when a file asks for it: the process is started for one file, and the user waits for its imports.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TypeAlias

from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.reading.building import About, Reading
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.notes import SAME_NAMES
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.sniff import Kind, sniff

_Reader: TypeAlias = Callable[[Path, Reading], About]


def parse(path: Path, limits: Limits, tell: Callable[[int, int], None]) -> WorkbookGrid:
    """Return the grid of the file at ``path`` by the reader of its kind; raise UnreadableFileError.

    ``tell(rows_done, rows_expected)`` is called as it goes.
    """
    reading = Reading(path.name, limits, tell)
    about = parse_into(path, reading)
    if not any(sheet.rows for sheet in reading.sheets):
        raise refuse(Refusal.NO_DATA, path.name)
    sheets = tuple(reading.sheets)
    return _named_apart(WorkbookGrid(path.name, about.format, sheets, about.notes, about.tells, about.properties))


def parse_into(path: Path, reading: Reading) -> About:
    """Read the sheets of the file at ``path`` into ``reading`` by the reader of its kind; raise UnreadableFileError."""
    return _reader_of(sniff(path))(path, reading)


def _named_apart(grid: WorkbookGrid) -> WorkbookGrid:
    """Return a grid whose sheets each have a name of their own; only damaged files repeat one, and rows go by it."""
    own = [sheet.name for sheet in grid.sheets]
    if len(set(own)) == len(own):
        return grid
    names: list[str] = []
    for name in own:
        others = (f"{name} ({number})" for number in count(2))
        names.append(name if name not in names else next(each for each in others if each not in {*own, *names}))
    sheets = tuple(replace(sheet, name=name) for name, sheet in zip(names, grid.sheets, strict=True))
    return replace(grid, sheets=sheets, notes=(*grid.notes, SAME_NAMES))


def _reader_of(kind: Kind) -> _Reader:
    match kind:
        case Kind.EXCEL:
            from csp_desktop.imports.reading.excel import read_excel

            return read_excel
        case Kind.BIFF:
            from csp_desktop.imports.reading.biff import read_biff

            return read_biff
        case Kind.BINARY_EXCEL:
            from csp_desktop.imports.reading.binary_excel import read_binary_excel

            return read_binary_excel
        case Kind.OPEN_DOCUMENT:
            from csp_desktop.imports.reading.open_document import read_open_document

            return read_open_document
        case Kind.DELIMITED:
            from csp_desktop.imports.reading.delimited import read_delimited

            return read_delimited
