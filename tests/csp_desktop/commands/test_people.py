"""People, organisations, the profile, and the erasure of a person for good."""

from datetime import date

import pytest

from csp_desktop.commands.actions import Supporter, add_action, edit_action, post_update, set_supporters
from csp_desktop.commands.entries import add_entry, edit_entry
from csp_desktop.commands.erasure import certificate_number, erase_person
from csp_desktop.commands.people import (
    add_organisation,
    add_person,
    edit_profile,
    merge_people,
)
from csp_desktop.errors import CspError
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.entries import find_entry, list_entries
from csp_desktop.queries.people import list_organisations, list_people
from csp_desktop.queries.plans import find_plan, profile
from csp_desktop.queries.records import list_steps, step_changes
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from models.vocabulary import Marking, OrganisationKind
from tests.factories import TODAY


def test_a_person_with_other_names(store: Store) -> None:
    person_id = add_person(store, "  Amina   Shah ", job_title="Inspector")
    edit_entry(store, Register.PEOPLE, person_id, 1, {"aliases": ["Shah, A", "A. Shah", " "]})
    edit_entry(store, Register.PEOPLE, person_id, 1, {"aliases": ["A. Shah", "Insp Shah"]})
    person = list_people(store)[0]
    assert (person.name, person.job_title, person.aliases) == ("Amina Shah", "Inspector", ("A. Shah", "Insp Shah"))
    edit_entry(store, Register.PEOPLE, person_id, 1, {"name": "Amina Shah-Khan", "email": "a@example.org"})
    assert list_people(store)[0].name == "Amina Shah-Khan"
    store.undo()
    assert list_people(store)[0].name == "Amina Shah"
    with pytest.raises(CspError, match="needs a name"):
        add_person(store, " ")


def test_an_organisation_with_other_names(store: Store) -> None:
    key = add_organisation(store, "Kirklees Canal Trust", OrganisationKind.VOLUNTARY_AND_COMMUNITY, ["KCT"])
    changes = {"name": "Canal Trust", "kind": OrganisationKind.BUSINESS, "aliases": ["CT"]}
    edit_entry(store, Register.ORGANISATIONS, key, 1, changes)
    row = next(row for row in list_organisations(store) if row.id == key)
    assert (row.name, row.kind, row.aliases) == ("Canal Trust", OrganisationKind.BUSINESS, ("CT",))
    store.undo()
    row = next(row for row in list_organisations(store) if row.id == key)
    assert (row.name, row.aliases) == ("Kirklees Canal Trust", ("KCT",))


def test_the_profile_names_every_screen_and_report(store: Store) -> None:
    edit_profile(store, profile(store).version, name="Our Board", default_marking=Marking.OFFICIAL_SENSITIVE)
    assert profile(store).name == "Our Board"
    with pytest.raises(CspError, match="neither a PNG nor a JPEG"):
        edit_profile(store, profile(store).version, logo=b"GIF89a")
    edit_profile(store, profile(store).version, logo=b"\x89PNG\r\n\x1a\n")
    store.undo()
    assert profile(store).logo is None


def test_merging_two_entries_moves_everything_and_can_be_undone(store: Store) -> None:
    keep, merged = add_person(store, "Amina Shah"), add_person(store, "Shah A")
    plan = find_plan(store)
    led = add_action(store, plan.id, title="Led", lead_person_id=merged)
    helped = add_action(store, plan.id, title="Helped", supporters=[Supporter(merged)])
    merge_people(store, keep, merged)
    rows = {row.id: row for row in list_actions(store, View(TODAY))}
    assert rows[led].lead_officer == "Amina Shah"
    assert rows[helped].supporting_people == ("Amina Shah",)
    assert [(row.name, row.aliases) for row in list_people(store)] == [("Amina Shah", ("Shah A",))]
    with pytest.raises(CspError, match="two different"):
        merge_people(store, keep, keep)
    store.undo()
    rows = {row.id: row for row in list_actions(store, View(TODAY))}
    assert rows[led].lead_officer == "Shah A"
    assert store.verify_audit().is_whole


