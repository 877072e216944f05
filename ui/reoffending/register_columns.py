"""The columns of a register's file: what each heading was taken for, and the list to say otherwise."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from csp_desktop.imports.registers.headings import ColumnRead, SheetRead
from csp_desktop.imports.registers.register_plan import RegisterPlan
from csp_desktop.registers.forms import Form, form_of
from ui.forms.controls import ChoiceBox
from ui.theme import px
from ui.widgets import emptied, label

NOT_READ = "not read"
OF_ITS_OWN = {"outputs": "an output of its own", "value": "a figure of its own"}
CHOICE_PX = 260


class RegisterColumns(QWidget):
    """Every sheet's columns. ``meant(sheet, heading, field)`` when somebody says what a column is, "" for nothing."""

    meant = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[tuple[str, str], ChoiceBox] = {}
        self._shown: tuple[SheetRead, ...] = ()
        self._wide: Mapping[str, tuple[str, tuple[str, ...]]] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(20), px(8), px(20), px(8))
        outer.addWidget(
            label("What is settled here is remembered for the next file with these headings.", "muted", wrap=True)
        )
        self._column = QVBoxLayout()
        self._column.setSpacing(px(10))
        outer.addLayout(self._column)
        outer.addStretch(1)

    def show_plan(self, plan: RegisterPlan) -> None:
        """Show how the file's columns are read now."""
        if plan.sheets == self._shown:
            return
        at = self.window().focusWidget()  # also while another window is the active one
        held = next((key for key, choice in self.choices.items() if choice is at), None)
        self._shown, self._wide = plan.sheets, plan.wide
        self.choices = {}
        emptied(self._column)
        form = form_of(plan.request.register)
        for sheet in plan.sheets:
            self._column.addWidget(label(f"{sheet.name}, headings in row {sheet.header_row}", "section"))
            self._column.addLayout(self._grid(form, sheet))
        if held in self.choices:
            self.choices[held].setFocus()

    def _grid(self, form: Form, sheet: SheetRead) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(3, 1)
        for at, words in enumerate(("Column", "Heading in the file", "This column is")):
            grid.addWidget(label(words, "muted"), 0, at)
        for at, column in enumerate(sheet.columns, start=1):
            self._row(grid, at, (form, sheet.name), column)
        return grid

    def _row(self, grid: QGridLayout, at: int, of: tuple[Form, str], column: ColumnRead) -> None:
        form, sheet = of
        choice = ChoiceBox()
        choice.setFixedWidth(px(CHOICE_PX))
        choice.setAccessibleName(f"What “{column.heading}” is")
        names = ["", *(field.name for field in form.fields)]
        field, headings = self._wide.get(sheet, ("", ()))
        unread = OF_ITS_OWN.get(field, NOT_READ) if column.heading in headings else NOT_READ
        choice.addItems([unread, *(field.label for field in form.fields)])
        choice.setCurrentIndex(names.index(column.field) if column.field in names else 0)
        choice.activated.connect(partial(self._on_meant, sheet, column.heading, names))
        self.choices[sheet, column.heading] = choice
        sure = "" if column.is_sure else "a guess: please check"
        grid.addWidget(label(column.letters, "muted"), at, 0)
        grid.addWidget(label(column.heading, wrap=True), at, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(choice, at, 2)
        grid.addWidget(label(sure, "warning"), at, 3)

    def _on_meant(self, sheet: str, heading: str, names: Sequence[str], at: int) -> None:
        self.meant.emit(sheet, heading, names[at])
