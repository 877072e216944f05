from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from csp_desktop.queries.actions import View, list_actions
from tests.factories import TODAY
from tests.ui.review_files import first_rows, later_rows, write
from ui.app import Program
from ui.pages.imports import ImportsPage
from ui.pages.plan import PlanPage
from ui.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier


def page_of(window: Window) -> ImportsPage:
    page = window.page()
    assert isinstance(page, ImportsPage)
    return page


def reviewed(window: Window, path: Path, qtbot: QtBot) -> ImportsPage:
    window.go("imports", (path,))
    page = page_of(window)
    qtbot.waitUntil(lambda: page.review is not None, timeout=30_000)
    return page


def accept_by_key(page: ImportsPage, qtbot: QtBot) -> None:
    assert page.review is not None
    QTest.keyClick(page.review, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(page.review.summary.isVisible, timeout=30_000)
    QTest.keyClick(page.review, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.review is None)


def plan_titles(window: Window) -> set[str]:
    window.go("plan")
    page = window.page()
    assert isinstance(page, PlanPage)
    return {page.model.row_at(at).title for at in range(page.model.rowCount())}


def test_a_workbook_comes_in_is_corrected_a_quarter_later_and_both_can_be_taken_back(
    unlock: Callable[[], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    window = unlock()
    page = reviewed(window, write(tmp_path / "safer.xlsx", first_rows()), qtbot)
    assert plan_titles(window) == set()
    window.go("imports")
    accept_by_key(page, qtbot)
    assert plan_titles(window) == {"Walk the estate every week", "Mend the street lights", "Open a youth club"}

    page = reviewed(window, write(tmp_path / "later.xlsx", later_rows()), qtbot)
    assert page.review is not None
    with qtbot.waitSignal(page.review.session.compared, timeout=20_000):
        page.review.rows.pane.same.click()
    accept_by_key(page, qtbot)
    assert "Buy radios for shop staff" in plan_titles(window)
    assert "Train taxi drivers" in plan_titles(window)
    rags = {row.source_ref: row.rag for row in list_actions(window.desk.store, View(TODAY))}
    assert rags["S2"] == "R"

    window.undo()
    qtbot.waitUntil(lambda: "Train taxi drivers" not in plan_titles(window))
    assert "Open a youth club" in plan_titles(window)
    window.go("imports")
    page = page_of(window)
    page.table.choose(page.model.id_at(1))
    page.pane.back.click()
    page.pane.sure.click()
    qtbot.waitUntil(lambda: list_actions(window.desk.store, View(TODAY)) == [], timeout=10_000)


def test_the_same_file_twice_changes_nothing(unlock: Callable[[], Window], tmp_path: Path, qtbot: QtBot) -> None:
    window = unlock()
    path = write(tmp_path / "safer.xlsx", first_rows())
    accept_by_key(reviewed(window, path, qtbot), qtbot)
    page = reviewed(window, path, qtbot)
    assert page.review is not None
    assert not page.review.foot.accept_button.isEnabled()
    assert page.review.session.plan.counts["unchanged"] == 3
    page.review.reject()


def test_a_file_that_is_no_workbook_is_a_sentence_in_the_window(
    unlock: Callable[[], Window], program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = unlock()
    letter = tmp_path / "letter.xlsx"
    letter.write_bytes(b"%PDF-1.7 a letter that somebody renamed")
    monkeypatch.setattr("sys.excepthook", program.boundary._on_exception)
    window.go("imports", (letter,))
    qtbot.waitUntil(window.message.isVisible, timeout=30_000)
    assert "letter.xlsx" in window.message.words.text()
    assert page_of(window).review is None


def test_locking_in_the_middle_of_a_review_leaves_nothing_behind(
    unlock: Callable[[], Window], program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    window = unlock()
    page = reviewed(window, write(tmp_path / "safer.xlsx", first_rows()), qtbot)
    assert page.review is not None
    review = page.review
    gone: list[object] = []
    review.destroyed.connect(lambda *_dialog: gone.append(True))
    qtbot.waitUntil(lambda: not program.tasks.busy)
    program.lock()
    qtbot.waitUntil(lambda: bool(gone))
    again = unlock()
    assert list_actions(again.desk.store, View(TODAY)) == []
