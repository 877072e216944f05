"""The review by the keyboard alone, with the slips that a tired person makes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.imports.fields import ActionField
from csp_desktop.queries.actions import View, list_actions
from tests.factories import TODAY
from tests.ui.dialogs.test_import_review import choose, settle, shown
from tests.ui.dialogs.test_import_review_columns import accepted, column
from tests.ui.review_files import first_rows, review, write
from tests.workbooks.handmade_parts import Cell, write_sheets
from ui.desk import Desk
from ui.dialogs.import_review import ImportReview

ESCAPE, ENTER, DOWN, TAB = Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(desk: Desk, tmp_path: Path, qtbot: QtBot) -> ImportReview:
    made = shown(review(desk, write(tmp_path / "safer.xlsx", first_rows())), qtbot)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


POPUPS = pytest.mark.qt_log_ignore("does not support (raise|grabbing)")


def by_tab(dialog: ImportReview, start: QWidget, count: int) -> list[QWidget]:
    """Return what Tab comes by after a widget."""
    start.setFocus()
    stops = []
    for _turn in range(count):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, TAB)
        stops.append(dialog.focusWidget())
    return stops


def test_tab_comes_by_the_columns_in_their_order_after_another_heading_row(dialog: ImportReview, qtbot: QtBot) -> None:
    dialog.go("Columns")
    page = dialog.columns.sheet
    settle(dialog, qtbot, lambda: page.row.setValue(4))
    settle(dialog, qtbot, lambda: page.row.setValue(3))
    table = page.columns.tables[0]
    assert by_tab(dialog, page.row, 3) == [table.name, table.rows[0].choice, table.rows[1].choice]
    assert by_tab(dialog, table.rows[-1].choice, 1)[0] is not dialog.foot.lose_button


def test_a_column_box_keeps_the_keyboard_when_the_headings_are_built_anew(dialog: ImportReview, qtbot: QtBot) -> None:
    dialog.go("Columns")
    page = dialog.columns.sheet
    page.columns.tables[0].name.setFocus()
    settle(dialog, qtbot, lambda: page.row.setValue(4))
    assert QApplication.focusWidget() is page.columns.tables[0].name


def test_a_slip_of_the_heading_row_loses_nothing_that_was_said_of_columns(dialog: ImportReview, qtbot: QtBot) -> None:
    dialog.go("Columns")
    settle(dialog, qtbot, lambda: column(dialog, "Grid square").choice.meant.emit(ActionField.RESOURCES))
    settle(dialog, qtbot, lambda: dialog.columns.sheet.row.setValue(5))
    settle(dialog, qtbot, lambda: dialog.columns.sheet.row.setValue(3))
    assert column(dialog, "Grid square").choice.field() is ActionField.RESOURCES


@POPUPS
@pytest.mark.parametrize("key", [DOWN, Qt.Key.Key_PageDown, Qt.Key.Key_End, ENTER])
def test_a_key_on_a_closed_column_box_opens_it_and_changes_nothing(dialog: ImportReview, key: Qt.Key) -> None:
    dialog.go("Columns")
    box = column(dialog, "Grid square").choice
    box.setFocus()
    QTest.keyClick(box, key)
    assert box.view().isVisible()
    assert box.field() is None
    assert not dialog.session.is_changed
    box.hidePopup()


@POPUPS
def test_a_letter_typed_on_a_column_box_goes_to_the_first_field_that_begins_so(dialog: ImportReview) -> None:
    dialog.go("Columns")
    box = column(dialog, "Grid square").choice
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_R)
    assert box.view().isVisible()
    assert box.view().currentIndex().data() == "RAG"
    assert not dialog.session.is_changed
    box.hidePopup()


def test_a_name_still_being_typed_is_kept_when_the_file_comes_in(
    dialog: ImportReview, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.go("Columns")
    name = dialog.columns.sheet.columns.tables[0].name
    name.setFocus()
    QTest.keyClicks(name, "Safer Streets return")
    QTest.keyClick(name, ENTER, CONTROL)
    qtbot.waitUntil(lambda: dialog.session.applied is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert dialog.foot.words.text() == ""
    again = shown(review(desk, write(tmp_path / "later.xlsx", first_rows())), qtbot)
    assert again.columns.sheet.columns.tables[0].name.text() == "Safer Streets return"


def test_a_heading_row_still_being_typed_is_shown_before_anything_comes_in(dialog: ImportReview, qtbot: QtBot) -> None:
    dialog.go("Columns")
    row = dialog.columns.sheet.row
    row.setFocus()
    row.selectAll()
    QTest.keyClicks(row, "5")
    settle(dialog, qtbot, lambda: QTest.keyClick(row, ENTER, CONTROL))
    assert dialog.session.applied is None
    assert dialog.session.decisions.header_rows == {"Plan": (5,)}
    assert dialog.focusWidget() is row


def test_closing_asks_once_something_was_settled_and_esc_goes_on(dialog: ImportReview, qtbot: QtBot) -> None:
    choose(dialog, 5)
    dialog.rows.table.setFocus()
    settle(dialog, qtbot, lambda: QTest.keyClick(dialog.rows.table, Qt.Key.Key_Space))
    before = dialog.foot.words.text()
    QTest.keyClick(dialog.rows.table, ESCAPE)
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.foot.stay_button
    assert dialog.foot.words.text().startswith("What you have settled in this review is not kept")
    QTest.keyClick(dialog.foot.stay_button, ESCAPE)
    assert dialog.focusWidget() is dialog.rows.table
    assert dialog.foot.words.text() == before
    dialog.foot.close_button.click()
    dialog.foot.lose_button.click()
    assert not dialog.isVisible()


def test_closing_asks_nothing_where_nothing_was_settled(dialog: ImportReview, qtbot: QtBot) -> None:
    choose(dialog, 5)
    for _twice in range(2):
        settle(dialog, qtbot, dialog.rows.pane.choice.click)
    QTest.keyClick(dialog.rows.table, ESCAPE)
    assert not dialog.isVisible()


@pytest.mark.parametrize("name", ["Rows", "To check"])
def test_esc_in_a_filter_leaves_the_filter_and_not_the_review(
    desk: Desk, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    rows = first_rows()
    rows[0][5] = "Greenish"
    dialog = shown(review(desk, write(tmp_path / "safer.xlsx", rows)), qtbot)
    dialog.go(name)
    page = dialog.rows if name == "Rows" else dialog.problems
    line = page.filter_line
    line.setFocus()
    QTest.keyClicks(line, "nothing says this")
    QTest.keyClick(line, ESCAPE)
    assert dialog.isVisible()
    assert line.text() == ""
    assert dialog.focusWidget() is page.table
    QTest.keyClick(line, DOWN)
    assert page.table.chosen() is not None


def test_control_and_page_keys_go_from_sheet_to_sheet(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    plan: list[list[Cell]] = [["Action", "Lead officer", "RAG"], ["Walk the estate", "Amira Khan", "Green"]]
    path = tmp_path / "two.xlsx"
    write_sheets(path, {"North": plan, "South": plan})
    dialog = shown(review(desk, path), qtbot)
    QTest.keyClick(dialog.rows.table, Qt.Key.Key_PageDown, CONTROL)
    assert dialog.sheets.here() == "North"  # no sheet is shown with the rows
    dialog.go("Sheet")
    QTest.keyClick(dialog.sheet.grid, Qt.Key.Key_PageDown, CONTROL)
    assert dialog.sheets.here() == dialog.sheet.here == "South"
    QTest.keyClick(dialog.sheet.grid, Qt.Key.Key_PageDown, CONTROL)
    assert dialog.sheets.here() == "South"
    QTest.keyClick(dialog.sheet.grid, Qt.Key.Key_PageUp, CONTROL)
    assert dialog.sheets.here() == "North"


def test_of_several_decisions_only_the_last_is_compared(dialog: ImportReview, desk: Desk, qtbot: QtBot) -> None:
    heard: list[object] = []
    dialog.session.compared.connect(heard.append)
    for row in (4, 5, 6, 3):
        dialog.columns.sheet.row.setValue(row)
    assert dialog.session.is_busy
    assert not dialog.foot.accept_button.isEnabled()
    qtbot.waitUntil(lambda: not desk.tasks.busy, timeout=10_000)
    assert len(heard) == 1
    assert dialog.session.decisions.header_rows == {"Plan": (3,)}
    assert dialog.foot.accept_button.isEnabled()


def test_a_comparison_that_is_cancelled_leaves_what_is_shown(dialog: ImportReview, desk: Desk, qtbot: QtBot) -> None:
    before = dialog.session.now
    started: list[object] = []
    desk.tasks.run("Waiting", lambda _progress: started.append(1), lambda _none: None)
    dialog.columns.sheet.row.setValue(5)
    task = dialog.session._comparing
    assert task is not None
    dialog.work.follow(task)
    with qtbot.waitSignal(dialog.session.compared, timeout=10_000):
        dialog.work.cancel.click()
    assert dialog.columns.sheet.row.value() == 3
    assert dialog.session.now.plan.rows == before.plan.rows
    assert not dialog.session.is_changed


def test_what_is_under_way_is_said_in_its_own_words(dialog: ImportReview, desk: Desk, qtbot: QtBot) -> None:
    heard: list[str] = []
    dialog.session.busy.connect(lambda _words: heard.append(dialog.foot.words.text()))
    accepted(dialog, qtbot)
    qtbot.waitUntil(dialog.summary.isVisible)
    dialog.summary.back.click()
    dialog.summary.back.click()  # twice by a slip: taken back once
    qtbot.waitUntil(lambda: not desk.tasks.busy, timeout=20_000)
    assert "Bringing in; a backup is made first …" in heard
    assert heard.count("Taking back …") == 1
    assert not list_actions(desk.store, View(TODAY))
    assert dialog.message.isHidden()
    assert dialog.focusWidget() is dialog.foot.close_button


def test_the_keyboard_comes_back_when_bringing_in_is_cancelled(dialog: ImportReview, qtbot: QtBot) -> None:
    dialog.rows.table.setFocus()
    QTest.keyClick(dialog.rows.table, ENTER, CONTROL)
    task = dialog.session.writing
    assert task is not None
    with qtbot.waitSignal(dialog.session.compared, timeout=20_000):
        task.progress.cancel()
    qtbot.waitUntil(lambda: not dialog.session.is_busy)
    assert dialog.focusWidget() is dialog.rows.table


def test_a_closed_review_leaves_nothing_behind(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = review(desk, write(tmp_path / "safer.xlsx", first_rows()))
    dialog.show()
    dialog.columns.sheet.row.setValue(4)
    dialog.reject()
    dialog.foot.lose_button.click()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    with qtbot.waitSignal(dialog.destroyed, timeout=10_000):
        dialog.deleteLater()


def test_no_key_is_given_twice(dialog: ImportReview) -> None:
    from PySide6.QtGui import QShortcut

    keys = [made.key().toString() for made in dialog.findChildren(QShortcut)]
    assert len(keys) == len(set(keys))


def test_every_box_of_columns_says_which_column_it_is_of(dialog: ImportReview) -> None:
    dialog.go("Columns")
    named = [box.accessibleName() for box in dialog.columns.findChildren(QComboBox)]
    assert len(named) == len(set(named)) == len(dialog.columns.sheet.rows)


def test_on_a_small_screen_the_file_is_named_by_the_window_alone_and_the_sheet_has_the_room(
    dialog: ImportReview, qtbot: QtBot
) -> None:
    dialog.go("Sheet")
    dialog.sheet.take_focus()
    assert dialog.head.title.isVisible()
    dialog.resize(660, 360)
    qtbot.waitUntil(lambda: not dialog.head.title.isVisible())
    around = dialog.sheet.parentWidget()
    assert around is not None
    qtbot.waitUntil(lambda: dialog.sheet.grid.height() > around.height() * 2 / 3)
    for name, button in dialog.tabs.items():
        assert button.geometry().right() < dialog.plan.geometry().left(), name
    dialog.resize(1320, 700)
    qtbot.waitUntil(dialog.head.title.isVisible)
    assert dialog.sheet.height() == around.height()  # nothing to scroll


def test_a_column_that_nothing_is_said_in_leaves_its_room_to_the_action(
    desk: Desk, tmp_path: Path, dialog: ImportReview, qtbot: QtBot
) -> None:
    rows: list[list[Cell]] = [["Action", "RAG"], ["Walk the estate every week", "Green"]]
    write_sheets(tmp_path / "short.xlsx", {"Plan": rows})
    short = shown(review(desk, tmp_path / "short.xlsx"), qtbot)

    def widths(shown_review: ImportReview) -> dict[str, int]:
        table = shown_review.rows.table
        return {each.key: table.columnWidth(at) for at, each in enumerate(shown_review.rows.model.columns)}

    full, bare = widths(dialog), widths(short)
    assert bare["update"] < full["update"] / 2
    assert bare["lead"] < full["lead"]
    assert bare["title"] > full["title"] * 1.3


def test_columns_called_otherwise_now_are_wide_enough_for_their_words(dialog: ImportReview, qtbot: QtBot) -> None:
    dialog.go("Sheet")
    head = dialog.sheet.grid.columns_head
    at = first_rows()[0].index("X1")
    before = head.sectionSize(at)
    settle(dialog, qtbot, lambda: column(dialog, "Grid square").choice.meant.emit(ActionField.SUPPORTING_PARTNERS))
    assert head.sectionSize(at) > before
    assert head.sectionSize(at) >= head.width_for(dialog.sheet.grid.grid.column_told(at + 1))
