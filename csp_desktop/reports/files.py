"""Puts a finished file in its place: whole or not at all."""

import errno
from pathlib import Path

from csp_desktop.disk import write_whole
from csp_desktop.errors import CspError

_SHOWN = 60
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_IN_USE = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}


def replace_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``; what was there stays until the new file is whole.

    Raises CspError with a sentence when the folder is missing or refuses, the file is open in another program, or
    the disk is full.
    """
    try:
        if not path.parent.is_dir():
            raise CspError(f"The folder {path.parent} does not exist; nothing was written. Choose a folder that does.")
        if path.is_dir():
            raise CspError(f"{path} is a folder; nothing was written. Give the name of a file.")
        write_whole(path, content)
    except OSError as error:
        raise CspError(_sentence(path, error)) from error


def _sentence(path: Path, error: OSError) -> str:
    """Say what stood in the way, and what to do."""
    name = path.name if len(path.name) <= _SHOWN else f"{path.name[:_SHOWN]}…"
    kept = f"{name} was not written and what was there is unchanged."
    if error.errno in _FULL:
        return f"The disk is full: {kept} Free some space or choose another disk."
    if error.errno in _IN_USE:
        return f"{kept} Close it if it is open in another program, or choose a folder you may write to."
    if error.errno == errno.ENAMETOOLONG:
        return f"{kept} Its name or the path to it is too long. Choose a shorter one."
    if error.errno == errno.EROFS:
        return f"The folder is read-only: {kept} Choose another folder."
    return f"{kept} The system says: {error.strerror}. Choose another folder or name."
