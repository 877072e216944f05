"""Which way each part of a line runs: Urdu and Hebrew from the right, numbers in them and all else from the left.

The Unicode Bidirectional Algorithm (Unicode Standard Annex 9) for a line of an English document without directional
controls, which are taken out of a text before it is set: rules W1 to W7, N0 to N2, I1, L2 and L4. In one thing it is
kinder: a date such as 2026-11-23 after Urdu keeps its order, which W2 would turn round.
"""

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import NamedTuple

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_NUMBERS = {"EN": "E", "AN": "A"}
_TAKES_THE_LAST = {"NSM", "BN"}  # W1: combining signs and joiners
_BETWEEN_NUMBERS = re.compile(r"(?<=E)[SC](?=E)|(?<=A)C(?=A)")  # W4
_BESIDE_NUMBER = re.compile(r"T+(?=E)|(?<=E)T+")  # W5
_AMONG_RIGHT = re.compile(r"(?<=[RA])N+(?=[RA])")  # N1
LEFTWARDS = 1
"""The level of what runs from the right; 0 is the line's own, 2 that of a number in what runs from the right."""

_LEVELS = {"L": 0, "N": 0, "R": LEFTWARDS, "A": 2}
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_MIRRORED = str.maketrans("()[]{}<>\u00ab\u00bb\u2039\u203a", ")(][}{><\u00bb\u00ab\u203a\u2039")


class Part(NamedTuple):
    """A part of a line in one direction, which its level tells."""

    text: str
    level: int


@cache
def runs_left(character: str) -> bool:
    """Say whether a character is of a script that is written from the right, or a digit of such a script."""
    return unicodedata.bidirectional(character) in {"R", "AL", "AN"}


def parts(line: str) -> list[Part]:
    """Split a line into its parts, in the order they are read."""
    places = zip(line, _levels(line), strict=True)
    return [
        Part("".join(character for character, _level in group), level)
        for level, group in groupby(places, key=lambda place: place[1])
    ]


def order(levels: list[int]) -> list[int]:
    """Return the places of a line's parts from left to right as they are drawn."""
    places = list(range(len(levels)))
    for level in (2, 1):
        places = _turned(places, levels, level)
    return places


def _turned(places: list[int], levels: list[int], level: int) -> list[int]:
    """Turn each row of places of at least this level round (L2)."""
    turned: list[int] = []
    for is_high, group in groupby(places, key=lambda place: levels[place] >= level):
        row = list(group)
        turned += reversed(row) if is_high else row
    return turned


def drawn(text: str) -> str:
    """Return the characters of a part that runs from the right, from left to right, with brackets turned round."""
    return text[::-1].translate(_MIRRORED)


def _levels(line: str) -> list[int]:
    """Return each character's level."""
    kinds = ""
    for character in line:
        kind = unicodedata.bidirectional(character)
        if kind in _TAKES_THE_LAST:
            kinds += kinds[-1:] or "N"
            continue
        kinds += _kind(kind)
    settled = _with_brackets(line, _resolved(kinds))
    return [_LEVELS[kind] for kind in _AMONG_RIGHT.sub(lambda found: "R" * len(found[0]), settled)]


def _kind(kind: str) -> str:
    """Return a class as one letter: strong, number, separator of numbers, sign beside numbers, or neutral."""
    return _STRONG.get(kind) or _NUMBERS.get(kind) or {"ES": "S", "CS": "C", "ET": "T"}.get(kind, "N")


def _resolved(kinds: str) -> str:
    """Return the kinds as L, R, A for a number among what runs left, and N for what is between (W4 to W7)."""
    kinds = _BETWEEN_NUMBERS.sub(lambda found: kinds[found.start() - 1], kinds)
    kinds = _BESIDE_NUMBER.sub(lambda found: "E" * len(found[0]), kinds)
    kinds = re.sub("[SCT]", "N", kinds)
    strong = "L"
    settled = ""
    for kind in kinds:
        strong = kind if kind in "LR" else strong
        settled += {"L": "L", "R": "A"}[strong] if kind == "E" else kind
    return settled


def _with_brackets(line: str, kinds: str) -> str:
    """Return the kinds with each pair of brackets running as what it holds and what stands before it (N0)."""
    settled = list(kinds)
    for opening, closing in sorted(_pairs(line, kinds)):
        held = settled[opening + 1 : closing]
        if "L" in held:
            settled[opening] = settled[closing] = "L"
        elif "R" in held or "A" in held:
            before = next((kind for kind in reversed(settled[:opening]) if kind != "N"), "L")
            settled[opening] = settled[closing] = "L" if before == "L" else "R"
    return "".join(settled)


def _pairs(line: str, kinds: str) -> list[tuple[int, int]]:
    """Return the places of brackets that belong together."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for place, character in enumerate(line):
        if kinds[place] != "N":
            continue
        if character in _CLOSING:
            waiting.append((_CLOSING[character], place))
        elif any(character == closing for closing, _opening in waiting):
            while waiting:
                closing, opening = waiting.pop()
                if closing == character:
                    found.append((opening, place))
                    break
    return found
