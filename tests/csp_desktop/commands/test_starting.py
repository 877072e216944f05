"""A new store holds the partnership and its plan; a later plan supersedes it and takes open actions along."""

from datetime import date

import pytest

from csp_desktop.commands.actions import add_action, add_milestone, edit_milestone, post_update, set_status
from csp_desktop.commands.plans import supersede_plan
from csp_desktop.commands.starting import adopt_starter_plan, found_store
from csp_desktop.errors import CspError
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.details import list_milestones
from csp_desktop.queries.entries import list_entries
from csp_desktop.queries.people import list_groups, list_organisations
from csp_desktop.queries.plans import (
    find_plan,
    list_objectives,
    list_plans,
    list_rag_values,
    list_strategies,
    list_themes,
    profile,
)
from csp_desktop.queries.records import list_steps
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from models.terms import MeetingStatus
from models.vocabulary import LifecycleStatus, Marking, PlanKind, StepKind
from tests.factories import TODAY


def test_the_first_plan_has_its_themes_strands_and_all_commitments(bare: Store) -> None:
    plan_id = found_store(bare, "kirklees-2018-2021")
    themes = list_themes(bare, plan_id)
    assert [theme.title for theme in themes if theme.depth == 0] == [
        "Preventing and reducing crime",
        "Tackling anti-social behaviour",
        "Protecting people from serious harm",
        "Improving place",
    ]
    assert any(theme.depth and theme.title == "Reducing reoffending" for theme in themes)
    assert len(list_objectives(bare, plan_id)) == 24
    assert profile(bare).default_marking is Marking.OFFICIAL
    assert {group.name for group in list_groups(bare)} == {
        "Communities Partnership Board",
        "Safer Dewsbury Town Centre Group",
    }
    assert len(list_strategies(bare)) == 4
    assert len(list_organisations(bare)) >= 4
    plan = find_plan(bare)
    assert [value.letter for value in list_rag_values(bare, plan.rag_scheme_id)] == ["B", "G", "A", "R"]
    assert bare.verify_audit().is_whole


def test_an_empty_plan_is_one_plan_called_plan(empty_plan_store: Store) -> None:
    assert [(plan.key, plan.title) for plan in list_plans(empty_plan_store)] == [("empty", "Plan")]
    assert list_themes(empty_plan_store) == []


def test_a_store_is_set_up_once(store: Store) -> None:
    with pytest.raises(CspError, match="already set up"):
        found_store(store, "empty")
    with pytest.raises(CspError):
        found_store(store, "no-such-plan")


def test_a_new_store_has_the_town_centre_plan_of_its_group_beside(store: Store) -> None:
    (town,) = [plan for plan in list_plans(store) if plan.kind is PlanKind.TOWN_CENTRE]
    assert (town.title, town.group) == ("Safer Dewsbury Town Centre action plan", "Safer Dewsbury Town Centre Group")
    assert len(list_themes(store, town.id)) == 11
    assert find_plan(store).kind is PlanKind.PARTNERSHIP


def test_a_store_does_not_begin_with_the_town_centre_plan_alone(bare: Store) -> None:
    with pytest.raises(CspError, match="stands beside"):
        found_store(bare, "safer-dewsbury")
    assert list_plans(bare) == []


def test_a_store_in_use_adopts_the_town_centre_plan(empty_plan_store: Store) -> None:
    adopt_starter_plan(empty_plan_store, "safer-dewsbury", TODAY)
    assert [plan.key for plan in list_plans(empty_plan_store)] == ["empty", "safer-dewsbury"]
    assert all(plan.is_open for plan in list_plans(empty_plan_store))


def test_the_meetings_that_the_page_lists_were_held_and_have_no_minutes(store: Store) -> None:
    meetings = list_entries(store, Register.MEETINGS)
    assert len(meetings) == 8
    assert {meeting.text("group") for meeting in meetings} == {"Communities Partnership Board"}
    assert {meeting.word("status", MeetingStatus) for meeting in meetings} == {MeetingStatus.HELD}
    assert list_entries(store, Register.MINUTES) == []


