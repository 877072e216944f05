from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import SheetGrid
from csp_desktop.imports.reviewing import Sieve
from csp_desktop.imports.sheet_marks import CellPlace, SheetMarks
from models.vocabulary import ProblemLevel
from tests.ui.dialogs.test_import_review import cells, settle, shown
from tests.ui.dialogs.test_import_review_columns import accepted, column
from tests.ui.review_files import HEADINGS, TITLE, first_rows, review, write
from tests.workbooks.handmade_parts import Cell, write_sheets
from ui.desk import Desk
from ui.dialogs.import_review import ImportReview
from ui.review.grid_model import GridModel
from ui.review.words import FIELDS

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NO_POPUPS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # what the platform says of a list
OTHER: list[list[Cell]] = [
    ["T1", "Light the underpass", "Reducing risk", "Lena Wolf", date(2027, 5, 1), "Green", "Ordered", "Y1"]
]


def opened(desk: Desk, path: Path, qtbot: QtBot) -> ImportReview:
    dialog = shown(review(desk, path), qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_2, CONTROL)
    assert dialog.page() is dialog.sheet
    return dialog


@pytest.fixture
def dialog(desk: Desk, tmp_path: Path, qtbot: QtBot) -> ImportReview:
    """The sheet of a file with a title, headings in row 3, and three rows of which one has a date that is none."""
    rows = first_rows()
    rows[1][4] = "31/04/2027"
    rows.append(["<Select>", "<Select>", "<Select>", "<Select>", None, "<Select>", None, None])
    return opened(desk, write(tmp_path / "safer.xlsx", rows), qtbot)


def choose(dialog: ImportReview, row: int, column: int) -> None:
    dialog.sheet.grid.choose(CellPlace(row, column))


def actions(menu: QMenu) -> dict[str, Callable[[], None]]:
    return {action.text(): action.trigger for action in menu.actions()}


def settle_field(dialog: ImportReview, qtbot: QtBot, field: ActionField | None) -> None:
    box = dialog.sheet.band.choice
    box.setCurrentIndex(0 if field is None else 1 + list(FIELDS).index(field))
    settle(dialog, qtbot, lambda: box.activated.emit(box.currentIndex()))


def test_the_sheet_is_shown_as_it_is_with_its_headings_marked_in_colour_and_in_words(dialog: ImportReview) -> None:
    grid = dialog.sheet.grid.grid
    shown_cells = [[grid.index(row, at).data() for at in range(grid.columnCount())] for row in range(grid.rowCount())]
    assert shown_cells[0][0] == "Safer streets plan"
    assert shown_cells[2] == HEADINGS
    assert shown_cells[3][4] == "31/03/2027"
    words = [grid.headerData(row, Qt.Orientation.Vertical) for row in range(7)]
    assert words == ["1", "2", "3 Headings", "4 New", "5 New", "6 New", "7 Not read"]
    assert grid.headerData(3, Qt.Orientation.Horizontal) == "D, Lead officer, Sure"
    assert grid.headerData(7, Qt.Orientation.Horizontal) == "H, Not read"
    assert grid.look(CellPlace(3, 2)).heading
    assert not grid.look(CellPlace(1, 1)).heading
    assert grid.look(CellPlace(7, 2)).sunken
    assert grid.look(CellPlace(5, 5)).problem is ProblemLevel.ERROR
    edges = grid.look(CellPlace(3, 1)).edges
    assert edges is not None
    assert (edges.left, edges.top, edges.right, edges.bottom, edges.is_read) == (True, True, False, True, True)


def test_what_a_row_is_not_read_for_is_said_below_and_in_a_tooltip(dialog: ImportReview) -> None:
    choose(dialog, 7, 2)
    assert dialog.sheet.becomes.text() == "Row 7 is not read: nothing but filler, such as “Select”."
    index = dialog.sheet.grid.currentIndex()
    assert "nothing but filler" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    choose(dialog, 5, 5)
    assert dialog.sheet.says.text() == "E5: 31/04/2027"
    assert "is not a real date" in dialog.sheet.becomes.text()
    assert dialog.sheet.becomes.text().endswith("Row 5 comes in as a new action in part.")
    assert "E5, Due now: 31/04/2027, new" in str(
        dialog.sheet.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    )


