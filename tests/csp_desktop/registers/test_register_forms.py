"""The description of every register fits its table, and what people write of numbers and names is read."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.queries.entries import names_in
from csp_desktop.registers.choices import choices_of
from csp_desktop.registers.forms import FieldKind, Register, form_of
from csp_desktop.registers.kept import kept_of, register_of, through_of
from csp_desktop.registers.naming import Names
from csp_desktop.registers.numbers import read_counts, read_decimal, shown_decimal
from csp_desktop.registers.shown import shown_value
from csp_desktop.store import Store
from tests.sample_entries import KEPT

KIND_NAMES = st.text(st.characters(codec="ascii", categories=["L"]), min_size=2, max_size=12)


@pytest.mark.parametrize("register", KEPT)
def test_every_field_is_stored_somewhere_and_the_key_is_among_them(register: Register) -> None:
    form, kept = form_of(register), kept_of(register)
    for field in form.fields:
        assert all(column in kept.table.c for column in field.stored_in), field.name
        if field.kind.is_several:
            assert through_of(register, field).owner in through_of(register, field).table.c
        if field.kind is FieldKind.WORD:
            assert choices_of(register, field), field.name
        if field.filled and field.stored_in:
            assert field.required, f"{field.name} must have a column to be filled from"
    assert set(kept.key) <= set(form.by_name)
    assert {name.removeprefix("-") for name in kept.order} <= set(kept.table.c.keys())
    assert register_of(kept.table.name) is register


@pytest.mark.parametrize("register", list(Register))
def test_no_heading_means_two_fields(register: Register) -> None:
    headings = [heading for field in form_of(register).fields for heading in (*field.headings, *field.weak)]
    assert len(headings) >= len(form_of(register).fields)
    assert all(heading == heading.strip() and heading for heading in headings)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("12 taxi checks; 3 arrests", (("taxi checks", 12), ("arrests", 3))),
        ("Arrests: 3\nSeizures - 1,200", (("Arrests", 3), ("Seizures", 1200))),
        ("3 x arrests, Taxi checks (4)", (("arrests", 3), ("Taxi checks", 4))),
        ("2 arrests; 1 arrests", (("arrests", 3),)),
        ("", ()),
    ],
)
def test_counts_are_read_as_people_write_them(text: str, counts: tuple[tuple[str, int], ...]) -> None:
    assert read_counts(text) == counts


@pytest.mark.parametrize("text", ["several arrests", "12", "3 ;; many"])
def test_what_is_no_count_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="12 taxi checks"):
        read_counts(text)


@given(st.dictionaries(KIND_NAMES, st.integers(0, 99_999), max_size=6))
def test_counts_come_back_from_their_own_words(counts: dict[str, int]) -> None:
    found = tuple(counts.items())
    assert read_counts(shown_value(found)) == found


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_decimal_comes_back_from_its_own_words(value: Decimal) -> None:
    assert read_decimal(shown_decimal(value)) == value


def test_a_text_that_is_no_number_is_refused() -> None:
    assert read_decimal(" ") is None
    assert read_decimal("£1,250.50") == Decimal("1250.50")
    with pytest.raises(ValueError, match="is not a number"):
        read_decimal("12 or so")


def test_of_rows_called_alike_the_first_keeps_the_name_and_either_is_found() -> None:
    names = Names.of([(1, ("Market Place", ())), (2, ("market place", ("the square",))), (3, ("Station", ()))])
    assert names.labels == {1: "Market Place", 2: "market place [2]", 3: "Station"}
    assert names.find("MARKET PLACE") == (1,)
    assert names.find("market place [2]") == (2,)
    assert names.find("the square") == (2,)
    assert names.find("nowhere") == ()


def test_themes_are_found_by_number_and_title_in_the_newest_plan_first(store: Store) -> None:
    names = names_in(store, "theme")
    (found,) = names.find("3 Reducing risk")
    assert names.labels[found] == "Reducing risk"


def test_values_are_shown_as_people_read_them() -> None:
    assert shown_value(date(2026, 5, 4)) == "4 May 2026"
    assert shown_value(True) == "Yes"
    assert shown_value(None) == ""
    assert shown_value(("a", "b")) == "a; b"
    assert shown_value(Decimal("1200.50")) == "1,200.5"
