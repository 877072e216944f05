"""The tables of an update workbook as they came back: whatever was sorted, inserted, renamed, moved or saved anew."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from csp_desktop.exports.layout import (
    ACTION_COLUMNS,
    COLUMNS,
    HEAD_MARK,
    MILESTONE_COLUMNS,
    PROPERTY,
    Kind,
    UpdateColumn,
    read_mark,
    row_number,
)
from csp_desktop.imports.grid import CellValue, SheetGrid, WorkbookGrid, is_blank, text_of
from csp_desktop.imports.synonyms import normalise

_LEAST_MARKS = 3
_LEAST_HEADINGS = 6
_SEARCHED = 200
_MOST_COVERED = 10_000
_TELLING = frozenset({"update", "last_update", "due", "baseline_due"})
"""Headings that only an update workbook has beside each other."""
_TELLING_STEPS = frozenset({"milestone.title", "milestone.due", "milestone.actual_end"})
"""And those of its milestones."""


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A filled row of a returned table: the values of its cells by column key."""

    sheet: str
    row: int
    values: Mapping[str, CellValue]
    extra: Mapping[int, CellValue] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return what a cell reads, "" where it is blank or there is no such column."""
        return text_of(self.values.get(key))


@dataclass(frozen=True, slots=True)
class ReturnedTable:
    """One table. ``columns``: number to key; ``headings``: number to heading as it stands; ``others`` are not ours.

    ``hidden`` says that its sheet is hidden; ``covered`` are the cells (row, column) that lie under a merged one, which
    their owner cannot have emptied.
    """

    sheet: SheetGrid
    header_row: int
    columns: Mapping[int, str]
    headings: Mapping[int, str]
    others: tuple[int, ...]
    rows: tuple[ReturnedRow, ...]
    covered: frozenset[tuple[int, int]]

    @property
    def is_of_milestones(self) -> bool:
        """Say whether its rows are milestones."""
        return any(key.startswith("milestone.") for key in self.columns.values())

    def with_columns(self, columns: Mapping[int, str]) -> "ReturnedTable":
        """Return the table read by other columns."""
        headings = [(number, text) for number, text in self.headings.items() if number in columns]
        rows = tuple(_rows(self.sheet, self.header_row, columns, headings))
        others = tuple(number for number in self.headings if number not in columns)
        return replace(self, columns=dict(columns), others=others, rows=rows)

    @property
    def numbers(self) -> dict[str, int]:
        """Return the number of the column by each key."""
        return {key: number for number, key in self.columns.items()}


@dataclass(frozen=True, slots=True)
class ReturnedGrid:
    """A file that is an update workbook: the key of its export ("" where every trace of it is gone), and its tables."""

    key: str
    tables: tuple[ReturnedTable, ...]


def find_returned(grid: WorkbookGrid) -> ReturnedGrid | None:
    """Return a file's tables where it is an update workbook, None for any other file."""
    marks = {sheet.name: _marks(sheet) for sheet in grid.sheets}
    keys = Counter(key for found in marks.values() for _, columns in found for key, _ in columns.values())
    key = keys.most_common(1)[0][0] if keys else _key_beside(grid)
    tables = []
    for sheet in grid.sheets:
        if sheet.name == _hidden_name(grid):
            continue
        spans = [(row, columns) for row, columns in marks[sheet.name] if any(k == key for k, _ in columns.values())]
        table = _marked(sheet, spans[0]) if spans else _headed(sheet)
        if table is not None:
            tables.append(table)
    told = [set(table.columns.values()) for table in tables]
    if not tables or (not key and not any(keys >= _TELLING or keys >= _TELLING_STEPS for keys in told)):
        return None
    return ReturnedGrid(key, tuple(tables))


def hidden_sheet(grid: WorkbookGrid) -> SheetGrid | None:
    """Return the sheet that carries the export's key and its base, hidden or not; None where it is gone."""
    name = _hidden_name(grid)
    return next((sheet for sheet in grid.sheets if sheet.name == name), None)


def hidden_values(sheet: SheetGrid, until: int) -> dict[str, str]:
    """Return the names and values of the hidden sheet's first rows."""
    rows = ((text_of(sheet.value(row, 1)), text_of(sheet.value(row, 2))) for row in sheet.rows if row < until)
    return {name: value for name, value in rows if name}


def _hidden_name(grid: WorkbookGrid) -> str | None:
    return next((sheet.name for sheet in grid.sheets if text_of(sheet.value(1, 1)) == HEAD_MARK), None)


def _key_beside(grid: WorkbookGrid) -> str:
    """Return the export's key by the hidden sheet or the document property, "" where neither tells."""
    sheet = hidden_sheet(grid)
    told = [cell for values in (sheet.rows.values() if sheet else ()) for cell in values[1:2]]
    for text in (*told, grid.properties.get(PROPERTY, "")):
        mark = read_mark(text) if isinstance(text, str) else None
        if mark is not None:
            return mark[0]
    return ""


