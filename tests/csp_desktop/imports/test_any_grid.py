from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.imports.grid import (
    SheetGrid,
    WorkbookGrid,
)
from csp_desktop.imports.records import Choices
from csp_desktop.imports.rows import read_actions
from tests.csp_desktop.imports.any_cells import CELLS, MERGES, WORDS

GRIDS = st.builds(
    lambda rows, merges, numbers: SheetGrid(
        "Plan", rows={sum(numbers[: at + 1]) + at + 1: row for at, row in enumerate(rows)}, merges=tuple(merges)
    ),
    st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=12),
    st.lists(MERGES, max_size=6),
    st.lists(st.integers(0, 3), min_size=12, max_size=12),
)


@settings(max_examples=150)
@given(GRIDS, st.booleans())
def test_any_grid_is_read_and_every_row_is_accounted_for(sheet: SheetGrid, headed: bool) -> None:
    if headed and sheet.rows:
        sheet.rows[next(iter(sheet.rows))] = list(WORDS[:8])
    result = read_actions(WorkbookGrid("plan.xlsx", "xlsx", (sheet,)), Choices())
    rows = [
        *(record.row for record in result.records),
        *(row.row for row in result.refused),
        *(row.row for row in result.ignored),
    ]
    assert len(rows) == len(set(rows))
    if result.tables:
        first = result.tables[0].header_row
        heads = {table.header_row for table in result.tables} | {skipped.header_row for skipped in result.skipped}
        filled = {number for number, values in sheet.rows.items() if any(True for _ in sheet.cells(number))}
        if len(heads) == 1:
            assert set(rows) == {number for number in filled if number > first}
    assert all(record.title.value for record in result.records)
    assert all(problem.cell for problem in result.problems)
