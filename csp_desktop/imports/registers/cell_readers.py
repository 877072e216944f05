"""How the cells of a register's columns are read, kind by kind; what is read is as JSON and the store hold it.

A column's own habits (day or month first, 0.45 or 45 for 45 %) are settled over the whole file before its cells are.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

from csp_desktop.imports.dates import DateOrder, cell_error
from csp_desktop.imports.grid import CellError, CellValue, PercentNumber, text_of
from csp_desktop.imports.problems import Finding, Parsed, error, quote, warning
from csp_desktop.imports.registers.day_readers import (
    NOTHING,
    OPEN_END_YEAR,
    read_birth,
    read_day,
    read_day_or_range,
)
from csp_desktop.imports.registers.kept_readers import read_kept, read_lines, read_number, without_words
from csp_desktop.imports.registers.known_names import KnownTable
from csp_desktop.imports.registers.periods import period_of
from csp_desktop.imports.registers.words import is_offence_of_its_own, labels, nearest, word_for
from csp_desktop.registers.forms import FieldKind, RegisterField
from csp_desktop.rules.folding import fold
from models.vocabulary import ProblemLevel

MILLION = 1_000_000
_MOST_KEPT = 100_000
_LONGEST_ID = 200
_BEYOND = 1e15
_WHOLE = re.compile(r"^-?\d{1,3}(?:,\d{3})+$|^-?\d{1,15}(?:\.0+)?$")
_POWER = re.compile(r"^\d(?:[.,]\d+)?E\+\d{1,3}$", re.IGNORECASE)
_PERCENT = re.compile(r"^(-?\d{1,4}(?:\.\d{1,12})?)\s*(%|per ?cent)?$", re.IGNORECASE)
_MONTHS = re.compile(
    r"^(?:(\d{1,3}(?:\.\d+)?)\s*(?:years?|yrs?|y))?[\s,&]*(?:and\s+)?(?:(\d{1,4}(?:\.\d+)?)\s*(?:months?|mths?|m))?$",
    re.IGNORECASE,
)
_WEEKS_OR_DAYS = re.compile(r"^(\d{1,5})\s*(weeks?|wks?|w|days?|d)$", re.IGNORECASE)
_LIFE = frozenset({"life", "indeterminate", "ipp", "life sentence", "imprisonment for public protection"})
_LIFE_MONTHS = 1_188  # 99 years: longer than any band, and said so
_DAYS_IN_MONTH = Decimal("30.4375")
_MOST_MONTHS = 1_188

_UNLIKE = frozenset({FieldKind.PERSON, FieldKind.TEXT})
"""Kinds whose cells hardly repeat, and are read at once."""

Read: TypeAlias = Callable[[CellValue], Parsed[Any]]


@dataclass(frozen=True, slots=True)
class Habits:
    """How one column writes what is read by the column: the order of its dates, whether bare numbers are shares.

    ``mixed``: bare numbers of both kinds stand in it, so those of 1 or less are asked about.
    """

    order: DateOrder = DateOrder.DAY_FIRST
    shares: bool = False
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a reading rests on beside the column: today, and the known offence codes by their form without noughts.

    ``tables`` are what the rows are called that a kept register names; ``own`` is its own table. ``in_words`` are the
    days that a register also has a field of words for, so that words in their place are no mistake.
    """

    today: date
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tables: Mapping[str, KnownTable] = field(default_factory=dict)
    own: str = ""
    in_words: frozenset[str] = frozenset()


class CellReader:
    """Reads the filled cells of one column. ``seen`` holds what repeats, texts under themselves: look there first.

    ``warns_once``: what there is to warn of is the same for every cell of that text, and is told with the first.
    """

    def __init__(self, read: Read, *, repeats: bool, warns_once: bool = False) -> None:
        self._read = read
        self._repeats = repeats
        self._warns_once = warns_once
        self.seen: dict[Any, Parsed[Any]] = {}
        self._told: set[tuple[Finding, ...]] = set()

    def __call__(self, value: CellValue) -> Parsed[Any]:
        """Return what one cell gives."""
        if not self._repeats:
            return self._outcome(value)
        # by its type too, as 1 and True and 1.0 are equal
        key = value if type(value) is str else (type(value), value)
        found = self.seen.get(key)
        if found is None:
            if len(self.seen) >= _MOST_KEPT:
                self.seen.clear()
            found = self.seen[key] = self._outcome(value)
            if self._warns_once and found.value is not None and found.findings:
                plain = self.seen[key] = Parsed(found.value)
                if found.findings in self._told:
                    return plain
                self._told.add(found.findings)
        return found

    def _outcome(self, value: CellValue) -> Parsed[Any]:
        return Parsed(None, (cell_error(value),)) if isinstance(value, CellError) else self._read(value)


