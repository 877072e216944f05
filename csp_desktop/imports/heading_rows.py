"""The headings of one table from the rows that hold them: one row, or several merged, grouped or in two languages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from csp_desktop.imports.grid import SheetGrid, column_letters, is_blank
from csp_desktop.imports.heading_cells import MOST_COLUMNS, TALLEST, HeadingCells, Known, is_label
from csp_desktop.imports.synonyms import normalise
from csp_desktop.imports.tables import Heading

_TITLE_SHARE = 0.8
_HALF = 0.5
_LEAST = 2
_LEAST_TOLD_TWICE = 3
_AGREED = 0.8
_SAMPLED_ROWS = 200
_FEWEST_FILLED = 0.25


@dataclass(frozen=True, slots=True)
class HeadingSpan:
    """The rows of one table's headings, both inside. ``told_twice`` are rows that say the row below in other words."""

    top: int
    bottom: int
    told_twice: frozenset[int] = frozenset()


class SpanFinder:
    """Finds the heading rows around the best one."""

    def __init__(self, cells: HeadingCells, known: Known) -> None:
        self._cells = cells
        self._known = known
        self._columns = range(1, min(cells.sheet.width, MOST_COLUMNS) + 1)

    def span(self, row: int) -> HeadingSpan:
        """Return the heading rows of the table whose best heading row is ``row``."""
        bottom = max(row, self._merged_down(row))
        told: set[int] = set()
        while bottom - row < TALLEST and (twice := self._says_twice(bottom, below=True)) | self._has_parts(bottom):
            if twice:
                told.add(bottom)
            bottom += 1
        top = row
        while row - top < TALLEST and (twice := self._says_twice(top - 1)) | self._has_groups(top):
            top -= 1
            if twice:
                told.add(top)
        return HeadingSpan(top, bottom, frozenset(told))

    def _merged_down(self, row: int) -> int:
        """Return how far down headings of a row are merged, where nothing but headings stands beside them."""
        reach = row
        for column in self._columns:
            merge = self._cells.merge_at(row, column)
            if merge and merge.height <= TALLEST and self._cells.text(row, column):
                reach = max(reach, merge.last_row)
        between = [value for each in range(row + 1, reach + 1) for _, value in self._cells.filled(each)]
        return reach if all(is_label(value) for value in between) else row

    def _own(self, row: int, above: int) -> list[int]:
        """Return the columns in which a row has cells that are not merged with those of the row above."""
        return [c for c in self._columns if self._cells.text(row, c) and not self._cells.is_same_cell(above, row, c)]

    def _has_parts(self, row: int) -> bool:
        """Say whether the row below holds what stands under the merged headings of ``row``, and nothing else."""
        below = row + 1
        own = self._own(below, row) if below in self._cells.sheet.rows else []
        if not own or not all(is_label(self._cells.sheet.value(below, column)) for column in own):
            return False
        if all(self._cells.width_of(row, column) > 1 and self._cells.text(row, column) for column in own):
            return True
        headed = {column for column in self._columns if self._cells.text(row, column)}
        few = _LEAST <= len(own) < len(headed.union(own))
        return few and all(self._known.exact(self._cells.text(below, column)) for column in own)

    def _has_groups(self, row: int) -> bool:
        """Say whether the row above holds group headings (merged over some columns) or headings merged down into it."""
        above, cells = row - 1, self._cells
        if above not in cells.sheet.rows:
            return False
        filled = [column for column in self._columns if cells.text(row, column)]
        groups = [c for c in filled if 1 < cells.width_of(above, c) < max(len(filled) * _TITLE_SHARE, 2)]
        groups = [c for c in groups if cells.text(above, c) and not cells.is_same_cell(above, row, c)]
        if groups and self._is_title(above, filled):
            return False
        fallen = [c for c in self._columns if cells.text(above, c) and cells.is_same_cell(above, row, c)]
        bare = [column for column in self._columns if not cells.text(row, column)]
        hanging = [column for column in bare if self._known.closeness(cells.text(above, column))]
        return bool(groups or fallen or (hanging and len(filled) >= _LEAST) or self._repeats_groups(above, filled))

    def _is_title(self, row: int, headed: Sequence[int]) -> bool:
        """Say whether one merged cell alone, from the first column over half of the table, is a title."""
        cells = self._cells.filled(row)
        wide = self._cells.width_of(row, cells[0][0]) >= max(len(headed) * _HALF, _LEAST_TOLD_TWICE)
        return len(cells) == 1 and wide and cells[0][0] <= headed[0]

    def _repeats_groups(self, above: int, headed: Sequence[int]) -> bool:
        """Say whether the row above gives neighbours the same heading ("Who", "Who"), as groups without merging."""
        values = [self._cells.text(above, column) for column in headed]
        same = sum(first == second != "" for first, second in pairwise(values))
        return same > 0 and all(is_label(value) for _, value in self._cells.filled(above)) and len(set(values)) > 1

    def _says_twice(self, upper: int, *, below: bool = False) -> bool:
        """Say whether two rows name the same columns, each in its own words (as in two languages).

        ``below``: the lower row is the one in doubt, so that its words must be known.
        """
        cells, lower = self._cells, upper + 1
        if upper not in cells.sheet.rows or lower not in cells.sheet.rows:
            return False
        first, second = (dict(cells.filled(row)) for row in (upper, lower))
        both = [column for column in first if column in second]
        if len(both) < max(_LEAST_TOLD_TWICE, max(len(first), len(second)) * _TITLE_SHARE):
            return False
        if not all(is_label(value) for value in (*first.values(), *second.values())):
            return False
        words = [(normalise(cells.text(upper, column)), normalise(cells.text(lower, column))) for column in both]
        if any(one == other for one, other in words) or len({one for one, _ in words}) < len(words):
            return False
        agreed = sum(bool(self._sure(upper, column) & self._sure(lower, column)) for column in both)
        # a full row right above the headings is theirs too, unless it ends a table above them
        return agreed * 2 >= len(both) or not (below or len(cells.filled(upper - 1)) >= _LEAST)

    def _sure(self, row: int, column: int) -> set[object]:
        close = self._known.closeness(self._cells.text(row, column))
        return {meant for meant, score in close.items() if score >= _AGREED}


