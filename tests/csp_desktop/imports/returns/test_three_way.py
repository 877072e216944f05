"""The three-way merge of one cell, by its laws."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.exports.layout import Kind, action_row, column_mark, read_mark, row_number
from csp_desktop.exports.positions import said, tidied
from csp_desktop.imports.grid import CellError, PercentNumber
from csp_desktop.imports.merged import Verdict
from csp_desktop.imports.returns.cell_texts import as_error, cell_said
from csp_desktop.imports.returns.three_way import Comparison, Sides, joined, merge_cell
from csp_desktop.imports.returns.updates import day_in
from csp_desktop.rules.names import Organisations
from models.vocabulary import CellChoice

COMPARISON = Comparison(Organisations.of([("Northshire Police", ["NP"])]))
words = st.sampled_from(["", "One", "Two", "Three", "one  ", "Two\nlines"])
kinds = st.sampled_from([Kind.TEXT, Kind.NAMES, Kind.STATUS, Kind.DATE])


def merged(kind: Kind, base: str, theirs: str, mine: str, choice: CellChoice | None = None) -> Verdict | None:
    return merge_cell(kind, Sides(base, theirs, mine), COMPARISON, choice, confirms_clears=False)


@given(kinds, words, words, words)
def test_each_cell_comes_to_one_of_the_listed_ends(kind: Kind, base: str, theirs: str, mine: str) -> None:
    same = COMPARISON.same
    found = merged(kind, base, theirs, mine)
    if same(kind, theirs, base) or same(kind, theirs, mine):
        assert found is None
    elif not same(kind, mine, base):
        assert found is Verdict.CONFLICT
    else:
        assert found is (Verdict.TAKEN if theirs else Verdict.CLEAR)


@given(kinds, words, words, words, st.sampled_from(CellChoice))
def test_a_decision_holds_wherever_there_is_something_to_decide(
    kind: Kind, base: str, theirs: str, mine: str, choice: CellChoice
) -> None:
    decided = {CellChoice.THEIRS: Verdict.TAKEN, CellChoice.MINE: Verdict.KEPT, CellChoice.BOTH: Verdict.JOINED}[choice]
    assert merged(kind, base, theirs, mine, choice) is (decided if merged(kind, base, theirs, mine) else None)


@given(words, words, words)
def test_words_that_were_decided_against_ask_no_more(base: str, theirs: str, mine: str) -> None:
    sides = Sides(base, theirs, mine, kept=(theirs,))
    assert merge_cell(Kind.TEXT, sides, COMPARISON, None, confirms_clears=False) is None


@given(st.text(), st.text())
def test_both_texts_are_kept_whole(mine: str, theirs: str) -> None:
    both = joined(mine, theirs, on_one_line=False)
    assert mine in both
    assert theirs in both


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tom Briggs; Amina Shah", "Shah, Amina; Tom Briggs"),
        ("NP", "Northshire Police"),
        ("Insp Tom Briggs", "tom briggs"),
        ("Tom Briggs and Amina Shah", "Tom Briggs / Amina Shah"),
    ],
)
def test_names_are_the_same_however_they_are_written(one: str, other: str) -> None:
    assert COMPARISON.same(Kind.NAMES, one, other)
    assert not COMPARISON.same(Kind.NAMES, one, f"{other}; Priya Patel")


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.DATE, date(2027, 3, 31), "2027-03-31"),
        (Kind.PERCENT, PercentNumber(0.29), "29"),
        (Kind.PERCENT, 0.29, "29"),
        (Kind.PERCENT, 45, "45"),
        (Kind.PERCENT, "45 %", "45"),
        (Kind.TEXT, "  two   words \r\n", "two words"),
        (Kind.TEXT, "e\u0301te\u0301", "été"),
        (Kind.TEXT, "_x005F_x0041_", "A"),
        (Kind.TEXT, None, ""),
    ],
)
def test_a_cell_says_what_went_out_whatever_saved_it(kind: Kind, value: Any, expected: str) -> None:
    assert cell_said(kind, value) == expected


@given(st.integers(0, 100))
def test_every_percentage_comes_back_as_it_went(percent: int) -> None:
    assert cell_said(Kind.PERCENT, PercentNumber(percent / 100)) == said(percent)


def test_an_error_that_was_saved_as_text_is_an_error() -> None:
    assert as_error("#REF!") == CellError("#REF!")
    assert as_error("Err:502") == CellError("Err:502")
    assert as_error("#1 priority") == "#1 priority"


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_row_ids_are_of_one_workbook_alone_and_no_fill_handle_counts_them_up(one: int, other: int) -> None:
    key, another = f"EXP-0001-{one % 2**32:08x}", f"EXP-0002-{other % 2**32:08x}"
    row = action_row(key, one)
    assert row_number(key, row) == ("A", one)
    assert row[-1].isalpha()
    assert row_number(key, f"A{one}") is None
    assert row_number(another, row) in {None, ("A", one)}


def test_a_mark_names_its_export_and_its_column() -> None:
    assert read_mark(column_mark("EXP-0007-0a1b2c3d", "due")) == ("EXP-0007-0a1b2c3d", "due")
    assert read_mark("EXP-0007-0a1b2c3d") == ("EXP-0007-0a1b2c3d", "")
    assert read_mark("EXP-7 due") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Contractor late; back by 31/03/2027", date(2027, 3, 31)),
        ("Back on track 3rd May 2027, we hope", date(2027, 5, 3)),
        ("2027-03-31", date(2027, 3, 31)),
        ("Either 01/02/2027 or 01/03/2027", None),
        ("31/02/2027", None),
        ("No date at all", None),
    ],
)
def test_a_recovery_date_is_the_one_day_that_a_reason_names(text: str, day: date | None) -> None:
    assert day_in(text) == day
