"""What pages list of reoffending: the IOM list, comparison, data quality, spells and abstinence over a real store."""

from datetime import date

import pytest

from csp_desktop.commands.cohorts import create_cohort
from csp_desktop.commands.lookups import add_code
from csp_desktop.commands.members import add_member
from csp_desktop.commands.needs import add_need
from csp_desktop.commands.offences import add_offence
from csp_desktop.commands.offenders import add_offender, edit_offender, merge_offenders
from csp_desktop.commands.spells import add_spell, add_status
from csp_desktop.queries.comparing import Choice, compare_cohorts
from csp_desktop.queries.data_quality import data_quality
from csp_desktop.queries.following import follow_cohort
from csp_desktop.queries.iom import list_iom
from csp_desktop.queries.spells import cohort_abstinence, cohort_at_liberty, intervention_names, spells_compared
from csp_desktop.reoffending.spells_compared import Exposure
from csp_desktop.store import Store
from models.offending import (
    CohortDefinition,
    Disposal,
    IomCohort,
    IomRag,
    OffenceGroup,
    OffenceOutcome,
    Pathway,
    SpellKind,
)
from models.records import ImportBatch
from models.vocabulary import StepKind

DATA_DATE = date(2025, 1, 1)


def convict(store: Store, person: int, day: date, outcome: OffenceOutcome = OffenceOutcome.CONVICTION) -> int:
    return add_offence(store, person, outcome, offence_date=day, proof_date=day)


def test_the_iom_list_says_where_each_person_stands(bare: Store) -> None:
    person, other_id, former = (add_offender(bare, reference) for reference in ("B", "B2", "A"))
    add_offender(bare, "nobody")
    edit_offender(bare, person, 1, lead_agency="Police", lead_officer="R. Khan", next_review=date(2024, 12, 31))
    merge_offenders(bare, person, other_id)
    add_spell(bare, person, SpellKind.IOM, date(2021, 1, 1), ended=date(2021, 6, 1))
    add_spell(bare, person, SpellKind.IOM, date(2023, 1, 1), iom_cohort=IomCohort.FLEX, selected_because="Robberies")
    add_spell(bare, former, SpellKind.IOM, date(2021, 1, 1), ended=date(2022, 1, 1))
    for day, rag in ((1, IomRag.AMBER), (2, IomRag.RED), (3, IomRag.RED)):
        add_status(bare, other_id if day == 2 else person, date(2024, day, 1), rag)
    add_status(bare, person, date(2025, 6, 1), IomRag.GREEN)
    for day, score in ((1, 8), (2, 9), (3, 5)):
        add_need(bare, person, Pathway.DRUGS_AND_ALCOHOL, date(2024, day, 1), score=score)
    add_need(bare, person, Pathway.HEALTH, date(2024, 1, 1), score=2, instrument="OASys")
    add_need(bare, other_id, Pathway.HEALTH, date(2024, 2, 1), score=30, instrument="Other")
    convict(bare, person, date(2023, 12, 31))
    convict(bare, other_id, date(2024, 8, 15))
    convict(bare, person, date(2024, 10, 1), OffenceOutcome.COMMUNITY_RESOLUTION)
    rows = list_iom(bare, DATA_DATE)
    assert [(row.reference, row.is_current) for row in rows] == [("B", True), ("A", False)]
    row = rows[0]
    assert (row.rag, row.rag_since, len(row.statuses)) == (IomRag.RED, date(2024, 2, 1), 3)
    assert (row.iom_cohort, row.lead_agency, row.is_review_overdue) == (IomCohort.FLEX, "Police", True)
    assert row.spell is not None
    assert (row.spell.started, row.spell.selected_because, len(row.spells)) == (date(2023, 1, 1), "Robberies", 2)
    assert [(need.pathway, need.instrument, need.change) for need in row.needs] == [
        (Pathway.DRUGS_AND_ALCOHOL, "", -3),
        (Pathway.HEALTH, "OASys", 0),
        (Pathway.HEALTH, "Other", 0),
    ]
    assert (row.last_offence_on, row.months_since_last_offence, row.offences_in_months) == (date(2024, 8, 15), 4, 1)
    assert (rows[1].spell is not None, rows[1].last_offence_on, rows[1].rag) == (True, None, None)


