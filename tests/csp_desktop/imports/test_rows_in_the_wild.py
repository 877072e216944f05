"""Rows of owners' tables that are no actions, and those that look as if they were none."""

from collections.abc import Callable

import pytest

from csp_desktop.imports.grid import CellError, CellValue, Merge, MonthDate, WorkbookGrid
from csp_desktop.imports.records import Choices, Ignored, ReadTables
from csp_desktop.imports.rows import read_actions

MakeGrid = Callable[..., WorkbookGrid]
HEADINGS = ["Ref", "Action", "Lead", "Due date", "RAG"]
DUE = "31/03/2027"
ROOM = ["1", "Open a room", "Al Bo", DUE, "G"]


def read(grid: WorkbookGrid) -> ReadTables:
    return read_actions(grid, Choices())


def titles(result: ReadTables) -> list[str | None]:
    return [record.title.value for record in result.records]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["2", None, None, 0, "0%"], Ignored.FILLER),
        (["2", None, "\u2610", "-", CellError("#N/A")], Ignored.FILLER),
        ([None, None, "Please select", "dd/mm/yyyy", "Choose an item."], Ignored.FILLER),
        (["2", "[insert]", "xxx", "DD/MM/YY", None], Ignored.FILLER),
        (["2", "N/A", None, None, None], Ignored.FILLER),
        (["R", "Off track", None, None, None], Ignored.NOTE),
        (["Amber = at risk"], Ignored.NOTE),
        (["Signed:", None, "Date:"], Ignored.NOTE),
        ([None, "Total", None, 3], Ignored.TOTAL),
        (["Average", None, None, None, 0.5], Ignored.TOTAL),
        ([None, None, None, None, None, None, "see key"], Ignored.OUTSIDE),
    ],
)
def test_what_stands_between_the_actions_and_is_none(grid: MakeGrid, row: list[CellValue], why: Ignored) -> None:
    result = read(grid([HEADINGS, ROOM, row, ["3", "Brief drivers", "Jo Lee", DUE, "G"]]))
    assert titles(result) == ["Open a room", "Brief drivers"]
    assert [(each.row, each.why) for each in result.ignored] == [(3, why)]
    assert result.problems == ()


@pytest.mark.parametrize(
    "row",
    [
        ["Free text", "Free text", "Drop-down list", "dd/mm/yyyy", "R/A/G/B"],
        ["Our number", "What will be done?", "Name of one person", "dd/mm/yyyy", "R, A, G or B"],
        [1, 2, 3, 4, 5],
        ["(a)", "(b)", "(c)", "(d)", "(e)"],
        ["#ref", "#activity +name", None, "#date+end", None],
    ],
)
def test_what_stands_below_the_headings_to_explain_them(grid: MakeGrid, row: list[CellValue]) -> None:
    result = read(grid([HEADINGS, row, ROOM]))
    assert titles(result) == ["Open a room"]
    assert [each.why for each in result.ignored] == [Ignored.HINT]


@pytest.mark.parametrize(
    "row",
    [
        ["2", "Select a venue for the fair", None, None, None],
        ["2", "Choose an evaluator", "Please select", "TBC", "< Select >"],
        ["2", "Enter the new duty into every contract", None, None, None],
        ["2", "Total recall of unsafe alarms", None, None, None],
        ["2", "Note taking for victims", "Jo Lee", DUE, "G"],
        ["2", "N/A", "Jo Lee", DUE, "G"],
        ["G", "Grow the scheme", "Jo Lee", DUE, "G"],
    ],
)
def test_actions_that_look_like_something_else(grid: MakeGrid, row: list[CellValue]) -> None:
    assert titles(read(grid([HEADINGS, ROOM, row]))) == ["Open a room", row[1]]


def test_the_same_defaults_in_every_spare_row_are_no_actions_but_typed_words_are_refused(grid: MakeGrid) -> None:
    spare = [[str(number), None, None, None, "Green"] for number in range(2, 9)]
    result = read(grid([HEADINGS, ROOM, *spare, ["9", None, "Jo Lee", None, "Green"]]))
    assert titles(result) == ["Open a room"]
    assert [each.why for each in result.ignored] == [Ignored.FILLER] * 7
    assert [each.row for each in result.refused] == [10]


def test_a_number_and_a_name_above_rows_that_count_on_from_it_are_a_section(grid: MakeGrid) -> None:
    rows = [
        HEADINGS,
        ["1", "Tackling violence"],
        ["1.1", *ROOM[1:]],
        ["2.", "Communities"],
        ["2.1", "Hold an open day", "Jo Lee", DUE, "G"],
        ["3", "Brief drivers"],
        ["4", "Train staff", "Jo Lee", DUE, "G"],
    ]
    result = read(grid(rows, name="Sheet1"))
    assert {record.title.value: record.theme_text for record in result.records} == {
        "Open a room": "1. Tackling violence",
        "Hold an open day": "2. Communities",
        "Brief drivers": "2. Communities",
        "Train staff": "2. Communities",
    }


def test_cells_merged_across_columns_of_one_kind_hold_for_each(grid: MakeGrid) -> None:
    rows = [
        ["Action", "Description", "Lead", "Partners", "Start", "Due"],
        ["Open a room", None, "Police", None, "Ongoing", None],
    ]
    merges = (Merge(2, 1, 2, 2), Merge(2, 3, 2, 4), Merge(2, 5, 2, 6))
    record = read(grid(rows, merges=merges)).records[0]
    assert record.description is None
    assert record.supporting_partners is not None
    assert record.supporting_partners.text == "Police"
    assert record.due is not None
    assert record.due.text == "Ongoing"


def test_the_bars_of_a_gantt_chart_are_no_updates(grid: MakeGrid) -> None:
    months = [MonthDate(2026, month, 1) for month in range(4, 13)]
    rows = [
        ["Action", "Lead", "Start", "End", *months],
        ["Open a room", "Al Bo", "01/04/2026", DUE, "x", "x", "x"],
        ["Brief drivers", "Jo Lee", "01/05/2026", DUE, None, "x", 1],
    ]
    result = read(grid(rows))
    assert titles(result) == ["Open a room", "Brief drivers"]
    assert result.tables[0].mapping.mapped == {"Action": "title", "Lead": "lead", "Start": "start", "End": "due"}
    assert all(record.updates == () for record in result.records)


def test_a_sentence_apart_below_the_table_is_a_note_and_a_title_right_below_it_an_action(grid: MakeGrid) -> None:
    note = [None, "These dates were agreed by the board in March."]
    apart = read(grid([HEADINGS, ROOM, [], note]))
    assert (titles(apart), [each.why for each in apart.ignored]) == (["Open a room"], [Ignored.NOTE])
    assert titles(read(grid([HEADINGS, ROOM, [None, "Brief drivers"]]))) == ["Open a room", "Brief drivers"]
