"""Percentages, decided per column."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from csp_desktop.imports.dates import cell_error
from csp_desktop.imports.grid import CellError, CellValue, PercentNumber, text_of
from csp_desktop.imports.problems import Finding, Parsed, error, quote, warning

_PERCENT = re.compile(
    r"^(?:c\.|circa|approx\.?|about|~)?\s*(-?\d{1,4}(?:[.,]\d{1,9})?)\s*(%|per ?cent)?"
    r"(?:\s*(?:complete|completed|done))?$",
    re.IGNORECASE,
)
_NO_PERCENT = frozenset({"n/a", "na", "-", "--", "tbc", "tbd", "tba", "none", "\u2013", "\u2014"})
_WHOLE = 100
_BEYOND_MONEY = 1e15  # keeps infinity and not-a-number out of decimals


class _Habit(Enum):
    """How a column writes a bare number: 0.45 for 45 %, 45, both, or nothing but noughts and ones."""

    SHARES = "shares"
    WHOLE = "whole"
    BOTH = "both"
    ONES = "ones"


def read_percents(values: Sequence[CellValue]) -> tuple[Parsed[int], ...]:
    """Read the filled cells of one column as whole percentages, halves up.

    45 %, 45 and 0.45 all mean 45. A cell with a per cent sign, or formatted as one, is sure by itself. Bare numbers
    are shares of one where none of them is above 1; else 0.45 is asked about, and 1 too where some look like shares.
    """
    bare = [number for value in values if (number := _bare(value)) is not None]
    whole, shares = any(number > 1 for number in bare), any(0 < number < 1 for number in bare)
    habit = (_Habit.BOTH if shares else _Habit.WHOLE) if whole else _Habit.SHARES if shares else _Habit.ONES
    signed = any(_bare(value) is None and _number(value, shares=False) is not None for value in values)
    return tuple(_percent(value, habit, signed=signed) for value in values)


def is_percentlike(value: CellValue) -> bool:
    """Say whether a cell would do in a column of percentages."""
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float) or (isinstance(value, str) and bool(_PERCENT.match(value.strip())))


def _bare(value: CellValue) -> Decimal | None:
    """Return the number of a cell that shows no per cent sign."""
    if isinstance(value, bool | PercentNumber):
        return None
    if isinstance(value, int | float):
        return Decimal(str(value)) if abs(value) < _BEYOND_MONEY else None
    found = _PERCENT.match(value.strip()) if isinstance(value, str) else None
    return Decimal(found[1].replace(",", ".")) if found and not found[2] else None


def _percent(value: CellValue, habit: _Habit, *, signed: bool) -> Parsed[int]:
    """Return what one cell gives. ``signed``: other cells of the column show a per cent sign."""
    if isinstance(value, CellError):
        return Parsed(None, (cell_error(value),))
    text = text_of(value)
    if text.casefold() in _NO_PERCENT:
        return Parsed(None)
    bare = _bare(value)
    number = _number(value, shares=habit in {_Habit.SHARES, _Habit.ONES})
    if number is None:
        return Parsed(None, (error(f"{quote(text)} is not a percentage. Write a number from 0 to 100."),))
    if not 0 <= number <= _WHOLE:
        return Parsed(None, (error(f"{quote(text)} lies outside 0 to 100 per cent."),))
    if bare is not None and _is_either(bare, habit):
        meant, small = (f"{each.normalize():f}" for each in (bare * _WHOLE, bare))
        question = f"If it means {meant} %, write {meant}; if it means {small} %, write {small}%."
        return Parsed(None, (error(f"{quote(text)} stands among whole percentages. {question}"),))
    findings: tuple[Finding, ...] = ()
    if bare == 1 and habit is _Habit.ONES and signed:
        findings = (warning(f"{quote(text)} was taken as 100 %. If it means 1 %, write 1%."),)
    return Parsed(int(number.quantize(Decimal(1), ROUND_HALF_UP)), findings)


def _is_either(bare: Decimal, habit: _Habit) -> bool:
    """Say whether a bare number could be a share or a whole percentage in a column of that habit."""
    return 0 < bare <= 1 and habit is _Habit.BOTH


def _number(value: CellValue, *, shares: bool) -> Decimal | None:
    """Return a cell's percentage; None where it holds none."""
    if isinstance(value, PercentNumber):
        return Decimal(repr(float(value))) * _WHOLE
    bare = _bare(value)
    if bare is not None:
        return bare * _WHOLE if shares else bare
    found = _PERCENT.match(value.strip()) if isinstance(value, str) else None
    return Decimal(found[1].replace(",", ".")) if found else None
