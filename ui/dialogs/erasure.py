"""Erasing a person: what it does, the backups that still hold the data and until when, and the certificate."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from csp_desktop.backup import Backup
from csp_desktop.disk import file_troubles
from csp_desktop.thinning import MONTHLY
from ui.files import choose_save
from ui.forms.controls import TickBox
from ui.forms.words import shown_date
from ui.theme import px
from ui.widgets import button, label

WIDTH_PX = 560
TOLD = (
    "The name, other names, job title and e-mail address are taken out of the store and of its whole history. "
    "What the person led, attended or owned stays, without the name. What was typed into a title, a minute or an "
    "update stays as it was typed, and so do documents: look through them first. This cannot be undone."
)


def certificate_text(number: str, day: str, backups: Sequence[Backup]) -> str:
    """Return the certificate; it names no one."""
    lines = [number, "", f"A person's data was erased from the store and its history on {day}.", ""]
    if backups:
        lines.append("These backups were made before and still hold it:")
        lines += [f"- {backup.path.name}, made {shown_date(backup.made_at.date())}" for backup in backups]
        kept = f"They go by themselves as newer ones are made, at the latest after {MONTHLY} months with backups."
        lines += ["", f"{kept} To be rid of the data at once, delete them and every copy of them."]
    else:
        lines.append("No backup beside the store holds it. Look in the second backup folder for copies.")
    return "\n".join(lines)


class ErasureDialog(QDialog):
    """Explains first, then shows the certificate. ``agreed()`` once the person asks for it to be done."""

    agreed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Erase a person")
        self.setModal(True)
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.addWidget(self._stack)
        self._stack.addWidget(self._asking(name))
        self.certificate = QPlainTextEdit()
        self.certificate.setReadOnly(True)
        self.certificate.setAccessibleName("Certificate")
        self._stack.addWidget(self._done())
        self.resize(px(WIDTH_PX), px(330))

    def _asking(self, name: str) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(label(f"Erase the data of {name}?", "section", wrap=True))
        column.addWidget(label(TOLD, wrap=True))
        self.sure = TickBox("It was decided that this person's data is to be erased")
        column.addWidget(self.sure)
        column.addStretch()
        bar = QHBoxLayout()
        self.erase_button = button("Erase for good", self.agreed.emit)
        self.erase_button.setEnabled(False)
        self.sure.toggled.connect(self.erase_button.setEnabled)
        keep = button("Keep the person", self.reject, "primary")
        bar.addWidget(self.erase_button)
        bar.addWidget(keep)
        bar.addStretch()
        column.addLayout(bar)
        keep.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def _done(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(label("Erased. Keep this certificate.", "section"))
        column.addWidget(self.certificate, 1)
        bar = QHBoxLayout()
        bar.addWidget(button("Save the certificate", self._on_save, "primary"))
        bar.addWidget(button("Close", self.accept))
        bar.addStretch()
        column.addLayout(bar)
        return page

    def show_certificate(self, text: str) -> None:
        """Show what was done."""
        self.certificate.setPlainText(text)
        self._stack.setCurrentIndex(1)

    def _on_save(self) -> None:
        number = self.certificate.toPlainText().splitlines()[0]
        path = choose_save(self, "Save the certificate", f"{number}.txt", "Text (*.txt)")
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write the certificate to a file. Raises CspError where it cannot be."""
        with file_troubles("The certificate could not be saved", "The erasure itself is done."):
            path.write_text(self.certificate.toPlainText() + "\n", encoding="utf-8")
