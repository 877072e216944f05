"""Every report there is can be asked for, on the command line and on the Reports page, and an empty store has each."""

from pathlib import Path

import pytest

from csp_desktop.cli import REPORTS
from csp_desktop.errors import CspError
from csp_desktop.reports.blocks import Paragraph, Table, flatten
from csp_desktop.reports.kinds import ReportKind, Takes
from csp_desktop.reports.making import ReportRequest, build_report, make_report
from csp_desktop.store import Store
from tests.factories import TODAY

OF_NOTHING = tuple(kind for kind in ReportKind if kind is not ReportKind.COHORT)


def test_the_command_line_names_every_report() -> None:
    assert set(REPORTS) == set(ReportKind)


@pytest.mark.parametrize("kind", OF_NOTHING)
def test_with_nothing_to_show_a_report_is_a_page_that_says_so(
    empty_plan_store: Store, tmp_path: Path, kind: ReportKind
) -> None:
    report = build_report(empty_plan_store, ReportRequest(kind, tmp_path / "a.pdf", None, None, TODAY))
    told = [block for block in flatten(report.blocks) if isinstance(block, Paragraph | Table)]
    assert any(isinstance(block, Paragraph) or not block.rows for block in told)
    for public in (False, True):
        out = tmp_path / f"{kind.value}-{public}.xlsx"
        make_report(empty_plan_store, ReportRequest(kind, out, None, None, TODAY, public))
        assert out.stat().st_size > 0


@pytest.mark.parametrize("kind", list(ReportKind))
def test_a_report_is_asked_for_by_what_it_is_of_alone(store: Store, kind: ReportKind) -> None:
    given: dict[Takes, dict[str, str]] = {
        Takes.PLAN: {"plan": "kirklees-2022-2027"},
        Takes.PERIOD: {"period": "Q1 2026/27"},
        Takes.COHORT: {"cohort": "Nobody"},
        Takes.MEETING: {"meeting": "2023-07-25"},
    }
    for takes in given.keys() - kind.takes:
        values: dict[str, str | None] = {"plan": None, "period": None, "cohort": None, "meeting": None, **given[takes]}
        with pytest.raises(CspError, match="leave"):
            build_report(store, ReportRequest(kind, Path("a.pdf"), today=TODAY, **values))
