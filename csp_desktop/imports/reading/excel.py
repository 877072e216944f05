"""The reader of .xlsx and .xlsm. openpyxl alone tells an error cell from text and a formula from its result.

Its row parser is used without its workbook loader: links, validations, drawings and formats, which break many files
that are otherwise fine, are never looked at; and a value costs a tuple, not a cell object.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet import _reader as sheet_reader
from openpyxl.xml.constants import SHEET_MAIN_NS

from csp_desktop.imports.grid import (
    NO_RESULT,
    CellError,
    CellValue,
    Merge,
    MonthDate,
    PercentNumber,
    SheetGrid,
    WorkbookGrid,
    is_blank,
)
from csp_desktop.imports.reading.guard import guard
from csp_desktop.imports.reading.limits import EXCEL_COLUMNS, Limits
from csp_desktop.imports.reading.refusals import Refusal, refuse

_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_TICK = 500
_BEYOND_NUMBERS = 1e300
_TRUE = frozenset({"1", "true"})
_UNBROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, OSError, OverflowError, NotImplementedError, AssertionError,
)  # fmt: skip


@dataclass(slots=True)
class _Build:
    """A sheet while its parts stream by."""

    rows: dict[int, list[CellValue]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def grid(self, name: str, *, hidden: bool) -> SheetGrid:
        """Return the finished sheet, its rows in order whatever the file's order was."""
        numbers = list(self.rows)
        in_order = all(before < after for before, after in pairwise(numbers))
        return SheetGrid(
            name=name,
            hidden=hidden,
            rows=self.rows if in_order else dict(sorted(self.rows.items())),
            merges=tuple(self.merges),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )


@dataclass(slots=True)
class _Ticker:
    """Counts rows over all sheets and tells who waits."""

    expected: int
    tell: Callable[[int, int], None]
    done: int = 0

    def row(self) -> None:
        self.done += 1
        if self.done % _TICK == 0:
            self.tell(self.done, self.expected)


def read_excel(path: Path, limits: Limits, tell: Callable[[int, int], None]) -> WorkbookGrid:
    """Return the grid of an .xlsx or .xlsm; ``tell(rows_done, rows_expected)`` is called as it goes.

    Raises UnreadableFileError where the container or its XML is unsafe, damaged or of another kind.
    """
    shape = guard(path, limits)
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(path) as archive:
            warnings.simplefilter("ignore")
            if _is_strict(archive):
                raise refuse(Refusal.SAVE_AS_XLSX, path.name, found="a “Strict Open XML” workbook")
            sheets = _read_sheets(path, limits, _Ticker(shape.rows, tell))
    except DefusedXmlException:
        raise refuse(Refusal.UNSAFE_XML, path.name) from None
    except _UNBROKEN:
        # Whatever a broken container makes openpyxl trip over, to its owner it is one thing: damaged.
        raise refuse(Refusal.DAMAGED, path.name) from None
    if not sheets:
        raise refuse(Refusal.DAMAGED, path.name)
    return WorkbookGrid(path.name, "xlsx", tuple(sheets))


def _is_strict(archive: zipfile.ZipFile) -> bool:
    """Say whether the workbook is in the strict dialect, which openpyxl opens as a workbook without sheets."""
    for name in archive.namelist():
        if name.replace("\\", "/").casefold().lstrip("/") == "xl/workbook.xml":
            with archive.open(name) as stream:
                return _STRICT in stream.read(4_096)
    return False


