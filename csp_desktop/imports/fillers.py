"""What stands in a sheet and is no data: prompts, dashes, help and example rows, totals, footnotes, marker cells."""

import re
from collections.abc import Sequence
from datetime import date

from csp_desktop.imports.grid import CellError, CellValue, is_blank, text_of
from csp_desktop.imports.words import beginning, first_key, whole
from csp_desktop.rules.folding import fold

_MARKER = re.compile(r"^(?=.{8,})(?=.*_)[A-Z0-9]+(?:[-_][A-Z0-9]+)+$")
_TOTAL = re.compile(
    r"^(?:grand |sub-?)?totals?\b.{0,30}$|"
    r"^(?:sum|average|mean|count)(?:\s+(?:of|for|in|per)\b.{0,20}|\s*[:=(].{0,20})?$"  # "Count the lamps" is work
)
_EXAMPLE = re.compile(r"^(?:e\.?g\.?\b[\s:.,]|example\b|for example\b|sample\b|\(example\)|\[example\])")
_EMPTY = re.compile(
    r"(?:\u00a3|\u20ac|\$)?\s*(?:0(?:[.,]0+)?\s*%?|-)\Z|[\u2610\u25a1\u25a2\u2b1c\uf0a8\u25fb]\Z|false\Z", re.IGNORECASE
)
_TAG = re.compile(r"#[a-z][\w-]*(?:\s*[+!]\s*[\w-]+)*\Z", re.IGNORECASE)
_COLOURS = frozenset({"r", "a", "g", "b", "red", "amber", "green", "blue", "grey", "gray", "white", "purple", "black"})
_FIRST_YEAR = 1900
_LEAST_HINTS = 2
_MOST = 0.6
_LONGEST_PROMPT = 120
_SOME = 1 / 3


def is_filler(value: CellValue) -> bool:
    """Say whether a cell is a prompt or a rule, to be read as blank: "< Select >", "---", "Please select an option"."""
    if not isinstance(value, str) or len(value) > _LONGEST_PROMPT:
        return False
    text = text_of(value)
    return bool(first_key(whole("filler"), fold(text)) or _MARKER.match(text))


def is_void(value: CellValue) -> bool:
    """Say whether a cell holds nothing to read: blank, a filler, or a prepared formula that came to nothing."""
    return is_blank(value) or is_filler(value)


def is_prepared(value: CellValue) -> bool:
    """Say whether a cell holds what a template leaves in unused rows: nothing, a filler, zero, or an empty formula.

    A formula that adds days to a blank cell gives a date of 1900.
    """
    if is_void(value) or isinstance(value, CellError):
        return True
    if isinstance(value, str):
        return bool(_EMPTY.match(text_of(value)))
    return value.year <= _FIRST_YEAR if isinstance(value, date) else value == 0


def is_total(text: str) -> bool:
    """Say whether a row that begins with this text is a total."""
    return bool(_TOTAL.match(fold(text)))


def is_note(text: str) -> bool:
    """Say whether a text that stands alone is a footnote, a key or a mark of the document."""
    return bool(first_key(beginning("note"), fold(text)))


def is_example(text: str) -> bool:
    """Say whether a row that begins with this text is an example of how to fill the sheet."""
    return bool(_EXAMPLE.match(fold(text) + " "))


def are_tags(values: Sequence[CellValue]) -> bool:
    """Say whether every cell of a row is a hashtag that names its column for a machine: "#activity +name"."""
    return all(isinstance(value, str) and _TAG.match(text_of(value)) for value in values)


def is_sure_hint(value: CellValue) -> bool:
    """Say whether a cell tells by itself what goes into its column: "Free text", "dd/mm/yyyy", "R/A/G"."""
    return isinstance(value, str) and first_key(whole("hint"), fold(text_of(value))) == "sure"


def are_numbered(values: Sequence[CellValue]) -> bool:
    """Say whether a row numbers the columns: 1, 2, 3 or a, b, c, in brackets or not."""
    texts = [text_of(value).strip("().").casefold() for value in values]
    first = texts[0] if texts else ""
    counted = [str(int(first) + at) for at in range(len(texts))] if first.isdecimal() and first.isascii() else []
    lettered = [chr(ord("a") + at) for at in range(len(texts))]
    return len(texts) > _LEAST_HINTS and texts in (counted, lettered)


def is_key(values: Sequence[CellValue]) -> bool:
    """Say whether two cells explain a colour: "R" beside "Off track"."""
    first, *others = [text_of(value) for value in values]
    return len(others) == 1 and fold(first) in _COLOURS and len(others[0]) > len(first)


def are_hints(values: Sequence[CellValue]) -> bool:
    """Say whether a row right below the headings tells how to fill them: "Free text", "dd/mm/yyyy", "Enter the ..."."""
    if not all(isinstance(value, str) for value in values):
        return False
    kinds = [first_key(whole("hint"), fold(text_of(value))) for value in values]
    hints = sum(bool(kind) for kind in kinds)
    return hints >= _LEAST_HINTS and hints >= len(values) * (_SOME if "sure" in kinds else _MOST)
