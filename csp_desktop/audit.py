"""The audit trail: every Step as one link of an HMAC-SHA256 chain, ordered by sequence and not by clock.

The chain covers a keyed, salted digest of each row's change, never the values themselves. So values can be erased
(Data Protection Act 2018) and the chain still verifies. The number of entries and the last MAC are anchored in each
backup and issued report, which makes a cut tail visible.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from models.records import AuditChange, AuditEntry
from models.vocabulary import Change, StepKind

Values = dict[str, Any]
GENESIS = bytes(32)
SALT_BYTES = 16
_NOTHING = "null"  # what a column of JSON holds where there is no value
_ADD_CHANGE = (
    "INSERT INTO audit_change"
    " (entry_id, table_name, row_id, change, digest, salt, before, after, erased_certificate)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Who:
    """The person at the keyboard: the operating system's account, and the name they gave at first run."""

    account: str
    display_name: str


class RowChange(NamedTuple):
    """One row's change, values ready for JSON: only the columns that differ, or all where it was added or removed."""

    table: str
    row_id: int
    change: Change
    before: Values | None
    after: Values | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a Step beside its changes. ``undoes_id`` is the Step it takes back."""

    label: str
    kind: StepKind
    who: Who
    at: datetime
    undoes_id: int | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """How long the chain is and where it ends; kept outside the store, it shows a cut tail."""

    count: int
    mac: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found. ``broken_at`` is the first entry whose link or values do not hold, None when whole."""

    entries: int
    erased_changes: int
    broken_at: int | None

    @property
    def is_whole(self) -> bool:
        """Say whether every link and every kept value verified."""
        return self.broken_at is None

    @property
    def sentence(self) -> str:
        """Say the finding for people."""
        if self.broken_at is not None:
            return f"The audit trail does not hold at entry {self.broken_at}: it was changed outside the program."
        erased = ""
        if self.erased_changes:
            whose = "1 change" if self.erased_changes == 1 else f"{self.erased_changes:,} changes"
            erased = f"; the values of {whose} were erased by certificate"
        entries = "1 entry" if self.entries == 1 else f"{self.entries:,} entries"
        return f"The audit trail is whole: {entries} verified{erased}."


_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


def _canonical(value: object) -> bytes:
    return _written(value).encode("ascii")


class _Written(NamedTuple):
    """One row's change with its values in their canonical form, which is also how they are stored."""

    table: str
    row_id: int
    change: str
    before: str
    after: str

    def digest(self, key: bytes, salt: bytes) -> bytes:
        """Return the keyed, salted digest of the change."""
        body = f'["{self.table}",{self.row_id},"{self.change}",{self.before},{self.after}]'
        return hmac.digest(key, salt + body.encode("ascii"), "sha256")


def _write(change: RowChange) -> _Written:
    before = _NOTHING if change.before is None else _written(change.before)
    after = _NOTHING if change.after is None else _written(change.after)
    return _Written(change.table, change.row_id, change.change.value, before, after)


def _entry_mac(key: bytes, previous: bytes, entry_id: int, entry: Entry, digests: tuple[int, bytes]) -> bytes:
    count, digest = digests
    head = [
        entry_id,
        entry.at.isoformat(),
        entry.kind.value,
        entry.label,
        entry.who.account,
        entry.who.display_name,
        entry.undoes_id,
        count,
    ]
    return hmac.digest(key, previous + _canonical(head) + digest, "sha256")


def _combined(digests: Iterable[bytes]) -> bytes:
    whole = hashlib.sha256()
    for digest in digests:
        whole.update(digest)
    return whole.digest()


def anchor(connection: Connection) -> Anchor:
    """Return the chain's length and last MAC."""
    count = connection.scalar(select(func.count()).select_from(AuditEntry)) or 0
    mac = connection.scalar(select(AuditEntry.mac).order_by(AuditEntry.id.desc()).limit(1))
    return Anchor(count, mac or GENESIS)


