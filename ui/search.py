"""Search and commands in one place (Ctrl+K): type a few words, choose with the arrows, Enter goes there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from csp_desktop.rules.folding import fold
from ui.tables.columns import Column, RowsInHand
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.theme import px
from ui.widgets import label

_MOVES = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to go to or to do; ``hint`` is its kind or its key."""

    words: str
    hint: str
    go: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    found: Found


_COLUMNS: tuple[Column[_Numbered], ...] = (
    Column(key="words", heading="", text=lambda row: row.found.words, width=0),
    Column(key="hint", heading="", text=lambda row: row.found.hint, width=16, tone=lambda _row: "muted"),
)


class Search(QFrame):
    """Floats over the window. ``offered`` is asked anew each time it opens."""

    def __init__(self, offered: Callable[[], Sequence[Found]], parent: QWidget) -> None:
        super().__init__(parent)
        self._offered = offered
        self._before: QWidget | None = None
        self.setProperty("zone", "floating")
        self.setAccessibleName("Search and commands")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.setSpacing(px(8))
        self.line = QLineEdit()
        self.line.setPlaceholderText("Search actions, people and commands")
        self.line.setAccessibleName("Search")
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._on_typed)
        self._model: TableModel[_Numbered] = TableModel(_COLUMNS, self)
        self.list = TableView(self._model, "Found")
        self.list.horizontalHeader().hide()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.row_opened.connect(lambda _number: self._go())
        self.list.clicked.connect(lambda _index: self._go())
        self.none_found = label(
            "Nothing fits these words. Try fewer of them, or a ref such as ACT-0042.", "muted", wrap=True
        )
        column.addWidget(self.line)
        column.addWidget(self.none_found)
        column.addWidget(self.list, 1)
        self.hide()

    def open(self) -> None:
        """Show everything there is to find and wait for words."""
        window = self.window()
        self._before = window.focusWidget()
        rows = [_Numbered(number, found) for number, found in enumerate(self._offered())]
        self._model.set_source(RowsInHand(_COLUMNS, rows, lambda row: row.number))
        self.line.clear()
        self._on_typed("")
        width = min(px(620), window.width() - px(40))
        self.setGeometry((window.width() - width) // 2, px(56), width, min(px(420), window.height() - px(96)))
        self.show()
        self.raise_()
        self.line.setFocus()

    def close_again(self) -> None:
        """Put it away and give the keyboard back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def _on_typed(self, text: str) -> None:
        self._model.filter(fold(text))
        self.none_found.setVisible(self._model.rowCount() == 0)
        if self._model.rowCount():
            self.list.choose(self._model.id_at(0))

    def _go(self) -> None:
        row = self.list.chosen_row()
        if row is not None:
            self.close_again()
            row.found.go()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take(event)
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return False

    def _take(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_again()
        elif event.key() in _ENTERS:
            self._go()
        elif event.key() in _MOVES:
            self.list.keyPressEvent(event)
        else:
            return False
        return True