def _marks(sheet: SheetGrid) -> list[tuple[int, dict[int, tuple[str, str]]]]:
    """Return the rows that name columns by their keys: row number, then (export key, column key) by column."""
    found = []
    for row, values in islice(sheet.rows.items(), _SEARCHED):
        if not any(isinstance(value, str) and value.lstrip().startswith("EXP-") for value in values):
            continue
        marks = {
            column: mark
            for column, value in enumerate(values, start=1)
            if isinstance(value, str) and (mark := read_mark(value)) is not None and mark[1] in COLUMNS
        }
        if len(marks) >= _LEAST_MARKS:
            found.append((row, marks))
    return found


def _marked(sheet: SheetGrid, span: tuple[int, Mapping[int, tuple[str, str]]]) -> ReturnedTable | None:
    """Return the table below a row of marks; its headings are the next filled row."""
    mark_row, marks = span
    header = next((row for row in sheet.rows if row > mark_row), 0)
    if not header:
        return None
    if any(row_number(marks[column][0], text_of(value)) for column, value in sheet.cells(header) if column in marks):
        header = mark_row  # the headings were taken out: the marks above them tell the columns
    keys = {column: key for column, (_, key) in marks.items()}
    own = MILESTONE_COLUMNS if any(key.startswith("milestone.") for key in keys.values()) else ACTION_COLUMNS
    by_heading = {normalise(column.heading): column.key for column in own}
    headed = {number: by_heading.get(normalise(text_of(value))) for number, value in sheet.cells(header)}
    for number, key in headed.items():
        if key is not None and number in keys and keys[number] != key:
            keys[number] = key  # a heading that is another column's own moved together with its cells
    for number, key in headed.items():
        if key is not None and number not in keys and key not in keys.values():
            keys[number] = key
    return _table(sheet, header, _once(keys, headed))


def _headed(sheet: SheetGrid) -> ReturnedTable | None:
    """Return the table of a sheet whose marks are gone, by headings that are ours; None where there is none."""
    for row in islice(sheet.rows, _SEARCHED):
        found: list[tuple[int, dict[int, str], dict[int, str | None]]] = []
        for own in (ACTION_COLUMNS, MILESTONE_COLUMNS):
            by_heading = {normalise(column.heading): column.key for column in own}
            headed = {number: by_heading.get(normalise(text_of(value))) for number, value in sheet.cells(row)}
            keys = {number: key for number, key in headed.items() if key is not None}
            if len(keys) >= min(_LEAST_HEADINGS, len(own) - 2):
                found.append((len(keys), keys, headed))
        if found:
            _, keys, headed = max(found, key=lambda each: each[0])
            return _table(sheet, row, _once(keys, headed))
    return None


def _once(keys: Mapping[int, str], headed: Mapping[int, str | None]) -> dict[int, str]:
    """Return each key for one column alone: of a copied column, the one that is still headed so, else the leftmost."""
    chosen: dict[str, int] = {}
    for number in sorted(keys, key=lambda each: (headed.get(each) != keys[each], each)):
        chosen.setdefault(keys[number], number)
    return {number: key for key, number in sorted(chosen.items(), key=lambda pair: pair[1])}


def _table(sheet: SheetGrid, header: int, columns: Mapping[int, str]) -> ReturnedTable:
    headings = {number: text_of(value) for number, value in sheet.cells(header)}
    others = tuple(number for number in headings if number not in columns)
    covered = frozenset(_covered(sheet, header))
    repeated = [(number, text) for number, text in headings.items() if number in columns]
    rows = tuple(_rows(sheet, header, columns, repeated))
    return ReturnedTable(sheet, header, columns, headings, others, rows, covered)


def _rows(
    sheet: SheetGrid, header: int, columns: Mapping[int, str], headings: Sequence[tuple[int, str]]
) -> Iterator[ReturnedRow]:
    """Yield the filled rows below the headings; the headings once more are no row."""
    for row, values in sheet.rows.items():
        if row <= header:
            continue
        found: dict[str, CellValue] = {}
        extra: dict[int, CellValue] = {}
        for number, value in enumerate(values, start=1):
            if is_blank(value):
                continue
            if number in columns:
                found[columns[number]] = value
            else:
                extra[number] = value
        if (found or extra) and not _is_headings(found, columns, headings):
            yield ReturnedRow(sheet.name, row, found, extra)


def _is_headings(
    found: Mapping[str, CellValue], columns: Mapping[int, str], headings: Sequence[tuple[int, str]]
) -> bool:
    same = sum(text_of(found.get(columns[number])) == text for number, text in headings)
    marks = sum(isinstance(value, str) and read_mark(value) is not None for value in found.values())
    return same * 2 > len(found) or marks >= _LEAST_MARKS


def _covered(sheet: SheetGrid, header: int) -> Iterable[tuple[int, int]]:
    for merge in sheet.merges:
        if merge.last_row > header and merge.width * merge.height <= _MOST_COVERED:
            for row in range(merge.first_row, merge.last_row + 1):
                for column in range(merge.first_column, merge.last_column + 1):
                    if (row, column) != (merge.first_row, merge.first_column):
                        yield row, column


def column_of(key: str) -> UpdateColumn:
    """Return the column of a key."""
    return COLUMNS[key]


def is_row_id(key: str) -> bool:
    """Say whether a column holds row ids."""
    return COLUMNS[key].kind is Kind.ROW_ID
