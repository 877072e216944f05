"""The workbook holds the same report, and nothing in it can act."""

import string
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from csp_desktop.reports.blocks import Column, Paragraph, Table
from csp_desktop.reports.sheet import MOST_CHARACTERS, printable, workbook_bytes
from tests.csp_desktop.reports.samples import report


def read(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return read(workbook_bytes(report()))


def test_the_cover_holds_the_text_and_each_table_its_sheet(book: Workbook) -> None:
    cover = [cell.value for cell in book["Report"]["A"] if cell.value]
    assert cover[:2] == ["Board progress report", "Communities Partnership Plan"]
    assert str(cover[2]).endswith("Q2 2024/25 \u00b7 data as at 30 Sep 2024 \u00b7 prepared by Priya Patel")
    assert "There is nothing to list." in cover
    assert book.sheetnames == ["Report", "1 Themes", "2 A strand"]
    assert [book.worksheets[2].cell(row, 1).value for row in (1, 2)] == [
        "Table 2: Four actions, one of them late",
        "Themes \u00b7 A strand",
    ]


def test_dates_and_numbers_are_real_and_the_two_dates_stand_apart(book: Workbook) -> None:
    sheet = book.worksheets[2]
    assert [cell.value for cell in sheet[3]] == ["Ref", "Action", "Baseline due", "Forecast due", "Late (days)", "RAG"]
    row = sheet[4]
    assert row[2].value == datetime(2024, 9, 30)  # noqa: DTZ001 - a workbook's dates have no zone
    assert row[2].number_format == "d mmm yyyy"
    assert row[4].value == 12
    assert row[5].value == "Red"
    assert row[5].fill.fgColor.rgb == "008C1C13"
    assert sheet[6][2].value == "ongoing"


def test_a_table_can_be_scrolled_filtered_and_printed(book: Workbook) -> None:
    sheet = book.worksheets[2]
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:F7"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == "OFFICIAL"
    assert book.worksheets[1].auto_filter.ref == "A3:B4"


@settings(max_examples=40)
@given(st.text(min_size=1).filter(lambda text: printable(text).strip()))
@example("=cmd|' /C calc'!A0")
@example("+1+1")
@example("@SUM(A1)")
@example("-2")
@example("\x07bell")
def test_what_a_user_typed_is_text_and_never_a_formula(text: str) -> None:
    table = Table(text, (Column(text), Column("b")), ((text, "x"),))
    found = read(workbook_bytes(report(Paragraph(text), table, title=text, marking=text)))
    cell = found.worksheets[1]["A4"]
    assert cell.data_type == "s"
    kept = str(cell.value).replace("_x000D_", "\n")
    assert kept.split() == printable(text).split()


@given(st.integers(MOST_CHARACTERS - 3, MOST_CHARACTERS + 3), st.sampled_from(["a", "\U0001f600"]))
def test_a_cell_never_holds_more_than_it_can(length: int, character: str) -> None:
    found = printable(character * length)
    assert len(found.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert found.endswith(character) == (length * len(character.encode("utf-16-le")) // 2 <= MOST_CHARACTERS)


def test_plain_text_is_left_as_it_is() -> None:
    assert printable(string.printable.split("\t")[0]) == string.printable.split("\t")[0]


def test_cells_that_look_alike_share_their_style_and_others_keep_their_own(book: Workbook) -> None:
    sheet = book.worksheets[2]
    red, green, none, blue = (sheet.cell(row, 6) for row in (4, 5, 6, 7))
    assert [cell.fill.fgColor.rgb for cell in (red, green, blue)] == ["008C1C13", "003E9B6E", "000B2E59"]
    assert none.fill.fill_type is None
    assert [sheet.cell(row, 5).alignment.horizontal for row in (4, 5, 7)] == ["right"] * 3
    assert [sheet.cell(row, 5).number_format for row in (4, 7)] == ["#,##0"] * 2
    assert [sheet.cell(row, 3).number_format for row in (4, 5, 6, 7)] == [
        "d mmm yyyy",
        "d mmm yyyy",
        "General",
        "d mmm yyyy",
    ]
    total = book.worksheets[1]
    assert [total.cell(row, 1).font.bold for row in (4, 5)] == [False, True]
