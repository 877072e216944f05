"""The four judgements, rule by rule, at their bounds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.rules.rag import Standing, overdue_days, slipped_days, stale_since, suggest
from models.vocabulary import LifecycleStatus

S = LifecycleStatus
TODAY = date(2026, 11, 23)
DATES = st.dates(date(2020, 1, 1), date(2032, 1, 1))


def standing(status: LifecycleStatus = S.IN_PROGRESS, **facts: object) -> Standing:
    return Standing(status=status, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "letter", "words"),
    [
        ({"status": S.COMPLETE, "forecast_due": date(2020, 1, 1)}, "B", "complete"),
        ({"status": S.CLOSED}, "B", "closed"),
        ({"status": S.CANCELLED, "forecast_due": date(2020, 1, 1)}, None, "cancelled"),
        ({"status": S.ON_HOLD}, None, "on hold"),
        ({"status": S.NOT_STARTED, "start": TODAY + timedelta(1)}, None, "Not due: it starts on 24 Nov 2026"),
        ({"forecast_due": TODAY - timedelta(1)}, "R", "1 day late"),
        ({"baseline_due": TODAY - timedelta(12)}, "R", "12 days late"),
        ({"status": S.ONGOING, "review_date": TODAY - timedelta(1)}, "A", "review was due"),
        ({"status": S.ONGOING, "review_date": TODAY}, "G", "reviewed next"),
        ({"status": S.ONGOING}, "G", "no review date"),
        ({"baseline_due": TODAY, "forecast_due": TODAY + timedelta(30)}, "A", "30 days after the baseline"),
        ({"start": date(2026, 1, 1), "last_update": date(2026, 8, 22)}, "A", "Nothing reported since 22 Aug 2026"),
        ({"start": date(2026, 1, 1), "last_update": date(2026, 8, 23)}, None, "Not enough to say"),
        ({}, None, "Not enough to say"),
    ],
)
def test_the_first_rule_that_holds_gives_the_suggestion(
    facts: dict[str, object], letter: str | None, words: str
) -> None:
    suggestion = suggest(standing(**facts), TODAY)
    assert suggestion.letter == letter
    assert words in suggestion.reason


@pytest.mark.parametrize(("percent", "letter"), [(45, "G"), (44, "A"), (35, "A"), (34, "R"), (0, "R"), (100, "G")])
def test_progress_against_time_elapsed(percent: int, letter: str) -> None:
    # exactly half the time is gone: 45 % done is a pace of 90 %
    facts = standing(start=TODAY - timedelta(100), forecast_due=TODAY + timedelta(100), percent=percent)
    assert suggest(facts, TODAY).letter == letter


def test_progress_on_the_first_day_has_no_pace_yet() -> None:
    assert suggest(standing(start=TODAY, forecast_due=TODAY + timedelta(9), percent=0), TODAY).letter == "G"


def test_the_due_day_itself_is_not_late() -> None:
    assert overdue_days(standing(forecast_due=TODAY), TODAY) == 0
    assert overdue_days(standing(forecast_due=TODAY - timedelta(1)), TODAY) == 1
    assert overdue_days(standing(S.COMPLETE, forecast_due=TODAY - timedelta(1)), TODAY) == 0
    assert overdue_days(standing(), TODAY) == 0


def test_a_forecast_hides_the_baseline_for_lateness_but_not_the_slip() -> None:
    moved = standing(baseline_due=TODAY - timedelta(30), forecast_due=TODAY + timedelta(5))
    assert overdue_days(moved, TODAY) == 0
    assert slipped_days(moved) == 35
    assert slipped_days(standing(baseline_due=TODAY, forecast_due=TODAY - timedelta(5))) == 0


def test_stale_counts_from_the_last_update_or_from_the_start() -> None:
    assert stale_since(standing(start=date(2026, 8, 22)), TODAY) == date(2026, 8, 22)
    assert stale_since(standing(start=date(2026, 8, 23)), TODAY) is None
    assert stale_since(standing(start=date(2020, 1, 1), last_update=date(2026, 10, 1)), TODAY) is None
    assert stale_since(standing(S.NOT_STARTED, start=TODAY + timedelta(1)), TODAY) is None
    assert stale_since(standing(S.COMPLETE, start=date(2020, 1, 1)), TODAY) is None
    assert stale_since(standing(S.NOT_STARTED), TODAY) is None
    assert stale_since(standing(S.NOT_STARTED, last_update=date(2020, 1, 1)), TODAY) == date(2020, 1, 1)


@given(st.sampled_from(LifecycleStatus), DATES, DATES, DATES, st.integers(0, 100))
def test_judgements_never_contradict_each_other(
    status: LifecycleStatus, start: date, baseline: date, forecast: date, percent: int
) -> None:
    facts = Standing(status=status, start=start, baseline_due=baseline, forecast_due=forecast, percent=percent)
    suggestion = suggest(facts, TODAY)
    assert suggestion.reason.endswith(".")
    if overdue_days(facts, TODAY):
        # late work is red unless it is on hold or has not begun
        assert suggestion.letter == "R" or status is S.ON_HOLD or start > TODAY
    if not status.is_open:
        assert overdue_days(facts, TODAY) == 0
        assert stale_since(facts, TODAY) is None
    assert suggestion.letter in {None, "B", "G", "A", "R"}


@given(DATES, DATES, st.integers(0, 99), st.integers(1, 600))
def test_more_progress_never_makes_the_suggestion_worse(start: date, as_of: date, percent: int, length: int) -> None:
    order = {"R": 0, "A": 1, "G": 2}
    due = start + timedelta(length)
    letters = [
        suggest(standing(start=start, forecast_due=due, baseline_due=due, percent=done), as_of).letter
        for done in (percent, percent + 1)
    ]
    if None not in letters:
        assert order[letters[0] or ""] <= order[letters[1] or ""]
