"""People whose offences are recorded: found and listed by the id of the source systems, never by name."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from csp_desktop.errors import CspError
from csp_desktop.queries.cohort_basis import merged_ids
from csp_desktop.queries.paging import FIRST_PAGE, Page
from csp_desktop.store import Store
from models.reoffending import CohortMember, Offence, Offender


@dataclass(frozen=True, slots=True)
class OffenderRow:
    """A person's id as it is listed; ``merged_into`` is the id that stands for the person, None where this one does.

    ``index_events`` and ``offences`` count the rows recorded under this id.
    """

    id: int
    version: int
    reference: str
    lead_agency: str
    lead_officer: str
    next_review: date | None
    merged_into: str | None
    index_events: int
    offences: int


@dataclass(frozen=True, slots=True)
class OffenderPage:
    """Some of the people, and how many the search found in all."""

    rows: tuple[OffenderRow, ...]
    total: int


def list_offenders(store: Store, text: str = "", page: Page = FIRST_PAGE) -> OffenderPage:
    """Return people by id; ``text`` is looked for in the id, the lead agency and the lead officer."""
    kept = aliased(Offender)
    events = select(func.count()).where(CohortMember.offender_id == Offender.id).correlate(Offender).scalar_subquery()
    offences = select(func.count()).where(Offence.offender_id == Offender.id).correlate(Offender).scalar_subquery()
    query = select(
        Offender.id,
        Offender.version,
        Offender.reference,
        Offender.lead_agency,
        Offender.lead_officer,
        Offender.next_review,
        kept.reference.label("merged_into"),
        events.label("index_events"),
        offences.label("offences"),
    ).outerjoin(kept, kept.id == Offender.merged_into_id)
    count = select(func.count()).select_from(Offender)
    if wanted := text.strip():
        said = Offender.reference + " " + Offender.lead_agency + " " + Offender.lead_officer
        holds = said.icontains(wanted, autoescape=True)
        query, count = query.where(holds), count.where(holds)
    with store.read() as connection:
        total = connection.scalar(count) or 0
        found = connection.execute(query.order_by(Offender.reference).limit(page.size).offset(page.first))
        return OffenderPage(tuple(OffenderRow(*row) for row in found), total)


def find_offender(store: Store, wanted: str | int) -> int:
    """Return the id that stands for a person, by their reference or any of their ids. Raises CspError for none."""
    with store.read() as connection:
        return offender_of(connection, wanted)


def offender_of(connection: Connection, wanted: str | int) -> int:
    """Return what ``find_offender`` does, on a connection of the caller's."""
    asked = Offender.id == wanted if isinstance(wanted, int) else Offender.reference == wanted.strip()
    found = connection.scalar(select(Offender.id).where(asked))
    if found is None:
        raise CspError("There is no person with this id in the store. Check the id, or bring their register in first.")
    return merged_ids(connection).get(found, found)


def ids_of_person(connection: Connection, offender_id: int) -> tuple[int, ...]:
    """Return every id of the person that ``offender_id`` belongs to; the one that stands for them comes first."""
    merged = merged_ids(connection)
    kept = merged.get(offender_id, offender_id)
    return kept, *sorted(alias for alias, into in merged.items() if into == kept)
