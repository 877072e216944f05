import time
from collections.abc import Callable
from datetime import date

import pytest

from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import NO_RESULT, CellError, Merge, SheetGrid, WorkbookGrid
from csp_desktop.imports.records import ActionRecord, Choices, Ignored, ReadTables, TablePlace, ThemeSource
from csp_desktop.imports.rows import read_actions
from csp_desktop.rules.names import Organisations
from models.vocabulary import DueKind, LifecycleStatus, ProblemLevel

MakeGrid = Callable[..., WorkbookGrid]
HEADINGS = ["Ref", "Action", "Lead officer", "Due date", "RAG", "Progress update"]


def read(grid: WorkbookGrid, **choices: object) -> ReadTables:
    return read_actions(grid, Choices(**choices))  # type: ignore[arg-type]  # a test names the choices it makes


def only(read: ReadTables) -> ActionRecord:
    assert len(read.records) == 1
    return read.records[0]


def titles(read: ReadTables) -> list[str | None]:
    return [record.title.value for record in read.records]


def why(read: ReadTables) -> dict[int, Ignored]:
    return {row.row: row.why for row in read.ignored}


def test_a_plain_table(grid: MakeGrid) -> None:
    result = read(grid([HEADINGS, ["A1", "Fit cameras", "Amina Shah; Tom Briggs", "31/03/2025", "Green", "Ordered"]]))
    record = only(result)
    assert record.title.value == "Fit cameras"
    assert record.source_ref is not None
    assert record.source_ref.value == "A1"
    assert record.lead is not None
    assert record.lead.value is not None
    assert [party.name for party in record.lead.value.names] == ["Amina Shah", "Tom Briggs"]
    assert record.due is not None
    assert record.due.value is not None
    assert (record.due.value.last, record.due.text, record.due.cell) == (date(2025, 3, 31), "31/03/2025", "D2")
    assert record.rag is not None
    assert record.rag.value == "G"
    assert record.update is not None
    assert record.update.value == "Ordered"
    assert (record.theme_text, record.theme_source) == ("ASB", ThemeSource.SHEET)
    assert result.problems == ()
    assert result.tables[0].header_row == 1
    assert result.tables[0].mapping.mapped == {
        "Ref": "source_ref",
        "Action": "title",
        "Lead officer": "lead",
        "Due date": "due",
        "RAG": "rag",
        "Progress update": "update",
    }


def test_title_rows_merged_headings_and_other_orders(grid: MakeGrid) -> None:
    rows = [
        ["Safer Dewsbury action plan 2024/25"],
        ["OFFICIAL - updated 3 March"],
        [],
        [None, "Timescale", None, "Who", None, None],
        ["RAG\nstatus", "Start", "End\u00a0date", "Lead", "Partners", "What will we do?"],
        ["Amber", "01/04/2024", "31/03/2025", "Briggs, Tom", "WYP/KMC", "Patrol the market"],
    ]
    merges = (Merge(1, 1, 1, 6), Merge(4, 2, 4, 3), Merge(4, 4, 4, 5))
    result = read(grid(rows, merges=merges))
    record = only(result)
    assert result.tables[0].header_row == 5
    assert result.tables[0].mapping.mapped == {
        "RAG status": "rag",
        "Start": "start",
        "End date": "due",
        "Lead": "lead",
        "Partners": "supporting_partners",
        "What will we do?": "title",
    }
    assert record.start is not None
    assert record.start.value is not None
    assert record.start.value.first == date(2024, 4, 1)
    assert record.lead is not None
    assert record.lead.value is not None
    assert [party.name for party in record.lead.value.names] == ["Briggs, Tom"]


