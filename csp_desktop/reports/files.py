"""Puts a finished file in its place: whole or not at all."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from csp_desktop.errors import CspError

_FULL = {errno.ENOSPC, errno.EDQUOT}
_IN_USE = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}


def replace_file(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path`` and move it there; what was at ``path`` stays until then.

    Raises CspError with a sentence when the folder is missing or refuses, the file is open in another program, or
    the disk is full.
    """
    if not path.parent.is_dir():
        message = f"The folder {path.parent} does not exist; nothing was written. Choose a folder that does."
        raise CspError(message)
    if path.is_dir():
        message = f"{path} is a folder; nothing was written. Give the name of a file."
        raise CspError(message)
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=".csp-", suffix=path.suffix, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
        raise CspError(_sentence(path, error)) from error


def _sentence(path: Path, error: OSError) -> str:
    """Say what stood in the way, and what to do."""
    kept = f"{path.name} was not written and what was there is unchanged."
    if error.errno in _FULL:
        return f"The disk is full: {kept} Free some space or choose another disk."
    if error.errno in _IN_USE:
        return f"{kept} Close it if it is open in another program, or choose a folder you may write to."
    if error.errno == errno.EROFS:
        return f"The folder is read-only: {kept} Choose another folder."
    return f"{kept} The system says: {error.strerror}. Choose another folder or name."
