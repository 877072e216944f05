"""Imports: bring a workbook in, see what came in before, and take an import back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.commands.imports import undo_import
from csp_desktop.errors import CspError
from csp_desktop.imports.applying import Applied
from csp_desktop.imports.folder import contents_of, workbook_of
from csp_desktop.imports.reading.refusals import printable_name
from csp_desktop.imports.reviewing import first_look
from csp_desktop.imports.running import open_source
from csp_desktop.queries.records import ImportRow, list_imports
from csp_desktop.undo import UndoOutcome
from ui.desk import Desk
from ui.dialogs.import_review import ImportReview
from ui.files import choose_workbooks
from ui.pages.import_pane import ImportPane
from ui.pages.page import Page
from ui.review.session import Compared, Refused, attempted, compared
from ui.review.words import counted, taken_back_words
from ui.tables.columns import RowsInHand
from ui.tables.imports import IMPORT_COLUMNS
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.tasks import Cancelled, Progress, Task
from ui.theme import px
from ui.widgets import button, label

EMPTY = (
    "Nothing has been brought in yet. Bring in an owner's workbook as it is: the program finds its headings, shows "
    "what is new and what changes, and changes nothing until you say so. You can also drop the file on this window, "
    "or a folder of them."
)
NARROW_PX = 460
SEVERAL = "workbooks"  # the place that lists several files before any is looked through


def read_for_review(desk: Desk, path: Path, progress: Progress) -> Compared:
    """Read and compare a file, in the worker; cancelling ends the reader."""

    def stopped() -> bool:
        if progress.is_cancelled():
            raise Cancelled
        return False

    source = open_source(path, progress, stopped)
    progress(0, 0, f"Comparing {path.name}")
    return compared(desk.store, first_look(desk.store, source, desk.today()))


class ImportsPage(Page):
    """The import log, newest first. ``review`` is the file under review, None where there is none."""

    def __init__(self, desk: Desk, choose: Callable[[QWidget], tuple[Path, ...]] = choose_workbooks) -> None:
        super().__init__(desk, "Imports")
        self._choose = choose
        self._waiting: list[Path] = []
        self._taken_back: dict[int, str] = {}
        self._reading: Task | None = None
        self.review: ImportReview | None = None
        self.pane = ImportPane()
        desk.tasks.ended.connect(self._on_ended)
        self._filter = self.add_filter("Filter imports", self._on_filter)
        self.head.addWidget(self._filter, 1)
        self.bring_button = button("Bring in a workbook", self.choose, "primary")
        self.bring_button.setToolTip("Ctrl+I")
        self.head.addWidget(self.bring_button)
        self.model: TableModel[ImportRow] = TableModel(IMPORT_COLUMNS, self)
        self.table = TableView(self.model, "Imports", lines=2)
        self.table.set_widths(desk.remembered.widths("imports"))
        self.table.widths_changed.connect(lambda: desk.remembered.keep_widths("imports", self.table.widths()))
        self.table.row_chosen.connect(lambda _row: self._show_pane())
        self.table.row_opened.connect(lambda _row: self.pane.focus_choice())
        self.pane.back_asked.connect(self._on_back_asked)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing())
        self.body.addWidget(self._stack, 1)

    def _nothing(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(0, px(24), 0, 0)
        column.setSpacing(px(12))
        told = label(EMPTY, wrap=True)
        told.setMaximumWidth(px(560))
        column.addWidget(told)
        column.addWidget(button("Choose a workbook", self.choose), alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return empty

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return least if self.head.indexOf(self._filter) < 0 else least - QSize(self._filter.minimumWidth(), 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the filter a line of its own where the head has no room for it."""
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW_PX)
        if narrow and self.head.indexOf(self._filter) >= 0:
            self.head.removeWidget(self._filter)
            self.body.insertWidget(1, self._filter)
        elif not narrow and self.head.indexOf(self._filter) < 0:
            self.body.removeWidget(self._filter)
            self.head.insertWidget(1, self._filter, 1)

    @override
    def reread(self) -> None:
        rows = list_imports(self.desk.store)
        self.model.set_source(RowsInHand(IMPORT_COLUMNS, rows, lambda row: row.id))
        self._stack.setCurrentIndex(0 if rows else 1)
        self.say_counts(counted(len(rows), "import") if rows else "")
        self._show_pane()

    @override
    def take_focus(self) -> None:
        (self.table if self.model.rowCount() else self.bring_button).setFocus()

    @override
    def step_back(self) -> bool:
        if self.table.chosen() is not None:
            self.table.choose(None)
            return True
        return super().step_back()

    @override
    def go_to(self, row_id: object) -> None:
        """Show one import; given paths, bring those files in, and given an empty tuple ask which."""
        if row_id == ():
            self.choose()
        elif isinstance(row_id, tuple):
            self.bring_in(tuple(path for path in row_id if isinstance(path, Path)))
        elif isinstance(row_id, int):
            self.table.choose(row_id)

    def choose(self) -> None:
        """Let a person choose files, and bring those in."""
        self.bring_in(self._choose(self))

    def bring_in(self, paths: tuple[Path, ...]) -> None:
        """Read a file and show it for review; several are listed first, on the page of workbooks.

        Raises CspError for a folder without a spreadsheet.
        """
        files = [file for path in paths for file in (contents_of(path).spreadsheets if path.is_dir() else (path,))]
        if paths and not files:
            raise CspError(f"There is no spreadsheet in “{printable_name(paths[0].name)}”. Choose another folder.")
        if len(files) > 1:
            self.went_to.emit(SEVERAL, paths)
            return
        self._waiting.extend(files)
        if self.review is None and self._reading is None:
            self._read_next()

    def _read_next(self) -> None:
        if self._waiting:
            path = self._waiting.pop(0)
            work = attempted(partial(read_for_review, self.desk, path))
            self._reading = self.desk.tasks.run(f"Reading {path.name}", work, self._on_read)

    def _on_ended(self, task: Task) -> None:
        if task is self._reading:
            self._reading = None
            if task.progress.is_cancelled():
                self._waiting.clear()

    def _on_read(self, read: Compared | Refused) -> None:
        if isinstance(read, Refused):
            self._read_next()
            raise CspError(read.sentence)
        self.review = ImportReview(self.desk, read, self.window())
        self.review.brought_in.connect(self._on_brought_in)
        self.review.finished.connect(self._on_review_closed)
        self.review.open()

    def _on_brought_in(self, applied: Applied) -> None:
        self.reread()
        if applied.import_id is not None:
            self.table.choose(applied.import_id)

    def _on_review_closed(self) -> None:
        review, self.review = self.review, None
        if review is not None:
            review.deleteLater()
        self.take_focus()
        self._read_next()

    def _on_filter(self, text: str) -> None:
        self.model.filter(text)

    def _show_pane(self) -> None:
        row = self.table.chosen_row()
        if row is None:
            self.pane_wanted.emit(None)
            return
        workbook = workbook_of(self.desk.store, row.step_id)
        self.pane.show_import(row, self._taken_back.get(row.id, ""), workbook)
        self.pane_wanted.emit(self.pane)

    def _on_back_asked(self, import_id: int) -> None:
        self.table.setFocus()  # the button that was pressed goes away

        def done(outcome: UndoOutcome) -> None:
            self._taken_back[import_id] = taken_back_words(outcome)
            self.reread()

        self.desk.tasks.run("Taking back", lambda _progress: undo_import(self.desk.store, import_id), done)
