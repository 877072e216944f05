"""Offences, spells, statuses and needs by hand: recorded, edited, withdrawn, refused, taken back."""

from datetime import date
from typing import Any

import pytest

from csp_desktop.commands.lookups import add_code
from csp_desktop.commands.needs import add_need, edit_need, withdraw_need
from csp_desktop.commands.offences import add_offence, edit_offence, withdraw_offence
from csp_desktop.commands.offenders import add_offender
from csp_desktop.commands.spells import (
    add_spell,
    add_status,
    edit_spell,
    edit_status,
    withdraw_spell,
    withdraw_status,
)
from csp_desktop.errors import CspError, RowChangedError
from csp_desktop.queries.person_records import PersonRecord, person_record
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.offending import IomCohort, IomRag, OffenceGroup, OffenceOutcome, Pathway, SpellKind

DAY = date(2023, 5, 1)


def record(store: Store, person: int) -> PersonRecord:
    return person_record(store, person, date(2025, 1, 1))


def test_an_offence_is_recorded_edited_and_withdrawn(bare: Store) -> None:
    person = add_offender(bare, "A")
    code = add_code(bare, "001/00", offence_group=OffenceGroup.THEFT)
    offence = add_offence(bare, person, OffenceOutcome.PENDING, offence_date=DAY, offence_code_id=code, reference=" ")
    row = record(bare, person).offences[0]
    assert (row.id, row.code, row.offence_group, row.reference, row.came_by_import) == (
        offence, "001/00 Theft", OffenceGroup.THEFT, None, False,
    )  # fmt: skip
    edit_offence(bare, offence, 1, outcome=OffenceOutcome.CAUTION, proof_date=date(2023, 6, 1), reference=" R1 ")
    assert record(bare, person).offences[0].reference == "R1"
    with pytest.raises(RowChangedError):
        edit_offence(bare, offence, 1, outcome=OffenceOutcome.ACQUITTED)
    with pytest.raises(CspError, match="offence code is no longer in the store"):
        edit_offence(bare, offence, 2, offence_code_id=code + 1)
    withdraw_offence(bare, offence, 2)
    assert record(bare, person).offences == ()
    bare.undo()
    assert record(bare, person).offences[0].outcome is OffenceOutcome.CAUTION
    assert bare.verify_audit().is_whole


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("proof_date", {"offence_date": DAY, "proof_date": date(2023, 4, 30)}),
        ("offence_date_to", {"offence_date": DAY, "offence_date_to": date(2023, 4, 30)}),
        ("offence_date", {"offence_date_to": DAY}),
        ("offence_date", {"offence_date": date(23, 5, 1)}),
    ],
)
def test_an_offence_that_cannot_be_is_refused(bare: Store, field: str, values: dict[str, Any]) -> None:
    """Edge case 24: a conviction before the offence."""
    person = add_offender(bare, "A")
    with pytest.raises(FieldError) as refused:
        add_offence(bare, person, OffenceOutcome.CONVICTION, **values)
    assert refused.value.field == field
    offence = add_offence(bare, person, OffenceOutcome.CONVICTION, offence_date=None)
    with pytest.raises(FieldError):
        edit_offence(bare, offence, 1, **values)


def test_an_offence_of_nobody_is_refused(bare: Store) -> None:
    with pytest.raises(CspError, match="no longer in the store"):
        add_offence(bare, 7, OffenceOutcome.CAUTION, offence_date=DAY)


def test_a_spell_has_a_reason_for_its_beginning_and_its_end(bare: Store) -> None:
    person = add_offender(bare, "A")
    spell = add_spell(
        bare, person, SpellKind.IOM, DAY, iom_cohort=IomCohort.FIXED, selected_because="Burglaries of homes"
    )
    with pytest.raises(FieldError, match="Give the day of de-selection"):
        edit_spell(bare, spell, 1, deselected_because="No offence in a year")
    with pytest.raises(FieldError, match="ends before it starts"):
        edit_spell(bare, spell, 1, ended=date(2023, 4, 1))
    edit_spell(bare, spell, 1, ended=date(2024, 5, 1), deselected_because="No offence in a year")
    row = record(bare, person).spells[0]
    assert (row.selected_because, row.deselected_because) == ("Burglaries of homes", "No offence in a year")
    assert (row.holds(DAY), row.holds(date(2024, 5, 1))) == (True, False)
    with pytest.raises(FieldError, match="Name the intervention"):
        edit_spell(bare, spell, 2, kind=SpellKind.INTERVENTION)
    withdraw_spell(bare, spell, 2)
    assert record(bare, person).spells == ()
    bare.undo()
    assert len(record(bare, person).spells) == 1


def test_a_status_is_dated(bare: Store) -> None:
    person = add_offender(bare, "A")
    status = add_status(bare, person, DAY, IomRag.RED, note="Two arrests")
    edit_status(bare, status, 1, rag=IomRag.AMBER)
    assert [(row.rag, row.note) for row in record(bare, person).statuses] == [(IomRag.AMBER, "Two arrests")]
    with pytest.raises(FieldError, match="between 1900 and 2100"):
        edit_status(bare, status, 2, dated=date(3000, 1, 1))
    withdraw_status(bare, status, 2)
    bare.undo()
    bare.undo()
    assert record(bare, person).statuses[0].rag is IomRag.RED


def test_a_need_is_scored(bare: Store) -> None:
    person = add_offender(bare, "A")
    with pytest.raises(FieldError, match="whole number"):
        add_need(bare, person, Pathway.ABUSE, DAY)
    need = add_need(bare, person, Pathway.ABUSE, DAY, score=7, instrument="OASys")
    with pytest.raises(FieldError, match="cannot be below 0"):
        edit_need(bare, need, 1, score=-1)
    edit_need(bare, need, 1, score=0)
    assert record(bare, person).needs[0].score == 0
    withdraw_need(bare, need, 2)
    assert record(bare, person).needs == ()
    bare.undo()
    assert record(bare, person).needs[0].instrument == "OASys"


def test_the_same_offence_is_not_recorded_twice(bare: Store) -> None:
    person = add_offender(bare, "A")
    add_offence(bare, person, OffenceOutcome.PENDING, offence_date=DAY, reference="R1")
    with pytest.raises(FieldError, match="already") as refused:
        add_offence(bare, person, OffenceOutcome.CONVICTION, offence_date=DAY, proof_date=DAY, reference="R1")
    assert refused.value.field == "reference"
    other = add_offence(bare, person, OffenceOutcome.PENDING, offence_date=DAY, reference="R2")
    with pytest.raises(FieldError, match="already"):
        edit_offence(bare, other, 1, reference="R1")
    assert {each.reference for each in record(bare, person).offences} == {"R1", "R2"}
    add_offence(bare, add_offender(bare, "B"), OffenceOutcome.PENDING, offence_date=DAY, reference="R1")
