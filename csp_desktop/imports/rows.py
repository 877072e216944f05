"""The pure middle of an import: a grid and some choices in, records and every problem out, in one pass."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from csp_desktop.imports.cells import CellReader, CellReads, updates_in_order
from csp_desktop.imports.fields import ActionField
from csp_desktop.imports.grid import CellError, CellValue, WorkbookGrid, address, is_blank, text_of
from csp_desktop.imports.headings import Table, find_tables
from csp_desktop.imports.mapping import Confidence, ProposedMapping, fingerprint, override, propose_mapping
from csp_desktop.imports.problems import Problem, Read, quote
from csp_desktop.imports.records import (
    ActionRecord,
    Choices,
    DateQuestion,
    IgnoredRow,
    ReadTable,
    ReadTables,
    RefusedRow,
    SkippedTable,
    TablePlace,
    ThemeSource,
)
from csp_desktop.imports.sections import DataRow, SortedRows, sort_rows
from csp_desktop.imports.synonyms import Wordings
from csp_desktop.rules.folding import fold
from models.vocabulary import LifecycleStatus, ProblemLevel

T = TypeVar("T")
_OUR_REF = re.compile(r"^ACT-\d{4,}$", re.IGNORECASE)
_DEFAULT_SHEET = re.compile(r"^(?:sheet|feuil|tabelle|hoja|foglio|blad|worksheet)\s*\d*(?:\s*\(\d+\))?$", re.IGNORECASE)
_REASON_LETTERS = frozenset({"A", "R"})
_JOINED = frozenset(
    {
        ActionField.DESCRIPTION,
        ActionField.SUPPORTING,
        ActionField.SUPPORTING_PARTNERS,
        ActionField.UPDATE,
        ActionField.NEXT_STEPS,
        ActionField.REASON,
        ActionField.HELP_NEEDED,
        ActionField.SUCCESS_MEASURE,
        ActionField.RESOURCES,
    }
)
_LONGEST_REFUSED = 200


@dataclass(slots=True)
class _Gathered:
    """What the tables gave so far."""

    tables: list[ReadTable] = field(default_factory=list)
    skipped: list[SkippedTable] = field(default_factory=list)
    records: list[ActionRecord] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    ignored: list[IgnoredRow] = field(default_factory=list)
    questions: list[DateQuestion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def tables_of(grid: WorkbookGrid, choices: Choices) -> dict[str, tuple[Table, ...]]:
    """Return the tables of each sheet that is to be read, by its name: of those chosen, else of every visible one."""
    wanted = [sheet for sheet in grid.sheets if not sheet.hidden] if choices.sheets is None else grid.sheets
    return {
        sheet.name: find_tables(sheet, choices.header_rows.get(sheet.name, ()), choices.wordings)
        for sheet in wanted
        if choices.sheets is None or sheet.name in choices.sheets
    }


def place_of(table: Table) -> TablePlace:
    """Return by which sheet, row and column a table is known."""
    return TablePlace(table.sheet.name, table.header_row, table.headings[0].column)


def read_actions(
    grid: WorkbookGrid, choices: Choices, found: Mapping[str, tuple[Table, ...]] | None = None
) -> ReadTables:
    """Return every action of a workbook as a record, with all problems at their own addresses.

    Without ``choices.sheets``, every visible sheet with a title column and at least one of lead, due, RAG or update is
    read; the others are ``skipped``, with what their columns could mean. ``found`` are its tables where they have been
    sought already.
    """
    gathered = _Gathered()
    tables = tables_of(grid, choices) if found is None else found
    for sheet in grid.sheets:
        if sheet.name in tables:
            _read_sheet(grid, tables[sheet.name], choices, gathered)
            if not tables[sheet.name]:
                gathered.skipped.append(SkippedTable(TablePlace(sheet.name, 0), "No table was found on the sheet."))
        elif choices.sheets is None:
            gathered.skipped.append(SkippedTable(TablePlace(sheet.name, 0), "The sheet is hidden."))
    return ReadTables(
        tuple(gathered.tables),
        tuple(gathered.skipped),
        tuple(gathered.records),
        tuple(gathered.refused),
        tuple(gathered.ignored),
        tuple(gathered.questions),
        tuple(gathered.problems),
    )


def _read_sheet(grid: WorkbookGrid, tables: Iterable[Table], choices: Choices, gathered: _Gathered) -> None:
    """Read the tables of one sheet into ``gathered``."""
    for table in tables:
        mapping, place = _mapping(table, choices), place_of(table)
        rows = table.top, table.last_row
        if place in choices.unread_tables:
            gathered.skipped.append(SkippedTable(place, "You chose not to read this table.", mapping, *rows))
            continue
        if not mapping.holds_actions:
            why = "It has no column for the action, or none for lead, due date, RAG or update."
            gathered.skipped.append(SkippedTable(place, why, mapping, *rows))
            continue
        _read_table(table, mapping, choices, gathered, named=grid.format != "csv")


def _mapping(table: Table, choices: Choices) -> ProposedMapping:
    """Return the mapping that memory and the user's own choices give a table."""
    mark = fingerprint(table.labels)
    mapping = propose_mapping(table, choices.remembered.get(mark), choices.known_themes, choices.wordings)
    wanted = choices.mappings.get(place_of(table))
    return override(mapping, wanted) if wanted else mapping