def reader_for(column: RegisterField, habits: Habits, setting: Setting) -> CellReader:
    """Return the reader of a column's cells."""
    kind = column.kind
    today = date(OPEN_END_YEAR, 1, 1) if column.ahead else setting.today
    plain: dict[FieldKind, Read] = {
        FieldKind.TEXT: _text if column.lines == 1 else read_lines,
        FieldKind.PERSON: _person,
        FieldKind.CODE: lambda value: _code(value, setting.codes),
        FieldKind.WORD: lambda value: _word(value, column),
        FieldKind.FLAG: _flag,
        FieldKind.WHOLE: lambda value: _whole(without_words(value, column)),
        FieldKind.DECIMAL: read_number,
        FieldKind.MONTHS: _months,
        FieldKind.SHARE: lambda value: _share(value, habits),
        FieldKind.PERIOD: _period,
        FieldKind.DATE: lambda value: _day(value, habits.order, today, may_be_words=column.name in setting.in_words),
        FieldKind.BORN: lambda value: read_birth(value, habits.order, setting.today),
        FieldKind.DATE_RANGE: lambda value: read_day_or_range(value, habits.order, setting.today),
    }
    read = plain.get(kind) or (lambda value: read_kept(value, column, setting.tables, setting.own))
    return CellReader(read, repeats=kind not in _UNLIKE, warns_once=kind is FieldKind.CODE or kind.is_name)


def _day(value: CellValue, order: DateOrder, today: date, *, may_be_words: bool) -> Parsed[Any]:
    found = read_day(value, order, today)
    is_wrong = any(finding.level is ProblemLevel.ERROR for finding in found.findings)
    return Parsed(None) if may_be_words and found.value is None and not is_wrong else found


def _text(value: CellValue) -> Parsed[Any]:
    text = " ".join(text_of(value).split())
    return Parsed(text or None)


def _person(value: CellValue) -> Parsed[Any]:
    """Return a person's id; what a spreadsheet has rounded, or taken for a date, is none."""
    text = " ".join(text_of(value).split())
    if isinstance(value, date | time):
        told = f"{quote(text)} is a date, and no person's id."
        return Parsed(None, (error(f"{told} Format the column as text in the source file and enter the ids anew."),))
    if _is_rounded(value, text):
        told = f"{quote(text)} is a number that the spreadsheet has rounded, so it is nobody's id."
        return Parsed(None, (error(f"{told} Format the column as text in the source file and enter the ids anew."),))
    if isinstance(value, bool) or len(text) > _LONGEST_ID:
        return Parsed(None, (error(f"{quote(text)} is not a person's id. Write the id that the source system uses."),))
    return Parsed(text or None)


def _is_rounded(value: CellValue, text: str) -> bool:
    """Say whether a number has more digits than a spreadsheet keeps (15), or was written out with its powers of ten."""
    if isinstance(value, str):
        return _POWER.match(text) is not None
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _BEYOND


def _code(value: CellValue, codes: Mapping[str, frozenset[str]]) -> Parsed[Any]:
    """Return an offence code as it stands; one that may have lost its leading noughts finds the one code it is."""
    text = " ".join(text_of(value).split())
    meant = codes.get(bare_code(text), frozenset())
    if not text or text in meant or len(meant) != 1:
        return Parsed(text or None)
    (code,) = meant
    return Parsed(code, (warning(f"{quote(text)} was taken as the code {quote(code)}, which is known."),))


def bare_code(code: str) -> str:
    """Return what is left of a code of digits that a spreadsheet took for a number; any other code as it stands."""
    return (code.lstrip("0") or "0") if code.isascii() and code.isdigit() else code


def _word(value: CellValue, column: RegisterField) -> Parsed[Any]:
    text = text_of(value)
    if fold(text) in NOTHING and word_for(column.words, text) is None:
        return Parsed(None)
    word = word_for(column.words, text)
    if word is not None:
        return Parsed(word)
    told = unknown_word(column.words, text, column.label)
    if column.required or column.filled:
        return Parsed(None, (error(told),))
    return Parsed(None, (warning(f"{told} It was left as not known."),))


