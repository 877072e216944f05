"""What a reader can work out of a table of counts in which some cells are hidden: exact bounds of each hidden cell.

A table is r x c counts and, as its last row and column, their totals. Every equation says that a row or a column adds
up to its total, and each cell stands in one row and one column: a change of the hidden cells that keeps every
equation is a circulation in a network whose nodes are the rows and columns and whose arcs are the cells. So how far a
cell can move is a maximum flow, exact over whole numbers not below 0. Source: Cox (1980), JASA
75, 377-385; Castro (2012), European Journal of Operational Research 216, 650-663.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

Counts = Sequence[Sequence[int]]
Cell = tuple[int, int]
"""Row and column, counted from 0; the last row and the last column are the totals."""
Cost = Callable[[Cell], int | None]
"""What it costs to let a cell change: 0 where it is hidden anyway, None where it may not change."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One cell that changes along a way, up or down."""

    cell: Cell
    rises: bool


class Network:
    """A table with its totals, and how far its cells can move while everything that is published stays true."""

    def __init__(self, counts: Counts, least: int = 0) -> None:
        """Take ``counts`` with their totals. A reader knows that no cell above 0 is really below ``least``."""
        self.counts = counts
        self._least = least
        rows, columns = len(counts) - 1, len(counts[0]) - 1
        self._arcs: dict[int, list[tuple[int, _Step]]] = defaultdict(list)
        self._ends: dict[Cell, tuple[int, int]] = {}
        for i in range(rows + 1):
            for j in range(columns + 1):
                row, column = i, rows + 1 + j
                # A total enters its equation with the other sign: its arc points the other way.
                start, end = (row, column) if (i == rows) == (j == columns) else (column, row)
                self._ends[i, j] = start, end
                self._arcs[start].append((end, _Step((i, j), rises=True)))
                self._arcs[end].append((start, _Step((i, j), rises=False)))

    def move(self, cell: Cell, most: int, cost: Cost, *, up: bool) -> tuple[int, set[Cell]]:
        """Move ``cell`` up or down by ``most`` or as far as it goes, along the cheapest ways.

        Return how far it went and the cells that moved, itself among them. With cells that cost 0 or may not change,
        that is the exact distance from the cell to its upper or lower bound, where this is less than ``most``.
        """
        start, end = self._ends[cell] if up else self._ends[cell][::-1]
        most = most if up else min(most, self._room(_Step(cell, rises=False), {}))
        changes: dict[Cell, int] = defaultdict(int)
        gone, moved = 0, {cell}
        while gone < most:
            way = self._way(end, start, changes, lambda each: None if each == cell else cost(each))
            if not way:
                break
            amount = min(most - gone, *(self._room(step, changes) for step in way))
            for step in way:
                changes[step.cell] += amount if step.rises else -amount
            moved |= {step.cell for step in way}
            gone += amount
        return gone, moved

    def _room(self, step: _Step, changes: Mapping[Cell, int]) -> int:
        """Return how far a cell can change along a step; upwards there is no end."""
        if step.rises:
            return sys.maxsize
        i, j = step.cell
        count = self.counts[i][j]
        return count + changes.get(step.cell, 0) - min(self._least, count)

    def _way(self, start: int, end: int, changes: Mapping[Cell, int], cost: Cost) -> list[_Step]:
        """Return the cheapest way from one node to another, of equals one with few cells; empty where there is none."""
        best: dict[int, tuple[int, int]] = {start: (0, 0)}
        came: dict[int, tuple[int, _Step]] = {}
        heap = [((0, 0), start)]
        while heap:
            length, node = heappop(heap)
            if node == end:
                return list(self._walk_back(end, came))
            if length > best[node]:
                continue
            for other, step in self._arcs[node]:
                price = cost(step.cell)
                if price is None or self._room(step, changes) == 0:
                    continue
                new = (length[0] + price, length[1] + 1)
                if other not in best or new < best[other]:
                    best[other], came[other] = new, (node, step)
                    heappush(heap, (new, other))
        return []

    @staticmethod
    def _walk_back(node: int, came: dict[int, tuple[int, _Step]]) -> Iterator[_Step]:
        while node in came:
            node, step = came[node]
            yield step


def with_totals(table: Counts) -> tuple[tuple[int, ...], ...]:
    """Return ``table`` with the totals of its rows as a last column and of its columns as a last row."""
    rows = [(*row, sum(row)) for row in table]
    return (*rows, tuple(sum(column) for column in zip(*rows, strict=True)))
