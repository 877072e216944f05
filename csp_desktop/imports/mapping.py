"""Which column holds which field: by the words of its heading, by its values where those are ambiguous, by memory."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from csp_desktop.imports.dates import is_datelike
from csp_desktop.imports.fields import DATE_FIELDS, TELLING_FIELDS, ActionField
from csp_desktop.imports.fillers import is_filler
from csp_desktop.imports.grid import CellValue, is_blank, text_of
from csp_desktop.imports.headings import Heading, Table
from csp_desktop.imports.numbers import is_percentlike
from csp_desktop.imports.standing import is_rag, is_status
from csp_desktop.imports.synonyms import LEAST, closeness, normalise
from csp_desktop.rules.folding import fold
from csp_desktop.rules.periods import MONTH_NUMBERS, Period, Quarter, find_period, full_year, month_period
from models.vocabulary import Word

_SAMPLED_ROWS = 200
_CERTAIN = 0.94
_GROUPED = 0.97
_MOST = 0.6
_SOME = 0.3
_FEW = 0.2
_LONG_TEXT = 40
_YES_NO = frozenset({"yes", "no", "y", "n", "true", "false", "1", "0"})
_LEVELS = re.compile(
    r"^(?:[1-5]|p[1-5]|high|medium|med|low|h|m|l|urgent|critical|normal|essential|desirable|very high|very low)(?: priority)?$"
)
_QUARTER_WORDS = re.compile(r"\b(?:q|qtr|quarter)\s*([1-4])\b", re.IGNORECASE)
_PERIOD_WORDS = re.compile(
    r"(?:\b(?:q|qtr|quarter)\s*[1-4][\s,]*(?:fy\s*)?(?:\d{4}|\d{2})\s*[/\-\u2013]\s*\d{2,4})|(?:(?:fy\s*)?\d{4}\s*[/\-\u2013]\s*\d{2,4}[\s,:\-]*(?:q|qtr|quarter)\s*[1-4]\b)"
    r"|(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s\-/']*(?:20\d{2}|\d{2})\b)",
    re.IGNORECASE,
)
_YEAR_WORDS = re.compile(r"\b(?:fy\s*)?(20\d{2})\s*[/\-\u2013]\s*(20\d{2}|\d{2})\b", re.IGNORECASE)
_MONTH_ALONE = re.compile(rf"\b({'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\b", re.IGNORECASE)
_UPDATE_WORDS = re.compile(
    r"update|progress|comment|position|narrative|report|commentary|review|status|rag", re.IGNORECASE
)


class Confidence(Word):
    """How sure a column's field is: taken, taken but to be confirmed, or not known."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNMAPPED = "unmapped"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column and the field it holds, None where it is not read. ``period`` dates a column such as "Q1"."""

    column: int
    heading: str
    field: ActionField | None
    confidence: Confidence
    period: Period | None = None
    period_text: str = ""


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
        """Say whether it has a title column and at least one of lead, due, RAG or update."""
        fields = {each.field for each in self.columns}
        return ActionField.TITLE in fields and bool(fields & TELLING_FIELDS)

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
        """Return what to remember of the layout: normalised heading to field, "" for one that is not read."""
        return {normalise(each.heading): each.field.value if each.field else "" for each in self.columns}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column while its field is sought: what share of its values looks like what."""

    heading: Heading
    count: int = 0
    dates: float = 0.0
    percents: float = 0.0
    rags: float = 0.0
    statuses: float = 0.0
    yes_no: float = 0.0
    levels: float = 0.0
    long: float = 0.0
    themes: float = 0.0
    scores: dict[ActionField, float] = field(default_factory=dict)


def fingerprint(headings: Sequence[str]) -> str:
    """Return the mark of a layout: the same headings in another order are the same layout."""
    words = "\n".join(sorted(normalise(heading) for heading in headings))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def propose_mapping(
    table: Table,
    remembered: Mapping[str, str] | None = None,
    known_themes: Sequence[str] = (),
) -> ProposedMapping:
    """Return the fields of a table's columns, each field once but for dated updates.

    ``remembered`` (normalised heading to field, "" for none) goes before every guess; ``known_themes`` are the titles
    of the plan's themes, by which a "Priority" column that holds them is told.
    """
    year = _year_of(table)
    themes = frozenset(fold(theme) for theme in known_themes)
    columns = [_profile(table, heading, themes) for heading in table.headings]
    dated = {column.heading.column: period for column in columns if (period := _dated(column, year)) is not None}
    scored = [replace(column, scores=_scores(column)) for column in columns if column.heading.column not in dated]
    chosen = _remembered(columns, remembered or {})
    chosen |= _assign([column for column in scored if column.heading.column not in chosen], taken=chosen.values())
    found = tuple(_mapping(column, chosen, dated) for column in columns)
    return ProposedMapping(found, fingerprint([heading.text for heading in table.headings]))


def override(mapping: ProposedMapping, wanted: Mapping[str, str]) -> ProposedMapping:
    """Return the mapping with the user's own choices (heading to field, "" for none); a field moves from its old column.

    Raises ValueError for a field that does not exist.
    """
    fields = {heading: ActionField(value) if value else None for heading, value in wanted.items()}
    moved = {each for each in fields.values() if each is not None and each is not ActionField.UPDATE}
    columns = []
    for each in mapping.columns:
        if each.heading in fields:
            confidence = Confidence.CERTAIN if fields[each.heading] else Confidence.UNMAPPED
            columns.append(replace(each, field=fields[each.heading], confidence=confidence))
        elif each.field in moved and not each.period_text:
            columns.append(replace(each, field=None, confidence=Confidence.UNMAPPED))
        else:
            columns.append(each)
    return replace(mapping, columns=tuple(columns))


def _mapping(
    column: _Column,
    chosen: Mapping[int, tuple[ActionField | None, float]],
    dated: Mapping[int, tuple[ActionField, Period | None, str]],
) -> ColumnMapping:
    heading = column.heading
    if heading.column in dated and heading.column not in chosen:
        meant, period, text = dated[heading.column]
        confidence = Confidence.CERTAIN if period else Confidence.LIKELY
        return ColumnMapping(heading.column, heading.text, meant, confidence, period, text)
    picked, score = chosen.get(heading.column, (None, 0.0))
    if picked is None:
        return ColumnMapping(heading.column, heading.text, None, Confidence.UNMAPPED)
    confidence = Confidence.CERTAIN if score >= _CERTAIN else Confidence.LIKELY
    return ColumnMapping(heading.column, heading.text, picked, confidence)


def _remembered(
    columns: Sequence[_Column], remembered: Mapping[str, str]
) -> dict[int, tuple[ActionField | None, float]]:
    """Return the fields a user settled before; words that are no field any more are left out."""
    fields = set(ActionField)
    return {
        column.heading.column: (ActionField(value) if value else None, 1.0)
        for column in columns
        if (value := remembered.get(normalise(column.heading.text))) is not None and (not value or value in fields)
    }


def _assign(columns: Sequence[_Column], taken: object) -> dict[int, tuple[ActionField | None, float]]:
    """Return the best field for each column, each field once: the surest pairs first, then the leftmost."""
    used = {each for each, _ in taken if each is not None}  # type: ignore[attr-defined]
    pairs = sorted(
        (
            (-round(score, 3), -_only(column), column.heading.column, meant)
            for column in columns
            for meant, score in column.scores.items()
            if score >= LEAST
        ),
    )
    chosen: dict[int, tuple[ActionField | None, float]] = {}
    for score, _, number, meant in pairs:
        if number not in chosen and meant not in used:
            chosen[number] = (meant, -score)
            used.add(meant)
    return chosen


def _only(column: _Column) -> int:
    """Return 1 for a column that can hold one field alone, so that it goes first among equals."""
    return int(sum(score >= LEAST for score in column.scores.values()) == 1)


def _profile(table: Table, heading: Heading, themes: frozenset[str]) -> _Column:
    """Return what a column's first values look like."""
    values = _sample(table, heading.column)
    if not values:
        return _Column(heading)

    def share(count: int) -> float:
        return count / len(values)

    texts = [fold(text_of(value)) for value in values]
    return _Column(
        heading,
        count=len(values),
        dates=share(sum(is_datelike(value) for value in values)),
        percents=share(sum(is_percentlike(value) for value in values)),
        rags=share(sum(len(text) <= _LONG_TEXT and is_rag(value) for value, text in zip(values, texts, strict=True))),
        statuses=share(
            sum(len(text) <= _LONG_TEXT and is_status(value) for value, text in zip(values, texts, strict=True))
        ),
        yes_no=share(sum(text in _YES_NO for text in texts)),
        levels=share(sum(bool(_LEVELS.match(text)) for text in texts)),
        long=share(sum(len(text) > _LONG_TEXT for text in texts)),
        themes=share(sum(_names_theme(text, themes) for text in texts)),
    )


