"""Whatever stands on a sheet, every row of every table is accounted for once, and hidden rows stay out when told to."""

from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.imports.grid import CellValue, Merge, SheetGrid, WorkbookGrid
from csp_desktop.imports.records import Choices
from csp_desktop.imports.rows import read_actions
from tests.csp_desktop.imports.any_cells import CELLS

WORDS = [
    "Action", "Task", "Lead", "Owner", "Due date", "RAG", "Q1", "Theme", "Ref", "Comments", "Cam gweithredu",
    "Arweinydd", "Project: Lights", "Street lighting", "#activity +name", "Select", "Who", "When", "Start", "End",
]  # fmt: skip
HEADS: list[list[CellValue]] = [
    [],
    ["Action", "Lead", "Due date", None, "Action", "Lead", "RAG"],
    ["Ref", "Action", "Lead"],
]
CELL = st.one_of(st.none(), st.sampled_from(WORDS), CELLS)
SMALL = st.integers(1, 14)
MERGES = st.builds(lambda row, column, high, wide: Merge(row, column, row + high, column + wide), SMALL, SMALL,
                   st.integers(0, 5), st.integers(0, 8))  # fmt: skip


@settings(max_examples=150)
@given(
    st.lists(st.lists(CELL, max_size=14), max_size=14),
    st.lists(MERGES, max_size=5),
    st.frozensets(SMALL),
    st.sampled_from(HEADS),
    st.sets(SMALL, max_size=3),
)
def test_any_tables_are_read_and_no_row_is_two(
    rows: list[list[CellValue]], merges: list[Merge], hidden: frozenset[int], head: list[CellValue], said: set[int]
) -> None:
    if head and rows:
        rows[len(rows) // 3] = list(head)
    filled = {number: row for number, row in enumerate(rows, start=1) if any(value is not None for value in row)}
    sheet = SheetGrid("Plan", rows=filled, merges=tuple(merges), hidden_rows=hidden, hidden_columns=frozenset({2}))
    grid = WorkbookGrid("plan.xlsx", "xlsx", (sheet,))
    for shown in (frozenset[str](), frozenset({"Plan"})):
        result = read_actions(grid, Choices(unhidden_only=shown, header_rows={"Plan": tuple(sorted(said))}))
        places = [(row.row, row.part) for row in (*result.records, *result.refused, *result.ignored)]
        assert len(places) == len(set(places))
        tables = [table.place for table in (*result.tables, *result.skipped)]
        assert len(tables) == len(set(tables))
        assert all(record.title.value for record in result.records)
        assert not (shown and any(record.row in hidden for record in result.records))
        for table in result.tables:
            own = {row for row, part in places if part == table.part and table.header_row < row <= table.last_row}
            assert own or not table.records
