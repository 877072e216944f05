"""Headline tiles: a figure, what it rests on, and how it is counted; as many abreast as there is room for."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.reoffending.explanations import Figure
from ui.theme import px
from ui.widgets import button, label

HOW = "How is this counted"
LEAST_PX = 176
_ABREAST = (6, 3, 2, 1)


class Tile(QFrame):
    """One figure. ``chooser`` stands below its name where the figure can be told in several ways."""

    def __init__(self, figure: Figure, asked: Callable[[], None], chooser: QWidget | None = None) -> None:
        super().__init__()
        self.figure = figure
        self.setProperty("zone", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(8))
        column.setSpacing(px(2))
        name = label(figure.value, "muted", wrap=True)
        self.value = label("\N{EN DASH}", "title", wrap=True)
        self.note = label("", "muted", wrap=True)
        self.how = button(HOW, asked, "link")
        self.how.setAccessibleName(f"{HOW}: {figure.value}")
        column.addWidget(name)
        if chooser is not None:
            column.addWidget(chooser)
        column.addWidget(self.value)
        column.addWidget(self.note)
        column.addStretch()
        column.addWidget(self.how, alignment=Qt.AlignmentFlag.AlignLeft)

    def say(self, value: str, note: str) -> None:
        """Show the figure and what it rests on."""
        self.value.setText(value)
        self.note.setText(note)
        self.setAccessibleName(f"{self.figure.value}: {value}. {note}".replace("\n", "; "))


class Tiles(QWidget):
    """The tiles in their order."""

    def __init__(
        self, figures: Sequence[Figure], asked: Callable[[Figure], None], choosers: dict[Figure, QWidget]
    ) -> None:
        super().__init__()
        self.tiles = {figure: Tile(figure, partial(asked, figure), choosers.get(figure)) for figure in figures}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(8))
        self._abreast = 0
        self._place()

    def _place(self) -> None:
        room = self.width() + px(8)
        abreast = next((many for many in _ABREAST if room >= many * px(LEAST_PX + 8)), 1)
        if abreast == self._abreast:
            return
        for at in range(_ABREAST[0]):
            self._grid.setColumnStretch(at, int(at < abreast))
        for at, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, at // abreast, at % abreast)
        self._abreast = abreast

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
