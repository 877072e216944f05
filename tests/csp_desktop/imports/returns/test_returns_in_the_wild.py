"""What owners' workbooks taught: slips that looked like one thing and were another."""

from datetime import date
from typing import Any

import pytest

from csp_desktop.queries.details import list_milestones, list_updates
from models.vocabulary import CellChoice, LifecycleStatus
from tests.csp_desktop.imports.returns.owner_desk import LIGHTS, ORDER, TRADERS, WARDENS, Desk, Sheet

ALL = (ORDER, LIGHTS, WARDENS, TRADERS)


def told(result: dict[str, Any], words: str) -> bool:
    return any(words in problem["message"] for problem in result["problems"])


@pytest.mark.parametrize("last", ["Red", "Blue"])
def test_the_last_rag_written_over_is_never_taken_for_the_new_one(desk: Desk, last: str) -> None:
    desk.send_out()

    def fill(sheet: Sheet) -> None:
        sheet.say(ORDER, "Last RAG", last)
        sheet.say(ORDER, "Your RAG", "Amber")
        sheet.say(ORDER, "Reason and recovery date", "Late")
        sheet.say(LIGHTS, "Last RAG", last)

    desk.edit(fill)
    result = desk.bring_in()
    assert (desk.actions()[ORDER].rag, desk.actions()[LIGHTS].rag) == ("A", "G")
    assert not told(result, "without a reason")


@pytest.mark.parametrize("heading", ["Success measure", "Due (forecast)", "Start"])
def test_a_column_of_the_owners_own_that_was_sorted_by_itself_is_not_brought_in(desk: Desk, heading: str) -> None:
    desk.send_out()
    before = desk.actions()

    def rotate(sheet: Sheet) -> None:
        values = [sheet.value(ref, heading) for ref in ALL]
        for ref, value in zip(ALL, [*values[1:], values[0]], strict=True):
            sheet.say(ref, heading, value)
        sheet.say(WARDENS, "Your update", "Still theirs")

    desk.edit(rotate)
    result = desk.bring_in()
    assert told(result, "sorted apart")
    after = desk.actions()
    for ref in ALL:
        assert (after[ref].success_measure, after[ref].forecast_due, after[ref].start) == (
            before[ref].success_measure, before[ref].forecast_due, before[ref].start,
        )  # fmt: skip


def test_three_real_edits_of_one_column_are_edits(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: [sheet.say(ref, "Status", "Complete") for ref in ALL])
    result = desk.bring_in()
    assert result["problems"] == []
    assert {row.status for row in desk.actions().values()} == {LifecycleStatus.COMPLETE}


