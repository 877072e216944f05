"""Where a sheet's tables are: below title rows, one below the other or side by side, each with its own headings."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.imports.captions import Captions
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import SheetGrid, text_of
from csp_desktop.imports.heading_cells import MOST_COLUMNS, HeadingCells, Known, is_label
from csp_desktop.imports.heading_rows import HeadingMaker, HeadingSpan, SpanFinder
from csp_desktop.imports.parts import Part, parts_of
from csp_desktop.imports.synonyms import Wordings, shipped
from csp_desktop.imports.tables import Lines, Table

SEARCHED_ROWS = 200
_GUESSED_ROWS = 30  # where no heading is a known wording, near misses are sought this far
_LEAST_FIELDS = 2
_LEAST_SCORE = 1.6
_FIELDS_OF_ANOTHER_TABLE = 3


def find_tables(
    sheet: SheetGrid, header_rows: Collection[int] = (), wordings: Wordings | None = None
) -> tuple[Table, ...]:
    """Return the tables of a sheet from the top down; ``header_rows`` says where their headings are, if it is said.

    A sheet without recognised headings gives one table marked uncertain (for a user to map), or none.
    """
    if not sheet.rows:
        return ()
    known = Known(wordings or shipped())
    said = sorted(row for row in header_rows if row in sheet.rows)
    hopeful = said or _hopeful(sheet, list(sheet.rows)[:SEARCHED_ROWS], known)
    tables = [table for part in parts_of(sheet, hopeful, known) for table in _PartSearch(sheet, part, known).find(said)]
    if len(tables) > 1:
        tables = _captioned(tables)
    return tuple(sorted(tables, key=lambda table: (table.header_row, table.headings[0].column)))


def _captioned(tables: Sequence[Table]) -> list[Table]:
    """Return the tables with the name above each; above a first one it is the sheet's title unless all have one."""
    captions = [Captions(table.sheet).above(table.top) for table in tables]
    first = {table.part: at for at, table in reversed(list(enumerate(tables)))}
    later = [at for at in range(len(tables)) if at not in first.values()]
    named = all(captions[at].text for at in later or range(len(tables)))
    return [
        table if table.caption.text or (first[table.part] == at and not named) else replace(table, caption=captions[at])
        for at, table in enumerate(tables)
    ]


@dataclass(frozen=True, slots=True)
class _Start:
    """The heading rows of one table, and the rows further down that repeat them."""

    span: HeadingSpan
    lines: Lines


