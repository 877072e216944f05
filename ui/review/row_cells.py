"""The cells of the chosen row, one block each; one of them is chosen, and the keys decide about that one."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from csp_desktop.imports.cell_choices import CellKey
from models.vocabulary import CellChoice
from ui.review.cell_block import CellBlock, mark_of
from ui.review.cell_keys import CellKeys
from ui.review.cell_words import ToldCell
from ui.review.rooms import in_turn, into_view
from ui.theme import px
from ui.widgets import button, emptied

TAKE_ALL, KEEP_ALL, UNDO_ALL = "Take all of this row", "Keep all of this row", "Undo all of this row"


class RowCells(QWidget):
    """``decided(CellKey, CellChoice or None)`` of one cell, ``row_decided(CellChoice or None)`` of all of them."""

    decided = Signal(object, object)
    row_decided = Signal(object)

    def __init__(self, keys: CellKeys) -> None:
        super().__init__()
        self._keys = keys
        self.blocks: list[CellBlock] = []
        self._choices: Mapping[CellKey, CellChoice] = {}
        self._at = -1
        self._width = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._whole_row())
        self._column = QVBoxLayout()
        self._column.setSpacing(px(8))
        column.addLayout(self._column)

    def _whole_row(self) -> QWidget:
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(px(6))
        self.take_all = button(TAKE_ALL, lambda: self.row_decided.emit(CellChoice.THEIRS))
        self.keep_all = button(KEEP_ALL, lambda: self.row_decided.emit(CellChoice.MINE))
        self.undo_all = button(UNDO_ALL, lambda: self.row_decided.emit(None), "link")
        for made, key in ((self.take_all, "T"), (self.keep_all, "K"), (self.undo_all, "U")):
            made.setToolTip(f"Shift+{key}, in the table and here")
            self._keys.watch(made)
        self._line.addWidget(self.take_all)
        self._line.addWidget(self.keep_all)
        self._line.addStretch()
        column.addLayout(self._line)
        column.addWidget(self.undo_all, alignment=Qt.AlignmentFlag.AlignLeft)
        return self._whole

    def show_cells(self, cells: tuple[ToldCell, ...], choices: Mapping[CellKey, CellChoice]) -> None:
        """Show the cells of a row; those of the same row again keep the chosen one, and the keyboard where it is."""
        self._choices = choices
        if [block.mark for block in self.blocks] == [mark_of(cell) for cell in cells]:
            for block, cell in zip(self.blocks, cells, strict=True):
                block.show_cell(cell)
        else:
            self._build(cells)
        self.show_choices(choices)

    def _build(self, cells: tuple[ToldCell, ...]) -> None:
        current = self.current()
        kept = current.cell.key if current is not None else None
        had_focus = any(stop.hasFocus() for block in self.blocks for stop in block.stops())
        emptied(self._column)
        self.blocks = [CellBlock(cell) for cell in cells]
        for block in self.blocks:
            block.chosen.connect(lambda choice, block=block: self._on_chosen(block, choice))
            block.pointed.connect(lambda block=block: self.go_to(self.blocks.index(block)))
            block.fit(self._width)
            self._column.addWidget(block)
            for stop in block.stops():
                self._keys.watch(stop)
        in_turn(self.undo_all, [stop for block in self.blocks for stop in block.stops()])
        same = next((at for at, block in enumerate(self.blocks) if block.cell.key == kept), -1)
        self._at = -1
        self._mark(same if same >= 0 else self._first())
        current = self.current()
        if current is not None and current.cell.is_open(self._choices.get(current.cell.key)):
            self._bring_into_view()
        if had_focus and same >= 0:
            self.blocks[same].take_focus()

    def show_choices(self, choices: Mapping[CellKey, CellChoice]) -> None:
        """Show what is decided, which the comparison may not know yet."""
        self._choices = choices
        can_decide = [block for block in self.blocks if block.cell.can_decide]
        for block in self.blocks:
            block.show_choice(choices.get(block.cell.key))
        self._whole.setVisible(bool(can_decide))
        any_chosen = any(block.choice is not None for block in can_decide)
        if self.undo_all.hasFocus() and not any_chosen:
            self.take_all.setFocus()
        self.undo_all.setVisible(any_chosen)

    def current(self) -> CellBlock | None:
        """Return the chosen block."""
        return self.blocks[self._at] if 0 <= self._at < len(self.blocks) else None

    def go_to(self, at: int) -> None:
        """Choose a block and bring it into view; the keyboard follows where it is among them."""
        if not 0 <= at < len(self.blocks):
            return
        follows = at != self._at and any(stop.hasFocus() for block in self.blocks for stop in block.stops())
        self._mark(at)
        if follows:
            self.blocks[at].take_focus()
        self._bring_into_view()

    def _mark(self, at: int) -> None:
        self._at = at
        for number, block in enumerate(self.blocks):
            block.show_current(is_current=number == at)

    def _bring_into_view(self) -> None:
        """Scroll to the chosen block, once those that were just made have their places."""
        QTimer.singleShot(0, self, self._on_placed)

    def _on_placed(self) -> None:
        current = self.current()
        if current is not None:
            into_view(current)

    def step(self, by: int) -> bool:
        """Choose the next block, or with -1 the one before; False at the end."""
        if not 0 <= self._at + by < len(self.blocks):
            return False
        self.go_to(self._at + by)
        return True

    def next_open(self, *, after_current: bool) -> bool:
        """Choose the next block whose cell asks, False where there is none."""
        for at in range(self._at + 1 if after_current else 0, len(self.blocks)):
            block = self.blocks[at]
            if block.cell.is_open(self._choices.get(block.cell.key)):
                self.go_to(at)
                return True
        return False

    def press(self, choice: CellChoice | None) -> None:
        """Decide about the chosen cell by a key."""
        current = self.current()
        if current is not None:
            current.press(choice)

    def _first(self) -> int:
        """Return the block to begin with: the first that asks, else the first that can be decided."""
        asking = (at for at, block in enumerate(self.blocks) if block.cell.is_open(self._choices.get(block.cell.key)))
        deciding = (at for at, block in enumerate(self.blocks) if block.cell.can_decide)
        return next(asking, next(deciding, 0))

    def _on_chosen(self, block: CellBlock, choice: CellChoice | None) -> None:
        self.go_to(self.blocks.index(block))
        self.decided.emit(block.cell.key, choice)

    def fit(self, width: int) -> None:
        """Lay everything out for a width: beside each other what has room so, else below each other."""
        self._width = width
        for block in self.blocks:
            block.fit(width)
        wanted = sum(made.sizeHint().width() + px(6) for made in (self.take_all, self.keep_all))
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if wanted <= width else down)
