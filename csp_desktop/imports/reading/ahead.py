"""Reading while something else is done: the files of an import are read while its store is opened."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

from csp_desktop.imports.reading.reader import ReadFile, read_file


class ReadingAhead:
    """Reads files, one after the other, from the moment it is made; leaving its block stops what is not read yet."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._stopped = Event()
        # one thread for all: a reader ends with the thread that started it
        self._threads = ThreadPoolExecutor(1)
        self._reads = [self._threads.submit(self._read, path) for path in paths]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._stopped.set()
        self._threads.shutdown(cancel_futures=True)

    def files(self) -> list[ReadFile]:
        """Wait for the files. Raises UnreadableFileError for the first that cannot be read."""
        return [read.result() for read in self._reads]

    def _read(self, path: Path) -> ReadFile:
        return read_file(path, cancelled=self._stopped.is_set)
