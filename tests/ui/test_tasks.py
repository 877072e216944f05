import threading
from collections.abc import Iterator

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from csp_desktop.errors import CspError
from ui.tasks import Cancelled, Progress, Task, Tasks


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_work_runs_elsewhere_and_its_result_comes_home(tasks: Tasks, qtbot: QtBot) -> None:
    came: list[tuple[object, ...]] = []
    home = threading.get_ident()
    tasks.run(
        "Reading",
        lambda _progress: threading.get_ident(),
        lambda worker: came.append((worker, threading.get_ident())),
    )
    assert tasks.busy
    qtbot.waitUntil(lambda: bool(came))
    ((worker, delivered),) = came
    assert worker != home
    assert delivered == home
    assert not tasks.busy


def test_pieces_of_work_run_one_after_the_other(tasks: Tasks, qtbot: QtBot) -> None:
    order: list[str] = []
    gate = threading.Event()
    tasks.run("first", lambda _p: gate.wait(5) and order.append("first"), lambda _r: order.append("first done"))
    tasks.run("second", lambda _p: order.append("second"), lambda _r: order.append("second done"))
    assert order == []
    gate.set()
    qtbot.waitUntil(lambda: "second done" in order)
    assert order.index("first") < order.index("second")
    assert order.index("first done") < order.index("second done")


def test_work_that_takes_its_time_is_shown_and_quick_work_is_not(tasks: Tasks, qtbot: QtBot) -> None:
    shown: list[Task] = []
    tasks.slow.connect(shown.append)
    gate = threading.Event()
    with qtbot.waitSignal(tasks.ended):
        tasks.run("quick", lambda _p: None, lambda _r: None)
    slow = tasks.run("slow", lambda _p: gate.wait(5), lambda _r: None)
    with qtbot.waitSignal(tasks.slow, timeout=3000):
        assert shown == []
    assert shown == [slow]
    gate.set()


def test_counts_arrive_and_cancel_stops_the_work_at_its_next_count(tasks: Tasks, qtbot: QtBot) -> None:
    reached = threading.Event()
    asked = threading.Event()
    ended_with: list[type[BaseException]] = []
    finished: list[object] = []

    def work(progress: Progress) -> None:
        try:
            progress(1, 3, "Reading rows")
            reached.set()
            asked.wait(5)
            progress(2, 3)
        except Cancelled as stopped:
            ended_with.append(type(stopped))
            raise

    counted: list[tuple[int, int, str]] = []
    task = tasks.run("Importing", work, finished.append)
    task.progress.counted.connect(lambda *count: counted.append(count))
    reached.wait(5)
    with qtbot.waitSignal(tasks.ended) as ended:
        task.progress.cancel()
        asked.set()
    assert ended.args == [task]
    assert ended_with == [Cancelled]
    assert finished == []
    assert task.progress.is_cancelled()


def test_what_work_raises_is_raised_in_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    def refuse(_progress: Progress) -> None:
        raise CspError("The disk is full: nothing was saved.")

    finished: list[object] = []
    with capture_exceptions() as raised, qtbot.waitSignal(tasks.ended):
        tasks.run("Importing", refuse, finished.append)
    qtbot.waitUntil(lambda: bool(raised))
    assert [str(error) for _kind, error, _trace in raised] == ["The disk is full: nothing was saved."]
    assert finished == []
    assert not tasks.busy


def test_closing_cancels_what_runs_and_waits_for_it() -> None:
    tasks = Tasks()
    stopped = threading.Event()
    began = threading.Event()

    def work(progress: Progress) -> None:
        began.set()
        while not progress.is_cancelled():
            stopped.wait(0.01)
        stopped.set()

    tasks.run("Importing", work, lambda _r: None)
    began.wait(5)
    tasks.close()
    assert stopped.is_set()
