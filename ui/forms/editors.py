"""The widgets behind a form's fields: each holds one value, says when it changed and refuses in a sentence."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from csp_desktop.charts.rag import RagMark
from ui.forms.controls import ChoiceBox, RagButton, TickBox
from ui.forms.words import read_date, read_percent, shown_date
from ui.theme import px

LONG_TEXT_LINES = 4
MOST_UNSEARCHED = 20
MARKS_ACROSS = 3  # what a pane of the least width holds


class Editor(QWidget):
    """One field's widget. ``changed()`` follows every change a person makes.

    ``value`` raises ValueError with the sentence to show where what was typed cannot be read.
    """

    changed = Signal()

    def __init__(self, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(control)
        self.setFocusProxy(control)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def value(self) -> object:
        """Return the value held."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a value; it does not count as a change by the person."""
        raise NotImplementedError

    def typed(self) -> str:
        """Return what the widget shows, readable or not, as text to be kept."""
        raise NotImplementedError

    def type_again(self, typed: str) -> None:
        """Show what ``typed`` returned once."""
        raise NotImplementedError


class TextEditor(Editor):
    """One line of text, or a secret that is not shown while it is typed."""

    def __init__(self, parent: QWidget | None = None, *, secret: bool = False) -> None:
        self.line = QLineEdit()
        super().__init__(self.line, parent)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textEdited.connect(lambda _text: self.changed.emit())

    @override
    def value(self) -> str:
        return self.line.text().strip()

    @override
    def set_value(self, value: object) -> None:
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    @override
    def typed(self) -> str:
        return self.line.text()

    @override
    def type_again(self, typed: str) -> None:
        self.line.setText(typed)


