"""Each command on an action works, refuses, is undone, and is audited."""

from datetime import date, timedelta

import pytest

from csp_desktop.commands.actions import (
    Supporter,
    add_action,
    add_milestone,
    edit_action,
    edit_milestone,
    post_update,
    rebaseline,
    set_status,
    set_supporters,
)
from csp_desktop.commands.people import add_organisation, add_person
from csp_desktop.commands.plans import approve_plan
from csp_desktop.errors import CspError, RowChangedError
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.details import (
    action_facts,
    action_history,
    list_milestones,
    list_rebaselines,
    list_supporters,
    list_updates,
)
from csp_desktop.queries.plans import find_plan
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.vocabulary import LifecycleStatus
from tests.factories import TODAY, Clock

DUE = date(2027, 3, 31)


def row_of(store: Store, action_id: int, as_of: date = TODAY) -> ActionRow:
    return next(row for row in list_actions(store, View(as_of)) if row.id == action_id)


@pytest.fixture
def action_id(store: Store) -> int:
    return add_action(store, find_plan(store).id, title="Gate the alleys", forecast_due=DUE)


def test_an_action_gets_a_ref_and_its_first_due_date_is_its_baseline(store: Store, action_id: int) -> None:
    row = row_of(store, action_id)
    assert (row.ref, row.baseline_due, row.forecast_due) == ("ACT-0001", DUE, DUE)
    store.undo()
    assert list_actions(store, View(TODAY)) == []
    again = add_action(store, find_plan(store).id, title="Another")
    assert row_of(store, again).ref == "ACT-0002"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x", "percent": 101}, "percent"),
        ({"title": "x", "start": DUE, "forecast_due": DUE - timedelta(1)}, "forecast_due"),
        ({"title": "x", "start": date(1066, 10, 14)}, "start"),
        ({"title": "x", "start": DUE, "actual_end": DUE - timedelta(1)}, "actual_end"),
    ],
)
def test_a_form_refuses_what_cannot_be(store: Store, values: dict[str, object], field: str) -> None:
    with pytest.raises(FieldError) as refused:
        add_action(store, find_plan(store).id, **values)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert list_actions(store, View(TODAY)) == []


def test_editing_moves_the_forecast_and_keeps_the_baseline(store: Store, action_id: int) -> None:
    facts = action_facts(store, action_id)
    edit_action(store, action_id, facts.version, forecast_due=DUE + timedelta(30), title="Gate all alleys")
    row = row_of(store, action_id)
    assert (row.baseline_due, row.slipped_days, row.title) == (DUE, 30, "Gate all alleys")
    store.undo()
    assert row_of(store, action_id).slipped_days == 0


def test_two_editors_do_not_overwrite_each_other(store: Store, action_id: int) -> None:
    version = action_facts(store, action_id).version
    edit_action(store, action_id, version, title="Theirs")
    with pytest.raises(RowChangedError) as conflict:
        edit_action(store, action_id, version, title="Mine", success_measure="Fewer burglaries")
    assert conflict.value.mine == {"success_measure": "Fewer burglaries", "title": "Mine"}
    assert conflict.value.theirs == {"success_measure": "", "title": "Theirs"}
    assert row_of(store, action_id).title == "Theirs"


def test_an_approved_baseline_changes_only_with_a_reason(store: Store, action_id: int) -> None:
    plan = find_plan(store)
    edit_action(store, action_id, 1, baseline_due=DUE + timedelta(1))
    approve_plan(store, plan.id, TODAY)
    with pytest.raises(FieldError, match="Re-baseline"):
        edit_action(store, action_id, action_facts(store, action_id).version, baseline_due=DUE)
    with pytest.raises(FieldError, match="needs a reason"):
        rebaseline(store, action_id, DUE, "  ", TODAY)
    rebaseline(store, action_id, DUE, "Agreed by the Board", TODAY)
    assert row_of(store, action_id).baseline_due == DUE
    assert list_rebaselines(store, action_id)[0].reason == "Agreed by the Board"
    with pytest.raises(CspError, match="approved already"):
        approve_plan(store, plan.id, TODAY)


def test_updates_are_a_series_and_never_overwritten(store: Store, action_id: int) -> None:
    post_update(store, action_id, date(2026, 7, 1), done="Surveyed", rag="G", percent=20)
    post_update(
        store,
        action_id,
        date(2026, 10, 1),
        done="Two alleys done",
        rag="A",
        reason="Supplier late",
        recovery_date=date(2027, 1, 31),
        forecast_due=DUE + timedelta(14),
    )
    row = row_of(store, action_id)
    assert (row.rag, row.latest_update, row.percent, row.slipped_days) == ("A", "Two alleys done", 20, 14)
    assert row.status is LifecycleStatus.IN_PROGRESS
    assert [(u.rag, u.rag_before) for u in list_updates(store, action_id)] == [("A", "G"), ("G", None)]
    assert row_of(store, action_id).latest_update_on == date(2026, 10, 1)
    store.undo()
    assert (row_of(store, action_id).rag, row_of(store, action_id).slipped_days) == ("G", 0)


