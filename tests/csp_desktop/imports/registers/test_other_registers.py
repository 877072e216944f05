"""Spells, needs, offence codes, benchmarks and first-time entrants: new, changed, unchanged, refused, taken back."""

from collections.abc import Sequence
from typing import Any

import pytest

from csp_desktop.registers.forms import Register
from tests.csp_desktop.imports.registers.conftest import Desk

SPELLS = [
    ["PNC ID", "Type", "Start date", "End date", "IOM cohort", "Reason for selection", "Reason for de-selection"],
    ["A1", "Prison", "01/02/2023", "01/05/2023", "", "", ""],
    ["A1", "IOM", "02/05/2023", "", "Fixed", "Prolific burglar", ""],
]
NEEDS = [
    ["PNC ID", "Pathway", "Assessment date", "Score"],
    ["A1", "Accomodation", "01/02/2023", 7],
    ["A1", "ETE", "01/02/2023", 4],
]
CODES = [
    ["HO code", "Offence", "Offence group", "Severity class", "Breach"],
    ["066/91", "Breach of an SHPO", "Sexual offences", "Other sexual", "No"],
    ["080/00", "Breach of a community order", "Other", "", "Y"],
]
BENCHMARKS = [
    ["Area", "Period", "Age group", "Number of offenders", "Number of reoffenders", "Number of reoffences", "Rate"],
    ["Kirklees", "Apr 2013 to Mar 2014", "All", "1,000", 250, 800, 25.0],
    ["Kirklees", "Apr 2013 to Mar 2014", "Adult", "~", "~", "~", "24.5%"],
]
ENTRANTS = [
    ["Local authority", "Year ending", "First-time entrants", "Population aged 10-17"],
    ["Kirklees", "2023/24", 61, 45000],
    ["Leeds", "12 months ending March 2024", 150, ""],
]
Rows = Sequence[Sequence[Any]]
ALL = [
    (Register.SPELLS, SPELLS, "spell"),
    (Register.NEEDS, NEEDS, "need_score"),
    (Register.OFFENCE_CODES, CODES, "offence_code"),
    (Register.BENCHMARKS, BENCHMARKS, "benchmark"),
    (Register.FIRST_TIME_ENTRANTS, ENTRANTS, "first_time_entrants"),
]