def test_the_model_passes_qts_own_checks(dialog: ImportReview, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    grid = dialog.sheet.grid.grid
    qtmodeltester.check(grid)
    choose(dialog, 3, 8)
    settle_field(dialog, qtbot, ActionField.RESOURCES)
    qtmodeltester.check(grid)
    empty = GridModel()
    empty.show_sheet(SheetGrid("Empty"), SheetMarks(), dialog.session.plan)
    qtmodeltester.check(empty)


def test_a_sheet_of_two_hundred_thousand_rows_is_not_copied(dialog: ImportReview) -> None:
    many = SheetGrid("Many", rows={row: [f"Row {row}", row] for row in range(1, 200_001)})
    grid = dialog.sheet.grid
    grid.show_sheet(many, SheetMarks(), dialog.session.plan)
    assert grid.grid.sheet is many
    assert (grid.grid.rowCount(), grid.grid.columnCount()) == (200_000, 2)
    grid.choose(CellPlace(200_000, 2))
    assert grid.currentIndex().data() == "200000"
    assert grid.rowHeight(0) == grid.rowHeight(199_999)


def test_merged_cells_span_and_those_that_overlap_or_lie_outside_do_no_harm(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write(tmp_path / "merged.xlsx", first_rows())
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for cells_merged in ("A1:H1", "C4:C6", "C5:D5", "A900:B901"):
        sheet.merge_cells(cells_merged)
    book.save(path)
    grid = opened(desk, path, qtbot).sheet.grid
    assert grid.columnSpan(0, 0) == 8
    assert grid.rowSpan(3, 2) == 3
    assert grid.columnSpan(4, 3) == 1


@NO_POPUPS
def test_a_column_is_said_by_the_keyboard_alone_and_both_views_agree(dialog: ImportReview, qtbot: QtBot) -> None:
    grid, band = dialog.sheet.grid, dialog.sheet.band
    assert grid.hasFocus()
    assert grid.place() == (3, 1)
    for _step in range(7):
        QTest.keyClick(grid, Qt.Key.Key_Right)
    assert band.name.accessibleName() == "Column H “Grid square”"
    assert band.values.accessibleName() == "X1 · X2 · X3"
    QTest.keyClick(grid, Qt.Key.Key_Return)
    popup = band.choice.view()
    assert popup.isVisible()
    for letter in "Res":
        QTest.keyClick(popup, letter)
    with qtbot.waitSignal(dialog.session.compared, timeout=10_000):
        QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.focusWidget() is grid)
    assert band.choice.currentText() == "Resources"
    assert grid.grid.headerData(7, Qt.Orientation.Horizontal) == "H, Resources, Your choice"
    assert column(dialog, "Grid square").choice.currentText() == "Resources"
    settle(dialog, qtbot, lambda: column(dialog, "Grid square").choice.meant.emit(None))
    assert band.choice.currentText() == "Not read"


@NO_POPUPS
def test_clicking_a_columns_head_offers_what_it_may_be(dialog: ImportReview, qtbot: QtBot) -> None:
    head = dialog.sheet.grid.columns_head
    middle = head.sectionViewportPosition(3) + head.sectionSize(3) // 2
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, 8))
    assert dialog.sheet.band.name.accessibleName() == "Column D “Lead officer”"
    assert dialog.sheet.band.choice.view().isVisible()
    dialog.sheet.band.choice.hidePopup()


