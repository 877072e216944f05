"""The numbered edge cases of proven reoffending, each by its number. X is the index date."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from csp_desktop.queries.cohort_figures import cohort_figures
from csp_desktop.reoffending.bands import Breakdown, age_band, is_juvenile
from csp_desktop.reoffending.definition import definition_of
from csp_desktop.reoffending.outcomes import groups_of, outcomes_of
from csp_desktop.reoffending.windows import add_months, completed_years, windows_of
from csp_desktop.store import Store
from models.offending import CohortDefinition, Disposal, OffenceOutcome, OffenceStanding, SeverityClass
from models.reoffending import Offence, Offender
from tests.csp_desktop.reoffending.made import LATE, Made, X


def after(days: int, start: date = X) -> date:
    return start + timedelta(days=days)


@pytest.fixture
def made(store: Store) -> Made:
    return Made(store)


def counted(made: Made, day: date | None, proof: date | None, *rest: OffenceOutcome) -> OffenceStanding:
    """How one offence of one person stands."""
    made.offence(made.someone(), day, proof, *rest)
    followed = made.followed()
    assert len(followed.people) == 1
    (found,) = [OffenceStanding.COUNTS] * followed.people[0].reoffences or list(followed.not_counted) or [None]
    assert found is not None
    return found


def test_case_1_an_offence_in_the_window_proven_in_the_window_counts(made: Made) -> None:
    assert counted(made, after(200), after(300)) is OffenceStanding.COUNTS


def test_case_2_an_offence_in_the_window_proven_in_the_waiting_period_counts(made: Made) -> None:
    assert counted(made, after(350), add_months(X, 17)) is OffenceStanding.COUNTS


@pytest.mark.parametrize("late", [0, 1, 200])
def test_case_3_an_offence_proven_at_eighteen_months_or_later_is_a_late_conviction(made: Made, late: int) -> None:
    assert counted(made, after(350), after(late, add_months(X, 18))) is OffenceStanding.LATE_CONVICTION


def test_case_3_the_day_before_eighteen_months_still_counts(made: Made) -> None:
    assert counted(made, after(350), after(-1, add_months(X, 18))) is OffenceStanding.COUNTS


@pytest.mark.parametrize("days", [0, 1])
def test_case_4_an_offence_after_twelve_months_does_not_count(made: Made, days: int) -> None:
    assert counted(made, after(days, add_months(X, 12)), after(days + 9, add_months(X, 12))) is (
        OffenceStanding.AFTER_FOLLOW_UP
    )


def test_case_5_an_offence_before_the_index_date_does_not_count_and_may_be_the_next_index_event(made: Made) -> None:
    person = made.someone()
    for days in (-400, -20, -1):
        made.offence(person, after(days), after(90))
    followed = made.followed()
    assert followed.people[0].reoffences == 0
    assert followed.not_counted == {OffenceStanding.BEFORE_INDEX: 3}
    assert type(followed.not_counted[OffenceStanding.BEFORE_INDEX]) is int
    other = Made(made.store, definition_of(CohortDefinition.PROVEN_3_MONTH))
    other.member(person, after(90))
    assert other.outcomes().offenders == 1


def test_case_6_an_offence_on_the_index_date_counts_unless_it_is_part_of_the_index_case(made: Made) -> None:
    assert counted(made, X, after(40)) is OffenceStanding.COUNTS


def test_case_6_an_offence_on_the_index_date_that_was_proven_by_then_is_the_index_case(made: Made) -> None:
    assert counted(made, X, X) is OffenceStanding.INDEX_CASE


def test_case_6_the_switch_leaves_every_offence_of_the_index_date_out(store: Store) -> None:
    made = Made(store, replace(definition_of(CohortDefinition.LOCAL), counts_index_day=False))
    assert counted(made, X, after(40)) is OffenceStanding.INDEX_CASE


@pytest.mark.parametrize(
    ("index", "follow_up_ends", "proof_ends"),
    [
        (date(2024, 2, 29), date(2025, 2, 28), date(2025, 8, 29)),
        (date(2023, 2, 28), date(2024, 2, 28), date(2024, 8, 28)),
        (date(2022, 8, 31), date(2023, 8, 31), date(2024, 2, 29)),
        (date(2021, 8, 31), date(2022, 8, 31), date(2023, 2, 28)),
        (date(2023, 12, 31), date(2024, 12, 31), date(2025, 6, 30)),
    ],
)
def test_case_7_windows_are_half_open_calendar_months_forwards_from_x(
    store: Store, index: date, follow_up_ends: date, proof_ends: date
) -> None:
    windows = windows_of(index, 12, 6)
    assert (windows.follow_up_ends, windows.proof_ends) == (follow_up_ends, proof_ends)
    made = Made(store)
    person = made.someone(index_date=index)
    made.offence(person, after(-1, follow_up_ends), after(-1, proof_ends))
    made.offence(person, follow_up_ends, after(-1, proof_ends))
    made.offence(person, after(-1, follow_up_ends), proof_ends)
    assert made.outcomes().reoffences == 1
    assert made.outcomes(proof_ends).offenders == 1
    assert made.outcomes(after(-1, proof_ends)).not_yet_measurable == 1


def test_case_8_a_pending_charge_is_not_proven_and_shows_as_what_if(made: Made) -> None:
    made.someone("P2")
    made.offence(made.someone("P1"), after(100), None, OffenceOutcome.PENDING)
    outcomes = made.outcomes()
    assert (outcomes.reoffenders, outcomes.rate) == (0, 0.0)
    assert (outcomes.pending.offences, outcomes.pending.what_if_reoffenders) == (1, 1)
    assert outcomes.pending.what_if_rate == 0.5


@pytest.mark.parametrize(
    ("outcome", "standing"),
    [
        (OffenceOutcome.ACQUITTED, OffenceStanding.ACQUITTED),
        (OffenceOutcome.NO_FURTHER_ACTION, OffenceStanding.NO_FURTHER_ACTION),
    ],
)
def test_case_9_acquitted_and_no_further_action_never_count(
    made: Made, outcome: OffenceOutcome, standing: OffenceStanding
) -> None:
    assert counted(made, after(100), after(150), outcome) is standing


@pytest.mark.parametrize(
    "outcome", [OffenceOutcome.CAUTION, OffenceOutcome.YOUTH_CAUTION, OffenceOutcome.CONDITIONAL_CAUTION]
)
def test_case_10_cautions_count(made: Made, outcome: OffenceOutcome) -> None:
    assert counted(made, after(100), after(150), outcome) is OffenceStanding.COUNTS


@pytest.mark.parametrize(
    "outcome", [OffenceOutcome.COMMUNITY_RESOLUTION, OffenceOutcome.PENALTY_NOTICE, OffenceOutcome.OUTCOME_22]
)
def test_case_11_other_out_of_court_disposals_have_a_line_of_their_own(made: Made, outcome: OffenceOutcome) -> None:
    assert counted(made, after(100), after(150), outcome) is OffenceStanding.OUT_OF_COURT


def test_case_12_one_conviction_for_five_offences_three_of_them_in_the_window(made: Made) -> None:
    person = made.someone()
    for days in (-30, -1, 10, 20, 30):
        made.offence(person, after(days), after(200))
    outcomes = made.outcomes()
    assert (outcomes.reoffenders, outcomes.reoffences) == (1, 3)
    assert outcomes.reoffences_per_reoffender == 3.0


def test_case_13_of_several_index_events_in_one_period_the_first_counts(made: Made) -> None:
    person = made.person("P1")
    first, _ = made.member(person, X), made.member(person, after(40))
    followed = made.followed()
    assert [each.member_id for each in followed.people] == [first]
    assert {why.value: count for why, count in followed.not_followed.items()} == {"later_index_event": 1}


def test_case_14_index_events_in_two_quarters_pool_to_two_of_one_person(store: Store) -> None:
    made = Made(store, definition_of(CohortDefinition.PROVEN_3_MONTH))
    person = made.person("P1")
    made.member(person, date(2023, 2, 1))
    made.member(person, date(2023, 3, 30))
    made.member(person, date(2023, 8, 1))
    outcomes = made.outcomes()
    assert (outcomes.offenders, outcomes.unique_people) == (2, 1)


def test_case_15_of_several_offences_at_the_index_event_the_most_serious_is_the_index_offence(made: Made) -> None:
    person = made.person("P1")
    light = made.code("001", severity_class=SeverityClass.SHOPLIFTING)
    grave = made.code("002", severity_class=SeverityClass.ROBBERY)
    made.member(person, X, offence_code_id=light)
    made.member(person, X, offence_code_id=grave)
    followed = made.followed()
    assert len(followed.people) == 1
    assert followed.people[0].harm[0].index_offence == 365_000
    assert {why.value: count for why, count in followed.not_followed.items()} == {"same_index_event": 1}


@pytest.mark.parametrize(
    ("born", "index", "age"),
    [
        (date(2005, 3, 1), date(2023, 3, 1), 18),
        (date(2005, 3, 2), date(2023, 3, 1), 17),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
    ],
)
def test_case_16_age_is_in_completed_years_at_the_index_date(made: Made, born: date, index: date, age: int) -> None:
    made.someone(index_date=index, birth_date=born)
    assert made.followed().people[0].age == age == completed_years(born, index)


def test_case_17_people_not_yet_measurable_are_provisional_and_apart(made: Made) -> None:
    made.someone("P1")
    recent = made.someone("P2", date(2026, 1, 10))
    made.offence(recent, date(2026, 2, 1), date(2026, 3, 1))
    outcomes = made.outcomes()
    assert (outcomes.offenders, outcomes.reoffenders, outcomes.not_yet_measurable) == (1, 0, 1)
    assert (outcomes.provisional.offenders, outcomes.provisional.reoffenders) == (1, 1)


def test_case_17_nobody_measurable_has_no_rate_and_never_one_of_nought(made: Made) -> None:
    made.someone("P1", date(2026, 1, 10))
    outcomes = made.outcomes()
    assert (outcomes.rate, outcomes.interval, outcomes.not_yet_measurable) == (None, None, 1)


def test_case_18_custody_in_the_follow_up_leaves_the_person_in_the_denominator(made: Made) -> None:
    made.someone("P1", custody_start=after(10), custody_end=after(400))
    assert made.outcomes().offenders == 1


@pytest.mark.parametrize(
    "disposal", [Disposal.RELEASE_FROM_RECALL, Disposal.TEMPORARY_RELEASE, Disposal.TRANSFER, Disposal.REMAND]
)
def test_case_19_a_sentence_that_goes_on_is_no_new_index_event(made: Made, disposal: Disposal) -> None:
    person = made.person("P1")
    made.member(person, X, disposal=disposal)
    real = made.member(person, after(30), disposal=Disposal.CUSTODY)
    followed = made.followed()
    assert [each.member_id for each in followed.people] == [real]
    assert {why.value: count for why, count in followed.not_followed.items()} == {"no_index_event": 1}


def test_case_20_death_keeps_the_person_in_the_rate_and_ends_their_time(made: Made) -> None:
    made.someone("P1", died_on=after(100))
    made.someone("P2")
    outcomes = made.outcomes()
    assert outcomes.offenders == 2
    assert [(point.day, point.at_risk, point.censored) for point in outcomes.curve.points if point.censored] == [
        (100, 2, 1), (366, 1, 1),
    ]  # fmt: skip


def test_case_21_a_conviction_quashed_later_counts_no_more(made: Made) -> None:
    offence = made.offence(made.someone(), after(100), after(150))
    assert made.outcomes().reoffenders == 1
    with made.store.write("Quash") as session:
        row = session.get(Offence, offence)
        assert row is not None
        row.outcome = OffenceOutcome.QUASHED
    assert made.outcomes().reoffenders == 0
    assert made.followed().not_counted == {OffenceStanding.QUASHED: 1}


def test_case_22_of_an_offence_over_several_days_the_first_decides(made: Made) -> None:
    person = made.someone()
    made.offence(person, after(-1), after(90), offence_date_to=after(5))
    assert made.followed().not_counted == {OffenceStanding.BEFORE_INDEX: 1}


def test_case_23_an_offence_without_a_date_is_left_out_and_counted(made: Made) -> None:
    assert counted(made, None, after(150)) is OffenceStanding.MISSING_OFFENCE_DATE


def test_case_26_one_person_under_two_ids_is_one_and_can_be_taken_apart(made: Made) -> None:
    first, second = made.someone("A1"), made.someone("B7", after(10))
    made.offence(second, after(60), after(90))
    assert (made.outcomes().offenders, made.outcomes().unique_people) == (2, 2)
    with made.store.write("Merge") as session:
        row = session.get(Offender, second)
        assert row is not None
        row.merged_into_id = first
    outcomes = made.outcomes()
    assert (outcomes.offenders, outcomes.unique_people, outcomes.reoffenders) == (1, 1, 1)
    made.store.undo()
    assert made.outcomes().offenders == 2


def test_case_25_and_26_the_same_offence_under_two_merged_ids_counts_once(made: Made) -> None:
    first, second = made.someone("A1"), made.person("B7", merged_into_id=None)
    for person in (first, second):
        made.offence(person, after(60), after(90))
    made.offence(second, after(60), after(90))
    with made.store.write("Merge") as session:
        row = session.get(Offender, second)
        assert row is not None
        row.merged_into_id = first
    assert made.outcomes().reoffences == 2


def test_case_27_without_reoffenders_the_rate_is_nought_and_the_frequency_absent(made: Made) -> None:
    made.someone()
    outcomes = made.outcomes()
    assert (outcomes.rate, outcomes.reoffences_per_reoffender, outcomes.reoffences_per_offender) == (0.0, None, 0.0)


def test_case_28_without_offenders_everything_is_absent(made: Made) -> None:
    outcomes = made.outcomes()
    assert (outcomes.offenders, outcomes.rate, outcomes.interval) == (0, None, None)
    assert (outcomes.reoffences_per_reoffender, outcomes.reoffences_per_offender) == (None, None)
    assert outcomes.curve.points == ()


def test_case_30_with_complete_follow_up_the_curve_ends_at_the_rate(made: Made) -> None:
    for number, days in enumerate((0, 3, 3, 200, 364, 365, None, None, None)):
        index = date(2023, 3, 1 + number)
        person = made.someone(f"P{number}", index)
        if days is not None:
            made.offence(person, after(days, index), after(days + 1, index))
    outcomes = made.outcomes()
    assert outcomes.reoffenders == 6
    assert outcomes.rate is not None
    assert outcomes.curve.points[-1].survival == pytest.approx(1 - outcomes.rate, abs=1e-9)


def test_case_31_a_reoffence_on_the_index_date_is_an_event_of_no_days(made: Made) -> None:
    made.offence(made.someone("P1"), X, after(30))
    made.someone("P2")
    point = made.outcomes().curve.points[0]
    assert (point.day, point.at_risk, point.events) == (0, 2, 1)


def test_case_32_adults_and_juveniles_add_up_to_all(made: Made) -> None:
    ages = (12, 17, 18, 40, None)
    for number, age in enumerate(ages):
        person = made.someone(f"P{number}", age=age)
        if number % 2:
            made.offence(person, after(20), after(30))
    people = made.followed().people
    whole = outcomes_of(people)
    parts = [outcomes_of([each for each in people if is_juvenile(each.age) is which]) for which in (True, False, None)]
    assert [part.offenders for part in parts] == [2, 2, 1]
    for name in ("offenders", "reoffenders", "reoffences"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
        assert sum(getattr(group.outcomes, name) for group in groups_of(people, Breakdown.AGE)) == getattr(whole, name)


def test_breach_is_decided_by_the_code_and_not_by_the_word(store: Store) -> None:
    made = Made(store, replace(definition_of(CohortDefinition.LOCAL), breach_codes=("195/94",)))
    person = made.someone()
    licence, order, own = made.code("195/94"), made.code("195/95", is_breach=True), made.code("066/91", is_breach=False)
    silent = made.code("000/00")
    made.offence(person, after(10), after(20), OffenceOutcome.CONVICTION, offence_code_id=licence)
    made.offence(person, after(11), after(20), OffenceOutcome.CONVICTION, offence_code_id=order)
    made.offence(person, after(12), after(20), OffenceOutcome.BREACH, offence_code_id=silent)
    made.offence(person, after(13), after(20), OffenceOutcome.BREACH, offence_code_id=own)
    made.offence(person, after(14), after(20), OffenceOutcome.RECALL)
    followed = made.followed()
    assert followed.people[0].reoffences == 1
    assert followed.people[0].first_day == 13
    assert followed.not_counted == {OffenceStanding.BREACH: 3, OffenceStanding.RECALL: 1}


def test_what_is_proven_after_the_data_date_is_not_known_yet(made: Made) -> None:
    person = made.someone("P1", date(2025, 9, 1))
    made.offence(person, date(2025, 10, 1), date(2026, 6, 1))
    before, later = made.outcomes(date(2026, 5, 31)), made.outcomes(date(2026, 6, 1))
    assert (before.provisional.reoffenders, later.provisional.reoffenders) == (0, 1)


def test_a_period_leaves_index_events_outside_it_out(store: Store) -> None:
    made = Made(store, period=(date(2023, 3, 1), date(2023, 3, 31)))
    person = made.person("P1")
    for day in (date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 1)):
        made.member(person, day)
    followed = made.followed()
    assert [each.index_date for each in followed.people] == [date(2023, 3, 31)]
    assert {why.value: count for why, count in followed.not_followed.items()} == {"outside_period": 2}


def test_the_adjusted_rate_is_over_those_with_a_score(made: Made) -> None:
    for number, score in enumerate((300_000, 500_000, None)):
        person = made.someone(f"P{number}", predicted_score=score)
        if number != 1:
            made.offence(person, after(20), after(30))
    adjusted = made.outcomes(baseline=0.35).adjusted
    assert (adjusted.scored, adjusted.observed, adjusted.predicted) == (2, 0.5, pytest.approx(0.4))
    assert adjusted.rate == pytest.approx(0.5 - 0.4 + 0.35)


def test_figures_name_their_definition_and_editions(made: Made) -> None:
    figures = cohort_figures(made.store, made.cohort, LATE)
    assert "12 months" in figures.basis.definition.in_words
    assert "18 months" in figures.basis.definition.in_words
    assert all(edition.name for edition in figures.editions.values())


@pytest.mark.parametrize(
    ("ages", "band"),
    [((10, 14), "10-14"), ((15, 17), "15-17"), ((45, 49), "45-49"), ((50, 99), "50+"), ((None,), "not_known")],
)
def test_ages_fall_in_the_published_bands(ages: Iterable[int | None], band: str) -> None:
    assert {age_band(age) for age in ages} == {band}


def test_what_is_committed_after_the_data_date_is_not_known_yet(made: Made) -> None:
    person = made.someone("P1", date(2025, 9, 1))
    made.offence(person, date(2026, 2, 1), None, OffenceOutcome.PENDING)
    assert made.followed(date(2026, 1, 31)).not_counted == {OffenceStanding.AFTER_DATA_DATE: 1}
    provisional = made.outcomes(date(2026, 2, 1)).provisional
    assert (provisional.pending.offences, provisional.pending.what_if_rate, provisional.rate) == (1, 1.0, 0.0)
