"""The recovery key as it is printed and typed back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.errors import WrongSecretError
from csp_desktop.recovery_key import ALPHABET, looks_like_recovery_key, new_recovery_key, read_recovery_key


def test_it_prints_as_seven_groups_of_five_without_letters_that_mislead() -> None:
    printed = new_recovery_key()
    groups = printed.split("-")
    assert [len(group) for group in groups] == [5] * 7
    assert not set("ILOU") & set(printed)
    assert read_recovery_key(printed) == "".join(groups)


@given(place=st.integers(0, 34), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_pointed_at_by_its_group(place: int, other: str) -> None:
    plain = read_recovery_key(new_recovery_key())
    typed = plain[:place] + other + plain[place + 1 :]
    if typed == plain:
        assert read_recovery_key(typed) == plain
    else:
        with pytest.raises(WrongSecretError, match=f"Group {place // 5 + 1} "):
            read_recovery_key(typed)


def test_two_groups_in_the_wrong_order_are_noticed() -> None:
    groups = new_recovery_key().split("-")
    groups[1], groups[2] = groups[2], groups[1]
    with pytest.raises(WrongSecretError, match="Group 2 "):
        read_recovery_key("-".join(groups))


@pytest.mark.parametrize("text", ["", "correct horse battery", "ABCDE-" * 6, "U" * 35, "É" * 35])
def test_what_is_no_recovery_key_is_said_to_be_none(text: str) -> None:
    assert not looks_like_recovery_key(text)
    with pytest.raises(WrongSecretError, match="7 groups of 5"):
        read_recovery_key(text)


def test_typeset_dashes_and_full_stops_are_read_over() -> None:
    printed = new_recovery_key()
    for dash in "\u2010\u2013\u2014 ._\n":
        assert read_recovery_key(printed.replace("-", dash)) == printed.replace("-", "")
