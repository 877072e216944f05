"""Erasing a person's data for good (UK GDPR, article 17), without breaking the audit chain."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csp_desktop.audit import erase_values
from csp_desktop.commands.rows import change_row, get_row
from csp_desktop.drafts import drop_every_draft
from csp_desktop.errors import CspError
from csp_desktop.exports.positions import BETWEEN_NAMES
from csp_desktop.rules.folding import fold
from csp_desktop.store import Store
from models.base import Row
from models.delivery import ReferralPathway
from models.exports import ExportSnapshot, SettledCell
from models.people import Deputy, Person, PersonAlias, Profile
from models.plan import Action, ProgressUpdate
from models.records import AuditChange
from models.vocabulary import StepKind

ERASED = "Erased person"
_CONTACTS: Mapping[type[Row], tuple[str, ...]] = {
    ReferralPathway: ("first_contact", "out_of_hours", "form"), Profile: ("contact",),
}  # fmt: skip
"""The texts that say whom to ask, and so name people without an id."""
_GONE = "(erased)"
Recorded = dict[str, object] | None


@dataclass(frozen=True, slots=True)
class Whose:
    """A person as the audit trail may hold them: by id, by the ids of their other names, by names, and in texts."""

    person_id: int
    alias_ids: set[int]
    folded: set[str]
    written: re.Pattern[str]

    def is_in(self, change: Any) -> bool:
        """Say whether a recorded change holds the person."""
        table = change.table_name
        return self.holds(table, change.row_id) or any(
            self.named_in(table, values) for values in (change.before, change.after)
        )

    def holds(self, table: str, row_id: int) -> bool:
        """Say whether a row is the person's own."""
        return (table, row_id) == ("person", self.person_id) or (table == "person_alias" and row_id in self.alias_ids)

    def named_in(self, table: str, values: Recorded) -> bool:
        """Say whether recorded values write out a name, are another name, or say in a text whom to ask."""
        if not values:
            return False
        if values.get("person_id") == self.person_id and "name_folded" in values:
            return True
        texts = {name: value for name, value in values.items() if isinstance(value, str)}
        if any(fold(text) in self.folded for text in texts.values()):
            return True
        contacts = next((columns for model, columns in _CONTACTS.items() if model.__tablename__ == table), ())
        return any(self.written.search(texts.get(name, "")) for name in contacts)


def erase_person(store: Store, person_id: int, certificate: str) -> None:
    """Erase a person's data for good: their row, other names, and every recorded value that holds them.

    Rows that name the person by id stay and name nobody: what they led, chaired, attended or owned. Their deputies and
    those they stood in for are forgotten, and texts that say whom to ask lose their name and e-mail address.
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
        written = _written([person.name, *(alias.name for alias in aliases)], person.email)
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
        for stands_in in session.scalars(
            select(Deputy).where((Deputy.person_id == person_id) | (Deputy.deputy_id == person_id))
        ):
            session.delete(stands_in)
        _erase_contacts(session, written)
        drop_every_draft(session)
        _erase_workbooks(session, folded)
        _erase_trail(session, Whose(person_id, alias_ids, folded, written), certificate)
    with store.engines.write.connect() as connection:
        # the old pages must not linger in the write-ahead log; a checkpoint cannot run inside a transaction
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _written(names: Iterable[str], email: str) -> re.Pattern[str]:
    """Return what finds a person in a text; a name of one word alone may be somebody else's, or a word."""
    said = [*(name for name in names if " " in name), *([email] if email else [])]
    parts = "|".join(re.escape(each) for each in sorted(said, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)" if parts else r"(?!)", re.IGNORECASE)


def _erase_contacts(session: Session, written: re.Pattern[str]) -> None:
    """Erase a person from the texts that say whom to ask."""
    for model, columns in _CONTACTS.items():
        for row in session.scalars(select(model)):
            for column in columns:
                text = getattr(row, column)
                if written.search(text):
                    setattr(row, column, written.sub(_GONE, text))


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


def _erase_trail(session: Session, whose: Whose, certificate: str) -> None:
    columns = (AuditChange.id, AuditChange.table_name, AuditChange.row_id, AuditChange.before, AuditChange.after)
    query = select(*columns).where(AuditChange.salt.is_not(None))
    doomed = [change.id for change in session.execute(query) if whose.is_in(change)]
    for first in range(0, len(doomed), 500):
        erase_values(session.connection(), doomed[first : first + 500], certificate)


def certificate_number(person_id: int, on: datetime) -> str:
    """Return the number of an erasure certificate; it names no one."""
    return f"Erasure certificate {on:%Y%m%d-%H%M%S}-{person_id}"
