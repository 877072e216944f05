"""The editor of a whole number between two bounds."""

import re

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.forms.editors import TextEditor

_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)


class NumberEditor(TextEditor):
    """A whole number from ``least`` to ``most``; nothing typed is None."""

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most

    @override
    def value(self) -> int | None:  # type: ignore[override]  # an editor's value is its field's own type
        typed = self.line.text().strip()
        if not typed:
            return None
        plain = typed.replace(",", "") if _THOUSANDS.fullmatch(typed) else typed
        if not plain.isdecimal() or not self._least <= int(plain) <= self._most:
            raise ValueError(f"“{typed}” will not do; type a whole number from {self._least:,} to {self._most:,}.")
        return int(plain)
