"""Makes a report file from a request: which report, what it is of, as PDF or workbook."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from csp_desktop.errors import CspError
from csp_desktop.reports.blocks import Report
from csp_desktop.reports.kinds import ReportKind, Takes
from csp_desktop.store import Store

_BOOK = ".xlsx"
_COHORT_OWN = "The reoffending cohort report is of a cohort and its own period: leave the plan and the period out."
_NOT_TAKEN = {
    Takes.PLAN: "The {} is not of a plan: leave the plan out.",
    Takes.PERIOD: (
        "The {} shows how things stand today and has no period: leave the period out, or name the day that counts as "
        "today."
    ),
    Takes.COHORT: "Only the reoffending cohort report is of a cohort and a data date: leave them out.",
    Takes.DATA_DATE: "Only the reoffending cohort report is of a cohort and a data date: leave them out.",
    Takes.MEETING: "Only the meeting pack and the minutes are of a meeting: leave the meeting out.",
}


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What was asked: a report of a kind into the file ``out`` (.pdf or .xlsx).

    ``today`` is the day that counts as today; ``public`` leaves out people and what is not for the public. What the
    report is not of (``ReportKind.takes``) is None. Where it is of one, None stands for: of a ``period`` the end of
    the last full quarter, of a ``plan`` the open partnership plan (of the town centre its own), of a ``cohort`` the
    only one, of a ``data_date`` the cohort's own, else today, of a ``meeting`` the next, else the last that was held.
    """

    kind: str
    out: Path
    period: str | None
    plan: str | None
    today: date
    public: bool = False
    cohort: str | None = None
    data_date: date | None = None
    meeting: str | None = None

    @property
    def is_book(self) -> bool:
        """Say whether a workbook was asked for."""
        return self.out.suffix.casefold() == _BOOK


def build_report(store: Store, request: ReportRequest) -> Report:
    """Build the report that was asked for, for a preview or a file. Raises CspError for what cannot be understood."""
    if request.kind not in set(ReportKind):
        raise CspError(f"There is no report “{request.kind}”; there is {', '.join(ReportKind)}.")
    kind = ReportKind(request.kind)
    _require_taken(kind, request)
    return _BUILDERS[kind](store, request)


def _require_taken(kind: ReportKind, request: ReportRequest) -> None:
    """Raise CspError where a report is asked for of something that it is not of."""
    for each in Takes:
        if getattr(request, each.value) is not None and each not in kind.takes:
            told = _NOT_TAKEN[each].format(kind.label[:1].lower() + kind.label[1:])
            is_own = kind is ReportKind.COHORT and each in {Takes.PLAN, Takes.PERIOD}
            raise CspError(_COHORT_OWN if is_own else told)


def _board_progress(store: Store, request: ReportRequest) -> Report:
    from csp_desktop.reports.board_progress import Scope, board_progress

    return board_progress(store, Scope(request.today, request.plan, request.period, request.public))


def _owner_chase(store: Store, request: ReportRequest) -> Report:
    """Build the owner chase list; a workbook has all actions in one table, which can be filtered by owner."""
    from csp_desktop.reports.owner_chase import ChaseScope, owner_chase

    return owner_chase(store, ChaseScope(request.today, request.plan, request.public, not request.is_book))


def _cohort(store: Store, request: ReportRequest) -> Report:
    """Build the reoffending cohort report; a workbook that is not public lists the people by id."""
    from csp_desktop.reports.cohort_position import CohortScope
    from csp_desktop.reports.cohort_report import cohort_report

    scope = CohortScope(request.today, request.cohort, request.data_date, request.public, request.is_book)
    return cohort_report(store, scope)


def _plan(store: Store, request: ReportRequest) -> Report:
    from csp_desktop.reports.plan_document import PlanScope, plan_document

    return plan_document(store, PlanScope(request.today, request.plan, request.public))


def _safer_dewsbury(store: Store, request: ReportRequest) -> Report:
    from csp_desktop.reports.safer_dewsbury import TownCentreScope, safer_dewsbury

    return safer_dewsbury(store, TownCentreScope(request.today, request.plan, request.period, request.public))


def _meeting_pack(store: Store, request: ReportRequest) -> Report:
    from csp_desktop.reports.meeting_pack import MeetingScope, meeting_pack

    return meeting_pack(store, MeetingScope(request.today, request.meeting, request.public))


def _minutes(store: Store, request: ReportRequest) -> Report:
    from csp_desktop.reports.meeting_pack import MeetingScope
    from csp_desktop.reports.minutes import minutes_report

    return minutes_report(store, MeetingScope(request.today, request.meeting, request.public))


def _action_log(store: Store, request: ReportRequest) -> Report:
    from csp_desktop.reports.action_log import ActionLogScope, action_log

    return action_log(store, ActionLogScope(request.today, public=request.public))


def _scorecard(store: Store, request: ReportRequest) -> Report:
    from csp_desktop.reports.scorecard import ScorecardScope, scorecard

    return scorecard(store, ScorecardScope(request.today, request.period, request.public))


def _evidence(store: Store, request: ReportRequest) -> Report:
    from csp_desktop.reports.evidence_summary import EvidenceScope, evidence_summary

    return evidence_summary(store, EvidenceScope(request.today, request.public))


def _pathways(store: Store, request: ReportRequest) -> Report:
    from csp_desktop.reports.referral_directory import DirectoryScope, referral_directory

    return referral_directory(store, DirectoryScope(request.today, request.public))


_BUILDERS: Mapping[ReportKind, Callable[[Store, ReportRequest], Report]] = {
    ReportKind.BOARD_PROGRESS: _board_progress,
    ReportKind.OWNER_CHASE: _owner_chase,
    ReportKind.PLAN: _plan,
    ReportKind.SAFER_DEWSBURY: _safer_dewsbury,
    ReportKind.MEETING_PACK: _meeting_pack,
    ReportKind.MINUTES: _minutes,
    ReportKind.ACTION_LOG: _action_log,
    ReportKind.SCORECARD: _scorecard,
    ReportKind.EVIDENCE: _evidence,
    ReportKind.PATHWAYS: _pathways,
    ReportKind.COHORT: _cohort,
}


def make_report(store: Store, request: ReportRequest) -> None:
    """Build the report and write it to ``request.out``. Raises CspError with a sentence; nothing is half-written.

    Who made a cohort report that is not public is recorded first (Data Protection Act 2018, section 62).
    """
    ending = request.out.suffix.casefold()
    if ending not in {".pdf", _BOOK}:
        raise CspError(f"{request.out.name} must end in .pdf or .xlsx; nothing was written.")
    report = build_report(store, request)
    if request.kind == ReportKind.COHORT and not request.public:
        store.record_access(f"Save the {report.title.lower()} {'as PDF' if ending == '.pdf' else 'as a workbook'}")
    if ending == ".pdf":
        from csp_desktop.reports.pdf.writer import write_pdf

        write_pdf(report, request.out)
    else:
        from csp_desktop.reports.sheet import write_workbook

        write_workbook(report, request.out)
