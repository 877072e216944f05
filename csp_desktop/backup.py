"""Backups: one file that holds the encrypted copy, its key file and a manifest, checked before it gets its name.

A backup is made with SQLite's own backup, so that others may write meanwhile, and is compared with the store row count
by row count. Its manifest names no person: ids, counts, hashes, and where the audit trail stood (which shows a cut
tail). Times in names are UTC; the one who calls says what time it is.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from sqlcipher3 import dbapi2

from csp_desktop.access import Keys
from csp_desktop.disk import copy_whole, make_private_folder, replace, sync_file
from csp_desktop.errors import CspError, StoreDamagedError
from csp_desktop.location import StoreFiles
from csp_desktop.thinning import surplus
from csp_desktop.troubles import disk_troubles
from models.engine import connect, copy_database, count_rows, create_empty_file, quick_check

SUFFIX = ".cspbackup"
STORE_MEMBER, KEYS_MEMBER, MANIFEST_MEMBER = "store.csp", "store.keys", "manifest.json"
FORMAT = 1
_MEMBERS = {STORE_MEMBER, KEYS_MEMBER, MANIFEST_MEMBER}
_MOST_MANIFEST_BYTES = 1_000_000
_KEPT = "The store itself is unchanged."


class Reason(StrEnum):
    """Why a backup was made."""

    BY_HAND = "by_hand"
    SCHEDULED = "scheduled"
    BEFORE_IMPORT = "before_import"
    BEFORE_MIGRATION = "before_migration"
    BEFORE_RESTORE = "before_restore"
    NEW_PASSPHRASE = "new_passphrase"  # noqa: S105 - a reason, not a secret
    CREATED = "created"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds, in numbers: the schema's version, rows by table, and where the audit trail stands."""

    schema_version: str | None
    row_counts: dict[str, int]
    audit_count: int
    audit_last_mac: str


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file and what its manifest says. ``made_at`` is UTC; hashes are SHA-256 in hex, by member."""

    path: Path
    store_id: str
    made_at: datetime
    reason: str
    contents: Contents
    sha256: dict[str, str]


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was made and checked. ``warning`` says where its second copy failed, None where all went well."""

    backup: Backup
    warning: str | None = None


def back_up(path: Path, keys: Keys, reason: Reason, now: datetime, second_folder: Path | None = None) -> BackupMade:
    """Back up the store at ``path``, check the copy, and thin out older ones, here and in ``second_folder``.

    The caller holds the store. Raises CspError (full disk, read-only folder) and StoreDamagedError; the store stays as
    it is, and no half-made backup is left.
    """
    files = StoreFiles(path)
    with disk_troubles(f"{path.name} could not be backed up", _KEPT):
        make_private_folder(files.backups)
        with _workplace(files.backups) as workplace:
            copy = workplace / STORE_MEMBER
            contents = _copy_checked(path, keys, copy)
            packed = workplace / f"packed{SUFFIX}"
            backup = _pack(packed, copy, files.keys, Backup(packed, keys.store_id, now, reason.value, contents, {}))
            verify(backup)
            final = _free_name(files, now)
            replace(packed, final)
    backup = _at(backup, final)
    _thin(files.backups, backup)
    return BackupMade(backup, _copy_to_second(backup, second_folder) if second_folder else None)


def list_backups(path: Path, store_id: str | None = None) -> list[Backup]:
    """Return the backups beside the store at ``path``, newest first; those whose manifest cannot be read are left out.

    With ``store_id``, only that store's: another store may have borne the same name before.
    """
    return _in_folder(StoreFiles(path).backups, store_id)


def newest_good_backup(path: Path, store_id: str | None = None) -> Backup | None:
    """Return the newest backup whose every byte is as it was written, None where there is none."""
    return next((backup for backup in list_backups(path, store_id) if is_good(backup)), None)


