"""The custom properties of a document: small texts beside its sheets, such as the key of the export it came from.

Nobody sees them, so nothing that is wrong with them is said or refused: what cannot be read is not there.
"""

import re
from collections.abc import Iterable

MOST = 50
LONGEST = 255
MOST_BYTES = 1024 * 1024
"""How much is read of the part or stream that holds them; a larger one holds something else."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def kept(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the properties among ``found`` (name, text): bounded and clean, no blank ones, the first of each name."""
    properties: dict[str, str] = {}
    for pair in found:
        name, text = map(_tidied, pair)
        if len(properties) < MOST and name and text:
            properties.setdefault(name, text)
    return properties


def are_kept(found: object) -> bool:
    """Say whether ``found`` is what ``kept`` returns; it comes from a process that may not be believed."""
    return (
        isinstance(found, dict)
        and len(found) <= MOST
        and all(_is_tidy(name) and _is_tidy(text) for name, text in found.items())
    )


def _tidied(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()[:LONGEST].rstrip()


def _is_tidy(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text) <= LONGEST and not _CONTROL.search(text)