def test_a_list_word_typed_otherwise_is_the_same_word_the_next_time(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Your RAG", "green"))
    desk.bring_in()
    again = desk.bring_in()
    assert again["import_id"] is None
    assert not told(again, "another copy")
    assert len(list_updates(desk.store, desk.actions()[ORDER].id)) == 2


def test_a_correction_that_reverts_one_cell_and_rewords_another_is_a_correction(desk: Desk) -> None:
    desk.send_out()

    def first(sheet: Sheet) -> None:
        sheet.say(ORDER, "Your update", "First words")
        sheet.say(ORDER, "Percent done", 0.45)
        sheet.say(ORDER, "Due (forecast)", date(2027, 3, 31))

    def second(sheet: Sheet) -> None:
        sheet.say(ORDER, "Your update", "Better words")
        sheet.say(ORDER, "Due (forecast)", date(2027, 3, 1))

    desk.edit(first)
    desk.bring_in()
    desk.edit(second, path="return.xlsx", to="second.xlsx")
    result = desk.bring_in("second.xlsx")
    assert not told(result, "another copy")
    row = desk.actions()[ORDER]
    assert (row.forecast_due, row.latest_update, row.percent) == (date(2027, 3, 1), "Better words", 45)


def test_an_emptied_percentage_posts_no_update(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Percent done", None))
    desk.bring_in(clears=True)
    row = desk.actions()[ORDER]
    assert (row.percent, len(list_updates(desk.store, row.id))) == (None, 1)


def test_a_percentage_alone_takes_back_no_words(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Percent done", 0.8))
    desk.bring_in()
    row = desk.actions()[ORDER]
    assert (row.percent, row.latest_update, row.next_steps, row.rag) == (80, "Begun: Renew the order", "Go on", "G")


def test_a_line_of_totals_below_the_table_is_no_action(desk: Desk) -> None:
    desk.send_out()

    def add(sheet: Sheet) -> None:
        sheet.say_at(sheet.last + 2, "Action", "Total: 4 actions")
        sheet.say_at(sheet.last + 1, "Ref", "Total")

    desk.edit(add)
    result = desk.bring_in()
    assert (result["counts"]["new"], result["counts"]["errors"], result["counts"]["ignored"]) == (0, 0, 2)


def test_days_that_a_plainer_format_made_text_of_are_read_in_its_own_order(desk: Desk) -> None:
    desk.send_out()

    def as_american_text(sheet: Sheet) -> None:
        for ref in ALL:
            for heading in ("Start", "Due (original)", "Due (forecast)"):
                day = sheet.value(ref, heading)
                sheet.say(ref, heading, f"{day.month:02d}/{day.day:02d}/{day.year}")
        sheet.say(ORDER, "Due (forecast)", "04/05/2027")

    desk.edit(as_american_text)
    desk.bring_in()
    assert desk.actions()[ORDER].forecast_due == date(2027, 4, 5)
    assert desk.actions()[LIGHTS].forecast_due == date(2027, 3, 2)


def test_nothing_is_emptied_by_settling_conflicts_for_the_owner(desk: Desk) -> None:
    desk.send_out()
    desk.office_edits(ORDER, success_measure="The office's")
    desk.edit(lambda sheet: sheet.say(ORDER, "Success measure", None))
    desk.bring_in(resolve=CellChoice.THEIRS)
    assert desk.actions()[ORDER].success_measure == "The office's"
    desk.bring_in(resolve=CellChoice.THEIRS, clears=True)
    assert desk.actions()[ORDER].success_measure == ""


@pytest.mark.parametrize("typed", [45, 0.45, "45%", "45"])
def test_a_percentage_is_meant_however_it_is_put_into_its_cell(desk: Desk, typed: float | str) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Percent done", typed))
    desk.bring_in()
    assert desk.actions()[ORDER].percent == 45
    assert desk.bring_in()["import_id"] is None


def test_an_older_file_again_changes_nothing_after_a_newer_one(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say(ORDER, "Your update", "First"))
    desk.bring_in()
    desk.edit(lambda sheet: sheet.say(ORDER, "Your update", "Second"), path="return.xlsx", to="second.xlsx")
    desk.bring_in("second.xlsx")
    for file in ("return.xlsx", "second.xlsx", "return.xlsx"):
        assert desk.bring_in(file)["import_id"] is None
    assert desk.actions()[ORDER].latest_update == "Second"


def test_milestones_without_their_marks_are_no_actions(desk: Desk) -> None:
    desk.send_out()
    before = desk.actions()

    def keep_steps(sheet: Sheet) -> None:
        steps = Sheet(sheet.book, "Milestones")
        steps.sheet.delete_rows(steps.header - 1)
        for name in sheet.book.sheetnames:
            if name != "Milestones":
                del sheet.book[name]
        sheet.book.custom_doc_props = type(sheet.book.custom_doc_props)()

    desk.edit(keep_steps)
    desk.bring_in()
    assert desk.actions() == before


def test_a_milestone_can_be_renamed_and_words_for_a_day_are_told(desk: Desk) -> None:
    desk.send_out()

    def change(sheet: Sheet) -> None:
        steps = Sheet(sheet.book, "Milestones")
        steps.say(ORDER, "Milestone", "Consultation closed")
        steps.say(LIGHTS, "Due (forecast)", "Ongoing")
        sheet.say(WARDENS, "Start", "TBC")

    desk.edit(change)
    result = desk.bring_in()
    assert {each["field"] for each in result["not_applied"]} == {"forecast_due", "start"}
    actions = desk.actions()
    assert list_milestones(desk.store, actions[ORDER].id)[0].title == "Consultation closed"
    assert list_milestones(desk.store, actions[LIGHTS].id)[0].forecast_due == date(2026, 12, 2)
    assert actions[WARDENS].start == date(2026, 4, 3)


def test_headings_that_were_taken_out_lose_no_row(desk: Desk) -> None:
    desk.send_out()

    def remove(sheet: Sheet) -> None:
        sheet.say(ORDER, "Your update", "In the first row")
        sheet.sheet.delete_rows(sheet.header)

    desk.edit(remove)
    result = desk.bring_in()
    assert result["missing"] == []
    assert desk.actions()[ORDER].latest_update == "In the first row"


def test_what_an_added_row_left_open_is_no_edit_of_the_offices(desk: Desk) -> None:
    desk.send_out()
    desk.edit(lambda sheet: sheet.say_at(sheet.last + 1, "Action", "Put in by the owner"))
    desk.bring_in()

    def go_on(sheet: Sheet) -> None:
        sheet.say_at(sheet.last, "Status", "Complete")
        sheet.say_at(sheet.last + 1, "Action", "Put in by the owner")

    desk.edit(go_on, path="return.xlsx", to="second.xlsx")
    result = desk.bring_in("second.xlsx")
    assert (result["counts"]["conflicts"], result["counts"]["new"]) == (0, 0)
    added = [row for row in desk.actions().values() if row.title == "Put in by the owner"]
    assert [row.status for row in added] == [LifecycleStatus.COMPLETE]


def test_a_ref_written_over_and_merged_boxes_are_told(desk: Desk) -> None:
    desk.send_out()

    def change(sheet: Sheet) -> None:
        row, column = sheet.row(ORDER), sheet.columns["Your update"]
        sheet.say(ORDER, "Your update", "For all three")
        sheet.sheet.merge_cells(start_row=row, end_row=row + 2, start_column=column, end_column=column)
        sheet.sheet.cell(sheet.row(TRADERS), 1).value = "My own ref"

    desk.edit(change)
    result = desk.bring_in()
    assert told(result, "whatever its Ref says")
    assert told(result, "is merged with the cell above")
    assert [row.latest_update == "For all three" for row in desk.actions().values()].count(True) == 1
