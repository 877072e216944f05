"""Creates and opens stores: place, lock, keys, schema and soundness, in that order, each with its own sentence."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from csp_desktop import access
from csp_desktop.access import KdfCost, KeyFile, Keys, NewKeys
from csp_desktop.audit import Who
from csp_desktop.backup import Backup, BackupMade, Reason, back_up, list_backups, newest_good_backup
from csp_desktop.disk import file_troubles, make_private_folder, replace, sync_file, write_whole
from csp_desktop.errors import CspError, StoreDamagedError
from csp_desktop.loads import drop_leftovers, has_leftovers
from csp_desktop.location import StoreFiles, check_location
from csp_desktop.lock import StoreLock
from csp_desktop.migrate import bring_up_to_date, create_schema, require_known_version
from csp_desktop.restore import key_file_of, read_key_file, sweep
from csp_desktop.store import Engines, Store
from csp_desktop.troubles import DAMAGED, disk_troubles
from models.engine import connect, create_empty_file, data_key_of, open_engine, quick_check

Clock = Callable[[], datetime]
Fill = Callable[[Store], object]


def leave_empty(_store: Store) -> None:
    """Put nothing into a new store."""


@dataclass(frozen=True, slots=True)
class Filling:
    """How a new store begins: ``fill`` puts its first rows in; ``cost`` None takes about one second on this PC."""

    fill: Fill = leave_empty
    cost: KdfCost | None = None


@dataclass(frozen=True, slots=True, repr=False)
class CreatedStore:
    """A new store, open; its recovery key, to be printed now, for it is kept nowhere; and warnings about its place."""

    store: Store
    recovery_key: str
    warnings: tuple[str, ...]


def create_store(path: Path, passphrase: str, who: Who, clock: Clock, cost: KdfCost | None = None) -> CreatedStore:
    """Create a store with every table and no rows, and open it. See ``create_filled_store``."""
    return create_filled_store(path, passphrase, who, clock, Filling(cost=cost))


def create_filled_store(path: Path, passphrase: str, who: Who, clock: Clock, filling: Filling) -> CreatedStore:
    """Create a store, let ``filling`` put its first rows in, and open it.

    Raises CspError where the place, the passphrase or the disk will not do, or something lies at ``path`` already, and
    what ``filling`` raises; nothing half-made is left, also where the program is killed.
    """
    access.require_passphrase(passphrase)
    warnings = check_location(path)
    files = StoreFiles(path.absolute())
    _require_free(files)
    refused = f"{path.name} could not be created"
    with disk_troubles(refused, "No store was created."):
        make_private_folder(path.parent)
    lock = StoreLock.hold(files, who.account, clock())
    try:
        _require_free(files)  # another program may have been quicker
        new = access.create_keys(passphrase, filling.cost or KdfCost.calibrated())
        with disk_troubles(refused, "No store was created."):
            _build(files, new, lambda unfinished: _opened(unfinished, new.keys, who, clock), filling.fill)
        store = _opened(files, new.keys, who, clock)
    except BaseException:
        lock.release()
        raise
    store.on_close(lock.release)
    return CreatedStore(store, new.recovery_key, tuple(warnings))


def open_store(path: Path, secret: str, who: Who, clock: Clock) -> Store:
    """Open a store with its passphrase or recovery key; an older schema is brought up to date after a backup.

    Raises StoreInUseError, WrongSecretError, StoreDamagedError (with the newest good backup), and CspError for a place
    that will not do, a missing file, a newer schema, a full disk or a read-only folder. ``close()`` gives it free.
    """
    check_location(path)
    files = StoreFiles(path.absolute())
    _require_present(files)
    lock = StoreLock.hold(files, who.account, clock())
    try:
        with _naming_backup(files):
            sweep(files)
            key_file = _find_key_file(files)
            keys = access.unlock(key_file, secret)
            require_known_version(files.store, keys)
            if lock.after_unclean_end:
                _require_whole(files.store, keys)
            if not files.keys.exists() or files.keys.read_bytes() != key_file.to_bytes():
                write_whole(files.keys, key_file.to_bytes())
            bring_up_to_date(files.store, keys, clock())
            store = _opened(files, keys, who, clock)
            _drop_leftovers(store)
    except BaseException:
        lock.release()
        raise
    store.on_close(lock.release)
    return store


def back_up_store(store: Store, reason: Reason, second_folder: Path | None = None) -> BackupMade:
    """Back an open store up. Raises CspError (full disk, read-only folder) and StoreDamagedError."""
    return back_up(store.path, keys_of(store), reason, store.clock(), second_folder)


def has_changed_since_backup(store: Store) -> bool:
    """Say whether anything was recorded since the newest backup: what the half-hourly backup asks."""
    newest = next(iter(list_backups(store.path, keys_of(store).store_id)), None)
    if newest is None:
        return True
    anchor = store.audit_anchor()
    return (newest.contents.audit_count, newest.contents.audit_last_mac) != (
        anchor.count,
        anchor.mac.hex() if anchor.count else "",
    )


def change_passphrase(store: Store, present: str, new: str, cost: KdfCost | None = None) -> BackupMade:
    """Put an open store under a new passphrase, and back it up with it; the recovery key stays.

    ``present`` may be the recovery key. Backups made before still open with the passphrase of their day. Raises
    WrongSecretError, and CspError where the new one is empty; the old one then still holds.
    """
    files = StoreFiles(store.path)
    access.require_passphrase(new)
    with disk_troubles("The passphrase could not be changed", "The present one still holds."):
        key_file = read_key_file(files)
        keys = access.unlock(key_file, present)
        write_whole(files.keys, access.change_passphrase(key_file, keys, new, cost or KdfCost.calibrated()).to_bytes())
    store.record_access("Changed the passphrase")
    try:
        return back_up_store(store, Reason.NEW_PASSPHRASE)
    except CspError as error:
        raise CspError(
            "The passphrase was changed, but every backup so far opens with the former one, for a new backup failed. "
            f"{error}"
        ) from error


def keys_of(store: Store) -> Keys:
    """Return the keys of an open store. Raises CspError where its key file was taken away or damaged meanwhile."""
    files = StoreFiles(store.path)
    with file_troubles(f"The key file {files.keys.name} could not be read", "The store itself is unchanged."):
        return Keys(read_key_file(files).store_id, data_key_of(store.engines.read))


def _opened(files: StoreFiles, keys: Keys, who: Who, clock: Clock) -> Store:
    engines = Engines(
        write=open_engine(files.store, keys.data_key),
        read=open_engine(files.store, keys.data_key, read_only=True),
    )
    return Store(files.store, engines, keys.audit_key, who, clock)


def _drop_leftovers(store: Store) -> None:
    """Drop what an earlier session left for a while: a register's file that was looked at, rows taken back."""
    try:
        with store.read() as connection:
            has_any = has_leftovers(connection)
        if has_any:
            with store.staging() as connection:
                drop_leftovers(connection)
    except BaseException:
        store.close()
        raise


