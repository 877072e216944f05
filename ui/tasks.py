"""Slow work off the window's thread: one worker for everything that reads or writes the store.

Work that takes more than half a second shows a count and Cancel; cancelling raises inside the work, so that its
transaction rolls back and nothing is left half-done. Results are delivered in the window's thread. What the work
raises is raised there too, where the error boundary shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Result = TypeVar("Result")
SLOW_MS = 500


class Cancelled(BaseException):
    """The person cancelled the work; raised inside it at its next count."""


class Progress(QObject):
    """How the work counts: call it with done, total and, if they changed, words. Raises Cancelled once asked to."""

    counted = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._asked = Event()

    def __call__(self, done: int, total: int, words: str = "") -> None:
        """Tell the window how far the work is: ``done`` of ``total``, 0 where the total is not known."""
        if self._asked.is_set():
            raise Cancelled
        self.counted.emit(done, total, words)

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._asked.set()

    def is_cancelled(self) -> bool:
        """Say whether the work was asked to stop, for work that waits rather than counts."""
        return self._asked.is_set()


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work under way: what it is called and how far it is."""

    label: str
    progress: Progress


class Tasks(QObject):
    """Runs work in order, one at a time.

    ``slow(task)`` once a task has taken half a second, ``ended(task)`` when one is over however it ended.
    """

    slow = Signal(object)
    ended = Signal(object)
    _settled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: ThreadPoolExecutor | None = None
        self._settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)
        self._running: list[Task] = []

    def run(self, label: str, work: Callable[[Progress], Result], done: Callable[[Result], None]) -> Task:
        """Start ``work`` and hand its result to ``done`` in the window's thread; ``done`` is not called if it fails."""
        task = Task(label, Progress())
        self._running.append(task)
        future = self._started().submit(work, task.progress)
        future.add_done_callback(lambda settled: self._settled.emit((task, settled, done)))
        QTimer.singleShot(SLOW_MS, self, lambda: self._on_half_a_second(task))
        return task

    def _started(self) -> "ThreadPoolExecutor":
        """Return the worker; it is made for the first work, for the first window is shown before there is any."""
        from concurrent.futures import ThreadPoolExecutor

        if self._worker is None:
            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-work")
        return self._worker

    @property
    def busy(self) -> bool:
        """Say whether any work is under way."""
        return bool(self._running)

    def close(self) -> None:
        """Cancel what is under way and wait for the worker to stop."""
        for task in self._running:
            task.progress.cancel()
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)

    def _on_half_a_second(self, task: Task) -> None:
        if task in self._running:
            self.slow.emit(task)

    def _on_settled(self, settled: "tuple[Task, Future[Any], Callable[[Any], None]]") -> None:
        task, future, done = settled
        self._running.remove(task)
        self.ended.emit(task)
        if future.cancelled() or isinstance(future.exception(), Cancelled):
            return
        done(future.result())
