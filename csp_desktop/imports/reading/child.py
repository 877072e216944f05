"""The reading itself, as it runs in the child process: bounded, alone, and gone when its parent is."""

import hashlib
import os
import stat
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import TypeAlias, TypeVar

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import Tell, WorkbookGrid
from csp_desktop.imports.reading.answers import Outgoing, Sender
from csp_desktop.imports.reading.blocks import Streaming
from csp_desktop.imports.reading.building import About
from csp_desktop.imports.reading.limits import MIB, Limits
from csp_desktop.imports.reading.notes import SAME_NAMES
from csp_desktop.imports.reading.parsing import parse, parse_into
from csp_desktop.imports.reading.refusals import Refusal, refuse

Parse: TypeAlias = Callable[[Path, Limits, Callable[[int, int], None]], WorkbookGrid]
ParseInto: TypeAlias = Callable[[Path, Streaming], About]
_Read = TypeVar("_Read")
_SECONDS_OVER = 1
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_KILL = 9
_NOT_HANDED_ON = frozenset({Tell.HIDDEN, Tell.MERGES})


def read_in_child(path: Path, limits: Limits, answers: Outgoing, read: Parse = parse) -> None:
    """Read ``path`` and send the grid, or the sentence of its refusal, over ``answers``. Progress goes before.

    What else goes wrong is a fault of the reader's: its kind and place are sent, never its words, which may be the
    file's own; and it flies on.
    """

    def answer(sender: Sender) -> None:
        grid, digest = read_unchanged(path, limits, _teller(sender), read)
        sender.send(("grid", grid, digest))

    _answer_alone(path, limits, answers, answer)


def stream_in_child(path: Path, limits: Limits, answers: Outgoing, read: ParseInto = parse_into) -> None:
    """Read ``path`` and send its sheets and rows as they come, then the end or a refusal, as ``read_in_child`` does.

    What has been sent before a refusal counts for nothing.
    """

    def answer(sender: Sender) -> None:
        streaming = Streaming(path.name, limits, _teller(sender), sender.send)
        about, digest = stream_unchanged(path, streaming, read)
        sender.send(("end", about.format, about.notes, about.tells, digest))

    _answer_alone(path, limits, answers, answer)


def stream_unchanged(path: Path, streaming: Streaming, read: ParseInto = parse_into) -> tuple[About, str]:
    """Send the rows of ``path`` on by ``streaming``. Return what is to be said of it, and its SHA-256 in hexadecimal.

    Raises UnreadableFileError, as ``read_unchanged`` does.
    """

    def work() -> About:
        about = read(path, streaming)
        if not streaming.handed_on:
            raise refuse(Refusal.NO_DATA, path.name)
        return about

    about, digest = _unchanged(path, streaming.limits, work)
    same = (SAME_NAMES,) if streaming.has_same_names else ()
    return replace(about, notes=(*about.notes, *same), tells=about.tells - _NOT_HANDED_ON), digest


def _answer_alone(path: Path, limits: Limits, answers: Outgoing, answer: Callable[[Sender], None]) -> None:
    """Bound this process, let ``answer`` send what it has to say, and send why where it cannot."""
    _leave_with_the_parent()
    _fall_silent()
    _set_limits(limits)
    sender = Sender(answers)
    try:
        _answer_or_refuse(path, sender, answer)
    except BaseException as fault:
        sender.send(("broken", _place(fault)))
        raise
    finally:
        answers.close()


def _answer_or_refuse(path: Path, sender: Sender, answer: Callable[[Sender], None]) -> None:
    try:
        answer(sender)
    except UnreadableFileError as error:
        sender.send(("refused", str(error)))
    except MemoryError:
        sender.send(("refused", str(refuse(Refusal.STOPPED, path.name, found="it needs too much memory"))))
    except RecursionError:
        sender.send(("refused", str(refuse(Refusal.STOPPED, path.name, found="its content is nested too deeply"))))


def _teller(sender: Sender) -> Callable[[int, int], None]:
    return lambda done, expected: sender.send(("rows", done, expected))


def read_unchanged(
    path: Path, limits: Limits, tell: Callable[[int, int], None], read: Parse = parse
) -> tuple[WorkbookGrid, str]:
    """Return the grid of ``path`` and the SHA-256 of the very bytes it was read from, in hexadecimal.

    Someone may save the file meanwhile: then neither the grid nor a refusal of it is worth anything, and
    UnreadableFileError says that it changed.
    """
    grid, digest = _unchanged(path, limits, lambda: read(path, limits, tell))
    rows = sum(len(sheet.rows) for sheet in grid.sheets)
    if rows > limits.rows:
        raise refuse(Refusal.TOO_LARGE, path.name, found=f"{rows:,} rows", most=f"{limits.rows:,}")
    return grid, digest


def _unchanged(path: Path, limits: Limits, work: Callable[[], _Read]) -> tuple[_Read, str]:
    """Return what ``work`` reads, and the hash of the file, which is the same before and after it."""
    _check_outside(path, limits)
    before = _digest(path)
    try:
        read = work()
    except UnreadableFileError:
        if _digest(path) != before:
            raise refuse(Refusal.CHANGED, path.name) from None
        raise
    except OSError:
        raise refuse(Refusal.MISSING, path.name) from None
    if _digest(path) != before:
        raise refuse(Refusal.CHANGED, path.name)
    return read, before


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
