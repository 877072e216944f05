"""A comparison of a file with the store, put in words for the review, away from the window's thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from csp_desktop.charts.rag import RagMark
from csp_desktop.imports.cell_choices import (
    NO_ASKS,
    Asks,
    CellGroup,
    CellKey,
    ColumnCells,
    asks_of,
    cells_in,
    columns_of,
)
from csp_desktop.imports.import_plan import REGISTER, Decisions, ImportPlan
from csp_desktop.imports.reviewing import Sieve, review_rows
from csp_desktop.imports.sheet_marks import OrderSample, SheetMarks, marks_of, order_sample
from csp_desktop.queries.layouts import LayoutRow, layouts_by_mark
from csp_desktop.queries.plans import list_rag_values
from csp_desktop.store import Store
from ui.review.cell_words import CellTeller
from ui.tables.columns import Column
from ui.tables.review import LineMaker, ReviewLine, review_columns


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with every row and sheet of the file as the review shows it, under ``columns`` that fit it.

    ``counts`` says how many rows each way to look shows. ``layouts`` are those of its tables that were seen before, by
    fingerprint; ``order`` is a date that reads both ways; ``asks`` are the cells that ask, or did until they were
    decided, ``groups`` all cells that can be decided, by group, and ``cell_columns`` those by column.
    """

    plan: ImportPlan
    columns: tuple[Column[ReviewLine], ...]
    lines: tuple[ReviewLine, ...]
    counts: Mapping[Sieve, int]
    sheets: Mapping[str, SheetMarks]
    layouts: Mapping[str, LayoutRow]
    order: OrderSample | None
    asks: Asks = NO_ASKS
    groups: Mapping[CellGroup, tuple[CellKey, ...]] = field(default_factory=dict)
    cell_columns: tuple[ColumnCells, ...] = ()


def compared(store: Store, plan: ImportPlan, before: Asks = NO_ASKS) -> Compared:
    """Put a comparison in words, away from the window's thread: a long plan has thousands of rows.

    ``before`` are the cells that asked in the comparison before it.
    """
    values = list_rag_values(store, plan.plan.rag_scheme_id)
    marks = tuple(RagMark(v.letter, v.word, v.shape, v.fill, v.ink) for v in values)
    asks = asks_of(plan, before)
    rows = review_rows(plan, asks)
    several = len({row.sheet for row in rows if row.sheet}) > 1
    sheets = marks_of(plan, rows)
    prints = {table.mapping.fingerprint for each in sheets.values() for table in each.tables}
    words = {mark.letter: mark.word for mark in marks}
    is_returned = plan.returned is not None
    maker = LineMaker(CellTeller(plan, asks, words), several)
    lines = tuple(maker.line(row) for row in rows)
    return Compared(
        plan,
        review_columns(marks, lines, returned=is_returned),
        lines,
        {sieve: sum(row.shows_in(sieve) for row in rows) for sieve in Sieve},
        sheets,
        layouts_by_mark(store, REGISTER, prints),
        order_sample(plan),
        asks,
        {group: tuple(cells_in(plan, asks, group)) for group in CellGroup},
        tuple(columns_of(plan, asks)),
    )


def named(compared: Compared, decisions: Decisions) -> Compared:
    """Return a comparison under the names that its layouts have been given by now."""
    plan = compared.plan
    named = replace(plan.decisions, layout_names=decisions.layout_names)
    return replace(compared, plan=replace(plan, decisions=named))
