"""A folder of returns on the page of workbooks: listed first, opened one by one, what is certain brought in."""

import shutil
from collections.abc import Iterator
from datetime import date
from multiprocessing import active_children
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.commands.actions import edit_action
from csp_desktop.errors import CspError
from csp_desktop.imports.folder import Finding
from csp_desktop.queries.actions import ActionRow, View, list_actions
from csp_desktop.queries.chasing import list_workbooks
from csp_desktop.queries.records import list_imports
from tests.answers import answer
from tests.csp_desktop.queries.chased import Chased
from tests.factories import TODAY
from tests.ui.review_files import first_rows, write
from tests.workbooks.handmade_parts import write_sheets
from ui.desk import Desk
from ui.news import News
from ui.pages.imports import ImportsPage
from ui.pages.workbooks import WorkbooksPage
from ui.pages.workbooks_making import Asking
from ui.pages.workbooks_views import FOLDER, OWNERS
from ui.remembered import Remembered
from ui.tasks import Tasks
from ui.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NAMES = [
    "a conflict.xlsx", "b answered.xlsx", "c untouched.xlsx", "d emptied.xlsx", "e foreign.xlsx", "f broken.xlsx",
    "g letter.txt",
]  # fmt: skip


@pytest.fixture
def desk(chased: Chased, tmp_path: Path) -> Iterator[Desk]:
    tasks, news = Tasks(), News(chased.store)
    yield Desk(chased.store, tasks, news, lambda: TODAY, Remembered(tmp_path / "window.ini"))
    news.close()
    tasks.close()


def ref_of(chased: Chased, key: str) -> str:
    return next(row.ref for row in list_actions(chased.store, View(TODAY)) if row.id == chased.actions[key])


def action(chased: Chased, key: str) -> ActionRow:
    return next(row for row in list_actions(chased.store, View(TODAY)) if row.id == chased.actions[key])


