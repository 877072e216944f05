"""The chase list as it will be on paper: previewed, printed, saved as a PDF or as a workbook that can be filtered."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csp_desktop.reports.kinds import ReportKind
from csp_desktop.reports.making import ReportRequest, build_report
from ui.desk import Desk
from ui.flow import Flow
from ui.forms.controls import TickBox
from ui.pages.report_making import Made, Paper, made, paper_of, workbook
from ui.pages.report_preview import ReportPreview
from ui.printing import Printing, PrintRun, ask_for_printer
from ui.review.session import Refused, attempted
from ui.tasks import Progress
from ui.theme import px
from ui.widgets import button, label, restyled

KINDS = {".pdf": "PDF (*.pdf)", ".xlsx": "Workbook (*.xlsx)"}
Save = Callable[[QWidget, str, str, str], Path | None]


class ChaseList(QWidget):
    """The preview in the place of the table. ``left()`` to go back to it."""

    left = Signal()

    def __init__(self, desk: Desk, save: Callable[[], Save]) -> None:
        super().__init__()
        self._desk = desk
        self._save_where = save
        self._plan: str | None = None
        self._asked = 0
        self._made: Made | None = None
        self._printing = Printing(self)
        self.preview = ReportPreview()
        self.note = label("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(self._bar())
        column.addWidget(self.preview, 1)

    def _bar(self) -> Flow:
        row = Flow(px(8))
        self.back_button = button("Back", self.left.emit)
        self.back_button.setToolTip("Esc")
        self.print_button = button("Print", self.print_list, "primary")
        self.print_button.setToolTip("Ctrl+P")
        self.pdf_button = button("Save as PDF", self.save_pdf)
        self.book_button = button("Save as workbook", self.save_workbook)
        for saving, keys in ((self.pdf_button, "Ctrl+S"), (self.book_button, "Ctrl+Shift+S")):
            saving.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            QShortcut(QKeySequence(keys), self).activated.connect(saving.click)
        self._printing.said.connect(self._say)
        self._printing.ended.connect(self._on_printed)
        self.stop_button = button("Stop printing", self._printing.stop)
        self.stop_button.hide()
        self.public = TickBox("Public version, without names")
        self.public.clicked.connect(lambda _on: self._make())
        self._deeds = (self.print_button, self.pdf_button, self.book_button)
        for each in (self.back_button, *self._deeds, self.stop_button, self.public, self.note):
            row.addWidget(each)
        return row

    def show_plan(self, plan: str) -> None:
        """Make the list of a plan, given by its key, as it stands today."""
        self._plan = plan
        self._make()

    def _request(self, name: str) -> ReportRequest:
        return ReportRequest(
            ReportKind.OWNER_CHASE, Path(name), None, self._plan, self._desk.today(), self.public.isChecked()
        )

    def _make(self) -> None:
        self._asked += 1
        store, request, number = self._desk.store, self._request("list.pdf"), self._asked
        self._allow(ready=False)
        self._say("Making the list \N{HORIZONTAL ELLIPSIS}")

        def work(_progress: Progress) -> Made:
            return made(store, request)

        self._desk.tasks.run("Making the chase list", attempted(work), lambda result: self._on_made(number, result))

    def _on_made(self, number: int, result: Made | Refused) -> None:
        if number != self._asked:
            return
        if isinstance(result, Refused):
            self._say(result.sentence, "error")
            return
        self._made = result
        self.preview.show_pdf(result.pdf)
        self._say("")
        self._allow(ready=True)

    def _allow(self, *, ready: bool) -> None:
        for each in self._deeds:
            each.setEnabled(ready)

    def _say(self, words: str, kind: str = "muted") -> None:
        self.note.setText(words)
        self.note.setProperty("kind", kind)
        restyled(self.note)

    def _record(self, paper: Paper, deed: str, where: str = "") -> None:
        """Leave word of who took personal data out of the store (Data Protection Act 2018, section 62)."""
        if not paper.is_public:
            self._desk.store.record_access(f"{deed} {paper.words} {where}".rstrip())

    def save_pdf(self) -> None:
        """Save the previewed pages."""
        shown = self._made
        if shown is not None:
            self._save(shown, "as PDF", ".pdf", lambda: shown.pdf)

    def save_workbook(self) -> None:
        """Save the list with all actions in one table, which can be filtered by owner."""
        store, request, shown = self._desk.store, self._request("list.xlsx"), self._made
        if shown is not None:
            self._save(shown, "as a workbook", ".xlsx", lambda: workbook(build_report(store, request)))

    def _save(self, shown: Made, kind: str, ending: str, content: Callable[[], bytes]) -> None:
        paper = paper_of(shown)
        path = self._save_where()(self, "Save the chase list", paper.name + ending, KINDS[ending])
        if path is None:
            return
        file = path if path.suffix.casefold() == ending else path.with_name(path.name + ending)

        def work(_progress: Progress) -> str:
            from csp_desktop.reports.files import replace_file

            written = content()
            self._record(paper, "Save", kind)
            replace_file(file, written)
            return file.name

        self._desk.tasks.run(f"Saving {file.name}", work, lambda name: self._say(f"Saved as {name}.", "ok"))

    def print_list(self) -> None:
        """Ask for a printer and print the previewed pages. Raises CspError where there is none."""
        shown = self._made
        if shown is None or self._printing.is_under_way or not self.print_button.isEnabled():
            return
        paper = paper_of(shown)
        printer = ask_for_printer(self, paper.name, self.preview.document.pageCount())
        if printer is not None:
            self.print_on(PrintRun(paper.pdf, printer, self), paper)

    def print_on(self, run: PrintRun, paper: Paper) -> None:
        """Print page by page, from a copy of what is previewed now."""
        self._record(paper, "Print")
        self.print_button.setEnabled(False)
        self.stop_button.show()
        self._printing.start(run)

    def _on_printed(self) -> None:
        self.stop_button.hide()
        self._allow(ready=self._made is not None)
