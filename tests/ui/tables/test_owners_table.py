"""The tables of owners, of workbooks that were sent and of a folder: ticks, marks, and three hundred owners at once."""

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from csp_desktop.imports.folder import Finding, FolderFile
from csp_desktop.queries.chasing import OwnerRow, WorkbookRow, WorkbookStanding
from models.vocabulary import ExportScope
from tests.factories import TODAY, Clock
from ui import theme
from ui.roles import DARK, HIGH_CONTRAST, LIGHT, Theme, contrast
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.owners import TICK, OwnerLine, OwnersView, owner_columns, owner_lines, searched
from ui.tables.workbooks import (
    FINDINGS,
    FOLDER_COLUMNS,
    SENT_COLUMNS,
    STANDINGS,
    FolderLine,
    Mark,
    MarkedView,
    SentLine,
    sent_lines,
)

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def workbook(number: int, owner: str = "Amina Shah") -> WorkbookRow:
    return WorkbookRow(
        export_id=number,
        key=f"EXP-{number:04d}-0a1b2c3d",
        plan_id=1,
        plan="Plan",
        scope=ExportScope.OWNER,
        holds=f"Led by {owner}",
        owner=owner,
        owner_person_id=number,
        owner_organisation_id=None,
        theme_id=None,
        period="Q3 2026/27",
        period_end=TODAY,
        exported_on=TODAY - timedelta(days=20),
        exported_at=Clock()(),
        who="Priya Patel",
        wanted_back=TODAY - timedelta(days=6),
    )


def owner(person: int, standing: WorkbookStanding = WorkbookStanding.NOT_SENT) -> OwnerRow:
    return OwnerRow(
        name=f"Owner {person:03d}",
        person_id=person,
        organisation_id=None,
        email="",
        is_erased=False,
        actions=person,
        open_actions=person,
        overdue=person % 3,
        due_soon=0,
        stale=person % 2,
        needed=(),
        workbook=None if standing is WorkbookStanding.NOT_SENT else workbook(person),
        standing=standing,
    )


@pytest.fixture
def view(qtbot: QtBot) -> OwnersView:
    lines = owner_lines([owner(1), owner(2, WorkbookStanding.OUT), replace(owner(3), is_erased=True), owner(4)])
    return shown(lines, qtbot)


def shown(lines: list[OwnerLine], qtbot: QtBot) -> OwnersView:
    ticked: set[int] = set()
    columns = owner_columns(ticked)
    model: TableModel[OwnerLine] = TableModel(columns)
    made = OwnersView(model, ticked)
    qtbot.addWidget(made)
    made.destroyed.connect(model.deleteLater)
    model.set_source(RowsInHand(columns, lines, lambda line: line.id, searched))
    made.resize(1190, 560)
    with qtbot.waitExposed(made):
        made.show()
    made.setProperty("model", model)
    return made


def model_of(view: OwnersView) -> TableModel[OwnerLine]:
    return view._owners


def test_space_ticks_the_chosen_owner_and_takes_the_tick_away(view: OwnersView) -> None:
    view.choose(model_of(view).id_at(1))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.ticked == {4}
    assert model_of(view).index(1, TICK).data(Qt.ItemDataRole.AccessibleTextRole) == "ticked"
    assert view.chosen() == 4
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.ticked == set()


def test_all_are_ticked_by_key_but_for_whom_nobody_can_ask(view: OwnersView) -> None:
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert view.ticked == {2, 4, 8}
    view.choose(6)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.ticked == {2, 4, 8}
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL | SHIFT)
    assert view.ticked == set()


def test_all_means_all_that_the_filter_shows(view: OwnersView) -> None:
    model_of(view).filter("not sent")
    view.tick_all()
    assert view.ticked == {2, 8}
    model_of(view).filter("ticked")
    assert model_of(view).rowCount() == 0


def test_a_click_on_the_box_ticks_and_does_not_choose_the_row(view: OwnersView) -> None:
    place = view.visualRect(model_of(view).index(0, TICK)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert view.ticked == {2}
    assert view.chosen() is None
    name = view.visualRect(model_of(view).index(0, TICK + 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, name)
    assert view.chosen() == 2
    assert view.ticked == {2}


def test_the_models_pass_qts_checks(view: OwnersView, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    qtmodeltester.check(model_of(view))
    view.tick_all()
    model_of(view).sort(TICK)
    sent: TableModel[SentLine] = TableModel(SENT_COLUMNS, view)
    lines = sent_lines([workbook(1), workbook(2)], TODAY)
    sent.set_source(RowsInHand(SENT_COLUMNS, lines, lambda line: line.row.export_id))
    qtmodeltester.check(sent)
    files: TableModel[FolderLine] = TableModel(FOLDER_COLUMNS, view)
    found = [FolderLine(at, FolderFile(Path(f"{at}.xlsx"), f"{at}.xlsx", each)) for at, each in enumerate(Finding)]
    files.set_source(RowsInHand(FOLDER_COLUMNS, found, lambda line: line.id))
    qtmodeltester.check(files)
    files.sort(2)
    assert files.row_at(0).file.finding is next(iter(FINDINGS))
    table: MarkedView[FolderLine] = MarkedView(files, "Files", {"finding": lambda line: line.look}, lines=2)
    qtbot.addWidget(table)
    table.show()
    table.grab()


def test_every_standing_has_a_word_and_a_mark_of_its_own() -> None:
    assert set(STANDINGS) == set(WorkbookStanding)
    assert set(FINDINGS) == set(Finding)
    for looks in (STANDINGS.values(), FINDINGS.values()):
        assert len({look.words for look in looks}) == len(looks)
    marks = [look.mark for look in STANDINGS.values()]
    assert len(set(marks)) == len(marks)
    assert set(Mark) == {look.mark for look in (*STANDINGS.values(), *FINDINGS.values())}


def test_a_workbook_that_was_followed_by_another_is_awaited_no_more() -> None:
    line = SentLine(workbook(1), TODAY)
    assert line.look.words == "Overdue to come back"
    followed = SentLine(replace(workbook(1), newer_on=TODAY), TODAY)
    assert followed.look.words == "A newer one was sent"
    back = SentLine(replace(workbook(1), newer_on=TODAY, returned_on=TODAY), TODAY)
    assert back.look.words == "Came back"


@pytest.mark.parametrize("dress", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda dress: dress.name)
def test_the_words_of_a_chosen_row_are_read_in_every_theme(
    dressed: QApplication, view: OwnersView, dress: Theme
) -> None:
    theme.apply(dressed, dress)
    for look in (*STANDINGS.values(), *FINDINGS.values()):
        ink = getattr(dress, look.tone or "text")
        assert contrast(ink, dress.raised) >= 4.5
        assert contrast(ink, dress.selection) >= 4.5, (look.words, dress.name)
    view.choose(4)
    view.grab()
    assert view.palette().color(QPalette.ColorRole.Highlight).name().upper() == dress.selection


def test_three_hundred_owners_are_there_at_once_and_ticked_at_once(qtbot: QtBot) -> None:
    lines = owner_lines([owner(person, WorkbookStanding.OUT) for person in range(1, 301)])
    view = shown(lines, qtbot)
    begun = time.perf_counter()
    view.grab()
    for deed in (view.tick_all, view.tick_none, view.tick_all):
        deed()
        view.grab()
    view.choose(600)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.grab()
    assert time.perf_counter() - begun < 2
    assert len(view.ticked) == 300
    assert view.indexAt(QPoint(5, 5)).isValid()
