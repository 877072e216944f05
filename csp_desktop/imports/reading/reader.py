"""Reading a file from the parent's side: start the child, watch it, take its answer or end it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.reading.child import Message, read_in_child
from csp_desktop.imports.reading.limits import MIB, Limits
from csp_desktop.imports.reading.refusals import Refusal, cancelled_error, refuse

_POLL = 0.05
_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class _Watch:
    """What the parent heeds while the child reads."""

    seconds: float
    deadline: float
    progress: Callable[[int, int], None]
    cancelled: Callable[[], bool]

    def check(self, name: str) -> None:
        """Raise when the user has cancelled or the time is up."""
        if self.cancelled():
            raise cancelled_error(name)
        if time.monotonic() > self.deadline:
            raise refuse(Refusal.STOPPED, name, found=f"it took longer than {self.seconds:.0f} seconds")


def read_workbook(
    path: Path,
    *,
    limits: Limits = _DEFAULT,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> WorkbookGrid:
    """Return the file at ``path`` as a grid, whatever it is, within ``limits.seconds`` and ``limits.memory``.

    ``progress(rows_done, rows_expected)`` is called in this thread; ``cancelled()`` is asked about twenty times a
    second. Raises UnreadableFileError with the sentence to show, ReadCancelledError after a cancel.
    """
    _check_outside(path, limits)
    context = get_context("spawn")
    answers, sender = context.Pipe(duplex=False)
    child = context.Process(target=read_in_child, args=(path, limits, sender), daemon=True)
    child.start()
    sender.close()
    try:
        deadline = time.monotonic() + limits.seconds
        watch = _Watch(limits.seconds, deadline, progress or _unheard, cancelled or _never)
        return _watch(answers, path.name, watch)
    finally:
        if child.is_alive():
            child.kill()
        child.join()
        child.close()
        answers.close()


def _check_outside(path: Path, limits: Limits) -> None:
    """Refuse what the file system alone shows: missing, a folder, empty, too large."""
    try:
        if path.is_dir():
            raise refuse(Refusal.NOT_A_FILE, path.name)
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except (OSError, ValueError):
        raise refuse(Refusal.MISSING, path.name) from None
    if size == 0:
        raise refuse(Refusal.EMPTY, path.name)
    if size > limits.file_size:
        found, most = f"{size // MIB:,} MB", f"{limits.file_size // MIB:,} MB"
        raise refuse(Refusal.TOO_LARGE, path.name, found=found, most=most)


def _watch(answers: "Connection[None, Message]", name: str, watch: _Watch) -> WorkbookGrid:
    """Wait for the child's answer; raise when it is refused, cancelled, dead or late."""
    while True:
        watch.check(name)
        try:
            if not answers.poll(_POLL):
                continue
            answer = answers.recv()
        except (EOFError, OSError):
            raise refuse(Refusal.STOPPED, name, found="the reader ended without an answer") from None
        match answer:
            case ("rows", done, expected):
                watch.progress(done, expected)
            case ("grid", grid):
                return grid
            case ("refused", sentence):
                raise UnreadableFileError(sentence)


def _unheard(_done: int, _expected: int) -> None:
    """Take progress that nobody asked for."""


def _never() -> bool:
    """Say that nobody can cancel."""
    return False
