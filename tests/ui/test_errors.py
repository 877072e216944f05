import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from csp_desktop.errors import CspError, StoreDamagedError
from ui.dialogs.crash import CrashDialog
from ui.errors import LONGEST_LOG, Boundary, CrashLog


@pytest.fixture
def boundary(tmp_path: Path) -> Boundary:
    return Boundary(CrashLog(tmp_path / "logs" / "faults.log", lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC)))


@pytest.fixture
def installed(boundary: Boundary, monkeypatch: pytest.MonkeyPatch) -> Boundary:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    boundary.install()
    return boundary


def fail_over(name: str) -> None:
    raise ValueError(f"cannot read {name}")


def caught(name: str) -> ValueError:
    with pytest.raises(ValueError, match="cannot") as failure:
        fail_over(name)
    return failure.value


def test_a_refusal_is_a_sentence_and_is_not_logged(boundary: Boundary, qtbot: QtBot) -> None:
    error = StoreDamagedError("The store is damaged.", Path("backup"))
    with qtbot.waitSignal(boundary.refused) as told, qtbot.assertNotEmitted(boundary.crashed):
        boundary.handle(error)
    assert told.args == [error]
    assert not boundary.log.file.exists()


def test_a_bug_is_logged_by_kind_and_place_without_anyones_words(boundary: Boundary, qtbot: QtBot) -> None:
    with qtbot.waitSignal(boundary.crashed) as told:
        boundary.handle(caught("Amira Khan"))
    assert told.args == ["ValueError"]
    written = boundary.log.file.read_text(encoding="utf-8")
    assert "2026-11-23T09:00:00+00:00 ValueError" in written
    assert "fail_over" in written
    assert "test_errors.py" in written
    assert "Amira" not in written
    assert "cannot read" not in written


def test_where_a_bug_came_from_is_logged_too(boundary: Boundary) -> None:
    with pytest.raises(RuntimeError) as failure:
        try:
            fail_over("Amira Khan")
        except ValueError as error:
            raise RuntimeError("Amira again") from error
    boundary.handle(failure.value)
    written = boundary.log.file.read_text(encoding="utf-8")
    assert "RuntimeError from ValueError" in written
    assert "Amira" not in written


def test_the_log_does_not_grow_for_ever(boundary: Boundary) -> None:
    boundary.log.file.parent.mkdir()
    boundary.log.file.write_bytes(b"x" * (LONGEST_LOG + 1))
    boundary.handle(caught("x"))
    assert boundary.log.file.stat().st_size < 5_000
    assert boundary.log.file.with_suffix(".old.log").stat().st_size == LONGEST_LOG + 1


def test_every_hook_leads_to_the_boundary(installed: Boundary, qtbot: QtBot) -> None:
    with qtbot.waitSignal(installed.refused):
        sys.excepthook(CspError, CspError("No."), None)
    with qtbot.waitSignal(installed.crashed):
        worker = threading.Thread(target=fail_over, args=("Amira Khan",))
        worker.start()
        worker.join()


def test_stopping_the_program_from_the_keyboard_is_not_a_fault(boundary: Boundary, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(boundary.crashed), pytest.raises(SystemExit):
        boundary.handle(KeyboardInterrupt())


def test_the_crash_dialog_says_what_is_safe_and_where_the_log_is(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = CrashDialog("Everything you had saved is safe.", tmp_path / "faults.log")
    qtbot.addWidget(dialog)
    said = " ".join(shown.text() for shown in dialog.findChildren(QLabel))
    assert "Everything you had saved is safe." in said
    assert str(tmp_path / "faults.log") in said
