"""Every problem of a file in one list, with its sheet and cell: to filter, to go to, to send back to the owner."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.imports.problem_book import LEVELS, problems_workbook
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.sheet_marks import cell_place
from csp_desktop.queries.plans import profile
from models.vocabulary import ProblemLevel
from ui.clipboard import copy_briefly
from ui.files import choose_save
from ui.pages.page import FilterLine
from ui.review.comparison import Compared
from ui.review.saving import SAVE_ANNOTATED, Choose, Saving, Wanted, stem_of
from ui.review.session import Session
from ui.review.sheet_words import cell_words
from ui.review.words import counted
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.review import PROBLEM_COLUMNS, NumberedProblem
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button, label, restyled

NARROW_PX, WIDE_PX = 920, 1140
LONG = 150  # characters that the list shows of a message on a small screen


class ProblemsPage(QWidget):
    """The list. ``cell_asked(Problem)`` when somebody wants to see the cell that a problem is about."""

    cell_asked = Signal(object)

    def __init__(self, session: Session, choose: Choose = choose_save) -> None:
        super().__init__()
        self._session = session
        self._choose = choose
        self.saving = Saving(session.desk, self, self._choose_path)
        self.saving.said.connect(self._say)
        self._problems: list[NumberedProblem] = []
        self.model: TableModel[NumberedProblem] = TableModel(PROBLEM_COLUMNS, self)
        self.table = TableView(self.model, "Problems of the file", lines=2)
        self.table.row_opened.connect(lambda number: self._ask(self._problems[number].problem))
        self.table.row_chosen.connect(lambda _number: self._show_whole())
        self.whole = label("", wrap=True)
        self.told = label("", "muted", wrap=True)
        self._empty = label("Every cell of this file could be read.", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(px(8), px(24), 0, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(8), px(20), px(8))
        column.setSpacing(px(8))
        column.addLayout(self._top())
        column.addWidget(self._stack, 1)
        column.addWidget(self.whole)
        column.addWidget(self.told)

    def _top(self) -> QBoxLayout:
        self.filter_line = FilterLine()
        self.filter_line.left.connect(self.take_focus)
        self.filter_line.setPlaceholderText("Filter problems")
        self.filter_line.setAccessibleName("Filter problems")
        self.filter_line.setClearButtonEnabled(True)
        self.filter_line.textChanged.connect(self._on_filter)
        self.errors = button("Only what was left out", self._show, "chip")
        self.errors.setCheckable(True)
        self.see = button("Show the cell", self._on_see)
        self.see.setToolTip("Enter, in the list")
        self.copy = button("Copy the list", self._on_copy)
        self.save = button("Save as a workbook", self._on_save)
        self.annotated = button(SAVE_ANNOTATED, self._on_annotated)
        self.annotated.setToolTip("The owner's own workbook, with every problem marked on its cell")
        self._deeds = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._deeds.setSpacing(px(8))
        for some in ((self.errors, self.see, self.copy), (self.save, self.annotated)):
            line = QHBoxLayout()
            line.setSpacing(px(8))
            for made in some:
                line.addWidget(made)
            self._deeds.addLayout(line)
        self._top_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top_row.setSpacing(px(8))
        self._top_row.addWidget(self.filter_line, 1)
        self._top_row.addLayout(self._deeds)
        return self._top_row

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._top_row.setDirection(down if self.width() < px(WIDE_PX) else across)
        self._deeds.setDirection(down if self.width() < px(NARROW_PX) else across)

    def show_comparison(self, compared: Compared) -> None:
        """Show the problems as they stand now."""
        self._problems = [NumberedProblem(at, each) for at, each in enumerate(compared.plan.problems)]
        self._say("Enter shows the cell; Esc there comes back. F4 goes on to the next problem.")
        self._show()

    def step(self, by: int) -> Problem | None:
        """Choose the next problem of those shown, or with -1 the one before; at either end it goes round."""
        count = self.model.rowCount()
        if not count:
            return None
        chosen = self.table.chosen()
        at = None if chosen is None else self.model.position_of(chosen)
        following = (0 if by > 0 else count - 1) if at is None else (at + by) % count
        self.table.choose(self.model.id_at(following))
        return self.model.row_at(following).problem

    def take_focus(self) -> None:
        """Put the keyboard in the list, on its first problem where none is chosen."""
        self.table.setFocus()
        self.table.choose_first()

    def step_back(self) -> bool:
        """Leave the filter for the list, False where there is nothing to leave."""
        was_filtered = bool(self.filter_line.text()) or self.filter_line.hasFocus()
        if was_filtered:
            self.filter_line.clear()
            self.take_focus()
        return was_filtered

    def _show(self) -> None:
        only = self.errors.isChecked()
        shown = [row for row in self._problems if not only or row.problem.level is ProblemLevel.ERROR]
        self.model.set_source(RowsInHand(PROBLEM_COLUMNS, shown, lambda row: row.number))
        self._count()

    def _on_filter(self, text: str) -> None:
        self.model.filter(text)
        self._count()

    def _count(self) -> None:
        any_shown = bool(self.model.rowCount())
        self._stack.setCurrentWidget(self.table if any_shown else self._empty)
        told = "No problem fits this filter." if self._problems else "Every cell of this file could be read."
        self._empty.setText(told)
        for made in (self.see, self.copy, self.save):
            made.setEnabled(any_shown)
        self.annotated.setEnabled(bool(self._problems))
        self._show_whole()

    def _show_whole(self) -> None:
        row = self.table.chosen_row()
        self.whole.setText(self._whole_words(row.problem) if row else "")
        self.whole.setVisible(bool(self.whole.text()))

    def _whole_words(self, problem: Problem) -> str:
        """Return what the cell of a problem says, and the message where the list has no room for all of it."""
        place = cell_place(problem.cell)
        sheets = {sheet.name: sheet for sheet in self._session.plan.file.grid.sheets}
        says = cell_words(sheets[problem.sheet], place) if place and problem.sheet in sheets else ""
        return "\n".join(words for words in (says, problem.message if len(problem.message) > LONG else "") if words)

    def _ask(self, problem: Problem) -> None:
        self.cell_asked.emit(problem)

    def _on_see(self) -> None:
        self.table.choose_first()
        row = self.table.chosen_row()
        if row is not None:
            self._ask(row.problem)

    def _shown(self) -> list[Problem]:
        return [self.model.row_at(at).problem for at in range(self.model.rowCount())]

    def _on_copy(self) -> None:
        shown = self._shown()
        lines = ["\t".join((each.sheet, each.cell, LEVELS[each.level], each.message)) for each in shown]
        copy_briefly("\n".join([self._session.plan.file.name, *lines]))
        self._say(f"{counted(len(shown), 'problem')} copied; the clipboard forgets them after half a minute.")

    def _on_save(self) -> None:
        """Save the problems that are shown, all of them words of the file's own."""
        file, shown, store = self._session.plan.file, self._shown(), self._session.desk.store

        def write(path: Path) -> None:
            from csp_desktop.reports.files import replace_file

            replace_file(path, problems_workbook(file.grid, shown, profile(store).default_marking.value))

        told = f"{counted(len(shown), 'problem')} saved as {{}}."
        self.saving.save(Wanted("Save the problems", f"{stem_of(file.name)} to check", ".xlsx", write, told))

    def _choose_path(self, parent: QWidget, title: str, suggested: str, kind: str) -> Path | None:
        return self._choose(parent, title, suggested, kind)

    def _on_annotated(self) -> None:
        self.saving.save_annotated(self._session.plan)

    def _say(self, words: str, kind: str = "muted") -> None:
        self.told.setText(words)
        self.told.setProperty("kind", kind)
        restyled(self.told)
