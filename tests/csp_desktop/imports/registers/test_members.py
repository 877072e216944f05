"""Cohort members from spreadsheets: new, changed, unchanged, refused, taken back."""

from collections.abc import Callable
from datetime import date

import pytest

from csp_desktop.errors import CspError, UnreadableFileError
from csp_desktop.registers.forms import Register
from models.offending import CohortDefinition
from tests.csp_desktop.imports.registers.conftest import Desk

MEMBERS = Register.COHORT_MEMBERS
HEAD = ["Person ID", "Index date", "Disposal", "Offence code", "DOB", "Sex", "OGRS", "Sentence length"]
ROWS = [
    HEAD,
    ["A1", "12/03/2024", "Comm Order", "001/01", "01/02/85", "M", "45%", ""],
    ["A2", "13/03/2024", "SSO", "019", "1/1/1990", "Female", "0.2", "1y 6m"],
    ["A3", "14/03/2024", "HDC release", "", "", "", "", "2 years"],
]


def test_members_make_their_cohort_and_stand_in_it_as_the_file_says(desk: Desk) -> None:
    result = desk.bring(MEMBERS, ROWS)
    assert (result["cohort"], result["definition"], result["counts"]["new"]) == ("Dewsbury 2024", "local", 3)
    assert desk.rows("SELECT name, definition, follow_up_months, waiting_months FROM cohort") == [
        ("Dewsbury 2024", "local", 12, 6)
    ]
    assert desk.rows(
        "SELECT reference, index_date, disposal, code, birth_date, sex, predicted_score, sentence_months"
        " FROM cohort_member m JOIN offender o ON o.id = m.offender_id"
        " LEFT JOIN offence_code c ON c.id = m.offence_code_id ORDER BY reference"
    ) == [
        ("A1", "2024-03-12", "community_order", "001/01", "1985-02-01", "male", 450_000, None),
        ("A2", "2024-03-13", "suspended_sentence", "019", "1990-01-01", "female", 200_000, 18),
        ("A3", "2024-03-14", "custody", None, None, None, None, 24),
    ]
    assert desk.column("SELECT index_date FROM window_end ORDER BY 1") == ["2024-03-12", "2024-03-13", "2024-03-14"]
    assert desk.is_clean()


def test_the_same_members_again_change_nothing_and_leave_no_step(desk: Desk) -> None:
    desk.bring(MEMBERS, ROWS)
    steps = desk.number("audit_entry")
    again = desk.bring(MEMBERS, [HEAD, *reversed(ROWS[1:])])
    assert again["import_id"] is None
    assert again["counts"] | {"unchanged": 0} == dict.fromkeys(again["counts"], 0)
    assert again["counts"]["unchanged"] == 3
    assert desk.number("audit_entry") == steps


def test_a_changed_cell_is_told_old_to_new_and_a_blank_one_never_clears(desk: Desk) -> None:
    desk.bring(MEMBERS, ROWS)
    result = desk.bring(MEMBERS, [HEAD, ["A1", "12/03/2024", "Fine", "001/01", "", "M", "45%", ""]])
    assert (result["counts"]["changed"], result["counts"]["new"]) == (1, 0)
    (row,) = result["rows"]
    assert row["changes"] == {"disposal": ["community_order", "fine"]}
    assert [(each["cell"], each["level"]) for each in result["problems"]] == [("E2", "warning")]
    assert desk.rows("SELECT disposal, birth_date, version FROM cohort_member WHERE id = 1") == [
        ("fine", "1985-02-01", 2)
    ]


def test_rows_that_cannot_be_are_left_out_with_their_cell_and_why(
    said: Callable[..., list[tuple[str, str, str]]],
) -> None:
    problems = said(
        MEMBERS,
        [
            HEAD,
            ["A1", "", "Custody", "", "", "", "", ""],
            ["", "12/03/2024", "Custody", "", "", "", "", ""],
            ["A3", "12/03/2024", "Caution", "", "", "", "", ""],
            ["A4", "12/03/2024", "Custody", "", "01/01/2030", "", "", ""],
            ["A5", "31/04/2024", "Custody", "", "", "", "", ""],
            ["A6", "12/03/2034", "Custody", "", "", "", "", ""],
            ["A7", "12/03/2024", "Custody", "", "", "", "145", "long"],
        ],
    )
    assert [(cell, level) for cell, level, _ in problems] == [
        ("B2", "error"), ("A3", "error"), ("E5", "error"), ("B6", "error"), ("B7", "error"),
        ("G8", "error"), ("H8", "error"),
    ]  # fmt: skip
    assert "30/04/2024" in problems[3][2]


