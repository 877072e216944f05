"""Shares a table's width among its columns: words stay whole where they can, the rest goes by weight."""

from csp_desktop.reports.blocks import Column, ColumnKind
from csp_desktop.reports.pdf.typesetter import Typesetter

SIZE = 12.0
PAD_X = 5.0
MARK_INDENT = 21.0
_WORD_SHARE = 0.32
_ONE_LINE = 16


def indent_of(kind: ColumnKind) -> float:
    """Return how far the text of a cell stands in from its padding."""
    return MARK_INDENT if kind is ColumnKind.RAG else 0.0


def column_widths(columns: tuple[Column, ...], texts: list[list[str]], width: float, type_: Typesetter) -> list[float]:
    """Share ``width`` by the texts of each column: none narrower than its longest word if possible, else by weight."""
    needs = [_need(column, cells, type_) for column, cells in zip(columns, texts, strict=True)]
    cap = width * _WORD_SHARE
    least = [min(need, cap) for need in needs]
    if sum(least) >= width:
        return _squeezed(least, width)
    widths = [0.0] * len(columns)
    open_columns = set(range(len(columns)))
    room = width
    while open_columns:
        weight = sum(columns[index].weight for index in open_columns)
        tight = {index for index in open_columns if room * columns[index].weight / weight < least[index]}
        if not tight:
            for index in open_columns:
                widths[index] = room * columns[index].weight / weight
            break
        for index in tight:
            widths[index] = least[index]
        room -= sum(least[index] for index in tight)
        open_columns -= tight
    return widths


def _squeezed(least: list[float], width: float) -> list[float]:
    """Return widths where words are too long for all columns: the widest give way first, down to one width."""
    most, rest = width, sorted(least)
    for position, need in enumerate(rest):
        even = (width - sum(rest[:position])) / (len(rest) - position)
        if need > even:
            most = even
            break
    return [min(need, most) for need in least]


def _need(column: Column, texts: list[str], type_: Typesetter) -> float:
    """Return the width that keeps a column's words whole; dates and numbers are kept on one line."""
    padding = 2 * PAD_X + 0.5
    heading = type_.longest_word(column.title, SIZE, True)
    if column.kind in {ColumnKind.DATE, ColumnKind.NUMBER, ColumnKind.DUE}:
        lines = {line for text in set(texts) for line in text.split("\n") if len(line) <= _ONE_LINE}
        widest = max((type_.width(line, SIZE, True) for line in lines), default=0.0)
    else:
        words = set(" ".join(texts).split())
        widest = max(map(type_.widths(SIZE, False).__getitem__, words), default=0.0)
    return max(heading, widest + indent_of(column.kind)) + padding
