"""What was known of actions on an earlier day, read back from the recorded Steps.

A report for a period shows dates and status as known on its last day. The present rows are walked back through the
changes recorded after that day. An action first recorded later is shown with its earliest recorded values where
something says it existed by then: it had started, or an update is dated by then. Where the whole plan was recorded
later (a store younger than the period), what it first learnt stands in for what was known.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, select

from csp_desktop.recording import decode
from models.base import Base
from models.records import AuditChange, AuditEntry
from models.vocabulary import Change


class KnownThen:
    """The actions of one list as they were known at the end of a day."""

    def __init__(self, connection: Connection, day: date, action_ids: set[int]) -> None:
        self._day = day
        self._table = Base.metadata.tables["action"]
        self._before: dict[int, dict[str, Any]] = {}
        self._added_later: set[int] = set()
        after = datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
        changes = (
            select(AuditChange.row_id, AuditChange.change, AuditChange.before)
            .join(AuditEntry, AuditEntry.id == AuditChange.entry_id)
            .where(AuditChange.table_name == "action", AuditEntry.at >= after)
            .order_by(AuditChange.id.desc())
        )
        for row_id, change, before in connection.execute(changes):
            if row_id not in action_ids:
                continue
            if change is Change.ADDED:
                self._added_later.add(row_id)
            elif before is not None:
                self._added_later.discard(row_id)
                self._before.setdefault(row_id, {}).update(before)
        self._store_is_younger = self._added_later >= action_ids

    def holds(self, action_id: int, start: date | None, *, has_update: bool) -> bool:
        """Say whether the action counts as known that day. ``has_update``: an update is dated by then."""
        if action_id not in self._added_later:
            return True
        if has_update or (start is not None and start <= self._day):
            return True
        return self._store_is_younger and start is None

    def as_known(self, fact: dict[str, Any]) -> dict[str, Any]:
        """Return the action's columns as they were known; names of themes and people stay the present ones."""
        before = self._before.get(fact["id"], {})
        return fact | {name: decode(self._table, name, value) for name, value in before.items() if name in fact}