def _names_theme(text: str, themes: frozenset[str]) -> bool:
    return len(text) > 3 and any(theme and (theme in text or text in theme) for theme in themes)  # noqa: PLR2004 - "a" is in every theme


def _sample(table: Table, column: int) -> list[CellValue]:
    """Return the first values of a column, without fillers."""
    values: list[CellValue] = []
    for row in table.rows:
        value = table.sheet.value(row, column)
        if not is_blank(value) and not is_filler(value):
            values.append(value)
            if len(values) >= _SAMPLED_ROWS:
                break
    return values


def _scores(column: _Column) -> dict[ActionField, float]:
    """Return how surely a column holds each field, by its heading first and then by its values."""
    heading = column.heading
    scores = dict(closeness(heading.label))
    if heading.group:
        for meant, score in closeness(f"{heading.group} {heading.label}").items():
            scores[meant] = max(scores.get(meant, 0.0), score * _GROUPED)
        for meant, score in closeness(heading.group).items():
            if meant not in scores and not scores:
                scores[meant] = score * 0.8
    if column.count:
        _weigh_judgements(column, scores)
        _weigh_dates(column, scores)
        _weigh_words(column, scores)
    return scores


def _weigh_judgements(column: _Column, scores: dict[ActionField, float]) -> None:
    """Settle status, RAG, percent and update by the words in the column."""
    told = max(scores.get(ActionField.STATUS, 0.0), scores.get(ActionField.RAG, 0.0))
    if told and column.rags + column.statuses >= _SOME and not column.yes_no >= _MOST:
        rating = column.rags > column.statuses and (column.statuses < _FEW or scores.get(ActionField.RAG, 0.0) >= told)
        winner, loser = (ActionField.RAG, ActionField.STATUS) if rating else (ActionField.STATUS, ActionField.RAG)
        if winner is ActionField.STATUS and scores.get(ActionField.RAG, 0.0) > scores.get(ActionField.STATUS, 0.0):
            # A RAG column may hold nothing but "Complete": its heading outweighs its values.
            winner, loser = loser, winner
        scores[winner] = max(told, scores.get(winner, 0.0))
        scores[loser] = min(scores.get(loser, 0.0), LEAST)
    if ActionField.UPDATE in scores:
        for meant, share in (
            (ActionField.PERCENT, column.percents),
            (ActionField.RAG, column.rags),
            (ActionField.STATUS, column.statuses),
        ):
            if share >= _MOST and column.long < _FEW:
                scores[meant] = max(scores.get(meant, 0.0), 0.9)
                scores[ActionField.UPDATE] = min(scores[ActionField.UPDATE], 0.7)
    if ActionField.PERCENT in scores and column.percents < _SOME:
        scores[ActionField.PERCENT] *= 0.5
    if ActionField.STATUS in scores and column.dates >= _MOST and column.yes_no < _MOST:
        scores[ActionField.STATUS] *= 0.5
    if ActionField.STATUS in scores and column.long >= _MOST:
        scores[ActionField.STATUS] *= 0.6
        scores[ActionField.UPDATE] = max(scores.get(ActionField.UPDATE, 0.0), 0.85)
    if ActionField.STATUS in scores and column.yes_no >= _MOST:
        scores[ActionField.STATUS] = max(scores[ActionField.STATUS], 0.9)


