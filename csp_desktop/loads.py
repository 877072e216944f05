"""Taking a load back and bringing it in again: rows by the million, which no Step records one by one.

A Step records the one ``Load``; its rows name it. Taken back, rows that nobody has touched are packed away for this
session and leave the tables. Rows edited since stay: they no longer belong to the load, and are told. Persons and
offence codes that other rows still need stay too, without a word, for nobody entered them for their own sake.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from csp_desktop.errors import CspError
from csp_desktop.recording import tables_by_name
from csp_desktop.stored import StoredTable
from models.records import AuditChange
from models.reoffending import OffenceCode, Offender
from models.staging import StagedBlock, StagedImport, StagedRow, TakenOutRows
from models.vocabulary import Change

LOAD = "load"
_AT_ONCE = 5_000
_CACHE_KIB = 128 * 1024
_FAST = 1
_SHARED = frozenset({Offender.__tablename__, OffenceCode.__tablename__})
_GONE = (
    "The rows of this import were kept to the end of the session that took it back, and are gone now. Bring its file "
    "in again instead; nothing was changed."
)

NEEDS_OTHERS = "These rows need others that were taken back too. Bring those back first; nothing was changed."


class LoadRows:
    """The rows of loads in the caller's transaction: what was edited of them, taking them out, putting them back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        tables = tables_by_name()
        self._tables = {name: table for name, table in tables.items() if "load_id" in table.c and "version" in table.c}
        self._pointing = [
            (table, key.parent.name, key.column.table.name)
            for table in tables.values()
            for key in table.foreign_keys
            if key.column.table.name in _SHARED
        ]

    def edited(self, load_ids: Collection[int]) -> list[tuple[str, int]]:
        """Return table and id of the rows of these loads that are no longer as they came in.

        A row that was changed and changed back, as an undo does, is as it came in.
        """
        found = []
        for load_id in load_ids:
            for name in self._tables:
                rows = self._all(f"SELECT id FROM {name} WHERE load_id = ? AND version != 1", (load_id,))  # noqa: S608 - own names
                ids = [row[0] for row in rows]
                found += [(name, row_id) for row_id in ids if self._has_moved(name, row_id)]
        return found

    def take_out(self, load_ids: Iterable[int]) -> int:
        """Take these loads' rows out, keep them packed, and return how many.

        Those that were edited, or are needed, leave the load.
        """
        with large_cache(self._connection):
            return sum(self._take_out(load_id) for load_id in load_ids)

    def put_back(self, load_ids: Iterable[int]) -> int:
        """Put rows that were taken out back, and return how many.

        Raises CspError where they are gone, or cannot stand in the store now.
        """
        with large_cache(self._connection):
            return sum(self._put_back(load_id) for load_id in load_ids)

    def _take_out(self, load_id: int) -> int:
        moved = 0
        for name, row_id in self.edited([load_id]):
            self._connection.exec_driver_sql(f"UPDATE {name} SET load_id = NULL WHERE id = ?", (row_id,))  # noqa: S608 - own names
        for name, table in reversed(self._tables.items()):
            if name in _SHARED:
                self._let_needed_go(name, load_id)
            self._pack(table, load_id)
            gone = self._connection.exec_driver_sql(f"DELETE FROM {name} WHERE load_id = ?", (load_id,))  # noqa: S608 - own names
            moved += gone.rowcount
        return moved

    def _put_back(self, load_id: int) -> int:
        moved = 0
        for name, table in self._tables.items():
            blocks = self._all(
                "SELECT rows FROM taken_out_rows WHERE load_id = ? AND table_name = ? ORDER BY id", (load_id, name)
            )
            if not blocks:
                raise CspError(_GONE)
            moved += self._unpack(table, (block[0] for block in blocks))
            self._require_fitting(table, load_id)
        self._connection.execute(delete(TakenOutRows).where(TakenOutRows.load_id == load_id))
        return moved

    def _all(self, sql: str, given: tuple[Any, ...]) -> list[Any]:
        return list(self._connection.exec_driver_sql(sql, given))

    def _has_moved(self, name: str, row_id: int) -> bool:
        """Say whether a row differs from what it was before the first change that a Step recorded of it."""
        query = (
            select(AuditChange.change, AuditChange.before)
            .where(AuditChange.table_name == name, AuditChange.row_id == row_id)
            .order_by(AuditChange.id)
        )
        first: dict[str, Any] = {}
        for row in self._connection.execute(query):
            if row.change is not Change.CHANGED or row.before is None:
                return True
            first = row.before | first
        now = StoredTable(self._connection, self._tables[name]).read([row_id])[row_id]
        return any(now[column] != value for column, value in first.items() if column != "version")

    def _let_needed_go(self, name: str, load_id: int) -> None:
        """Take shared rows out of the load that another row still needs."""
        needed = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table.name} AS user WHERE user.{column} = {name}.id)"  # noqa: S608 - own names
            for table, column, used in self._pointing
            if used == name
        )
        self._connection.exec_driver_sql(
            f"UPDATE {name} SET load_id = NULL WHERE load_id = ? AND ({needed})",  # noqa: S608 - own names
            (load_id,),
        )

    def _pack(self, table: Table, load_id: int) -> None:
        """Keep a table's rows of a load, one block at least: none says that nothing is kept any more."""
        last, is_first = 0, True
        while True:
            rows = self._all(
                f"SELECT {_columns(table)} FROM {table.name} WHERE load_id = ? AND id > ? ORDER BY id LIMIT {_AT_ONCE}",  # noqa: S608 - own names
                (load_id, last),
            )
            if not rows and not is_first:
                return
            packed = zlib.compress(json.dumps([list(row) for row in rows]).encode(), _FAST)
            self._connection.execute(insert(TakenOutRows).values(load_id=load_id, table_name=table.name, rows=packed))
            if len(rows) < _AT_ONCE:
                return
            last, is_first = rows[-1][0], False

    def _unpack(self, table: Table, blocks: Iterable[bytes]) -> int:
        moved = 0
        marks = ", ".join("?" * len(table.columns))
        for block in blocks:
            rows = [tuple(row) for row in json.loads(zlib.decompress(block))]
            StoredTable(self._connection, table).require_room(
                [dict(zip(_names(table), row, strict=True)) for row in rows]
            )
            if rows:
                sql = f"INSERT INTO {table.name} ({_columns(table)}) VALUES ({marks})"  # noqa: S608 - own names
                self._connection.exec_driver_sql(sql, rows)
                moved += len(rows)
        return moved

    def _require_fitting(self, table: Table, load_id: int) -> None:
        """Raise CspError where a row names one that is gone."""
        for key in table.foreign_keys:
            column, used = key.parent.name, key.column.table.name
            if used == LOAD:
                continue
            found = self._all(
                f"SELECT 1 FROM {table.name} AS own WHERE own.load_id = ? AND own.{column} IS NOT NULL"  # noqa: S608 - own names
                f" AND NOT EXISTS (SELECT 1 FROM {used} AS used WHERE used.id = own.{column}) LIMIT 1",
                (load_id,),
            )
            if found:
                raise CspError(NEEDS_OTHERS)


@contextmanager
def large_cache(connection: Connection) -> Iterator[None]:
    """Give a connection more room during the block: an index that millions of rows go into stays in memory whole."""
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar()
    connection.exec_driver_sql(f"PRAGMA cache_size=-{_CACHE_KIB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={before}")


def drop_leftovers(connection: Connection) -> None:
    """Drop what an earlier session left staged, or kept for doing again: nothing of it can be used any more."""
    for model in (StagedRow, StagedBlock, StagedImport, TakenOutRows):
        connection.execute(delete(model))


def has_leftovers(connection: Connection) -> bool:
    """Say whether an earlier session left anything behind."""
    return any(connection.execute(select(model.id).limit(1)).first() for model in (StagedImport, TakenOutRows))


def _names(table: Table) -> list[str]:
    return ["id", *(column.name for column in table.columns if column.name != "id")]


def _columns(table: Table) -> str:
    return ", ".join(_names(table))
