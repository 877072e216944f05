"""Owners' files with every trouble we know of, imported unattended as from the command line."""

from pathlib import Path

import pytest

from csp_desktop.imports.running import ImportRequest, import_files
from csp_desktop.listing import list_objects
from csp_desktop.store import Store
from tests.factories import TODAY
from tests.workbooks.handmade import CASES, Case, differences

ORDERS = {"--day-first": "day_first", "--month-first": "month_first"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_handmade_file_gives_what_it_must_and_twice_changes_nothing(case: Case, store: Store, tmp_path: Path) -> None:
    path = tmp_path / f"{case.name}{case.suffix}"
    case.build(path)
    request = ImportRequest(date_order=next((ORDERS[option] for option in case.options), None))
    result = import_files(store, [path], request, TODAY)[0]
    actions = list_objects(store, "actions", plan=None, text="", as_of=TODAY)
    assert differences(case, actions, result["problems"]) == []
    counts = result["counts"]
    assert counts["new"] + counts["errors"] == len(result["rows"])
    again = import_files(store, [path], request, TODAY)[0]
    assert again["import_id"] is None
    assert again["counts"]["new"] == again["counts"]["changed"] == 0
    assert list_objects(store, "actions", plan=None, text="", as_of=TODAY) == actions
