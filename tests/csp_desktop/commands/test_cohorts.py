"""Cohorts and their index events by hand: created, edited, withdrawn, refused, taken back."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from csp_desktop.commands import cohorts as commands
from csp_desktop.commands.cohorts import create_cohort, edit_cohort, withdraw_cohort
from csp_desktop.commands.members import add_member, edit_member, withdraw_member
from csp_desktop.commands.offences import add_offence
from csp_desktop.commands.offenders import add_offender
from csp_desktop.errors import CspError, RowChangedError
from csp_desktop.queries.cohorts import find_cohort, list_cohorts
from csp_desktop.queries.following import follow_cohort
from csp_desktop.queries.members import list_members
from csp_desktop.queries.records import list_steps
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.offending import CohortDefinition, Disposal, IndexRule, OffenceOutcome
from models.reoffending import WindowEnd

DATA_DATE = date(2025, 1, 1)


def window_ends(store: Store) -> set[tuple[date, int]]:
    with store.read() as connection:
        return {(row.index_date, row.follow_up_months) for row in connection.execute(select(WindowEnd.__table__))}


def test_a_cohort_is_counted_by_the_shipped_definition_until_it_is_edited(bare: Store) -> None:
    cohort = create_cohort(
        bare, "  Adults   2023 ", CohortDefinition.YOUTH_12_3, breach_codes=["194/00", " ", "194/00"]
    )
    row = find_cohort(bare, "adults 2023")
    assert (row.id, row.name, row.definition.waiting_months) == (cohort, "Adults 2023", 3)
    assert row.definition.breach_codes == ("194/00",)
    edit_cohort(bare, cohort, 1, definition=CohortDefinition.PROVEN_3_MONTH, data_date=DATA_DATE)
    row = find_cohort(bare, cohort)
    assert (row.definition.index_rule, row.definition.waiting_months) == (IndexRule.FIRST_IN_QUARTER, 6)
    edit_cohort(bare, cohort, 2, proofs=[OffenceOutcome.CAUTION, OffenceOutcome.CONVICTION], follow_up_months=3)
    assert find_cohort(bare, cohort).definition.proofs == (OffenceOutcome.CONVICTION, OffenceOutcome.CAUTION)
    bare.undo()
    bare.undo()
    assert find_cohort(bare, cohort).definition.waiting_months == 3
    assert [step.label for step in list_steps(bare)][2:5] == ["Edit a cohort", "Edit a cohort", "Create a cohort"]
    assert bare.verify_audit().is_whole


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "ADULTS"}),
        ("follow_up_months", {"follow_up_months": 0}),
        ("waiting_months", {"waiting_months": -1}),
        ("proofs", {"proofs": []}),
        ("period_last", {"period_first": date(2024, 2, 1), "period_last": date(2024, 1, 1)}),
        ("data_date", {"data_date": date(1066, 1, 1)}),
        ("baseline_score", {"baseline_score": 1_000_001}),
    ],
)
def test_a_cohort_that_cannot_be_is_refused(bare: Store, field: str, values: dict[str, Any]) -> None:
    create_cohort(bare, "Adults", CohortDefinition.LOCAL)
    with pytest.raises(FieldError) as refused:
        create_cohort(bare, values.pop("name", "Others"), CohortDefinition.LOCAL, **values)
    assert refused.value.field == field
    assert [row.name for row in list_cohorts(bare)] == ["Adults"]


def test_edits_of_two_people_never_overwrite_each_other(bare: Store) -> None:
    cohort = create_cohort(bare, "Adults", CohortDefinition.LOCAL)
    edit_cohort(bare, cohort, 1, name="Adults 2024")
    with pytest.raises(RowChangedError) as conflict:
        edit_cohort(bare, cohort, 1, name="Adults of Dewsbury")
    assert (conflict.value.mine, conflict.value.theirs) == ({"name": "Adults of Dewsbury"}, {"name": "Adults 2024"})
    with pytest.raises(CspError, match="Someone changed this"):
        withdraw_cohort(bare, cohort, 1)
    with pytest.raises(CspError, match="Its cohorts: “Adults 2024”"):
        find_cohort(bare, "Youths")


def test_windows_are_kept_for_every_index_date_and_length(bare: Store) -> None:
    cohort = create_cohort(bare, "Adults", CohortDefinition.LOCAL)
    person = add_offender(bare, "P1")
    member = add_member(bare, cohort, person, date(2023, 1, 31), disposal=Disposal.CUSTODY, predicted_score=450_000)
    edit_member(bare, member, 1, index_date=date(2023, 2, 28))
    edit_cohort(bare, cohort, 1, follow_up_months=6)
    assert window_ends(bare) == {(date(2023, 1, 31), 12), (date(2023, 2, 28), 12), (date(2023, 2, 28), 6)}
    add_offence(bare, person, OffenceOutcome.CONVICTION, offence_date=date(2023, 5, 1), proof_date=date(2023, 6, 1))
    assert follow_cohort(bare, cohort, DATA_DATE).people[0].reoffences == 1
    bare.undo()
    bare.undo()
    bare.undo()
    assert follow_cohort(bare, cohort, DATA_DATE).people[0].index_date == date(2023, 1, 31)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("birth_date", {"birth_date": date(1850, 1, 1)}),
        ("index_date", {"birth_date": date(2024, 1, 1)}),
        ("custody_end", {"custody_start": date(2022, 2, 1), "custody_end": date(2022, 1, 1)}),
        ("died_on", {"died_on": date(2022, 1, 1)}),
        ("age", {"age": 130}),
        ("previous_offences", {"previous_offences": -1}),
        ("sentence_months", {"sentence_months": -1}),
        ("predicted_score", {"predicted_score": 2_000_000}),
    ],
)
def test_an_index_event_that_cannot_be_is_refused(bare: Store, field: str, values: dict[str, Any]) -> None:
    """Edge case 24: birth after the index date, an end before its start."""
    cohort, person = create_cohort(bare, "Adults", CohortDefinition.LOCAL), add_offender(bare, "P1")
    with pytest.raises(FieldError) as refused:
        add_member(bare, cohort, person, date(2023, 1, 31), **values)
    assert refused.value.field == field
    member = add_member(bare, cohort, person, date(2023, 1, 31))
    with pytest.raises(FieldError):
        edit_member(bare, member, 1, **values)
    assert list_members(bare, cohort).rows[0].version == 1


def test_index_events_are_listed_by_page_and_found_by_id(bare: Store) -> None:
    cohort = create_cohort(bare, "Adults", CohortDefinition.LOCAL)
    for number in range(5):
        add_member(bare, cohort, add_offender(bare, f"K{number}%"), date(2023, 1, 1 + number))
    from csp_desktop.queries.paging import Page

    page = list_members(bare, cohort, page=Page(first=2, size=2))
    assert ([row.reference for row in page.rows], page.total) == (["K2%", "K3%"], 5)
    found = list_members(bare, cohort, "3%")
    assert ([row.reference for row in found.rows], found.total) == (["K3%"], 1)
    withdraw_member(bare, found.rows[0].id, 1)
    assert list_members(bare, cohort).total == 4
    row = list_cohorts(bare)[0]
    assert (row.people, row.index_events, row.first_day, row.last_day) == (4, 4, date(2023, 1, 1), date(2023, 1, 5))


def test_a_withdrawn_cohort_takes_its_index_events_and_leaves_the_people(
    bare: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort, person = create_cohort(bare, "Adults", CohortDefinition.LOCAL), add_offender(bare, "P1")
    add_member(bare, cohort, person, date(2023, 1, 31))
    add_offence(bare, person, OffenceOutcome.CAUTION, offence_date=date(2023, 5, 1), proof_date=date(2023, 6, 1))
    monkeypatch.setattr(commands, "MOST_AT_ONCE", 0)
    with pytest.raises(CspError, match="1 index events, too many"):
        withdraw_cohort(bare, cohort, 1)
    monkeypatch.undo()
    withdraw_cohort(bare, cohort, 1)
    assert list_cohorts(bare) == []
    bare.undo()
    assert follow_cohort(bare, cohort, DATA_DATE).people[0].reoffences == 1
    assert bare.verify_audit().is_whole
