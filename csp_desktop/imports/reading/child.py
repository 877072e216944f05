"""The reading itself, as it runs in the child process: bounded, alone, and gone when its parent is."""

import os
import sys
import threading
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Literal, TypeAlias

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.reading.delimited import read_delimited
from csp_desktop.imports.reading.limits import Limits
from csp_desktop.imports.reading.refusals import Refusal, refuse
from csp_desktop.imports.reading.sniff import Kind, sniff

Message: TypeAlias = (
    tuple[Literal["rows"], int, int] | tuple[Literal["grid"], WorkbookGrid] | tuple[Literal["refused"], str]
)
_SECONDS_OVER = 5


def read_in_child(path: Path, limits: Limits, answers: Connection) -> None:
    """Read ``path`` and send the grid, or the sentence of its refusal, over ``answers``. Progress goes before."""
    _leave_with_the_parent()
    _set_limits(limits)

    def tell(done: int, expected: int) -> None:
        answers.send(("rows", done, expected))

    try:
        answers.send(("grid", parse(path, limits, tell)))
    except UnreadableFileError as error:
        answers.send(("refused", str(error)))
    except (MemoryError, RecursionError):
        answers.send(("refused", str(refuse(Refusal.STOPPED, path.name, found="it needs too much memory"))))
    answers.close()


def parse(path: Path, limits: Limits, tell: Callable[[int, int], None]) -> WorkbookGrid:
    """Return the grid of the file at ``path`` by the reader of its kind; raise UnreadableFileError."""
    kind = sniff(path)
    if kind is Kind.EXCEL:
        from csp_desktop.imports.reading.excel import read_excel

        grid = read_excel(path, limits, tell)
    else:
        grid = read_delimited(path, limits, tell)
    if not any(sheet.rows for sheet in grid.sheets):
        raise refuse(Refusal.NO_DATA, path.name)
    return grid


def _leave_with_the_parent() -> None:
    """End this process at once when the parent is gone, whatever it is doing."""
    parent = parent_process()
    if parent is None:
        return

    def leave() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=leave, daemon=True).start()


def _set_limits(limits: Limits) -> None:
    """Bound memory, processor time and core dumps where the system can; elsewhere the parent's watch is the bound."""
    if sys.platform == "win32":
        return
    import resource

    seconds = int(limits.seconds) + _SECONDS_OVER
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
