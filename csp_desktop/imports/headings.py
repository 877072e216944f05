"""Where a sheet's tables begin: the heading row below title rows, single or in two rows, merged or not."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.fillers import is_void
from csp_desktop.imports.grid import CellError, CellValue, SheetGrid, text_of
from csp_desktop.imports.synonyms import Wordings, normalise, shipped

_SEARCHED_ROWS = 200
_GUESSED_ROWS = 30  # where no heading is a known wording, near misses are sought this far
_LONGEST_HEADING = 120
_LONGEST_SHOWN = 300
_MOST_COLUMNS = 250
_TALLEST_HEADING = 12
_MOST_SPREAD = 1_000_000  # overlapping merges could cover the grid many times over
_LEAST_FIELDS = 2
_LEAST_SCORE = 1.6
_SPARE_LETTERS = 8  # line breaks and spaces in a repeated heading
_FIELDS_OF_ANOTHER_TABLE = 3
_TITLE_SHARE = 0.8
_SENTENCE_WORDS = 14
_NUMBER = re.compile(r"^[\d.,/%£\-\s]+$")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table. ``text`` names it uniquely in its table; ``group`` is the heading merged above it."""

    column: int
    text: str
    label: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet: its heading row (the lowest, where there are two) and the rows that are its own.

    ``above`` are the texts of the title rows. ``certain`` is false where no heading was recognised. ``top`` is the
    upper heading row.
    """

    sheet: SheetGrid
    header_row: int
    headings: tuple[Heading, ...]
    last_row: int
    above: tuple[str, ...] = ()
    certain: bool = True
    top: int = 0

    @property
    def rows(self) -> Iterable[int]:
        """Return the numbers of the filled rows below the heading."""
        return (row for row in self.sheet.rows if self.header_row < row <= self.last_row)

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the headings by the texts that tell them apart."""
        return tuple(heading.text for heading in self.headings)

    @property
    def columns(self) -> frozenset[int]:
        """Return the numbers of the columns that have a heading."""
        return frozenset(heading.column for heading in self.headings)


@dataclass(slots=True)
class _Head:
    """The top of a sheet with its merged cells spread out, and the candidates for a heading row."""

    sheet: SheetGrid
    spread: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    wide: dict[tuple[int, int], int] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """Return a cell's text; a merged cell has its range's text everywhere."""
        origin = self.spread.get((row, column), (row, column))
        return " ".join(text_of(self.sheet.value(*origin))[:_LONGEST_SHOWN].split())

    def width_of(self, row: int, column: int) -> int:
        """Return how many columns the merged range at a cell spans, 1 where there is none."""
        return self.wide.get(self.spread.get((row, column), (row, column)), 1)


def find_tables(
    sheet: SheetGrid, header_rows: Collection[int] = (), wordings: Wordings | None = None
) -> tuple[Table, ...]:
    """Return the tables of a sheet from the top down; ``header_rows`` says where their headings are, if it is said.

    A sheet without recognised headings gives one table marked uncertain (for a user to map), or none.
    """
    numbers = list(sheet.rows)
    if not numbers:
        return ()
    known = wordings or shipped()
    starts = sorted(row for row in header_rows if row in sheet.rows) or _header_rows(sheet, numbers, known)
    certain = bool(starts)
    if not starts:
        starts = _fallback(sheet, numbers)
    tables = []
    for at, start in enumerate(starts):
        end = starts[at + 1] - 1 if at + 1 < len(starts) else sheet.last_row
        table = _table(sheet, (start, end), known, certain=certain)
        if table.headings:
            tables.append(table)
    return tuple(tables)


def repeats(table: Table, row: int) -> bool:
    """Say whether a row below the heading is the heading once more, as on printed pages."""
    labels = {heading.column: heading.label for heading in table.headings}
    cells = [(value, labels[column]) for column, value in table.sheet.cells(row) if column in labels]
    same = 0
    for at, (value, label) in enumerate(cells, start=1):
        same += _same_label(value, label)
        if (at - same) * 2 >= len(cells):
            return False
    return same >= _LEAST_FIELDS


def _same_label(value: CellValue, label: str) -> bool:
    alike = isinstance(value, str) and abs(len(value) - len(label)) <= _SPARE_LETTERS
    return alike and normalise(str(value)) == normalise(label)


