"""Erasing a person's data for good (UK GDPR, article 17), without breaking the audit chain."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.audit import erase_values
from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.drafts import drop_every_draft
from csp_desktop.errors import CspError
from csp_desktop.exports.positions import BETWEEN_NAMES
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.exports import ExportSnapshot, SettledCell
from models.people import Person, PersonAlias
from models.plan import Action, ProgressUpdate
from models.records import AuditChange
from models.vocabulary import StepKind

ERASED = "Erased person"


def erase_person(store: Store, person_id: int, certificate: str) -> None:
    """Erase a person's data for good: their row, other names, and every recorded value that holds them.

    The audit trail keeps its chain and reads "erased, ``certificate``"; the erasure cannot be undone. Backups made
    before still hold the data until they are thinned out: name them in the certificate.
    Raises CspError where the person was erased already.
    """
    with store.write(certificate, kind=StepKind.ERASURE) as session:
        person = get_row(session, Person, person_id)
        if person.erased_certificate is not None:
            raise CspError(f"This person was erased already under {person.erased_certificate}.")
        aliases = session.scalars(select(PersonAlias).where(PersonAlias.person_id == person_id)).all()
        folded = {person.name_folded, *(alias.name_folded for alias in aliases)}
        alias_ids = {alias.id for alias in aliases}
        for alias in aliases:
            session.delete(alias)
        change_row(
            person,
            None,
            {
                "name": ERASED,
                "name_folded": fold(ERASED),
                "job_title": "",
                "email": "",
                "erased_certificate": certificate,
            },
        )
        for action in session.scalars(select(Action).where(Action.lead_person_id == person_id)):
            action.lead_text = ""
        for update in session.scalars(select(ProgressUpdate).where(ProgressUpdate.author_person_id == person_id)):
            update.author_text = ""
        drop_every_draft(session)
        _erase_workbooks(session, folded)
        _erase_trail(session, person_id, alias_ids, folded, certificate)
    with store.engines.write.connect() as connection:
        # the old pages must not linger in the write-ahead log; a checkpoint cannot run inside a transaction
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _erase_workbooks(session: Session, folded: set[str]) -> None:
    """Erase a person's names from what update workbooks said; such a cell is compared with nothing any more."""
    for snapshot in session.scalars(select(ExportSnapshot)):
        base = {
            row: {column: None if text and _holds(text, folded) else text for column, text in cells.items()}
            for row, cells in snapshot.base.items()
        }
        if base != snapshot.base:
            snapshot.base = base
    for cell in session.scalars(select(SettledCell)):
        if _holds(cell.said, folded):
            session.delete(cell)


def _holds(text: str, folded: set[str]) -> bool:
    """Say whether a text is one of a person's names, or lists it among others."""
    return any(fold(part) in folded for part in (text, *text.split(BETWEEN_NAMES.strip())))


def _erase_trail(session: Session, person_id: int, alias_ids: set[int], folded: set[str], certificate: str) -> None:
    columns = (AuditChange.id, AuditChange.table_name, AuditChange.row_id, AuditChange.before, AuditChange.after)
    doomed = []
    for change in session.execute(select(*columns).where(AuditChange.salt.is_not(None))):
        owned = (change.table_name == "person" and change.row_id == person_id) or (
            change.table_name == "person_alias" and change.row_id in alias_ids
        )
        if owned or _names(change.before, folded, person_id) or _names(change.after, folded, person_id):
            doomed.append(change.id)
    for first in range(0, len(doomed), 500):
        erase_values(session.connection(), doomed[first : first + 500], certificate)


def _names(values: dict[str, object] | None, folded: set[str], person_id: int) -> bool:
    """Say whether recorded values write out one of a person's names, or are one of their other names."""
    if not values:
        return False
    if values.get("person_id") == person_id and "name_folded" in values:
        return True
    return any(isinstance(value, str) and fold(value) in folded for value in values.values())


def certificate_number(person_id: int, on: datetime) -> str:
    """Return the number of an erasure certificate; it names no one."""
    return f"Erasure certificate {on:%Y%m%d-%H%M%S}-{person_id}"
