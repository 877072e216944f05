"""A drop-down that keeps its values as they are, and what was chosen where it is offered again."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from ui.forms.controls import ChoiceBox
from ui.theme import px

Value = TypeVar("Value")


class Choices(ChoiceBox, Generic[Value]):
    """``changed()`` is called when a person chooses. The values stay here: Qt would make plain text of words."""

    def __init__(self, name: str, wide: int, changed: Callable[[], None]) -> None:
        super().__init__()
        self._values: list[Value] = []
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setMinimumWidth(px(wide))
        self.activated.connect(lambda _at: changed())

    def offer(self, choices: Iterable[tuple[Value, str]]) -> None:
        """Offer values with their words; what was chosen stays so where it is among them, else the first is."""
        before, offered = self.chosen(), list(choices)
        self._values = [value for value, _words in offered]
        self.clear()
        self.addItems([words for _value, words in offered])
        if before is not None and before in self._values:
            self.setCurrentIndex(self._values.index(before))

    def values(self) -> tuple[Value, ...]:
        """Return what is offered."""
        return tuple(self._values)

    def chosen(self) -> Value | None:
        """Return what is chosen, None where nothing is offered."""
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def choose(self, value: Value) -> None:
        """Choose one of the values; another changes nothing."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))
