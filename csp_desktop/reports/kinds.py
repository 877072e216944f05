"""The reports there are, and what each is of."""

from typing_extensions import override

from models.vocabulary import Word


class Takes(Word):
    """What a report is of, beside the day that counts as today."""

    PLAN = "plan"
    PERIOD = "period"
    COHORT = "cohort"
    DATA_DATE = "data_date"
    MEETING = "meeting"


class ReportKind(Word):
    """A report, as the command line names it."""

    BOARD_PROGRESS = "board-progress"
    OWNER_CHASE = "owner-chase"
    PLAN = "plan"
    SAFER_DEWSBURY = "safer-dewsbury"
    MEETING_PACK = "meeting-pack"
    MINUTES = "minutes"
    ACTION_LOG = "action-log"
    SCORECARD = "scorecard"
    EVIDENCE = "evidence"
    PATHWAYS = "pathways"
    COHORT = "cohort"

    @property
    @override
    def label(self) -> str:
        """Return the report as people read it."""
        return _LABELS.get(self) or self.value.replace("-", " ").capitalize()

    @property
    def takes(self) -> frozenset[Takes]:
        """Return what it is of."""
        return _TAKES.get(self, frozenset())

    @property
    def about_public(self) -> str:
        """Return what its public version leaves out."""
        return _PUBLIC.get(self, "Leaves out people and what is not for the public.")


_LABELS = {
    ReportKind.BOARD_PROGRESS: "Board progress report",
    ReportKind.OWNER_CHASE: "Owner chase list",
    ReportKind.PLAN: "The plan itself",
    ReportKind.SAFER_DEWSBURY: "Town centre report",
    ReportKind.SCORECARD: "Measure scorecard",
    ReportKind.EVIDENCE: "Evidence summary",
    ReportKind.PATHWAYS: "Referral directory",
    ReportKind.COHORT: "Reoffending cohort report",
}
_OF_PLAN = frozenset({Takes.PLAN, Takes.PERIOD})
_TAKES = {
    ReportKind.BOARD_PROGRESS: _OF_PLAN,
    ReportKind.OWNER_CHASE: frozenset({Takes.PLAN}),
    ReportKind.PLAN: frozenset({Takes.PLAN}),
    ReportKind.SAFER_DEWSBURY: _OF_PLAN,
    ReportKind.MEETING_PACK: frozenset({Takes.MEETING}),
    ReportKind.MINUTES: frozenset({Takes.MEETING}),
    ReportKind.SCORECARD: frozenset({Takes.PERIOD}),
    ReportKind.COHORT: frozenset({Takes.COHORT, Takes.DATA_DATE}),
}
_PUBLIC = {
    ReportKind.BOARD_PROGRESS: "Leaves out people and what owners wrote.",
    ReportKind.COHORT: "Hides small numbers, and all that they could be worked out from.",
    ReportKind.EVIDENCE: "Leaves out findings that are not for the public, and hides small numbers.",
}
