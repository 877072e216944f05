"""Taking back a Step: the rows are written back as a new audited write, unless someone changed them since."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select

from csp_desktop.audit import RowChange, Values
from csp_desktop.recording import decode, encode, tables_by_name
from models.vocabulary import Change

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A row that an undo left alone because it was changed, or came to be needed, since. ``name`` is for people."""

    table: str
    row_id: int
    name: str


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """What an undo or redo did. ``taken_back`` counts rows; ``left`` lists what was changed since and stays."""

    step_id: int
    label: str
    taken_back: int
    left: tuple[LeftRow, ...]


class TakingBack:
    """One undo in progress, in the caller's transaction: first ``plan`` what can be taken back, then ``apply`` it."""

    def __init__(self, connection: Connection, changes: list[RowChange]) -> None:
        self._connection = connection
        self._tables = tables_by_name()
        self._order = {name: position for position, name in enumerate(self._tables)}
        self._changes = {(change.table, change.row_id): change for change in changes}
        self._current = {key: self._row(*key) for key in self._changes}
        self._left = {key for key in self._changes if self._was_edited(key)}
        while more := set(self._held_back()):
            self._left |= more

    @property
    def left(self) -> tuple[LeftRow, ...]:
        """The rows that stay as they are, oldest table first."""
        return tuple(LeftRow(table, row_id, self._name(table, row_id)) for table, row_id in sorted(self._left))

    def apply(self) -> list[RowChange]:
        """Write the rows back, children removed before parents and parents restored before children.

        References are checked at the commit: a removed row may still be named by one that is rewritten after it.
        """
        self._connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        done = [change for key, change in self._changes.items() if key not in self._left]
        done.sort(key=lambda change: (self._order[change.table], change.row_id))
        removed = [self._remove(change) for change in reversed(done) if change.change is Change.ADDED]
        restored = [self._restore(change) for change in done if change.change is Change.REMOVED]
        rewritten = [self._rewrite(change) for change in done if change.change is Change.CHANGED]
        return removed + restored + rewritten

    def _row(self, table: str, row_id: int) -> Values | None:
        target = self._tables[table]
        found = self._connection.execute(select(target).where(target.c.id == row_id)).mappings().first()
        return None if found is None else {name: encode(value) for name, value in found.items()}

    def _was_edited(self, key: Key) -> bool:
        change, now = self._changes[key], self._current[key]
        if change.before is None and change.after is None:
            return True
        if change.after is None:
            return now is not None
        return now is None or any(now[n] != value for n, value in change.after.items() if n != "version")

    def _held_back(self) -> Iterator[Key]:
        """Find rows that cannot go: another row that stays needs them, or they belong to a row that stays."""
        for key, change in self._changes.items():
            if key in self._left or change.change is not Change.ADDED:
                continue
            if self._is_needed(key) or self._belongs_to_left(key):
                yield key

    def _is_needed(self, key: Key) -> bool:
        name, row_id = key
        for table in self._tables.values():
            for foreign in table.foreign_keys:
                if foreign.column.table.name != name or "id" not in table.c or foreign.column.name != "id":
                    continue
                users = self._connection.scalars(select(table.c.id).where(foreign.parent == row_id))
                if any(not self._lets_go((table.name, user), foreign.parent.name) for user in users):
                    return True
        return False

    def _lets_go(self, user: Key, column: str) -> bool:
        """Say whether a row that points here goes with the same undo, or is turned away from here by it."""
        change = self._changes.get(user)
        if change is None or user in self._left:
            return False
        return change.change is Change.ADDED or (change.after is not None and column in change.after)

    def _belongs_to_left(self, key: Key) -> bool:
        """Say whether a row is part of one that stays, as an update is of its action; who leads it is no part of it."""
        now = self._current[key] or {}
        for foreign in self._tables[key[0]].foreign_keys:
            if foreign.parent.nullable:
                continue
            parent = (foreign.column.table.name, now.get(foreign.parent.name))
            if parent in self._left and self._changes[parent].change is Change.ADDED:
                return True
        return False

    def _remove(self, change: RowChange) -> RowChange:
        table = self._tables[change.table]
        self._connection.execute(table.delete().where(table.c.id == change.row_id))
        before = self._current[change.table, change.row_id]
        return RowChange(change.table, change.row_id, Change.REMOVED, before, None)

    def _restore(self, change: RowChange) -> RowChange:
        table, values = self._tables[change.table], dict(change.before or {})
        values["version"] += 1
        self._connection.execute(table.insert().values(_decoded(table, values)))
        return RowChange(change.table, change.row_id, Change.ADDED, None, values)

    def _rewrite(self, change: RowChange) -> RowChange:
        table, now = self._tables[change.table], self._current[change.table, change.row_id] or {}
        values = dict(change.before or {}) | {"version": now["version"] + 1}
        self._connection.execute(table.update().where(table.c.id == change.row_id).values(_decoded(table, values)))
        return RowChange(change.table, change.row_id, Change.CHANGED, {n: now[n] for n in values}, values)

    def _name(self, table: str, row_id: int) -> str:
        now = self._current[table, row_id] or {}
        owner = now.get("action_id")
        if owner is not None:
            action = self._row("action", owner) or {}
            return f"{table.replace('_', ' ')} of {action.get('ref', owner)}"
        return str(now.get("ref") or now.get("title") or now.get("name") or f"{table} {row_id}")


def _decoded(table: Table, values: Values) -> Values:
    return {name: decode(table, name, value) for name, value in values.items()}
