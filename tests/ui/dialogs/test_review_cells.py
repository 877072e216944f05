"""The parts that show and copy cells: marks on words, wrapping, and text that no spreadsheet takes for a formula."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from csp_desktop.imports.word_marks import Mark, Piece
from models.vocabulary import CellChoice
from tests.ui.dialogs.test_import_review import settle
from tests.ui.dialogs.test_import_review_returned import block, choose, opened
from tests.ui.returned_files import TITLES, returned_file
from ui.desk import Desk
from ui.dialogs.import_review import ImportReview
from ui.review.copied import copied_rows
from ui.review.marked_text import MarkedText


@pytest.fixture
def dialog(desk: Desk, tmp_path: Path, qtbot: QtBot) -> ImportReview:
    return opened(desk, returned_file(desk.store, tmp_path), qtbot)


def test_marks_stand_where_their_words_do_whatever_letters_come_before(qtbot: QtBot) -> None:
    text = MarkedText((Piece("\N{GRINNING FACE} met "), Piece("each week", Mark.NEW)))
    qtbot.addWidget(text)
    (made,) = text._formats()
    assert (made.start, made.length) == (7, 9)  # Qt counts the face twice
    assert text.text() == "\N{GRINNING FACE} met each week"
    assert not text.font().strikeOut()
    gone = MarkedText((Piece("31 Mar 2027", Mark.GONE),))
    qtbot.addWidget(gone)
    assert gone.font().strikeOut()


def test_a_word_wider_than_its_side_is_broken_and_lines_stay_lines(qtbot: QtBot) -> None:
    long = MarkedText((Piece("https://example.org/" + "a" * 120),))
    qtbot.addWidget(long)
    line = long.fontMetrics().height()
    assert long.heightForWidth(110) >= 6 * line
    assert long.minimumSizeHint().width() < 110
    two = MarkedText((Piece("One\nTwo"),))
    qtbot.addWidget(two)
    assert two.heightForWidth(500) >= 2 * line
    long.resize(110, long.heightForWidth(110))
    long.grab()  # painting it does not fail


def test_what_is_copied_is_no_formula_and_stays_on_its_line(dialog: ImportReview) -> None:
    line = next(line for line in dialog.session.now.lines if line.row.words == TITLES[0])
    sly = replace(line.cells[0], theirs="=HYPERLINK(A1)\tand\nmore", mine="-5")
    copied = copied_rows([replace(line, cells=(sly,))], {}, three_way=True).splitlines()
    assert len(copied) == 2
    assert copied[1].split("\t")[8:10] == ["'=HYPERLINK(A1) and more", "'-5"]
    gone = next(line for line in dialog.session.now.lines if line.row.ref == "ACT-0006")
    last = copied_rows([gone], {}, three_way=True).splitlines()[1].split("\t")
    assert last[1:4] == ["", "ACT-0006", TITLES[5]]
    assert last[-1] == "Went out and is not in the file; nothing is done."
    new = next(line for line in dialog.session.now.lines if line.row.words == "Lamps ordered")
    assert "1 Feb 2027" in copied_rows([new], {}, three_way=True)


def test_sides_and_choices_stand_below_each_other_where_there_is_little_room(
    dialog: ImportReview, qtbot: QtBot
) -> None:
    across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
    due = block(dialog, "Due (forecast)")
    assert (due._sides.direction(), due._line.direction()) == (across, across)
    dialog.resize(700, 420)
    qtbot.waitUntil(lambda: due._sides.direction() == down)
    assert due._line.direction() == down
    pane = dialog.rows.pane
    viewport = pane._scroll.viewport()

    def is_within() -> bool:
        rights = [made.mapTo(viewport, made.rect().topRight()).x() for made in due.buttons.values()]
        return max(rights) <= viewport.width()

    qtbot.waitUntil(is_within)
    dialog.resize(1320, 700)
    qtbot.waitUntil(lambda: due._sides.direction() == across)


def test_choosing_on_a_block_makes_it_the_chosen_one_and_keeps_what_is_seen(dialog: ImportReview, qtbot: QtBot) -> None:
    cells = dialog.rows.pane.cells
    measure = block(dialog, "Success measure")
    settle(dialog, qtbot, measure.buttons[CellChoice.BOTH].click)
    assert cells.current() is measure
    assert block(dialog, "Success measure") is measure  # the same widget: the keyboard stays where it is
    choose(dialog, TITLES[1])
    bar = dialog.rows.pane._scroll.verticalScrollBar()
    assert bar.value() == 0
    assert cells.current() is cells.blocks[0]
