"""How close a heading is to each field: equal to a known wording, holding one, or spelt nearly like one."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from math import ceil
from typing import Generic

from typing_extensions import TypeVar

from csp_desktop.imports.fields import ActionField
from models.vocabulary import HeadingLanguage

OWN = 1.05  # a partnership's own sure wording goes before those of the program, and before what the values look like
STRONG = 1.0
WEAK = 0.8
LEAST = 0.6
_BRACKETED = 0.97
_TOLD_TWICE = 0.97
_BARE = 0.95
_SPELLING = 0.86
_LONGEST_HEADING = 12
_FEW_WORDS = 3
_LONG_PHRASE = 4  # a question at the start of a heading that goes on to explain itself
_SHORTEST = 3  # "no", "id" and "to" stand in many headings and tell nothing there
_SHORTEST_MISSPELT = 5  # short words differ by a letter too easily
_MOST_PARTS = 4
_FILLER_WORDS = frozenset(
    {"the", "a", "an", "of", "for", "is", "are", "be", "our", "your", "their", "its", "this", "please", "e", "g", "ie"}
    | {"key", "main", "agreed", "and", "or"}
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_OPENING = re.compile(r"[(\[{]")
_PARTS = re.compile(r"[/\\|;()\[\]{}\r\n]|\s[-\u2010-\u2015\u2022\u00b7]\s")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_HASH = re.compile(r"#(?=\W|$)")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")

F = TypeVar("F", bound=str, default=ActionField)
"""What a heading may mean: a field of an action, or the name of a register's field."""


@dataclass(frozen=True, slots=True)
class Wording(Generic[F]):
    """One known wording of a field, as people write it; ``score`` is ``OWN``, ``STRONG`` or ``WEAK``.

    ``language`` is the list of the program that it comes from, None for a partnership's own.
    """

    field: F
    text: str
    score: float
    language: HeadingLanguage | None = None


def normalise(heading: str) -> str:
    """Return a heading for comparison: lower case, no accents or punctuation, "%" and "#" as words."""
    plain = heading.lower() if heading.isascii() else _plain(heading)
    if "#" in plain:
        plain = _HASH.sub(" no ", plain)
    words = _NOT_WORDS.sub(" ", plain.replace("%", " percent ").replace("'", ""))
    return " ".join(words.split())


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def spellings(text: str) -> tuple[str, ...]:
    """Return a wording as ``normalise`` gives it: two ways where an apostrophe may be typed straight or curly."""
    if not _APOSTROPHES.search(text):
        return (normalise(text),)
    return tuple(dict.fromkeys(normalise(_APOSTROPHES.sub(by, text)) for by in ("'", " ")))