def test_a_status_that_came_with_a_cohort_is_on_the_iom_list(bare: Store) -> None:
    cohort, person = create_cohort(bare, "Fixed", CohortDefinition.IOM), add_offender(bare, "A")
    add_member(bare, cohort, person, date(2024, 1, 1), iom_rag=IomRag.BLUE, iom_cohort=IomCohort.FIXED)
    row = list_iom(bare, DATA_DATE)[0]
    assert (row.is_current, row.rag, row.rag_since, row.iom_cohort, row.statuses[0].id) == (
        True, IomRag.BLUE, date(2024, 1, 1), IomCohort.FIXED, None,
    )  # fmt: skip


def test_cohorts_of_different_rules_share_no_line(bare: Store) -> None:
    cohorts = [create_cohort(bare, name, CohortDefinition.LOCAL) for name in ("A", "B")]
    youth = create_cohort(bare, "Youth", CohortDefinition.YOUTH_12_3)
    for number, cohort in enumerate(cohorts):
        for each in range(2):
            person = add_offender(bare, f"{cohort}-{each}")
            add_member(bare, cohort, person, date(2023, 1, 1))
            if each < number:
                convict(bare, person, date(2023, 3, 1))
    alike = compare_cohorts(bare, [Choice(cohort, DATA_DATE) for cohort in cohorts])
    assert alike.same_line
    assert (alike.difference(0, 1), alike.rows[0].is_reliable) == (50.0, False)
    assert alike.warnings == ("Fewer than 30 people are measurable in “A”, “B”: the rate may differ by chance.",)
    other = compare_cohorts(bare, [Choice(cohorts[0], date(2024, 1, 1)), Choice(youth, DATA_DATE)])
    assert not other.same_line
    assert other.difference(0, 1) is None
    assert other.warnings[0].startswith("“A” and “Youth” are counted by different rules")
    assert "Nobody is measurable yet in “A”, “Youth”" in other.warnings[1]


def test_data_quality_counts_every_reason(bare: Store) -> None:
    cohort = create_cohort(bare, "Adults", CohortDefinition.LOCAL)
    person, alias, stranger = (add_offender(bare, reference) for reference in ("A", "A2", "Z"))
    known = add_code(bare, "1", offence_group=OffenceGroup.THEFT)
    add_member(bare, cohort, person, date(2023, 1, 1), disposal=Disposal.CUSTODY, ethnicity="White", age=30)
    add_member(bare, cohort, person, date(2023, 2, 1), disposal=Disposal.REMAND)
    merge_offenders(bare, person, alias)
    convict(bare, person, date(2022, 3, 1))
    convict(bare, stranger, date(2022, 3, 1))
    add_offence(
        bare, alias, OffenceOutcome.CONVICTION, offence_date=date(2023, 3, 1), offence_date_to=date(2023, 4, 1),
        offence_code_id=known, proof_date=date(2023, 5, 1),
    )  # fmt: skip
    add_offence(bare, person, OffenceOutcome.PENDING, offence_date=date(2023, 3, 2))
    lines = {line.key: line for line in data_quality(bare, cohort, follow_cohort(bare, cohort, DATA_DATE))}
    assert {key: line.count for key, line in lines.items()} == {
        "no_index_event": 1,
        "before_index": 1,
        "pending": 1,
        "no_sex": 1,
        "no_offence_group": 1,
        "no_previous_offences": 1,
        "no_sentence_length": 1,
        "no_area": 1,
        "no_predicted_score": 1,
        "no_offence_code": 2,
        "code_not_in_lookup": 1,
        "offence_date_range": 1,
        "merged_ids": 1,
        "in_no_cohort": 1,
    }
    assert lines["before_index"].sentence == "1 offence left out. Committed before the index date."
    assert [line.leaves_out for line in (lines["before_index"], lines["pending"], lines["no_sex"])] == [
        True,
        False,
        False,
    ]


