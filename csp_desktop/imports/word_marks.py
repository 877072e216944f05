"""Which words of a text are new and which are gone beside an earlier one, for people who compare the two."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from models.vocabulary import Word

_WORDS = re.compile("[\\w'\N{RIGHT SINGLE QUOTATION MARK}-]+\\s*|[^\\w\\s]\\s*|\\s+")
_FEW = 3
"""A value of so few words (a day, a name, a rating) is changed as a whole."""

_ALIKE = 0.4
"""Of texts that have less in common than this, marks on every other word would only be in the way."""

_MOST_COMPARED = 250_000  # pairs of words: texts of 500 words each; longer ones would make people wait


class Mark(Word):
    """What became of some words."""

    SAME = "same"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, with the spaces after them, and what became of them."""

    text: str
    mark: Mark = Mark.SAME


class _Run(NamedTuple):
    """Some words as the earlier text has them, and as the later one has them."""

    old: str
    new: str
    mark: Mark


def new_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the later text with what is new in it marked.

    Short values are new as a whole; a text that was written anew has no marks.
    """
    runs = _runs(before, after)
    if runs is None:
        return (Piece(after),)
    return tuple(_joined(Piece(run.new, run.mark) for run in runs if run.mark is not Mark.GONE))


def gone_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the earlier text with what is gone from it marked; of one that was written anew nothing is."""
    runs = _runs(before, after)
    if runs is None:
        return (Piece(before),)
    return tuple(_joined(Piece(run.old, run.mark) for run in runs if run.mark is not Mark.NEW))


def is_rewritten(before: str, after: str) -> bool:
    """Say whether a longer text has so little of the earlier one that its words are not compared."""
    return _runs(before, after) is None


def _is_short(text: str) -> bool:
    return len(text.split()) <= _FEW


def _runs(before: str, after: str) -> list[_Run] | None:
    """Return both texts in runs of words, None where they are too long or too unlike to be compared."""
    if before == after:
        return [_Run(before, after, Mark.SAME)]
    if _is_short(before) or _is_short(after):
        return [_Run(before, "", Mark.GONE), _Run("", after, Mark.NEW)]
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > _MOST_COMPARED:
        return None
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    return list(_compared(matcher, old, new)) if matcher.ratio() >= _ALIKE else None


def _compared(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[_Run]:
    for what, first, last, begin, end in matcher.get_opcodes():
        was, said = "".join(old[first:last]), "".join(new[begin:end])
        if what == "equal":
            yield _Run(was, said, Mark.SAME)
        else:
            yield _Run(was, "", Mark.GONE)
            yield _Run("", said, Mark.NEW)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with those of one mark together, and no mark on the space that ends one."""
    held = Piece("")
    for piece in (part for each in pieces for part in _without_end(each)):
        if piece.mark is held.mark:
            held = Piece(held.text + piece.text, held.mark)
            continue
        if held.text:
            yield held
        held = piece
    if held.text:
        yield held


def _without_end(piece: Piece) -> Iterator[Piece]:
    words = piece.text.rstrip() if piece.mark is not Mark.SAME else piece.text
    if words:
        yield Piece(words, piece.mark)
    if words != piece.text:
        yield Piece(piece.text[len(words) :])
