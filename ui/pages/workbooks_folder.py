"""A folder of returns: what each file is, who has not answered, and bringing in what needs nobody to look at it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from csp_desktop.errors import CspError
from csp_desktop.imports.applying import Applied
from csp_desktop.imports.folder import (
    Finding,
    FolderFile,
    bring_in_certain,
    brought_in,
    contents_of,
    look_through,
    still_out,
)
from csp_desktop.imports.reading.refusals import printable_name
from csp_desktop.queries.chasing import WorkbookRow
from csp_desktop.undo import UndoOutcome
from ui.desk import Desk
from ui.dialogs.import_review import ImportReview
from ui.flow import Flow
from ui.forms.words import shown_date
from ui.pages.imports import read_for_review
from ui.pages.workbooks_making import heard
from ui.pages.workbooks_pane import standing_line
from ui.review.session import Compared, Refused, attempted
from ui.review.words import counted
from ui.tables.columns import RowsInHand
from ui.tables.model import TableModel
from ui.tables.workbooks import FINDINGS, FOLDER_COLUMNS, FolderLine, MarkedView
from ui.tasks import Progress, Task
from ui.theme import px
from ui.widgets import button, emptied, label, scrolling

MOST_NAMED = 12
NO_FILES = "There is no spreadsheet in {where}. Save the workbooks that came back in one folder, and choose that."
OF_NO_USE = "It stays out: nothing of it can be brought in. What the sentence says is what to do about it."
LOOK = "Look through it and settle what is asked; then bring it in."
AS_IT_IS = "Nothing of it needs anybody to look: “Bring in what is certain” takes it as it is."
TAKEN_BACK = "It was taken back. Open it again to bring it in after all."


@dataclass(frozen=True, slots=True)
class Looked:
    """Files that were looked at: where they lie, what each is, the names of others there, and how many were to be."""

    where: str
    files: tuple[FolderFile, ...]
    others: tuple[str, ...]
    wanted: int


class FolderRoom(QWidget):
    """The list of a folder's files. ``chosen()`` when another row is, ``told(sentence)`` of what was done.

    ``opened()`` is for the pane of a file that has no review; ``shown()`` once a folder was looked through,
    ``changed()`` when something else has become of a file.
    """

    chosen = Signal()
    opened = Signal()
    shown = Signal()
    changed = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._paths: tuple[Path, ...] = ()
        self._files: list[FolderFile] = []
        self._reading: Task | None = None
        self.review: ImportReview | None = None
        self.heading = label("", "section", wrap=True)
        self.words = label("", wrap=True)
        self.out = label("", "muted", wrap=True)
        self.model: TableModel[FolderLine] = TableModel(FOLDER_COLUMNS, self)
        self.table: MarkedView[FolderLine] = MarkedView(
            self.model, "Files of the folder", {"finding": lambda line: line.look}, lines=2
        )
        self.table.row_chosen.connect(lambda _id: self.chosen.emit())
        self.table.row_opened.connect(lambda _id: self.open_chosen())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.heading)
        column.addWidget(self.words)
        column.addLayout(self._bar())
        column.addWidget(self.table, 1)
        column.addWidget(self.out)

    def _bar(self) -> Flow:
        row = Flow(px(8))
        self.certain_button = button("Bring in what is certain", self.bring_in, "primary")
        self.again_button = button("Look again", self.look_again)
        row.addWidget(self.certain_button)
        row.addWidget(self.again_button)
        return row

    @property
    def is_empty(self) -> bool:
        """Say whether no folder was looked through yet."""
        return not self._files

    def look(self, paths: Sequence[Path]) -> None:
        """Look through a folder, or files, and list what each is; after a cancel, those that were looked at."""
        store, today, wanted = self._desk.store, self._desk.today(), tuple(paths)

        def work(progress: Progress) -> Looked:
            found = [contents_of(path) for path in wanted if path.is_dir()]
            files = dict.fromkeys(path for path in wanted if not path.is_dir())
            files |= dict.fromkeys(path for each in found for path in each.spreadsheets)
            looked = look_through(store, tuple(files), today, heard(progress), progress.is_cancelled)
            others = tuple(name for each in found for name in each.others)
            return Looked(_where(wanted), looked, others, len(files))

        self._desk.tasks.run("Looking through the folder", work, partial(self._on_looked, wanted))

    def look_again(self) -> None:
        """Look through the same folder once more: more may have come back."""
        self.look(self._paths)

    def _on_looked(self, paths: tuple[Path, ...], looked: Looked) -> None:
        if not looked.wanted:
            raise CspError(NO_FILES.format(where=looked.where))
        self._paths = paths
        self._files = list(looked.files)
        count = counted(looked.wanted, "file")
        self.heading.setText(f"{looked.where}: {count}")
        parts = []
        if len(looked.files) < looked.wanted:
            parts.append(f"Stopped: only the first {len(looked.files):,} were looked at.")
        if looked.others:
            parts.append(f"Not looked at, because they are no spreadsheets: {_named(looked.others)}.")
        self.words.setText(" ".join(parts))
        self.words.setVisible(bool(parts))
        self._fill()
        self.table.choose(None)
        self.shown.emit()
        self.table.choose_first()
        self.table.setFocus()

    def _fill(self) -> None:
        lines = [FolderLine(at, file) for at, file in enumerate(self._files)]
        self.model.set_source(RowsInHand(FOLDER_COLUMNS, lines, lambda line: line.id))
        certain = sum(file.is_certain for file in self._files)
        self.certain_button.setText(
            f"Bring in what is certain ({certain:,})" if certain else "Bring in what is certain"
        )
        self.certain_button.setEnabled(bool(certain))
        self.reread()
        self.changed.emit()

    def reread(self) -> None:
        """Say anew who has not answered."""
        if self._files:
            here = {file.key for file in self._files if file.finding is not Finding.REFUSED}
            self.out.setText(out_words(still_out(self._desk.store, here)))

    def counts(self) -> str:
        """Return what the status line says."""
        certain = sum(file.is_certain for file in self._files)
        there = sum(file.finding is Finding.BROUGHT_IN for file in self._files)
        refused = sum(file.finding is Finding.REFUSED for file in self._files)
        rest = len(self._files) - certain - there - refused
        parts = ((there, "brought in"), (certain, "certain"), (rest, "to look at"), (refused, "refused"))
        return ", ".join((counted(len(self._files), "file"), *(f"{count:,} {said}" for count, said in parts if count)))

    def chosen_file(self) -> FolderFile | None:
        """Return the file that is chosen."""
        line = self.table.chosen_row()
        return None if line is None else line.file

    def bring_in(self) -> None:
        """Bring in every file that is certain; the others wait for somebody to look at them."""
        store, today, files = self._desk.store, self._desk.today(), tuple(self._files)

        def work(progress: Progress) -> tuple[FolderFile, ...]:
            return bring_in_certain(store, files, today, heard(progress), progress.is_cancelled)

        self._desk.tasks.run("Bringing in what is certain", work, self._on_brought_in)

    def _on_brought_in(self, files: tuple[FolderFile, ...]) -> None:
        before = sum(file.finding is Finding.BROUGHT_IN for file in self._files)
        self._files = list(files)
        self._fill()
        done = sum(file.finding is Finding.BROUGHT_IN for file in files) - before
        waiting = [file for file in files if file.finding is not Finding.BROUGHT_IN]
        left = f" {counted(len(waiting), 'file')} left for you to look at." if waiting else ""
        self.told.emit(f"{counted(done, 'workbook')} brought in.{left}")
        self.chosen.emit()
        self.table.setFocus()

    def open_chosen(self) -> None:
        """Open the chosen file in the review; of one that is refused there is only its sentence to read."""
        file = self.chosen_file()
        if file is None or self.review is not None or self._reading is not None:
            return
        if file.finding is Finding.REFUSED:
            self.opened.emit()
            return
        work = attempted(partial(read_for_review, self._desk, file.path))
        self._reading = self._desk.tasks.run(f"Reading {file.name}", work, partial(self._on_read, file.path))
        self._desk.tasks.ended.connect(self._on_ended)

    def _on_ended(self, task: Task) -> None:
        if task is self._reading:
            self._reading = None
            self._desk.tasks.ended.disconnect(self._on_ended)

    def _on_read(self, path: Path, read: Compared | Refused) -> None:
        if isinstance(read, Refused):
            self._put(path, lambda file: replace(file, finding=Finding.REFUSED, refusal=read.sentence))
            return
        self.review = ImportReview(self._desk, read, self.window())
        self.review.brought_in.connect(partial(self._on_reviewed, path))
        self.review.session.taken_back.connect(partial(self._on_taken_back, path))
        self.review.finished.connect(self._on_review_closed)
        self.review.open()

    def _on_reviewed(self, path: Path, applied: Applied) -> None:
        self._put(path, lambda file: brought_in(file, applied))

    def _on_taken_back(self, path: Path, _outcome: UndoOutcome) -> None:
        self._put(path, lambda file: replace(file, finding=Finding.QUESTIONS, brings=TAKEN_BACK, import_id=None))

    def _on_review_closed(self) -> None:
        review, self.review = self.review, None
        if review is not None:
            review.deleteLater()
        self.table.setFocus()

    def _put(self, path: Path, become: Callable[[FolderFile], FolderFile]) -> None:
        """Show what has become of one file."""
        self._files = [become(file) if file.path == path else file for file in self._files]
        self._fill()
        self.chosen.emit()


class FilePane(QWidget):
    """One file of the folder: what it is, why, and what to do. ``review_asked()`` to open it in the review."""

    review_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        inside.setProperty("zone", "inside")
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(px(20), px(14), px(16), px(16))
        self._body.setSpacing(px(6))
        self.foot = QFrame()
        self.foot.setProperty("zone", "foot")
        row = Flow(px(8), self.foot)
        row.setContentsMargins(px(20), px(10), px(16), px(10))
        self.review_button = button("Open in the review", self.review_asked.emit)
        row.addWidget(self.review_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolling(inside, "Details of the file", sideways=False), 1)
        column.addWidget(self.foot)

    def show_file(self, file: FolderFile) -> None:
        """Show a file."""
        emptied(self._body)
        look = FINDINGS[file.finding]
        self._body.addWidget(label(file.name, "section", wrap=True))
        if file.whose:
            self._body.addWidget(label(file.whose, wrap=True))
        self._body.addLayout(standing_line(look, look.words))
        if file.refusal:
            self._body.addWidget(label(file.refusal, wrap=True))
        else:
            for sentence in file.to_ask:
                self._body.addWidget(label(sentence, wrap=True))
            self._body.addWidget(label(file.brings, wrap=True))
        for sentence in file.notes:
            self._body.addWidget(label(sentence, "muted", wrap=True))
        advice = _advice(file)
        if advice:
            self._body.addSpacing(px(4))
            self._body.addWidget(label(advice, "muted", wrap=True))
        self._body.addStretch()
        self.foot.setVisible(file.finding not in {Finding.REFUSED, Finding.BROUGHT_IN})

    def focus_first(self) -> None:
        """Put the keyboard on what can be done."""
        if not self.foot.isHidden():
            self.review_button.setFocus()


def _advice(file: FolderFile) -> str:
    if file.finding is Finding.REFUSED:
        return OF_NO_USE
    if file.finding is Finding.BROUGHT_IN:
        return ""
    return AS_IT_IS if file.is_certain else LOOK


def _where(paths: Sequence[Path]) -> str:
    """Return how the place of some files is called: the folder's name, or that of the first file's."""
    folder = paths[0] if len(paths) == 1 or paths[0].is_dir() else paths[0].parent
    return printable_name(folder.name) or str(folder)


def _named(names: Sequence[str]) -> str:
    listed = ", ".join(names[:MOST_NAMED])
    return listed + (f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else "")


def out_words(rows: Sequence[WorkbookRow]) -> str:
    """Say whose workbooks have not come back, those wanted first at the front."""
    if not rows:
        return "Every workbook that was sent to an owner has come back."
    names = [f"{row.owner} ({shown_date(row.wanted_back)})" for row in rows]
    return f"Not back yet, with the day each is wanted: {_named(names)}."
