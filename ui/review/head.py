"""The head of a review: which file it is, its pages as tabs, and the plan that its rows go into."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from csp_desktop.queries.plans import PlanRow
from ui.forms.controls import ChoiceBox
from ui.theme import px
from ui.widgets import Title, button, label

PLAN_PX, LEAST_PLAN_PX = 310, 150


class ReviewHead(QWidget):
    """``plan_chosen(key)`` when a person chooses the plan. ``tabs`` are the buttons of the pages by name."""

    plan_chosen = Signal(str)

    def __init__(self, file_name: str, plans: Sequence[PlanRow], pages: Mapping[str, Callable[[], None]]) -> None:
        super().__init__()
        self._plans = plans
        self.title = Title(file_name)
        self.about = Title("")
        self.about.setProperty("kind", "muted")
        self._into = label("Into", "muted")
        self.plan = ChoiceBox()
        self.plan.setAccessibleName("Plan that the rows go into")
        self.plan.addItems([plan.title for plan in plans])
        self.plan.setMinimumContentsLength(0)
        self.plan.setMinimumWidth(px(LEAST_PLAN_PX))
        self.plan.setMaximumWidth(px(PLAN_PX))
        self.plan.activated.connect(lambda at: self.plan_chosen.emit(self._plans[at].key))
        self.tabs = self._made(pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(10), px(20), 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addLayout(self._row())

    def _made(self, pages: Mapping[str, Callable[[], None]]) -> dict[str, QPushButton]:
        group = QButtonGroup(self)
        tabs: dict[str, QPushButton] = {}
        for number, (name, go) in enumerate(pages.items(), start=1):
            tab = tabs[name] = button(name, go, "tab")
            tab.setCheckable(True)
            tab.setToolTip(f"Ctrl+{number}")
            group.addButton(tab)
        return tabs

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, px(4))
        row.setSpacing(px(16))
        for tab in self.tabs.values():
            row.addWidget(tab)
        row.addStretch(1)
        row.addWidget(self._into)
        row.addWidget(self.plan, 1000)
        return row

    def show_plan(self, plan_id: int, about: str) -> None:
        """Show the plan that the rows go into, and say what the file is and what it is compared with."""
        self.about.say(about)
        self.plan.setCurrentIndex(next(at for at, each in enumerate(self._plans) if each.id == plan_id))
        self.plan.setToolTip(self.plan.currentText())

    def shorten(self, *, is_short: bool) -> None:
        """Leave the file's name to the window's own title where the screen has little height."""
        self.title.setVisible(not is_short)

    def end(self) -> None:
        """Show the file alone, once it is in."""
        for shown in (*self.tabs.values(), self._into, self.plan):
            shown.hide()
