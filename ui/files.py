"""Files that people bring: chosen in the system's dialog or dropped on the window; and where they save to."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from csp_desktop.disk import file_troubles
from csp_desktop.errors import CspError

PICTURES = "Pictures (*.png *.jpg *.jpeg)"
STORES = "Stores (*.csp);;All files (*)"
BACKUPS = "Backups (*.cspbackup);;All files (*)"
LARGEST_PICTURE = 2_000_000  # bytes: it lies in the store and in every report
WORKBOOKS = "Workbooks (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt);;All files (*)"


def choose_workbooks(parent: QWidget) -> tuple[Path, ...]:
    """Let a person choose workbooks to bring in; none where they change their mind."""
    chosen, _kind = QFileDialog.getOpenFileNames(parent, "Bring in a workbook", "", WORKBOOKS)
    return tuple(Path(name) for name in chosen)


def choose_store(parent: QWidget, at: Path) -> Path | None:
    """Let a person choose a store to open, in this folder first; None where they change their mind."""
    chosen, _kind = QFileDialog.getOpenFileName(parent, "Open a store", str(at), STORES)
    return Path(chosen) if chosen else None


def choose_save(parent: QWidget, title: str, suggested: str, kind: str) -> Path | None:
    """Let a person say where to save; ``kind`` is "PDF (*.pdf)" or the like. The system asks before replacing."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, suggested, kind)
    return Path(chosen) if chosen else None


def files_in(mime: QMimeData) -> tuple[Path, ...]:
    """Return the local files that something dropped names."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


class DropWatch(QObject):
    """Takes files dropped anywhere on a window. ``dropped(paths)``."""

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and files_in(event.mimeData()):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop and files_in(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(files_in(event.mimeData()))
            return True
        return super().eventFilter(watched, event)


def choose_picture(parent: QWidget, at: Path) -> Path | None:
    """Let a person choose a picture file; None where they change their mind."""
    chosen, _kind = QFileDialog.getOpenFileName(parent, "Choose a picture", str(at), PICTURES)
    return Path(chosen) if chosen else None


def choose_folder(parent: QWidget, at: Path, title: str = "Choose a folder") -> Path | None:
    """Let a person choose a folder; None where they change their mind."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(at))
    return Path(chosen) if chosen else None


def show_folder(folder: Path) -> None:
    """Show a folder in the system's own window of files. Raises CspError where there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        raise CspError(f"This PC has no program that shows folders. What you want lies in {folder}.")


def choose_backup(parent: QWidget, at: Path) -> Path | None:
    """Let a person choose a backup; None where they change their mind."""
    chosen, _kind = QFileDialog.getOpenFileName(parent, "Choose a backup", str(at), BACKUPS)
    return Path(chosen) if chosen else None


def read_picture(path: Path) -> bytes:
    """Return a picture file's bytes. Raises CspError where it cannot be read, is too large, or is no picture."""
    with file_troubles(f"{path.name} could not be read", "Nothing was changed."):
        large = path.stat().st_size > LARGEST_PICTURE
        content = b"" if large else path.read_bytes()
    if large:
        raise CspError(f"{path.name} is larger than 2 MB. Nothing was changed; save a smaller copy and choose that.")
    if QImage.fromData(content).isNull():
        raise CspError(f"{path.name} is not a picture that can be shown; save it as PNG or JPEG and choose it again.")
    return content
