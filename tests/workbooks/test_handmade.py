"""The hand-made files can be written, and each expectation speaks of what its file holds."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.workbooks.handmade import CASES, Case, differences
from tests.workbooks.handmade_text import ODD_TEXT


def texts_in(case: Case, path: Path) -> set[str]:
    if case.suffix == ".csv":
        raw = path.read_bytes()
        text = raw.decode("cp1252" if case.name == "cp1252" else "utf-8")
        found = {cell for row in csv.reader(text.splitlines(keepends=True)) for cell in row}
        return found | {cell.removeprefix("'") for line in text.splitlines() for cell in line.split(";")}
    return {
        cell.value.strip()
        for sheet in load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_file_holds_the_titles_and_cells_it_is_expected_to_give(case: Case, tmp_path: Path) -> None:
    path = tmp_path / f"file{case.suffix}"
    case.build(path)
    texts = texts_in(case, path)
    titles = [str(action["title"]) for action in case.actions]
    assert len(titles) == len(set(titles))
    for title in titles:
        assert title in texts or title.removeprefix("'") in texts
    if case.suffix == ".xlsx":
        book = load_workbook(path)
        for sheet, cell in case.errors | case.warnings:
            assert book[sheet][cell].value is not None


def test_case_names_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_exact_result_shows_no_differences_and_a_missing_action_one(case: Case) -> None:
    problems: list[dict[str, object]] = [
        {"sheet": sheet, "cell": cell, "level": "error"} for sheet, cell in sorted(case.errors)
    ]
    problems += [{"sheet": sheet, "cell": cell, "level": "warning"} for sheet, cell in sorted(case.warnings)]
    problems += [{"sheet": sheet, "cell": f"A{row}", "level": "error"} for sheet, row in sorted(case.refused_rows)]
    problems += [{"sheet": sheet, "cell": f"{letter}1", "level": "error"} for sheet, letter in case.column_errors]
    assert differences(case, case.actions, problems) == []
    assert differences(case, case.actions[1:], problems) == [f"not imported: {case.actions[0]['title']}"]
    problems.append({"sheet": "Elsewhere", "cell": "Z9", "level": "error"})
    assert len(differences(case, case.actions, problems)) == 1


def test_formula_text_is_kept_as_text_and_the_formula_as_a_formula(tmp_path: Path) -> None:
    ODD_TEXT.build(tmp_path / "odd.xlsx")
    sheet = load_workbook(tmp_path / "odd.xlsx")["Odd"]
    assert [sheet[cell].data_type for cell in ("A2", "C4")] == ["s", "f"]
    assert load_workbook(tmp_path / "odd.xlsx", data_only=True)["Odd"]["C4"].value is None
