"""Opens the encrypted file: the key first, then the pragmas that were measured to keep every acknowledged commit.

Two kinds of connection, each with a transaction mode of its own. A writer begins IMMEDIATE: a transaction that reads
first and writes later fails at once in WAL mode when another has written in between. A reader cannot write at all.

A trap: SQLAlchemy's AUTOCOMMIT option still sends BEGIN. What must run outside a transaction (VACUUM, a checkpoint)
goes through ``raw_connection()`` or ``connect``.
"""

import os
from enum import StrEnum
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

SQLITE_READONLY, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR = 8, 5, 6, 10
SQLITE_CORRUPT, SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_NOTADB = 11, 13, 14, 26
SQLITE_IOERR_SHORT_READ = 522
SQLITE_IOERR_SHMSIZE = 4874  # no room for the log's index

_DATA_KEY = "csp_data_key"

_WRITER = (
    "PRAGMA synchronous=EXTRA",  # while the file becomes a WAL file; a power cut in between lost commits otherwise
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=3000",
)
_READER = ("PRAGMA temp_store=MEMORY", "PRAGMA busy_timeout=3000", "PRAGMA query_only=ON")


class Trouble(StrEnum):
    """What a database error means for the person at the screen."""

    DAMAGED = "damaged"
    FULL = "full"
    READ_ONLY = "read_only"
    BUSY = "busy"
    UNREADABLE = "unreadable"


_BY_CODE = {
    SQLITE_CORRUPT: Trouble.DAMAGED,
    SQLITE_NOTADB: Trouble.DAMAGED,
    SQLITE_IOERR_SHORT_READ: Trouble.DAMAGED,
    SQLITE_FULL: Trouble.FULL,
    SQLITE_IOERR_SHMSIZE: Trouble.FULL,
    SQLITE_READONLY: Trouble.READ_ONLY,
    SQLITE_CANTOPEN: Trouble.READ_ONLY,
    SQLITE_BUSY: Trouble.BUSY,
    SQLITE_LOCKED: Trouble.BUSY,
    SQLITE_IOERR: Trouble.UNREADABLE,
}
_BY_WORDS = {
    "database disk image is malformed": Trouble.DAMAGED,
    "file is not a database": Trouble.DAMAGED,
    "database or disk is full": Trouble.FULL,
    "attempt to write a readonly database": Trouble.READ_ONLY,
    "unable to open database file": Trouble.READ_ONLY,
    "database is locked": Trouble.BUSY,
    "database table is locked": Trouble.BUSY,
    "disk I/O error": Trouble.UNREADABLE,
}


def create_empty_file(path: Path) -> None:
    """Create ``path`` empty for its owner alone; the files SQLite lays beside it take over the same permissions.

    On Windows the mode says nothing: there the per-user data folder's own access list keeps others out.
    Raises FileExistsError where something is there already.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def connect(
    path: Path, data_key: bytes, *, read_only: bool = False, enforce_foreign_keys: bool = True
) -> dbapi2.Connection:
    """Open one connection to an existing file with its 32-byte key, in no transaction.

    Raises the driver's errors: ``trouble_of`` says what they mean. A file that is missing is not created.
    """
    connection = _keyed(path, data_key)
    try:
        connection.execute(f"PRAGMA foreign_keys={'ON' if enforce_foreign_keys else 'OFF'}")
        for pragma in _READER if read_only else _WRITER:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def _keyed(path: Path, data_key: bytes) -> dbapi2.Connection:
    connection = dbapi2.connect(
        path.absolute().as_uri() + "?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA cipher_log_level=NONE")  # before the key: a wrong one prints to stderr otherwise
    connection.execute(f"PRAGMA key=\"x'{data_key.hex()}'\"")
    return connection


def open_engine(path: Path, data_key: bytes, *, read_only: bool = False, enforce_foreign_keys: bool = True) -> Engine:
    """Return an engine over an existing encrypted file; nothing is touched before its first connection.

    Connections may pass between threads, one at a time each. Call ``dispose()`` before the file is replaced.
    ``enforce_foreign_keys=False`` is for migrations alone: rebuilding a table deletes its children otherwise.
    """

    def connection() -> dbapi2.Connection:
        return connect(path, data_key, read_only=read_only, enforce_foreign_keys=enforce_foreign_keys)

    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=dbapi2,
        creator=connection,
        poolclass=QueuePool,
        execution_options={_DATA_KEY: data_key},
        hide_parameters=True,  # a failing statement's values are personal data and must not reach a log
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def data_key_of(engine: Engine) -> bytes:
    """Return the key that an engine of ``open_engine`` opens its file with: a backup is written under the same."""
    key: bytes = engine.get_execution_options()[_DATA_KEY]
    return key


def read_schema_version(path: Path, data_key: bytes) -> str | None:
    """Return the schema version that the file carries, with plain SQL; None where it has none (an empty file)."""
    connection = connect(path, data_key, read_only=True)
    try:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if found else None
    finally:
        connection.close()
    return None if row is None else str(row[0])


def quick_check(connection: dbapi2.Connection) -> list[str]:
    """Return what is wrong with the file, page by page; empty when it is whole. Sees any single damaged bit."""
    try:
        rows = connection.execute("PRAGMA quick_check").fetchall()
    except dbapi2.DatabaseError as error:
        if trouble_of(error) is not Trouble.DAMAGED:
            raise
        return [str(error)]
    return [str(row[0]) for row in rows if row[0] != "ok"]


def count_rows(connection: dbapi2.Connection) -> dict[str, int]:
    """Return the number of rows of each table, by its name, in alphabetical order."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
    ).fetchall()
    return {
        str(name): int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - own names
        for (name,) in names
    }


def last_id_given(connection: dbapi2.Connection, table: str) -> int:
    """Return the highest id that a table ever gave, also to rows that are gone; 0 where it gave none."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return int(row[0]) if row else 0


def checkpoint(path: Path, data_key: bytes) -> None:
    """Move everything from the write-ahead log into the file itself and empty the log."""
    connection = connect(path, data_key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def copy_database(source: dbapi2.Connection, copy: Path, data_key: bytes) -> None:
    """Copy the state that ``source`` sees into the new file ``copy`` under the same key, while others write on.

    A plain copy of the file would tear: SQLite's own backup reads page by page through the log.
    """
    create_empty_file(copy)
    target = _keyed(copy, data_key)
    try:
        source.backup(target)
    finally:
        target.close()


def trouble_of(error: BaseException) -> Trouble | None:
    """Say what an error of the database driver, or SQLAlchemy's wrapping of one, means; None for any other."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(origin, dbapi2.Error):
        return None
    code = getattr(origin, "sqlite_errorcode", None)
    if code is None:  # the driver's backup gives the words alone
        return _BY_WORDS.get(str(origin))
    return _BY_CODE.get(code, _BY_CODE.get(code & 0xFF))
