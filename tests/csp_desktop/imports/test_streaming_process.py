"""Streaming through a real child: in blocks, at the taker's pace, and whatever happens no process is left behind."""

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable
from itertools import islice
from multiprocessing import active_children
from pathlib import Path
from threading import active_count
from types import SimpleNamespace

import pytest

from csp_desktop.errors import UnreadableFileError
from csp_desktop.imports.grid import SheetGrid, Tell
from csp_desktop.imports.reading import conversing
from csp_desktop.imports.reading.blocks import FULL_BLOCK
from csp_desktop.imports.reading.conversing import Entry
from csp_desktop.imports.reading.limits import MIB, REGISTER_LIMITS, Limits
from csp_desktop.imports.reading.reader import read_file
from csp_desktop.imports.reading.refusals import ReadCancelledError
from csp_desktop.imports.reading.spawned import stream_spawned
from csp_desktop.imports.reading.streaming import Part, RowBlock, SheetStart, StreamEnd, stream_file
from csp_desktop.imports.reading.watchdog import resident_memory
from tests import planted_streams as planted
from tests.fuzzed_files import FILES

CONTENT = b"Person,Offence\nP0001,001/00\n"
SOON = Limits(seconds=1.5)
SPARE = 4.0
MANY = 200_000
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bounds")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "offences.csv"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.csv"
    path.write_bytes(b"Person,Offence date,Code,Outcome\n" + b"P0001,01/02/2024,001/00,Conviction\n" * (MANY - 1))
    return path


def refusal(path: Path, entry: Entry = stream_spawned, limits: Limits = REGISTER_LIMITS) -> str:
    """The one sentence that a streaming ends with, with no child and no thread left behind."""
    threads = active_count()
    with pytest.raises(UnreadableFileError) as caught:
        list(stream_file(path, limits=limits, entry=entry))
    assert not active_children()
    assert active_count() == threads
    sentence = str(caught.value)
    assert sentence.startswith("“offences.csv” ")
    assert sentence.endswith("Nothing was imported.")
    return sentence


def test_a_file_comes_as_sheet_rows_and_end_with_the_hash_of_its_bytes(path: Path) -> None:
    parts = list(stream_file(path))
    assert parts == [
        SheetStart("offences", hidden=False),
        RowBlock(((1, ["Person", "Offence"]), (2, ["P0001", "001/00"]))),
        StreamEnd("csv", parts[-1].notes, frozenset({Tell.ERRORS, Tell.UNWORKED, Tell.FORMATS}), parts[-1].hash),
    ]
    assert parts[-1].hash == hashlib.sha256(CONTENT).hexdigest()
    assert parts[-1].notes == read_file(path).grid.notes


@pytest.mark.parametrize("name", ["xlsx", "xls", "xlsb", "ods", "cp1252", "utf-16"])
def test_every_format_comes_through_the_child_as_its_grid(path: Path, name: str) -> None:
    path.write_bytes(FILES[name])
    found: list[SheetGrid] = []
    for part in stream_file(path):
        if isinstance(part, SheetStart):
            found.append(SheetGrid(part.name, part.hidden))
        elif isinstance(part, RowBlock):
            found[-1].rows.update(part.rows)
    grid = read_file(path).grid
    assert [(each.name, each.hidden, each.rows) for each in found] == [
        (each.name, each.hidden, each.rows) for each in grid.sheets
    ]


def test_a_large_register_comes_in_blocks_that_neither_process_holds(large: Path) -> None:
    told: list[tuple[int, int]] = []
    numbers: list[int] = []
    lengths: set[int] = set()
    before = resident_memory(os.getpid())
    here, there = [before], [0]
    for part in stream_file(large, progress=lambda done, expected: told.append((done, expected))):
        if isinstance(part, RowBlock):
            numbers += [number for number, _ in part.rows]
            lengths.add(len(part.rows))
            here.append(resident_memory(os.getpid()))
            there += [resident_memory(child.pid or 0) for child in active_children()]  # it ends before what it said
    assert numbers == list(range(1, MANY + 1))
    assert lengths == {FULL_BLOCK}
    assert told[0] == (500, MANY + 1)
    assert told == sorted(told)
    assert told[-1][0] == MANY
    assert max(here) - before < 40 * MIB
    assert 0 < max(there) < 60 * MIB


@on_posix
def test_the_child_has_bounds_of_its_own(path: Path) -> None:
    *_, end = stream_file(path, entry=planted.tells_its_bounds)
    assert isinstance(end, StreamEnd)
    assert end.notes == (str(REGISTER_LIMITS.memory), str(int(REGISTER_LIMITS.seconds) + 1), "0")


@on_posix
def test_a_child_without_memory_says_so(path: Path) -> None:
    assert "it needs too much memory" in refusal(path, planted.runs_out_of_memory)


def settled(told: Path) -> int:
    """How many blocks the child has sent, once it sends no more."""
    sent, since, deadline = 0, time.monotonic(), time.monotonic() + 20
    while time.monotonic() < min(since + 0.5, deadline):
        with contextlib.suppress(OSError, ValueError):
            now = int(told.read_text(encoding="ascii"))
            if now != sent:
                sent, since = now, time.monotonic()
    return sent


