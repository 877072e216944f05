from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.fields import ActionField
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.plans import list_themes
from tests.factories import TODAY
from tests.ui.dialogs.test_import_review import cells, settle, shown
from tests.ui.review_files import HEADINGS, first_rows, review, write
from tests.workbooks.handmade_parts import write_sheets
from ui.clipboard import copy_briefly
from ui.desk import Desk
from ui.dialogs.import_review import ImportReview
from ui.review.columns_page import ColumnRow
from ui.review.words import FIELDS


def column(dialog: ImportReview, heading: str) -> ColumnRow:
    return next(row for row in dialog.columns.sheet.rows if row.heading == heading)


def hold(dialog: ImportReview, heading: str, field: ActionField | None) -> Callable[[], None]:
    def choose() -> None:
        box = column(dialog, heading).choice
        box.setCurrentIndex(0 if field is None else 1 + list(FIELDS).index(field))
        box.activated.emit(box.currentIndex())

    return choose


def accepted(dialog: ImportReview, qtbot: QtBot) -> None:
    dialog.bring_in()
    qtbot.waitUntil(lambda: dialog.session.applied is not None, timeout=20_000)


def test_each_column_shows_what_it_holds_how_sure_and_some_values(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = shown(review(desk, write(tmp_path / "safer.xlsx", first_rows())), qtbot)
    assert [row.heading for row in dialog.columns.sheet.rows] == list(HEADINGS)
    due = column(dialog, "Due date")
    assert due.choice.currentText() == "Due now"
    assert due.confidence.text() == "Sure"
    assert due.values.text() == "31/03/2027 \u00b7 29/01/2027 \u00b7 30/06/2027"
    assert column(dialog, "Grid square").choice.currentText() == "Not read"


def test_another_field_for_a_column_compares_again_and_is_remembered(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = write(tmp_path / "safer.xlsx", first_rows())
    dialog = shown(review(desk, path), qtbot)
    box = column(dialog, "Grid square").choice
    settle(dialog, qtbot, hold(dialog, "Grid square", ActionField.RESOURCES))
    assert column(dialog, "Grid square").choice is box
    assert column(dialog, "Grid square").confidence.text() == "Your choice"
    settle(dialog, qtbot, hold(dialog, "Grid square", ActionField.LEAD))
    assert column(dialog, "Lead officer").choice.currentText() == "Not read"
    assert cells(dialog, 4)["lead"] == "X1"
    settle(dialog, qtbot, hold(dialog, "Lead officer", ActionField.LEAD))
    assert column(dialog, "Grid square").choice.currentText() == "Not read"
    settle(dialog, qtbot, hold(dialog, "Progress update", None))
    assert cells(dialog, 4)["update"] == ""
    accepted(dialog, qtbot)
    again = shown(review(desk, path), qtbot)
    assert column(again, "Progress update").choice.currentText() == "Not read"


def test_a_theme_the_plan_lacks_is_added_only_where_it_is_ticked(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = shown(review(desk, write(tmp_path / "safer.xlsx", first_rows())), qtbot)
    assert dialog.tabs["Themes"].text() == "Themes 1"
    box = dialog.themes.boxes["Young people first"]
    dialog.go("Themes")
    settle(dialog, qtbot, box.click)
    assert box.isChecked()
    assert dialog.themes.boxes["Young people first"] is box
    settle(dialog, qtbot, box.click)
    assert not box.isChecked()
    settle(dialog, qtbot, box.click)
    accepted(dialog, qtbot)
    assert "Young people first" in {theme.title for theme in list_themes(desk.store)}
    club = next(row for row in list_actions(desk.store, View(TODAY)) if row.title == "Open a youth club")
    assert club.theme == "Young people first"


def test_dates_in_doubt_are_asked_about_once_with_samples(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    rows = first_rows()
    rows[0][4], rows[1][4] = "03/04/2027", "12/25/2026"
    dialog = shown(review(desk, write(tmp_path / "safer.xlsx", rows)), qtbot)
    assert dialog.order.isVisible()
    assert cells(dialog, 4)["due"] == "03/04/2027"
    settle(dialog, qtbot, dialog.order.choices[DateOrder.MONTH_FIRST].click)
    assert cells(dialog, 4)["due"] == "4 Mar 2027"
    assert dialog.order.isVisible()
    assert dialog.order.choices[DateOrder.MONTH_FIRST].isChecked()
    settle(dialog, qtbot, dialog.order.choices[DateOrder.DAY_FIRST].click)
    assert cells(dialog, 4)["due"] == "3 Apr 2027"
    settle(dialog, qtbot, dialog.order.choices[DateOrder.MONTH_FIRST].click)
    accepted(dialog, qtbot)
    due = {row.source_ref: row.due for row in list_actions(desk.store, View(TODAY))}
    assert due["S1"] == date(2027, 3, 4)
    assert due["S2"] == date(2026, 12, 25)


def test_without_known_headings_it_opens_on_the_sheet_and_can_be_taught(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    headings = ["Nr", "Vorhaben", "Thema", "Wer", "Bis", "Ampel", "Stand", "Kostenstelle"]
    dialog = shown(review(desk, write(tmp_path / "fremd.xlsx", first_rows(), headings)), qtbot)
    assert dialog.page() is dialog.sheet
    assert dialog.foot.words.text().startswith("No table of actions was found.")
    assert not dialog.foot.accept_button.isEnabled()
    if [row.heading for row in dialog.columns.sheet.rows] != headings:
        settle(dialog, qtbot, lambda: dialog.columns.sheet.row.setValue(3))
    settle(dialog, qtbot, hold(dialog, "Vorhaben", ActionField.TITLE))
    settle(dialog, qtbot, hold(dialog, "Wer", ActionField.LEAD))
    settle(dialog, qtbot, hold(dialog, "Bis", ActionField.DUE))
    assert dialog.foot.accept_button.isEnabled()
    assert {cells(dialog, row)["lead"] for row in (4, 5, 6)} == {"Amira Khan", "Tom Briggs"}


def test_sheets_are_read_or_left_unread(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "two.xlsx"
    one = [HEADINGS, *first_rows()]
    two = [HEADINGS, ["T1", "Light the underpass", "Reducing risk", "Lena Wolf", date(2027, 5, 1), "Green", "", ""]]
    write_sheets(path, {"Streets": one, "Underpass": two})
    dialog = shown(review(desk, path), qtbot)
    assert dialog.session.plan.counts["new"] == 4
    dialog.go("Columns")
    dialog.sheets.look_at("Underpass")
    settle(dialog, qtbot, dialog.columns.sheet.read.click)
    assert dialog.session.plan.counts["new"] == 3
    assert [dialog.sheets.tabText(at) for at in range(2)] == ["Streets", "Underpass (not read)"]
    settle(dialog, qtbot, dialog.columns.sheet.read.click)
    assert dialog.session.plan.counts["new"] == 4


def test_the_heading_row_can_be_said_and_the_newest_of_several_changes_counts(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = shown(review(desk, write(tmp_path / "safer.xlsx", first_rows())), qtbot)
    dialog.go("Columns")
    spin = dialog.columns.sheet.row
    assert spin.value() == 3
    spin.setValue(4)
    spin.setValue(5)
    settle(dialog, qtbot, lambda: spin.setValue(3))
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert dialog.session.plan.decisions.header_rows == {"Plan": (3,)}
    assert dialog.session.plan.counts["new"] == 3
    assert spin.value() == 3


def test_the_plan_they_go_into_is_chosen_among_the_open_ones(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    town = "Safer Dewsbury Town Centre action plan"
    dialog = shown(review(desk, write(tmp_path / "safer.xlsx", first_rows())), qtbot)
    assert dialog.plan.count() == 2
    at = dialog.plan.findText(town)

    def choose() -> None:
        dialog.plan.setCurrentIndex(at)
        dialog.plan.activated.emit(at)

    settle(dialog, qtbot, choose)
    assert dialog.foot.words.text().endswith(f"into {town}; nothing is deleted.")
    accepted(dialog, qtbot)
    assert {row.plan for row in list_actions(desk.store, View(TODAY))} == {town}


def test_the_clipboard_forgets_unless_something_else_is_on_it(qapp: QApplication, qtbot: QtBot) -> None:
    copy_briefly("names", kept_ms=10)
    assert qapp.clipboard().text() == "names"
    qtbot.waitUntil(lambda: qapp.clipboard().text() == "")
    copy_briefly("names", kept_ms=10)
    qapp.clipboard().setText("something else")
    later: list[bool] = []
    QTimer.singleShot(40, lambda: later.append(True))
    qtbot.waitUntil(lambda: bool(later))
    assert qapp.clipboard().text() == "something else"
