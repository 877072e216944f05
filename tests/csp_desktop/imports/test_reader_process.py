import ctypes
import hashlib
import os
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread, active_count

import pytest

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.reading.limits import MIB, Limits
from csp_desktop.imports.reading.reader import Entry, read_file
from csp_desktop.imports.reading.refusals import ReadCancelledError
from csp_desktop.imports.reading.watchdog import resident_memory
from csp_desktop.imports.reading.windows_structures import BasicLimits, ExtendedLimits, MemoryCounters
from tests import planted_readers as planted

CONTENT = b"Action,Lead\nPatrol the park,Tom\n"
SOON = Limits(seconds=1.5)
SPARE = 4.0
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="what it plants or reads is POSIX")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_bytes(CONTENT)
    return path


def refusal(path: Path, entry: Entry, limits: Limits = SOON) -> str:
    """The one sentence that a reading ends with: in time, with no child and no thread left behind."""
    threads, started = active_count(), time.monotonic()
    with pytest.raises(UnreadableFileError) as caught:
        read_file(path, limits=limits, entry=entry)
    assert time.monotonic() - started < limits.seconds + SPARE
    assert not active_children()
    assert active_count() == threads
    sentence = str(caught.value)
    assert sentence.startswith("“plan.csv” ")
    assert sentence.endswith("Nothing was imported.")
    return sentence


def test_a_file_comes_with_the_hash_of_its_bytes(path: Path) -> None:
    read = read_file(path)
    assert read.hash == hashlib.sha256(CONTENT).hexdigest()
    assert read.grid.sheets[0].rows == {1: ["Action", "Lead"], 2: ["Patrol the park", "Tom"]}


