"""The plan's themes, strands and objectives as a tree; choosing one narrows the table of actions beside it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from csp_desktop.queries.glances import Glance
from csp_desktop.queries.plans import ObjectiveRow, ThemeRow
from ui.theme import px


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions of a plan lie directly under each theme, and under each objective; None is for neither."""

    themes: Counter[int | None]
    objectives: Counter[int | None]


@dataclass(frozen=True, slots=True)
class Branch:
    """What a branch of the tree holds. With neither ids nor objective it is the whole plan.

    ``theme_ids`` holds the theme and the strands within it; None among them stands for actions without a theme.
    """

    key: str = "all"
    theme_ids: frozenset[int | None] | None = None
    objective_id: int | None = None

    def holds(self, row: Glance) -> bool:
        """Say whether an action lies on this branch."""
        if self.objective_id is not None:
            return row.objective_id == self.objective_id
        return self.theme_ids is None or row.theme_id in self.theme_ids

    def count(self, counts: Counts) -> int:
        """Return how many actions lie on this branch."""
        if self.objective_id is not None:
            return counts.objectives[self.objective_id]
        if self.theme_ids is None:
            return counts.themes.total()
        return sum(counts.themes[theme_id] for theme_id in self.theme_ids)


_BRANCH = Qt.ItemDataRole.UserRole


class PlanTree(QTreeWidget):
    """``chosen()`` when another branch is chosen; the choice is kept over every reading of the plan."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Themes and objectives")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(px(14))
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        heads = self.header()
        heads.setStretchLastSection(False)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        heads.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._filling = False
        self._open: set[str] = set()
        self.itemSelectionChanged.connect(self._on_selected)

    def branch(self) -> Branch:
        """Return the branch that is chosen."""
        items = self.selectedItems()
        held = items[0].data(0, _BRANCH) if items else None
        return held if isinstance(held, Branch) else Branch()

    def fill(self, themes: Sequence[ThemeRow], objectives: Sequence[ObjectiveRow], counts: Counts) -> None:
        """Show the plan as read now."""
        kept = self.branch().key
        self._open = {item.data(0, _BRANCH).key for item in self._items() if item.isExpanded()}
        self._filling = True
        self.clear()
        self._add(None, "All actions", Branch(), counts)
        by_id: dict[int | None, QTreeWidgetItem] = {}
        for theme in themes:
            branch = Branch(f"theme-{theme.id}", within(theme.id, themes))
            by_id[theme.id] = self._add(by_id.get(theme.parent_id), _numbered(theme), branch, counts)
        for objective in objectives:
            branch = Branch(f"objective-{objective.id}", None, objective.id)
            self._add(by_id.get(objective.theme_id), _numbered(objective), branch, counts)
        if counts.themes[None]:
            self._add(None, "No theme", Branch("none", frozenset({None})), counts)
        for item in self._items():
            item.setExpanded(item.data(0, _BRANCH).key in self._open)
        self._select(kept)
        self._filling = False

    def choose_all(self) -> None:
        """Choose the whole plan."""
        self._select("all")

    def _add(self, parent: QTreeWidgetItem | None, words: str, branch: Branch, counts: Counts) -> QTreeWidgetItem:
        count = branch.count(counts)
        item = QTreeWidgetItem([words, f"{count:,}" if count else ""])
        item.setToolTip(0, words)
        item.setData(0, _BRANCH, branch)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{words}, {count} actions")
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(1, self.palette().placeholderText())
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _select(self, key: str) -> None:
        wanted = next((item for item in self._items() if item.data(0, _BRANCH).key == key), self.topLevelItem(0))
        if wanted is not None:
            self.setCurrentItem(wanted)

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is not None:
                found.append(item)
                waiting = [*(item.child(at) for at in range(item.childCount())), *waiting]
        return found

    def _on_selected(self) -> None:
        if not self._filling:
            self.chosen.emit()


def within(theme_id: int, themes: Sequence[ThemeRow]) -> frozenset[int | None]:
    """Return a theme and every strand below it; ``themes`` are in reading order."""
    found: set[int | None] = {theme_id}
    for theme in themes:
        if theme.parent_id in found:
            found.add(theme.id)
    return frozenset(found)


def _numbered(row: ThemeRow | ObjectiveRow) -> str:
    return f"{row.number} {row.title}".strip()