def _read_table(table: Table, mapping: ProposedMapping, choices: Choices, gathered: _Gathered, *, named: bool) -> None:
    """Read one table: sort its rows, read its columns, put the records together."""
    rows = sort_rows(table, mapping)
    joined = [problem for row in rows.data for problem in _join_extra(table, mapping, row)]
    themes = _Themes(table, mapping, rows, named=named)
    reads = CellReader(table, rows.data, choices).read(mapping)
    problems = [*reads.problems.get(0, []), *joined, *_doubts(table, rows)]
    problems += _guessed_title(table, mapping, choices.wordings)
    before = len(gathered.records)
    titles = reads.texts.get(ActionField.TITLE, {})
    for row in rows.data:
        title = titles.get(row.row)
        if title is None or not title.value:
            refused = _refused(table, mapping, row)
            gathered.refused.append(refused)
            problems.append(refused.problem)
            continue
        record = _record(table, reads, row, Read(" ".join(title.value.split()), title.text, title.cell), themes)
        gathered.records.append(record)
        problems.extend(record.problems)
    problems.extend(_repeated_refs(gathered.records[before:]))
    gathered.problems.extend(sorted(problems, key=lambda each: _place(each.cell)))
    gathered.ignored.extend(rows.ignored)
    gathered.questions.extend(reads.questions)
    hidden = sum(row.row in table.sheet.hidden_rows for row in rows.data)
    found = len(gathered.records) - before
    gathered.tables.append(ReadTable(place_of(table), mapping, found, hidden, table.top, table.last_row))


def _join_extra(table: Table, mapping: ProposedMapping, row: DataRow) -> Iterable[Problem]:
    """Join the texts of rows that a downward-merged title covers to their action; say what could not be joined."""
    fields = {each.column: each.field for each in mapping.columns if each.field is not None}
    for number, column, value in row.extra:
        meant = fields.get(column)
        if meant is None or isinstance(value, CellError) or value == row.values.get(column):
            continue
        if meant in _JOINED or is_blank(row.values.get(column)):
            parts = [text_of(part) for part in (row.values.get(column), value) if not is_blank(part)]
            row.values[column] = "\n".join(parts) if len(parts) > 1 else value
        else:
            message = (
                f"{quote(text_of(value))} belongs to the action of row {row.row}, which has its own; it was left out."
            )
            yield Problem(table.sheet.name, address(number, column), ProblemLevel.WARNING, message)


