"""The reader of .csv, .tsv and their kin: encoding and delimiter are found out and said.

A first pass finds out what the text is, a second cuts it; neither holds more of it than a piece.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import cast

from csp_desktop.imports.grid import CellError, CellValue, Tell
from csp_desktop.imports.reading.building import About, Reading, filled
from csp_desktop.imports.reading.delimiter import Delimiter, find_delimiter
from csp_desktop.imports.reading.limits import LONGEST_CELL, MIB
from csp_desktop.imports.reading.notes import notes_on
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.text_encoding import Survey, Text, find_encoding

_DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_GUARDED = re.compile("'(?=[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20])")
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
_TELLS = frozenset({Tell.ERRORS, Tell.UNWORKED, Tell.FORMATS})  # each stands in the text as it was shown
_OPEN_QUOTE = "a cell is far too long, so a quotation mark was never closed"
_UNCLOSED = "its quotation mark is never closed"
_END = "\x01"  # a line of its own after the last, which an open quote swallows; no cell keeps such a letter
_LONGEST_LINE = 32 * MIB
_ODD_STARTS = frozenset({" ", "#", "'"})


@dataclass(frozen=True, slots=True)
class _Source:
    """A file's records: its text, cut by its delimiter."""

    name: str
    text: Text
    delimiter: Delimiter


def read_delimited(path: Path, reading: Reading) -> About:
    """Read a delimited text file into ``reading``, and return what is to be said of it.

    Every value is text; guards against formulas are taken off. Raises UnreadableFileError where a quote is left open,
    it is larger than a limit, or nothing is in columns.
    """
    text, survey = find_encoding(path)
    if survey.is_blank:
        raise refuse(Refusal.EMPTY, path.name)
    delimiter = find_delimiter(survey.head)
    if delimiter is None:
        raise refuse(Refusal.NOT_A_SPREADSHEET, path.name, found="a text without columns")
    reading.expected = survey.lines
    _read_rows(_Source(path.name, text, delimiter), path.stem, reading)
    notes = (*_notes(text, survey, delimiter), *notes_on(path, "csv", _TELLS))
    return About("csv", notes, _TELLS)


def _read_rows(source: _Source, sheet: str, reading: Reading) -> None:
    """Put every row that holds anything into the one sheet; raise where no sheet can hold it."""
    build = reading.begin(sheet, hidden=False)
    last = reading.limits.text_rows
    for number, record in _records(source):
        joined = "|".join(record)
        if len(joined) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in record):
            raise refuse(Refusal.IRREGULAR, source.name, row=number, found=_OPEN_QUOTE)
        if number > last:
            raise reading.outside()
        values = _plain_values(record) if _is_plain(joined) else _values(record)
        if values:
            build.put_row(number, values, len(values) - values.count(None), len(joined))
        reading.tick()
    reading.end(build)


def _notes(text: Text, survey: Survey, delimiter: Delimiter) -> list[str]:
    """Return how the text was read, with a line by which a wrong guess shows."""
    between = _DELIMITER_NAMES.get(delimiter.letter, delimiter.letter)
    notes = [f"Read as {text.encoding} with {between} between the cells."]
    if survey.special_line is not None:
        notes.append(f"A line with special characters reads: {survey.special_line}")
    if survey.is_cut:
        notes.append("The file ends in the middle of a letter, so that its last rows may be missing.")
    return notes


def _records(source: _Source) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each record. They are numbered as a spreadsheet program shows the file."""
    number = source.delimiter.skipped
    lines = islice(chain.from_iterable(_lines(source)), number, None)
    try:
        for record in csv.reader(chain(lines, [_END]), delimiter=source.delimiter.letter):
            number += 1
            if record == [_END]:
                return
            if record and record[-1].endswith(_END):
                raise refuse(Refusal.IRREGULAR, source.name, row=number, found=_UNCLOSED)
            yield number, record
    except csv.Error:
        raise refuse(Refusal.IRREGULAR, source.name, row=number + 1, found=_OPEN_QUOTE) from None
    except UnicodeDecodeError:  # it was of this encoding a moment ago
        raise refuse(Refusal.DAMAGED, source.name) from None


def _lines(source: _Source) -> Iterator[list[str]]:
    """Yield the lines of the text, some at a time; raise csv.Error where one is longer than any row."""
    begun: list[str] = []
    length = 0
    for piece in source.text.pieces():
        text = piece.replace(_END, "")
        begun.append(text)
        length += len(text)
        if "\n" in text or "\r" in text:
            lines = io.StringIO("".join(begun), newline="").readlines()
            begun = [lines.pop()]  # it may go on in the next piece, or end there with the half of its line end
            length = len(begun[0])
            yield lines
        if length > _LONGEST_LINE:
            raise csv.Error
    yield io.StringIO("".join(begun), newline="").readlines()


def _is_plain(joined: str) -> bool:
    """Say that each cell, joined by bars, is the text it is: not blank, guarded, an error, or in need of cleaning."""
    return (
        joined.isprintable()
        and joined[:1] not in _ODD_STARTS
        and "| " not in joined
        and "|'" not in joined
        and "|#" not in joined
    )


def _plain_values(record: list[str]) -> list[CellValue]:
    """Return the values of a record of plain cells up to its last filled one."""
    if "" not in record:
        return cast("list[CellValue]", record)
    return _up_to_last([cell or None for cell in record])


def _values(record: list[str]) -> list[CellValue]:
    """Return the values of a record up to its last filled cell."""
    return _up_to_last([_value(cell) if cell else None for cell in record])


def _up_to_last(values: list[CellValue]) -> list[CellValue]:
    while values and values[-1] is None:
        values.pop()
    return values


def _value(cell: str) -> CellValue:
    """Return a cell's text without its guard; the text that stands for an error is that error."""
    if _GUARDED.match(cell):
        cell = cell[1:]
    return CellError(cell) if cell[:1] == "#" and cell in _ERRORS else filled(cell)