def read_backup(file: Path) -> Backup:
    """Read a backup's manifest. Raises StoreDamagedError where the file is no backup or is damaged."""
    try:
        with zipfile.ZipFile(file) as archive:
            if {info.filename for info in archive.infolist()} != _MEMBERS or any(
                info.compress_type != zipfile.ZIP_STORED for info in archive.infolist()
            ):
                raise _no_backup(file)
            if archive.getinfo(MANIFEST_MEMBER).file_size > _MOST_MANIFEST_BYTES:
                raise _no_backup(file)
            manifest = json.loads(archive.read(MANIFEST_MEMBER))
        return _from_manifest(file, manifest)
    except FileNotFoundError as error:
        raise CspError(f"{file} cannot be found. Nothing was changed. Check the name of the backup.") from error
    except OSError as error:
        raise CspError(f"{file} cannot be read: {error.strerror}. Nothing was changed.") from error
    # RuntimeError: a member under a password, or packed in a way that zipfile does not know
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, RuntimeError, EOFError) as error:
        raise _no_backup(file) from error


def verify(backup: Backup) -> None:
    """Compare the backup's members with the hashes in its manifest. Raises StoreDamagedError where they differ."""
    for member, expected in backup.sha256.items():
        with open_member(backup, member) as content:
            if _sha256(content) != expected:
                raise _damaged(backup.path)


def is_good(backup: Backup) -> bool:
    """Say whether ``verify`` holds."""
    try:
        verify(backup)
    except (StoreDamagedError, OSError):
        return False
    return True


@contextmanager
def open_member(backup: Backup, member: str) -> Iterator[IO[bytes]]:
    """Open one member of a backup for reading. Raises StoreDamagedError where the file does not hold together."""
    try:
        with zipfile.ZipFile(backup.path) as archive, archive.open(member) as content:
            yield content
    except (zipfile.BadZipFile, KeyError, RuntimeError, EOFError) as error:
        raise _damaged(backup.path) from error


def describe(connection: dbapi2.Connection) -> Contents:
    """Return what the store behind ``connection`` holds."""
    counts = count_rows(connection)
    stamped = "alembic_version" in counts
    version = connection.execute("SELECT version_num FROM alembic_version").fetchone() if stamped else None
    last = None
    if "audit_entry" in counts:
        last = connection.execute("SELECT mac FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    return Contents(
        schema_version=str(version[0]) if version else None,
        row_counts=counts,
        audit_count=counts.get("audit_entry", 0),
        audit_last_mac=bytes(last[0]).hex() if last else "",
    )


def _copy_checked(path: Path, keys: Keys, copy: Path) -> Contents:
    source = connect(path, keys.data_key, read_only=True)
    try:
        source.execute("BEGIN")
        expected = describe(source)  # also fixes the state that is copied: others may write meanwhile
        copy_database(source, copy, keys.data_key)
    finally:
        source.close()
    check_copy(copy, keys, expected)
    sync_file(copy)
    return expected


def check_copy(copy: Path, keys: Keys, expected: Contents) -> None:
    """Check every page of a copied store and compare its rows. Raises StoreDamagedError where it is not the same."""
    connection = connect(copy, keys.data_key, read_only=True)
    try:
        wrong = quick_check(connection)
        if wrong or describe(connection) != expected:
            raise StoreDamagedError(
                "The copy of the store does not hold what the store holds, so it was thrown away. The store was not "
                "changed. Run “check”, and restore the newest good backup if it finds damage."
            )
    finally:
        connection.close()


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """Give a folder for half-made files; what a killed run left in it is swept first, and all of it at the end."""
    workplace = folder / "unfinished"
    shutil.rmtree(workplace, ignore_errors=True)
    workplace.mkdir(mode=0o700)
    try:
        yield workplace
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _pack(packed: Path, store: Path, keys: Path, draft: Backup) -> Backup:
    members = {STORE_MEMBER: store, KEYS_MEMBER: keys}
    hashes = {}
    create_empty_file(packed)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, file in members.items():
            with file.open("rb") as content:
                hashes[name] = _sha256(content)
            archive.write(file, name)
        backup = Backup(packed, draft.store_id, draft.made_at, draft.reason, draft.contents, hashes)
        archive.writestr(MANIFEST_MEMBER, json.dumps(_to_manifest(backup), indent=1))
    sync_file(packed)
    return backup


