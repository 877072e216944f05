"""The one question about dates: whether 03/04/2026 is the 3rd of April or the 4th of March."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.import_plan import ImportPlan
from ui.review.comparison import Compared
from ui.review.sheet_words import order_words
from ui.theme import px
from ui.widgets import button, label

WORDS = {
    DateOrder.DAY_FIRST: "Day first (3/4 is 3 April)",
    DateOrder.MONTH_FIRST: "Month first (3/4 is 4 March)",
}


class OrderChoice(QWidget):
    """The two answers. ``chosen(DateOrder)``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.choices: dict[DateOrder, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        for order, words in WORDS.items():
            made = button(words, partial(self.chosen.emit, order), "chip")
            made.setCheckable(True)
            self._group.addButton(made)
            self.choices[order] = made
            row.addWidget(made)

    def show_chosen(self, order: DateOrder | None) -> None:
        """Mark an answer, or none."""
        self._group.setExclusive(False)
        for each, made in self.choices.items():
            made.setChecked(each is order)
        self._group.setExclusive(True)


class OrderBar(QFrame):
    """Asks above every page while dates are in doubt. ``chosen(DateOrder)``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("zone", "message")
        self._matters: bool | None = None
        self._words = label("", "warning", wrap=True)
        self._choice = OrderChoice()
        self._choice.chosen.connect(self.chosen)
        self.choices = self._choice.choices
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(8), px(20), px(8))
        row.setSpacing(px(8))
        row.addWidget(self._words, 1)
        row.addWidget(self._choice)
        self.hide()

    def show_plan(self, plan: ImportPlan) -> None:
        """Ask about this file's dates, or show the answer, given here or remembered; hide where nothing is in doubt."""
        order = plan.decisions.date_order
        if self._matters is None:
            self._matters = order is not None
        self._matters = self._matters or bool(plan.read.questions)
        self.setVisible(bool(plan.read.questions) or (order is not None and self._matters))
        self._words.setText(_asked(plan) if order is None else "Dates of this file are read as you said:")
        self._choice.show_chosen(order)


class OrderLine(QWidget):
    """Says how the dates of a file are read, with an example of its own, and offers the other way.

    ``chosen(DateOrder)``. Hidden where no date of the file reads both ways.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", wrap=True)
        self._choice = OrderChoice()
        self._choice.chosen.connect(self.chosen)
        self.choices = self._choice.choices
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self._choice)
        row.addWidget(self.words, 1)
        self.hide()

    @property
    def last_choice(self) -> QWidget:
        """Return the last of its buttons."""
        return self.choices[DateOrder.MONTH_FIRST]

    def show_order(self, compared: Compared) -> None:
        """Show the order that the dates are read in now."""
        sample, order = compared.order, compared.plan.decisions.date_order
        self.setVisible(sample is not None)
        if sample is None:
            return
        in_doubt = order is None and bool(compared.plan.read.questions)
        if in_doubt:
            self.words.setText(f"{sample.text} may be either; such dates are left out until you say which.")
            self._choice.show_chosen(None)
        else:
            self.words.setText(order_words(sample, month_first=order is DateOrder.MONTH_FIRST))
            self._choice.show_chosen(order or DateOrder.DAY_FIRST)


def _asked(plan: ImportPlan) -> str:
    headings = list(dict.fromkeys(question.heading for question in plan.read.questions))
    samples = list(dict.fromkeys(text for question in plan.read.questions for text in question.samples))[:3]
    named = " and ".join(f"“{heading}”" for heading in headings)
    return f"Dates under {named} could be read both ways ({', '.join(samples)}) and are left out until you say which."
