"""The one question about dates: whether 03/04/2026 is the 3rd of April or the 4th of March."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.planning import ImportPlan
from ui.theme import px
from ui.widgets import button, label

WORDS = {
    DateOrder.DAY_FIRST: "Day first (3/4 is 3 April)",
    DateOrder.MONTH_FIRST: "Month first (3/4 is 4 March)",
}


class OrderBar(QFrame):
    """Asks while it matters; the answer can be changed. ``chosen(DateOrder)``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("zone", "message")
        self._words = label("", "warning", wrap=True)
        self._group = QButtonGroup(self)
        self.choices: dict[DateOrder, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(8), px(20), px(8))
        row.setSpacing(px(8))
        row.addWidget(self._words, 1)
        for order, words in WORDS.items():
            made = button(words, lambda order=order: self.chosen.emit(order), "chip")  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            made.setCheckable(True)
            self._group.addButton(made)
            self.choices[order] = made
            row.addWidget(made)
        self.hide()

    def show_plan(self, plan: ImportPlan) -> None:
        """Ask about this file's dates, or show what was answered; hide where there is nothing to ask."""
        order = plan.decisions.date_order
        self.setVisible(bool(plan.read.questions) or order is not None)
        self._words.setText(_asked(plan) if order is None else "Dates of this file are read as you said:")
        self._group.setExclusive(False)
        for each, made in self.choices.items():
            made.setChecked(each is order)
        self._group.setExclusive(True)


def _asked(plan: ImportPlan) -> str:
    headings = list(dict.fromkeys(question.heading for question in plan.read.questions))
    samples = list(dict.fromkeys(text for question in plan.read.questions for text in question.samples))[:3]
    named = " and ".join(f"“{heading}”" for heading in headings)
    return f"Dates under {named} could be read both ways ({', '.join(samples)}) and are left out until you say which."
