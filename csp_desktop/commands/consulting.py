"""Looking at people's data leaves a trace: who looked at what, and when (Data Protection Act 2018, section 62)."""

from collections.abc import Collection

from sqlalchemy import select

from csp_desktop.store import Store
from models.reoffending import Offender


def note_consulted(store: Store, what: str) -> None:
    """Leave an audit entry that person-level data was looked at; ``what`` says which and names no person."""
    store.record_access(what)


def names_of(store: Store, offender_ids: Collection[int]) -> dict[int, str]:
    """Return the names that are stored of these people by id, and record that they were shown.

    It is recorded before the names are handed over, and of people without a stored name too: they were asked for.
    """
    asked = len(set(offender_ids))
    store.record_access("Showed the name of 1 person" if asked == 1 else f"Showed the names of {asked:,} people")
    query = select(Offender.id, Offender.name).where(Offender.id.in_(list(offender_ids)), Offender.name != "")
    with store.read() as connection:
        return {row.id: row.name for row in connection.execute(query)}
