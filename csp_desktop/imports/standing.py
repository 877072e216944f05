"""Status and RAG as owners write them: one grammar, because one column often holds both.

Letters are those of the default scheme: B complete, G on track, A at risk, R off track.
"""

import re
from dataclasses import dataclass

from csp_desktop.imports.dates import cell_error
from csp_desktop.imports.grid import CellError, CellValue, text_of
from csp_desktop.imports.problems import Finding, Parsed, error, quote, warning
from csp_desktop.imports.words import first_key, longest_key, whole, within
from csp_desktop.rules.folding import fold
from models.vocabulary import LifecycleStatus

_WORST_FIRST = "RAGB"
_LETTERS = {"b": "B", "g": "G", "a": "A", "r": "R", "y": "A"}
_COLOURS = {"blue": "B", "green": "G", "amber": "A", "yellow": "A", "orange": "A", "red": "R"}
_COLOURS |= {"glas": "B", "gwyrdd": "G", "ambr": "A", "melyn": "A", "oren": "A", "coch": "R"}  # in Welsh
_PAIRS = {"ag": ("A", "G"), "ga": ("A", "G"), "ar": ("R", "A"), "ra": ("R", "A"), "gb": ("G", "B"), "bg": ("G", "B")}

_NUMBERED = re.compile(r"^\(?(\d{1,2})\)?\s*[.):\-\u2013=]\s*(?=\D)")
_NUMBER = re.compile(r"^\d{1,2}$")
_ARROW = re.compile(r"->|=>|\u2192|\u27a1|\bto\b")
_MOVEMENT = re.compile(
    r"[\u2190-\u2193\u25b2\u25bc\u2b06\u2b07\u2191\u2193\u2194\u27a1\u25cf\u2b24\u26aa\u26ab]|[\U0001f534-\U0001f535]|[\U0001f7e0-\U0001f7eb]|\ufe0f"
)
_SIGNS = {
    "\U0001f534": "red",
    "\U0001f7e0": "amber",
    "\U0001f7e1": "amber",
    "\U0001f7e2": "green",
    "\U0001f535": "blue",
}
_TRUE = frozenset({"yes", "y", "true", "1", "\u2713", "\u2714", "x", "\u2705", "oui"})
_FALSE = frozenset({"no", "n", "false", "0", "\u2717", "\u2718", "non"})
_LONGEST = 60
_READ = 300  # what is further on in a cell cannot be its rating
_MOST_LETTERS = 2
_DONE = frozenset({LifecycleStatus.COMPLETE, LifecycleStatus.CLOSED})
_FORMER = re.compile(
    r"(?<=\w)\W+(?:was|were|previously|prev|formerly|last (?:month|quarter|time|meeting))\b.*", re.DOTALL
)
_DENIED = re.compile(r"\b(?:not|no longer|never)\s+(?:red|amber|yellow|orange|green|blue)\b")
_SMALL = frozenset({
    "a", "action", "actions", "all", "and", "are", "as", "at", "been", "being", "but", "currently", "has", "have", "is",
    "now", "of", "project", "status", "still", "task", "the", "this", "to", "was", "with", "work", "yet",
})  # fmt: skip
_SAYS_MORE = 2  # words beside the status's own
_LETTER_FIRST = re.compile(r"[bgar]\s*[-\u2013:=(]")


@dataclass(frozen=True, slots=True)
class Judged:
    """What a cell says of an action: lifecycle status, RAG letter, either, both or (both None) neither on purpose."""

    status: LifecycleStatus | None = None
    rag: str | None = None


def read_rag(value: CellValue) -> Parsed[Judged]:
    """Read a cell of a RAG column. "Complete" gives Blue and proposes the lifecycle; "N/A" gives no rating."""
    if isinstance(value, CellError):
        return Parsed(None, (cell_error(value),))
    text = text_of(value)
    words = _plain(text)
    if first_key(whole("no_rating"), words):
        return Parsed(Judged())
    fault = _rag_fault(value, words)
    if fault:
        return Parsed(None, (error(f"{quote(text)} {fault}. Write Blue, Green, Amber or Red."),))
    letters = _rag_letters(words)
    if letters:
        return _worst(text, letters, _status(words, judged=True))
    return _rated_by_status(text, _status(words, judged=False))


def _rag_fault(value: CellValue, words: str) -> str:
    """Return why a cell cannot be a rating, in words: a bare number, or a change from one rating to another."""
    if not isinstance(value, str) or _NUMBER.match(words):
        return "does not say which end of the scale is good"
    return "names a change of rating, not the present one" if _ARROW.search(words) else ""


def _rated_by_status(text: str, status: LifecycleStatus | None) -> Parsed[Judged]:
    """Return what a lifecycle word in a RAG column gives: Blue where the work is done, else no rating."""
    if status is None:
        return Parsed(None, (error(f"{quote(text)} is not a rating we know. Write Blue, Green, Amber or Red."),))
    if status in _DONE:
        return Parsed(Judged(status, "B"))
    said = warning(f"{quote(text)} is a status, not a rating, so it was taken as the status and the rating left empty.")
    return Parsed(Judged(status), (said,))


