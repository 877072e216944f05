"""Commands on people whose offences are recorded: add, edit, withdraw; two ids of one person merged and taken apart."""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.commands.withdrawing import withdraw
from csp_desktop.errors import CspError
from csp_desktop.rules.reoffending_refusals import offender_refusals
from csp_desktop.rules.validation import FieldError, insist
from csp_desktop.store import Store
from models.reoffending import CohortMember, IomStatus, NeedScore, Offence, Offender, Spell


class OffenderDetails(TypedDict, total=False):
    """What is known of a person."""

    name: str
    lead_agency: str
    lead_officer: str
    next_review: date | None


class OffenderValues(OffenderDetails, total=False):
    """What can be changed of a person. ``name`` is shown only where it is asked for."""

    reference: str


def add_offender(store: Store, reference: str, **values: Unpack[OffenderDetails]) -> int:
    """Add a person by the id of the source systems; return our id. Raises FieldError for a blank or known reference."""
    given = _tidy({**values, "reference": reference})
    insist(offender_refusals(given))
    with store.write("Add a person to the register") as session:
        _check_reference(session, given["reference"], None)
        offender = Offender(reference=given["reference"])
        change_row(offender, None, given)
        session.add(offender)
        session.flush()
        return offender.id


def edit_offender(store: Store, offender_id: int, version: int, **values: Unpack[OffenderValues]) -> None:
    """Change a person. Raises FieldError for a refused value, RowChangedError where someone changed them since."""
    given = _tidy(dict(values))
    insist(offender_refusals(given))
    with store.write("Edit a person of the register") as session:
        offender = get_row(session, Offender, offender_id)
        if "reference" in given:
            _check_reference(session, given["reference"], offender_id)
        change_row(offender, version, given)


def withdraw_offender(store: Store, offender_id: int, version: int) -> None:
    """Take an id out with everything recorded under it: index events, offences, spells, statuses, needs.

    Raises CspError where other ids are merged into it: they are taken apart first.
    """
    with store.write("Withdraw a person from the register") as session:
        offender = get_row(session, Offender, offender_id)
        if session.scalar(select(Offender.id).where(Offender.merged_into_id == offender_id)) is not None:
            raise CspError("Another id is merged into this one. Take them apart first; nothing was withdrawn.")
        for row in _recorded(session, offender_id):
            session.delete(row)
        session.flush()
        withdraw(session, offender, version)


def merge_offenders(store: Store, kept_id: int, merged_id: int) -> None:
    """Let two ids stand for one person: everything of ``merged_id`` is counted under ``kept_id``.

    Each keeps its own rows, so that ``unmerge_offender`` can take them apart at any time. An id that has others merged
    into it brings them along. Raises CspError for an id with itself, or one that is merged already.
    """
    with store.write("Merge two ids of one person") as session:
        kept, merged = _standing_for(session, kept_id), get_row(session, Offender, merged_id)
        if kept.id == _standing_for(session, merged_id).id:
            raise CspError("These are one person already: choose two ids that are counted apart.")
        if merged.merged_into_id is not None:
            raise CspError("This id is merged into another already. Take it apart from that one first.")
        merged.merged_into_id = kept.id


def unmerge_offender(store: Store, merged_id: int) -> None:
    """Take an id apart from the person it was merged into; the rows of each are as they were.

    Raises CspError where the id is not merged into another.
    """
    with store.write("Take two ids apart") as session:
        merged = get_row(session, Offender, merged_id)
        if merged.merged_into_id is None:
            raise CspError("This id stands for itself: it is not merged into another.")
        merged.merged_into_id = None


def _standing_for(session: Session, offender_id: int) -> Offender:
    """Return the id that stands for a person, at the end of the chain of ids merged into one another."""
    offender = get_row(session, Offender, offender_id)
    while offender.merged_into_id is not None:
        offender = get_row(session, Offender, offender.merged_into_id)
    return offender


def _recorded(session: Session, offender_id: int) -> Iterator[Any]:
    """Yield every row recorded under an id."""
    for model in (CohortMember, Offence, Spell, IomStatus, NeedScore):
        yield from session.scalars(select(model).where(model.offender_id == offender_id))


def _tidy(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _check_reference(session: Session, reference: str, own_id: int | None) -> None:
    query = select(Offender.id).where(func.lower(Offender.reference) == reference.lower())
    if any(found != own_id for found in session.scalars(query)):
        raise FieldError("reference", "A person with this id is in the store already: open that one instead.")