@pytest.mark.parametrize(("register", "rows", "table"), ALL)
def test_a_register_comes_in_once_and_goes_and_comes_back_whole(
    desk: Desk, register: Register, rows: Rows, table: str
) -> None:
    assert desk.counts(register, rows) == {"new": 2}
    assert desk.counts(register, rows) == {"unchanged": 2}
    before = desk.rows(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 - tests' own names
    desk.store.undo()
    assert [desk.number(each) for each in (table, "offender", "load")] == [0, 0, 0]
    desk.store.redo()
    assert desk.rows(f"SELECT * FROM {table} ORDER BY id") == before  # noqa: S608 - tests' own names
    assert desk.is_clean()
    assert desk.store.verify_audit().is_whole


@pytest.mark.parametrize(
    ("register", "rows", "column", "value", "field"),
    [
        (Register.SPELLS, SPELLS, 3, "03/05/2023", "ended"),
        (Register.NEEDS, NEEDS, 3, 9, "score"),
        (Register.OFFENCE_CODES, CODES, 2, "Theft", "offence_group"),
        (Register.BENCHMARKS, BENCHMARKS, 6, 26.5, "rate"),
        (Register.FIRST_TIME_ENTRANTS, ENTRANTS, 2, 62, "entrants"),
    ],
)
def test_one_changed_cell_changes_one_row_and_undo_puts_it_back(
    desk: Desk, register: Register, rows: Rows, column: int, value: Any, field: str
) -> None:
    desk.bring(register, rows)
    changed = [list(row) for row in rows]
    old = changed[1][column]
    changed[1][column] = value
    assert desk.counts(register, changed) == {"changed": 1, "unchanged": 1}
    desk.store.undo()
    changed[1][column] = old
    assert desk.counts(register, changed) == {"unchanged": 2}
    (change,) = desk.rows("SELECT after FROM audit_change WHERE change = 'changed' ORDER BY id LIMIT 1")
    assert field in change[0]


@pytest.mark.parametrize(
    ("register", "rows", "cell"),
    [
        (Register.SPELLS, [SPELLS[0], ["A1", "Prison", "01/02/2023", "01/01/2023", "", "", ""]], "D2"),
        (Register.SPELLS, [SPELLS[0], ["A1", "", "01/02/2023", "", "", "", ""]], "B2"),
        (Register.NEEDS, [NEEDS[0], ["A1", "Gardening", "01/02/2023", 4]], "B2"),
        (Register.NEEDS, [NEEDS[0], ["A1", "ETE", "01/02/2023", "high"]], "D2"),
        (Register.OFFENCE_CODES, [CODES[0], ["", "Theft", "", "", ""]], "A2"),
        (Register.BENCHMARKS, [BENCHMARKS[0], ["Kirklees", "2013/14", "All", 10, 11, "", ""]], "E2"),
        (Register.BENCHMARKS, [BENCHMARKS[0], ["Kirklees", "2013/14", "All", 10, 1, 1, 145]], "G2"),
        (Register.FIRST_TIME_ENTRANTS, [ENTRANTS[0], ["Kirklees", "2023/24", "", 1]], "C2"),
    ],
)
def test_a_row_that_cannot_be_stays_out_and_names_its_cell(
    desk: Desk, register: Register, rows: Rows, cell: str
) -> None:
    result = desk.bring(register, rows)
    assert (result["counts"]["errors"], result["counts"]["new"], result["import_id"]) == (1, 0, None)
    assert [(each["cell"], each["level"]) for each in result["problems"]] == [(cell, "error")]


def test_spells_needs_and_codes_are_stored_in_the_words_of_the_field(desk: Desk) -> None:
    for register, rows, _ in ALL[:3]:
        desk.bring(register, rows)
    assert desk.rows("SELECT kind, started, ended, iom_cohort, selected_because FROM spell ORDER BY id") == [
        ("custody", "2023-02-01", "2023-05-01", None, ""),
        ("iom", "2023-05-02", None, "fixed", "Prolific burglar"),
    ]
    assert desk.rows("SELECT pathway, dated, score FROM need_score ORDER BY id") == [
        ("accommodation", "2023-02-01", 7),
        ("education_training_and_employment", "2023-02-01", 4),
    ]
    assert desk.rows("SELECT code, offence_group, severity_class, is_breach FROM offence_code ORDER BY id") == [
        ("066/91", "sexual", "other_sexual", 0),
        ("080/00", "other", None, 1),
    ]


def test_an_open_end_of_31_12_9999_is_no_end(desk: Desk) -> None:
    desk.bring(Register.SPELLS, [SPELLS[0], ["A1", "IOM", "02/05/2023", "31/12/9999", "Fixed", "", ""]])
    assert desk.rows("SELECT started, ended FROM spell") == [("2023-05-02", None)]


def test_published_figures_keep_their_totals_beside_their_details(desk: Desk) -> None:
    desk.bring(Register.BENCHMARKS, BENCHMARKS)
    assert desk.rows("SELECT area, people, first_day, last_day, offenders, rate FROM benchmark ORDER BY id") == [
        ("Kirklees", "All", "2013-04-01", "2014-03-31", 1000, 250_000),
        ("Kirklees", "Adult", "2013-04-01", "2014-03-31", None, 245_000),
    ]


def test_entrants_know_the_days_of_their_year(desk: Desk) -> None:
    desk.bring(Register.FIRST_TIME_ENTRANTS, ENTRANTS)
    assert desk.rows(
        "SELECT area, first_day, last_day, entrants, population FROM first_time_entrants ORDER BY area"
    ) == [
        ("Kirklees", "2023-04-01", "2024-03-31", 61, 45_000),
        ("Leeds", "2023-04-01", "2024-03-31", 150, None),
    ]


def test_codes_that_offences_brought_get_their_group_from_the_register_of_codes(desk: Desk) -> None:
    head = ["PNC ID", "Offence date", "HO code", "Outcome", "Conviction date"]
    desk.bring(Register.OFFENCES, [head, ["A1", "01/02/2023", "080/00", "Convicted", "01/03/2023"]])
    assert desk.counts(Register.OFFENCE_CODES, CODES) == {"new": 1, "changed": 1}
    assert desk.rows("SELECT code, is_breach FROM offence_code WHERE code = '080/00'") == [("080/00", 1)]


def test_a_code_that_came_without_its_noughts_takes_them_over_with_its_group(desk: Desk) -> None:
    head = ["PNC ID", "Offence date", "HO code", "Outcome", "Conviction date"]
    desk.bring(Register.OFFENCES, [head, ["A1", "01/02/2023", "802", "Convicted", "01/03/2023"]])
    codes = [CODES[0], ["00802", "Speeding", "Summary motoring", "", ""]]
    result = desk.bring(Register.OFFENCE_CODES, codes)
    assert (result["counts"]["changed"], result["counts"]["new"]) == (1, 0)
    assert [each["cell"] for each in result["problems"]] == ["A2"]
    assert desk.rows("SELECT code, offence_group FROM offence o JOIN offence_code c ON c.id = o.offence_code_id") == [
        ("00802", "summary_motoring")
    ]
    assert desk.counts(Register.OFFENCE_CODES, codes) == {"unchanged": 1}
    assert desk.counts(Register.OFFENCE_CODES, [CODES[0], ["802", "Speeding", "Summary motoring", "", ""]]) == {
        "unchanged": 1
    }
    desk.store.undo()
    assert desk.column("SELECT code FROM offence_code") == ["802"]


def test_codes_that_a_file_lists_both_with_and_without_noughts_stay_two(desk: Desk) -> None:
    codes = [CODES[0], ["802", "Speeding", "", "", ""], ["00802", "Affray", "", "", ""]]
    assert desk.counts(Register.OFFENCE_CODES, codes) == {"new": 2}
    assert desk.counts(Register.OFFENCE_CODES, [CODES[0], ["0802", "Arson", "", "", ""]]) == {"new": 1}
    assert sorted(desk.column("SELECT code FROM offence_code")) == ["00802", "0802", "802"]
