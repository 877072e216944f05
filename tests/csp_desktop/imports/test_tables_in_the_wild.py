"""Where owners' tables lie, and what of a sheet belongs to which: side by side, repeated, named, headed in odd ways."""

import time
from collections.abc import Callable, Sequence

import pytest

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import CellValue, Merge, SheetGrid, WorkbookGrid
from csp_desktop.imports.headings import find_tables
from csp_desktop.imports.mapping import fingerprint, propose_mapping
from csp_desktop.imports.records import Choices, Ignored, ReadTables, TablePlace, ThemeSource
from csp_desktop.imports.rows import read_actions

MakeGrid = Callable[..., WorkbookGrid]
HEADINGS = ["Action", "Lead", "Due date", "RAG"]
DUE = "31/03/2027"


def read(grid: WorkbookGrid, **choices: object) -> ReadTables:
    return read_actions(grid, Choices(**choices))  # type: ignore[arg-type]  # a test names the choices it makes


def themes(result: ReadTables) -> dict[str, str]:
    return {record.title.value or "": record.theme_text for record in result.records}


def ignored(result: ReadTables) -> dict[int, Ignored]:
    return {row.row: row.why for row in result.ignored}


def headings_of(grid: WorkbookGrid, header_rows: Sequence[int] = ()) -> list[str]:
    return [heading.text for heading in find_tables(grid.sheets[0], header_rows)[0].headings]


BESIDE: list[list[CellValue]] = [
    [*HEADINGS, None, *HEADINGS],
    ["Fit gates", "Al Bo", DUE, "G", None, "Light the park", "Jo Lee", DUE, "A"],
    ["Walk the estate", "Al Bo", DUE, "R", None, None, None, None, None],
    [None, None, None, None, None, "Mend the fence", "Jo Lee", DUE, "G"],
]


def test_tables_side_by_side_keep_their_cells_to_themselves(grid: MakeGrid) -> None:
    result = read(grid(BESIDE))
    assert [table.place for table in result.tables] == [TablePlace("ASB", 1, 1), TablePlace("ASB", 1, 6)]
    found = [(record.place, record.title.value, record.title.cell) for record in result.records]
    assert found == [
        (("ASB", 2), "Fit gates", "A2"),
        (("ASB", 3), "Walk the estate", "A3"),
        (("ASB", 2, 6), "Light the park", "F2"),
        (("ASB", 4, 6), "Mend the fence", "F4"),
    ]
    assert result.refused == result.ignored == ()


def test_one_of_two_tables_side_by_side_can_be_left_unread_and_mapped_by_itself(grid: MakeGrid) -> None:
    right = TablePlace("ASB", 1, 6)
    unread = read(grid(BESIDE), unread_tables=frozenset({right}))
    assert [record.title.value for record in unread.records] == ["Fit gates", "Walk the estate"]
    mapped = read(grid(BESIDE), mappings={right: {"Lead": ""}})
    assert [record.lead is None for record in mapped.records] == [False, False, True, True]


def test_the_same_headings_again_without_a_blank_column_are_a_second_table(grid: MakeGrid) -> None:
    rows = [
        ["Action", "Lead", "Action", "Lead"],
        ["Fit gates", "Al Bo", "Light the park", "Jo Lee"],
        [None, None, "Mend the fence", "Jo Lee"],
    ]
    assert list(themes(read(grid(rows)))) == ["Fit gates", "Light the park", "Mend the fence"]


def test_headings_said_to_be_in_a_row_are_split_side_by_side_too(grid: MakeGrid) -> None:
    result = read(grid([["Snarf"], *BESIDE]), header_rows={"ASB": (2,)})
    assert [table.place.column for table in result.tables] == [1, 6]


@pytest.mark.parametrize(
    "headings",
    [
        ["Action", "Lead", None, "RAG", "Comments"],
        ["Action", "Lead", None, "Next steps", "Due date"],
        ["Ref", "Lead", None, "Action", "Due date"],
    ],
)
def test_a_blank_column_within_one_table_parts_nothing(grid: MakeGrid, headings: list[str]) -> None:
    rows = [headings, ["a", "b", None, "c", "d"], ["e", "f", None, "g", "h"]]
    assert len(find_tables(grid(rows).sheets[0])) == 1


