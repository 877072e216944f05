"""What is remembered of the layouts of owners' files: by name, and when they were last used."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from csp_desktop.store import Store
from models.records import ImportLayout


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A remembered layout. ``name`` is "" where nobody has named it, ``last_used`` an instant in UTC."""

    id: int
    fingerprint: str
    name: str
    last_used: datetime | None


def layouts_by_mark(store: Store, register: str, marks: Collection[str]) -> dict[str, LayoutRow]:
    """Return what is remembered of layouts by their fingerprints; those that are not known are absent."""
    columns = (ImportLayout.id, ImportLayout.fingerprint, ImportLayout.name, ImportLayout.last_used)
    query = select(*columns).where(ImportLayout.register == register, ImportLayout.fingerprint.in_(marks))
    with store.read() as connection:
        return {row.fingerprint: LayoutRow(*row) for row in connection.execute(query)}
