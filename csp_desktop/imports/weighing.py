"""How surely a column holds each field: its heading's words, corrected by what its values look like."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from csp_desktop.imports.dates import is_datelike
from csp_desktop.imports.fields import DATE_FIELDS, ActionField
from csp_desktop.imports.fillers import is_filler
from csp_desktop.imports.grid import CellValue, is_blank, text_of
from csp_desktop.imports.numbers import is_percentlike
from csp_desktop.imports.standing import is_done, is_rag, is_status
from csp_desktop.imports.synonyms import LEAST, OWN, Wordings
from csp_desktop.imports.tables import Heading, Table
from csp_desktop.rules.folding import fold

SURE = 0.94
MOST = 0.6
SOME = 0.3
FEW = 0.2
_SAMPLED_ROWS = 200
_TELLING = 3  # one "Done" under "Progress" does not make it a column of statuses
_LEAST_CELLS = 2  # a text alone in its row is a section, not a value of its column
_GROUPED = 0.97
_LONG_TEXT = 40
_LONGEST_MARK = 2
_FEWEST_WORDS = 3
_YES_NO = frozenset({"yes", "no", "y", "n", "true", "false", "1", "0"})
_COUNTED = re.compile(r"(?:count|sum|average|number|no\.?|total) of\b", re.IGNORECASE)
_LEVELS = re.compile(
    r"(?:p?[1-5]|(?:very )?(?:high|medium|med|low)|h|m|l|urgent|critical|normal|essential|desirable)(?: priority)?\Z"
)


@dataclass(frozen=True, slots=True)
class Column:
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
    wordy: float = 0.0
    distinct: float = 0.0
    done: float = 0.0
    written: float = 0.0
    marks: float = 0.0
    scores: dict[ActionField, float] = field(default_factory=dict)


def profile(table: Table, heading: Heading, themes: frozenset[str]) -> Column:
    """Return what a column's first values look like."""
    values = _sample(table, heading.column)
    if not values:
        return Column(heading)

    # names and ratings repeat down a column: each is looked at once; 1, 1.0 and True are one key but not one value
    counted = [(value, count) for (_, value), count in Counter((type(value), value) for value in values).items()]

    def share(looks: Callable[[CellValue], bool]) -> float:
        return sum(count for value, count in counted if looks(value)) / len(values)

    return Column(
        heading,
        count=len(values),
        dates=share(is_datelike),
        percents=share(is_percentlike),
        rags=share(lambda value: not _is_long(value) and is_rag(value)),
        statuses=share(lambda value: not _is_long(value) and is_status(value)),
        yes_no=share(lambda value: fold(text_of(value)) in _YES_NO),
        levels=share(lambda value: bool(_LEVELS.match(fold(text_of(value))))),
        long=share(_is_long),
        themes=share(lambda value: _names_theme(fold(text_of(value)), themes)),
        wordy=share(lambda value: isinstance(value, str) and len(value.split()) >= _FEWEST_WORDS),
        distinct=len({fold(text_of(value)) for value, _ in counted}) / len(values),
        done=share(lambda value: not _is_long(value) and is_done(value)),
        written=share(lambda value: isinstance(value, str) and any(letter.isalpha() for letter in value)),
        marks=share(lambda value: len(text_of(value)) <= _LONGEST_MARK and not is_rag(value)),
    )


def _is_long(value: CellValue) -> bool:
    return isinstance(value, str) and len(value) > _LONG_TEXT


def _names_theme(text: str, themes: frozenset[str]) -> bool:
    return len(text) > 3 and any(theme and (theme in text or text in theme) for theme in themes)  # noqa: PLR2004 - "a" is in every theme


def _sample(table: Table, column: int) -> list[CellValue]:
    """Return the first values of a column, without fillers."""
    values: list[CellValue] = []
    for row in table.rows:
        if sum(cell is not None for cell in table.sheet.rows[row]) < _LEAST_CELLS:
            continue
        value = table.sheet.value(row, column)
        if not is_blank(value) and not is_filler(value):
            values.append(value)
            if len(values) >= _SAMPLED_ROWS:
                break
    return values


def scores_of(column: Column, wordings: Wordings) -> dict[ActionField, float]:
    """Return how surely a column holds each field, by its heading first and then by its values.

    Where a partnership said what a heading means, the values say nothing against it.
    """
    heading = column.heading
    scores = dict(wordings.closeness(heading.label)) if heading.is_named else {}
    for part in heading.parts if len(heading.parts) > 1 else ():
        for meant, score in wordings.closeness(part).items():
            scores[meant] = max(scores.get(meant, 0.0), score)
    if heading.group:
        for meant, score in wordings.closeness(f"{heading.group} {heading.label}").items():
            scores[meant] = max(scores.get(meant, 0.0), score * _GROUPED)
        for meant, score in wordings.closeness(heading.group).items():
            if meant not in scores and not scores:
                scores[meant] = score * 0.8
    if column.count and max(scores.values(), default=0.0) < OWN:
        _weigh_judgements(column, scores)
        _weigh_status(column, scores)
        _weigh_dates(column, scores)
        _weigh_words(column, scores)
    return scores


