"""Commands on offences: record, edit, withdraw."""

from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.commands.withdrawing import withdraw
from csp_desktop.rules.reoffending_refusals import offence_refusals
from csp_desktop.rules.validation import FieldError, insist
from csp_desktop.store import Store
from models.offending import OffenceOutcome
from models.reoffending import Offence, OffenceCode, Offender


class OffenceDetails(TypedDict, total=False):
    """What is known of an offence."""

    offence_date: date | None
    offence_date_to: date | None
    offence_code_id: int | None
    proof_date: date | None
    disposal: str
    reference: str | None


class OffenceValues(OffenceDetails, total=False):
    """What can be changed of an offence. ``offence_date`` is the first day of a range, ``offence_date_to`` its last."""

    outcome: OffenceOutcome


def add_offence(store: Store, offender_id: int, outcome: OffenceOutcome, **values: Unpack[OffenceDetails]) -> int:
    """Record an offence of a person; return its id. Raises FieldError for a value a form would refuse."""
    given = _tidy(values)
    insist(offence_refusals(given))
    with store.write("Record an offence") as session:
        get_row(session, Offender, offender_id)
        _check_code(session, given)
        offence = Offence(offender_id=offender_id, outcome=outcome)
        change_row(offence, None, given)
        _check_reference(session, offence)
        session.add(offence)
        session.flush()
        return offence.id


def edit_offence(store: Store, offence_id: int, version: int, **values: Unpack[OffenceValues]) -> None:
    """Change an offence. Raises FieldError for a refused value, RowChangedError where someone changed it since."""
    given = _tidy(values)
    with store.write("Edit an offence") as session:
        offence = get_row(session, Offence, offence_id)
        present = {name: getattr(offence, name) for name in ("offence_date", "offence_date_to", "proof_date")}
        insist(offence_refusals(present | given))
        _check_code(session, given)
        change_row(offence, version, given)
        _check_reference(session, offence)


def withdraw_offence(store: Store, offence_id: int, version: int) -> None:
    """Take an offence out of the register."""
    with store.write("Withdraw an offence") as session:
        withdraw(session, get_row(session, Offence, offence_id), version)


def _tidy(values: OffenceDetails) -> dict[str, Any]:
    """Return values with a blank reference as none: two offences without one are not the same offence."""
    given: dict[str, Any] = dict(values)
    if "reference" in given:
        given["reference"] = (given["reference"] or "").strip() or None
    return given


def _check_reference(session: Session, offence: Offence) -> None:
    """Refuse the same offence a second time: one reference, day and code of one person."""
    if offence.reference is None:
        return
    same = select(Offence.id).where(
        Offence.offender_id == offence.offender_id,
        Offence.reference == offence.reference,
        Offence.offence_date == offence.offence_date,
        Offence.offence_code_id == offence.offence_code_id,
        Offence.id != (offence.id or 0),
    )
    if session.scalar(same) is not None:
        raise FieldError(
            "reference", "This person has this offence already, with the same reference, day and code: edit that one."
        )


def _check_code(session: Session, values: dict[str, Any]) -> None:
    if values.get("offence_code_id") is not None:
        get_row(session, OffenceCode, values["offence_code_id"])