def test_a_child_waits_for_whoever_takes_its_blocks(path: Path) -> None:
    parts = stream_file(path, entry=planted.floods)
    assert next(parts) == SheetStart("plan", hidden=False)
    for taken in (1, 2, 3):
        assert isinstance(next(parts), RowBlock)
        assert settled(path.with_name("sent")) - taken < 20
    numbers = [part.rows[0][0] for part in parts if isinstance(part, RowBlock)]
    assert numbers == list(range(4, planted.FLOOD + 1))
    assert not active_children()


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let two hours go by on the clock of whoever watches the child."""
    gone = [0.0]
    monkeypatch.setattr(conversing, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + gone[0]))

    def go_by() -> None:
        gone[0] += 7_200

    return go_by


def test_whoever_takes_his_time_is_not_a_child_that_is_stuck(large: Path, hours: Callable[[], None]) -> None:
    parts: list[Part] = []
    for part in stream_file(large):
        parts.append(part)
        hours()
    assert isinstance(parts[-1], StreamEnd)


def test_time_that_goes_by_in_telling_progress_is_not_the_childs(large: Path, hours: Callable[[], None]) -> None:
    *_, end = stream_file(large, progress=lambda _done, _expected: hours())
    assert isinstance(end, StreamEnd)


def test_time_that_goes_by_in_waiting_is_the_childs(path: Path, hours: Callable[[], None]) -> None:
    def cancelled() -> bool:
        hours()
        return False

    with pytest.raises(UnreadableFileError, match="it took longer than 900 seconds"):
        list(stream_file(path, cancelled=cancelled, entry=planted.hangs_after_a_block))


def test_a_child_that_is_stuck_is_stopped_in_time(path: Path) -> None:
    started = time.monotonic()
    assert "it took longer than 2 seconds" in refusal(path, planted.hangs_after_a_block, SOON)
    assert time.monotonic() - started < SOON.seconds + SPARE


def test_a_child_that_dies_is_one_sentence(path: Path) -> None:
    assert "the reader ended without an answer" in refusal(path, planted.dies_after_a_block)


def test_a_child_that_is_killed_is_one_sentence(large: Path) -> None:
    parts = stream_file(large)
    assert isinstance(next(parts), SheetStart)
    active_children()[0].kill()
    with pytest.raises(UnreadableFileError, match="the reader ended without an answer"):
        list(parts)
    assert not active_children()


def test_a_file_that_is_saved_while_it_is_read_has_no_end(path: Path) -> None:
    assert "was changed while it was being read" in refusal(path, planted.is_overtaken)


def test_a_fault_of_the_reader_tells_its_place_and_nothing_of_the_file(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sentence = refusal(path, planted.has_a_fault)
    assert "KeyError in planted_streams.py, line " in sentence
    assert "Hale" not in sentence + "".join(capfd.readouterr())


def test_a_quote_that_is_never_closed_is_refused_after_the_rows_before_it(large: Path) -> None:
    with large.open("ab") as file:
        file.write(b'P0002,"never closed\n')
    parts: list[Part] = []
    with pytest.raises(UnreadableFileError, match=f"near row {MANY + 1}: its quotation mark is never closed"):
        parts.extend(stream_file(large))
    assert len(parts) > 50
    assert not active_children()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"Milk\nEggs\n", FILES["xlsx"][:3_000]])
def test_a_wrong_file_is_refused_as_ever(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as caught:
        read_file(path)
    assert refusal(path) == str(caught.value)


def test_a_cancel_midway_ends_the_child(large: Path) -> None:
    parts: list[Part] = []
    with pytest.raises(ReadCancelledError, match=r"Reading “large\.csv” was cancelled"):
        parts.extend(stream_file(large, cancelled=lambda: len(parts) > 3))
    assert not active_children()


def test_a_cancel_before_anything_comes_ends_the_child(path: Path) -> None:
    with pytest.raises(ReadCancelledError):
        list(stream_file(path, cancelled=lambda: True))
    assert not active_children()


def test_closing_midway_leaves_no_process_and_no_thread(large: Path) -> None:
    threads = active_count()
    parts = stream_file(large)
    assert [type(part) for part in islice(parts, 3)] == [SheetStart, RowBlock, RowBlock]
    assert len(active_children()) == 1
    parts.close()
    assert not active_children()
    assert active_count() == threads


def test_what_goes_wrong_with_the_taker_leaves_no_process(large: Path) -> None:
    with pytest.raises(ZeroDivisionError), contextlib.closing(stream_file(large)) as parts:
        for part in parts:
            assert part
            raise ZeroDivisionError
    assert not active_children()


def test_who_never_asks_for_a_part_starts_nothing(large: Path) -> None:
    stream_file(large).close()
    assert not active_children()


def test_the_child_is_gone_before_the_end_is_told(path: Path) -> None:
    for part in stream_file(path):
        assert bool(active_children()) == (not isinstance(part, StreamEnd))


@pytest.mark.parametrize(
    "entry", [planted.says_a_block_of_no_sheet, planted.says_an_end_of_nothing, planted.says_a_grid]
)
def test_a_child_that_talks_out_of_turn_is_believed_nothing(path: Path, entry: Entry) -> None:
    assert "the reader ended without an answer" in refusal(path, entry)


def test_a_child_that_a_file_has_taken_over_makes_its_parent_run_nothing(path: Path) -> None:
    assert "the reader ended without an answer" in refusal(path, planted.says_a_command)
    assert [each.name for each in path.parent.iterdir()] == ["offences.csv"]


@on_linux
def test_a_block_without_end_is_stopped_before_it_fills_its_parent(path: Path) -> None:
    before = resident_memory(os.getpid())
    assert "without an answer" in refusal(path, planted.says_a_block_without_end)
    assert resident_memory(os.getpid()) - before < 250 * MIB
