"""Backups: whole or not there, found again, and copied to a second folder."""

import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from csp_desktop.backup import (
    MANIFEST_MEMBER,
    STORE_MEMBER,
    Reason,
    back_up,
    is_good,
    list_backups,
    newest_good_backup,
    read_backup,
)
from csp_desktop.errors import CspError, StoreDamagedError
from csp_desktop.store import Store
from csp_desktop.workspace import back_up_store, has_changed_since_backup, keys_of
from models.engine import checkpoint
from models.migrations import CURRENT
from tests.vault import NOON, add_partners, flip, made


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Store]:
    store, _ = made(tmp_path / "plan.csp")
    add_partners(store, ["Kirklees Council", "West Yorkshire Police"])
    yield store
    store.close()


def test_a_backup_is_one_file_that_says_what_it_holds_and_names_nobody(vault: Store) -> None:
    backup = back_up_store(vault, Reason.BY_HAND).backup
    folder = vault.path.with_name("plan.csp-backups")
    assert [file.name for file in folder.iterdir()] == ["plan-20261123-120000.cspbackup"]
    assert (backup.reason, backup.made_at, backup.store_id) == ("by_hand", NOON, keys_of(vault).store_id)
    assert backup.contents.row_counts["organisation"] == 2
    assert backup.contents.schema_version == CURRENT.version
    assert backup.contents.audit_count == 1
    assert backup.contents.audit_last_mac == vault.audit_anchor().mac.hex()
    content = backup.path.read_bytes()
    for word in (b"Kirklees", b"officer1", b"Priya", b"SQLite format"):
        assert word not in content
    assert read_backup(backup.path) == backup


def test_backups_of_one_second_keep_apart_and_are_listed_newest_first(vault: Store) -> None:
    names = [back_up_store(vault, Reason.BY_HAND).backup.path.name for _ in range(11)]
    assert names[:2] == ["plan-20261123-120000.cspbackup", "plan-20261123-120000-2.cspbackup"]
    assert [backup.path.name for backup in list_backups(vault.path)] == names[::-1]


def test_a_backup_is_made_while_the_store_is_being_written(vault: Store) -> None:
    with vault.write("Add a partner") as session:
        session.connection().exec_driver_sql("DELETE FROM organisation")
        backup = back_up_store(vault, Reason.BY_HAND).backup
        assert backup.contents.row_counts["organisation"] == 2


