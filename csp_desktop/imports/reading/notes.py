"""What the review says of how a file was read: as what, when its name says otherwise, and what it cannot tell."""

from collections.abc import Sequence
from pathlib import Path

from csp_desktop.imports.grid import TELLS_ALL, Tell
from csp_desktop.imports.reading.refusals import shown_name

SAME_NAMES = "Several of its sheets have the same name; they are told apart by numbers."
_MOST_NAMED = 3
_KINDS = {
    "xlsx": "an Excel workbook (.xlsx)",
    "xls": "an Excel 97-2003 workbook (.xls)",
    "xlsb": "a binary Excel workbook (.xlsb)",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "csv": "plain text with a mark between the cells (.csv)",
}
_NAMES = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"},
    "xls": {".xls", ".xlt"},
    "xlsb": {".xlsb"},
    "ods": {".ods", ".ots"},
    "csv": {".csv", ".tsv", ".txt", ".tab"},
}


def notes_on(path: Path, kind: str, tells: frozenset[Tell] = TELLS_ALL) -> tuple[str, ...]:
    """Return the sentences on a file that was read as ``kind`` (a WorkbookGrid's format)."""
    said = [] if kind == "csv" or (kind == "xlsx" and _is_named(path, kind)) else [f"Read as {_KINDS[kind]}."]
    if not _is_named(path, kind):
        named = f"ends in “{path.suffix[:12]}”" if path.suffix else "has no ending"
        said.append(f"Its name {named}, but its content is {_KINDS[kind]}.")
    untold = [tell.value for tell in Tell if tell not in tells]
    if untold:
        said.append(f"Such a file does not tell: {', '.join(untold)}.")
    return tuple(said)


def notes_on_missing(sheets: Sequence[str]) -> tuple[str, ...]:
    """Return the sentence on sheets that a workbook lists and does not hold."""
    if not sheets:
        return ()
    named = ", ".join(f"“{shown_name(name)}”" for name in sheets[:_MOST_NAMED])
    more = f" and {len(sheets) - _MOST_NAMED} more" if len(sheets) > _MOST_NAMED else ""
    return (f"The file lists sheets that it does not hold: {named}{more}. Ask its owner for a whole copy.",)


def _is_named(path: Path, kind: str) -> bool:
    return path.suffix.casefold() in _NAMES[kind]
