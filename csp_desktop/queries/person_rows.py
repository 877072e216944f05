"""What is recorded of a person, row by row: offences, spells, statuses and needs."""

from dataclasses import dataclass
from datetime import date

from models.offending import IomCohort, IomRag, OffenceGroup, OffenceOutcome, Pathway, SeverityClass, SpellKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OffenceRow:
    """An offence as stored; ``code`` is its code in words.

    ``recorded_under`` is the id of the person that it stands under. ``is_twin``: the same offence stands under another
    id of the person too, and is counted there.
    """

    id: int
    version: int
    offender_id: int
    recorded_under: str
    offence_date: date | None
    offence_date_to: date | None
    offence_code_id: int | None
    code: str
    offence_group: OffenceGroup | None
    severity_class: SeverityClass | None
    proof_date: date | None
    outcome: OffenceOutcome
    disposal: str
    reference: str | None
    came_by_import: bool
    is_twin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellRow:
    """A spell: from ``started`` up to and without ``ended``, which is None while it goes on."""

    id: int
    version: int
    offender_id: int
    kind: SpellKind
    name: str
    started: date
    ended: date | None
    iom_cohort: IomCohort | None
    selected_because: str
    deselected_because: str
    came_by_import: bool

    def holds(self, day: date) -> bool:
        """Say whether the spell goes on that day."""
        return self.started <= day and (self.ended is None or day < self.ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """How active a person was held to be from a day on. ``id`` is None where a cohort's register brought it."""

    id: int | None
    version: int | None
    offender_id: int
    dated: date
    rag: IomRag
    iom_cohort: IomCohort | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """How great a person's need on a pathway was found to be on a day; a higher score is a greater need."""

    id: int
    version: int
    offender_id: int
    pathway: Pathway
    dated: date
    score: int
    instrument: str
    came_by_import: bool
