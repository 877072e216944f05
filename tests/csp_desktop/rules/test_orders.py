from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.rules.orders import ClauseStanding, ClauseTerm, last_day_allowed
from csp_desktop.rules.periods import add_months

DAY = timedelta(days=1)
days = st.dates(date(1995, 1, 1), date(2095, 12, 31))


@given(days, st.integers(200, 2000), st.integers(0, 6))
def test_the_standing_changes_on_the_days_of_the_clause_and_on_no_other(starts: date, length: int, warn: int) -> None:
    expires = starts + length * DAY
    term = ClauseTerm(starts=starts, expires=expires, warn_months=warn)
    warned = max(add_months(expires, -warn), starts)
    seen = {day: term.standing(day) for day in (starts + n * DAY for n in range(-3, length + 4))}

    assert seen[starts - DAY] is ClauseStanding.NOT_YET
    assert seen[expires] is ClauseStanding.RENEWAL
    assert seen[expires + DAY] is ClauseStanding.EXPIRED
    changes = {day for day in seen if day - DAY in seen and seen[day] is not seen[day - DAY]}
    assert changes == {starts, warned, expires + DAY}


@given(days, st.integers(0, 24))
def test_a_renewed_clause_never_asks_for_anybody(expires: date, warn: int) -> None:
    term = ClauseTerm(starts=None, expires=expires, warn_months=warn, is_renewed=True)

    assert term.standing(expires) is ClauseStanding.IN_FORCE
    assert term.standing(expires + DAY) is ClauseStanding.RENEWED


def test_a_clause_without_days_is_in_force() -> None:
    term = ClauseTerm(starts=None, expires=None, warn_months=6)

    assert term.standing(date(2026, 1, 1)) is ClauseStanding.IN_FORCE
    assert term.in_words(date(2026, 1, 1)) == "in force, no end given"


def test_three_years_are_the_most_and_end_on_the_day_before() -> None:
    assert last_day_allowed(date(2026, 10, 1)) == date(2029, 9, 30)
    assert last_day_allowed(date(2024, 2, 29)) == date(2027, 2, 27)
