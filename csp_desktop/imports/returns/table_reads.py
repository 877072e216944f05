"""The cells of a returned table that differ, read by what their columns hold; what did not change is not read again."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from csp_desktop.exports.layout import ACTION_COLUMNS, COLUMNS, Kind
from csp_desktop.exports.positions import tidied
from csp_desktop.imports.cells import CellReader, CellReads
from csp_desktop.imports.dates import DateOrder
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import CellValue, address, text_of
from csp_desktop.imports.mapping import ColumnMapping, Confidence, ProposedMapping, fingerprint
from csp_desktop.imports.problems import Problem, Read
from csp_desktop.imports.records import ActionRecord, Choices, ThemeSource
from csp_desktop.imports.returns.cell_texts import ListWords, as_error, as_meant, meant
from csp_desktop.imports.returns.row_merging import Cell
from csp_desktop.imports.returns.sheets import ReturnedRow, ReturnedTable
from csp_desktop.imports.returns.words import no_day
from csp_desktop.imports.row_themes import RowTheme
from csp_desktop.imports.rows import record_of
from csp_desktop.imports.sections import DataRow
from csp_desktop.imports.standing import Judged
from csp_desktop.imports.tables import Table
from csp_desktop.rules.periods import full_year

FIELDS = {
    "ref": ActionField.SOURCE_REF,
    "theme": ActionField.THEME,
    "objective": ActionField.OBJECTIVE,
    "title": ActionField.TITLE,
    "lead": ActionField.LEAD,
    "supporting": ActionField.SUPPORTING,
    "start": ActionField.START,
    "baseline_due": ActionField.BASELINE_DUE,
    "due": ActionField.DUE,
    "status": ActionField.STATUS,
    "success_measure": ActionField.SUCCESS_MEASURE,
    "update": ActionField.UPDATE,
    "rag": ActionField.RAG,
    "reason": ActionField.REASON,
    "percent": ActionField.PERCENT,
    "next_steps": ActionField.NEXT_STEPS,
    "milestone.title": ActionField.TITLE,
    "milestone.due": ActionField.DUE,
    "milestone.status": ActionField.STATUS,
    "milestone.actual_end": ActionField.ACTUAL_END,
    "milestone.baseline_due": ActionField.BASELINE_DUE,
}
"""What each column holds, as every import names it; the ids and what is there to be read hold nothing of their own."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_DIGITS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})\Z")
KEYS = {meant: key for key, meant in FIELDS.items() if not key.startswith("milestone.")}


def mapping_of(table: ReturnedTable) -> ProposedMapping:
    """Return what the columns of a returned table hold, in the form that every import shows."""
    headings = {number: COLUMNS[key].heading for number, key in table.columns.items()} | dict(table.headings)
    columns = []
    for number, heading in sorted(headings.items()):
        held = FIELDS.get(table.columns.get(number, ""))
        confidence = Confidence.UNMAPPED if held is None else Confidence.CERTAIN
        columns.append(ColumnMapping(number, heading, held, confidence))
    return ProposedMapping(tuple(columns), fingerprint(column.heading for column in ACTION_COLUMNS))


def date_order(rows: Iterable[tuple[Mapping[str, str], Mapping[str, str | None]]]) -> DateOrder | None:
    """Return how the days that a plainer format made text of are written, told by what went out; None if by nothing.

    ``rows`` are what each row says and what it said.
    """
    votes: Counter[DateOrder] = Counter()
    for said, base in rows:
        for key, text in said.items():
            found = _DIGITS.match(text) if COLUMNS[key].kind is Kind.DATE else None
            went_out = base.get(key) or ""
            if found is None or found[1] == found[2]:
                continue
            first, second, year = int(found[1]), int(found[2]), full_year(found[3])
            votes[DateOrder.DAY_FIRST] += went_out == f"{year:04d}-{second:02d}-{first:02d}"
            votes[DateOrder.MONTH_FIRST] += went_out == f"{year:04d}-{first:02d}-{second:02d}"
    if votes[DateOrder.MONTH_FIRST] == votes[DateOrder.DAY_FIRST]:
        return None
    return max(votes, key=lambda order: votes[order])


