"""The index events of a cohort, as the register holds them: one row for each, people by their id alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from csp_desktop.queries.cohort_basis import code_facts
from csp_desktop.queries.paging import FIRST_PAGE, Page
from csp_desktop.reoffending.definition import definition_of
from csp_desktop.store import Store
from models.offending import CohortDefinition, Disposal, IomCohort, IomRag, Sex
from models.reoffending import CohortMember, Offender


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """An index event as stored. ``offence`` is the index offence in words, empty where none is known.

    ``predicted_score`` is a share in millionths, ``sentence_months`` the length of a custodial sentence.
    """

    id: int
    version: int
    cohort_id: int
    offender_id: int
    reference: str
    index_date: date
    disposal: Disposal | None
    offence_code_id: int | None
    offence: str
    birth_date: date | None
    age: int | None
    sex: Sex | None
    ethnicity: str
    previous_offences: int | None
    sentence_months: int | None
    area: str
    predicted_score: int | None
    instrument: str
    custody_start: date | None
    custody_end: date | None
    died_on: date | None
    iom_cohort: IomCohort | None
    iom_rag: IomRag | None
    iom_rag_on: date | None
    came_by_import: bool


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Some of a cohort's index events, and how many the search found in all."""

    rows: tuple[MemberRow, ...]
    total: int


def list_members(store: Store, cohort_id: int, text: str = "", page: Page = FIRST_PAGE) -> MemberPage:
    """Return index events of a cohort by person and date; ``text`` is looked for in the person's id."""
    query = members_query().where(CohortMember.cohort_id == cohort_id)
    if text.strip():
        query = query.where(Offender.reference.icontains(text.strip(), autoescape=True))
    with store.read() as connection:
        total = connection.scalar(select(func.count()).select_from(query.subquery())) or 0
        wanted = query.order_by(Offender.reference, CohortMember.index_date, CohortMember.id)
        rows = connection.execute(wanted.limit(page.size).offset(page.first)).mappings()
        return MemberPage(tuple(member_rows(rows, code_labels(connection))), total)


def members_query() -> Select[Any]:
    """Return the query for index events with the id of the person; the caller narrows and orders it."""
    columns = [column for column in CohortMember.__table__.columns if column.name != "load_id"]
    return select(
        *columns, Offender.reference, CohortMember.load_id.is_not(None).label("came_by_import")
    ).join(Offender, Offender.id == CohortMember.offender_id)  # fmt: skip


def member_rows(found: Iterable[Mapping[Any, Any]], codes: Mapping[int, str]) -> list[MemberRow]:
    """Return what ``members_query`` found as rows; ``codes`` says offence codes in words."""
    return [MemberRow(**row, offence=codes.get(row["offence_code_id"], "")) for row in found]


def code_labels(connection: Connection) -> dict[int, str]:
    """Return every offence code in words by its id."""
    facts = code_facts(connection, definition_of(CohortDefinition.LOCAL))
    return {code_id: code.label for code_id, code in facts.items()}
