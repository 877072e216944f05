"""A report on paper and in the system's PDF viewer.

Pages are painted one at a time at 300 dots an inch at most: a whole document of pictures would take gigabytes.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, QRectF, QSize, QSizeF, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from csp_desktop.disk import write_whole
from csp_desktop.errors import CspError

MOST_DPI = 300
POINTS = 72  # in an inch
FOLDER = "csp-desktop-view-"
NO_PRINTER = (
    "No printer is set up on this PC, so nothing was printed. Save the report as a PDF and print that elsewhere."
)
NO_VIEWER = "No PDF viewer is set up on this PC, so nothing was opened. Save the report as a PDF instead."


class PrintRun(QObject):
    """Prints a PDF page by page, giving the window a turn in between.

    ``counted(done, total)`` after each page, ``ended(printed)`` with False where it was cancelled or refused.
    """

    counted = Signal(int, int)
    ended = Signal(bool)

    def __init__(self, pdf: bytes, printer: QPrinter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        buffer = QBuffer(self)
        buffer.setData(pdf)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(self)
        self._document.load(buffer)
        self._printer = printer
        self._painter = QPainter()
        first, last = printer.fromPage() or 1, printer.toPage() or self._document.pageCount()
        self._pages = list(range(first - 1, min(last, self._document.pageCount())))
        self._done = 0
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._on_turn)

    def start(self) -> None:
        """Begin."""
        self._turn.start(0)

    def cancel(self) -> None:
        """Stop after the page under way; what was sent to the printer is taken back where it can be."""
        if self._turn.isActive():
            self._printer.abort()
            self._end(printed=False)

    def _on_turn(self) -> None:
        if self._done == len(self._pages):
            self._end(printed=True)
            return
        page = self._pages[self._done]
        _turn_paper(self._printer, self._document.pagePointSize(page))
        ready = self._printer.newPage() if self._painter.isActive() else self._painter.begin(self._printer)
        if not ready:
            self._end(printed=False)
            return
        paint_page(self._painter, self._printer, self._document, page)
        self._done += 1
        self.counted.emit(self._done, len(self._pages))

    def _end(self, *, printed: bool) -> None:
        self._turn.stop()
        if self._painter.isActive():
            self._painter.end()
        self.ended.emit(printed)


class Printing(QObject):
    """The one print run a page has under way. ``said(words, kind)`` tells how it goes, ``ended()`` that it is over."""

    said = Signal(str, str)
    ended = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._run: PrintRun | None = None

    @property
    def is_under_way(self) -> bool:
        """Say whether something is being printed."""
        return self._run is not None

    def start(self, run: PrintRun) -> None:
        """Begin ``run``."""
        self._run = run
        run.counted.connect(lambda done, total: self.said.emit(f"Printed page {done} of {total}", "muted"))
        run.ended.connect(self._on_ended)
        run.start()

    def stop(self) -> None:
        """Stop after the page under way."""
        if self._run is not None:
            self._run.cancel()

    def _on_ended(self, printed: bool) -> None:
        run, self._run = self._run, None
        if run is not None:
            run.deleteLater()
        self.ended.emit()
        self.said.emit("Printed." if printed else "Printing was stopped.", "ok" if printed else "warning")


def _turn_paper(printer: QPrinter, size: QSizeF) -> None:
    printer.setFullPage(True)
    wide = size.width() > size.height()
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)


def paint_page(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    """Paint one page as large as the paper holds it, in its own proportions."""
    size = document.pagePointSize(page)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(paper.width() / size.width(), paper.height() / size.height())
    target = QRectF(0, 0, size.width() * scale, size.height() * scale)
    target.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    dots = min(printer.resolution(), MOST_DPI) / POINTS
    picture = document.render(page, QSize(round(size.width() * dots), round(size.height() * dots)))
    painter.drawImage(target, picture)


def ask_for_printer(parent: QWidget, title: str, pages: int) -> QPrinter | None:
    """Ask which printer, pages and copies; None where the person changes their mind. Raises CspError without one."""
    if not QPrinterInfo.availablePrinterNames():
        raise CspError(NO_PRINTER)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Print the report")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, pages)
    return printer if dialog.exec() else None


def show_in_viewer(file: Path) -> bool:
    """Open a file in the system's viewer; False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


class Viewed:
    """Copies that the system's PDF viewer shows, in a folder of the account's own that goes with ``clear``."""

    def __init__(self, show: Callable[[Path], bool] = show_in_viewer) -> None:
        self._show = show
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> Path | None:
        """Where the copies lie, None where there are none."""
        return Path(self._folder.name) if self._folder else None

    def open(self, name: str, content: bytes) -> None:
        """Show a copy in the viewer. Raises CspError where there is no viewer; the copy is then gone again."""
        if self._folder is None:
            _sweep()
            self._folder = tempfile.TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True)
        file = Path(self._folder.name) / name
        write_whole(file, content)
        if not self._show(file):
            self.clear()
            raise CspError(NO_VIEWER)

    def clear(self) -> None:
        """Delete the copies; one that a viewer still holds open goes at the next start of this screen."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _sweep() -> None:
    """Delete what a viewer held open, or a power cut left behind, the last time."""
    for left in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        shutil.rmtree(left, ignore_errors=True)
