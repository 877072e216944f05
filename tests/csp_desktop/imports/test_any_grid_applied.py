"""Any cells at all, compared with a store that has actions and applied to it: no fault, once only, taken back whole."""

import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.commands.imports import undo_import
from csp_desktop.errors import CspError
from csp_desktop.imports.applying import apply_import
from csp_desktop.imports.grid import SPACES, CellValue, Merge, MonthDate, PercentNumber, SheetGrid, WorkbookGrid
from csp_desktop.imports.import_plan import Decisions, ImportPlan, SourceFile
from csp_desktop.imports.planning import plan_import
from csp_desktop.store import Store
from models.base import Base
from tests.csp_desktop.imports.any_cells import CELLS, MERGES
from tests.factories import TODAY, Clock, new_store
from tests.fuzzed_files import EXAMPLES

# An undo adds to the audit trail; layouts stay remembered, and refs that were given out are never given again.
KEPT_APART = {"audit_entry", "audit_change", "import_batch", "import_layout", "setting"}
BUMPED = {"version", "changed"}
TITLES = ["Patrol the park", "Fit lights", "Train staff", "patrol the park ", "Priority 1: ASB", "Total", "-"]
NAMES = ["Amina Shah", "Shah, Amina", "Tom Briggs; Ruth Lee", "Police", "TBC", "Vacant", "Tom and Ruth", "tom briggs"]
PLACES = st.integers(0, 7)
OF_HEADING: dict[str, st.SearchStrategy[CellValue]] = {
    "Ref": st.sampled_from(["1", "2", 1, 2.0, "1.1", "ACT-0001", "ACT-0002", "ACT-9999", "#"]),
    "Theme": st.sampled_from(["Reducing risk", "ASB", "Something new", "reducing  RISK", "N/A"]),
    "Action": st.sampled_from(TITLES),
    "Lead": st.sampled_from(NAMES),
    "Supported by": st.sampled_from(NAMES),
    "Start date": st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    "Due date": st.sampled_from(
        ["31/03/2027", "03/25/2027", "31/04/2027", "Ongoing", "Mar-27", "Q2 2026/27", date(2027, 3, 31), 46_000]
    ),
    "RAG": st.sampled_from(["Green", "A", "red", "Amber/Green", "3", "purple", "Complete"]),
    "Status": st.sampled_from(["In progress", "Complete", "Not started", "stalled"]),
    "% complete": st.sampled_from([0.45, 45, "45%", PercentNumber(1.2), -1, "half"]),
    "Q1 2026/27": st.sampled_from(["Met group", "Green", "", "TBC"]),
    "Update": st.sampled_from(["Panel met.", "Two visited", "As above", '"']),
    "Next steps": st.sampled_from(["Meet again", "None"]),
    "Priority": st.sampled_from(["High", "1", "low"]),
}
SPACED = st.builds(
    lambda before, text, after: before + text + after,
    st.text(SPACES, max_size=3),
    st.sampled_from(["Patrol the park", "Fit\u00a0lights", "Green\u200b", "Tom\u2028Briggs", "\u202eTotal\u202c"]),
    st.text(SPACES, max_size=3),
)
LONG = st.builds(lambda text, times: (text * times)[:32_767], st.text(min_size=1, max_size=5), st.integers(1, 33_000))
ODD = st.one_of(CELLS, CELLS, SPACED, LONG, st.just(MonthDate(2027, 3, 1)))


@st.composite
def tables(draw: st.DrawFn) -> SheetGrid:
    """A sheet that is mostly a plan: headings of ours, most cells of their kind, some of any, some rows hidden."""
    headings = draw(st.lists(st.sampled_from(list(OF_HEADING)), min_size=1, max_size=7))
    headings = [*headings, "Action", "Lead"] if draw(st.booleans()) else ["Action", *headings, "Due date"]
    first = draw(st.integers(1, 4))
    rows: dict[int, list[CellValue]] = {first: list(headings)}
    number = first
    for _ in range(draw(st.integers(0, 6))):
        number += draw(st.integers(1, 2))
        rows[number] = [draw(ODD) if draw(PLACES) == 0 else draw(OF_HEADING[heading]) for heading in headings]
    hidden = frozenset(draw(st.lists(st.integers(1, 12), max_size=3)))
    merges: list[Merge] = draw(st.lists(MERGES, max_size=4))
    columns = frozenset(draw(st.lists(st.integers(1, 6), max_size=2)))
    return SheetGrid("Plan", rows=rows, merges=tuple(merges), hidden_rows=hidden, hidden_columns=columns)


def contents(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that an undo is to restore."""
    with store.read() as connection:
        return {
            table.name: [
                {name: value for name, value in row.items() if name not in BUMPED}
                for row in connection.execute(table.select().order_by(*table.primary_key.columns)).mappings()
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in KEPT_APART
        }


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with actions, people and a remembered layout, that every example leaves as it was."""
    folder: Path = tmp_path_factory.mktemp("lived in")
    store = new_store(folder, Clock())
    rows: dict[int, list[CellValue]] = {
        1: ["Ref", "Theme", "Action", "Lead", "Due date", "RAG", "Update"],
        2: ["1", "Reducing risk", "Patrol the park", "Amina Shah", date(2027, 3, 31), "Green", "Panel met."],
        3: ["2", "Reducing risk", "Fit lights", "Tom Briggs", date(2026, 12, 31), "Amber", "Two visited."],
        4: ["3", "Reducing risk", "Train staff", "Police", "Ongoing", "Red", ""],
    }
    apply_import(store, plan(store, SheetGrid("Plan", rows=rows), new_hash()))
    yield store
    store.close()


def plan(store: Store, sheet: SheetGrid, file_hash: str) -> ImportPlan:
    grid = WorkbookGrid("plan.xlsx", "xlsx", (sheet,))
    return plan_import(store, SourceFile("plan.xlsx", file_hash, grid), Decisions(), TODAY)


def new_hash() -> str:
    return secrets.token_hex(32)


@settings(max_examples=50 * EXAMPLES)
@given(tables())
def test_any_plan_is_brought_in_once_and_taken_back_whole(lived_in: Store, sheet: SheetGrid) -> None:
    before, file_hash = contents(lived_in), new_hash()
    try:
        planned = plan(lived_in, sheet, file_hash)
        applied = apply_import(lived_in, planned)
    except CspError:
        assert contents(lived_in) == before
        return
    if applied.import_id is None:
        assert not planned.changes_anything
    else:
        assert not plan(lived_in, sheet, file_hash).changes_anything
        assert not undo_import(lived_in, applied.import_id).left
    assert contents(lived_in) == before


@settings(max_examples=30 * EXAMPLES)
@given(tables())
def test_any_plan_saved_again_changes_nothing(lived_in: Store, sheet: SheetGrid) -> None:
    """The same cells in a file of other bytes: what was brought in is known again by what it says."""
    try:
        applied = apply_import(lived_in, plan(lived_in, sheet, new_hash()))
    except CspError:
        return
    if applied.import_id is not None:
        again = plan(lived_in, sheet, new_hash())
        undo_import(lived_in, applied.import_id)
        assert not [row.change.shown for row in again.rows if row.change.writes]
