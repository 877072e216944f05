"""Reports: what the report is of, beside the report itself as it will be on paper; saved, printed, or both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.queries.plans import PlanRow, list_plans
from csp_desktop.reports.blocks import Report
from csp_desktop.reports.making import BOARD_PROGRESS, ReportRequest, build_report
from csp_desktop.store import Store
from ui.desk import Desk
from ui.files import choose_save
from ui.forms.controls import ChoiceBox, TickBox
from ui.forms.words import read_date, shown_date
from ui.pages.page import Page
from ui.pages.report_preview import ReportPreview
from ui.printing import PrintRun, Viewed, ask_for_printer
from ui.review.session import Refused, attempted
from ui.search import Found
from ui.tasks import Progress
from ui.theme import px
from ui.widgets import button, label, restyled

OPTIONS_PX = 300
PAUSE_MS = 400  # after a key, before the report is made again
MAKING = "Making the report \N{HORIZONTAL ELLIPSIS}"
Save = Callable[[QWidget, str, str, str], Path | None]


@dataclass(frozen=True, slots=True)
class Made:
    """A report and its pages as a PDF."""

    report: Report
    pdf: bytes


def made(store: Store, request: ReportRequest) -> Made:
    """Make the report that was asked for. Raises CspError with a sentence."""
    from csp_desktop.reports.pdf.writer import pdf_bytes

    report = build_report(store, request)
    return Made(report, pdf_bytes(report))


class ReportsPage(Page):
    """The Board progress report; what is previewed is what is saved and printed, byte for byte."""

    def __init__(self, desk: Desk, save: Save = choose_save) -> None:
        super().__init__(desk, "Reports")
        self._choose = save
        self._plans: list[PlanRow] = []
        self._asked = 0
        self._made: Made | None = None
        self._run: PrintRun | None = None
        self.viewed = Viewed()
        self.destroyed.connect(self.viewed.clear)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.make)
        self.preview = ReportPreview()
        across = QHBoxLayout()
        across.setSpacing(px(20))
        across.addWidget(self._options())
        across.addWidget(self.preview, 1)
        self.body.addLayout(across, 1)
        self.body.setContentsMargins(px(20), px(14), px(20), px(12))

    def _options(self) -> QWidget:
        frame = QFrame()
        frame.setFixedWidth(px(OPTIONS_PX))
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        self._make_fields()
        column.addWidget(label("Board progress report", "section"))
        for words, widget, hint, refusal in (
            ("Plan", self.plan, "", None),
            ("Period", self.period, "A quarter, year or month: Q2 2026/27, 2026/27, June 2026.", self.refusal),
            ("As of", self.as_of, "The day that counts as today.", self.day_refusal),
        ):
            column.addSpacing(px(8))
            heading = label(words)
            heading.setBuddy(widget)
            widget.setAccessibleName(words)
            column.addWidget(heading)
            column.addWidget(widget)
            if refusal is not None:
                column.addWidget(refusal)
                refusal.hide()
                column.addWidget(label(hint, "muted", wrap=True))
        column.addSpacing(px(8))
        column.addWidget(self.public)
        column.addWidget(label("Leaves out people and what owners wrote.", "muted", wrap=True))
        column.addSpacing(px(16))
        column.addLayout(self._buttons())
        column.addStretch()
        return frame

    def _make_fields(self) -> None:
        self.plan = ChoiceBox()
        self.plan.activated.connect(lambda _at: self.make())
        self.period = QLineEdit()
        self.as_of = QLineEdit()
        for line in (self.period, self.as_of):
            line.textEdited.connect(lambda _text: self._pause.start())
        self.public = TickBox("Public version")
        self.public.clicked.connect(lambda _on: self.make())
        self.refusal = label("", "error", wrap=True)
        self.day_refusal = label("", "error", wrap=True)

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(px(8))
        self.save_pdf_button = button("Save as PDF", self.save_pdf, "primary")
        self.save_book_button = button("Save as workbook", self.save_workbook)
        self.print_button = button("Print", self.print_page)
        self.print_button.setToolTip("Ctrl+P")
        self.view_button = button("Open in PDF viewer", self.open_in_viewer)
        self.view_button.setToolTip("Opens a copy that is deleted when this store is locked or closed.")
        self._deeds = (self.save_pdf_button, self.save_book_button, self.print_button, self.view_button)
        self.note = label("", "muted", wrap=True)
        self.stop_button = button("Stop printing", self._on_stop)
        self.stop_button.hide()
        for each in (*self._deeds, self.note, self.stop_button):
            column.addWidget(each)
        return column

    @override
    def reread(self) -> None:
        chosen = self._plan()
        self._plans = list_plans(self.desk.store)
        self.plan.clear()
        self.plan.addItems([plan.title for plan in self._plans])
        ids = [plan.id for plan in self._plans]
        self.plan.setCurrentIndex(ids.index(chosen.id) if chosen and chosen.id in ids else 0)
        self.as_of.setPlaceholderText(f"{shown_date(self.desk.today())} (today)")
        self.make()

    @override
    def take_focus(self) -> None:
        self.period.setFocus()

    @override
    def offered(self) -> list[Found]:
        return [
            Found("Save the Board progress report as PDF", "Reports", self.save_pdf),
            Found("Print the Board progress report", "Reports", self.print_page),
        ]

    def _plan(self) -> PlanRow | None:
        at = self.plan.currentIndex()
        return self._plans[at] if 0 <= at < len(self._plans) else None

    def make(self) -> None:
        """Make the report anew for what is chosen now; of several under way the newest counts."""
        self._pause.stop()
        day = day_typed(self.as_of.text(), self.desk.today())
        self._asked += 1
        _refuse(self.day_refusal, day)
        if isinstance(day, Refused):
            self._stop_at_refusal()
            return
        plan = self._plan()
        request = ReportRequest(
            BOARD_PROGRESS,
            Path("preview.pdf"),
            self.period.text().strip() or None,
            plan.key if plan else None,
            day,
            self.public.isChecked(),
        )
        store, number = self.desk.store, self._asked

        def work(_progress: Progress) -> Made:
            return made(store, request)

        self._say(MAKING)
        self._allow(ready=False)
        self.desk.tasks.run("Making the report", attempted(work), lambda result: self._on_made(number, result))

    def _on_made(self, number: int, result: Made | Refused) -> None:
        if number != self._asked:
            return
        _refuse(self.refusal, result)
        if isinstance(result, Refused):
            self._stop_at_refusal()
            return
        self._made = result
        self._say("")
        self._allow(ready=True)
        self.preview.show_pdf(result.pdf)
        report = result.report
        if not self.period.text():
            self.period.setPlaceholderText(report.period)
        self.say_counts(f"{report.title}, {report.period}, data as at {shown_date(report.data_date)}")

    def _stop_at_refusal(self) -> None:
        """Keep the pages that are shown, but let nobody take them for what was asked."""
        self._allow(ready=False)
        self._say("The preview still shows what was asked before." if self._made else "", "warning")
        self._made = None

    def _allow(self, *, ready: bool) -> None:
        for each in self._deeds:
            each.setEnabled(ready and (each is not self.print_button or self._run is None))

    def _say(self, words: str, kind: str = "muted") -> None:
        self.note.setText(words)
        self.note.setProperty("kind", kind)
        restyled(self.note)

    def save_pdf(self) -> None:
        """Save the previewed pages."""
        if self._made is not None:
            pdf = self._made.pdf
            self._save("PDF (*.pdf)", ".pdf", lambda _report: pdf)

    def save_workbook(self) -> None:
        """Save the same report as a workbook."""
        self._save("Workbook (*.xlsx)", ".xlsx", _workbook)

    def _save(self, kind: str, ending: str, content: Callable[[Report], bytes]) -> None:
        if self._made is None:
            return
        report = self._made.report
        path = self._choose(self, "Save the report", file_name(report) + ending, kind)
        if path is None:
            return
        if path.suffix.casefold() != ending:
            path = path.with_name(path.name + ending)

        def work(_progress: Progress) -> Path:
            from csp_desktop.reports.files import replace_file

            replace_file(path, content(report))
            return path

        self.desk.tasks.run(f"Saving {path.name}", work, lambda saved: self._say(f"Saved as {saved.name}.", "ok"))

    @override
    def print_page(self) -> None:
        """Ask for a printer and print the previewed pages. Raises CspError where there is none."""
        if self._made is None or self._run is not None:
            return
        printer = ask_for_printer(self, file_name(self._made.report), self.preview.document.pageCount())
        if printer is not None:
            self.print_on(PrintRun(self._made.pdf, printer, self))

    def print_on(self, run: PrintRun) -> None:
        """Print page by page, from a copy of what is previewed now."""
        self._run = run
        self.print_button.setEnabled(False)
        self.stop_button.show()
        run.counted.connect(lambda done, total: self._say(f"Printed page {done} of {total}"))
        run.ended.connect(self._on_printed)
        run.start()

    def _on_printed(self, printed: bool) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.deleteLater()
        self.stop_button.hide()
        self._allow(ready=self._made is not None)
        self._say("Printed." if printed else "Printing was stopped.", "ok" if printed else "warning")

    def _on_stop(self) -> None:
        if self._run is not None:
            self._run.cancel()

    def open_in_viewer(self) -> None:
        """Show a copy in the system's PDF viewer."""
        if self._made is not None:
            self.viewed.open(file_name(self._made.report) + ".pdf", self._made.pdf)


def _refuse(place: QLabel, result: object) -> None:
    """Show a refusal in its place, or hide that."""
    sentence = result.sentence if isinstance(result, Refused) else ""
    place.setText(sentence)
    place.setAccessibleName(sentence)
    place.setVisible(bool(sentence))


def day_typed(text: str, today: date) -> date | Refused:
    """Return the day that was typed, today for none, or why it cannot be read."""
    try:
        return read_date(text, today) or today
    except ValueError as refusal:
        return Refused(str(refusal))


def file_name(report: Report) -> str:
    """Return a file's name for a report, without its ending: letters that no file system refuses."""
    words = f"{report.title} {report.period}".replace("/", "-")
    return "".join(letter for letter in words if letter.isalnum() or letter in " -_").strip()


def _workbook(report: Report) -> bytes:
    from csp_desktop.reports.sheet import workbook_bytes

    return workbook_bytes(report)
