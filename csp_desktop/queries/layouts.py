"""What is remembered of the layouts of owners' files: by name, and when they were last used."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select

from csp_desktop.store import Store
from models.headings import ForgottenLayout
from models.records import ImportLayout


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A remembered layout. ``name`` is "" where nobody has named it, ``last_used`` an instant in UTC."""

    id: int
    fingerprint: str
    name: str
    last_used: datetime | None


def layouts_by_mark(store: Store, register: str, marks: Collection[str]) -> dict[str, LayoutRow]:
    """Return what is remembered of layouts by their fingerprints; those not known, or forgotten, are absent."""
    columns = (ImportLayout.id, ImportLayout.fingerprint, ImportLayout.name, ImportLayout.last_used)
    query = select(*columns).where(
        ImportLayout.register == register, ImportLayout.fingerprint.in_(marks), ~is_forgotten()
    )
    with store.read() as connection:
        return {row.fingerprint: LayoutRow(*row) for row in connection.execute(query)}


def is_forgotten() -> ColumnElement[bool]:
    """Return the condition on a layout that it was forgotten after it was last used."""
    return exists(
        select(ForgottenLayout.id).where(
            ForgottenLayout.register == ImportLayout.register,
            ForgottenLayout.fingerprint == ImportLayout.fingerprint,
            ForgottenLayout.at >= func.coalesce(ImportLayout.last_used, ForgottenLayout.at),
        )
    )
