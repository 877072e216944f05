"""A register comes in through the window: chosen, looked through, settled, brought in, taken back, or dropped."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.errors import CspError
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.registers.register_plan import RegisterRequest
from csp_desktop.queries.cohorts import list_cohorts
from csp_desktop.registers.forms import Register
from csp_desktop.store import Store
from models.offending import CohortDefinition
from ui.dialogs.register_review import COLUMNS, PROBLEMS, RegisterReview
from ui.forms.fields import Values
from ui.forms.registers import Wanted, bringing_in_register
from ui.pages.reoffending import ReoffendingPage
from ui.reoffending.cohorts_screen import CohortsScreen
from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
HEAD = ("Person ID", "Index date", "Disposal", "Sex", "Remarks")
MEMBERS = (HEAD, ("A1", "25/03/2024", "Fine", "M", "x"), ("A2", "13/03/2024", "SSO", "Female", ""))


def written(folder: Path, rows: Sequence[Sequence[str]], name: str = "members.csv") -> Path:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def review_of(page: ReoffendingPage, path: Path, qtbot: QtBot, **typed: object) -> RegisterReview:
    """Fill in the form as a person does, and wait for the review."""
    page.bring_in()
    assert page.form is not None
    wanted = {"register": Register.COHORT_MEMBERS, "path": str(path), "name": "Dewsbury 2024", **typed}
    for key, value in wanted.items():
        page.form.editor(key).set_value(value)
    QTest.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.registers.review is not None)
    review = page.registers.review
    assert review is not None
    qtbot.waitUntil(review.isVisible)
    return review


def staged(store: Store) -> int:
    with store.read() as connection:
        tables = ("staged_import", "staged_block", "staged_row")
        return sum(
            connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one()  # noqa: S608 - own names
            for table in tables
        )


def test_a_file_is_looked_through_brought_in_and_taken_back(
    page: ReoffendingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    store = page.desk.store
    review = review_of(page, written(tmp_path, MEMBERS), qtbot)
    assert review.counts.text() == "2 new"
    assert review.words.text() == review.session.now.plan.sentence
    assert "a new cohort, Dewsbury 2024" in review.about.text()
    assert list_cohorts(store) == []
    QTest.keyClick(review, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.registers.review is None)
    assert [row.name for row in list_cohorts(store)] == ["Dewsbury 2024"]
    shown = page.screen_shown()
    assert isinstance(shown, CohortsScreen)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 1)
    assert staged(store) == 0
    store.undo()
    qtbot.waitUntil(lambda: shown.model.rowCount() == 0)


def test_closing_drops_everything_that_was_read(page: ReoffendingPage, tmp_path: Path, qtbot: QtBot) -> None:
    store = page.desk.store
    review = review_of(page, written(tmp_path, MEMBERS), qtbot)
    assert staged(store)
    QTest.mouseClick(review.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.registers.review is None and not page.desk.tasks.busy)
    assert staged(store) == 0
    assert list_cohorts(store) == []
    assert store.undo_label is None


def test_problems_name_sheet_and_cell_and_the_models_keep_the_rules(
    page: ReoffendingPage, tmp_path: Path, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    rows = (*MEMBERS, ("A3", "31/04/2024", "Fine", "M", ""), ("", "12/12/2024", "Fine", "M", ""))
    review = review_of(page, written(tmp_path, rows), qtbot)
    assert review.counts.text() == "2 new; 2 left out"
    assert review.tabs[PROBLEMS].text() == "To check 2"
    cells = {review.problem_model.row_at(at).cell for at in range(review.problem_model.rowCount())}
    assert cells == {"B4", "A5"}
    assert review.model.rowCount() == 2
    review.rows.choose_first()
    assert "Person ID: A3" in review.whole.text()
    qtmodeltester.check(review.model)
    qtmodeltester.check(review.problem_model)
    review.reject()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)


def test_a_column_is_said_to_be_another_and_the_file_is_compared_anew(
    page: ReoffendingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    review = review_of(page, written(tmp_path, MEMBERS), qtbot)
    review.go(COLUMNS)
    choice = review.columns.choices["members", "Remarks"]
    assert choice.currentText() == "not read"
    at = choice.findText("Area")
    choice.setCurrentIndex(at)
    choice.activated.emit(at)
    qtbot.waitUntil(lambda: not review.session.is_busy)
    assert review.session.now.plan.sheets[0].mapping["Remarks"] == "area"
    assert review.columns.choices["members", "Remarks"].currentText() == "Area"
    review.reject()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)


def test_the_keyboard_stays_at_what_was_decided(page: ReoffendingPage, tmp_path: Path, qtbot: QtBot) -> None:
    rows = (HEAD, ("A1", "03/04/2024", "Fine", "M", "x"), ("A2", "05/26/2024", "Fine", "M", ""))
    review = review_of(page, written(tmp_path, rows), qtbot)
    assert "2 rows of members" in review.about.text(), "the headings are no row"
    answer = review.order_choice.choices[DateOrder.MONTH_FIRST]
    answer.setFocus()
    QTest.keyClick(answer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not review.session.now.plan.doubted and not review.session.is_busy)
    assert review.focusWidget() is answer
    review.go(COLUMNS)
    choice = review.columns.choices["members", "Remarks"]
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(review.session.now.plan.request.mappings) and not review.session.is_busy)
    assert review.columns.choices["members", "Remarks"] is choice
    assert review.focusWidget() is choice
    review.reject()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)


def test_a_needed_column_taken_away_is_refused_and_the_review_stands(
    page: ReoffendingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    review = review_of(page, written(tmp_path, MEMBERS), qtbot)
    review.session.mean("members", "Index date", "")
    qtbot.waitUntil(lambda: not review.session.is_busy)
    assert "Index date" in review.message.words.text()
    assert review.accept_button.isEnabled()
    review.bring_in()
    qtbot.waitUntil(lambda: page.registers.review is None)
    assert len(list_cohorts(page.desk.store)) == 1


def test_dates_that_can_be_read_both_ways_are_asked_about_first(
    page: ReoffendingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = (HEAD, ("A1", "03/04/2024", "Fine", "M", ""), ("A2", "05/26/2024", "Fine", "M", ""))
    review = review_of(page, written(tmp_path, rows), qtbot)
    assert review.order.isVisible()
    assert not review.accept_button.isEnabled()
    QTest.mouseClick(review.order_choice.choices[DateOrder.MONTH_FIRST], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not review.session.is_busy and not review.session.now.plan.doubted)
    assert review.accept_button.isEnabled()
    review.reject()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)


def test_a_file_that_is_no_register_is_refused_in_a_sentence(
    page: ReoffendingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    refused: list[str] = []
    page.bring_in()
    assert page.form is not None
    page.form.editor("path").set_value(str(tmp_path / "none.csv"))
    page.form.save()
    assert page.form.refusal("path") == "There is no such file. Choose it again."
    page.form.editor("path").set_value(str(written(tmp_path, (("Colour", "Size"), ("red", "2")))))
    page.form.save()
    assert page.form.refusal("name").startswith("Name the cohort")
    page.form.editor("name").set_value("X")
    with qtbot.captureExceptions() as caught:
        page.form.save()
        qtbot.waitUntil(lambda: bool(caught))
    refused = [str(error[1]) for error in caught]
    assert refused[0].startswith("No cohort members were found in “members.csv”")
    assert staged(page.desk.store) == 0


def test_the_form_asks_for_what_the_register_needs(store: Store) -> None:
    asked: list[Wanted] = []
    spec = bringing_in_register(store, asked.append)
    held = {
        "register": Register.OFFENCES,
        "path": "x.csv",
        "cohort": None,
        "name": "typed in vain",
        "definition": CohortDefinition.IOM,
    }
    spec.save(Values(held, frozenset(held)))
    assert asked[0].request.cohort is None
    spec.save(Values(held | {"register": Register.COHORT_MEMBERS}, frozenset(held)))
    assert (asked[1].request.cohort, asked[1].request.definition) == ("typed in vain", CohortDefinition.IOM)


def test_cancelling_while_a_file_is_read_leaves_nothing(page: ReoffendingPage, tmp_path: Path, qtbot: QtBot) -> None:
    rows = (HEAD, *((f"A{at}", "25/03/2024", "Fine", "M", "") for at in range(30_000)))
    path = written(tmp_path, rows)
    page.registers.begin(Wanted(path, RegisterRequest(Register.COHORT_MEMBERS, cohort="Large")))
    with qtbot.captureExceptions() as caught:
        with pytest.raises(CspError, match="Another register is being read"):
            page.registers.begin(Wanted(path, RegisterRequest(Register.COHORT_MEMBERS, cohort="Large")))
        task = page.registers._reading
        assert task is not None
        task.progress.cancel()
        qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    assert not caught
    assert page.registers.review is None
    assert staged(page.desk.store) == 0


def test_ctrl_z_takes_a_register_back_and_ctrl_y_brings_it_in_again(
    page: ReoffendingPage, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    store = page.desk.store
    review = review_of(page, written(tmp_path, MEMBERS), qtbot)
    review.bring_in()
    qtbot.waitUntil(lambda: page.registers.review is None and store.undo_label is not None)
    window.actions_by_key["undo"].trigger()
    window.actions_by_key["undo"].trigger()  # pressed twice while the first is under way
    qtbot.waitUntil(lambda: list_cohorts(store) == [])
    qtbot.waitUntil(lambda: store.redo_label is not None)
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
    window.actions_by_key["redo"].trigger()
    qtbot.waitUntil(lambda: [row.people for row in list_cohorts(store)] == [2])


def test_what_a_row_changes_is_said_old_to_new_in_words(page: ReoffendingPage, tmp_path: Path, qtbot: QtBot) -> None:
    head = ("Person ID", "Index date", "Disposal", "OGRS", "DOB")
    first = review_of(page, written(tmp_path, (head, ("A1", "25/03/2024", "Fine", "45%", ""))), qtbot)
    first.bring_in()
    qtbot.waitUntil(lambda: page.registers.review is None and not page.desk.tasks.busy)
    changed = written(tmp_path, (head, ("A1", "25/03/2024", "Caution", "33.7%", "01/02/1985")), "again.csv")
    cohort = list_cohorts(page.desk.store)[0].id
    review = review_of(page, changed, qtbot, cohort=cohort, name="")
    assert review.counts.text() == "1 changed"
    said = review.model.row_at(0).changes
    assert "Index disposal: Fine to Caution" in said
    assert "45.0% to 33.7%" in said
    assert "none to 1 Feb 1985" in said
    review.reject()
    qtbot.waitUntil(lambda: not page.desk.tasks.busy)