class HeadingMaker:
    """Puts the headings of a table's columns together."""

    def __init__(self, cells: HeadingCells, known: Known) -> None:
        self._cells = cells
        self._known = known

    def headings(self, span: HeadingSpan, rows: Sequence[int]) -> tuple[Heading, ...]:
        """Return the headings of a table, those of columns without one among them that its ``rows`` fill."""
        columns = range(1, min(self._cells.sheet.width, MOST_COLUMNS) + 1)
        named = _unique(self._heading(span, column) for column in columns)
        return tuple(sorted((*named, *self._nameless(named, rows)), key=lambda each: each.column))

    def _heading(self, span: HeadingSpan, column: int) -> Heading | None:
        """Return a column's heading: the lowest text, under the groups above it where those are other cells."""
        filled = [row for row in range(span.top, span.bottom + 1) if self._cells.text(row, column)]
        places = {self._cells.origin(row, column): row for row in reversed(filled)}
        # a heading merged over several columns belongs to the first of them
        if not places or next(iter(places))[1] != column:
            return None
        (_, row), *above = places.items()
        above.reverse()
        label, parts = self._cells.text(row, column), []
        groups = self._carried(span, column) if not above else []
        for place, upper in above:
            text = self._cells.text(*place)
            if upper in span.told_twice:
                parts.append(text)
            elif self._cells.width_of(upper, column) > 1 or self._is_group(span, upper, column):
                groups.append(text)
            elif not self._known.closeness(label) and self._known.closeness(text):
                label = text  # "(dd/mm/yyyy)" below "Due date" says nothing of its own
        parts.append(label)
        label = " / ".join(parts)
        return Heading(column, label, label, " ".join(groups), tuple(parts))

    def _is_group(self, span: HeadingSpan, row: int, column: int) -> bool:
        """Say whether an unmerged heading stands over this column and, blank there, over the next one too."""
        right = column + 1
        same = self._cells.text(row, right) in {"", self._cells.text(row, column)}
        lower = range(row + 1, span.bottom + 1)
        return same and any(self._cells.text(each, right) for each in lower)

    def _carried(self, span: HeadingSpan, column: int) -> list[str]:
        """Return the group to the left that a heading in the lower rows alone belongs to."""
        for left in range(column - 1, 0, -1):
            text = self._cells.text(span.top, left)
            below = self._cells.text(span.bottom, left) if span.bottom > span.top else ""
            if text or not below:
                return [text] if text and below and self._is_group(span, span.top, left) else []
        return []

    def _nameless(self, named: Sequence[Heading], rows: Sequence[int]) -> list[Heading]:
        """Return the columns without a heading whose cells are filled, beside or between those that have one."""
        known = [heading.column for heading in named]
        if len(known) < _LEAST:
            return []
        counts = _counts(self._cells.sheet, rows, frozenset(known))
        filled = {column for column, count in counts.items() if count >= max(_LEAST, counts[0] * _FEWEST_FILLED)}
        last = max(known)
        while last + 1 in filled:
            last += 1
        found = [column for column in range(1, last + 1) if column in filled - set(known)]
        if len(found) * 2 > len(known):
            return []
        names = [f"Column {column_letters(column)}" for column in found]
        return [Heading(column, name, name, is_named=False) for column, name in zip(found, names, strict=True)]


def _counts(sheet: SheetGrid, rows: Iterable[int], known: frozenset[int]) -> dict[int, int]:
    """Count the filled cells by column over the first fuller rows; 0 counts those rows."""
    counts = {0: 0}
    for row in rows:
        filled = [column for column, value in enumerate(sheet.rows[row][:MOST_COLUMNS], start=1) if not is_blank(value)]
        if sum(column in known for column in filled) < _LEAST:
            continue
        counts[0] += 1
        for column in filled:
            counts[column] = counts.get(column, 0) + 1
        if counts[0] == _SAMPLED_ROWS:
            break
    return counts


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
        unique.append(Heading(heading.column, text, heading.label, heading.group, heading.parts))
    return tuple(unique)
