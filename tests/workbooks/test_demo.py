"""The demo workbooks as committed are those that their builders write, and hold what a demo needs."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from csp_desktop.starter import load_starter
from tests.workbooks import demo_council, demo_police, demo_registers, demo_risk, demo_voluntary
from tests.workbooks.build_demo import BUILDERS, DEMO, REGISTERS, build_all, build_registers

Cells = dict[tuple[str, str], tuple[object, str]]


def cells_of(path: Path) -> Cells:
    book = load_workbook(path)
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def merges_of(path: Path) -> dict[str, set[str]]:
    return {sheet.title: {str(reach) for reach in sheet.merged_cells.ranges} for sheet in load_workbook(path)}


def test_demo_folder_holds_the_built_workbooks_and_a_readme() -> None:
    assert {path.name for path in DEMO.iterdir()} == {*BUILDERS, "README.md", "registers"}


@pytest.mark.parametrize("name", [name for name in BUILDERS if name.endswith(".xlsx")])
def test_committed_workbook_reads_as_built(name: str, tmp_path: Path) -> None:
    build_all(tmp_path)
    assert cells_of(tmp_path / name) == cells_of(DEMO / name)
    assert merges_of(tmp_path / name) == merges_of(DEMO / name)


def test_committed_csv_is_as_built(tmp_path: Path) -> None:
    demo_voluntary.build(tmp_path / "built.csv")
    built, committed = tmp_path / "built.csv", DEMO / "voluntary-sector-actions.csv"
    assert built.read_text(encoding="utf-8") == committed.read_text(encoding="utf-8")
    assert committed.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", [name for name in BUILDERS if name.endswith(".xlsx")])
def test_no_cell_is_a_formula(name: str) -> None:
    for sheet in load_workbook(DEMO / name):
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_themes_that_owners_name_are_those_of_the_plan() -> None:
    known = {theme.title for theme in load_starter("kirklees-2022-2027").walk()}
    named = {str(row[1]) for row in demo_council.ROWS}
    named |= {section.partition(": ")[2] for section, _tasks in demo_police.SECTIONS}
    named |= {row[-1] for row in demo_voluntary.ROWS[1:]}
    named |= {title for title, _rows in demo_risk.SHEETS}
    assert named <= known


def test_together_they_hold_a_plan_s_worth_of_every_state() -> None:
    risk = [row for _title, rows in demo_risk.SHEETS for row in rows]
    police = [row for _section, tasks in demo_police.SECTIONS for row in tasks]
    total = len(demo_council.ROWS) + len(police) + len(risk) + len(demo_voluntary.ROWS) - 1
    assert 45 <= total <= 60
    statuses = Counter(row[7] for row in demo_council.ROWS) + Counter(row[10] for row in risk)
    assert set(statuses) == {"Not started", "In progress", "Ongoing", "On hold", "Complete", "Cancelled"}
    letters = Counter(row[4] for row in police)
    assert {"R", "A", "G", "B", demo_police.SELECT} == set(letters)
    period_end = date(2026, 9, 30)
    late = [
        row
        for row in risk
        if row[10] not in {"Complete", "Cancelled"} and isinstance(due := row[8] or row[7], date) and due < period_end
    ]
    assert len(late) >= 2
    assert [row for row in risk if row[8] is not None and row[8] != row[7]], "nothing has slipped"


def test_no_date_lies_outside_the_plan_s_years() -> None:
    for name in BUILDERS:
        if name.endswith(".xlsx"):
            dates = [value for value, _format in cells_of(DEMO / name).values() if isinstance(value, datetime)]
            assert dates
            assert {value.year for value in dates} <= {2025, 2026, 2027}


def test_the_demo_registers_are_those_that_their_builders_write(tmp_path: Path) -> None:
    build_registers(tmp_path)
    assert {path.name for path in REGISTERS.iterdir()} == set(demo_registers.BUILDERS)
    for name in demo_registers.BUILDERS:
        built, committed = tmp_path / name, REGISTERS / name
        if name.endswith(".xlsx"):
            assert cells_of(built) == cells_of(committed)
        else:
            assert built.read_text(encoding="utf-8") == committed.read_text(encoding="utf-8")
