"""The reading itself, as it runs in the child process: bounded, alone, and gone when its parent is."""

import hashlib
import os
import stat
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import TypeAlias

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.reading.answers import Outgoing, Sender
from csp_desktop.imports.reading.limits import MIB, Limits
from csp_desktop.imports.reading.parsing import parse
from csp_desktop.imports.reading.refusals import Refusal, refuse

Parse: TypeAlias = Callable[[Path, Limits, Callable[[int, int], None]], WorkbookGrid]
_SECONDS_OVER = 1
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_KILL = 9


def read_in_child(path: Path, limits: Limits, answers: Outgoing, read: Parse = parse) -> None:
    """Read ``path`` and send the grid, or the sentence of its refusal, over ``answers``. Progress goes before.

    What else goes wrong is a fault of the reader's: its kind and place are sent, never its words, which may be the
    file's own; and it flies on.
    """
    _leave_with_the_parent()
    _fall_silent()
    _set_limits(limits)
    sender = Sender(answers)
    try:
        _answer(path, limits, sender, read)
    except BaseException as fault:
        sender.send(("broken", _place(fault)))
        raise
    finally:
        answers.close()


def _answer(path: Path, limits: Limits, sender: Sender, read: Parse) -> None:
    def tell(done: int, expected: int) -> None:
        sender.send(("rows", done, expected))

    try:
        grid, digest = read_unchanged(path, limits, tell, read)
    except UnreadableFileError as error:
        sender.send(("refused", str(error)))
    except MemoryError:
        sender.send(("refused", str(refuse(Refusal.STOPPED, path.name, found="it needs too much memory"))))
    except RecursionError:
        sender.send(("refused", str(refuse(Refusal.STOPPED, path.name, found="its content is nested too deeply"))))
    else:
        sender.send(("grid", grid, digest))


def read_unchanged(
    path: Path, limits: Limits, tell: Callable[[int, int], None], read: Parse = parse
) -> tuple[WorkbookGrid, str]:
    """Return the grid of ``path`` and the SHA-256 of the very bytes it was read from, in hexadecimal.

    Someone may save the file meanwhile: then neither the grid nor a refusal of it is worth anything, and
    UnreadableFileError says that it changed.
    """
    _check_outside(path, limits)
    before = _digest(path)
    try:
        grid = read(path, limits, tell)
    except UnreadableFileError:
        if _digest(path) != before:
            raise refuse(Refusal.CHANGED, path.name) from None
        raise
    except OSError:
        raise refuse(Refusal.MISSING, path.name) from None
    if _digest(path) != before:
        raise refuse(Refusal.CHANGED, path.name)
    rows = sum(len(sheet.rows) for sheet in grid.sheets)
    if rows > limits.rows:
        raise refuse(Refusal.TOO_LARGE, path.name, found=f"{rows:,} rows", most=f"{limits.rows:,}")
    return grid, before


def _check_outside(path: Path, limits: Limits) -> None:
    """Refuse what the file system alone shows: missing, a folder, a pipe or device (opening one can wait for ever)."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        raise refuse(Refusal.MISSING, path.name) from None
    if stat.S_ISDIR(found.st_mode):
        raise refuse(Refusal.NOT_A_FILE, path.name)
    if not stat.S_ISREG(found.st_mode):
        raise refuse(Refusal.DEVICE, path.name)
    if found.st_size == 0:
        raise refuse(Refusal.EMPTY, path.name)
    if found.st_size > limits.file_size:
        size, most = f"{found.st_size // MIB:,} MB", f"{limits.file_size // MIB:,} MB"
        raise refuse(Refusal.TOO_LARGE, path.name, found=size, most=most)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        raise refuse(Refusal.MISSING, path.name) from None


def _place(fault: BaseException) -> str:
    """Return a fault's kind and the line that raised it."""
    frames = traceback.extract_tb(fault.__traceback__)
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(fault).__name__}{where}"


def _leave_with_the_parent() -> None:
    """End this process at once when the parent is gone, whatever it is doing."""
    parent = parent_process()
    if parent is None:
        return

    def leave() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=leave, daemon=True).start()
    if sys.platform == "linux":
        # A parser stuck in C never lets the thread above run; the kernel needs nobody's leave.
        import ctypes

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, _KILL)


def _fall_silent() -> None:
    """Drop what would be printed: parsers complain on stderr, and a traceback may quote the file."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _set_limits(limits: Limits) -> None:
    """Bound memory, processor time and core dumps where the system can; elsewhere the parent's watchdog does."""
    if sys.platform == "win32":
        return
    import resource

    seconds = int(limits.seconds) + _SECONDS_OVER
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
