"""One row of a register as understood: its fields as the store holds them, checked against each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from csp_desktop.imports.grid import CellValue, address, is_blank, text_of
from csp_desktop.imports.problems import Finding, Problem, error, quote, warning
from csp_desktop.imports.registers.cell_readers import CellReader, unknown_word
from csp_desktop.imports.registers.figure_rows import take_figure, take_month
from csp_desktop.imports.registers.headings import SheetRead
from csp_desktop.imports.registers.kept_rows import take_periods
from csp_desktop.imports.registers.words import group_of_class, word_for
from csp_desktop.imports.synonyms import normalise
from csp_desktop.imports.wanted import turned
from csp_desktop.registers.forms import Form, Register
from models.offending import OffenceOutcome
from models.vocabulary import ProblemLevel

Values: TypeAlias = dict[str, Any]
Said: TypeAlias = tuple[str, Finding]
"""A finding and the field it is about."""

OFFENCE = "offence"
"""The key under which a row keeps its offence: the code, or after a tab the words that stand for one."""

_NOTE_WORDS = frozenset({"total", "totals", "source", "note", "notes", "footnote", "end", "page", "grand"})
_TOTALS = ("total", "grand total", "subtotal", "sub total", "sub-total")
_LONG_NOTE = 40
_OLDEST = 120
_MOST_TAKEN = 50_000


@dataclass(frozen=True, slots=True)
class OffenceWords:
    """An offence as a file gives it: its code, or words in the place of one, with the group they name."""

    code: str
    description: str
    offence_group: str | None
    severity_class: str | None

    @property
    def ident(self) -> str:
        """Return what tells it from others: the code, or where there is none its words after a tab."""
        return offence_ident(self.code, self.description)


def offence_ident(code: str, description: str) -> str:
    """Return what tells an offence from others: its code, or where it has none its words after a tab."""
    return code or f"\t{normalise(description)}"


@dataclass(slots=True)
class Entry:
    """A row as understood: ``values`` by field, the offence by ``OFFENCE``; ``problems`` at their own addresses."""

    sheet: int
    row: int
    values: Values
    problems: list[Problem]

    @property
    def is_error(self) -> bool:
        """Say whether it stays out."""
        return any(problem.level is ProblemLevel.ERROR for problem in self.problems)

    @property
    def packed(self) -> list[Any]:
        """Return the row as JSON holds it."""
        told = [[each.cell, each.level.value, each.message] for each in self.problems]
        return [self.sheet, self.row, self.values, told] if told else [self.sheet, self.row, self.values]


class SheetReader:
    """Reads the rows of one sheet, once its columns and their habits are settled."""

    def __init__(self, form: Form, read: SheetRead, readers: Mapping[str, CellReader], today: date) -> None:
        self.read = read
        self._form = form
        self._today = today.isoformat()
        self._columns = [
            (column.column - 1, name, readers[name]) for name, column in read.fields.items() if name in readers
        ]
        self._filled = frozenset(field.name for field in form.fields if field.filled)
        self._check = _CHECKS.get(form.register) or partial(_kept, form)
        self._titles = {column.column: column.heading.partition(" (column ")[0] for column in read.columns}
        self.offences: dict[str, OffenceWords] = {}
        self._taken: dict[tuple[str, str, str, str | None], tuple[str, list[Said]]] = {}

    def entry(self, number: int, cells: Sequence[CellValue]) -> Entry | None:
        """Return a row as understood, None for one that is no data: its headings once more, a note, a total's label."""
        values, said = self._read_cells(cells)
        if self._is_no_data(values, said, cells):
            return None
        if not self._filled <= values.keys():
            said += self._blanks(values, said)
        unread = {name for name, finding in said if finding.level is ProblemLevel.ERROR}
        said += [each for each in self._check(values, self._today) if each[0] not in unread]
        if self._form.register in _WITH_OFFENCE:
            said += self._take_offence(values)
        return Entry(self.read.sheet, number, values, [self._problem(number, *each) for each in said] if said else [])

    def _blanks(self, values: Values, said: Sequence[Said]) -> list[Said]:
        doubted = {name for name, finding in said if finding.level is ProblemLevel.ERROR}
        return [
            (name, error(f"“{self._form.by_name[name].label}” is blank, and a row cannot be without it."))
            for name in self._form.by_name
            if name in self._filled and name not in values and name not in doubted
        ]

    def _read_cells(self, cells: Sequence[CellValue]) -> tuple[Values, list[Said]]:
        values: Values = {}
        said: list[Said] = []
        width = len(cells)
        for at, name, reader in self._columns:
            value = cells[at] if at < width else None
            if value is None or value == "":
                continue
            parsed = reader.seen.get(value) or reader(value)
            if parsed.value is not None:
                values[name] = parsed.value
            if parsed.findings:
                said.extend((name, finding) for finding in parsed.findings)
        return values, said

    def _is_no_data(self, values: Values, said: Sequence[Said], cells: Sequence[CellValue]) -> bool:
        if self._form.register.holds_people and _is_total(values, cells):
            return True
        if not said and len(values) > 1:
            return False
        filled = [(at, text_of(value)) for at, value in enumerate(cells, start=1) if not is_blank(value)]
        if not filled:
            return True
        if all(self._titles.get(at) == " ".join(text.split()) for at, text in filled):
            return True
        first = normalise(filled[0][1]).split(" ")
        return len(filled) == 1 and (first[0] in _NOTE_WORDS or len(filled[0][1]) > _LONG_NOTE)

    def _problem(self, number: int, name: str, finding: Finding) -> Problem:
        column = self.read.fields.get(name)
        cell = address(number, column.column) if column else f"row {number}"
        return Problem(self.read.name, cell, finding.level, finding.message)

    def _take_offence(self, values: Values) -> list[Said]:
        """Put the offence of a row together: its code, or else its words and the group that they name."""
        given = (
            values.pop("offence_code", ""),
            values.pop(OFFENCE, ""),
            values.pop("offence_group", ""),
            values.pop("severity_class", None),
        )
        known = self._taken.get(given)
        if known is None:
            if len(self._taken) >= _MOST_TAKEN:
                self._taken.clear()
            known = self._taken[given] = self._offence_of(*given)
        ident, said = known
        if ident:
            values[OFFENCE] = ident
        return said

    def _offence_of(self, code: str, words: str, group: str, severity: str | None) -> tuple[str, list[Said]]:
        """Return what tells an offence from others, "" where a row names none, and what is to be said of it."""
        if code and not any(letter.isdigit() for letter in code) and _meaning(code) != (None, None):
            code, words = "", words or code  # a column of codes that holds words, such as "Theft"
        description = words or group
        if not code and not description:
            return "", []
        named, kind = _meaning(group) if group else (None, None)
        described, described_kind = _meaning(words) if words else (None, None)
        offence = OffenceWords(code, description, named or described, severity or kind or described_kind)
        self.offences.setdefault(offence.ident, offence)
        said: list[Said] = []
        if offence.offence_group is None and group:
            told = f"{unknown_word('offence_group', group, 'Offence group')} It was kept as it is."
            said.append(("offence_group", warning(told)))
        return offence.ident, said