def test_headings_in_two_rows_with_sub_headings_below(grid: MakeGrid) -> None:
    rows = [
        ["Action", "Lead", "Timescale", None, "RAG"],
        [None, None, "Start", "Finish", None],
        ["Patrol the market", "Tom Briggs", "01/04/2024", "31/03/2025", "G"],
    ]
    merges = (Merge(1, 1, 2, 1), Merge(1, 2, 2, 2), Merge(1, 3, 1, 4), Merge(1, 5, 2, 5))
    result = read(grid(rows, merges=merges))
    assert result.tables[0].header_row == 2
    assert result.tables[0].mapping.mapped == {
        "Action": "title",
        "Lead": "lead",
        "Start": "start",
        "Finish": "due",
        "RAG": "rag",
    }
    assert only(result).row == 3


def test_fillers_hints_examples_totals_and_notes_are_no_data(grid: MakeGrid) -> None:
    rows = [
        ["Ref", "Action", "Lead", "Due date", "RAG"],
        ["Free text", "Describe the action", "Name", "dd/mm/yyyy", "R/A/G"],
        ["e.g. 1", "Fit cameras in the square", "Jo Lee", "01/01/2024", "Green"],
        ["1", "Patrol the market", "Tom Briggs", "31/03/2025", "< Select >"],
        ["2", None, None, None, "Please select an option"],
        ["---", "---", "---", "---", "---"],
        ["Ref", "Action", "Lead", "Due date", "RAG"],
        ["3", "Light the park", "Please select an option", "TBC", "A"],
        ["Total", None, None, 2, None],
        ["Note: RAG as agreed by the Board"],
    ]
    result = read(grid(rows))
    assert titles(result) == ["Patrol the market", "Light the park"]
    assert why(result) == {
        2: Ignored.HINT,
        3: Ignored.EXAMPLE,
        5: Ignored.FILLER,
        6: Ignored.FILLER,
        7: Ignored.REPEATED_HEADING,
        9: Ignored.TOTAL,
        10: Ignored.NOTE,
    }
    assert result.records[0].rag is None
    assert result.records[1].lead is None
    assert result.records[1].due is not None
    assert result.records[1].due.value is not None
    assert result.records[1].due.value.kind is DueKind.TO_BE_CONFIRMED


def test_section_rows_give_the_theme_of_the_rows_below(grid: MakeGrid) -> None:
    rows = [
        HEADINGS,
        ["1", "Before any section", "Jo", None, "G", None],
        ["Priority 1: Tackling anti-social behaviour"],
        ["2", "Patrol the market", "Tom", None, "G", None],
        ["3", "Light the park", "Jo", None, "G", None],
        [None, "Improving place"],
        ["4", "Plant trees", "Amina", None, "G", None],
        ["Priority 3: nothing yet"],
    ]
    result = read(grid(rows, name="Actions", merges=(Merge(3, 1, 3, 6),)))
    assert [(record.row, record.theme_text, record.theme_source) for record in result.records] == [
        (2, "Actions", ThemeSource.SHEET),
        (4, "Priority 1: Tackling anti-social behaviour", ThemeSource.SECTION),
        (5, "Priority 1: Tackling anti-social behaviour", ThemeSource.SECTION),
        (7, "Improving place", ThemeSource.SECTION),
    ]
    assert [(problem.cell, problem.level) for problem in result.problems] == [("B6", ProblemLevel.WARNING)]


def test_titles_alone_one_below_the_other_are_actions(grid: MakeGrid) -> None:
    rows = [["Action", "Lead", "RAG"], ["Patrol the market"], ["Light the park"], ["Plant trees", "Jo", "G"]]
    assert titles(read(grid(rows))) == ["Patrol the market", "Light the park", "Plant trees"]


def test_a_theme_column_goes_before_the_sheet_and_blank_cells_take_the_theme_above(grid: MakeGrid) -> None:
    rows = [
        ["Theme", "Action", "Lead"],
        ["ASB", "Patrol the market", "Tom"],
        [None, "Light the park", "Jo"],
        ["Place", "Plant trees", "Amina"],
    ]
    result = read(grid(rows))
    assert [record.theme_text for record in result.records] == ["ASB", "ASB", "Place"]
    repeated = [["Theme", "Action", "Lead"], ["ASB", "A thing", "T"], ["ASB", "B thing", "T"], [None, "C thing", "T"]]
    assert [record.theme_text for record in read(grid(repeated)).records] == ["ASB", "ASB", ""]