def test_the_name_above_a_repeated_table_is_the_theme_of_its_rows(grid: MakeGrid) -> None:
    rows = [
        ["Safer Dewsbury action plan 2026/27"],
        ["Project: Street lighting"],
        HEADINGS,
        ["Light the park", "Jo Lee", DUE, "G"],
        ["Note: subject to funding"],
        [],
        ["Park patrols"],
        HEADINGS,
        ["Patrol the park", "Al Bo", DUE, "G"],
        ["Total", None, None, 1],
        ["Safer schools"],
        HEADINGS,
        ["Visit schools", "Al Bo", DUE, "G"],
    ]
    result = read(grid(rows))
    assert themes(result) == {
        "Light the park": "Street lighting",
        "Patrol the park": "Park patrols",
        "Visit schools": "Safer schools",
    }
    assert {record.theme_source for record in result.records} == {ThemeSource.SECTION}
    assert [record.theme_cell for record in result.records] == ["A2", "A7", "A11"]
    assert ignored(result)[5] is Ignored.NOTE
    assert ignored(result)[10] is Ignored.TOTAL
    assert not [problem for problem in result.problems if problem.cell in {"A7", "A11"}]


def test_the_name_above_another_table_is_no_row_of_the_table_before(grid: MakeGrid) -> None:
    rows = [
        ["Street lighting"],
        HEADINGS,
        ["Light the park", "Jo Lee", DUE, "G"],
        ["Park patrols"],
        ["Ref", "Task", "Owner", "Deadline"],
        ["1", "Patrol the park", "Al Bo", DUE],
    ]
    result = read(grid(rows))
    assert themes(result) == {"Light the park": "Street lighting", "Patrol the park": "Park patrols"}
    assert [(table.header_row, table.last_row) for table in result.tables] == [(2, 3), (5, 6)]
    assert result.ignored == ()


def test_the_title_of_a_sheet_is_no_name_of_its_first_table(grid: MakeGrid) -> None:
    rows = [["Safer Dewsbury"], HEADINGS, ["Light the park", "Jo Lee", DUE, "G"]]
    assert themes(read(grid(rows))) == {"Light the park": "ASB"}


def test_the_title_on_every_page_names_nothing(grid: MakeGrid) -> None:
    page = [["Safer Dewsbury"], HEADINGS, ["Light the park", "Jo Lee", DUE, "G"]]
    result = read(grid([*page, *page]))
    assert [record.theme_text for record in result.records] == ["ASB", "ASB"]
    assert ignored(result) == {4: Ignored.REPEATED_HEADING, 5: Ignored.REPEATED_HEADING}


def test_two_rows_of_headings_repeated_are_both_ignored(grid: MakeGrid) -> None:
    head = [["Action", "Who", None], [None, "Lead", "Support"]]
    rows = [*head, ["Light the park", "Jo Lee", None], *head, ["Patrol the park", "Al Bo", None]]
    merges = (Merge(1, 1, 2, 1), Merge(1, 2, 1, 3), Merge(4, 1, 5, 1), Merge(4, 2, 4, 3))
    result = read(grid(rows, merges=merges))
    assert list(themes(result)) == ["Light the park", "Patrol the park"]
    assert ignored(result) == {4: Ignored.REPEATED_HEADING, 5: Ignored.REPEATED_HEADING}


def test_headings_in_three_rows(grid: MakeGrid) -> None:
    rows = [
        ["Action", "When", None, None, None],
        [None, "Planned", None, "Actual", None],
        [None, "Start", "End", "Start", "End"],
        ["Light the park", "01/04/2026", DUE, None, None],
    ]
    merges = (Merge(1, 1, 3, 1), Merge(1, 2, 1, 5), Merge(2, 2, 2, 3), Merge(2, 4, 2, 5))
    table = find_tables(grid(rows, merges=merges).sheets[0])[0]
    assert (table.top, table.header_row) == (1, 3)
    assert [heading.text for heading in table.headings] == [
        "Action",
        "When Planned: Start",
        "When Planned: End",
        "When Actual: Start",
        "When Actual: End",
    ]
    mapped = propose_mapping(table).mapped
    assert (mapped["Action"], mapped["When Planned: Start"]) == ("title", "start")


def test_units_below_the_headings_are_no_headings_of_their_own(grid: MakeGrid) -> None:
    rows = [["Action", "Due date", "Lead"], [None, "(dd/mm/yyyy)", None], ["Light the park", DUE, "Jo Lee"]]
    merges = (Merge(1, 1, 2, 1), Merge(1, 3, 2, 3))
    assert headings_of(grid(rows, merges=merges)) == ["Action", "Due date", "Lead"]


