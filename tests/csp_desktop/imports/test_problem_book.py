from io import BytesIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from csp_desktop.imports.grid import CellError, CellValue, SheetGrid, WorkbookGrid
from csp_desktop.imports.problem_book import problems_workbook
from csp_desktop.imports.problems import Problem
from models.vocabulary import ProblemLevel


def written(values: dict[int, list[CellValue]], problems: list[Problem]) -> Worksheet:
    grid = WorkbookGrid("plan.xlsx", "xlsx", (SheetGrid("Plan", rows=values),))
    book = openpyxl.load_workbook(BytesIO(problems_workbook(grid, problems, "Official")))
    return book.worksheets[0]


def error(cell: str, message: str = "No.") -> Problem:
    return Problem("Plan", cell, ProblemLevel.ERROR, message)


def test_each_problem_is_a_row_with_what_its_cell_says() -> None:
    warning = Problem("Plan", "", ProblemLevel.WARNING, "The plan has no such theme.")
    sheet = written({4: [None, "31/04/2027"], 5: [CellError("#REF!")]}, [error("B4"), error("A5"), warning])
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[1:] == [
        ["Plan", "B4", "Left out", "31/04/2027", "No."],
        ["Plan", "A5", "Left out", "#REF!", "No."],
        ["Plan", None, "Worth a look", None, "The plan has no such theme."],
    ]
    assert sheet["A1"].value == "To check in plan.xlsx"
    assert sheet["A2"].value == "3 problems of this file"


def test_text_that_looks_like_a_formula_or_a_number_stays_text() -> None:
    sheet = written(
        {1: ["=HYPERLINK(1)"], 2: ["007"], 3: ["+44 1924"]}, [error("A1", "=1+1"), error("A2"), error("A3")]
    )
    assert [sheet.cell(row, 4).value for row in (4, 5, 6)] == ["=HYPERLINK(1)", "007", "+44 1924"]
    assert {sheet.cell(row, column).data_type for row in (4, 5, 6) for column in (4, 5)} == {"s"}


def test_control_characters_go_and_a_cell_never_holds_more_than_it_can() -> None:
    sheet = written({1: ["a\x00\x0bb"], 2: ["x" * 40_000]}, [error("A1"), error("A2", "y" * 40_000)])
    assert sheet["D4"].value == "a  b"
    assert len(str(sheet["D5"].value)) <= 32_767
    assert len(str(sheet["E5"].value)) <= 32_767
    assert (sheet.row_dimensions[5].height or 0) <= 409


def test_it_can_be_filtered_read_and_printed() -> None:
    sheet = written({1: ["x"]}, [error("A1"), error("B1")])
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:E5"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader.center.text == "OFFICIAL"
    assert all(sheet.column_dimensions[letter].width >= 9 for letter in "ABCDE")
    assert sheet["E4"].alignment.wrap_text


def test_without_problems_it_still_opens() -> None:
    assert written({}, [])["A2"].value == "0 problems of this file"
