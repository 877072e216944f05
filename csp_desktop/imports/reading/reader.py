"""Reading a file from the parent's side: have a child read it, and take its answer."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.reading.answers import NoAnswerError, Receiver
from csp_desktop.imports.reading.conversing import Entry, Task, at_fault, conversing, no_answer, unheard
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.spawned import read_spawned

_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: its grid, and the SHA-256 of the very bytes that the grid was read from, in hexadecimal."""

    grid: WorkbookGrid
    hash: str


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
    with conversing(Task(path, limits, entry, cancelled, limits.memory)) as (receiver, _):
        return _listen(receiver, path.name, progress or unheard)


def _listen(receiver: Receiver, name: str, progress: Callable[[int, int], None]) -> ReadFile:
    """Wait for the child's answer; raise when it is refused, dead or senseless."""
    while True:
        try:
            answer = receiver.receive()
        except NoAnswerError:
            raise no_answer(name) from None
        match answer:
            case ("rows", done, expected):
                progress(done, expected)
            case ("grid", grid, digest):
                return ReadFile(grid, digest)
            case ("refused", sentence):
                raise UnreadableFileError(sentence)
            case ("broken", place):
                raise at_fault(name, place)