def test_birth_after_the_index_date_is_refused(said: Callable[..., list[tuple[str, str, str]]]) -> None:
    """Edge case 24."""
    ((cell, level, message),) = said(MEMBERS, [HEAD, ["A1", "12/03/2004", "Fine", "", "13/03/2004", "", "", ""]])
    assert (cell, level) == ("B2", "error")
    assert "12/03/2004" in message
    assert "13/03/2004" in message


def test_a_cohort_keeps_its_definition(desk: Desk) -> None:
    desk.bring(MEMBERS, ROWS, definition=CohortDefinition.PROVEN_3_MONTH)
    assert desk.column("SELECT index_rule FROM cohort") == ["first_in_quarter"]
    desk.bring(MEMBERS, [HEAD, ["A9", "12/03/2024", "Fine", "", "", "", "", ""]])
    with pytest.raises(CspError, match="another definition"):
        desk.bring(MEMBERS, ROWS, definition=CohortDefinition.LOCAL)
    assert desk.number("cohort") == 1
    assert desk.number("cohort_member") == 4
    assert desk.is_clean()


def test_members_without_a_cohort_are_refused(desk: Desk) -> None:
    with pytest.raises(CspError, match="Name the cohort"):
        desk.bring(MEMBERS, ROWS, cohort=None)
    with pytest.raises(CspError, match="cohort members alone"):
        desk.bring(Register.OFFENCES, ROWS, cohort="Dewsbury")


def test_a_file_without_its_columns_is_refused_with_what_was_looked_for(desk: Desk) -> None:
    rows = [["Person ID", "Sex", "Area"], ["A1", "M", "Batley"]]
    with pytest.raises(UnreadableFileError) as caught:
        desk.bring(MEMBERS, rows)
    sentence = str(caught.value)
    assert "The sheet “register” of “register.csv” has no column for “Index date”" in sentence
    assert "“Person ID”, “Sex”, “Area”" in sentence
    assert desk.is_clean()
    assert desk.number("offender") == 0


def test_titles_notes_other_sheets_and_repeated_headings_are_passed_over(desk: Desk) -> None:
    path = desk.xlsx(
        {
            "Notes": [["Read me"], ["This extract was made for the partnership"]],
            "Cohort": [
                ["Cohort of 2024"],
                [],
                HEAD[:3],
                ["A1", "12/03/2024", "Fine"],
                HEAD[:3],
                ["A2", "12/03/2024", "Fine"],
                ["Source: case management system"],
            ],
            "More": [HEAD[:3], ["A3", "12/03/2024", "Fine"]],
        }
    )
    result = desk.bring(MEMBERS, path)
    assert (result["counts"]["new"], result["counts"]["ignored"], result["counts"]["errors"]) == (3, 2, 0)
    assert [(table["sheet"], table["header_row"]) for table in result["tables"]] == [("Cohort", 3), ("More", 1)]


def test_identical_rows_fold_and_rows_that_differ_are_left_to_a_person(desk: Desk) -> None:
    row = ["A1", "12/03/2024", "Fine", "019", "", "", "", ""]
    other = ["A1", "12/03/2024", "Custody", "019", "", "", "", ""]
    result = desk.bring(MEMBERS, [HEAD, row, row, other])
    counts = result["counts"]
    assert (counts["new"], counts["ignored"], counts["folded"], counts["conflicts"]) == (1, 1, 1, 1)
    assert result["rows"][0]["outcome"] == "conflict"
    assert "row 2" in result["problems"][0]["message"]
    assert desk.column("SELECT disposal FROM cohort_member") == ["fine"]


def test_an_undone_import_takes_everything_with_it_and_comes_back_whole(desk: Desk) -> None:
    desk.bring(MEMBERS, ROWS)
    before = desk.rows("SELECT * FROM cohort_member ORDER BY id")
    desk.store.undo()
    assert [desk.number(t) for t in ("cohort", "cohort_member", "offender", "offence_code", "load")] == [0] * 5
    desk.store.redo()
    assert desk.rows("SELECT * FROM cohort_member ORDER BY id") == before
    assert desk.number("taken_out_rows") == 0
    assert desk.store.verify_audit().is_whole


