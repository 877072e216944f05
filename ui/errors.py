"""The one error boundary: a CspError is a sentence for the person, anything else a bug that is logged and shown.

The log holds the kind of fault and where in the program it happened, never an exception's own text: that may carry
what somebody typed.
"""

import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from csp_desktop.errors import CspError

LONGEST_LOG = 1_000_000  # bytes; the log then starts again, keeping the one before


class CrashLog:
    """Faults of the program in a text file of the account's own."""

    def __init__(self, file: Path, clock: Callable[[], datetime]) -> None:
        self.file = file
        self._clock = clock

    def write(self, error: BaseException) -> None:
        """Append one fault: when, what kind, and file, line and function of each call, innermost last."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        if self.file.exists() and self.file.stat().st_size > LONGEST_LOG:
            self.file.replace(self.file.with_suffix(".old.log"))
        with self.file.open("a", encoding="utf-8") as log:
            log.write("\n".join([f"{self._clock().isoformat()} {kind_of(error)}", *_calls(error), "", ""]))


def kind_of(error: BaseException) -> str:
    """Return the kind of an exception and of those it came from, without their texts."""
    kinds = [type(error).__name__]
    cause = error.__cause__ or error.__context__
    while cause is not None:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    return " from ".join(kinds)


def _calls(error: BaseException) -> list[str]:
    import traceback  # not for the first window

    frames = traceback.extract_tb(error.__traceback__)
    return [f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


class Boundary(QObject):
    """Where every exception ends: ``refused(error)`` with a CspError, ``crashed(kind)`` once a bug was logged.

    Exceptions of other threads arrive in the window's own thread.
    """

    refused = Signal(object)
    crashed = Signal(str)
    _arrived = Signal(object)

    def __init__(self, log: CrashLog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log = log
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take every exception that nothing else takes, of this and every other thread."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def handle(self, error: BaseException) -> None:
        """Show or log one exception."""
        if isinstance(error, CspError):
            self.refused.emit(error)
        elif isinstance(error, KeyboardInterrupt):
            raise SystemExit(1)
        else:
            self.log.write(error)
            self.crashed.emit(kind_of(error))

    def _on_exception(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self.handle(error)

    def _on_thread_exception(self, raised: threading.ExceptHookArgs) -> None:
        if raised.exc_value is not None:
            self._arrived.emit(raised.exc_value)

    def _on_arrived(self, error: BaseException) -> None:
        self.handle(error)
