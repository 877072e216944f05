"""Rows of one table many at a time, between what the file stores and what a Step records of them.

For most columns the two are the same: text, numbers, words, and dates as ISO text. Where they are not, the column's
own type translates.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any, cast

from sqlalchemy import Column, Connection, Date, Dialect, Integer, String, Table, UniqueConstraint
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from csp_desktop.audit import Values
from csp_desktop.errors import CspError
from csp_desktop.recording import Recorder, decode, encode
from models.base import Row

_Translate = Callable[[Any], Any]
_STORED_AS_RECORDED = (String, Integer, Date)  # words are strings


class StoredTable:
    """One table with an ``id``, over an open connection."""

    def __init__(self, connection: Connection, table: Table) -> None:
        quoting = connection.dialect.identifier_preparer
        self._connection = connection
        self._table = table
        self._name = quoting.format_table(table)
        self._quoted = {column.name: quoting.format_column(column) for column in table.columns}
        self._unique = [
            [column.name for column in each.columns] for each in table.constraints if isinstance(each, UniqueConstraint)
        ]
        unlike = [column for column in table.columns if not isinstance(column.type, _STORED_AS_RECORDED)]
        self._to_file = {column.name: _to_file(table, column, connection.dialect) for column in unlike}
        self._from_file = {column.name: _from_file(column, connection.dialect) for column in unlike}

    def read(self, ids: Iterable[int]) -> dict[int, Values]:
        """Return the rows of these ids that there are, each as it would be recorded."""
        names, columns = list(self._quoted), ", ".join(self._quoted.values())
        found = self._connection.exec_driver_sql(
            f"SELECT {columns} FROM {self._name} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608 - own names
            (_listed(ids),),
        )
        rows: dict[int, Values] = {}
        for row in found:
            values = dict(zip(names, row, strict=True))
            for name, translate in self._from_file.items():
                values[name] = translate(values[name])
            rows[values["id"]] = values
        return rows

    def pointing(self, column: str, ids: Iterable[int], going: Iterable[int] = ()) -> Iterator[tuple[int, int]]:
        """Yield each row whose ``column`` holds one of these ids: its own id, then that one.

        Rows of the loads ``going`` are passed over: they go with those, a million at a time.
        """
        name = self._quoted[column]
        sql = f"SELECT id, {name} FROM {self._name} WHERE {name} IN (SELECT value FROM json_each(?))"  # noqa: S608 - own names
        given = [_listed(ids)]
        if "load_id" in self._quoted and (loads := list(going)):
            sql += " AND (load_id IS NULL OR load_id NOT IN (SELECT value FROM json_each(?)))"
            given.append(_listed(loads))
        found = self._connection.exec_driver_sql(sql, tuple(given))
        yield from map(tuple, found)

    def require_room(self, rows: Sequence[Values], moved: Collection[str] | None = None) -> None:
        """Raise CspError where a row that is to come back can be there but once, and has come in anew meanwhile.

        ``rows`` are whole; ``moved`` are the columns of rows that stay in which they change.
        """
        for columns in self._unique:
            if moved is not None and not set(columns) & set(moved):
                continue
            wanted = json.dumps([[*(row.get(column) for column in columns), row.get("id")] for row in rows])
            same = " AND ".join(
                f"{self._name}.{self._quoted[column]} = json_extract(wanted.value, '$[{position}]')"
                for position, column in enumerate(columns)
            )
            found = self._connection.exec_driver_sql(
                f"SELECT 1 FROM json_each(?) AS wanted JOIN {self._name} ON {same} "  # noqa: S608 - own names
                f"WHERE {self._name}.id <> json_extract(wanted.value, '$[{len(columns)}]') LIMIT 1",
                (wanted,),
            )
            if found.first() is not None:
                raise CspError(
                    "What was taken back has come in again since, so it cannot be brought back beside it; nothing was "
                    "changed."
                )

    def insert(self, rows: Sequence[Values]) -> None:
        """Add recorded rows, ids and all. A row recorded before a column came gets that column's default."""
        whole = [row for row in rows if len(row) == len(self._quoted)]
        names = list(self._quoted)
        marks = ", ".join("?" * len(names))
        columns = ", ".join(self._quoted.values())
        self._many(f"INSERT INTO {self._name} ({columns}) VALUES ({marks})", self._as_stored(whole, names))  # noqa: S608 - own names
        for row in rows:
            if len(row) != len(self._quoted):
                values = {name: decode(self._table, name, value) for name, value in row.items()}
                self._connection.execute(self._table.insert().values(values))

    def update(self, rows: Sequence[tuple[int, Values]]) -> None:
        """Set recorded values in the rows of these ids; each names the same columns."""
        if not rows:
            return
        names = list(rows[0][1])
        sets = ", ".join(f"{self._quoted[name]} = ?" for name in names)
        stored = self._as_stored([values for _, values in rows], names)
        given = [(*values, row_id) for values, (row_id, _) in zip(stored, rows, strict=True)]
        self._many(f"UPDATE {self._name} SET {sets} WHERE id = ?", given)  # noqa: S608 - own names

    def delete(self, ids: Iterable[int]) -> None:
        """Take out the rows of these ids."""
        self._connection.exec_driver_sql(
            f"DELETE FROM {self._name} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608 - own names
            (_listed(ids),),
        )

    def last_id_given(self) -> int:
        """Return the highest id that the table ever gave, also to rows that are gone; 0 where it gave none."""
        found = self._connection.exec_driver_sql(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", (self._table.name,)
        ).scalar()
        return int(found or 0)

    def _as_stored(self, rows: Iterable[Values], names: Sequence[str]) -> list[tuple[Any, ...]]:
        translated = [(name, self._to_file[name]) for name in names if name in self._to_file]
        stored = []
        for row in rows:
            values = row | {name: translate(row[name]) for name, translate in translated} if translated else row
            stored.append(tuple(values[name] for name in names))
        return stored

    def _many(self, statement: str, given: list[tuple[Any, ...]]) -> None:
        if given:
            self._connection.exec_driver_sql(statement, given)


