"""Children that stream and go wrong, or show how they are held, for the tests of the process around the reading.

Each runs in a real child process, which imports this module; so they are functions of a module, and it is small.
"""

import os
import pickle
import re
import sys
import time
from pathlib import Path

from csp_desktop.imports.grid import CellValue, WorkbookGrid
from csp_desktop.imports.reading.answers import Outgoing, Sender
from csp_desktop.imports.reading.blocks import Streaming
from csp_desktop.imports.reading.building import About
from csp_desktop.imports.reading.child import stream_in_child
from csp_desktop.imports.reading.limits import MIB, Limits

FOREVER = 600
FLOOD = 400


class _Command:
    """Unpickled by a trusting parent, it would make the folder it names."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.path,)


def _says(answers: Outgoing, *messages: object) -> None:
    for message in messages:
        answers.send_bytes(memoryview(pickle.dumps(message)))


def says_a_block_of_no_sheet(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    _says(answers, ("block", ((1, ["a"]),)))
    time.sleep(FOREVER)


def says_an_end_of_nothing(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    _says(answers, ("end", "csv", (), frozenset(), "0" * 64))
    time.sleep(FOREVER)


def says_a_grid(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    _says(answers, ("grid", WorkbookGrid("plan.csv", "csv", ()), "0" * 64))
    time.sleep(FOREVER)


def says_a_command(path: Path, _limits: Limits, answers: Outgoing) -> None:
    _says(answers, ("sheet", "plan", False), ("block", ((1, [_Command(str(path.with_name("made by the child")))]),)))
    time.sleep(FOREVER)


def says_a_block_without_end(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    _says(answers, ("sheet", "plan", False))
    piece = bytes(200_000)
    answers.send_bytes(memoryview(b"\x80\x05\x8d" + (2**40).to_bytes(8, "little")))
    while True:
        answers.send_bytes(memoryview(piece))


def _block(number: int) -> tuple[tuple[int, list[CellValue]], ...]:
    return ((number, [f"{number} ".ljust(MIB, "x")]),)


def floods(path: Path, _limits: Limits, answers: Outgoing) -> None:
    """Send blocks of a megabyte as fast as they are taken, and write down beside the file how many have gone."""
    sender = Sender(answers)
    sender.send(("sheet", "plan", False))
    told = path.with_name("sent")
    for number in range(1, FLOOD + 1):
        sender.send(("block", _block(number)))
        told.write_text(str(number), encoding="ascii")
    sender.send(("end", "csv", (), frozenset(), "0" * 64))


def hangs_after_a_block(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    sender = Sender(answers)
    sender.send(("sheet", "plan", False))
    sender.send(("block", ((1, ["a"]),)))
    re.match(r"(a+)+$", "a" * 60 + "b")


def dies_after_a_block(_path: Path, _limits: Limits, answers: Outgoing) -> None:
    sender = Sender(answers)
    sender.send(("sheet", "plan", False))
    sender.send(("block", ((1, ["a"]),)))
    os._exit(0)


def _begin(streaming: Streaming) -> None:
    build = streaming.begin("plan", hidden=False)
    build.put_rows(1, [["Person", "Offence"]], 13)
    streaming.end(build)


def _is_overtaken(path: Path, streaming: Streaming) -> About:
    _begin(streaming)
    path.write_bytes(b"Action,Lead\nSaved meanwhile,Tom\n")
    return About("csv")


def _has_a_fault(_path: Path, streaming: Streaming) -> About:
    _begin(streaming)
    raise KeyError("Thomas Hale, born 1 April 1990")


def _runs_out_of_memory(_path: Path, streaming: Streaming) -> About:
    _begin(streaming)
    return About(str(bytes(streaming.limits.memory * 2)))


def _tells_its_bounds(_path: Path, streaming: Streaming) -> About:
    _begin(streaming)
    if sys.platform == "win32":
        return About("csv")
    import resource

    bounds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)
    return About("csv", tuple(str(resource.getrlimit(bound)[0]) for bound in bounds))


def is_overtaken(path: Path, limits: Limits, answers: Outgoing) -> None:
    stream_in_child(path, limits, answers, _is_overtaken)


def has_a_fault(path: Path, limits: Limits, answers: Outgoing) -> None:
    stream_in_child(path, limits, answers, _has_a_fault)


def runs_out_of_memory(path: Path, limits: Limits, answers: Outgoing) -> None:
    stream_in_child(path, limits, answers, _runs_out_of_memory)


def tells_its_bounds(path: Path, limits: Limits, answers: Outgoing) -> None:
    stream_in_child(path, limits, answers, _tells_its_bounds)