def test_headings_nobody_knows_are_pointed_at_by_row_and_column(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "fremd.xlsx"
    strange: list[Cell] = ["Nr", "Vorhaben", "Thema", "Wer", "Bis", "Ampel", "Stand", "Kostenstelle"]
    write_sheets(path, {"Anleitung": [["Bitte lesen"]], "Plan": [["Anna Schmidt", "Haus"], strange, *first_rows()]})
    dialog = shown(review(desk, path), qtbot)
    assert dialog.page() is dialog.sheet
    assert dialog.sheets.here() == "Plan"
    assert "where the headings are in another row, click it" in dialog.foot.words.text()
    choose(dialog, 2, 2)
    if dialog.sheet.here_button.isEnabled():
        settle(dialog, qtbot, lambda: qtbot.keyClick(dialog.sheet.grid, Qt.Key.Key_H, CONTROL))
    for at, field in ((2, ActionField.TITLE), (4, ActionField.LEAD), (5, ActionField.DUE)):
        choose(dialog, 2, at)
        settle_field(dialog, qtbot, field)
    assert dialog.foot.accept_button.isEnabled()
    assert dialog.sheets.tabText(1) == "Plan"
    assert {cells(dialog, row)["lead"] for row in (3, 4, 5)} == {"Amira Khan", "Tom Briggs"}


def test_a_file_without_anything_like_a_table_says_what_to_click(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "notes.xlsx"
    write_sheets(path, {"Notes": [["Please read"], ["Nothing here"]]})
    dialog = shown(review(desk, path), qtbot)
    assert dialog.page() is dialog.sheet
    assert "Click the row that has the headings" in dialog.foot.words.text()
    assert not dialog.sheet.band.choice.isEnabled()
    assert "press “Headings are in this row”" in dialog.sheet.band.values.accessibleName()
    assert dialog.sheet.here_button.isEnabled()


def test_several_tables_are_pointed_at_ticked_and_told_apart(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "two tables.xlsx"
    write_sheets(path, {"Plan": [TITLE, HEADINGS, *first_rows(), [], HEADINGS, *OTHER]})
    dialog = opened(desk, path, qtbot)
    assert dialog.session.now.sheets["Plan"].tables[0].place.header_row == 2
    if len(dialog.session.now.sheets["Plan"].tables) == 1:
        choose(dialog, 7, 1)
        settle(dialog, qtbot, lambda: qtbot.keyClick(dialog.sheet.grid, Qt.Key.Key_H, CONTROL | SHIFT))
    assert [table.place.header_row for table in dialog.session.now.sheets["Plan"].tables] == [2, 7]
    assert dialog.session.plan.counts["new"] == 4
    choose(dialog, 8, 2)
    assert dialog.sheet.ticks.table.isVisible()
    settle(dialog, qtbot, dialog.sheet.ticks.table.click)
    assert dialog.session.plan.counts["new"] == 3
    assert not dialog.sheet.ticks.table.isChecked()
    edges = dialog.sheet.grid.grid.look(CellPlace(7, 1)).edges
    assert edges is not None
    assert not edges.is_read
    assert "Row 8 is not read. You chose not to read this table." in dialog.sheet.becomes.text()
    dialog.go("Columns")
    lower = dialog.columns.sheet.columns.tables[1]
    assert lower.read.isVisible()
    settle(dialog, qtbot, lower.read.click)
    assert dialog.session.plan.counts["new"] == 4


def test_the_menu_of_a_row_offers_what_can_be_done_with_it(dialog: ImportReview, qtbot: QtBot) -> None:
    choose(dialog, 4, 4)
    offered = actions(dialog.sheet.menu())
    assert list(offered) == [
        "The headings are in this row",
        "There are headings in this row too",
        "Say what this column is",
        "Always read “Lead officer” as Lead officer",
        "Show what comes of this row",
    ]
    offered["Show what comes of this row"]()
    chosen = dialog.rows.table.chosen_row()
    assert dialog.page() is dialog.rows
    assert chosen is not None
    assert chosen.row.row == 4
    qtbot.keyClick(dialog, Qt.Key.Key_2, CONTROL)
    choose(dialog, 5, 1)
    settle(dialog, qtbot, actions(dialog.sheet.menu())["The headings are in this row"])
    assert dialog.session.plan.decisions.header_rows == {"Plan": (5,)}
    settle(dialog, qtbot, actions(dialog.sheet.menu())["Find the headings again"])
    assert dialog.session.plan.decisions.header_rows == {}
    assert dialog.sheet.grid.grid.headerData(2, Qt.Orientation.Vertical) == "3 Headings"


def test_a_heading_can_be_known_in_every_file_from_now_on(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    headings = [*HEADINGS[:3], "Bod", *HEADINGS[4:]]
    dialog = opened(desk, write(tmp_path / "bod.xlsx", first_rows(), headings), qtbot)
    choose(dialog, 3, 4)
    settle_field(dialog, qtbot, ActionField.LEAD)
    settle(dialog, qtbot, actions(dialog.sheet.menu())["Always read “Bod” as Lead officer"])
    assert "“Bod” is read as Lead officer from now on" in dialog.message.words.text()
    dialog.reject()
    again = opened(desk, write(tmp_path / "other.xlsx", first_rows(), [*headings[:7], "Budget"]), qtbot)
    assert again.sheet.grid.grid.headerData(3, Qt.Orientation.Horizontal) == "D, Lead officer, Sure"


def test_a_problem_leads_to_its_very_cell_and_back_to_its_line(dialog: ImportReview, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_5, CONTROL)
    problems = dialog.problems
    assert problems.table.hasFocus()
    at = next(at for at in range(problems.model.rowCount()) if problems.model.row_at(at).problem.cell == "E5")
    problems.table.choose(problems.model.id_at(at))
    assert problems.whole.text() == "E5: 31/04/2027"
    QTest.keyClick(problems.table, Qt.Key.Key_Return)
    assert dialog.page() is dialog.sheet
    assert dialog.sheet.grid.place() == (5, 5)
    assert dialog.sheet.grid.hasFocus()
    QTest.keyClick(dialog.sheet.grid, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.page() is problems
    assert problems.table.chosen() == problems.model.id_at(at)
    QTest.keyClick(problems.table, Qt.Key.Key_Return)
    QTest.keyClick(dialog, Qt.Key.Key_Left, ALT)
    assert dialog.page() is problems


def test_f4_goes_through_the_problems_cell_by_cell_and_round(dialog: ImportReview) -> None:
    count = dialog.problems.model.rowCount()
    assert count > 1
    seen = []
    for _step in range(count + 1):
        QTest.keyClick(dialog.sheet.grid, Qt.Key.Key_F4)
        seen.append(dialog.problems.table.chosen())
        assert dialog.page() is dialog.sheet
    assert len(set(seen)) == count
    assert seen[0] == seen[-1]
    QTest.keyClick(dialog.sheet.grid, Qt.Key.Key_F4, SHIFT)
    assert dialog.problems.table.chosen() == seen[-2]


def test_a_problem_without_a_cell_is_told_at_the_headings(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    rows = [row[:2] + row[3:] for row in first_rows()]
    headings = HEADINGS[:2] + HEADINGS[3:]
    path = tmp_path / "own theme.xlsx"
    write_sheets(path, {"Cycling": [headings, *rows]})
    dialog = opened(desk, path, qtbot)
    problem = next(each for each in dialog.session.plan.problems if not each.cell)
    dialog.problems.cell_asked.emit(problem)
    assert dialog.sheet.grid.place() == (1, 1)
    assert dialog.sheet.becomes.text().startswith(problem.message)
    QTest.keyClick(dialog.sheet.grid, Qt.Key.Key_Down)
    assert problem.message not in dialog.sheet.becomes.text()


def test_a_row_of_the_list_is_shown_in_the_sheet_and_esc_leads_back(dialog: ImportReview) -> None:
    dialog.go("Rows")
    dialog.rows.show_place(("Plan", 5))
    dialog.rows.pane.see.click()
    assert dialog.sheet.grid.place() == (5, 2)  # its action
    QTest.keyClick(dialog.sheet.grid, Qt.Key.Key_Escape)
    assert dialog.page() is dialog.rows


def test_the_problems_are_saved_as_a_workbook_of_what_is_listed(
    dialog: ImportReview, qtbot: QtBot, tmp_path: Path
) -> None:
    asked: list[str] = []

    def choose_path(_parent: object, _title: str, suggested: str, _kind: str) -> Path | None:
        asked.append(suggested)
        return tmp_path / "back to Amira"

    dialog.problems._choose = choose_path
    dialog.go("To check")
    dialog.problems.errors.click()
    qtbot.mouseClick(dialog.problems.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "saved as" in dialog.problems.told.text(), timeout=10_000)
    assert asked == ["safer to check.xlsx"]
    sheet = openpyxl.load_workbook(tmp_path / "back to Amira.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[4]][:4] == ["Plan", "E5", "Left out", "31/04/2027"]
    assert sheet.max_row == 4
    dialog.problems._choose = lambda *_asked: tmp_path / "nowhere" / "x.xlsx"
    qtbot.mouseClick(dialog.problems.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "nothing was written" in dialog.problems.told.text(), timeout=10_000)


def test_hidden_sheets_and_rows_are_said_and_ticked(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "hidden.xlsx"
    write_sheets(path, {"Plan": [HEADINGS, *first_rows()], "Old": [HEADINGS, *OTHER]})
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book["Plan"].row_dimensions[3].hidden = True
    book["Plan"].column_dimensions["G"].hidden = True
    book.save(path)
    dialog = opened(desk, path, qtbot)
    assert dialog.sheets.tabText(1) == "Old (hidden, not read)"
    assert dialog.sheet.ticks.hidden.text() == "Read the hidden row"
    assert dialog.sheet.grid.grid.headerData(2, Qt.Orientation.Vertical) == "3 Hidden"
    assert "hidden in the file" in str(dialog.sheet.grid.grid.headerData(6, Qt.Orientation.Horizontal))
    assert dialog.session.plan.counts["new"] == 3
    settle(dialog, qtbot, dialog.sheet.ticks.hidden.click)
    assert dialog.session.plan.counts["new"] == 2
    dialog.sheets.look_at("Old")
    assert dialog.sheet.ticks.sheet.text() == "Read this hidden sheet"
    settle(dialog, qtbot, dialog.sheet.ticks.sheet.click)
    assert dialog.session.plan.counts["new"] == 3
    assert dialog.sheets.tabText(1) == "Old (hidden)"


def test_the_order_of_day_and_month_is_said_with_a_date_of_the_file_and_can_be_turned(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = first_rows()
    rows[0][4] = "03/04/2027"
    dialog = shown(review(desk, write(tmp_path / "safer.xlsx", rows)), qtbot)
    dialog.go("Columns")
    order = dialog.columns.sheet.order
    assert not dialog.order.isVisible()
    assert order.words.text() == "03/04/2027 is read as 3 April 2027."
    assert order.choices[DateOrder.DAY_FIRST].isChecked()
    settle(dialog, qtbot, order.choices[DateOrder.MONTH_FIRST].click)
    assert order.words.text() == "03/04/2027 is read as 4 March 2027."
    assert cells(dialog, 4)["due"] == "4 Mar 2027"
    assert not dialog.order.isVisible()
    settle(dialog, qtbot, order.choices[DateOrder.DAY_FIRST].click)
    assert cells(dialog, 4)["due"] == "3 Apr 2027"


def test_a_layout_is_named_known_again_and_forgotten(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = write(tmp_path / "safer.xlsx", first_rows())
    dialog = shown(review(desk, path), qtbot)
    dialog.go("Columns")
    table = dialog.columns.sheet.columns.tables[0]
    assert table.known.text().startswith("New headings.")
    assert not table.forget.isVisible()
    settle(dialog, qtbot, lambda: column(dialog, "Grid square").choice.meant.emit(ActionField.RESOURCES))
    table.name.setFocus()
    QTest.keyClicks(table.name, "Safer Streets return")
    accepted(dialog, qtbot)
    later = first_rows()
    later[0][6] = "Nine walks so far"
    again = shown(review(desk, write(tmp_path / "later.xlsx", later)), qtbot)
    again.go("Columns")
    table = again.columns.sheet.columns.tables[0]
    assert table.known.text().startswith("Known layout “Safer Streets return”, last used 23 Nov 2026.")
    assert table.name.text() == "Safer Streets return"
    assert column(again, "Grid square").choice.currentText() == "Resources"
    settle(again, qtbot, table.forget.click)
    assert "Forgotten" in again.message.words.text()
    assert again.columns.sheet.columns.tables[0].known.text().startswith("New headings.")
    assert column(again, "Grid square").choice.currentText() == "Not read"
    desk.store.undo()
    third = shown(review(desk, write(tmp_path / "third.xlsx", later)), qtbot)
    assert column(third, "Grid square").choice.currentText() == "Resources"


def test_bringing_in_can_be_cancelled_and_leaves_nothing(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = shown(review(desk, write(tmp_path / "safer.xlsx", first_rows())), qtbot)
    label = desk.store.undo_label
    dialog.bring_in()
    task = dialog.session.writing
    assert task is not None
    dialog.work.follow(task)
    assert dialog.work.cancel.isVisible()
    with qtbot.waitSignal(dialog.session.compared, timeout=20_000):
        dialog.work.cancel.click()
    assert dialog.message.words.text() == "Cancelled: nothing was brought in, and the store is as it was."
    assert desk.store.undo_label == label
    assert dialog.session.applied is None
    assert dialog.foot.accept_button.isEnabled()
    assert not dialog.work.isVisible()
    accepted(dialog, qtbot)


def test_what_the_reader_has_to_say_of_a_file_is_shown_once(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Ref;Action;Lead officer;RAG\nA1;Walk the estate;Amira Khan;Green\n", encoding="utf-8")
    dialog = shown(review(desk, path), qtbot)
    assert dialog.notes.isVisible()
    assert dialog.notes.words.text() == " ".join(dialog.session.plan.file.grid.notes)
    dialog.notes._close.click()
    dialog.go("Sheet")
    QApplication.processEvents()
    assert not dialog.notes.isVisible()


def test_the_sheet_fits_a_narrow_window(dialog: ImportReview) -> None:
    dialog.resize(700, 420)
    QApplication.processEvents()
    assert dialog.width() == 700
    room = dialog._rooms[dialog.sheet]
    assert dialog.sheet.width() <= room.viewport().width()
    dialog.go("Rows")
    QApplication.processEvents()
    assert dialog.rows.sieve_box.isVisible()
    assert not dialog.rows.sieves[Sieve.NEW].isVisible()
    box = dialog.rows.sieve_box
    box.activated.emit(list(dialog.rows.sieves).index(Sieve.IGNORED))
    assert (dialog.rows.sieve, box.currentText()) == (Sieve.IGNORED, "Not read  1")
    dialog.go("To check")
    QApplication.processEvents()
    assert dialog.problems.width() <= dialog._rooms[dialog.problems].viewport().width()