def _read_sheets(path: Path, limits: Limits, ticker: _Ticker) -> list[SheetGrid]:
    """Return every worksheet in the order of its tabs; chart sheets are left out."""
    grids: list[SheetGrid] = []
    with path.open("rb") as content:
        # A stream, not a path: given a path, openpyxl goes by the extension.
        reader: Any = ExcelReader(cast("Any", content), data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        for sheet, relation in reader.parser.find_sheets():
            if relation.target not in reader.valid_files or "chartsheet" in relation.Type:
                continue
            if len(grids) >= limits.sheets:
                raise refuse(Refusal.TOO_LARGE, path.name, found="too many sheets", most=f"{limits.sheets:,}")
            with reader.archive.open(relation.target) as stream:
                build = _read_sheet(stream, reader, ticker)
            grids.append(build.grid(_clean(str(sheet.name or "")), hidden=sheet.state != "visible"))
            if grids[-1].width > limits.columns:
                most = f"{limits.columns:,}"
                raise refuse(Refusal.TOO_MANY_COLUMNS, path.name, found=f"{grids[-1].width:,}", most=most)
    return grids


def _read_sheet(stream: Any, reader: Any, ticker: _Ticker) -> _Build:
    """Return what a worksheet's XML holds; rows may come in any order and more than once."""
    book = reader.wb
    dates, lengths = book._date_formats, book._timedelta_formats  # noqa: SLF001 - where openpyxl keeps them
    parser: Any = sheet_reader.WorkSheetParser(stream, reader.shared_strings, True, book.epoch, dates, lengths)
    formats = _Formats(book)
    build = _Build()
    for tag, element in _elements(stream):
        if tag == "row":
            number, cells = parser.parse_row(element)
            _keep_row(build, number, element, cells, formats)
            ticker.row()
        elif tag == "mergeCell":
            _keep_merge(build, element.get("ref", ""))
        elif element.get("hidden") in _TRUE:
            first = int(element.get("min", "0"))
            build.hidden_columns.update(range(first, min(int(element.get("max", "0")), EXCEL_COLUMNS) + 1))
    return build


def _elements(stream: Any) -> Iterator[tuple[str, Element]]:
    """Yield the finished rows, merges and columns of a worksheet and let go of each afterwards."""
    prefix = f"{{{SHEET_MAIN_NS}}}"
    wanted = {prefix + name: name for name in ("row", "mergeCell", "col")}
    parents: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end")):
        if event == "start":
            parents.append(element)
            continue
        parents.pop()
        if element.tag in wanted:
            yield wanted[element.tag], element
            if parents:
                parents[-1].remove(element)


class _Formats:
    """What a style index says of a number: percentage, or a date without its day."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[int, str] = {}

    def of(self, style: int) -> str:
        """Return the number format of a style, without its literals, in lower case."""
        if style not in self._known:
            self._known[style] = _LITERAL.sub("", self._format(style)).casefold()
        return self._known[style]

    def _format(self, style: int) -> str:
        styles = self._book._cell_styles  # noqa: SLF001 - where openpyxl keeps them
        number = styles[style].numFmtId if style < len(styles) else 0
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return str(BUILTIN_FORMATS.get(number, ""))
        own = self._book._number_formats  # noqa: SLF001 - where openpyxl keeps them
        index = number - BUILTIN_FORMATS_MAX_SIZE
        return str(own[index]) if index < len(own) else ""


def _keep_row(build: _Build, number: int, element: Element, cells: list[dict[str, Any]], formats: _Formats) -> None:
    """Put a parsed row at its place; cells that stand in another row than their own go where their address says."""
    if element.get("hidden") in _TRUE:
        build.hidden_rows.add(number)
    for source, cell in zip(element, cells, strict=True):
        value = _value(cell, source, formats)
        if is_blank(value):
            continue
        row = build.rows.setdefault(cell["row"], [])
        column = cell["column"]
        if column > len(row):
            row.extend([None] * (column - len(row)))
        row[column - 1] = value


def _value(cell: dict[str, Any], source: Element, formats: _Formats) -> CellValue:
    """Return a cell's value in our terms."""
    value = cell["value"]
    if value is None:
        return CellError(NO_RESULT) if source.find(sheet_reader.FORMULA_TAG) is not None else None
    if cell["data_type"] == "e":
        return CellError(str(value))
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value, formats.of(cell["style_id"]))
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not abs(value) < _BEYOND_NUMBERS:  # infinity and not-a-number too
            return CellError("#NUM!")
        return PercentNumber(value) if "%" in formats.of(cell["style_id"]) else value
    return value if isinstance(value, bool) else _clean(str(value))


def _moment(value: datetime | date | time | timedelta, shown: str) -> CellValue:
    """Return a date without a time as a date, and as a month where only its month is shown."""
    match value:
        case datetime() if value.time() == time():
            day = value.date()
        case datetime() | time():
            return value
        case timedelta():
            return str(value)
        case _:
            day = value
    if "m" in shown and "y" in shown and "d" not in shown and day.day == 1:
        return MonthDate(day.year, day.month, day.day)
    return day


def _clean(text: str) -> str:
    """Return text without control characters and Excel's escapes for them; line ends are one newline."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _keep_merge(build: _Build, reference: str) -> None:
    """Keep a merged range that has both corners."""
    first_column, first_row, last_column, last_row = cast(
        "tuple[int | None, int | None, int | None, int | None]", range_boundaries(reference)
    )
    if first_column and first_row and last_column and last_row:
        build.merges.append(Merge(first_row, first_column, last_row, last_column))
