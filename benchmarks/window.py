"""``python -m benchmarks.window``: how soon the window is there, and how it moves over a plan of 100,000 actions.

Start: from starting the program to its first paint, as Qt's own log tells it, beside a window with one label; the two
take turns and the median counts. Table: in one process, beside a repaint of a bare table of Qt's at the same size.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.work import Figures

START_BAR = 1.5
KEY_GUIDE_MS, FRAME_BAR_MS = 50, 25
ACTIONS = 100_000
PAINTED = "Flushing top level"
BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
app = QApplication([])
window = QWidget()
QVBoxLayout(window).addWidget(QLabel("CSP Desktop"))
window.resize(760, 640)
window.show()
app.exec()
"""
Line = tuple[str, str, str, str]


def main() -> int:
    """Run the benchmarks and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.window", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="how often each start is measured")
    parser.add_argument("--actions", type=int, default=ACTIONS, help="how long the plan is")
    parser.add_argument("--built", type=Path, help="the folder that PyInstaller made, to start the program from too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        lines = [*_starting(Path(name), arguments.rounds, arguments.built), *_moving(Path(name), arguments.actions)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for label, figure, ratio, remark in lines:
        print(f"{label:<{widths[0]}}  {figure:>{widths[1]}}  {ratio:>{widths[2]}}  {remark}".rstrip())
    return 0


def _starting(folder: Path, rounds: int, built: Path | None) -> list[Line]:
    store = folder / "partnership.csp"
    store.touch()
    ours = [sys.executable, "-m", "csp_desktop"]
    programs = {
        "a window with one label, first paint": [sys.executable, "-c", BARE],
        "the unlock window, first paint": [*ours, "--store", str(store)],
        "the first-run window, first paint": ours,
    }
    if built is not None:
        program = str(next(found for found in built.iterdir() if found.stem == "CSP Desktop" and found.is_file()))
        programs["the unlock window of the built folder"] = [program, "--store", str(store)]
    environment = _environment(folder)
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds + 1):
        for name, command in programs.items():
            times[name].append(first_paint(command, environment))
    found = {name: median(seconds[1:]) * 1000 for name, seconds in times.items()}  # the first warms the disk's cache
    bare = next(iter(found.values()))
    return [
        (name, f"{ms:.0f} ms", f"{ms / bare:.2f}", _verdict(ms / bare, START_BAR, "x") if at else "baseline")
        for at, (name, ms) in enumerate(found.items())
    ]


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment of its own: no settings of this account, compiled modules as an installed program has."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {"HOME": str(folder), "APPDATA": str(folder), "LOCALAPPDATA": str(folder), "XDG_CONFIG_HOME": str(folder)}
    python = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "QT_LOGGING_RULES": "qt.widgets.painting=true"}
    return {"QT_QPA_PLATFORM": "offscreen", **kept, **own, **python}


def first_paint(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the seconds from starting a program to its first paint, and end it."""
    started = time.perf_counter()
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as program:
        if program.stderr is None or not any(PAINTED in line for line in program.stderr):
            sys.exit(f"{command[0]} ended without painting anything.")
        seconds = time.perf_counter() - started
        program.kill()
    return seconds


def _moving(folder: Path, actions: int) -> list[Line]:
    from benchmarks.stores import long_store

    long_store(folder, actions).close()
    command = [sys.executable, "-m", "benchmarks.table", str(folder)]
    quiet = _environment(folder) | {"QT_LOGGING_RULES": ""}
    figures: Figures = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=quiet).stdout)
    bare, key = figures["bare repaint"], figures["key"]
    return [
        (f"the plan page opens on {actions:,} actions", f"{figures['open']:.0f} ms", "", ""),
        ("a repaint of Qt's own table", f"{bare:.1f} ms", "1.00", "baseline"),
        ("a repaint of the plan's table", f"{figures['repaint']:.1f} ms", f"{figures['repaint'] / bare:.2f}", ""),
        ("a key in the filter, painted", f"{key:.0f} ms", f"{key / bare:.2f}", _verdict(key, KEY_GUIDE_MS, " ms")),
        ("the slowest key", f"{figures['slowest key']:.0f} ms", "", ""),
        ("longest frame, line by line", *_frame(figures["step"], bare)),
        ("the processor's share of it", f"{figures['step, processor']:.0f} ms", "", ""),
        ("longest frame, thrown about", *_frame(figures["jump"], bare)),
        ("the processor's share of it", f"{figures['jump, processor']:.0f} ms", "", ""),
    ]


def _frame(longest: float, bare: float) -> tuple[str, str, str]:
    return f"{longest:.0f} ms", f"{longest / bare:.2f}", _verdict(longest, FRAME_BAR_MS, " ms")


def _verdict(found: float, bar: float, unit: str) -> str:
    return f"bar {bar}{unit}: {'kept' if found <= bar else 'MISSED'}"


if __name__ == "__main__":
    sys.exit(main())
