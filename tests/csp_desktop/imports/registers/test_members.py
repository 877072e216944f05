"""Cohort members from spreadsheets: new, changed, unchanged, refused, taken back."""

from collections.abc import Callable

import pytest

from csp_desktop.errors import CspError, UnreadableFileError
from csp_desktop.imports.registers.forms import Register
from models.vocabulary import CohortDefinition
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
            ["A3", "12/03/2024", "Cautoin", "", "", "", "", ""],
            ["A4", "12/03/2024", "Custody", "", "01/01/2030", "", "", ""],
            ["A5", "31/04/2024", "Custody", "", "", "", "", ""],
            ["A6", "12/03/2034", "Custody", "", "", "", "", ""],
            ["A7", "12/03/2024", "Custody", "", "", "", "145", "long"],
        ],
    )
    assert [(cell, level) for cell, level, _ in problems] == [
        ("B2", "error"), ("A3", "error"), ("C4", "error"), ("E5", "error"), ("B6", "error"), ("B7", "error"),
        ("G8", "error"), ("H8", "error"),
    ]  # fmt: skip
    assert "The nearest is “Caution”" in problems[2][2]
    assert "30/04/2024" in problems[4][2]


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
