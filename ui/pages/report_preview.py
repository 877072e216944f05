"""A report as it will be on paper: its pages, which one is shown, and how large. It lives in memory alone."""

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPointF, Qt
from PySide6.QtGui import QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.flow import Flow
from ui.pages.report_find import ReportFind
from ui.pages.report_thumbnails import ReportThumbnails
from ui.theme import px
from ui.widgets import button, label

STEP = 1.25
LEAST, MOST = 0.25, 4.0
THUMBNAILS_FROM_PX = 640  # width of the preview from which pages stand beside it small


class ReportPreview(QWidget):
    """Shows a PDF from memory; the page that was shown stays shown when a new one takes its place."""

    def __init__(self) -> None:
        super().__init__()
        self.document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self.view = QPdfView(self)
        self.view.setAccessibleName("Preview of the report")
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._ground()
        self.view.pageNavigator().currentPageChanged.connect(self._on_page)
        self.thumbnails = ReportThumbnails(self.document)
        self.thumbnails.chosen.connect(self._jump)
        self.finder = ReportFind(self.document, self.view)
        self.finder.line.left.connect(self.view.setFocus)
        self._asked_for_thumbnails = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(self._bar())
        across = QHBoxLayout()
        across.setSpacing(px(6))
        across.addWidget(self.thumbnails)
        across.addWidget(self.view, 1)
        column.addLayout(across, 1)
        self._tell()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the pages small where there is room beside the page, until a person says otherwise."""
        super().resizeEvent(event)
        if not self._asked_for_thumbnails:
            self.show_thumbnails(self.width() >= px(THUMBNAILS_FROM_PX))

    def show_thumbnails(self, shown: bool) -> None:
        """Show the pages small beside the page, or not."""
        self.thumbnails.setVisible(shown)
        self.small.setChecked(shown)

    def _ground(self) -> None:
        """Lay the pages on a ground that is never as white as they are: the view paints with ``Dark``."""
        shown = self.view.palette()
        if shown.color(QPalette.ColorRole.Dark) == Qt.GlobalColor.white:
            shown.setColor(QPalette.ColorRole.Dark, shown.color(QPalette.ColorRole.Window))
            self.view.setPalette(shown)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange}:
            self.view.setPalette(QPalette())
            self._ground()

    def _bar(self) -> Flow:
        row = Flow(px(4))
        self.small = button("Pages", self._on_small, "quiet")
        self.small.setCheckable(True)
        self.small.setAccessibleName("Show the pages small")
        self.back = button("Previous page", lambda: self.turn(-1), "quiet")
        self.on = button("Next page", lambda: self.turn(1), "quiet")
        self.where = label("", "muted")
        smaller = button("Smaller", lambda: self.zoom(1 / STEP), "quiet")
        larger = button("Larger", lambda: self.zoom(STEP), "quiet")
        width = button("Fit width", lambda: self.fit(QPdfView.ZoomMode.FitToWidth), "quiet")
        whole = button("Whole page", lambda: self.fit(QPdfView.ZoomMode.FitInView), "quiet")
        for made, keys in (
            (smaller, "Ctrl+-"),
            (larger, "Ctrl+="),
            (width, "Ctrl+0"),
            (whole, "Alt+0"),
            (self.back, "Alt+Up"),
            (self.on, "Alt+Down"),
            (self.small, "Alt+P"),
        ):
            made.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            QShortcut(QKeySequence(keys), self).activated.connect(made.click)
        for widget in (self.small, self.back, self.where, self.on, smaller, larger, width, whole, self.finder):
            row.addWidget(widget)
        return row

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF."""
        page = self.view.pageNavigator().currentPage()
        self.document.close()
        buffer = QBuffer(self)
        buffer.setData(content)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(buffer)
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = buffer
        self.thumbnails.read()
        self.finder.look_again()
        self._jump(page)
        self._tell()

    def _on_small(self) -> None:
        self._asked_for_thumbnails = True
        self.show_thumbnails(self.small.isChecked())

    def turn(self, pages: int) -> None:
        """Go some pages on, or back."""
        self._jump(self.view.pageNavigator().currentPage() + pages)

    def fit(self, mode: QPdfView.ZoomMode) -> None:
        """Show pages as wide as the preview, or whole; the page shown stays the one shown."""
        page = self.view.pageNavigator().currentPage()
        self.view.setZoomMode(mode)
        self._jump(page)

    def zoom(self, factor: float) -> None:
        """Show the pages larger or smaller."""
        at = self.view.zoomFactor() if self.view.zoomMode() is QPdfView.ZoomMode.Custom else self._fitted()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(LEAST, min(MOST, at * factor)))

    def _fitted(self) -> float:
        """Return the zoom factor that is nearest to what fits the width now."""
        wide = self.document.pagePointSize(self.view.pageNavigator().currentPage()).width()
        margins = self.view.documentMargins()
        room = self.view.viewport().width() - margins.left() - margins.right()
        return room / (wide * self.logicalDpiX() / 72) if wide else 1.0

    def _jump(self, page: int) -> None:
        if self.document.pageCount():
            self.view.pageNavigator().jump(max(0, min(page, self.document.pageCount() - 1)), QPointF())

    def _on_page(self, _page: int) -> None:
        self._tell()

    def _tell(self) -> None:
        count, page = self.document.pageCount(), self.view.pageNavigator().currentPage()
        if count:
            self.thumbnails.follow(page)
        self.where.setText(f"Page {page + 1} of {count}" if count else "No pages yet")
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page + 1 < count)
