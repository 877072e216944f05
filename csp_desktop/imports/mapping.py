"""Which column holds which field: by the words of its heading, by its values where those are ambiguous, by memory."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from csp_desktop.imports.dated_columns import dated_column, year_of
from csp_desktop.imports.fields import TELLING_FIELDS, ActionField
from csp_desktop.imports.synonyms import LEAST, Wordings, normalise, shipped
from csp_desktop.imports.tables import Table
from csp_desktop.imports.weighing import MOST, SURE, Column, profile, scores_of
from csp_desktop.rules.folding import fold
from csp_desktop.rules.periods import Period
from models.vocabulary import Word

_MOSTLY_DISTINCT = 0.8
_PERSON = re.compile(r"(?:full |first |last |sur|contact |staff |officer )?names?\Z|(?:key )?contacts?\Z|who\Z")
_OF_ACTIONS = frozenset({ActionField.TITLE})
_CONTACT = re.compile(r"\b(?:e ?-?mail|telephone|phone|mobile|tel|postcode|address)\b")


class Confidence(Word):
    """How sure a column's field is: taken, taken but to be confirmed, or not known."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNMAPPED = "unmapped"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column and the field it holds, None where it is not read. ``period`` dates a column such as "Q1".

    ``is_unseen``: guessed by its heading alone, for none of its cells is filled and nobody has said what it holds.
    """

    column: int
    heading: str
    field: ActionField | None
    confidence: Confidence
    period: Period | None = None
    period_text: str = ""
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class ProposedMapping:
    """The fields of a table's columns, and the fingerprint by which its layout is known again."""

    columns: tuple[ColumnMapping, ...]
    fingerprint: str

    def column_of(self, wanted: ActionField) -> ColumnMapping | None:
        """Return the undated column that holds a field."""
        return next((each for each in self.columns if each.field is wanted and not each.period_text), None)

    @property
    def holds_actions(self) -> bool:
        """Say whether it has a title column and at least one of lead, due, RAG or update, not all of them by guess.

        "Name" and "Organisation" make a list of contacts, not one of actions.
        """
        fields = {each.field for each in self.columns}
        telling = TELLING_FIELDS | {ActionField.TITLE}
        sure = any(each.field in telling and each.confidence is Confidence.CERTAIN for each in self.columns)
        return ActionField.TITLE in fields and bool(fields & TELLING_FIELDS) and sure

    @property
    def mapped(self) -> dict[str, str]:
        """Return heading to field, for those that are read."""
        return {each.heading: each.field.value for each in self.columns if each.field is not None}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Return the headings that are not read."""
        return tuple(each.heading for each in self.columns if each.field is None)

    @property
    def memory(self) -> dict[str, str]:
        """Return what to remember of the layout: normalised heading to field, "" for one that is not read.

        A guess at a blank column is not remembered: once it is filled, its cells say more.
        """
        seen = (each for each in self.columns if not each.is_unseen)
        return {normalise(each.heading): each.field.value if each.field else "" for each in seen}


def fingerprint(headings: Iterable[str]) -> str:
    """Return the mark of a layout: the same headings in another order are the same layout."""
    words = "\n".join(sorted(normalise(heading) for heading in headings))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def propose_mapping(
    table: Table,
    remembered: Mapping[str, str] | None = None,
    known_themes: Sequence[str] = (),
    wordings: Wordings | None = None,
) -> ProposedMapping:
    """Return the fields of a table's columns, each field once but for dated updates.

    ``remembered`` (normalised heading to field, "" for none) goes before every guess; ``known_themes`` are the titles
    of the plan's themes, by which a "Priority" column that holds them is told; ``wordings`` are the known headings,
    those of the program where nothing is said.
    """
    year = year_of(table)
    themes = frozenset(fold(theme) for theme in known_themes)
    columns = [profile(table, heading, themes) for heading in table.headings]
    dated = {column.heading.column: period for column in columns if (period := dated_column(column, year)) is not None}
    if _is_chart(columns, year):
        dated = {
            column.heading.column: dated[column.heading.column]
            for column in columns
            if column.heading.column in dated and column.count
        }
    known = wordings or shipped()
    undated = [column for column in columns if column.heading.column not in dated]
    scored = [replace(column, scores=scores_of(column, known)) for column in undated]
    if any(_CONTACT.search(fold(label)) for label in table.labels):
        scored = [_of_contacts(column) for column in scored]
    chosen = _remembered(columns, remembered or {})
    unseen = {column.heading.column for column in columns if not column.count} - chosen.keys()
    chosen |= _assign([column for column in scored if column.heading.column not in chosen], taken=chosen.values())
    chosen |= _title_by_values([column for column in scored if column.heading.column not in chosen], chosen)
    mapped = (_mapping(column, chosen, dated) for column in columns)
    found = tuple(replace(each, is_unseen=each.column in unseen) for each in mapped)
    return ProposedMapping(found, fingerprint(table.labels))


def _is_chart(columns: Iterable[Column], year: int | None) -> bool:
    """Say whether columns of periods hold the bars of a Gantt chart: then those without any are its too."""
    return any(column.marks >= MOST and dated_column(replace(column, marks=0.0), year) for column in columns)


def _of_contacts(column: Column) -> Column:
    """Return a column that is no title where it is one of names: beside an e-mail address they are people."""
    if not _PERSON.match(fold(column.heading.label)):
        return column
    return replace(column, scores={each: score for each, score in column.scores.items() if each not in _OF_ACTIONS})


def override(mapping: ProposedMapping, wanted: Mapping[str, str]) -> ProposedMapping:
    """Return the mapping with the user's choices (heading to field, "" for none); a field leaves its old column.

    Raises ValueError for a field that does not exist.
    """
    fields = {heading: ActionField(value) if value else None for heading, value in wanted.items()}
    moved = {each for each in fields.values() if each is not None and each is not ActionField.UPDATE}
    columns = []
    for each in mapping.columns:
        if each.heading in fields:
            confidence = Confidence.CERTAIN if fields[each.heading] else Confidence.UNMAPPED
            columns.append(replace(each, field=fields[each.heading], confidence=confidence, is_unseen=False))
        elif each.field in moved and not each.period_text:
            columns.append(replace(each, field=None, confidence=Confidence.UNMAPPED))
        else:
            columns.append(each)
    return replace(mapping, columns=tuple(columns))


def _mapping(
    column: Column,
    chosen: Mapping[int, tuple[ActionField | None, float]],
    dated: Mapping[int, tuple[ActionField, Period | None, str]],
) -> ColumnMapping:
    heading = column.heading
    if heading.column in dated and chosen.get(heading.column, dated[heading.column])[0] is dated[heading.column][0]:
        # what is remembered of a column is its field; its quarter stands in its own heading
        meant, period, text = dated[heading.column]
        confidence = Confidence.CERTAIN if period else Confidence.LIKELY
        return ColumnMapping(heading.column, heading.text, meant, confidence, period, text)
    picked, score = chosen.get(heading.column, (None, 0.0))
    if picked is None:
        return ColumnMapping(heading.column, heading.text, None, Confidence.UNMAPPED)
    confidence = Confidence.CERTAIN if score >= SURE else Confidence.LIKELY
    return ColumnMapping(heading.column, heading.text, picked, confidence)


def _remembered(
    columns: Sequence[Column], remembered: Mapping[str, str]
) -> dict[int, tuple[ActionField | None, float]]:
    """Return the fields a user settled before; words that are no field any more are left out."""
    fields = set(ActionField)
    return {
        column.heading.column: (ActionField(value) if value else None, 1.0)
        for column in columns
        if (value := remembered.get(normalise(column.heading.text))) is not None and (not value or value in fields)
    }


def _assign(
    columns: Sequence[Column], taken: Iterable[tuple[ActionField | None, float]]
) -> dict[int, tuple[ActionField | None, float]]:
    """Return the best field for each column, each field once: the surest pairs first, then the leftmost."""
    used = {each for each, _ in taken if each is not None}
    pairs = sorted(
        (
            (-round(score, 3), -_only(column), column.heading.column, meant is not ActionField.TITLE, meant)
            for column in columns
            for meant, score in column.scores.items()
            if score >= LEAST
        ),
    )
    chosen: dict[int, tuple[ActionField | None, float]] = {}
    for score, _, number, _, meant in pairs:
        if number not in chosen and meant not in used:
            chosen[number] = (meant, -score)
            used.add(meant)
    return chosen


def _title_by_values(
    unknown: Sequence[Column], chosen: Mapping[int, tuple[ActionField | None, float]]
) -> dict[int, tuple[ActionField | None, float]]:
    """Return the one unknown column that reads like actions, where lead and due are known and no heading is a title."""
    fields = {each for each, _ in chosen.values()}
    wordy = [column for column in unknown if column.wordy >= MOST and column.distinct >= _MOSTLY_DISTINCT]
    if ActionField.TITLE in fields or not {ActionField.LEAD, ActionField.DUE} <= fields or len(wordy) != 1:
        return {}
    return {wordy[0].heading.column: (ActionField.TITLE, LEAST)}


def _only(column: Column) -> int:
    """Return 1 for a column that can hold one field alone, so that it goes first among equals."""
    return int(sum(score >= LEAST for score in column.scores.values()) == 1)
