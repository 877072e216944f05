"""Offences from spreadsheets: the rule of edge case 25, what was pending, impossible and missing dates, codes."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.registers.planning import drop_register, plan_register
from csp_desktop.imports.registers.register_plan import RegisterRequest
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from models.reoffending import Offender
from tests.csp_desktop.imports.registers.conftest import Desk
from tests.factories import TODAY, Clock, bare_store

OFFENCES = Register.OFFENCES
HEAD = ["Nominal ID", "Offence date", "HO code", "Outcome", "Conviction date"]
REFS = [*HEAD, "Offence ref"]
Said = Callable[..., list[tuple[str, str, str]]]


def test_offences_are_stored_with_their_words_as_police_write_them(desk: Desk) -> None:
    words = {
        "Convicted": "conviction", "Youth Conditional Caution": "conditional_caution", "PND": "penalty_notice",
        "NFA": "no_further_action", "Community Resolution": "community_resolution", "Outcome 22": "outcome_22",
        "Charged": "pending", "Not guilty": "acquitted", "Youth Caution": "youth_caution", "Recalled": "recall",
        "Breach of order": "breach", "Caution": "caution", "Conviction quashed": "quashed",
    }  # fmt: skip
    rows = [[f"A{at}", "12/03/2024", "001/01", word, "12/04/2024"] for at, word in enumerate(words)]
    assert desk.counts(OFFENCES, [HEAD, *rows]) == {"new": len(words)}
    assert desk.column("SELECT outcome FROM offence o JOIN offender p ON p.id = o.offender_id ORDER BY p.id") != []
    found = dict(desk.rows("SELECT reference, outcome FROM offence JOIN offender p ON p.id = offender_id".replace(
        "SELECT reference", "SELECT p.reference"
    )))  # fmt: skip
    assert [found[f"A{at}"] for at in range(len(words))] == list(words.values())


def test_two_equal_offences_of_one_day_are_two_and_once_more_they_are_the_same_two(desk: Desk) -> None:
    """Edge case 25."""
    row = ["A1", "12/03/2024", "001/01", "Convicted", "12/04/2024"]
    assert desk.counts(OFFENCES, [HEAD, row, row]) == {"new": 2}
    assert desk.counts(OFFENCES, [HEAD, row]) == {"unchanged": 1, "folded": 1}
    assert desk.counts(OFFENCES, [HEAD, row, row, row]) == {"new": 1, "unchanged": 2, "folded": 2}
    assert desk.number("offence") == 3


def test_an_offence_from_two_systems_counts_once_by_its_reference(desk: Desk) -> None:
    """Edge case 25."""
    desk.bring(OFFENCES, [REFS, ["A1", "12/03/2024", "001/01", "Convicted", "12/04/2024", "C/1"]])
    same = ["A1", "12/03/2024", "001/01", "Convicted", "12/04/2024"]
    assert desk.counts(OFFENCES, [HEAD, same]) == {"unchanged": 1, "folded": 1}
    assert desk.counts(OFFENCES, [REFS, [*same, "C/2"]]) == {"new": 1}
    assert desk.counts(OFFENCES, [REFS, ["A1", "13/03/2024", "001/01", "Convicted", "12/04/2024", "C/1"]]) == {
        "changed": 1
    }
    assert desk.column("SELECT offence_date FROM offence ORDER BY id") == ["2024-03-13", "2024-03-12"]


CASE = ["Person ID", "ASN", "Offence date", "Proof date", "Outcome", "Offence code"]
FIVE = [["P1", "AS1", f"2023-03-0{at + 1}", "2023-05-01", "Convicted", f"00{at}"] for at in range(5)]


@pytest.mark.parametrize(
    "heading", ["ASN", "PTI URN", "Crime number", "Case No.", "Arrest Summons Number (ASN)", "URN"]
)
def test_one_conviction_of_five_offences_is_five_offences(desk: Desk, heading: str) -> None:
    """Edge case 12, the import side of it: the number of a case is no reference of an offence, and that is said."""
    path = desk.csv([[CASE[0], heading, *CASE[2:]], *FIVE])
    plan = plan_register(desk.store, path, RegisterRequest(OFFENCES), TODAY)
    assert plan.sheets[0].unmapped == (heading,)
    assert [f"“{heading}”" in note for note in plan.notes if "covers a whole case" in note] == [True]
    drop_register(desk.store, plan)
    assert desk.counts(OFFENCES, path) == {"new": 5}
    assert desk.column("SELECT DISTINCT reference FROM offence") == [None]
    assert desk.counts(OFFENCES, path) == {"unchanged": 5, "folded": 5}


def test_a_case_number_that_a_person_calls_the_reference_still_loses_no_offence(desk: Desk) -> None:
    """Edge cases 12 and 25: a reference of several dates or codes decides only together with these."""
    asked = {"mappings": {"register": {"ASN": "reference"}}}
    twice = [*FIVE, FIVE[4]]
    assert desk.counts(OFFENCES, [CASE, *twice], **asked) == {"new": 6}
    assert desk.counts(OFFENCES, [CASE, *twice], **asked) == {"unchanged": 6}
    corrected = [*FIVE[1][:3], "2023-05-09", "Caution", "001"]
    assert desk.counts(OFFENCES, [CASE, corrected], **asked) == {"changed": 1}
    assert desk.rows("SELECT proof_date, outcome FROM offence WHERE offence_date = '2023-03-02'") == [
        ("2023-05-09", "caution")
    ]
    assert desk.counts(OFFENCES, [CASE, ["P1", "AS1", "2023-03-09", "2023-05-01", "Convicted", "009"]], **asked) == {
        "new": 1
    }


def test_a_reference_of_its_own_takes_one_correction_and_two_make_another_offence(desk: Desk) -> None:
    """Edge case 25."""
    desk.bring(OFFENCES, [REFS, ["A1", "12/03/2024", "001/01", "Charged", "", "R/1"]])
    assert desk.counts(OFFENCES, [REFS, ["A1", "12/03/2024", "001/01", "Guilty", "12/04/2024", "R/1"]]) == {
        "changed": 1
    }
    assert desk.counts(OFFENCES, [REFS, ["A1", "12/03/2024", "001/02", "Guilty", "12/04/2024", "R/1"]]) == {
        "changed": 1
    }
    assert desk.counts(OFFENCES, [REFS, ["A1", "14/03/2024", "001/02", "Guilty", "12/04/2024", "R/1"]]) == {
        "changed": 1
    }
    assert desk.counts(OFFENCES, [REFS, ["A1", "15/03/2024", "001/03", "Guilty", "12/04/2024", "R/1"]]) == {"new": 1}
    assert desk.counts(OFFENCES, [REFS, ["A2", "14/03/2024", "001/02", "Guilty", "12/04/2024", "R/1"]]) == {"new": 1}


def test_a_second_system_revives_no_quashed_conviction(desk: Desk) -> None:
    """Edge cases 21 and 25."""
    quashed = ["Q1", "2023-03-01", "002", "Quashed", "2023-06-01"]
    convicted = ["Q1", "2023-03-01", "002", "Convicted", "2023-06-01"]
    desk.bring(OFFENCES, [HEAD, quashed, convicted])
    assert desk.counts(OFFENCES, [REFS, [*convicted, "X9"]]) == {"changed": 1}
    assert desk.rows("SELECT outcome, reference FROM offence ORDER BY id") == [("quashed", None), ("conviction", "X9")]
    desk.store.undo()
    assert desk.counts(OFFENCES, [HEAD, convicted, convicted]) == {"unchanged": 2, "folded": 2}
    assert desk.column("SELECT outcome FROM offence ORDER BY id") == ["quashed", "conviction"]


@pytest.mark.parametrize("word", ["Quashed", "Not guilty"])
def test_what_was_quashed_or_acquitted_stays_so_unless_its_own_reference_says_otherwise(
    desk: Desk, said: Said, word: str
) -> None:
    """Edge cases 9 and 21."""
    row = ["Q1", "2023-03-01", "002"]
    desk.bring(OFFENCES, [REFS, [*row, word, "2023-06-01", "X1"]])
    ((cell, level, message),) = said(OFFENCES, [HEAD, [*row, "Convicted", "2023-06-01"]])
    assert (cell, level) == ("D2", "warning")
    assert "stays so" in message
    assert desk.number("offence") == 1
    assert desk.counts(OFFENCES, [REFS, [*row, "Convicted", "2023-06-01", "X1"]]) == {"changed": 1}


def test_a_reference_is_taken_over_by_the_offence_that_had_none(desk: Desk) -> None:
    desk.bring(OFFENCES, [HEAD, ["A1", "12/03/2024", "001/01", "Convicted", "12/04/2024"]])
    desk.bring(OFFENCES, [REFS, ["A1", "12/03/2024", "001/01", "Convicted", "12/04/2024", "0001"]])
    assert desk.rows("SELECT reference, version FROM offence") == [("0001", 2)]


def test_a_pending_offence_is_decided_and_never_goes_back(desk: Desk) -> None:
    pending = ["A1", "12/03/2024", "001/01", "Charged", ""]
    desk.bring(OFFENCES, [HEAD, pending])
    assert desk.counts(OFFENCES, [HEAD, ["A1", "12/03/2024", "001/01", "Guilty", "01/09/2024"]]) == {"changed": 1}
    assert desk.rows("SELECT outcome, proof_date FROM offence") == [("conviction", "2024-09-01")]
    assert desk.counts(OFFENCES, [HEAD, pending]) == {"unchanged": 1, "folded": 1}
    assert desk.rows("SELECT outcome, proof_date FROM offence") == [("conviction", "2024-09-01")]


def test_of_two_rows_of_one_reference_the_one_with_the_outcome_holds(desk: Desk) -> None:
    rows = [
        ["A1", "12/03/2024", "001/01", "Charged", "", "C/1"],
        ["A1", "12/03/2024", "001/01", "Guilty", "01/09/2024", "C/1"],
    ]
    assert desk.counts(OFFENCES, [REFS, *rows]) == {"new": 1, "conflicts": 1}
    assert desk.column("SELECT outcome FROM offence") == ["conviction"]


def test_a_range_counts_from_its_first_day_and_is_told(desk: Desk, said: Said) -> None:
    """Edge case 22."""
    problems = said(
        OFFENCES,
        [
            HEAD,
            ["A1", "12/03/2024 - 15/03/2024", "001/01", "Convicted", "12/04/2024"],
            ["A2", "between 01/02/2024 and 03/02/2024", "001/01", "Convicted", "12/04/2024"],
            ["A3", "15/03/2024 to 12/03/2024", "001/01", "Convicted", "12/04/2024"],
        ],
    )
    assert [(cell, level) for cell, level, _ in problems] == [("B2", "warning"), ("B3", "warning"), ("B4", "error")]
    assert desk.rows("SELECT offence_date, offence_date_to FROM offence ORDER BY offence_date") == [
        ("2024-02-01", "2024-02-03"),
        ("2024-03-12", "2024-03-15"),
    ]


def test_a_missing_offence_date_is_stored_as_missing(desk: Desk) -> None:
    """Edge case 23."""
    row = ["A1", "", "001/01", "Convicted", "12/04/2024"]
    assert desk.counts(OFFENCES, [HEAD, row]) == {"new": 1}
    assert desk.rows("SELECT offence_date, proof_date FROM offence") == [(None, "2024-04-12")]
    assert desk.counts(OFFENCES, [HEAD, row]) == {"unchanged": 1, "folded": 1}


def test_a_proof_before_its_offence_is_refused(desk: Desk, said: Said) -> None:
    """Edge case 24."""
    ((cell, level, message),) = said(OFFENCES, [HEAD, ["A1", "12/03/2024", "001/01", "Convicted", "11/03/2024"]])
    assert (cell, level) == ("E2", "error")
    assert message.startswith("The proof (11/03/2024) lies before the offence (12/03/2024).")
    assert desk.number("offence") == 0


def test_two_ids_of_one_person_share_their_offences(desk: Desk) -> None:
    """Edge case 26: the import side of it, matching."""
    row = ["A1", "12/03/2024", "001/01", "Convicted", "12/04/2024"]
    desk.bring(OFFENCES, [HEAD, row, ["B1", "12/03/2020", "001/01", "Convicted", "12/04/2020"]])
    with desk.store.write("Merge") as session:
        first, second = session.query(Offender).order_by(Offender.id).all()
        second.merged_into_id = first.id
    assert desk.counts(OFFENCES, [HEAD, ["B1", *row[1:]]]) == {"unchanged": 1, "folded": 1}
    assert desk.counts(OFFENCES, [HEAD, ["B1", "12/05/2024", "001/01", "Convicted", "12/06/2024"]]) == {"new": 1}
    assert desk.column("SELECT reference FROM offender o JOIN offence f ON f.offender_id = o.id ORDER BY f.id".replace(
        "SELECT reference", "SELECT o.reference"
    )) == ["A1", "B1", "B1"]  # fmt: skip


@pytest.mark.parametrize("code", [19, "19", "00019"])
def test_codes_keep_their_noughts_and_one_that_lost_them_finds_the_one_code_it_is(desk: Desk, code: int | str) -> None:
    desk.bring(OFFENCES, [HEAD, ["A1", "12/03/2024", "0019", "Convicted", "12/04/2024"]])
    codes = {12: code, 13: code, 14: str(code)}
    rows = [["A1", f"{day}/03/2024", each, "Convicted", "12/04/2024"] for day, each in codes.items()]
    result = desk.bring(OFFENCES, desk.xlsx({"Offences": [HEAD, *rows]}))
    assert (result["counts"]["unchanged"], result["counts"]["new"]) == (1, 2)
    assert [each["cell"] for each in result["problems"]] == ["C2"]
    assert "“0019”" in result["problems"][0]["message"]
    assert desk.column("SELECT code FROM offence_code") == ["0019"]


def test_a_code_that_first_came_as_a_number_is_the_same_with_its_noughts(desk: Desk) -> None:
    rows = [HEAD, ["A1", "12/03/2024", 802, "Convicted", "12/04/2024"]]
    desk.bring(OFFENCES, desk.xlsx({"Offences": rows}))
    assert desk.counts(OFFENCES, [HEAD, ["A1", "12/03/2024", "00802", "Convicted", "12/04/2024"]]) == {
        "unchanged": 1, "folded": 1,
    }  # fmt: skip
    assert desk.number("offence") == 1


def test_two_known_codes_that_differ_by_noughts_alone_stay_two(desk: Desk) -> None:
    rows = [["A1", "12/03/2024", code, "Convicted", "12/04/2024"] for code in ("0019", "19", "001/19")]
    assert desk.counts(OFFENCES, [HEAD, *rows]) == {"new": 3}
    assert desk.counts(OFFENCES, [HEAD, *rows]) == {"unchanged": 3, "folded": 3}
    assert desk.counts(
        OFFENCES, [HEAD, [*rows[0][:2], "00019", *rows[0][3:]], [*rows[0][:2], "1/19", *rows[0][3:]]]
    ) == {"new": 2}


def test_an_offence_in_words_gets_the_group_and_kind_that_they_name(desk: Desk) -> None:
    head = ["Nominal ID", "Offence date", "Offence", "Offence group", "Outcome", "Conviction date"]
    rows = [
        ["A1", "12/03/2024", "Shoplifting", "", "Convicted", "12/04/2024"],
        ["A1", "12/03/2024", "SHOPLIFTING", "", "Convicted", "12/04/2024"],
        ["A1", "12/03/2024", "Being drunk aboard an aircraft", "Summary non-motoring", "Convicted", "12/04/2024"],
        ["A1", "12/03/2024", "", "Robberies", "Convicted", "12/04/2024"],
    ]
    result = desk.bring(OFFENCES, [head, *rows])
    assert [each["cell"] for each in result["problems"]] == ["D5"]
    assert desk.rows("SELECT code, description, offence_group, severity_class FROM offence_code ORDER BY id") == [
        ("", "Shoplifting", "theft", "shoplifting"),
        ("", "Being drunk aboard an aircraft", "summary_non_motoring", None),
        ("", "Robberies", None, None),
    ]
    assert desk.number("offence") == 4


def test_month_first_dates_put_their_whole_column_in_doubt_until_someone_answers(desk: Desk) -> None:
    rows = [
        HEAD,
        ["A1", "03/04/2024", "001/01", "Convicted", "2024-06-01"],
        ["A2", "03/25/2024", "001/01", "Convicted", "2024-06-01"],
    ]
    result = desk.bring(OFFENCES, rows)
    assert (result["counts"]["errors"], result["counts"]["new"]) == (2, 0)
    assert result["problems"][0]["cell"] == "B1"
    desk.bring(OFFENCES, rows, date_order=DateOrder.MONTH_FIRST)
    assert desk.column("SELECT offence_date FROM offence ORDER BY 1") == ["2024-03-04", "2024-03-25"]


def test_a_day_first_column_stays_day_first_whatever_the_answer(desk: Desk) -> None:
    rows = [
        HEAD,
        ["A1", "03/04/2024", "001/01", "Convicted", "13/06/2024"],
        ["A2", "25/04/2024", "001/01", "Convicted", "14/06/2024"],
    ]
    result = desk.bring(OFFENCES, rows, date_order=DateOrder.MONTH_FIRST)
    assert [(each["cell"], each["level"]) for each in result["problems"]][:1] == [("B1", "warning")]
    assert "2024-04-03" in desk.column("SELECT offence_date FROM offence ORDER BY 1")


def test_a_time_of_day_is_dropped(desk: Desk) -> None:
    desk.bring(OFFENCES, [HEAD, ["A1", "12/03/2024 23:59", "001/01", "Convicted", "2024-04-12T08:30:00"]])
    assert desk.rows("SELECT offence_date, proof_date FROM offence") == [("2024-03-12", "2024-04-12")]


def test_a_blank_outcome_is_pending_only_where_nothing_was_proven(desk: Desk, said: Said) -> None:
    problems = said(
        OFFENCES,
        [HEAD, ["A1", "12/03/2024", "001/01", "", ""], ["A2", "12/03/2024", "001/01", "", "12/04/2024"]],
    )
    assert [(cell, level) for cell, level, _ in problems] == [("D2", "warning"), ("D3", "error")]
    assert desk.column("SELECT outcome FROM offence") == ["pending"]


KEYS = st.tuples(st.sampled_from("AB"), st.sampled_from(["12/03/2024", "13/03/2024", ""]), st.sampled_from(["1", "2"]))
FILES = st.lists(KEYS, max_size=9)


@pytest.fixture(scope="module")
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return bare_store(tmp_path_factory.mktemp("multiset"), Clock())


@settings(max_examples=8)  # each starts some readers; the rule itself is tried far wider in test_matching
@given(files=st.lists(FILES, min_size=1, max_size=4))
def test_the_store_keeps_as_many_as_the_file_with_the_most(
    own_store: Store, tmp_path: Path, files: list[list[tuple[str, str, str]]]
) -> None:
    """Edge case 25, over random files in any order: the greatest count of each key, whatever came first."""
    desk = Desk(own_store, tmp_path)
    most: Counter[tuple[str, str, str]] = Counter()
    steps = 0
    for file in files:
        own = Counter(file)
        expected = sum((own - most).values())
        rows = [[person, day, code, "Convicted", "12/04/2024"] for person, day, code in file]
        if not rows:
            continue
        counts = desk.bring(OFFENCES, [HEAD, *rows])["counts"]
        assert (counts["new"], counts["unchanged"], counts["changed"]) == (expected, len(file) - expected, 0)
        steps += expected > 0
        most |= own
    assert desk.number("offence") == sum(most.values())
    for _ in range(steps):
        desk.store.undo()
    assert desk.number("offence") == desk.number("offender") == 0
