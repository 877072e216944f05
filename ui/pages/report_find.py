"""Finding words in the pages of a report: a line to type in, how many places there are, and a way through them."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from ui.pages.page import FilterLine
from ui.pages.report_places import show_place
from ui.theme import px
from ui.widgets import button, label

HINT = "Find in the report"


class FindLine(FilterLine):
    """The line. ``stepped(places)`` when Enter asks for the next place, or Shift and Enter for the one before."""

    stepped = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)


class ReportFind(QWidget):
    """Finds words in the document that a view shows; the place that is shown is marked among the others."""

    def __init__(self, document: QPdfDocument, view: QPdfView) -> None:
        super().__init__()
        self._view = view
        self._at = -1
        self.found = QPdfSearchModel(self)
        self.found.setDocument(document)
        # the view looks for places while it paints: what moves or resizes it then would end the program
        self.found.countChanged.connect(self._on_counted, Qt.ConnectionType.QueuedConnection)
        view.setSearchModel(self.found)
        self.line = FindLine()
        self.line.setPlaceholderText(HINT)
        self.line.setAccessibleName(HINT)
        self.line.setToolTip(QKeySequence("Ctrl+F").toString(QKeySequence.SequenceFormat.NativeText))
        self.line.setClearButtonEnabled(True)
        self.line.setFixedWidth(px(180))
        self.line.textChanged.connect(lambda _text: self._look())
        self.line.stepped.connect(self.step)
        self.told = label("", "muted")
        self.back = button("Previous", lambda: self.step(-1), "quiet")
        self.on = button("Next", lambda: self.step(1), "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        for widget in (self.line, self.told, self.back, self.on):
            row.addWidget(widget)
        for keys, places, pressed in (("F3", 1, self.on), ("Shift+F3", -1, self.back)):
            pressed.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
            pressed.setAccessibleName("Next place found" if places > 0 else "Previous place found")
            QShortcut(QKeySequence(keys), view).activated.connect(pressed.click)
        self._tell()

    def look_again(self) -> None:
        """Look anew, in pages that have taken the place of others; what is shown stays where it is."""
        self.found.setSearchString("")
        self._look()

    def step(self, places: int) -> None:
        """Show a place further on, round from the last to the first."""
        count = self._count()
        if count:
            self._show((self._at + places) % count if self._at >= 0 else 0 if places > 0 else count - 1)

    def _count(self) -> int:
        return self.found.rowCount(QModelIndex())

    def _wanted(self) -> str:
        return self.line.text().strip()

    def _look(self) -> None:
        self._at = -1
        self._view.setCurrentSearchResultIndex(-1)  # or the view would paint a place that is no longer there
        self.found.setSearchString(self._wanted())
        self._view.viewport().update()
        self._tell()

    def _on_counted(self) -> None:
        """Go to the first place from the page that is shown, as soon as one is known."""
        if self._at < 0 and self.line.hasFocus() and self._count():
            self._show(0)
        self._view.viewport().update()  # or the marks of what was looked for before would stay
        self._tell()

    def _show(self, at: int) -> None:
        self._at = at
        place = self.found.resultAtIndex(at)
        self._view.setCurrentSearchResultIndex(at)
        show_place(self._view, place.page(), place.rectangles()[0])
        self._tell()

    def _tell(self) -> None:
        count = self._count()
        words = ""
        if self._wanted():
            words = f"{self._at + 1:,} of {count:,}" if self._at >= 0 else f"{count:,} found" if count else "Not found"
        self.told.setText(words)
        self.told.setVisible(bool(words))
        for each in (self.back, self.on):
            each.setVisible(count > 0)