def _is_total(values: Values, cells: Sequence[CellValue]) -> bool:
    """Say whether a row adds up those above it, by what stands in the place of a person or at its beginning."""
    person = values.get("person")
    if person is not None:
        return person.lower().rstrip("s:") in _TOTALS
    return next((text_of(value) for value in cells if not is_blank(value)), "").lower().startswith(_TOTALS)


def _meaning(text: str) -> tuple[str | None, str | None]:
    """Return the offence group and the kind of offence that words name, each None where they name none."""
    kind = word_for("severity_class", text)
    group = word_for("offence_group", text)
    return group or (group_of_class(kind) if kind else None), kind


def day_of(values: Values, name: str) -> date | None:
    """Return a date of a row."""
    found = values.get(name)
    return date.fromisoformat(found) if found else None


def _kept(form: Form, values: Values, _today: str) -> list[Said]:
    """Check nothing of a kept register's row but its periods: the store itself is asked."""
    take_periods(form, values)
    if form.register is Register.PEOPLE and "name" in values:
        values["name"] = turned(values["name"])
    return []


def _no_check(_values: Values, _today: str) -> list[Said]:
    return []


def _offence(values: Values, today: str) -> list[Said]:
    """Check an offence (edge cases 22 to 24), and settle what became of it where its cell is blank."""
    said: list[Said] = []
    first, _, last = (values.pop("offence_date", "") or "").partition("/")
    if first:
        values["offence_date"] = first
    if last:
        values.setdefault("offence_date_to", last)
    said += _after(values, "offence_date", "proof_date", "The proof ({}) lies before the offence ({}).")
    said += _after(values, "offence_date", "offence_date_to", "The offence ends ({}) before it begins ({}).")
    said += _future(values, today, ("offence_date", "proof_date"))
    if "outcome" not in values:
        said += _without_outcome(values)
    return said


def _without_outcome(values: Values) -> list[Said]:
    """Settle the outcome of a row without one: by its disposal, else pending where nothing is proven."""
    outcome = word_for("outcome", values["disposal"]) if values.get("disposal") else None
    if outcome is not None:
        values["outcome"] = outcome
        return []
    if values.get("proof_date"):
        return [("outcome", error("The offence has a date of proof but no outcome. Write “Conviction” or “Caution”."))]
    values["outcome"] = OffenceOutcome.PENDING.value
    return [("outcome", warning("The outcome is blank, so the offence was taken as pending."))]


