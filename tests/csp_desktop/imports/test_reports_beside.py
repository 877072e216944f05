"""What a progress report says beside its words and its rating is shown, kept and known again."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.imports.running import ImportRequest, import_files
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.details import list_updates
from csp_desktop.store import Store
from tests.factories import TODAY
from tests.workbooks.handmade_parts import write_sheets

HEADINGS = ["Action", "Lead", "RAG", "Update", "Next steps", "Reason", "Recovery date", "Help needed"]
FIRST = ["Run the panel", "Amina Shah", "A", "Met twice.", "Meet again", "Staff ill", date(2027, 1, 31), "A room"]


def send(store: Store, folder: Path, row: list[object]) -> dict[str, Any]:
    path = folder / "return.xlsx"
    write_sheets(path, {"Return": [HEADINGS, row]})
    result: dict[str, Any] = import_files(store, [path], ImportRequest(), TODAY)[0]
    return result


def test_all_that_a_report_says_is_shown_before_it_comes_in(store: Store, tmp_path: Path) -> None:
    changes = send(store, tmp_path, FIRST)["rows"][0]["changes"]
    assert changes["reason"] == [None, "Staff ill"]
    assert changes["recovery_date"] == [None, "2027-01-31"]
    assert changes["help_needed"] == [None, "A room"]
    assert changes["next_steps"] == [None, "Meet again"]


@pytest.mark.parametrize(
    ("column", "new", "name"),
    [(5, "Staff ill, and no room", "reason"), (6, date(2027, 2, 28), "recovery_date"), (7, "Two rooms", "help_needed")],
)
def test_a_report_that_differs_in_one_of_them_alone_is_not_lost(
    store: Store, tmp_path: Path, column: int, new: object, name: str
) -> None:
    send(store, tmp_path, FIRST)
    again = [*FIRST[:column], new, *FIRST[column + 1 :]]
    result = send(store, tmp_path, again)
    assert result["counts"]["changed"] == 1
    told = new.isoformat() if isinstance(new, date) else new
    assert result["rows"][0]["changes"][name][1] == told
    action = list_actions(store, View(TODAY))[0]
    latest = list_updates(store, action.id)[0]
    assert getattr(latest, name) == new
    assert send(store, tmp_path, again)["counts"]["unchanged"] == 1


def test_the_same_report_without_words_of_progress_is_known_again(store: Store, tmp_path: Path) -> None:
    bare = ["Run the panel", "Amina Shah", "A", "", "", "Staff ill", "", "A room"]
    assert send(store, tmp_path, bare)["counts"]["new"] == 1
    lead_added = ["Run the panel", "Amina Shah; Tom Briggs", "A", "", "", "Staff ill", "", "A room"]
    changes = send(store, tmp_path, lead_added)["rows"][0]["changes"]
    assert set(changes) == {"supporting_people"}
