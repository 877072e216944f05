"""How wide a workbook's columns and how high its rows are, so that a sheet prints readably on A4 landscape.

Programs disagree on whether a wrapped row grows by itself when a file is opened, so heights are written.
"""

from collections.abc import Sequence
from math import ceil

from csp_desktop.reports.blocks import Column, ColumnKind, Table, cell_text

PAGE_WIDTH = 118.0  # characters of 12 pt that A4 landscape holds beside its margins
LINE_HEIGHT = 15.6  # points for a line of 12 pt
TALLEST = 409.0  # points that a row of a workbook may be high; more text is shown by its cell alone
_FIXED = {ColumnKind.NUMBER: 10.0, ColumnKind.DATE: 13.0, ColumnKind.RAG: 12.0}
_NARROWEST = 9.0
_READABLE = 14.0
_WIDEST = 60.0
_SPARE = 1.12  # bold and capitals are wider than the figure a column's width counts in


def column_widths(table: Table) -> list[float]:
    """Return each column's width in characters: as its text wants, shrunk to a page together where they are wider."""
    natural = [_natural(column, table, index) for index, column in enumerate(table.columns)]
    over = sum(natural) - PAGE_WIDTH
    if over <= 0:
        return natural
    spare = [max(0.0, width - _READABLE) if width not in _FIXED.values() else 0.0 for width in natural]
    share = min(1.0, over / (sum(spare) or over))
    return [round(width - taken * share, 2) for width, taken in zip(natural, spare, strict=True)]


def row_height(texts: Sequence[str], widths: Sequence[float], size: float = 12) -> float:
    """Return a row's height in points: enough for its tallest cell when each is wrapped to its column's width.

    It is no more than a workbook allows.
    """
    lines = max(_lines(text, width * 12 / size) for text, width in zip(texts, widths, strict=True))
    return min(round(lines * LINE_HEIGHT * size / 12 + 2, 1), TALLEST)


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(len(line) / width)) for line in (text.split("\n") or [""]))


def _natural(column: Column, table: Table, index: int) -> float:
    if column.kind in _FIXED:
        return _FIXED[column.kind]
    longest = max((len(line) for row in table.rows for line in cell_text(row[index]).split("\n")), default=0)
    heading = max((len(word) for word in column.title.split()), default=0)
    return min(max(longest * _SPARE, heading * 1.3, _NARROWEST), _WIDEST)
