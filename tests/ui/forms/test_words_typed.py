from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from ui.forms.numbers import NumberEditor
from ui.forms.words import read_date, read_percent, shown_date

TODAY = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("30/9/2024", date(2024, 9, 30)),
        ("30.09.24", date(2024, 9, 30)),
        ("30-9-2024", date(2024, 9, 30)),
        (" 30 Sep 2024 ", date(2024, 9, 30)),
        ("1st october 2025", date(2025, 10, 1)),
        ("2024-09-30", date(2024, 9, 30)),
        ("30 sep", date(2024, 9, 30)),
        ("1/2", date(2025, 2, 1)),
        ("15 June", TODAY),
        ("today", TODAY),
        ("29/2/2024", date(2024, 2, 29)),
        ("", None),
        ("   ", None),
    ],
)
def test_dates_as_people_type_them(typed: str, read: date | None) -> None:
    assert read_date(typed, TODAY) == read


@pytest.mark.parametrize(
    "typed", ["31/9/2024", "soon", "13", "1/13/2024", "29/2/2025", "1/2/3/4", "30 Smarch 2024", "Q3"]
)
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a date; type it like 30/9/2024 or 30 Sep"):
        read_date(typed, TODAY)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_date_shown_is_read_back(day: date) -> None:
    assert read_date(shown_date(day), TODAY) == day
    assert read_date(f"{day:%d/%m/%Y}", TODAY) == day


@given(st.dates(TODAY, TODAY + timedelta(days=364)))
def test_a_date_without_a_year_is_the_next_one(day: date) -> None:
    if (day.month, day.day) != (2, 29):
        assert read_date(f"{day.day}/{day.month}", TODAY) == day


def test_dates_are_shown_in_one_way() -> None:
    assert shown_date(date(2024, 9, 3)) == "3 Sep 2024"
    assert shown_date(None) == ""


@pytest.mark.parametrize(("typed", "read"), [("40", 40), (" 40 % ", 40), ("0%", 0), ("100", 100), ("", None)])
def test_percentages(typed: str, read: int | None) -> None:
    assert read_percent(typed) == read


@pytest.mark.parametrize("typed", ["101", "-1", "4.5", "half", "\N{SUPERSCRIPT TWO}"])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="whole number from 0 to 100"):
        read_percent(typed)


def test_whole_numbers_may_have_commas_between_thousands(qtbot: QtBot) -> None:
    editor = NumberEditor(0, 999_999)
    qtbot.addWidget(editor)
    for typed, read in (("45,210", 45_210), (" 7 ", 7), ("", None)):
        editor.line.setText(typed)
        assert editor.value() == read
    for typed in ("4,5", "1,2345", "1.5", "2,000,000", "-1"):
        editor.line.setText(typed)
        with pytest.raises(ValueError, match="whole number from 0 to 999,999"):
            editor.value()