def unknown_word(section: str, text: str, label: str) -> str:
    """Return the sentence on a word that is not known, with the nearest that is, or else those there are."""
    if section == "outcome" and is_offence_of_its_own(text):
        return (
            f"{quote(text)} names an offence of its own and not what became of it. Write the outcome of that offence, "
            "such as “Conviction”."
        )
    near = nearest(section, text)
    if near:
        return f"{quote(text)} is not a known word for “{label}”. The nearest is “{near}”; write that if it is meant."
    known = "”, “".join(labels(section).values())
    return f"{quote(text)} is not a known word for “{label}”. Write one of “{known}”."


def _flag(value: CellValue) -> Parsed[Any]:
    if isinstance(value, bool):
        return Parsed(value)
    text = text_of(value)
    if fold(text) in NOTHING - {"x"}:
        return Parsed(None)
    word = word_for("flag", text)
    if word is None:
        return Parsed(None, (error(f"{quote(text)} is neither yes nor no. Write Yes or No."),))
    return Parsed(word == "yes")


def _whole(value: CellValue) -> Parsed[Any]:
    text = text_of(value)
    if fold(text) in NOTHING:
        return Parsed(None)
    number = _number(value, text)
    if number is None or number != int(number):
        return Parsed(None, (error(f"{quote(text)} is not a whole number. Write a number such as 3."),))
    if number < 0:
        return Parsed(None, (error(f"{quote(text)} is below 0. Write a number from 0 up."),))
    return Parsed(int(number))


def _number(value: CellValue, text: str) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Decimal(repr(value)) if abs(value) < _BEYOND else None
    return Decimal(text.replace(",", "")) if _WHOLE.match(text) else None


def _months(value: CellValue) -> Parsed[Any]:
    """Return a sentence's length in whole months: "18 months", "2 years", "1y 6m", 18."""
    text = text_of(value)
    plain = fold(text)
    if plain in NOTHING:
        return Parsed(None)
    if plain in _LIFE:
        return Parsed(_LIFE_MONTHS, (warning(f"{quote(text)} has no length; it is counted with the longest."),))
    months = _month_count(value, plain)
    if months is None or not 0 <= months <= _MOST_MONTHS:
        return Parsed(
            None, (error(f"{quote(text)} is not a length of sentence. Write months, such as 18, or “2 years”."),)
        )
    return Parsed(int(months.quantize(Decimal(1), ROUND_HALF_UP)))


def _month_count(value: CellValue, plain: str) -> Decimal | None:
    number = _number(value, plain)
    if number is not None:
        return number
    short = _WEEKS_OR_DAYS.match(plain)
    if short:
        return Decimal(short[1]) * (7 if short[2].startswith("w") else 1) / _DAYS_IN_MONTH
    found = _MONTHS.match(plain)
    if found and (found[1] or found[2]):
        return Decimal(found[1] or 0) * 12 + Decimal(found[2] or 0)
    return None


def bare_number(value: CellValue) -> float | None:
    """Return the number of a cell that shows no per cent sign, None for any other cell."""
    if isinstance(value, bool | PercentNumber):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < _BEYOND else None
    found = _PERCENT.match(value.strip()) if isinstance(value, str) else None
    return float(found[1]) if found and not found[2] else None


def _share(value: CellValue, habits: Habits) -> Parsed[Any]:
    """Return a percentage or share as a share in millionths, halves up: 45 %, 45 and 0.45 are all 450,000."""
    text = text_of(value)
    if fold(text) in NOTHING:
        return Parsed(None)
    number = bare_number(value)
    if number is None:
        percent = Decimal(repr(float(value))) * 100 if isinstance(value, PercentNumber) else _signed(text)
    elif habits.mixed and 0 < number <= 1:
        asked = "stands among whole percentages, so it may be a share or a percentage. Write it with a per cent sign"
        return Parsed(None, (error(f"{quote(text)} {asked}."),))
    else:
        percent = Decimal(text.strip() if isinstance(value, str) else repr(value)) * (100 if habits.shares else 1)
    if percent is None or not 0 <= percent <= 100:  # noqa: PLR2004 - per cent
        return Parsed(None, (error(f"{quote(text)} is not a percentage from 0 to 100."),))
    return Parsed(int((percent * MILLION / 100).quantize(Decimal(1), ROUND_HALF_UP)))


def _signed(text: str) -> Decimal | None:
    found = _PERCENT.match(text)
    return Decimal(found[1]) if found and found[2] else None


def _period(value: CellValue) -> Parsed[Any]:
    """Return a period as its words and, where those tell, its first and last day."""
    text = " ".join(text_of(value).split())
    if not text:
        return Parsed(None)
    found = period_of(value)
    return Parsed([text, *(day.isoformat() for day in found)] if found else [text, None, None])