def test_merged_cells_count_for_the_rows_they_cover(grid: MakeGrid) -> None:
    rows = [
        ["Theme", "Action", "Lead", "Due date", "Update"],
        ["ASB", "Patrol the market", "Tom", "31/03/2025", "Begun"],
        [None, "Light the park", None, "30/04/2025", "Asked"],
        [None, None, None, "30/06/2025", "Quoted"],
    ]
    merges = (Merge(2, 1, 4, 1), Merge(2, 3, 3, 3), Merge(3, 2, 4, 2))
    result = read(grid(rows, merges=merges))
    assert titles(result) == ["Patrol the market", "Light the park"]
    second = result.records[1]
    assert second.lead is not None
    assert second.lead.text == "Tom"
    assert second.theme_text == "ASB"
    assert second.update is not None
    assert second.update.value == "Asked\nQuoted"
    assert why(result) == {4: Ignored.CONTINUATION}
    assert [(problem.cell, problem.level) for problem in result.problems] == [("D4", ProblemLevel.WARNING)]


def test_a_row_without_a_title_is_refused_and_the_others_are_kept(grid: MakeGrid) -> None:
    rows = [
        HEADINGS,
        ["1", None, "Tom", "31/03/2025", "G", "Done"],
        ["2", "Light the park", "Jo", None, None, None],
        ["3", CellError("#REF!"), "Jo", None, None, None],
    ]
    result = read(grid(rows))
    assert titles(result) == ["Light the park"]
    assert [(row.row, row.problem.cell) for row in result.refused] == [(2, "B2"), (4, "B4")]
    assert "“Action” is empty" in result.refused[0].problem.message
    assert "#REF!" in result.refused[1].problem.message


def test_a_cell_that_cannot_be_read_is_a_problem_at_its_own_address(grid: MakeGrid) -> None:
    rows = [
        [None, "Plan"],
        [None, *HEADINGS],
        [None, "1", "Patrol the market", "Tom", "31/04/2025", "purple", CellError(NO_RESULT)],
    ]
    result = read(grid(rows))
    record = only(result)
    errors = [(problem.sheet, problem.cell) for problem in result.problems if problem.level is ProblemLevel.ERROR]
    assert errors == [("ASB", "E3"), ("ASB", "F3"), ("ASB", "G3")]
    assert "30/04/2025" in result.problems[0].message
    assert record.due is not None
    assert (record.due.value, record.due.text) == (None, "31/04/2025")
    assert record.unread == {"due": "31/04/2025", "rag": "purple", "update": NO_RESULT}
    assert record.lead is not None


def test_a_date_column_in_doubt_stays_empty_until_it_is_answered(grid: MakeGrid) -> None:
    rows = [
        ["Action", "Lead", "Due date"],
        ["Patrol the market", "Tom", "03/04/2025"],
        ["Light the park", "Jo", "03/25/2025"],
    ]
    made = grid(rows)
    result = read(made)
    assert [record.due.value if record.due else 0 for record in result.records] == [None, None]
    assert [problem.cell for problem in result.problems] == ["C1", "C3"]
    assert [(question.heading, question.samples) for question in result.questions] == [
        ("Due date", ("03/04/2025", "03/25/2025"))
    ]
    answered = read(made, order=DateOrder.MONTH_FIRST)
    assert [record.due.value.last if record.due and record.due.value else None for record in answered.records] == [
        date(2025, 3, 4),
        date(2025, 3, 25),
    ]
    assert answered.questions == ()


def test_complete_in_a_rag_column_gives_blue_and_the_status(grid: MakeGrid) -> None:
    record = only(read(grid([["Action", "RAG"], ["Patrol the market", "Complete"]])))
    assert record.rag is not None
    assert record.rag.value == "B"
    assert record.status is not None
    assert record.status.value is LifecycleStatus.COMPLETE


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["Green", "Red", "Amber"], "rag"),
        (["In progress", "Not started", "Complete"], "status"),
        (["In progress", "Green", "Complete"], "status"),
    ],
)
def test_a_status_column_is_decided_by_its_values(grid: MakeGrid, values: list[str], field: str) -> None:
    rows = [["Action", "Lead", "Status"], *(["Do the thing", "Tom", value] for value in values)]
    assert read(grid(rows)).tables[0].mapping.mapped["Status"] == field


