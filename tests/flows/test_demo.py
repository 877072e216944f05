"""The demo, end to end: four owners' files come in, twice, and leave as the report."""

from pathlib import Path

from csp_desktop import assets
from csp_desktop.commands.imports import undo_import
from csp_desktop.imports.running import ImportRequest, import_files
from csp_desktop.listing import list_objects
from csp_desktop.reports.making import ReportRequest, make_report
from csp_desktop.store import Store
from tests.factories import TODAY

DEMO = sorted(file for file in assets.path("demo").iterdir() if file.suffix in {".xlsx", ".csv"})


def test_the_demo_files_come_in_once_and_leave_as_a_report(store: Store, tmp_path: Path) -> None:
    first = import_files(store, DEMO, ImportRequest(), TODAY)
    actions = list_objects(store, "actions", plan=None, text="", as_of=TODAY)
    assert len(actions) == sum(result["counts"]["new"] + result["counts"]["errors"] for result in first) == 56
    assert {action["rag"] for action in actions} == {"B", "G", "A", "R", None}
    assert [action["title"] for action in actions if action["theme"] is None] == []
    assert any(action["overdue_days"] for action in actions)
    assert any(action["stale"] for action in actions)
    again = import_files(store, DEMO, ImportRequest(), TODAY)
    assert [result["import_id"] for result in again] == [None] * 4
    assert list_objects(store, "actions", plan=None, text="", as_of=TODAY) == actions
    for ending in (".pdf", ".xlsx"):
        make_report(store, ReportRequest("board-progress", tmp_path / f"report{ending}", None, None, TODAY))
        assert (tmp_path / f"report{ending}").stat().st_size > 10_000
    for result in reversed(first):
        assert undo_import(store, result["import_id"]).left == ()
    assert list_objects(store, "actions", plan=None, text="", as_of=TODAY) == []
    assert store.verify_audit().is_whole