def test_an_erased_person_is_gone_everywhere_and_the_chain_holds(store: Store) -> None:
    person_id = add_person(store, "Zebedee Quux", email="zq@example.org")
    edit_entry(store, Register.PEOPLE, person_id, 1, {"aliases": ["Quux, Z"]})
    action_id = add_action(store, find_plan(store).id, title="Led", lead_person_id=person_id)
    set_supporters(store, action_id, [Supporter(person_id)])
    post_update(store, action_id, TODAY, done="Begun", rag="G", author_person_id=person_id)
    edit_action(store, action_id, 2, title="Led on")
    steps = len(list_steps(store))
    certificate = certificate_number(person_id, store.clock())
    erase_person(store, person_id, certificate)
    assert [(row.name, row.email, row.aliases) for row in list_people(store)] == [("Erased person", "", ())]
    assert list_actions(store, View(TODAY))[0].lead_officer == "Erased person"
    everything = [str(step_changes(store, step.id)) for step in list_steps(store)]
    assert not any("Quux" in values or "zq@" in values for values in everything)
    assert len(list_steps(store)) == steps + 1
    verdict = store.verify_audit()
    assert verdict.is_whole
    assert verdict.erased_changes >= 3
    assert "erased by certificate" in verdict.sentence
    assert store.undo_label != certificate
    with pytest.raises(CspError, match="erased already"):
        erase_person(store, person_id, certificate)
    with pytest.raises(CspError, match="stays so"):
        edit_entry(store, Register.PEOPLE, person_id, 2, {"name": "Zebedee Quux"})


def test_an_erased_person_is_gone_from_what_the_registers_say(store: Store) -> None:
    person_id, other = add_person(store, "Zebedee Quux", email="zq@example.org"), add_person(store, "Tom Briggs")
    board = list_entries(store, Register.GROUPS)[0].id
    meeting = {"group": board, "held_on": TODAY, "chair": person_id}
    add_entry(
        store, Register.ATTENDANCE, {"meeting": add_entry(store, Register.MEETINGS, meeting), "person": person_id}
    )
    add_entry(store, Register.RISKS, {"title": "Money", "likelihood": 1, "impact": 1, "owner": ("person", person_id)})
    add_entry(store, Register.DEPUTIES, {"person": person_id, "deputy": other})
    add_entry(store, Register.DEPUTIES, {"person": other, "deputy": person_id})
    contact = "Ask zebedee quux (ZQ@example.org) or the duty desk"
    pathway = add_entry(store, Register.PATHWAYS, {"concern": "Hoarding", "first_contact": contact})
    edit_entry(store, Register.PATHWAYS, pathway, 1, {"first_contact": f"{contact}, 101"})
    erase_person(store, person_id, "Erasure certificate 1")
    assert find_entry(store, Register.PATHWAYS, pathway).text("first_contact") == (
        "Ask (erased) ((erased)) or the duty desk, 101"
    )
    assert list_entries(store, Register.DEPUTIES) == []
    assert list_entries(store, Register.RISKS)[0].text("owner") == "(erased)"
    rows = [*list_entries(store, Register.MEETINGS), *list_entries(store, Register.ATTENDANCE)]
    everything = [str(step_changes(store, step.id)) for step in list_steps(store)]
    everything += [str(row.values) for row in rows]
    assert not any("quux" in values.lower() or "zq@" in values.lower() for values in everything)
    assert store.verify_audit().is_whole
    with pytest.raises(CspError, match="stays so"):
        edit_entry(store, Register.PEOPLE, person_id, 2, {"name": "Zebedee Quux"})


def test_a_certificate_names_no_one(store: Store) -> None:
    assert certificate_number(7, store.clock()).startswith(f"Erasure certificate {date(2026, 11, 23):%Y%m%d}")
