"""Reading a file from the parent's side: start the child, watch it, take its answer or end it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TypeAlias

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.reading.answers import NoAnswerError, Outgoing, Receiver
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.refusals import Refusal, cancelled_error, refuse
from csp_desktop.imports.reading.spawned import read_spawned
from csp_desktop.imports.reading.watchdog import Watchdog

Entry: TypeAlias = Callable[[Path, Limits, Outgoing], None]
_POLL = 0.05
_LAST_WORDS = 2.0
_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: its grid, and the SHA-256 of the very bytes that the grid was read from, in hexadecimal."""

    grid: WorkbookGrid
    hash: str


@dataclass(slots=True)
class _Watch:
    """What the parent heeds while the child reads."""

    name: str
    limits: Limits
    cancelled: Callable[[], bool]
    watchdog: Watchdog
    deadline: float
    due: float = 0.0

    def turn(self) -> None:
        """Raise when the user has cancelled, the time is up or the child has grown too large."""
        now = time.monotonic()
        if now < self.due:
            return
        self.due = now + _POLL
        if self.cancelled():
            raise cancelled_error(self.name)
        if now > self.deadline:
            found = f"it took longer than {self.limits.seconds:.0f} seconds"
            raise refuse(Refusal.STOPPED, self.name, found=found)
        if self.watchdog.has_too_much():
            raise refuse(Refusal.STOPPED, self.name, found="it needs too much memory")


def read_workbook(
    path: Path,
    *,
    limits: Limits = _DEFAULT,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> WorkbookGrid:
    """Return the grid alone of what ``read_file`` reads."""
    return read_file(path, limits=limits, progress=progress, cancelled=cancelled).grid


def read_file(
    path: Path,
    *,
    limits: Limits = _DEFAULT,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    entry: Entry = read_spawned,
) -> ReadFile:
    """Return the file at ``path`` as a grid, whatever it is, within ``limits.seconds`` and ``limits.memory``.

    ``progress(rows_done, rows_expected)`` is called in this thread; ``cancelled()`` is asked about twenty times a
    second. Raises UnreadableFileError with the sentence to show, ReadCancelledError after a cancel. This process
    itself never touches the file: a share that does not answer holds up the child alone.
    """
    deadline = time.monotonic() + limits.seconds
    path = path.absolute()  # a spawned child starts in the folder that the program started in
    context = get_context("spawn")
    answers, sender = context.Pipe(duplex=False)
    child = context.Process(target=entry, args=(path, limits, sender), daemon=True)
    try:
        child.start()
    except OSError:
        answers.close()
        raise refuse(Refusal.STOPPED, path.name, found="this PC could not start it") from None
    finally:
        sender.close()
    watchdog = Watchdog(child, limits.memory)
    watch = _Watch(path.name, limits, cancelled or _never, watchdog, deadline)
    receiver = Receiver(answers, watch.turn, _POLL, limits.memory)
    try:
        return _listen(receiver, path.name, progress or _unheard)
    finally:
        _end(child)
        watchdog.close()
        receiver.close(_LAST_WORDS)


def _listen(receiver: Receiver, name: str, progress: Callable[[int, int], None]) -> ReadFile:
    """Wait for the child's answer; raise when it is refused, dead or senseless."""
    while True:
        try:
            answer = receiver.receive()
        except NoAnswerError:
            raise refuse(Refusal.STOPPED, name, found="the reader ended without an answer") from None
        match answer:
            case ("rows", done, expected):
                progress(done, expected)
            case ("grid", grid, digest):
                return ReadFile(grid, digest)
            case ("refused", sentence):
                raise UnreadableFileError(sentence)
            case ("broken", place):
                raise refuse(Refusal.STOPPED, name, found=f"of a fault of its own ({place})")


def _end(child: SpawnProcess) -> None:
    """End the child, and wait for its end as long as an end takes: one that hangs in the kernel is left to it."""
    child.kill()
    child.join(_LAST_WORDS)
    if child.exitcode is not None:
        child.close()


def _unheard(_done: int, _expected: int) -> None:
    """Take progress that nobody asked for."""


def _never() -> bool:
    """Say that nobody can cancel."""
    return False
