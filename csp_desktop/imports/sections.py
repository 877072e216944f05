"""Which rows below a heading are data, which give a theme to the rows below them, and which are neither."""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from csp_desktop.imports.captions import Captions
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.fillers import (
    are_hints,
    are_numbered,
    are_tags,
    is_example,
    is_key,
    is_note,
    is_sure_hint,
    is_total,
    is_void,
)
from csp_desktop.imports.grid import CellValue, address, text_of
from csp_desktop.imports.mapping import ProposedMapping
from csp_desktop.imports.merged_cells import filled_cells
from csp_desktop.imports.prepared import FilledCells, PreparedRows
from csp_desktop.imports.records import Ignored, IgnoredRow
from csp_desktop.imports.tables import Table
from csp_desktop.rules.folding import fold

_SECTION = re.compile(
    r"(?:(?:strategic |key |our )?(?:priority|theme|objective|aim|goal|strand|section|part|pillar|outcome|work ?stream|"
    r"programme|project|area|axe)\b(?:\s+(?:area|theme|objective))?\s*(?:no\.?\s*)?"
    r"(?:\d+|[a-h]\b|one|two|three|four|five|six|[ivx]+\b)?\s*[:.\-\u2013)]*)",
    re.IGNORECASE,
)
_NUMBERED_SECTION = re.compile(_SECTION.pattern + r"\Z", re.IGNORECASE)
_DITTO = frozenset(
    {'"', "''", "\u3003", "\u2033", "\u201d", "as above", "ditto", "do", "same as above", "same", "see above"}
)
_DITTO_STARTS = frozenset(each for word in _DITTO for each in (word[0], word[0].upper())) | {" "}
_LONGEST_DITTO = 20
_LONGEST_NUMBER = 40
_LONGEST_TITLE = 14
_HINT_ROWS = 3
_LEAST_WORDS = 2  # a single word in the column of refs is a ref without its action
_HEADING_FIELDS = frozenset({ActionField.SOURCE_REF, ActionField.THEME, ActionField.OBJECTIVE, ActionField.PRIORITY})
_NAMING_FIELDS = _HEADING_FIELDS | {ActionField.TITLE}
_NO_ACTION = frozenset(
    {"none", "n/a", "na", "nil", "-", "no action", "no actions", "no action required", "not applicable"}
)
_KEY_HEADINGS = frozenset({"key", "legend", "rag", "brag", "rag key", "rag status", "rag rating", "rating", "colour"})
_PAIR = 2
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
    """The rows of a table by what they are. ``doubtful`` rows were taken as sections on slender grounds.

    ``hidden`` are the numbers of its rows of data that the owner's program does not show, read or not.
    """

    data: tuple[DataRow, ...]
    ignored: tuple[IgnoredRow, ...]
    doubtful: tuple[tuple[int, int], ...] = ()
    hidden: tuple[int, ...] = ()


