from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.errors import CspError
from csp_desktop.rules.periods import Quarter, add_months, find_period, last_full_quarter, parse_period

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_the_fourth_quarter_lies_in_the_next_calendar_year() -> None:
    quarter = Quarter(2024, 4)
    assert (quarter.label, quarter.first_day, quarter.last_day) == ("Q4 2024/25", date(2025, 1, 1), date(2025, 3, 31))


@given(DAYS)
def test_every_day_lies_in_its_quarter_and_the_quarters_follow_each_other(day: date) -> None:
    quarter = Quarter.containing(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.previous().last_day + timedelta(days=1) == quarter.first_day
    assert quarter.previous().following() == quarter
    assert parse_period(quarter.label) == quarter.period


@given(DAYS)
def test_the_last_full_quarter_has_ended_and_is_the_last_to(today: date) -> None:
    quarter = last_full_quarter(today)
    assert quarter.last_day < today <= quarter.following().last_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Q4 2024/25", date(2025, 1, 1), date(2025, 3, 31)),
        ("q4 24/25", date(2025, 1, 1), date(2025, 3, 31)),
        ("Quarter 1 2024-2025", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024/25 Q2", date(2024, 7, 1), date(2024, 9, 30)),
        ("Q4 2024/25: Jan 2025 - Mar 2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("FY24/25", date(2024, 4, 1), date(2025, 3, 31)),
        ("2024/25", date(2024, 4, 1), date(2025, 3, 31)),
        ("2024\u20132025", date(2024, 4, 1), date(2025, 3, 31)),
        ("FY99/00", date(2099, 4, 1), date(2100, 3, 31)),
        ("March 2025", date(2025, 3, 1), date(2025, 3, 31)),
        ("feb-24", date(2024, 2, 1), date(2024, 2, 29)),
        ("Sept 2025", date(2025, 9, 1), date(2025, 9, 30)),
    ],
)
def test_periods_are_read_as_councils_write_them(text: str, first: date, last: date) -> None:
    period = parse_period(text)
    assert (period.first_day, period.last_day) == (first, last)


@pytest.mark.parametrize("text", ["Q2 2024", "2024", "Q5 2024/25", "2024/26", "Summer 2024", "", "24/25", "Smarch 25"])
def test_what_is_not_a_period_is_refused_with_the_forms_we_understand(text: str) -> None:
    assert find_period(text) is None
    with pytest.raises(CspError, match="Q4 2024/25"):
        parse_period(text)


def test_months_are_added_forwards_and_clamped() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert add_months(date(2025, 3, 31), -1) == date(2025, 2, 28)