class Wordings(Generic[F]):
    """Every known wording of every field: those that come with the program, and those a partnership added.

    ``withdrawn``: fields with texts (as ``normalise`` gives them) that a partnership does not want taken for them.
    """

    def __init__(self, wordings: Iterable[Wording[F]], withdrawn: Collection[tuple[F, str]] = ()) -> None:
        spelt = [(each, text) for each in wordings for text in spellings(each.text)]
        self._withdrawn = frozenset(withdrawn)
        self._order: dict[str, int] = {str(each): at for at, each in enumerate(ActionField)}
        for each, _ in spelt:
            self._order.setdefault(each.field, len(self._order))
        self._by_text = self._table(spelt)
        self._sure: dict[str, Mapping[F, float]] = {}
        self._near: dict[int, dict[str, tuple[int, Mapping[F, float]]]] = {}
        self._languages: dict[str, set[HeadingLanguage | None]] = {}
        for each, text in spelt:
            own = self._by_text[text]
            self._near.setdefault(len(text), {})[text] = (_letters(text), own)
            self._languages.setdefault(text, set()).add(each.language)
            sure = {meant: score for meant, score in own.items() if score >= STRONG}
            if sure and len(text) >= _SHORTEST:
                self._sure[text] = sure

    def _table(self, spelt: Iterable[tuple[Wording[F], str]]) -> dict[str, dict[F, float]]:
        table: dict[str, dict[F, float]] = {}
        spelt = list(spelt)
        for each, text in spelt:
            _raise(table.setdefault(text, {}), {each.field: each.score})
        exact = frozenset(table)
        for each, text in spelt:
            bare = _without_fillers(text)
            if bare and bare not in exact:  # "action for" is no "action"
                _raise(table.setdefault(bare, {}), {each.field: each.score * _BARE})
        for field, text in self._withdrawn:
            table.get(text, {}).pop(field, None)
        return table

    def closeness(self, heading: str) -> Mapping[F, float]:
        """Return, for each field that ``heading`` may mean, how surely: at least ``LEAST``.

        1 is a known wording, ``OWN`` one of the partnership's own.
        """
        whole = normalise(heading)
        if not whole:
            return {}
        bare = normalise(_BRACKETS.sub(" ", heading)) if _OPENING.search(heading) else whole
        found = dict(self._exact(whole, 1.0))
        _raise(found, self._exact(bare, _BRACKETED))
        _raise(found, self._exact(_without_fillers(bare), _BARE))
        if whole not in self._by_text:
            _raise(found, self._in_parts(heading))
            _raise(found, self._in_halves(whole.split()))
        words = tuple(bare.split())
        if words and len(words) <= _LONGEST_HEADING:
            _raise(found, self._holding(words))
            _raise(found, self._spelt_nearly(bare))
        for field in [each for each in found if {(each, whole), (each, bare)} & self._withdrawn]:
            del found[field]
        return dict(sorted(found.items(), key=lambda one: self._order[one[0]]))

    def known(self, heading: str) -> frozenset[F]:
        """Return the fields of which ``heading`` is a known wording to the letter; quick enough for every row."""
        bracketed = _OPENING.search(heading)
        whole = (normalise(_BRACKETS.sub(" ", heading)) if bracketed else "") or normalise(heading)
        found: Mapping[F, float] | None = self._by_text.get(whole)
        if found is None and _PARTS.search(heading):
            found = self._in_parts(heading)
        return frozenset(found or ())

    def _exact(self, text: str, weight: float) -> dict[F, float]:
        return {field: score * weight for field, score in self._by_text.get(text, {}).items()}

    def _in_halves(self, words: list[str]) -> Mapping[F, float]:
        """Return the fields that a heading names in one language and again in another, with no mark between."""
        found: dict[F, float] = {}
        for at in range(1, len(words) if len(words) <= _LONGEST_HEADING * 2 else 1):
            parts = (" ".join(words[:at]), " ".join(words[at:]))
            if all(part in self._languages for part in parts) and self._in_several_languages(parts):
                _raise(found, self._common(parts))
        return found

    def _in_parts(self, heading: str) -> Mapping[F, float]:
        """Return the fields that each part between marks names: in two languages, or surely in one.

        "Start / End" and "Action / Output" are two things, and each keeps its doubt.
        """
        parts = [text for part in _PARTS.split(heading) if (text := normalise(part))]
        if not 1 < len(parts) <= _MOST_PARTS or not all(part in self._languages for part in parts):
            return {}
        common = self._common(parts)
        if self._in_several_languages(parts):
            return common
        return {field: score for field, score in common.items() if all(field in self._sure.get(p, {}) for p in parts)}

    def _common(self, parts: Iterable[str]) -> dict[F, float]:
        of_each = [self._by_text[part] for part in parts]
        shared = set.intersection(*(set(fields) for fields in of_each))
        return {field: max(fields[field] for fields in of_each) * _TOLD_TWICE for field in shared}

    def _in_several_languages(self, parts: Iterable[str]) -> bool:
        return not set.intersection(*(self._languages[part] for part in parts))

    def _holding(self, words: tuple[str, ...]) -> Mapping[F, float]:
        """Return the fields of which a heading holds a sure wording: a long phrase in a short heading tells most."""
        found: dict[F, float] = {}
        for size in range(_LONG_PHRASE, len(words) + 1):
            opening = " ".join(words[:size])
            if opening in self._languages:
                _raise(found, dict.fromkeys(self._by_text[opening], WEAK))
        least = max(1 if len(words) <= _FEW_WORDS else 2, ceil(len(words) / 3))
        for size in range(least, len(words)):
            score = 0.55 + 0.4 * size / len(words)
            for at in range(len(words) - size + 1):
                _raise(found, dict.fromkeys(self._sure.get(" ".join(words[at : at + size]), ()), score))
        return found

    def _spelt_nearly(self, text: str) -> Mapping[F, float]:
        """Return the fields of which a heading is a wording but for a letter or two."""
        found: dict[F, float] = {}
        if len(text) < _SHORTEST_MISSPELT:
            return found
        matcher = SequenceMatcher(None, "", text, autojunk=False)
        for near, fields in self._alike(text):
            matcher.set_seq1(near)
            if matcher.quick_ratio() >= _SPELLING and (ratio := matcher.ratio()) >= _SPELLING:
                _raise(found, {field: score * ratio * _BARE for field, score in fields.items()})
        return found

    def _alike(self, text: str) -> Iterator[tuple[str, Mapping[F, float]]]:
        """Yield the wordings that may be near: each letter that only one of two has is a letter that differs."""
        length, letters = len(text), _letters(text)
        share = _SPELLING / (2 - _SPELLING)
        for size in range(ceil(length * share), int(length / share) + 1):
            most = (1 - _SPELLING) * (length + size)
            for near, (own, fields) in self._near.get(size, {}).items():
                if (own ^ letters).bit_count() <= most:
                    yield near, fields


def _letters(text: str) -> int:
    """Return the set of a text's letters as bits."""
    bits = 0
    for letter in set(text):
        bits |= 1 << ord(letter) - ord(" ")
    return bits


def _raise(found: dict[F, float], better: Mapping[F, float]) -> None:
    for field, score in better.items():
        found[field] = max(score, found.get(field, 0.0))


def _without_fillers(text: str) -> str:
    return " ".join(word for word in text.split() if word not in _FILLER_WORDS)


@cache
def shipped() -> Wordings:
    """Return the wordings that come with the program, of all its languages."""
    return Wordings(each for language in HeadingLanguage for each in shipped_list(language))


@cache
def shipped_list(language: HeadingLanguage) -> tuple[Wording, ...]:
    """Return each wording that comes with the program in a language, in the order of its list."""
    source = files("resources").joinpath(f"imports/headings/{language}.toml").read_text(encoding="utf-8")
    return tuple(
        Wording(ActionField(field), text, score, language)
        for field, lists in tomllib.loads(source).items()
        for strength, score in (("strong", STRONG), ("weak", WEAK))
        for text in lists[strength]
    )