class _Sorter:
    """Goes down a table once, knowing its columns and what came before."""

    def __init__(self, table: Table, mapping: ProposedMapping, unwanted: Collection[int]) -> None:
        self.table = table
        self.unwanted = unwanted
        self.fields = {each.column: each.field for each in mapping.columns if each.field is not None}
        title = mapping.column_of(ActionField.TITLE)
        self.title = title.column if title else 0
        self.filled = filled_cells(table, self.fields)
        self.columns = table.columns
        self.spans = {
            (merge.first_row, merge.first_column): merge.width for merge in table.sheet.merges if merge.height == 1
        }
        filled = FilledCells()
        self.cells = {row: filled.of(table, row) for row in table.rows if any(True for _ in table.sheet.cells(row))}
        self.rows = list(self.cells)
        self.prepared = PreparedRows(self.cells, self.fields, self.title)
        self.lone = {row: lone for row in self.rows if (lone := self._lone(row)) is not None}
        self.captions = _captions(table)
        self.section = (table.caption.text, table.caption.cell)
        self.data: list[DataRow] = []
        self.ignored: list[IgnoredRow] = []
        self.doubtful: list[tuple[int, int]] = []

    def sort(self) -> SortedRows:
        """Return the rows of the table, sorted."""
        last_full = max((row for row in self.rows if row not in self.lone), default=0)
        sheet, part = self.table.sheet, self.table.part
        hidden = []
        for at, row in enumerate(self.rows):
            why = self._no_data(at, row, last_full)
            if why is None and row in sheet.hidden_rows:
                hidden.append(row)
                why = Ignored.HIDDEN if row in self.unwanted else None
            if why is not None:
                self.ignored.append(IgnoredRow(sheet.name, row, why, part))
            else:
                self.data.append(DataRow(row, self._values(row), *self.section))
        return SortedRows(tuple(self.data), tuple(self.ignored), tuple(self.doubtful), tuple(hidden))

    def _lone(self, row: int) -> tuple[int, str] | None:
        """Return column and text where a row has text in one cell only, merged over others or not."""
        cells = self.cells[row]
        if len(cells) == 1 and isinstance(cells[0][1], str) and not self._continues(row):
            return cells[0][0], text_of(cells[0][1])
        if self._numbers_those_below(row):
            return cells[0][0], f"{text_of(cells[0][1]).rstrip('.')}. {text_of(cells[1][1])}"
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

    def _numbers_those_below(self, row: int) -> bool:
        """Say whether a row holds a ref and a title alone and the next filled row's ref goes on from it: 1 and 1.1."""
        cells = self.cells[row]
        refs = [column for column, meant in self.fields.items() if meant is ActionField.SOURCE_REF]
        if not refs or [column for column, _ in cells] != [refs[0], self.title]:
            return False
        number = text_of(cells[0][1]).rstrip(".")
        below = next((self.cells[each] for each in self._below(row) if self.cells[each]), [])
        next_ref = text_of(below[0][1]) if len(below) > len(cells) and below[0][0] == refs[0] else ""
        return number.isdecimal() and next_ref.startswith(f"{number}.") and next_ref != f"{number}."

    def _below(self, row: int) -> list[int]:
        at = bisect_right(self.rows, row)
        return self.rows[at : at + 2]

    def _continues(self, row: int) -> bool:
        """Say whether a row lies under a title merged downwards: it goes on with that action."""
        return self.title in self.filled.get(row, ())

    def _no_data(self, at: int, row: int, last_full: int) -> Ignored | None:
        """Return why a row is no data, None where it is; a section is remembered on the way."""
        cells = self.cells[row]
        if not cells or (at < _HINT_ROWS and self._tells_how_to_fill(row)):
            return Ignored.HINT if cells else Ignored.FILLER
        if row in self.table.repeated or (row in self.lone and self.lone[row][1] in self.table.above):
            return Ignored.REPEATED_HEADING
        if row in self.captions:
            self.section = self.captions[row]
            return Ignored.SECTION
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
            return None if self.prepared.cells(row) else Ignored.FILLER
        if row > last_full:
            return Ignored.NOTE
        if column > self.title:
            return Ignored.OUTSIDE
        self.section = (self.lone[row][1], address(row, column))
        return Ignored.SECTION

    def _is_section(self, row: int, column: int, text: str) -> bool:
        """Say whether a lone text is a section beyond doubt: merged over much of the table, or so worded."""
        wide = self.spans.get((row, column), 1) >= max(2, len(self.table.headings) // 2)
        found = _SECTION.match(text)
        if len(self.cells[row]) > 1:
            return True
        return wide or (found is not None and (found.end() < len(text) or column != self.title or ":" in text))

    def _title_alone(self, at: int, row: int, last_full: int) -> Ignored | None:
        """Return SECTION for a lone text in the title column above fuller rows; among its like it is an action."""
        neighbours = [self.rows[each] for each in (at - 1, at + 1) if 0 <= each < len(self.rows)]
        text = self.lone[row][1]
        if row > last_full and at and row - 1 not in self.cells and _is_sentence(text):
            return Ignored.NOTE
        crowd = any(each in self.lone and self.lone[each][0] == self.title for each in neighbours)
        if row > last_full or crowd:
            return None
        self.section = (text, address(row, self.title))
        self.doubtful.append((row, self.title))
        return Ignored.SECTION

    def _helping(self, at: int, row: int, values: Sequence[CellValue]) -> Ignored | None:
        """Return why a row of several cells is no data: an aside, a total, an example, hints, prepared, headings."""
        first = text_of(values[0])
        title = text_of(self.table.sheet.value(row, self.title)) if self.title else ""
        aside = self._aside(row, values, title)
        if aside is not None:
            return aside
        if is_example(first) or (at < _HINT_ROWS and is_example(title)):
            return Ignored.EXAMPLE
        if at < _HINT_ROWS and are_hints(values):
            return Ignored.HINT
        if not self.title or any(column == self.title for column, _ in self.cells[row]):
            return None
        return self._untitled(row)

    def _aside(self, row: int, values: Sequence[CellValue], title: str) -> Ignored | None:
        """Return NOTE for a key or "Signed:" beside "Date:", TOTAL for a total, FILLER for an action called "None"."""
        first = text_of(values[0])
        is_form = all(isinstance(value, str) and text_of(value).endswith(":") for value in values)
        explains = is_key(values) and self.fields.get(self.cells[row][0][0]) is not ActionField.RAG
        if is_form or explains or self._heads_key(row):
            return Ignored.NOTE
        if is_total(first) and (not _has_words(title) or is_total(title)):
            return Ignored.TOTAL
        no_action = fold(title).rstrip(".") in _NO_ACTION and not self._says_more(row)
        return Ignored.FILLER if no_action else None

    def _heads_key(self, row: int) -> bool:
        """Say whether a row is the heading of a key to the colours in the rows below it: "Key" beside "Meaning"."""
        below = next(iter(self._below(row)), 0)
        if len(self.cells[row]) != _PAIR or fold(text_of(self.cells[row][0][1])).rstrip(":") not in _KEY_HEADINGS:
            return False
        return below > 0 and len(self.cells[below]) == _PAIR and is_key([value for _, value in self.cells[below]])

    def _says_more(self, row: int) -> bool:
        """Say whether a row says more of an action than which it is and what it is called."""
        return any(self.fields.get(column, ActionField.TITLE) not in _NAMING_FIELDS for column, _ in self.cells[row])

    def _tells_how_to_fill(self, row: int) -> bool:
        """Say whether a row tells what goes into the columns: "Free text" and "dd/mm/yyyy" are more than prompts."""
        values = [value for _, value in self.table.sheet.cells(row)]
        told = [value for value in values if not is_void(value) or is_sure_hint(value)]
        title = self.table.sheet.value(row, self.title)
        return (
            are_tags(values)
            or are_numbered(values)
            or (are_hints(told) and (is_void(title) or are_hints([title, title])))
        )

    def _untitled(self, row: int) -> Ignored | None:
        """Return FILLER for a prepared row without a title, SECTION for one that only names theme or objective."""
        cells = self.prepared.cells(row)
        fields = {self.fields.get(column) for column, _ in cells}
        if not cells or fields <= {ActionField.SOURCE_REF}:
            return Ignored.FILLER
        if fields <= {None}:
            return Ignored.OUTSIDE
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
        values = {column: value for column, value in self.cells[row] if column in self.columns}
        said_above = [column for column, value in values.items() if column != self.title and _is_ditto(value)]
        if said_above:
            above: Mapping[int, CellValue] = self.data[-1].values if self.data else {}
            for column in said_above:
                values[column] = above.get(column)
                if values[column] is None:
                    del values[column]
        for column, value in self.filled.get(row, {}).items():
            if self.fields.get(column) not in _NEVER_FILLED:
                values.setdefault(column, value)
        return values


def _is_ditto(value: CellValue) -> bool:
    return (
        isinstance(value, str) and len(value) <= _LONGEST_DITTO and value[:1] in _DITTO_STARTS and fold(value) in _DITTO
    )


def _is_sentence(text: str) -> bool:
    return text.endswith((".", ":")) or len(text.split()) > _LONGEST_TITLE


def _has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _captions(table: Table) -> dict[int, tuple[str, str]]:
    """Return, by row, the names above the headings where they are repeated."""
    names = Captions(table.sheet)
    found = (names.above(row, table.header_row) for row in table.repeated if row - 1 not in table.repeated)
    return {each.row: (each.text, each.cell) for each in found if each.text and each.text not in table.above}


def sort_rows(table: Table, mapping: ProposedMapping, *, unhidden_only: bool = False) -> SortedRows:
    """Return the rows of a table by what they are, in one pass from the top.

    ``unhidden_only``: rows of data that the owner's program hides are ignored.
    """
    return _Sorter(table, mapping, table.sheet.hidden_rows if unhidden_only else ()).sort()
