"""The views of the page of workbooks: owners, all that was sent, a folder of returns, and the chase list."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.queries.chasing import WorkbookStanding
from ui.desk import Desk
from ui.flow import Flow
from ui.pages.workbooks_chase import ChaseList, Save
from ui.pages.workbooks_folder import FolderRoom
from ui.pages.workbooks_owners import OwnersList
from ui.pages.workbooks_reading import PlanRead
from ui.remembered import Remembered
from ui.review.words import counted
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.owners import OwnerLine
from ui.tables.view import TableView
from ui.tables.workbooks import SENT_COLUMNS, MarkedView, SentLine, sent_lines
from ui.theme import px
from ui.widgets import button, label

OWNERS, SENT, FOLDER = "Owners", "All sent", "Folder"
NARROW_PX = 430
COUNTED = {
    WorkbookStanding.OVERDUE_TO_COME_BACK: "late",
    WorkbookStanding.CAME_BACK_WITH_QUESTIONS: "with questions",
}  # short, for the status line holds the window as wide as its words
NOBODY = (
    "Here stand the owners: whoever leads actions of this plan, with what is due of them and how their workbook "
    "stands. Nobody leads one yet. Say on the Plan page who leads, or bring in an owner's workbook."
)
NONE_SENT = (
    "Every workbook that was sent stands here, those for a theme or the whole plan too, and when it came back. None "
    "was sent yet: make the first ones."
)
NO_PLAN = "This store has no open plan, so there is nobody to ask for an update."


class WorkbookViews(QWidget):
    """Shows one view at a time, chosen by its chip. The chase list takes the place of whichever was shown.

    ``shown()`` when another is, ``chosen()`` when another row is, ``folder_asked()``, ``chase_asked()``, and
    ``make_asked()`` or ``plan_asked()`` for the first step where there is nothing to show yet.
    """

    shown = Signal()
    chosen = Signal()
    folder_asked = Signal()
    chase_asked = Signal()
    make_asked = Signal()
    plan_asked = Signal()

    def __init__(self, desk: Desk, save: Callable[[], Save]) -> None:
        super().__init__()
        self._read: PlanRead | None = None
        self.view = OWNERS
        self.owners = OwnersList()
        self.folder = FolderRoom(desk)
        self.chase = ChaseList(desk, save)
        self.sent_model: TableModel[SentLine] = TableModel(SENT_COLUMNS, self)
        self.sent: MarkedView[SentLine] = MarkedView(
            self.sent_model, "Workbooks sent", {"standing": lambda line: line.look}
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._bar())
        column.addWidget(self._middle(), 1)
        self._connect(desk.remembered)

    def _bar(self) -> QWidget:
        flow = Flow(px(8))
        group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        for name in (OWNERS, SENT, FOLDER):
            chip = button(name, partial(self.show_view, name), "chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self.chips[name] = chip
            flow.addWidget(chip)
        self.chips[OWNERS].setChecked(True)
        self.chips[FOLDER].hide()
        self.folder_button = button("Bring back a folder", self.folder_asked.emit)
        self.chase_button = button("Print the chase list", self.chase_asked.emit)
        self.chase_button.setToolTip("Ctrl+P")
        flow.addWidget(self.folder_button)
        flow.addWidget(self.chase_button)
        self.bar = QWidget()
        self._row = QHBoxLayout(self.bar)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(flow, 7)
        return self.bar

    def add_filter(self, line: QLineEdit) -> None:
        """Put the page's filter line beside the chips."""
        self._row.addWidget(line, 3)

    def _middle(self) -> QWidget:
        self._empty = QWidget()
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(0, px(24), 0, 0)
        column.setSpacing(px(12))
        self.empty_words = label("", wrap=True)
        self.empty_words.setMaximumWidth(px(560))
        self.first_step = button("", self._on_first_step)
        column.addWidget(self.empty_words)
        column.addWidget(self.first_step, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self._stack = QStackedWidget()
        for each in (self.owners, self.sent, self.folder, self.chase, self._empty):
            self._stack.addWidget(each)
        return self._stack

    def _connect(self, remembered: Remembered) -> None:
        self._watch(remembered, self.owners.table, "owners")
        self._watch(remembered, self.sent, "workbooks")
        self._watch(remembered, self.folder.table, "returns")
        self.owners.plan_asked.connect(self.plan_asked)
        self.folder.chosen.connect(self.chosen)
        self.folder.shown.connect(partial(self.show_view, FOLDER))
        self.chase.left.connect(self.go_back)

    def _watch(self, remembered: Remembered, table: TableView[Any], name: str) -> None:
        """Remember how wide a person sets a table's columns, and tell when they choose another row."""
        table.set_widths(remembered.widths(name))
        table.widths_changed.connect(lambda: remembered.keep_widths(name, table.widths()))
        table.row_chosen.connect(lambda _id: self.chosen.emit())

    def show_plan(self, found: PlanRead | None) -> None:
        """Show what was read, in the view that is shown; None where there is no open plan."""
        self._read = found
        if found is not None:
            self.owners.show_chase(found.chase)
            lines = sent_lines(found.sent, found.today)
            self.sent_model.set_source(RowsInHand(SENT_COLUMNS, lines, lambda line: line.row.export_id))
            for name, count in ((OWNERS, len(found.chase.owners)), (SENT, len(found.sent))):
                self.chips[name].setText(f"{name} {count:,}" if count else name)
            self.folder.reread()
        if self.is_chase_shown and found is not None:
            self.chase.show_plan(found.plan.key)
        else:
            self._show()

    def show_view(self, name: str) -> None:
        """Show the owners, everything that was sent, or the folder that was looked through."""
        self.view = name
        self.chips[name].setChecked(True)
        self.chips[FOLDER].setVisible(not self.folder.is_empty)
        self._show()
        self.shown.emit()

    def show_chase(self) -> None:
        """Show the chase list in the place of the view, as it stands today."""
        if self._read is not None:
            self.bar.hide()  # the paper needs the room, and there is one way back
            self._stack.setCurrentWidget(self.chase)
            self.chase.show_plan(self._read.plan.key)
            self.shown.emit()

    def go_back(self) -> bool:
        """Go back from the chase list to the view, from any other view to the owners; False where they are shown."""
        if not self.is_chase_shown and self.view == OWNERS:
            return False
        self.show_view(self.view if self.is_chase_shown else OWNERS)
        self.take_focus()
        return True

    def _show(self) -> None:
        self.bar.show()
        told, step = self._nothing()
        self.empty_words.setText(told)
        self.first_step.setText(step)
        self.first_step.setVisible(bool(step))
        view = {OWNERS: self.owners, SENT: self.sent, FOLDER: self.folder}[self.view]
        self._stack.setCurrentWidget(self._empty if told else view)
        self.chase_button.setEnabled(self.has_owners)
        self._fit()

    def _fit(self) -> None:
        """Leave a narrow list of files the room that what is not about it would take."""
        is_shown = self.view != FOLDER or self.width() >= px(NARROW_PX)
        self.folder_button.setVisible(is_shown)
        self.chase_button.setVisible(is_shown)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def has_owners(self) -> bool:
        """Say whether there is anybody to ask."""
        return self._read is not None and bool(self._read.chase.owners)

    @property
    def is_chase_shown(self) -> bool:
        """Say whether the chase list is in the place of the view."""
        return self._stack.currentWidget() is self.chase

    def _nothing(self) -> tuple[str, str]:
        """Return what to say where there is nothing to show, and the first step to it."""
        if self.view == FOLDER:
            return "", ""
        if self._read is None:
            return NO_PLAN, ""
        if self.view == OWNERS:
            return ("", "") if self.has_owners else (NOBODY, "Go to the plan")
        return ("", "") if self._read.sent else (NONE_SENT, "Make workbooks" if self.has_owners else "")

    def _on_first_step(self) -> None:
        (self.make_asked if self.has_owners else self.plan_asked).emit()

    def filter(self, text: str) -> None:
        """Show only what holds these words, in every view."""
        for model in (self.owners.model, self.sent_model, self.folder.model):
            model.filter(text)

    def counts(self) -> str:
        """Return what the status line says."""
        if self.view == FOLDER and not self.is_chase_shown:
            return self.folder.counts()
        owners = self._read.chase.owners if self._read is not None else ()
        parts = [counted(len(owners), "owner")]
        for standing, said in COUNTED.items():
            count = sum(owner.standing is standing for owner in owners)
            if count:
                parts.append(f"{count:,} {said}")
        return ", ".join(parts)

    def table(self) -> TableView[Any]:
        """Return the table of the view."""
        tables: dict[str, TableView[Any]] = {OWNERS: self.owners.table, SENT: self.sent, FOLDER: self.folder.table}
        return tables[self.view]

    def owner(self) -> OwnerLine | None:
        """Return the owner that is chosen, None in another view."""
        return self.owners.table.chosen_row() if self.view == OWNERS else None

    def sent_line(self) -> SentLine | None:
        """Return the workbook that is chosen among all that were sent, None in another view."""
        return self.sent.chosen_row() if self.view == SENT else None

    def take_focus(self) -> None:
        """Put the keyboard where work in this view begins."""
        if self._stack.currentWidget() is self._empty:
            (self.first_step if not self.first_step.isHidden() else self.folder_button).setFocus()
        elif self.is_chase_shown:
            self.chase.back_button.setFocus()
        else:
            self.table().setFocus()