def test_data_quality_tells_what_imports_folded_until_they_are_taken_back(bare: Store) -> None:
    cohort = create_cohort(bare, "Adults", CohortDefinition.LOCAL)

    def batch(session: object, step_id: int) -> None:
        counts = {"new": 1, "folded": 3, "errors": 2}
        session.add(  # type: ignore[attr-defined]
            ImportBatch(
                entry_id=step_id,
                register="offences",
                file_name="f",
                file_hash="h",
                tables=[],
                counts=counts,
                problems=[],
            )
        )

    with bare.write("Import", kind=StepKind.IMPORT, recorded=batch):
        add_offender(bare, "A")
    followed = follow_cohort(bare, cohort, DATA_DATE)
    assert {line.key: line.count for line in data_quality(bare, cohort, followed)} == {"folded": 3, "turned_away": 2}
    bare.undo()
    assert data_quality(bare, cohort, followed) == ()


def test_spells_are_compared_over_all_ids_of_a_person(bare: Store) -> None:
    person, alias = add_offender(bare, "A"), add_offender(bare, "A2")
    merge_offenders(bare, person, alias)
    add_spell(bare, alias, SpellKind.INTERVENTION, date(2023, 1, 1), name="Mentoring", ended=date(2023, 7, 1))
    add_spell(bare, person, SpellKind.INTERVENTION, date(2023, 1, 1), name="Other")
    add_spell(bare, person, SpellKind.CUSTODY, date(2023, 7, 11), ended=date(2023, 7, 21))
    cohort = create_cohort(bare, "Adults", CohortDefinition.LOCAL)
    add_member(
        bare,
        cohort,
        person,
        date(2022, 1, 1),
        custody_start=date(2022, 12, 1),
        custody_end=date(2022, 12, 11),
        died_on=date(2023, 7, 31),
    )
    for day in (date(2022, 12, 20), date(2022, 12, 30)):
        convict(bare, person, day)
    convict(bare, alias, date(2022, 12, 30))
    convict(bare, alias, date(2023, 7, 5))
    found = spells_compared(bare, SpellKind.INTERVENTION, DATA_DATE, "Mentoring")
    assert (found.spells, found.people) == (1, 1)
    assert found.after.before == Exposure(2, 21)
    assert found.after.later == Exposure(1, 20)
    assert intervention_names(bare) == ["Mentoring", "Other"]


@pytest.mark.parametrize("at_liberty", [False, True])
def test_abstinence_of_a_cohort(bare: Store, at_liberty: bool) -> None:
    cohort = create_cohort(bare, "Adults", CohortDefinition.LOCAL)
    people = [add_offender(bare, reference) for reference in ("A", "B", "C")]
    for person in people:
        add_member(bare, cohort, person, date(2022, 1, 1))
    convict(bare, people[0], date(2024, 6, 1))
    convict(bare, people[1], date(2024, 3, 1))
    add_spell(bare, people[1], SpellKind.CUSTODY, date(2024, 3, 2), ended=date(2024, 6, 30))
    followed = follow_cohort(bare, cohort, DATA_DATE)
    (three,), since = cohort_abstinence(bare, cohort, followed, [3], at_liberty=at_liberty)
    assert (three.people, three.abstinent) == (3, 1 if at_liberty else 2)
    assert (since.people, since.never, since.median_months) == (2, 1, 2.5)


def test_edge_case_18_who_is_in_custody_stays_in_the_cohort_and_adds_no_days_at_liberty(bare: Store) -> None:
    cohort = create_cohort(bare, "Fixed", CohortDefinition.IOM)
    free, inside, dead, later = (add_offender(bare, reference) for reference in "ABCD")
    for person in (free, inside):
        add_member(bare, cohort, person, date(2022, 1, 1))
    add_member(bare, cohort, dead, date(2022, 1, 1), died_on=date(2022, 1, 11))
    add_member(bare, cohort, later, date(2024, 12, 1))
    add_spell(bare, inside, SpellKind.CUSTODY, date(2022, 3, 2))
    for person, day in ((free, date(2022, 2, 1)), (inside, date(2022, 2, 1)), (later, date(2024, 12, 2))):
        convict(bare, person, day)
    assert cohort_at_liberty(bare, cohort, DATA_DATE) == Exposure(2, 365 + 60 + 10)
    assert len([each for each in follow_cohort(bare, cohort, DATA_DATE).people if each.is_measurable]) == 3
