"""Restoring: the backup takes the store's place, and what was there is kept one way or the other."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from csp_desktop import restore as restoring
from csp_desktop.backup import Backup, Reason, is_good, list_backups
from csp_desktop.checking import check_store
from csp_desktop.errors import CspError, StoreDamagedError, StoreInUseError, WrongSecretError
from csp_desktop.restore import restore
from csp_desktop.store import Store
from csp_desktop.workspace import back_up_store, change_passphrase
from models.migrations import CURRENT, Schema
from tests.vault import CHEAP, NOON, OFFICER, PASSPHRASE, add_partners, flip, made, opened, partners

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[tuple[Store, Backup, str]]:
    """A store with one partner more than its backup, and its recovery key."""
    store, recovery_key = made(tmp_path / "plan.csp")
    add_partners(store, ["Kirklees Council"])
    backup = back_up_store(store, Reason.BY_HAND).backup
    add_partners(store, ["Added later"])
    yield store, backup, recovery_key
    store.close()


def test_a_restore_brings_the_old_state_back_and_backs_the_new_one_up(vault: tuple[Store, Backup, str]) -> None:
    store, backup, _ = vault
    store.close()
    outcome = restore(backup.path, store.path, PASSPHRASE, OFFICER, LATER)
    restored = opened(store.path)
    assert partners(restored) == ["Kirklees Council"]
    restored.close()
    assert outcome.damaged_file is None
    assert outcome.backup_of_former is not None
    restore(outcome.backup_of_former.path, store.path, PASSPHRASE, OFFICER, LATER)
    again = opened(store.path)
    assert partners(again) == ["Kirklees Council", "Added later"]
    again.close()


def test_a_restore_stands_in_the_audit_trail_and_older_anchors_do_not_cry_foul(
    vault: tuple[Store, Backup, str],
) -> None:
    store, backup, _ = vault
    back_up_store(store, Reason.BY_HAND)
    store.close()
    restore(backup.path, store.path, PASSPHRASE, OFFICER, LATER)
    restored = opened(store.path)
    with restored.read() as connection:
        last = connection.exec_driver_sql("SELECT label, account FROM audit_entry ORDER BY id DESC").first()
    report = check_store(restored)
    restored.close()
    assert last == ("Restored the backup of 23/11/2026 12:00 UTC", "officer1")
    assert report.is_whole, report.sentence


def test_a_store_in_use_is_not_restored(vault: tuple[Store, Backup, str]) -> None:
    store, backup, _ = vault
    with pytest.raises(StoreInUseError):
        restore(backup.path, store.path, PASSPHRASE, OFFICER, LATER)
    assert partners(store) == ["Kirklees Council", "Added later"]


def test_a_damaged_store_is_kept_beside(vault: tuple[Store, Backup, str]) -> None:
    store, backup, _ = vault
    store.close()
    flip(store.path, 5 * 4096 + 100, 0)
    damaged = store.path.read_bytes()
    outcome = restore(backup.path, store.path, PASSPHRASE, OFFICER, LATER)
    assert outcome.backup_of_former is None
    assert outcome.damaged_file == store.path.with_name("plan.csp.damaged-20261123-130000")
    assert outcome.damaged_file.read_bytes() == damaged
    restored = opened(store.path)
    assert partners(restored) == ["Kirklees Council"]
    restored.close()


def test_a_vanished_store_with_its_keys_comes_back(vault: tuple[Store, Backup, str]) -> None:
    store, backup, recovery_key = vault
    store.close()
    store.path.unlink()
    store.path.with_name("plan.csp.keys").unlink()
    outcome = restore(backup.path, store.path, recovery_key, OFFICER, LATER)
    assert (outcome.backup_of_former, outcome.damaged_file) == (None, None)
    restored = opened(store.path)
    assert partners(restored) == ["Kirklees Council"]
    restored.close()


def test_a_backup_restores_under_another_name_on_another_pc(vault: tuple[Store, Backup, str], tmp_path: Path) -> None:
    _, backup, _ = vault
    moved = tmp_path / "elsewhere" / "moved.cspbackup"
    moved.parent.mkdir()
    moved.write_bytes(backup.path.read_bytes())
    restore(moved, moved.with_name("new.csp"), PASSPHRASE, OFFICER, LATER)
    restored = opened(moved.with_name("new.csp"))
    assert partners(restored) == ["Kirklees Council"]
    restored.close()


@pytest.mark.parametrize("secret", [PASSPHRASE, "a newer passphrase", "recovery"])
def test_after_a_new_passphrase_an_older_backup_opens_with_either_and_the_new_one_stays(
    vault: tuple[Store, Backup, str], secret: str
) -> None:
    store, backup, recovery_key = vault
    change_passphrase(store, PASSPHRASE, "a newer passphrase", CHEAP)
    store.close()
    restore(backup.path, store.path, recovery_key if secret == "recovery" else secret, OFFICER, LATER)
    with pytest.raises(WrongSecretError):
        opened(store.path)
    opened(store.path, "a newer passphrase").close()


def test_refusals_leave_everything_as_it_was(vault: tuple[Store, Backup, str], tmp_path: Path) -> None:
    store, backup, _ = vault
    other, _ = made(tmp_path / "other.csp")
    theirs = back_up_store(other, Reason.BY_HAND).backup
    other.close()
    store.close()
    damaged = tmp_path / "damaged.cspbackup"
    damaged.write_bytes(backup.path.read_bytes())
    flip(damaged, 30_000, 1)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    attempts: list[tuple[Path, str, type[CspError], str]] = [
        (backup.path, "not the passphrase", WrongSecretError, "does not open"),
        (damaged, PASSPHRASE, StoreDamagedError, "is damaged"),
        (theirs.path, PASSPHRASE, CspError, "belongs to another store"),
        (store.path, PASSPHRASE, StoreDamagedError, "is not a whole backup"),
        (tmp_path / "none.cspbackup", PASSPHRASE, CspError, "cannot be found"),
    ]
    for file, secret, kind, sentence in attempts:
        with pytest.raises(kind, match=sentence):
            restore(file, store.path, secret, OFFICER, LATER)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()} == before
    assert len(list_backups(store.path)) == 1


def test_a_backup_of_a_newer_program_is_refused_with_its_version(
    vault: tuple[Store, Backup, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, backup, _ = vault
    store.close()
    monkeypatch.setattr(restoring, "CURRENT", Schema("0000", CURRENT.scripts))
    with pytest.raises(CspError, match=f"its schema is {CURRENT.version}, this program knows 0000"):
        restore(backup.path, store.path, PASSPHRASE, OFFICER, LATER)


def test_a_damaged_key_file_is_put_aside_and_the_backups_takes_its_place(vault: tuple[Store, Backup, str]) -> None:
    store, backup, _ = vault
    store.close()
    keys = store.path.with_name("plan.csp.keys")
    flip(keys, 100, 0)
    outcome = restore(backup.path, store.path, PASSPHRASE, OFFICER, LATER)
    assert outcome.backup_of_former is not None
    assert is_good(outcome.backup_of_former)
    assert json.loads(keys.read_bytes())["store_id"] == backup.store_id
    assert store.path.with_name("plan.csp.keys.former-20261123-130000").exists()
    opened(store.path).close()