class _PartSearch:
    """Finds the tables of one part of a sheet."""

    def __init__(self, whole: SheetGrid, part: Part, known: Known) -> None:
        self._whole = whole
        self._part = part
        self._sheet = part.sheet
        self._known = known
        self._cells = HeadingCells(part.sheet)
        self._spans = SpanFinder(self._cells, known)
        self._captions = Captions(part.sheet)

    def find(self, said: Collection[int]) -> Iterable[Table]:
        """Yield the tables from the top down; ``said`` are the rows where their headings are, if it is said."""
        numbers = list(self._sheet.rows)
        if not numbers:
            return
        rows = [row for row in said if row in self._sheet.rows] or self._sure_rows(numbers)
        certain = bool(rows)
        starts = self._starts(rows or _fallback(self._sheet, numbers), said=bool(said))
        titles = [row for row in self._whole.rows if starts and row < starts[0].span.top]
        before = 0
        for at, start in enumerate(starts):
            following = starts[at + 1].span.top if at + 1 < len(starts) else 0
            end = self._captions.top_of(following) - 1 if following else self._sheet.last_row
            own = numbers[bisect_right(numbers, start.span.bottom) : bisect_right(numbers, end)]
            between = numbers[bisect_right(numbers, before) : bisect_left(numbers, start.span.top)] if before else []
            table = self._table(start.span, own, [*titles, *between])
            if table.headings:
                yield replace(table, last_row=end, certain=certain)
            before = end

    def _table(self, span: HeadingSpan, rows: Sequence[int], titles: Iterable[int]) -> Table:
        """Return the table of some heading rows and the rows below them, with the name above it."""
        table = Table(
            self._sheet,
            span.bottom,
            HeadingMaker(self._cells, self._known).headings(span, rows),
            rows[-1] if rows else span.bottom,
            rows=tuple(rows),
            above=tuple(text_of(value) for row in titles for _, value in self._whole.cells(row)),
            top=span.top,
            part=self._part.first,
        )
        names = {self._captions.above(row, table.header_row).text for row in table.repeated}
        named = bool(names.difference(table.above, {""}))
        caption = self._captions.above(span.top) if named else self._captions.told_above(span.top)
        return replace(table, caption=caption)

    def _starts(self, rows: Iterable[int], *, said: bool) -> list[_Start]:
        """Return where tables start; rows of one heading, and those that repeat the one before, are no second table."""
        starts: list[_Start] = []
        for row in rows:
            if starts and (row <= starts[-1].span.bottom or (not said and starts[-1].lines.repeats(row))):
                continue
            span = self._spans.span(row)
            if starts and span.top <= starts[-1].span.bottom:
                span = replace(span, top=row)
            starts.append(_Start(span, Lines(self._sheet, range(span.top, span.bottom + 1))))
        return starts

    def _sure_rows(self, numbers: list[int]) -> list[int]:
        """Return the best heading row of the part's top, and every row that is a heading row beyond doubt."""
        top = numbers[:SEARCHED_ROWS]
        best, best_score = 0, 0.0
        for row in _hopeful(self._sheet, top, self._known) or top[:_GUESSED_ROWS]:
            score = self._score(row)
            if score > best_score * 1.02:
                best, best_score = row, score
        if best_score < _LEAST_SCORE:
            return []
        sure = [row for row in numbers if self._is_heading_row(row)]
        return sure if sure and sure[0] < best else sorted({best, *sure})

    def _score(self, row: int) -> float:
        """Return how much a row looks like a heading row: each field counted once, labels for it, data against it."""
        # the months of a Gantt chart stand in its heading row as dates
        cells = [cell for cell in self._cells.filled(row) if not isinstance(cell[1], date)]
        labels = [text_of(value) for _, value in cells if is_label(value)]
        if len(labels) < _LEAST_FIELDS or len(labels) * 2 < len(cells):
            return 0.0
        best: dict[ActionField, float] = {}
        for label in labels:
            options = self._known.closeness(label)
            if options:
                meant = max(options, key=lambda each: options[each])
                best[meant] = max(best.get(meant, 0.0), options[meant])
        if len(best) < _LEAST_FIELDS:
            return 0.0
        return sum(best.values()) + 0.05 * len(labels) - 0.3 * (len(cells) - len(labels))

    def _is_heading_row(self, row: int) -> bool:
        """Say whether a row is beyond doubt a heading row: labels alone, most of them known, of several fields."""
        values = [value for value in self._sheet.rows[row] if value is not None]
        if len(values) < _FIELDS_OF_ANOTHER_TABLE or not all(isinstance(value, str) for value in values):
            return False
        cells = self._cells.filled(row)
        if len(cells) < _FIELDS_OF_ANOTHER_TABLE or not all(is_label(value) for _, value in cells):
            return False
        fields: list[frozenset[ActionField]] = []
        for _, value in cells:
            fields.append(self._known.exact(value))
            if sum(not found for found in fields) * 3 > len(cells):
                return False
        distinct = {each for found in fields for each in found}
        return sum(bool(found) for found in fields) >= _FIELDS_OF_ANOTHER_TABLE <= len(distinct)


def _hopeful(sheet: SheetGrid, top: Iterable[int], known: Known) -> list[int]:
    """Return the rows that hold known headings: those with at least half as many as the row that holds most."""
    found = {
        row: sum(is_label(value) and bool(known.exact(value)) for value in sheet.rows[row][:MOST_COLUMNS])
        for row in top
    }
    most = max(found.values(), default=0)
    return [row for row, count in found.items() if count and count * 2 >= most]


def _fallback(sheet: SheetGrid, numbers: list[int]) -> list[int]:
    """Return the row with the most labels near the top, for a sheet whose headings nobody knows."""
    widths = {row: sum(is_label(value) for value in sheet.rows[row]) for row in numbers[:-1][:_GUESSED_ROWS]}
    row = max(widths, key=lambda each: (widths[each], -each), default=0)
    return [row] if row and widths[row] >= _LEAST_FIELDS else []
