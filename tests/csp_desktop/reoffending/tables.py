"""Small tables, and every table that a reader of a partly hidden one could think of: plain counting up, no shortcut."""

from collections.abc import Collection, Iterator, Sequence
from itertools import product

from hypothesis import strategies as st

Cell = tuple[int, int]
Table = tuple[tuple[int, ...], ...]

_COUNTS = st.sampled_from([0, 0, 1, 1, 2, 3, 4])
_SHAPES = st.sampled_from([(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (2, 2), (2, 3), (3, 2)])
TABLES = _SHAPES.flatmap(
    lambda shape: st.lists(
        st.lists(_COUNTS, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
).filter(lambda table: sum(map(sum, table)) <= 12)


def cells_of(counts: Sequence[Sequence[int]]) -> list[Cell]:
    return [(i, j) for i, row in enumerate(counts) for j in range(len(row))]


def possible_tables(counts: Table, hidden: Collection[Cell], room: int = 0) -> list[Table]:
    """Return every table with totals that shows the same where it is not hidden.

    ``counts`` has its totals. Where even the total of all is hidden, it may be up to ``room`` more than it is.
    """
    rows, columns = len(counts) - 1, len(counts[0]) - 1
    shown = [[None if (i, j) in hidden else counts[i][j] for j in range(columns + 1)] for i in range(rows + 1)]
    most = counts[rows][columns] + (room if shown[rows][columns] is None else 0)
    found: list[Table] = []

    def go_on(above: list[tuple[int, ...]], sums: tuple[int, ...]) -> None:
        if len(above) == rows:
            last = (*sums, sum(sums))
            if all(wanted in {None, got} for wanted, got in zip(shown[rows], last, strict=True)):
                found.append((*above, last))
            return
        for row in _rows(shown[len(above)], most - sum(sums)):
            below = tuple(one + other for one, other in zip(sums, row, strict=True))
            if all(wanted is None or got <= wanted for wanted, got in zip(shown[rows], below, strict=False)):
                go_on([*above, (*row, sum(row))], below)

    go_on([], (0,) * columns)
    return found


def _rows(shown: Sequence[int | None], most: int) -> Iterator[tuple[int, ...]]:
    """Return every row that shows ``shown``, whose last place is its total, and adds up to ``most`` or less."""
    *cells, total = shown
    most = most if total is None else min(most, total)
    for row in product(*(range(most + 1) if cell is None else (cell,) for cell in cells)):
        if sum(row) <= most and total in {None, sum(row)}:
            yield row