def test_a_status_column_of_both_kinds_gives_both(grid: MakeGrid) -> None:
    rows = [["Action", "Lead", "Status"], ["One thing", "Tom", "Green"], ["Two things", "Tom", "In progress"]]
    first, second = read(grid(rows)).records
    assert first.rag is not None
    assert first.rag.value == "G"
    assert second.status is not None
    assert second.status.value is LifecycleStatus.IN_PROGRESS


def test_quarter_columns_are_dated_updates_when_the_year_is_known(grid: MakeGrid) -> None:
    rows = [
        ["Action plan 2024/25"],
        ["Action", "Lead", "Q1", "Q2", "Q3"],
        ["Patrol the market", "Tom", "Begun", "Half way", None],
    ]
    record = only(read(grid(rows)))
    assert [(update.dated, update.period_text, update.text, update.cell) for update in record.updates] == [
        (date(2024, 6, 30), "Q1 2024/25", "Begun", "C3"),
        (date(2024, 9, 30), "Q2 2024/25", "Half way", "D3"),
    ]
    unknown = only(read(grid(rows[1:])))
    assert [(update.dated, update.period_text) for update in unknown.updates] == [(None, "Q1"), (None, "Q2")]


def test_a_rating_and_a_comment_of_one_quarter_are_one_update(grid: MakeGrid) -> None:
    rows = [
        ["Action", "Lead", "Q1 2024/25", None],
        [None, None, "RAG", "Comment"],
        ["Patrol the market", "Tom", "Amber", "Short of staff"],
    ]
    merges = (Merge(1, 1, 2, 1), Merge(1, 2, 2, 2), Merge(1, 3, 1, 4))
    record = only(read(grid(rows, merges=merges)))
    assert [(update.rag, update.text, update.dated) for update in record.updates] == [
        ("A", "Short of staff", date(2024, 6, 30))
    ]
    assert [(update.rag_cell, update.cell) for update in record.updates] == [("C3", "D3")]


def test_a_quarters_rating_alone_stands_in_its_own_cell(grid: MakeGrid) -> None:
    rows = [
        ["Action", "Lead", "Q1 2024/25", None],
        [None, None, "RAG", "Comment"],
        ["Patrol the market", "Tom", "Amber", None],
        ["Light the alleys", "Tom", None, "Begun"],
        ["Check the lamps", "Tom", "Purple", "Counted"],
        *([f"Mend lamp {number}", "Tom", "Green", "Mended"] for number in range(8)),
    ]
    merges = (Merge(1, 1, 2, 1), Merge(1, 2, 2, 2), Merge(1, 3, 1, 4))
    found = read(grid(rows, merges=merges))
    updates = [update for record in found.records[:3] for update in record.updates]
    assert [(update.rag, update.rag_cell, update.cell) for update in updates] == [
        ("A", "C3", ""),
        (None, "", "D4"),
        (None, "C5", "D5"),
    ]
    assert [problem.cell for problem in found.problems if problem.level is ProblemLevel.ERROR] == ["C5"]


def test_amber_or_red_without_a_reason_is_a_warning(grid: MakeGrid) -> None:
    rows = [["Action", "RAG", "Reason"], ["One", "Red", "No staff"], ["Two", "Amber", None], ["Three", "Green", None]]
    assert [(problem.cell, problem.level) for problem in read(grid(rows)).problems] == [("B3", ProblemLevel.WARNING)]


def test_our_own_ref_is_told_from_the_owners(grid: MakeGrid) -> None:
    first, second = read(grid([HEADINGS[:3], ["ACT-0007", "One", "Tom"], ["7", "Two", "Tom"]])).records
    assert (first.our_ref, first.source_ref) == ("ACT-0007", None)
    assert second.our_ref == ""
    assert second.source_ref is not None
    assert second.source_ref.value == "7"


