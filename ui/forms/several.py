"""The editor of a field that takes any number of a few: a box to tick for each."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.forms.controls import TickBox
from ui.forms.editors import Editor
from ui.theme import px


class SeveralEditor(Editor):
    """Boxes one below the other; the value is a frozen set of their ids."""

    def __init__(self, choices: Sequence[tuple[int, str]], parent: QWidget | None = None) -> None:
        held = QWidget()
        self.boxes = {key: TickBox(words) for key, words in choices}
        super().__init__(held, parent)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        for box in self.boxes.values():
            box.setMinimumWidth(px(80))
            box.setToolTip(box.text())
            box.clicked.connect(lambda _on: self.changed.emit())
            column.addWidget(box)
        if self.boxes:
            held.setFocusProxy(next(iter(self.boxes.values())))

    @override
    def value(self) -> frozenset[int]:
        return frozenset(key for key, box in self.boxes.items() if box.isChecked())

    @override
    def set_value(self, value: object) -> None:
        chosen = value if isinstance(value, frozenset) else frozenset()
        for key, box in self.boxes.items():
            box.setChecked(key in chosen)

    @override
    def typed(self) -> str:
        return " ".join(str(key) for key in sorted(self.value()))

    @override
    def type_again(self, typed: str) -> None:
        self.set_value(frozenset(int(key) for key in typed.split()))
