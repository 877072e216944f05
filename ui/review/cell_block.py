"""One cell of the chosen row: its sides beside each other, what becomes of it, and the choices."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from models.vocabulary import CellChoice
from ui.review.cell_words import KEYS, UNDO, UNDO_KEY, Side, ToldCell, choices_of, chosen_of, sides_of, state_of
from ui.review.marked_text import MarkedText
from ui.theme import px
from ui.widgets import button, label, restyled

NOTHING = "nothing"
UNCHOSEN, CHOSEN = "\N{WHITE CIRCLE}", "\N{BLACK CIRCLE}"
LEAST_SIDE_PX = 112
ROUND_PX, LINE_PX = 6, 2


class CellBlock(QFrame):
    """``chosen(CellChoice or None)`` when a person decides, or takes it back; ``pointed()`` when it is clicked."""

    chosen = Signal(object)
    pointed = Signal()

    def __init__(self, cell: ToldCell) -> None:
        super().__init__()
        self.cell = cell
        self.choice: CellChoice | None = None
        self._is_current = False
        self.setAccessibleName(f"{cell.words} {cell.cell.cell}".rstrip())
        self.state = label("", "muted", wrap=True)
        self.buttons: dict[CellChoice, QPushButton] = {}
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(8), px(10), px(8))
        column.setSpacing(px(6))
        column.addLayout(self._head())
        column.addLayout(self._sides)
        column.addLayout(self._standing())
        column.addWidget(self._row())
        self._fill_sides()
        self.show_choice(None)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(self.cell.words, "strong", wrap=True), 1)
        row.addWidget(label(self.cell.cell.cell, "muted"))
        return row

    def _fill_sides(self) -> None:
        self._sides.setSpacing(px(10))
        for side in sides_of(self.cell):
            made = QVBoxLayout()
            made.setSpacing(px(1))
            whose = label(side.whose, "muted", wrap=True)
            whose.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            made.addWidget(whose)
            made.addWidget(_side(side, self.cell.words), alignment=Qt.AlignmentFlag.AlignTop)
            self._sides.addLayout(made, 1)

    def _standing(self) -> QHBoxLayout:
        """Return what becomes of the cell, with the way to take a choice back."""
        self.undo = button(UNDO, lambda: self.chosen.emit(None), "link")
        self.undo.setToolTip(f"{UNDO_KEY}, in the table and here")
        self.undo.setAccessibleName(f"{self.cell.words}: {UNDO.lower()}")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.state, 1)
        row.addWidget(self.undo, alignment=Qt.AlignmentFlag.AlignTop)
        return row

    def _row(self) -> QWidget:
        """Return the choices beside each other, or below where there is too little room."""
        self._choices = QWidget()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._choices)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(6))
        for choice, words in choices_of(self.cell).items():
            made = button(words, partial(self._on_pressed, choice), "chip")
            made.setCheckable(True)
            made.setAccessibleName(f"{self.cell.words}: {words}")
            made.setToolTip(f"{KEYS[choice]}, in the table and here")
            self.buttons[choice] = made
            self._line.addWidget(made)
        self._line.addStretch()
        if not self.buttons:
            self._choices.hide()
        return self._choices

    def show_cell(self, cell: ToldCell) -> None:
        """Show the same cell as a newer comparison finds it; its sides and its choices are the same."""
        self.cell = cell

    @property
    def mark(self) -> tuple[object, ...]:
        """Return what of its cell is built once: another cell with the same needs no other block."""
        return mark_of(self.cell)

    def show_choice(self, choice: CellChoice | None) -> None:
        """Show what is decided of the cell, which the comparison may not know yet."""
        self.choice = choice
        words, tone = state_of(self.cell, choice)
        self.state.setText(words)
        self.state.setProperty("kind", tone)
        restyled(self.state)
        at = chosen_of(self.cell, choice)
        for each, made in self.buttons.items():
            made.setChecked(each is at)
            made.setText(f"{CHOSEN if each is at else UNCHOSEN} {choices_of(self.cell)[each]}")
        if choice is None and self.undo.hasFocus():
            self.take_focus()
        self.undo.setVisible(choice is not None)

    def show_current(self, *, is_current: bool) -> None:
        """Show whether the keys T, K and B are about this cell."""
        if is_current != self._is_current:
            self._is_current = is_current
            self.update()

    def fit(self, width: int) -> None:
        """Put the sides below each other where there is too little room beside each other, and the choices too."""
        beside = width >= self._sides.count() * px(LEAST_SIDE_PX)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(across if beside else down)
        wanted = sum(made.sizeHint().width() + px(6) for made in self.buttons.values())
        self._line.setDirection(across if wanted <= width - px(14) else down)

    def stops(self) -> list[QWidget]:
        """Return what the keyboard comes by, in order."""
        return [*self.buttons.values(), self.undo]

    def take_focus(self) -> None:
        """Put the keyboard on the choice that the cell stands at, else on the first."""
        at = chosen_of(self.cell, self.choice)
        made = self.buttons.get(at) if at is not None else None
        first = made or next(iter(self.buttons.values()), None)
        if first is not None:
            first.setFocus()

    def press(self, choice: CellChoice | None) -> None:
        """Choose by a key; what is not offered is not chosen."""
        if choice in self.buttons or (choice is None and self.choice is not None):
            self.chosen.emit(choice)

    def _on_pressed(self, choice: CellChoice) -> None:
        self.show_choice(self.choice)  # a press alone checks nothing: what is decided does
        self.chosen.emit(choice)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pointed.emit()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, width = self.palette(), px(LINE_PX) if self._is_current else 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole.Accent if self._is_current else QPalette.ColorRole.Mid
        painter.setPen(QPen(palette.color(role), width))
        half = (width + 1) // 2
        painter.drawRoundedRect(self.rect().adjusted(half, half, -half - 1, -half - 1), px(ROUND_PX), px(ROUND_PX))
        painter.end()


def _side(side: Side, words: str) -> QWidget:
    """Return one side's text; what is blank, or only repeats another side, is said quietly."""
    if side.instead or not side.pieces:
        made: QWidget = label(side.instead or NOTHING, "muted", wrap=True)
        made.setAccessibleName(f"{words}, {side.whose}: {side.text or NOTHING}")
        return made
    made = MarkedText(side.pieces)
    made.setAccessibleName(f"{words}, {side.whose}: {side.text}")
    return made


def mark_of(cell: ToldCell) -> tuple[object, ...]:
    """Return what of a cell its block is built from."""
    return (cell.key, cell.words, cell.cell.cell, cell.base, cell.theirs, cell.mine, tuple(choices_of(cell).items()))
