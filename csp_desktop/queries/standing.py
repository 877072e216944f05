"""When a plan came into the store: what the period of a report and its earlier position hang on."""

from datetime import date

from sqlalchemy import func, select

from csp_desktop.store import Store
from models.records import AuditChange, AuditEntry
from models.vocabulary import Change


def recorded_on(store: Store, plan_id: int) -> date | None:
    """Return the day (UTC) on which the plan was first recorded, None where the record no longer says."""
    query = (
        select(func.min(AuditEntry.at))
        .join(AuditChange, AuditChange.entry_id == AuditEntry.id)
        .where(AuditChange.table_name == "plan", AuditChange.row_id == plan_id, AuditChange.change == Change.ADDED)
    )
    with store.read() as connection:
        at = connection.scalar(query)
    return None if at is None else at.date()
