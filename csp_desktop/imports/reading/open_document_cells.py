"""The content of an OpenDocument spreadsheet to values, element by element."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from csp_desktop.imports.grid import NO_RESULT, CellError, CellValue, is_blank
from csp_desktop.imports.reading.building import Reading, SheetBuild, clean
from csp_desktop.imports.reading.limits import EXCEL_ROWS
from csp_desktop.imports.reading.looks import (
    FROM_1900,
    Look,
    elapsed,
    moment_as,
    moment_of_iso,
    number_as,
    plain_number,
)
from csp_desktop.imports.reading.open_document_styles import TABLE, URN, StyleNames
from csp_desktop.imports.reading.xmlstream import Attributes

_OFFICE, _TEXT = f"{URN}office:1.0", f"{URN}text:1.0"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_DRAWING = f"{URN}drawing:1.0"
_ASIDE = frozenset(
    {f"{_OFFICE} annotation", f"{_OFFICE} forms", f"{TABLE} tracked-changes", f"{TABLE} shapes", f"{TABLE} dde-links",
     f"{TABLE} named-expressions", f"{_TEXT} note", f"{_TEXT} ruby-text"}
)  # fmt: skip
_CELLS = frozenset({f"{TABLE} table-cell", f"{TABLE} covered-table-cell"})
_PARAGRAPHS = frozenset({f"{_TEXT} p", f"{_TEXT} h"})
_ERROR = re.compile(r"#(?:N/A|NA|[A-Z]+[!?]|DIV/0!|NUM!)|Err:\d{3}")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d*)?S)?")
_HIDDEN = frozenset({"collapse", "filter"})
_DAY = timedelta(days=1)
_MOST_BLANK_HIDDEN = 1_000


@dataclass(slots=True)
class _Row:
    """A row while its cells stream by: values by column, spans, and how often it stands below itself."""

    first: int
    repeated: int
    is_hidden: bool
    column: int = 0
    values: list[tuple[int, int, CellValue]] = field(default_factory=list)


class Content:
    """The handlers of content.xml. What stands beside the cells (notes, drawings, tracked changes) is passed over."""

    def __init__(self, styles: StyleNames, reading: Reading) -> None:
        self.sheets = 0
        self._styles = styles
        self._reading = reading
        self._aside = 0
        self._tables = 0
        self._build = SheetBuild(reading)
        self._columns: list[tuple[int, str]] = []
        self._last_row = 0
        self._row = _Row(0, 0, is_hidden=False)
        self._cell: Attributes = {}
        self._paragraphs = 0
        self._said = 0
        self._kept = 0
        self._pieces: list[str] = []
        self.text: Callable[[str], None] = self._pieces.append
        self._starts: dict[str, Callable[[Attributes], None]] = {
            f"{TABLE} table-row": self._start_row,
            f"{TABLE} table-column": self._start_column,
            f"{_TEXT} s": lambda found: self._pieces.append(" " * _times(found, f"{_TEXT} c")),
            f"{_TEXT} tab": lambda _: self._pieces.append("\t"),
            f"{_TEXT} line-break": lambda _: self._pieces.append("\n"),
            **dict.fromkeys(_PARAGRAPHS, self._start_paragraph),
            **dict.fromkeys(_CELLS, self._start_cell),
        }

    def start(self, element: str, attributes: Attributes) -> None:
        """Take an element's start."""
        handler = self._starts.get(element)
        if handler is not None and self._tables and not self._aside:
            handler(attributes)
        elif self._aside or element in _ASIDE or element.startswith(_DRAWING):
            self._aside += 1
            if self._aside == 1:
                self._kept = len(self._pieces)
        elif element == f"{TABLE} table":
            self._start_table(attributes)
        elif not self._tables:
            self._styles.start(element, attributes)

    def end(self, element: str) -> None:
        """Take an element's end."""
        if self._aside:
            self._aside -= 1
            if not self._aside:
                del self._pieces[self._kept :]
        elif element in _CELLS:
            self._end_cell()
        elif element in _PARAGRAPHS:
            self._said = len(self._pieces)
        elif element == f"{TABLE} table-row":
            self._end_row()
        elif element == f"{TABLE} table":
            self._end_table()
        elif not self._tables:
            self._styles.end(element)

    def _start_table(self, attributes: Attributes) -> None:
        self._tables += 1
        if self._tables > 1:  # a table inside a cell: its text is part of no grid
            raise ValueError
        self.sheets += 1
        self._reading.check_sheets(self.sheets)
        hidden = attributes.get(f"{TABLE} style-name", "") in self._styles.hidden_tables
        self._build = self._reading.begin(attributes.get(f"{TABLE} name", ""), hidden=hidden)
        self._columns.clear()
        self._last_row = 0

    def _end_table(self) -> None:
        self._tables -= 1
        self._reading.end(self._build)

    def _start_column(self, attributes: Attributes) -> None:
        first = self._columns[-1][0] + 1 if self._columns else 1
        last = first + _times(attributes, f"{TABLE} number-columns-repeated") - 1
        self._columns.append((last, attributes.get(f"{TABLE} default-cell-style-name", "")))
        if attributes.get(f"{TABLE} visibility") in _HIDDEN:
            self._build.hide_columns(first, last)

    def _start_row(self, attributes: Attributes) -> None:
        repeated = _times(attributes, f"{TABLE} number-rows-repeated")
        hidden = attributes.get(f"{TABLE} visibility") in _HIDDEN
        self._row = _Row(self._last_row + 1, repeated, is_hidden=hidden)
        self._last_row += repeated

    def _start_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._paragraphs = 0
        self._said = 0
        self._pieces.clear()

    def _start_paragraph(self, _attributes: Attributes) -> None:
        """Begin a paragraph: what stands before it is only the file's own layout, or what the one before held."""
        del self._pieces[self._said :]
        if self._paragraphs:
            self._pieces.append("\n")
        self._paragraphs += 1

    def _end_cell(self) -> None:
        cell, row = self._cell, self._row
        first = row.column + 1
        repeated = _times(cell, f"{TABLE} number-columns-repeated")
        row.column += repeated
        value = self._value(first)
        if value is not None:
            row.values.append((first, repeated, value))
        wide, high = _times(cell, f"{TABLE} number-columns-spanned"), _times(cell, f"{TABLE} number-rows-spanned")
        if wide > 1 or high > 1:
            self._build.merge((row.first, first), (row.first + high - 1, first + wide - 1))

    def _end_row(self) -> None:
        """Put the row's values at every place where they stand; repeats are weighed before they are spread."""
        row = self._row
        if row.values and row.first + row.repeated - 1 > EXCEL_ROWS:
            raise self._reading.outside()
        places = row.repeated * sum(repeated for _, repeated, _ in row.values)
        if self._reading.cells + places > self._reading.limits.cells:
            raise self._reading.too_many()
        numbers = range(row.first, row.first + row.repeated)
        if row.is_hidden and (row.values or row.repeated <= _MOST_BLANK_HIDDEN):
            self._build.hide_rows(numbers.start, numbers.stop - 1)
        for number in numbers if row.values else ():
            for first, repeated, value in row.values:
                for column in range(first, first + repeated):
                    self._build.put(number, column, value)
        self._reading.tick()

    def _value(self, column: int) -> CellValue:
        """Return the value of the cell that ends here, None where it is blank."""
        cell = self._cell
        kind = cell.get(f"{_OFFICE} value-type", "")
        text = clean("".join(self._pieces[: self._said]))
        has_formula = f"{TABLE} formula" in cell
        if _is_error(cell.get(f"{_CALC} value-type"), text):
            return CellError(text.strip()[:20] or "#VALUE!")
        if not kind and not text:
            return CellError(NO_RESULT) if has_formula else None
        read = _READERS.get(kind)
        if read is None:
            text = text or clean(cell.get(f"{_OFFICE} string-value", ""))
            return None if is_blank(text) else text
        try:
            return read(cell, self._look(column) if kind == "date" else Look.MOMENT)
        except KeyError:
            return text or None
        except (ValueError, OverflowError):
            return text or CellError("#VALUE!")

    def _look(self, column: int) -> Look:
        style = self._cell.get(f"{TABLE} style-name")
        if style is None:
            style = next((style for last, style in self._columns if column <= last), "")
        return self._styles.look(style)