def _sha256(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := content.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _free_name(files: StoreFiles, now: datetime) -> Path:
    stem = f"{files.store.stem}-{now.astimezone(UTC):%Y%m%d-%H%M%S}"
    final, count = files.backups / f"{stem}{SUFFIX}", 1
    while final.exists():
        count += 1
        final = files.backups / f"{stem}-{count}{SUFFIX}"
    return final


def _at(backup: Backup, path: Path) -> Backup:
    return Backup(path, backup.store_id, backup.made_at, backup.reason, backup.contents, backup.sha256)


def _in_folder(folder: Path, store_id: str | None) -> list[Backup]:
    found = []
    for file in folder.glob(f"*{SUFFIX}") if folder.is_dir() else ():
        with suppress(CspError):
            found.append(read_backup(file))
    wanted = [backup for backup in found if store_id in {None, backup.store_id}]
    # Within one second the later name is the longer one, or the greater.
    return sorted(wanted, key=lambda backup: (backup.made_at, len(backup.path.name), backup.path.name), reverse=True)


def _thin(folder: Path, newest: Backup) -> None:
    mine = _in_folder(folder, newest.store_id)
    for old in surplus({backup.path: backup.made_at for backup in mine}, newest.made_at):
        with suppress(OSError):  # in use by a virus scanner or a copy program: it goes with the next thinning
            old.unlink()


def _copy_to_second(backup: Backup, folder: Path) -> str | None:
    """Copy a backup to the second folder and thin that out; return a sentence where that failed."""
    try:
        with disk_troubles("The second copy of the backup could not be made", "The first copy is whole."):
            make_private_folder(folder)
            copy_whole(backup.path, folder / backup.path.name)
        second = _at(backup, folder / backup.path.name)
        verify(second)
    except CspError as error:
        return str(error)
    _thin(folder, second)
    return None


def _to_manifest(backup: Backup) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "store_id": backup.store_id,
        "made_at": backup.made_at.astimezone(UTC).isoformat(),
        "reason": backup.reason,
        **asdict(backup.contents),
        "sha256": backup.sha256,
    }


def _from_manifest(file: Path, manifest: dict[str, Any]) -> Backup:
    if manifest["format"] > FORMAT:
        raise CspError(
            f"{file.name} was written by a newer version of CSP Desktop. Nothing was changed. "
            "Ask IT for the newer version."
        )
    version = manifest["schema_version"]
    hashes = {name: str(manifest["sha256"][name]) for name in (STORE_MEMBER, KEYS_MEMBER)}
    return Backup(
        path=file,
        store_id=str(manifest["store_id"]),
        made_at=datetime.fromisoformat(manifest["made_at"]).astimezone(UTC),
        reason=str(manifest["reason"]),
        contents=Contents(
            schema_version=None if version is None else str(version),
            row_counts={str(name): int(count) for name, count in manifest["row_counts"].items()},
            audit_count=int(manifest["audit_count"]),
            audit_last_mac=str(manifest["audit_last_mac"]),
        ),
        sha256=hashes,
    )


def _no_backup(file: Path) -> StoreDamagedError:
    return StoreDamagedError(
        f"{file.name} is not a whole backup of CSP Desktop. Nothing was changed. Choose another backup ({SUFFIX})."
    )


def _damaged(file: Path) -> StoreDamagedError:
    return StoreDamagedError(f"The backup {file.name} is damaged. Nothing was changed. Choose an earlier backup.")
