"""``python -m benchmarks.returns``: a workbook of a thousand actions, out and back, beside openpyxl's load of it.

Baseline and merge take turns, each in a fresh process; every figure is the median of its rounds.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.work import Figures, baseline, peak_memory, timed

ROWS = 1_000
EDITED_EVERY = 5
MERGE_BAR = 2.0
SENT, RETURNED = "sent.xlsx", "returned.xlsx"


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.returns", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="actions of the workbook")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured; the median counts")
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(WORK[arguments.one[0]](Path(arguments.one[1]))))
        return 0
    # the reader's child imports this module anew: what it does not need would count as reading
    from benchmarks.__main__ import run
    from benchmarks.stores import long_store

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        long_store(folder, arguments.rows).close()
        sent = export(folder)
        runs: dict[str, list[Figures]] = {"baseline": [], "merge": [], "untouched": []}
        for _ in range(arguments.rounds):
            for what, figures in runs.items():
                figures.append(json.loads(run(["-m", "benchmarks.returns", "--one", what, str(folder)])))
    _print(arguments.rows, sent, runs)
    return 0


def export(folder: Path) -> Figures:
    """Send the whole plan out, and have its owner fill in every fifth row."""
    from openpyxl import load_workbook

    from csp_desktop.exports.content import Timing
    from csp_desktop.exports.exporting import export_workbook
    from csp_desktop.exports.scopes import find_scope
    from csp_desktop.workspace import open_store
    from tests.factories import TODAY, Clock
    from tests.vault import OFFICER, PASSPHRASE

    figures: Figures = {}
    store = open_store(folder / "test.csp", PASSPHRASE, OFFICER, Clock())
    with timed(figures, "export"):
        export_workbook(
            store, find_scope(store, TODAY, owner=None, theme=None, plan=None), Timing.of(TODAY), folder / SENT
        )
    store.close()
    book = load_workbook(folder / SENT)
    sheet = book["Actions"]
    header = next(row for row in range(1, 30) if sheet.cell(row, 1).value == "Ref")
    columns = {sheet.cell(header, column).value: column for column in range(1, 19)}
    for row in range(header + 1, sheet.max_row + 1, EDITED_EVERY):
        sheet.cell(row, columns["Your update"]).value = f"Reported in row {row}"
        sheet.cell(row, columns["Your RAG"]).value = "Green"
        sheet.cell(row, columns["Percent done"]).value = 0.75
    book.save(folder / RETURNED)
    return figures


def merge(folder: Path) -> Figures:
    """Read, merge and bring in the returned workbook, between opening the store and the end; without the backup."""
    return _bring_in(folder, RETURNED)


def untouched(folder: Path) -> Figures:
    """Read and merge the workbook as it went out."""
    return _bring_in(folder, SENT)


def _bring_in(folder: Path, name: str) -> Figures:
    import shutil

    from csp_desktop.imports.applying import apply_import
    from csp_desktop.imports.running import ImportRequest, compare, open_source
    from csp_desktop.workspace import open_store
    from tests.factories import TODAY, Clock
    from tests.vault import OFFICER, PASSPHRASE

    figures: Figures = {}
    with tempfile.TemporaryDirectory() as copy:
        whole = Path(copy) / "store"
        shutil.copytree(folder, whole)
        store = open_store(whole / "test.csp", PASSPHRASE, OFFICER, Clock())
        with timed(figures, "read"):
            source = open_source(whole / name)
        with timed(figures, "compare"):
            plan = compare(store, source, ImportRequest(), TODAY)
        with timed(figures, "apply"):
            apply_import(store, plan)
        figures |= {name: float(count) for name, count in plan.counts.items()}
        store.close()
    return figures | {"memory": peak_memory()}


def _load(folder: Path) -> Figures:
    return baseline(folder / RETURNED)


WORK: dict[str, Callable[[Path], Figures]] = {"baseline": _load, "merge": merge, "untouched": untouched}


def _print(rows: int, sent: Figures, runs: dict[str, list[Figures]]) -> None:
    load = _median(runs["baseline"], "load")
    print(f"{rows:,} actions out: {sent['export']:.2f} s")
    print(f"openpyxl loads the returned workbook: {load:.2f} s (baseline)")
    for what in ("merge", "untouched"):
        parts = {part: _median(runs[what], part) for part in ("read", "compare", "apply")}
        whole = sum(parts.values())
        told = ", ".join(f"{part} {seconds:.2f}" for part, seconds in parts.items())
        kept = "kept" if whole <= load * MERGE_BAR else "MISSED"
        counts = ", ".join(f"{int(_median(runs[what], name)):,} {name}" for name in ("changed", "unchanged", "errors"))
        print(f"{what}: {whole:.2f} s ({told}); {whole / load:.2f}x, bar {MERGE_BAR}x: {kept}; {counts}")


def _median(runs: Sequence[Figures], name: str) -> float:
    return median(figures[name] for figures in runs)


if __name__ == "__main__":
    sys.exit(main())
