"""Everything the window can be told to do: one table of commands with their words and keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. ``words`` begin with a verb; ``listed`` says whether search offers it."""

    key: str
    words: str
    shortcut: str
    run: Callable[[], None]
    listed: bool = True


def install(window: QWidget, commands: Sequence[Command]) -> dict[str, QAction]:
    """Give the window an action for each command; ValueError where two commands share a key or a shortcut."""
    made: dict[str, QAction] = {}
    taken: dict[str, str] = {}
    for command in commands:
        shortcut = QKeySequence(command.shortcut).toString()
        if command.key in made or (shortcut and shortcut in taken):
            raise ValueError(f"{command.key} shares its key or {shortcut} with {taken.get(shortcut, command.key)}")
        action = QAction(command.words, window)
        action.setShortcut(QKeySequence(command.shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _on, run=command.run: run())
        window.addAction(action)
        made[command.key] = action
        if shortcut:
            taken[shortcut] = command.key
    return made


def key_words(shortcut: str) -> str:
    """Return a shortcut as it is shown: "Ctrl+K"."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
