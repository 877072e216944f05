"""Which rows below a heading are data, which give a theme to the rows below them, and which are neither."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.fillers import are_hints, is_example, is_filler, is_note, is_prepared, is_total
from csp_desktop.imports.grid import CellValue, address, text_of
from csp_desktop.imports.headings import Table, fill_down, repeats
from csp_desktop.imports.mapping import ProposedMapping
from csp_desktop.imports.records import Ignored, IgnoredRow
from csp_desktop.rules.folding import fold

_SECTION = re.compile(
    r"(?:(?:strategic |key |our )?(?:priority|theme|objective|aim|goal|strand|section|part|pillar|outcome|work ?stream|"
    r"programme|area|axe)\b(?:\s+(?:area|theme|objective))?\s*(?:no\.?\s*)?"
    r"(?:\d+|[a-h]\b|one|two|three|four|five|six|[ivx]+\b)?\s*[:.\-\u2013)]*)",
    re.IGNORECASE,
)
_NUMBERED_SECTION = re.compile(_SECTION.pattern + r"\Z", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"(?:(?:strategic|key)\s+)?(?:priority|theme|strand|objective|aim|pillar)\s+\d+\s*[:.\-\u2013)]\s*\S", re.IGNORECASE
)
_TITLE_ROWS = 3
_DITTO = frozenset(
    {'"', "''", "\u3003", "\u2033", "\u201d", "as above", "ditto", "do", "same as above", "same", "see above"}
)
_LONGEST_DITTO = 20
_LONGEST_NUMBER = 40
_HINT_ROWS = 3
_LEAST_WORDS = 2  # a single word in the column of refs is a ref without its action
_HEADING_FIELDS = frozenset({ActionField.SOURCE_REF, ActionField.THEME, ActionField.OBJECTIVE, ActionField.PRIORITY})
_NEVER_FILLED = frozenset({ActionField.SOURCE_REF})


@dataclass(slots=True)
class DataRow:
    """A row of data: its values by column, and the section above it. ``extra`` are cells of rows merged into it."""

    row: int
    values: dict[int, CellValue]
    section: str = ""
    section_cell: str = ""
    extra: list[tuple[int, int, CellValue]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SortedRows:
    """The rows of a table by what they are. ``doubtful`` rows were taken as sections on slender grounds."""

    data: tuple[DataRow, ...]
    ignored: tuple[IgnoredRow, ...]
    doubtful: tuple[tuple[int, int], ...] = ()


class _Sorter:
    """Goes down a table once, knowing its columns and what came before."""

    def __init__(self, table: Table, mapping: ProposedMapping) -> None:
        self.table = table
        self.fields = {each.column: each.field for each in mapping.columns if each.field is not None}
        title = mapping.column_of(ActionField.TITLE)
        self.title = title.column if title else 0
        self.filled = fill_down(table)
        self.columns = table.columns
        self.spans = {
            (merge.first_row, merge.first_column): merge.width for merge in table.sheet.merges if merge.height == 1
        }
        self.cells = {
            row: [(column, value) for column, value in table.sheet.cells(row) if not is_filler(value)]
            for row in table.rows
            if any(True for _ in table.sheet.cells(row))
        }
        self.rows = list(self.cells)
        self.lone = {row: lone for row in self.rows if (lone := self._lone(row)) is not None}
        self.section = _section_above(table)
        self.data: list[DataRow] = []
        self.ignored: list[IgnoredRow] = []
        self.doubtful: list[tuple[int, int]] = []

    def sort(self) -> SortedRows:
        """Return the rows of the table, sorted."""
        last_full = max((row for row in self.rows if row not in self.lone), default=0)
        for at, row in enumerate(self.rows):
            why = self._no_data(at, row, last_full)
            if why is not None:
                self.ignored.append(IgnoredRow(self.table.sheet.name, row, why))
            else:
                self.data.append(DataRow(row, self._values(row), *self.section))
        return SortedRows(tuple(self.data), tuple(self.ignored), tuple(self.doubtful))

    def _lone(self, row: int) -> tuple[int, str] | None:
        """Return column and text where a row has text in one cell only, merged over others or not."""
        cells = self.cells[row]
        if len(cells) == 1 and isinstance(cells[0][1], str) and not self._continues(row):
            return cells[0][0], text_of(cells[0][1])
        if len(cells) == 2 and all(isinstance(value, str) for _, value in cells):  # noqa: PLR2004 - a number and its name
            first, second = (text_of(value) for _, value in cells)
            if (
                len(first) <= _LONGEST_NUMBER
                and _NUMBERED_SECTION.match(first)
                and cells[0][0] != self.title
                and cells[1][0] != self.title
            ):
                return cells[0][0], f"{first.rstrip(' :.-')}: {second}"
        return None

    def _continues(self, row: int) -> bool:
        """Say whether a row lies under a title merged downwards: it goes on with that action."""
        return (row, self.title) in self.filled

    def _no_data(self, at: int, row: int, last_full: int) -> Ignored | None:
        """Return why a row is no data, None where it is; a section is remembered on the way."""
        cells = self.cells[row]
        if not cells:
            return Ignored.FILLER
        if repeats(self.table, row):
            return Ignored.REPEATED_HEADING
        if self._continues(row) and self.data:
            self.data[-1].extra.extend((row, column, value) for column, value in cells)
            return Ignored.CONTINUATION
        if row in self.lone:
            return self._alone(at, row, last_full)
        return self._helping(at, row, [value for _, value in cells])

    def _alone(self, at: int, row: int, last_full: int) -> Ignored | None:
        """Return what a row with text in one cell is: a note, a section, or (None) an action with a title only."""
        column, text = self.lone[row]
        if is_note(text) or is_total(text):
            return Ignored.NOTE if is_note(text) else Ignored.TOTAL
        if self._is_section(row, column, text):
            self.section = (text, address(row, column))
            return Ignored.SECTION if row < last_full else Ignored.NOTE
        if self.fields.get(column) is ActionField.SOURCE_REF and len(text.split()) < _LEAST_WORDS:
            return Ignored.FILLER
        if column == self.title:
            return self._title_alone(at, row, last_full)
        return self._stray(row, column, last_full)

    def _stray(self, row: int, column: int, last_full: int) -> Ignored | None:
        """Return what a lone text outside the title column is: before it a section, after it data without a title."""
        if column > self.title and column in self.fields:
            return None
        if row > last_full:
            return Ignored.NOTE
        self.section = (self.lone[row][1], address(row, column))
        return Ignored.SECTION

    def _is_section(self, row: int, column: int, text: str) -> bool:
        """Say whether a lone text is a section beyond doubt: merged over much of the table, or so worded."""
        wide = self.spans.get((row, column), 1) >= max(2, len(self.table.headings) // 2)
        found = _SECTION.match(text)
        return wide or (found is not None and (found.end() < len(text) or column != self.title or ":" in text))

    def _title_alone(self, at: int, row: int, last_full: int) -> Ignored | None:
        """Return SECTION for a lone text in the title column above fuller rows; among its like it is an action."""
        neighbours = [self.rows[each] for each in (at - 1, at + 1) if 0 <= each < len(self.rows)]
        crowd = any(each in self.lone and self.lone[each][0] == self.title for each in neighbours)
        if row > last_full or crowd:
            return None
        self.section = (self.lone[row][1], address(row, self.title))
        self.doubtful.append((row, self.title))
        return Ignored.SECTION

    def _helping(self, at: int, row: int, values: Sequence[CellValue]) -> Ignored | None:
        """Return why a row of several cells is no data: prepared, a total, an example, hints, or headings only."""
        first = text_of(values[0])
        title = text_of(self.table.sheet.value(row, self.title)) if self.title else ""
        if is_total(first) and (not _has_words(title) or is_total(title)):
            return Ignored.TOTAL
        if is_example(first) or (at < _HINT_ROWS and is_example(title)):
            return Ignored.EXAMPLE
        if at < _HINT_ROWS and all(isinstance(value, str) for value in values) and are_hints(values):
            return Ignored.HINT
        if title or not self.title:
            return None
        return self._untitled(row)

    def _untitled(self, row: int) -> Ignored | None:
        """Return FILLER for a prepared row without a title, SECTION for one that only names theme or objective."""
        cells = [(column, value) for column, value in self.table.sheet.cells(row) if not is_prepared(value)]
        fields = {self.fields.get(column) for column, _ in cells}
        if not cells or fields <= {ActionField.SOURCE_REF}:
            return Ignored.FILLER
        if fields <= _HEADING_FIELDS:
            self.section = next(
                (
                    (text_of(value), address(row, column))
                    for column, value in cells
                    if self.fields.get(column) is ActionField.THEME
                ),
                self.section,
            )
            return Ignored.SECTION
        return None

    def _values(self, row: int) -> dict[int, CellValue]:
        """Return a row's values by column: fillers as blank, merged and ditto cells with the value above."""
        above: Mapping[int, CellValue] = self.data[-1].values if self.data else {}
        values: dict[int, CellValue] = {}
        own = dict(self.cells[row])
        for column in self.columns:
            value = own.get(column)
            if value is None:
                value = self.filled.get((row, column)) if self.fields.get(column) not in _NEVER_FILLED else None
            elif (
                column != self.title
                and isinstance(value, str)
                and len(value) <= _LONGEST_DITTO
                and fold(value) in _DITTO
            ):
                value = above.get(column)
            if value is not None:
                values[column] = value
        return values


def _has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _section_above(table: Table) -> tuple[str, str]:
    """Return the section that the last title rows announce ("Priority 1: Improving place"), with its address."""
    above = [row for row in table.sheet.rows if row < table.top]
    for row in above[: -_TITLE_ROWS - 1 : -1]:
        cells = [(column, text_of(value)) for column, value in table.sheet.cells(row)]
        if len(cells) == 1 and _ANNOUNCED.match(cells[0][1]):
            return cells[0][1], address(row, cells[0][0])
    return "", ""


def sort_rows(table: Table, mapping: ProposedMapping) -> SortedRows:
    """Return the rows of a table by what they are, in one pass from the top."""
    return _Sorter(table, mapping).sort()
