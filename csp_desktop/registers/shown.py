"""How a value of a register is written for people, the same on screen, on paper and in a spreadsheet."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from csp_desktop.registers.numbers import shown_decimal
from csp_desktop.rules.periods import shown_day
from models.vocabulary import Word


def shown_value(value: Any) -> str:
    """Return a value as people read it, empty for none; several stand with ; between them."""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return "" if value is None else str(value)


def _several(values: tuple[Any, ...]) -> str:
    return "; ".join(f"{each[1]:,} {each[0]}" if isinstance(each, tuple) else str(each) for each in values)


_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Word, lambda word: str(word.label)),
    (date, shown_day),
    (bool, lambda flag: "Yes" if flag else "No"),
    (Decimal, shown_decimal),
    (tuple, _several),
)
