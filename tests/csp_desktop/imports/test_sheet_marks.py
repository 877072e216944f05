from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.imports.grid import address
from csp_desktop.imports.import_plan import ImportPlan, SourceFile
from csp_desktop.imports.reading.reader import read_workbook
from csp_desktop.imports.reviewing import Standing, first_look, review_rows
from csp_desktop.imports.sheet_marks import CellPlace, cell_place, filled_hidden_rows, marks_of, order_sample
from csp_desktop.store import Store
from tests.factories import TODAY
from tests.workbooks.handmade_parts import Cell, write_sheets

HEADINGS: list[Cell] = ["Ref", "Action", "Lead officer", "Due date", "RAG"]
ROWS: list[list[Cell]] = [
    ["A1", "Walk the estate", "Amira Khan", date(2027, 3, 31), "Green"],
    ["<Select>", "<Select>", "<Select>", "<Select>", "<Select>"],
    ["A3", "Mend the lights", "Tom Briggs", "31/04/2027", "Green"],
]


def looked_at(store: Store, tmp_path: Path, sheets: dict[str, Sequence[Sequence[Cell]]]) -> ImportPlan:
    path = tmp_path / "plan.xlsx"
    write_sheets(path, sheets)
    return first_look(store, SourceFile(path.name, "0" * 64, read_workbook(path)), TODAY)


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_an_address_leads_back_to_its_cell(row: int, column: int) -> None:
    assert cell_place(address(row, column)) == CellPlace(row, column)


@pytest.mark.parametrize("words", ["", "E", "15", "e15", "E15:F16", "ABCD1"])
def test_words_that_are_no_address_name_no_cell(words: str) -> None:
    assert cell_place(words) is None


def test_the_marks_say_where_a_table_lies_and_what_becomes_of_its_rows(store: Store, tmp_path: Path) -> None:
    plan = looked_at(store, tmp_path, {"One": [["Safer streets"], [], HEADINGS, *ROWS], "Notes": [["Nothing here"]]})
    marks = marks_of(plan, review_rows(plan))
    (table,) = marks["One"].tables
    assert (table.top, table.place.header_row, table.first_column, table.last_column) == (3, 3, 1, 5)
    assert table.is_read
    assert table.last_row == 6
    assert marks["One"].heading_rows == {3}
    standings = {row: found[0].standing for row, found in marks["One"].rows.items()}
    assert standings == {4: Standing.NEW, 5: Standing.IGNORED, 6: Standing.NEW}
    assert [each.message[:12] for each in marks["One"].problems[CellPlace(6, 4)]] == ["“31/04/2027”"]
    assert marks["Notes"].tables == ()


def test_a_cell_above_a_table_belongs_to_it_and_one_beside_it_to_none(store: Store, tmp_path: Path) -> None:
    second = [["B1", "Light it", "Lena Wolf", None, "Red"]]
    plan = looked_at(store, tmp_path, {"One": [HEADINGS, *ROWS, [], HEADINGS[1:], *[row[1:] for row in second]]})
    marks = marks_of(plan, review_rows(plan))["One"]
    upper, lower = marks.tables
    assert marks.table_at(1, 2) is upper
    assert marks.table_at(lower.place.header_row, 2) is lower
    assert marks.table_at(lower.last_row + 50, 2) is lower
    assert marks.table_at(2, 40) is None


def test_a_date_that_reads_both_ways_is_found_with_both_its_days(store: Store, tmp_path: Path) -> None:
    rows = [["A1", "Walk", "Amira Khan", "04/04/2027", "Green"], ["A2", "Run", "Amira Khan", "by 03/04/2027", "Green"]]
    sample = order_sample(looked_at(store, tmp_path, {"One": [HEADINGS, *rows]}))
    assert sample is not None
    assert (sample.text, sample.day_first, sample.month_first) == ("by 03/04/2027", date(2027, 4, 3), date(2027, 3, 4))
    assert order_sample(looked_at(store, tmp_path, {"One": [HEADINGS, *ROWS]})) is None


def test_hidden_rows_count_only_where_they_hold_something(store: Store, tmp_path: Path) -> None:
    plan = looked_at(store, tmp_path, {"One": [HEADINGS, *ROWS]})
    assert filled_hidden_rows(plan.file.grid.sheets[0]) == 0
