"""Reading a large flat file, row block by row block: beside ``reader``, for registers that no memory should hold.

The file is read in a child process as in ``reader``, with the same guards and the same sentences. The child waits for
whoever takes the blocks, so that neither process ever holds more than some of them.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import CellValue, Tell
from csp_desktop.imports.reading.answers import NoAnswerError, Receiver
from csp_desktop.imports.reading.conversing import Entry, Task, Watch, at_fault, conversing, no_answer, unheard
from csp_desktop.imports.reading.limits import MIB, REGISTER_LIMITS, Limits
from csp_desktop.imports.reading.spawned import stream_spawned
from csp_desktop.imports.reading.stream_answers import Heard, next_heard

_MOST_SAID = 8_192 * MIB
_MOST_OF_A_BLOCK = 64 * MIB


@dataclass(frozen=True, slots=True)
class SheetStart:
    """A sheet begins; its rows follow. ``hidden`` is what was known of it before them."""

    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Some rows of the sheet that began last, in the file's order, each of them once.

    Each is a row's number from 1, and its values from column A to its last filled cell; blank rows are absent.
    """

    rows: tuple[tuple[int, list[CellValue]], ...]


@dataclass(frozen=True, slots=True)
class StreamEnd:
    """Everything was read, and the file did not change meanwhile.

    ``format``, ``notes`` and ``tells`` are those of a ``WorkbookGrid``, but that what is hidden or merged is not told.
    ``hash`` is the SHA-256 of the file's bytes in hexadecimal.
    """

    format: str
    notes: tuple[str, ...]
    tells: frozenset[Tell]
    hash: str


Part: TypeAlias = SheetStart | RowBlock | StreamEnd


def stream_file(
    path: Path,
    *,
    limits: Limits = REGISTER_LIMITS,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    entry: Entry = stream_spawned,
) -> Generator[Part, None, None]:
    """Yield the sheets and rows of the file at ``path`` as they are read, and a StreamEnd last.

    ``progress(rows_done, rows_expected)`` is called in this thread; ``cancelled()`` is asked about twenty times a
    second. ``limits.seconds`` are the child's: the time that the caller takes between two parts does not count.
    Raises UnreadableFileError with the sentence to show, ReadCancelledError after a cancel, either perhaps after many
    rows: until the StreamEnd nothing is certain. Closing the generator ends the child; so does the end of the thread
    that asked for the first part.
    """
    task = Task(path, limits, entry, cancelled, _MOST_SAID, _MOST_OF_A_BLOCK)
    end: StreamEnd | None = None
    with conversing(task) as (receiver, watch):
        for heard in _all_heard(receiver, watch, path.name):
            with watch.standing_still():
                match heard:
                    case ("rows", done, expected):
                        (progress or unheard)(done, expected)
                    case ("sheet", name, hidden):
                        yield SheetStart(name, hidden)
                    case ("block", rows):
                        yield RowBlock(rows)
                    case ("end", kind, notes, tells, digest):
                        end = StreamEnd(kind, notes, tells, digest)
    if end is not None:  # the child is gone by now
        yield end


def _all_heard(receiver: Receiver, watch: Watch, name: str) -> Iterator[Heard]:
    """Yield what the child says up to its end; raise when it refuses, is dead or senseless."""
    begun = False
    while True:
        watch.turn()
        try:
            heard = next_heard(receiver)
        except NoAnswerError:
            raise no_answer(name) from None
        match heard:
            case ("refused", sentence):
                raise UnreadableFileError(sentence)
            case ("broken", place):
                raise at_fault(name, place)
            case ("block", _) | ("end", *_) if not begun:
                raise no_answer(name)
        begun |= heard[0] == "sheet"
        yield heard
        if heard[0] == "end":
            return
