"""Commands on the index events of a cohort: add, edit, withdraw. The windows of each index date are kept along."""

from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy.orm import Session

from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.commands.window_ends import keep_window_ends
from csp_desktop.commands.withdrawing import withdraw
from csp_desktop.rules.reoffending_refusals import member_refusals
from csp_desktop.rules.validation import insist
from csp_desktop.store import Store
from models.offending import Disposal, IomCohort, IomRag, Sex
from models.reoffending import Cohort, CohortMember, OffenceCode, Offender

_DATES = ("index_date", "birth_date", "custody_start", "custody_end", "died_on")


class MemberDetails(TypedDict, total=False):
    """What is known of a person at the index event."""

    disposal: Disposal | None
    offence_code_id: int | None
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


class MemberValues(MemberDetails, total=False):
    """What can be changed of an index event. ``predicted_score`` is a share in millionths."""

    offender_id: int
    index_date: date


def add_member(
    store: Store, cohort_id: int, offender_id: int, index_date: date, **values: Unpack[MemberDetails]
) -> int:
    """Add an index event of a person to a cohort; return its id. Raises FieldError for a refused value."""
    given: dict[str, Any] = {**values, "index_date": index_date, "offender_id": offender_id}
    insist(member_refusals(given))
    with store.write("Add an index event") as session:
        get_row(session, Cohort, cohort_id)
        _check_rows(session, given)
        member = CohortMember(cohort_id=cohort_id, offender_id=offender_id, index_date=index_date)
        change_row(member, None, given)
        session.add(member)
        session.flush()
        keep_window_ends(session.connection(), cohort_id)
        return member.id


def edit_member(store: Store, member_id: int, version: int, **values: Unpack[MemberValues]) -> None:
    """Change an index event. Raises FieldError for a refused value, RowChangedError where someone changed it since."""
    given: dict[str, Any] = dict(values)
    with store.write("Edit an index event") as session:
        member = get_row(session, CohortMember, member_id)
        insist(member_refusals({name: getattr(member, name) for name in _DATES} | given))
        _check_rows(session, given)
        change_row(member, version, given)
        session.flush()
        keep_window_ends(session.connection(), member.cohort_id)


def withdraw_member(store: Store, member_id: int, version: int) -> None:
    """Take an index event out of its cohort; the person and their offences stay."""
    with store.write("Withdraw an index event") as session:
        withdraw(session, get_row(session, CohortMember, member_id), version)


def _check_rows(session: Session, values: dict[str, Any]) -> None:
    if "offender_id" in values:
        get_row(session, Offender, values["offender_id"])
    if values.get("offence_code_id") is not None:
        get_row(session, OffenceCode, values["offence_code_id"])
