"""Status and RAG as owners write them: one grammar, because one column often holds both.

Letters are those of the default scheme: B complete, G on track, A at risk, R off track.
"""

import re
from dataclasses import dataclass

from csp_desktop.imports.dates import cell_error
from csp_desktop.imports.grid import CellError, CellValue, text_of
from csp_desktop.imports.problems import Parsed, error, quote, warning
from csp_desktop.rules.folding import fold
from models.vocabulary import LifecycleStatus

_WORST_FIRST = "RAGB"
_LETTERS = {"b": "B", "g": "G", "a": "A", "r": "R", "y": "A"}
_COLOURS = {"blue": "B", "green": "G", "amber": "A", "yellow": "A", "orange": "A", "red": "R"}
_PAIRS = {"ag": ("A", "G"), "ga": ("A", "G"), "ar": ("R", "A"), "ra": ("R", "A"), "gb": ("G", "B"), "bg": ("G", "B")}

_JUDGEMENTS = (
    ("R", r"off[- ]track|off target|overdue|critical|failing|failed|significant(?:ly)? (?:delay|issue|behind)\w*|major (?:delay|issue|problem)s?|not on (?:track|target)|missed|high risk|stalled|blocked|severe\w*|late"),
    ("A", r"at risk|some slip\w*|slipp\w+|delayed|delay|behind(?: schedule)?|minor (?:delay|issue|problem)s?|some (?:delay|issue|risk|concern)s?|partially on track|mostly on track|needs attention|medium risk|off schedule|en retard"),
    ("G", r"on[- ]track|on target|on schedule|on course|progressing well|low risk|no issues|no concerns|as planned|ahead(?: of schedule)?|good progress"),
)  # fmt: skip
_STATUSES = (
    (LifecycleStatus.CANCELLED, r"cancell?ed|withdrawn|abandoned|no longer (?:required|needed|relevant)|superseded|stopped|discontinued|removed|void|abandonne"),
    (LifecycleStatus.CLOSED, r"closed(?: by (?:the )?board)?|signed off|closed down|archived"),
    (LifecycleStatus.NOT_STARTED, r"not (?:yet )?(?:started|begun|commenced|due|due to start|due yet)|yet to (?:start|begin|commence)|to start|unstarted|to do|todo|planned|pending|scheduled|future|proposed|new|not due|awaiting start|a venir|not complete|not completed|incomplete"),
    (LifecycleStatus.ON_HOLD, r"on[- ]hold|paused|suspended|deferred|parked|postponed|awaiting \w+(?: \w+)*|en pause"),
    (LifecycleStatus.COMPLETE, r"(?:project |action |task )?(?:is )?complete[d]?|done|finished|achieved|delivered|implemented|100 ?%|discharged|met|fully (?:complete|achieved|delivered|implemented)|realise"),
    (LifecycleStatus.IN_PROGRESS, r"in[- ]?progress|under ?way|started|progressing|in development|in delivery|in hand|active|commenced|working on|wip|open|partially (?:complete|completed|achieved|met)|part(?:ly)? (?:complete|completed)|being (?:developed|delivered|progressed)|work(?:ing)? (?:has )?(?:started|begun)|live|current|en cours|nearly complete|almost complete"),
    (LifecycleStatus.ONGOING, r"on-?going|continuous|continuing|business as usual|bau|recurring|rolling"),
)  # fmt: skip
_JUDGEMENT_PATTERNS = tuple((letter, re.compile(rf"\b(?:{words})\b")) for letter, words in _JUDGEMENTS)
_STATUS_PATTERNS = tuple((status, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for status, words in _STATUSES)
_NONE = re.compile(
    r"^(?:n ?/ ?a|n\.a\.?|na|none|not applicable|not (?:yet )?(?:rated|assessed|set)|tb[acd]|grey|gray|white|no rag|no rating|[\-\u2013\u2014]+|\?+)$"
)
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
    if _NONE.match(words):
        return Parsed(Judged())
    if _NUMBER.match(words) or (isinstance(value, int | float) and not isinstance(value, str)):
        return Parsed(
            None,
            (error(f"{quote(text)} does not say which end of the scale is good. Write Blue, Green, Amber or Red."),),
        )
    if _ARROW.search(words):
        return Parsed(
            None, (error(f"{quote(text)} names a change of rating. Write the present one: Blue, Green, Amber or Red."),)
        )
    letters = _rag_letters(words)
    if letters:
        return _worst(text, letters, _status(words, judged=True))
    status = _status(words, judged=False)
    if status is LifecycleStatus.COMPLETE or status is LifecycleStatus.CLOSED:
        return Parsed(Judged(status, "B"))
    if status is not None:
        return Parsed(
            Judged(status), (warning(f"{quote(text)} is a status, not a rating; the rating was left empty."),)
        )
    return Parsed(None, (error(f"{quote(text)} is not a rating we know. Write Blue, Green, Amber or Red."),))


def read_status(value: CellValue) -> Parsed[Judged]:
    """Read a cell of a status column; a rating in it is taken as the rating."""
    if isinstance(value, CellError):
        return Parsed(None, (cell_error(value),))
    text = text_of(value)
    words = _plain(text)
    if _NONE.match(words):
        return Parsed(Judged())
    if words in _TRUE or words in _FALSE:
        return Parsed(Judged(LifecycleStatus.COMPLETE if words in _TRUE else None))
    letters = _rag_letters(words)
    status = _status(words, judged=bool(letters))
    if letters:
        return _worst(text, letters, status)
    if status is not None:
        return Parsed(Judged(status))
    expected = "Not started, In progress, On hold, Ongoing, Complete or Cancelled"
    return Parsed(None, (error(f"{quote(text)} is not a status we know. Write {expected}."),))


def is_rag(value: CellValue) -> bool:
    """Say whether a cell holds a rating (a colour, a letter, "on track"), whatever else it says."""
    return isinstance(value, str) and bool(_rag_letters(_plain(value)))


def is_status(value: CellValue) -> bool:
    """Say whether a cell holds a lifecycle word and no rating."""
    if not isinstance(value, str):
        return False
    words = _plain(value)
    return not _rag_letters(words) and _status(words, judged=False) is not None


def _plain(text: str) -> str:
    """Return the words of a cell: signs as colours, leading numbers and movement arrows off."""
    for sign, colour in _SIGNS.items():
        text = text.replace(sign, f" {colour} ")
    words = fold(_MOVEMENT.sub(" ", text)) if not _ARROW.search(text) else fold(text)
    return _NUMBERED.sub("", words).strip(" .;:*")


def _rag_letters(words: str) -> tuple[str, ...]:
    """Return the letters that a cell's words stand for, as many as it names."""
    if words in _LETTERS:
        return (_LETTERS[words],)
    if words in _PAIRS:
        return _PAIRS[words]
    tokens = [token for token in re.split(r"[^a-z]+", words) if token]
    if len(tokens) in {1, 2} and all(token in _LETTERS or token in _COLOURS for token in tokens):
        return tuple(dict.fromkeys(_LETTERS.get(token) or _COLOURS[token] for token in tokens))
    if len(words) > _LONGEST:
        return tuple(dict.fromkeys(_COLOURS[token] for token in tokens[:1] if token in _COLOURS))
    colours = tuple(dict.fromkeys(_COLOURS[token] for token in tokens if token in _COLOURS))
    if colours:
        return colours
    if tokens and tokens[0] in _LETTERS and re.match(r"^[bgar]\s*[-\u2013:=(]", words):
        return (_LETTERS[tokens[0]],)
    return tuple(letter for letter, pattern in _JUDGEMENT_PATTERNS if pattern.search(words))[:1]


def _status(words: str, *, judged: bool) -> LifecycleStatus | None:
    """Return the lifecycle word in a cell; "ongoing" beside a rating ("ongoing - delayed") is work in progress."""
    if len(words) > _LONGEST:
        return None
    for status, pattern in _STATUS_PATTERNS:
        if pattern.search(words):
            ongoing_work = judged and status is LifecycleStatus.ONGOING
            return LifecycleStatus.IN_PROGRESS if ongoing_work else status
    return None


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