def _header_rows(sheet: SheetGrid, numbers: list[int], wordings: Wordings) -> list[int]:
    """Return the best heading row of the sheet's top, then those of further tables below it."""
    head = _head(sheet)
    top = numbers[:_SEARCHED_ROWS] if len(numbers) > _SEARCHED_ROWS else numbers[:-1]
    best, best_score = 0, 0.0
    for row in _hopeful(sheet, top, wordings) or top[:_GUESSED_ROWS]:
        score = _score(head, row, wordings)
        if score > best_score * 1.02:
            best, best_score = row, score
    if best_score < _LEAST_SCORE:
        return []
    upper = (row for row in numbers if row < best and _is_heading_row(sheet, row, wordings) and row + 1 != best)
    start = next(upper, best)
    first = _table(sheet, (start, sheet.last_row), wordings, certain=True)
    below = [row for row in numbers if row > first.header_row and _is_heading_row(sheet, row, wordings)]
    starts = [start, *(row for row in below if not repeats(first, row))]
    # headings right below headings are the lower row of one table, not a second one
    return [row for row in starts if row + 1 not in starts]


def _hopeful(sheet: SheetGrid, top: Iterable[int], wordings: Wordings) -> list[int]:
    """Return the rows that hold known headings: those with at least half as many as the row that holds most."""
    found = {
        row: sum(_is_label(value) and bool(wordings.known(str(value))) for _, value in sheet.cells(row)) for row in top
    }
    most = max(found.values(), default=0)
    return [row for row, count in found.items() if count and count * 2 >= most]


def _is_heading_row(sheet: SheetGrid, row: int, wordings: Wordings) -> bool:
    """Say whether a row is beyond doubt a heading row: labels alone, most of them known wordings of several fields."""
    cells = list(sheet.cells(row))
    if len(cells) < _FIELDS_OF_ANOTHER_TABLE or not all(_is_label(value) for _, value in cells):
        return False
    fields: list[frozenset[ActionField]] = []
    for _, value in cells:
        fields.append(wordings.known(str(value)))
        if sum(not found for found in fields) * 3 > len(cells):
            return False
    distinct = {each for found in fields for each in found}
    return sum(bool(found) for found in fields) >= _FIELDS_OF_ANOTHER_TABLE <= len(distinct)


def _head(sheet: SheetGrid) -> _Head:
    """Spread the merged cells near the top; those of a size no heading has are left as they are."""
    head = _Head(sheet)
    top = next(iter(sheet.rows), 1) + _SEARCHED_ROWS * 2
    for merge in sheet.merges:
        if merge.first_row > top or merge.width > _MOST_COLUMNS or len(head.spread) > _MOST_SPREAD:
            continue
        origin = (merge.first_row, merge.first_column)
        head.wide[origin] = merge.width
        for row in range(merge.first_row, min(merge.last_row, merge.first_row + _TALLEST_HEADING) + 1):
            for column in range(merge.first_column, merge.last_column + 1):
                head.spread[row, column] = origin
    return head


def _score(head: _Head, row: int, wordings: Wordings) -> float:
    """Return how much a row looks like a heading row: each field counted once, labels for it, data against it."""
    cells = [(column, value) for column, value in head.sheet.cells(row) if column <= _MOST_COLUMNS]
    if len(cells) < _LEAST_FIELDS:
        return 0.0
    labels = [str(value) for _, value in cells if _is_label(value)]
    if len(labels) < _LEAST_FIELDS or len(labels) * 2 < len(cells):
        return 0.0
    best: dict[object, float] = {}
    for label in labels:
        options = wordings.closeness(label)
        if options:
            meant = max(options, key=lambda each: options[each])
            best[meant] = max(best.get(meant, 0.0), options[meant])
    if len(best) < _LEAST_FIELDS:
        return 0.0
    return sum(best.values()) + 0.05 * len(labels) - 0.3 * (len(cells) - len(labels))


def _is_label(value: CellValue) -> bool:
    """Say whether a cell may be a heading: short text that is no number and no sentence."""
    if not isinstance(value, str):
        return False
    words = value.split()
    return bool(words) and len(value) <= _LONGEST_HEADING and len(words) <= _SENTENCE_WORDS and not _NUMBER.match(value)


def _fallback(sheet: SheetGrid, numbers: list[int]) -> list[int]:
    """Return the row with the most labels near the top, for a sheet whose headings nobody knows."""
    widths = {row: sum(_is_label(value) for _, value in sheet.cells(row)) for row in numbers[:_GUESSED_ROWS]}
    row = max(widths, key=lambda each: (widths[each], -each))
    return [row] if widths[row] >= _LEAST_FIELDS and row != numbers[-1] else []


