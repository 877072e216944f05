"""One program per store: a lock beside the file, held by the operating system so that it dies with its holder.

The lock file itself cannot be read on Windows while it is held; who holds it stands in a second file.
"""

import json
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from csp_desktop.disk import file_troubles, write_whole
from csp_desktop.errors import StoreInUseError
from csp_desktop.location import StoreFiles


@dataclass(frozen=True, slots=True)
class Holder:
    """The program that has a store open: process id, PC, operating system account, and since when (UTC)."""

    pid: int
    host: str
    account: str
    since: datetime


class StoreLock:
    """The right to use one store, from ``hold`` until ``release``. ``after_unclean_end``: the last holder died."""

    def __init__(self, files: StoreFiles, lock: FileLock, *, after_unclean_end: bool) -> None:
        self.files = files
        self.after_unclean_end = after_unclean_end
        self._lock = lock

    @classmethod
    def hold(cls, files: StoreFiles, account: str, now: datetime) -> Self:
        """Take the store, or say who has it. A dead holder's lock is taken over.

        Raises StoreInUseError, and CspError where the folder cannot be written.
        """
        refused = "opened" if os.access(files.store, os.F_OK) else "created"
        with file_troubles(f"{files.store.name} could not be {refused}", "Nothing was changed."):
            # Released by whichever thread closes the store; and 0.0 means one attempt, no waiting.
            lock = FileLock(files.lock, timeout=0.0, mode=0o600, thread_local=False)
            try:
                lock.acquire()
            except Timeout as error:
                raise StoreInUseError(_in_use(files, read_holder(files))) from error
            try:
                unclean = files.holder.exists()
                holder = {
                    "pid": os.getpid(),
                    "host": socket.gethostname(),
                    "account": account,
                    "since": now.isoformat(),
                }
                write_whole(files.holder, json.dumps(holder).encode())
            except BaseException:
                lock.release()
                raise
        return cls(files, lock, after_unclean_end=unclean)

    def release(self) -> None:
        """Give the store free. Harmless when called again."""
        if self._lock.is_locked:
            self.files.holder.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def read_holder(files: StoreFiles) -> Holder | None:
    """Return who last took the store and has not given it free, or None where that cannot be read."""
    try:
        content = json.loads(files.holder.read_bytes())
        since = datetime.fromisoformat(content["since"])
        return Holder(
            pid=int(content["pid"]),
            host=str(content["host"]),
            account=str(content["account"]),
            since=since if since.tzinfo else since.replace(tzinfo=UTC),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _in_use(files: StoreFiles, holder: Holder | None) -> str:
    if holder is None:
        by = "by another program"
    else:
        since = holder.since.astimezone()
        by = f"by {holder.account} on {holder.host} (process {holder.pid}, since {since:%d/%m/%Y %H:%M})"
    return (
        f"{files.store.name} is in use {by}. Nothing was changed. "
        "Close CSP Desktop there, or wait until its command has finished, then try again."
    )