def _doubts(table: Table, rows: SortedRows) -> Iterable[Problem]:
    """Say of rows with text in one cell that they were taken as headings."""
    message = "Taken as a heading for the rows below. If it is an action, give it a lead or a due date."
    for row, column in rows.doubtful:
        yield Problem(table.sheet.name, address(row, column), ProblemLevel.WARNING, message)


def _guessed_title(table: Table, mapping: ProposedMapping, wordings: Wordings) -> Iterable[Problem]:
    """Say of a title column that its values were all there was to know it by."""
    title = mapping.column_of(ActionField.TITLE)
    if (
        title is not None
        and title.confidence is Confidence.LIKELY
        and ActionField.TITLE not in wordings.closeness(title.heading)
    ):
        message = (
            f"No heading names the action, so the column {quote(title.heading)} was taken for it. Check that it is."
        )
        yield Problem(table.sheet.name, address(table.header_row, title.column), ProblemLevel.WARNING, message)


def _refused(table: Table, mapping: ProposedMapping, row: DataRow) -> RefusedRow:
    """Return the refusal of a row without a title, at the cell where the title should be."""
    title = mapping.column_of(ActionField.TITLE)
    column = title.column if title else 1
    heading = title.heading if title else ""
    value: CellValue = row.values.get(column)
    found = f"shows {value.code}" if isinstance(value, CellError) else "is empty"
    message = f"This row has no action: its cell under {quote(heading)} {found}. The row was left out; fill that cell."
    problem = Problem(table.sheet.name, address(row.row, column), ProblemLevel.ERROR, message)
    words = " | ".join(text_of(each) for _, each in sorted(row.values.items()))[:_LONGEST_REFUSED]
    return RefusedRow(table.sheet.name, row.row, problem, words)


class _Theme(NamedTuple):
    """A row's theme in the owner's words, and where they stand ("" for the sheet's name)."""

    text: str
    source: ThemeSource
    cell: str


class _Themes:
    """Gives each row its theme: from its own column, else the section above, else the sheet's name."""

    def __init__(self, table: Table, mapping: ProposedMapping, rows: SortedRows, *, named: bool) -> None:
        column = mapping.column_of(ActionField.THEME)
        self._column = column.column if column else 0
        self._sheet = table.sheet.name if named and not _DEFAULT_SHEET.match(table.sheet.name) else ""
        self._grouped = self._is_grouped(rows.data)
        self._last = _Theme("", ThemeSource.NONE, "")

    def of(self, row: DataRow) -> "_Theme":
        """Return a row's theme; rows must come in order."""
        own = text_of(row.values.get(self._column)) if self._column else ""
        if own:
            self._last = _Theme(own, ThemeSource.COLUMN, address(row.row, self._column))
            return self._last
        if self._column and self._grouped and self._last.text:
            return self._last
        if row.section:
            return _Theme(row.section, ThemeSource.SECTION, row.section_cell)
        if self._sheet and not self._column:
            return _Theme(self._sheet, ThemeSource.SHEET, "")
        return _Theme("", ThemeSource.NONE, "")

    def _is_grouped(self, rows: Iterable[DataRow]) -> bool:
        """Say whether the column names each theme once, above the rows it holds for: blanks there mean "as above"."""
        themes = [fold(text_of(row.values.get(self._column))) for row in rows] if self._column else []
        if not themes or not themes[0]:
            return False
        named = [theme for theme in themes if theme]
        return len(named) < len(themes) and len(set(named)) == len(named)


