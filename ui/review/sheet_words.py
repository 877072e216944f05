"""How a sheet under review is said: what a column holds, what becomes of a row, what a cell shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from csp_desktop.imports.grid import SheetGrid, address, column_letters, text_of
from csp_desktop.imports.import_plan import ImportPlan
from csp_desktop.imports.mapping import ColumnMapping, Confidence
from csp_desktop.imports.problems import Problem
from csp_desktop.imports.records import TablePlace
from csp_desktop.imports.reviewing import Standing
from csp_desktop.imports.sheet_marks import CellPlace, OrderSample, SheetMarks, TableMark
from csp_desktop.queries.layouts import LayoutRow
from models.vocabulary import ProblemLevel
from ui.forms.words import shown_date
from ui.review.words import CONFIDENCE, FIELDS, STANDING, counted, is_part

HEADINGS, HIDDEN, NOT_READ, YOURS = "Headings", "Hidden", "Not read", "Your choice"
LONGEST_CELL = 600
ROW_SHORT = {**STANDING, Standing.LEFT_OUT: "Left out", Standing.REFUSED: "No action"}
ROW_SAID = {
    Standing.NEW: "comes in as a new action",
    Standing.CHANGED: "changes an action",
    Standing.UNCHANGED: "changes nothing",
    Standing.OPEN: "changes nothing until you choose",
    Standing.LEFT_OUT: "is left out by you",
    Standing.REFUSED: "cannot come in",
    Standing.IGNORED: "is not read",
}


@dataclass(frozen=True, slots=True)
class ColumnTold:
    """What a column is, in two short lines; ``tone`` is the colour role of the second."""

    holds: str
    note: str = ""
    tone: str = "muted"


def column_told(marks: SheetMarks, plan: ImportPlan, row: int, column: int) -> ColumnTold | None:
    """Return what a column of the table near a row is, None where no table has it."""
    table = marks.table_at(max(row, 1), column)
    found = table.columns.get(column) if table else None
    if table is None or found is None:
        return None
    if found.field is None:
        return ColumnTold(NOT_READ)
    return ColumnTold(holds_words(found), *sure_words(found, plan, table.place))


def holds_words(column: ColumnMapping) -> str:
    """Return what a column holds: "Update (Q1 2024/25)"."""
    said = FIELDS[column.field] if column.field is not None else NOT_READ
    return f"{said} ({column.period_text})" if column.period_text else said


def sure_words(column: ColumnMapping, plan: ImportPlan, table: TablePlace) -> tuple[str, str]:
    """Say how sure it is what a column holds, and in which tone."""
    if column.heading in plan.decisions.mappings.get(table, {}):
        return YOURS, "muted"
    return CONFIDENCE[column.confidence], "warning" if column.confidence is Confidence.LIKELY else "muted"


def row_word(sheet: SheetGrid, marks: SheetMarks, row: int) -> str:
    """Return what a row is in a word: "Headings", "New", "Not read", or "" for one that belongs to no table."""
    if row in marks.heading_rows:
        return HEADINGS
    if row in sheet.hidden_rows and row in sheet.rows:
        return HIDDEN  # in words below the sheet what becomes of it
    found = {each.standing for each in marks.rows.get(row, ())}
    return next((word for standing, word in ROW_SHORT.items() if standing in found), "")


def row_sentence(sheet: SheetGrid, marks: SheetMarks, place: CellPlace) -> str:
    """Say what becomes of the row of a cell, with the reason where it is not read."""
    row = place.row
    hidden = "This row is hidden in the file. " if row in sheet.hidden_rows else ""
    if row in marks.heading_rows:
        return f"{hidden}Row {row} holds the headings."
    found = marks.row_at(*place)
    if found is None:
        return hidden + _outside(marks, row)
    if found.standing is Standing.IGNORED:
        return f"{hidden}Row {row} is not read: {found.why[:1].lower()}{found.why[1:]}."
    ref = f" ({found.plan.ref})" if found.plan and found.plan.ref else ""
    said = "still asks which action it is" if not found.answered else ROW_SAID[found.standing]
    part = " in part" if is_part(found) else ""
    return f"{hidden}Row {row} {said}{part}{ref}."


def _outside(marks: SheetMarks, row: int) -> str:
    table = next((each for each in reversed(marks.tables) if each.top <= row <= each.last_row), None)
    if table is not None and not table.is_read:
        return f"Row {row} is not read. {table.why}"
    if not marks.tables:
        return "No headings are known on this sheet."
    return f"Row {row} belongs to no table."


def cell_problems(marks: SheetMarks, place: CellPlace) -> tuple[Problem, ...]:
    """Return the problems of one cell, those that left something out first."""
    found = marks.problems.get(place, ())
    return tuple(sorted(found, key=lambda problem: problem.level is not ProblemLevel.ERROR))


def cell_words(sheet: SheetGrid, place: CellPlace) -> str:
    """Return a cell's address with all that it says, on one line: "C15: Amira Khan"."""
    said = " ".join(text_of(sheet.value(*place))[:LONGEST_CELL].split())
    return f"{address(*place)}: {said}" if said else f"{address(*place)} is empty"


def column_words(column: ColumnMapping) -> str:
    """Return a column as its owner knows it."""
    return f"Column {column_letters(column.column)} “{column.heading}”"


def table_words(table: TableMark) -> str:
    """Return which table of its sheet one is."""
    where = f"row {table.place.header_row}"
    if table.first_column > 1:
        where = f"{where}, columns {column_letters(table.first_column)} to {column_letters(table.last_column)}"
    return f"Table with headings in {where}"


def layout_words(layout: LayoutRow | None) -> str:
    """Say whether a file with these headings was brought in before."""
    if layout is None:
        return "New headings. What you choose here is remembered for files with these headings."
    named = f" “{layout.name}”" if layout.name else ""
    used = f", last used {shown_date(layout.last_used.astimezone().date())}" if layout.last_used else ""
    return f"Known layout{named}{used}. What you choose here is remembered for files with these headings."


def order_words(sample: OrderSample, *, month_first: bool) -> str:
    """Say how a date of the file is read."""
    day = sample.month_first if month_first else sample.day_first
    return f"{sample.text} is read as {day.day} {day:%B} {day.year}."


def state_words(plan: ImportPlan, sheet: str) -> str:
    """Say what is read of a sheet, or why nothing is."""
    rows = [table.records for table in plan.read.tables if table.sheet == sheet]
    whys = [table.why for table in plan.read.skipped if table.sheet == sheet]
    if rows:
        hidden = sum(table.hidden_rows for table in plan.read.tables if table.sheet == sheet)
        told = f"{counted(sum(rows), 'action')} found"
        return f"{told}, {hidden} of them in hidden rows." if hidden else f"{told}."
    return whys[0] if whys else "You chose not to read this sheet."


def no_table_words(sheets: Iterable[SheetMarks]) -> str:
    """Say what to do with a file in which no table of actions was found."""
    if any(sheet.tables for sheet in sheets):
        return (
            "No table of actions was found. Say which column is the action and which its lead, due date, RAG or "
            "update; where the headings are in another row, click it and press “Headings are in this row”."
        )
    return (
        "No table of actions was found. Click the row that has the headings, press “Headings are in this row”, and say "
        "which column is the action and which its lead, due date, RAG or update."
    )


def hidden_words(count: int) -> str:
    """Return the words of the choice to read hidden rows."""
    return f"Read the {counted(count, 'hidden row')}" if count != 1 else "Read the hidden row"