@pytest.fixture
def returns(chased: Chased, tmp_path: Path) -> Path:
    """A conflict, an answer, one untouched, a cell emptied, a foreign and a broken file, a letter, and a picture."""
    folder = tmp_path / "Q3 returns"
    folder.mkdir()
    sent = {name: each.path for name, each in chased.sent.items()}
    renewed, visited, trained = (
        ref_of(chased, key) for key in ("Renew the order", "Visit the reservoirs", "Run the pledge")
    )
    row = action(chased, "Renew the order")
    edit_action(chased.store, row.id, row.version, title="Renew both orders")
    answer(
        sent["Amina Shah"], folder / NAMES[0], {(renewed, "title"): "Renew it in May", (renewed, "update"): "Sealed."}
    )
    answer(sent["Wei Chen"], folder / NAMES[1], {(visited, "update"): "Visited twice."})
    shutil.copy(sent["Tom Briggs"], folder / NAMES[2])
    answer(sent["Priya Nair"], folder / NAMES[3], {(trained, "due"): None})
    rows = [["Action", "Lead officer", "Due date"], ["Tidy the square", "Jo Hirst", date(2027, 2, 1)]]
    write_sheets(folder / NAMES[4], {"Ours": rows})
    (folder / NAMES[5]).write_bytes(b"PK\x03\x04 no workbook")
    (folder / NAMES[6]).write_text("Dear Priya,\nI am on leave until Monday.\n", encoding="utf-8")
    (folder / "h picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def page(window: Window) -> WorkbooksPage:
    window.go("workbooks")
    shown = window.page()
    assert isinstance(shown, WorkbooksPage)
    return shown


def at_rest(page: WorkbooksPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.desk.tasks.busy, timeout=40_000)
    for _turn in range(4):
        QApplication.processEvents()


def look(page: WorkbooksPage, folder: Path, qtbot: QtBot) -> None:
    page.ask = Asking(folder=lambda _parent, _at, _title: folder)
    page.views.folder_button.click()
    at_rest(page, qtbot)


def found(page: WorkbooksPage) -> dict[str, Finding]:
    model = page.views.folder.model
    files = [model.row_at(at).file for at in range(model.rowCount())]
    return {file.name: file.finding for file in files}


def choose(page: WorkbooksPage, name: str) -> None:
    model = page.views.folder.model
    at = next(at for at in range(model.rowCount()) if model.row_at(at).file.name == name)
    page.views.folder.table.choose(model.id_at(at))


def words(page: WorkbooksPage) -> str:
    for _turn in range(3):
        QApplication.processEvents()
    return "\n".join(each.text() for each in page.file_pane.findChildren(QLabel) if each.isVisible())


def test_a_folder_is_listed_file_by_file_before_anything_comes_in(
    page: WorkbooksPage, returns: Path, chased: Chased, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    look(page, returns, qtbot)
    room = page.views.folder
    assert page.views.view == FOLDER
    assert room.heading.text() == "Q3 returns: 7 files"
    assert "no spreadsheets: h picture.png" in room.words.text()
    assert found(page) == dict(
        zip(
            NAMES,
            (
                Finding.CONFLICTS,
                Finding.CHANGES,
                Finding.NOTHING_NEW,
                Finding.QUESTIONS,
                Finding.OTHER_FILE,
                Finding.REFUSED,
                Finding.REFUSED,
            ),
            strict=True,
        )
    )
    qtmodeltester.check(room.model)
    assert page.counts == "7 files, 2 certain, 3 to look at, 2 refused"
    assert room.table.hasFocus()
    assert room.certain_button.text() == "Bring in what is certain (2)"
    assert room.out.text() == "Every workbook that was sent to an owner has come back."
    assert list_imports(chased.store) == []
    assert not page.make_button.isVisible()


def test_the_pane_says_of_each_file_what_it_is_and_what_to_do(page: WorkbooksPage, returns: Path, qtbot: QtBot) -> None:
    look(page, returns, qtbot)
    choose(page, NAMES[0])
    told = words(page)
    assert "Amina Shah" in told
    assert "1 cell changed both by the owner and here." in told
    choose(page, NAMES[3])
    assert "1 cell emptied: is what stood there to go?" in words(page)
    assert "has come back before" in words(page)
    choose(page, NAMES[5])
    assert "is damaged or incomplete" in words(page)
    assert not page.file_pane.foot.isVisible()
    QTest.keyClick(page.views.folder.table, Qt.Key.Key_Return)
    assert page.views.folder.review is None
    choose(page, NAMES[6])
    assert "reads like a letter" in words(page)


def test_what_is_certain_comes_in_and_the_rest_is_left_for_somebody_to_look_at(
    window: Window, page: WorkbooksPage, returns: Path, chased: Chased, qtbot: QtBot
) -> None:
    look(page, returns, qtbot)
    QTest.keyClick(page.views.folder.certain_button, Qt.Key.Key_Return)
    at_rest(page, qtbot)
    now = found(page)
    assert [name for name, finding in now.items() if finding is Finding.BROUGHT_IN] == NAMES[1:3]
    assert (now[NAMES[0]], now[NAMES[3]]) == (Finding.CONFLICTS, Finding.QUESTIONS)
    assert window.message.words.text() == "2 workbooks brought in. 5 files left for you to look at."
    assert [row.file_name for row in list_imports(chased.store)] == [NAMES[1]]
    assert action(chased, "Visit the reservoirs").latest_update == "Visited twice."
    assert action(chased, "Renew the order").title == "Renew both orders"
    assert action(chased, "Run the pledge").forecast_due is not None
    back = {row.owner: row.returned_on for row in list_workbooks(chased.store)}
    assert back["Wei Chen"] == TODAY
    assert back["Amina Shah"] is None
    assert page.counts == "7 files, 2 brought in, 3 to look at, 2 refused"
    assert not page.views.folder.certain_button.isEnabled()
    window.undo()
    at_rest(page, qtbot)
    assert action(chased, "Visit the reservoirs").latest_update == "Under way."


def test_enter_opens_the_review_and_what_is_brought_in_there_is_marked(
    page: WorkbooksPage, returns: Path, chased: Chased, qtbot: QtBot
) -> None:
    look(page, returns, qtbot)
    room = page.views.folder
    choose(page, NAMES[4])
    QTest.keyClick(room.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.review is not None, timeout=20_000)
    assert room.review is not None
    assert room.review.windowTitle() == f"Bring in {NAMES[4]}"
    room.review.bring_in()
    qtbot.waitUntil(room.review.summary.isVisible, timeout=20_000)
    room.review.reject()
    assert room.review is None
    assert found(page)[NAMES[4]] is Finding.BROUGHT_IN
    assert "It is in." in words(page)
    assert room.window().focusWidget() is room.table
    assert [row.file_name for row in list_imports(chased.store)] == [NAMES[4]]


def test_what_is_taken_back_in_the_review_is_not_in(page: WorkbooksPage, returns: Path, qtbot: QtBot) -> None:
    look(page, returns, qtbot)
    room = page.views.folder
    choose(page, NAMES[1])
    page.file_pane.review_button.click()
    qtbot.waitUntil(lambda: room.review is not None, timeout=20_000)
    review = room.review
    assert review is not None
    review.bring_in()
    qtbot.waitUntil(review.summary.isVisible, timeout=20_000)
    review.summary.back.click()
    at_rest(page, qtbot)
    review.reject()
    assert found(page)[NAMES[1]] is Finding.QUESTIONS
    assert "It was taken back." in words(page)
    room.look_again()
    at_rest(page, qtbot)
    assert found(page)[NAMES[1]] is Finding.CHANGES


def test_a_file_that_has_gone_since_is_refused_in_its_row(page: WorkbooksPage, returns: Path, qtbot: QtBot) -> None:
    look(page, returns, qtbot)
    (returns / NAMES[1]).unlink()
    choose(page, NAMES[1])
    page.views.folder.open_chosen()
    at_rest(page, qtbot)
    assert found(page)[NAMES[1]] is Finding.REFUSED
    assert "cannot be opened" in words(page)
    (returns / NAMES[2]).unlink()
    page.views.folder.bring_in()
    at_rest(page, qtbot)
    assert found(page)[NAMES[2]] is Finding.REFUSED


def test_who_has_not_answered_is_told_with_the_day(page: WorkbooksPage, returns: Path, qtbot: QtBot) -> None:
    (returns / NAMES[0]).unlink()
    (returns / NAMES[1]).unlink()
    look(page, returns, qtbot)
    told = page.views.folder.out.text()
    assert told == "Not back yet, with the day each is wanted: Amina Shah (16 Nov 2026), Wei Chen (23 Nov 2026)."


def test_a_cancel_keeps_what_was_looked_at_and_says_so(page: WorkbooksPage, returns: Path, qtbot: QtBot) -> None:
    page.views.folder.look((returns,))
    task = page.desk.tasks._running[-1]
    task.progress.counted.connect(
        lambda done, _total, _words: task.progress.cancel() if done == 2 else None, Qt.ConnectionType.DirectConnection
    )
    at_rest(page, qtbot)
    assert list(found(page)) == NAMES[:2]
    assert page.views.folder.words.text().startswith("Stopped: only the first 2 were looked at.")
    assert active_children() == []


def test_esc_leads_from_the_folder_to_the_owners_and_its_chip_back(
    window: Window, page: WorkbooksPage, returns: Path, qtbot: QtBot
) -> None:
    assert not page.views.chips[FOLDER].isVisible()
    look(page, returns, qtbot)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert page.views.folder.table.chosen() is None
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert page.views.view == OWNERS
    page.views.chips[FOLDER].click()
    assert page.views.view == FOLDER
    assert page.views.folder.model.rowCount() == 7


def test_a_folder_without_a_spreadsheet_is_one_sentence(page: WorkbooksPage, tmp_path: Path, qtbot: QtBot) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with qtbot.captureExceptions() as raised:
        look(page, empty, qtbot)
        page.views.folder.look((tmp_path / "gone",))
        at_rest(page, qtbot)
    assert [str(error)[:39] for _kind, error, _trace in raised] == ["There is no spreadsheet in empty. Save "]
    assert isinstance(raised[0][1], CspError)
    assert found(page) == {"gone": Finding.REFUSED}
    page.ask = Asking(folder=lambda _parent, _at, _title: None)
    page.bring_back()
    assert not page.desk.tasks.busy


def drop(window: Window, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        window, QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, mime, buttons, keys)
    )
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))


