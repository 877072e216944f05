"""The head of a review: which file it is, and the plan that its rows go into."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csp_desktop.queries.plans import PlanRow
from ui.forms.controls import ChoiceBox
from ui.theme import px
from ui.widgets import Title, label

PLAN_PX = 310


class ReviewHead(QWidget):
    """``plan_chosen(key)`` when a person chooses the plan."""

    plan_chosen = Signal(str)

    def __init__(self, file_name: str, plans: Sequence[PlanRow]) -> None:
        super().__init__()
        self._plans = plans
        self._into = label("Into", "muted")
        self.plan = ChoiceBox()
        self.plan.setAccessibleName("Plan that the rows go into")
        self.plan.addItems([plan.title for plan in plans])
        self.plan.setMinimumWidth(px(PLAN_PX))
        self.plan.activated.connect(lambda at: self.plan_chosen.emit(self._plans[at].key))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(14), px(20), px(4))
        row.setSpacing(px(8))
        row.addWidget(Title(file_name), 1)
        row.addWidget(self._into)
        row.addWidget(self.plan)

    def show_plan(self, plan_id: int) -> None:
        """Show the plan that the rows go into."""
        self.plan.setCurrentIndex(next(at for at, each in enumerate(self._plans) if each.id == plan_id))

    def end(self) -> None:
        """Show the file alone, once it is in."""
        self._into.hide()
        self.plan.hide()
