"""The first thing on a fresh machine: create a store, or open one that exists. QtWidgets alone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.front_page import centred
from ui.dialogs.gate import Gate
from ui.theme import px
from ui.widgets import button, label


class WelcomePage(QWidget):
    """The first thing on a fresh machine: create a store, or open one that exists."""

    create_asked = Signal()
    store_chosen = Signal(object)

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate
        column = centred(self)
        column.addWidget(label("Welcome to CSP Desktop", "title", wrap=True))
        told = "Your partnership's plan, its actions and its reports, kept on this PC in one encrypted store."
        column.addWidget(label(told, wrap=True))
        column.addSpacing(px(12))
        self.create_button = button("Create a store", self.create_asked.emit, "primary")
        self.open_button = button("Open a store that exists", self._on_open)
        column.addWidget(self.create_button)
        column.addWidget(self.open_button)

    def _on_open(self) -> None:
        self._gate.ready()
        from ui.files import choose_store

        chosen = choose_store(self, self._gate.default_path().parent)
        if chosen is not None:
            self.store_chosen.emit(chosen)
