"""Checking a store: every page, every reference, and the audit trail against what the backups remember of it."""

import json
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from datetime import datetime

from sqlcipher3 import dbapi2

from csp_desktop.audit import Anchor, Verdict
from csp_desktop.backup import Backup, Reason, list_backups, newest_good_backup
from csp_desktop.location import StoreFiles
from csp_desktop.restore import RESTORED
from csp_desktop.store import Store
from csp_desktop.workspace import backup_advice, keys_of, store_id_of
from models.engine import connect, data_key_of, last_id_given, quick_check


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: faults of pages, rows that point to nothing, and the audit trail's verdict.

    ``backup`` is the newest good backup where the store is damaged, None where there is none or no need of it.
    """

    page_faults: tuple[str, ...]
    broken_references: int
    audit: Verdict
    backup: Backup | None = None

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.page_faults and not self.broken_references and self.audit.is_whole

    @property
    def sentence(self) -> str:
        """Say the finding for people."""
        if self.page_faults:
            return f"The store's file is damaged. Nothing was changed. {backup_advice(self.backup)}"
        if self.broken_references:
            rows = "One row points" if self.broken_references == 1 else f"{self.broken_references} rows point"
            return f"{rows} to a row that is gone. Nothing was changed. {backup_advice(self.backup)}"
        return f"The store's file is whole. {self.audit.sentence}"


def check_store(store: Store) -> CheckReport:
    """Check every page, every reference and the audit trail, this last against the newest backup's anchor too.

    SQLite counts ids up for ever, so that entries cut off since that backup show as well.
    """
    connection = connect(store.path, data_key_of(store.engines.read), read_only=True)
    try:
        faults = tuple(quick_check(connection))
        broken = 0 if faults else len(connection.execute("PRAGMA foreign_key_check").fetchall())
        restored = None if faults else _restored_at(connection)
        given = 0 if faults else last_id_given(connection, "audit_entry")
    finally:
        connection.close()
    backup = newest_good_backup(store.path, store_id_of(StoreFiles(store.path))) if faults or broken else None
    if faults:
        return CheckReport(faults, 0, Verdict(0, 0, None), backup)
    verdict = store.verify_audit(_anchor(store, restored))
    if verdict.is_whole and given > verdict.entries:
        verdict = replace_fields(verdict, broken_at=verdict.entries + 1)
    return CheckReport(faults, broken, verdict, backup)


def _restored_at(connection: dbapi2.Connection) -> datetime | None:
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (RESTORED,)).fetchone()
    return None if row is None else datetime.fromisoformat(json.loads(row[0])["at"])


def _anchor(store: Store, restored_at: datetime | None) -> Anchor | None:
    """Return the furthest anchor that a backup holds; those made before the last restore speak of another tail."""
    anchors = [
        Anchor(backup.contents.audit_count, bytes.fromhex(backup.contents.audit_last_mac))
        for backup in list_backups(store.path, keys_of(store).store_id)
        if restored_at is None or (backup.made_at >= restored_at and backup.reason != Reason.BEFORE_RESTORE)
    ]
    return max(anchors, key=lambda anchor: anchor.count, default=None)
