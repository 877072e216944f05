"""One worksheet's XML to values. openpyxl's values are the yardstick (its tests compare); no object is made a cell.

These handlers run several times a cell, a million times a large plan: they are flat on purpose.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from csp_desktop.imports.grid import NO_RESULT, CellError, CellValue
from csp_desktop.imports.reading.building import SheetBuild, clean, filled
from csp_desktop.imports.reading.excel_package import Styles
from csp_desktop.imports.reading.looks import Look, moment_as, moment_of_iso, number_as, plain_number
from csp_desktop.imports.reading.xmlstream import Attributes, stream_xml

_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_NAMES = ("c", "v", "f", "t", "rPh", "row", "mergeCell", "col")
_LOCAL = {f"{namespace} {name}": name for namespace in _NAMESPACES for name in _NAMES}
_TRUE = frozenset({"1", "true", "on"})
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,12})", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_KNOWN = 100_000


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What cells refer to outside their sheet."""

    strings: list[CellValue]
    styles: Styles
    epoch: datetime


def read_sheet(stream: IO[bytes], facts: BookFacts, build: SheetBuild) -> None:
    """Put every filled cell, merge and hidden part of the worksheet in ``stream`` into ``build``."""
    sheet = _Sheet(facts, build)
    stream_xml(stream, sheet.start, sheet.end, sheet.text)


def _unescaped(text: str) -> str:
    """Return text with Excel's escapes for control characters (_x000D_) resolved."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Sheet:
    """The handlers of a worksheet's elements; cells without an address follow the one before."""

    def __init__(self, facts: BookFacts, build: SheetBuild) -> None:
        self._facts = facts
        self._build = build
        self._row = 0
        self._column = 0
        self._suffix = ""
        self._columns: dict[str, int] = {}
        self._cell: Attributes = {}
        self._value: str | None = None
        self._has_formula = False
        self._aside = 0
        self._runs: list[str] = []
        self._pieces: list[str] = []
        self.text: Callable[[str], None] = self._pieces.append
        self._numbers: dict[tuple[str, str], CellValue] = {}

    def start(self, element: str, attributes: Attributes) -> None:
        name = _LOCAL.get(element)
        if name == "c":
            self._cell = attributes
            self._value = None
            self._has_formula = False
            self._runs.clear()
        elif name in {"v", "t"}:
            self._pieces.clear()
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._start_row(attributes)
        elif name is not None:
            self._start_other(name, attributes)

    def end(self, element: str) -> None:
        name = _LOCAL.get(element)
        if name == "v":
            self._value = "".join(self._pieces)
        elif name == "c":
            self._end_cell()
        elif name == "t" and not self._aside:
            self._runs.append("".join(self._pieces))
        elif name == "rPh":
            self._aside -= 1
        elif name == "row":
            self._build.reading.tick()

    def _start_row(self, attributes: Attributes) -> None:
        written = attributes.get("r")
        self._row = int(float(written)) if written else self._row + 1
        self._column = 0
        self._suffix = str(self._row)
        if attributes.get("hidden") in _TRUE:
            self._build.hide_rows(self._row, self._row)

    def _start_other(self, name: str, attributes: Attributes) -> None:
        if name == "rPh":
            self._aside += 1
        elif name == "mergeCell":
            corners = [self._place(corner) for corner in attributes.get("ref", "").split(":")]
            if all(corners):
                self._build.merge(corners[0], corners[-1])
        elif name == "col" and attributes.get("hidden") in _TRUE:
            self._build.hide_columns(int(attributes.get("min", "0")), int(attributes.get("max", "0")))

    def _end_cell(self) -> None:
        """Find the cell's place, then its value; a blank cell is nothing but a step to the next."""
        cell = self._cell
        row = self._row
        reference = cell.get("r")
        if reference is None:
            column = self._column + 1
        elif reference.endswith(self._suffix) and (known := self._columns.get(reference[: -len(self._suffix)])):
            column = known
        else:
            row, column = self._place_of_cell(reference)
        self._column = column
        value = self._read(cell.get("t", "n"), self._value)
        if value is not None:
            self._build.put(row, column, value)

    def _place_of_cell(self, reference: str) -> tuple[int, int]:
        place = self._place(reference)
        if not place[1]:
            raise ValueError(reference)
        if place[0] == self._row:
            self._columns[reference[: -len(self._suffix)]] = place[1]
        return place

    @staticmethod
    def _place(reference: str) -> tuple[int, int]:
        """Return row and column of an address, (0, 0) where it is none."""
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            return (0, 0)
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        return (int(found[2]), column)

    def _read(self, kind: str, written: str | None) -> CellValue:
        """Return the cell's value, None where it is blank."""
        if not written:
            return self._read_unwritten(kind)
        if kind == "s":
            index = int(written)
            if index < 0:
                raise IndexError(written)
            return self._facts.strings[index]
        if kind == "n":
            return self._number(written)
        return self._read_other(kind, written)

    def _read_unwritten(self, kind: str) -> CellValue:
        """Return the value of a cell without a ``v``: its inline text, or that its formula was never worked out.

        A formula whose result is an empty text has an empty ``v`` and says that it is text.
        """
        if self._runs:
            return text_or_none("".join(self._runs))
        empty_text = kind == "str" and self._value is not None
        return CellError(NO_RESULT) if self._has_formula and not empty_text else None

    def _number(self, written: str) -> CellValue:
        """Return a number as its style shows it; equal ones are made once."""
        style = self._cell.get("s", "")
        look = self._facts.styles.look(style) if style else Look.NUMBER
        if look is Look.NUMBER:
            return self._plain(written)
        key = (written, style)
        if key not in self._numbers:
            if len(self._numbers) >= _MOST_KNOWN:
                self._numbers.clear()
            self._numbers[key] = number_as(look, float(written), self._facts.epoch)
        return self._numbers[key]

    def _plain(self, written: str) -> CellValue:
        try:
            return number_as(Look.NUMBER, plain_number(written), self._facts.epoch)
        except ValueError:
            return text_or_none(written)

    def _read_other(self, kind: str, written: str) -> CellValue:
        if kind == "b":
            return written.strip() in _TRUE
        if kind == "e":
            return CellError(clean(written.strip())[:20])
        if kind == "d":
            try:
                return moment_as(self._facts.styles.look(self._cell.get("s", "")), moment_of_iso(written))
            except ValueError:
                return text_or_none(written)
        return text_or_none("".join(self._runs) or written)


def text_or_none(written: str) -> str | None:
    """Return text as it is kept, None where it is blank."""
    return filled(_unescaped(written))
