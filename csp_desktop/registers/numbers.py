"""Counts of several things in one text, and decimals, as people write them."""

import re
from decimal import Decimal

_PARTS = re.compile(r"\s*(?:[;\n\r\u2022]|,(?!\d{3}(?!\d)))\s*")
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,9})"
_FIRST = re.compile(rf"^{_NUMBER}\s*(?:x|\u00d7|no\.?)?\s+(\D.*)$|^{_NUMBER}\s*[x\u00d7]\s*(\D.*)$", re.IGNORECASE)
_LAST = re.compile(rf"^(\D.*?)\s*(?:[:=\-\u2013\u2014x\u00d7]|\()?\s*{_NUMBER}\)?$", re.IGNORECASE)
_DECIMAL = re.compile(r"^[\u00a3$]?\s*(-?\d{1,3}(?:,\d{3})+(?:\.\d{1,9})?|-?\d{1,12}(?:\.\d{1,9})?)\s*%?$")
_LONGEST = 120


def read_counts(text: str) -> tuple[tuple[str, int], ...]:
    """Return what was counted and how many, of "12 taxi checks; 3 arrests" or "Arrests: 3", in the order written.

    Raises ValueError with the sentence to show for a part that is no count.
    """
    found: dict[str, int] = {}
    for part in filter(None, _PARTS.split(text.strip())):
        kind, count = _count(part)
        found[kind] = found.get(kind, 0) + count
    return tuple(found.items())


def _count(part: str) -> tuple[str, int]:
    first, last = _FIRST.match(part), _LAST.match(part)
    if first:
        number, kind = first[1] or first[3], first[2] or first[4]
    elif last:
        kind, number = last[1], last[2]
    else:
        shown = part[:60]
        raise ValueError(f"“{shown}” is not a count: write how many of what, like “12 taxi checks”.")
    kind = " ".join(kind.strip(" .:-\u2013").split())
    if not kind or len(kind) > _LONGEST:
        raise ValueError("What was counted has no name or a very long one: write it like “12 taxi checks”.")
    return kind, int(number.replace(",", ""))


def read_decimal(text: str) -> Decimal | None:
    """Return a number that was typed, None for nothing. Raises ValueError with the sentence to show."""
    bare = text.strip()
    if not bare:
        return None
    found = _DECIMAL.match(bare)
    if found is None:
        raise ValueError(f"“{bare[:60]}” is not a number: write it like 12.5.")
    return Decimal(found[1].replace(",", ""))


def shown_decimal(value: Decimal) -> str:
    """Return a number without noughts at its end: 12.5, 1,200."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
