"""Migrations: the scripts lead to what the models say, and a store is brought up to date whole or not at all."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from csp_desktop.backup import is_good, list_backups
from csp_desktop.errors import CspError, StoreDamagedError
from csp_desktop.imports.running import ImportRequest, import_files
from csp_desktop.migrate import MigrationError, bring_up_to_date, create_schema, upgrade
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.records import list_imports
from csp_desktop.restore import restore
from csp_desktop.workspace import keys_of
from models.base import Base
from models.engine import connect, create_empty_file, open_engine, read_schema_version
from models.migrations import CURRENT, Schema
from tests.factories import TODAY, Clock, new_store
from tests.vault import (
    NOON,
    OFFICER,
    PASSPHRASE,
    SINCE_THE_FIRST_RELEASE,
    add_partners,
    as_of_0001,
    made,
    opened,
    partners,
)
from tests.workbooks.handmade_parts import write_sheets

KEY = bytes(32)
NEXT_VERSION = f"{int(CURRENT.version) + 1:04d}"
NEXT = '''"""Give organisations a telephone number and rebuild their table."""
import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("telephone", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("organisation") as batch:
        batch.add_column(sa.Column("telephone", sa.Text(), nullable=False, server_default=""))
        batch.alter_column("statutory_basis", new_column_name="basis")
    {then}
'''


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "empty.csp"
    create_empty_file(path)
    engine = open_engine(path, KEY, enforce_foreign_keys=False)
    yield engine
    engine.dispose()


def next_schema(folder: Path, then: str = "pass") -> Schema:
    """The scripts so far and one more, as the next release would bring them."""
    scripts = folder / "100 % next"
    shutil.copytree(CURRENT.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    script = NEXT.format(number=NEXT_VERSION, before=CURRENT.version, then=then)
    (scripts / "versions" / f"{NEXT_VERSION}_next.py").write_text(script, encoding="utf-8")
    return Schema(NEXT_VERSION, scripts)


def layout(connection: Connection) -> list[tuple[str, ...]]:
    """Every table's columns and foreign keys, every index, as the file has them."""
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").scalars()
    found = []
    for table in list(tables):
        for what in ("table_info", "foreign_key_list", "index_list"):
            rows = connection.exec_driver_sql(f'PRAGMA {what}("{table}")').all()
            # The first value is a running number, in the order of whoever created it.
            found += sorted((table, what, *(str(value).upper() for value in row[1:])) for row in rows)
    return found


def definitions(connection: Connection) -> dict[str, list[str]]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    # A table's clauses come in the order of whoever wrote it; the words in them must be the same.
    return {name: sorted(sql.replace(",", " ").replace("(", " ").replace(")", " ").split()) for name, sql in rows}


def test_the_scripts_lead_to_what_the_models_say(empty: Engine) -> None:
    with empty.begin() as connection:
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == [], (
            'the models have moved on: python -m models.migrations "What changed", '
            'or before the first release python -m models.migrations --first "Create the store", then ruff format'
        )


def test_a_created_store_is_the_same_as_a_migrated_one(empty: Engine, tmp_path: Path) -> None:
    with empty.begin() as connection:
        upgrade(connection)
        migrated = (layout(connection), definitions(connection))
    path = tmp_path / "created.csp"
    create_empty_file(path)
    engine = open_engine(path, KEY)
    create_schema(engine)
    with engine.begin() as connection:
        created = (layout(connection), definitions(connection))
    engine.dispose()
    assert created == migrated


def test_the_current_version_is_the_newest_script_and_scripts_are_numbered() -> None:
    scripts = ScriptDirectory(str(CURRENT.scripts))
    assert scripts.get_heads() == [CURRENT.version]
    assert all(script.revision.isdigit() for script in scripts.walk_revisions())


def test_a_current_store_needs_no_backup(tmp_path: Path) -> None:
    store, _ = made(tmp_path / "plan.csp")
    keys = keys_of(store)
    store.close()
    assert bring_up_to_date(store.path, keys, NOON) is None
    assert list_backups(store.path) == []


def test_an_older_store_is_backed_up_and_brought_up_to_date_with_all_its_rows(tmp_path: Path) -> None:
    store, _ = made(tmp_path / "plan.csp")
    add_partners(store, ["Kirklees Council"])
    with store.write("Also known as") as session:
        session.connection().exec_driver_sql(
            "INSERT INTO organisation_alias (organisation_id, name, name_folded, version) VALUES (1, 'KMC', 'kmc', 1)"
        )
    keys = keys_of(store)
    store.close()
    outcome = bring_up_to_date(store.path, keys, NOON, next_schema(tmp_path))
    assert outcome is not None
    assert (outcome.from_version, outcome.to_version) == (CURRENT.version, NEXT_VERSION)
    assert is_good(outcome.backup)
    assert outcome.backup.reason == "before_migration"
    connection = connect(store.path, keys.data_key)
    rows = connection.execute(
        "SELECT o.name, o.telephone, a.name FROM organisation o JOIN organisation_alias a ON a.organisation_id = o.id"
    ).fetchall()
    connection.close()
    assert rows == [("Kirklees Council", "", "KMC")]
    assert read_schema_version(store.path, keys.data_key) == NEXT_VERSION


