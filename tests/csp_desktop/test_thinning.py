"""Which backups stay as time goes by."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.thinning import surplus

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def aged(*ages: timedelta) -> dict[Path, datetime]:
    return {Path(f"backup-{age.total_seconds():.0f}"): NOON - age for age in ages}


def kept(made: dict[Path, datetime]) -> list[datetime]:
    gone = set(surplus(made, NOON))
    return sorted((when for path, when in made.items() if path not in gone), reverse=True)


def test_a_year_of_daily_backups_thins_to_twelve_days_ten_weeks_nine_months() -> None:
    left = kept(aged(*(timedelta(days=day) for day in range(365))))
    days = [when.date().isoformat() for when in left]
    assert days[:12] == [(NOON - timedelta(days=day)).date().isoformat() for day in range(12)]
    assert [day for day in days[12:] if day >= "2026-09-27"] == [
        "2026-11-08",
        "2026-11-01",
        "2026-10-31",
        "2026-10-25",
        "2026-10-18",
        "2026-10-11",
        "2026-10-04",
        "2026-09-30",
        "2026-09-27",
    ]  # the Sundays of ten weeks and the ends of months among them
    assert [day for day in days if day < "2026-09-27"] == [
        "2026-08-31",
        "2026-07-31",
        "2026-06-30",
        "2026-05-31",
        "2026-04-30",
        "2026-03-31",
    ]  # with November, October and September nine months


def test_every_backup_of_the_last_day_stays() -> None:
    made = aged(*(timedelta(minutes=30 * count) for count in range(48)))
    assert surplus(made, NOON) == []


def test_within_an_older_day_the_last_one_stays() -> None:
    made = aged(timedelta(), timedelta(days=2, hours=1), timedelta(days=2, hours=2), timedelta(days=2, hours=3))
    assert kept(made) == [NOON, NOON - timedelta(days=2, hours=1)]


def test_nothing_to_thin_in_an_empty_folder() -> None:
    assert surplus({}, NOON) == []


@given(st.lists(st.integers(0, 900 * 24), max_size=60, unique=True))
def test_thinning_again_removes_nothing_more_and_the_newest_always_stays(hours: list[int]) -> None:
    made = aged(*(timedelta(hours=hour) for hour in hours))
    gone = set(surplus(made, NOON))
    left = {path: when for path, when in made.items() if path not in gone}
    assert surplus(left, NOON) == []
    assert not made or max(made.values()) in left.values()
    assert len([when for when in left.values() if NOON - when >= timedelta(days=1)]) <= 12 + 10 + 9