def _record(table: Table, reads: CellReads, row: DataRow, title: Read[str], themes: _Themes) -> ActionRecord:
    """Put one row's readings together."""
    number = row.row
    texts, dates, names = _of_row(reads.texts, number), _of_row(reads.dates, number), _of_row(reads.names, number)
    theme = themes.of(row)
    ref = texts.get(ActionField.SOURCE_REF)
    ours = ref.value.upper() if ref and ref.value and _OUR_REF.match(ref.value) else ""
    status, rag = _standing(reads, number)
    problems = list(reads.problems.get(number, ()))
    if rag and rag.value in _REASON_LETTERS and not _has_text(texts.get(ActionField.REASON)):
        word = "Amber" if rag.value == "A" else "Red"
        message = f"{word} without a reason. Ask the owner why, and by when it will be back on track."
        problems.append(Problem(table.sheet.name, rag.cell, ProblemLevel.WARNING, message))
    return ActionRecord(
        sheet=table.sheet.name,
        row=number,
        title=title,
        our_ref=ours,
        source_ref=None if ours else ref,
        theme_text=theme.text,
        theme_source=theme.source,
        theme_cell=theme.cell,
        objective=texts.get(ActionField.OBJECTIVE),
        description=texts.get(ActionField.DESCRIPTION),
        lead=names.get(ActionField.LEAD),
        lead_partner=names.get(ActionField.LEAD_PARTNER),
        supporting=names.get(ActionField.SUPPORTING),
        supporting_partners=names.get(ActionField.SUPPORTING_PARTNERS),
        start=dates.get(ActionField.START),
        baseline_due=dates.get(ActionField.BASELINE_DUE),
        due=dates.get(ActionField.DUE),
        review_date=dates.get(ActionField.REVIEW_DATE),
        actual_end=dates.get(ActionField.ACTUAL_END),
        status=status,
        percent=reads.percents.get(number),
        rag=rag,
        update=texts.get(ActionField.UPDATE),
        update_date=dates.get(ActionField.UPDATE_DATE),
        update_author=texts.get(ActionField.UPDATE_AUTHOR),
        next_steps=texts.get(ActionField.NEXT_STEPS),
        reason=texts.get(ActionField.REASON),
        recovery_date=dates.get(ActionField.RECOVERY_DATE),
        help_needed=texts.get(ActionField.HELP_NEEDED),
        success_measure=texts.get(ActionField.SUCCESS_MEASURE),
        resources=texts.get(ActionField.RESOURCES),
        priority=texts.get(ActionField.PRIORITY),
        updates=updates_in_order(reads.updates.get(number, {})),
        problems=tuple(problems),
    )


def _of_row(reads: Mapping[ActionField, Mapping[int, Read[T]]], row: int) -> dict[ActionField, Read[T]]:
    return {meant: cells[row] for meant, cells in reads.items() if row in cells}


def _has_text(read: Read[str] | None) -> bool:
    return read is not None and bool(read.text)


def _standing(reads: CellReads, row: int) -> tuple[Read[LifecycleStatus] | None, Read[str] | None]:
    """Return status and rating of a row: each from its own column first, else from the other's cell."""
    stated, rated = reads.statuses.get(row), reads.ratings.get(row)
    status = Read(stated.value.status if stated.value else None, stated.text, stated.cell) if stated else None
    rag = Read(rated.value.rag if rated.value else None, rated.text, rated.cell) if rated else None
    if (status is None or status.value is None) and rated and rated.value and rated.value.status:
        status = Read(rated.value.status, rated.text, rated.cell)
    if (rag is None or rag.value is None) and stated and stated.value and stated.value.rag:
        rag = Read(stated.value.rag, stated.text, stated.cell)
    return status, rag


def _repeated_refs(records: Iterable[ActionRecord]) -> Iterable[Problem]:
    """Warn of a ref that stands in two rows of one table."""
    seen: dict[str, int] = {}
    for record in records:
        ref = fold(record.our_ref or (record.source_ref.value or "" if record.source_ref else ""))
        if ref and ref in seen:
            cell = record.source_ref.cell if record.source_ref else address(record.row, 1)
            message = f"The same ref stands in row {seen[ref]}. Give each action a ref of its own."
            yield Problem(record.sheet, cell, ProblemLevel.WARNING, message)
        elif ref:
            seen[ref] = record.row


def _place(cell: str) -> tuple[int, int, str]:
    """Return a cell's place for sorting: row, then column."""
    letters = cell.rstrip("0123456789")
    return (int(cell[len(letters) :] or 0), len(letters), letters)
