"""Brings a store's schema up to this program's: one transaction, checked before it is committed, backed up before.

Kill it at any moment and the store is the old one or the new one.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

import models.tables  # noqa: F401 - every table is known
from csp_desktop.access import Keys
from csp_desktop.backup import Backup, Reason, back_up
from csp_desktop.errors import CspError, StoreDamagedError
from csp_desktop.troubles import disk_troubles
from models.base import Base
from models.engine import open_engine, read_schema_version
from models.migrations import CURRENT, Schema

_STAMP = (
    "CREATE TABLE alembic_version ("
    "version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


@dataclass(frozen=True, slots=True)
class Migrated:
    """A store that was brought up to date, from which version, and the backup of how it was."""

    from_version: str
    to_version: str
    backup: Backup


class MigrationError(RuntimeError):
    """A revision broke a reference or lost rows: a bug of ours. Its transaction was taken back; the store is as was."""


def create_schema(engine: Engine) -> None:
    """Create every table in an empty file and stamp it with the current version.

    Ten times as fast as running all revisions, and the same: a test compares the two.
    """
    with engine.begin() as connection:
        for statement in _statements():
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(_STAMP)
        connection.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (CURRENT.version,))


@cache
def _statements() -> tuple[str, ...]:
    """Return what makes every table and index of an empty file; writing it out takes longer than running it."""
    speaks = sqlite.dialect()
    made: list[str] = []
    for table in Base.metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=speaks)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=speaks)) for index in indexes]
    return tuple(made)


def require_known_version(path: Path, keys: Keys, schema: Schema = CURRENT) -> str:
    """Return the version of the store's schema; nothing is written.

    Raises StoreDamagedError where the file holds no store, and CspError where it is newer than this program.
    """
    version = read_schema_version(path, keys.data_key)
    if version is None:
        raise StoreDamagedError(f"{path.name} is empty: what it held is lost.")
    if schema.is_newer(version):
        raise CspError(
            f"{path.name} was last used by a newer version of CSP Desktop (its schema is {version}, this program knows "
            f"{schema.version}). Nothing was changed. Ask IT for the newer version."
        )
    return version


def bring_up_to_date(path: Path, keys: Keys, now: datetime, schema: Schema = CURRENT) -> Migrated | None:
    """Migrate the store at ``path`` where its schema is older, after a checked backup; None where it is current.

    The caller holds the store. Raises CspError where it is newer, or the disk is full or read-only, and
    MigrationError; in each case the store is as it was.
    """
    version = require_known_version(path, keys, schema)
    if version == schema.version:
        return None
    made = back_up(path, keys, Reason.BEFORE_MIGRATION, now)
    with disk_troubles(f"{path.name} could not be brought up to date", "The store is as it was."):
        engine = open_engine(path, keys.data_key, enforce_foreign_keys=False)
        try:
            with engine.begin() as connection:
                upgrade(connection, schema)
        finally:
            engine.dispose()
    return Migrated(version, schema.version, made.backup)


def upgrade(connection: Connection, schema: Schema = CURRENT) -> None:
    """Run the revisions in the caller's transaction and check what came of them. Raises MigrationError.

    Foreign keys must be off on ``connection``: a rebuilt table takes its children with it otherwise. A table that is
    there before and after keeps its number of rows.
    """
    from alembic import command
    from alembic.config import Config

    before = _row_counts(connection)
    config = Config()
    # The doubled sign: the setting goes through configparser's interpolation, and a path may hold a percent sign.
    config.set_main_option("script_location", str(schema.scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, schema.version)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise MigrationError(f"{len(broken)} rows point to nothing, first in table {broken[0][0]}")
    after = _row_counts(connection)
    lost = [name for name, count in before.items() if name in after and after[name] != count]
    if lost:
        raise MigrationError(f"the number of rows changed in {', '.join(lost)}")


def _row_counts(connection: Connection) -> dict[str, int]:
    found = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        " AND name != 'alembic_version'"
    )
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608 - own names
        for (name,) in found.all()
    }