def test_a_later_starter_plan_supersedes_the_former(bare: Store) -> None:
    found_store(bare, "kirklees-2018-2021")
    adopt_starter_plan(bare, "kirklees-2022-2027", date(2022, 4, 1))
    plans = {plan.key: plan for plan in list_plans(bare)}
    assert plans["kirklees-2018-2021"].superseded_by == plans["kirklees-2022-2027"].title
    assert not plans["kirklees-2018-2021"].is_open
    assert find_plan(bare).key == "kirklees-2022-2027"
    with pytest.raises(CspError, match="already"):
        adopt_starter_plan(bare, "kirklees-2022-2027", TODAY)
    bare.undo()
    assert [plan.key for plan in list_plans(bare)] == ["kirklees-2018-2021", "safer-dewsbury"]


def found_third_plan(store: Store) -> int:
    from csp_desktop.commands.plans import add_plan

    return add_plan(store, "Plan 2027-2030", PlanKind.PARTNERSHIP)


def test_carrying_over_copies_what_is_open_and_closes_the_old(store: Store) -> None:
    plan = find_plan(store)
    first = add_action(store, plan.id, title="Run the panel", forecast_due=date(2027, 3, 31))
    done = add_action(store, plan.id, title="Write the strategy")
    set_status(store, done, LifecycleStatus.COMPLETE, TODAY)
    third = found_third_plan(store)
    refs = supersede_plan(store, plan.id, third, TODAY)
    assert refs == ["ACT-0003"]
    carried = list_actions(store, View(TODAY), third)
    assert [(row.ref, row.title, row.forecast_due) for row in carried] == [
        ("ACT-0003", "Run the panel", date(2027, 3, 31))
    ]
    statuses = {row.id: row.status for row in list_actions(store, View(TODAY), plan.id)}
    assert statuses == {first: LifecycleStatus.CLOSED, done: LifecycleStatus.COMPLETE}
    with pytest.raises(CspError, match="supersede itself"):
        supersede_plan(store, third, third, TODAY)
    with pytest.raises(CspError, match="superseded already"):
        supersede_plan(store, plan.id, third, TODAY)
    store.undo()
    assert list_actions(store, View(TODAY), third) == []
    statuses = {row.id: row.status for row in list_actions(store, View(TODAY), plan.id)}
    assert statuses == {first: LifecycleStatus.NOT_STARTED, done: LifecycleStatus.COMPLETE}


def test_adopting_the_later_plan_carries_each_open_action_over_with_where_it_stands(bare: Store) -> None:
    found_store(bare, "kirklees-2018-2021")
    plan = find_plan(bare)
    panel = add_action(bare, plan.id, title="Run the panel", start=date(2026, 1, 5), baseline_due=date(2027, 3, 31))
    add_milestone(bare, panel, "Agree the terms", date(2027, 1, 31))
    met = add_milestone(bare, panel, "Find a room", date(2026, 2, 1))
    edit_milestone(bare, met, 1, status=LifecycleStatus.COMPLETE)
    post_update(bare, panel, date(2026, 9, 30), done="Met twice.", rag="A", reason="Late", recovery_date=TODAY)
    post_update(bare, panel, date(2026, 10, 30), done="Met again.")
    adopted = adopt_starter_plan(bare, "kirklees-2022-2027", TODAY)
    (carried,) = list_actions(bare, View(TODAY), adopted)
    assert (carried.ref, carried.rag, carried.rag_on) == ("ACT-0002", "A", date(2026, 9, 30))
    assert (carried.latest_update, carried.latest_update_on) == ("Met again.", date(2026, 10, 30))
    assert not carried.stale
    assert [milestone.title for milestone in list_milestones(bare, carried.id)] == ["Agree the terms"]
    assert [row.status for row in list_actions(bare, View(TODAY), plan.id)] == [LifecycleStatus.CLOSED]
    bare.undo()
    assert [row.plan_id for row in list_actions(bare, View(TODAY))] == [plan.id]


def test_the_founding_of_the_store_cannot_be_undone_and_stays_in_the_audit_trail(store: Store) -> None:
    founding = list_steps(store)[-1]
    assert founding.kind is StepKind.FOUNDING
    assert store.undo_label is None
    with pytest.raises(CspError, match="before it was created"):
        store.undo_step(founding.id)
    assert list_steps(store) == [founding]
    assert [plan.key for plan in list_plans(store)] == ["kirklees-2022-2027", "safer-dewsbury"]
    assert store.verify_audit().is_whole