def test_a_ref_that_stands_twice_is_said(grid: MakeGrid) -> None:
    result = read(grid([HEADINGS[:3], ["1", "One", "Tom"], ["1", "Two", "Tom"]]))
    assert [(problem.cell, problem.level) for problem in result.problems] == [("A3", ProblemLevel.WARNING)]


def test_every_visible_sheet_with_actions_is_read_and_the_others_are_named() -> None:
    table = {1: ["Action", "Lead"], 2: ["Patrol the market", "Tom"]}
    sheets = (
        SheetGrid("Cover", rows={1: ["Safer Dewsbury"]}),
        SheetGrid("ASB", rows=table),
        SheetGrid("Old", hidden=True, rows=table),
        SheetGrid("Contacts", rows={1: ["Name", "Email"], 2: ["Tom", "t@example.org"]}),
        SheetGrid("Place", rows=table),
    )
    grid = WorkbookGrid("plan.xlsx", "xlsx", sheets)
    result = read(grid)
    assert [table.sheet for table in result.tables] == ["ASB", "Place"]
    assert [skipped.sheet for skipped in result.skipped] == ["Cover", "Old", "Contacts"]
    assert [record.theme_text for record in result.records] == ["ASB", "Place"]
    assert [table.sheet for table in read(grid, sheets=("Old",)).tables] == ["Old"]


def test_two_tables_on_one_sheet_have_their_own_headings(grid: MakeGrid) -> None:
    rows = [
        ["Action", "Lead", "Due date", "RAG"],
        ["Patrol the market", "Tom", "31/03/2025", "G"],
        [],
        ["Lead officer", "Task", "Deadline", "Comments", "Ref"],
        ["Jo", "Light the park", "30/04/2025", "Asked", "9"],
    ]
    result = read(grid(rows))
    assert [table.header_row for table in result.tables] == [1, 4]
    assert titles(result) == ["Patrol the market", "Light the park"]


def test_choices_of_a_user_go_before_every_guess(grid: MakeGrid) -> None:
    made = grid([["Snarf", "Assigned To", "Due Date"], ["Find vendors", "Mark", "TBD"]])
    assert read(made).tables == ()
    chosen = read(made, mappings={TablePlace("ASB", 1): {"Snarf": "title", "Due Date": ""}})
    record = only(chosen)
    assert record.title.value == "Find vendors"
    assert record.due is None
    mapping = chosen.tables[0].mapping
    remembered = read(made, remembered={mapping.fingerprint: mapping.memory})
    assert remembered.tables[0].mapping.mapped == {"Snarf": "title", "Assigned To": "lead"}


def test_known_organisations_reach_the_names(grid: MakeGrid) -> None:
    organisations = Organisations.of([("West Yorkshire Police", ["WYP"])])
    result = read(grid([["Action", "Lead"], ["Patrol", "WYP"]]), organisations=organisations)
    lead = only(result).lead
    assert lead is not None
    assert lead.value is not None
    assert lead.value.names[0].name == "West Yorkshire Police"


def test_priority_is_a_level_an_objective_or_a_theme_by_its_values(grid: MakeGrid) -> None:
    def field_of(values: list[str], **choices: object) -> str:
        rows = [["Priority", "Action", "Lead"], *([value, "Do the thing", "Tom"] for value in values)]
        return read(grid(rows), **choices).tables[0].mapping.mapped["Priority"]

    assert field_of(["High", "Low", "Medium"]) == ActionField.PRIORITY
    assert field_of(["Fewer burglaries", "Safer streets"]) == ActionField.OBJECTIVE
    known = ("Tackling anti-social behaviour", "Improving place")
    assert field_of(["Improving place", "Tackling anti-social behaviour"], known_themes=known) == ActionField.THEME


