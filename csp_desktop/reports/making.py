"""Makes a report file from a request: which report, for which plan and period, as PDF or workbook."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from csp_desktop.errors import CspError
from csp_desktop.reports.blocks import Report
from csp_desktop.store import Store

BOARD_PROGRESS = "board-progress"
OWNER_CHASE = "owner-chase"
KINDS = (BOARD_PROGRESS, OWNER_CHASE)
_BOOK = ".xlsx"


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What was asked: a report of a kind into the file ``out`` (.pdf or .xlsx).

    ``period`` None is the end of the last full quarter, ``plan`` None the open partnership plan, ``today`` the day
    that counts as today; ``public`` leaves out people and what owners wrote. The owner chase list has no period.
    """

    kind: str
    out: Path
    period: str | None
    plan: str | None
    today: date
    public: bool = False


def build_report(store: Store, request: ReportRequest) -> Report:
    """Build the report that was asked for, for a preview or a file. Raises CspError for what cannot be understood."""
    if request.kind not in KINDS:
        raise CspError(f"There is no report \u201c{request.kind}\u201d; there is {', '.join(KINDS)}.")
    if request.kind == OWNER_CHASE:
        return _owner_chase(store, request)
    from csp_desktop.reports.board_progress import Scope, board_progress

    return board_progress(store, Scope(request.today, request.plan, request.period, request.public))


def _owner_chase(store: Store, request: ReportRequest) -> Report:
    """Build the owner chase list; a workbook has all actions in one table, which can be filtered by owner."""
    from csp_desktop.reports.owner_chase import ChaseScope, owner_chase

    if request.period is not None:
        raise CspError(
            "The owner chase list shows how things stand today and has no period: leave the period out, or name the "
            "day that counts as today."
        )
    by_owner = request.out.suffix.casefold() != _BOOK
    return owner_chase(store, ChaseScope(request.today, request.plan, request.public, by_owner))


def make_report(store: Store, request: ReportRequest) -> None:
    """Build the report and write it to ``request.out``. Raises CspError with a sentence; nothing is half-written."""
    ending = request.out.suffix.casefold()
    if ending not in {".pdf", _BOOK}:
        raise CspError(f"{request.out.name} must end in .pdf or .xlsx; nothing was written.")
    report = build_report(store, request)
    if ending == ".pdf":
        from csp_desktop.reports.pdf.writer import write_pdf

        write_pdf(report, request.out)
    else:
        from csp_desktop.reports.sheet import write_workbook

        write_workbook(report, request.out)