def read_status(value: CellValue) -> Parsed[Judged]:
    """Read a cell of a status column; a rating in it is taken as the rating."""
    if isinstance(value, CellError):
        return Parsed(None, (cell_error(value),))
    text = text_of(value)
    words = _plain(text)
    if first_key(whole("no_rating"), words):
        return Parsed(Judged())
    if words in _TRUE or words in _FALSE:
        return Parsed(Judged(LifecycleStatus.COMPLETE if words in _TRUE else None))
    letters = _rag_letters(words)
    status = _status(words, judged=bool(letters))
    if letters:
        return _worst(text, letters, status)
    if status is not None:
        return Parsed(Judged(status), _said_beside(text, words))
    expected = "Not started, In progress, On hold, Ongoing, Complete or Cancelled"
    return Parsed(None, (error(f"{quote(text)} is not a status we know. Write {expected}."),))


def _said_beside(text: str, words: str) -> tuple[Finding, ...]:
    """Return the finding that a cell says more than its status, for the status is all that is kept of it."""
    patterns = [pattern for _, pattern in (*within("status"), *within("judgement"))]
    known = {at for pattern in patterns for found in pattern.finditer(words) for at in range(*found.span())}
    rest = "".join(" " if at in known else letter for at, letter in enumerate(words))
    left = [word for word in re.findall(r"[^\W_]+", rest) if word not in _SMALL]
    if len(left) < _SAYS_MORE:
        return ()
    return (warning(f"Only the status was taken of {quote(text)}. Move what else it says to the update."),)


def is_rag(value: CellValue) -> bool:
    """Say whether a cell holds a rating (a colour, a letter, "on track"), whatever else it says."""
    return isinstance(value, str) and bool(_rag_letters(_plain(value)))


def is_status(value: CellValue) -> bool:
    """Say whether a cell holds a lifecycle word and no rating."""
    if not isinstance(value, str):
        return False
    words = _plain(value)
    return not _rag_letters(words) and _status(words, judged=False) is not None


def is_done(value: CellValue) -> bool:
    """Say whether a cell holds a lifecycle word for finished work, and no rating."""
    return is_status(value) and _status(_plain(text_of(value)), judged=False) in _DONE


def _plain(text: str) -> str:
    """Return the words of a cell: signs as colours, leading numbers and movement arrows off."""
    text = text[:_READ]
    for sign, colour in _SIGNS.items():
        text = text.replace(sign, f" {colour} ")
    words = fold(_MOVEMENT.sub(" ", text)) if not _ARROW.search(text) else fold(text)
    return _NUMBERED.sub("", words).strip(" .;:*")


def _rag_letters(words: str) -> tuple[str, ...]:
    """Return the letters that a cell's words stand for; what it was before, or is not, is no rating."""
    return () if _DENIED.search(words) else _named_letters(_FORMER.sub("", words))


def _named_letters(words: str) -> tuple[str, ...]:
    """Return the letters of as many ratings as the words name."""
    if words in _PAIRS:
        return _PAIRS[words]
    tokens = [token for token in re.split(r"[^a-z]+", words) if token]
    if 1 <= len(tokens) <= _MOST_LETTERS and all(token in _LETTERS or token in _COLOURS for token in tokens):
        return tuple(dict.fromkeys(_LETTERS.get(token) or _COLOURS[token] for token in tokens))
    if _LETTER_FIRST.match(words):
        return (_LETTERS[tokens[0]],)
    # In a sentence only the first word can be the rating; further on, "green spaces" are no rating.
    named = tokens[:1] if len(words) > _LONGEST else tokens
    colours = tuple(dict.fromkeys(_COLOURS[token] for token in named if token in _COLOURS))
    if colours or len(words) > _LONGEST:
        return colours
    if _status(words, judged=False) in _DONE:
        return ()  # "Completed late": work that is done is off track no more
    return tuple(letter for letter, pattern in within("judgement") if pattern.search(words))[:1]


def _status(words: str, *, judged: bool) -> LifecycleStatus | None:
    """Return the lifecycle word in a cell; "ongoing" beside a rating ("ongoing - delayed") is work in progress."""
    if len(words) > _LONGEST:
        return None
    key = longest_key(within("status"), words)
    if not key:
        return None
    status = LifecycleStatus(key)
    return LifecycleStatus.IN_PROGRESS if judged and status is LifecycleStatus.ONGOING else status


def _worst(text: str, letters: tuple[str, ...], status: LifecycleStatus | None) -> Parsed[Judged]:
    """Return the graver of several letters and say so; Blue proposes that the action is complete."""
    letter = min(letters, key=_WORST_FIRST.index)
    if letter == "B" and status is None:
        status = LifecycleStatus.COMPLETE
    if len(letters) == 1:
        return Parsed(Judged(status, letter))
    words = {"R": "Red", "A": "Amber", "G": "Green", "B": "Blue"}
    return Parsed(
        Judged(status, letter), (warning(f"{quote(text)} names two ratings; the graver, {words[letter]}, was taken."),)
    )
