from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QSpinBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.commands.actions import edit_action
from csp_desktop.imports.reviewing import Sieve
from csp_desktop.queries.actions import View, list_actions
from csp_desktop.queries.records import list_imports
from tests.factories import TODAY
from tests.ui.review_files import bring_in, first_rows, later_rows, review, write
from ui.desk import Desk
from ui.dialogs.import_review import ImportReview
from ui.tables.model import CellRole

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def first(desk: Desk, tmp_path: Path, qtbot: QtBot) -> ImportReview:
    return shown(review(desk, write(tmp_path / "safer.xlsx", first_rows())), qtbot)


@pytest.fixture
def later(desk: Desk, tmp_path: Path, qtbot: QtBot) -> ImportReview:
    bring_in(desk.store, write(tmp_path / "safer.xlsx", first_rows()))
    return shown(review(desk, write(tmp_path / "safer later.xlsx", later_rows())), qtbot)


def shown(dialog: ImportReview, qtbot: QtBot) -> ImportReview:
    qtbot.addWidget(dialog)
    dialog.resize(1320, 700)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def settle(dialog: ImportReview, qtbot: QtBot, deed: Callable[[], object]) -> None:
    with qtbot.waitSignal(dialog.session.compared, timeout=10_000):
        deed()


def titles(desk: Desk) -> list[str]:
    return sorted(row.title for row in list_actions(desk.store, View(TODAY)))


def cells(dialog: ImportReview, row: int, role: int = Qt.ItemDataRole.DisplayRole) -> dict[str, object]:
    model = dialog.rows.model
    at = next(at for at in range(model.rowCount()) if model.row_at(at).row.row == row)
    return {column.key: model.index(at, number).data(role) for number, column in enumerate(model.columns)}


def words(dialog: ImportReview) -> str:
    for _turn in range(3):
        QApplication.processEvents()
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def choose(dialog: ImportReview, row: int) -> None:
    model = dialog.rows.model
    dialog.rows.table.choose(next(model.id_at(at) for at in range(model.rowCount()) if model.row_at(at).row.row == row))


def test_the_counts_are_filters_and_the_foot_says_what_bringing_in_does(later: ImportReview) -> None:
    counts = {sieve: int(made.text().split()[-1]) for sieve, made in later.rows.sieves.items()}
    assert counts == {
        Sieve.ALL: 5,
        Sieve.NEW: 2,
        Sieve.CHANGED: 1,
        Sieve.UNCHANGED: 1,
        Sieve.QUESTIONS: 1,
        Sieve.PROBLEMS: 2,
        Sieve.WARNINGS: 2,
        Sieve.LEFT_OUT: 0,
        Sieve.IGNORED: 0,
    }
    later.rows.sieves[Sieve.CHANGED].click()
    assert [later.rows.model.row_at(at).row.row for at in range(later.rows.model.rowCount())] == [5]
    assert not later.rows.sieves[Sieve.IGNORED].isEnabled()
    assert later.foot.words.text().startswith("This brings 2 new actions and 1 changed action into Communities")


def test_the_old_value_stands_struck_out_above_the_new_one(later: ImportReview) -> None:
    before, now = cells(later, 5, CellRole.BEFORE), cells(later, 5)
    assert (before["due"], now["due"]) == ("29 Jan 2027", "26 Feb 2027")
    assert (before["rag"], now["rag"]) == ("Amber", "Red")
    assert (before["update"], now["update"]) == ("Two lamps of nine", "The contractor withdrew")
    assert before["lead"] == ""
    choose(later, 5)
    said = words(later)
    assert "Row 5, Plan" in said
    assert "Changes ACT-0002." in said
    assert "E5" in said
    struck = [each.text() for each in later.rows.pane.findChildren(QLabel) if each.font().strikeOut()]
    assert "29 Jan 2027" in struck


