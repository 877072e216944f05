"""The partnership's dates in one list: from every register, by day, with what is overdue and what has lapsed."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.commands.calendar import finish_key_date
from csp_desktop.commands.entries import add_entry, edit_entry
from csp_desktop.commands.rows import get_row
from csp_desktop.queries.calendar import CalendarDate, DateKind, list_dates
from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.registers.forms import Register
from csp_desktop.rules.coming_back import next_day, outstanding
from csp_desktop.rules.periods import add_months
from csp_desktop.store import Store
from models.terms import MeetingStatus
from models.town_centre import OrderClause
from tests.factories import TODAY

GROUP = "Communities Partnership Board"
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def _shown(store: Store, table: str, today: date = TODAY) -> list[CalendarDate]:
    return [each for each in list_dates(store, today) if each.table == table]


def _meeting(store: Store, held_on: date, **values: Any) -> int:
    return add_entry(store, Register.MEETINGS, {"group": GROUP, "held_on": held_on, **values})


def test_an_empty_partnership_has_the_ends_of_its_financial_quarters(bare: Store) -> None:
    found = list_dates(bare, date(2026, 3, 31), months_back=1, months_ahead=6)
    assert [(each.what, each.days_left, each.is_overdue) for each in found] == [
        ("Q4 2025/26 ends", 0, False),
        ("Q1 2026/27 ends", 91, False),
        ("Q2 2026/27 ends", 183, False),
    ]


def test_a_recorded_period_takes_the_place_of_its_quarter_and_brings_its_days(store: Store) -> None:
    meeting = _meeting(store, date(2027, 2, 9), papers_date=date(2027, 2, 2), cut_off=date(2027, 1, 20))
    period = {"label": "Q3 2026/27", "cut_off": date(2027, 1, 15), "papers_date": date(2027, 2, 2), "meeting": meeting}
    add_entry(store, Register.REPORTING_PERIODS, period)
    found = [each for each in list_dates(store, TODAY) if "Q3 2026/27" in each.what or each.table == "meeting"]
    assert [(each.day, each.what) for each in found] == [
        (date(2026, 12, 31), "Q3 2026/27 ends"),
        (date(2027, 1, 15), "Cut-off for Q3 2026/27"),
        (date(2027, 1, 20), f"{GROUP}: reports due for the meeting on 9 Feb 2027"),
        (date(2027, 2, 2), f"{GROUP}: papers go out for the meeting on 9 Feb 2027"),
        (date(2027, 2, 9), f"{GROUP} meets"),
    ]


def test_a_meeting_that_has_passed_is_overdue_until_it_is_said_to_have_been_held(store: Store) -> None:
    long_ago = TODAY - timedelta(days=200)
    meeting = _meeting(store, long_ago)
    (found,) = _shown(store, "meeting")
    assert (found.day, found.is_overdue, found.days_left) == (long_ago, True, -200)
    edit_entry(store, Register.MEETINGS, meeting, 1, {"status": MeetingStatus.HELD})
    assert not _shown(store, "meeting")


def test_a_clause_comes_up_for_renewal_expires_is_called_for_and_is_let_go(store: Store) -> None:
    expires = date(2027, 3, 31)
    clause = {"order_name": "Dewsbury PSPO", "clause": "Street drinking", "expires": expires, "warn_months": 6}
    old = add_entry(store, Register.ORDER_CLAUSES, clause)
    warned = _shown(store, "order_clause", date(2026, 9, 1))
    assert [(each.day, each.what) for each in warned] == [
        (date(2026, 9, 30), "Dewsbury PSPO: Street drinking comes up for renewal"),
        (expires, "Dewsbury PSPO: Street drinking expires"),
    ]
    assert _shown(store, "order_clause", TODAY)[-1].note == "Up for renewal since 30 Sep 2026."
    (late,) = _shown(store, "order_clause", date(2027, 10, 1))
    assert late.is_overdue
    assert not _shown(store, "order_clause", date(2028, 6, 1))
    new = add_entry(store, Register.ORDER_CLAUSES, clause | {"starts": expires, "expires": date(2030, 3, 31)})
    with store.write("Renew a clause") as session:
        get_row(session, OrderClause, old).renewed_by_id = new
    assert not _shown(store, "order_clause", date(2027, 10, 1))


def test_what_is_to_be_reviewed_is_overdue_once_its_day_has_passed(store: Store) -> None:
    past = TODAY - timedelta(days=400)
    add_entry(store, Register.AGREEMENTS, {"organisation": "Kirklees Council", "title": "ISA", "review_date": past})
    add_entry(store, Register.PATHWAYS, {"concern": "Modern slavery", "review_date": past})
    add_entry(store, Register.RISKS, {"title": "Money", "likelihood": 2, "impact": 2, "review_date": past})
    closed = {"title": "Old", "likelihood": 2, "impact": 2, "review_date": past, "status": "closed"}
    add_entry(store, Register.RISKS, closed)
    add_entry(store, Register.ASSESSMENTS, {"title": "SIA 2024", "year": 2024, "next_due": past})
    add_entry(store, Register.ASSESSMENTS, {"title": "SIA 2025", "year": 2025, "next_due": TODAY})
    found = [each for each in list_dates(store, TODAY) if each.day in {past, TODAY}]
    assert [(each.what, each.is_overdue) for each in found] == [
        ("Review ISA with Kirklees Council", True),
        ("Review referral pathway Modern slavery", True),
        ("Review risk RSK-0001 Money", True),
        ("The edition after SIA 2025 is due", False),
    ]


def test_a_key_date_that_comes_back_is_missed_once_and_moves_on_when_it_is_done(store: Store) -> None:
    values = {"title": "Annual refresh", "due": date(2024, 3, 31), "kind": "annual_refresh", "repeat_months": 12}
    key_date = add_entry(store, Register.KEY_DATES, values)
    assert [each.day for each in _shown(store, "key_date")] == [
        date(2026, 3, 31),
        date(2027, 3, 31),
        date(2028, 3, 31),
    ]
    assert finish_key_date(store, key_date, 1, date(2026, 3, 31), TODAY) == date(2027, 3, 31)
    shown = _shown(store, "key_date")
    assert [(each.day, each.kind, each.is_overdue) for each in shown] == [
        (date(2027, 3, 31), DateKind.PLAN, False),
        (date(2028, 3, 31), DateKind.PLAN, False),
    ]
    store.undo()
    assert find_entry(store, Register.KEY_DATES, key_date).day("due") == date(2024, 3, 31)


def test_a_key_date_that_does_not_come_back_is_done_for_good(store: Store) -> None:
    key_date = add_entry(store, Register.KEY_DATES, {"title": "Publish the plan", "due": TODAY})
    assert finish_key_date(store, key_date, 1, TODAY, TODAY) is None
    assert not _shown(store, "key_date")


def test_the_list_goes_by_day(store: Store) -> None:
    for ahead in (40, 3, 90):
        _meeting(store, TODAY + timedelta(days=ahead))
    days = [each.day for each in list_dates(store, TODAY)]
    assert days == sorted(days)
    assert len(list_entries(store, Register.MEETINGS)) >= 3


@given(due=DAYS, months=st.integers(1, 60), today=DAYS, done=st.one_of(st.none(), DAYS))
def test_of_a_date_that_comes_back_one_day_at_most_was_missed(
    due: date, months: int, today: date, done: date | None
) -> None:
    last = add_months(today, 18)
    days = list(outstanding(due, months, done, (today, last)))
    assert days == sorted(set(days))
    assert sum(day < today for day in days) <= 1
    assert all(due <= day <= last and (done is None or day > done) for day in days)


@given(due=DAYS, months=st.integers(1, 60), after=DAYS)
def test_the_next_day_lies_after_and_no_other_lies_between(due: date, months: int, after: date) -> None:
    found = next_day(due, months, after)
    assert found > after or found == due > after
    assert found == due or add_months(found, -months) <= after + timedelta(days=3)


@pytest.mark.parametrize("months", [1, 12])
def test_a_month_s_end_stays_one(months: int) -> None:
    days = list(outstanding(date(2026, 8, 31), months, None, (date(2026, 8, 1), date(2028, 9, 1))))
    assert date(2027, 8, 31) in days
