"""Every problem of a file in one list, with its sheet and cell: to filter, to go to, to send back to the owner."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from models.vocabulary import ProblemLevel
from ui.clipboard import copy_briefly
from ui.review.session import Compared
from ui.review.words import LEVELS, counted
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.review import PROBLEM_COLUMNS, NumberedProblem
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import button, label


class ProblemsPage(QWidget):
    """The list. ``row_asked(sheet, row)`` when somebody wants to see a problem's row."""

    row_asked = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._problems: list[NumberedProblem] = []
        self.model: TableModel[NumberedProblem] = TableModel(PROBLEM_COLUMNS, self)
        self.table = TableView(self.model, "Problems of the file", lines=2)
        self.table.row_opened.connect(self._on_opened)
        self._told = label("", "muted")
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
        column.addWidget(self._told)

    def _top(self) -> QHBoxLayout:
        self.filter_line = QLineEdit()
        self.filter_line.setPlaceholderText("Filter problems")
        self.filter_line.setAccessibleName("Filter problems")
        self.filter_line.setClearButtonEnabled(True)
        self.filter_line.textChanged.connect(self.model.filter)
        self.errors = button("Only what was left out", self._show, "chip")
        self.errors.setCheckable(True)
        self.copy = button("Copy the list", self._on_copy)
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.filter_line, 1)
        top.addWidget(self.errors)
        top.addWidget(self.copy)
        return top

    def show_comparison(self, compared: Compared) -> None:
        """Show the problems as they stand now."""
        self._name = compared.plan.file.name
        self._problems = [NumberedProblem(at, each) for at, each in enumerate(compared.plan.problems)]
        self._told.setText("Enter shows the row of a problem.")
        self._show()

    def _show(self) -> None:
        only = self.errors.isChecked()
        shown = [row for row in self._problems if not only or row.problem.level is ProblemLevel.ERROR]
        self.model.set_source(RowsInHand(PROBLEM_COLUMNS, shown, lambda row: row.number))
        self._stack.setCurrentWidget(self.table if shown else self._empty)

    def _on_opened(self, number: int) -> None:
        problem = self._problems[number].problem
        digits = "".join(letter for letter in problem.cell if letter.isdigit())
        if digits:
            self.row_asked.emit(problem.sheet, int(digits))

    def _on_copy(self) -> None:
        shown = [self.model.row_at(at).problem for at in range(self.model.rowCount())]
        lines = ["\t".join((each.sheet, each.cell, LEVELS[each.level], each.message)) for each in shown]
        copy_briefly("\n".join([self._name, *lines]))
        self._told.setText(f"{counted(len(shown), 'problem')} copied; the clipboard forgets them after half a minute.")

    def take_focus(self) -> None:
        """Put the keyboard in the list."""
        self.table.setFocus()
