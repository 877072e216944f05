"""``python -m benchmarks.samples FOLDER``: what becomes of every file in a folder, with its time and memory.

Each file is read by a process of its own, so that the memory is that of its reader alone.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TypedDict

from benchmarks.work import peak_memory


class Outcome(TypedDict):
    """What became of one file: tables found as (sheet, heading row, rows), or the sentence that is shown."""

    sentence: str
    tables: list[tuple[str, int, int]]
    notes: list[str]
    seconds: float
    memory: float


def files_in(folder: Path) -> list[Path]:
    """Return every file below ``folder`` in order of name."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def look_at(path: Path) -> Outcome:
    """Read a file as an import does and find its tables."""
    from csp_desktop.errors import UnreadableFileError
    from csp_desktop.imports.reading.reader import read_file
    from csp_desktop.imports.records import Choices
    from csp_desktop.imports.rows import read_actions

    started = time.perf_counter()
    outcome: Outcome = {"sentence": "", "tables": [], "notes": [], "seconds": 0.0, "memory": 0.0}
    try:
        grid = read_file(path).grid
    except UnreadableFileError as refused:
        outcome["sentence"] = str(refused)
    else:
        found = read_actions(grid, Choices())
        outcome["notes"] = list(grid.notes)
        outcome["tables"] = [(table.sheet, table.header_row, table.records) for table in found.tables]
        if not found.tables:
            why = "; ".join(skipped.why for skipped in found.skipped) or "nothing looked like one"
            outcome["sentence"] = f"No table of actions: {why}"
    outcome["seconds"] = time.perf_counter() - started
    outcome["memory"] = peak_memory(of_children=True)
    return outcome


def main() -> int:
    """Print a line for each file, and the worst of all."""
    match sys.argv[1:]:
        case ["--one", name]:
            print(json.dumps(look_at(Path(name))))
            return 0
        case [name]:
            folder = Path(name)
        case _:
            print(__doc__)
            return 2
    outcomes: list[Outcome] = []
    for path in files_in(folder):
        command = [sys.executable, "-m", "benchmarks.samples", "--one", str(path)]
        outcomes.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))
        print(_line(path.relative_to(folder), outcomes[-1]), flush=True)
    if outcomes:
        slowest, largest = (max(outcome[each] for outcome in outcomes) for each in ("seconds", "memory"))
        previews = sum(bool(outcome["tables"]) for outcome in outcomes)
        print(f"{len(outcomes)} files, {previews} previews; slowest {slowest:.1f} s; largest reader {largest:.0f} MiB")
    return 0


def _line(path: Path, outcome: Outcome) -> str:
    tables = "; ".join(f"{sheet!r} headings in row {row}, {count:,} rows" for sheet, row, count in outcome["tables"])
    what = tables or outcome["sentence"]
    return f"{outcome['seconds']:5.2f} s {outcome['memory']:5.0f} MiB  {path.as_posix()}: {what}"


if __name__ == "__main__":
    sys.exit(main())
