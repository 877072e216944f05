"""What counting a cohort rests on: its definition and period, the offence codes, who stands under several ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from csp_desktop.errors import CspError
from csp_desktop.queries.severities import Edition, editions_in_use
from csp_desktop.reoffending.definition import Definition
from csp_desktop.reoffending.following import SEVERITIES
from csp_desktop.reoffending.selecting import Period
from models.offending import OffenceGroup, OffenceOutcome, Severity, SeverityClass
from models.reoffending import Cohort, OffenceCode, Offender

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortBasis:
    """A cohort with the definition it is counted by. ``baseline`` is a share, None where none was given."""

    id: int
    version: int
    name: str
    definition: Definition
    period: Period
    data_date: date | None
    baseline: float | None
    baseline_note: str


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What is known of an offence code. ``breach`` None: the code does not say. ``weights`` are by ``SEVERITIES``."""

    code: str
    description: str
    group: OffenceGroup | None
    severity_class: SeverityClass | None
    breach: bool | None
    weights: tuple[int | None, ...]

    @property
    def label(self) -> str:
        """Return the code with what it stands for."""
        name = self.description or (self.severity_class.label if self.severity_class else "")
        name = name or (self.group.label if self.group else "")
        return " ".join(part for part in (self.code, name) if part) or "not known"


NO_CODE = CodeFacts("", "", None, None, None, (None,) * len(SEVERITIES))


def cohort_basis(connection: Connection, cohort_id: int) -> CohortBasis:
    """Return what a cohort is counted by. Raises CspError where it is not in the store any more."""
    cohort = connection.execute(select(Cohort.__table__).where(Cohort.id == cohort_id)).one_or_none()
    if cohort is None:
        raise CspError("This cohort is no longer in the store: it was taken out by an undo.")
    definition = Definition(
        kind=cohort.definition,
        follow_up_months=cohort.follow_up_months,
        waiting_months=cohort.waiting_months,
        index_rule=cohort.index_rule,
        counts_index_day=cohort.counts_index_day,
        breach_codes=tuple(cohort.breach_codes),
        proofs=tuple(OffenceOutcome(word) for word in cohort.proofs),
    )
    return CohortBasis(
        id=cohort.id,
        version=cohort.version,
        name=cohort.name,
        definition=definition,
        period=Period(cohort.period_first, cohort.period_last),
        data_date=cohort.data_date,
        baseline=None if cohort.baseline_score is None else cohort.baseline_score / _MILLION,
        baseline_note=cohort.baseline_note,
    )


def code_facts(
    connection: Connection, definition: Definition, editions: Mapping[Severity, Edition] | None = None
) -> dict[int, CodeFacts]:
    """Return what is known of every offence code by its id; the definition's breach codes go before the lookup."""
    weights = editions or editions_in_use(connection)
    breaches = frozenset(definition.breach_codes)
    found = connection.execute(
        select(
            OffenceCode.id,
            OffenceCode.code,
            OffenceCode.description,
            OffenceCode.offence_group,
            OffenceCode.severity_class,
            OffenceCode.is_breach,
        )
    )
    return {
        code_id: CodeFacts(
            code,
            description,
            group,
            kind,
            True if code and code in breaches else breach,
            tuple(None if kind is None else weights[index].weights.get(kind) for index in SEVERITIES),
        )
        for code_id, code, description, group, kind, breach in found
    }


def merged_ids(connection: Connection) -> dict[int, int]:
    """Return, by offender id that was merged into another, the id that stands for the person."""
    found = connection.execute(select(Offender.id, Offender.merged_into_id).where(Offender.merged_into_id.is_not(None)))
    into = {merged: kept for merged, kept in found if kept is not None}
    for merged, kept in into.items():
        while kept in into:
            kept = into[kept]  # noqa: PLW2901 - follows the chain to its end
        into[merged] = kept
    return into
