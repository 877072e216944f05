"""Readers and children that go wrong in every way there is, for the tests of the process around the reading.

Each runs in a real child process, which imports this module; so they are functions of a module, and it is small.
"""

import ctypes
import os
import pickle
import re
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

from csp_desktop.imports.grid import CellValue, SheetGrid, WorkbookGrid
from csp_desktop.imports.reading.answers import Outgoing
from csp_desktop.imports.reading.child import read_in_child
from csp_desktop.imports.reading.limits import Limits

Tell = Callable[[int, int], None]
FOREVER = 600
GRID = WorkbookGrid("plan.csv", "csv", (SheetGrid("plan", rows={1: ["Action"] * 12}),))


class _Command:
    """Unpickled by a trusting parent, it would make the folder it names."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (self.path,)


def aborts(_path: Path, _limits: Limits, _answers: Outgoing) -> None:
    os.abort()


def segfaults(_path: Path, _limits: Limits, _answers: Outgoing) -> None:
    ctypes.string_at(0)


def exits_silently(_path: Path, _limits: Limits, _answers: Outgoing) -> None:
    os._exit(0)


def hangs(_path: Path, _limits: Limits, _answers: Outgoing) -> None:
    time.sleep(FOREVER)


def loops(_path: Path, _limits: Limits, _answers: Outgoing) -> None:
    """Never lets go of the interpreter's lock, as a parser in C would not."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def recurses(_path: Path, _limits: Limits, _answers: Outgoing) -> None:
    """Run out of the real stack, not of Python's count of it."""
    sys.setrecursionlimit(10**8)

    class Deep:
        def __getattr__(self, name: str) -> object:
            return getattr(self, name)

    getattr(Deep(), "x")  # noqa: B009 - the value is not the point


def says_garbage(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    answers.send_bytes(memoryview(b"this is not a pickle at all"))
    time.sleep(FOREVER)


def says_something_else(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    answers.send_bytes(memoryview(pickle.dumps(("grid", "not a grid", 3))))
    time.sleep(FOREVER)


def says_a_command(path: Path, _limits: Limits, answers: Outgoing) -> None:
    answers.send_bytes(memoryview(pickle.dumps(("refused", _Command(str(path.with_name("made by the child")))))))
    time.sleep(FOREVER)


def says_a_huge_size(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    answers.send_bytes(memoryview(b"\x80\x05\x8e" + struct.pack("<Q", 2**62)))
    time.sleep(FOREVER)


def says_half_a_piece(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    """The pipe's own header promises 1,000 bytes; ten follow."""
    os.write(answers.fileno(), struct.pack("!i", 1_000) + b"0123456789")
    time.sleep(FOREVER)


def says_half_an_answer(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    whole = pickle.dumps(("grid", GRID, "0" * 64))
    answers.send_bytes(memoryview(whole[: len(whole) // 2]))
    time.sleep(FOREVER)


def never_stops_talking(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    """One string without end."""
    piece = bytes(200_000)
    answers.send_bytes(memoryview(b"\x80\x05\x8d" + struct.pack("<Q", 2**40)))
    while True:
        answers.send_bytes(memoryview(piece))


def eats_memory(_path: Path, _limits: Limits, _answers: Outgoing) -> None:
    """Takes memory without the bound that the true child sets itself: the watchdog is alone."""
    eaten = []
    while True:
        eaten.append(bytes(b"x" * 4_000_000))
        time.sleep(0.002)


def _read(_path: Path, _limits: Limits, _tell: Tell) -> WorkbookGrid:
    return GRID


def _reads_many_rows(_path: Path, limits: Limits, _tell: Tell) -> WorkbookGrid:
    rows: dict[int, list[CellValue]] = {number: ["Patrol"] for number in range(1, limits.rows + 2)}
    return WorkbookGrid("plan.csv", "csv", (SheetGrid("plan", rows=rows),))


def _runs_out_of_memory(_path: Path, limits: Limits, _tell: Tell) -> WorkbookGrid:
    return WorkbookGrid("plan.csv", str(bytes(limits.memory * 2)), ())


def _nests_too_deeply(path: Path, limits: Limits, tell: Tell) -> WorkbookGrid:
    return _nests_too_deeply(path, limits, tell)


def _has_a_fault(_path: Path, _limits: Limits, _tell: Tell) -> WorkbookGrid:
    raise KeyError("Thomas Hale, born 1 April 1990")


def _may_not_open(_path: Path, _limits: Limits, _tell: Tell) -> WorkbookGrid:
    raise PermissionError(13, "The process cannot access the file because it is being used by another process")


def _is_overtaken(path: Path, _limits: Limits, _tell: Tell) -> WorkbookGrid:
    path.write_bytes(b"Action,Lead\nSaved meanwhile,Tom\n")
    return GRID


def _loses_its_file(path: Path, _limits: Limits, _tell: Tell) -> WorkbookGrid:
    path.unlink()
    return GRID


def _prints(_path: Path, _limits: Limits, _tell: Tell) -> WorkbookGrid:
    os.write(2, b"thread panicked at a cell that says Thomas Hale\n")
    print("Thomas Hale")  # noqa: T201 - what must not be shown
    return GRID


def _counts_and_loops(_path: Path, _limits: Limits, tell: Tell) -> WorkbookGrid:
    tell(1, 2)
    re.match(r"(a+)+$", "a" * 60 + "b")
    return GRID


def reads(path: Path, limits: Limits, answers: Outgoing) -> None:
    read_in_child(path, limits, answers, _read)


def reads_many_rows(path: Path, limits: Limits, answers: Outgoing) -> None:
    read_in_child(path, limits, answers, _reads_many_rows)


def runs_out_of_memory(path: Path, limits: Limits, answers: Outgoing) -> None:
    read_in_child(path, limits, answers, _runs_out_of_memory)


def nests_too_deeply(path: Path, limits: Limits, answers: Outgoing) -> None:
    read_in_child(path, limits, answers, _nests_too_deeply)


def has_a_fault(path: Path, limits: Limits, answers: Outgoing) -> None:
    read_in_child(path, limits, answers, _has_a_fault)


def may_not_open(path: Path, limits: Limits, answers: Outgoing) -> None:
    read_in_child(path, limits, answers, _may_not_open)


def is_overtaken(path: Path, limits: Limits, answers: Outgoing) -> None:
    read_in_child(path, limits, answers, _is_overtaken)


def loses_its_file(path: Path, limits: Limits, answers: Outgoing) -> None:
    read_in_child(path, limits, answers, _loses_its_file)


def prints(path: Path, limits: Limits, answers: Outgoing) -> None:
    read_in_child(path, limits, answers, _prints)


def counts_and_loops(path: Path, limits: Limits, answers: Outgoing) -> None:
    read_in_child(path, limits, answers, _counts_and_loops)
