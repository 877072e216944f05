"""The parent's side of a child that reads: start it, watch it, hear it, and end it, whatever happens."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TypeAlias

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.reading.answers import Outgoing, Receiver
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.refusals import Refusal, cancelled_error, refuse
from csp_desktop.imports.reading.watchdog import Watchdog

Entry: TypeAlias = Callable[[Path, Limits, Outgoing], None]
_POLL = 0.05
_LAST_WORDS = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """What a child is to read, where it begins, who may cancel it, and how many bytes it may say.

    ``most`` bytes of the whole conversation; ``most_of_one`` of a message, as many where it is 0.
    """

    path: Path
    limits: Limits
    entry: Entry
    cancelled: Callable[[], bool] | None
    most: int
    most_of_one: int = 0


@dataclass(slots=True)
class Watch:
    """What the parent heeds while it waits for the child."""

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

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Put the deadline off by as long as the block takes: it is the parent who is busy, not the child."""
        started = time.monotonic()
        try:
            yield
        finally:
            self.deadline += time.monotonic() - started


@contextmanager
def conversing(task: Task) -> Iterator[tuple[Receiver, Watch]]:
    """Start the child; in the block it can be heard, and when the block is left, it is gone.

    Raises UnreadableFileError where it cannot be started; from within the block, as ``Watch.turn`` does.
    """
    deadline = time.monotonic() + task.limits.seconds
    path = task.path.absolute()  # a spawned child starts in the folder that the program started in
    context = get_context("spawn")
    answers, sender = context.Pipe(duplex=False)
    child = context.Process(target=task.entry, args=(path, task.limits, sender), daemon=True)
    try:
        child.start()
    except OSError:
        answers.close()
        raise refuse(Refusal.STOPPED, path.name, found="this PC could not start it") from None
    finally:
        sender.close()
    watchdog = Watchdog(child, task.limits.memory)
    watch = Watch(path.name, task.limits, task.cancelled or _never, watchdog, deadline)
    receiver = Receiver(answers, watch.turn, _POLL, task.most, task.most_of_one)
    try:
        yield receiver, watch
    finally:
        _end(child)
        watchdog.close()
        receiver.close(_LAST_WORDS)


def _end(child: SpawnProcess) -> None:
    """End the child, and wait for its end as long as an end takes: one that hangs in the kernel is left to it."""
    child.kill()
    child.join(_LAST_WORDS)
    if child.exitcode is not None:
        child.close()


def no_answer(name: str) -> UnreadableFileError:
    """Return the refusal of a file whose reader is gone, or makes no sense."""
    return refuse(Refusal.STOPPED, name, found="the reader ended without an answer")


def at_fault(name: str, place: str) -> UnreadableFileError:
    """Return the refusal of a file over which the reader fell, at that place of its own."""
    return refuse(Refusal.STOPPED, name, found=f"of a fault of its own ({place})")


def unheard(_done: int, _expected: int) -> None:
    """Take progress that nobody asked for."""


def _never() -> bool:
    """Say that nobody can cancel."""
    return False
