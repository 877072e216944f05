"""What the cells of a returned workbook say, as texts to compare: first as they stand, then by what they mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from csp_desktop.exports.layout import Kind, UpdateColumn
from csp_desktop.exports.positions import tidied
from csp_desktop.imports.dates import DateValue, cell_error
from csp_desktop.imports.grid import CellError, CellValue, PercentNumber, text_of
from csp_desktop.imports.problems import Finding, Parsed, Read, error, quote, warning
from csp_desktop.imports.standing import read_rag, read_status
from csp_desktop.queries.plans import RagValueRow
from csp_desktop.rules.folding import fold
from models.vocabulary import LifecycleStatus

ERROR_TEXTS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BUSY!"}
    | {"Err:502", "Err:508", "Err:509", "Err:522", "Err:523"}
)
"""What an error cell reads in formats that keep no errors apart."""

_BRAG = "BGAR"
_WHOLE = 100
_DIGITS = 10


def cell_said(kind: Kind, value: CellValue) -> str:
    """Return what a cell says as it stands, in the form in which what went out was kept."""
    if isinstance(value, str):
        text = tidied(value)
        if kind is Kind.PERCENT and text.endswith("%"):
            return text[:-1].strip()
        return text
    if kind is Kind.DATE and isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if kind is Kind.PERCENT and isinstance(value, int | float) and not isinstance(value, bool):
        is_share = (isinstance(value, PercentNumber) and value <= 1) or (isinstance(value, float) and 0 < value < 1)
        return f"{float(value) * (_WHOLE if is_share else 1):.{_DIGITS}g}"
    return tidied(text_of(value))


def as_error(value: CellValue) -> CellValue:
    """Return a cell that only reads like an error as the error it was when the file was saved in a plainer format."""
    return CellError(value.strip()) if isinstance(value, str) and value.strip() in ERROR_TEXTS else value


def as_meant(kind: Kind, value: CellValue) -> CellValue:
    """Return a cell as its owner meant it: an error that was saved as text, or 45 put into a cell of percentages.

    More than the whole is never done, so what shows as 4500% is 45.
    """
    if kind is Kind.PERCENT and isinstance(value, PercentNumber) and value > 1:
        return f"{float(value):.{_DIGITS}g}%"
    return as_error(value)


@dataclass(frozen=True, slots=True)
class ListWords:
    """The words that the list columns offer: the RAG values of the plan's scheme, and the statuses."""

    rag_values: Sequence[RagValueRow]

    @property
    def rag_words(self) -> dict[str, str]:
        """Return each letter's word."""
        return {value.letter: value.word for value in self.rag_values}

    def rag(self, value: CellValue) -> Parsed[str]:
        """Read a rating as a letter of the plan's scheme: by word or letter, else as owners write the default one."""
        if isinstance(value, CellError):
            return Parsed(None, (cell_error(value),))
        text = fold(text_of(value))
        for each in self.rag_values:
            if text in {fold(each.word), fold(each.letter), fold(f"{each.letter} {each.word}")}:
                return Parsed(each.letter)
        offered = {fold(each.word): each.word for each in self.rag_values}
        if {each.letter for each in self.rag_values} <= set(_BRAG):
            judged = read_rag(value)
            if judged.value is not None and judged.value.rag is not None:
                return Parsed(judged.value.rag, judged.findings)
        return Parsed(None, (_not_offered(text_of(value), offered),))

    def status(self, value: CellValue) -> Parsed[LifecycleStatus]:
        """Read a lifecycle status by its label, else as owners write it."""
        text = fold(text_of(value))
        offered = {fold(each.label): each for each in LifecycleStatus if each is not LifecycleStatus.CLOSED}
        if text in offered:
            return Parsed(offered[text])
        judged = read_status(value)
        if judged.value is not None and judged.value.status is LifecycleStatus.CLOSED:
            said = warning(
                f"{quote(text_of(value))} was taken as Complete: the group that owns the plan closes actions."
            )
            return Parsed(LifecycleStatus.COMPLETE, (said,))
        if judged.value is not None and judged.value.status is not None:
            return Parsed(judged.value.status, judged.findings)
        if isinstance(value, CellError):
            return Parsed(None, judged.findings)
        return Parsed(None, (_not_offered(text_of(value), {key: each.label for key, each in offered.items()}),))


def _not_offered(text: str, offered: Mapping[str, str]) -> Finding:
    """Return the finding for a word that a list does not offer, with the nearest one it does."""
    near = get_close_matches(fold(text), list(offered), n=1, cutoff=0.5)
    said = f"{quote(text)} is not one of the list: {', '.join(offered.values())}."
    return error(f"{said} Did the owner mean {quote(offered[near[0]])}?" if near else said)


def meant(column: UpdateColumn, read: Read[Any], rag_words: Mapping[str, str]) -> str | None:
    """Return what a cell means, in the form in which what went out was kept; None where it could not be read."""
    value, kind = read.value, column.kind
    if value is None:
        return None
    if isinstance(value, DateValue):
        day = value.first if column.key == "start" else value.last
        return day.isoformat() if day is not None else tidied(read.text)
    if isinstance(value, LifecycleStatus):
        return value.label
    if kind is Kind.RAG:
        return rag_words.get(str(value), str(value))
    return str(value) if kind is Kind.PERCENT else tidied(read.text)
