"""People of the register by hand, and two ids of one person merged and taken apart."""

from datetime import date

import pytest

from csp_desktop.commands.cohorts import create_cohort
from csp_desktop.commands.consulting import names_of, note_consulted
from csp_desktop.commands.members import add_member
from csp_desktop.commands.needs import add_need
from csp_desktop.commands.offences import add_offence
from csp_desktop.commands.offenders import (
    add_offender,
    edit_offender,
    merge_offenders,
    unmerge_offender,
    withdraw_offender,
)
from csp_desktop.commands.spells import add_spell, add_status
from csp_desktop.errors import CspError
from csp_desktop.queries.cohorts import list_cohorts
from csp_desktop.queries.following import follow_cohort
from csp_desktop.queries.offenders import find_offender, list_offenders
from csp_desktop.queries.person_records import person_record
from csp_desktop.queries.records import list_steps
from csp_desktop.reoffending.selecting import NotFollowed
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.offending import CohortDefinition, IomRag, OffenceOutcome, OffenceStanding, Pathway, SpellKind
from models.vocabulary import StepKind

DATA_DATE = date(2025, 1, 1)


def convict(store: Store, person: int, day: date) -> int:
    return add_offence(store, person, OffenceOutcome.CONVICTION, offence_date=day, proof_date=date(2023, 9, 1))


def test_a_person_goes_by_one_id(bare: Store) -> None:
    person = add_offender(bare, " P001 ", name="Sam Smith", lead_agency="Probation", lead_officer="R. Khan")
    with pytest.raises(FieldError, match="in the store already"):
        add_offender(bare, "p001")
    with pytest.raises(FieldError, match="needs an id"):
        edit_offender(bare, person, 1, reference=" ")
    edit_offender(bare, person, 1, reference="P002", next_review=date(2026, 12, 1))
    assert find_offender(bare, "P002") == person
    with pytest.raises(CspError, match="no person with this id"):
        find_offender(bare, "P001")
    assert [row.reference for row in list_offenders(bare, "khan").rows] == ["P002"]
    assert list_offenders(bare, "smith").total == 0
    bare.undo()
    assert find_offender(bare, "P001") == person


def test_edge_case_26_one_person_under_two_ids_is_counted_once_and_can_be_taken_apart(bare: Store) -> None:
    cohort = create_cohort(bare, "Adults", CohortDefinition.LOCAL)
    first, second, third = (add_offender(bare, reference) for reference in ("A", "B", "C"))
    for number, person in enumerate((first, second, third)):
        add_member(bare, cohort, person, date(2023, 1, 1 + number))
        convict(bare, person, date(2023, 5, 1))
    merge_offenders(bare, second, third)
    merge_offenders(bare, first, second)
    followed = follow_cohort(bare, cohort, DATA_DATE)
    assert [(each.offender_id, each.reoffences) for each in followed.people] == [(first, 1)]
    assert list_cohorts(bare)[0].people == 1
    assert find_offender(bare, "C") == first
    record = person_record(bare, third, DATA_DATE)
    assert (record.reference, [each.reference for each in record.other_ids]) == ("A", ["B", "C"])
    assert [each.is_twin for each in record.offences] == [False, True, True]
    reasons = [each.not_followed for each in record.memberships]
    assert reasons == [None, NotFollowed.LATER_INDEX_EVENT, NotFollowed.LATER_INDEX_EVENT]
    assert list(record.memberships[0].standings.values()) == [OffenceStanding.COUNTS]
    for kept, merged in ((first, first), (third, second), (second, third), (third, first)):
        with pytest.raises(CspError, match="one person already"):
            merge_offenders(bare, kept, merged)
    unmerge_offender(bare, second)
    assert [each.offender_id for each in follow_cohort(bare, cohort, DATA_DATE).people] == [first, second]
    unmerge_offender(bare, third)
    assert list_cohorts(bare)[0].people == 3
    with pytest.raises(CspError, match="stands for itself"):
        unmerge_offender(bare, third)
    assert bare.verify_audit().is_whole


def test_an_id_merged_elsewhere_is_taken_apart_first(bare: Store) -> None:
    first, second, other = (add_offender(bare, reference) for reference in ("A", "B", "C"))
    merge_offenders(bare, first, second)
    with pytest.raises(CspError, match="merged into another already"):
        merge_offenders(bare, other, second)
    merge_offenders(bare, second, other)
    assert find_offender(bare, "C") == first
    with pytest.raises(CspError, match="Take them apart first"):
        withdraw_offender(bare, first, 1)
    bare.undo()
    assert find_offender(bare, "C") == other


def test_withdrawing_a_person_takes_all_that_is_recorded_and_can_be_undone(bare: Store) -> None:
    cohort, person = create_cohort(bare, "Adults", CohortDefinition.LOCAL), add_offender(bare, "A")
    add_member(bare, cohort, person, date(2023, 1, 1))
    convict(bare, person, date(2023, 5, 1))
    add_spell(bare, person, SpellKind.IOM, date(2023, 2, 1))
    add_status(bare, person, date(2023, 2, 1), IomRag.RED)
    add_need(bare, person, Pathway.HEALTH, date(2023, 2, 1), score=4)
    before = person_record(bare, person, DATA_DATE)
    withdraw_offender(bare, person, 1)
    assert list_cohorts(bare)[0].index_events == 0
    with pytest.raises(CspError, match="no longer in the store"):
        person_record(bare, person, DATA_DATE)
    bare.undo()
    after = person_record(bare, person, DATA_DATE)
    assert [len(rows) for rows in (after.memberships, after.offences, after.spells, after.statuses, after.needs)] == [
        1
    ] * 5
    assert after.memberships[0].standings == before.memberships[0].standings


def test_showing_a_name_is_recorded_and_never_in_words_that_name_someone(bare: Store) -> None:
    person, other = add_offender(bare, "A", name="Sam Smith"), add_offender(bare, "B")
    assert names_of(bare, [person, other]) == {person: "Sam Smith"}
    assert names_of(bare, [other]) == {}
    note_consulted(bare, "Looked at the people behind the reoffending rate")
    steps = list_steps(bare)[:3]
    assert [step.label for step in steps] == [
        "Looked at the people behind the reoffending rate",
        "Showed the name of 1 person",
        "Showed the names of 2 people",
    ]
    assert {step.kind for step in steps} == {StepKind.ACCESS}
