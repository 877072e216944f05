"""The owner's workbook goes out and comes back: every rule of the merge, on real files and a real store."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.commands.erasure import erase_person
from csp_desktop.commands.imports import undo_import
from csp_desktop.commands.people import merge_people
from csp_desktop.commands.starting import adopt_starter_plan
from csp_desktop.imports.import_plan import Decisions
from csp_desktop.queries.details import action_facts, list_milestones, list_updates
from csp_desktop.queries.people import list_people
from csp_desktop.queries.records import list_imports, list_steps
from csp_desktop.store import Store
from models.vocabulary import CellChoice, LifecycleStatus, RowOutcome
from tests.csp_desktop.imports.returns.owner_desk import LIGHTS, ORDER, TRADERS, WARDENS, Desk, Sheet
from tests.factories import TODAY


def rows(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["ref"]: row for row in result["rows"] if row["sheet"] == "Actions" and row["ref"]}


def test_an_untouched_workbook_is_nothing(desk: Desk) -> None:
    desk.send_out()
    result = desk.bring_in("sent.xlsx")
    assert result["import_id"] is None
    assert set(result["counts"].values()) == {0, 8}
    assert (result["problems"], result["not_applied"], result["missing"], result["two_way"]) == ([], [], [], False)
    assert list_imports(desk.store) == []


def test_what_the_owner_fills_in_posts_one_dated_update_of_theirs(desk: Desk) -> None:
    desk.send_out()

    def fill(sheet: Sheet) -> None:
        sheet.say(ORDER, "Your update", "Order drafted,\nand   consulted on.")
        sheet.say(ORDER, "Your RAG", "Amber")
        sheet.say(ORDER, "Reason and recovery date", "Legal advice late; back on track by 31/01/2027")
        sheet.say(ORDER, "Percent done", 0.4)
        sheet.say(ORDER, "Next steps", "Seal the order")

    desk.edit(fill)
    result = desk.bring_in()
    assert rows(result)[ORDER]["outcome"] == "changed"
    row = desk.actions()[ORDER]
    assert (row.rag, row.percent, row.next_steps, row.latest_update_on) == ("A", 40, "Seal the order", TODAY)
    updates = list_updates(desk.store, row.id)
    assert len(updates) == 2
    newest = updates[0]
    assert (newest.period, newest.author, newest.percent) == ("Q3 2026/27", "Amina Shah", 40)
    assert newest.done == "Order drafted,\nand   consulted on."
    assert (newest.recovery_date, newest.reason[:12]) == (date(2027, 1, 31), "Legal advice")
    assert desk.store.verify_audit().is_whole


def test_a_note_without_next_steps_keeps_those_that_stand(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Your update", "Met again."))
    desk.bring_in()
    row = desk.actions()[ORDER]
    assert (row.latest_update, row.next_steps, row.rag, row.percent) == ("Met again.", "Go on", "G", 20)


def test_both_sides_are_merged_and_only_true_conflicts_are_asked(desk: Desk) -> None:
    desk.send_out()
    desk.office_edits(ORDER, success_measure="Measured by the office")
    desk.office_edits(LIGHTS, forecast_due=date(2027, 5, 31))
    desk.office_edits(WARDENS, status=LifecycleStatus.ON_HOLD)

    def change(sheet: Sheet) -> None:
        sheet.say(ORDER, "Due (forecast)", date(2027, 6, 30))
        sheet.say(LIGHTS, "Due (forecast)", date(2027, 7, 31))
        sheet.say(WARDENS, "Status", "On hold")

    desk.edit(change)
    result = desk.bring_in()
    found = rows(result)
    assert (found[ORDER]["outcome"], found[LIGHTS]["outcome"], found[WARDENS]["outcome"]) == (
        "changed", "conflict", "unchanged",
    )  # fmt: skip
    assert found[LIGHTS]["conflicts"] == {
        "forecast_due": {"base": "2027-03-02", "theirs": "2027-07-31", "mine": "2027-05-31"}
    }
    assert (result["counts"]["conflicts"], result["counts"]["changed"]) == (1, 1)
    actions = desk.actions()
    assert actions[ORDER].success_measure == "Measured by the office"
    assert actions[ORDER].forecast_due == date(2027, 6, 30)
    assert actions[LIGHTS].forecast_due == date(2027, 5, 31)


def test_an_open_conflict_stays_open_and_can_be_settled_by_the_same_file(desk: Desk) -> None:
    desk.send_out()
    desk.office_edits(LIGHTS, forecast_due=date(2027, 5, 31))
    desk.edit(lambda sheet: sheet.say(LIGHTS, "Due (forecast)", date(2027, 7, 31)))
    first = desk.bring_in()
    assert (first["import_id"], first["counts"]["conflicts"]) == (None, 1)
    again = desk.bring_in()
    assert (again["import_id"], again["counts"]["conflicts"]) == (None, 1)
    settled = desk.bring_in(resolve=CellChoice.THEIRS)
    assert settled["import_id"] is not None
    assert desk.actions()[LIGHTS].forecast_due == date(2027, 7, 31)
    last = desk.bring_in()
    assert (last["import_id"], last["counts"]["conflicts"], last["counts"]["changed"]) == (None, 0, 0)


def test_a_conflict_settled_for_the_office_is_not_asked_again(desk: Desk) -> None:
    desk.send_out()
    desk.office_edits(LIGHTS, forecast_due=date(2027, 5, 31))
    desk.edit(lambda sheet: sheet.say(LIGHTS, "Due (forecast)", date(2027, 7, 31)))
    settled = desk.bring_in(resolve=CellChoice.MINE)
    assert settled["import_id"] is not None
    assert desk.actions()[LIGHTS].forecast_due == date(2027, 5, 31)
    assert desk.bring_in()["counts"]["conflicts"] == 0
    desk.edit(lambda sheet: sheet.say(LIGHTS, "Due (forecast)", date(2027, 8, 31)), path="return.xlsx")
    assert desk.bring_in()["counts"]["conflicts"] == 1
    undo_import(desk.store, settled["import_id"])
    desk.edit(lambda sheet: sheet.say(LIGHTS, "Due (forecast)", date(2027, 7, 31)))
    assert desk.bring_in()["counts"]["conflicts"] == 1


def test_a_decision_goes_before_what_all_conflicts_get_and_both_are_joined(desk: Desk) -> None:
    desk.send_out()
    desk.office_edits(ORDER, success_measure="The office's words")
    desk.office_edits(LIGHTS, success_measure="The office's words")

    def change(sheet: Sheet) -> None:
        sheet.say(ORDER, "Success measure", "The owner's words")
        sheet.say(LIGHTS, "Success measure", "The owner's words")

    desk.edit(change)
    places = {row.ref: row.place for row in desk.plan().rows if row.conflicts}
    decided = Decisions(cells={(places[ORDER], "success_measure"): CellChoice.BOTH}, resolve=CellChoice.MINE)
    desk.accept(decided)
    actions = desk.actions()
    assert actions[ORDER].success_measure == "The office's words\nThe owner's words"
    assert actions[LIGHTS].success_measure == "The office's words"
    assert desk.bring_in()["counts"]["conflicts"] == 0


def test_emptied_cells_are_listed_and_emptied_only_when_confirmed(desk: Desk) -> None:
    desk.send_out()

    def empty(sheet: Sheet) -> None:
        sheet.say(ORDER, "Success measure", None)
        sheet.say(ORDER, "Due (forecast)", None)
        sheet.say(LIGHTS, "Lead officer", None)
        sheet.say(LIGHTS, "Percent done", None)
        sheet.say(WARDENS, "Action", None)
        sheet.say(WARDENS, "Status", None)

    desk.edit(empty)
    first = desk.bring_in()
    assert first["import_id"] is None
    assert {(each["ref"], each["field"]) for each in first["not_applied"]} == {
        (ORDER, "success_measure"), (ORDER, "forecast_due"), (LIGHTS, "lead_officer"), (LIGHTS, "percent"),
        (WARDENS, "title"), (WARDENS, "status"),
    }  # fmt: skip
    assert all("cannot be empty" in p["message"] for p in first["problems"] if p["level"] == "error")
    second = desk.bring_in(clears=True)
    assert second["import_id"] is not None
    actions = desk.actions()
    assert (actions[ORDER].success_measure, actions[ORDER].forecast_due) == ("", None)
    assert (actions[LIGHTS].lead_officer, actions[LIGHTS].percent) == (None, None)
    assert actions[WARDENS].title == "Train the wardens"
    assert actions[ORDER].baseline_due == date(2027, 3, 1)
    assert desk.bring_in()["import_id"] is None


def test_next_steps_emptied_alone_correct_the_update_that_gave_them(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Next steps", None))
    assert desk.bring_in()["import_id"] is None
    desk.bring_in(clears=True)
    row = desk.actions()[ORDER]
    assert (row.next_steps, row.latest_update, row.rag) == ("", "Begun: Renew the order", "G")
    assert [update.superseded for update in list_updates(desk.store, row.id)].count(True) == 1


@pytest.mark.parametrize("broken", ["#REF!", "#N/A", "=1/0"])
def test_an_error_cell_is_never_an_emptied_one(desk: Desk, broken: str) -> None:
    desk.send_out()

    def spoil(sheet: Sheet) -> None:
        for heading in ("Due (forecast)", "Status", "Your update", "Percent done", "Lead officer"):
            sheet.say(ORDER, heading, broken)
            cell = sheet.sheet.cell(sheet.row(ORDER), sheet.columns[heading])
            cell.data_type = "f" if broken.startswith("=") else "e"

    desk.edit(spoil)
    result = desk.bring_in(clears=True)
    assert result["import_id"] is None
    assert rows(result)[ORDER]["outcome"] == "error"
    assert len([problem for problem in result["problems"] if problem["level"] == "error"]) == 5
    assert desk.actions()[ORDER].lead_officer == "Amina Shah"


def test_read_only_edits_are_ignored_with_a_warning(desk: Desk) -> None:
    desk.send_out()

    def scribble(sheet: Sheet) -> None:
        for heading in ("Theme", "Objective", "Last update", "Last RAG"):
            sheet.say(ORDER, heading, "Written over")
        sheet.say(ORDER, "Due (original)", date(2020, 1, 1))

    desk.edit(scribble)
    result = desk.bring_in()
    assert result["import_id"] is None
    warned = [problem for problem in result["problems"] if "for reading only" in problem["message"]]
    assert len(warned) == 5
    assert {problem["level"] for problem in warned} == {"warning"}


def test_words_that_a_list_does_not_offer_name_the_nearest(desk: Desk) -> None:
    desk.send_out()

    def type_badly(sheet: Sheet) -> None:
        sheet.say(ORDER, "Status", "Compleet")
        sheet.say(ORDER, "Your RAG", "Ambre")
        sheet.say(LIGHTS, "Your RAG", "Purple")
        sheet.say(WARDENS, "Status", "Closed")

    desk.edit(type_badly)
    messages = " ".join(problem["message"] for problem in desk.bring_in()["problems"])
    assert desk.actions()[WARDENS].status is LifecycleStatus.COMPLETE
    assert "“Closed” was taken as Complete" in messages
    assert "“Complete”" in messages
    assert "“Amber”" in messages
    assert "“Purple” is not one of the list" in messages


def test_only_a_rag_that_the_office_changed_since_is_a_conflict(desk: Desk) -> None:
    desk.send_out()
    desk.office_reports(
        ORDER, done="The office saw it.", rag="R", reason="Late", recovery_date=date(2027, 1, 1), percent=60
    )

    def fill(sheet: Sheet) -> None:
        for ref in (ORDER, LIGHTS):
            sheet.say(ref, "Your update", "The owner's report.")
            sheet.say(ref, "Your RAG", "Amber")
            sheet.say(ref, "Reason and recovery date", "Slow, 01/02/2027")
            sheet.say(ref, "Percent done", 0.3)

    desk.edit(fill)
    result = desk.bring_in()
    found = rows(result)
    assert found[ORDER]["conflicts"] == {"rag": {"base": "G", "theirs": "A", "mine": "R"}}
    assert found[LIGHTS]["conflicts"] == {}
    row = desk.actions()[ORDER]
    assert (row.rag, row.latest_update, row.percent) == ("R", "The owner's report.", 30)
    assert [update.done for update in list_updates(desk.store, row.id)] == [
        "The owner's report.", "The office saw it.", "Begun: Renew the order",
    ]  # fmt: skip
    desk.bring_in(resolve=CellChoice.THEIRS)
    row = desk.actions()[ORDER]
    assert (row.rag, row.latest_update) == ("A", "The owner's report.")
    superseded = [update for update in list_updates(desk.store, row.id) if update.superseded]
    assert [update.done for update in superseded] == ["The owner's report."]


def test_a_corrected_return_supersedes_its_own_update_and_asks_only_what_is_new(desk: Desk) -> None:
    desk.send_out()
    desk.office_edits(LIGHTS, success_measure="The office's")

    def first(sheet: Sheet) -> None:
        sheet.say(ORDER, "Your update", "Done a bit.")
        sheet.say(ORDER, "Your RAG", "Green")
        sheet.say(LIGHTS, "Success measure", "The owner's")

    desk.edit(first)
    desk.bring_in()
    desk.bring_in(resolve=CellChoice.MINE)

    def corrected(sheet: Sheet) -> None:
        sheet.say(ORDER, "Your RAG", "Red")
        sheet.say(ORDER, "Reason and recovery date", "Worse than thought, 01/05/2027")

    desk.edit(corrected, path="return.xlsx", to="second.xlsx")
    result = desk.bring_in("second.xlsx")
    assert result["counts"]["conflicts"] == 0
    row = desk.actions()[ORDER]
    assert (row.rag, row.latest_update) == ("R", "Done a bit.")
    updates = list_updates(desk.store, row.id)
    assert [(update.done, update.rag, update.superseded) for update in updates[:2]] == [
        ("Done a bit.", "R", False), ("Done a bit.", "G", True),
    ]  # fmt: skip


def test_what_the_owner_takes_back_in_a_corrected_return_goes_back(desk: Desk) -> None:
    desk.send_out()

    def first(sheet: Sheet) -> None:
        sheet.say(ORDER, "Due (forecast)", date(2027, 9, 30))
        sheet.say(LIGHTS, "Status", "Complete")

    desk.edit(first)
    desk.bring_in()
    desk.edit(lambda sheet: sheet.say(ORDER, "Due (forecast)", date(2027, 3, 1)), path="return.xlsx", to="second.xlsx")
    desk.bring_in("second.xlsx")
    assert desk.actions()[ORDER].forecast_due == date(2027, 3, 1)
    assert desk.actions()[LIGHTS].status is LifecycleStatus.COMPLETE


def test_another_copy_of_the_workbook_takes_nothing_back(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: [sheet.say(ref, "Status", "Complete") for ref in (ORDER, LIGHTS, WARDENS)])
    desk.bring_in()
    desk.edit(lambda sheet: sheet.say(TRADERS, "Your update", "From a colleague."), to="colleague.xlsx")
    result = desk.bring_in("colleague.xlsx")
    assert any("another copy" in problem["message"] for problem in result["problems"])
    actions = desk.actions()
    assert {actions[ref].status for ref in (ORDER, LIGHTS, WARDENS)} == {LifecycleStatus.COMPLETE}
    assert actions[TRADERS].latest_update == "From a colleague."
    untouched = desk.bring_in("sent.xlsx")
    assert untouched["import_id"] is None
    assert desk.actions()[ORDER].status is LifecycleStatus.COMPLETE


def test_a_stale_workbook_is_told_and_compared_with_itself(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Your update", "From the old one."))
    desk.office_edits(ORDER, success_measure="New words")
    (desk.folder / "sent.xlsx").unlink()
    desk.send_out()
    result = desk.bring_in()
    assert any("a newer one followed" in problem["message"] for problem in result["problems"])
    row = desk.actions()[ORDER]
    assert (row.latest_update, row.success_measure) == ("From the old one.", "New words")


def test_added_rows_become_actions_once(desk: Desk) -> None:
    desk.send_out()
    theme = desk.themes[0].title

    def add(sheet: Sheet) -> None:
        sheet.sheet.insert_rows(sheet.header + 2)
        sheet.say_at(sheet.header + 2, "Action", "Put in between")
        sheet.say_at(sheet.header + 2, "Theme", theme)
        sheet.say_at(sheet.header + 2, "Lead officer", "Tom Briggs")
        sheet.say_at(sheet.header + 2, "Your RAG", "Green")
        below = sheet.last + 1
        sheet.say_at(below, "Action", "Put in below")
        sheet.say_at(below, "Due (forecast)", date(2027, 12, 31))
        sheet.say_at(below + 1, "Your update", "A row that says no action")

    desk.edit(add)
    result = desk.bring_in()
    assert (result["counts"]["new"], result["counts"]["errors"]) == (2, 1)
    added = {row.title: row for row in desk.actions().values()}
    assert (added["Put in between"].theme, added["Put in between"].rag) == (theme, "G")
    assert added["Put in below"].baseline_due == date(2027, 12, 31)
    assert desk.bring_in()["import_id"] is None
    desk.office_edits(added["Put in below"].ref, title="Reworded by the office since")
    again = desk.bring_in()
    assert (again["import_id"], again["counts"]["new"]) == (None, 0)
    assert len(desk.actions()) == 6


def test_a_row_without_an_id_whose_title_exists_in_its_theme_is_not_created(desk: Desk) -> None:
    desk.send_out(theme="2", owner=None)
    title = "Renew the order"
    theme = desk.actions()[ORDER].theme

    def add(sheet: Sheet) -> None:
        below = sheet.last + 1
        sheet.say_at(below, "Action", title)
        sheet.say_at(below, "Theme", theme)

    desk.edit(add)
    result = desk.bring_in()
    assert (result["counts"]["new"], len(desk.actions())) == (0, 4)
    assert any("has the same title" in problem["message"] for problem in result["problems"])


def test_a_copied_row_is_listed_and_not_created_until_somebody_says_so(desk: Desk) -> None:
    desk.send_out()

    def copy(sheet: Sheet) -> None:
        values = sheet.values(sheet.row(ORDER))
        below = sheet.last + 1
        sheet.write(below, values)
        sheet.say_at(below, "Action", "Quite another piece of work")
        sheet.say_at(below, "Your update", "Of the new one")
        sheet.say(ORDER, "Your update", "Of the old one")

    desk.edit(copy)
    result = desk.bring_in()
    assert result["counts"]["new"] == 0
    assert any("is a copy of ACT-0001" in problem["message"] for problem in result["problems"])
    assert desk.actions()[ORDER].latest_update == "Of the old one"
    waiting = next(row for row in desk.plan().rows if row.waits)
    assert waiting.outcome is RowOutcome.ERROR
    desk.accept(Decisions(answers={waiting.place: None}))
    added = {row.title: row for row in desk.actions().values()}["Quite another piece of work"]
    assert added.latest_update == "Of the new one"


@pytest.mark.parametrize("counting", [False, True])
def test_refs_filled_down_do_not_move_a_word(desk: Desk, counting: bool) -> None:
    desk.send_out()

    def fill(sheet: Sheet) -> None:
        sheet.say(WARDENS, "Your update", "Of the wardens")
        first = sheet.row(ORDER)
        for step, row in enumerate(range(first, first + 4)):
            sheet.sheet.cell(row, 1).value = f"ACT-{1 + step if counting else 1:04d}"

    desk.edit(fill)
    desk.bring_in()
    actions = desk.actions()
    assert actions[WARDENS].latest_update == "Of the wardens"
    assert actions[ORDER].latest_update == "Begun: Renew the order"


def test_rows_that_are_gone_delete_nothing_and_are_told(desk: Desk) -> None:
    desk.send_out()

    def remove(sheet: Sheet) -> None:
        sheet.sheet.delete_rows(sheet.row(LIGHTS))
        sheet.say(ORDER, "Status", "Complete")

    desk.edit(remove)
    result = desk.bring_in()
    assert result["missing"] == [LIGHTS]
    assert len(desk.actions()) == 4


def test_an_action_that_the_office_took_out_is_shown_with_its_edits(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say_at(sheet.last + 1, "Action", "Soon taken back"), to="adds.xlsx")
    made = desk.bring_in("adds.xlsx")
    (desk.folder / "sent.xlsx").unlink()
    desk.send_out(owner=None, plan="kirklees-2022-2027")
    undo_import(desk.store, made["import_id"])
    desk.edit(lambda sheet: sheet.say("ACT-0005", "Your update", "Still at it"))
    result = desk.bring_in()
    assert result["import_id"] is None
    assert any("is no longer in" in problem["message"] for problem in result["problems"])


def test_a_copied_sheet_counts_once_and_the_filled_in_one_counts(desk: Desk) -> None:
    desk.send_out()

    def copy(sheet: Sheet) -> None:
        copied = sheet.book.copy_worksheet(sheet.sheet)
        copied.title = "Actions (2)"
        second = Sheet(sheet.book, "Actions (2)")
        second.say(LIGHTS, "Your update", "In the copy")
        sheet.say(ORDER, "Your update", "In the first")

    desk.edit(copy)
    result = desk.bring_in()
    actions = desk.actions()
    assert actions[LIGHTS].latest_update == "In the copy"
    assert actions[ORDER].latest_update == "In the first"
    assert result["counts"]["new"] == 0
    assert desk.bring_in()["import_id"] is None


def test_columns_renamed_moved_added_and_dropped_keep_their_meaning(desk: Desk) -> None:
    desk.send_out()

    def move(sheet: Sheet) -> None:
        sheet.say(ORDER, "Your update", "Under another heading")
        sheet.say(ORDER, "Due (forecast)", date(2027, 10, 1))
        sheet.sheet.cell(sheet.header, sheet.columns["Your update"]).value = "What we did"
        due, start = sheet.columns["Due (forecast)"], sheet.columns["Start"]
        for row in range(sheet.header - 1, sheet.last + 1):
            left, right = sheet.sheet.cell(row, start), sheet.sheet.cell(row, due)
            left.value, right.value = right.value, left.value
        end = len(sheet.columns) + 1
        sheet.sheet.cell(sheet.header, end).value = "Notes of our own"
        sheet.sheet.cell(sheet.row(ORDER), end).value = "For us alone"
        sheet.sheet.delete_cols(sheet.columns["Success measure"])

    desk.edit(move)
    result = desk.bring_in()
    row = desk.actions()[ORDER]
    assert (row.latest_update, row.forecast_due, row.start) == (
        "Under another heading", date(2027, 10, 1), date(2026, 4, 1),
    )  # fmt: skip
    assert row.success_measure == "Measure 0"
    assert any("“Notes of our own”" in problem["message"] for problem in result["problems"])


def test_without_any_mark_the_headings_and_the_stored_base_still_tell(desk: Desk) -> None:
    desk.send_out()

    def strip(sheet: Sheet) -> None:
        sheet.say(ORDER, "Your update", "Kept through it all")
        sheet.sheet.delete_rows(sheet.header - 1)
        sheet.book["_csp"].sheet_state = "visible"

    desk.edit(strip)
    result = desk.bring_in()
    assert result["two_way"] is False
    assert desk.actions()[ORDER].latest_update == "Kept through it all"


def test_visible_cells_pasted_into_a_new_workbook_are_compared_two_ways_and_clear_nothing(desk: Desk) -> None:
    desk.send_out()
    desk.office_edits(LIGHTS, success_measure="The office's since")

    def paste(sheet: Sheet) -> None:
        sheet.say(ORDER, "Your update", "From a fresh workbook")
        sheet.say(WARDENS, "Due (forecast)", None)
        fresh = sheet.book.create_sheet("Sheet1")
        for row in range(sheet.header, sheet.last + 1):
            for column in range(1, 19):
                fresh.cell(row - sheet.header + 1, column).value = sheet.sheet.cell(row, column).value
        for name in sheet.book.sheetnames:
            if name != "Sheet1":
                del sheet.book[name]
        sheet.book.custom_doc_props = type(sheet.book.custom_doc_props)()

    desk.edit(paste)
    result = desk.bring_in()
    assert result["two_way"] is True
    assert any("two ways" in problem["message"] for problem in result["problems"])
    actions = desk.actions()
    assert actions[ORDER].latest_update == "From a fresh workbook"
    assert actions[WARDENS].forecast_due == date(2027, 3, 3)
    assert desk.bring_in()["import_id"] is None


def test_milestones_are_merged_and_added(desk: Desk) -> None:
    desk.send_out()

    def change(sheet: Sheet) -> None:
        steps = Sheet(sheet.book, "Milestones")
        steps.say(ORDER, "Status", "Complete")
        steps.say(ORDER, "Reached on", date(2026, 11, 20))
        steps.say(LIGHTS, "Due (forecast)", date(2027, 1, 15))
        below = steps.last + 1
        steps.say_at(below, "Ref", WARDENS)
        steps.say_at(below, "Milestone", "Course chosen")
        steps.say_at(below, "Due (forecast)", date(2027, 2, 1))
        steps.say_at(below + 1, "Ref", "ACT-0999")
        steps.say_at(below + 1, "Milestone", "Of nothing")

    desk.edit(change)
    result = desk.bring_in()
    assert any("ACT-0999" in problem["message"] for problem in result["problems"])
    actions = desk.actions()
    first = list_milestones(desk.store, actions[ORDER].id)[0]
    assert (first.status, first.actual_end) == (LifecycleStatus.COMPLETE, date(2026, 11, 20))
    moved = list_milestones(desk.store, actions[LIGHTS].id)[0]
    assert (moved.baseline_due, moved.forecast_due) == (date(2026, 12, 2), date(2027, 1, 15))
    added = list_milestones(desk.store, actions[WARDENS].id)[1]
    assert (added.title, added.baseline_due) == ("Course chosen", date(2027, 2, 1))
    assert desk.bring_in()["import_id"] is None
    undo_import(desk.store, result["import_id"])
    assert len(list_milestones(desk.store, actions[WARDENS].id)) == 1


def test_people_partners_and_typed_non_dates_come_in_as_written(desk: Desk) -> None:
    desk.send_out()

    def change(sheet: Sheet) -> None:
        sheet.say(ORDER, "Lead officer", "Briggs, Tom; Priya Patel")
        sheet.say(LIGHTS, "Lead officer", "Northshire Police")
        sheet.say(WARDENS, "Supporting", "Northshire Police; Leah Stone")
        sheet.say(TRADERS, "Due (forecast)", "Ongoing")

    desk.edit(change)
    desk.bring_in()
    actions = desk.actions()
    assert (actions[ORDER].lead_officer, actions[ORDER].supporting_people) == ("Tom Briggs", ("Priya Patel",))
    assert (actions[LIGHTS].lead_officer, actions[LIGHTS].lead_partner) == (None, "Northshire Police")
    assert actions[WARDENS].supporting_people == ("Leah Stone",)
    assert actions[WARDENS].supporting_partners == ("Northshire Police",)
    facts = action_facts(desk.store, actions[TRADERS].id)
    assert (facts.forecast_due, facts.due_kind, facts.baseline_due) == (None, "ongoing", date(2027, 3, 4))
    assert desk.bring_in()["import_id"] is None


def test_an_import_taken_back_later_leaves_what_was_edited_since_and_asks_again(desk: Desk) -> None:
    desk.send_out()

    def change(sheet: Sheet) -> None:
        sheet.say(ORDER, "Due (forecast)", date(2027, 9, 30))
        sheet.say(LIGHTS, "Due (forecast)", date(2027, 9, 30))
        sheet.say(LIGHTS, "Your update", "Reported")

    desk.edit(change)
    made = desk.bring_in()
    desk.office_edits(ORDER, forecast_due=date(2027, 10, 31))
    desk.edit(lambda sheet: sheet.say(TRADERS, "Status", "Complete"), to="later.xlsx")
    desk.bring_in("later.xlsx")
    outcome = undo_import(desk.store, made["import_id"])
    assert ORDER in {row.name for row in outcome.left}
    actions = desk.actions()
    assert actions[ORDER].forecast_due == date(2027, 10, 31)
    assert (actions[LIGHTS].forecast_due, actions[LIGHTS].latest_update) == (
        date(2027, 3, 2), "Begun: Light the underpass",
    )  # fmt: skip
    again = desk.bring_in()
    assert (again["counts"]["conflicts"], again["counts"]["changed"]) == (1, 1)


def test_an_untouched_return_is_noted_once_for_who_has_answered(desk: Desk) -> None:
    desk.send_out()
    before = len(list_steps(desk.store))
    desk.bring_in("sent.xlsx")
    desk.bring_in("sent.xlsx")
    labels = [step.label for step in list_steps(desk.store)]
    assert len(labels) == before + 1
    assert labels[0] == "Note that an update workbook came back"
    desk.bring_in("sent.xlsx", dry_run=True)
    assert len(list_steps(desk.store)) == before + 1


def test_a_workbook_of_a_restored_store_is_known_by_what_it_carries(desk: Desk) -> None:
    exported = desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Your update", "After the backup"))
    with desk.store.engines.write.begin() as connection:  # as a backup made before the export leaves it
        connection.exec_driver_sql("DELETE FROM export_snapshot")
    desk.office_edits(LIGHTS, success_measure="The office's since")
    result = desk.bring_in()
    assert (result["two_way"], result["export"]) == (False, exported.key)
    actions = desk.actions()
    assert actions[ORDER].latest_update == "After the backup"
    assert actions[LIGHTS].success_measure == "The office's since"
    assert desk.bring_in()["import_id"] is None


def test_a_workbook_of_another_store_goes_by_titles_alone(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Your update", "From elsewhere"))
    with desk.store.engines.write.begin() as connection:
        connection.exec_driver_sql("DELETE FROM export_snapshot")
        connection.exec_driver_sql("DELETE FROM setting WHERE key = 'store_mark'")
    desk.office_edits(LIGHTS, title="Something else altogether, of other people")
    result = desk.bring_in()
    assert result["two_way"] is True
    actions = desk.actions()
    assert actions[ORDER].latest_update == "From elsewhere"
    assert actions[LIGHTS].title == "Something else altogether, of other people"


def test_an_erased_person_is_in_no_workbook_that_the_store_keeps_and_comes_back_by_none(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Your update", "Before the erasure"))
    erase_person(desk.store, desk.people["Amina Shah"], "Erasure certificate 1")
    with desk.store.read() as connection:
        kept = str(connection.exec_driver_sql("SELECT base FROM export_snapshot").scalar())
    assert "Amina" not in kept
    assert "Train the wardens" in kept
    result = desk.bring_in()
    assert rows(result)[ORDER]["outcome"] == "changed"
    assert "Amina Shah" not in {person.name for person in list_people(desk.store)}


def test_merging_two_people_moves_their_workbooks_and_can_be_undone(desk: Desk) -> None:
    desk.send_out()
    merge_people(desk.store, desk.people["Tom Briggs"], desk.people["Amina Shah"])
    assert desk.plan(file="sent.xlsx").returned is not None
    owners = "SELECT owner_person_id FROM export_snapshot"
    with desk.store.read() as connection:
        assert connection.exec_driver_sql(owners).scalar() == desk.people["Tom Briggs"]
    desk.store.undo()
    with desk.store.read() as connection:
        assert connection.exec_driver_sql(owners).scalar() == desk.people["Amina Shah"]


def test_a_workbook_of_a_superseded_plan_goes_to_the_actions_that_were_carried_over(
    first_plan_store: Store, tmp_path: Path
) -> None:
    desk = Desk(first_plan_store, tmp_path)
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Your update", "Sent before the new plan"))
    adopt_starter_plan(first_plan_store, "kirklees-2022-2027", TODAY)
    result = desk.bring_in()
    changed = [row["ref"] for row in result["rows"] if row["outcome"] == "changed"]
    assert len(changed) == 1
    carried = desk.actions()[changed[0]]
    assert (carried.title, carried.plan) == ("Renew the order", "Communities Partnership Plan 2022-2027")
    assert carried.latest_update == "Sent before the new plan"
