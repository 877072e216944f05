"""One program per store, by name; a dead one's hold is taken over."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from csp_desktop.errors import StoreInUseError
from csp_desktop.location import StoreFiles
from csp_desktop.lock import StoreLock, read_holder

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOLD = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from csp_desktop.location import StoreFiles
from csp_desktop.lock import StoreLock
held = StoreLock.hold(StoreFiles(Path(sys.argv[1])), "officer2", datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
print(os.getpid(), flush=True)
sys.stdin.readline()
os._exit(9)
"""


@pytest.fixture
def files(tmp_path: Path) -> StoreFiles:
    return StoreFiles(tmp_path / "plan.csp")


def test_a_second_hold_is_refused_and_names_the_first(files: StoreFiles) -> None:
    with StoreLock.hold(files, "officer1", NOON):
        with pytest.raises(StoreInUseError) as raised:
            StoreLock.hold(files, "officer2", NOON)
        holder = read_holder(files)
    assert holder is not None
    assert str(raised.value).startswith(
        f"plan.csp is in use by officer1 on {holder.host} (process {holder.pid}, since "
    )
    assert holder.since == NOON


def test_given_free_it_can_be_held_again_also_from_another_thread(files: StoreFiles) -> None:
    held = StoreLock.hold(files, "officer1", NOON)
    thread = Thread(target=held.release)
    thread.start()
    thread.join()
    held.release()
    with StoreLock.hold(files, "officer2", NOON) as again:
        assert not again.after_unclean_end
    assert not files.holder.exists()


def test_another_program_is_named_and_once_it_died_its_hold_is_taken_over(files: StoreFiles) -> None:
    with subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", HOLD, str(files.store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        pid = other.stdout.readline().strip()
        with pytest.raises(StoreInUseError, match=rf"officer2 on .* \(process {pid}, "):
            StoreLock.hold(files, "officer1", NOON)
        other.communicate("die\n")
    assert files.holder.exists()
    with StoreLock.hold(files, "officer1", NOON) as taken:
        assert taken.after_unclean_end
        holder = read_holder(files)
    assert holder is not None
    assert holder.account == "officer1"


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"pid": "x"}'])
def test_a_holders_file_that_makes_no_sense_does_not_stand_in_the_way(files: StoreFiles, content: bytes) -> None:
    with StoreLock.hold(files, "officer1", NOON):
        files.holder.write_bytes(content)
        with pytest.raises(StoreInUseError, match="in use by another program"):
            StoreLock.hold(files, "officer2", NOON)
    files.holder.write_bytes(content)
    with StoreLock.hold(files, "officer2", NOON) as held:
        assert held.after_unclean_end
