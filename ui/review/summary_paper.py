"""What bringing a file in did, on paper: printed, or saved as a PDF. Either is told in the audit trail."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from csp_desktop.reports.import_summary import ImportFacts, import_summary
from ui.desk import Desk
from ui.printing import Printing, PrintRun, ask_for_printer
from ui.review.saving import Wanted, stem_of
from ui.review.session import Refused, attempted
from ui.tasks import Progress

Ask = Callable[[QWidget, str, int], QPrinter | None]
MAKING = "Making the summary \N{HORIZONTAL ELLIPSIS}"


class SummaryPaper(QObject):
    """Makes the summary for a printer or a file. ``said(words, kind)`` tells how printing went."""

    said = Signal(str, str)

    def __init__(self, desk: Desk, page: QWidget, ask: Ask = ask_for_printer) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self.ask = ask
        self._printing = Printing(page)
        self._printing.said.connect(self.said)

    def file_of(self, facts: ImportFacts) -> Wanted:
        """Return the summary as a PDF to be saved."""
        from csp_desktop.reports.files import replace_file

        return Wanted(
            title="Save what was brought in",
            stem=f"{stem_of(facts.file_name)} brought in",
            ending=".pdf",
            write=lambda path: replace_file(path, self._pdf(facts)),
            deed=f"Save what was brought in from {facts.file_name} as PDF",
        )

    def print_page(self, facts: ImportFacts) -> None:
        """Make the summary, ask for a printer, and print it."""
        if self._printing.is_under_way:
            return
        self.said.emit(MAKING, "muted")

        def done(pdf: bytes | Refused) -> None:
            if isinstance(pdf, Refused):
                self.said.emit(pdf.sentence, "error")
            else:
                self._print(facts, pdf)

        self._desk.tasks.run("Making the summary", attempted(lambda _progress: self._pdf(facts)), done)

    def _pdf(self, facts: ImportFacts) -> bytes:
        from csp_desktop.reports.pdf.writer import pdf_bytes

        return pdf_bytes(import_summary(self._desk.store, facts, self._desk.today()))

    def _print(self, facts: ImportFacts, pdf: bytes) -> None:
        asking = partial(self.ask, self._page, f"What was brought in from {facts.file_name}", page_count(pdf))
        printer = attempted(lambda _progress: asking())(Progress())
        if isinstance(printer, Refused):
            self.said.emit(printer.sentence, "error")
        elif printer is None:
            self.said.emit("", "muted")
        else:
            self._desk.store.record_access(f"Print what was brought in from {facts.file_name}")
            self._printing.start(PrintRun(pdf, printer, self))


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    return document.pageCount()