@pytest.mark.parametrize(
    "entry",
    [
        planted.aborts,
        planted.segfaults,
        planted.exits_silently,
        planted.says_garbage,
        planted.says_something_else,
        planted.says_a_command,
        planted.says_a_huge_size,
        pytest.param(planted.recurses, marks=on_posix),
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_one_sentence(path: Path, entry: Entry) -> None:
    assert "the reader ended without an answer" in refusal(path, entry, Limits())
    assert [each.name for each in path.parent.iterdir()] == ["plan.csv"]


@pytest.mark.parametrize(
    "entry",
    [
        planted.hangs,
        planted.loops,
        planted.says_half_an_answer,
        pytest.param(planted.says_half_a_piece, marks=on_posix),
    ],
)
def test_a_child_that_never_finishes_is_stopped_in_time(path: Path, entry: Entry) -> None:
    assert "it took longer than 2 seconds" in refusal(path, entry)


def test_a_child_that_never_stops_talking_is_stopped_before_it_fills_its_parent(path: Path) -> None:
    before = resident_memory(os.getpid())
    assert "without an answer" in refusal(path, planted.never_stops_talking, Limits(memory=50 * MIB))
    assert resident_memory(os.getpid()) - before < 150 * MIB


@on_linux
def test_the_watchdog_alone_stops_a_child_that_eats_memory(path: Path) -> None:
    assert "too much memory" in refusal(path, planted.eats_memory, Limits(memory=150 * MIB))


@on_linux
def test_resident_memory_is_what_is_really_held() -> None:
    before = resident_memory(os.getpid())
    held = b"x" * (64 * MIB)
    assert 50 * MIB < resident_memory(os.getpid()) - before < 80 * MIB
    assert len(held) == 64 * MIB
    assert resident_memory(2**22 + 1) == 0


@on_posix
def test_a_reader_without_memory_says_so(path: Path) -> None:
    assert "it needs too much memory" in refusal(path, planted.runs_out_of_memory, Limits())


def test_content_nested_too_deeply_says_so(path: Path) -> None:
    assert "nested too deeply" in refusal(path, planted.nests_too_deeply, Limits())


def test_a_fault_of_the_reader_tells_its_place_and_nothing_of_the_file(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sentence = refusal(path, planted.has_a_fault, Limits())
    assert "KeyError in planted_readers.py, line " in sentence
    assert "Hale" not in sentence + "".join(capfd.readouterr())


def test_what_a_reader_prints_is_not_shown(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert read_file(path, entry=planted.prints).grid == planted.GRID
    assert capfd.readouterr() == ("", "")


def test_a_file_that_another_program_holds_is_to_be_closed(path: Path) -> None:
    assert "Close it elsewhere and choose it again." in refusal(path, planted.may_not_open, Limits())


def test_a_file_that_is_saved_while_it_is_read_is_refused(path: Path) -> None:
    assert "was changed while it was being read" in refusal(path, planted.is_overtaken, Limits())


def test_a_file_that_goes_while_it_is_read_is_missing(path: Path) -> None:
    assert "it is not there" in refusal(path, planted.loses_its_file, Limits())


def test_an_empty_file_is_refused(path: Path) -> None:
    path.write_bytes(b"")
    assert "is empty" in refusal(path, planted.reads, Limits())


@on_posix
def test_a_pipe_is_refused_without_waiting_for_its_writer(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)
    assert "is a device or a pipe" in refusal(path, planted.reads)


@on_posix
def test_a_link_to_a_device_is_refused(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")
    assert "is a device or a pipe" in refusal(path, planted.reads)


@pytest.mark.parametrize("name", ["plän £ 'x' “y”.csv", "план ☃ 🎉.csv", "-rf & $(id) %PATH%.csv", "a" * 200 + ".csv"])
def test_a_file_is_read_whatever_its_name(path: Path, name: str) -> None:
    odd = path.with_name(name)
    odd.write_bytes(CONTENT)
    assert read_file(odd).grid.file_name == name


@on_linux
def test_a_name_that_is_not_text_is_read_or_refused(path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(path.parent) + b"/plan \xff.csv"))
    odd.write_bytes(CONTENT)
    assert read_file(odd).grid.sheets[0].rows[2] == ["Patrol the park", "Tom"]
    odd.write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableFileError, match=r"“plan ·.csv” is not a spreadsheet"):
        read_file(odd)


def test_a_path_that_no_system_has_is_missing() -> None:
    with pytest.raises(UnreadableFileError, match="it is not there"):
        read_file(Path("plan\x00.csv"))


def test_a_relative_path_is_of_the_folder_of_now(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    assert read_file(Path("plan.csv")).grid.file_name == "plan.csv"


@pytest.mark.parametrize(
    "entry", [planted.hangs, planted.says_half_an_answer, planted.counts_and_loops, planted.never_stops_talking]
)
def test_a_cancel_ends_the_reader_whatever_it_is_doing(path: Path, entry: Entry) -> None:
    asked = Event()
    Thread(target=lambda: (time.sleep(0.4), asked.set())).start()
    started = time.monotonic()
    with pytest.raises(ReadCancelledError, match=r"Reading “plan\.csv” was cancelled"):
        read_file(path, limits=Limits(memory=10**12), cancelled=asked.is_set, entry=entry)
    assert time.monotonic() - started < SPARE
    assert not active_children()


def test_what_the_canceller_raises_ends_the_reader_too(path: Path) -> None:
    def cancel() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_file(path, cancelled=cancel, entry=planted.hangs)
    assert not active_children()


PARENT = """
import sys
from multiprocessing import active_children
from pathlib import Path
from csp_desktop.imports.reading.reader import read_file
from tests import planted_readers

def tell(done, expected):
    print(active_children()[0].pid, flush=True)

if __name__ == "__main__":
    read_file(Path(sys.argv[1]), progress=tell, entry=planted_readers.counts_and_loops)
"""


@on_linux
def test_a_parser_that_never_lets_go_still_leaves_with_a_killed_parent(path: Path) -> None:
    script = path.with_name("parent.py")
    script.write_text(PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    parent = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script), str(path)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + SPARE
    while resident_memory(child) and time.monotonic() < deadline:
        os.sched_yield()
    assert resident_memory(child) == 0


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the sizes are those of 64-bit Windows")
def test_windows_structures_have_the_sizes_that_windows_takes() -> None:
    assert [ctypes.sizeof(each) for each in (BasicLimits, ExtendedLimits, MemoryCounters)] == [64, 144, 72]
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112
    assert MemoryCounters.WorkingSetSize.offset == 16
    assert MemoryCounters.PagefileUsage.offset == 56
    assert BasicLimits.LimitFlags.offset == 16


def test_more_rows_than_can_be_compared_are_refused_with_what_to_do(path: Path) -> None:
    assert len(read_file(path, limits=Limits(rows=2)).grid.sheets[0].rows) == 2
    sentence = refusal(path, planted.reads_many_rows, Limits(rows=2))
    assert "is too large (3 rows; the most is 2). Save the sheet with the actions, or a part of it" in sentence
