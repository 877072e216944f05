"""Reports: what the report is of, beside the report itself as it will be on paper; saved, printed, or both."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.commands.reports import issue_report
from csp_desktop.queries.cohort_names import cohort_names
from csp_desktop.queries.entries import names_in
from csp_desktop.queries.plans import list_plans
from csp_desktop.queries.records import IssuedReport, list_issued_reports
from ui.desk import Desk
from ui.files import choose_save
from ui.forms.words import shown_date
from ui.pages.issued import IssuedBanner, IssuedList, issued_words
from ui.pages.page import Page
from ui.pages.report_choices import OFFERED, OfCohort, OfKind, ReportChoices
from ui.pages.report_making import Issued, Made, Paper, issued, made, paper_of, workbook
from ui.pages.report_preview import ReportPreview
from ui.printing import Printing, PrintRun, Viewed, ask_for_printer
from ui.review.session import Refused, attempted
from ui.search import Found
from ui.tasks import Progress
from ui.theme import px
from ui.widgets import button, label, restyled

OPTIONS_PX = 316
KINDS = {".pdf": "PDF (*.pdf)", ".xlsx": "Workbook (*.xlsx)"}
MAKING = "Making the report \N{HORIZONTAL ELLIPSIS}"
Save = Callable[[QWidget, str, str, str], Path | None]


class ReportsPage(Page):
    """The report that is chosen; what is previewed is what is saved and printed, byte for byte.

    In its place an issued report may be shown: then the choices rest, and there is one way back.
    """

    def __init__(self, desk: Desk, save: Save = choose_save) -> None:
        super().__init__(desk, "Reports")
        self._choose = save
        self._asked = 0
        self._made: Made | None = None
        self._issued: Issued | None = None
        self._left_focus: QWidget | None = None
        self._to_say = ("", "muted")  # once the report is made again
        self._printing = Printing(self)
        self.viewed = Viewed()
        self.destroyed.connect(self.viewed.clear)
        self.choices = ReportChoices()
        self.choices.typed.connect(lambda: self._allow(ready=False))
        self.choices.changed.connect(self.make)
        self.issued_list = IssuedList()
        self.issued_list.chosen.connect(self.open_issued)
        self.preview = ReportPreview()
        self.filter_line = self.preview.finder.line
        across = QHBoxLayout()
        across.setSpacing(px(20))
        across.addWidget(self._options())
        paper = QVBoxLayout()
        paper.setSpacing(px(8))
        self.banner = IssuedBanner()
        self.banner.left.connect(self.leave_issued)
        paper.addWidget(self.banner)
        paper.addWidget(self.preview, 1)
        across.addLayout(paper, 1)
        self.body.addLayout(across, 1)
        self.body.setContentsMargins(px(20), px(14), px(20), px(12))

    def _options(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("zone", "inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(4), px(2), px(12), px(4))
        column.setSpacing(px(4))
        column.addWidget(self.choices)
        column.addSpacing(px(12))
        column.addLayout(self._buttons())
        column.addSpacing(px(12))
        column.addWidget(self.issued_list)
        column.addStretch()
        scroll = QScrollArea()  # of its own, so that the pages beside it stay where they are
        scroll.setFixedWidth(px(OPTIONS_PX))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return scroll

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(px(8))
        self.save_pdf_button = button("Save as PDF", self.save_pdf, "primary")
        self.save_book_button = button("Save as workbook", self.save_workbook)
        self.print_button = button("Print", self.print_page)
        self.print_button.setToolTip("Ctrl+P")
        self.view_button = button("Open in PDF viewer", self.open_in_viewer)
        self.view_button.setToolTip("Opens a copy that is deleted when this store is locked or closed (Ctrl+Shift+O).")
        self.issue_button = button("Issue this report", self.issue)
        self.issue_button.setToolTip("Keeps these pages in the store as they are now, to be printed again at any time.")
        for saving, keys in ((self.save_pdf_button, "Ctrl+S"), (self.save_book_button, "Ctrl+Shift+S")):
            saving.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            QShortcut(QKeySequence(keys), self).activated.connect(saving.click)
        QShortcut(QKeySequence("Ctrl+Shift+O"), self).activated.connect(self.view_button.click)
        self._deeds = (self.save_pdf_button, self.print_button, self.view_button)
        self._deeds_of_now = (self.save_book_button, self.issue_button)
        self.note = label("", "muted", wrap=True)
        self._printing.said.connect(self._say)
        self._printing.ended.connect(self._on_printed)
        self.stop_button = button("Stop printing", self._printing.stop)
        self.stop_button.hide()
        first = QHBoxLayout()
        first.addWidget(self.save_pdf_button, 1)
        first.addWidget(self.print_button)
        column.addLayout(first)
        for each in (self.save_book_button, self.view_button, self.issue_button, self.note, self.stop_button):
            column.addWidget(each)
        return column

    @override
    def reread(self) -> None:
        self.choices.show_plans(list_plans(self.desk.store), self.desk.today())
        self.choices.show_cohorts(cohort_names(self.desk.store), self.desk.today())
        self.choices.show_meetings(list(names_in(self.desk.store, "meeting").labels.values())[::-1])
        self.issued_list.show_rows(list_issued_reports(self.desk.store))
        self.make()

    @override
    def go_to(self, row_id: object) -> None:
        """Make a report that another page asks for, in the place of an issued one that may be shown."""
        if not isinstance(row_id, OfCohort | OfKind):
            return
        if self._issued is not None:
            self.leave_issued()
        if isinstance(row_id, OfCohort):
            self.choices.choose_cohort(row_id)
        else:
            self.choices.choose_kind(row_id)
        self.take_focus()

    @override
    def take_focus(self) -> None:
        self.choices.take_focus()

    @override
    def offered(self) -> list[Found]:
        kind = self.choices.kind
        return [
            Found(f"Save as PDF: {kind.label}", "Reports", self.save_pdf),
            Found(f"Print: {kind.label}", "Reports", self.print_page),
            *(
                Found(f"Make: {other.label}", "Reports", partial(self.choices.choose, other))
                for other in OFFERED
                if other is not kind
            ),
        ]

    def make(self) -> None:
        """Make the report anew for what is chosen now; of several under way the newest counts."""
        self.choices.settle()
        request = self.choices.request(self.desk.today())
        self._asked += 1
        if isinstance(request, Refused):
            self._stop_at_refusal()
            return
        store, number = self.desk.store, self._asked

        def work(_progress: Progress) -> Made:
            return made(store, request)

        if self._issued is None:
            self._say(MAKING)
            self._allow(ready=False)
        self.desk.tasks.run("Making the report", attempted(work), lambda result: self._on_made(number, result))

    def _on_made(self, number: int, result: Made | Refused) -> None:
        if number != self._asked:
            return
        self.choices.say_result(result)
        if isinstance(result, Refused):
            self._stop_at_refusal()
            return
        self._made = result
        self.choices.show_period(result.report.period)
        if self._issued is None:
            self._show_made(result)

    def _show_made(self, shown: Made) -> None:
        self._say(*self._to_say)
        self._to_say = ("", "muted")
        self._allow(ready=True)
        self.preview.show_pdf(shown.pdf)
        report = shown.report
        self.say_marking(report.marking)
        self.say_counts(f"{report.title}, {report.period}, data as at {shown_date(report.data_date)}")

    def _stop_at_refusal(self) -> None:
        """Keep the pages that are shown, but let nobody take them for what was asked."""
        if self._issued is None:
            self._allow(ready=False)
            self._say("The preview still shows what was asked before." if self._made else "", "warning")
        self._made = None

    def _allow(self, *, ready: bool) -> None:
        """Let the buttons be pressed, or not; one that loses the focus by this has it back with the next report."""
        focused: QWidget | None = self.focusWidget()
        if not ready and focused in (*self._deeds, *self._deeds_of_now):
            self._left_focus = focused
        for each in self._deeds:
            each.setEnabled(ready and (each is not self.print_button or not self._printing.is_under_way))
        for each in self._deeds_of_now:
            each.setEnabled(ready and self._issued is None)
        left = self._left_focus
        if ready and left is not None:
            self._left_focus = None
            if left.isEnabled() and (focused is None or not self.choices.isAncestorOf(focused)):
                left.setFocus()

    def issue(self) -> None:
        """Freeze the previewed report; it then stands among the issued ones. Raises CspError for a day to come."""
        shown, store, today = self._made, self.desk.store, self.desk.today()
        if shown is None or self._issued is not None:
            return

        def work(_progress: Progress) -> int:
            return issue_report(store, shown.kind, shown.report, today)

        self._allow(ready=False)
        self.desk.tasks.run("Issuing the report", attempted(work), self._on_issue_over)

    def _on_issue_over(self, result: int | Refused) -> None:
        self._allow(ready=True)
        if isinstance(result, Refused):
            self._say(result.sentence, "error")
            return
        self._to_say = ("Issued. It is kept as it is, and stands first in the list below.", "ok")
        self.reread()

    def open_issued(self, row: IssuedReport) -> None:
        """Show an issued report as it was. Raises CspError where it was altered since."""
        store = self.desk.store
        self.desk.tasks.run("Opening the issued report", lambda _progress: issued(store, row), self._on_opened)

    def _on_opened(self, opened: Issued) -> None:
        self._issued = opened
        self.banner.show_row(opened.row)
        self.choices.setEnabled(False)
        self._say("")
        self._allow(ready=True)
        self.preview.show_pdf(opened.pdf)
        self.say_marking("")
        self.say_counts(issued_words(opened.row))
        self.banner.back.setFocus()

    def leave_issued(self) -> None:
        """Show the report as it stands now again."""
        former, self._issued = self._issued, None
        self.banner.show_row(None)
        self.choices.setEnabled(True)
        if former is not None:
            self.issued_list.take_focus(former.row)
        self.make()

    @override
    def step_back(self) -> bool:
        if self._issued is not None:
            self.leave_issued()
            return True
        return super().step_back()

    def _paper(self) -> Paper | None:
        shown = self._issued or self._made
        return paper_of(shown) if shown is not None else None

    def _record(self, paper: Paper, deed: str, where: str = "") -> None:
        """Leave word of who took personal data out of the store (Data Protection Act 2018, section 62)."""
        if not paper.is_public:
            self.desk.store.record_access(f"{deed} {paper.words} {where}".rstrip())

    def _say(self, words: str, kind: str = "muted") -> None:
        self.note.setText(words)
        self.note.setProperty("kind", kind)
        restyled(self.note)

    def save_pdf(self) -> None:
        """Save the previewed pages."""
        paper = self._paper()
        if paper is not None:
            self._save(paper, "as PDF", ".pdf", lambda: paper.pdf)

    def save_workbook(self) -> None:
        """Save the same report as a workbook."""
        shown = self._made
        if shown is not None and self._issued is None:
            self._save(paper_of(shown), "as a workbook", ".xlsx", lambda: workbook(shown.report))

    def _save(self, paper: Paper, kind: str, ending: str, content: Callable[[], bytes]) -> None:
        path = self._choose(self, "Save the report", paper.name + ending, KINDS[ending])
        if path is None:
            return
        if path.suffix.casefold() != ending:
            path = path.with_name(path.name + ending)

        def work(_progress: Progress) -> Path:
            from csp_desktop.reports.files import replace_file

            written = content()
            self._record(paper, "Save", kind)
            replace_file(path, written)
            return path

        self.desk.tasks.run(f"Saving {path.name}", work, lambda saved: self._say(f"Saved as {saved.name}.", "ok"))

    @override
    def print_page(self) -> None:
        """Ask for a printer and print the previewed pages. Raises CspError where there is none."""
        paper = self._paper()
        if paper is None or self._printing.is_under_way or not self.print_button.isEnabled():
            return
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
        self._allow(ready=self._paper() is not None)

    def open_in_viewer(self) -> None:
        """Show a copy in the system's PDF viewer."""
        paper = self._paper()
        if paper is not None:
            self._record(paper, "Open", "in the PDF viewer")
            self.viewed.open(f"{paper.name}.pdf", paper.pdf)
