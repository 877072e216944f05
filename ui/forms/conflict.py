"""Two people changed the same fields: mine and theirs side by side, to choose from field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.flow import Flow
from ui.forms.controls import RadioDot
from ui.theme import px
from ui.widgets import button, label, rule

WIDTH_PX = 620


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both changed, with both values as people read them."""

    key: str
    label: str
    mine: str
    theirs: str


class ConflictDialog(QDialog):
    """``settled(keys)`` with the fields for which theirs is kept; closing it any other way changes nothing."""

    settled = Signal(object)

    def __init__(self, clashes: Sequence[Clash], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Changed by someone else")
        self.rows: dict[str, tuple[RadioDot, RadioDot]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(10))
        column.addWidget(label("This was changed while you were editing", "section", wrap=True))
        told = "Nothing of yours was saved yet and nothing is lost. Choose for each field which of the two is to stand."
        column.addWidget(label(told, "muted", wrap=True))
        column.addWidget(self._fields(clashes), 1)
        bar = Flow(px(8))
        self.save_button = button("Save what I chose", self._on_save, "primary")
        self.save_button.setDefault(True)
        bar.addWidget(self.save_button)
        bar.addWidget(button("Back to the form", self.reject))
        if len(clashes) > 1:
            bar.addWidget(button("All mine", partial(self.choose_all, 0), "quiet"))
            bar.addWidget(button("All as it stands", partial(self.choose_all, 1), "quiet"))
        column.addLayout(bar)
        room = self.screen().availableGeometry().height() - px(40)  # at 200 % the fields scroll
        self.resize(px(WIDTH_PX), min(px(640), px(210 + 96 * len(clashes)), room))
        next(iter(self.rows.values()))[0].setFocus()

    def _fields(self, clashes: Sequence[Clash]) -> QWidget:
        inside = QWidget()
        inside.setProperty("zone", "inside")
        grid = QGridLayout(inside)
        grid.setContentsMargins(px(4), 0, px(8), 0)  # the ring of the keyboard stands outside its control
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for at, clash in enumerate(clashes):
            self._add(grid, at * 4, clash)
        grid.setRowStretch(len(clashes) * 4, 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        return scroll

    def _add(self, grid: QGridLayout, row: int, clash: Clash) -> None:
        grid.addWidget(rule(), row, 0, 1, 2)
        grid.addWidget(label(clash.label, "strong", wrap=True), row + 1, 0, 1, 2)
        group = QButtonGroup(self)
        made = []
        for at, (words, value) in enumerate((("Mine", clash.mine), ("As it stands now", clash.theirs))):
            dot = RadioDot(words)
            dot.setAccessibleName(f"{clash.label}, {words.lower()}: {value or 'none'}")
            group.addButton(dot)
            grid.addWidget(dot, row + 2, at)
            told = label(value or "none", "body" if value else "muted", wrap=True)
            told.setAlignment(Qt.AlignmentFlag.AlignTop)
            told.setContentsMargins(px(24), 0, 0, px(8))
            grid.addWidget(told, row + 3, at)
            made.append(dot)
        made[0].setChecked(True)
        self.rows[clash.key] = (made[0], made[1])

    def choose_all(self, side: int) -> None:
        """Choose mine (0) or theirs (1) for every field."""
        for pair in self.rows.values():
            pair[side].setChecked(True)

    def _on_save(self) -> None:
        theirs = frozenset(key for key, (_mine, other) in self.rows.items() if other.isChecked())
        self.accept()
        self.settled.emit(theirs)
