"""How close a heading is to each field: equal to a known wording, holding one, or spelt nearly like one."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
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
class Wording:
    """One known wording of a field, as ``normalise`` gives it; ``score`` is ``STRONG`` or ``WEAK``."""

    field: ActionField
    text: str
    score: float

    @property
    def words(self) -> tuple[str, ...]:
        """Return its words."""
        return tuple(self.text.split())


def normalise(heading: str) -> str:
    """Return a heading for comparison: lower case, no accents or punctuation, "%" and "#" as words."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", heading).casefold() if not unicodedata.combining(letter)
    )
    plain = _HASH.sub(" no ", plain)
    words = _NOT_WORDS.sub(" ", plain.replace("%", " percent ").replace("'", ""))
    return " ".join(words.split())


class Wordings:
    """Every known wording of every field: those that come with the program, and those a partnership added."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._wordings = tuple((each, each.words) for each in wordings)
        self._by_text = _by_text([each for each, _ in self._wordings])

    def closeness(self, heading: str) -> Mapping[ActionField, float]:
        """Return, for each field that ``heading`` may mean, how surely: 1 for a known wording, at least ``LEAST``."""
        whole = normalise(heading)
        if not whole:
            return {}
        bare = normalise(_BRACKETS.sub(" ", heading))
        found = dict(self._exact(whole, 1.0))
        _raise(found, self._exact(bare, _BRACKETED))
        _raise(found, self._exact(_without_fillers(bare), _BARE))
        words = tuple(bare.split())
        if words and len(words) <= _LONGEST_HEADING:
            _raise(found, self._holding(words))
            _raise(found, self._spelt_nearly(bare))
        return found

    def known(self, heading: str) -> frozenset[ActionField]:
        """Return the fields of which ``heading`` is a known wording to the letter; quick enough for every row."""
        return frozenset(self._exact(normalise(_BRACKETS.sub(" ", heading)) or normalise(heading), 1.0))

    def _exact(self, text: str, weight: float) -> dict[ActionField, float]:
        return {field: score * weight for field, score in self._by_text.get(text, {}).items()}

    def _holding(self, words: tuple[str, ...]) -> dict[ActionField, float]:
        """Return the fields of which a heading holds a sure wording: a long phrase in a short heading tells most."""
        found: dict[ActionField, float] = {}
        for wording, own in self._wordings:
            size = len(own)
            if size >= _LONG_PHRASE and words[:size] == own:
                _raise(found, {wording.field: WEAK})
            told = wording.score == STRONG and (size > 1 or len(words) <= _FEW_WORDS)
            told = told and len(wording.text) >= _SHORTEST
            if told and size < len(words) and size * 3 >= len(words) and _holds(words, own):
                score = 0.55 + 0.4 * size / len(words)
                found[wording.field] = max(score, found.get(wording.field, 0.0))
        return found

    def _spelt_nearly(self, text: str) -> dict[ActionField, float]:
        """Return the fields of which a heading is a wording but for a letter or two."""
        found: dict[ActionField, float] = {}
        if len(text) < _SHORTEST_MISSPELT:
            return found
        matcher = SequenceMatcher(None, "", text, autojunk=False)
        for wording, _ in self._wordings:
            if abs(len(text) - len(wording.text)) > max(len(text), len(wording.text)) * (1 - _SPELLING) * 2:
                continue
            matcher.set_seq1(wording.text)
            if matcher.real_quick_ratio() < _SPELLING or matcher.quick_ratio() < _SPELLING:
                continue
            ratio = matcher.ratio()
            if ratio >= _SPELLING:
                found[wording.field] = max(wording.score * ratio * _BARE, found.get(wording.field, 0.0))
        return found


def _raise(found: dict[ActionField, float], better: Mapping[ActionField, float]) -> None:
    for field, score in better.items():
        found[field] = max(score, found.get(field, 0.0))


def _without_fillers(text: str) -> str:
    return " ".join(word for word in text.split() if word not in _FILLER_WORDS)


def _holds(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


@cache
def shipped() -> Wordings:
    """Return the wordings that come with the program."""
    return Wordings(shipped_list())


@cache
def shipped_list() -> tuple[Wording, ...]:
    """Return each wording that comes with the program, in the order of its list."""
    source = files("resources").joinpath("imports/headings.toml").read_text(encoding="utf-8")
    return tuple(
        Wording(ActionField(field), text, score)
        for field, lists in tomllib.loads(source).items()
        for strength, score in (("strong", STRONG), ("weak", WEAK))
        for text in lists[strength]
    )


def _by_text(wordings: Iterable[Wording]) -> Mapping[str, Mapping[ActionField, float]]:
    table: dict[str, dict[ActionField, float]] = {}
    wordings = list(wordings)
    for wording in wordings:
        _raise(table.setdefault(wording.text, {}), {wording.field: wording.score})
    exact = frozenset(table)
    for wording in wordings:
        bare = _without_fillers(wording.text)
        if bare not in exact:  # "action for" is no "action"
            _raise(table.setdefault(bare, {}), {wording.field: wording.score * _BARE})
    return table
