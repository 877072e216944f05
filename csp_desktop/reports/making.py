"""Makes a report file from a request: which report, for which plan and period or which cohort, as PDF or workbook."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from csp_desktop.errors import CspError
from csp_desktop.reports.blocks import Report
from csp_desktop.store import Store

BOARD_PROGRESS = "board-progress"
OWNER_CHASE = "owner-chase"
COHORT = "cohort"
KINDS = (BOARD_PROGRESS, OWNER_CHASE, COHORT)
_BOOK = ".xlsx"


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What was asked: a report of a kind into the file ``out`` (.pdf or .xlsx).

    ``period`` None is the end of the last full quarter, ``plan`` None the open partnership plan, ``today`` the day
    that counts as today; ``public`` leaves out people and what owners wrote. The owner chase list has no period.
    The cohort report has neither plan nor period but a ``cohort``, None the only one, and a ``data_date``, None the
    cohort's own, else ``today``.
    """

    kind: str
    out: Path
    period: str | None
    plan: str | None
    today: date
    public: bool = False
    cohort: str | None = None
    data_date: date | None = None


def build_report(store: Store, request: ReportRequest) -> Report:
    """Build the report that was asked for, for a preview or a file. Raises CspError for what cannot be understood."""
    if request.kind not in KINDS:
        raise CspError(f"There is no report \u201c{request.kind}\u201d; there is {', '.join(KINDS)}.")
    if request.kind != COHORT and (request.cohort, request.data_date) != (None, None):
        raise CspError("Only the reoffending cohort report is of a cohort and a data date: leave them out.")
    if request.kind == OWNER_CHASE:
        return _owner_chase(store, request)
    if request.kind == COHORT:
        return _cohort(store, request)
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


def _cohort(store: Store, request: ReportRequest) -> Report:
    """Build the reoffending cohort report; a workbook that is not public lists the people by id."""
    from csp_desktop.reports.cohort_position import CohortScope
    from csp_desktop.reports.cohort_report import cohort_report

    if (request.period, request.plan) != (None, None):
        raise CspError(
            "The reoffending cohort report is of a cohort and its own period: leave the plan and the period out."
        )
    with_people = request.out.suffix.casefold() == _BOOK
    return cohort_report(
        store, CohortScope(request.today, request.cohort, request.data_date, request.public, with_people)
    )


def make_report(store: Store, request: ReportRequest) -> None:
    """Build the report and write it to ``request.out``. Raises CspError with a sentence; nothing is half-written.

    Who made a cohort report that is not public is recorded first (Data Protection Act 2018, section 62).
    """
    ending = request.out.suffix.casefold()
    if ending not in {".pdf", _BOOK}:
        raise CspError(f"{request.out.name} must end in .pdf or .xlsx; nothing was written.")
    report = build_report(store, request)
    if request.kind == COHORT and not request.public:
        store.record_access(f"Save the {report.title.lower()} {'as PDF' if ending == '.pdf' else 'as a workbook'}")
    if ending == ".pdf":
        from csp_desktop.reports.pdf.writer import write_pdf

        write_pdf(report, request.out)
    else:
        from csp_desktop.reports.sheet import write_workbook

        write_workbook(report, request.out)
