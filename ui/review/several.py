"""What is still open in an update workbook, the way to the next of it, and deciding a column or everything at once."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget
from typing_extensions import override

from csp_desktop.imports.cell_choices import CellGroup, CellKey, with_decided
from models.vocabulary import CellChoice
from ui.review.comparison import Compared
from ui.review.session import Session
from ui.review.words import counted
from ui.theme import px
from ui.widgets import button, label, restyled

NOUNS = {CellGroup.CONFLICTS: "conflict", CellGroup.EMPTIED: "emptied cell", CellGroup.CHANGES: "other change"}
EVERY = {
    CellGroup.CONFLICTS: "Every conflict",
    CellGroup.EMPTIED: "Every emptied cell",
    CellGroup.CHANGES: "Every other change",
}
DEEDS = {
    CellGroup.CONFLICTS: {CellChoice.THEIRS: "take the owner's", CellChoice.MINE: "keep the office's"},
    CellGroup.EMPTIED: {CellChoice.THEIRS: "empty", CellChoice.MINE: "keep"},
    CellGroup.CHANGES: {CellChoice.THEIRS: "take", CellChoice.MINE: "keep"},
}
UNDO = "undo choices"
MILESTONE = "milestone."


class SeveralBar(QWidget):
    """``open_asked()`` to be led to the next cell that asks. ``menu`` decides a column, or everything."""

    open_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.words = label("", wrap=True)
        self.next = button("Next open", self.open_asked.emit)
        self.next.setToolTip("N, in the table and beside it")
        self.several = button("Decide several", self.ask)
        self.several.setToolTip("D, in the table and beside it: a column, or everything at once")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.next)

    def show_comparison(self, compared: Compared) -> None:
        """Show what can be decided of the newest comparison."""
        self.several.setVisible(bool(compared.cell_columns))
        self.show_choices()

    def show_choices(self) -> None:
        """Say what is open after what was decided, which the comparison may not know yet."""
        left = self.open_cells()
        counts = {group: len(self._cells(group)) for group in (CellGroup.CONFLICTS, CellGroup.EMPTIED)}
        asked = sum(counts.values())
        self.setVisible(bool(asked))
        self.next.setEnabled(bool(left))
        self.words.setText(_open_words(counts, {group: len(left[group]) for group in left}))
        self.words.setProperty("kind", "warning" if left else "ok")
        restyled(self.words)

    def open_cells(self) -> dict[CellGroup, list[CellKey]]:
        """Return the cells that ask and that nobody has decided, by group; groups without any are left out."""
        decided = self._session.decisions.cells
        found = {
            group: [key for key in self._cells(group) if key not in decided]
            for group in (CellGroup.CONFLICTS, CellGroup.EMPTIED)
        }
        return {group: keys for group, keys in found.items() if keys}

    def _cells(self, group: CellGroup, column: str = "") -> list[CellKey]:
        return [key for key in self._session.now.groups.get(group, ()) if not column or key[1] == column]

    def ask(self) -> None:
        """Show the menu below its button."""
        if self.several.isVisible():
            self.several.setFocus()
            self.menu().popup(self.several.mapToGlobal(QPoint(0, self.several.height())))

    def menu(self) -> QMenu:
        """Return everything that can be decided at once: of all rows first, then column by column."""
        menu = _Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self._session.now
        for group in CellGroup:
            count = len(self._cells(group))
            if count:
                is_all = group is CellGroup.CHANGES and not (now.asks.conflicts or now.asks.emptied)
                every = "Every change" if is_all else EVERY[group]
                self._offer(menu.addMenu(f"{every} ({count:,})"), group, "")
        menu.addSeparator()
        words = {cell.cell.key: cell.words for line in now.lines for cell in line.cells}
        for column in now.cell_columns:
            heading = words.get(column.key, column.heading).replace("&", "&&")
            where = f"Milestones: {heading}" if column.key.startswith(MILESTONE) else heading
            inner = menu.addMenu(where)
            for group, count in sorted(column.counts.items(), key=lambda each: list(CellGroup).index(each[0])):
                self._offer(inner, group, column.key, f"{counted(count, NOUNS[group])} in {heading}: ")
        return menu

    def _offer(self, menu: QMenu, group: CellGroup, column: str, before: str = "") -> None:
        """Add what can be done with a group of cells."""
        for choice, deed in DEEDS[group].items():
            words = f"{before}{deed}"
            menu.addAction(words[:1].upper() + words[1:], partial(self._decide, group, choice, column))
        if any(key in self._session.decisions.cells for key in self._cells(group, column)):
            words = f"{before}{UNDO}"
            menu.addAction(words[:1].upper() + words[1:], partial(self._decide, group, None, column))

    def _decide(self, group: CellGroup, choice: CellChoice | None, column: str) -> None:
        asks = self._session.now.asks
        self._session.decide_soon(with_decided(self._session.decisions, self._cells(group, column), asks, choice))


class _Menu(QMenu):
    """A menu whose first entry is chosen as soon as it opens, for it is mostly opened by a key."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = next(iter(self.actions()), None)
        if first is not None:
            self.setActiveAction(first)


def _open_words(counts: Mapping[CellGroup, int], left: Mapping[CellGroup, int]) -> str:
    """Say how many of what asks is still open."""
    if not left:
        return "Everything that asked is decided."
    parts = [f"{left[group]:,} of {counted(counts[group], NOUNS[group])} open" for group in counts if left.get(group)]
    return ", ".join(parts)
