"""Files that people bring: chosen in the system's dialog or dropped on the window; and where they save to."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

WORKBOOKS = "Workbooks (*.xlsx *.xlsm *.csv);;All files (*)"


def choose_workbooks(parent: QWidget) -> tuple[Path, ...]:
    """Let a person choose workbooks to bring in; none where they change their mind."""
    chosen, _kind = QFileDialog.getOpenFileNames(parent, "Bring in a workbook", "", WORKBOOKS)
    return tuple(Path(name) for name in chosen)


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
