"""What the chosen column of the sheet is: its heading, some of its values, and the choice that settles it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout
from typing_extensions import override

from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.mapping import ColumnMapping
from csp_desktop.imports.records import TablePlace
from ui.forms.controls import ChoiceBox
from ui.review.sheet_words import ColumnTold, column_words
from ui.review.words import FIELDS
from ui.theme import px
from ui.widgets import MODIFIED, Title, label, restyled

NOT_READ = "Not read"
LONGEST_SAMPLE = 34
CHOICE_PX = 190
_KEYS = Qt.Key
STEPS = {_KEYS.Key_Up, _KEYS.Key_Down, _KEYS.Key_PageUp, _KEYS.Key_PageDown, _KEYS.Key_Home, _KEYS.Key_End}
STEPS |= {_KEYS.Key_Return, _KEYS.Key_Enter}


class FieldBox(ChoiceBox):
    """Chooses what a column holds. ``meant(field or None)`` when a person has chosen."""

    meant = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.addItems([NOT_READ, *FIELDS.values()])
        self.setMaxVisibleItems(len(FIELDS) + 1)
        self.setFixedWidth(px(CHOICE_PX))
        self.activated.connect(lambda _at: self.meant.emit(self.field()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list for the keys that would step through it: each step would take a field from another column."""
        if event.key() in STEPS:
            self.showPopup()
        elif event.text().strip() and not event.modifiers() & MODIFIED:
            self.showPopup()
            self.view().keyboardSearch(event.text())
        else:
            super().keyPressEvent(event)

    def show_field(self, field: ActionField | None) -> None:
        """Show what the column holds now."""
        self.setCurrentIndex(0 if field is None else 1 + list(FIELDS).index(field))

    def field(self) -> ActionField | None:
        """Return the field that is chosen."""
        at = self.currentIndex()
        return list(FIELDS)[at - 1] if at > 0 else None


class ColumnBand(QFrame):
    """One line above the sheet. ``meant(table, heading, field or None)`` when a person says what the column is."""

    meant = Signal(object, str, object)

    def __init__(self) -> None:
        super().__init__()
        self._table: TablePlace | None = None
        self._heading = ""
        self.name = Title("")
        self.name.setProperty("kind", "strong")
        self.choice = FieldBox()
        self.choice.setToolTip("Enter, in the sheet")
        self.sure = label("", "muted")
        self.values = Title("")
        self.values.setProperty("kind", "muted")
        self._is = label("This column is")
        self._is.setBuddy(self.choice)
        self._lay_out()
        self.choice.meant.connect(self._on_meant)

    def _lay_out(self) -> None:
        words = QGridLayout()
        words.setSpacing(0)
        self.sure.setContentsMargins(0, 0, px(10), 0)
        words.addWidget(self.name, 0, 0, 1, 2)
        words.addWidget(self.sure, 1, 0)
        words.addWidget(self.values, 1, 1)
        words.setColumnStretch(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addLayout(words, 1)
        row.addWidget(self._is)
        row.addWidget(self.choice)

    def show_column(self, table: TablePlace, column: ColumnMapping, told: ColumnTold, values: tuple[str, ...]) -> None:
        """Show a column of a table with some of its values."""
        self._table, self._heading = table, column.heading
        self.name.say(column_words(column))
        self.values.say(sample_words(values))
        self.choice.show_field(column.field)
        self.choice.setAccessibleName(f"{column_words(column)} is")
        self.sure.setText(told.note or told.holds)
        self.sure.setProperty("kind", told.tone)
        restyled(self.sure)
        self._allow(allowed=True)

    def show_none(self, words: str, why: str) -> None:
        """Say why nothing can be said of the column."""
        self._table = None
        self.name.say(words)
        self.values.say(why)
        self.sure.hide()
        self.choice.setAccessibleName("This column is")
        self.choice.show_field(None)
        self._allow(allowed=False)

    def _allow(self, *, allowed: bool) -> None:
        self.sure.setVisible(allowed)
        for part in (self._is, self.choice):
            part.setEnabled(allowed)

    def _on_meant(self, field: ActionField | None) -> None:
        if self._table is not None:
            self.meant.emit(self._table, self._heading, field)


def sample_words(values: tuple[str, ...]) -> str:
    """Return some values of a column on one line."""
    short = (value if len(value) <= LONGEST_SAMPLE else f"{value[:LONGEST_SAMPLE]}…" for value in values)
    return " \N{MIDDLE DOT} ".join(short) or "no values"
