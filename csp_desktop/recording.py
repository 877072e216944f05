"""Turns what a SQLAlchemy session did into the row changes of one Step; also the coding of values for JSON."""

import base64
from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import JSON, LargeBinary, Table, event
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, object_mapper
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PassiveFlag

from csp_desktop.audit import RowChange, Values
from models.base import Base, Row
from models.vocabulary import Change

_PLAIN = frozenset({str, int, float, bool, type(None), dict, list})
_RECORDER = "recorder"


def encode(value: object) -> Any:
    """Turn a column's value into what JSON can hold: dates as ISO text, words as their value, bytes as base64."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def decode(table: Table, column: str, value: Any) -> Any:
    """Turn a recorded value back into what the column holds."""
    kind = table.c[column].type
    if value is None or isinstance(kind, JSON):
        return value
    if isinstance(kind, EnumType) and kind.enum_class is not None:
        return kind.enum_class(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if kind.python_type in {date, datetime}:
        return kind.python_type.fromisoformat(value)
    return value


class _Pending:
    """A row's change while its transaction is open: the first value before, the last value after, per column."""

    __slots__ = ("after", "before", "change")

    def __init__(self, change: Change) -> None:
        self.change = change
        self.before: Values = {}
        self.after: Values = {}


class Recorder:
    """Watches one session. After its last flush, ``changes()`` gives the Step's row changes in order."""

    def __init__(self, session: Session) -> None:
        self._pending: dict[tuple[str, int], _Pending] = {}
        event.listen(session, "before_flush", self._on_before_flush)
        event.listen(session, "after_flush", self._on_after_flush)
        event.listen(session, "do_orm_execute", self._on_execute)
        session.info[_RECORDER] = self

    @staticmethod
    def of(session: Session) -> "Recorder":
        """Return the recorder that watches a session of ``Store.write``."""
        recorder: Recorder = session.info[_RECORDER]
        return recorder

    def note_added(self, table: str, row_id: int, values: Values) -> None:
        """Take note of a row that was added past the session: its columns, as they are recorded."""
        pending = self._pending[table, row_id] = _Pending(Change.ADDED)
        pending.after = values

    def note_changed(self, table: str, row_id: int, before: Values, after: Values) -> None:
        """Take note of a row that was changed past the session, once in its transaction: the columns that moved.

        ``before`` and ``after`` name the same columns, the version among them, as they are recorded.
        """
        pending = self._pending[table, row_id] = _Pending(Change.CHANGED)
        pending.before, pending.after = before, after

    def changes(self) -> list[RowChange]:
        """Return the changes so far; rows that ended as they began are left out."""
        return [change for change in self._changes() if change is not None]

    def _changes(self) -> Iterable[RowChange | None]:
        for (table, row_id), pending in self._pending.items():
            if pending.change is Change.ADDED:
                yield RowChange(table, row_id, Change.ADDED, None, pending.after)
            elif pending.change is Change.REMOVED:
                yield RowChange(table, row_id, Change.REMOVED, pending.before, None)
            else:
                moved = [name for name, value in pending.after.items() if pending.before[name] != value]
                if moved != ["version"] and moved:
                    before, after = pending.before, pending.after
                    yield RowChange(
                        table, row_id, Change.CHANGED, {n: before[n] for n in moved}, {n: after[n] for n in moved}
                    )

    def _on_before_flush(self, session: Session, _flush: UOWTransaction, _instances: object) -> None:
        for row in session.dirty:
            if isinstance(row, Row) and session.is_modified(row):
                row.version += 1
                self._note_changed(row)
        for row in session.deleted:
            if isinstance(row, Row):
                self._note_removed(row)

    def _on_after_flush(self, session: Session, _flush: UOWTransaction) -> None:
        for row in session.new:
            if isinstance(row, Row):
                pending = self._pending[row.__tablename__, row.id] = _Pending(Change.ADDED)
                pending.after = {name: encode(getattr(row, name)) for name in _column_names(row)}

    def _note_changed(self, row: Row) -> None:
        pending = self._pending.setdefault((row.__tablename__, row.id), _Pending(Change.CHANGED))
        for name in _column_names(row):
            history = get_history(row, name, PassiveFlag.PASSIVE_NO_INITIALIZE)
            if history.added:
                if pending.change is Change.CHANGED:
                    pending.before.setdefault(name, encode(history.deleted[0] if history.deleted else None))
                pending.after[name] = encode(history.added[0])

    def _note_removed(self, row: Row) -> None:
        key = (row.__tablename__, row.id)
        earlier = self._pending.pop(key, None)
        if earlier is not None and earlier.change is Change.ADDED:
            return
        pending = self._pending[key] = _Pending(Change.REMOVED)
        pending.before = {name: encode(getattr(row, name)) for name in _column_names(row)}
        if earlier is not None:
            pending.before.update(earlier.before)

    @staticmethod
    def _on_execute(state: ORMExecuteState) -> None:
        mapper = state.bind_mapper
        if (state.is_update or state.is_delete or state.is_insert) and mapper and issubclass(mapper.class_, Row):
            raise RuntimeError(f"bulk change of {mapper.class_.__tablename__} would leave no trace: use mapped rows")


def _column_names(row: Row) -> list[str]:
    return [attribute.key for attribute in object_mapper(row).column_attrs]


def tables_by_name() -> dict[str, Table]:
    """Return every table, parents before children."""
    return {table.name: table for table in Base.metadata.sorted_tables}


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _keep_old_values(_class: type[Any], _key: str, attribute: Any) -> None:
    """Load the old value before a set: without it the old value of an expired column would be missing."""
    impl = getattr(attribute, "impl", None)
    if impl is not None:
        impl.active_history = True
