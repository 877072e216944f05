"""``python -m benchmarks``: a table of the import's figures, each against a baseline of the same run.

Every figure is the median of rounds in which baseline and import take turns, each in a fresh process.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.plans import write_workbook
from benchmarks.work import Figures

ROWS = 20_000
PREVIEW_ROWS = 1_000
IMPORT_BAR = 2.5
PREVIEW_BAR = 0.5
Line = tuple[str, str, str, str]


def main() -> int:
    """Run every benchmark and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the workbook that is imported")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured; the median counts")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [*_importing(folder, arguments.rows, arguments.rounds), *_previewing(folder, arguments.rounds)]
    _print(lines)
    return 0


def _importing(folder: Path, rows: int, rounds: int) -> list[Line]:
    path = folder / "plan.xlsx"
    write_workbook(path, rows)
    runs: dict[str, list[Figures]] = {"baseline": [], "scan": [], "import": []}
    for _ in range(rounds):
        for what, figures in runs.items():
            figures.append(_work(what, path))
    load = _median(runs["baseline"], "load")
    read, compared, applied = (_median(runs["import"], part) for part in ("read", "compare", "apply"))
    scanned = _median(runs["scan"], "scan")
    whole = read + compared + applied
    size = f"{rows:,} rows x 12"
    return [
        (f"openpyxl loads {size}", f"{load:.2f} s", "1.00", "baseline"),
        ("the guard's scan alone", f"{scanned:.2f} s", f"{scanned / load:.2f}", ""),
        ("read, in its process", f"{read:.2f} s", f"{read / load:.2f}", ""),
        ("compare (with read: the dry run)", f"{compared:.2f} s", f"{compared / load:.2f}", ""),
        ("apply", f"{applied:.2f} s", f"{applied / load:.2f}", ""),
        (f"import of {size}", f"{whole:.2f} s", f"{whole / load:.2f}", _verdict(whole / load, IMPORT_BAR, "x")),
        ("peak memory of the reader", f"{_median(runs['import'], 'memory of the reader'):.0f} MiB", "", ""),
        ("peak memory after the dry run", f"{_median(runs['import'], 'memory before writing'):.0f} MiB", "", ""),
        ("peak memory after applying", f"{_median(runs['import'], 'memory'):.0f} MiB", "", ""),
    ]


def _previewing(folder: Path, rounds: int) -> list[Line]:
    """Time the command line from nothing: a preview against a command that opens the store and lists its plans."""
    from tests.factories import Clock, new_store
    from tests.vault import PASSPHRASE

    path, secret = folder / "small.xlsx", folder / "passphrase.txt"
    write_workbook(path, PREVIEW_ROWS)
    secret.write_text(PASSPHRASE, encoding="utf-8")
    new_store(folder, Clock()).close()
    program = ["-m", "csp_desktop", "--store", str(folder / "test.csp"), "--passphrase-file", str(secret)]
    commands = {
        "bare": ["-c", "pass"],
        "start": [*program, "list", "plans"],
        "preview": [*program, "import", str(path), "--dry-run"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            run(command)
            seconds[name].append(time.perf_counter() - started)
    bare, start, preview = (median(times[1:]) for times in seconds.values())  # the first round warms the disk's cache
    return [
        ("a bare Python", f"{bare:.2f} s", "", "baseline"),
        ("the command line opens a store", f"{start:.2f} s", "", "baseline"),
        (f"the command line previews {PREVIEW_ROWS:,} rows", f"{preview:.2f} s", "", ""),
        ("preview above that start", f"{preview - start:.2f} s", "", _verdict(preview - start, PREVIEW_BAR, " s")),
    ]


def _work(what: str, path: Path) -> Figures:
    figures: Figures = json.loads(run(["-m", "benchmarks.work", what, str(path)]))
    return figures


def run(arguments: Sequence[str]) -> str:
    """Run a program of ours in a fresh process and return what it prints."""
    # what goes wrong is for whoever runs this to see
    return subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def _median(runs: list[Figures], name: str) -> float:
    return median(figures[name] for figures in runs)


def _verdict(found: float, bar: float, unit: str) -> str:
    return f"bar {bar}{unit}: {'kept' if found <= bar else 'MISSED'}"


def _print(lines: list[Line]) -> None:
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for label, figure, ratio, remark in lines:
        print(f"{label:<{widths[0]}}  {figure:>{widths[1]}}  {ratio:>{widths[2]}}  {remark}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