def _member(values: Values, today: str) -> list[Said]:
    """Check an index event (edge case 24); a death before it may be a wrong date of either, so the row is not lost."""
    said = _after(values, "birth_date", "index_date", "The index date ({}) lies before the date of birth ({}).")
    said += _after(values, "custody_start", "custody_end", "Custody ends ({}) before it begins ({}).")
    said += _after(values, "birth_date", "died_on", "The death ({}) lies before the birth ({}).")
    if values.get("age", 0) > _OLDEST:
        said.append(("age", error(f"{values['age']} is no age. Correct it.")))
    said += _age(values)
    index, died = day_of(values, "index_date"), day_of(values, "died_on")
    if index and died and died < index:
        said.append(("died_on", warning(f"The death ({died:%d/%m/%Y}) lies before the index date. Check both.")))
    return said + _future(values, today, ("index_date", "died_on", "birth_date"))


def _age(values: Values) -> list[Said]:
    """Check the age against the date of birth; it may be that of another day, so a year's difference is none."""
    born, index, age = day_of(values, "birth_date"), day_of(values, "index_date"), values.get("age")
    if born is None or index is None or age is None or index < born:
        return []
    told = index.year - born.year - ((index.month, index.day) < (born.month, born.day))
    if abs(told - age) <= 1:
        return []
    sentence = f"The age ({age}) does not fit the date of birth, which makes it {told} at the index date. Check both."
    return [("age", warning(sentence))]


def _spell(values: Values, today: str) -> list[Said]:
    said = _after(values, "started", "ended", "The spell ends ({}) before it begins ({}).")
    return said + _future(values, today, ("started",))


def _need(values: Values, today: str) -> list[Said]:
    return _future(values, today, ("dated",))


def _period(values: Values, _today: str) -> list[Said]:
    """Take the days that a period's words tell; days of their own go first."""
    period = values.get("period")
    if period is None:
        return []
    values["period"], first, last = period
    if first:
        values.setdefault("first_day", first)
    if last:
        values.setdefault("last_day", last)
    said = _after(values, "first_day", "last_day", "The period ends ({}) before it begins ({}).")
    if "first_day" not in values or "last_day" not in values:
        told = f"{quote(values['period'])} does not say its days, so it was kept as words alone."
        said.append(("period", warning(told)))
    return said


def _figure(values: Values, today: str) -> list[Said]:
    said = _period(values, today) if "period" in values else []
    if "period" in values and not take_figure(values):
        said.append(("value", error("The row gives no figure. Write its value, or its numerator.")))
    return said


def _crime(values: Values, _today: str) -> list[Said]:
    if "month" in values and not take_month(values):
        return [("month", error("This is no month. Write it as the extracts do, such as 2025-03."))]
    return []


def _benchmark(values: Values, today: str) -> list[Said]:
    said = _period(values, today)
    offenders, reoffenders = values.get("offenders"), values.get("reoffenders")
    if offenders is not None and reoffenders is not None and reoffenders > offenders:
        said.append(("reoffenders", error(f"There are more reoffenders ({reoffenders}) than offenders ({offenders}).")))
    return said


def _after(values: Values, earlier: str, later: str, sentence: str) -> list[Said]:
    first, second = values.get(earlier), values.get(later)
    if first and second and second < first:
        days = (f"{date.fromisoformat(each):%d/%m/%Y}" for each in (second, first))
        return [(later, error(f"{sentence.format(*days)} Correct the date that is wrong."))]
    return []


def _future(values: Values, today: str, names: Sequence[str]) -> list[Said]:
    said: list[Said] = []
    for name in names:
        day = values.get(name)
        if day and day > today:
            said.append((name, warning(f"{date.fromisoformat(day):%d/%m/%Y} lies after today. Check it.")))
    return said


_WITH_OFFENCE = frozenset({Register.COHORT_MEMBERS, Register.OFFENCES})
_CHECKS: Mapping[Register, Callable[[Values, str], list[Said]]] = {
    Register.COHORT_MEMBERS: _member,
    Register.OFFENCES: _offence,
    Register.SPELLS: _spell,
    Register.NEEDS: _need,
    Register.OFFENCE_CODES: _no_check,
    Register.BENCHMARKS: _benchmark,
    Register.FIRST_TIME_ENTRANTS: _period,
    Register.AREA_FIGURES: _figure,
    Register.STREET_CRIME: _crime,
}
