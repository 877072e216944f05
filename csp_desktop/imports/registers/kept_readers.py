"""How the cells of a kept register are read whose values lie in tables of their own, or are decimals or long texts."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from csp_desktop.imports.grid import CellValue, PercentNumber, text_of
from csp_desktop.imports.problems import Parsed, error, quote
from csp_desktop.imports.registers.day_readers import NOTHING
from csp_desktop.imports.registers.known_names import KnownTable
from csp_desktop.imports.registers.name_readers import read_name, read_party, read_several
from csp_desktop.registers.forms import FieldKind, RegisterField
from csp_desktop.registers.numbers import read_counts, read_decimal
from csp_desktop.rules.folding import fold

_THOUSANDTH = Decimal("0.001")
_BEYOND = 1e12
_HARD = re.compile(r"\s*[;\n\r|\u2022]\s*")
_SOFT = re.compile(r"\s*[;\n\r|\u2022,]\s*")
_SCORED = re.compile(r"^(\d{1,3})\s*(?:[\-\u2013\u2014:.=(]|\s)\s*[A-Za-z].*$")


def read_kept(value: CellValue, column: RegisterField, known: Mapping[str, KnownTable], own: str) -> Parsed[Any]:
    """Return what a cell of a name, a party, or of several values gives; ``own`` is the register's own table."""
    match column.kind:
        case FieldKind.NAME:
            return read_name(value, column, known[column.of], own)
        case FieldKind.PARTY:
            return read_party(value, known)
        case FieldKind.NAMES:
            return read_several(value, column, known[column.of], own)
        case FieldKind.TEXTS:
            return _texts(value, column)
        case _:
            return _counts(value)


def read_number(value: CellValue) -> Parsed[Any]:
    """Return a decimal as text in thousandths, halves up: what people read, so that a cell that shows 45 % gives 45."""
    text = text_of(value)
    if fold(text) in NOTHING:
        return Parsed(None)
    number = None if isinstance(value, bool) else _decimal(value, text)
    if number is None:
        return Parsed(None, (error(f"{quote(text)} is not a number. Write it like 12.5."),))
    return Parsed(f"{number.quantize(_THOUSANDTH, ROUND_HALF_UP).normalize():f}")


def read_lines(value: CellValue) -> Parsed[Any]:
    """Return a long text with its lines."""
    lines = [" ".join(line.split()) for line in text_of(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return Parsed("\n".join(lines).strip() or None)


def without_words(value: CellValue, column: RegisterField) -> CellValue:
    """Return a score without the words behind it: "4 - Likely" is 4."""
    found = _SCORED.match(value.strip()) if isinstance(value, str) and column.most is not None else None
    return found[1] if found else value


def _decimal(value: CellValue, text: str) -> Decimal | None:
    if isinstance(value, int | float):
        percent = 100 if isinstance(value, PercentNumber) else 1
        return Decimal(repr(float(value))) * percent if abs(value) < _BEYOND else None
    try:
        return read_decimal(text)
    except ValueError:
        return None


def _texts(value: CellValue, column: RegisterField) -> Parsed[Any]:
    """Return several texts; a comma parts them too, but not people's names, where it may turn one: "Shah, Amina"."""
    text = text_of(value).strip()
    if fold(text) in NOTHING:
        return Parsed(None)
    split = _HARD if _HARD.search(text) or column.through.startswith("person") else _SOFT
    found = {fold(part): " ".join(part.split()) for part in split.split(text) if part.strip()}
    return Parsed(list(found.values()) or None)


def _counts(value: CellValue) -> Parsed[Any]:
    text = text_of(value)
    if fold(text) in NOTHING:
        return Parsed(None)
    try:
        found = read_counts(text)
    except ValueError as refusal:
        return Parsed(None, (error(str(refusal)),))
    return Parsed([list(each) for each in found] or None)
