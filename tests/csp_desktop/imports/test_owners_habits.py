"""What owners do to their files that no template foresees, from workbook to stored actions."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.commands.actions import edit_action
from csp_desktop.commands.imports import undo_import
from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.import_plan import Decisions, SourceFile
from csp_desktop.imports.planning import plan_import
from csp_desktop.imports.reading.reader import read_workbook
from csp_desktop.imports.running import ImportRequest, accept, import_files, open_source
from csp_desktop.listing import list_objects
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.store import Store
from tests.csp_desktop.imports.conftest import Rows
from tests.factories import TODAY

Book = Callable[..., Path]
HEADINGS = ["Ref", "Action", "Lead", "Due date", "RAG", "Update"]
DUE = "31/03/2027"


def bring_in(store: Store, path: Path, **options: Any) -> dict[str, Any]:
    return import_files(store, [path], ImportRequest(**options), TODAY)[0]


def actions(store: Store) -> list[dict[str, Any]]:
    return list_objects(store, "actions", plan=None, text="", as_of=TODAY)


def messages(result: dict[str, Any]) -> dict[str, str]:
    return {problem["cell"]: problem["message"] for problem in result["problems"]}


def imported(
    store: Store, book: Book, rows: Rows, sheet: str = "Sheet1"
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    result = bring_in(store, book({sheet: rows}))
    return result, actions(store)


def test_a_wordy_column_under_an_odd_heading_is_the_title_with_a_warning(store: Store, book: Book) -> None:
    rows = [
        ["#", "Snarf", "Due Date", "Assigned To"],
        ["1", "Research vendors on the web", DUE, "Mark"],
        ["2", "Compile list of vendors", DUE, "Sue"],
        ["3", "Send the list to executives", "TBD", "Mark"],
    ]
    result, found = imported(store, book, rows)
    assert result["tables"][0]["mapping"]["Snarf"] == "title"
    assert "“Snarf”" in messages(result)["B1"]
    assert [action["title"] for action in found] == [row[1] for row in rows[1:]]


def test_two_wordy_columns_under_odd_headings_are_no_title(store: Store, book: Book) -> None:
    rows = [
        ["Snarf", "Blurb", "Due Date", "Assigned To"],
        ["Research vendors on the web", "Because we need many of them", DUE, "Mark"],
        ["Compile list of vendors", "As the board asked for it", DUE, "Sue"],
    ]
    with pytest.raises(UnreadableFileError, match="No table of actions"):
        imported(store, book, rows)


def test_headings_right_above_headings_are_one_table(store: Store, book: Book) -> None:
    rows = [
        ["Ref", "Action", "Who", "Who", "When", "When"],
        [None, None, "Lead", "Support", "Start", "End"],
        ["1", "Patrol the market", "Al Bo", "Jo Lee", "01/01/2027", DUE],
    ]
    result, (action,) = imported(store, book, rows)
    assert [table["header_row"] for table in result["tables"]] == [2]
    assert (action["lead_officer"], action["supporting_people"]) == ("Al Bo", ["Jo Lee"])
    assert (action["start"], action["forecast_due"]) == ("2027-01-01", "2027-03-31")


def test_a_priority_announced_above_the_headings_is_the_theme(store: Store, book: Book) -> None:
    rows = [["Priority 2: Knives and guns"], HEADINGS, ["1", "Patrol the market", "Al Bo", DUE, "G", None]]
    result, _ = imported(store, book, rows)
    assert "“Priority 2: Knives and guns”" in messages(result)["A1"]


def test_an_unknown_theme_is_a_problem_where_it_stands(store: Store, book: Book) -> None:
    rows = [
        ["Action", "Lead", "Theme"],
        ["Patrol the market", "Al Bo", "Knives and guns"],
    ]
    result, _ = imported(store, book, rows)
    assert "Knives and guns" in messages(result)["C2"]


def test_a_total_with_a_count_beside_it_is_no_action(store: Store, book: Book) -> None:
    rows = [HEADINGS, ["1", "Patrol the market", "Al Bo", DUE, "G", None], ["Total", 1], ["Total actions", "1"]]
    result, found = imported(store, book, rows)
    assert [action["title"] for action in found] == ["Patrol the market"]
    assert result["counts"]["ignored"] == 2


def test_a_change_of_rating_alone_shows_the_rating_alone(store: Store, book: Book) -> None:
    imported(store, book, [HEADINGS, ["1", "Patrol the market", "Al Bo", DUE, "A", "Slow"]])
    result, _ = imported(store, book, [HEADINGS, ["1", "Patrol the market", "Al Bo", DUE, "R", "Slow"]])
    assert result["rows"][0]["changes"] == {"rag": ["A", "R"]}


def test_a_rating_mended_shows_the_rating_alone(store: Store, book: Book) -> None:
    imported(store, book, [HEADINGS, ["1", "Patrol the market", "Al Bo", DUE, "purple", "Slow"]])
    result, _ = imported(store, book, [HEADINGS, ["1", "Patrol the market", "Al Bo", DUE, "G", "Slow"]])
    assert result["rows"][0]["changes"] == {"rag": [None, "G"]}


def test_the_same_file_again_still_says_which_rows_have_errors(store: Store, book: Book) -> None:
    path = book({"Sheet1": [HEADINGS, ["1", "Patrol the market", "Al Bo", "31/04/2027", "G", None]]})
    first, again = bring_in(store, path), bring_in(store, path)
    assert first["counts"] == again["counts"]
    assert (again["import_id"], again["rows"][0]["changes"]) == (None, {})


def test_the_same_file_again_brings_in_nothing_though_the_office_reworded_an_action(store: Store, book: Book) -> None:
    path = book({"Sheet1": [["Action", "Lead"], ["Patrol the market", "Al Bo"], ["Light the park", "Jo Lee"]]})
    bring_in(store, path)
    row = list_actions(store, View(TODAY), None, "")[0]
    edit_action(store, row.id, row.version, title="Walk the town centre with traders")
    again = bring_in(store, path)
    assert (again["import_id"], again["counts"]["new"], again["counts"]["unchanged"]) == (None, 0, 2)


def test_a_row_left_out_before_is_still_new(store: Store, book: Book) -> None:
    path = book({"Sheet1": [["Action", "Lead"], ["Patrol the market", "Al Bo"], ["Light the park", "Jo Lee"]]})
    accept(store, plan_import(store, open_source(path), Decisions(left_out=frozenset({("Sheet1", 3)})), TODAY))
    again = bring_in(store, path)
    assert (again["counts"]["new"], again["counts"]["unchanged"]) == (1, 1)


def test_rows_of_one_title_keep_their_actions_when_they_are_sorted_anew(store: Store, book: Book) -> None:
    head, *rows = [
        ["Action", "Lead", "Due"],
        ["Day of action", "Al Bo", "31/01/2027"],
        ["Day of action", "Jo Lee", "31/01/2027"],
        ["Day of action", "Al Bo", "28/02/2027"],
    ]
    imported(store, book, [head, *rows])
    result, _ = imported(store, book, [head, *reversed(rows)])
    assert (result["import_id"], result["counts"]["unchanged"]) == (None, 3)


def test_a_ref_whose_title_shares_only_everyday_words_is_another_action(store: Store, book: Book) -> None:
    imported(store, book, [["Ref", "Action", "Lead"], ["1", "Talk to the owner of the shop", "Al Bo"]])
    rows = [["Ref", "Action", "Lead"], ["1", "Put lights at the back of the park to stop theft", "Al Bo"]]
    result, found = imported(store, book, rows)
    assert (result["counts"]["new"], len(found)) == (1, 2)
    assert "quite another title" in messages(result)["A2"]


def test_a_ref_whose_title_is_reworded_is_the_same_action(store: Store, book: Book) -> None:
    imported(store, book, [["Ref", "Action", "Lead"], ["1", "Hold monthly day of action", "Al Bo"]])
    rows = [["Ref", "Action", "Lead"], ["1", "Hold a day of action every month in town", "Al Bo"]]
    result, found = imported(store, book, rows)
    assert (result["counts"]["changed"], len(found)) == (1, 1)


def test_undoing_an_import_takes_back_the_actions_whose_lead_stays_for_another(store: Store, book: Book) -> None:
    rows = [["Action", "Lead"], ["Patrol the market", "Al Bo"], ["Light the park", "Al Bo"]]
    result, _ = imported(store, book, rows)
    row = list_actions(store, View(TODAY), None, "")[0]
    edit_action(store, row.id, row.version, title="Patrol the market daily")
    undo_import(store, result["import_id"])
    assert [(action["title"], action["lead_officer"]) for action in actions(store)] == [
        ("Patrol the market daily", "Al Bo")
    ]


def test_complete_among_colours_in_a_status_column_is_blue(store: Store, book: Book) -> None:
    words = ["Green", "Amber", "Red", "Complete"]
    rows = [["Action", "Lead", "Status"], *([f"Action under {word}", "Al Bo", word] for word in words)]
    _, found = imported(store, book, rows)
    assert [action["rag"] for action in found] == ["G", "A", "R", "B"]
    assert found[3]["status"] == "complete"


def test_completed_late_is_complete_and_not_red(store: Store, book: Book) -> None:
    rows = [["Action", "Lead", "Status"], ["Patrol", "Al", "Completed late"], ["Light", "Al", "In progress"]]
    _, found = imported(store, book, rows)
    assert (found[0]["status"], found[0]["rag"]) == ("complete", None)


def test_a_formula_without_a_result_leaves_no_words_of_ours_as_the_owners(store: Store, book: Book) -> None:
    rows = [["Action", "Lead", "Due"], ["Patrol the market", "Al Bo", "=TODAY()"]]
    result, (action,) = imported(store, book, rows)
    assert "without a stored result" in messages(result)["C2"]
    assert (action["forecast_due"], action["due_text"]) == (None, None)


def test_direction_marks_around_a_cell_do_not_count(store: Store, book: Book) -> None:
    rows = [["Action", "Lead", "Due"], ["\u200fPatrol\u200e", "\u202bAl Bo\u202c", "\u200e31/03/2027"]]
    _, (action,) = imported(store, book, rows)
    assert (action["title"], action["lead_officer"], action["forecast_due"]) == ("Patrol", "Al Bo", "2027-03-31")


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("Drugs & alcohol", "Drugs and alcohol"),
        ("Tackling ASB", "Tackling anti-social behaviour"),
        ("2. Tackling antisocial behaviour", "Tackling anti-social behaviour"),
        ("Reducing re-offending.", "Reducing reoffending"),
    ],
)
def test_a_theme_is_known_in_its_usual_spellings(first_plan_store: Store, book: Book, words: str, theme: str) -> None:
    _, (action,) = imported(first_plan_store, book, [["Theme", "Action", "Lead"], [words, "Patrol", "Al Bo"]])
    assert action["theme"] == theme


def test_an_unknown_name_in_a_column_of_bodies_is_a_body_and_stays_one(store: Store, book: Book) -> None:
    rows = [
        ["Action", "Lead", "Lead agency", "Partners"],
        ["Support victims", "Al Bo", "Victim Support", "Crimestoppers; Al Bo"],
        ["Hear witnesses", "Victim Support", None, "Cllr Jo Lee"],
    ]
    _, (first, second) = imported(store, book, rows)
    assert (first["lead_partner"], first["supporting_partners"]) == ("Victim Support", ["Crimestoppers"])
    assert second["lead_partner"] == "Victim Support"
    assert second["supporting_people"] == ["Cllr Jo Lee"]
    path = book({"Sheet1": rows})
    source = SourceFile("saved again.xlsx", hashlib.sha256(b"another").hexdigest(), read_workbook(path))
    assert not plan_import(store, source, Decisions(), TODAY).changes_anything


def test_a_quote_left_open_at_the_end_of_a_csv_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text('Action,Lead\n"Patrol the market,Al Bo\nLight the park,Jo Lee\n', encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="row 2: its quotation mark is never closed"):
        bring_in(store, path)
    path.write_text('Action,Lead\nFit a 5" pipe,Al Bo\nLight the park,Jo Lee', encoding="utf-8")
    assert bring_in(store, path)["counts"]["new"] == 2


def test_refs_like_ours_from_another_store_match_the_same_rows_next_time(store: Store, book: Book) -> None:
    head = ["Ref", "Action", "Lead"]
    rows = [
        [f"ACT-000{number}", title, "Al Bo"] for number, title in enumerate(("Fit locks", "Light parks", "Walk"), 2)
    ]
    first, found = imported(store, book, [head, *rows])
    assert "There is no ACT-0002" in messages(first)["A2"]
    again, now = imported(store, book, [head, *reversed(rows)])
    assert (again["import_id"], again["counts"]["unchanged"]) == (None, 3)
    assert now == found


def test_our_ref_twice_in_a_file_makes_one_new_action_and_no_second(store: Store, book: Book) -> None:
    imported(store, book, [["Action", "Lead"], ["Fit locks", "Al Bo"]])
    rows = [["Our ref", "Action", "Lead"], ["ACT-0001", "Fit locks", "Al Bo"], ["ACT-0001", "Light parks", "Al Bo"]]
    first, found = imported(store, book, rows)
    again, now = imported(store, book, rows)
    assert (first["counts"]["new"], again["counts"]["new"], len(found)) == (1, 0, 2)
    assert now == found


def test_a_list_of_contacts_beside_the_plan_is_no_list_of_actions(store: Store, book: Book) -> None:
    path = book(
        {
            "Plan": [["Action", "Lead", "Due"], ["Patrol the market", "Al Bo", DUE]],
            "Contacts": [["Name", "Organisation", "Email"], ["Al Bo", "Street team", "al@example.gov.uk"]],
        }
    )
    result = bring_in(store, path)
    assert [table["sheet"] for table in result["tables"]] == ["Plan"]
    assert [action["title"] for action in actions(store)] == ["Patrol the market"]