def test_an_unknown_word_of_a_column_that_may_be_blank_loses_no_member(desk: Desk) -> None:
    head = [*HEAD[:6], "IOM cohort", "IOM RAG"]
    desk.bring(MEMBERS, [head, ["A1", "12/03/2024", "Fine", "", "", "M", "Fixed", "Red"]])
    rows = [
        ["A1", "12/03/2024", "Cautoin", "", "", "Q", "Purple", "Mauve"],
        ["A2", "12/03/2024", "Gift", "", "", "", "", ""],
    ]
    result = desk.bring(MEMBERS, [head, *rows])
    assert (result["counts"]["errors"], result["counts"]["unchanged"], result["counts"]["new"]) == (0, 1, 1)
    assert sorted((each["cell"], each["level"]) for each in result["problems"]) == [
        (cell, "warning") for cell in ("C2", "C3", "F2", "G2", "H2")
    ]
    told = {each["cell"]: each["message"] for each in result["problems"]}
    assert "The nearest is “Caution”" in told["C2"]
    assert told["C3"].endswith("It was left as not known.")
    assert desk.rows("SELECT disposal, sex, iom_cohort, iom_rag FROM cohort_member ORDER BY id") == [
        ("fine", "male", "fixed", "red"),
        (None, None, None, None),
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_a_member_told_twice_once_with_blanks_is_one(desk: Desk, order: int) -> None:
    rows = [
        ["A1", "12/03/2024", "Fine", "019", "", "M", "", ""],
        ["A1", "12/03/2024", "", "", "01/02/1985", "M", "", ""],
    ]
    assert desk.counts(MEMBERS, [HEAD, *rows[::order]]) == {"new": 1, "ignored": 1, "folded": 1}
    assert desk.rows("SELECT disposal, birth_date, sex FROM cohort_member") == [("fine", "1985-02-01", "male")]
    assert desk.counts(MEMBERS, [HEAD, *rows[::order]]) == {"unchanged": 1, "ignored": 1, "folded": 1}


def test_an_id_that_a_spreadsheet_rounded_or_took_for_a_date_is_none(desk: Desk) -> None:
    ids = [
        12345678901234567890,
        1234567890123456,
        date(2024, 3, 12),
        "1.23457E+19",
        123456789012345,
        "1234567890123456",
    ]
    path = desk.xlsx({"Cohort": [HEAD[:3], *([each, "12/03/2024", "Fine"] for each in ids)]})
    result = desk.bring(MEMBERS, path)
    assert [(each["cell"], each["level"]) for each in result["problems"]] == [
        (cell, "error") for cell in ("A2", "A3", "A4", "A5")
    ]
    assert all("Format the column as text" in each["message"] for each in result["problems"])
    assert desk.column("SELECT reference FROM offender ORDER BY id") == ["123456789012345", "1234567890123456"]


def test_a_cohort_is_found_by_its_name_however_it_is_written(desk: Desk) -> None:
    desk.bring(MEMBERS, ROWS, cohort="A cohort")
    result = desk.bring(MEMBERS, [HEAD, ["A9", "12/03/2024", "Fine", "", "", "", "", ""]], cohort="a  COHORT ")
    assert result["cohort"] == "A cohort"
    assert desk.column("SELECT name FROM cohort") == ["A cohort"]
    assert desk.number("cohort_member") == 4
    with pytest.raises(CspError, match="at most 200 characters"):
        desk.bring(MEMBERS, ROWS, cohort="a" * 201)


@pytest.mark.parametrize(
    "total", [["Total", "", "1"], ["Grand totals", "", "Fine"], ["", "Total", "1"], ["", "", "Total 1"]]
)
def test_a_total_under_the_table_is_no_member(desk: Desk, total: list[str]) -> None:
    assert desk.counts(MEMBERS, [HEAD[:3], ["A1", "12/03/2024", "Fine"], total]) == {"new": 1, "ignored": 1}
    head = ["Person ID", "Outcome", "Offence date"]
    assert desk.counts(Register.OFFENCES, [head, ["A1", "Convicted", "12/03/2024"], total]) == {"new": 1, "ignored": 1}


def test_an_age_that_the_date_of_birth_gainsays_is_warned_of(said: Callable[..., list[tuple[str, str, str]]]) -> None:
    head = ["Person ID", "Index date", "DOB", "Age"]
    rows = [
        ["A1", "12/03/2024", "13/03/1990", 33],
        ["A2", "12/03/2024", "13/03/1990", 34],
        ["A3", "12/03/2024", "13/03/1990", 43],
    ]
    ((cell, level, message),) = said(MEMBERS, [head, *rows])
    assert (cell, level) == ("D4", "warning")
    assert "makes it 33" in message


def test_a_year_of_long_ago_is_told_once(said: Callable[..., list[tuple[str, str, str]]]) -> None:
    ((cell, level, message),) = said(MEMBERS, [HEAD[:3], ["A1", "12/03/0024", "Fine"]])
    assert (cell, level) == ("B2", "error")
    assert "before 1900" in message
