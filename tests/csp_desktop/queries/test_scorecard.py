"""The scorecard: measures with their readings and targets in a real store, and what a cohort feeds them."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from csp_desktop.commands.cohorts import edit_cohort
from csp_desktop.commands.entries import add_entry, edit_entry
from csp_desktop.commands.measures import feed_measure, reading_held, record_read, record_reading, set_target
from csp_desktop.errors import CspError
from csp_desktop.measures.spans import periods_of_year
from csp_desktop.queries.cohorts import list_cohorts
from csp_desktop.queries.measures import ScorecardRow, list_scorecard, measure_history
from csp_desktop.queries.plans import list_themes
from csp_desktop.queries.records import list_steps
from csp_desktop.registers.forms import Register
from csp_desktop.rules.periods import Quarter, financial_year
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.offending import CohortDefinition, IndexRule
from models.reoffending import Cohort, CohortMember, Load
from models.terms import Frequency
from tests.csp_desktop.reoffending.sample_cohorts import DATA_DATE, sample_cohort
from tests.factories import TODAY

PERIODS = periods_of_year(Frequency.QUARTERLY, 2025)
LAST = Quarter(2026, 2).period


def asb(store: Store, **more: object) -> int:
    return add_entry(store, Register.MEASURES, {"title": "ASB incidents", "polarity": "lower", **more})


def only(store: Store, as_of: date = TODAY) -> ScorecardRow:
    (row,) = list_scorecard(store, as_of)
    return row


def test_an_empty_store_has_an_empty_scorecard(bare: Store) -> None:
    assert list_scorecard(bare, TODAY) == []


def test_a_measure_without_readings_is_told_as_such(bare: Store) -> None:
    asb(bare)
    row = only(bare)
    assert (row.latest, row.letter, row.judged.word, row.is_stale) == (None, None, "No reading", False)
    assert row.measure.baseline is None


def test_a_measure_stands_as_its_readings_and_targets_say(bare: Store) -> None:
    measure = asb(bare, tolerance_percent=10)
    for period, value in zip((*PERIODS, Quarter(2026, 1).period, LAST), (90, 80, 85, 95, 100, 108), strict=True):
        record_reading(bare, measure, period, {"value": Decimal(value)})
    set_target(bare, measure, {LAST: Decimal(100), Quarter(2026, 3).period: Decimal(99)})
    row = only(bare)
    assert row.latest is not None
    assert (row.latest.period, row.latest.value, row.letter) == ("Q2 2026/27", 108, "A")
    assert row.change is not None
    assert row.change.words == "up 8 on Q1 2026/27 (worse)"
    assert row.year_change is not None
    assert row.year_change.words == "up 28 on Q2 2025/26 (worse)"
    assert row.rolling is not None
    assert row.rolling.value == 85 + 95 + 100 + 108
    assert [row.is_stale, only(bare, date(2027, 2, 16)).is_stale] == [False, True]


def test_a_rate_of_which_the_numerator_alone_is_given_is_not_known(bare: Store) -> None:
    measure = asb(bare)
    record_reading(bare, measure, LAST, {"numerator": 41})
    edit_entry(bare, Register.MEASURES, measure, 1, {"unit": "percent"})
    assert (only(bare).judged.word, only(bare).letter) == ("No denominator", None)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"numerator": 41}, "give the denominator as well"),
        ({"numerator": 1, "denominator": 8, "value": Decimal("0.125")}, r"0.1% is not what .* make, which is 12.5%"),
        ({"numerator": 50, "denominator": 100, "value": Decimal("12.5")}, "which is 50.0%: correct one of them"),
    ],
)
def test_half_a_rate_or_a_value_that_its_numbers_deny_is_refused(
    bare: Store, given: dict[str, object], sentence: str
) -> None:
    measure = asb(bare, unit="percent")
    with pytest.raises(FieldError, match=sentence):
        add_entry(bare, Register.READINGS, {"measure": measure, "period": LAST.label, **given})
    assert only(bare).latest is None


@pytest.mark.parametrize("value", ["33.333", "33.3", "33.4", "33"])
def test_a_value_may_be_rounded_from_its_numbers(bare: Store, value: str) -> None:
    record_reading(bare, asb(bare, unit="percent"), LAST, {"numerator": 1, "denominator": 3, "value": Decimal(value)})
    assert only(bare).latest is not None


def test_a_reading_given_by_its_fields_corrects_only_the_one_that_may_be_corrected(bare: Store) -> None:
    measure = asb(bare)
    values = {"measure": measure, "period": LAST.label, "value": Decimal(90), "note": "Counted by hand"}
    first = record_read(bare, values)
    assert reading_held(bare, {"measure": "ASB incidents", "period": LAST.label}) == first
    assert reading_held(bare, {"measure": measure, "period": "Q1 2020/21"}) is None
    with pytest.raises(FieldError, match="in the meantime"):
        record_read(bare, {**values, "value": Decimal(91)})
    assert record_read(bare, {**values, "value": Decimal(91), "note": ""}, first) == first
    (reading,) = measure_history(bare, measure, TODAY).readings
    assert (reading.value, reading.note) == (91, "Counted by hand")


def test_as_at_a_period_nothing_later_is_looked_at(bare: Store) -> None:
    measure = asb(bare)
    record_reading(bare, measure, PERIODS[0], {"value": Decimal(90)})
    record_reading(bare, measure, LAST, {"value": Decimal(70)})
    (row,) = list_scorecard(bare, TODAY, PERIODS[1])
    assert row.latest is not None
    assert row.latest.period == "Q1 2025/26"
    assert not row.is_stale


def test_themes_go_in_the_order_of_the_plan_and_what_has_none_last(store: Store) -> None:
    themes = [theme.title for theme in list_themes(store)[:2]]
    asb(store)
    for title, theme in (("Second", themes[1]), ("First", themes[0])):
        add_entry(store, Register.MEASURES, {"title": title, "theme": theme})
    assert [row.measure.title for row in list_scorecard(store, TODAY)] == ["First", "Second", "ASB incidents"]


def test_a_reading_is_corrected_in_its_place_and_the_old_one_stays_in_the_history(bare: Store) -> None:
    measure = asb(bare)
    first = record_reading(bare, measure, LAST, {"value": Decimal(90), "is_provisional": True})
    assert record_reading(bare, measure, LAST, {"value": Decimal(92), "is_provisional": False}) == first
    (reading,) = measure_history(bare, measure, TODAY).readings
    assert (reading.value, reading.is_provisional) == (92, False)
    assert [step.label for step in list_steps(bare)[:2]] == ["Record a reading"] * 2
    bare.undo()
    (before,) = measure_history(bare, measure, TODAY).readings
    assert (before.value, before.is_provisional) == (90, True)


def test_targets_of_a_year_are_one_step(bare: Store) -> None:
    measure = asb(bare)
    set_target(bare, measure, {PERIODS[0]: Decimal(50)})
    set_target(bare, measure, dict.fromkeys(PERIODS, Decimal("47.5")))
    assert [target.value for target in measure_history(bare, measure, TODAY).targets] == [Decimal("47.5")] * 4
    bare.undo()
    assert [target.value for target in measure_history(bare, measure, TODAY).targets] == [50]
    with pytest.raises(CspError, match="one period at least"):
        set_target(bare, measure, {})


def test_a_measure_that_is_gone_says_so(bare: Store) -> None:
    with pytest.raises(CspError, match="no longer in the store"):
        measure_history(bare, 99, TODAY)


class TestACohortFeeds:
    """A measure that a cohort's outcomes feed."""

    def test_its_rate_with_what_it_rests_on(self, bare: Store) -> None:
        cohort = sample_cohort(bare, 60)
        measure = asb(bare, unit="percent", cohort=cohort, cohort_figure="rate", frequency="yearly")
        assert self.feed(bare) == "Fed by the cohort Kirklees 2024, but not yet: take its figure now."
        feed_measure(bare, measure, DATA_DATE)
        row = only(bare)
        assert row.latest is not None
        assert row.latest.is_ratio
        assert row.latest.denominator == 60
        assert row.latest.first_day == date(2024, 1, 1)
        assert not row.latest.is_provisional
        assert self.feed(bare) == "Fed by the cohort Kirklees 2024."

    def test_it_is_provisional_while_some_are_not_measurable(self, bare: Store) -> None:
        cohort = sample_cohort(bare, 60)
        measure = asb(bare, cohort=cohort, cohort_figure="reoffenders", frequency="yearly")
        feed_measure(bare, measure, date(2026, 2, 28))
        row = only(bare)
        assert row.latest is not None
        assert row.latest.is_provisional

    def test_a_change_of_the_cohort_makes_it_stale_until_it_is_taken_again(self, bare: Store) -> None:
        cohort = sample_cohort(bare, 60)
        measure = asb(bare, cohort=cohort, cohort_figure="reoffenders", frequency="yearly")
        feed_measure(bare, measure, DATA_DATE)
        (row,) = list_cohorts(bare)
        edit_cohort(bare, cohort, row.version, data_date=date(2026, 8, 31))
        assert "has changed since" in self.feed(bare)
        feed_measure(bare, measure, date(2026, 8, 31))
        assert self.feed(bare) == "Fed by the cohort Kirklees 2024."

    def test_what_touches_other_cohorts_or_other_registers_leaves_it_fresh(self, bare: Store) -> None:
        cohort = sample_cohort(bare, 60)
        feed_measure(bare, asb(bare, cohort=cohort, cohort_figure="reoffenders", frequency="yearly"), DATA_DATE)
        with bare.write("Bring in another cohort, and crimes") as session:
            other = Cohort(
                name="Kirklees 2025",
                definition=CohortDefinition.LOCAL,
                follow_up_months=12,
                waiting_months=6,
                index_rule=IndexRule.FIRST_IN_PERIOD,
                breach_codes=[],
                proofs=[],
            )
            session.add_all([other, Load(register="street-crime", rows=1), Load(register="cohort-members", rows=1)])
        assert self.feed(bare) == "Fed by the cohort Kirklees 2024."
        with bare.write("Bring in offences") as session:
            session.add(Load(register="offences", rows=1))
        assert "has changed since" in self.feed(bare)

    def test_a_member_taken_out_makes_it_stale(self, bare: Store) -> None:
        cohort = sample_cohort(bare, 60)
        feed_measure(bare, asb(bare, cohort=cohort, cohort_figure="reoffenders", frequency="yearly"), DATA_DATE)
        with bare.write("Take a member out") as session:
            session.delete(session.scalars(select(CohortMember).limit(1)).one())
        assert "has changed since" in self.feed(bare)

    def test_what_cannot_be_taken_says_why(self, bare: Store) -> None:
        cohort = sample_cohort(bare, 30)
        measure = asb(bare, frequency="yearly")
        with pytest.raises(CspError, match="No cohort feeds this measure"):
            feed_measure(bare, measure, DATA_DATE)
        edit_entry(bare, Register.MEASURES, measure, 1, {"cohort": cohort, "cohort_figure": "rate"})
        with pytest.raises(CspError, match="correct the unit"):
            feed_measure(bare, measure, DATA_DATE)
        edit_entry(bare, Register.MEASURES, measure, 2, {"unit": "percent"})
        with pytest.raises(CspError, match="Nobody in Kirklees 2024 is measurable"):
            feed_measure(bare, measure, date(2024, 2, 1))

    @staticmethod
    def feed(store: Store) -> str:
        feed = only(store).feed
        return feed.words if feed else ""


def test_a_target_of_the_year_is_used_for_a_quarter_of_a_rate(bare: Store) -> None:
    measure = asb(bare, unit="percent", polarity="higher")
    record_reading(bare, measure, LAST, {"numerator": 41, "denominator": 50})
    set_target(bare, measure, {financial_year(2026): Decimal(80)})
    row = only(bare)
    assert row.target is not None
    assert (row.target.period, row.letter) == ("2026/27", "G")


def test_the_days_of_a_period_may_be_left_to_its_words_again(bare: Store) -> None:
    measure = asb(bare)
    given = {"measure": measure, "period": LAST.label, "first_day": LAST.first_day, "last_day": LAST.last_day}
    reading = add_entry(bare, Register.READINGS, {**given, "value": Decimal(9)})
    edit_entry(bare, Register.READINGS, reading, 1, {"first_day": None, "last_day": None, "value": Decimal(8)})
    (kept,) = measure_history(bare, measure, TODAY).readings
    assert (kept.days, kept.value) == ((LAST.first_day, LAST.last_day), 8)
