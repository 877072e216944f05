"""What a person is told when the program made a mistake."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets import button, label


class CrashDialog(QDialog):
    """Says that the program made a mistake, what is safe, and where the log is."""

    def __init__(self, saved: str, log: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(12))
        column.addWidget(label("CSP Desktop made a mistake", "section"))
        column.addWidget(label(saved, wrap=True))
        told = "What went wrong was noted, without any names or text of yours, in the file below. Send it to whoever "
        column.addWidget(label(f"{told}looks after this program.", wrap=True))
        where = label(str(log), "muted", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(where)
        column.addWidget(button("Carry on", self.accept, "primary"), alignment=Qt.AlignmentFlag.AlignLeft)
        self.setMinimumWidth(px(460))
