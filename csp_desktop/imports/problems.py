"""What a reading leaves behind: a value beside its own words, and problems at their own addresses."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from models.vocabulary import ProblemLevel

T = TypeVar("T")
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of a file. ``cell`` is an address ("E15"), or "" where it concerns a whole sheet."""

    sheet: str
    cell: str
    level: ProblemLevel
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem before it has an address: what was found, what was expected, what to do."""

    level: ProblemLevel
    message: str


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What a grammar made of one cell: the value (None where it could not tell), and findings."""

    value: T | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """One filled cell of a row: the value (None where it could not be read), its own words and its address."""

    value: T | None
    text: str
    cell: str


def error(message: str) -> Finding:
    """Return a finding that left a cell out."""
    return Finding(ProblemLevel.ERROR, message)


def warning(message: str) -> Finding:
    """Return a finding that the user should know of; the value was taken."""
    return Finding(ProblemLevel.WARNING, message)


def quote(text: str) -> str:
    """Return a cell's words for a sentence: on one line, in quotation marks, not longer than one can read."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + '…'}”"
