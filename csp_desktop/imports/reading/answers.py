"""What the child says to its parent, and how: pickles in small pieces, of which the parent believes nothing.

A piece is never waited for in the parent's own thread, so half an answer cannot hold it up; no piece and no answer is
larger than a bound; and of classes only plain values are made, so that a child that a file has taken over cannot have
its parent run anything.
"""

import os
import pickle
import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Any, Literal, Protocol, TypeAlias, cast

from typing_extensions import override

from csp_desktop.imports import grid as values
from csp_desktop.imports.grid import CellValue, Tell, WorkbookGrid
from csp_desktop.imports.reading.properties import are_kept

_PROTOCOL = 5
_PIECE = 256 * 1024
_PIECES_AHEAD = 32
_PLAIN = {kind.__name__: kind for kind in (date, datetime, time)}
_NONSENSE = (
    pickle.UnpicklingError, EOFError, AttributeError, ImportError, LookupError, TypeError, ValueError, MemoryError,
    OverflowError, RecursionError, struct.error,
)  # fmt: skip

Message: TypeAlias = (
    tuple[Literal["rows"], int, int]
    | tuple[Literal["grid"], WorkbookGrid, str]
    | tuple[Literal["refused"], str]
    | tuple[Literal["broken"], str]
)
"""Rows done and expected; a grid and the SHA-256 of its file; the sentence of a refusal; the place of a fault."""

Row: TypeAlias = tuple[int, list[CellValue]]
"""A row's number from 1, and its values from column A to its last filled cell."""

StreamMessage: TypeAlias = (
    tuple[Literal["sheet"], str, bool]
    | tuple[Literal["block"], tuple[Row, ...]]
    | tuple[Literal["end"], str, tuple[str, ...], frozenset[Tell], str]
)
"""A sheet's name and whether it is hidden; rows of that sheet; format, notes, tells and the SHA-256 of the file."""


class Incoming(Protocol):
    """The reading end of a pipe, whatever the system calls it."""

    def recv_bytes(self, maxlength: int | None = None) -> bytes:
        """Return the next piece; raise EOFError or OSError where there is none."""

    def close(self) -> None:
        """Let go of it."""


class Outgoing(Protocol):
    """The writing end of a pipe, whatever the system calls it."""

    def send_bytes(self, buf: memoryview) -> None:
        """Send one piece; raise OSError where nobody listens."""

    def fileno(self) -> int:
        """Return its descriptor."""

    def close(self) -> None:
        """Let go of it."""


class NoAnswerError(Exception):
    """The child is gone, or what it says makes no sense."""


class Sender:
    """The child's end."""

    def __init__(self, connection: Outgoing) -> None:
        self._connection = connection

    def send(self, message: Message | StreamMessage) -> None:
        """Send one message; end this process where nobody is left to hear it."""
        pickle.Pickler(self, _PROTOCOL).dump(message)

    def write(self, content: bytes) -> int:
        """Send bytes in pieces, as the pickler makes them."""
        view = memoryview(content)
        try:
            for start in range(0, len(view), _PIECE):
                self._connection.send_bytes(view[start : start + _PIECE])
        except OSError:
            os._exit(1)
        return len(view)


class Receiver:
    """The parent's end. A thread takes what comes; ``receive`` never waits longer than ``turn`` allows.

    ``turn()`` is called at least every ``pause`` seconds while it waits, and may raise. ``most``: the bytes of a whole
    conversation; ``most_of_one``: those of one message, as many where it is 0. Who does not ask for the next message
    holds up the child: no more than some pieces are taken ahead.
    """

    def __init__(
        self, connection: Incoming, turn: Callable[[], None], pause: float, most: int, most_of_one: int = 0
    ) -> None:
        self._connection = connection
        self._turn = turn
        self._pause = pause
        self._left = most
        self._most_of_one = most_of_one or most
        self._left_of_one = 0
        self._pieces: Queue[bytes | None] = Queue(_PIECES_AHEAD)
        self._closed = Event()
        self._piece = memoryview(b"")
        self._thread = Thread(target=self._take, daemon=True, name="answers of a reader")
        self._thread.start()

    def receive(self) -> Message:
        """Return the next message of a reading as a whole; raise NoAnswerError where none can come."""
        message = self.load()
        match message:
            case ("rows", int(), int()) | ("refused", str()) | ("broken", str()):
                return cast("Message", message)
            case ("grid", WorkbookGrid() as grid, str()) if are_kept(getattr(grid, "properties", None)):
                return cast("Message", message)
            case _:
                raise NoAnswerError

    def load(self) -> object:
        """Return the next message, of which only the kinds of values are known; raise NoAnswerError."""
        self._left_of_one = self._most_of_one
        try:
            return cast("object", _PlainUnpickler(self).load())
        except _NONSENSE:
            raise NoAnswerError from None

    def close(self, wait: float) -> None:
        """Let go of the connection, once the child is gone and can hold its end open no longer."""
        self._closed.set()
        self._thread.join(wait)
        if not self._thread.is_alive():
            self._connection.close()

    def read(self, size: int) -> bytes:
        """Return exactly ``size`` bytes, as the unpickler asks for them."""
        if 0 <= size <= len(self._piece):
            return self._cut(size)
        parts = []
        while size > 0:
            if not self._piece:
                self._piece = self._next()
            parts.append(self._cut(size))
            size -= len(parts[-1])
        return b"".join(parts)

    def readline(self) -> bytes:
        """Refuse what only pickles of old kinds ask for."""
        raise pickle.UnpicklingError

    def _cut(self, size: int) -> bytes:
        part, self._piece = bytes(self._piece[:size]), self._piece[size:]
        return part

    def _next(self) -> memoryview:
        """Return the next piece; ``turn`` decides how long that may take."""
        while True:
            self._turn()
            with suppress(Empty):
                piece = self._pieces.get(timeout=self._pause)
                break
        size = len(piece or b"")
        self._left -= size
        self._left_of_one -= size
        if piece is None or self._left < 0 or self._left_of_one < 0:
            raise EOFError
        return memoryview(piece)

    def _take(self) -> None:
        """Take pieces until there are no more, or nobody wants them."""
        while not self._closed.is_set():
            try:
                piece = self._connection.recv_bytes(_PIECE)
            except (EOFError, OSError, MemoryError, OverflowError):
                self._put(None)
                return
            self._put(piece)

    def _put(self, piece: bytes | None) -> None:
        while not self._closed.is_set():
            with suppress(Full):
                self._pieces.put(piece, timeout=self._pause)
                return


class _PlainUnpickler(pickle.Unpickler):
    """Makes the values of a grid and nothing else."""

    def __init__(self, source: Receiver) -> None:
        super().__init__(source)

    @override
    def find_class(self, module_name: str, global_name: str, /) -> Any:
        kind = getattr(values, global_name, None) if module_name == values.__name__ else None
        if isinstance(kind, type) and kind.__module__ == values.__name__:
            return kind
        if module_name == "datetime" and global_name in _PLAIN:
            return _PLAIN[global_name]
        raise pickle.UnpicklingError
