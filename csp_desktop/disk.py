"""Writes small files whole or not at all, for their owner alone, and says a disk's troubles in words.

Imports nothing slow: the first window needs it.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from csp_desktop.errors import CspError

_BINARY = getattr(os, "O_BINARY", 0)  # on Windows a descriptor translates line ends without it
_SHARING_VIOLATIONS = {32, 33}  # Windows: another program has the file open


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that a reader, or a power cut, finds the old file or the new one, never a part.

    The file is its owner's alone. Raises OSError.
    """
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with create_private(unfinished) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def copy_whole(source: Path, path: Path) -> None:
    """Copy a file so that ``path`` is never seen in part. Raises OSError."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with source.open("rb") as old, create_private(unfinished) as new:
            shutil.copyfileobj(old, new, 1 << 20)
            new.flush()
            os.fsync(new.fileno())
        replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def create_private(path: Path) -> BinaryIO:
    """Open ``path`` for writing as a new file of its owner alone; what lay there before is removed."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb")


def replace(new: Path, path: Path) -> None:
    """Put ``new`` in the place of ``path`` in one move that outlasts a power cut."""
    new.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Wait until a closed file's content lies on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names lie on the disk. Windows writes them through by itself and cannot be asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private_folder(folder: Path) -> None:
    """Create ``folder`` and those above it where they are missing; the last one is its owner's alone."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


@dataclass(frozen=True, slots=True)
class Advice:
    """What is wrong with a disk, and what to do about it: the beginning and the end of a sentence for the user."""

    wrong: str
    remedy: str

    def sentence(self, refused: str, kept: str) -> str:
        """Say what did not happen, why, what still stands, and what to do."""
        return f"{refused}: {self.wrong} {kept} {self.remedy}"


NO_SPACE = Advice("the disk is full.", "Free some space on it, then try again.")
NO_ACCESS = Advice(
    "this account may not write in that folder, or the disk is read-only.",
    "Choose another folder, or ask IT for write access to it.",
)
IN_USE = Advice("another program is using the file.", "Close it, then try again.")
UNREADABLE = Advice("the disk could not be read or written.", "Check that the disk is connected, then try again.")
NOT_FOUND = Advice("the folder or file cannot be found.", "Check its name and that the disk is connected.")
TOO_LONG = Advice("its name or the path to it is too long.", "Choose a shorter name, or a folder nearer the top.")
IN_THE_WAY = Advice("a file stands where a folder is needed.", "Move it away, or choose another folder.")
_BY_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), NO_SPACE),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), NO_ACCESS),
    **dict.fromkeys((errno.ENOENT, errno.EINVAL), NOT_FOUND),
    errno.ENAMETOOLONG: TOO_LONG,
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR, errno.EISDIR), IN_THE_WAY),
    **dict.fromkeys(
        (errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH),
        UNREADABLE,
    ),
}


@contextmanager
def file_troubles(refused: str, kept: str) -> Iterator[None]:
    """Turn a full disk, a read-only or missing folder and the like into one sentence; anything else flies as it is.

    ``refused`` says what did not happen ("The backup could not be made"), ``kept`` what still stands ("Your store is
    unchanged."). Raises CspError.
    """
    try:
        yield
    except OSError as error:
        sharing = getattr(error, "winerror", None) in _SHARING_VIOLATIONS
        advice = IN_USE if sharing else _BY_ERRNO.get(error.errno or 0)
        if advice is None:
            raise
        raise CspError(advice.sentence(refused, kept)) from error
