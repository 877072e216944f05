"""Puts a backup in the place of a store, keeping what was there: backed up where it can be read, beside it where not.

Kill it at any moment and the store is the one before or the one restored, with its key file.
"""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, insert

from csp_desktop import audit
from csp_desktop.access import KeyFile, Keys, unlock
from csp_desktop.audit import Entry, Who
from csp_desktop.backup import (
    KEYS_MEMBER,
    STORE_MEMBER,
    Backup,
    Reason,
    back_up,
    check_copy,
    open_member,
    read_backup,
    verify,
)
from csp_desktop.disk import copy_whole, create_private, replace, sync_file, write_whole
from csp_desktop.errors import CspError, StoreDamagedError, WrongSecretError
from csp_desktop.location import StoreFiles, check_location
from csp_desktop.lock import StoreLock
from csp_desktop.troubles import disk_troubles
from models.engine import checkpoint, open_engine
from models.migrations import CURRENT
from models.records import Setting
from models.vocabulary import StepKind

RESTORED = "restored"
"""The setting in which a restored store keeps when and from which backup: anchors of backups before it do not bind."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, the backup of what stood there before, and the damaged file that was kept beside."""

    from_backup: Backup
    backup_of_former: Backup | None
    damaged_file: Path | None


def restore(backup_file: Path, path: Path, secret: str, who: Who, now: datetime) -> Restored:
    """Put the store in ``backup_file`` at ``path``; a bare name is also looked for among its backups.

    ``secret`` is the passphrase or recovery key, of then or of now. A key file that fits stays, and with it the
    passphrase of now. Raises StoreInUseError, WrongSecretError, StoreDamagedError where the backup is damaged, and
    CspError where it is another store's, is newer than this program, or the disk refuses; in each case what was there
    stays.
    """
    check_location(path)
    files = StoreFiles(path.absolute())
    with (
        StoreLock.hold(files, who.account, now),
        disk_troubles(f"{path.name} could not be restored", "It is as it was."),
    ):
        backup = read_backup(_located(backup_file, files))
        verify(backup)
        _require_known(backup)
        present = _present_key_file(files)
        if present is not None and path.exists() and present.store_id != backup.store_id:
            raise CspError(
                f"{backup_file.name} belongs to another store than {path.name}. Nothing was changed. "
                "Restore it under another name."
            )
        key_file, keys = _unlocked(backup, present, secret)
        try:
            _extract(backup, keys, files.unfinished)
            _leave_note(files.unfinished, keys, Entry(_label(backup), StepKind.ACCESS, who, now), backup)
            if key_file != present:
                _put_key_file(files, key_file, now)
            restored = _keep_former(files, keys, backup, now)
            replace(files.unfinished, path)
        finally:
            sweep(files)
    return restored


def sweep(files: StoreFiles) -> None:
    """Remove what a killed run left half made. The caller holds the store."""
    for ending in ("", "-wal", "-shm", "-journal"):
        files.unfinished.with_name(files.unfinished.name + ending).unlink(missing_ok=True)


def read_key_file(files: StoreFiles) -> KeyFile:
    """Read a store's key file. Raises StoreDamagedError where it is damaged, FileNotFoundError where there is none."""
    return KeyFile.from_bytes(files.keys.read_bytes())


def key_file_of(backup: Backup) -> KeyFile:
    """Read the key file in a backup. Raises StoreDamagedError."""
    with open_member(backup, KEYS_MEMBER) as content:
        return KeyFile.from_bytes(content.read())


def _located(backup_file: Path, files: StoreFiles) -> Path:
    """Return the file that is meant: as it is named, or where only a name is given, that backup beside the store."""
    with suppress(OSError):
        beside = files.backups / backup_file.name
        if not backup_file.is_absolute() and not backup_file.exists() and beside.is_file():
            return beside
    return backup_file


def _require_known(backup: Backup) -> None:
    version = backup.contents.schema_version
    if version is None or CURRENT.is_newer(version):
        raise CspError(
            f"{backup.path.name} was made by a newer version of CSP Desktop (its schema is {version}, this program "
            f"knows {CURRENT.version}). Nothing was changed. Ask IT for the newer version."
        )


def _present_key_file(files: StoreFiles) -> KeyFile | None:
    try:
        return read_key_file(files)
    except (FileNotFoundError, StoreDamagedError):
        return None


def _unlocked(backup: Backup, present: KeyFile | None, secret: str) -> tuple[KeyFile, Keys]:
    """Return the key file that is to stand beside the restored store, and its keys."""
    packed = key_file_of(backup)
    if present is None or present.store_id != backup.store_id:
        return packed, unlock(packed, secret)
    try:
        return present, unlock(present, secret)
    except WrongSecretError:
        return present, unlock(packed, secret)


def _extract(backup: Backup, keys: Keys, target: Path) -> None:
    with open_member(backup, STORE_MEMBER) as content, create_private(target) as file:
        shutil.copyfileobj(content, file, 1 << 20)
    check_copy(target, keys, backup.contents)


def _leave_note(target: Path, keys: Keys, entry: Entry, backup: Backup) -> None:
    """Note the restoring in the file before it takes its place: a setting and, on today's schema, an audit entry."""
    value = {"at": entry.at.astimezone(UTC).isoformat(), "backup_made_at": backup.made_at.isoformat()}
    engine = open_engine(target, keys.data_key)
    try:
        with engine.begin() as connection:
            connection.execute(delete(Setting).where(Setting.key == RESTORED))
            connection.execute(insert(Setting).values(key=RESTORED, value=value))
            if backup.contents.schema_version == CURRENT.version:
                audit.append(connection, keys.audit_key, entry, [])
    finally:
        engine.dispose()
    sync_file(target)


def _label(backup: Backup) -> str:
    return f"Restored the backup of {backup.made_at:%d/%m/%Y %H:%M} UTC"


def _keep_former(files: StoreFiles, keys: Keys, backup: Backup, now: datetime) -> Restored:
    if not files.store.exists():
        return Restored(backup, None, None)
    try:
        former = back_up(files.store, keys, Reason.BEFORE_RESTORE, now).backup
    except StoreDamagedError:
        former = None
    damaged = None if former else _keep_damaged(files, now)
    if former:
        checkpoint(files.store, keys.data_key)
    # A log left beside would be replayed into the restored file.
    for log in files.logs:
        log.unlink(missing_ok=True)
    return Restored(backup, former, damaged)


def _keep_damaged(files: StoreFiles, now: datetime) -> Path:
    kept = _aside(files.store, "damaged", now)
    for log in files.logs:
        if log.exists():
            copy_whole(log, kept.with_name(kept.name + log.name.removeprefix(files.store.name)))
    copy_whole(files.store, kept)
    return kept


def _put_key_file(files: StoreFiles, key_file: KeyFile, now: datetime) -> None:
    if files.keys.exists():
        copy_whole(files.keys, _aside(files.keys, "former", now))
    write_whole(files.keys, key_file.to_bytes())


def _aside(path: Path, why: str, now: datetime) -> Path:
    stem = f"{path.name}.{why}-{now.astimezone(UTC):%Y%m%d-%H%M%S}"
    kept, count = path.with_name(stem), 1
    while kept.exists():
        count += 1
        kept = path.with_name(f"{stem}-{count}")
    return kept
