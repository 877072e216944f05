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
from typing import TypeAlias, cast

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
_MOST_AT_ONCE = 500
_LETTERS_AT_ONCE = 1_000_000
_BAR = "|"
_ODD_STARTS = (" ", "#", "'")

Records: TypeAlias = list[list[str]]


@dataclass(frozen=True, slots=True)
class _Source:
    """A file's records: its text, cut by its delimiter, so many of them at once."""

    name: str
    text: Text
    delimiter: Delimiter
    at_once: int


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
    at_once = min(max(_LETTERS_AT_ONCE * survey.lines // survey.letters, 1), _MOST_AT_ONCE)
    _read_rows(_Source(path.name, text, delimiter, at_once), path.stem, reading)
    notes = (*_notes(text, survey, delimiter), *notes_on(path, "csv", _TELLS))
    return About("csv", notes, _TELLS)


def _read_rows(source: _Source, sheet: str, reading: Reading) -> None:
    """Put every row that holds anything into the one sheet; raise where no sheet can hold it."""
    build = reading.begin(sheet, hidden=False)
    for first, records in _batches(source):
        joined = list(map(_BAR.join, records))
        letters = list(map(len, joined))
        if max(letters) > LONGEST_CELL:
            _check_cells(records, first, reading)
        if first + len(records) - 1 > reading.limits.text_rows:
            raise reading.outside()
        build.put_rows(first, _rows(records, _BAR.join(joined)), sum(letters))
        reading.tick(len(records))
    reading.end(build)


def _check_cells(records: Records, first: int, reading: Reading) -> None:
    """Refuse a cell that is longer than Excel's."""
    for number, record in enumerate(records, start=first):
        if any(len(cell) > LONGEST_CELL for cell in record):
            raise refuse(Refusal.IRREGULAR, reading.name, row=number, found=_OPEN_QUOTE)


def _notes(text: Text, survey: Survey, delimiter: Delimiter) -> list[str]:
    """Return how the text was read, with a line by which a wrong guess shows."""
    between = _DELIMITER_NAMES.get(delimiter.letter, delimiter.letter)
    notes = [f"Read as {text.encoding} with {between} between the cells."]
    if survey.special_line is not None:
        notes.append(f"A line with special characters reads: {survey.special_line}")
    if survey.is_cut:
        notes.append("The file ends in the middle of a letter, so that its last rows may be missing.")
    return notes


def _batches(source: _Source) -> Iterator[tuple[int, Records]]:
    """Yield records, some at a time, and the number of their first.

    They are numbered as a spreadsheet program shows the file. What costs little for many at once costs much for each.
    """
    number = source.delimiter.skipped + 1
    lines = islice(chain.from_iterable(_lines(source)), source.delimiter.skipped, None)
    reader = csv.reader(chain(lines, [_END]), delimiter=source.delimiter.letter)
    while records := _next_records(source, reader, number):
        ended = bool(records[-1]) and records[-1][-1].endswith(_END)
        if ended and records.pop() != [_END]:
            raise refuse(Refusal.IRREGULAR, source.name, row=number + len(records), found=_UNCLOSED)
        if records:
            yield number, records
        number += len(records)


def _next_records(source: _Source, reader: Iterator[list[str]], number: int) -> Records:
    """Return the next records, of which the first has that number; none at the end."""
    records: Records = []
    try:
        records.extend(islice(reader, source.at_once))
    except csv.Error:  # those before it have been taken: a list keeps what it was extended by so far
        raise refuse(Refusal.IRREGULAR, source.name, row=number + len(records), found=_OPEN_QUOTE) from None
    except UnicodeDecodeError:  # it was of this encoding a moment ago
        raise refuse(Refusal.DAMAGED, source.name) from None
    return records


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


def _rows(records: Records, joined: str) -> list[list[CellValue]]:
    """Return each record's values up to its last filled cell; ``joined`` are all cells with a bar between them."""
    if not _are_plain(joined):
        return [_up_to_last([_value(cell) if cell else None for cell in record]) for record in records]
    rows = cast("list[list[CellValue]]", records)
    if _BAR * 2 not in joined and joined[:1] != _BAR and joined[-1:] != _BAR:
        return rows
    return [_up_to_last([cell or None for cell in row]) if "" in row else row for row in rows]


def _are_plain(joined: str) -> bool:
    """Say that each of the cells is the text it is: not blank, guarded, an error, or in need of cleaning.

    A bar within a cell can only raise a false alarm.
    """
    return (
        joined.isprintable()
        and joined[:1] not in _ODD_STARTS
        and not any(_BAR + start in joined for start in _ODD_STARTS)
    )


def _up_to_last(values: list[CellValue]) -> list[CellValue]:
    while values and values[-1] is None:
        values.pop()
    return values


def _value(cell: str) -> CellValue:
    """Return a cell's text without its guard; the text that stands for an error is that error."""
    if _GUARDED.match(cell):
        cell = cell[1:]
    return CellError(cell) if cell[:1] == "#" and cell in _ERRORS else filled(cell)
