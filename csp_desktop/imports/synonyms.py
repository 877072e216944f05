"""How close a heading is to each field: equal to a known wording, holding one, or spelt nearly like one."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from csp_desktop.imports.fields import ActionField

STRONG = 1.0
WEAK = 0.8
LEAST = 0.6
_BRACKETED = 0.97
_BARE = 0.95
_SPELLING = 0.86
_LONGEST_HEADING = 12
_FEW_WORDS = 3
_LONG_PHRASE = 4  # a question at the start of a heading that goes on to explain itself
_SHORTEST = 3  # "no", "id" and "to" stand in many headings and tell nothing there
_SHORTEST_MISSPELT = 5  # short words differ by a letter too easily
_FILLER_WORDS = frozenset(
    {"the", "a", "an", "of", "for", "is", "are", "be", "our", "your", "their", "its", "this", "please", "e", "g", "ie"}
    | {"key", "main", "agreed", "and", "or"}
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_HASH = re.compile(r"#(?=\W|$)")


@dataclass(frozen=True, slots=True)
class _Wording:
    """One known wording of a field."""

    field: ActionField
    text: str
    words: tuple[str, ...]
    score: float


def normalise(heading: str) -> str:
    """Return a heading for comparison: lower case, no accents or punctuation, "%" and "#" as words."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", heading).casefold() if not unicodedata.combining(letter)
    )
    plain = _HASH.sub(" no ", plain)
    words = _NOT_WORDS.sub(" ", plain.replace("%", " percent ").replace("'", ""))
    return " ".join(words.split())


def closeness(heading: str) -> Mapping[ActionField, float]:
    """Return, for each field that ``heading`` may mean, how surely: 1 for a known wording, at least ``LEAST``."""
    whole = normalise(heading)
    if not whole:
        return {}
    bare = normalise(_BRACKETS.sub(" ", heading))
    found = dict(_exact(whole, 1.0))
    _raise(found, _exact(bare, _BRACKETED))
    _raise(found, _exact(_without_fillers(bare), _BARE))
    words = tuple(bare.split())
    if words and len(words) <= _LONGEST_HEADING:
        _raise(found, _holding(words))
        _raise(found, _spelt_nearly(bare))
    return found


def known(heading: str) -> frozenset[ActionField]:
    """Return the fields of which ``heading`` is a known wording to the letter; quick enough for every row."""
    return frozenset(_exact(normalise(_BRACKETS.sub(" ", heading)) or normalise(heading), 1.0))


def _exact(text: str, weight: float) -> dict[ActionField, float]:
    return {field: score * weight for field, score in _by_text().get(text, {}).items()}


def _raise(found: dict[ActionField, float], better: Mapping[ActionField, float]) -> None:
    for field, score in better.items():
        found[field] = max(score, found.get(field, 0.0))


def _without_fillers(text: str) -> str:
    return " ".join(word for word in text.split() if word not in _FILLER_WORDS)


def _holding(words: tuple[str, ...]) -> dict[ActionField, float]:
    """Return the fields of which a heading holds a sure wording: a long phrase in a short heading tells most."""
    found: dict[ActionField, float] = {}
    for wording in _wordings():
        size = len(wording.words)
        if size >= _LONG_PHRASE and words[:size] == wording.words:
            _raise(found, {wording.field: WEAK})
        told = wording.score == STRONG and (size > 1 or len(words) <= _FEW_WORDS) and len(wording.text) >= _SHORTEST
        if told and size < len(words) and size * 3 >= len(words) and _holds(words, wording.words):
            score = 0.55 + 0.4 * size / len(words)
            found[wording.field] = max(score, found.get(wording.field, 0.0))
    return found


def _spelt_nearly(text: str) -> dict[ActionField, float]:
    """Return the fields of which a heading is a wording but for a letter or two."""
    found: dict[ActionField, float] = {}
    if len(text) < _SHORTEST_MISSPELT:
        return found
    matcher = SequenceMatcher(None, "", text, autojunk=False)
    for wording in _wordings():
        if abs(len(text) - len(wording.text)) > max(len(text), len(wording.text)) * (1 - _SPELLING) * 2:
            continue
        matcher.set_seq1(wording.text)
        if matcher.real_quick_ratio() < _SPELLING or matcher.quick_ratio() < _SPELLING:
            continue
        ratio = matcher.ratio()
        if ratio >= _SPELLING:
            found[wording.field] = max(wording.score * ratio * _BARE, found.get(wording.field, 0.0))
    return found


def _holds(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


@cache
def _wordings() -> tuple[_Wording, ...]:
    source = files("resources").joinpath("imports/headings.toml").read_text(encoding="utf-8")
    return tuple(
        _Wording(ActionField(field), text, tuple(text.split()), score)
        for field, lists in tomllib.loads(source).items()
        for strength, score in (("strong", STRONG), ("weak", WEAK))
        for text in lists[strength]
    )


@cache
def _by_text() -> Mapping[str, Mapping[ActionField, float]]:
    table: dict[str, dict[ActionField, float]] = {}
    for wording in _wordings():
        _raise(table.setdefault(wording.text, {}), {wording.field: wording.score})
    exact = frozenset(table)
    for wording in _wordings():
        bare = _without_fillers(wording.text)
        if bare not in exact:  # "action for" is no "action"
            _raise(table.setdefault(bare, {}), {wording.field: wording.score * _BARE})
    return table