def test_an_update_asks_for_what_the_scheme_asks_for(store: Store, action_id: int) -> None:
    for values, field in (
        ({}, "done"),
        ({"rag": "R"}, "reason"),
        ({"rag": "A", "reason": "Late"}, "recovery_date"),
        ({"done": "x", "percent": -1}, "percent"),
    ):
        with pytest.raises(FieldError) as refused:
            post_update(store, action_id, TODAY, **values)  # type: ignore[arg-type]
        assert refused.value.field == field
    with pytest.raises(CspError, match="no value Z"):
        post_update(store, action_id, TODAY, rag="Z")
    assert list_updates(store, action_id) == []


def test_completing_dates_the_end_and_reopening_clears_it(store: Store, action_id: int) -> None:
    set_status(store, action_id, LifecycleStatus.COMPLETE, TODAY)
    assert action_facts(store, action_id).actual_end == TODAY
    set_status(store, action_id, LifecycleStatus.IN_PROGRESS, TODAY)
    assert action_facts(store, action_id).actual_end is None
    store.undo()
    assert action_facts(store, action_id).status is LifecycleStatus.COMPLETE


def test_supporters_are_kept_in_order(store: Store, action_id: int) -> None:
    people = [add_person(store, name) for name in ("Amina Shah", "Tom Briggs")]
    police = add_organisation(store, "Yorkshire Water", aliases=["YW"])
    set_supporters(store, action_id, [Supporter(people[1]), Supporter(organisation_id=police), Supporter(people[0])])
    assert [s.name for s in list_supporters(store, action_id)] == ["Tom Briggs", "Yorkshire Water", "Amina Shah"]
    set_supporters(store, action_id, [Supporter(people[0])])
    assert [s.name for s in list_supporters(store, action_id)] == ["Amina Shah"]
    store.undo()
    assert row_of(store, action_id).supporting_people == ("Tom Briggs", "Amina Shah")
    assert row_of(store, action_id).supporting_partners == ("Yorkshire Water",)


def test_milestones(store: Store, action_id: int) -> None:
    milestone_id = add_milestone(store, action_id, "First alley gated", date(2026, 12, 1))
    add_milestone(store, action_id, "Last alley gated", None)
    edit_milestone(store, milestone_id, 1, status=LifecycleStatus.COMPLETE, actual_end=TODAY)
    assert [m.title for m in list_milestones(store, action_id)] == ["First alley gated", "Last alley gated"]
    assert list_milestones(store, action_id)[0].actual_end == TODAY
    with pytest.raises(FieldError):
        add_milestone(store, action_id, " ", None)
    with pytest.raises(FieldError):
        edit_milestone(store, milestone_id, 2, title="")
    store.undo()
    assert list_milestones(store, action_id)[0].actual_end is None


def test_the_history_of_an_action_says_who_and_what(store: Store, action_id: int) -> None:
    post_update(store, action_id, TODAY, done="Surveyed", rag="G")
    edit_action(store, action_id, action_facts(store, action_id).version, title="Gate all alleys")
    newest = action_history(store, action_id)[0]
    assert (newest.who, newest.label) == ("Priya Patel", "Edit an action")
    assert newest.fields == (("title", "Gate the alleys", "Gate all alleys"),)
    assert {row.table for row in action_history(store, action_id)} == {"action", "progress_update"}
    assert store.verify_audit().is_whole


def test_a_filter_finds_every_word_folded(store: Store, action_id: int) -> None:
    assert [row.id for row in list_actions(store, View(TODAY), text="ALLEYS gate")] == [action_id]
    assert list_actions(store, View(TODAY), text="alleys bins") == []


def test_a_period_shows_what_was_known_on_its_last_day(store: Store, clock: Clock) -> None:
    plan_id = find_plan(store).id
    clock.set_day(date(2026, 6, 1))
    early = add_action(store, plan_id, title="Early", start=date(2026, 5, 1), forecast_due=date(2026, 9, 1))
    post_update(store, early, date(2026, 6, 30), done="Begun", rag="G")
    clock.set_day(date(2026, 10, 5))
    late = add_action(store, plan_id, title="Late", start=date(2026, 10, 1), forecast_due=DUE)
    history = add_action(store, plan_id, title="Told late", start=date(2026, 1, 1), forecast_due=DUE)
    post_update(
        store,
        early,
        date(2026, 10, 5),
        done="Slipping",
        rag="R",
        reason="No money",
        recovery_date=DUE,
        forecast_due=date(2026, 12, 1),
    )
    then = {row.id: row for row in list_actions(store, View(date(2026, 9, 30), known_on=date(2026, 9, 30)), plan_id)}
    assert set(then) == {early, history}
    assert (then[early].rag, then[early].forecast_due, then[early].overdue_days) == ("G", date(2026, 9, 1), 29)
    now = {row.id: row for row in list_actions(store, View(TODAY), plan_id)}
    assert set(now) == {early, late, history}
    assert (now[early].rag, now[early].forecast_due) == ("R", date(2026, 12, 1))