def _is_error(kind: str | None, text: str) -> bool:
    """Say whether a cell shows an error; LibreOffice tells it from a text that looks like one, others do not."""
    if kind in {"error", "string"}:
        return kind == "error"
    return text[:1] in {"#", "E"} and _ERROR.fullmatch(text.strip()) is not None


def _times(attributes: Attributes, name: str) -> int:
    """Return a count among the attributes, at least one."""
    written = attributes.get(name, "1")
    return max(int(written), 1) if written.isdecimal() else 1


def _number(cell: Attributes, _look: Look) -> CellValue:
    return number_as(Look.NUMBER, plain_number(cell[f"{_OFFICE} value"]), FROM_1900)


def _percentage(cell: Attributes, _look: Look) -> CellValue:
    return number_as(Look.PERCENT, plain_number(cell[f"{_OFFICE} value"]), FROM_1900)


def _date(cell: Attributes, look: Look) -> CellValue:
    return moment_as(look, moment_of_iso(cell[f"{_OFFICE} date-value"]))


def _truth(cell: Attributes, _look: Look) -> CellValue:
    return cell[f"{_OFFICE} boolean-value"] == "true"


def _time(cell: Attributes, _look: Look) -> CellValue:
    """Return a time of day; a longer or negative duration as it is shown."""
    found = _DURATION.fullmatch(cell[f"{_OFFICE} time-value"])
    if found is None:
        raise ValueError
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if found[1]:
        return elapsed(-span)
    return (FROM_1900 + span).time() if span < _DAY else elapsed(span)


_READERS: dict[str, Callable[[Attributes, Look], CellValue]] = {
    "float": _number, "currency": _number, "percentage": _percentage, "date": _date, "time": _time, "boolean": _truth,
}  # fmt: skip
