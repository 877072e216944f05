"""The rules of measures: what a reading is worth, how it stands, where the measure goes, a year, and its periods."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.measures.spans import (
    is_stale,
    label_of,
    period_before,
    period_to_read,
    periods_of_year,
    unbroken,
    year_before,
)
from csp_desktop.measures.standing import PeriodTarget, bounds_words, judge, target_for
from csp_desktop.measures.trends import (
    Moved,
    Verdict,
    change_on_last,
    change_on_year,
    moved_of,
    of_frequency,
    rolling_year,
    verdict_of,
)
from csp_desktop.measures.values import MINUS, Terms, difference_words, ratio, shown, signed, value_of
from csp_desktop.rules.periods import Period, Quarter, add_months, parse_period
from models.terms import Frequency, MeasureUnit, Polarity
from tests.csp_desktop.measures.readings import COUNT, PERCENT, known, read

NUMBERS = st.decimals(0, 5_000, places=3)
TARGETS = st.decimals(1, 5_000, places=3)
TOLERANCES = st.integers(0, 40)
ONE_WAY = st.sampled_from((Polarity.HIGHER, Polarity.LOWER))
RANK = {"R": 0, "A": 1, "G": 2}


@pytest.mark.parametrize(
    ("stated", "numerator", "denominator", "unit", "worth"),
    [
        ("12.5", 1, 2, PERCENT, "12.5"),
        (None, 42, 50, PERCENT, "84"),
        (None, 175, 437_500, MeasureUnit.RATE_PER_1000, "0.4"),
        (None, 7, 350_000, MeasureUnit.RATE_PER_100000, "2"),
        (None, 9, 4, MeasureUnit.AVERAGE, "2.25"),
        (None, 1_204, None, COUNT, "1204"),
        (None, 1_204, 2, COUNT, "1204"),
        (None, 900, 4, MeasureUnit.POUNDS, "225"),
        (None, 42, None, PERCENT, None),
        (None, None, 50, PERCENT, None),
    ],
)
def test_what_a_reading_is_worth(
    stated: str | None, numerator: int | None, denominator: int | None, unit: MeasureUnit, worth: str | None
) -> None:
    found = value_of(None if stated is None else Decimal(stated), numerator, denominator, unit)
    assert found == (None if worth is None else Decimal(worth))


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("12.25", PERCENT, "12.3%"),
        ("12.249", PERCENT, "12.2%"),
        ("1204", COUNT, "1,204"),
        ("1204.5", COUNT, "1,204.5"),
        ("0.405", MeasureUnit.RATE_PER_1000, "0.41 per 1,000"),
        ("1500", MeasureUnit.POUNDS, "£1,500"),
        ("-3", COUNT, f"{MINUS}3"),
        ("-0.04", PERCENT, "0.0%"),
    ],
)
def test_a_value_is_rounded_half_up_where_it_is_shown(value: str, unit: MeasureUnit, words: str) -> None:
    assert shown(Decimal(value), unit) == words


def test_a_difference_of_shares_is_in_percentage_points() -> None:
    assert difference_words(Decimal("-1.04"), PERCENT) == "1.0 percentage point"
    assert difference_words(Decimal("2.25"), PERCENT) == "2.3 percentage points"
    assert signed(Decimal(-12), COUNT) == f"{MINUS}12"
    assert signed(Decimal("0.01"), PERCENT) == "0.0"


@pytest.mark.parametrize(
    ("value", "polarity", "letter"),
    [
        # a target of 80 with a tolerance of 5%: worked by hand, the room is 4
        ("80", Polarity.HIGHER, "G"),
        ("79.999", Polarity.HIGHER, "A"),
        ("76", Polarity.HIGHER, "A"),
        ("75.999", Polarity.HIGHER, "R"),
        ("80", Polarity.LOWER, "G"),
        ("84", Polarity.LOWER, "A"),
        ("84.001", Polarity.LOWER, "R"),
        ("76", Polarity.NEITHER, "G"),
        ("84", Polarity.NEITHER, "G"),
        ("75.999", Polarity.NEITHER, "R"),
        ("84.001", Polarity.NEITHER, "R"),
    ],
)
def test_a_reading_stands_by_how_far_it_misses_its_target(value: str, polarity: Polarity, letter: str) -> None:
    judged = judge(Decimal(value), Decimal(80), Terms(COUNT, polarity, 5))
    assert judged.mark is not None
    assert judged.mark.letter == letter


def test_a_reading_says_why_it_stands_so_or_why_it_is_not_judged() -> None:
    terms = Terms(PERCENT, Polarity.HIGHER, 5)
    assert judge(Decimal(88), Decimal(90), terms).reason == (
        "88.0% misses the target of 90.0% by 2.0 percentage points, within the tolerance of 5%"
    )
    assert judge(Decimal(90), Decimal(90), terms).reason == "90.0% meets the target of 90.0%"
    assert judge(Decimal(90), None, terms).word == "No target"
    assert judge(None, Decimal(90), terms).word == "No reading"


@given(NUMBERS, TARGETS, TOLERANCES)
def test_higher_and_lower_mirror_each_other(value: Decimal, target: Decimal, tolerance: int) -> None:
    higher = judge(value, target, Terms(COUNT, Polarity.HIGHER, tolerance))
    mirrored = judge(2 * target - value, target, Terms(COUNT, Polarity.LOWER, tolerance))
    assert higher.mark == mirrored.mark


@given(NUMBERS, NUMBERS, TARGETS, TOLERANCES, ONE_WAY)
def test_a_better_value_never_stands_worse(
    one: Decimal, other: Decimal, target: Decimal, tolerance: int, polarity: Polarity
) -> None:
    worse, better = sorted((one, other), reverse=polarity is Polarity.LOWER)
    marks = [judge(value, target, Terms(COUNT, polarity, tolerance)).mark for value in (worse, better)]
    first, second = (RANK[mark.letter] for mark in marks if mark)
    assert first <= second


@given(NUMBERS, NUMBERS)
def test_better_one_way_is_worse_the_other(before: Decimal, now: Decimal) -> None:
    moved = moved_of(now - before, COUNT)
    both = {verdict_of(moved, Polarity.HIGHER), verdict_of(moved, Polarity.LOWER)}
    assert both in ({Verdict.SAME}, {Verdict.BETTER, Verdict.WORSE})
    assert verdict_of(moved, Polarity.NEITHER) in {Verdict.SAME, Verdict.NONE}


def test_a_change_is_against_the_period_before_and_the_same_a_year_ago() -> None:
    now, before, year = read("Q1 2026/27", "90"), read("Q4 2025/26", "102"), read("Q1 2025/26", "88")
    terms = Terms(COUNT, Polarity.LOWER)
    readings = known(now, before, year)
    assert change_on_last(now, readings, terms).words == "down 12 on Q4 2025/26 (better)"
    assert change_on_year(now, readings, terms).words == "up 2 on Q1 2025/26 (worse)"
    assert change_on_last(now, known(now), terms).words == "no reading for Q4 2025/26"


def test_a_change_that_shows_as_nothing_is_none_and_a_provisional_one_says_so() -> None:
    now, before = read("March 2026", "41.24"), replace(read("February 2026", "41.2"), is_provisional=True)
    change = change_on_last(now, known(now, before), Terms(PERCENT, Polarity.LOWER))
    assert (change.moved, change.verdict, change.is_provisional) == (Moved.SAME, Verdict.SAME, True)


def test_the_target_of_a_year_is_for_rates_of_its_quarters_and_never_for_their_counts() -> None:
    year, quarter = parse_period("2026/27"), Quarter(2026, 2).period
    yearly = PeriodTarget(1, 1, year.label, year.first_day, year.last_day, Decimal(75))
    own = PeriodTarget(2, 1, quarter.label, quarter.first_day, quarter.last_day, Decimal(80))
    reading = read("Q2 2026/27", "78")
    assert target_for(reading, [yearly], PERCENT) == yearly
    assert target_for(reading, [yearly, own], PERCENT) == own
    assert target_for(reading, [yearly], COUNT) is None
    assert target_for(reading, [yearly, own], COUNT) == own


def test_a_rolling_year_of_counts_is_their_sum() -> None:
    quarters = [read(f"Q{n} 2025/26", value) for n, value in enumerate(("10", "20", "30", "45.5"), start=1)]
    rolling = rolling_year(quarters[-1], known(*quarters), COUNT)
    assert (rolling.value, rolling.first_period) == (Decimal("105.5"), "Q1 2025/26")
    missing = rolling_year(quarters[-1], known(*quarters[:1], *quarters[2:]), COUNT)
    assert (missing.value, missing.reason) == (None, "no reading for Q2 2025/26")


def test_a_rolling_year_of_rates_is_no_mean_of_rates() -> None:
    # 1 of 2, 1 of 2, 1 of 2 and 30 of 300 are 33 of 306, not the mean of 50, 50, 50 and 10 per cent
    quarters = [read(f"Q{n} 2025/26", each, PERCENT) for n, each in enumerate(("1/2", "1/2", "1/2", "30/300"), start=1)]
    rolling = rolling_year(quarters[-1], known(*quarters), PERCENT)
    assert rolling.value == ratio(33, 306, PERCENT)
    bare = [read("Q1 2025/26", "50", PERCENT), *quarters[1:]]
    assert rolling_year(bare[-1], known(*bare), PERCENT).reason == (
        "Q1 2025/26 was given without its numerator and denominator"
    )


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from((Frequency.MONTHLY, Frequency.QUARTERLY)))
def test_a_rolling_year_of_the_same_every_period(numerator: int, denominator: int, frequency: Frequency) -> None:
    each = [
        read(period.label, f"{numerator}/{denominator}", MeasureUnit.AVERAGE)
        for period in periods_of_year(frequency, 2025)
    ]
    last = each[-1]
    assert rolling_year(last, known(*each), MeasureUnit.AVERAGE).value == pytest.approx(last.value)
    counts = [replace(one, value=Decimal(numerator)) for one in each]
    assert rolling_year(counts[-1], known(*counts), COUNT).value == numerator * len(each)


def test_yearly_figures_beside_quarters_share_no_line_with_them() -> None:
    mixed = [read("2024/25", "400"), read("Q1 2025/26", "90"), read("Q4 2024/25", "102")]
    assert [each.period for each in of_frequency(mixed, Frequency.QUARTERLY)] == ["Q4 2024/25", "Q1 2025/26"]
    assert [each.period for each in of_frequency(mixed[:1], Frequency.QUARTERLY)] == ["2024/25"]
    assert of_frequency([], Frequency.MONTHLY) == []


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.sampled_from((1, 3, 12)))
def test_periods_follow_each_other_without_a_gap(day: date, months: int) -> None:
    first = day.replace(day=1)
    last = date.fromordinal(add_months(first, months).toordinal() - 1)
    before = period_before(first, last)
    assert before.last_day.toordinal() + 1 == first.toordinal()
    assert period_before(first, last, 12 // months).first_day == year_before(first, last).first_day
    assert unbroken([Period("", first, last), before])[0] == before


def test_what_lies_between_is_filled_in_and_named() -> None:
    found = unbroken([Quarter(2025, 1).period, Quarter(2025, 4).period])
    assert [period.label for period in found] == ["Q1 2025/26", "Q2 2025/26", "Q3 2025/26", "Q4 2025/26"]
    assert label_of(date(2024, 1, 1), date(2024, 12, 31)) == "1 Jan 2024 to 31 Dec 2024"
    assert [period.label for period in periods_of_year(Frequency.YEARLY, 2026)] == ["2026/27"]


@pytest.mark.parametrize(
    ("last", "frequency", "wanted"),
    [
        ("Q1 2026/27", Frequency.QUARTERLY, "Q2 2026/27"),
        ("Q3 2026/27", Frequency.QUARTERLY, "Q2 2026/27"),  # the one after has not begun
        (None, Frequency.QUARTERLY, "Q2 2026/27"),
        (None, Frequency.MONTHLY, "October 2026"),
        (None, Frequency.YEARLY, "2025/26"),
    ],
)
def test_the_period_that_is_read_next(last: str | None, frequency: Frequency, wanted: str) -> None:
    days = None if last is None else read(last).days
    assert period_to_read(days, frequency, date(2026, 11, 23)).label == wanted


@pytest.mark.parametrize(
    ("period", "fresh", "stale"),
    [
        ("March 2026", date(2026, 5, 15), date(2026, 5, 16)),
        ("Q4 2025/26", date(2026, 8, 15), date(2026, 8, 16)),
        ("2025/26", date(2027, 9, 30), date(2027, 10, 1)),
    ],
)
def test_a_measure_is_stale_after_a_period_and_a_half(period: str, fresh: date, stale: date) -> None:
    reading = read(period, "1")
    months = reading.months or 0
    assert [is_stale(reading.last_day, months, day) for day in (fresh, stale)] == [False, True]


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms(COUNT, Polarity.LOWER, 5), "Green up to 80, amber up to 84, red above."),
        (Terms(COUNT, Polarity.HIGHER, 5), "Green from 80, amber from 76, red below."),
        (Terms(COUNT, Polarity.NEITHER, 5), "Green from 76 to 84, red outside."),
        (Terms(COUNT, Polarity.LOWER, 0), "Green up to 80, red otherwise: there is no tolerance."),
    ],
)
def test_where_the_colours_begin_is_said(terms: Terms, words: str) -> None:
    assert bounds_words(Decimal(80), terms) == words


def test_a_year_of_money_for_each_of_so_many_is_never_a_sum_of_averages() -> None:
    pounds = MeasureUnit.POUNDS
    quarters = [read(f"Q{at} 2025/26", "1000/10" if at < 4 else "3000/20", pounds) for at in range(1, 5)]
    rolling = rolling_year(quarters[-1], known(*quarters), pounds)
    assert (rolling.value, rolling.is_sum) == (120, False)
    mixed = [read("Q1 2025/26", "100", pounds), *quarters[1:]]
    assert "without its numerator" in rolling_year(mixed[-1], known(*mixed), pounds).reason
    plain = [read(f"Q{at} 2025/26", "100", pounds) for at in range(1, 5)]
    summed = rolling_year(plain[-1], known(*plain), pounds)
    assert (summed.value, summed.is_sum) == (400, True)