class TableReads:
    """Reads some cells of a returned table: the wanted columns of each row."""

    def __init__(
        self,
        table: ReturnedTable,
        wanted: Sequence[tuple[ReturnedRow, frozenset[str]]],
        choices: Choices,
        words: ListWords,
    ) -> None:
        self._table = table
        self._words = words
        self._numbers = table.numbers
        self._grid_table = Table(table.sheet, table.header_row, (), 0)
        self._reads = self._read(wanted, choices)

    def _read(self, wanted: Sequence[tuple[ReturnedRow, frozenset[str]]], choices: Choices) -> CellReads:
        lists = (Kind.STATUS, Kind.RAG)
        plain = [key for key in self._numbers if COLUMNS[key].kind not in lists]
        mapping = mapping_of(self._table)
        columns = tuple(column for column in mapping.columns if self._table.columns.get(column.column, "") in plain)
        data = []
        for row, keys in wanted:
            values = {
                self._numbers[key]: as_meant(COLUMNS[key].kind, row.values[key]) for key in keys if key in row.values
            }
            data.append(DataRow(row.row, values))
        reads = CellReader(self._grid_table, data, choices).read(replace(mapping, columns=columns))
        for row, keys in wanted:
            for key in keys & row.values.keys():
                if COLUMNS[key].kind in lists and not COLUMNS[key].is_read_only:
                    self._read_list(reads, row.row, key, as_error(row.values[key]))
        return reads

    def _read_list(self, reads: CellReads, row: int, key: str, value: CellValue) -> None:
        """Read a cell of a list column: a word that the list has, or its like."""
        cell = address(row, self._numbers[key])
        if COLUMNS[key].kind is Kind.STATUS:
            status = self._words.status(value)
            reads.statuses[row] = Read(Judged(status=status.value) if status.value else None, text_of(value), cell)
            findings = status.findings
        else:
            rag = self._words.rag(value)
            reads.ratings[row] = Read(Judged(rag=rag.value) if rag.value else None, text_of(value), cell)
            findings = rag.findings
        for finding in findings:
            problem = Problem(self._table.sheet.name, cell, finding.level, finding.message)
            reads.problems.setdefault(row, []).append(problem)

    def whole(self) -> list[Problem]:
        """Return what there is to say of whole columns."""
        return self._reads.problems.get(0, [])

    def address(self, row: ReturnedRow, key: str) -> str:
        """Return where a cell of a row stands; the row's first cell where the table has no such column."""
        return address(row.row, self._numbers.get(key, 1))

    def covered(self, row: ReturnedRow) -> list[str]:
        """Return the columns that an owner fills in whose cell in this row lies under a merged one."""
        table = self._table
        own = [(number, key) for number, key in table.columns.items() if not COLUMNS[key].is_read_only]
        return [key for number, key in own if (row.row, number) in table.covered]

    def record(self, row: ReturnedRow, title: Read[str], theme: RowTheme | None = None) -> ActionRecord:
        """Return a row's record: what was read of it."""
        home = theme or RowTheme("", ThemeSource.NONE, "")
        return record_of(self._grid_table, self._reads, row.row, title, home)

    def cell(self, row: ReturnedRow, key: str, record: ActionRecord) -> Cell:
        """Return a cell of a row as the merge takes it; blank cells say nothing, unreadable ones say why."""
        column, place = COLUMNS[key], address(row.row, self._numbers[key])
        if key not in row.values:
            return Cell(column, place, "")
        value = as_error(row.values[key])
        read = self._read_of(row.row, key, record)
        if read is None:
            return Cell(column, place, tidied(text_of(value)))
        if column.kind is Kind.NAMES and read.value is not None and read.value.nobody:
            return Cell(column, place, "")
        said = meant(column, read, self._words.rag_words)
        if said is not None and column.kind is Kind.DATE and key != "due" and not _ISO.match(said):
            return Cell(column, place, None, no_day(said))
        if said is not None:
            return Cell(column, place, said)
        return Cell(column, place, None, self._why(row.row, place))

    def _read_of(self, row: int, key: str, record: ActionRecord) -> Read[Any] | None:
        """Return what was read of a cell, None where its column has no reading of its own."""
        if key.endswith("status"):
            stated = self._reads.statuses.get(row)
            return Read(stated.value.status if stated.value else None, stated.text, stated.cell) if stated else None
        if key == "rag":
            rated = self._reads.ratings.get(row)
            return Read(rated.value.rag if rated.value else None, rated.text, rated.cell) if rated else None
        held = FIELDS.get(key)
        return getattr(record, held.value, None) if held is not None else None

    def _why(self, row: int, place: str) -> str:
        """Return what was said of a cell that could not be read."""
        said = [problem.message for problem in self._reads.problems.get(row, ()) if problem.cell == place]
        whole = [problem.message for problem in self.whole()]
        return next(iter([*said, *whole]), "This cell could not be read.")
