"""The reader of .csv, .tsv and their kin: encoding and delimiter are found out and said."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from csp_desktop.imports.grid import CellError, CellValue, Tell, WorkbookGrid
from csp_desktop.imports.reading.building import Reading, SheetBuild, filled
from csp_desktop.imports.reading.delimiter import Delimiter, find_delimiter
from csp_desktop.imports.reading.limits import EXCEL_ROWS, LONGEST_CELL, Limits
from csp_desktop.imports.reading.notes import notes_on
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.text_encoding import DecodedText, decode

_DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_TELLING = re.compile("[£€\u2018\u2019\u201c\u201d\u2013\u2014\u2026]")
_SPECIAL = re.compile(r"[^\x00-\x7f]")
_SHOWN = 80
_GUARDED = re.compile("'(?=[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20])")
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
_TELLS = frozenset({Tell.ERRORS, Tell.UNWORKED, Tell.FORMATS})  # each stands in the text as it was shown
_OPEN_QUOTE = "a cell is far too long, so a quotation mark was never closed"
_UNCLOSED = "its quotation mark is never closed"
_END = "\x01"  # a line of its own after the last, which an open quote swallows; no cell keeps such a letter


@dataclass(frozen=True, slots=True)
class _Source:
    """A file's records: its text, cut by its delimiter."""

    name: str
    text: str
    delimiter: Delimiter


def read_delimited(path: Path, limits: Limits, tell: Callable[[int, int], None]) -> WorkbookGrid:
    """Return the grid of a delimited text file; every value is text, guards against formulas are taken off.

    Raises UnreadableFileError where a quote is left open, it is larger than a limit, or nothing is in columns.
    """
    decoded = decode(path)
    if not filled(decoded.text):
        raise refuse(Refusal.EMPTY, path.name)
    delimiter = find_delimiter(decoded.text)
    if delimiter is None:
        raise refuse(Refusal.NOT_A_SPREADSHEET, path.name, found="a text without columns")
    reading = Reading(path.name, limits, tell, expected=_lines(decoded.text))
    build = SheetBuild(reading)
    for number, record in _records(_Source(path.name, decoded.text, delimiter)):
        _check(record, number, reading)
        for column, cell in enumerate(record, start=1):
            value = _value(cell) if cell else None
            if value is not None:
                build.put(number, column, value)
        if len(build.rows) > limits.rows:
            most = f"{limits.rows:,}"
            raise refuse(Refusal.TOO_LARGE, path.name, found=f"more than {most} rows", most=most)
        reading.tick()
    notes = (*_notes(decoded, delimiter), *notes_on(path, "csv", _TELLS))
    return WorkbookGrid(path.name, "csv", (build.grid(path.stem, hidden=False),), notes, _TELLS)


def _lines(text: str) -> int:
    return max(text.count("\n"), text.count("\r")) + 1


def _notes(decoded: DecodedText, delimiter: Delimiter) -> list[str]:
    """Return how the text was read, with a line by which a wrong guess shows."""
    between = _DELIMITER_NAMES.get(delimiter.letter, delimiter.letter)
    notes = [f"Read as {decoded.encoding} with {between} between the cells."]
    special = _TELLING.search(decoded.text) or _SPECIAL.search(decoded.text)
    if special:
        notes.append(f"A line with special characters reads: {_around(decoded.text, special.start())}")
    if decoded.is_cut:
        notes.append("The file ends in the middle of a letter, so that its last rows may be missing.")
    return notes


def _around(text: str, at: int) -> str:
    """Return what stands on the line of ``text`` around the place ``at``, no longer than fits a note."""
    before = re.split(r"[\r\n]", text[max(at - _SHOWN // 2, 0) : at])[-1]
    behind = re.split(r"[\r\n]", text[at : at + _SHOWN])[0]
    return (before + behind).strip()[:_SHOWN]


def _records(source: _Source) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each record. They are numbered as a spreadsheet program shows the file."""
    stream = io.StringIO(source.text.replace(_END, ""), newline="")
    number = source.delimiter.skipped
    for _ in range(number):
        stream.readline()
    try:
        for record in csv.reader(chain(stream, [_END]), delimiter=source.delimiter.letter):
            number += 1
            if record == [_END]:
                return
            if record and record[-1].endswith(_END):
                raise refuse(Refusal.IRREGULAR, source.name, row=number, found=_UNCLOSED)
            yield number, record
    except csv.Error:
        raise refuse(Refusal.IRREGULAR, source.name, row=number + 1, found=_OPEN_QUOTE) from None


def _check(record: list[str], number: int, reading: Reading) -> None:
    """Refuse what no sheet can hold: a cell longer than Excel's, a row below its last."""
    if any(len(cell) > LONGEST_CELL for cell in record):
        raise refuse(Refusal.IRREGULAR, reading.name, row=number, found=_OPEN_QUOTE)
    if number > EXCEL_ROWS:
        raise reading.outside()


def _value(cell: str) -> CellValue:
    """Return a cell's text without its guard; the text that stands for an error is that error."""
    if _GUARDED.match(cell):
        cell = cell[1:]
    return CellError(cell) if cell[:1] == "#" and cell in _ERRORS else filled(cell)
