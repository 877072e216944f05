"""The encrypted file: its pragmas, its transactions, and what its errors mean."""

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

from models.engine import (
    Trouble,
    checkpoint,
    connect,
    copy_database,
    count_rows,
    create_empty_file,
    data_key_of,
    open_engine,
    quick_check,
    read_schema_version,
    trouble_of,
)

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a store, named 100 % oddly? #1.csp"
    create_empty_file(file)
    return file


def filled(path: Path, rows: int = 200) -> None:
    connection = connect(path, KEY)
    connection.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT)")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO thing (word) VALUES (?)", [("Dewsbury " * 20,)] * rows)
    connection.execute("COMMIT")
    connection.close()


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_a_writer_keeps_every_acknowledged_commit_and_wipes_what_is_deleted(path: Path) -> None:
    engine = open_engine(path, KEY)
    found = {name: pragma(engine, name) for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")}
    engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_foreign_keys_can_be_left_off_for_a_migration(path: Path) -> None:
    engine = open_engine(path, KEY, enforce_foreign_keys=False)
    assert pragma(engine, "foreign_keys") == 0
    engine.dispose()


def test_a_reader_cannot_write(path: Path) -> None:
    filled(path)
    engine = open_engine(path, KEY, read_only=True)
    with engine.connect() as connection, pytest.raises(OperationalError) as raised:
        connection.execute(text("DELETE FROM thing"))
    engine.dispose()
    assert trouble_of(raised.value) is Trouble.READ_ONLY


def test_a_reader_does_not_create_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(dbapi2.OperationalError) as raised:
        connect(tmp_path / "none.csp", KEY, read_only=True)
    assert trouble_of(raised.value) is Trouble.READ_ONLY
    assert list(tmp_path.iterdir()) == []


def test_a_writer_takes_the_write_lock_as_it_begins_so_that_reading_first_is_safe(path: Path) -> None:
    filled(path)
    first, second = open_engine(path, KEY), open_engine(path, KEY)
    with first.connect() as holder:
        holder.execute(text("SELECT count(*) FROM thing"))
        with second.connect() as late:
            late.connection.driver_connection.execute("PRAGMA busy_timeout=1")  # type: ignore[union-attr] # connected
            with pytest.raises(OperationalError) as raised:
                late.execute(text("SELECT 1"))
    first.dispose()
    second.dispose()
    assert trouble_of(raised.value) is Trouble.BUSY


def test_readers_see_one_state_while_another_writes(path: Path) -> None:
    filled(path)
    writer, reader = open_engine(path, KEY), open_engine(path, KEY, read_only=True)
    with reader.connect() as reading:
        before = reading.execute(text("SELECT count(*) FROM thing")).scalar_one()
        with writer.begin() as writing:
            writing.execute(text("DELETE FROM thing"))
        during = reading.execute(text("SELECT count(*) FROM thing")).scalar_one()
    with reader.connect() as reading:
        after = reading.execute(text("SELECT count(*) FROM thing")).scalar_one()
    writer.dispose()
    reader.dispose()
    assert (before, during, after) == (200, 200, 0)


def test_nothing_readable_lies_in_the_file_or_its_log(path: Path) -> None:
    connection = connect(path, KEY)
    connection.execute("CREATE TABLE thing (word TEXT)")
    connection.execute("INSERT INTO thing VALUES ('Dewsbury Minster')")
    contents = [file.read_bytes() for file in path.parent.iterdir()]
    connection.close()
    assert len(contents) == 3
    assert not any(b"Dewsbury" in content or b"SQLite format" in content for content in contents)


def test_another_key_is_refused_without_a_word_on_the_terminal(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    filled(path)
    with pytest.raises(dbapi2.DatabaseError) as raised:
        connect(path, bytes(32))
    assert trouble_of(raised.value) is Trouble.DAMAGED
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps others out by the folder's access list")
def test_the_file_and_what_lies_beside_it_are_their_owners_alone(path: Path) -> None:
    former = os.umask(0)
    try:
        engine = open_engine(path, KEY)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE thing (word TEXT)"))
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        engine.dispose()
    finally:
        os.umask(former)
    assert modes == {0o600}


def test_creating_over_a_file_is_refused(path: Path) -> None:
    with pytest.raises(FileExistsError):
        create_empty_file(path)


def test_the_schema_version_is_read_without_more(path: Path) -> None:
    assert read_schema_version(path, KEY) is None
    connection = connect(path, KEY)
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    assert read_schema_version(path, KEY) is None
    connection.execute("INSERT INTO alembic_version VALUES ('0007')")
    connection.close()
    assert read_schema_version(path, KEY) == "0007"


def test_a_copy_made_while_others_write_holds_one_state_under_the_same_key(path: Path, tmp_path: Path) -> None:
    filled(path)
    source, writer = connect(path, KEY, read_only=True), connect(path, KEY)
    source.execute("BEGIN")
    assert count_rows(source) == {"thing": 200}
    writer.execute("DELETE FROM thing WHERE id > 50")
    copy_database(source, tmp_path / "copy.csp", KEY)
    source.close()
    writer.close()
    copied = connect(tmp_path / "copy.csp", KEY)
    assert (count_rows(copied), quick_check(copied)) == ({"thing": 200}, [])
    copied.close()


def test_every_flipped_bit_is_seen(path: Path) -> None:
    filled(path)
    checkpoint(path, KEY)
    whole = path.read_bytes()
    unseen = []
    for offset in [*range(0, 100, 9), *range(100, len(whole), len(whole) // 60)]:
        damaged = bytearray(whole)
        damaged[offset] ^= 1 << offset % 8
        path.write_bytes(damaged)
        connection = connect(path, KEY, read_only=True)  # reads nothing yet, so it opens all the same
        if not quick_check(connection):
            unseen.append(offset)
        connection.close()
    assert unseen == []


def test_an_engine_knows_its_key_but_does_not_show_it(path: Path) -> None:
    engine = open_engine(path, KEY)
    assert data_key_of(engine) == KEY
    assert KEY.hex() not in repr(engine) + repr(engine.url)
    engine.dispose()


def test_a_failing_statement_does_not_show_its_values(path: Path) -> None:
    engine = open_engine(path, KEY)
    with engine.connect() as connection, pytest.raises(OperationalError) as raised:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Jo Bloggs"})
    engine.dispose()
    assert "Jo Bloggs" not in str(raised.value)


def test_a_full_disk_is_told_apart(path: Path) -> None:
    filled(path)
    connection = connect(path, KEY)
    connection.execute(f"PRAGMA max_page_count={connection.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(dbapi2.OperationalError) as raised:
        connection.execute("CREATE TABLE other AS SELECT * FROM thing")
    connection.close()
    assert trouble_of(raised.value) is Trouble.FULL


def test_a_full_disk_is_told_apart_in_a_copy_too(path: Path, tmp_path: Path) -> None:
    filled(path, 2000)
    source, target = connect(path, KEY), dbapi2.connect(tmp_path / "copy.csp")
    target.execute("PRAGMA cipher_log_level=NONE")
    target.execute(f"PRAGMA key=\"x'{KEY.hex()}'\"")
    target.execute("PRAGMA max_page_count=10")
    with pytest.raises(dbapi2.OperationalError) as raised:
        source.backup(target)
    source.close()
    target.close()
    assert trouble_of(raised.value) is Trouble.FULL


def test_other_errors_mean_nothing_to_the_user(path: Path) -> None:
    connection = connect(path, KEY)
    with pytest.raises(dbapi2.OperationalError) as raised:
        connection.execute("SELECT nonsense")
    connection.close()
    assert trouble_of(raised.value) is None
    assert trouble_of(ValueError()) is None