def test_a_row_of_words_above_a_second_table_is_data_of_the_first(grid: MakeGrid) -> None:
    rows = [
        HEADINGS,
        ["Light the park", "Jo Lee", "Ongoing", "Green"],
        ["Patrol the park", "Al Bo", "Monthly", "Amber"],
        ["Task", "Owner", "Deadline", "Comments"],
        ["Mend the fence", "Jo Lee", "Ongoing", "Begun"],
    ]
    assert list(themes(read(grid(rows)))) == ["Light the park", "Patrol the park", "Mend the fence"]


def test_a_column_without_a_heading_can_be_mapped_and_changes_no_fingerprint(grid: MakeGrid) -> None:
    rows = [["Ref", None, "Lead", "Due date"], *([str(n), f"Light park {n}", "Jo Lee", DUE] for n in range(4))]
    table = find_tables(grid(rows).sheets[0])[0]
    mapping = propose_mapping(table)
    assert [column.heading for column in mapping.columns] == ["Ref", "Column B", "Lead", "Due date"]
    assert mapping.fingerprint == fingerprint(["Ref", "Lead", "Due date"])
    chosen = read(grid(rows), mappings={TablePlace("ASB", 1, 1): {"Column B": "title"}})
    assert len(chosen.records) == 4


def test_asides_beside_a_table_are_no_column(grid: MakeGrid) -> None:
    data: list[list[CellValue]] = [["Light the park", "Jo Lee", DUE, "G"] for _ in range(12)]
    data[3] = [*data[3], None, "see e-mail"]
    assert headings_of(grid([HEADINGS, *data])) == HEADINGS


def test_a_heading_in_an_unknown_language_above_a_known_one_stands_with_it(grid: MakeGrid) -> None:
    rows = [["Tehtävä", "Vastuuhenkilö", "Määräaika"], ["Action", "Lead", "Due"], ["Light the park", "Jo Lee", DUE]]
    table = find_tables(grid(rows).sheets[0])[0]
    assert (table.top, table.header_row) == (1, 2)
    assert table.headings[0].text == "Tehtävä / Action"
    fields = [column.field for column in propose_mapping(table).columns]
    assert fields == [ActionField.TITLE, ActionField.LEAD, ActionField.DUE]


def test_hidden_rows_are_read_and_said_or_left_out_where_that_is_chosen(grid: MakeGrid) -> None:
    rows = [HEADINGS, *([f"Light park {n}", "Jo Lee", DUE, "G"] for n in range(2, 13))]
    made = grid(rows, hidden_rows=frozenset({5, 6, 7, 12, 40}))
    result = read(made)
    assert [problem.message for problem in result.problems] == [
        "4 of the rows are hidden in the workbook and were read: rows 5 to 7 and 12."
    ]
    assert (len(result.records), result.tables[0].hidden_rows) == (11, 4)
    shown = read(made, unhidden_only=frozenset({"ASB"}))
    assert (len(shown.records), shown.tables[0].hidden_rows) == (7, 4)
    assert ignored(shown) == dict.fromkeys((5, 6, 7, 12), Ignored.HIDDEN)
    assert shown.problems == ()


def test_a_hidden_section_still_names_the_rows_below_it(grid: MakeGrid) -> None:
    rows = [HEADINGS, ["Priority 1: Parks"], ["Light the park", "Jo Lee", DUE, "G"]]
    made = grid(rows, hidden_rows=frozenset({2}))
    for chosen in (frozenset[str](), frozenset({"ASB"})):
        assert themes(read(made, unhidden_only=chosen)) == {"Light the park": "Priority 1: Parks"}


def test_a_hidden_column_is_read_and_said_where_it_holds_a_field(grid: MakeGrid) -> None:
    rows = [[*HEADINGS, "Ward"], ["Light the park", "Jo Lee", DUE, "G", "East"]]
    result = read(grid(rows, hidden_columns=frozenset({2, 5})))
    assert [(problem.cell, problem.message) for problem in result.problems] == [
        ("B1", "The column “Lead” is hidden in the workbook and was read.")
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "The sheet is empty."),
        ([["Dear Tom,"], ["Please find the plan enclosed."]], "No row of the sheet looks like column headings."),
        ([HEADINGS], "It has headings but no actions below them."),
        (
            [HEADINGS, ["< Select >", None, "dd/mm/yyyy"], ["Note: none yet"]],
            "It has headings but no actions below them.",
        ),
        ([["Ward", "Rate"], ["East", 4]], "It has no column for the action."),
        (
            [["Project name", "Postcode"], ["Park", "BL1"]],
            "It has no column for lead, due date, RAG or update; “Project name” may be the action.",
        ),
    ],
)
def test_a_sheet_without_actions_says_what_it_is(grid: MakeGrid, rows: list[list[CellValue]], why: str) -> None:
    result = read(grid(rows))
    assert [skipped.why for skipped in result.skipped] == [why]
    assert why.rstrip(".") in result.why_nothing


