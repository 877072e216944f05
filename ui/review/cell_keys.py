"""The keys that decide: one letter for the chosen cell, with Shift for its row, and the way from cell to cell."""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from models.vocabulary import CellChoice

_KEY, _MODIFIER = Qt.Key, Qt.KeyboardModifier
_CHOICES = {
    _KEY.Key_T: CellChoice.THEIRS,
    _KEY.Key_K: CellChoice.MINE,
    _KEY.Key_B: CellChoice.BOTH,
    _KEY.Key_U: None,
}
_STEPS = {_KEY.Key_Down: 1, _KEY.Key_Up: -1}


class CellKeys(QObject):
    """Heeds the keys in the widgets that it watches; what else is typed there goes on as ever.

    ``chosen(CellChoice or None)`` for the chosen cell and ``row_chosen`` for its row, ``stepped(1 or -1)`` to the next
    cell, ``open_asked()`` for the next that asks, ``several_asked()`` to decide several, ``copy_asked(all)`` for the
    row or for all that is shown.
    """

    chosen = Signal(object)
    row_chosen = Signal(object)
    stepped = Signal(int)
    open_asked = Signal()
    several_asked = Signal()
    copy_asked = Signal(bool)

    def watch(self, widget: QWidget) -> None:
        """Heed the keys that are pressed in a widget, or in one inside it that has no use for them."""
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._heed(event.keyCombination())
        return super().eventFilter(watched, event)

    def _heed(self, keys: QKeyCombination) -> bool:
        key, modifiers = keys.key(), keys.keyboardModifiers() & ~_MODIFIER.KeypadModifier
        if modifiers == _MODIFIER.ControlModifier and key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif modifiers == _MODIFIER.NoModifier and key in _CHOICES:
            self.chosen.emit(_CHOICES[key])
        elif modifiers == _MODIFIER.ShiftModifier and key in _CHOICES and key != _KEY.Key_B:
            self.row_chosen.emit(_CHOICES[key])
        elif modifiers == _MODIFIER.NoModifier and key in {_KEY.Key_N, _KEY.Key_D}:
            (self.open_asked if key == _KEY.Key_N else self.several_asked).emit()
        elif key == _KEY.Key_C and modifiers & _MODIFIER.ControlModifier:
            self.copy_asked.emit(bool(modifiers & _MODIFIER.ShiftModifier))
        else:
            return False
        return True
