"""The help, inside the program and without a network: the pages of docs/help in a window of their own."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QShortcut, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from csp_desktop import assets
from ui.theme import px
from ui.widgets import button

CONTENTS, KEYS = "index.md", "keyboard.md"
BY_PLACE = {
    "home": "getting-started.md",
    "plan": "updating-actions.md",
    "town-centre": "town-centre.md",
    "reoffending": "reoffending.md",
    "board": "board.md",
    "evidence": "evidence.md",
    "measures": "measures.md",
    "people": "people-and-partners.md",
    "reports": "progress-report.md",
    "workbooks": "chasing.md",
    "imports": "bringing-in-a-workbook.md",
    "history": "undo-and-history.md",
    "setup": "setting-up.md",
}


class HelpWindow(QWidget):
    """Beside the window, so that a form stays in view while its help is read. It goes with its window at the lock."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Help \N{EN DASH} CSP Desktop")
        self.browser = QTextBrowser()
        self.browser.setAccessibleName("Help")
        self.browser.setOpenExternalLinks(False)
        self.browser.document().setDocumentMargin(px(20))
        self.back = button("Back", self.browser.backward)
        self.back.setEnabled(False)
        self.browser.backwardAvailable.connect(self.back.setEnabled)
        bar = QHBoxLayout()
        bar.setContentsMargins(px(12), px(10), px(12), px(4))
        bar.addWidget(self.back)
        bar.addWidget(button("Contents", lambda: self.open_page(CONTENTS)))
        bar.addWidget(button("Keys", lambda: self.open_page(KEYS)))
        bar.addStretch()
        bar.addWidget(button("Close", self.hide))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(bar)
        column.addWidget(self.browser, 1)
        self.escape = QShortcut(Qt.Key.Key_Escape, self)
        self.escape.activated.connect(self.hide)
        self.resize(px(660), px(620))

    def open_page(self, name: str) -> None:
        """Show a page by its file's name and bring the window to the front."""
        source = QUrl.fromLocalFile(str(assets.help_path(name)))
        self.browser.setSource(source, QTextDocument.ResourceType.MarkdownResource)
        self.show()
        self.raise_()
        self.activateWindow()
        self.browser.setFocus()