def _build(files: StoreFiles, new: NewKeys, opened: Callable[[StoreFiles], Store], fill: Fill) -> None:
    """Build the store under another name and move it into place last: from then on it exists, whole."""
    files.keys.unlink(missing_ok=True)  # before the sweep: a left key file is known by the unfinished store beside it
    sweep(files)
    try:
        create_empty_file(files.unfinished)
        store = opened(StoreFiles(files.unfinished))
        try:
            create_schema(store.engines.write)
            fill(store)
        finally:
            store.close()
        sync_file(files.unfinished)
        write_whole(files.keys, new.file.to_bytes())
        try:
            replace(files.unfinished, files.store)
        except BaseException:
            files.keys.unlink(missing_ok=True)
            raise
    finally:
        sweep(files)


def _require_free(files: StoreFiles) -> None:
    if files.store.exists():
        raise CspError(
            f"{files.store} exists already. Nothing was changed. Open it, or choose another name for the new store."
        )
    # A run killed between key file and store leaves both the keys and the unfinished file; any other key file may
    # belong to a store that was moved away, and is the only way into it.
    if files.keys.exists() and not files.unfinished.exists():
        raise CspError(
            f"{files.keys.name} is the key file of a store that is no longer here. Nothing was changed. Restore the "
            "newest backup of that store, or choose another name for the new one."
        )


def _require_present(files: StoreFiles) -> None:
    if files.store.exists():
        if not os.access(files.store, os.W_OK):
            raise CspError(
                f"{files.store} is read-only, so nothing could be saved. Nothing was changed. Take the write "
                "protection off the file, or ask IT for rights to it."
            )
        return
    backup = newest_good_backup(files.store)
    if backup is not None:
        raise StoreDamagedError(
            f"{files.store} is gone. Its backups are there: restore {backup.path.name}, the newest good one.",
            backup.path,
        )
    raise CspError(f"{files.store} cannot be found. Check its name, or create a store there with “init”.")


def _find_key_file(files: StoreFiles) -> KeyFile:
    """Read the key file, or where it is missing or damaged the copy in the newest backup."""
    try:
        return read_key_file(files)
    except FileNotFoundError:
        missing = f"its key file {files.keys.name} is missing"
    except StoreDamagedError:
        missing = f"its key file {files.keys.name} is damaged"
    backup = newest_good_backup(files.store)
    if backup is None:
        raise StoreDamagedError(
            f"{files.store.name} cannot be opened: it is no store of CSP Desktop, or {missing} and no backup holds a "
            "copy. Nothing was changed. Check the name, or put the key file back beside it."
        )
    return key_file_of(backup)


def _require_whole(path: Path, keys: Keys) -> None:
    connection = connect(path, keys.data_key, read_only=True)
    try:
        faults = quick_check(connection)
    finally:
        connection.close()
    if faults:
        raise StoreDamagedError(f"{path.name} was damaged when the program last ended unexpectedly.")


@contextmanager
def _naming_backup(files: StoreFiles) -> Iterator[None]:
    """Add the newest good backup to whatever says that the store is damaged."""
    try:
        with disk_troubles(f"{files.store.name} could not be opened", "Nothing was changed."):
            yield
    except StoreDamagedError as error:
        backup = newest_good_backup(files.store, store_id_of(files))
        if backup is None and newest_good_backup(files.store) is not None:
            raise StoreDamagedError(
                f"{files.store.name} could not be opened: the key file {files.keys.name} beside it is another "
                "store's. Nothing was changed. Move that key file to another folder, then try again: the newest "
                "backup holds the right one."
            ) from error
        sentence = str(error).removesuffix(DAMAGED.remedy).rstrip()
        raise StoreDamagedError(
            f"{sentence} {backup_advice(backup)}", None if backup is None else backup.path
        ) from error


def backup_advice(backup: Backup | None) -> str:
    """Say which backup helps, or where to look for one."""
    if backup is None:
        return "There is no good backup beside it; look in the second backup folder or ask IT for theirs."
    return f"The newest good backup is {backup.path.name} of {backup.made_at.astimezone():%d/%m/%Y %H:%M}."


def store_id_of(files: StoreFiles) -> str | None:
    """Return the id of the store that the key file names, None where it cannot be read."""
    try:
        return read_key_file(files).store_id
    except (OSError, CspError):
        return None
