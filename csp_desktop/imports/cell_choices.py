"""Whose words the cells of a file get: decided cell by cell, by row, by column or all at once, and taken back again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from csp_desktop.imports.grid_words import candidates
from csp_desktop.imports.import_plan import Decisions, ImportPlan, Place, RowPlan
from csp_desktop.imports.merged import MergedCell
from models.vocabulary import CellChoice, Word

CellKey: TypeAlias = tuple[Place, str]
"""A cell by its row's place and its column's key."""


class CellGroup(Word):
    """Cells that are decided together."""

    CONFLICTS = "conflicts"
    EMPTIED = "emptied"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Asks:
    """What asks, or asked until it was decided: cells that both sides changed or the owner emptied, and rows.

    ``questions``: the place of a row to the refs of the actions that it may be.
    """

    conflicts: frozenset[CellKey] = frozenset()
    emptied: frozenset[CellKey] = frozenset()
    questions: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)

    def group(self, key: CellKey) -> CellGroup:
        """Return with which other cells one is decided."""
        if key in self.conflicts:
            return CellGroup.CONFLICTS
        return CellGroup.EMPTIED if key in self.emptied else CellGroup.CHANGES


NO_ASKS = Asks()


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """A column with how many of its cells are decided together, by group."""

    key: str
    heading: str
    counts: dict[CellGroup, int]


def asks_of(plan: ImportPlan, before: Asks = NO_ASKS) -> Asks:
    """Return what asks now, with what did ``before`` and was decided since."""
    answered = {place: refs for place, refs in before.questions.items() if place in plan.decisions.answers}
    decided = plan.decisions.cells.keys()
    conflicts = {(row.place, cell.key) for row in plan.rows for cell in row.conflicts}
    emptied = {(row.place, cell.key) for row in plan.rows for cell in row.clears}
    return Asks(
        frozenset(conflicts | (before.conflicts & decided)) - emptied,
        frozenset(emptied | (before.emptied & decided)) - conflicts,
        answered | {row.place: candidates(plan, row) for row in plan.rows if row.question},
    )


def can_decide(row: RowPlan, cell: MergedCell, asks: Asks) -> bool:
    """Say whether a person can say whose words a cell gets, or could until it turned out to be impossible."""
    return cell.is_decidable or asks.group((row.place, cell.key)) is not CellGroup.CHANGES


def cells_in(plan: ImportPlan, asks: Asks, group: CellGroup, column: str = "") -> Iterator[CellKey]:
    """Yield the cells of a group, of one column alone where it is given; rows that are left out have none."""
    for row in plan.rows:
        if row.is_left_out:
            continue
        for cell in row.cells:
            key = (row.place, cell.key)
            if (not column or cell.key == column) and can_decide(row, cell, asks) and asks.group(key) is group:
                yield key


def columns_of(plan: ImportPlan, asks: Asks) -> list[ColumnCells]:
    """Return the columns that have cells to decide, in the order that the rows have them."""
    columns: dict[str, ColumnCells] = {}
    for row in plan.rows:
        for cell in row.cells:
            if row.is_left_out or not can_decide(row, cell, asks):
                continue
            column = columns.setdefault(cell.key, ColumnCells(cell.key, cell.heading, {}))
            group = asks.group((row.place, cell.key))
            column.counts[group] = column.counts.get(group, 0) + 1
    return list(columns.values())


def with_cells(decisions: Decisions, cells: Iterable[CellKey], choice: CellChoice | None) -> Decisions:
    """Say whose words some cells get, None to take back what was said of them."""
    kept = dict(decisions.cells)
    for key in cells:
        if choice is None:
            kept.pop(key, None)
        else:
            kept[key] = choice
    return replace(decisions, cells=kept)


def with_row_cells(decisions: Decisions, row: RowPlan, asks: Asks, choice: CellChoice | None) -> Decisions:
    """Say whose words every cell of a row gets, None to take back what was said of them."""
    keys = [(row.place, cell.key) for cell in row.cells if can_decide(row, cell, asks)]
    return with_decided(decisions, keys, asks, choice)


def with_decided(decisions: Decisions, keys: Iterable[CellKey], asks: Asks, choice: CellChoice | None) -> Decisions:
    """Decide cells together; a change that nobody contests is taken anyway, so to take it is to say nothing of it."""
    asking = {key for key in keys if asks.group(key) is not CellGroup.CHANGES}
    others = [key for key in keys if key not in asking]
    decided = with_cells(decisions, asking, choice)
    return with_cells(decided, others, None if choice is CellChoice.THEIRS else choice)
