"""What is measured, each in a process of its own: ``python -m benchmarks.work WHAT FILE`` prints figures as JSON.

Times are in seconds, memory in MiB. A process that measures holds nothing of what another measured.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Figures = dict[str, float]


@contextmanager
def timed(figures: Figures, name: str) -> Iterator[None]:
    """Put how long the block took under ``name``."""
    started = time.perf_counter()
    yield
    figures[name] = time.perf_counter() - started


def peak_memory(*, of_children: bool = False) -> float:
    """Return the most memory this process, or the largest child of it that ended, ever held; 0 where unknown."""
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN if of_children else resource.RUSAGE_SELF)
    return used.ru_maxrss / 1024


def baseline(path: Path) -> Figures:
    """Load the file as openpyxl does."""
    from openpyxl import load_workbook

    figures: Figures = {}
    with timed(figures, "load"):
        load_workbook(path)
    return figures


def scan(path: Path) -> Figures:
    """Scan the file before a parser is let loose on it."""
    from csp_desktop.imports.reading.guard import guard
    from csp_desktop.imports.reading.limits import Limits

    figures: Figures = {}
    with timed(figures, "scan"):
        guard(path, Limits())
    return figures


def whole_import(path: Path) -> Figures:
    """Read, compare and apply, as an import does between opening the store and its end; without the backup."""
    from csp_desktop.imports.applying import apply_import
    from csp_desktop.imports.running import ImportRequest, compare, open_source
    from tests.factories import TODAY, Clock, new_store

    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder), Clock())
        with timed(figures, "read"):
            source = open_source(path)
        with timed(figures, "compare"):
            plan = compare(store, source, ImportRequest(), TODAY)
        figures["memory before writing"] = peak_memory()
        with timed(figures, "apply"):
            apply_import(store, plan)
        figures["rows"] = plan.counts["new"]
        store.close()
    return figures | {"memory": peak_memory(), "memory of the reader": peak_memory(of_children=True)}


WORK: dict[str, Callable[[Path], Figures]] = {"baseline": baseline, "scan": scan, "import": whole_import}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](Path(sys.argv[2]))))
