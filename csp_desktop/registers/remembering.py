"""What rows are called, within one transaction: read once, and again when a row that says it was changed.

An import names the same rows thousands of times; to read them all for each would take minutes.
"""

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from csp_desktop.registers.naming import Names, read_names, said_by
from models.base import Row

_REMEMBERED = "remembered_names"


class RememberedNames:
    """The names of one session's transaction. It sees what the session flushes, and nothing written past it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: dict[str, Names] = {}
        self._changed: set[str] = set()  # since the savepoint: what a rollback to it changes again
        event.listen(session, "after_flush", self._on_flush)
        event.listen(session, "after_transaction_create", self._on_begin)
        event.listen(session, "after_soft_rollback", self._on_rollback)

    @classmethod
    def of(cls, session: Session) -> "RememberedNames":
        """Return what a session remembers."""
        found = session.info.get(_REMEMBERED)
        if not isinstance(found, cls):
            found = session.info[_REMEMBERED] = cls(session)
        return found

    def read(self, table: str) -> Names:
        """Return what the rows of a table are called, as ``read_names`` does."""
        if table not in self._names:
            self._names[table] = read_names(self._session.connection(), table)
        return self._names[table]

    def add(self, row: Row, name: str) -> None:
        """Add a row to its table, flush, and remember it by a name that meant no row before."""
        table, names = row.__tablename__, self.read(row.__tablename__)
        self._session.add(row)
        self._session.flush()
        self._names[table] = names.with_new(row.id, name)

    def _on_flush(self, session: Session, _flush: UOWTransaction) -> None:
        changed = {row.__tablename__ for rows in (session.new, session.dirty, session.deleted) for row in rows}
        self._changed |= changed
        self._forget(changed)

    def _on_begin(self, _session: Session, transaction: SessionTransaction) -> None:
        if transaction.nested and transaction.parent is not None and not transaction.parent.nested:
            self._changed.clear()

    def _on_rollback(self, _session: Session, _transaction: SessionTransaction) -> None:
        self._forget(self._changed)

    def _forget(self, changed: set[str]) -> None:
        for table in [each for each in self._names if not changed.isdisjoint(said_by(each))]:
            del self._names[table]
