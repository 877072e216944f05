"""A history says names: of what stands in the store, and of what has gone from it."""

from dataclasses import replace
from pathlib import Path

from csp_desktop.audit import Who
from csp_desktop.commands.actions import Supporter, add_action, edit_action, post_update
from csp_desktop.commands.people import add_person
from csp_desktop.queries.details import action_facts, action_history
from csp_desktop.queries.plans import list_plans
from csp_desktop.queries.records import display_name_of, list_steps, step_changes
from models.vocabulary import Change
from tests.factories import TODAY, Clock, new_store


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