def test_a_folder_or_several_files_dropped_anywhere_are_listed(
    window: Window, returns: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.go("home")
    drop(window, [returns])
    page = window.page()
    assert isinstance(page, WorkbooksPage)
    at_rest(page, qtbot)
    assert list(found(page)) == NAMES
    other = write(tmp_path / "safer.xlsx", first_rows())
    drop(window, [returns / NAMES[1], other, other])
    at_rest(page, qtbot)
    assert found(page) == {NAMES[1]: Finding.CHANGES, "safer.xlsx": Finding.OTHER_FILE}


def test_a_folder_with_one_file_dropped_is_that_file(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    one = tmp_path / "one"
    one.mkdir()
    write(one / "safer.xlsx", first_rows())
    drop(window, [one])
    page = window.page()
    assert isinstance(page, ImportsPage)
    qtbot.waitUntil(lambda: page.review is not None, timeout=20_000)
    assert page.review is not None
    page.review.reject()
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    with pytest.raises(CspError, match="There is no spreadsheet in “nothing”"):
        page.bring_in((nothing,))


def test_the_import_log_says_whose_workbook_it_was_and_what_was_left_out(
    window: Window, page: WorkbooksPage, returns: Path, chased: Chased, qtbot: QtBot
) -> None:
    look(page, returns, qtbot)
    room = page.views.folder
    choose(page, NAMES[0])
    room.open_chosen()
    qtbot.waitUntil(lambda: room.review is not None, timeout=20_000)
    assert room.review is not None
    room.review.bring_in()
    qtbot.waitUntil(room.review.summary.isVisible, timeout=20_000)
    room.review.reject()
    window.go("imports")
    imports = window.page()
    assert isinstance(imports, ImportsPage)
    imports.table.choose(imports.model.id_at(0))
    told = "\n".join(each.text() for each in imports.pane.findChildren(QLabel) if not each.isHidden())
    assert "Update workbook EXP-0001: Led by Amina Shah" in told
    assert "Sent 2 Nov 2026, wanted back 16 Nov 2026." in told
    assert "Not brought in, or worth a look: 1" in told
    assert "was changed on both sides" in told
    row = action(chased, "Renew the order")
    edit_action(chased.store, row.id, row.version, title="Renew all orders")
    imports.pane.back.click()
    imports.pane.sure.click()
    at_rest(page, qtbot)
    told = "\n".join(each.text() for each in imports.pane.findChildren(QLabel) if not each.isHidden())
    assert "Taken back" in told
