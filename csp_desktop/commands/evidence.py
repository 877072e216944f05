"""Commands on the strategic intelligence assessment that are more than the entry of one row."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.entries import add_in
from csp_desktop.commands.rows import get_row
from csp_desktop.registers.forms import Register
from csp_desktop.rules.validation import FieldError
from csp_desktop.store import Store
from models.evidence import Assessment, EvidenceItem, EvidenceObjective
from models.terms import AssessmentKind, Movement

_CARRIED = (
    "topic", "title", "finding", "area_id", "source_organisation_id", "source", "quality", "sensitivity", "priority",
    "is_spotlight",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition to begin. ``copy_from`` is the edition that its findings are carried over from, None: the newest."""

    title: str
    year: int
    kind: AssessmentKind
    copy_from: int | None = None


def begin_edition(store: Store, edition: NewEdition) -> int:
    """Begin an edition with the findings of an earlier one, to be gone through and revised; return its id.

    Each finding keeps its rating, its spotlight and the objectives that answer it, and moves by "unchanged" until it
    is revised. Raises FieldError for a title that is taken, or a year before that of the edition it follows.
    """
    with store.write("Begin an edition of the assessment") as session:
        before = _followed(session, edition.copy_from)
        if before is not None and edition.year < before.year:
            raise FieldError(
                "year", f"It would lie before the edition it follows, which is of {before.year}: give a later year."
            )
        values = {"title": edition.title, "year": edition.year, "kind": edition.kind}
        made = add_in(session, Register.ASSESSMENTS, values)
        if before is not None:
            _carry(session, before.id, made)
        return made


def _followed(session: Session, copy_from: int | None) -> Assessment | None:
    if copy_from is not None:
        return get_row(session, Assessment, copy_from)
    return session.scalar(select(Assessment).order_by(Assessment.year.desc(), Assessment.id.desc()).limit(1))


def _carry(session: Session, before_id: int, made: int) -> None:
    """Copy the findings of an edition and what answers them."""
    query = select(EvidenceItem).where(EvidenceItem.assessment_id == before_id).order_by(EvidenceItem.id)
    copies = {row.id: _copy(row, made) for row in session.scalars(query)}
    session.add_all(copies.values())
    session.flush()
    links = select(EvidenceObjective).where(EvidenceObjective.evidence_id.in_(copies)).order_by(EvidenceObjective.id)
    session.add_all(
        EvidenceObjective(evidence_id=copies[link.evidence_id].id, objective_id=link.objective_id)
        for link in session.scalars(links).all()
    )


def _copy(row: EvidenceItem, assessment_id: int) -> EvidenceItem:
    movement = None if row.priority is None else Movement.UNCHANGED
    carried = {name: getattr(row, name) for name in _CARRIED}
    return EvidenceItem(assessment_id=assessment_id, movement=movement, **carried)
