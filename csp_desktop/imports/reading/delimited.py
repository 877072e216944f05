"""The reader of .csv, .tsv and their kin: encoding and delimiter are found out and said."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from csp_desktop.imports.grid import CellValue, SheetGrid, WorkbookGrid, is_blank
from csp_desktop.imports.reading.limits import LONGEST_CELL, Limits
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.sniff import looks_like_utf16

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = (",", ";", "\t", "|")
_DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?\r?\n?$', re.IGNORECASE)
_SAMPLE_LINES = 30
_TELLING = "£€é\u2018\u2019\u201c\u201d\u2013\u2014\u2026"
_GUARDED = re.compile("^'(?=[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TICK = 500
_OPEN_QUOTE = "a cell is far too long, so a quotation mark was never closed"
_UNCLOSED = "its quotation mark is never closed"
_END = "\ue000"  # a line of its own after the last, which an open quote swallows


@dataclass(frozen=True, slots=True)
class _Table:
    """The text of a file and how its cells are told apart; ``skipped`` lines at the top only name the delimiter."""

    text: str
    delimiter: str
    skipped: int


def read_delimited(path: Path, limits: Limits, tell: Callable[[int, int], None]) -> WorkbookGrid:
    """Return the grid of a delimited text file; every value is text, guards against formulas are taken off.

    Raises UnreadableFileError where a quote is left open, a row is irregular beyond use, or nothing is in it.
    """
    text, encoding = decode(path)
    delimiter, skipped = _delimiter(text)
    rows = dict(_rows(path, _Table(text, delimiter, skipped), limits, tell))
    if not rows:
        raise refuse(Refusal.EMPTY, path.name)
    notes = [f"Read as {encoding} with {_DELIMITER_NAMES.get(delimiter, delimiter)} between the cells."]
    telling = next((line for line in text.splitlines() if any(letter in line for letter in _TELLING)), "")
    if telling:
        notes.append(f"A line with special characters reads: {telling.strip()[:80]}")
    return WorkbookGrid(path.name, "csv", (SheetGrid(path.stem, rows=rows),), tuple(notes))


def decode(path: Path) -> tuple[str, str]:
    """Return the text and its encoding: byte order mark, NUL pattern, strict UTF-8, else Windows-1252."""
    content = path.read_bytes()
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(path, content[len(mark) :], encoding), encoding
    if looks_like_utf16(content):
        encoding = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
        return _decoded(path, content, encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def _decoded(path: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise refuse(Refusal.DAMAGED, path.name) from None


def _delimiter(text: str) -> tuple[str, int]:
    """Return the delimiter and how many lines at the top only name it."""
    first_line = text[: text.find("\n") + 1] if "\n" in text else text
    named = _SEPARATOR_LINE.match(first_line)
    if named:
        return named[1], 1
    sample = text[:200_000].splitlines()[: _SAMPLE_LINES * 3]
    return max(_DELIMITERS, key=lambda delimiter: _consistency(sample, delimiter)), 0


def _consistency(lines: list[str], delimiter: str) -> tuple[float, int]:
    """Return how evenly ``delimiter`` cuts the lines: the share of the commonest width above one, and that width."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
            if widths.total() >= _SAMPLE_LINES:
                break
    except csv.Error:
        return (0.0, 0)
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return (0.0, 0)
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    return (round(count / widths.total(), 1), width)


def _rows(
    path: Path, table: _Table, limits: Limits, tell: Callable[[int, int], None]
) -> Iterator[tuple[int, list[CellValue]]]:
    """Yield row number and values. Rows are numbered as a spreadsheet program shows the file: one a record."""
    expected = table.text.count("\n") + 1
    cells = 0
    for number, record in _records(path, table):
        cells += len(record)
        _check(path, record, (number, cells), limits)
        values = [_value(cell) for cell in record]
        while values and values[-1] is None:
            values.pop()
        if values:
            yield number, values
        if number % _TICK == 0:
            tell(number, expected)


def _records(path: Path, table: _Table) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each record as they stand."""
    stream = io.StringIO(table.text, newline="")
    for _ in range(table.skipped):
        stream.readline()
    number = table.skipped
    try:
        for record in csv.reader(chain(stream, [_END]), delimiter=table.delimiter):
            number += 1
            if record == [_END]:
                return
            if record and record[-1].endswith(_END):
                raise refuse(Refusal.IRREGULAR, path.name, row=number, found=_UNCLOSED)
            yield number, record
    except csv.Error:
        raise refuse(Refusal.IRREGULAR, path.name, row=number + 1, found=_OPEN_QUOTE) from None


def _check(path: Path, record: list[str], so_far: tuple[int, int], limits: Limits) -> None:
    """Refuse what no plan needs: a cell longer than Excel's, too many columns, rows or cells."""
    number, cells = so_far
    if any(len(cell) > LONGEST_CELL for cell in record):
        raise refuse(Refusal.IRREGULAR, path.name, row=number, found=_OPEN_QUOTE)
    if len(record) > limits.columns:
        raise refuse(Refusal.TOO_MANY_COLUMNS, path.name, found=f"{len(record):,}", most=f"{limits.columns:,}")
    if number > limits.rows or cells > limits.cells:
        raise refuse(Refusal.TOO_LARGE, path.name, found=f"more than {limits.rows:,} rows", most=f"{limits.rows:,}")


def _value(cell: str) -> CellValue:
    text = _CONTROL.sub("", cell.replace("\r\n", "\n").replace("\r", "\n"))
    text = _GUARDED.sub("", text)
    return None if is_blank(text) else text