def _weigh_dates(column: _Column, scores: dict[ActionField, float]) -> None:
    """Take a date field from a column whose values are no dates, and give "Target" what its values say."""
    dated = [meant for meant in scores if meant in DATE_FIELDS]
    if column.dates < _FEW:
        for meant in dated:
            # Sure headings stay: a column of unreadable dates is a column of dates with problems.
            weak = column.long >= _SOME or column.yes_no >= _MOST or column.percents >= _MOST
            scores[meant] *= 0.5 if weak or scores[meant] < _CERTAIN else 0.97
    elif column.dates >= _MOST:
        for meant in set(scores) - DATE_FIELDS:
            scores[meant] *= 0.7
    if ActionField.SUCCESS_MEASURE in scores and ActionField.DUE in scores and column.dates < _SOME:
        scores[ActionField.SUCCESS_MEASURE] = max(scores[ActionField.SUCCESS_MEASURE], scores[ActionField.DUE])
        scores[ActionField.DUE] *= 0.5


def _weigh_words(column: _Column, scores: dict[ActionField, float]) -> None:
    """Settle "Priority" by its values: a level, a theme of the plan, or an objective; and numbers for a ref."""
    if ActionField.PRIORITY in scores:
        if column.levels >= _MOST:
            scores[ActionField.PRIORITY] = 0.95
            scores.pop(ActionField.OBJECTIVE, None)
        else:
            scores[ActionField.PRIORITY] = min(scores[ActionField.PRIORITY], 0.5)
    if ActionField.OBJECTIVE in scores and column.themes >= _MOST:
        scores[ActionField.THEME] = max(scores.get(ActionField.THEME, 0.0), scores[ActionField.OBJECTIVE] + 0.02)
    if ActionField.SOURCE_REF in scores and column.long >= _SOME:
        scores[ActionField.SOURCE_REF] *= 0.5


