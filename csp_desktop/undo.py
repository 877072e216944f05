"""Taking back a Step: the rows are written back as a new audited write, unless someone changed them since.

An import takes back tens of thousands of rows, so rows are read and written by table and not one by one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from csp_desktop.audit import RowChange, Values
from csp_desktop.errors import CspError
from csp_desktop.loads import LOAD, NEEDS_OTHERS, LoadRows
from csp_desktop.recording import tables_by_name
from csp_desktop.row_names import BELONGS, NAMED_BY, joined, points_at
from csp_desktop.stored import StoredTable
from models.vocabulary import Change

Key = tuple[str, int]
_MOST_LEFT = 200
_OWNED = {**BELONGS, "milestone": ("action_id",)}
_WORDS = {"cohort_member": "index event", "iom_status": "status", "need_score": "need"}
_GOES_UNSAID = frozenset({"returned_update", "settled_cell"})
"""Rows that stand beside others, which are named themselves."""


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
        self.moved = 0  # rows of loads, which no change records one by one
        self._tables = tables_by_name()
        self._order = {name: position for position, name in enumerate(self._tables)}
        self._stored = {name: StoredTable(connection, table) for name, table in self._tables.items()}
        self._changes = {(change.table, change.row_id): change for change in changes}
        self._current = self._rows(self._changes)
        self._loads = LoadRows(connection)
        self._going = [row_id for table, row_id in self._changes if table == LOAD and self._adds((table, row_id))]
        self._edited_of_loads = self._loads.edited(self._going)
        self._users = self._find_users()
        self._left = {key for key in self._changes if self._was_edited(key)}
        while more := set(self._held_back()):
            self._left |= more

    @property
    def left(self) -> tuple[LeftRow, ...]:
        """The rows that stay as they are, oldest table first."""
        told = [key for key in sorted(self._left) if key[0] not in _GOES_UNSAID]
        of_loads = self._edited_of_loads[:_MOST_LEFT]
        self._current |= self._rows(of_loads)
        return tuple(LeftRow(table, row_id, self._name(table, row_id)) for table, row_id in (*told, *of_loads))

    def apply(self) -> list[RowChange]:
        """Write the rows back, children removed before parents and parents restored before children.

        References are checked at the commit: a removed row may still be named by one that is rewritten after it.
        """
        self._connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        done = [change for key, change in self._changes.items() if key not in self._left]
        done.sort(key=lambda change: (self._order[change.table], change.row_id))
        self.moved = self._loads.take_out(self._going)
        removed = self._remove([change for change in reversed(done) if change.change is Change.ADDED])
        restored = self._restore([change for change in done if change.change is Change.REMOVED])
        self.moved += self._loads.put_back(change.row_id for change in restored if change.table == LOAD)
        rewritten = self._rewrite([change for change in done if change.change is Change.CHANGED])
        self._require_named(restored)
        return removed + restored + rewritten

    def _adds(self, key: Key) -> bool:
        return self._changes[key].change is Change.ADDED and self._current[key] is not None

    def _rows(self, keys: Iterable[Key]) -> dict[Key, Values | None]:
        """Return the present rows of these keys, None for those that are gone."""
        wanted: dict[str, list[int]] = {}
        for table, row_id in keys:
            wanted.setdefault(table, []).append(row_id)
        found = {table: self._stored[table].read(ids) for table, ids in wanted.items()}
        return {(table, row_id): found[table].get(row_id) for table, row_id in keys}

    def _was_edited(self, key: Key) -> bool:
        change, now = self._changes[key], self._current[key]
        if change.before is None and change.after is None:
            return True
        if change.after is None:
            return now is not None
        return now is None or any(now[n] != value for n, value in change.after.items() if n != "version")

    def _find_users(self) -> dict[Key, list[tuple[Key, str]]]:
        """Return, by row that the Step added, the rows that name it, each with the column that does."""
        added: dict[str, list[int]] = {}
        for change in self._changes.values():
            if change.change is Change.ADDED:
                added.setdefault(change.table, []).append(change.row_id)
        users: dict[Key, list[tuple[Key, str]]] = {}
        for table, column, used in self._foreign():
            if used in added:
                for user, row_id in self._stored[table].pointing(column, added[used], self._going):
                    users.setdefault((used, row_id), []).append(((table, user), column))
        for key, row in self._rows(self._edited_of_loads).items():
            for column, used_key in self._names_of(key[0], row or {}):
                users.setdefault(used_key, []).append((key, column))
        return users

    def _foreign(self) -> Iterator[tuple[str, str, str]]:
        """Yield each column that names a row by its id: its table, the column, and the table of that row."""
        for table in self._tables.values():
            for foreign in table.foreign_keys:
                if "id" in table.c and foreign.column.name == "id":
                    yield table.name, foreign.parent.name, foreign.column.table.name

    def _names_of(self, table: str, row: Values) -> Iterator[tuple[str, Key]]:
        """Yield what a row of a load names besides the load: the column, and the row it holds the id of."""
        for foreign in self._tables[table].foreign_keys:
            used, column = foreign.column.table.name, foreign.parent.name
            if used != LOAD and row.get(column) is not None:
                yield column, (used, row[column])

    def _held_back(self) -> Iterator[Key]:
        """Find rows that cannot go: another row that stays needs them, or they belong to a row that stays."""
        for key, change in self._changes.items():
            if key in self._left or change.change is not Change.ADDED:
                continue
            if self._is_needed(key) or self._belongs_to_left(key):
                yield key

    def _is_needed(self, key: Key) -> bool:
        return any(not self._lets_go(user, column) for user, column in self._users.get(key, ()))

    def _lets_go(self, user: Key, column: str) -> bool:
        """Say whether a row that points here goes with the same undo, or is turned away from here by it."""
        change = self._changes.get(user)
        if change is None or user in self._left:
            return False
        return change.change is Change.ADDED or (change.after is not None and column in change.after)

    def _belongs_to_left(self, key: Key) -> bool:
        """Say whether a row is part of one that stays, as an update is of its action; who leads it is no part of it."""
        if not self._left:
            return False
        now = self._current[key] or {}
        for foreign in self._tables[key[0]].foreign_keys:
            if foreign.parent.nullable:
                continue
            parent = (foreign.column.table.name, now.get(foreign.parent.name))
            if parent in self._left and self._changes[parent].change is Change.ADDED:
                return True
        return False

    def _remove(self, changes: list[RowChange]) -> list[RowChange]:
        for table, those in groupby(changes, key=lambda change: change.table):
            self._stored[table].delete([change.row_id for change in those])
        return [
            RowChange(each.table, each.row_id, Change.REMOVED, self._current[each.table, each.row_id], None)
            for each in changes
        ]

    def _restore(self, changes: list[RowChange]) -> list[RowChange]:
        restored = [
            RowChange(each.table, each.row_id, Change.ADDED, None, _next_version(self._placed(each), each.before))
            for each in changes
        ]
        for table, those in groupby(restored, key=lambda change: change.table):
            rows = [change.after or {} for change in those]
            self._stored[table].require_room(rows)
            self._stored[table].insert(rows)
        return restored

    def _require_named(self, restored: list[RowChange]) -> None:
        """Raise CspError where a row that came back names one that is gone: another undo took it out."""
        for table, those in groupby(restored, key=lambda change: change.table):
            rows = [change.after or {} for change in those]
            for foreign in self._tables[table].foreign_keys:
                named = {row[foreign.parent.name] for row in rows if row.get(foreign.parent.name) is not None}
                if foreign.column.name == "id" and len(self._stored[foreign.column.table.name].read(named)) < len(
                    named
                ):
                    raise CspError(NEEDS_OTHERS)

    def _placed(self, change: RowChange) -> Values:
        """Return the values of a row to restore; the load it came with may have been taken back since."""
        values = change.before or {}
        load_id = values.get("load_id")
        is_there = load_id is None or (LOAD, load_id) in self._changes or self._stored[LOAD].read([load_id])
        return values if is_there else values | {"load_id": None}

    def _rewrite(self, changes: list[RowChange]) -> list[RowChange]:
        rewritten = []
        for each in changes:
            now = self._current[each.table, each.row_id] or {}
            values = _next_version(each.before or {}, now)
            before = {name: now[name] for name in values}
            rewritten.append(RowChange(each.table, each.row_id, Change.CHANGED, before, values))
        # rows next to each other that change the same columns go together, so the order stays as it was
        for (table, columns), group in groupby(rewritten, key=lambda change: (change.table, tuple(change.after or ()))):
            those = list(group)
            whole = [{**(self._current[each.table, each.row_id] or {}), **(each.after or {})} for each in those]
            self._stored[table].require_room(whole, columns)
            self._stored[table].update([(change.row_id, change.after or {}) for change in those])
        return rewritten

    def _name(self, table: str, row_id: int) -> str:
        now = self._current[table, row_id] or {}
        words = _WORDS.get(table, table.replace("_", " "))
        for column in _OWNED.get(table, ()):
            owner = points_at(table, column)
            if owner is not None and now.get(column) is not None:
                row = self._rows([(owner, now[column])])[owner, now[column]] or {}
                return f"{words} of {self._called(owner, row) or now[column]}"
        return self._called(table, now) or f"{words} {row_id}"

    def _called(self, table: str, row: Values) -> str:
        """Return what a row is called, shortly: by its ref alone where it has one, people by their id and no name."""
        short = row.get("ref") or row.get("reference")
        return (
            str(short) if short else joined(self._part(table, part, row.get(part)) for part in NAMED_BY.get(table, ()))
        )

    def _part(self, table: str, column: str, value: Any) -> Any:
        used = points_at(table, column)
        if used is None or value is None:
            return value
        return self._called(used, self._rows([(used, value)])[used, value] or {})


def _next_version(values: Values, now: Values | None) -> Values:
    """Return values to write back, under the version that follows the present one."""
    return dict(values) | {"version": (now or {})["version"] + 1}