def add_rows(session: Session, model: type[Row], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add rows, thousands at once, in the session's transaction and return their new ids, in order.

    Each is given by its attributes; what it leaves out takes the model's default. The Step records every row, as if
    it had been added by ``session.add``, but no mapped row is made, and what was added before must be flushed.
    """
    if not rows:
        return []
    recorder, defaults = Recorder.of(session), _Defaults(model)
    table = StoredTable(session.connection(), cast("Table", model.__table__))
    first = table.last_id_given() + 1
    recorded = [{**defaults.of(row), "id": row_id, "version": 1} for row_id, row in enumerate(rows, start=first)]
    table.insert(recorded)
    for values in recorded:
        recorder.note_added(model.__tablename__, values["id"], values)
    return list(range(first, first + len(rows)))


class _Defaults:
    """The values that a model's rows begin with."""

    def __init__(self, model: type[Row]) -> None:
        self._plain: Values = {}
        self._made: dict[str, Callable[[], Any]] = {}
        factories = {each.name: each.default_factory for each in fields(cast("Any", model))}
        for column in model.__table__.columns:
            if isinstance(column.default, ScalarElementColumnDefault):
                self._plain[column.name] = encode(column.default.arg)
            elif (make := factories.get(column.name, MISSING)) is not MISSING:
                self._made[column.name] = make
            elif column.nullable:
                self._plain[column.name] = None

    def of(self, row: Mapping[str, Any]) -> Values:
        """Return a row's recorded values, defaults included."""
        values = self._plain | {name: encode(value) for name, value in row.items()}
        for name, make in self._made.items():
            if name not in values:
                values[name] = make()
        return values


def _listed(ids: Iterable[int]) -> str:
    return json.dumps(list(ids))


def _to_file(table: Table, column: Column[Any], dialect: Dialect) -> _Translate:
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    name = column.name

    def translate(value: Any) -> Any:
        given = decode(table, name, value)
        return given if bind is None else bind(given)

    return translate


def _from_file(column: Column[Any], dialect: Dialect) -> _Translate:
    result = column.type.dialect_impl(dialect).result_processor(dialect, None)

    def translate(value: Any) -> Any:
        return encode(value if result is None else result(value))

    return translate
