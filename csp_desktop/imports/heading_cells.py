"""The cells in which headings stand: their plain texts, with merged cells spread out."""

import re
from collections.abc import Mapping

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import CellValue, Merge, SheetGrid, is_blank, text_of
from csp_desktop.imports.synonyms import Wordings

MOST_COLUMNS = 250
TALLEST = 6
"""The most rows that one table's headings take."""

_LONGEST_HEADING = 120
_LONGEST_SHOWN = 300
_SENTENCE_WORDS = 14
_MOST_SPREAD = 100_000  # overlapping merges could cover a row many times over
_NUMBER = re.compile(r"^[\d.,/%£\-\s]+$")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # hyphens and marks that print nothing


def plain_text(value: CellValue) -> str:
    """Return a heading's text on one line, without what cannot be seen."""
    return " ".join(_UNSEEN.sub("", text_of(value)[:_LONGEST_SHOWN]).split())


def is_label(value: CellValue) -> bool:
    """Say whether a cell may be a heading: short text that is no number and no sentence."""
    if not isinstance(value, str) or len(value) > _LONGEST_HEADING:
        return False
    words = value.split()
    return bool(words) and len(words) <= _SENTENCE_WORDS and not _NUMBER.match(value)


class Known:
    """The known wordings, each text looked up once."""

    def __init__(self, wordings: Wordings) -> None:
        self._wordings = wordings
        self._close: dict[str, Mapping[ActionField, float]] = {}
        self._exact: dict[str, frozenset[ActionField]] = {}

    def closeness(self, text: str) -> Mapping[ActionField, float]:
        """Return how surely a heading means each field."""
        if text not in self._close:
            self._close[text] = self._wordings.closeness(text)
        return self._close[text]

    def exact(self, value: CellValue) -> frozenset[ActionField]:
        """Return the fields of which a cell is a known wording to the letter."""
        text = plain_text(value)
        if text not in self._exact:
            self._exact[text] = self._wordings.known(text)
        return self._exact[text]


class HeadingCells:
    """The cells of a sheet as headings: a merged cell has its range's text everywhere."""

    def __init__(self, sheet: SheetGrid) -> None:
        self.sheet = sheet
        self._merges: dict[int, list[Merge]] = {}
        self._origins: dict[int, dict[int, Merge]] = {}
        self._texts: dict[tuple[int, int], str] = {}
        for merge in sheet.merges:
            if merge.width <= MOST_COLUMNS:
                for row in range(merge.first_row, min(merge.last_row, merge.first_row + TALLEST) + 1):
                    self._merges.setdefault(row, []).append(merge)

    def _spread(self, row: int) -> Mapping[int, Merge]:
        if row not in self._merges:
            return {}
        if row not in self._origins:
            spread: dict[int, Merge] = {}
            budget = _MOST_SPREAD
            for merge in self._merges[row]:
                budget -= merge.width
                if budget < 0:
                    break
                spread.update(dict.fromkeys(range(merge.first_column, merge.last_column + 1), merge))
            self._origins[row] = spread
        return self._origins[row]

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell whose text a cell shows: the first of its merged range, else itself."""
        merge = self._spread(row).get(column)
        return (merge.first_row, merge.first_column) if merge else (row, column)

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Return the merged range that a cell lies in."""
        return self._spread(row).get(column)

    def text(self, row: int, column: int) -> str:
        """Return a cell's text on one line."""
        place = self.origin(row, column)
        if place not in self._texts:
            self._texts[place] = plain_text(self.sheet.value(*place))
        return self._texts[place]

    def width_of(self, row: int, column: int) -> int:
        """Return how many columns the merged range at a cell spans, 1 where there is none."""
        merge = self._spread(row).get(column)
        return merge.width if merge else 1

    def filled(self, row: int) -> list[tuple[int, CellValue]]:
        """Return column and value of the cells of a row that may be headings."""
        values = self.sheet.rows.get(row, [])[:MOST_COLUMNS]
        return [(column, value) for column, value in enumerate(values, start=1) if not is_blank(value)]

    def is_same_cell(self, first: int, second: int, column: int) -> bool:
        """Say whether two rows share one merged cell in a column."""
        return first != second and self.origin(first, column) == self.origin(second, column)
