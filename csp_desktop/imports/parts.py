"""The parts of a sheet on which tables stand side by side, each as a sheet of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from csp_desktop.imports.fields import TELLING_FIELDS, ActionField
from csp_desktop.imports.grid import SheetGrid, is_blank
from csp_desktop.imports.heading_cells import MOST_COLUMNS, Known, is_label, plain_text

_SURE = 0.95
_LEAST_TABLES = 2
_WHEN = TELLING_FIELDS | {ActionField.START, ActionField.STATUS}


@dataclass(frozen=True, slots=True)
class Part:
    """Some columns of a sheet, from ``first`` on (1 for the leftmost part); ``sheet`` holds their cells alone."""

    sheet: SheetGrid
    first: int = 1


def parts_of(sheet: SheetGrid, rows: Sequence[int], known: Known) -> tuple[Part, ...]:
    """Return the parts of a sheet, one unless tables stand side by side in it.

    ``rows`` may hold headings. Tables stand side by side where two groups of headings with blank columns between (or
    the same headings again) each name the action and its lead, date, rating or update.
    """
    titled = [row for row in rows if _titles(sheet, row, known)]
    if sum(_titles(sheet, row, known) for row in titled) < _LEAST_TABLES:
        return (Part(sheet),)
    starts = next((found for row in titled if len(found := _starts(sheet, row, known)) >= _LEAST_TABLES), [])
    starts = starts or _offset(sheet, titled, known)
    if len(starts) < _LEAST_TABLES:
        return (Part(sheet),)
    firsts = [1, *starts[1:]]
    ends = [first - 1 for first in firsts[1:]]
    widest = max(sheet.width, 1)
    return tuple(Part(_cut(sheet, first, end), first) for first, end in zip(firsts, [*ends, widest], strict=True))


def _titles(sheet: SheetGrid, row: int, known: Known) -> int:
    """Count the cells of a row that surely name the action."""
    labels = [value for value in sheet.rows[row][:MOST_COLUMNS] if is_label(value)]
    return sum(known.closeness(plain_text(value)).get(ActionField.TITLE, 0.0) >= _SURE for value in labels)


def _starts(sheet: SheetGrid, row: int, known: Known) -> list[int]:
    """Return the first columns of the tables whose headings stand in one row."""
    texts = [plain_text(value) if is_label(value) else "" for value in sheet.rows[row][:MOST_COLUMNS]]
    groups: list[list[int]] = []
    for column, text in enumerate(texts, start=1):
        again = bool(groups) and text == texts[groups[-1][0] - 1] and _is_table(_labels(texts, groups[-1]), known)
        if text and (not groups or groups[-1][-1] != column - 1 or again):
            groups.append([column])
        elif text:
            groups[-1].append(column)
    return [group[0] for group in groups if _is_table(_labels(texts, group), known)]


def _labels(texts: Sequence[str], columns: Iterable[int]) -> list[str]:
    return [texts[column - 1] for column in columns]


def _is_table(labels: Iterable[str], known: Known) -> bool:
    """Say whether headings name an action, and who does it, by when or how it goes."""
    fields = [known.closeness(label) for label in labels]
    titled = any(each.get(ActionField.TITLE, 0.0) >= _SURE for each in fields)
    return titled and any(each.get(meant, 0.0) >= _SURE for each in fields for meant in _WHEN)


def _offset(sheet: SheetGrid, rows: Iterable[int], known: Known) -> list[int]:
    """Return the first columns of tables whose headings stand in different rows, with blank columns between."""
    used = _used(sheet)
    blocks: list[list[int]] = []
    for column in sorted(used):
        if blocks and blocks[-1][-1] == column - 1:
            blocks[-1].append(column)
        else:
            blocks.append([column])
    if len(blocks) < _LEAST_TABLES:
        return []
    rows = list(rows)

    def holds_table(block: Sequence[int]) -> bool:
        labels = ([plain_text(sheet.value(row, column)) for column in block] for row in rows)
        return any(_is_table(filter(None, texts), known) for texts in labels)

    return [block[0] for block in blocks if holds_table(block)]


def _used(sheet: SheetGrid) -> set[int]:
    """Return the columns that rows of several cells fill."""
    used: set[int] = set()
    for values in sheet.rows.values():
        filled = [column for column, value in enumerate(values[:MOST_COLUMNS], start=1) if not is_blank(value)]
        if len(filled) > 1:
            used.update(filled)
    return used


def _cut(sheet: SheetGrid, first: int, last: int) -> SheetGrid:
    """Return a sheet of the cells in some columns, at their own addresses."""
    blank = [None] * (first - 1)
    rows = {number: [*blank, *values[first - 1 : last]] for number, values in sheet.rows.items()}
    kept = {number: values for number, values in rows.items() if not all(is_blank(value) for value in values)}
    merges = tuple(merge for merge in sheet.merges if first <= merge.first_column and merge.last_column <= last)
    return replace(sheet, rows=kept, merges=merges)
