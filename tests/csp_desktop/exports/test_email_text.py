"""The text of an e-mail that asks an owner for their update: what an officer would send, for how it stands."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from csp_desktop.commands.erasure import erase_person
from csp_desktop.exports.email_text import MOST_LISTED, chase_email
from csp_desktop.queries.chasing import OwnerRow, list_owners
from csp_desktop.rules.chasing import ActionToUpdate
from csp_desktop.store import Store
from tests.csp_desktop.queries.chased import SENT, Chased, bring_back, fill, send_owner
from tests.factories import TODAY, Clock, new_store

PLAN, BOARD = "Communities Partnership Plan 2022-2027", "Kirklees Communities Partnership Board"


@pytest.fixture
def chased(clock: Clock, store: Store, tmp_path: Path) -> Chased:
    return fill(clock, store, tmp_path)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, OwnerRow]:
    """The owners of the plan by name, for what only reads them."""
    folder, clock = tmp_path_factory.mktemp("owners"), Clock()
    store = new_store(folder, clock)
    found = owners(fill(clock, store, folder))
    store.close()
    return found


def owners(chased: Chased) -> dict[str, OwnerRow]:
    return {row.name: row for row in list_owners(chased.store, chased.plan_id, TODAY)}


def email(row: OwnerRow) -> str:
    return chase_email(row, PLAN, BOARD, "Priya Patel", TODAY)


def subject(text: str) -> str:
    return text.splitlines()[0]


def test_a_workbook_that_is_overdue_to_come_back_is_asked_for_with_its_dates(rows: dict[str, OwnerRow]) -> None:
    assert (
        email(rows["Amina Shah"])
        == """\
Subject: Reminder: Communities Partnership Plan 2022-2027: your update for Q3 2026/27 was due on 16 November 2026

Dear Amina Shah,

I have not yet had your update workbook for Q3 2026/27 back. I sent it to you on 2 November 2026, and it was due back \
on 16 November 2026, 7 days ago. Please send it back as soon as you can. If you have sent it already, or someone else \
should answer for these actions, please let me know.

These actions of yours need an update:
- ACT-0001 Renew the order in the town centre: due 11 November 2026, 12 days late, no update yet, begun 1 April 2026
- ACT-0002 Light the underpass in the town centre: due 21 December 2026
- ACT-0003 Map the cameras in the town centre: due 31 March 2027, no update yet, begun 1 April 2026

What to do:
1. Open the workbook and fill in the columns with dark blue headings, from “Your update” to “Next steps”.
2. Change anything that is white and no longer right, such as a date. If an action is finished, set its status to \
Complete.
3. Save the workbook and send it back to me as an attachment.

If anything is unclear, please reply to this e-mail. Thank you for your help.

