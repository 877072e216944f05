"""Percentages, decided per column."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from csp_desktop.imports.dates import cell_error
from csp_desktop.imports.grid import CellError, CellValue, PercentNumber, text_of
from csp_desktop.imports.problems import Parsed, error, quote

_PERCENT = re.compile(
    r"^(?:c\.|circa|approx\.?|about|~)?\s*(-?\d{1,4}(?:[.,]\d{1,9})?)\s*(%|per ?cent)?"
    r"(?:\s*(?:complete|completed|done))?$",
    re.IGNORECASE,
)
_NO_PERCENT = frozenset({"n/a", "na", "-", "--", "tbc", "tbd", "tba", "none", "\u2013", "\u2014"})
_WHOLE = 100
_BEYOND_MONEY = 1e15  # keeps infinity and not-a-number out of decimals


def read_percents(values: Sequence[CellValue]) -> tuple[Parsed[int], ...]:
    """Read the filled cells of one column as whole percentages, halves up.

    45 %, 45 and 0.45 all mean 45. Bare numbers are shares of one only where none of them is above 1.
    """
    bare = [number for value in values if (number := _bare(value)) is not None]
    shares = bool(bare) and all(0 <= number <= 1 for number in bare)
    return tuple(_percent(value, shares=shares) for value in values)


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


def _percent(value: CellValue, *, shares: bool) -> Parsed[int]:
    if isinstance(value, CellError):
        return Parsed(None, (cell_error(value),))
    text = text_of(value)
    if text.casefold() in _NO_PERCENT:
        return Parsed(None)
    number = _number(value, shares=shares)
    if number is None:
        return Parsed(None, (error(f"{quote(text)} is not a percentage. Write a number from 0 to 100."),))
    if not 0 <= number <= _WHOLE:
        return Parsed(None, (error(f"{quote(text)} lies outside 0 to 100 per cent."),))
    if not shares and 0 < number < 1 and _bare(value) is not None:
        meant = f"{(number * _WHOLE).normalize():f}"
        return Parsed(
            None, (error(f"{quote(text)} stands among whole percentages. If it means {meant} %, write {meant}."),)
        )
    return Parsed(int(number.quantize(Decimal(1), ROUND_HALF_UP)))


def _number(value: CellValue, *, shares: bool) -> Decimal | None:
    """Return a cell's percentage; None where it holds none."""
    if isinstance(value, PercentNumber):
        return Decimal(repr(float(value))) * _WHOLE
    bare = _bare(value)
    if bare is not None:
        return bare * _WHOLE if shares else bare
    found = _PERCENT.match(value.strip()) if isinstance(value, str) else None
    return Decimal(found[1].replace(",", ".")) if found else None