def test_a_file_without_actions_says_the_most_telling_first() -> None:
    sheets = (
        SheetGrid("Cover", rows={1: ["Safer Dewsbury"]}),
        SheetGrid("Plan", rows={1: list(HEADINGS)}),
        SheetGrid("Wards", rows={1: ["Ward", "Rate"], 2: ["East", 4]}),
        SheetGrid("Empty"),
    )
    told = read(WorkbookGrid("plan.xlsx", "xlsx", sheets)).why_nothing
    assert told.startswith("It has headings on the sheet “Plan” but no actions below them.")
    others = read(WorkbookGrid("plan.xlsx", "xlsx", (sheets[0], *sheets[2:]))).why_nothing
    assert others.startswith("On “Wards”: It has no column for the action. On “Cover”:")
    assert read(WorkbookGrid("plan.xlsx", "xlsx", ())).why_nothing == "It has no sheets."


@pytest.mark.parametrize(
    "rows",
    [
        [["Name", "Lead agency", "Email"], ["Al Bo", "Police", "al@example.org"]],
        [["Contact", "Owner", "Telephone"], ["Al Bo", "Police", "01484"]],
        [["Lead", "RAG", "Count of Action"], ["Al Bo", "G", 3], ["Jo Lee", "A", 4]],
        [["Row Labels", "Count of RAG", "Sum of Action"], ["Al Bo", 2, 3], ["Grand Total", 2, 3]],
        [["Monday", "Tuesday", "Wednesday"], [4, 5, 6], ["Board", None, "Patrol"]],
        [["Date", "Meeting", "Chair"], ["01/06/2026", "Board", "Jo Lee"]],
        [["Dear Tom,"], ["The action plan is enclosed.", "Lead: Jo"], ["Yours, Jo"]],
    ],
)
def test_lists_of_other_things_are_never_taken_for_actions(grid: MakeGrid, rows: list[list[CellValue]]) -> None:
    assert read(grid(rows)).tables == ()


def test_refs_that_start_anew_under_each_project_are_no_problem(grid: MakeGrid) -> None:
    head = ["Ref", "Action", "Lead"]
    rows = [
        ["Project: Lights"],
        head,
        ["1", "Light the park", "Jo"],
        ["Project: Locks"],
        head,
        ["1", "Fit locks", "Al"],
    ]
    assert read(grid(rows)).problems == ()


def test_a_sheet_of_many_tables_and_one_of_many_merges_are_quick(grid: MakeGrid) -> None:
    rows: list[list[CellValue]] = []
    for number in range(300):
        head = HEADINGS if number % 2 else ["Task", "Owner", "Deadline", "Progress"]
        rows += [[f"Project: Number {number}"], head, [f"Do {number}", "Jo Lee", DUE, "G"], []]
    merges = [Merge(1 + 4 * at, 1, 1 + 4 * at, 4) for at in range(300)]
    merges += [Merge(3 + at % 1000, 2, 4 + at % 1000, 2 + at % 200) for at in range(5000)]
    started = time.process_time()
    result = read(grid(rows, merges=tuple(merges)))
    assert time.process_time() - started < 5
    assert len(result.tables) == 300


def test_a_key_to_the_colours_is_no_action_wherever_it_stands(grid: MakeGrid) -> None:
    headings = ["Action", "Lead", "Due date", "RAG"]
    rows = [["Patrol", "Tom", "31/03/2026", "G"], ["Walk", "Ann", "31/03/2026", "R"]]
    key = [["Key", "Meaning"], ["R", "Off track"], ["G", "On track"]]
    result = read(grid([headings, *rows, [], *key]))
    assert [record.title.value for record in result.records] == ["Patrol", "Walk"]
    beside = [[*headings, None, "Key"], [*rows[0], None, "R = off track"], [*rows[1], None, "G = on track"]]
    result = read(grid(beside))
    assert [record.title.value for record in result.records] == ["Patrol", "Walk"]
    assert result.tables[0].mapping.unmapped == ("Key",)


def test_a_hidden_sheet_is_named_where_nothing_else_holds_actions(grid: MakeGrid) -> None:
    hidden = grid([["Action", "Lead"], ["Patrol", "Tom"]], hidden=True)
    assert read(hidden).why_nothing.startswith("The sheet is hidden. If the actions are on a hidden sheet, show it")
