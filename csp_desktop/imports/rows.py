"""The pure middle of an import: a grid and some choices in, records and every problem out, in one pass."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from csp_desktop.imports.cells import CellReader, CellReads, updates_in_order
from csp_desktop.imports.fields import TELLING_FIELDS, ActionField
from csp_desktop.imports.grid import WorkbookGrid
from csp_desktop.imports.headings import find_tables
from csp_desktop.imports.mapping import ProposedMapping, fingerprint, override, propose_mapping
from csp_desktop.imports.problems import Problem, Read, quote
from csp_desktop.imports.records import (
    HIDDEN,
    NO_ROWS,
    ActionRecord,
    Choices,
    DateQuestion,
    Ignored,
    IgnoredRow,
    ReadTable,
    ReadTables,
    RefusedRow,
    SkippedTable,
    TablePlace,
)
from csp_desktop.imports.row_themes import RowTheme, RowThemes
from csp_desktop.imports.sections import SortedRows, sort_rows
from csp_desktop.imports.table_problems import (
    doubts,
    guessed_title,
    hidden,
    join_extra,
    not_kept,
    refused,
    repeated_refs,
    sorting_place,
    unheaded,
)
from csp_desktop.imports.tables import Table
from models.vocabulary import LifecycleStatus, ProblemLevel

T = TypeVar("T")
_OUR_REF = re.compile(r"^ACT-\d{4,}$", re.IGNORECASE)
_REASON_LETTERS = frozenset({"A", "R"})
_EMPTY = frozenset({Ignored.FILLER, Ignored.HINT, Ignored.EXAMPLE, Ignored.NOTE, Ignored.TOTAL, Ignored.OUTSIDE})


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
                why = "No row of the sheet looks like column headings." if sheet.rows else "The sheet is empty."
                gathered.skipped.append(SkippedTable(TablePlace(sheet.name, 0), why))
        elif choices.sheets is None:
            gathered.skipped.append(SkippedTable(TablePlace(sheet.name, 0), HIDDEN))
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
            gathered.skipped.append(SkippedTable(place, _missing(mapping), mapping, *rows))
            continue
        sorted_rows = sort_rows(table, mapping, unhidden_only=table.sheet.name in choices.unhidden_only)
        if not sorted_rows.data and {each.why for each in sorted_rows.ignored} <= _EMPTY:
            gathered.skipped.append(SkippedTable(place, NO_ROWS, mapping, *rows))
            continue
        themes = RowThemes(table, mapping, sorted_rows, named=grid.format != "csv")
        _read_table(_Sorted(table, mapping, sorted_rows, themes), choices, gathered)


def _missing(mapping: ProposedMapping) -> str:
    """Say which column a table of actions would have and this one has not."""
    title = mapping.column_of(ActionField.TITLE)
    if title is None:
        return "It has no column for the action."
    if not {each.field for each in mapping.columns} & TELLING_FIELDS:
        return f"It has no column for lead, due date, RAG or update; {quote(title.heading)} may be the action."
    return "Its headings are not those of actions as far as one can tell; say which of its columns is the action."


def _mapping(table: Table, choices: Choices) -> ProposedMapping:
    """Return the mapping that memory and the user's own choices give a table."""
    mark = fingerprint(table.labels)
    mapping = propose_mapping(table, choices.remembered.get(mark), choices.known_themes, choices.wordings)
    wanted = choices.mappings.get(place_of(table))
    return override(mapping, wanted) if wanted else mapping


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A table on its way to its records."""

    table: Table
    mapping: ProposedMapping
    rows: SortedRows
    themes: RowThemes


def _read_table(sorted_table: _Sorted, choices: Choices, gathered: _Gathered) -> None:
    """Read the columns of one table and put its records together."""
    table, mapping, rows = sorted_table.table, sorted_table.mapping, sorted_table.rows
    joined = [problem for row in rows.data for problem in join_extra(table, mapping, row)]
    reads = CellReader(table, rows.data, choices).read(mapping)
    problems = [*reads.problems.get(0, []), *joined, *doubts(table, rows), *hidden(table, mapping, rows)]
    problems += [*guessed_title(table, mapping, choices.wordings), *not_kept(table, mapping), *unheaded(table, rows)]
    before = len(gathered.records)
    titles = reads.texts.get(ActionField.TITLE, {})
    for row in rows.data:
        title = titles.get(row.row)
        if title is None or not title.value:
            gathered.refused.append(refused(table, mapping, row))
            problems.append(gathered.refused[-1].problem)
            continue
        named = Read(" ".join(title.value.split()), title.text, title.cell)
        gathered.records.append(record_of(table, reads, row.row, named, sorted_table.themes.of(row)))
        problems.extend(gathered.records[-1].problems)
    problems.extend(repeated_refs(gathered.records[before:]))
    gathered.problems.extend(sorted(problems, key=lambda each: sorting_place(each.cell)))
    gathered.ignored.extend(rows.ignored)
    gathered.questions.extend(reads.questions)
    found = len(gathered.records) - before
    gathered.tables.append(
        ReadTable(place_of(table), mapping, found, len(rows.hidden), table.top, table.last_row, table.part)
    )


def record_of(table: Table, reads: CellReads, number: int, title: Read[str], theme: RowTheme) -> ActionRecord:
    """Put the readings of one row of a table together; ``number`` is the row's."""
    texts, dates, names = _of_row(reads.texts, number), _of_row(reads.dates, number), _of_row(reads.names, number)
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
        part=table.part,
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
