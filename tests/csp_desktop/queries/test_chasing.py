"""Whom to chase: what is due of each owner, when their workbook went out and when it came back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update

from csp_desktop.commands.actions import add_action, edit_action, set_status
from csp_desktop.commands.erasure import ERASED, erase_person
from csp_desktop.commands.people import add_person
from csp_desktop.exports.scopes import LEFT_OUT, Owner, Scope, actions_of
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.chasing import OwnerRow, WorkbookStanding, list_owners, list_workbooks, read_chase, unled
from csp_desktop.queries.plans import find_plan, list_themes
from csp_desktop.rules.chasing import DUE_SOON_DAYS, ActionToUpdate, Load, to_update
from csp_desktop.rules.rag import Standing
from csp_desktop.store import Store, is_undone
from models.exports import ExportSnapshot
from models.vocabulary import ExportScope, LifecycleStatus
from tests.csp_desktop.queries.chased import LATER, SENT, WANTED, Chased, bring_back, fill, send, send_owner
from tests.factories import TODAY, Clock


@pytest.fixture
def chased(clock: Clock, store: Store, tmp_path: Path) -> Chased:
    return fill(clock, store, tmp_path)


def owner(chased: Chased, name: str, today: date = TODAY) -> OwnerRow:
    return next(row for row in list_owners(chased.store, chased.plan_id, today) if row.name == name)


def load(row: OwnerRow) -> tuple[int, int, int, int]:
    return row.open_actions, row.overdue, row.due_soon, row.stale


def test_owners_are_listed_people_first_with_what_is_due_of_their_open_actions(chased: Chased) -> None:
    found = list_owners(chased.store, chased.plan_id, TODAY)
    assert [(row.name, row.email, load(row)) for row in found] == [
        ("Amina Shah", "amina@example.org", (3, 1, 1, 2)),
        ("Ewa Kowalska", "ewa@example.org", (1, 0, 0, 0)),
        ("Priya Nair", "priya@example.org", (1, 1, 0, 0)),
        ("Tom Briggs", "tom@example.org", (1, 0, 1, 0)),
        ("Wei Chen", "wei@example.org", (1, 0, 0, 0)),
        ("West Yorkshire Police", "", (1, 0, 0, 1)),
    ]
    assert [row.person_id is None for row in found] == [False] * 5 + [True]
    assert owner(chased, "Tom Briggs").actions == 2


def test_a_list_of_owners_agrees_with_the_list_of_actions_and_with_their_workbooks(chased: Chased) -> None:
    plan = find_plan(chased.store)
    rows = [row for row in list_actions(chased.store, View(TODAY), plan.id) if row.status not in LEFT_OUT]
    for row in list_owners(chased.store, plan.id, TODAY):
        lead = Owner(row.name, row.person_id, row.organisation_id)
        theirs = [action for action in rows if lead.leads(action)]
        assert row.actions == len(theirs) == len(actions_of(chased.store, Scope(plan, owner=lead), TODAY))
        assert row.open_actions == sum(action.status.is_open for action in theirs)
        assert row.overdue == sum(bool(action.overdue_days) for action in theirs)
        assert row.stale == sum(action.stale for action in theirs)
        assert {need.ref: need.days_late for need in row.needed if need.days_late} == {
            action.ref: action.overdue_days for action in theirs if action.overdue_days
        }


def test_what_needs_an_update_is_told_with_its_reason_the_latest_first(chased: Chased) -> None:
    needed = owner(chased, "Amina Shah").needed
    assert [(row.title.partition(" in ")[0], row.due, row.days_late, row.why) for row in needed] == [
        ("Renew the order", TODAY - timedelta(days=12), 12, "Overdue; no update yet, begun 1 Apr 2026"),
        ("Light the underpass", TODAY + timedelta(days=28), 0, "Due in 28 days"),
        ("Map the cameras", LATER, 0, "No update yet, begun 1 Apr 2026"),
    ]
    assert [row.why for row in owner(chased, "Tom Briggs").needed] == ["Due today"]
    assert [row.why for row in owner(chased, "West Yorkshire Police").needed] == ["No update since 20 Jun 2026"]
    assert owner(chased, "Wei Chen").needed == ()


@pytest.mark.parametrize(
    ("days", "late", "due_in", "why"),
    [
        (-1, 1, None, "Overdue"),
        (0, 0, 0, "Due today"),
        (1, 0, 1, "Due tomorrow"),
        (DUE_SOON_DAYS, 0, DUE_SOON_DAYS, "Due in 28 days"),
        (DUE_SOON_DAYS + 1, 0, None, ""),
    ],
)
def test_due_soon_begins_today_and_ends_after_four_weeks(days: int, late: int, due_in: int | None, why: str) -> None:
    standing = Standing(
        status=LifecycleStatus.IN_PROGRESS, forecast_due=TODAY + timedelta(days=days), last_update=TODAY
    )
    found = to_update((1, "ACT-0001", "Renew the order"), standing, TODAY)
    assert (found.days_late, found.due_in, found.why, found.needs_update) == (late, due_in, why, bool(why))


def test_each_owner_stands_where_their_latest_workbook_stands(chased: Chased) -> None:
    found = {row.name: row.standing for row in list_owners(chased.store, chased.plan_id, TODAY)}
    assert found == {
        "Amina Shah": WorkbookStanding.OVERDUE_TO_COME_BACK,
        "Ewa Kowalska": WorkbookStanding.NOT_SENT,
        "Priya Nair": WorkbookStanding.CAME_BACK_WITH_QUESTIONS,
        "Tom Briggs": WorkbookStanding.CAME_BACK,
        "Wei Chen": WorkbookStanding.OUT,
        "West Yorkshire Police": WorkbookStanding.NOT_SENT,
    }
    workbook = owner(chased, "Priya Nair").workbook
    assert workbook is not None
    assert workbook.key == chased.sent["Priya Nair"].key
    assert (workbook.exported_on, workbook.period, workbook.wanted_back) == (SENT, "Q3 2026/27", WANTED)
    assert workbook.returned_on == date(2026, 11, 10)
    assert (workbook.changed, workbook.conflicts, workbook.problems, workbook.questions) == (1, 2, 1, 3)


def test_the_day_a_workbook_is_wanted_back_is_not_late(chased: Chased) -> None:
    assert owner(chased, "Wei Chen").standing is WorkbookStanding.OUT
    after = owner(chased, "Wei Chen", TODAY + timedelta(days=1))
    assert after.standing is WorkbookStanding.OVERDUE_TO_COME_BACK
    assert after.workbook is not None
    assert after.workbook.days_late(TODAY + timedelta(days=1)) == 1


def test_an_earlier_day_knows_nothing_of_what_went_out_or_came_back_later(chased: Chased) -> None:
    assert owner(chased, "Tom Briggs", SENT - timedelta(days=1)).standing is WorkbookStanding.NOT_SENT
    assert owner(chased, "Tom Briggs", date(2026, 11, 8)).standing is WorkbookStanding.OUT
    assert owner(chased, "Tom Briggs", date(2026, 11, 9)).standing is WorkbookStanding.CAME_BACK


def test_a_return_whose_import_was_undone_was_taken_back_until_that_is_undone_in_turn(chased: Chased) -> None:
    store, action = chased.store, chased.actions["Renew the order"]
    step = bring_back(store, chased.sent["Amina Shah"].export_id, TODAY, action, {})
    for take_back in (lambda: store.undo_step(step), store.undo):
        assert owner(chased, "Amina Shah").standing is WorkbookStanding.CAME_BACK
        take_back()
        with store.read() as connection:
            assert is_undone(connection, step)
        row = owner(chased, "Amina Shah")
        assert row.standing is WorkbookStanding.OVERDUE_TO_COME_BACK
        assert row.workbook is not None
        assert (row.workbook.returned_on, row.workbook.changed, row.workbook.returns) == (None, 0, 0)
        store.redo()
    assert owner(chased, "Amina Shah").standing is WorkbookStanding.CAME_BACK


def test_of_several_returns_the_latest_that_stands_counts(chased: Chased) -> None:
    store, export = chased.store, chased.sent["Priya Nair"].export_id
    step = bring_back(store, export, date(2026, 11, 20), chased.actions["Run the pledge"], {"changed": 4})
    workbook = owner(chased, "Priya Nair").workbook
    assert workbook is not None
    assert (workbook.returned_on, workbook.changed, workbook.questions, workbook.returns) == (
        date(2026, 11, 20), 4, 0, 2,
    )  # fmt: skip
    store.undo_step(step)
    assert owner(chased, "Priya Nair").standing is WorkbookStanding.CAME_BACK_WITH_QUESTIONS
    bring_back(store, export, TODAY, None, {"changed": 0})
    assert owner(chased, "Priya Nair").standing is WorkbookStanding.CAME_BACK


def test_the_newest_workbook_of_an_owner_counts_and_the_older_ones_say_that_there_is_a_newer(
    chased: Chased, tmp_path: Path
) -> None:
    newer = send_owner(chased, chased.owner("Tom Briggs"), tmp_path, TODAY, TODAY)
    row = owner(chased, "Tom Briggs")
    assert row.workbook is not None
    assert (row.workbook.key, row.workbook.newer_on, row.standing) == (newer.key, None, WorkbookStanding.OUT)
    listed = {each.key: each for each in list_workbooks(chased.store)}
    assert listed[chased.sent["Tom Briggs"].key].newer_on == TODAY
    assert listed[chased.sent["Amina Shah"].key].newer_on is None


def test_every_workbook_is_listed_newest_first_with_what_it_holds(chased: Chased, tmp_path: Path) -> None:
    plan = find_plan(chased.store)
    theme = list_themes(chased.store, plan.id)[0]
    police = Owner("West Yorkshire Police", organisation_id=chased.people["West Yorkshire Police"])
    for scope in (Scope(plan, theme=theme), Scope(plan), Scope(plan, owner=police)):
        send(chased.store, scope, tmp_path, TODAY, TODAY)
    listed = list_workbooks(chased.store)
    assert [(row.holds, row.owner, row.scope) for row in listed[:4]] == [
        ("Led by West Yorkshire Police", "West Yorkshire Police", ExportScope.OWNER),
        ("The whole plan", "", ExportScope.PLAN),
        (theme.title, "", ExportScope.THEME),
        ("Led by Wei Chen", "Wei Chen", ExportScope.OWNER),
    ]
    assert listed[0].who == "Priya Patel"
    assert {row.plan for row in listed} == {plan.title}
    assert [row.standing(TODAY) for row in listed[:2]] == [WorkbookStanding.OUT] * 2
    assert owner(chased, "Amina Shah").standing is WorkbookStanding.OVERDUE_TO_COME_BACK
    assert owner(chased, "West Yorkshire Police").standing is WorkbookStanding.OUT
    assert list_workbooks(chased.store, plan.id) == listed
    assert list_workbooks(chased.store, plan.id + 1) == []


def test_a_workbook_whose_theme_or_owner_is_gone_is_listed_all_the_same(chased: Chased, tmp_path: Path) -> None:
    plan = find_plan(chased.store)
    sent = send(chased.store, Scope(plan, theme=list_themes(chased.store, plan.id)[0]), tmp_path)
    with chased.store.engines.write.begin() as connection:
        orphaned = update(ExportSnapshot).values(theme_id=None, owner_person_id=None)
        connection.execute(orphaned.where(ExportSnapshot.id.in_([sent.export_id, 1])))
    listed = {row.export_id: row.holds for row in list_workbooks(chased.store)}
    assert listed[sent.export_id] == "A theme that was removed"
    assert listed[1] == "Led by someone who is not in this store any more"


def test_actions_that_nobody_leads_are_not_forgotten(chased: Chased) -> None:
    found = unled(chased.store, chased.plan_id, TODAY)
    assert found.load == Load(open_actions=2, overdue=1, due_soon=0, stale=1)
    assert [(row.title, row.days_late, row.why) for row in found.actions] == [
        ("Nobody's own in the town centre", 3, "Overdue; no update yet, begun 1 Apr 2026"),
        ("Nobody's yet in the town centre", 0, ""),
    ]


def test_an_erased_person_is_named_as_the_store_names_them(chased: Chased) -> None:
    erase_person(chased.store, chased.people["Amina Shah"], "Erasure certificate 1")
    row = owner(chased, ERASED)
    assert (row.email, row.is_erased, row.standing) == ("", True, WorkbookStanding.OVERDUE_TO_COME_BACK)
    assert load(row) == (3, 1, 1, 2)
    assert {each.owner for each in list_workbooks(chased.store)} == {ERASED, "Tom Briggs", "Priya Nair", "Wei Chen"}


def test_a_plan_without_leads_or_without_actions_has_no_owners(store: Store) -> None:
    plan = find_plan(store)
    assert list_owners(store, plan.id, TODAY) == []
    assert unled(store, plan.id, TODAY).actions == ()
    add_action(store, plan.id, title="Renew the order")
    assert list_owners(store, plan.id, TODAY) == []
    assert unled(store, plan.id, TODAY).load.open_actions == 1


def test_an_owner_whose_actions_are_all_closed_is_one_no_more_and_of_complete_ones_nothing_is_due(
    chased: Chased,
) -> None:
    action = chased.actions["Run the pledge"]
    set_status(chased.store, action, LifecycleStatus.COMPLETE, TODAY)
    row = owner(chased, "Priya Nair")
    assert (row.actions, load(row), row.needed) == (1, (0, 0, 0, 0), ())
    set_status(chased.store, action, LifecycleStatus.CLOSED, TODAY)
    assert "Priya Nair" not in {each.name for each in list_owners(chased.store, chased.plan_id, TODAY)}


def test_the_cycle_of_the_plan_says_what_is_stale(chased: Chased) -> None:
    tom = owner(chased, "Tom Briggs", date(2027, 1, 2))
    assert [row.why for row in tom.needed] == ["Overdue; no update since 1 Oct 2026"]
    assert [row.silence for row in owner(chased, "Tom Briggs", date(2027, 1, 1)).needed] == [""]


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that are run on the store's reading side meanwhile."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        found.append(statement)

    event.listen(store.engines.read, "before_cursor_execute", note)
    yield found
    event.remove(store.engines.read, "before_cursor_execute", note)


def test_the_same_few_statements_are_run_however_many_owners_and_workbooks_there_are(
    chased: Chased, tmp_path: Path
) -> None:
    with counted(chased.store) as before:
        read_chase(chased.store, chased.plan_id, TODAY)
    for number in range(12):
        person = add_person(chased.store, f"Officer {number}")
        add_action(chased.store, chased.plan_id, title=f"Action {number}", lead_person_id=person)
        send_owner(chased, Owner(f"Officer {number}", person_id=person), tmp_path)
    with counted(chased.store) as after:
        assert len(list_owners(chased.store, chased.plan_id, TODAY)) == 18
    assert len(after) == len(before) <= 9


def test_owners_of_one_name_are_kept_apart(store: Store) -> None:
    plan = find_plan(store)
    for title in ("First", "Second"):
        add_action(store, plan.id, title=title, lead_person_id=add_person(store, "Amina Shah"))
    found = list_owners(store, plan.id, TODAY)
    assert [(row.name, row.open_actions) for row in found] == [("Amina Shah", 1)] * 2
    assert found[0].person_id != found[1].person_id


def test_a_person_leads_before_the_organisation_beside_them(chased: Chased) -> None:
    assert "Kirklees Council" not in {row.name for row in list_owners(chased.store, chased.plan_id, TODAY)}
    action = chased.actions["Open the hub"]
    version = next(row.version for row in list_actions(chased.store, View(TODAY), chased.plan_id) if row.id == action)
    edit_action(chased.store, action, version, lead_person_id=None)
    assert owner(chased, "Kirklees Council").organisation_id == chased.people["Kirklees Council"]
    assert "Ewa Kowalska" not in {row.name for row in list_owners(chased.store, chased.plan_id, TODAY)}


def test_words_of_an_action_that_is_due_and_silent() -> None:
    silent = ActionToUpdate(1, "ACT-0001", "Renew", TODAY, 0, 1, date(2026, 5, 3), was_updated=True)
    assert silent.why == "Due tomorrow; no update since 3 May 2026"
    assert replace(silent, due_in=None, silent_since=None).why == ""
