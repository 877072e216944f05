from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.commands.actions import edit_action
from csp_desktop.imports.registers.bringing_in import import_registers
from csp_desktop.imports.registers.register_plan import RegisterRequest
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.records import list_imports
from csp_desktop.registers.forms import Register
from tests.factories import TODAY
from tests.ui.review_files import bring_in, first_rows, later_rows, write
from ui.desk import Desk
from ui.pages.imports import ImportsPage
from ui.pages.workbooks import WorkbooksPage
from ui.window import Window


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    return write(tmp_path / "safer.xlsx", first_rows())


def imports_page(window: Window) -> ImportsPage:
    window.go("imports")
    page = window.page()
    assert isinstance(page, ImportsPage)
    return page


def words(page: ImportsPage) -> str:
    for _turn in range(3):  # news, then the layout, then the labels that it shows
        QApplication.processEvents()
    return "\n".join(each.text() for each in page.pane.findChildren(QLabel) if each.isVisible())


def drop(window: Window, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))


def test_an_empty_log_says_what_will_be_here_and_offers_the_first_step(window: Window) -> None:
    page = imports_page(window)
    assert not page.table.isVisible()
    assert any("Nothing has been brought in yet" in each.text() for each in page.findChildren(QLabel))
    assert page.bring_button.isVisible()