Priya Patel
Kirklees Communities Partnership Board
"""
    )


def test_a_workbook_that_is_out_has_the_day_it_is_wanted_back(rows: dict[str, OwnerRow]) -> None:
    text = email(rows["Wei Chen"])
    assert subject(text).endswith(": your update for Q3 2026/27, please by 23 November 2026")
    assert "I sent you your update workbook on 2 November 2026." in text
    assert "Please send it back by 23 November 2026." in text
    assert "What to do:" in text
    assert "need an update" not in text


def test_on_the_day_it_goes_out_the_workbook_is_attached(chased: Chased, tmp_path: Path) -> None:
    send_owner(chased, chased.owner("Ewa Kowalska"), tmp_path, TODAY, TODAY + timedelta(days=14))
    text = email(owners(chased)["Ewa Kowalska"])
    assert "Your update workbook is attached. It asks how your actions in the Communities Partnership Plan" in text
    assert "by 7 December 2026" in text


def test_an_owner_who_was_sent_nothing_yet_has_nothing_to_send_back(rows: dict[str, OwnerRow]) -> None:
    text = email(rows["West Yorkshire Police"])
    assert subject(text) == "Subject: Communities Partnership Plan 2022-2027: your actions"
    assert "Dear colleagues at West Yorkshire Police," in text
    assert "You lead 1 open action in the Communities Partnership Plan 2022-2027." in text
    assert "there is nothing to send back yet" in text
    assert "no update since 20 June 2026" in text
    assert "a short reply to this e-mail is enough" in text
    assert "What to do:" not in text
    quiet = email(rows["Ewa Kowalska"])
    assert "short reply" not in quiet


def test_a_workbook_that_came_back_with_questions_is_thanked_for_and_asked_about(rows: dict[str, OwnerRow]) -> None:
    text = email(rows["Priya Nair"])
    assert subject(text).endswith(": questions about your update for Q3 2026/27")
    assert "which came back on 10 November 2026. Some questions are still open:" in text
    assert "- In 2 places, what you wrote differs from what we had changed here in the meantime." in text
    assert "- In 1 place, I could not use what the box says." in text
    assert "You need not fill in the workbook again." in text
    assert "due 22 November 2026, 1 day late" in text
    assert "What to do:" not in text
    row = rows["Priya Nair"]
    assert row.workbook is not None
    one = email(replace(row, workbook=replace(row.workbook, conflicts=0)))
    assert "One question is still open:\n- In 1 place" in one
    assert "differs" not in one


def test_a_workbook_that_came_back_is_thanked_for(rows: dict[str, OwnerRow]) -> None:
    text = email(rows["Tom Briggs"])
    assert subject(text).endswith(": thank you for your update for Q3 2026/27")
    assert "Your answers are now in the plan." in text
    assert "Please keep an eye on this action:\n- ACT-0005" in text
    quiet = email(replace(rows["Tom Briggs"], needed=()))
    assert "There is nothing more to do for now." in quiet
    assert "keep an eye" not in quiet


def test_a_workbook_that_came_back_untouched_is_not_said_to_have_changed_the_plan(chased: Chased) -> None:
    bring_back(chased.store, chased.sent["Wei Chen"].export_id, TODAY, None, {"changed": 0})
    text = email(owners(chased)["Wei Chen"])
    assert "It had nothing new in it." in text
    assert "now in the plan" not in text


def test_an_owner_with_complete_actions_alone_is_asked_for_nothing(rows: dict[str, OwnerRow]) -> None:
    row = replace(rows["Ewa Kowalska"], open_actions=0)
    text = email(row)
    assert "are all marked complete." in text
    assert "There is nothing more to do for now." in text


def test_a_long_list_is_cut_and_counted(rows: dict[str, OwnerRow]) -> None:
    needed = tuple(
        ActionToUpdate(at, f"ACT-{at:04}", f"Action {at}", None, 0, None, SENT, was_updated=True)
        for at in range(1, MOST_LISTED + 1_301)
    )
    text = email(replace(rows["Amina Shah"], needed=needed))
    assert sum(line.startswith("- ACT-") for line in text.splitlines()) == MOST_LISTED
    assert "- ACT-0001 Action 1: no due date, no update since 2 November 2026" in text
    assert "- and 1,300 more of your actions" in text


def test_nothing_that_was_typed_begins_a_line_or_a_header_of_its_own(rows: dict[str, OwnerRow]) -> None:
    row = rows["Amina Shah"]
    action = replace(row.needed[0], title="Renew\r\nBcc: everyone@example.org\n\nthe order")
    text = chase_email(
        replace(row, name="Amina\nShah", needed=(action,)), "The\nplan", "The\r\nBoard", "Priya\tPatel", TODAY
    )
    assert "Dear Amina Shah,\n" in text
    assert "- ACT-0001 Renew Bcc: everyone@example.org the order: due" in text
    assert subject(text).startswith("Subject: Reminder: The plan: your update")
    assert text.endswith("\n\nPriya Patel\nThe Board\n")
    assert not [line for line in text.splitlines() if line.startswith("Bcc")]


def test_a_plan_whose_title_begins_with_the_is_not_given_another(rows: dict[str, OwnerRow]) -> None:
    row = rows["Ewa Kowalska"]
    assert "in the Safer Dewsbury plan." in chase_email(row, "the Safer Dewsbury plan", "Board", "Priya", TODAY)
    assert "in The Safer Dewsbury plan." in chase_email(row, "The Safer Dewsbury plan", "Board", "Priya", TODAY)


def test_an_owner_reads_of_their_own_actions_alone(rows: dict[str, OwnerRow]) -> None:
    for name, row in rows.items():
        text = email(row)
        others = {other for other in rows if other != name}
        assert not [other for other in others if other in text]
        own = {action.ref for action in row.needed}
        assert {word for word in text.split() if word.startswith("ACT-")} == own


def test_a_person_whose_data_was_erased_is_not_addressed_by_what_stands_for_the_name(chased: Chased) -> None:
    erase_person(chased.store, chased.people["Amina Shah"], "Erasure certificate 1")
    row = next(row for row in owners(chased).values() if row.is_erased)
    text = email(row)
    assert "Dear colleague,\n" in text
    assert "Erased" not in text
