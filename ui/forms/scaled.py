"""Numbers with decimals that are kept as whole ones: shares in millionths, weights in thousandths."""

import re
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.forms.editors import Editor, TextEditor
from ui.forms.fields import Field

_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(?<=\d)", re.ASCII)
PERCENT, THOUSANDTHS = 10_000, 1_000
"""How much one typed unit is in what is kept: one per cent in millionths, one of a unit in its thousandths."""


class ScaledEditor(TextEditor):
    """A number from 0 to ``most``, kept times ``scale`` as a whole number; nothing typed is None."""

    def __init__(self, scale: int, most: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale, self._most = scale, most

    @override
    def value(self) -> int | None:  # type: ignore[override]  # an editor's value is its field's own type
        typed = self.line.text().strip()
        if not typed:
            return None
        number = _number(typed)
        highest = "" if self._most is None else f" to {self._most}"
        if number is None or number < 0 or (self._most is not None and number > self._most):
            raise ValueError(f"“{typed}” will not do; type a number from 0{highest}, like 33.7.")
        if self._scale == PERCENT and 0 < number < 1 and not typed.endswith("%"):
            meant = f"{(number * 100).normalize():f}"
            raise ValueError(f"“{typed}” may be {typed}% or {meant}%; type “{typed}%” or “{meant}%”.")
        return round(number * self._scale)

    @override
    def set_value(self, value: object) -> None:
        words = scaled_words(value if isinstance(value, int) else None, self._scale)
        is_small = self._scale == PERCENT and isinstance(value, int) and 0 < value < PERCENT
        self.line.setText(f"{words}%" if is_small else words)


def _number(typed: str) -> Decimal | None:
    """Return a number as it is typed, None for anything else; a comma stands between thousands alone."""
    plain = typed.removesuffix("%").strip()
    return Decimal(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledField(Field):
    """A number with decimals, or None; its value is a whole number, ``scale`` times what is typed."""

    scale: int
    most: int | None = None

    @override
    def editor(self) -> Editor:
        return ScaledEditor(self.scale, self.most)

    @override
    def words(self, value: object) -> str:
        return scaled_words(value if isinstance(value, int) else None, self.scale)


def scaled_words(value: int | None, scale: int) -> str:
    """Return what is typed for a value: 337289 at 10,000 is "33.7289"; nothing for None."""
    if value is None:
        return ""
    exact = (Decimal(value) / scale).normalize()
    return f"{exact:f}"
