"""The cells of a table read by what their columns hold: dates and percentages per column, the rest per cell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from csp_desktop.imports.dates import DateOrder, DateRules, DateValue, cell_error, read_dates
from csp_desktop.imports.fields import DATE_FIELDS, NAME_FIELDS, ActionField
from csp_desktop.imports.grid import CellError, CellValue, address, column_letters, text_of
from csp_desktop.imports.mapping import ColumnMapping, ProposedMapping
from csp_desktop.imports.numbers import read_percents
from csp_desktop.imports.problems import Finding, Parsed, Problem, Read, error, quote
from csp_desktop.imports.records import Choices, DatedUpdate, DateQuestion
from csp_desktop.imports.sections import DataRow
from csp_desktop.imports.standing import Judged, read_rag, read_status
from csp_desktop.imports.tables import Table
from csp_desktop.rules.names import Parties, split_names

T = TypeVar("T")
_SAMPLES = 6
_LONGEST_NAMES = 1_000


@dataclass(slots=True)
class CellReads:
    """Everything read of one table, by field and row; problems by row (0: the column as a whole)."""

    dates: dict[ActionField, dict[int, Read[DateValue]]] = field(default_factory=dict)
    names: dict[ActionField, dict[int, Read[Parties]]] = field(default_factory=dict)
    texts: dict[ActionField, dict[int, Read[str]]] = field(default_factory=dict)
    statuses: dict[int, Read[Judged]] = field(default_factory=dict)
    ratings: dict[int, Read[Judged]] = field(default_factory=dict)
    percents: dict[int, Read[int]] = field(default_factory=dict)
    updates: dict[int, dict[str, DatedUpdate]] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    questions: list[DateQuestion] = field(default_factory=list)


class CellReader:
    """Reads the data rows of one table."""

    def __init__(self, table: Table, rows: Sequence[DataRow], choices: Choices) -> None:
        self.table = table
        self.rows = rows
        self.choices = choices
        self.reads = CellReads()

    def read(self, mapping: ProposedMapping) -> CellReads:
        """Return everything read, column by column."""
        for column in mapping.columns:
            if column.field is not None:
                self._read_column(column, column.field)
        return self.reads

    def _read_column(self, column: ColumnMapping, meant: ActionField) -> None:
        if column.period_text:
            self._dated(column, meant)
        elif meant in DATE_FIELDS:
            self.reads.dates[meant] = self._dates(column)
        elif meant in NAME_FIELDS:
            self.reads.names[meant] = self._each(column, self._names)
        elif meant is ActionField.STATUS:
            self.reads.statuses = self._each(column, read_status)
        elif meant is ActionField.RAG:
            self.reads.ratings = self._each(column, read_rag)
        elif meant is ActionField.PERCENT:
            cells = self._cells(column)
            outcomes = read_percents([value for _, value in cells])
            self.reads.percents = self._placed(column, cells, outcomes)
        else:
            self.reads.texts[meant] = self._each(column, _text)

    def _cells(self, column: ColumnMapping) -> list[tuple[int, CellValue]]:
        """Return the filled cells of a column by row."""
        return [(row.row, row.values[column.column]) for row in self.rows if column.column in row.values]

    def _each(self, column: ColumnMapping, parse: Callable[[CellValue], Parsed[T]]) -> dict[int, Read[T]]:
        cells = self._cells(column)
        # names and ratings repeat down a column: each wording is read once
        seen: dict[str, Parsed[T]] = {}
        outcomes = []
        for _, value in cells:
            outcome = seen.get(value) if isinstance(value, str) else None
            if outcome is None:
                outcome = parse(value)
                if isinstance(value, str):
                    seen[value] = outcome
            outcomes.append(outcome)
        return self._placed(column, cells, outcomes)

    def _placed(
        self, column: ColumnMapping, cells: Sequence[tuple[int, CellValue]], outcomes: Iterable[Parsed[T]]
    ) -> dict[int, Read[T]]:
        """Return outcomes as readings at their addresses; their findings become problems there."""
        placed = {}
        letters = column_letters(column.column)
        for (row, value), outcome in zip(cells, outcomes, strict=True):
            cell = f"{letters}{row}"
            placed[row] = Read(outcome.value, text_of(value), cell)
            if outcome.findings:
                self._report(row, cell, outcome.findings)
        return placed

    def _report(self, row: int, cell: str, findings: Iterable[Finding]) -> None:
        for finding in findings:
            problem = Problem(self.table.sheet.name, cell, finding.level, finding.message)
            self.reads.problems.setdefault(row, []).append(problem)

    def _dates(self, column: ColumnMapping) -> dict[int, Read[DateValue]]:
        cells = self._cells(column)
        rules = DateRules(self.choices.order, self.choices.plan_years)
        read = read_dates([value for _, value in cells], rules)
        if read.finding is not None:
            self._report(0, address(self.table.header_row, column.column), [read.finding])
        if read.order is DateOrder.IN_DOUBT:
            samples = tuple(text_of(value) for _, value in cells)[:_SAMPLES]
            question = DateQuestion(self.table.sheet.name, column.column, column.heading, samples)
            self.reads.questions.append(question)
        return self._placed(column, cells, read.cells)

    def _names(self, value: CellValue) -> Parsed[Parties]:
        if isinstance(value, CellError):
            return Parsed(None, (cell_error(value),))
        text = text_of(value)
        if len(text) > _LONGEST_NAMES:
            return Parsed(
                None, (error(f"{quote(text)} is too long to be names. Write names alone, with semicolons between."),)
            )
        if any(letter.isdigit() for letter in text) and not any(letter.isalpha() for letter in text):
            return Parsed(None, (error(f"{quote(text)} is not a name. Write who leads or supports the action."),))
        return Parsed(split_names(text, self.choices.organisations))

    def _dated(self, column: ColumnMapping, meant: ActionField) -> None:
        """Read a column such as "Q1": its cells are updates of that period, or the ratings beside them."""
        ratings: dict[tuple[type, str], Parsed[Judged]] = {}
        for row, value in self._cells(column):
            cell = address(row, column.column)
            updates = self.reads.updates.setdefault(row, {})
            known = updates.get(column.period_text) or DatedUpdate(column.period, column.period_text)
            text = text_of(value)
            if isinstance(value, CellError):
                self._report(row, cell, [cell_error(value)])
            elif meant is ActionField.RAG:
                judged = ratings.get((type(value), text)) or read_rag(value)
                ratings[type(value), text] = judged
                self._report(row, cell, judged.findings)
                letter = judged.value.rag if judged.value else None
                updates[column.period_text] = replace(known, rag=letter, rag_text=text, rag_cell=cell)
            else:
                said = "\n".join(part for part in (known.text, text) if part)
                updates[column.period_text] = replace(known, text=said, cell=known.cell or cell)


def _text(value: CellValue) -> Parsed[str]:
    """Return a text cell as it stands; an error cell is reported."""
    if isinstance(value, CellError):
        return Parsed(None, (cell_error(value),))
    return Parsed(text_of(value))


def updates_in_order(updates: Mapping[str, DatedUpdate]) -> tuple[DatedUpdate, ...]:
    """Return dated updates oldest first; those of an unknown year stay in the order of their columns, at the end."""
    return tuple(
        sorted(
            updates.values(),
            key=lambda each: (each.period is None, each.period.last_day.toordinal() if each.period else 0),
        )
    )