def _dated(column: _Column, year: int | None) -> tuple[ActionField, Period | None, str] | None:
    """Return the field and period of a column such as "Q1", "Update March 2025" or, in its group, "Q2: RAG"."""
    label = column.heading.label
    whole = f"{column.heading.group} {label}".strip()
    telling = _UPDATE_WORDS.search(whole)
    named = _PERIOD_WORDS.search(whole)
    quarter = _QUARTER_WORDS.search(whole)
    month = _MONTH_ALONE.search(whole)
    if not (named or quarter or (month and telling)) or column.dates >= _MOST:
        return None
    if not telling and not _period_alone(whole, named, quarter):
        return None
    meant = ActionField.RAG if column.rags >= _MOST and column.long < _FEW else ActionField.UPDATE
    if column.percents >= _MOST and not column.rags:
        return None
    if named:
        period = _period_in(named[0])
        return meant, period, period.label if period else " ".join(named[0].split())
    if quarter:
        found = Quarter(year, int(quarter[1])).period if year else None
        return meant, found, found.label if found else f"Q{quarter[1]}"
    return _month_dated(meant, month[1], year) if month else None


def _period_alone(whole: str, named: re.Match[str] | None, quarter: re.Match[str] | None) -> bool:
    """Say whether a heading is a period and nothing else."""
    match = named or quarter
    return match is not None and not re.sub(r"[\W_]+", "", whole[: match.start()] + whole[match.end() :])


def _month_dated(meant: ActionField, name: str, year: int | None) -> tuple[ActionField, Period | None, str]:
    number = MONTH_NUMBERS[name.casefold()]
    if year is None:
        return meant, None, name
    period = month_period(year if number >= 4 else year + 1, number)  # noqa: PLR2004 - April begins the financial year
    return meant, period, period.label


def _period_in(text: str) -> Period | None:
    return find_period(" ".join(text.replace("'", " ").split()))


def _year_of(table: Table) -> int | None:
    """Return the first year of the financial year that the headings, title rows or sheet name state, if only one."""
    for texts in ([heading.text for heading in table.headings], table.above, (table.sheet.name,)):
        years = {
            full_year(found[1])
            for text in texts
            for found in _YEAR_WORDS.finditer(text)
            if find_period(f"{found[1]}/{found[2]}") is not None
        }
        if len(years) == 1:
            return years.pop()
    return None
