"""Where the review says that a value of a row stands."""

from datetime import date

from csp_desktop.imports.grid import CellValue, Merge, SheetGrid, WorkbookGrid
from csp_desktop.imports.import_plan import Decisions, SourceFile
from csp_desktop.imports.planning import plan_import
from csp_desktop.store import Store
from tests.factories import TODAY
from ui.review.words import told

ROWS: dict[int, list[CellValue]] = {
    1: ["Action", "Lead", "Due date", "Q1 2026/27", None, "Q2 2026/27", None],
    2: [None, None, None, "RAG", "Comment", "RAG", "Comment"],
    3: ["Patrol the market", "Tom Briggs", date(2027, 1, 31), "Green", "Begun", "Amber", "Short of staff"],
    4: ["Light the alleys", "Tom Briggs", date(2027, 1, 31), "Green", "Begun", None, "Half of them"],
    5: ["Check the lamps", "Tom Briggs", date(2027, 1, 31), "Green", None, None, None],
}
MERGES = (*(Merge(1, column, 2, column) for column in (1, 2, 3)), Merge(1, 4, 1, 5), Merge(1, 6, 1, 7))


def test_a_quarters_rating_and_its_text_point_at_their_own_cells(store: Store) -> None:
    grid = WorkbookGrid("plan.xlsx", "xlsx", (SheetGrid("Plan", rows=ROWS, merges=MERGES),))
    plan = plan_import(store, SourceFile("plan.xlsx", "hash", grid), Decisions(), TODAY)
    cells = [{each.key: each.cell for each in told(row, {"A": "Amber"})} for row in plan.rows]
    assert [(row["rag"], row.get("latest_update")) for row in cells] == [("F3", "G3"), ("D4", "G4"), ("D5", None)]
    assert {row["title"] for row in cells} == {"A3", "A4", "A5"}
