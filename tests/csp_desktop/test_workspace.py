"""Creating and opening stores: what was saved comes back, and each thing that can be wrong has its own sentence."""

import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from csp_desktop.backup import Backup, Reason
from csp_desktop.checking import check_store
from csp_desktop.errors import CspError, StoreDamagedError, StoreInUseError, WrongSecretError
from csp_desktop.store import Store
from csp_desktop.workspace import (
    Filling,
    back_up_store,
    change_passphrase,
    create_filled_store,
    create_store,
    keys_of,
    open_store,
)
from models.engine import connect
from tests.vault import CHEAP, NOON, OFFICER, PASSPHRASE, add_partners, flip, made, noon, opened, partners

WRITE = """
import sys
from pathlib import Path
from tests.vault import add_partners, opened
store = opened(Path(sys.argv[1]))
add_partners(store, ["Kirklees Council"])
print("saved", flush=True)
sys.stdin.readline()
"""
AS_ANOTHER = """
import os, sys
from pathlib import Path
from csp_desktop.errors import CspError
from tests.vault import made
os.setgid(65534)
os.setuid(65534)
try:
    made(Path(sys.argv[1]))
except CspError as error:
    print(error)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "plan.csp"


def closed_store(path: Path) -> tuple[Backup, str]:
    """A store with one partner and one backup of it, closed, and its recovery key."""
    store, recovery_key = made(path)
    add_partners(store, ["Kirklees Council"])
    backup = back_up_store(store, Reason.BY_HAND).backup
    store.close()
    return backup, recovery_key


def test_what_was_saved_comes_back_with_the_passphrase_and_the_recovery_key(path: Path) -> None:
    _, recovery_key = closed_store(path)
    for secret in (PASSPHRASE, recovery_key):
        store = opened(path, secret)
        assert partners(store) == ["Kirklees Council"]
        assert check_store(store).is_whole
        store.close()


def test_a_new_store_warns_of_a_temporary_folder_and_leaves_nothing_unfinished(path: Path) -> None:
    created = create_store(path, PASSPHRASE, OFFICER, noon, CHEAP)
    assert created.recovery_key not in repr(created)
    created.store.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["plan.csp", "plan.csp.keys", "plan.csp.lock"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps others out by the folder's access list")
def test_a_stores_files_are_its_owners_alone_whatever_the_umask(path: Path) -> None:
    former = os.umask(0)
    try:
        store, _ = made(path)
        add_partners(store, ["Kirklees Council"])
        back_up_store(store, Reason.BY_HAND)
        loose = [file.name for file in path.parent.rglob("*") if stat.S_IMODE(file.stat().st_mode) & 0o077]
        store.close()
    finally:
        os.umask(former)
    assert loose == []


def test_an_empty_passphrase_leaves_nothing(path: Path) -> None:
    with pytest.raises(CspError, match="is empty"):
        create_store(path, " ", OFFICER, noon, CHEAP)
    assert not path.parent.exists()


def test_a_store_whose_first_rows_fail_was_never_there(path: Path) -> None:
    def fail(store: Store) -> None:
        add_partners(store, ["Kirklees Council"])
        raise CspError("There is no starter plan of that name.")

    with pytest.raises(CspError, match="no starter plan"):
        create_filled_store(path, PASSPHRASE, OFFICER, noon, Filling(fail, CHEAP))
    assert [file.name for file in path.parent.iterdir()] == ["plan.csp.lock"]
    filling = Filling(lambda store: add_partners(store, ["Kirklees Council"]), CHEAP)
    store = create_filled_store(path, PASSPHRASE, OFFICER, noon, filling).store
    assert (partners(store), store.undo_label) == (["Kirklees Council"], None)
    store.close()


def test_an_existing_store_is_never_created_over(path: Path) -> None:
    closed_store(path)
    before = path.read_bytes()
    with pytest.raises(CspError, match="exists already"):
        made(path)
    assert path.read_bytes() == before


def test_the_key_file_of_a_store_that_was_moved_away_is_never_overwritten(path: Path) -> None:
    closed_store(path)
    keys = path.with_name("plan.csp.keys")
    before = keys.read_bytes()
    path.rename(path.with_name("moved.csp"))
    with pytest.raises(CspError, match="is the key file of a store that is no longer here"):
        made(path)
    assert keys.read_bytes() == before


def test_a_store_that_is_open_is_not_opened_twice(path: Path) -> None:
    store, _ = made(path)
    with pytest.raises(StoreInUseError, match="in use by officer1"):
        opened(path)
    store.close()
    opened(path).close()


def test_a_wrong_passphrase_changes_nothing_and_gives_the_store_free(path: Path) -> None:
    closed_store(path)
    with pytest.raises(WrongSecretError):
        opened(path, "not the passphrase")
    opened(path).close()


def test_a_missing_store_is_said_to_be_missing_and_leaves_no_files(path: Path) -> None:
    with pytest.raises(CspError, match="cannot be found"):
        opened(path)
    assert not path.parent.exists()


def test_a_vanished_store_names_its_newest_good_backup(path: Path) -> None:
    backup, _ = closed_store(path)
    path.unlink()
    with pytest.raises(StoreDamagedError, match=f"restore {backup.path.name}") as raised:
        opened(path)
    assert raised.value.backup == backup.path


def outcome_of(path: Path) -> str:
    """What opening and checking comes to: "damaged" with a backup named, or "whole" with the rows that were saved."""
    try:
        store = opened(path)
    except StoreDamagedError as error:
        return "damaged" if error.backup and error.backup.name in str(error) else "damaged, and no backup named"
    try:
        if check_store(store).is_whole:
            assert partners(store) == ["Kirklees Council"]
            return "whole"
        return "damaged"
    finally:
        store.close()


def test_a_flipped_bit_anywhere_is_damage_and_never_a_wrong_passphrase(path: Path) -> None:
    closed_store(path)
    size = path.stat().st_size
    unseen = []
    for offset in [*range(0, 110, 10), *range(110, size, size // 30)]:
        flip(path, offset, offset % 8)
        if outcome_of(path) != "damaged":
            unseen.append(offset)
        flip(path, offset, offset % 8)
    assert unseen == []
    assert outcome_of(path) == "whole"


@pytest.mark.parametrize("length", [0, 1, 15, 16, 100, 4095, 4096, 8192, 40_000])
def test_a_cut_store_is_damage(path: Path, length: int) -> None:
    closed_store(path)
    os.truncate(path, length)
    assert outcome_of(path) == "damaged"


def test_another_file_under_the_stores_name_is_damage(path: Path) -> None:
    closed_store(path)
    path.write_text("Dear colleague, please find attached\n" * 500, encoding="utf-8")
    assert outcome_of(path) == "damaged"


def test_a_text_file_named_as_a_store_has_no_keys(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear colleague\n", encoding="utf-8")
    with pytest.raises(StoreDamagedError, match=r"no store of CSP Desktop, or its key file plan\.csp\.keys is missing"):
        opened(path)


def test_the_key_file_of_another_store_is_not_called_a_wrong_passphrase(path: Path) -> None:
    backup, _ = closed_store(path)
    closed_store(path.with_name("other.csp"))
    path.with_name("other.csp.keys").replace(path.with_name("plan.csp.keys"))
    with pytest.raises(StoreDamagedError):
        opened(path)
    assert backup.path.exists()


@pytest.mark.parametrize("trouble", ["missing", "damaged", "empty"])
def test_a_lost_key_file_comes_back_from_the_newest_backup(path: Path, trouble: str) -> None:
    backup, _ = closed_store(path)
    keys = path.with_name("plan.csp.keys")
    before = keys.read_bytes()
    match trouble:
        case "missing":
            keys.unlink()
        case "damaged":
            flip(keys, 200, 1)
        case _:
            keys.write_bytes(b"")
    with pytest.raises(WrongSecretError):
        opened(path, "not the passphrase")
    assert not keys.exists() or keys.read_bytes() != before
    store = opened(path)
    assert (partners(store), keys_of(store).store_id) == (["Kirklees Council"], backup.store_id)
    store.close()
    assert keys.read_bytes() == before


@pytest.mark.parametrize("trouble", ["missing", "damaged"])
def test_a_lost_key_file_without_a_backup_is_a_sentence(path: Path, trouble: str) -> None:
    store, _ = made(path)
    store.close()
    keys = path.with_name("plan.csp.keys")
    if trouble == "missing":
        keys.unlink()
    else:
        flip(keys, 200, 1)
    with pytest.raises(StoreDamagedError, match=f"is {trouble} and no backup holds a copy") as raised:
        opened(path)
    assert raised.value.backup is None


def test_a_new_passphrase_opens_the_store_and_its_newest_backup(path: Path) -> None:
    store, recovery_key = made(path)
    with pytest.raises(WrongSecretError):
        change_passphrase(store, "not the passphrase", "a newer passphrase", CHEAP)
    with pytest.raises(CspError, match="is empty"):
        change_passphrase(store, PASSPHRASE, " ", CHEAP)
    change_passphrase(store, recovery_key, "a newer passphrase", CHEAP)
    store.close()
    with pytest.raises(WrongSecretError):
        opened(path)
    path.with_name("plan.csp.keys").unlink()
    opened(path, "a newer passphrase").close()
    store = opened(path, recovery_key)
    with store.read() as connection:
        labels = connection.exec_driver_sql("SELECT label FROM audit_entry").scalars().all()
    store.close()
    assert list(labels) == ["Changed the passphrase"]


def test_a_new_passphrase_whose_backup_fails_is_said_to_hold_all_the_same(path: Path) -> None:
    store, _ = made(path)
    path.with_name("plan.csp-backups").write_text("a file", encoding="utf-8")
    with pytest.raises(CspError, match="The passphrase was changed, but every backup so far opens with the former"):
        change_passphrase(store, PASSPHRASE, "a newer passphrase", CHEAP)
    store.close()
    opened(path, "a newer passphrase").close()


def test_a_key_file_taken_away_while_the_store_is_open_is_a_sentence(path: Path) -> None:
    store, _ = made(path)
    path.with_name("plan.csp.keys").unlink()
    with pytest.raises(CspError, match=r"The key file plan\.csp\.keys could not be read"):
        back_up_store(store, Reason.BY_HAND)
    store.close()


def test_a_damaged_store_says_what_to_do_once(path: Path) -> None:
    backup, _ = closed_store(path)
    flip(path, 50, 0)
    with pytest.raises(StoreDamagedError) as raised:
        opened(path)
    assert str(raised.value) == (
        "plan.csp could not be opened: the store's file is damaged. Nothing was changed. "
        f"The newest good backup is {backup.path.name} of {backup.made_at.astimezone():%d/%m/%Y %H:%M}."
    )


def test_a_check_finds_a_row_that_points_to_nothing(path: Path) -> None:
    store, _ = made(path)
    connection = connect(path, keys_of(store).data_key, enforce_foreign_keys=False)
    connection.execute(
        "INSERT INTO organisation_alias (organisation_id, name, name_folded, version) VALUES (99, 'X', 'x', 1)"
    )
    connection.close()
    report = check_store(store)
    store.close()
    assert (report.is_whole, report.broken_references) == (False, 1)
    assert report.sentence.startswith("One row points to a row that is gone.")


def test_a_check_finds_that_the_audit_trails_tail_was_cut(path: Path) -> None:
    store, _ = made(path)
    add_partners(store, ["Kirklees Council"])
    add_partners(store, ["West Yorkshire Police"])
    back_up_store(store, Reason.BY_HAND)
    connection = connect(path, keys_of(store).data_key)
    connection.execute("DELETE FROM audit_change WHERE entry_id = 2")
    connection.execute("DELETE FROM audit_entry WHERE id = 2")
    connection.close()
    report = check_store(store)
    store.close()
    assert not report.audit.is_whole


def kill_a_writer(path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", WRITE, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "saved\n"
        writer.kill()


def test_what_a_killed_program_had_saved_is_there_and_its_lock_is_not(path: Path) -> None:
    store, _ = made(path)
    store.close()
    kill_a_writer(path)
    store = opened(path)
    assert partners(store) == ["Kirklees Council"]
    store.close()


def test_after_an_unclean_end_every_page_is_checked_before_the_store_opens(path: Path) -> None:
    backup, _ = closed_store(path)
    kill_a_writer(path)
    last_page = path.stat().st_size // 4096 - 1  # opening reads the schema at the front, and nothing back here
    flip(path, last_page * 4096 + 100, 0)
    with pytest.raises(StoreDamagedError, match="when the program last ended unexpectedly") as raised:
        opened(path)
    assert raised.value.backup == backup.path


@pytest.mark.skipif(os.name == "nt", reason="file modes say nothing on Windows")
def test_a_read_only_store_file_is_refused_before_anything_is_typed_into_it(path: Path) -> None:
    closed_store(path)
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    path.chmod(0o400)
    with pytest.raises(CspError, match="is read-only"):
        opened(path)


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another account")
def test_a_folder_of_somebody_else_is_a_sentence(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents):
        if "pytest-of" in str(folder):  # one folder deeper in a worker
            folder.chmod(0o755)
    run = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", AS_ANOTHER, str(tmp_path / "plan.csp")], capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("plan.csp could not be created: this account may not write in that folder")
    assert list(tmp_path.iterdir()) == []


def test_a_clock_that_stands_still_or_goes_back_does_not_lose_backups(path: Path) -> None:
    store, _ = made(path)
    back_up_store(store, Reason.BY_HAND)
    store.clock = lambda: NOON - timedelta(days=1)
    early = back_up_store(store, Reason.BY_HAND).backup
    assert early.path.exists()
    store.close()


def test_open_store_wants_a_file_and_not_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CspError, match="is a folder"):
        open_store(tmp_path, PASSPHRASE, OFFICER, noon)


def test_close_is_harmless_twice(path: Path) -> None:
    store: Store = made(path)[0]
    store.close()
    store.close()
    opened(path).close()
