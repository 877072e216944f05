"""The columns of a register's file: what each heading was taken for, and the list to say otherwise."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

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
        self._sure: dict[tuple[str, str], QLabel] = {}
        self._headings: list[tuple[object, ...]] = []
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
        """Show how the file's columns are read now; lists that stand already stay, and the keyboard with them."""
        self._wide = plan.wide
        headings = [(sheet.name, sheet.header_row, *(each.heading for each in sheet.columns)) for sheet in plan.sheets]
        if headings != self._headings:
            self._headings = headings
            self._lay_out(form_of(plan.request.register), plan.sheets)
        for sheet in plan.sheets:
            for column in sheet.columns:
                self._settle(sheet.name, column)

    def _lay_out(self, form: Form, sheets: Sequence[SheetRead]) -> None:
        self.choices, self._sure = {}, {}
        emptied(self._column)
        for sheet in sheets:
            self._column.addWidget(label(f"{sheet.name}, headings in row {sheet.header_row}", "section"))
            self._column.addLayout(self._grid(form, sheet))

    def _settle(self, sheet: str, column: ColumnRead) -> None:
        """Show what one column was taken for."""
        choice = self.choices[sheet, column.heading]
        field, headings = self._wide.get(sheet, ("", ()))
        choice.setItemText(0, OF_ITS_OWN.get(field, NOT_READ) if column.heading in headings else NOT_READ)
        choice.setCurrentIndex(max(choice.findData(column.field), 0))
        self._sure[sheet, column.heading].setText("" if column.is_sure else "a guess: please check")

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
        choice.addItem(NOT_READ, "")
        for field in form.fields:
            choice.addItem(field.label, field.name)
        choice.activated.connect(partial(self._on_meant, sheet, column.heading))
        self.choices[sheet, column.heading] = choice
        self._sure[sheet, column.heading] = label("", "warning")
        grid.addWidget(label(column.letters, "muted"), at, 0)
        grid.addWidget(label(column.heading, wrap=True), at, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(choice, at, 2)
        grid.addWidget(self._sure[sheet, column.heading], at, 3)

    def _on_meant(self, sheet: str, heading: str, at: int) -> None:
        self.meant.emit(sheet, heading, self.choices[sheet, heading].itemData(at))