def append(
    connection: Connection, key: bytes, entry: Entry, changes: Sequence[RowChange], *, keep_values: bool = True
) -> int:
    """Add one Step to the chain, in the caller's transaction, and return its id.

    ``keep_values=False`` is for erasures: the digests are kept, the values never written.
    """
    last = connection.execute(select(AuditEntry.id, AuditEntry.mac).order_by(AuditEntry.id.desc()).limit(1)).first()
    entry_id, previous = (last.id + 1, last.mac) if last else (1, GENESIS)
    written = [_write(change) for change in changes]
    salts = _salts(len(written))
    digests = [each.digest(key, salt) for each, salt in zip(written, salts, strict=True)]
    combined = _combined(digests)
    mac = _entry_mac(key, previous, entry_id, entry, (len(changes), combined))
    connection.execute(
        insert(AuditEntry).values(
            id=entry_id,
            at=entry.at,
            kind=entry.kind,
            label=entry.label,
            account=entry.who.account,
            display_name=entry.who.display_name,
            undoes_id=entry.undoes_id,
            change_count=len(changes),
            digest=combined,
            mac=mac,
        )
    )
    if written:
        certificate = None if keep_values else entry.label
        connection.exec_driver_sql(
            _ADD_CHANGE,
            [
                (
                    entry_id,
                    each.table,
                    each.row_id,
                    each.change,
                    digest,
                    salt if keep_values else None,
                    each.before if keep_values else _NOTHING,
                    each.after if keep_values else _NOTHING,
                    certificate,
                )
                for each, salt, digest in zip(written, salts, digests, strict=True)
            ],
        )
    return entry_id


def _salts(count: int) -> list[bytes]:
    drawn = secrets.token_bytes(SALT_BYTES * count)
    return [drawn[first : first + SALT_BYTES] for first in range(0, len(drawn), SALT_BYTES)]


def changes_of(connection: Connection, entry_id: int) -> list[RowChange]:
    """Return a Step's changes in the order they were made; erased ones come back without values."""
    columns = (AuditChange.table_name, AuditChange.row_id, AuditChange.change, AuditChange.before, AuditChange.after)
    found = connection.execute(select(*columns).where(AuditChange.entry_id == entry_id).order_by(AuditChange.id))
    return [RowChange(*row) for row in found]


def verify(connection: Connection, key: bytes, anchored: Anchor | None = None) -> Verdict:
    """Verify every link, every kept value and, given an anchor, that nothing was cut off behind it.

    A value may only be missing where a recorded erasure bears the certificate that the change names.
    """
    previous = GENESIS
    entries = erased = 0
    mac_at_anchor: bytes | None = None
    certificates = set(connection.scalars(select(AuditEntry.label).where(AuditEntry.kind == StepKind.ERASURE)))
    changes = _digests_by_entry(connection, key, certificates)
    pending = next(changes, None)
    for row in connection.execute(select(AuditEntry.__table__).order_by(AuditEntry.id)):
        entries += 1
        count, combined, lost, sound = 0, _combined([]), 0, True
        if pending is not None and pending[0] == row.id:
            _, count, combined, lost, sound = pending
            pending = next(changes, None)
        erased += lost
        entry = Entry(row.label, row.kind, Who(row.account, row.display_name), row.at, row.undoes_id)
        mac = _entry_mac(key, previous, entries, entry, (count, combined))
        if not (sound and row.id == entries and hmac.compare_digest(mac, row.mac) and count == row.change_count):
            return Verdict(entries, erased, row.id)
        previous = mac
        if anchored is not None and entries == anchored.count:
            mac_at_anchor = mac
    if anchored is not None and anchored.count and mac_at_anchor != anchored.mac:
        return Verdict(entries, erased, min(entries, anchored.count) + 1)
    return Verdict(entries, erased, None if pending is None else pending[0])


class _EntryDigest(NamedTuple):
    entry_id: int
    changes: int
    combined: bytes
    erased: int
    sound: bool


def _digests_by_entry(connection: Connection, key: bytes, certificates: set[str]) -> Iterator[_EntryDigest]:
    """Yield, entry by entry, the combined digest of its changes and whether each value matches it or was erased."""
    current: int | None = None
    digests: list[bytes] = []
    erased, sound = 0, True
    found = connection.execution_options(yield_per=2000).execute(
        select(AuditChange.__table__).order_by(AuditChange.entry_id, AuditChange.id)
    )
    for row in found:
        if current is not None and row.entry_id != current:
            yield _EntryDigest(current, len(digests), _combined(digests), erased, sound)
            digests, erased, sound = [], 0, True
        current = row.entry_id
        digests.append(row.digest)
        if row.salt is None:
            erased += 1
            sound = sound and row.erased_certificate in certificates
        else:
            change = RowChange(row.table_name, row.row_id, row.change, row.before, row.after)
            sound = sound and hmac.compare_digest(_write(change).digest(key, row.salt), row.digest)
    if current is not None:
        yield _EntryDigest(current, len(digests), _combined(digests), erased, sound)


def erase_values(connection: Connection, change_ids: Sequence[int], certificate: str) -> None:
    """Blank the values and salt of the given changes for ever; their digests stay, so the chain still verifies."""
    connection.execute(
        update(AuditChange)
        .where(AuditChange.id.in_(change_ids))
        .values(salt=None, before=None, after=None, erased_certificate=certificate)
    )
