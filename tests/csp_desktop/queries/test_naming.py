"""A history says names: of what stands in the store, and of what has gone from it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from csp_desktop.audit import Who
from csp_desktop.commands.actions import Supporter, add_action, edit_action, post_update
from csp_desktop.commands.cohorts import create_cohort
from csp_desktop.commands.entries import add_entry
from csp_desktop.commands.lookups import NewEdition, add_code, replace_weights
from csp_desktop.commands.members import add_member
from csp_desktop.commands.offences import add_offence
from csp_desktop.commands.offenders import add_offender, edit_offender, merge_offenders
from csp_desktop.commands.people import add_person
from csp_desktop.commands.published import add_entrants
from csp_desktop.queries.details import action_facts, action_history
from csp_desktop.queries.plans import list_plans
from csp_desktop.queries.records import display_name_of, list_steps, step_changes
from csp_desktop.recording import tables_by_name
from csp_desktop.registers.forms import Register
from csp_desktop.row_names import BELONGS, NAMED_BY, NAMELESS, points_at
from models.offending import CohortDefinition, OffenceOutcome, Severity, SeverityClass
from models.vocabulary import Change
from tests.factories import TODAY, Clock, new_store

BOARD = "Communities Partnership Board"


def test_what_a_step_changed_is_said_by_name_also_once_it_has_gone(tmp_path: Path) -> None:
    store = new_store(tmp_path, Clock())
    plan = list_plans(store)[0]
    with store.write("Bring in three at once"):
        amira = add_person(store, "Amira Khan")
        order = add_action(store, plan.id, (Supporter(person_id=amira),), title="Renew the order", lead_person_id=amira)
        post_update(store, order, TODAY, done="Consulted", rag="G", author_person_id=amira)
    name = f"{action_facts(store, order).ref} Renew the order"
    expected = {
        ("person", "Amira Khan"),
        ("action", name),
        ("action_support", name),
        ("progress_update", name),
    }
    added = step_changes(store, list_steps(store)[0].id)
    assert {(row.table, row.name) for row in added} == expected
    said = {field: new for row in added for field, _old, new in row.fields}
    assert (said["lead_person_id"], said["author_person_id"], said["rag"]) == ("Amira Khan", "Amira Khan", "Green")
    store.undo()
    removed = step_changes(store, list_steps(store)[0].id)
    assert {(row.table, row.name) for row in removed} == expected
    assert {row.change for row in removed} == {Change.REMOVED}
    store.close()


def test_an_actions_own_history_names_who_leads_it(tmp_path: Path) -> None:
    store = new_store(tmp_path, Clock())
    plan = list_plans(store)[0]
    amira, tom = add_person(store, "Amira Khan"), add_person(store, "Tom Briggs")
    order = add_action(store, plan.id, title="Renew the order", lead_person_id=amira)
    edit_action(store, order, action_facts(store, order).version, lead_person_id=tom)
    assert action_history(store, order)[0].fields == (("lead_person_id", "Amira Khan", "Tom Briggs"),)
    store.close()


def test_what_was_done_before_a_name_was_given_goes_by_the_name_given_since(tmp_path: Path) -> None:
    store = new_store(tmp_path, Clock())
    named = store.who
    store.who = replace(named, display_name=named.account)
    add_person(store, "Amira Khan")
    assert display_name_of(store, named.account) == named.display_name
    assert list_steps(store)[0].who == named.display_name
    store.who = Who("tom.briggs", "tom.briggs")
    add_person(store, "Tom Briggs")
    assert list_steps(store)[0].who == "tom.briggs"
    assert display_name_of(store, "tom.briggs") is None
    store.who = Who("tom.briggs", "Tom Briggs")
    add_person(store, "Lena Wójcik")
    assert [step.who for step in list_steps(store)[:3]] == ["Tom Briggs", "Tom Briggs", named.display_name]
    store.close()


def test_the_history_of_reoffending_names_people_by_id_and_never_by_name(tmp_path: Path) -> None:
    store = new_store(tmp_path, Clock())
    with store.write("Fill") as _:
        cohort = create_cohort(store, "Adults", CohortDefinition.LOCAL)
        person, other = add_offender(store, "P1", name="Sam Smith"), add_offender(store, "P2")
        code = add_code(store, "001/00", description="Murder")
        member = add_member(store, cohort, person, date(2023, 1, 1), offence_code_id=code)
        offence = add_offence(store, person, OffenceOutcome.PENDING, offence_code_id=code)
        entrants = add_entrants(store, "Kirklees", "2023", 4)
        edition = replace_weights(
            store, NewEdition(Severity.ONS, "Ours", "weight", "", {SeverityClass.ROBBERY: 1}))  # fmt: skip
    added = step_changes(store, list_steps(store)[0].id)
    assert {(row.table, row.row_id): row.name for row in added} == {
        ("cohort", cohort): "Adults",
        ("offender", person): "P1",
        ("offender", other): "P2",
        ("offence_code", code): "001/00 Murder",
        ("cohort_member", member): "P1",
        ("offence", offence): "P1",
        ("first_time_entrants", entrants): "Kirklees All 2023",
        ("severity_index", edition): "Ours",
        ("severity_weight", 1): "Ours",
    }
    said = {(row.table, field): new for row in added for field, _old, new in row.fields}
    assert (said["offence", "offender_id"], said["cohort_member", "cohort_id"]) == ("P1", "Adults")
    assert said["offence", "offence_code_id"] == "001/00 Murder"
    edit_offender(store, person, 1, name="Samuel Smith")
    assert step_changes(store, list_steps(store)[0].id)[0].fields == (("name", "(a name)", "(a name)"),)
    merge_offenders(store, person, other)
    assert step_changes(store, list_steps(store)[0].id)[0].fields == (("merged_into_id", None, "P1"),)
    shown = [step_changes(store, step.id) for step in list_steps(store)]
    assert "Smith" not in repr(shown)
    store.close()


def test_every_table_says_what_its_rows_are_called(tmp_path: Path) -> None:
    store = new_store(tmp_path, Clock())
    tables = {name: table for name, table in tables_by_name().items() if "id" in table.c}
    ruled = [set(NAMED_BY), set(BELONGS), set(NAMELESS)]
    assert set(tables) == set.union(*ruled)
    assert sum(map(len, ruled)) == len(tables)
    for name, columns in {**NAMED_BY, **BELONGS}.items():
        assert set(columns) <= set(tables[name].c.keys()), name
    assert all(points_at(name, column) for name, columns in BELONGS.items() for column in columns)
    store.close()


def test_the_history_of_the_registers_says_names_words_and_numbers(tmp_path: Path) -> None:
    store = new_store(tmp_path, Clock())
    operation = {"title": "Taxi checks", "starts": date(2026, 5, 2), "place": "Station", "status": "held"}
    add_entry(store, Register.OPERATIONS, {**operation, "outputs": (("Arrests", 2),)})
    meeting = add_entry(store, Register.MEETINGS, {"group": BOARD, "held_on": date(2026, 6, 1), "chair": "Amira Khan"})
    add_entry(store, Register.LOG, {"meeting": meeting, "title": "Write it", "owner": "Amira Khan", "position": "Soon"})
    measure = add_entry(store, Register.MEASURES, {"title": "Calls", "baseline": Decimal("12.5"), "unit": "percent"})
    add_entry(store, Register.READINGS, {"measure": measure, "period": "Q1 2026/27", "value": Decimal("7.25")})
    changes = [row for step in list_steps(store)[:5] for row in step_changes(store, step.id)]
    assert {(row.table, row.name) for row in changes} == {
        ("place", "Station"),
        ("operation", "Taxi checks 2 May 2026"),
        ("output", "Taxi checks 2 May 2026"),
        ("person", "Amira Khan"),
        ("meeting", f"{BOARD} 1 Jun 2026"),
        ("log_entry", "LOG-0001 Write it"),
        ("measure", "MEA-0001 Calls"),
        ("reading", "MEA-0001 Calls"),
    }
    said = {(row.table, field): new for row in changes for field, _old, new in row.fields}
    assert (said["operation", "place_id"], said["operation", "status"]) == ("Station", "Held")
    assert said["log_entry", "meeting_id"] == f"{BOARD} 1 Jun 2026"
    assert (said["log_entry", "owner_person_id"], said["log_entry", "position"]) == ("Amira Khan", "Soon")
    assert (said["measure", "baseline_thousandths"], said["measure", "unit"]) == ("12.5", "%")
    assert said["reading", "thousandths"] == "7.25"
    for _ in range(5):
        store.undo()
    assert "Taxi checks 2 May 2026" in {row.name for row in step_changes(store, list_steps(store)[0].id)}
    store.close()