def everything(path: Path, key: bytes) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the version's."""
    connection = connect(path, key)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {
        name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()  # noqa: S608 - own names
        for name in names
        if name != "alembic_version" and not name.startswith("sqlite_")
    }
    connection.close()
    return rows


@pytest.fixture
def first_release(tmp_path: Path) -> tuple[Path, bytes]:
    """A store in use, as the first release left it, and its key."""
    folder = tmp_path / "stores"
    folder.mkdir()
    store = new_store(folder, Clock())
    write_sheets(tmp_path / "return.xlsx", {"Return": [["Action", "Lead officer", "RAG"], ["Fit locks", "Al Bo", "G"]]})
    import_files(store, [tmp_path / "return.xlsx"], ImportRequest(), TODAY)
    key = keys_of(store).data_key
    store.close()
    as_of_0001(store.path, key)
    return store.path, key


def test_the_first_release_is_what_its_own_script_made(first_release: tuple[Path, bytes], empty: Engine) -> None:
    with empty.begin() as connection:
        upgrade(connection, Schema("0001", CURRENT.scripts))
        made_then = (layout(connection), definitions(connection))
    engine = open_engine(*first_release)
    with engine.begin() as connection:
        left = (layout(connection), definitions(connection))
    engine.dispose()
    assert left == made_then


def test_a_store_of_the_first_release_opens_and_keeps_everything(first_release: tuple[Path, bytes]) -> None:
    path, key = first_release
    before = everything(path, key)
    store = opened(path)
    assert everything(path, key) == before | {table: [] for table in SINCE_THE_FIRST_RELEASE}
    assert read_schema_version(path, key) == CURRENT.version
    assert store.verify_audit().is_whole
    store.undo_step(list_imports(store)[0].step_id)
    assert list_actions(store, View(TODAY)) == []
    store.close()


def test_the_backup_of_the_first_release_is_good_and_can_be_put_back(first_release: tuple[Path, bytes]) -> None:
    path, key = first_release
    opened(path).close()
    backup = next(backup for backup in list_backups(path) if backup.reason == "before_migration")
    assert (backup.contents.schema_version, is_good(backup)) == ("0001", True)
    restore(backup.path, path, PASSPHRASE, OFFICER, NOON)
    store = opened(path)
    assert [row.title for row in list_actions(store, View(TODAY))] == ["Fit locks"]
    store.close()
    assert read_schema_version(path, key) == CURRENT.version


@pytest.mark.parametrize(
    ("then", "why"),
    [
        ('op.execute("DELETE FROM organisation_alias")', "the number of rows changed in organisation_alias"),
        ('op.execute("UPDATE organisation_alias SET organisation_id = 99")', "point to nothing"),
        ('raise RuntimeError("half-way")', "half-way"),
    ],
)
def test_a_revision_that_harms_is_taken_back_whole(tmp_path: Path, then: str, why: str) -> None:
    store, _ = made(tmp_path / "plan.csp")
    add_partners(store, ["Kirklees Council"])
    with store.write("Also known as") as session:
        session.connection().exec_driver_sql(
            "INSERT INTO organisation_alias (organisation_id, name, name_folded, version) VALUES (1, 'KMC', 'kmc', 1)"
        )
    keys = keys_of(store)
    store.close()
    kind = RuntimeError if why == "half-way" else MigrationError
    with pytest.raises(kind, match=why):
        bring_up_to_date(store.path, keys, NOON, next_schema(tmp_path, then))
    again = opened(store.path)
    assert partners(again) == ["Kirklees Council"]
    again.close()
    connection = connect(store.path, keys.data_key)
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'telephone'").fetchall() == []
    connection.close()


@pytest.mark.parametrize("version", [NEXT_VERSION, "9999", "a1b2c3"])
def test_a_newer_store_is_refused_with_its_version_before_any_write(tmp_path: Path, version: str) -> None:
    store, _ = made(tmp_path / "plan.csp")
    keys = keys_of(store)
    store.close()
    connection = connect(store.path, keys.data_key)
    connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.close()
    before = store.path.read_bytes()
    with pytest.raises(CspError, match=f"its schema is {version}, this program knows {CURRENT.version}"):
        opened(store.path)
    assert store.path.read_bytes() == before
    assert list_backups(store.path) == []


def test_an_empty_file_is_no_older_store(tmp_path: Path) -> None:
    store, _ = made(tmp_path / "plan.csp")
    keys = keys_of(store)
    store.close()
    store.path.write_bytes(b"")
    with pytest.raises(StoreDamagedError, match=r"plan\.csp is empty"):
        bring_up_to_date(store.path, keys, NOON)