def _weigh_judgements(column: Column, scores: dict[ActionField, float]) -> None:
    """Settle RAG or status by their words, and give "Progress" what its values say."""
    told = max(scores.get(ActionField.STATUS, 0.0), scores.get(ActionField.RAG, 0.0))
    if told and column.rags + column.statuses >= SOME and column.yes_no < MOST:
        headed = scores.get(ActionField.RAG, 0.0) > scores.get(ActionField.STATUS, 0.0)
        # A RAG column may hold nothing but "Complete": its heading outweighs its values.
        # "Complete" among colours is the fourth of them; any other lifecycle word makes it a column of statuses.
        rating = headed or (column.rags > column.statuses and column.statuses - column.done < FEW)
        winner, loser = (ActionField.RAG, ActionField.STATUS) if rating else (ActionField.STATUS, ActionField.RAG)
        scores[winner] = told
        scores[loser] = min(scores.get(loser, 0.0), LEAST)
    if scores.get(ActionField.UPDATE, 0.0) >= SURE and column.long < FEW:
        shares = {
            ActionField.PERCENT: column.percents,
            ActionField.RAG: column.rags,
            ActionField.STATUS: column.statuses,
        }
        meant = max(shares, key=lambda each: shares[each])
        if shares[meant] >= MOST and (meant is ActionField.PERCENT or column.count >= _TELLING):
            scores[meant] = max(scores.get(meant, 0.0), 0.9)
            scores[ActionField.UPDATE] = 0.7


def _weigh_status(column: Column, scores: dict[ActionField, float]) -> None:
    """Take "Status" from a column of dates or sentences, and "Percent" from one without numbers."""
    if column.percents < SOME and ActionField.PERCENT in scores:
        scores[ActionField.PERCENT] *= 0.5
    if ActionField.STATUS not in scores:
        return
    if column.yes_no >= MOST:
        scores[ActionField.STATUS] = max(scores[ActionField.STATUS], 0.9)
    elif column.dates >= MOST:
        scores[ActionField.STATUS] *= 0.5
    elif column.long >= MOST:
        scores[ActionField.STATUS] *= 0.6
        scores[ActionField.UPDATE] = max(scores.get(ActionField.UPDATE, 0.0), 0.85)


def _weigh_dates(column: Column, scores: dict[ActionField, float]) -> None:
    """Take a date field from a column whose values are no dates, and give "Target" what its values say."""
    dated = [meant for meant in scores if meant in DATE_FIELDS]
    if column.dates < FEW:
        for meant in dated:
            # Sure headings stay: a column of unreadable dates is a column of dates with problems.
            weak = column.long >= SOME or column.yes_no >= MOST or column.percents >= MOST
            scores[meant] *= 0.5 if weak or scores[meant] < SURE else 0.97
    elif column.dates >= MOST:
        for meant in set(scores) - DATE_FIELDS:
            scores[meant] *= 0.7
    if ActionField.SUCCESS_MEASURE in scores and ActionField.DUE in scores and column.dates < SOME:
        scores[ActionField.SUCCESS_MEASURE] = max(scores[ActionField.SUCCESS_MEASURE], scores[ActionField.DUE])
        scores[ActionField.DUE] *= 0.5


def _weigh_words(column: Column, scores: dict[ActionField, float]) -> None:
    """Settle "Priority" by its values: a level, a theme of the plan, or an objective; and numbers for a ref."""
    if column.written < SOME or (_COUNTED.match(column.heading.label) and column.written < MOST):
        scores.pop(ActionField.TITLE, None)  # "Count of action" in a pivot table
    if column.wordy >= SOME and scores.get(ActionField.SOURCE_REF, 0.0) < SURE:
        scores.pop(ActionField.SOURCE_REF, None)  # a key to the colours beside the table
    if ActionField.PRIORITY in scores:
        if column.levels >= MOST:
            scores[ActionField.PRIORITY] = 0.95
            scores.pop(ActionField.OBJECTIVE, None)
        else:
            scores[ActionField.PRIORITY] = min(scores[ActionField.PRIORITY], 0.5)
    if ActionField.OBJECTIVE in scores and column.themes >= MOST:
        scores[ActionField.THEME] = max(scores.get(ActionField.THEME, 0.0), scores[ActionField.OBJECTIVE] + 0.02)
    if ActionField.SOURCE_REF in scores and column.long >= SOME:
        scores[ActionField.SOURCE_REF] *= 0.5
