"""The review of an update workbook that came back: three sides, and decisions by cell, row, column and all."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.errors import CspError
from csp_desktop.imports.cell_choices import CellGroup
from csp_desktop.imports.merged import Verdict
from csp_desktop.imports.reviewing import Sieve
from csp_desktop.queries.actions import ActionRow
from csp_desktop.queries.records import list_imports, list_steps
from models.vocabulary import CellChoice
from tests.ui.dialogs.test_import_review import cells, settle, shown, words
from tests.ui.returned_files import (
    MEASURE,
    TITLES,
    Returned,
    fill_in,
    give_another_ref,
    returned_file,
    row_of,
    rows_by_ref,
)
from tests.ui.review_files import bring_in, first_rows, later_rows, review, write
from ui.desk import Desk
from ui.dialogs.import_review import ImportReview
from ui.review.cell_block import CellBlock
from ui.review.marked_text import MarkedText
from ui.tables.model import CellRole

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DOWN, RETURN = Qt.Key.Key_Down, Qt.Key.Key_Return
NEW_MEASURE = MEASURE.replace("the year before", "the two years before, by half")
OFFICE_MEASURE = f"{MEASURE}, and no new complaints"


@pytest.fixture
def dialog(desk: Desk, tmp_path: Path, qtbot: QtBot) -> ImportReview:
    return opened(desk, returned_file(desk.store, tmp_path), qtbot)


def opened(desk: Desk, path: Path, qtbot: QtBot) -> ImportReview:
    made = shown(review(desk, path), qtbot)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def choose(dialog: ImportReview, title: str) -> None:
    line = next(line for line in dialog.session.now.lines if line.row.words.startswith(title))
    dialog.rows.table.choose(line.row.id)
    dialog.rows.table.setFocus()


def block(dialog: ImportReview, heading: str) -> CellBlock:
    return next(each for each in dialog.rows.pane.cells.blocks if each.cell.words == heading)


def at(dialog: ImportReview) -> str:
    current = dialog.rows.pane.cells.current()
    return current.cell.words if current is not None else ""


def press(dialog: ImportReview, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or dialog.rows.table, key, modifier)


def accept(dialog: ImportReview, qtbot: QtBot) -> None:
    press(dialog, RETURN, CONTROL)
    qtbot.waitUntil(lambda: dialog.session.applied is not None and not dialog.session.is_busy, timeout=20_000)


def action(desk: Desk, title: str) -> ActionRow:
    return next(row for row in rows_by_ref(desk.store).values() if row.title == title)


def entries(menu: QMenu) -> dict[str, QAction | QMenu]:
    return {each.text(): each.menu() or each for each in menu.actions() if each.text()}


def trigger(menu: QMenu, *way: str) -> None:
    for step in way:
        found = entries(menu)[step]
        if isinstance(found, QMenu):
            menu = found
        else:
            found.trigger()


def open_words(dialog: ImportReview) -> str:
    return dialog.rows.several.words.text()


def sieved(dialog: ImportReview, sieve: Sieve) -> list[str]:
    dialog.rows.look_at(sieve)
    return [dialog.rows.model.row_at(at).row.words for at in range(dialog.rows.model.rowCount())]


def test_every_outcome_is_a_way_to_look_and_the_head_says_whose_workbook_it_is(dialog: ImportReview) -> None:
    counts = {sieve: int(made.text().split()[-1]) for sieve, made in dialog.rows.sieves.items()}
    assert counts == {
        Sieve.ALL: 9,
        Sieve.NEW: 2,
        Sieve.CHANGED: 3,
        Sieve.UNCHANGED: 1,
        Sieve.CONFLICTS: 2,
        Sieve.EMPTIED: 1,
        Sieve.QUESTIONS: 0,
        Sieve.PROBLEMS: 1,
        Sieve.WARNINGS: 0,
        Sieve.LEFT_OUT: 0,
        Sieve.MISSING: 1,
        Sieve.IGNORED: 0,
    }
    assert sieved(dialog, Sieve.CONFLICTS) == [TITLES[0], TITLES[6]]
    assert sieved(dialog, Sieve.EMPTIED) == [TITLES[2]]
    assert sieved(dialog, Sieve.MISSING) == [TITLES[5]]
    assert sieved(dialog, Sieve.NEW) == ["Hold a street stall each month", "Lamps ordered"]
    assert dialog.head.about.accessibleName() == (
        "Amina Shah\N{RIGHT SINGLE QUOTATION MARK}s update workbook for Q3 2026/27, sent out on 23 Nov 2026, compared "
        "three ways: what went out, what the owner says, what the office holds."
    )
    assert dialog.warnings.isVisible()
    assert dialog.warnings.words.text().startswith("1 action that went out is not in this file: ACT-0006.")
    assert dialog.foot.words.text().endswith("3 conflicts stay open. 2 emptied cells are left as before.")
    assert dialog.foot.accept_button.isEnabled()


def test_a_row_that_is_not_in_the_file_says_that_nothing_is_done(dialog: ImportReview) -> None:
    dialog.rows.look_at(Sieve.MISSING)
    dialog.rows.take_focus()
    assert "Went out and is not in the file; nothing is done." in words(dialog)
    assert cells(dialog, 0)["outcome"] == "Not in the file"
    assert cells(dialog, 0, CellRole.NOTE)["outcome"] == "ACT-0006"
    assert not dialog.rows.pane.see.isVisible()
    assert not dialog.rows.pane.choice.isVisible()


def test_the_first_conflict_is_shown_with_its_three_sides_and_says_that_it_is_open(dialog: ImportReview) -> None:
    assert dialog.rows.table.hasFocus()
    assert "ACT-0001 stays as it is until you choose. 2 conflicts are open." in words(dialog)
    due = block(dialog, "Due (forecast)")
    assert at(dialog) == "Due (forecast)"
    told = [each.text() for each in due.findChildren(QLabel)]
    assert [each for each in told if each in {"Went out", "Owner", "Office"}] == ["Went out", "Owner", "Office"]
    assert {"31 Mar 2027", "30 Apr 2027", "31 May 2027"} <= set(told)
    assert due.state.text() == "Both changed this; the office's stays until you choose."
    assert [made.isChecked() for made in due.buttons.values()] == [False, False]
    assert CellChoice.BOTH not in due.buttons
    assert CellChoice.BOTH in block(dialog, "Success measure").buttons
    assert cells(dialog, due.cell.place[1])["due"] == "31 May 2027"
    assert cells(dialog, due.cell.place[1], CellRole.NOTE)["due"] == "or 30 Apr 2027"


def test_changed_words_are_marked_by_more_than_colour(dialog: ImportReview) -> None:
    sides = block(dialog, "Success measure").findChildren(MarkedText)
    assert [each.text() for each in sides] == [MEASURE, NEW_MEASURE, OFFICE_MEASURE]
    marked = [
        [(piece.text, piece.mark.value) for piece in each._pieces if piece.mark.value != "same"] for each in sides
    ]
    assert marked[0] == []
    assert ("two years", "new") in marked[1]
    assert marked[2] == [(", and no new complaints", "new")]
    bold = [each.format.fontUnderline() and each.format.fontWeight() > 500 for each in sides[1]._formats()]
    assert bold == [True] * len(marked[1])
    choose(dialog, TITLES[2])
    struck = [each.text() for each in dialog.rows.pane.findChildren(QLabel) if each.font().strikeOut()]
    assert struck == ["1 Sep 2026", MEASURE]


def test_conflicts_are_decided_by_the_keyboard_alone_and_applied(
    dialog: ImportReview, qtbot: QtBot, desk: Desk
) -> None:
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_T))
    assert block(dialog, "Due (forecast)").state.text() == "Comes in, as you chose."
    press(dialog, DOWN, CONTROL)
    assert at(dialog) == "Success measure"
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_B))
    assert cells(dialog, 10)["outcome"] == "Decided"
    press(dialog, Qt.Key.Key_N)
    assert (dialog.rows.pane.stands.accessibleName(), at(dialog)) == ("Row 12, Actions", "Due (forecast)")
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_K))
    assert sieved(dialog, Sieve.CONFLICTS) == [TITLES[0], TITLES[6]]  # still to be found
    assert open_words(dialog) == "2 of 2 emptied cells open"
    assert action(desk, TITLES[0]).forecast_due == date(2027, 5, 31)
    assert list_imports(desk.store) == []
    dialog.rows.table.setFocus()
    accept(dialog, qtbot)
    done = action(desk, TITLES[0])
    assert done.forecast_due == date(2027, 4, 30)
    assert done.success_measure == f"{OFFICE_MEASURE}\n{NEW_MEASURE}"
    assert action(desk, TITLES[6]).forecast_due == date(2027, 6, 25)
    assert action(desk, TITLES[2]).success_measure == MEASURE  # emptied, and nobody confirmed it


def test_the_choices_are_reached_by_tab_and_pressed_by_enter(dialog: ImportReview, qtbot: QtBot) -> None:
    due = block(dialog, "Due (forecast)")
    press(dialog, RETURN)
    take, keep = due.buttons[CellChoice.THEIRS], due.buttons[CellChoice.MINE]
    assert take.hasFocus()
    press(dialog, Qt.Key.Key_Tab)
    assert keep.hasFocus()
    settle(dialog, qtbot, lambda: press(dialog, RETURN))
    assert keep.hasFocus()
    assert keep.isChecked()
    assert keep.text() == "\N{BLACK CIRCLE} Keep the office's"
    assert take.text() == "\N{WHITE CIRCLE} Take the owner's"
    assert keep.accessibleName() == "Due (forecast): Keep the office's"
    press(dialog, DOWN, CONTROL)
    assert (at(dialog), QApplication.focusWidget()) == (
        "Success measure",
        block(dialog, "Success measure").buttons[CellChoice.THEIRS],
    )


def test_a_choice_is_shown_at_once_and_taken_back_again(dialog: ImportReview, qtbot: QtBot) -> None:
    press(dialog, Qt.Key.Key_T)
    due = block(dialog, "Due (forecast)")
    assert due.buttons[CellChoice.THEIRS].isChecked()
    assert due.undo.isVisible()
    assert dialog.session.is_busy
    assert not dialog.foot.accept_button.isEnabled()
    assert open_words(dialog) == "2 of 3 conflicts open, 2 of 2 emptied cells open"
    qtbot.waitUntil(lambda: not dialog.session.is_busy, timeout=10_000)
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_K))
    assert not due.buttons[CellChoice.THEIRS].isChecked()
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_U))
    assert not due.undo.isVisible()
    assert due.state.text() == "Both changed this; the office's stays until you choose."
    assert not dialog.session.is_changed


def test_of_several_choices_only_the_last_is_compared(dialog: ImportReview, qtbot: QtBot) -> None:
    heard: list[object] = []
    dialog.session.compared.connect(heard.append)
    dialog.session._took_ms = 300
    for key in (Qt.Key.Key_T, Qt.Key.Key_K, Qt.Key.Key_T):
        press(dialog, key)
    assert not dialog.session.desk.tasks.busy
    qtbot.waitUntil(lambda: not dialog.session.is_busy, timeout=10_000)
    assert len(heard) == 1
    assert list(dialog.session.plan.decisions.cells.values()) == [CellChoice.THEIRS]
    dialog.session._took_ms = 300
    press(dialog, Qt.Key.Key_K)
    dialog.reject()
    dialog.foot.lose_button.click()
    assert not dialog.session.is_busy


def test_a_whole_row_is_taken_kept_and_undecided(dialog: ImportReview, qtbot: QtBot) -> None:
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_T, SHIFT))
    assert {each.cell.cell.verdict for each in dialog.rows.pane.cells.blocks} == {Verdict.TAKEN}
    settle(dialog, qtbot, dialog.rows.pane.cells.keep_all.click)
    assert {each.cell.cell.verdict for each in dialog.rows.pane.cells.blocks} == {Verdict.KEPT}
    assert cells(dialog, 10, CellRole.NOTE)["due"] == "not 30 Apr 2027"
    settle(dialog, qtbot, dialog.rows.pane.cells.undo_all.click)
    assert {each.cell.cell.verdict for each in dialog.rows.pane.cells.blocks} == {Verdict.CONFLICT}
    choose(dialog, TITLES[1])
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_K, SHIFT))
    assert cells(dialog, dialog.rows.pane.cells.blocks[0].cell.place[1])["outcome"] == "Unchanged"
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_T, SHIFT))
    assert dict(dialog.session.decisions.cells) == {}  # taken as if nothing had been said


def test_a_column_and_all_are_decided_from_one_menu(dialog: ImportReview, qtbot: QtBot, desk: Desk) -> None:
    menu = dialog.rows.several.menu()
    assert list(entries(menu))[:3] == ["Every conflict (3)", "Every emptied cell (2)", "Every other change (6)"]
    due = entries(menu)["Due (forecast)"]
    assert isinstance(due, QMenu)
    assert list(entries(due)) == [
        "2 conflicts in Due (forecast): take the owner's",
        "2 conflicts in Due (forecast): keep the office's",
    ]
    settle(dialog, qtbot, lambda: trigger(menu, "Due (forecast)", "2 conflicts in Due (forecast): take the owner's"))
    assert open_words(dialog) == "1 of 3 conflicts open, 2 of 2 emptied cells open"
    settle(dialog, qtbot, lambda: trigger(dialog.rows.several.menu(), "Every conflict (3)", "Keep the office's"))
    assert open_words(dialog) == "2 of 2 emptied cells open"
    settle(dialog, qtbot, lambda: trigger(dialog.rows.several.menu(), "Every conflict (3)", "Undo choices"))
    assert open_words(dialog).startswith("3 of 3 conflicts open")
    settle(dialog, qtbot, lambda: trigger(dialog.rows.several.menu(), "Every conflict (3)", "Take the owner's"))
    settle(dialog, qtbot, lambda: trigger(dialog.rows.several.menu(), "Every emptied cell (2)", "Empty"))
    assert open_words(dialog) == "Everything that asked is decided."
    assert not dialog.rows.several.next.isEnabled()
    settle(dialog, qtbot, lambda: trigger(dialog.rows.several.menu(), "Every other change (6)", "Keep"))
    step = entries(dialog.rows.several.menu())["Milestones: Due (forecast)"]
    assert isinstance(step, QMenu)
    accept(dialog, qtbot)
    emptied = action(desk, TITLES[2])
    assert (emptied.start, emptied.success_measure) == (None, "")
    assert action(desk, TITLES[6]).forecast_due == date(2027, 7, 30)
    assert action(desk, TITLES[1]).rag is None  # kept out with every other change


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_opens_by_a_key_on_its_first_entry(dialog: ImportReview, qtbot: QtBot) -> None:
    press(dialog, Qt.Key.Key_D)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.activeAction() is menu.actions()[0]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert dialog.isVisible()


def test_an_emptied_cell_is_emptied_only_once_somebody_says_so(dialog: ImportReview, qtbot: QtBot, desk: Desk) -> None:
    choose(dialog, TITLES[2])
    start = block(dialog, "Start")
    assert start.state.text() == "The owner emptied this; it stays until you say that it is to go."
    assert [made.text()[2:] for made in start.buttons.values()] == ["Empty it", "Keep it"]
    settle(dialog, qtbot, start.buttons[CellChoice.THEIRS].click)
    assert block(dialog, "Start").state.text() == "It is emptied, as you chose."
    accept(dialog, qtbot)
    done = action(desk, TITLES[2])
    assert (done.start, done.success_measure) == (None, MEASURE)


def test_what_cannot_come_in_says_why_and_offers_nothing(dialog: ImportReview) -> None:
    choose(dialog, TITLES[4])
    theme, due = block(dialog, "Theme"), block(dialog, "Due (forecast)")
    assert theme.state.text() == "“Theme” is for reading only; what was changed there was not brought in."
    assert "“31/04/2027” is not a real date" in due.state.text()
    assert "31/04/2027" in [each.text() for each in due.findChildren(QLabel)]
    assert (theme.buttons, due.buttons) == ({}, {})
    assert at(dialog) == "Next steps"
    said = words(dialog)
    assert said.count("is not a real date") == 1


def test_milestones_are_shown_with_the_ref_of_their_action(dialog: ImportReview) -> None:
    choose(dialog, "Course booked")
    assert "Changes a milestone of ACT-0002." in words(dialog)
    assert block(dialog, "Due (forecast)").cell.theirs == "18 Jan 2027"
    choose(dialog, "Lamps ordered")
    said = words(dialog)
    assert "Comes in as a new milestone of ACT-0003." in said
    assert "1 Feb 2027" in said


def test_the_models_pass_qts_own_checks(dialog: ImportReview, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    qtmodeltester.check(dialog.rows.model)
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_T, SHIFT))
    dialog.rows.look_at(Sieve.MISSING)
    qtmodeltester.check(dialog.rows.model)
    qtmodeltester.check(dialog.problems.model)


def test_a_row_and_all_that_is_shown_are_copied_for_half_a_minute(dialog: ImportReview, qapp: QApplication) -> None:
    press(dialog, Qt.Key.Key_C, CONTROL)
    lines = [line.split("\t") for line in qapp.clipboard().text().splitlines()]
    assert lines[0][-4:] == ["Went out", "Owner", "Office", "What becomes of it"]
    assert lines[1][2:] == [
        "ACT-0001",
        TITLES[0],
        "2 conflicts",
        "Due (forecast)",
        "I10",
        "31 Mar 2027",
        "30 Apr 2027",
        "31 May 2027",
        "Both changed this; the office's stays until you choose.",
    ]
    assert len(lines) == 3
    assert dialog.message.words.text() == "1 row copied; the clipboard forgets it after half a minute."
    dialog.rows.look_at(Sieve.CONFLICTS)
    dialog.rows.take_focus()
    press(dialog, Qt.Key.Key_C, CONTROL | SHIFT)
    assert len(qapp.clipboard().text().splitlines()) == 4
    assert dialog.message.words.text() == "2 rows copied; the clipboard forgets them after half a minute."


def test_nothing_is_written_until_it_is_accepted(dialog: ImportReview, qtbot: QtBot, desk: Desk) -> None:
    before = rows_by_ref(desk.store)
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_T, SHIFT))
    settle(dialog, qtbot, lambda: trigger(dialog.rows.several.menu(), "Every emptied cell (2)", "Empty"))
    dialog.reject()
    dialog.foot.lose_button.click()
    assert not dialog.isVisible()
    assert rows_by_ref(desk.store) == before
    assert list_imports(desk.store) == []


def test_the_summary_names_what_was_not_applied_and_why(dialog: ImportReview, qtbot: QtBot) -> None:
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_K))
    choose(dialog, "Hold a street")
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_Space))
    accept(dialog, qtbot)
    facts = dialog.summary.facts
    assert facts is not None
    left = {(each.place, each.ref, each.what): each.why for each in facts.left}
    assert left["Actions I10", "ACT-0001", "Due (forecast)"] == "You kept what the office has: “31 May 2027”."
    assert "was changed on both sides" in left["Actions K10", "ACT-0001", "Success measure"]
    assert "for reading only" in left["Actions B14", "ACT-0005", "Theme"]
    assert "is not a real date" in left["Actions I14", "ACT-0005", "Due (forecast)"]
    assert "was emptied" in left["Actions G15", "ACT-0003", "Start"]
    assert left["Actions, row 16", "", "Hold a street stall each month"] == "You left this row out."
    assert facts.missing == (("ACT-0006", TITLES[5]),)
    assert ("ACT-0002", "Status, Your update, Your RAG, Reason and recovery date") in [
        (each.ref, each.what) for each in facts.came_in
    ]
    said = words(dialog)
    for told in (
        f"Not brought in, and why: {len(facts.left)}",
        "Went out and not in the file: 1",
        "asked again when this workbook",
    ):
        assert told in said
    assert not dialog.warnings.isVisible()


def paper(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    return printer


def test_the_summary_is_printed_and_saved_and_both_are_told(
    dialog: ImportReview, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    accept(dialog, qtbot)
    summary = dialog.summary
    asked: list[tuple[str, int]] = []

    def ask(_parent: QWidget, title: str, pages: int) -> QPrinter:
        asked.append((title, pages))
        return paper(tmp_path / "paper.pdf")

    summary.paper.ask = ask
    press(dialog, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: summary.told.text() == "Printed.", timeout=20_000)
    assert asked == [("What was brought in from Amina Shah update.xlsx", 2)]
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    names: list[str] = []

    def choose_path(_parent: QWidget, _title: str, suggested: str, _kind: str) -> Path:
        names.append(suggested)
        return tmp_path / suggested

    summary.saving.choose = choose_path
    press(dialog, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: summary.told.text().startswith("Saved as"), timeout=20_000)
    qtbot.mouseClick(summary.annotated_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: summary.told.text().endswith("send it back to the owner."), timeout=20_000)
    assert names == ["Amina Shah update brought in.pdf", "Amina Shah update marked.xlsx"]
    assert all((tmp_path / name).stat().st_size > 1_000 for name in names)
    told = [entry.label for entry in list_steps(desk.store)[:3]]
    assert told == [
        "Save Amina Shah update.xlsx with its problems marked",
        "Save what was brought in from Amina Shah update.xlsx as PDF",
        "Print what was brought in from Amina Shah update.xlsx",
    ]


def test_no_printer_and_no_folder_are_said_in_the_summary(dialog: ImportReview, qtbot: QtBot, tmp_path: Path) -> None:
    accept(dialog, qtbot)

    def ask(_parent: QWidget, _title: str, _pages: int) -> QPrinter:
        raise CspError("No printer is set up on this PC.")

    dialog.summary.paper.ask = ask
    dialog.summary.print_button.click()
    qtbot.waitUntil(lambda: dialog.summary.told.text() == "No printer is set up on this PC.", timeout=20_000)
    dialog.summary.saving.choose = lambda *_asked: tmp_path / "nowhere" / "x.pdf"
    dialog.summary.save_button.click()
    qtbot.waitUntil(lambda: "does not exist" in dialog.summary.told.text(), timeout=20_000)


def test_the_annotated_workbook_is_saved_from_the_problems_too(
    dialog: ImportReview, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.problems._choose = lambda _parent, _title, suggested, _kind: tmp_path / suggested
    dialog.go("To check")
    qtbot.mouseClick(dialog.problems.annotated, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.problems.told.text().startswith("Saved as Amina Shah update marked"), timeout=20_000)


def test_a_workbook_that_says_nothing_new_is_noted_as_an_answer(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = opened(desk, returned_file(desk.store, tmp_path, lambda _returned: None), qtbot)
    assert dialog.foot.accept_button.text() == "Note that it came back"
    accept(dialog, qtbot)
    assert dialog.summary.words.text().startswith("Nothing in this file was new")
    assert not dialog.summary.back.isVisible()
    again = opened(desk, tmp_path / "Amina Shah update.xlsx", qtbot)
    assert again.session.plan.returned is not None
    assert again.session.plan.returned.times_before == 1


def a_copied_row(returned: Returned) -> None:
    """A row copied below the others with its Ref, given another title; and one with the Ref of another."""
    fill_in(returned)
    first = row_of(returned, TITLES[3])
    below = len(TITLES) + 1
    sheet = returned.cell("title", 1).parent
    for column in range(1, sheet.max_column + 1):
        cell = sheet.cell(returned.cell("title", first).row, column)
        sheet.cell(returned.cell("title", below).row, column).value = cell.value
    returned.write("title", below, "Walk the other estate with its wardens")


def test_a_row_that_waits_says_so_and_can_be_answered(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = opened(desk, returned_file(desk.store, tmp_path, a_copied_row), qtbot)
    pane = dialog.rows.pane
    assert pane.question.isVisible()
    assert pane.asked.text() == "Which action is this row?"
    assert pane.same.text() == "It is ACT-0004"
    assert not pane.second.isVisible()
    assert dialog.foot.words.text().endswith("1 row still asks which action it is; unanswered, it stays out.")
    settle(dialog, qtbot, pane.other.click)
    accept(dialog, qtbot)
    assert action(desk, "Walk the other estate with its wardens").ref not in {"", "ACT-0004"}


def test_a_row_that_may_be_either_of_two_actions_offers_both(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = opened(desk, returned_file(desk.store, tmp_path, give_another_ref), qtbot)
    pane = dialog.rows.pane
    assert {pane.same.text(), pane.second.text()} == {"It is ACT-0004", "It is ACT-0006"}
    assert pane.second.isVisible()
    settle(dialog, qtbot, pane.second.click)
    assert pane.second.isChecked()
    assert not pane.same.isChecked()
    line = dialog.rows.table.chosen_row()
    assert line is not None
    assert line.row.plan is not None
    assert pane.second.text() == f"It is {line.row.plan.ref}"


def test_a_workbook_of_another_store_is_compared_with_the_office_alone(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    returned_file(desk.store, tmp_path, lambda _returned: None)
    book = Returned(tmp_path / "update.xlsx")
    fill_in(book)
    hidden = book.book["_csp"]
    store_mark = next(row[1] for row in hidden.iter_rows(max_row=20) if row[0].value == "store")
    store_mark.value = "another store"
    for sheet in book.book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "EXP-0001-" in cell.value:
                    cell.value = cell.value.replace("EXP-0001-", "EXP-0009-")
    path = book.save("unknown.xlsx")
    dialog = opened(desk, path, qtbot)
    assert dialog.session.plan.is_two_way
    assert dialog.head.about.accessibleName().endswith("what the office holds alone; blank cells clear nothing.")
    assert "is not known here" in dialog.warnings.words.text()
    assert sieved(dialog, Sieve.EMPTIED) == []


@pytest.fixture
def later(desk: Desk, tmp_path: Path, qtbot: QtBot) -> ImportReview:
    bring_in(desk.store, write(tmp_path / "safer.xlsx", first_rows()))
    return opened(desk, write(tmp_path / "safer later.xlsx", later_rows()), qtbot)


def test_cells_of_any_other_file_are_kept_out_one_by_one(later: ImportReview, qtbot: QtBot, desk: Desk) -> None:
    assert later.head.about.accessibleName() == "Compared with what the office holds alone; blank cells clear nothing."
    choose(later, "Mend the street lights")
    due = block(later, "Due")
    assert [made.text() for made in due.buttons.values()] == ["\N{BLACK CIRCLE} Take", "\N{WHITE CIRCLE} Keep"]
    assert [each.text() for each in due.findChildren(MarkedText)] == ["29 Jan 2027", "26 Feb 2027"]
    settle(later, qtbot, lambda: press(later, Qt.Key.Key_K))
    assert at(later) == "Due"
    assert cells(later, 5)["due"] == "29 Jan 2027"
    assert cells(later, 5, CellRole.NOTE)["due"] == "not 26 Feb 2027"
    menu = later.rows.several.menu()
    assert next(iter(entries(menu))) == "Every change (3)"
    accept(later, qtbot)
    done = action(desk, "Mend the street lights")
    assert (done.forecast_due, done.rag) == (date(2027, 1, 29), "R")
    assert "You kept what the office has" in words(later)


def test_another_answer_forgets_what_was_said_of_the_cells(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    bring_in(desk.store, write(tmp_path / "safer.xlsx", first_rows()))
    rows = later_rows()
    rows[2][5] = "Red"
    later = opened(desk, write(tmp_path / "safer later.xlsx", rows), qtbot)
    choose(later, "Buy radios")
    settle(later, qtbot, later.rows.pane.same.click)
    assert set(block(later, "Action").buttons) == {CellChoice.THEIRS, CellChoice.MINE}
    settle(later, qtbot, lambda: press(later, Qt.Key.Key_K, SHIFT))
    assert sorted(key for _, key in later.session.decisions.cells) == ["rag", "title"]
    settle(later, qtbot, later.rows.pane.other.click)
    assert not later.session.decisions.cells


def test_what_changes_no_decision_is_not_compared_again(dialog: ImportReview, qtbot: QtBot) -> None:
    choose(dialog, TITLES[3])
    press(dialog, Qt.Key.Key_K, SHIFT)
    press(dialog, Qt.Key.Key_U)
    assert not dialog.session.is_busy
    choose(dialog, TITLES[0])
    settle(dialog, qtbot, lambda: press(dialog, Qt.Key.Key_T))
    press(dialog, Qt.Key.Key_T)
    assert not dialog.session.is_busy


def test_groups_of_cells_know_their_rows(dialog: ImportReview) -> None:
    groups = dialog.session.now.groups
    assert [len(groups[group]) for group in CellGroup] == [3, 2, 6]