def test_the_newest_good_backup_passes_over_damaged_ones_and_other_files(vault: Store) -> None:
    first = back_up_store(vault, Reason.BY_HAND).backup
    second = back_up_store(vault, Reason.BY_HAND).backup
    flip(second.path, second.path.stat().st_size // 2, 3)
    (first.path.parent / "notes.cspbackup").write_text("not a backup", encoding="utf-8")
    (first.path.parent / "empty.cspbackup").touch()
    assert not is_good(second)
    assert newest_good_backup(vault.path) == first
    assert newest_good_backup(vault.path, "another store's id") is None
    first.path.unlink()
    assert newest_good_backup(vault.path) is None


def test_every_flipped_bit_of_a_backup_is_seen(vault: Store) -> None:
    backup = back_up_store(vault, Reason.BY_HAND).backup
    size = backup.path.stat().st_size
    with zipfile.ZipFile(backup.path) as archive:
        start = archive.getinfo(STORE_MEMBER).header_offset + 40
        end = start + archive.getinfo(STORE_MEMBER).file_size
    for offset in range(start, min(end, size), size // 40):
        flip(backup.path, offset, offset % 8)
        assert newest_good_backup(vault.path) is None
        flip(backup.path, offset, offset % 8)
    assert newest_good_backup(vault.path) == backup


def test_a_backup_with_an_extra_or_compressed_member_is_none(vault: Store, tmp_path: Path) -> None:
    backup = back_up_store(vault, Reason.BY_HAND).backup
    with zipfile.ZipFile(backup.path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for extra, compression in (({"../evil": b"x"}, zipfile.ZIP_STORED), ({}, zipfile.ZIP_DEFLATED)):
        forged = tmp_path / "forged.cspbackup"
        with zipfile.ZipFile(forged, "w", compression) as archive:
            for name, content in (members | extra).items():
                archive.writestr(name, content)
        with pytest.raises(StoreDamagedError, match=r"forged\.cspbackup is not a whole backup"):
            read_backup(forged)


def test_a_backup_under_a_password_of_its_own_is_none(vault: Store) -> None:
    backup = back_up_store(vault, Reason.BY_HAND).backup
    content = bytearray(backup.path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 1)
    backup.path.write_bytes(content)
    with pytest.raises(StoreDamagedError, match="is not a whole backup"):
        read_backup(backup.path)
    assert newest_good_backup(vault.path) is None
    assert not is_good(backup)


def test_a_backup_of_a_newer_program_says_so(vault: Store, tmp_path: Path) -> None:
    backup = back_up_store(vault, Reason.BY_HAND).backup
    newer = tmp_path / "newer.cspbackup"
    with zipfile.ZipFile(backup.path) as archive, zipfile.ZipFile(newer, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == MANIFEST_MEMBER:
                content = json.dumps(json.loads(content) | {"format": 2}).encode()
            copy.writestr(name, content)
    with pytest.raises(CspError, match="newer version"):
        read_backup(newer)


def test_a_missing_backup_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CspError, match="cannot be found"):
        read_backup(tmp_path / "none.cspbackup")


def test_a_damaged_store_is_not_backed_up_over_good_backups(vault: Store) -> None:
    good = back_up_store(vault, Reason.BY_HAND).backup
    keys = keys_of(vault)
    vault.close()
    flip(vault.path, 5 * 4096 + 100, 0)
    with pytest.raises(StoreDamagedError):
        back_up(vault.path, keys, Reason.BY_HAND, NOON)
    assert [file.name for file in good.path.parent.iterdir()] == [good.path.name]


def test_older_backups_are_thinned_here_and_in_the_second_folder_and_other_stores_left(
    vault: Store, tmp_path: Path
) -> None:
    other, _ = made(tmp_path / "other.csp")
    second = tmp_path / "second"
    theirs = back_up(other.path, keys_of(other), Reason.BY_HAND, NOON - timedelta(days=900), second).backup
    other.close()
    keys = keys_of(vault)
    for day in range(40, -1, -1):
        back_up(vault.path, keys, Reason.SCHEDULED, NOON - timedelta(days=day), second)
    here = sorted(backup.path.name for backup in list_backups(vault.path))
    there = sorted(file.name for file in second.iterdir() if file.name != theirs.path.name)
    assert here == there
    assert len(here) < 20
    assert (second / theirs.path.name).exists()


def test_a_second_folder_that_cannot_be_reached_is_a_warning_and_the_backup_stands(
    vault: Store, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "second"
    in_the_way.write_text("a file", encoding="utf-8")
    outcome = back_up_store(vault, Reason.BY_HAND, in_the_way / "folder")
    assert outcome.warning is not None
    assert outcome.warning.startswith("The second copy of the backup could not be made:")
    assert is_good(outcome.backup)


def test_a_backup_folder_that_cannot_be_made_is_a_sentence(vault: Store) -> None:
    vault.path.with_name("plan.csp-backups").write_text("a file", encoding="utf-8")
    with pytest.raises(CspError, match="could not be backed up"):
        back_up_store(vault, Reason.BY_HAND)


def test_what_a_killed_backup_left_is_swept_by_the_next(vault: Store) -> None:
    workplace = vault.path.with_name("plan.csp-backups") / "unfinished"
    workplace.mkdir(parents=True)
    (workplace / "store.csp").write_bytes(b"half")
    backup = back_up_store(vault, Reason.BY_HAND).backup
    assert list(backup.path.parent.iterdir()) == [backup.path]


def test_the_half_hourly_backup_asks_whether_anything_changed(vault: Store) -> None:
    assert has_changed_since_backup(vault)
    back_up_store(vault, Reason.SCHEDULED)
    assert not has_changed_since_backup(vault)
    add_partners(vault, ["Dewsbury BID"])
    assert has_changed_since_backup(vault)


def test_a_checkpoint_empties_the_log(vault: Store) -> None:
    assert vault.path.with_name("plan.csp-wal").stat().st_size > 0
    checkpoint(vault.path, keys_of(vault).data_key)
    assert vault.path.with_name("plan.csp-wal").stat().st_size == 0