def test_the_log_shows_what_was_read_and_passes_qts_checks(
    window: Window, plan_file: Path, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    store = window.desk.store
    named = store.who
    store.who = replace(named, display_name=named.account)  # as on a PC where the name is not yet given
    bring_in(store, plan_file)
    store.who = named
    bring_in(store, write(tmp_path / "later.xlsx", later_rows()))
    page = imports_page(window)
    qtmodeltester.check(page.model)
    assert [page.model.row_at(at).file_name for at in range(2)] == ["later.xlsx", "safer.xlsx"]
    assert {page.model.row_at(at).who for at in range(2)} == {named.display_name}
    page.table.choose(page.model.id_at(0))
    said = words(page)
    assert "Plan, headings in row 3" in said
    assert "Due now" in said
    assert "Not read: Grid square" in said
    assert "Plan B8" in said
    page.model.filter("safer.xlsx")
    assert page.model.rowCount() == 1
    assert page.counts == "2 imports"


def test_taking_an_import_back_asks_first_and_says_what_was_left_alone(
    window: Window, plan_file: Path, qtbot: QtBot
) -> None:
    store = window.desk.store
    bring_in(store, plan_file)
    row = next(row for row in list_actions(store, View(TODAY)) if row.source_ref == "S1")
    edit_action(store, row.id, row.version, title="Walk the estate every day")
    page = imports_page(window)
    page.table.choose(page.model.id_at(0))
    qtbot.mouseClick(page.pane.back, Qt.MouseButton.LeftButton)
    assert "Take back what safer.xlsx brought in (3 rows)?" in words(page)
    qtbot.mouseClick(page.pane.keep, Qt.MouseButton.LeftButton)
    assert not page.pane.question.isVisible()
    assert len(list_actions(store, View(TODAY))) == 6
    qtbot.mouseClick(page.pane.back, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.pane.sure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: list_imports(store)[0].undone, timeout=10_000)
    assert page.table.hasFocus()
    qtbot.waitUntil(lambda: "which was left alone" in words(page))
    assert row.ref in words(page)
    assert not page.pane.foot.isVisible()
    assert {each.title for each in list_actions(store, View(TODAY))} >= {"Walk the estate every day"}
    assert "Mend the street lights" not in {each.title for each in list_actions(store, View(TODAY))}


def test_a_file_dropped_anywhere_is_read_and_reviewed_and_the_next_waits_for_it(
    window: Window, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(window, [plan_file])
    page = imports_page(window)
    page.bring_in((write(tmp_path / "second.xlsx", later_rows()),))
    qtbot.waitUntil(lambda: page.review is not None, timeout=20_000)
    assert page.review is not None
    assert page.review.isModal()
    assert page.review.windowTitle() == "Bring in safer.xlsx"
    page.review.reject()
    qtbot.waitUntil(lambda: page.review is not None, timeout=20_000)
    assert page.review is not None
    assert page.review.windowTitle() == "Bring in second.xlsx"
    page.review.bring_in()
    qtbot.waitUntil(page.review.summary.isVisible, timeout=20_000)
    page.review.reject()
    assert page.review is None
    chosen = page.table.chosen_row()
    assert chosen is not None
    assert chosen.file_name == "second.xlsx"


def test_several_files_are_listed_before_any_is_looked_through(
    window: Window, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    page = imports_page(window)
    page._choose = lambda _parent: (plan_file, write(tmp_path / "second.xlsx", later_rows()))
    page.choose()
    listed = window.page()
    assert isinstance(listed, WorkbooksPage)
    qtbot.waitUntil(lambda: listed.views.folder.model.rowCount() == 2, timeout=20_000)
    assert page.review is None


def test_a_file_that_cannot_be_read_is_refused_and_the_next_is_reviewed(
    window: Window, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook at all")
    page = imports_page(window)
    with qtbot.captureExceptions() as raised:
        page.bring_in((broken,))
        page.bring_in((plan_file,))
        qtbot.waitUntil(lambda: page.review is not None, timeout=20_000)
    assert [str(error)[:13] for _kind, error, _trace in raised] == ["“broken.xlsx”"]
    assert page.review is not None
    assert page.review.session.plan.file.name == "safer.xlsx"
    page.review.reject()


def test_cancelling_ends_the_reader_and_forgets_what_waits(window: Window, plan_file: Path, qtbot: QtBot) -> None:
    page = imports_page(window)
    page.bring_in((plan_file,))
    page.bring_in((plan_file,))
    reading = page._reading
    assert reading is not None
    qtbot.waitUntil(lambda: bool(active_children()), timeout=10_000)
    with qtbot.waitSignal(window.desk.tasks.ended, timeout=20_000):
        reading.progress.cancel()
    qtbot.waitUntil(lambda: not window.desk.tasks.busy)
    assert active_children() == []
    assert page.review is None
    assert page._waiting == []
    page.bring_in((plan_file,))
    qtbot.waitUntil(lambda: page.review is not None, timeout=20_000)
    assert page.review is not None
    page.review.reject()


def test_one_key_asks_which_workbook_from_any_place(window: Window, plan_file: Path, qtbot: QtBot) -> None:
    page = imports_page(window)
    page._choose = lambda _parent: (plan_file,)
    window.go("plan")
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.review is not None, timeout=20_000)
    assert window.page() is page
    assert page.review is not None
    page.review.reject()


def test_choosing_files_is_the_systems_dialog_and_may_end_with_none(desk: Desk, qtbot: QtBot) -> None:
    page = ImportsPage(desk, lambda _parent: ())
    qtbot.addWidget(page)
    qtbot.mouseClick(page.bring_button, Qt.MouseButton.LeftButton)
    assert not desk.tasks.busy


def test_a_register_of_reoffending_stands_in_the_log_and_is_taken_back_there(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_text("Person ID,Index date,Disposal\nA1,12/03/2024,Fine\nA2,13/03/2024,Fien\n")
    store = window.desk.store
    request = RegisterRequest(Register.COHORT_MEMBERS, cohort="Dewsbury 2024")
    import_registers(store, [file], request, TODAY)
    page = imports_page(window)
    page.table.choose(1)
    said = words(page)
    assert "Cohort members" in said
    assert "Into Dewsbury 2024" in said
    assert "Index disposal" in said
    assert "The nearest is “Fine”" in said
    page.pane.back_asked.emit(1)
    qtbot.waitUntil(lambda: list_imports(store)[0].undone)
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM offender").scalar() == 0