def test_a_target_is_a_date_or_a_measure_by_its_values(grid: MakeGrid) -> None:
    dated = read(grid([["Action", "Target"], ["Patrol", "31/03/2025"], ["Light", "30/04/2025"]]))
    assert dated.tables[0].mapping.mapped["Target"] == "due"
    counted = read(grid([["Action", "Lead", "Target"], ["Patrol", "Tom", "Ten patrols a week in the market"]]))
    assert counted.tables[0].mapping.mapped["Target"] == "success_measure"


def test_a_large_sheet_with_many_merges_is_quick(grid: MakeGrid) -> None:
    rows = [HEADINGS, *([str(n), f"Action {n}", "Tom Briggs", "31/03/2025", "Green", "Done"] for n in range(20_000))]
    merges = tuple(Merge(row, 6, row + 4, 6) for row in range(2, 20_000, 10))
    result = read(grid(rows, merges=merges))
    assert len(result.records) == 20_000


@pytest.mark.parametrize("unit", ["-", " ", "(", "a", "1", "Q1 ", "priority ", "2024 ", "\n ", ", ", "@a.", "green "])
def test_long_cells_of_any_kind_are_read_quickly(grid: MakeGrid, unit: str) -> None:
    long = "x" + unit * (30_000 // len(unit)) + "x"
    headings = ["Ref", "Action", "Lead", "Due date", "RAG", "Status", "% complete", "Update", "Theme", long]
    rows = [[long, "title"], headings, [long] * 10, ["1", "Light the park", *[long] * 8], [long, "Priority 1"]]
    started = time.monotonic()
    result = read(grid(rows))
    assert "Light the park" in titles(result)
    assert time.monotonic() - started < 5


def test_an_action_that_counts_is_no_total(grid: MakeGrid) -> None:
    rows = [["Action", "Lead"], ["Count the lamps", "Tom"], ["Mean streets project", "Tom"], ["Count of actions", 2]]
    found = read(grid(rows))
    assert [record.title.value for record in found.records] == ["Count the lamps", "Mean streets project"]
    assert [(row.row, row.why) for row in found.ignored] == [(4, Ignored.TOTAL)]


@pytest.mark.parametrize("cell", [355232.32, 7, "0114 273 4567", date(2026, 3, 31)])
def test_what_has_no_letters_is_nobody(grid: MakeGrid, cell: object) -> None:
    record = only(read(grid([["Action", "Lead officer", "Due"], ["Light the park", cell, "30/04/2026"]])))
    assert record.lead is not None
    assert record.lead.value is None
    assert [problem.cell for problem in record.problems] == ["B2"]
    assert "is not a name" in record.problems[0].message


def test_cells_under_no_heading_are_said_to_be_left_out(grid: MakeGrid) -> None:
    rows = [
        ["Action", "Lead", "Due date"],
        ["Patrol", "Tom", "31/03/2025", "ring him"],
        ["Walk", "Ann", "30/04/2025"],
        ["Meet", "Jo", "30/04/2025", None, "and her", "---"],
        ["Talk", "Jo", "30/04/2025", None, "twice"],
    ]
    result = read(grid(rows))
    assert [problem.cell for problem in result.problems] == ["D2", "E4"]
    assert result.problems[0].message.startswith("“ring him” stands under no heading")
    assert "and 1 more of its column stand" in result.problems[1].message


def test_a_priority_has_no_place_and_is_said_to_be_left_out(grid: MakeGrid) -> None:
    result = read(grid([["Action", "Lead", "Priority level"], ["Patrol", "Tom", "High"]]))
    assert [(problem.cell, problem.level) for problem in result.problems] == [("C1", ProblemLevel.WARNING)]


def test_an_error_beside_a_title_merged_downwards_is_a_problem_of_its_own(grid: MakeGrid) -> None:
    rows = [["Action", "Lead", "Update"], ["Patrol", "Tom", "Begun"], [None, None, CellError("#REF!")]]
    result = read(grid(rows, merges=(Merge(2, 1, 3, 1),)))
    assert [(problem.cell, problem.level) for problem in result.problems] == [("C3", ProblemLevel.ERROR)]
