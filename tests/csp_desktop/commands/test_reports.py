"""An issued report stays what it was."""

from datetime import date

import pytest
from sqlalchemy import update

from csp_desktop.commands.actions import add_action, set_status
from csp_desktop.commands.reports import issue_report, issued_pdf
from csp_desktop.errors import CspError
from csp_desktop.queries.plans import find_plan
from csp_desktop.queries.records import list_issued_reports, list_steps
from csp_desktop.reports.board_progress import Scope, board_progress
from csp_desktop.reports.pdf.writer import pdf_bytes
from csp_desktop.store import Store
from models.records import ReportSnapshot
from models.vocabulary import LifecycleStatus, StepKind
from tests.factories import TODAY


def test_an_issued_report_is_not_changed_by_later_edits(store: Store) -> None:
    action_id = add_action(store, find_plan(store).id, title="Gate the alleys", forecast_due=date(2027, 3, 31))
    report = board_progress(store, Scope(TODAY))
    snapshot_id = issue_report(store, "board-progress", report, TODAY)
    printed = pdf_bytes(report)
    set_status(store, action_id, LifecycleStatus.COMPLETE, TODAY)
    assert issued_pdf(store, snapshot_id) == printed
    assert pdf_bytes(board_progress(store, Scope(TODAY))) != printed
    issued = list_issued_reports(store)[0]
    assert (issued.title, issued.who, issued.data_date) == (report.title, "Priya Patel", TODAY)


def test_issuing_is_audited_and_is_not_what_undo_takes_back(store: Store) -> None:
    add_action(store, find_plan(store).id, title="Gate the alleys")
    issue_report(store, "board-progress", board_progress(store, Scope(TODAY)), TODAY)
    assert list_steps(store)[0].kind is StepKind.ACCESS
    assert store.undo_label == "Add an action"
    assert store.verify_audit().is_whole
    store.undo()
    assert len(list_issued_reports(store)) == 1


def test_an_altered_or_missing_report_is_refused(store: Store) -> None:
    report = board_progress(store, Scope(TODAY))
    snapshot_id = issue_report(store, "board-progress", report, TODAY)
    with pytest.raises(CspError, match="yet to come"):
        issue_report(store, "board-progress", report, date(2026, 11, 22))
    with pytest.raises(CspError, match="no issued report 99"):
        issued_pdf(store, 99)
    with store.engines.write.begin() as connection:
        connection.execute(update(ReportSnapshot).values(content=b"%PDF-1.7 forged"))
    with pytest.raises(CspError, match="altered"):
        issued_pdf(store, snapshot_id)