def test_a_due_date_beside_words_that_could_not_be_read_is_said_as_every_date_is(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = first_rows()
    rows[0][4] = "31/03/2027"
    bring_in(desk.store, write(tmp_path / "safer.xlsx", rows))
    rows[0][4] = "when the grant comes through"
    dialog = shown(review(desk, write(tmp_path / "safer later.xlsx", rows)), qtbot)
    assert cells(dialog, 4, CellRole.BEFORE)["due"] == "31 Mar 2027"
    assert cells(dialog, 4)["due"] == "when the grant comes through"
    choose(dialog, 4)
    said = words(dialog)
    assert "31 Mar 2027" in said
    assert "31/03/2027" not in said


def test_an_unchanged_row_says_so_and_a_row_without_a_title_cannot_come_in(later: ImportReview) -> None:
    assert cells(later, 4)["outcome"] == "Unchanged"
    assert cells(later, 7)["outcome"] == "New in part"  # its date is no real one
    assert cells(later, 8)["outcome"] == "Cannot come in"
    choose(later, 8)
    assert "its cell under “Action” is empty" in words(later)
    assert not later.rows.pane.choice.isVisible()


def test_every_model_passes_qts_own_checks(later: ImportReview, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    qtmodeltester.check(later.rows.model)
    qtmodeltester.check(later.problems.model)
    settle(later, qtbot, lambda: QTest.keyClick(later.rows.table, Qt.Key.Key_Space))
    later.problems.filter_line.setText("nothing like it")
    qtmodeltester.check(later.problems.model)


def test_the_row_that_asks_is_chosen_first_and_can_be_answered_both_ways(
    later: ImportReview, qtbot: QtBot, desk: Desk
) -> None:
    pane = later.rows.pane
    assert pane.question.isVisible()
    assert cells(later, 6)["outcome"] == "Which action?"
    assert pane.same.text() == "It is ACT-0003"
    assert later.foot.words.text().endswith("1 row still asks which action it is; unanswered, it comes in as new.")
    settle(later, qtbot, pane.same.click)
    assert later.foot.words.text().endswith("nothing is deleted.")
    assert cells(later, 6)["outcome"] == "Changed"
    assert cells(later, 6, CellRole.BEFORE)["title"] == "Open a youth club"
    assert pane.same.isChecked()
    settle(later, qtbot, pane.other.click)
    assert cells(later, 6)["outcome"] == "New"
    settle(later, qtbot, pane.same.click)
    qtbot.keyClick(later, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: later.session.applied is not None, timeout=20_000)
    assert "Buy radios for shop staff" in titles(desk)
    assert "Open a youth club" not in titles(desk)


def test_space_leaves_a_row_out_and_brings_it_in_again(later: ImportReview, qtbot: QtBot, desk: Desk) -> None:
    choose(later, 7)
    later.rows.table.setFocus()
    settle(later, qtbot, lambda: QTest.keyClick(later.rows.table, Qt.Key.Key_Space))
    assert cells(later, 7)["outcome"] == "Left out by you"
    assert later.rows.pane.choice.text() == "Bring this row in after all"
    settle(later, qtbot, lambda: QTest.keyClick(later.rows.table, Qt.Key.Key_Space))
    assert cells(later, 7)["outcome"] == "New in part"
    settle(later, qtbot, later.rows.pane.choice.click)
    later.bring_in()
    qtbot.waitUntil(lambda: later.session.applied is not None, timeout=20_000)
    assert "Train taxi drivers" not in titles(desk)
    assert "You left this row out." in words(later)


def test_enter_in_the_table_leads_to_the_choice(later: ImportReview) -> None:
    choose(later, 5)
    later.rows.table.setFocus()
    QTest.keyClick(later.rows.table, Qt.Key.Key_Return)
    assert later.rows.pane.choice.hasFocus()


def test_nothing_is_written_before_it_is_accepted_nor_when_it_is_closed(first: ImportReview, desk: Desk) -> None:
    before = desk.store.undo_label
    assert titles(desk) == []
    first.reject()
    assert not first.isVisible()
    assert titles(desk) == []
    assert list_imports(desk.store) == []
    assert desk.store.undo_label == before


def test_what_was_done_and_what_not_is_said_and_can_be_undone(later: ImportReview, qtbot: QtBot, desk: Desk) -> None:
    before = titles(desk)
    qtbot.mouseClick(later.foot.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: later.page() is later.summary, timeout=20_000)
    said = words(later)
    assert "2 actions were added to Communities Partnership Plan 2022-2027 and 1 was changed. A backup" in said
    assert "Plan E7" in said
    assert "“31/04/2027” is not a real date" in said
    assert "Plan B8" in said
    assert not later.foot.accept_button.isVisible()
    assert len(list_imports(desk.store)) == 2
    qtbot.mouseClick(later.summary.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Taken back" in later.summary.words.text(), timeout=10_000)
    assert titles(desk) == before
    assert list_imports(desk.store)[0].undone
    assert not later.summary.back.isVisible()


def test_an_action_changed_meanwhile_is_refused_in_the_dialog_and_compared_again(
    later: ImportReview, qtbot: QtBot, desk: Desk
) -> None:
    row = next(row for row in list_actions(desk.store, View(TODAY)) if row.source_ref == "S2")
    edit_action(desk.store, row.id, row.version, title="Mend every street light")
    with qtbot.waitSignal(later.session.compared, timeout=20_000):
        later.bring_in()
    assert later.message.isVisible()
    assert "ACT-0002 was changed since" in later.message.words.text()
    assert len(list_imports(desk.store)) == 1
    assert later.session.applied is None
    assert later.foot.accept_button.isEnabled()


def test_a_file_that_changes_nothing_cannot_be_brought_in(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = write(tmp_path / "safer.xlsx", first_rows())
    bring_in(desk.store, path)
    again = shown(review(desk, path), qtbot)
    assert not again.foot.accept_button.isEnabled()
    assert again.foot.words.text() == "Nothing in this file is new: bringing it in changes nothing."
    again.bring_in()
    assert not desk.tasks.busy


def test_problems_are_filtered_gone_to_and_copied_for_half_a_minute(
    later: ImportReview, qtbot: QtBot, qapp: QApplication
) -> None:
    problems = later.problems
    qtbot.keyClick(later, Qt.Key.Key_4, CONTROL)
    assert later.page() is later.themes  # the plan has every theme but one
    qtbot.keyClick(later, Qt.Key.Key_5, CONTROL)
    assert later.page() is problems
    problems.errors.click()
    assert [problems.model.row_at(at).problem.cell for at in range(problems.model.rowCount())] == ["E7", "B8"]
    problems.filter_line.setText("real date")
    assert problems.model.rowCount() == 1
    problems.copy.click()
    copied = qapp.clipboard().text().splitlines()
    assert copied[0] == "safer later.xlsx"
    assert copied[1].startswith("Plan\tE7\tLeft out\t“31/04/2027” is not a real date")
    assert "2 problems copied" not in problems.told.text()
    assert problems.told.text().startswith("1 problem copied; the clipboard forgets")


def test_it_fits_a_small_screen_and_every_control_has_a_name(later: ImportReview) -> None:
    least = later.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 720) == (True, True), least
    for name in later.tabs:
        later.go(name)
        QApplication.processEvents()
        for kind in (QAbstractButton, QComboBox, QLineEdit, QSpinBox):
            for control in later.findChildren(kind):
                text = control.text() if isinstance(control, QAbstractButton) else ""
                inside = control.parentWidget()
                if control.isVisible() and not isinstance(inside, QSpinBox | QLineEdit):
                    assert control.accessibleName() or text, control


def test_closing_while_a_comparison_is_under_way_is_quiet(later: ImportReview, qtbot: QtBot, desk: Desk) -> None:
    heard: list[object] = []
    later.session.compared.connect(heard.append)
    choose(later, 7)
    later.rows.pane.choice.click()
    assert desk.tasks.busy
    later.reject()
    later.foot.lose_button.click()
    assert not later.isVisible()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert heard == []


def test_while_the_file_is_brought_in_the_review_cannot_be_closed(
    later: ImportReview, qtbot: QtBot, desk: Desk
) -> None:
    later.bring_in()
    later.reject()
    assert later.isVisible()
    assert not later.foot.accept_button.isEnabled()
    later.bring_in()
    qtbot.waitUntil(later.summary.isVisible, timeout=20_000)
    assert len(list_imports(desk.store)) == 2