class PathEditor(TextEditor):
    """A file's path, typed or chosen; ``choose`` opens the file dialog and returns the choice or None."""

    def __init__(self, choose: Callable[[Path], Path | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        pick = QPushButton("Choose …")
        pick.clicked.connect(lambda _on: self._on_pick())
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(pick)
        box = self.layout()
        if isinstance(box, QVBoxLayout):
            box.addLayout(row)

    def _on_pick(self) -> None:
        chosen = self._choose(Path(self.line.text()))
        if chosen is not None:
            self.line.setText(str(chosen))
            self.changed.emit()


class DateEditor(TextEditor):
    """A date typed day first in any usual way, shown as ``30 Sep 2024`` as soon as the field is left."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.line.setPlaceholderText(f"day/month/year, like 30/9/{today.year}")
        self.line.editingFinished.connect(self._on_left)

    @override
    def value(self) -> date | None:  # type: ignore[override]  # an editor's value is its field's own type
        return read_date(self.line.text(), self._today)

    @override
    def set_value(self, value: object) -> None:
        self.line.setText(shown_date(value if isinstance(value, date) else None))

    def _on_left(self) -> None:
        typed = self.line.text()
        if typed.strip() and not self.line.property("refused"):
            self._tidy(typed)

    def _tidy(self, typed: str) -> None:
        try:
            day = read_date(typed, self._today)
        except ValueError:  # the sentence is shown on saving; until then what was typed stays as it was typed
            return
        self.line.setText(shown_date(day))


class PercentEditor(TextEditor):
    """A whole percentage."""

    @override
    def value(self) -> int | None:  # type: ignore[override]  # an editor's value is its field's own type
        return read_percent(self.line.text())


class PersonEditor(TextEditor):
    """A name, or several with semicolons between them, completed from the people who are known."""

    def __init__(self, known: Sequence[str], parent: QWidget | None = None, *, many: bool = False) -> None:
        super().__init__(parent)
        self._many = many
        self._completer = QCompleter(QStringListModel(list(known), self), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.activated.connect(self._on_picked)
        if many:
            self.line.setPlaceholderText("several names with ; between them")
            self._completer.setWidget(self.line)
            self.line.textEdited.connect(self._on_typed)
        else:
            self.line.setCompleter(self._completer)

    @override
    def value(self) -> str | tuple[str, ...]:  # type: ignore[override]  # an editor's value is its field's own type
        if self._many:
            return tuple(name.strip() for name in self.line.text().split(";") if name.strip())
        return super().value()

    @override
    def set_value(self, value: object) -> None:
        super().set_value("; ".join(str(name) for name in value) if isinstance(value, tuple | list) else value)

    def _on_typed(self, text: str) -> None:
        begun = text.rpartition(";")[2].strip()
        self._completer.setCompletionPrefix(begun)
        popup = self._completer.popup()
        if begun and self._completer.completionCount():
            self._completer.complete()
        elif popup is not None:
            popup.hide()

    def _on_picked(self, name: str) -> None:
        if self._many:
            before = [part.strip() for part in self.line.text().split(";")[:-1] if part.strip()]
            self.line.setText("; ".join([*before, name]))
        self.changed.emit()


class LongTextEditor(Editor):
    """Several lines of text; Tab leaves the field, as in every other."""

    def __init__(self, lines: int = LONG_TEXT_LINES, parent: QWidget | None = None) -> None:
        self.text = QPlainTextEdit()
        super().__init__(self.text, parent)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + px(20))
        self._setting = False
        self.text.textChanged.connect(self._on_text_changed)

    def _on_text_changed(self) -> None:
        if not self._setting:
            self.changed.emit()

    @override
    def value(self) -> str:
        return self.text.toPlainText().strip()

    @override
    def set_value(self, value: object) -> None:
        self._setting = True
        self.text.setPlainText("" if value is None else str(value))
        self._setting = False

    @override
    def typed(self) -> str:
        return self.text.toPlainText()

    @override
    def type_again(self, typed: str) -> None:
        self.set_value(typed)


class ChoiceEditor(Editor):
    """One of some values, each with its words; among many, typing any part of the words finds it."""

    def __init__(self, choices: Sequence[tuple[object, str]], parent: QWidget | None = None) -> None:
        self.box = ChoiceBox()
        super().__init__(self.box, parent)
        self._values = [value for value, _words in choices]
        self.box.addItems([words for _value, words in choices])
        self.box.activated.connect(lambda _at: self.changed.emit())
        if len(choices) > MOST_UNSEARCHED:
            self.box.be_searched()
            self.box.editTextChanged.connect(self._on_typed)

    def _on_typed(self, text: str) -> None:
        if text != self.box.itemText(self.box.currentIndex()):
            self.changed.emit()

    @override
    def value(self) -> object:
        at = self.box.currentIndex()
        text = self.box.currentText()
        if text != self.box.itemText(at):  # typed, and not picked
            at = self.box.findText(text.strip(), Qt.MatchFlag.MatchFixedString)
            if not text.strip() and None in self._values:
                at = self._values.index(None)
            if at < 0:
                raise ValueError("Pick one of the list: type a part of its words, then choose it below.")
        return self._values[at] if self._values else None

    @override
    def set_value(self, value: object) -> None:
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    @override
    def typed(self) -> str:
        return self.box.currentText()

    @override
    def type_again(self, typed: str) -> None:
        at = self.box.findText(typed)
        if at < 0 and self.box.isEditable():
            self.box.setEditText(typed)
        else:
            self.box.setCurrentIndex(max(0, at))


class RagEditor(Editor):
    """The owner's RAG: one button for each value of the plan's scheme and one for none."""

    def __init__(self, marks: Sequence[RagMark], parent: QWidget | None = None) -> None:
        self.buttons = [RagButton(None), *(RagButton(mark) for mark in marks)]
        row = QWidget()
        super().__init__(row, parent)
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(2))
        for at, button in enumerate(self.buttons):
            grid.addWidget(button, at // MARKS_ACROSS, at % MARKS_ACROSS)
            button.clicked.connect(lambda _on: self.changed.emit())
        grid.setColumnStretch(MARKS_ACROSS, 1)
        self.buttons[0].setChecked(True)
        row.setFocusProxy(self.buttons[0])

    @override
    def value(self) -> str | None:
        mark = next(button.mark for button in self.buttons if button.isChecked())
        return mark.letter if mark else None

    @override
    def set_value(self, value: object) -> None:
        wanted = next((b for b in self.buttons if b.mark and b.mark.letter == value), self.buttons[0])
        wanted.setChecked(True)

    @override
    def typed(self) -> str:
        return self.value() or ""

    @override
    def type_again(self, typed: str) -> None:
        self.set_value(typed or None)


class CheckEditor(Editor):
    """Yes or no, with its words beside the box."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        self.box = TickBox(words)
        super().__init__(self.box, parent)
        self.box.clicked.connect(lambda _on: self.changed.emit())

    @override
    def value(self) -> bool:
        return self.box.isChecked()

    @override
    def set_value(self, value: object) -> None:
        self.box.setChecked(bool(value))

    @override
    def typed(self) -> str:
        return "yes" if self.value() else ""

    @override
    def type_again(self, typed: str) -> None:
        self.set_value(typed == "yes")