def _table(sheet: SheetGrid, span: tuple[int, int], wordings: Wordings, *, certain: bool) -> Table:
    """Return the table whose best heading row opens ``span``, with a group row above it or sub-headings below."""
    row, end = span
    head = _head(sheet)
    columns = list(range(1, min(sheet.width, _MOST_COLUMNS) + 1))
    lower = row + 1 if _has_subheadings(head, row, columns) else row
    upper = row - 1 if lower == row and _has_groups(head, row, columns, wordings) else row
    headings = _unique(_heading(head, upper, lower, column) for column in columns)
    above = tuple(text_of(value) for number in sheet.rows if number < upper for _, value in sheet.cells(number))
    return Table(sheet, lower, headings, end, above, certain, upper)


def _has_groups(head: _Head, row: int, columns: list[int], wordings: Wordings) -> bool:
    """Say whether the row above holds group headings (merged over some columns) or headings merged down into it."""
    above = row - 1
    if above not in head.sheet.rows:
        return False
    filled = [column for column in columns if head.text(row, column)]
    groups = [column for column in filled if 1 < head.width_of(above, column) < max(len(filled) * _TITLE_SHARE, 2)]
    groups = [column for column in groups if head.text(above, column) and not _same_cell(head, above, row, column)]
    fallen = [column for column in columns if head.text(above, column) and _same_cell(head, above, row, column)]
    bare = [column for column in columns if not head.text(row, column)]
    hanging = [column for column in bare if wordings.closeness(head.text(above, column))]
    return bool(groups or fallen or (hanging and len(filled) >= _LEAST_FIELDS))


def _has_subheadings(head: _Head, row: int, columns: list[int]) -> bool:
    """Say whether the row below holds the sub-headings of merged headings in ``row`` and nothing else of its own."""
    below = row + 1
    if below not in head.sheet.rows:
        return False
    own = [column for column in columns if head.text(below, column) and not _same_cell(head, row, below, column)]
    if not own or not all(_is_label(head.sheet.value(below, column)) for column in own):
        return False
    return all(head.width_of(row, column) > 1 and head.text(row, column) for column in own)


def _same_cell(head: _Head, first: int, second: int, column: int) -> bool:
    return (first, column) in head.spread and head.spread.get((first, column)) == head.spread.get((second, column))


def _heading(head: _Head, upper: int, lower: int, column: int) -> Heading | None:
    """Return a column's heading: the lower text, under the upper one where that is another cell."""
    low, high = head.text(lower, column), head.text(upper, column)
    if lower != upper and _same_cell(head, upper, lower, column):
        low, high = low or high, ""
    if upper == lower or not high:
        # A heading merged over several columns belongs to the first of them.
        origin = head.spread.get((lower, column), (lower, column))
        return Heading(column, low, low) if low and origin[1] == column else None
    if not low:
        return Heading(column, high, high) if head.spread.get((upper, column), (upper, column))[1] == column else None
    in_group = head.width_of(upper, column) > 1
    return Heading(column, low, low, high if in_group else "")


def _unique(headings: Iterable[Heading | None]) -> tuple[Heading, ...]:
    """Return the headings with texts of their own: a repeated one is told apart by its group, else by a number."""
    present = [heading for heading in headings if heading is not None]
    counts: dict[str, int] = {}
    for heading in present:
        counts[heading.label] = counts.get(heading.label, 0) + 1
    seen: dict[str, int] = {}
    unique = []
    for heading in present:
        text = f"{heading.group}: {heading.label}" if heading.group and counts[heading.label] > 1 else heading.label
        seen[text] = seen.get(text, 0) + 1
        if seen[text] > 1:
            text = f"{text} ({seen[text]})"
        unique.append(Heading(heading.column, text, heading.label, heading.group))
    return tuple(unique)


def fill_down(table: Table) -> Mapping[tuple[int, int], CellValue]:
    """Return the values that vertically merged cells below the heading give to the rows they cover."""
    filled: dict[tuple[int, int], CellValue] = {}
    columns = table.columns
    rows = table.sheet.rows
    budget = _MOST_SPREAD
    for merge in table.sheet.merges:
        if merge.height == 1 or merge.first_row <= table.header_row or merge.first_column not in columns:
            continue
        value = table.sheet.value(merge.first_row, merge.first_column)
        if is_void(value) or isinstance(value, CellError):
            continue
        covered = range(merge.first_row + 1, min(merge.last_row, table.last_row) + 1)
        filled.update({(row, merge.first_column): value for row in covered if row in rows})
        budget -= len(covered)
        if budget < 0:
            break
    return filled
